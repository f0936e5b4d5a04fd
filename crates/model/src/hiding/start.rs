//! What lies near each place when the first week begins, and for good.

use super::state::{Near, Surroundings};
use crate::words::geography::great_circle;
use crate::world::community::Community;
use std::sync::Arc;
use toguna_engine::parallel;

/// A place that would count for less is not near.
const LEAST: f64 = 0.03;

/// Shortest way between two degrees of latitude, km; a little less, for safety.
const KM_OF_A_DEGREE: f64 = 111.0;

/// What lies near each place, of a force that counts for a third at the distance `reach`.
#[must_use]
pub fn surroundings(places: &[Community], reach: f64) -> Surroundings {
    let farthest = -reach * libm::log(LEAST);
    let near = |place: &Community| {
        let nearness = |other: &Community| {
            if (place.latitude - other.latitude).abs() * KM_OF_A_DEGREE > farthest {
                return None;
            }
            let at = |place: &Community| (place.latitude, place.longitude);
            let km = great_circle(at(place), at(other));
            (km <= farthest).then(|| Near { place: other.id, nearness: libm::exp(-km / reach) })
        };
        places.iter().filter_map(nearness).collect()
    };
    Arc::new(parallel::map_each(places, near))
}
