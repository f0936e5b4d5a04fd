//! Neighbouring countries: sanctuary for bands near the border, a source of fighters, a refuge.
//!
//! Fighters from abroad are head-counts inside a command, beside its members: they count in strength
//! and deaths, are no adults of this country, and go home at the hazard of tiring. The account holds:
//! arrived = present + killed + gone home.

use super::rules::AbroadRules;
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
pub fn room(rules: &AbroadRules, abroad: f64, fighters: f64) -> f64 {
    let share = abroad / fighters.max(1.0);
    (1.0 - share / rules.most_foreign.get().max(f64::MIN_POSITIVE)).max(0.0)
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

#[cfg(test)]
mod tests {
    use super::*;
    use toguna_units::Share;

    #[test]
    fn a_group_takes_in_fewer_from_abroad_the_more_of_it_they_are() {
        let rules = AbroadRules { most_foreign: Share::of(0.2), ..AbroadRules::default() };
        assert_eq!(room(&rules, 0.0, 0.0), 1.0);
        assert!((room(&rules, 10.0, 130.0) - (1.0 - 10.0 / 130.0 / 0.2)).abs() < 1e-12);
        assert_eq!(room(&rules, 30.0, 130.0), 0.0);
    }
}
