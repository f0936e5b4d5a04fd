//! Groups come to truces and break them.

use super::effects::{chance_to_break, chance_to_make, shares_lost};
use crate::words::ids::{GroupId, Side};
use crate::words::purposes;
use crate::world::World;

/// Phase: one draw for each pair of groups at odds, addressed by the two and the week.
pub fn agree(world: &mut World) {
    let lost = shares_lost(world);
    let left = world.rules.pact_effects.violence_left.get();
    let week = u64::from(world.calendar.week);
    let rules = world.rules.truces.clone();
    let pairs = world.all_groups().flat_map(|a| (0..a.0).map(move |b| (GroupId(b), a)));
    for (one, other) in pairs.collect::<Vec<_>>() {
        let (a, b) = (Side::of(one), Side::of(other));
        let hostility = world.hostility.as_dated(a, b);
        if hostility <= 0.0 {
            continue;
        }
        let address = world.number_of(a) << 12 | world.number_of(b);
        let drawn = world.streams.uniform(purposes::TRUCE, address, week);
        let lost = [lost[one.index()], lost[other.index()]];
        if world.hostility.are_at_truce(a, b) {
            if drawn < chance_to_break(&rules) {
                world.hostility.break_truce(a, b);
            }
        } else if drawn < chance_to_make(&rules, hostility, lost) {
            world.hostility.make_truce(a, b, left);
        }
    }
}
