//! Shares of control move.

use super::effects::{Shares, Threats, officials, target};
use crate::world::World;
use toguna_engine::parallel;

/// Phase: officials come and go, and shares move toward what forces and support would hold.
pub fn shift(world: &mut World) {
    if !world.mechanisms.control_change {
        return;
    }
    let threats = Threats::of(world);
    let next: Vec<(f64, Shares)> = parallel::map_each(&world.communities, |place| {
        (officials(world, place, &threats), target(world, place))
    });
    let rules = &world.rules.control;
    let (week, speed) = (world.calendar.week, world.rules.clear_and_hold.holding_speed);
    for (place, (officials, target)) in world.communities.iter_mut().zip(next) {
        place.officials = officials;
        let held = place.aftermath.held_until > week;
        for (side, (share, target)) in place.control.iter_mut().zip(target).enumerate() {
            let time = if target > *share { rules.gaining_time } else { rules.losing_time };
            let faster = if held && side == 0 && target > *share { speed } else { 1.0 };
            *share += (target - *share) / (time.get() / faster).max(1.0);
        }
        // Gains are faster than losses, so for a while the shares could claim more than the place.
        let claimed: f64 = place.control.iter().sum();
        if claimed > 1.0 {
            place.control.iter_mut().for_each(|share| *share /= claimed);
        }
    }
}
