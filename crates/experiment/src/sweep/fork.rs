//! A past that all points of a design share up to a date: run once for each replicate, then forked.
//!
//! Whoever of a replicate's runs comes first lives the past, the others wait for it; the last to leave
//! takes the world itself. At any time there are about as many pasts as runs under way, however many
//! runs there are.

use super::run_outcomes::RunOutcomes;
use crate::common_past::incompatibilities;
use crate::plan::Run;
use crate::replicate::{Interrupt, Stopped, run_weeks};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use toguna_model::world::World;
use toguna_scenario::checked::CheckedScenario;
use toguna_scenario::prepared::PreparedScenario;
use toguna_units::Date;

/// Where the points of a design part, and the pasts under way.
pub struct Fork {
    /// First day of the first week that may differ.
    pub date: Date,
    /// Weeks that all points share.
    pub week: u32,
    /// Whether each point draws a future of its own.
    fresh_numbers: bool,
    /// What is run before.
    base: Arc<PreparedScenario>,
    pasts: Mutex<BTreeMap<u32, Arc<Past>>>,
    spent: Mutex<Spent>,
}

/// One replicate's past.
struct Past {
    /// Runs that are still to leave from it, and where it stands once it has been run.
    state: Mutex<(usize, Option<(World, RunOutcomes)>)>,
}

/// What the pasts have cost and spared.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spent {
    /// Pasts run.
    pub pasts_run: u32,
    /// Runs that went on from them.
    pub runs: u32,
    /// Living them.
    pub living: Duration,
    /// Copying them.
    pub(crate) copying: Duration,
}

impl Spent {
    /// One thread's time that living each run's past anew would have taken beyond this.
    #[must_use]
    pub fn saved(&self) -> Duration {
        let each = self.living.as_secs_f64() / f64::from(self.pasts_run.max(1));
        let spared = each * f64::from(self.runs.saturating_sub(self.pasts_run));
        Duration::from_secs_f64((spared - self.copying.as_secs_f64()).max(0.0))
    }
}

impl Fork {
    /// Points that share the past of `base` before `week`; with `fresh_numbers` each takes its own
    /// random numbers after it.
    #[must_use]
    pub fn new(base: Arc<PreparedScenario>, week: u32, fresh_numbers: bool) -> Self {
        let date = base.checked().scenario.time.start.plus_weeks(week);
        let (pasts, spent) = (Mutex::default(), Mutex::default());
        Fork { date, week, fresh_numbers, base, pasts, spent }
    }

    /// Says which runs are going to be made, so that a past goes with the last of them.
    pub fn expect(&self, runs: &[Run]) {
        let mut pasts = lock(&self.pasts);
        for run in runs {
            let new = || Arc::new(Past { state: Mutex::new((0, None)) });
            let past = pasts.entry(run.replicate).or_insert_with(new);
            lock(&past.state).0 += 1;
        }
    }

    /// Why a scenario cannot go on from here, a line each.
    #[must_use]
    pub fn incompatibilities(&self, asked: &CheckedScenario) -> Vec<String> {
        incompatibilities(self.base.checked(), self.week, asked)
    }

    /// The world of one replicate at the fork, going on under a point's scenario.
    ///
    /// # Errors
    /// When `interrupt` is said, or an outcome means nothing.
    pub fn begin(
        &self,
        prepared: &PreparedScenario,
        run: (u32, u64, u32),
        weekly: &[usize],
        interrupt: &Interrupt,
    ) -> Result<(World, RunOutcomes), Stopped> {
        let (point, seed, replicate) = run;
        let past = lock(&self.pasts).get(&replicate).cloned();
        let (mut world, so_far) = match past {
            None => self.run(seed, replicate, weekly, interrupt)?,
            Some(past) => {
                let mut state = lock(&past.state);
                if state.1.is_none() {
                    state.1 = Some(self.run(seed, replicate, weekly, interrupt)?);
                }
                self.leave(&mut state, replicate).expect("the past has just been run")
            }
        };
        prepared.fork(&mut world, &self.base.checked().scenario);
        if self.fresh_numbers {
            world.draw_afresh(point);
        }
        Ok((world, so_far))
    }

    fn run(
        &self,
        seed: u64,
        replicate: u32,
        weekly: &[usize],
        interrupt: &Interrupt,
    ) -> Result<(World, RunOutcomes), Stopped> {
        let clock = clock();
        let mut so_far = RunOutcomes::default();
        let world = self.base.world(seed, u64::from(replicate));
        let world = run_weeks(world, self.week, interrupt, &mut |world| {
            so_far.observe(world, weekly);
        })?;
        let mut spent = lock(&self.spent);
        spent.pasts_run += 1;
        spent.living += since(clock);
        Ok((world, so_far))
    }

    /// One of the replicate's runs is not made after all.
    pub fn give_up(&self, replicate: u32) {
        let past = lock(&self.pasts).get(&replicate).cloned();
        if let Some(past) = past {
            let mut state = lock(&past.state);
            state.0 = state.0.saturating_sub(1);
            if state.0 == 0 {
                lock(&self.pasts).remove(&replicate);
                state.1 = None;
            }
        }
    }

    /// A copy of the past, or the past itself for the last who leaves.
    fn leave(
        &self,
        state: &mut (usize, Option<(World, RunOutcomes)>),
        replicate: u32,
    ) -> Option<(World, RunOutcomes)> {
        let clock = clock();
        state.0 = state.0.saturating_sub(1);
        let left = if state.0 == 0 {
            lock(&self.pasts).remove(&replicate);
            state.1.take()
        } else {
            state.1.clone()
        };
        let mut spent = lock(&self.spent);
        spent.runs += 1;
        spent.copying += since(clock);
        left
    }

    /// What forking has cost so far.
    #[must_use]
    pub fn spent(&self) -> Spent {
        *lock(&self.spent)
    }
}

/// None in a browser, where there is no clock to read: nothing is measured there.
fn clock() -> Option<Instant> {
    (!cfg!(target_family = "wasm")).then(Instant::now)
}

fn since(clock: Option<Instant>) -> Duration {
    clock.map_or(Duration::ZERO, |clock| clock.elapsed())
}

/// A run that panicked leaves pasts as they were: not run, or whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_saved_is_the_pasts_not_lived_less_the_copies_made() {
        let seconds = Duration::from_secs;
        let spent = Spent { pasts_run: 2, runs: 12, living: seconds(8), copying: seconds(3) };
        assert_eq!(spent.saved(), seconds(37));
        assert_eq!(Spent { runs: 2, ..spent }.saved(), Duration::ZERO);
        assert_eq!(Spent::default().saved(), Duration::ZERO);
    }
}
