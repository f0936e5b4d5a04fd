//! Neighbouring countries: sanctuary for bands near the border, a source of fighters, a refuge.
//!
//! Fighters from abroad are head-counts inside a command, beside its members: they count in strength
//! and deaths, are no adults of this country, and go home at the hazard of tiring. The account holds:
//! arrived = present + killed + gone home.

use crate::words::ids::{CommandId, GroupId};
use crate::world::World;
use crate::world::community::Community;
use crate::world::group;

/// What is left of operations against bands in a place: some slip across the border.
#[must_use]
pub fn within_reach(world: &World, place: &Community) -> f64 {
    1.0 - world.rules.abroad.slip_away.get() * place.sanctuary
}

/// How far a group still takes in fighters from abroad: 1 − f / most, with f their share of it.
#[must_use]
pub fn room(world: &World, group: GroupId) -> f64 {
    let abroad: f64 =
        group::of_group(&world.commands, group).map(|(_, c)| f64::from(c.foreign)).sum();
    let share = abroad / world.fighters(group).max(1.0);
    (1.0 - share / world.rules.abroad.most_foreign.get().max(f64::MIN_POSITIVE)).max(0.0)
}

/// The largest command of a group that is based on a border; where there is none, nobody comes.
pub(super) fn host(world: &World, group: GroupId, borders: &[bool]) -> Option<CommandId> {
    let per_agent = f64::from(world.people.per_agent);
    group::of_group(&world.commands, group)
        .filter(|(_, command)| borders[command.base.index()] && !command.members.is_empty())
        .max_by(|(a_id, a), (b_id, b)| {
            let by_size = a.fighters(per_agent).total_cmp(&b.fighters(per_agent));
            by_size.then(b_id.cmp(a_id))
        })
        .map(|(id, _)| id)
}
