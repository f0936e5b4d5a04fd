//! What people of a place think of a group: closeness, worn down by what it did to them.

use crate::words::ids::{GroupId, Side};
use crate::world::World;
use crate::world::community::{Community, QuarterLife};

/// Support of one quarter for a group, 0 to 1: closeness · e^(−resentment · harm by the group).
#[must_use]
pub fn of_quarter(world: &World, quarter: &QuarterLife, group: GroupId) -> f64 {
    let closeness = quarter.closeness[group.index()];
    let harm = quarter.harm[Side::of(group).index()];
    // Most people are close to no group, and most have suffered nothing from it.
    if closeness == 0.0 || harm == 0.0 {
        return closeness;
    }
    closeness * libm::exp(-world.rules.memory.resentment * harm)
}

/// Support of a community for a group: its quarters', weighted by residents.
#[must_use]
pub fn of_community(world: &World, place: &Community, group: GroupId) -> f64 {
    let mut supporters = 0.0;
    for quarter in place.quarters() {
        let life = world.quarter(quarter);
        supporters += life.residents * of_quarter(world, life, group);
    }
    supporters / place.residents.max(1.0)
}
