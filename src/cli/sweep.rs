//! `toguna sweep`: every point of a design under the same seeds. Resumable, and one part of many.

use super::asked::Settled;
use super::failure::Failure;
use super::progress;
use super::slurm::{self, Scheduler};
use super::sweep_extended::take_over_runs;
use super::sweep_plan::{DesignArgument, PlannedSweep};
use super::sweep_results::{Found, finish, finished, found};
use crate::experiment::in_order::in_order;
use crate::experiment::plan::{Probe, Run, Shard};
use crate::experiment::replicate::{Interrupt, live_weeks};
use crate::experiment::sweep::{Ended, Lived, Spent};
use crate::model::record::OUTCOMES;
use crate::output::journal::{Standing, discard, line_of};
use clap::Args;
use std::collections::BTreeSet;
use std::num::NonZeroU32;
use std::time::{Duration, Instant};

/// Run every point of a design under the same seeds; interrupted, the same command goes on
#[derive(Debug, Args)]
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
    /// Parts in the job script
    #[arg(long, default_value_t = 8, requires = "emit",
        value_parser = clap::value_parser!(u32).range(1..=10_000))]
    shards: u32,
    /// Time limit of each part in the job script, hours:minutes:seconds
    #[arg(long, default_value = "04:00:00", requires = "emit")]
    time_limit: String,
    /// Throw away runs and results that stand in the folder
    #[arg(long)]
    force: bool,
}

impl Sweep {
    pub fn obey(self, settled: &Settled) -> Result<(), Failure> {
        let sweep = self.design.planned()?;
        if self.dry_run {
            return forecast(&sweep, self.shard.unwrap_or(Shard::WHOLE), settled);
        }
        if let Some(scheduler) = self.emit {
            let script =
                slurm::script(scheduler, &self.design, &sweep, self.shards, &self.time_limit);
            anstream::print!("{script}");
            return Ok(());
        }
        if self.force {
            discard(&sweep.out);
        }
        match self.shard {
            None => make(&sweep, self.force, settled),
            // A part that is resubmitted after the merge finds its work done.
            Some(_) if !self.force && finished(&sweep)? => {
                if !settled.quiet {
                    anstream::eprintln!("unchanged: {} is whole", sweep.out.display());
                }
                Ok(())
            }
            Some(shard) => make_runs(&sweep, shard, self.force, settled),
        }
    }
}

/// All runs, then the results.
///
/// # Errors
/// As the runs and the folder do.
pub fn make(sweep: &PlannedSweep, force: bool, settled: &Settled) -> Result<(), Failure> {
    if !force && finished(sweep)? {
        if !settled.quiet {
            anstream::eprintln!("unchanged: {} holds these very results", sweep.out.display());
        }
        return super::sweep_results::complete(sweep);
    }
    if let Standing::Missing(_) = sweep.partial(false)?.standing(sweep.plan)? {
        make_runs(sweep, Shard::WHOLE, force, settled)?;
    }
    finish(sweep, force, settled)
}

/// The runs of one shard that are not there yet; `anew` takes none over from results.
fn make_runs(
    sweep: &PlannedSweep,
    shard: Shard,
    anew: bool,
    settled: &Settled,
) -> Result<(), Failure> {
    let partial = sweep.partial(true)?;
    let mut journal = partial.journal(sweep.plan, shard)?;
    if !anew {
        take_over_runs(sweep, shard, &mut journal)?;
    }
    let left: Vec<Run> = sweep.plan.shard(shard).skip(journal.done() as usize).collect();
    sweep.points.fork.iter().for_each(|fork| fork.expect(&left));
    if journal.done() > 0 && !left.is_empty() && !settled.quiet {
        anstream::eprintln!("{} runs are there already, {} are left", journal.done(), left.len());
    }
    let bar = progress::bar(left.len() as u64, &sweep.base.reading().scenario.name, settled.quiet);
    bar.tick();
    quiet_panics();
    let work = |piece: usize| -> Result<Ended, Failure> {
        let run = left[piece];
        let ended =
            sweep.points.live(run.point, sweep.design.seed, run.replicate, &settled.interrupt);
        progress::advance(&bar, 1);
        ended.map_err(|_| Failure::Resumable)
    };
    let made = in_order(left.len(), settled.threads, work, |piece, ended| {
        Ok(journal.append(left[piece], &ended)?)
    });
    bar.finish_and_clear();
    journal.close()?;
    made?;
    if let Some(fork) = sweep.points.fork.as_ref().filter(|_| !left.is_empty() && !settled.quiet) {
        let Spent { lived, runs, .. } = fork.spent();
        let (saved, date) = (in_words(fork.spent().saved()), fork.date);
        anstream::eprintln!(
            "the common past until {date} was lived {lived} times for {runs} runs: {saved} of one \
             thread's time saved"
        );
    }
    if shard != Shard::WHOLE && !settled.quiet {
        anstream::eprintln!("part {shard} is whole; `toguna merge` puts all parts together");
    }
    Ok(())
}

/// A run that panics is recorded with what it says; its report on the terminal would tear the bar.
pub fn quiet_panics() {
    std::panic::set_hook(Box::new(|_| {}));
}

/// A probe no longer than this tells what a run costs.
const LONGEST_PROBE: Duration = Duration::from_secs(10);

fn forecast(sweep: &PlannedSweep, shard: Shard, settled: &Settled) -> Result<(), Failure> {
    let probe = probe(sweep, &settled.interrupt)?;
    let all = sweep.plan.shard(shard).count() as u64;
    let there = match found(sweep)? {
        Found::Nothing => 0,
        Found::Fewer(replicates) => replicates,
        Found::Whole => sweep.plan.replicates,
    };
    let left: Vec<Run> = sweep.plan.shard(shard).filter(|run| run.replicate >= there).collect();
    let runs = left.len() as u64;
    let threads = NonZeroU32::new(settled.threads as u32).unwrap_or(NonZeroU32::MIN);
    let weeks = sweep.base.weeks();
    // With a common past a run costs what it lives itself, and its part of the past.
    let mut part = 1.0;
    if let Some(fork) = sweep.points.fork.as_ref().filter(|_| runs > 0) {
        let pasts: BTreeSet<u32> = left.iter().map(|run| run.replicate).collect();
        let own = f64::from(weeks - fork.week);
        let past = f64::from(fork.week) * pasts.len() as f64 / runs as f64;
        part = (own + past) / f64::from(weeks);
    }
    let forecast = Probe { time: probe.time.mul_f64(part), ..probe }.forecast(runs, threads);
    anstream::println!("points      {}", sweep.plan.points);
    anstream::println!("replicates  {}", sweep.plan.replicates);
    anstream::println!("runs        {runs}, of {weeks} weeks");
    if runs < all {
        anstream::println!("there       {} runs already", all - runs);
    }
    if let Some(fork) = &sweep.points.fork {
        let (past, saved) = (fork.week, 100.0 * (1.0 - part));
        anstream::println!(
            "fork        {}: {past} weeks lived once for each replicate, {saved:.0} % of all saved",
            fork.date
        );
    }
    anstream::println!("one run     {:.2} s on one thread", probe.time.as_secs_f64());
    anstream::println!("all runs    {} on {threads} threads", in_words(forecast.time));
    // Journal and tables hold each run once.
    let megabytes = 2.0 * forecast.bytes as f64 / 1e6;
    anstream::println!("disk        {megabytes:.1} MB while it runs, half of it after");
    Ok(())
}

/// Lives a run of the first point, or as much of it as ten seconds allow.
fn probe(sweep: &PlannedSweep, interrupt: &Interrupt) -> Result<Probe, Failure> {
    let blueprint = sweep.points.blueprint(0)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    let live = || -> Result<Duration, Failure> {
        let clock = Instant::now();
        let mut world = blueprint.world(sweep.design.seed, 0);
        let made = clock.elapsed();
        let mut lived = 0;
        while lived < blueprint.weeks() && clock.elapsed() < LONGEST_PROBE {
            world = live_weeks(world, 1, interrupt, &mut |_| {})?;
            lived += 1;
        }
        let each = (clock.elapsed() - made).as_secs_f64() / f64::from(lived.max(1));
        Ok(made + Duration::from_secs_f64(each * f64::from(blueprint.weeks())))
    };
    let time = match &pool {
        Ok(pool) => pool.install(live),
        Err(_) => live(),
    }?;
    let number = 1_234.567_89;
    let week = vec![number; sweep.points.weekly.len()];
    let weeks = if week.is_empty() { 0 } else { blueprint.weeks() as usize };
    let like = Lived { end: vec![number; OUTCOMES.len()], weeks: vec![week; weeks] };
    let like = Ended::Well(like);
    Ok(Probe { time, bytes: line_of(sweep.plan.len(), &like).len() as u64 })
}

fn in_words(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    match seconds {
        short if short < 90.0 => format!("{short:.0} seconds"),
        short if short < 5_400.0 => format!("{:.0} minutes", short / 60.0),
        long if long < 172_800.0 => format!("{:.1} hours", long / 3_600.0),
        long => format!("{:.1} days", long / 86_400.0),
    }
}
