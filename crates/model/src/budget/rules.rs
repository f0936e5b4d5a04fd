//! The parameters of budget.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::{Share, Weeks};

/// Parameters of one mechanism: the state's money: what comes in, and what it is spent on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct BudgetRules {
    /// Military pressure at which operations cost what the start's budget says, and below which
    /// something is saved. Unit: share of effort. Source: reference of the violence rates.
    #[schemars(range(min = 0.01, max = 1.0))]
    pub reference_pressure: f64,
    /// Part of a soldier's cost that is pay. Unit: share. Source: assumed.
    pub pay_share: Share,
    /// Part of a soldier's cost that is operations, at the reference pressure; what is neither pay
    /// nor operations is upkeep. Unit: share. Source: assumed.
    pub operations_share: Share,
    /// Time in which the army covers most of the way to the size its budget can keep.
    /// Unit: duration. Source: assumed; 10,000 were recruited in 2020, half as many again.
    pub army_time: Weeks,
    /// Revenue that does not depend on what people earn and who holds their place.
    /// Unit: share of revenue. Source: assumed: gold, customs and telephone companies.
    pub revenue_at_source: Share,
    /// How much of aid's conditions a rival donor takes the sting out of (γ). Unit: share.
    /// Source: assumed.
    pub relief_by_rival: Share,
    /// Part of what is spent on services in a place that a group takes where it holds everything.
    /// Unit: share. Source: assumed.
    pub captured: Share,
    /// How much likelier groups are to attack where everybody is given relief and nobody holds the
    /// place. Unit: factor above 1. Source: assumed; direction by Crost, Felter and Johnston (2014).
    #[schemars(range(min = 0.0, max = 10.0))]
    pub attacks_on_aid: f64,
}

impl Default for BudgetRules {
    fn default() -> Self {
        BudgetRules {
            reference_pressure: 0.5,
            pay_share: Share::of(0.2),
            operations_share: Share::of(0.4),
            army_time: Weeks(104),
            revenue_at_source: Share::of(0.6),
            relief_by_rival: Share::of(0.5),
            captured: Share::of(0.05),
            attacks_on_aid: 1.0,
        }
    }
}
