//! `toguna sweep`: every point of a design under the same seeds. Resumable, and one part of many.

use super::failure::Failure;
use super::progress::in_words;
use super::report::PageFlags;
use super::shared_flags::Shared;
use super::slurm::{self, Job, Scheduler, TimeLimit};
use super::sweep_extended::copy_runs;
use super::sweep_forecast::forecast;
use super::sweep_plan::{DesignArgument, PlannedSweep};
use super::sweep_results::{complete, finish, finished};
use super::sweep_shown::ShownFlags;
use super::{progress, standard_output};
use clap::Args;
use serde_json::json;
use toguna_experiment::execution::Execution;
use toguna_experiment::plan::{Plan, Run, Shard};
use toguna_experiment::sweep::{Ended, Spent};
use toguna_output::RunFolder;
use toguna_output::journal::{Completeness, Journal, discard};
use toguna_scenario::problems::counted;
use toguna_units::narrow;

/// Run every point of a design under the same seeds; if interrupted, run the same command again to resume
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    toguna sweep scenarios/designs/reintegration-or-not.toml --dry-run\n  \
    toguna sweep scenarios/designs/reintegration-or-not.toml --replicates 4")]
pub struct Sweep {
    #[command(flatten)]
    pub design: DesignArgument,
    /// Make only one part, such as 3/8; `merge` puts parts together
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,
    /// Say how many runs there are, how long they take and what disk they need, and make none
    #[arg(long)]
    dry_run: bool,
    /// Print a job script instead of running
    #[arg(long, value_enum, value_name = "SCHEDULER", conflicts_with_all = ["shard", "dry_run"])]
    emit: Option<Scheduler>,
    /// Parts in the job script [default: 8, or as many as there are runs]
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    shards: Option<u32>,
    /// Time limit of each part in the job script, as Slurm takes it [default: 04:00:00]
    #[arg(long)]
    time_limit: Option<TimeLimit>,
    /// Throw away runs and results that stand in the folder
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    page: PageFlags,
    #[command(flatten)]
    shown: ShownFlags,
    /// Print the manifest as JSON; with --dry-run the forecast, with --shard which part is whole
    #[arg(long, conflicts_with = "emit")]
    json: bool,
}

impl Sweep {
    pub fn run(self, shared: &Shared) -> Result<(), Failure> {
        self.check_job_flags()?;
        let sweep = self.design.planned()?;
        standard_output::tell_notes(sweep.base.checked(), shared.quiet);
        shared.begin();
        if self.dry_run {
            let forecast = forecast(&sweep, self.shard.unwrap_or(Shard::WHOLE), shared)?;
            return if self.json {
                standard_output::print_json(&forecast)
            } else {
                standard_output::print(&forecast.text())
            };
        }
        if let Some(scheduler) = self.emit {
            let job = self.job(&sweep)?;
            if let Some(note) = slurm::note(&job).filter(|_| !shared.quiet) {
                standard_output::tell(&note);
            }
            return standard_output::print(&slurm::script(scheduler, &self.design, &sweep, &job));
        }
        if self.force {
            RunFolder::may_be_replaced(&sweep.out)?;
            discard(&sweep.out);
        }
        let Some(shard) = self.shard else {
            let made = make(&sweep, self.force, shared);
            if matches!(made, Ok(()) | Err(Failure::Incomplete(_))) {
                self.page.write(&sweep.out, shared)?;
            }
            return self.shown.show(&sweep, made, self.json);
        };
        // A part that is resubmitted after the merge finds its work done.
        if !self.force && finished(&sweep)? {
            if !shared.quiet {
                standard_output::tell(&format!("unchanged: {} is whole", sweep.out.display()));
            }
        } else {
            make_runs(&sweep, shard, self.force, shared)?;
        }
        if self.json {
            let runs = sweep.plan.shard(shard).count();
            standard_output::print_json(
                &json!({ "part": shard.to_string(), "whole": true, "runs": runs }),
            )?;
        }
        Ok(())
    }

    /// `requires` of clap does not hold these where --emit conflicts with another flag.
    fn check_job_flags(&self) -> Result<(), Failure> {
        let given =
            [("--shards", self.shards.is_some()), ("--time-limit", self.time_limit.is_some())];
        match given.iter().find(|(_, given)| *given && self.emit.is_none()) {
            None => Ok(()),
            Some((flag, _)) => {
                Err(Failure::Usage(format!("{flag} is for a job script: --emit slurm prints one")))
            }
        }
    }

    fn job(&self, sweep: &PlannedSweep) -> Result<Job, Failure> {
        const USUAL_SHARDS: u32 = 8;
        // A plan has fewer runs than 2³², as it was read.
        let runs = narrow(sweep.plan.len());
        let shards = self.shards.unwrap_or(USUAL_SHARDS.min(runs));
        if shards > runs {
            let runs = counted(runs, "run", "runs");
            return Err(Failure::Usage(format!(
                "--shards {shards} are more than there is work for: the sweep has {runs}"
            )));
        }
        Ok(Job { shards, time_limit: self.time_limit.clone().unwrap_or_default() })
    }
}

/// All runs, then the results.
///
/// # Errors
/// As the runs and the folder do.
pub fn make(sweep: &PlannedSweep, force: bool, shared: &Shared) -> Result<(), Failure> {
    if !force && finished(sweep)? {
        if !shared.quiet {
            standard_output::tell(&format!(
                "unchanged: {} holds these very results",
                sweep.out.display()
            ));
        }
        return complete(sweep);
    }
    if let Completeness::Missing(_) = sweep.partial(false)?.completeness(sweep.plan)? {
        make_runs(sweep, Shard::WHOLE, force, shared)?;
    }
    finish(sweep, force, shared)
}

/// The runs of one shard that are not there yet; `anew` takes none over from results.
///
/// # Errors
/// As the runs and the folder do.
pub fn make_runs(
    sweep: &PlannedSweep,
    shard: Shard,
    anew: bool,
    shared: &Shared,
) -> Result<(), Failure> {
    let partial = sweep.partial(true)?;
    let mut journal = partial.journal(sweep.plan, shard)?;
    if !anew {
        copy_runs(sweep, shard, &mut journal)?;
    }
    let any =
        make_left(journal, sweep.plan, shard, &sweep.called, shared, |left, execution, take| {
            sweep.points.run(left, sweep.design.seed, execution, take)
        })?;
    if let Some(fork) = sweep.points.fork.as_ref().filter(|_| any && !shared.quiet) {
        let Spent { pasts_run, runs, .. } = fork.spent();
        let (saved, date) = (in_words(fork.spent().saved().as_secs_f64()), fork.date);
        let (times, runs) = (counted(pasts_run, "time", "times"), counted(runs, "run", "runs"));
        standard_output::tell(&format!(
            "the common past until {date} was run {times} for {runs}: {saved} of one thread's time \
             saved"
        ));
    }
    if shard != Shard::WHOLE && !shared.quiet {
        standard_output::tell(&format!(
            "part {shard} is whole; `toguna merge` puts all parts together"
        ));
    }
    Ok(())
}

/// Makes the runs of a shard that its journal does not hold yet, by `make`, and says whether there were any.
///
/// # Errors
/// As the runs and the disk do.
pub fn make_left(
    mut journal: Journal,
    plan: Plan,
    shard: Shard,
    called: &str,
    shared: &Shared,
    make: impl FnOnce(&[Run], Execution<'_>, &mut TakeRun<'_>) -> Result<(), Failure>,
) -> Result<bool, Failure> {
    if let Some(damage) = journal.damage().filter(|_| !shared.quiet) {
        standard_output::tell(&format!("{damage}; its run and those after it are made again"));
    }
    let left: Vec<Run> = plan.shard(shard).skip(narrow(journal.done())).collect();
    if journal.done() > 0 && !left.is_empty() && !shared.quiet {
        let (there, left) = (counted(journal.done(), "run", "runs"), left.len());
        standard_output::tell(&format!("there already: {there}; left: {left}"));
    }
    let bar = progress::bar(left.len() as u64, called, shared.quiet);
    bar.tick();
    quiet_panics();
    let progress = || progress::advance(&bar, 1);
    let made = make(&left, shared.execution(&progress), &mut |run, ended| {
        Ok::<(), Failure>(journal.append(run, &ended)?)
    });
    bar.finish_and_clear();
    journal.close()?;
    made.map_err(|failure| match failure {
        Failure::Interrupted => Failure::Resumable,
        other => other,
    })?;
    Ok(!left.is_empty())
}

/// Who takes a run when it has ended.
pub type TakeRun<'t> = dyn FnMut(Run, Ended) -> Result<(), Failure> + 't;

/// A run that panics is recorded with what it says; its report on the terminal would tear the bar.
pub fn quiet_panics() {
    std::panic::set_hook(Box::new(|_| {}));
}
