//! To hold a place after clearing it, or to leave it.
//!
//! An operation against a band is held with the chance `hold_after_clearing`: for some weeks soldiers stay,
//! the state weighs more there and its share grows faster. A place that is cleared and left gains nothing,
//! and those who were seen with the soldiers are suspected when the bands are back, in proportion to
//! trust in the state; so are they where a garrison is given up. Soldiers who hold one place are missing
//! in others.

use crate::words::ids::Side;
use crate::words::purposes;
use crate::words::targets::Target;
use crate::world::World;

/// Phase: cleared places are held or left.
pub fn follow_up(world: &mut World) {
    let week = world.calendar.week;
    let rules = &world.rules.clear_and_hold;
    let hold = world.policy.hold_after_clearing.get();
    let cleared: Vec<usize> = world
        .log
        .events
        .iter()
        .filter(|event| event.attacker == Side::STATE && event.target != Target::Civilians)
        .map(|event| event.community.index())
        .collect();
    for place in cleared {
        // Several operations in one place in a week are one decision: the address names place and week.
        let u = world.streams.uniform(purposes::HOLDING, place as u64, u64::from(week));
        let aftermath = &mut world.communities[place].aftermath;
        if u < hold && world.mechanisms.holding {
            aftermath.held_until = week + 1 + rules.holding_time.0;
            world.log.places_held += 1;
        } else if aftermath.held_until <= week && world.mechanisms.exposure {
            aftermath.exposed_until = week + 1 + rules.exposure_time.0;
            world.log.places_left += 1;
        }
    }
}
