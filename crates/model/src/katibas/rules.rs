//! The parameters of katibas.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of one mechanism: bands too small to stand alone join others, or go home.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct KatibaRules {
    /// Fighters below whom a band joins another of its katiba, and a katiba goes home; 0 lets all stand.
    /// Unit: persons. Source: assumed, a squad.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub smallest_band: f64,
    /// How far it goes to join another. Unit: km. Source: assumed, two days on foot.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub joins_within: f64,
}

impl Default for KatibaRules {
    fn default() -> Self {
        KatibaRules { smallest_band: 8.0, joins_within: 50.0 }
    }
}
