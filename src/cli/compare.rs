//! `toguna compare`: several scenarios under the same random numbers.

use super::answer::MarkdownFlag;
use super::checkpoint_flags::RandomNumbersFlag;
use super::compare_shown::{Shown, chosen, show};
use super::compare_worlds::AskedWorlds;
use super::explain::{Asked, clear};
use super::failure::Failure;
use super::report::PageFlags;
use super::shared_flags::{CoarseFlag, OutcomesFlag, Settings, Shared};
use super::shipped::{self, Shelves};
use super::{progress, results, shared_flags, standard_output};
use clap::Args;
use std::path::{Path, PathBuf};
use toguna_experiment::compare::Arms;
use toguna_output::comparison_tables::{AVERTED, COMPARISON, JOINED, PARTINGS};
use toguna_output::course_tables::{ACTED, CERCLES, OVER_TIME, WHO_PAYS};
use toguna_output::tables::runs;
use toguna_output::{Content, Inputs, RunFolder};
use toguna_scenario::checked::CheckedScenario;
use toguna_scenario::checked::read;
use toguna_scenario::prepared::PreparedScenario;
use toguna_scenario::problems::counted;

/// Compare scenarios under the same random numbers: what differs, who joined under which, and why
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    toguna compare scenarios/lessons/valley.toml scenarios/lessons/talking-valley.toml --report\n  \
    toguna compare scenarios/lessons/valley.toml scenarios/lessons/talking-valley.toml --all\n  \
    toguna compare lessons/valley lessons/talking-valley --ensemble ensemble.csv")]
pub struct Compare {
    /// Scenarios: files (TOML), or names of those inside the program, such as mali/status-quo; the
    /// others are compared with the first
    #[arg(value_name = "SCENARIO", num_args = 2.., required = true, value_parser = shipped::path())]
    scenarios: Vec<PathBuf>,
    #[command(flatten)]
    settings: Settings,
    /// Master seed; with the number of the replicate it fixes all random numbers
    #[arg(long, default_value_t = 1, value_parser = shared_flags::seed())]
    seed: u64,
    /// How many runs of each scenario; the same numbers share their random numbers
    #[arg(long, visible_alias = "seeds", default_value_t = 20,
        value_parser = shared_flags::replicates())]
    replicates: u32,
    /// Where a difference is clear, switch off each mechanism in turn, in all scenarios, and say how much
    /// of the difference it carries; takes as many times longer as there are mechanisms
    #[arg(long)]
    explain: bool,
    /// Only these mechanisms, such as fear,grievance
    #[arg(long, value_name = "MECHANISM", value_delimiter = ',', requires = "explain")]
    mechanisms: Vec<String>,
    /// Run each scenario in every world of an ensemble that `calibrate` wrote (Mali's is mali/ensemble.csv): in
    /// how many of them a policy helps, luck and ignorance apart, regret, and where it fails
    #[arg(long, value_name = "FILE", value_parser = shipped::path(), conflicts_with_all = ["explain", "replicates"])]
    ensemble: Option<PathBuf>,
    /// Runs of each scenario in each world
    #[arg(long, value_name = "N", default_value_t = 4, requires = "ensemble",
        value_parser = shared_flags::replicates())]
    seeds_per_world: u32,
    #[command(flatten)]
    coarse: CoarseFlag,
    #[command(flatten)]
    only: OutcomesFlag,
    /// Show every outcome; without it those that matter most, and all are in comparison.csv
    #[arg(long, conflicts_with = "outcomes")]
    all: bool,
    /// Random numbers from the day on which the scenarios first differ
    #[arg(long, value_enum, default_value_t = RandomNumbersFlag::Same)]
    random_numbers: RandomNumbersFlag,
    /// Folder for the results [default: output/compare-<names>]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Overwrite existing results
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    page: PageFlags,
    #[command(flatten)]
    markdown: MarkdownFlag,
    /// Print the tables as JSON, all outcomes
    #[arg(long)]
    json: bool,
}

/// Outcomes that are explained unless others are asked for; all are in explained.csv.
const EXPLAINED_FIRST: [&str; 2] = ["recruits", "deaths"];

impl Compare {
    pub fn run(self, shared: &Shared) -> Result<(), Failure> {
        let (chosen, explained) = (chosen(self.all, &self.only)?, self.only.or(&EXPLAINED_FIRST)?);
        let arms = self.arms()?;
        for prepared in &arms.scenarios {
            self.coarse.allow(prepared.checked())?;
            standard_output::tell_notes(prepared.checked(), shared.quiet);
        }
        let over = if self.ensemble.is_some() { "-over-worlds" } else { "" };
        let default =
            || Path::new("output").join(format!("compare-{}{over}", arms.names.join("-")));
        let path = self.out.clone().unwrap_or_else(default);
        shared.begin();
        let inputs = self.inputs(&arms);
        if let Some(ensemble) = &self.ensemble {
            let named = arms.names.iter().zip(&self.scenarios).zip(&arms.scenarios);
            AskedWorlds {
                ensemble,
                seeds: self.seeds_per_world,
                arms: named.map(|((name, path), it)| (name.clone(), path.clone(), it)).collect(),
                settings: &self.settings.set,
                seed: self.seed,
                random_numbers: self.random_numbers.into(),
                out: path.clone(),
                inputs,
                chosen,
                force: self.force,
                json: self.json,
                markdown: self.markdown,
            }
            .compare(shared)?;
            return self.page.write(&path, shared);
        }
        if let Some(folder) = results::open(&path, inputs.clone(), self.force, shared)? {
            self.write(folder, &arms, shared)?;
        }
        let clear = if self.explain { clear(&path, &explained)? } else { Vec::new() };
        if !clear.is_empty() {
            let (mechanisms, force) = (&self.mechanisms[..], self.force);
            Asked { arms: &arms, compared: &path, inputs, mechanisms, force }.explain(shared)?;
        }
        let first = &arms.scenarios[0].checked().scenario;
        let shown = Shown {
            title: format!(
                "{} to {}, {} of each, seed {}",
                first.time.start,
                first.time.end,
                counted(self.replicates, "run", "runs"),
                self.seed
            ),
            chosen,
            explained: if self.explain { explained } else { Vec::new() },
            clear,
            json: self.json,
            markdown: self.markdown,
        };
        standard_output::print(&show(&path, &shown)?)?;
        if !shared.quiet {
            standard_output::tell(&format!("files in {}", path.display()));
        }
        self.page.write(&path, shared)
    }

    fn arms(&self) -> Result<Arms, Failure> {
        let mut arms: Vec<(String, PreparedScenario)> = Vec::new();
        for path in &self.scenarios {
            let checked = read(&Shelves, path, &self.settings.set)?;
            let name = checked.scenario.name.clone();
            if arms.iter().any(|(known, _)| *known == name) {
                let path = path.display();
                return Err(Failure::Usage(format!(
                    "two scenarios are called {name:?}, the second in {path}: give one another `name`"
                )));
            }
            arms.push((name, PreparedScenario::new(checked)));
        }
        Ok(Arms::new(arms, self.random_numbers.into()))
    }

    fn inputs(&self, arms: &Arms) -> Inputs {
        let checked = || arms.scenarios.iter().map(PreparedScenario::checked);
        let scenario = |checked: &CheckedScenario| {
            let text = checked.resolved_beside_tables();
            Content::of(checked.scenario.name.as_str(), text.as_bytes())
        };
        let scenarios = checked().map(scenario).collect();
        let mut inputs = Inputs::of("compare", scenarios, self.seed, self.replicates);
        for checked in checked() {
            for (table, text) in checked.tables.texts() {
                let name = format!("{}.{table}", checked.scenario.name);
                inputs.tables.push(Content::of(name, text.as_bytes()));
            }
        }
        if self.random_numbers == RandomNumbersFlag::Fresh {
            inputs.outputs.push("fresh random numbers".to_owned());
        }
        inputs
    }

    /// Lives all replicates of all arms (and variants) and writes what they differ by.
    fn write(&self, mut folder: RunFolder, arms: &Arms, shared: &Shared) -> Result<(), Failure> {
        let named = arms.names.iter().zip(&arms.scenarios);
        let named = named.map(|(name, it)| (name.as_str(), it.checked())).collect::<Vec<_>>();
        results::keep_scenarios(&mut folder, &named)?;
        let first = arms.scenarios[0].checked();
        let mut runs_file = folder.table(&runs())?;
        let weeks = arms.weeks_to_compare(self.replicates);
        let bar = progress::bar(weeks, "compare", shared.quiet);
        let progress = || progress::advance(&bar, 1);
        let execution = shared.execution(&progress);
        let take = |run| -> Result<(), Failure> { Ok(runs_file.append(&run)?) };
        let compared = arms.compare(self.seed, self.replicates, execution, take)?;
        bar.finish_and_clear();

        folder.keep(runs_file)?;
        folder.whole_table(&COMPARISON, &compared.rows())?;
        folder.whole_table(&AVERTED, &compared.averted())?;
        folder.whole_table(&JOINED, &compared.joined())?;
        folder.whole_table(&OVER_TIME, &compared.over_time())?;
        folder.whole_table(&CERCLES, &compared.cercles())?;
        folder.whole_table(&WHO_PAYS, &compared.who_pays())?;
        folder.whole_table(&PARTINGS, &compared.partings())?;
        folder.whole_table(&ACTED, &compared.acted())?;
        let mut about = results::about(first);
        about.name = format!("compare-{}", arms.names.join("-"));
        about.title = format!("Comparison of {}", arms.names.join(", "));
        folder.finish(results::particulars(about, shared))?;
        Ok(())
    }
}
