//! People come closer to those who rule them, and forget those who have gone.

use super::effects::{Rule, next};
use crate::pact_effects::effects as pact_effects;
use crate::words::ids::Side;
use crate::world::World;
use toguna_engine::parallel;

/// Phase: closeness moves.
pub fn root(world: &mut World) {
    if !world.mechanisms.rooting {
        return;
    }
    let rooted: Vec<Option<Vec<f64>>> =
        parallel::map(world.quarters.len(), |quarter| closeness_next(world, quarter));
    for (life, closeness) in world.quarters.iter_mut().zip(rooted) {
        if let Some(closeness) = closeness {
            life.closeness = closeness;
        }
    }
}

/// Closeness of one quarter to each group after this week; none where it stays.
fn closeness_next(world: &World, quarter: usize) -> Option<Vec<f64>> {
    let life = &world.quarters[quarter];
    let place = world.community(life.community);
    let affinity = &world.constituency(life.constituency).affinity;
    let mut moved: Option<Vec<f64>> = None;
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
        let then = next(&world.rules.rooting, now, usual, &Rule { held, forgiven });
        if then != now {
            moved.get_or_insert_with(|| life.closeness.clone())[group.index()] = then;
        }
    }
    moved
}
