//! The parameters of rooting.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of one mechanism: groups take root where they rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RootingRules {
    /// Part of the distance to full closeness that people come in a week to a group that holds their place
    /// and does not harm them (η). Unit: per week. Source: assumed, 0 to 0.02.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub rooted_per_week: f64,
    /// Part of what has been gained that is lost in a week (δ). Unit: per week. Source: assumed, 0 to 0.01.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub lost_per_week: f64,
}

impl Default for RootingRules {
    fn default() -> Self {
        RootingRules { rooted_per_week: 0.002, lost_per_week: 0.005 }
    }
}
