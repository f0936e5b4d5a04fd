//! The parameters of services.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::{Share, Weeks};

/// Parameters of one mechanism: health, schooling, justice and water.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ServiceRules {
    /// Time in which a service covers most of the way up to what is funded.
    /// Unit: duration. Source: assumed.
    pub building_time: Weeks,
    /// Time in which a service that is no longer funded or reached loses most of what it gave.
    /// Unit: duration. Source: assumed.
    pub loss_time: Weeks,
    /// Part of a service that still reaches people where the state holds nothing: nurses, teachers and
    /// aid groups who stay. Unit: share. Source: assumed.
    pub reach_without_state: Share,
    /// Share of need below which people feel a gap. Unit: share of need.
    /// Source: assumed.
    pub need: Share,
    /// Residents for each school. Unit: persons. Source: about 9,300 schools served the conflict
    /// regions in 2019 (1,113 closed were 12 %), assumed alike elsewhere.
    #[schemars(range(min = 100.0, max = 1_000_000.0))]
    pub residents_per_school: f64,
    /// Weekly chance that a school closes where fighters who oppose it are many and the state is
    /// absent. Unit: chance per week. Source: assumed; fitted to closures 2016-2019.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub chance_to_close_per_week: f64,
    /// Fighters at whose number the threat to schools is half of its full strength. Unit: persons.
    /// Source: assumed.
    #[schemars(range(min = 1.0, max = 10_000.0))]
    pub fighters_for_half_threat: f64,
    /// Weekly chance that a closed school reopens once nobody threatens it. Unit: chance per week.
    /// Source: 218 of 1,113 reopened in a quarter with aid, ten times slower without (assumed).
    #[schemars(range(min = 0.0, max = 1.0))]
    pub chance_to_reopen_per_week: f64,
    /// Share of closures that are destructions; the rest are threats. Unit: share. Source: assumed;
    /// fact F20 asks for threats above 0.7.
    pub destruction_share: Share,
}

impl Default for ServiceRules {
    fn default() -> Self {
        ServiceRules {
            building_time: Weeks(156),
            loss_time: Weeks(52),
            reach_without_state: Share::of(0.4),
            need: Share::of(0.5),
            residents_per_school: 1_500.0,
            chance_to_close_per_week: 0.015,
            fighters_for_half_threat: 10.0,
            chance_to_reopen_per_week: 0.0015,
            destruction_share: Share::of(0.06),
        }
    }
}
