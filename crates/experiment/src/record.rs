//! What one run leaves behind: rows of its tables, and one number per outcome.

use super::acted::weeks_of;
use super::logs::{Logs, Seen, Wanted};
use super::over_time::Path;
use super::who_pays::Paid;
use toguna_model::outcomes::{OUTCOMES, OverARun};
use toguna_model::world::World;
use toguna_units::narrow;

/// Everything kept of one run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunRecord {
    /// Number of the run, from 0.
    pub run: u32,
    /// Short name of what was run; empty where nobody asks.
    pub scenario: String,
    /// Its replicate, from 0; the same in every arm or point that shares random numbers.
    pub replicate: u32,
    /// Seed of the experiment.
    pub seed: u64,
    /// Which logs are kept.
    pub wanted: Wanted,
    /// What the run has left in its tables.
    pub logs: Logs,
    /// One number per outcome: totals of counts, last values of stocks.
    pub end: Vec<f64>,
    /// The way there.
    pub path: Path,
    /// What befell the people of each part of the country.
    pub paid: Paid,
    /// By entry of the timeline, the week in which it acted; filled at the run's end.
    pub acted: Vec<Option<u32>>,
    /// Violent events so far, by which they are numbered.
    pub events_so_far: u32,
}

/// So that tables of runs take one alone or one with what it belongs to.
impl AsRef<RunRecord> for RunRecord {
    fn as_ref(&self) -> &RunRecord {
        self
    }
}

/// Adds the week that a world has just run to the outcomes of its run, one number each: counts add up,
/// stocks and states are as they stand.
pub fn add_week(end: &mut [f64], world: &World) {
    for ((outcome, value), end) in OUTCOMES.iter().zip(&world.observed.week).zip(end) {
        match outcome.over_a_run {
            OverARun::Total => *end += value,
            OverARun::Last => *end = *value,
        }
    }
}

impl RunRecord {
    /// Of a run that has yet to begin, with no log but those that every run writes.
    #[must_use]
    pub fn new(run: u32, replicate: u32, seed: u64) -> Self {
        let end = vec![0.0; OUTCOMES.len()];
        RunRecord { run, replicate, seed, end, ..RunRecord::default() }
    }

    /// Takes down the week that a world has just run.
    pub fn observe(&mut self, world: &World) {
        add_week(&mut self.end, world);
        self.path.observe(world);
        self.paid.observe(world);
        self.logs.observe(self.seen(world), self.wanted);
        self.events_so_far += narrow::<_, u32>(world.log.events.len());
    }

    /// Takes down what is still under way when the run ends.
    pub fn close(&mut self, world: &World) {
        self.logs.close(self.seen(world), self.wanted);
        self.path.close(world);
        self.paid.close(world);
        self.acted = weeks_of(world);
    }

    fn seen<'w>(&self, world: &'w World) -> Seen<'w> {
        // The calendar already shows the next week.
        let week = world.calendar.week.saturating_sub(1);
        Seen { world, run: self.run, week, events_before: self.events_so_far, row: 0, over: false }
    }
}
