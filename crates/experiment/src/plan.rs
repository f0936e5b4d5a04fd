//! From points × replicates to runs in order, split over machines, and what they will cost.
//!
//! Replicates go outermost: every point runs once before any runs twice. A sweep cut short has
//! nearly as many runs of each point as of any other, all of whole seeds but the last; and asking for
//! more replicates adds runs at the end without renumbering one.

use serde::Serialize;
use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;
use std::time::Duration;
use toguna_units::narrow;

/// One simulation to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Run {
    /// replicate × points + point: its place in the order, from 0.
    pub id: u64,
    /// From 0.
    pub point: u32,
    /// From 0; the same replicate of two points shares its random numbers.
    pub replicate: u32,
}

/// All runs of a design.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// Settings of the scenario.
    pub points: u32,
    /// Runs of each.
    pub replicates: u32,
}

impl Plan {
    /// Number of runs.
    #[must_use]
    pub fn len(self) -> u64 {
        u64::from(self.points) * u64::from(self.replicates)
    }

    /// Whether there is nothing to run.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The run with this id; `None` beyond the last.
    #[must_use]
    pub fn run(self, id: u64) -> Option<Run> {
        let points = u64::from(self.points);
        let at = |id| Run { id, point: narrow(id % points), replicate: narrow(id / points) };
        (id < self.len()).then(|| at(id))
    }

    /// Every run, in order.
    pub fn runs(self) -> impl Iterator<Item = Run> {
        (0..self.len()).filter_map(move |id| self.run(id))
    }

    /// The runs of one shard, in order.
    pub fn shard(self, shard: Shard) -> impl Iterator<Item = Run> {
        self.runs().filter(move |run| self.shard_of(run.id, shard.of) == shard.number)
    }

    /// Which of `of` shards (from 1) makes the run: runs are dealt in turn, and the turn moves on by
    /// one whenever dealing would give every shard the same points again. Shards differ by one run at
    /// most, and each gets runs of many points, so that a lost shard thins the points evenly. It does
    /// not depend on the number of replicates.
    #[must_use]
    pub fn shard_of(self, id: u64, of: NonZeroU32) -> NonZeroU32 {
        let of = u64::from(of.get());
        let points = u64::from(self.points.max(1));
        let cycle = points / common_divisor(points, of) * of;
        let index = (id % of + id / cycle % of) % of;
        NonZeroU32::MIN.saturating_add(narrow(index))
    }
}

fn common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

/// One part of a sweep, written `3/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shard {
    /// From 1.
    number: NonZeroU32,
    of: NonZeroU32,
}

impl Shard {
    /// The whole sweep in one part.
    pub const WHOLE: Shard = Shard { number: NonZeroU32::MIN, of: NonZeroU32::MIN };

    /// # Errors
    /// When `number` is not from 1 to `of`.
    pub fn new(number: u32, of: u32) -> Result<Self, String> {
        let wrong = || format!("a shard is from 1/{0} to {0}/{0}, not {number}/{of}", of.max(1));
        let shard = NonZeroU32::new(number).zip(NonZeroU32::new(of));
        let inside = shard.filter(|(number, of)| number <= of);
        inside.map(|(number, of)| Shard { number, of }).ok_or_else(wrong)
    }

    /// Which part it is, from 1.
    #[must_use]
    pub fn number(self) -> u32 {
        self.number.get()
    }

    /// How many parts there are.
    #[must_use]
    pub fn of(self) -> u32 {
        self.of.get()
    }
}

impl FromStr for Shard {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/');
        let numbers = parts
            .and_then(|(number, of)| Some((number.trim().parse().ok()?, of.trim().parse().ok()?)));
        let (number, of) =
            numbers.ok_or_else(|| format!("expected a shard such as \"3/8\", not {text:?}"))?;
        Shard::new(number, of)
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

/// What one run took when it was tried.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Probe {
    /// On one thread.
    pub time: Duration,
    /// Bytes that the run adds to the output.
    pub bytes: u64,
}

/// What a number of runs will take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// How many.
    pub runs: u64,
    /// Time on the wall.
    pub time: Duration,
    /// Bytes that they add to the output.
    pub bytes: u64,
}

impl Probe {
    /// `runs` like this one on `threads` threads, one run to a thread at a time: as many rounds as it
    /// takes, the last perhaps not full.
    #[must_use]
    pub fn forecast(&self, runs: u64, threads: NonZeroU32) -> Forecast {
        let rounds = runs.div_ceil(u64::from(threads.get()));
        let seconds = self.time.as_secs_f64() * rounds as f64;
        let time = Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX);
        Forecast { runs, time, bytes: self.bytes.saturating_mul(runs) }
    }
}

/// Time left when `done` of `total` runs took `elapsed`; `None` before the first is done.
#[must_use]
pub fn time_left(done: u64, total: u64, elapsed: Duration) -> Option<Duration> {
    let left = total.saturating_sub(done) as f64;
    let seconds = (done > 0).then(|| elapsed.as_secs_f64() / done as f64 * left)?;
    Some(Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(shards: u32) -> NonZeroU32 {
        NonZeroU32::new(shards).unwrap()
    }

    #[test]
    fn a_sweep_cut_anywhere_has_run_every_point_equally_often_but_for_one() {
        let plan = Plan { points: 7, replicates: 5 };
        let mut times = vec![0_u32; 7];
        for run in plan.runs() {
            times[run.point as usize] += 1;
            assert_eq!(run.replicate, times[run.point as usize] - 1);
            let spread = times.iter().max().unwrap() - times.iter().min().unwrap();
            assert!(spread <= 1);
        }
        assert_eq!(times, [5; 7]);
    }

    #[test]
    fn more_replicates_renumber_no_run_and_change_no_shard() {
        let (few, many) = (Plan { points: 6, replicates: 3 }, Plan { points: 6, replicates: 9 });
        assert!(few.runs().zip(many.runs()).all(|(few, many)| few == many));
        assert!((0..18).all(|id| few.shard_of(id, of(4)) == many.shard_of(id, of(4))));
        assert_eq!(few.run(18), None);
        assert!(Plan { points: 0, replicates: 4 }.is_empty());
        assert_eq!(Plan { points: 0, replicates: 4 }.run(0), None);
    }

    #[test]
    fn every_run_belongs_to_exactly_one_shard_and_shards_differ_by_one_run_at_most() {
        for points in 1..=13 {
            for replicates in 1..=9 {
                let plan = Plan { points, replicates };
                for shards in 1..=15 {
                    let parts: Vec<Vec<Run>> = (1..=shards)
                        .map(|i| plan.shard(Shard::new(i, shards).unwrap()).collect())
                        .collect();
                    let sizes: Vec<usize> = parts.iter().map(Vec::len).collect();
                    assert!(sizes.iter().max().unwrap() - sizes.iter().min().unwrap() <= 1);
                    let mut all: Vec<Run> = parts.into_iter().flatten().collect();
                    all.sort();
                    assert_eq!(all, plan.runs().collect::<Vec<Run>>());
                }
            }
        }
    }

    #[test]
    fn a_lost_shard_takes_no_point_with_it() {
        for shards in [2, 3, 4, 6, 12] {
            let plan = Plan { points: 12, replicates: 2 * shards };
            for number in 1..=shards {
                let lost = Shard::new(number, shards).unwrap();
                let mut times = [0; 12];
                plan.shard(lost).for_each(|run| times[run.point as usize] += 1);
                assert_eq!(times, [2; 12], "shard {lost}");
            }
        }
    }

    #[test]
    fn shards_are_written_as_a_number_of_a_number() {
        let shard: Shard = "3/8".parse().unwrap();
        assert_eq!((shard.number(), shard.of(), shard.to_string()), (3, 8, "3/8".into()));
        let refused = |text: &str| text.parse::<Shard>().unwrap_err();
        assert_eq!(refused("0/8"), "a shard is from 1/8 to 8/8, not 0/8");
        assert_eq!(refused("9/8"), "a shard is from 1/8 to 8/8, not 9/8");
        assert_eq!(refused("1/0"), "a shard is from 1/1 to 1/1, not 1/0");
        assert_eq!(refused("three"), "expected a shard such as \"3/8\", not \"three\"");
        let plan = Plan { points: 3, replicates: 2 };
        assert_eq!(plan.shard(Shard::WHOLE).count(), 6);
    }

    #[test]
    fn a_forecast_counts_whole_rounds_of_threads() {
        let probe = Probe { time: Duration::from_secs(10), bytes: 1_000 };
        let forecast = probe.forecast(101, of(2));
        assert_eq!(forecast.time, Duration::from_secs(510));
        assert_eq!((forecast.runs, forecast.bytes), (101, 101_000));
        assert_eq!(probe.forecast(0, of(8)).time, Duration::ZERO);
    }

    #[test]
    fn time_left_follows_the_pace_so_far() {
        let left = time_left(25, 100, Duration::from_secs(50));
        assert_eq!(left, Some(Duration::from_secs(150)));
        assert_eq!(time_left(0, 100, Duration::from_secs(50)), None);
        assert_eq!(time_left(100, 100, Duration::from_secs(50)), Some(Duration::ZERO));
    }
}
