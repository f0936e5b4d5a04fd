//! What holding and leaving do to the other mechanisms.

use crate::world::World;
use crate::world::community::Community;

/// Whether soldiers hold a place they have cleared.
#[must_use]
pub fn is_held(world: &World, place: &Community) -> bool {
    place.aftermath.held_until > world.calendar.week
}

/// Suspicion that falls on a place's people for having been seen with the soldiers, for a side that is
/// `hostility` hostile to the state.
#[must_use]
pub fn suspicion_of_the_exposed(world: &World, place: &Community, hostility: f64) -> f64 {
    if place.aftermath.exposed_until <= world.calendar.week {
        return 0.0;
    }
    hostility * world.rules.clear_and_hold.exposure * place.trust
}
