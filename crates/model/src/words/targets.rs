//! Against whom events go.

use super::ids::Side;
use serde::{Deserialize, Serialize};

/// Against whom an event was directed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// Against an armed side.
    Armed(Side),
    /// Against civilians.
    Civilians,
}

/// Place of a pair in [`Community::recent_events`](crate::world::community::Community::recent_events); civilians come after all sides.
#[must_use]
pub fn pair(sides: usize, attacker: Side, target: Target) -> usize {
    let target = match target {
        Target::Armed(side) => side.index(),
        Target::Civilians => sides,
    };
    attacker.index() * (sides + 1) + target
}
