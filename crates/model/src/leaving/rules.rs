//! The parameters of leaving.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::Weeks;

/// Parameters of one mechanism: fighters tire, quit and are arrested.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LeavingRules {
    /// Hazard of tiring. Unit: per week. Source: assumed; with losses to violence it gives 30 to 50 %
    /// of a stock a year.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub fatigue_per_week: f64,
    /// Hazard of leaving a band that lost all it has within eight weeks; in proportion for less.
    /// Unit: per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub losses_per_week: f64,
    /// Hazard of leaving when pay is nothing; in proportion to the gap between an honest living and
    /// pay. Unit: per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub unpaid_per_week: f64,
    /// Hazard of taking up a full reintegration offer where the state is fully trusted.
    /// Unit: per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub reintegration_per_week: f64,
    /// Hazard of arrest where the state holds everything and all effort goes into operations.
    /// Unit: per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub arrest_per_week: f64,
    /// Hazard of going home under a full amnesty for a fighter whose command is at rest under pacts; one
    /// who is not, goes as far as people there trust the state. Unit: per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub amnesty_per_week: f64,
    /// Mean time in prison. Unit: duration. Source: assumed.
    pub sentence: Weeks,
}

impl Default for LeavingRules {
    fn default() -> Self {
        LeavingRules {
            fatigue_per_week: 0.005,
            losses_per_week: 0.03,
            unpaid_per_week: 0.004,
            reintegration_per_week: 0.02,
            arrest_per_week: 0.004,
            amnesty_per_week: 0.01,
            sentence: Weeks(104),
        }
    }
}
