//! The parameters of garrisons.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::{Share, Weeks};

/// Parameters of one mechanism: the army's garrisons: given up, and taken back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct GarrisonRules {
    /// Distance at which fighters who storm and soldiers who relieve count a third. Unit: km, great circle.
    /// Source: assumed; columns of cars crossed the north within days in 2012.
    #[schemars(range(min = 1.0, max = 2_000.0))]
    pub reach: f64,
    /// Strength that it takes to storm a garrison, as a multiple of what can come to its relief. Unit: factor.
    /// Source: assumed, from .5 to 2; both sides gather, so that neither has walls before it.
    #[schemars(range(min = 0.1, max = 100.0))]
    pub odds: f64,
    /// Hazard of giving up a garrison against twice the strength it takes. Unit: per week and group.
    /// Source: assumed, from .03 to .5; four groups took some fourteen garrisons between January and April
    /// 2012, against odds that are not known.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub storms_per_week: f64,
    /// How much the loss of all garrisons of a zone would shake the last. Unit: per share of the
    /// zone's garrisons. Source: assumed; Kidal, Gao and Tombouctou were given up within three days.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub dismay: f64,
    /// How long lost garrisons shake the others. Unit: duration. Source: assumed.
    pub dismay_time: Weeks,
    /// Share of a garrison's soldiers who desert or are taken on the retreat. Unit: share.
    /// Source: assumed.
    pub lost_on_retreat: Share,
    /// Share of officials who stay without the garrison. Unit: share. Source: assumed.
    pub officials_who_stay: Share,
    /// Share of the state's control that outlasts the garrison. Unit: share. Source: assumed.
    pub control_kept: Share,
    /// How long the army stays away at least. Unit: duration. Source: assumed.
    pub away_for: Weeks,
}

impl Default for GarrisonRules {
    fn default() -> Self {
        GarrisonRules {
            reach: 200.0,
            odds: 1.0,
            storms_per_week: 0.1,
            dismay: 3.0,
            dismay_time: Weeks(13),
            lost_on_retreat: Share::of(0.2),
            officials_who_stay: Share::of(0.2),
            control_kept: Share::of(0.2),
            away_for: Weeks(26),
        }
    }
}
