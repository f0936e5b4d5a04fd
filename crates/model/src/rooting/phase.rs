//! People come closer to those who rule them, and forget those who have gone.

use super::effects::{Rule, next};
use crate::pact_effects::effects as pact_effects;
use crate::words::ids::Side;
use crate::world::World;
use crate::world::community::QuarterLife;
use toguna_engine::parallel;

/// Phase: closeness moves.
pub fn root(world: &mut World) {
    if !world.mechanisms.rooting {
        return;
    }
    let mut quarters = std::mem::take(&mut world.quarters);
    parallel::change(&mut quarters, |_, life| come_closer(world, life));
    world.quarters = quarters;
}

/// A week of one quarter: its people's closeness to each group.
fn come_closer(world: &World, life: &mut QuarterLife) {
    let place = world.community(life.community);
    let affinity = &world.constituency(life.constituency).affinity;
    for group in world.all_groups() {
        let side = Side::of(group);
        let held = place.control[side.index()];
        let (now, usual) = (life.closeness[group.index()], affinity[group.index()]);
        if (held == 0.0 && now == usual) || pact_effects::is_militia(world, side) {
            continue;
        }
        // Who rules nothing here gains nothing, whatever is forgiven.
        let forgiven = if held == 0.0 {
            0.0
        } else {
            libm::exp(-world.rules.memory.resentment * life.harm[side.index()])
        };
        life.closeness[group.index()] =
            next(&world.rules.rooting, now, usual, &Rule { held, forgiven });
    }
}
