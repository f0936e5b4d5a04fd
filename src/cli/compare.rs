//! `toguna compare`: several scenarios under the same luck.

use super::asked::{Settings, Settled, known_outcome};
use super::compare_shown::{Shown, show};
use super::failure::Failure;
use super::past::LuckFlag;
use super::run::{SEED_RULE, about};
use super::{page, progress};
use clap::Args;
use std::path::{Path, PathBuf};
use toguna_experiment::common_past::same_people;
use toguna_experiment::compare::{Arms, Contrast, averted_rows, joined_rows, rows};
use toguna_experiment::ending::Ending;
use toguna_experiment::explain::{Explanation, Variants};
use toguna_experiment::in_order::in_order;
use toguna_experiment::record::RunRecord;
use toguna_output::comparison_tables::{AVERTED, COMPARISON, EXPLAINED, JOINED};
use toguna_output::tables::runs;
use toguna_output::{Content, Inputs, Opening, Particulars, RunFolder};
use toguna_scenario::blueprint::Blueprint;
use toguna_scenario::problems::counted;
use toguna_scenario::reading::read;
use toguna_scenario::source::Disk;

/// Compare scenarios under the same luck: what differs, who joined under which, and why
#[derive(Debug, Args)]
pub struct Compare {
    /// Scenario files (TOML); the others are held against the first
    #[arg(value_name = "SCENARIO", num_args = 2.., required = true)]
    scenarios: Vec<PathBuf>,
    #[command(flatten)]
    settings: Settings,
    /// Master seed; with the number of the replicate it fixes all luck
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many runs of each scenario; the same numbers share their luck
    #[arg(long, visible_alias = "seeds", default_value_t = 20,
        value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    replicates: u32,
    /// Switch off each mechanism in turn, in all scenarios, and say how much of the difference it
    /// carries; takes as many times longer as there are mechanisms
    #[arg(long)]
    explain: bool,
    /// Outcomes that --explain shows; all are in explained.csv
    #[arg(long = "outcome", value_name = "OUTCOME", value_delimiter = ',',
        default_values = ["recruits", "deaths"])]
    outcomes: Vec<String>,
    /// Show every outcome; without it those that matter most, and all are in comparison.csv
    #[arg(long)]
    all: bool,
    /// Luck from the day on which the scenarios first differ
    #[arg(long, value_enum, default_value_t = LuckFlag::Same)]
    luck: LuckFlag,
    /// Folder for the results [default: output/compare-<names>]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write anew over existing results
    #[arg(long)]
    force: bool,
    /// Print the tables as JSON, all outcomes
    #[arg(long)]
    pub json: bool,
}

impl Compare {
    pub fn obey(self, settled: &Settled) -> Result<(), Failure> {
        self.check_outcomes()?;
        let arms = self.arms()?;
        let default = || Path::new("output").join(format!("compare-{}", arms.names.join("-")));
        let path = self.out.clone().unwrap_or_else(default);
        settled.begin();
        match RunFolder::open(&path, self.inputs(&arms), self.force)? {
            Opening::Unchanged(_) if settled.quiet => {}
            Opening::Unchanged(_) => {
                page::tell(&format!("unchanged: {} holds these very results", path.display()));
            }
            Opening::New(folder) => self.write(*folder, &arms, settled)?,
        }
        let first = &arms.blueprints[0].reading().scenario;
        let shown = Shown {
            title: format!(
                "{} to {}, {} of each, seed {}",
                first.time.start,
                first.time.end,
                counted(self.replicates, "run", "runs"),
                self.seed
            ),
            all: self.all,
            outcomes: self.explain.then(|| self.outcomes.clone()),
            json: self.json,
        };
        page::print(&show(&path, &shown)?)?;
        if !settled.quiet {
            page::tell(&format!("files in {}", path.display()));
        }
        Ok(())
    }

    fn check_outcomes(&self) -> Result<(), Failure> {
        for name in &self.outcomes {
            known_outcome(name)?;
        }
        Ok(())
    }

    fn arms(&self) -> Result<Arms, Failure> {
        let mut arms: Vec<(String, Blueprint)> = Vec::new();
        for path in &self.scenarios {
            let reading = read(&Disk, path, &self.settings.set)?;
            let name = reading.scenario.name.clone();
            if arms.iter().any(|(known, _)| *known == name) {
                let path = path.display();
                return Err(Failure::Usage(format!(
                    "two scenarios are called {name:?}, the second in {path}: give one another `name`"
                )));
            }
            arms.push((name, Blueprint::new(reading)));
        }
        Ok(Arms::new(arms, self.luck.into()))
    }

    fn inputs(&self, arms: &Arms) -> Inputs {
        let readings = || arms.blueprints.iter().map(Blueprint::reading);
        let scenario = |reading: &toguna_scenario::reading::Reading| {
            let text = reading.resolved_beside_tables();
            Content::of(reading.scenario.name.as_str(), text.as_bytes())
        };
        let scenarios = readings().map(scenario).collect();
        let mut inputs = Inputs::of("compare", scenarios, self.seed, self.replicates);
        for reading in readings() {
            for (table, text) in reading.tables.texts() {
                let name = format!("{}.{table}", reading.scenario.name);
                inputs.tables.push(Content::of(name, text.as_bytes()));
            }
        }
        inputs.outputs = if self.explain { vec!["explained".to_owned()] } else { Vec::new() };
        if self.luck == LuckFlag::Fresh {
            inputs.outputs.push("fresh luck".to_owned());
        }
        inputs
    }

    /// Lives all replicates of all arms (and variants) and writes what they differ by.
    fn write(&self, mut folder: RunFolder, arms: &Arms, settled: &Settled) -> Result<(), Failure> {
        keep_scenarios(&mut folder, arms)?;
        let variants = self.explain.then(|| Variants::of(arms));
        let per_replicate = variants.as_ref().map_or(1, Variants::count);
        let first = arms.blueprints[0].reading();
        let per_agent = first.scenario.people.people_per_agent;
        let others = 1..arms.blueprints.len();
        let contrast = |other: usize| {
            Contrast::new(other, same_people(first, arms.blueprints[other].reading()))
        };
        let mut contrasts: Vec<Contrast> = others.clone().map(contrast).collect();
        let explained = variants.as_ref().map(|variants| {
            others.map(|other| Explanation::new(other, variants)).collect::<Vec<_>>()
        });
        let mut explanations = explained.unwrap_or_default();
        let mut runs_file = folder.table(&runs())?;

        let pieces = self.replicates as usize * per_replicate;
        let bar = progress::bar(arms.weeks_to_live() * pieces as u64, "compare", settled.quiet);
        let work = |piece: usize| -> Result<Vec<Ending>, Failure> {
            let replicate = (piece / per_replicate) as u32;
            let changed = variants.as_ref().and_then(|it| it.arms(arms, piece % per_replicate));
            let arms = changed.as_ref().unwrap_or(arms);
            let after_week = || progress::advance(&bar, 1);
            Ok(arms.live(self.seed, replicate, &settled.interrupt, &after_week)?)
        };
        let mut run = 0;
        in_order(pieces, settled.threads, work, |piece, endings| {
            if let Some(variants) = &variants {
                explanations.iter_mut().for_each(|it| it.push(&endings, variants));
            }
            if piece % per_replicate > 0 {
                return Ok(());
            }
            contrasts.iter_mut().for_each(|contrast| contrast.push(&endings, per_agent));
            for (name, ending) in arms.names.iter().zip(endings) {
                let replicate = (piece / per_replicate) as u32;
                let mut record = RunRecord::new(run, replicate, self.seed);
                (record.scenario, record.end) = (name.clone(), ending.end);
                runs_file.append(&record)?;
                run += 1;
            }
            Ok(())
        })?;
        bar.finish_and_clear();

        folder.keep(runs_file)?;
        let mut comparison = folder.table(&COMPARISON)?;
        comparison.append_all(&rows(&arms.names, &contrasts))?;
        folder.keep(comparison)?;
        let mut averted = folder.table(&AVERTED)?;
        averted.append_all(&averted_rows(&arms.names, &contrasts))?;
        folder.keep(averted)?;
        let mut joined = folder.table(&JOINED)?;
        joined.append_all(&joined_rows(&arms.names, &contrasts))?;
        folder.keep(joined)?;
        if let Some(variants) = &variants {
            let mut explained = folder.table(&EXPLAINED)?;
            for explanation in &explanations {
                explained.append_all(&explanation.rows(&arms.names, variants))?;
            }
            folder.keep(explained)?;
        }
        let mut about = about(first);
        about.name = format!("compare-{}", arms.names.join("-"));
        about.title = format!("Comparison of {}", arms.names.join(", "));
        folder.finish(Particulars {
            commit: super::COMMIT.to_owned(),
            command: super::words::given(),
            seed_rule: SEED_RULE.to_owned(),
            threads: settled.threads,
            about,
        })?;
        Ok(())
    }
}

/// Writes each scenario with the tables it names, so that it can be run again from the folder. A table
/// that an earlier scenario has, too, is kept once.
fn keep_scenarios(folder: &mut RunFolder, arms: &Arms) -> Result<(), Failure> {
    let readings: Vec<_> = arms.blueprints.iter().map(Blueprint::reading).collect();
    let owner = |arm: usize, key: &str| {
        let text = |arm: usize| {
            let mut texts = readings[arm].tables.texts().into_iter();
            texts.find(|(known, _)| *known == key).map(|(_, text)| text)
        };
        (0..arm).find(|earlier| text(*earlier) == text(arm)).unwrap_or(arm)
    };
    let file = |arm: usize, key: &str| format!("{}.{key}.input.csv", arms.names[owner(arm, key)]);
    for (arm, reading) in readings.iter().enumerate() {
        let text = reading.resolved_beside(|key| file(arm, key));
        folder.text(&format!("{}.resolved.toml", arms.names[arm]), &text)?;
        for (key, text) in reading.tables.texts() {
            if owner(arm, key) == arm {
                folder.text(&file(arm, key), text)?;
            }
        }
    }
    Ok(())
}
