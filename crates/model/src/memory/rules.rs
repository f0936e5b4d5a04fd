//! The parameters of memory.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::{Share, Weeks};

/// Parameters of one mechanism: harm is felt, spread and faded; fear and trust.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct MemoryRules {
    /// Time in which half of remembered harm fades. Unit: duration. Source: assumed, about a year.
    pub half_life: Weeks,
    /// Time over which harm counts as a present threat. Unit: duration. Source: assumed.
    pub threat_time: Weeks,
    /// Share of what befell the same people at the end of each road last week that alarms a quarter.
    /// Unit: share. Source: assumed.
    pub alarm_along_roads: Share,
    /// Share of newly felt harm per head that the same constituency feels in neighbouring places a
    /// week later. Unit: share. Source: assumed.
    pub spread_nearby: Share,
    /// Share of newly felt harm per head that the same constituency feels everywhere a week later.
    /// Unit: share. Source: assumed.
    pub spread_everywhere: Share,
    /// How fast harm by a group wears down support for it. Unit: per victim per 1,000 residents.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub resentment: f64,
    /// Harm at which a grievance is half of what it can become. Unit: victims per 1,000 residents.
    /// Source: assumed.
    #[schemars(range(min = 0.001, max = 1_000.0))]
    pub harm_for_half_grievance: f64,
    /// Present threat at which fear and the wish for protection are half of what they can become.
    /// Unit: victims per 1,000 residents and week. Source: assumed.
    #[schemars(range(min = 0.000_1, max = 1_000.0))]
    pub threat_for_half_fear: f64,
    /// Time in which fear grows to what the threat warrants, or fades. Unit: duration.
    /// Source: assumed.
    pub fear_time: Weeks,
    /// Time in which trust in the state moves to what it does. Unit: duration. Source: assumed.
    pub trust_time: Weeks,
    /// How fast harm by the state's forces wears down trust. Unit: per victim per 1,000 residents.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub distrust: f64,
}

impl Default for MemoryRules {
    fn default() -> Self {
        MemoryRules {
            half_life: Weeks(52),
            threat_time: Weeks(8),
            alarm_along_roads: Share::of(0.3),
            spread_nearby: Share::of(0.15),
            spread_everywhere: Share::of(0.3),
            resentment: 0.3,
            harm_for_half_grievance: 1.0,
            threat_for_half_fear: 0.01,
            fear_time: Weeks(13),
            trust_time: Weeks(26),
            distrust: 0.5,
        }
    }
}
