//! The parameters of clearing and holding.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::Weeks;

/// Parameters of one mechanism: places that the army clears are held or left.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ClearAndHoldRules {
    /// How long a cleared place is held. Unit: duration. Source: assumed.
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

impl Default for ClearAndHoldRules {
    fn default() -> Self {
        ClearAndHoldRules {
            holding_time: Weeks(13),
            holding_weight: 0.5,
            holding_speed: 2.0,
            holding_pull: 1.0,
            exposure_time: Weeks(8),
            exposure: 0.5,
        }
    }
}
