//! `compare --explain`: what carries the differences. Its runs are journalled as those of a sweep are, so that
//! the same command goes on after an interruption.

use super::failure::Failure;
use super::progress::in_words;
use super::shared_flags::Shared;
use super::{progress, results, standard_output};
use std::path::{Path, PathBuf};
use toguna_experiment::arms::Arms;
use toguna_experiment::explain::{Explanation, Variants};
use toguna_experiment::plan::{Plan, Run, Shard};
use toguna_experiment::sweep::{Ended, RunOutcomes};
use toguna_model::outcomes::{OUTCOMES, Outcome};
use toguna_output::comparison_tables::{COMPARISON, EXPLAINED};
use toguna_output::journal::{Completeness, PartialSweep, discard};
use toguna_output::{Inputs, ReadBack, Row, RunFolder};
use toguna_scenario::problems::counted;
use toguna_units::narrow;

/// What is to be explained, and from what comparison.
pub struct Asked<'a> {
    pub arms: &'a Arms,
    /// Folder of the comparison.
    pub compared: &'a Path,
    pub inputs: Inputs,
    /// Mechanisms by name; all when there are none.
    pub mechanisms: &'a [String],
    pub force: bool,
}

/// The folder of what carries the differences of a comparison.
pub fn folder_of(compared: &Path) -> PathBuf {
    let mut name = compared.file_name().unwrap_or_default().to_owned();
    name.push("-explained");
    compared.with_file_name(name)
}

/// Which of the outcomes differ clearly, with the scenario that differs.
///
/// # Errors
/// When the table cannot be read back.
pub fn clear(
    folder: &Path,
    outcomes: &[&'static Outcome],
) -> Result<Vec<(String, &'static str)>, Failure> {
    let comparison = ReadBack::of(folder, COMPARISON.name)?;
    let of_row = |row: Row<'_>| {
        let outcome = outcomes.iter().find(|it| it.name == row.text("outcome"))?;
        toguna_report::clear(outcome, &row).map(|_| (row.text("other").to_owned(), outcome.name))
    };
    Ok(comparison.rows().filter_map(of_row).collect())
}

impl Asked<'_> {
    /// Makes the runs that are not there yet, and the table.
    ///
    /// # Errors
    /// When no mechanism is of a name, or as runs and folders do.
    pub fn explain(self, shared: &Shared) -> Result<(), Failure> {
        let variants = Variants::of(self.arms, self.mechanisms).map_err(|(unknown, on)| {
            let on = on.join(", ");
            Failure::Usage(format!("no mechanism {unknown:?} is on in these scenarios: {on}"))
        })?;
        let out = folder_of(self.compared);
        let mut inputs = self.inputs.clone();
        inputs.experiment = "explain".to_owned();
        inputs.outputs.extend(variants.mechanisms.iter().cloned());
        if self.force {
            RunFolder::may_be_replaced(&out)?;
            discard(&out);
        }
        let plan = Plan { points: narrow(variants.count()), replicates: inputs.replicates };
        let Some(mut folder) = results::open(&out, inputs.clone(), self.force, shared)? else {
            PartialSweep::tidy(&out, &inputs, plan);
            return Ok(());
        };
        let partial = PartialSweep::open(&out, &inputs, &[])?;
        self.make_runs(&variants, plan, &partial, shared)?;
        let Completeness::Whole(of) = partial.completeness(plan)? else {
            return Err(Failure::Incomplete(format!("{} is not whole", out.display())));
        };
        let as_they_are = ends_of(self.compared, self.arms)?;
        let others = 1..self.arms.scenarios.len();
        let mut explanations: Vec<Explanation> =
            others.map(|other| Explanation::new(other, &variants)).collect();
        let mut ends: Vec<Vec<f64>> = Vec::new();
        partial.runs(plan, of, |run, ended| -> Result<(), Failure> {
            if run.point == 0 {
                ends = vec![as_they_are[run.replicate as usize].clone()];
            }
            match ended {
                Ended::Well(outcomes) => ends.push(outcomes.end),
                Ended::Failed(what) => return Err(Failure::Failed { what, source: None }),
            }
            if run.point + 1 == plan.points {
                explanations.iter_mut().for_each(|it| it.push(&ends));
            }
            Ok(())
        })?;
        let rows = |it: &Explanation| it.rows(&self.arms.names, &variants);
        let rows: Vec<_> = explanations.iter().flat_map(rows).collect();
        folder.whole_table(&EXPLAINED, &rows)?;
        let mut about = results::about(self.arms.scenarios[0].checked());
        about.name = format!("explained-{}", self.arms.names.join("-"));
        about.title = format!("What carries the differences of {}", self.arms.names.join(", "));
        folder.finish(results::particulars(about, shared))?;
        partial.remove();
        Ok(())
    }

    fn make_runs(
        &self,
        variants: &Variants,
        plan: Plan,
        partial: &PartialSweep,
        shared: &Shared,
    ) -> Result<(), Failure> {
        let mut journal = partial.journal(plan, Shard::WHOLE)?;
        let left: Vec<Run> = plan.runs().skip(narrow(journal.done())).collect();
        if !shared.quiet && !left.is_empty() {
            self.foretell(&left, plan, shared)?;
        }
        let weeks = self.arms.weeks_to_run() * left.len() as u64;
        let bar = progress::bar(weeks, "explain", shared.quiet);
        let progress = || progress::advance(&bar, 1);
        let execution = shared.execution(&progress);
        let work = |place: usize| -> Result<Vec<f64>, Failure> {
            let run = left[place];
            let of = (self.inputs.seed, run.replicate);
            let (arms, variant) = (self.arms, run.point as usize);
            Ok(variants.run(arms, variant, of, execution.interrupt, execution.progress)?)
        };
        let made = execution.in_order(left.len(), work, |place, end| {
            let ended = Ended::Well(RunOutcomes { end, weeks: Vec::new() });
            Ok::<(), Failure>(journal.append(left[place], &ended)?)
        });
        bar.finish_and_clear();
        journal.close()?;
        made.map_err(|failure| match failure {
            Failure::Interrupted => Failure::Resumable,
            other => other,
        })
    }

    /// Tells how long it will take, judged by the comparison.
    fn foretell(&self, left: &[Run], plan: Plan, shared: &Shared) -> Result<(), Failure> {
        let compared = RunFolder::results_at(self.compared)?;
        let once = compared.seconds * compared.threads as f64 / f64::from(plan.replicates);
        let seconds = once * left.len() as f64 / shared.threads as f64;
        let there = plan.len() - left.len() as u64;
        let there = if there > 0 { format!(" ({there} are there already)") } else { String::new() };
        standard_output::tell(&format!(
            "to explain it, all scenarios are run {} more{there}: about {} on {}. --mechanisms takes \
             fewer; if interrupted, run the same command again to resume",
            counted(left.len() as u64, "time", "times"),
            in_words(seconds.max(1.0)),
            counted(shared.threads, "thread", "threads"),
        ));
        Ok(())
    }
}

/// By replicate, the outcomes of each arm as they are, one arm behind the other.
fn ends_of(compared: &Path, arms: &Arms) -> Result<Vec<Vec<f64>>, Failure> {
    let runs = ReadBack::of(compared, "runs.csv")?;
    let rows: Vec<_> = runs.rows().collect();
    let end = |row: &toguna_output::Row<'_>| -> Vec<f64> {
        OUTCOMES.iter().map(|outcome| row.number(outcome.name).unwrap_or(f64::NAN)).collect()
    };
    // The arms of a replicate stand beneath each other.
    Ok(rows.chunks(arms.scenarios.len()).map(|arms| arms.iter().flat_map(end).collect()).collect())
}
