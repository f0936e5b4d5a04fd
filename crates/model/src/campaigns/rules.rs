//! The parameters of campaigns.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::Weeks;

/// Parameters of one mechanism: armed groups' campaigns swell and ebb.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CampaignRules {
    /// Standard deviation of the logarithm of a group's campaign (σ). Unit: log rate. Source: assumed.
    #[schemars(range(min = 0.0, max = 2.0))]
    pub spread: f64,
    /// Time in which half of a surge or a lull is over. Unit: duration. Source: assumed, half a year.
    pub half_life: Weeks,
}

impl Default for CampaignRules {
    fn default() -> Self {
        CampaignRules { spread: 0.5, half_life: Weeks(26) }
    }
}
