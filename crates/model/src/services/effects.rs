//! What services are worth to people.

use super::rules::ServiceRules;
use crate::pact_effects::effects as pact_effects;
use crate::words::services::SCHOOLING;
use crate::world::World;
use crate::world::community::Community;

/// Share of people services can reach: where the state is, and a rest elsewhere.
#[must_use]
pub fn access(rules: &ServiceRules, place: &Community) -> f64 {
    let rest = rules.reach_without_state.get();
    rest + (1.0 - rest) * place.control[0]
}

/// Share of people services reach: by access, and where a pact opens the way.
#[must_use]
pub fn reached(world: &World, place: &Community) -> f64 {
    let access = access(&world.rules.services, place);
    access + (1.0 - access) * pact_effects::access(world, place)
}

/// Share of need met by a service, schools that are closed left out and hosted people served alike.
#[must_use]
pub fn provided(place: &Community, service: usize) -> f64 {
    let open = if service == SCHOOLING && place.schools > 0 {
        let closed = f64::from(place.schools_closed) / f64::from(place.schools);
        1.0 - closed * (1.0 - place.koranic_schools)
    } else {
        1.0
    };
    place.services[service] * open * (1.0 - place.movement.strain)
}

/// The gap people feel: need − d, never below 0.
#[must_use]
pub fn felt_gap(rules: &ServiceRules, place: &Community, service: usize) -> f64 {
    (rules.need.get() - provided(place, service)).max(0.0)
}
