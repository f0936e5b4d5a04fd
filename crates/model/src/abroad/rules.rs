//! The parameters of abroad.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::Share;

/// Parameters of one mechanism: neighbouring countries: sanctuary, fighters, refuge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AbroadRules {
    /// Common factor of the weekly inflow of fighters that neighbouring countries are given.
    /// Unit: factor. Source: assumed.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub inflow_scale: f64,
    /// Share of a group's fighters from abroad at which no more come: a group takes in strangers only
    /// as far as its own people hold it together. Unit: share. Source: assumed.
    pub most_foreign: Share,
    /// Share of operations from which a band slips across the border where sanctuary is full.
    /// Unit: share. Source: assumed.
    pub slip_away: Share,
}

impl Default for AbroadRules {
    fn default() -> Self {
        AbroadRules { inflow_scale: 1.0, most_foreign: Share::of(0.25), slip_away: Share::of(0.6) }
    }
}
