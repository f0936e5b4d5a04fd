//! `toguna compare … --ensemble`: policies in every world that the facts leave open.

use super::answer::MarkdownFlag;
use super::compare_worlds_shown::show;
use super::failure::Failure;
use super::results;
use super::shared_flags::Shared;
use super::shipped::Shelves;
use super::standard_output;
use super::sweep::make_left;
use std::path::{Path, PathBuf};
use toguna_experiment::common_past::RandomNumbers;
use toguna_experiment::plan::{Plan, Shard};
use toguna_experiment::record::RunRecord;
use toguna_experiment::sweep::{Ended, ReadOnce};
use toguna_experiment::worlds::{Ends, Leaf, Members, Worlds, judged, regrets, where_it_fails};
use toguna_model::outcomes::{OUTCOMES, Outcome};
use toguna_output::calibration_tables::own_columns;
use toguna_output::journal::{Completeness, PartialSweep, discard};
use toguna_output::worlds_tables::{FAILS, FailsRow, JUDGED, REGRETS, WorldRunRow, world_runs};
use toguna_output::{Content, Inputs, Opening, OutputError, ReadBack, RunFolder};
use toguna_report::OVER_WORLDS;
use toguna_scenario::prepared::PreparedScenario;
use toguna_scenario::problems::counted;
use toguna_scenario::source::read_text;
use toguna_units::narrow;
use toml::Value;

/// A comparison over an ensemble, as it was asked for.
pub struct AskedWorlds<'a> {
    pub ensemble: &'a Path,
    pub seeds: u32,
    /// Names, files and scenarios without any member's parameters.
    pub arms: Vec<(String, PathBuf, &'a PreparedScenario)>,
    pub settings: &'a [String],
    pub seed: u64,
    pub random_numbers: RandomNumbers,
    pub out: PathBuf,
    /// What everything but the ensemble follows from.
    pub inputs: Inputs,
    pub chosen: Vec<&'static Outcome>,
    pub force: bool,
    pub json: bool,
    pub markdown: MarkdownFlag,
}

/// The ensemble beside results.
const ENSEMBLE_TEXT: &str = "ensemble.input.csv";

impl AskedWorlds<'_> {
    /// Runs what is not there yet, and shows all.
    ///
    /// # Errors
    /// As the ensemble, the runs and the folder do.
    pub fn compare(mut self, shared: &Shared) -> Result<(), Failure> {
        let text = read_text(&Shelves, self.ensemble, "ensemble", 0, None)
            .map_err(|problem| Failure::Design(problem.into()))?;
        let own: Vec<&str> = own_columns().collect();
        let members = Members::read(&text, &own).map_err(Failure::Design)?;
        OVER_WORLDS.clone_into(&mut self.inputs.experiment);
        self.inputs.replicates = self.seeds;
        self.inputs.tables.push(Content::of("the ensemble", text.text.as_bytes()));
        let worlds = Worlds {
            files: ReadOnce::of(Shelves),
            policies: self
                .arms
                .iter()
                .map(|(name, path, _)| (name.clone(), path.clone()))
                .collect(),
            settings: self.settings.to_vec(),
            members,
            random_numbers: self.random_numbers,
        };
        // What no policy can take is told before anything runs.
        for policy in 0..worlds.policies.len() {
            worlds.read(policy, 0).map_err(Failure::Scenario)?;
        }
        if self.force {
            RunFolder::may_be_replaced(&self.out)?;
            discard(&self.out);
        }
        let there = if self.force { None } else { RunFolder::look(&self.out, &self.inputs)? };
        if there.is_some() {
            results::tell_unchanged(&self.out, shared);
        } else {
            let plan =
                Plan { points: narrow(worlds.members.weights.len()), replicates: self.seeds };
            let of = self.made(&worlds, plan, shared)?;
            self.write(&worlds, plan, of, &text.text, shared)?;
        }
        discard(&self.out);
        let title = format!(
            "{}, {} of each in each, seed {}",
            counted(worlds.members.weights.len() as u64, "world", "worlds"),
            counted(self.seeds, "run", "runs"),
            self.seed
        );
        standard_output::print(&show(&self.out, &title, &self.chosen, self.json, self.markdown)?)?;
        complete(&self.out)
    }

    /// All runs, in so many parts.
    fn made(
        &self,
        worlds: &Worlds<ReadOnce<Shelves>>,
        plan: Plan,
        shared: &Shared,
    ) -> Result<u32, Failure> {
        let partial = PartialSweep::open(&self.out, &self.inputs, &[])?;
        let left = match partial.completeness(plan)? {
            Completeness::Whole(of) => return Ok(of),
            Completeness::Missing(left) => left,
        };
        let journal = partial.journal(plan, Shard::WHOLE)?;
        make_left(journal, plan, Shard::WHOLE, "worlds", shared, |left, execution, take| {
            worlds.run(left, self.seed, execution, take)
        })?;
        match partial.completeness(plan)? {
            Completeness::Whole(of) => Ok(of),
            Completeness::Missing(_) => Err(Failure::Incomplete(left.join("\n  "))),
        }
    }

    fn write(
        &self,
        worlds: &Worlds<ReadOnce<Shelves>>,
        plan: Plan,
        of: u32,
        ensemble: &str,
        shared: &Shared,
    ) -> Result<(), Failure> {
        let opening = RunFolder::open(&self.out, self.inputs.clone(), self.force)?;
        let Opening::New(mut folder) = opening else { return Ok(()) };
        let partial = PartialSweep::look(&self.out, &self.inputs)?;
        folder.text(ENSEMBLE_TEXT, ensemble)?;
        let named = self.arms.iter().map(|(name, _, it)| (name.as_str(), it.checked()));
        results::keep_scenarios(&mut folder, &named.collect::<Vec<_>>())?;
        let names: Vec<String> = worlds.policies.iter().map(|(name, _)| name.clone()).collect();
        let mut ends = Ends::new(names, worlds.members.weights.clone());
        let mut runs_file = folder.table(&world_runs())?;
        let (mut number, mut well, mut first_cause) = (0, false, None);
        partial.runs(plan, of, |run, ended| -> Result<(), Failure> {
            for (policy, (name, _)) in worlds.policies.iter().enumerate() {
                let mut record = RunRecord::new(number, narrow(run.id), self.seed);
                record.scenario.clone_from(name);
                let cause = match &ended {
                    Ended::Well(so_far) => {
                        let first = policy * OUTCOMES.len();
                        record.end = so_far.end[first..first + OUTCOMES.len()].to_vec();
                        None
                    }
                    Ended::Failed(cause) => {
                        record.end = Vec::new();
                        first_cause.get_or_insert_with(|| cause.clone());
                        Some(cause.clone())
                    }
                };
                runs_file.append(&WorldRunRow { run: record, member: run.point, cause })?;
                number += 1;
            }
            if let Ended::Well(so_far) = ended {
                well = true;
                ends.push(run.point as usize, so_far.end);
            }
            Ok(())
        })?;
        if !well {
            let what = format!("no run went well\n  {}", first_cause.unwrap_or_default());
            return Err(Failure::Failed { what, source: None });
        }
        folder.keep(runs_file)?;
        folder.whole_table(&JUDGED, &judged(&ends))?;
        folder.whole_table(&REGRETS, &regrets(&ends))?;
        folder.whole_table(&FAILS, &self.fails(worlds, &ends))?;
        let first = self.arms[0].2.checked();
        let mut about = results::about(first);
        about.name = format!("compare-{}", ends.policies.join("-"));
        about.title = format!("{} over an ensemble", ends.policies.join(", "));
        folder.finish(results::particulars(about, shared))?;
        Ok(())
    }

    fn fails(&self, worlds: &Worlds<ReadOnce<Shelves>>, ends: &Ends) -> Vec<FailsRow> {
        let points = &worlds.members.points;
        let of_point = |point: &toguna_experiment::design::Point| {
            point.values.iter().map(|value| value.as_ref().map_or(0.0, as_number)).collect()
        };
        let values: Vec<Vec<f64>> = points.points.iter().map(of_point).collect();
        let mut rows: Vec<FailsRow> = Vec::new();
        for found in where_it_fails(ends, &values) {
            let is_same = |last: &&FailsRow| {
                last.found.other == found.other && last.found.outcome == found.outcome
            };
            let part = rows.last().filter(is_same).map_or(0, |last| last.part + 1);
            let conditions = in_words(&found.leaf, &points.paths);
            rows.push(FailsRow { found, part, conditions });
        }
        rows
    }
}

/// A number, weeks of a duration, 1 of a truth; else 0.
fn as_number(value: &Value) -> f64 {
    match value {
        Value::Integer(number) => *number as f64,
        Value::Float(number) => *number,
        Value::Boolean(truth) => f64::from(u8::from(*truth)),
        Value::String(text) => {
            text.parse::<toguna_units::Weeks>().map_or(0.0, |weeks| f64::from(weeks.0))
        }
        _ => 0.0,
    }
}

/// Three digits that count.
fn in_few_digits(value: f64) -> String {
    let rounded = format!("{value:.2e}").parse::<f64>();
    rounded.map_or_else(|_| value.to_string(), |it| it.to_string())
}

/// `rules.a below 0.3, rules.b 12 or more`
fn in_words(leaf: &Leaf, paths: &[String]) -> String {
    let said = |(axis, is_below, bound): &(usize, bool, f64)| {
        let (path, bound) = (&paths[*axis], in_few_digits(*bound));
        if *is_below { format!("{path} below {bound}") } else { format!("{path} {bound} or more") }
    };
    leaf.conditions.iter().map(said).collect::<Vec<_>>().join(", ")
}

/// Whether every run of the results has gone well.
fn complete(folder: &Path) -> Result<(), Failure> {
    let failed: Result<ReadBack, OutputError> =
        ReadBack::where_text(folder, "runs.csv", |row| row.text("status") == "failed");
    let failed = failed?;
    let Some(first) = failed.rows().next() else { return Ok(()) };
    Err(Failure::Incomplete(format!(
        "{} failed; runs.csv says why of each\n  run {}: {}",
        counted(failed.rows().count() as u64, "run", "runs"),
        first.text("run"),
        first.text("cause")
    )))
}
