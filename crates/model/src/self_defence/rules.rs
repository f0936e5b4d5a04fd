//! The parameters of self-defence.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::Share;

/// Parameters of one mechanism: people whom nobody protects found bands of their own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SelfDefenceRules {
    /// Chance that a quarter founds a band, at full alarm and without the state (φ). Unit: chance per
    /// week. Source: assumed; .02 to .2.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub chance_per_week: f64,
    /// Alarm at which half of that chance is reached. Unit: victims per 1,000 residents and week.
    /// Source: assumed; .05 to .2.
    #[schemars(range(min = 0.000_1, max = 1_000.0))]
    pub alarm_for_half: f64,
    /// Closeness from which people call a group their own. Unit: share of affinity. Source: assumed.
    pub closeness_of_own: Share,
    /// Fighters of an own group, here or one road away, who protect a quarter. Unit: persons.
    /// Source: assumed, a third of a small katiba.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub own_band: f64,
    /// Own fighters, here and at the ends of the roads, for each of those who alarm a quarter, below which
    /// it is not protected (β). Unit: ratio. Source: assumed; .2 to .5.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub balance: f64,
    /// People who found a band. Unit: persons. Source: assumed, 20 to 40.
    #[schemars(range(min = 1.0, max = 1_000.0))]
    pub founders: f64,
}

impl Default for SelfDefenceRules {
    fn default() -> Self {
        SelfDefenceRules {
            chance_per_week: 0.05,
            alarm_for_half: 0.1,
            closeness_of_own: Share::of(0.4),
            own_band: 10.0,
            balance: 0.25,
            founders: 30.0,
        }
    }
}
