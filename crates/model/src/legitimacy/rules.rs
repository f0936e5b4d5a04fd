//! The parameters of legitimacy.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::{Share, Weeks};

/// Parameters of one mechanism: how far the state is believed to be entitled to rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LegitimacyRules {
    /// Time in which half of the way to what the state deserves is gone. Unit: duration.
    /// Source: assumed.
    pub half_life: Weeks,
    /// What people grant any state. Unit: logit. Source: assumed.
    #[schemars(range(min = -5.0, max = 5.0))]
    pub granted: f64,
    /// Weight of services. Unit: logit per share of need. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub weight_of_services: f64,
    /// Weight of felt security. Unit: logit per share. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub weight_of_security: f64,
    /// Weight of doing what the public wants on dialogue. Unit: logit. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub weight_of_responsiveness: f64,
    /// Weight of harm done by the state and those beside it. Unit: logit per share of grievance.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub weight_of_harm: f64,
    /// Weight of concessions to armed groups. Unit: logit per share conceded. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub weight_of_concessions: f64,
    /// Cost of putting off elections. Unit: logit. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub cost_of_extension: f64,
    /// Gain from a coup that all welcome or an election that all trust. Unit: logit. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub honeymoon: f64,
    /// Time in which a honeymoon falls to a third. Unit: duration. Source: assumed.
    pub honeymoon_time: Weeks,
    /// Share of felt security that depends on the news, beside what happens at home. Unit: share.
    /// Source: assumed.
    pub weight_of_news: Share,
    /// Reported deaths at which the news alarms half as much as it can. Unit: deaths per million
    /// residents and week. Source: assumed; Mali had 0.4 in 2014 and 2.7 in 2020 (ACLED totals).
    #[schemars(range(min = 0.01, max = 1_000.0))]
    pub deaths_for_half_alarm: f64,
    /// How long news is remembered. Unit: duration. Source: assumed.
    pub news_time: Weeks,
}

impl Default for LegitimacyRules {
    fn default() -> Self {
        LegitimacyRules {
            half_life: Weeks(26),
            granted: 0.4,
            weight_of_services: 1.5,
            weight_of_security: 1.2,
            weight_of_responsiveness: 0.8,
            weight_of_harm: 0.8,
            weight_of_concessions: 0.5,
            cost_of_extension: 0.4,
            honeymoon: 1.2,
            honeymoon_time: Weeks(78),
            weight_of_news: Share::of(0.5),
            deaths_for_half_alarm: 1.0,
            news_time: Weeks(26),
        }
    }
}
