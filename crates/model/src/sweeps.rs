//! To hold a place after a sweep, or to leave it.
//!
//! An operation against a band is held with the chance `hold_after_sweep`: for some weeks soldiers stay,
//! the state weighs more there and its share grows faster. A place that is swept and left gains nothing,
//! and those who were seen with the soldiers are suspected when the bands are back, in proportion to
//! trust in the state; so are they where an outpost is given up. Soldiers who hold one place are missing
//! in others.

use super::actor::Side;
use super::community::Community;
use super::log::Target;
use super::purposes;
use super::world::World;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::Weeks;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SweepRules {
    /// How long a swept place is held. Unit: duration. Source: assumed.
    pub holding_time: Weeks,
    /// Weight that a held place adds to the state's arms there. Unit: weight. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub holding_weight: f64,
    /// How much faster the state's share grows where it holds. Unit: factor. Source: assumed.
    #[schemars(range(min = 1.0, max = 20.0))]
    pub holding_speed: f64,
    /// Pull of a held place on mobile forces. Unit: log of the factor. Source: assumed.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub holding_pull: f64,
    /// How long those who cooperated are exposed where the soldiers left. Unit: duration.
    /// Source: assumed.
    pub exposure_time: Weeks,
    /// Suspicion of the exposed by enemies of the state where it was fully trusted. Unit: share.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub exposure: f64,
}

impl Default for SweepRules {
    fn default() -> Self {
        SweepRules {
            holding_time: Weeks(13),
            holding_weight: 0.5,
            holding_speed: 2.0,
            holding_pull: 1.0,
            exposure_time: Weeks(8),
            exposure: 0.5,
        }
    }
}

/// What sweeps have left in one place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aftermath {
    /// First week in which the place is no longer held.
    pub held_until: u32,
    /// First week in which nobody is exposed any more.
    pub exposed_until: u32,
}

/// Phase: swept places are held or left.
pub fn follow_up(world: &mut World) {
    let week = world.calendar.week;
    let rules = &world.rules.sweeps;
    let hold = world.policy.hold_after_sweep.get();
    let swept: Vec<usize> = world
        .log
        .events
        .iter()
        .filter(|event| event.attacker == Side::STATE && event.target != Target::Civilians)
        .map(|event| event.community.index())
        .collect();
    for place in swept {
        // Several sweeps of one place in a week are one decision: the address names place and week.
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

/// Whether soldiers hold a place they have swept.
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
    hostility * world.rules.sweeps.exposure * place.trust
}
