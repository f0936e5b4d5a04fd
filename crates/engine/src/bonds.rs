//! What somebody feels of their own, and how they wait: what [`super::risk_set`] is told and tells.

use super::layout::{Person, Quarter};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

/// What ties people to what happens to others. Bonds are of several kinds, called channels.
pub trait Bonds: Sync {
    /// What somebody feels of their own when the channels carry so much, one value of each: bonds times
    /// what they carry, at least 0.
    fn felt(&self, person: Person, carried: &[f64]) -> f64;
    /// How strong and how lasting they are.
    fn outlook(&self, person: Person) -> Outlook;
}

/// How strong somebody's bonds are, and how lasting.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outlook {
    /// All bonds, as they are now or, where they fade, will at most be.
    pub most: f64,
    /// The first week in which too little is left to be felt.
    pub until: u32,
}

/// A bond that is tied or, if negative, cut.
#[derive(Clone, Copy, Debug)]
pub struct Bond {
    /// Its kind: an index into what the channels carry.
    pub channel: usize,
    /// What it counts, times what the channel carries.
    pub weight: f64,
    /// What it counts this week among all bonds.
    pub now: f64,
}

impl Bond {
    /// The same, no longer.
    #[inline]
    #[must_use]
    pub fn cut(self) -> Self {
        Bond { weight: -self.weight, now: -self.now, ..self }
    }
}

/// Somebody's bonds have changed.
#[derive(Clone, Debug)]
pub struct Change {
    /// Whose bonds.
    pub person: Person,
    /// Of all their bonds after it.
    pub outlook: Outlook,
    /// What was tied and cut.
    pub tied: SmallVec<[Bond; 2]>,
}

/// What a unit of a bond makes people feel this week.
#[derive(Clone, Debug, Default)]
pub struct Carried {
    /// How many kinds of bonds there are.
    pub channels: usize,
    /// By quarter and channel, at least 0.
    pub by_quarter: Vec<f64>,
    /// By quarter: the most that a unit of any bond carries.
    pub peaks: Vec<f64>,
}

impl Carried {
    pub(super) fn of(&self, quarter: Quarter) -> &[f64] {
        &self.by_quarter[quarter.index() * self.channels..][..self.channels]
    }
}

/// Whether and how somebody waits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Status {
    /// Feels what their cell feels; joins when Λ reaches `key`.
    Waiting {
        /// Their threshold, as a sum of hazard of their cell.
        key: f64,
    },
    /// Feels more than their cell.
    Attended,
    /// Does not wait: member of a group, prisoner, abroad or dead.
    Away,
}
