//! The parameters of partners.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::{Share, Weeks};

/// Parameters of one mechanism: foreign forces beside the state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PartnerRules {
    /// Share of the gap between a partner's soldiers wanted and present that closes in a week, both
    /// ways. Unit: share per week. Source: assumed; most of a force moves within half a year.
    pub movement_per_week: Share,
    /// A partner that the state owes its fee for longer leaves. Unit: duration. Source: assumed.
    pub patience: Weeks,
    /// Soldiers of a protecting partner in a place at whose number it gives half of the protection it
    /// can. Unit: persons. Source: assumed.
    #[schemars(range(min = 1.0, max = 100_000.0))]
    pub soldiers_for_half_protection: f64,
}

impl Default for PartnerRules {
    fn default() -> Self {
        PartnerRules {
            movement_per_week: Share::of(0.1),
            patience: Weeks(12),
            soldiers_for_half_protection: 100.0,
        }
    }
}
