//! What lies near each place when the first week begins, and for good.

use super::state::{Near, Surroundings};
use crate::words::geography::pairs_within;
use crate::world::community::Community;
use std::sync::Arc;

/// A place that would count for less is not near.
const LEAST: f64 = 0.03;

/// What lies near each place, of a force that counts for a third at the distance `reach`.
#[must_use]
pub fn surroundings(places: &[Community], reach: f64) -> Surroundings {
    let at_home = |place: &Community| vec![Near { place: place.id, nearness: 1.0 }];
    let mut near: Vec<Vec<Near>> = places.iter().map(at_home).collect();
    let points: Vec<(f64, f64)> = places.iter().map(Community::point).collect();
    for (a, b, km) in pairs_within(&points, -reach * libm::log(LEAST)) {
        let nearness = libm::exp(-km / reach);
        near[a].push(Near { place: places[b].id, nearness });
        near[b].push(Near { place: places[a].id, nearness });
    }
    for near in &mut near {
        near.sort_unstable_by_key(|near| near.place);
    }
    Arc::new(near)
}
