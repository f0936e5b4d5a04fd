//! What a sweep will take: runs, time and disk, judged by one run that is tried.

use super::asked::Settled;
use super::failure::Failure;
use super::sweep_plan::PlannedSweep;
use super::sweep_results::{Found, found};
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::num::NonZeroU32;
use std::time::{Duration, Instant};
use toguna_experiment::plan::{Probe, Run, Shard};
use toguna_experiment::replicate::{Interrupt, live_weeks};
use toguna_experiment::sweep::{Ended, Lived};
use toguna_model::outcomes::OUTCOMES;
use toguna_output::journal::line_of;
use toguna_scenario::problems::counted;
use toguna_units::Date;

#[derive(Debug, Serialize)]
pub struct SweepForecast {
    points: u32,
    replicates: u32,
    /// Still to be made.
    runs: u64,
    weeks: u32,
    runs_there_already: u64,
    fork: Option<ForkForecast>,
    /// On one thread.
    seconds_of_one_run: f64,
    seconds: f64,
    threads: usize,
    /// While it runs; half of it after.
    bytes: u64,
}

/// What the points' common past saves.
#[derive(Debug, Serialize)]
struct ForkForecast {
    date: Date,
    weeks: u32,
    saved: f64,
}

/// # Errors
/// When other results stand in the sweep's place, or the trial is interrupted.
pub fn forecast(
    sweep: &PlannedSweep,
    shard: Shard,
    settled: &Settled,
) -> Result<SweepForecast, Failure> {
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
    let of_all = Probe { time: probe.time.mul_f64(part), ..probe }.forecast(runs, threads);
    let fork = sweep.points.fork.as_ref();
    Ok(SweepForecast {
        points: sweep.plan.points,
        replicates: sweep.plan.replicates,
        runs,
        weeks,
        runs_there_already: all - runs,
        fork: fork.map(|it| ForkForecast { date: it.date, weeks: it.week, saved: 1.0 - part }),
        seconds_of_one_run: probe.time.as_secs_f64(),
        seconds: of_all.time.as_secs_f64(),
        threads: settled.threads,
        // Journal and tables hold each run once.
        bytes: of_all.bytes.saturating_mul(2),
    })
}

impl SweepForecast {
    #[must_use]
    pub fn text(&self) -> String {
        let mut lines = vec![
            ("points", self.points.to_string()),
            ("replicates", self.replicates.to_string()),
            ("runs", format!("{}, of {}", self.runs, counted(self.weeks, "week", "weeks"))),
        ];
        if self.runs_there_already > 0 {
            lines.push(("there", counted(self.runs_there_already, "run", "runs") + " already"));
        }
        if let Some(ForkForecast { date, weeks, saved }) = &self.fork {
            let (weeks, saved) = (counted(*weeks, "week", "weeks"), 100.0 * saved);
            let told =
                format!("{date}: {weeks} lived once for each replicate, {saved:.0} % of all");
            lines.push(("fork", told + " saved"));
        }
        let threads = counted(self.threads, "thread", "threads");
        let megabytes = self.bytes as f64 / 1e6;
        lines.extend([
            ("one run", format!("{:.2} s on one thread", self.seconds_of_one_run)),
            ("all runs", format!("{} on {threads}", in_words(self.seconds))),
            ("disk", format!("{megabytes:.1} MB while it runs, half of it after")),
        ]);
        let mut text = String::new();
        for (what, told) in lines {
            writeln!(text, "{what:<12}{told}").expect("a String can always be written to");
        }
        text
    }
}

/// A probe no longer than this tells what a run costs.
const LONGEST_PROBE: Duration = Duration::from_secs(10);

/// Lives a run of the first point that can be, or as much of it as ten seconds allow.
fn probe(sweep: &PlannedSweep, interrupt: &Interrupt) -> Result<Probe, Failure> {
    let first = (0..sweep.plan.points).find_map(|point| sweep.points.blueprint(point).ok());
    let blueprint = first.map_or_else(|| sweep.points.blueprint(0), Ok)?;
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

/// Some seconds as people say them.
#[must_use]
pub fn in_words(seconds: f64) -> String {
    match seconds {
        short if short < 90.0 => format!("{short:.0} seconds"),
        short if short < 5_400.0 => format!("{:.0} minutes", short / 60.0),
        long if long < 172_800.0 => format!("{:.1} hours", long / 3_600.0),
        long => format!("{:.1} days", long / 86_400.0),
    }
}
