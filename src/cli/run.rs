//! `toguna run`: one scenario, one or many seeds.

use super::asked::{Settings, Settled};
use super::failure::Failure;
use super::outcome_table::short_table;
use super::past::{Course, PastFlags};
use super::{page, progress};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};
use toguna_experiment::in_order::in_order;
use toguna_experiment::record::{RunRecord, Wanted};
use toguna_output::tables::{
    EVENTS, LEAVERS, PACTS, POLITICS, RECRUITS, TALKS, groups, places, runs, series,
};
use toguna_output::{
    About, Content, Inputs, Licence, Manifest, Opening, Particulars, RunFolder, Source,
};
use toguna_scenario::blueprint::Blueprint;
use toguna_scenario::problems::counted;
use toguna_scenario::reading::Reading;

/// Run a scenario under one or many seeds and write tables
#[derive(Debug, Args)]
pub struct Run {
    /// Scenario file (TOML); with --from it may be left out: the checkpoint's own then goes on
    #[arg(value_name = "SCENARIO", required_unless_present = "from")]
    scenario: Option<PathBuf>,
    #[command(flatten)]
    settings: Settings,
    /// Master seed; with the number of the replicate it fixes all luck
    #[arg(long, default_value_t = 1, conflicts_with = "from")]
    seed: u64,
    /// How many runs, each under its own luck
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    replicates: u32,
    #[command(flatten)]
    past: PastFlags,
    /// Folder for the results [default: output/<scenario name>; with --from, the date follows]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Further tables to write
    #[arg(long, value_enum, value_delimiter = ',', value_name = "TABLE")]
    tables: Vec<Further>,
    /// Write anew over existing results
    #[arg(long)]
    force: bool,
    /// Print the manifest as JSON instead of the table of outcomes
    #[arg(long)]
    pub json: bool,
}

/// Tables that are written on request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
enum Further {
    /// places.csv: every community, every month
    Places,
    /// events.csv: every violent event
    Events,
    /// recruits.csv: everyone who joined
    Recruits,
    /// leavers.csv: every fighter who is one no longer
    Leavers,
    /// pacts.csv: every local pact, its terms, life and end
    Pacts,
    /// talks.csv: every step of talks between state and groups
    Talks,
    /// politics.csv: coups, elections, conferences, accords
    Politics,
}

/// What a run has left.
struct Written {
    manifest: Manifest,
    /// The outcomes over each run.
    ends: Vec<Vec<f64>>,
    checkpoint: Option<Vec<u8>>,
}

/// How the seed of each draw follows from the master seed.
pub const SEED_RULE: &str = "ChaCha8 with key = seed (8 bytes) ‖ replicate (8 bytes) ‖ \"toguna\", \
     stream = purpose (8 bits) ‖ entity (56 bits), position = time · 2^20 words";

impl Run {
    pub fn obey(self, settled: &Settled) -> Result<(), Failure> {
        let course = self.past.course(
            self.scenario.as_deref(),
            &self.settings.set,
            self.seed,
            self.replicates,
        )?;
        settled.begin();
        course.check_place(self.force)?;
        let blueprint = &course.blueprint;
        let name = course.default_name();
        let path = self.out.clone().unwrap_or_else(|| Path::new("output").join(name));
        let checkpoint;
        let manifest = match RunFolder::open(&path, self.inputs(&course), self.force)? {
            Opening::Unchanged(manifest) => {
                if !settled.quiet {
                    let path = path.display();
                    page::tell(&format!("unchanged: {path} holds these very results"));
                }
                checkpoint = course.lived_to_be_kept(settled)?;
                *manifest
            }
            Opening::New(folder) => {
                let written = self.write(*folder, &course, settled)?;
                if !self.json {
                    page::print(&self.summary(blueprint, &written.ends))?;
                }
                checkpoint = written.checkpoint;
                written.manifest
            }
        };
        if self.json {
            page::print_json(&manifest)?;
        } else if !settled.quiet {
            page::tell(&format!("files in {}: {}", path.display(), names(&manifest)));
        }
        // Last: the results stand, whatever becomes of it.
        course.keep(checkpoint, self.force, settled)
    }

    fn inputs(&self, course: &Course) -> Inputs {
        let reading = course.blueprint.reading();
        let text = reading.resolved_beside_tables();
        let scenarios = vec![Content::of(reading.scenario.name.as_str(), text.as_bytes())];
        let mut inputs = Inputs::of("run", scenarios, course.seed, self.replicates);
        let table = |(name, text): (&str, &str)| Content::of(name, text.as_bytes());
        inputs.tables = reading.tables.texts().into_iter().map(table).collect();
        let mut asked = self.tables.clone();
        asked.sort_unstable();
        asked.dedup();
        inputs.outputs = asked.iter().map(|table| format!("{table:?}").to_lowercase()).collect();
        course.note_in(&mut inputs);
        inputs
    }

    fn wanted(&self) -> Wanted {
        let asked = |table| self.tables.contains(&table);
        Wanted {
            places: asked(Further::Places),
            events: asked(Further::Events),
            recruits: asked(Further::Recruits),
            leavers: asked(Further::Leavers),
            pacts: asked(Further::Pacts),
            talks: asked(Further::Talks),
            politics: asked(Further::Politics),
        }
    }

    /// Lives all runs and writes their rows in order of run.
    fn write(
        &self,
        mut folder: RunFolder,
        course: &Course,
        settled: &Settled,
    ) -> Result<Written, Failure> {
        let blueprint = &course.blueprint;
        let reading = blueprint.reading();
        folder.text("scenario.resolved.toml", &reading.resolved_beside_tables())?;
        for (name, text) in reading.tables.texts() {
            folder.text(&format!("{name}.input.csv"), text)?;
        }
        let wanted = self.wanted();
        let mut runs_file = folder.table(&runs())?;
        let mut series_file = folder.table(&series())?;
        let mut groups_file = folder.table(&groups())?;
        let mut places_file = wanted.places.then(|| folder.table(&places())).transpose()?;
        let mut events_file = wanted.events.then(|| folder.table(&EVENTS)).transpose()?;
        let mut recruits_file = wanted.recruits.then(|| folder.table(&RECRUITS)).transpose()?;
        let mut leavers_file = wanted.leavers.then(|| folder.table(&LEAVERS)).transpose()?;
        let mut pacts_file = wanted.pacts.then(|| folder.table(&PACTS)).transpose()?;
        let mut talks_file = wanted.talks.then(|| folder.table(&TALKS)).transpose()?;
        let mut politics_file = wanted.politics.then(|| folder.table(&POLITICS)).transpose()?;

        let weeks = u64::from(course.weeks_left()) * u64::from(self.replicates);
        let bar = progress::bar(weeks, &reading.scenario.name, settled.quiet);
        let mut ends = Vec::new();
        let mut saved = None;
        let work = |run: usize| -> Result<(RunRecord, Option<Vec<u8>>), Failure> {
            let after_week = || progress::advance(&bar, 1);
            Ok(course.live(run as u32, wanted, &settled.interrupt, &after_week)?)
        };
        in_order(self.replicates as usize, settled.threads, work, |_, (record, checkpoint)| {
            saved = saved.take().or(checkpoint);
            runs_file.append(&record)?;
            series_file.append_all(&record.weeks)?;
            groups_file.append_all(&record.groups)?;
            if let Some(file) = &mut places_file {
                file.append_all(&record.places)?;
            }
            if let Some(file) = &mut events_file {
                file.append_all(&record.events)?;
            }
            if let Some(file) = &mut recruits_file {
                file.append_all(&record.recruits)?;
            }
            if let Some(file) = &mut leavers_file {
                file.append_all(&record.leavers)?;
            }
            if let Some(file) = &mut pacts_file {
                file.append_all(&record.pacts)?;
            }
            if let Some(file) = &mut talks_file {
                file.append_all(&record.talks)?;
            }
            if let Some(file) = &mut politics_file {
                file.append_all(&record.politics)?;
            }
            ends.push(record.end);
            Ok(())
        })?;
        bar.finish_and_clear();

        folder.keep(runs_file)?;
        folder.keep(series_file)?;
        folder.keep(groups_file)?;
        places_file.map(|file| folder.keep(file)).transpose()?;
        events_file.map(|file| folder.keep(file)).transpose()?;
        recruits_file.map(|file| folder.keep(file)).transpose()?;
        leavers_file.map(|file| folder.keep(file)).transpose()?;
        pacts_file.map(|file| folder.keep(file)).transpose()?;
        talks_file.map(|file| folder.keep(file)).transpose()?;
        politics_file.map(|file| folder.keep(file)).transpose()?;
        let particulars = Particulars {
            commit: super::COMMIT.to_owned(),
            command: super::words::given(),
            seed_rule: SEED_RULE.to_owned(),
            threads: settled.threads,
            about: about(reading),
        };
        Ok(Written { manifest: folder.finish(particulars)?, ends, checkpoint: saved })
    }

    fn summary(&self, blueprint: &Blueprint, ends: &[Vec<f64>]) -> String {
        let scenario = &blueprint.reading().scenario;
        let title = if scenario.title.is_empty() { &scenario.name } else { &scenario.title };
        let runs = counted(self.replicates, "run", "runs");
        format!(
            "{title}\n{} to {}, {}, {runs}, seed {}\n\n{}\n",
            scenario.time.start,
            scenario.time.end,
            counted(blueprint.weeks(), "week", "weeks"),
            self.seed,
            short_table(ends)
        )
    }
}

fn names(manifest: &Manifest) -> String {
    let tables = manifest.files.iter().filter(|file| file.rows.is_some());
    tables.map(|file| file.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// What the data package says of itself.
pub fn about(reading: &Reading) -> About {
    let scenario = &reading.scenario;
    About {
        name: scenario.name.clone(),
        title: scenario.title.clone(),
        description: scenario.description.clone(),
        licences: vec![Licence {
            name: "CC-BY-4.0".to_owned(),
            title: "Creative Commons Attribution 4.0".to_owned(),
            address: "https://creativecommons.org/licenses/by/4.0/".to_owned(),
        }],
        sources: vec![Source {
            title: "Toguna, a simulation; none of these figures is an observation".to_owned(),
            address: "https://github.com/toguna/toguna".to_owned(),
        }],
    }
}
