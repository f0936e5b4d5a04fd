//! The parameters of going to ground.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::Share;

/// Parameters of one mechanism: bands go to ground before overwhelming force, and come back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct HidingRules {
    /// How many times the fighters near, those who hunt them outnumber them before a command goes to
    /// ground. Unit: factor. Source: assumed, from 8 to 20: three or four thousand soldiers with
    /// aircraft drove some thousands of fighters to ground in 2013.
    #[schemars(range(min = 0.1, max = 1_000.0))]
    pub odds: f64,
    /// Hazard of going to ground against twice that force. Unit: per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub hide_per_week: f64,
    /// Hazard of coming back where nobody hunts. Unit: per week. Source: assumed; those who lay low in
    /// 2013 were back within two years.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub return_per_week: f64,
    /// Distance at which a force counts for a third. Unit: km, great circle. Source: assumed; a patrol
    /// goes and returns within a day or two.
    #[schemars(range(min = 1.0, max = 2_000.0))]
    pub reach: f64,
    /// What a hidden fighter counts for among those who may join or are suspected, beside one in sight.
    /// Unit: share. Source: assumed.
    pub presence: Share,
}

impl Default for HidingRules {
    fn default() -> Self {
        HidingRules {
            odds: 15.0,
            hide_per_week: 0.05,
            return_per_week: 0.02,
            reach: 60.0,
            presence: Share::of(0.2),
        }
    }
}
