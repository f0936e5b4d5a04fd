//! `toguna run`: one scenario, one or many seeds.

use super::acted_shown::show_acted;
use super::answer::{Answer, MarkdownFlag};
use super::checkpoint_flags::{CheckpointFlags, PlannedRun};
use super::failure::Failure;
use super::grown_shown::show_grown;
use super::outcome_table::{INTERVALS, headlines_of_runs, short_table};
use super::report::PageFlags;
use super::results::{about, inputs, keep_scenario, particulars, tell_unchanged};
use super::shared_flags::{CoarseFlag, OutcomesFlag, Settings, Shared};
use super::{progress, shared_flags, shipped, standard_output};
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};
use std::path::{Path, PathBuf};
use toguna_experiment::acted;
use toguna_experiment::logs::{LOGS, Log, Wanted};
use toguna_experiment::over_time::ArmOverTime;
use toguna_experiment::who_pays::PaidOverRuns;
use toguna_model::outcomes::Outcome;
use toguna_output::course_tables::{ACTED, CERCLES, OVER_TIME, WHO_PAYS};
use toguna_output::tables::runs;
use toguna_output::{Inputs, Manifest, Opening, RunFolder};
use toguna_scenario::prepared::PreparedScenario;
use toguna_scenario::problems::counted;

/// Run a scenario under one or many seeds and write tables
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    toguna run scenarios/lessons/valley.toml\n  \
    toguna run scenarios/lessons/valley.toml --replicates 20 --report --out output/twenty\n  \
    toguna run scenarios/lessons/valley.toml --set policy.restraint=0.9 --out output/restrained")]
pub struct Run {
    /// Scenario: a file (TOML), or the name of one inside the program, such as mali/status-quo; not
    /// needed with --from: the scenario of the checkpoint is then used
    #[arg(value_name = "SCENARIO", required_unless_present = "from", value_parser = shipped::path())]
    scenario: Option<PathBuf>,
    #[command(flatten)]
    settings: Settings,
    /// Master seed; with the number of the replicate it fixes all random numbers
    #[arg(long, default_value_t = 1, value_parser = shared_flags::seed(), conflicts_with = "from")]
    seed: u64,
    /// How many runs, each under its own random numbers
    #[arg(long, default_value_t = 1, value_parser = shared_flags::replicates())]
    replicates: u32,
    #[command(flatten)]
    coarse: CoarseFlag,
    #[command(flatten)]
    only: OutcomesFlag,
    #[command(flatten)]
    past: CheckpointFlags,
    /// Folder for the results [default: output/<scenario name>; with --from, the date follows]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Further tables to write
    #[arg(long, value_parser = further(), value_delimiter = ',', value_name = "TABLE")]
    tables: Vec<String>,
    /// Overwrite existing results
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    page: PageFlags,
    #[command(flatten)]
    markdown: MarkdownFlag,
    /// Print the manifest as JSON instead of the table of outcomes
    #[arg(long)]
    json: bool,
}

/// What `--tables` takes for every table that is written on request.
const ALL: &str = "all";

/// The tables that are written on request, each with what it holds.
fn further() -> PossibleValuesParser {
    let on_request = |log: &Log| {
        let what = log.on_request?;
        Some(PossibleValue::new(log.stem()).help(format!("{}: {what}", log.name)))
    };
    let all = PossibleValue::new(ALL).help("every one of these");
    PossibleValuesParser::new(LOGS.iter().filter_map(on_request).chain([all]))
}

/// What a run has left.
struct Written {
    manifest: Manifest,
    /// The outcomes over each run.
    ends: Vec<Vec<f64>>,
    checkpoint: Option<Vec<u8>>,
}

impl Run {
    pub fn run(self, shared: &Shared) -> Result<(), Failure> {
        let shown = self.only.or(&headlines_of_runs())?;
        let mut planned = self.past.course(
            self.scenario.as_deref(),
            &self.settings.set,
            self.seed,
            self.replicates,
        )?;
        self.coarse.allow(planned.course.prepared.checked())?;
        planned.course.wanted = Wanted::of(&self.further());
        standard_output::tell_notes(planned.course.prepared.checked(), shared.quiet);
        shared.begin();
        planned.check_place(self.force)?;
        let name = planned.default_name();
        let path = self.out.clone().unwrap_or_else(|| Path::new("output").join(name));
        let checkpoint;
        let manifest = match RunFolder::open(&path, self.inputs(&planned), self.force)? {
            Opening::Unchanged(manifest) => {
                tell_unchanged(&path, shared);
                checkpoint = planned.checkpoint_to_keep(shared)?;
                *manifest
            }
            Opening::New(folder) => {
                let written = self.write(*folder, &planned, shared)?;
                if !self.json {
                    let prepared = &planned.course.prepared;
                    let answer = self.summary(prepared, &written.ends, &shown, &path)?;
                    standard_output::print(&answer.shown(self.markdown))?;
                }
                checkpoint = written.checkpoint;
                written.manifest
            }
        };
        if self.json {
            standard_output::print_json(&manifest)?;
        } else if !shared.quiet {
            standard_output::tell(&format!("files in {}: {}", path.display(), names(&manifest)));
        }
        self.page.write(&path, shared)?;
        // Last: the results stand, whatever becomes of it.
        planned.keep(checkpoint, self.force, shared)
    }

    /// The tables that are asked for beside those that every run writes.
    fn further(&self) -> Vec<&'static str> {
        let asked = |stem: &str| self.tables.iter().any(|it| it == stem || it == ALL);
        let on_request = LOGS.iter().filter(|log| log.on_request.is_some());
        on_request.map(Log::stem).filter(|stem| asked(stem)).collect()
    }

    fn inputs(&self, planned: &PlannedRun) -> Inputs {
        let course = &planned.course;
        let checked = course.prepared.checked();
        let mut inputs = inputs("run", checked, course.seed, self.replicates);
        inputs.outputs = self.further().into_iter().map(str::to_owned).collect();
        planned.note_in(&mut inputs);
        inputs
    }

    /// Lives all runs and writes their rows in order of run.
    fn write(
        &self,
        mut folder: RunFolder,
        planned: &PlannedRun,
        shared: &Shared,
    ) -> Result<Written, Failure> {
        let course = &planned.course;
        let checked = course.prepared.checked();
        keep_scenario(&mut folder, checked)?;
        let mut runs_file = folder.table(&runs())?;
        let mut files = Vec::new();
        for (place, log) in course.wanted.logs() {
            files.push((place, folder.lines(log.described())?));
        }

        let weeks = u64::from(course.weeks_left()) * u64::from(self.replicates);
        let bar = progress::bar(weeks, &checked.scenario.name, shared.quiet);
        let (mut ends, mut over_time) = (Vec::new(), ArmOverTime::default());
        let mut paid = PaidOverRuns::default();
        let mut acted = Vec::new();
        let mut saved = None;
        let progress = || progress::advance(&bar, 1);
        let execution = shared.execution(&progress);
        course.run(self.replicates, execution, |record, checkpoint| -> Result<(), Failure> {
            saved = saved.take().or(checkpoint);
            runs_file.append(&record)?;
            for (place, file) in &mut files {
                record.logs.rows_of(*place).map_or(Ok(()), |rows| file.append(rows))?;
            }
            over_time.push(&record.path);
            paid.push(&record.paid);
            acted.extend(acted::rows(checked, record.replicate, &record.acted));
            ends.push(record.end);
            Ok(())
        })?;
        bar.finish_and_clear();

        folder.keep(runs_file)?;
        files.into_iter().try_for_each(|(_, file)| folder.keep(file))?;
        let (name, start) = (&checked.scenario.name, checked.scenario.time.start);
        folder.whole_table(&OVER_TIME, &over_time.rows(name, start))?;
        folder.whole_table(&CERCLES, &over_time.cercles(name))?;
        folder.whole_table(&WHO_PAYS, &paid.rows(name, None))?;
        folder.whole_table(&ACTED, &acted)?;
        let manifest = folder.finish(particulars(about(checked), shared))?;
        Ok(Written { manifest, ends, checkpoint: saved })
    }

    fn summary(
        &self,
        prepared: &PreparedScenario,
        ends: &[Vec<f64>],
        shown: &[&'static Outcome],
        folder: &Path,
    ) -> Result<Answer, Failure> {
        let scenario = &prepared.checked().scenario;
        let title = if scenario.title.is_empty() { &scenario.name } else { &scenario.title };
        let runs = counted(self.replicates, "run", "runs");
        let mut answer = Answer::default();
        answer.line(title);
        answer.line(format!(
            "{} to {}, {}, {runs}, seed {}",
            scenario.time.start,
            scenario.time.end,
            counted(prepared.weeks(), "week", "weeks"),
            self.seed
        ));
        answer.gap();
        answer.table(short_table(ends, shown));
        if ends.len() > 1 {
            answer.line(INTERVALS);
        }
        answer.gap();
        show_acted(&mut answer, folder)?;
        show_grown(&mut answer, folder, prepared.weeks(), ends)?;
        Ok(answer)
    }
}

fn names(manifest: &Manifest) -> String {
    let tables = manifest.files.iter().filter(|file| file.rows.is_some());
    tables.map(|file| file.name.as_str()).collect::<Vec<_>>().join(", ")
}
