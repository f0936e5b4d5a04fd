//! Who of a quarter feels more than their cell, and when each is looked at.
//!
//! What bonds have carried is summed by channel; what somebody has felt of their own is their bonds
//! times these sums. Nobody can feel more in a week than the most that any bond carries times all their
//! bonds, and what the cell feels, counted as so many bonds more. So a clock that sums the most there was
//! each week tells when they may have come to their threshold at the earliest. Until then nobody looks. A
//! wake-up may come too early and must not come late, so four bytes of it, rounded down, will do.
//! A key is set anew when somebody moves, when their bonds change, and when they cease to be attended. What
//! is reckoned as of another week (harm fades) or under other rules (a fork) is worked out for all at once
//! (`before_all_change`).

use super::bonds::Bonds;
use super::layout::Person;
use super::radix_heap::RadixHeap;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

/// When to look at whom in a quarter.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct WakeUps {
    /// By channel, what a unit of a bond has carried in all weeks so far; empty until any has.
    carried: SmallVec<[f64; 16]>,
    /// The most that a bond may have carried in each week so far, summed.
    clock: f64,
    /// By the time of the clock at which somebody is looked at. Removal is lazy.
    queue: RadixHeap<Person, f32>,
}

/// As how many bonds what is felt by the whole cell is counted. Any number will do; of those who are
/// attended most have some tens.
const OF_CELL: f64 = 20.0;
/// Rounding must not let a wake-up come late.
const EARLY: f64 = 1.0 - 1e-9;

impl WakeUps {
    /// One week, in which no bond carried more than `peak` and no cell felt more than `hazard`.
    pub fn advance(&mut self, carried: &[f64], peak: f64, hazard: f64) {
        self.clock += peak.max(hazard / OF_CELL);
        if peak == 0.0 {
            return;
        }
        self.carried.resize(carried.len(), 0.0);
        for (sum, carried) in self.carried.iter_mut().zip(carried) {
            *sum += carried;
        }
    }

    /// What somebody with these bonds has felt here of their own.
    pub fn felt(&self, person: Person, bonds: &impl Bonds) -> f64 {
        if self.carried.is_empty() { 0.0 } else { bonds.felt(person, &self.carried) }
    }

    /// What a unit of a bond has carried here so far.
    pub fn carried(&self, channel: usize) -> f64 {
        self.carried.get(channel).copied().unwrap_or(0.0)
    }

    /// When to look at somebody who was to be looked at when the clock reads `wake_up`, now that of
    /// their bonds, `most`, so many are new.
    pub fn sooner(&self, wake_up: f32, most: f64, new: f64) -> f32 {
        let left = (f64::from(wake_up) - self.clock).max(0.0);
        rounded_down(self.clock + left * (OF_CELL + most - new) / (OF_CELL + most) * EARLY)
    }

    /// When to look at somebody who has `left` to feel and at most so many bonds.
    pub fn wake_up(&self, left: f64, most: f64) -> f32 {
        rounded_down(self.clock + left.max(0.0) / (OF_CELL + most) * EARLY)
    }

    pub fn set(&mut self, person: Person, wake_up: f32) {
        self.queue.enter(wake_up, person);
    }

    /// Wake-ups that are due by now; taken off.
    pub fn due(&mut self) -> Vec<(f32, Person)> {
        let mut due = Vec::new();
        self.queue.call(self.clock, |wake_up, person| due.push((wake_up, person)));
        due
    }

    /// Forgets those of whom `sleeps` says that they are not to be looked at then any more.
    pub fn tidy(&mut self, sleeps: impl Fn(f32, Person) -> bool) {
        self.queue.tidy(sleeps);
    }

    /// What bonds have carried is counted from nothing again.
    pub fn begin_anew(&mut self) {
        self.carried.fill(0.0);
    }
}

/// The next lower number that has four bytes, or the same.
#[expect(
    clippy::cast_possible_truncation,
    reason = "rounds to the nearest, which may be the next higher"
)]
fn rounded_down(number: f64) -> f32 {
    let nearest = number as f32;
    if f64::from(nearest) > number { nearest.next_down() } else { nearest }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wake_up_is_never_later_than_it_was_reckoned() {
        for number in [0.0, 1e-50, 0.1, 0.3, 1.0, 1.0 + 1e-12, 123_456.789, 1e300, f64::MAX] {
            let down = f64::from(rounded_down(number));
            assert!(down <= number && down.is_finite(), "{number}: {down}");
            assert!(down >= number * (1.0 - 2e-7) || !(1e-30..1e38).contains(&number));
        }
    }
}
