//! The parameters of opinion.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::Weeks;

/// Parameters of one mechanism: what the public wants on dialogue, and protest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct OpinionRules {
    /// Time in which half of the way to a new opinion is gone. Unit: duration. Source: assumed.
    pub half_life: Weeks,
    /// Wish for dialogue in calm. Unit: logit. Source: assumed with the two below; together they give
    /// the 56 % of 2017 (survey cited by ISS Today) at that year's violence.
    #[schemars(range(min = -5.0, max = 5.0))]
    pub wish_in_calm: f64,
    /// How far weariness of war raises the wish for dialogue. Unit: logit per share of alarm.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub weariness: f64,
    /// How far killings of civilians by groups lower it. Unit: logit per share of outrage.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub outrage: f64,
    /// Civilians killed by groups at which outrage is half of what it can become. Unit: deaths per
    /// million residents and week. Source: assumed.
    #[schemars(range(min = 0.01, max = 1_000.0))]
    pub civilians_for_half_outrage: f64,
    /// How long a killing outrages. Unit: duration. Source: assumed.
    pub outrage_time: Weeks,
    /// Weight of lacking legitimacy among the grounds for protest. Unit: grounds per share below one
    /// half. Source: assumed.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub protest_for_legitimacy: f64,
    /// Weight of overdue elections among the grounds for protest. Unit: grounds. Source: assumed.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub protest_for_elections: f64,
    /// Weight of doing the contrary of what the public wants on dialogue. Unit: grounds.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub protest_for_responsiveness: f64,
    /// Hazard of an outbreak for one unit of grounds. Unit: per week. Source: assumed; grounds of one
    /// half give about three outbreaks in two years.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub outbreaks_per_week: f64,
    /// Time in which half of a protest has died down. Unit: duration. Source: assumed.
    pub protest_half_life: Weeks,
}

impl Default for OpinionRules {
    fn default() -> Self {
        OpinionRules {
            half_life: Weeks(13),
            wish_in_calm: 0.2,
            weariness: 0.6,
            outrage: 0.8,
            civilians_for_half_outrage: 0.5,
            outrage_time: Weeks(8),
            protest_for_legitimacy: 3.0,
            protest_for_elections: 0.5,
            protest_for_responsiveness: 0.3,
            outbreaks_per_week: 0.06,
            protest_half_life: Weeks(10),
        }
    }
}
