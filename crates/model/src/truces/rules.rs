//! The parameters of truces.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of one mechanism: groups come to truces and break them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TruceRules {
    /// Hazard of a truce between two groups at open war that both have lost all they had within eight weeks; in
    /// proportion for less. 0 lets none be made. Unit: per week. Source: assumed, .1 to 1.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub truces_per_week: f64,
    /// Hazard that a truce is broken. Unit: per week. Source: assumed, .01 to .05; truces of Malian groups have
    /// held for four months to years (recalled).
    #[schemars(range(min = 0.0, max = 1.0))]
    pub broken_per_week: f64,
}

impl Default for TruceRules {
    fn default() -> Self {
        TruceRules { truces_per_week: 0.3, broken_per_week: 0.02 }
    }
}
