//! What a sweep will take: runs, time and disk, judged by runs that are tried.

use super::failure::Failure;
use super::progress::in_words;
use super::shared_flags::Shared;
use super::sweep_plan::PlannedSweep;
use super::sweep_results::{Found, found};
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::num::NonZeroU32;
use std::time::{Duration, Instant};
use toguna_experiment::plan::{Probe, Run, Shard};
use toguna_experiment::replicate::{Interrupt, run_weeks};
use toguna_experiment::sweep::{Ended, RunOutcomes, Summary};
use toguna_model::outcomes::OUTCOMES;
use toguna_model::world::World;
use toguna_output::journal::line_of;
use toguna_scenario::problems::counted;
use toguna_units::{Date, narrow};

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
    shared: &Shared,
) -> Result<SweepForecast, Failure> {
    let tried = tried(sweep, &shared.interrupt)?;
    let all = sweep.plan.shard(shard).count() as u64;
    let there = match found(sweep)? {
        Found::Nothing => 0,
        Found::Fewer(replicates) => replicates,
        Found::Whole => sweep.plan.replicates,
    };
    let left: Vec<Run> = sweep.plan.shard(shard).filter(|run| run.replicate >= there).collect();
    let runs = left.len() as u64;
    let threads = NonZeroU32::new(narrow(shared.threads)).unwrap_or(NonZeroU32::MIN);
    let weeks = sweep.base.weeks();
    // With a common past a run costs what it lives itself; and whoever comes to a replicate waits until
    // its past has been lived.
    let pasts: BTreeSet<u32> = left.iter().map(|run| run.replicate).collect();
    let fork = sweep.points.fork.as_ref();
    let once = fork.map_or(Duration::ZERO, |_| tried.past * narrow(pasts.len()));
    let lived = if fork.is_some() { tried.own } else { tried.past + tried.own };
    let read = sweep.points.times_read(&left) as f64 / runs.max(1) as f64;
    let time = lived + tried.reading.mul_f64(read);
    let of_all = Probe { time, bytes: bytes_of_a_run(sweep) }.forecast(runs, threads);
    // Of all weeks, whatever each takes.
    let saved = fork.filter(|_| runs > 0).map_or(0.0, |fork| {
        let past = f64::from(fork.week) * (1.0 - pasts.len() as f64 / runs as f64);
        past / f64::from(weeks)
    });
    let is_summed_up = runs > 0 && shard == Shard::WHOLE;
    let after = if is_summed_up { summing_up(sweep) } else { Duration::ZERO };
    Ok(SweepForecast {
        points: sweep.plan.points,
        replicates: sweep.plan.replicates,
        runs,
        weeks,
        runs_there_already: all - runs,
        fork: fork.map(|it| ForkForecast { date: it.date, weeks: it.week, saved }),
        seconds_of_one_run: (tried.reading + tried.past + tried.own).as_secs_f64(),
        seconds: (once + of_all.time + after).as_secs_f64(),
        threads: shared.threads,
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
            let told = format!("{date}: {weeks} run once for each replicate, {saved:.0} % of all");
            lines.push(("fork", told + " saved"));
        }
        let threads = counted(self.threads, "thread", "threads");
        let all = match self.seconds {
            short if short < 10.0 => format!("{short:.1} seconds"),
            long => in_words(long),
        };
        let megabytes = self.bytes as f64 / 1e6;
        lines.extend([
            ("one run", format!("{:.2} s on one thread", self.seconds_of_one_run)),
            ("all runs", format!("{all} on {threads}")),
            ("disk", format!("{megabytes:.1} MB while it runs, half of it after")),
        ]);
        let mut text = String::new();
        for (what, told) in lines {
            writeln!(text, "{what:<12}{told}").expect("a String can always be written to");
        }
        text
    }
}

/// Probes no longer than this tell what runs cost.
const LONGEST_PROBE: Duration = Duration::from_secs(10);
/// Runs that are tried, if the time allows: what varies may change what a run costs, and so may luck.
const MOST_RUNS: u32 = 8;

/// What one run took, by its parts, on one thread.
#[derive(Clone, Copy, Default)]
struct Tried {
    /// The point's scenario and tables read and checked.
    reading: Duration,
    /// The world made, and its weeks up to the fork if there is one.
    past: Duration,
    /// The weeks from the fork on; without one, all.
    own: Duration,
}

/// Lives some runs, of points from the first to the last and of other replicates, or as much of the first
/// run as ten seconds allow; gives the mean.
fn tried(sweep: &PlannedSweep, interrupt: &Interrupt) -> Result<Tried, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    let clock = Instant::now();
    let each = || -> Result<Tried, Failure> {
        let (points, replicates) = (sweep.plan.points, sweep.plan.replicates);
        let most = narrow::<_, u32>(sweep.plan.len().min(u64::from(MOST_RUNS)));
        let mut sum = Tried::default();
        let mut count = 0;
        for place in 0..most {
            let point = u64::from(place) * u64::from(points - 1) / u64::from(most.max(2) - 1);
            let run = (narrow(point), place % replicates);
            // A point whose values do not fit each other costs next to nothing.
            let Some(tried) = tried_at(sweep, run, clock, interrupt)? else { continue };
            sum.reading += tried.reading;
            sum.past += tried.past;
            sum.own += tried.own;
            count += 1;
            if clock.elapsed() > LONGEST_PROBE {
                break;
            }
        }
        let count = count.max(1);
        Ok(Tried { reading: sum.reading / count, past: sum.past / count, own: sum.own / count })
    };
    match &pool {
        Ok(pool) => pool.install(each),
        Err(_) => each(),
    }
}

/// None when the point's values do not fit each other.
fn tried_at(
    sweep: &PlannedSweep,
    (point, replicate): (u32, u32),
    since: Instant,
    interrupt: &Interrupt,
) -> Result<Option<Tried>, Failure> {
    let clock = Instant::now();
    let Ok(prepared) = sweep.points.made(point) else { return Ok(None) };
    let reading = clock.elapsed();
    let mut world = prepared.world(sweep.design.seed, u64::from(replicate));
    let made = clock.elapsed() - reading;
    let mut so_far = RunOutcomes::default();
    let (all, fork) = (prepared.weeks(), sweep.points.fork.as_ref().map_or(0, |it| it.week));
    // Of the weeks before the fork and from it on: how many were lived, and what they took.
    let mut lived = [(0, Duration::ZERO); 2];
    for week in 0..all {
        if week > 0 && since.elapsed() >= LONGEST_PROBE {
            break;
        }
        let began = clock.elapsed();
        let observe = &mut |world: &World| so_far.observe(world, &sweep.points.weekly);
        world = run_weeks(world, 1, interrupt, observe)?;
        let (weeks, time) = &mut lived[usize::from(week >= fork)];
        *weeks += 1;
        *time += clock.elapsed() - began;
    }
    let each = |(weeks, time): (u32, Duration)| time.as_secs_f64() / f64::from(weeks.max(1));
    let mean =
        (lived[0].1 + lived[1].1).as_secs_f64() / f64::from(all.clamp(1, lived[0].0 + lived[1].0));
    let of = |weeks: u32, part: (u32, Duration)| {
        let each = if part.0 > 0 { each(part) } else { mean };
        Duration::from_secs_f64(f64::from(weeks) * each)
    };
    Ok(Some(Tried { reading, past: made + of(fork, lived[0]), own: of(all - fork, lived[1]) }))
}

/// What indices and their intervals take after the last run, on one thread: tried with made-up values of
/// one outcome, since all outcomes take the same.
fn summing_up(sweep: &PlannedSweep) -> Duration {
    let mut summary = Summary::new(sweep.design.kind, &sweep.points.points);
    if !summary.has_sensitivity() {
        return Duration::ZERO;
    }
    for run in sweep.plan.runs().take(sweep.plan.points as usize) {
        let mut end = vec![0.0; OUTCOMES.len()];
        end[0] = (f64::from(run.point) * 0.618_034).fract();
        summary.push(run, &Ended::Well(RunOutcomes { end, weeks: Vec::new() }));
    }
    let clock = Instant::now();
    let _ = summary.sensitivity();
    clock.elapsed() * narrow(OUTCOMES.len())
}

/// Bytes that a run adds to the journal.
fn bytes_of_a_run(sweep: &PlannedSweep) -> u64 {
    let number = 1_234.567_89;
    let week = vec![number; sweep.points.weekly.len()];
    let weeks = if week.is_empty() { 0 } else { sweep.base.weeks() as usize };
    let like = RunOutcomes { end: vec![number; OUTCOMES.len()], weeks: vec![week; weeks] };
    line_of(sweep.plan.len(), &Ended::Well(like)).len() as u64
}
