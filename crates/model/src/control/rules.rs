//! The parameters of control.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::{Share, Weeks};

/// Parameters of one mechanism: who holds what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ControlRules {
    /// Time in which a share grows most of the way. Unit: duration. Source: assumed.
    pub gaining_time: Weeks,
    /// Time in which a share shrinks most of the way. Unit: duration. Source: assumed.
    pub losing_time: Weeks,
    /// Weight of nobody: what stays ungoverned beside a weight of 1. Unit: weight. Source: assumed.
    #[schemars(range(min = 0.01, max = 10.0))]
    pub nobody: f64,
    /// Fighters at whose number an armed side has half its weight. Unit: persons. Source: assumed.
    #[schemars(range(min = 1.0, max = 10_000.0))]
    pub fighters_for_half_weight: f64,
    /// Weight of arms without any support; the rest comes with support. Unit: share. Source: assumed.
    pub weight_without_support: Share,
    /// Part of what the army's own soldiers weigh in villages that goes with how hard they press, beside the
    /// reference pressure. Unit: share. Source: assumed.
    pub patrols: Share,
    /// Extra weight of a garrison in a town. Unit: weight. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub garrison_weight: f64,
    /// Weekly chance that an official who is fully exposed leaves. Unit: chance per week. Source: assumed;
    /// officials in the centre fell from 0.60 (2016) to 0.22 (2019) by UN reports.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub officials_leave_per_week: f64,
    /// Hostile fighters in a place who expose officials without cover by 1 − 1/e, about two thirds.
    /// Unit: persons. Source: assumed; a handful of armed men is enough to drive an official out, where it
    /// takes more to hold the place.
    #[schemars(range(min = 1.0, max = 10_000.0))]
    pub fighters_who_threaten_officials: f64,
    /// What a fighter at no distance in a neighbouring place counts for, beside one in the place itself.
    /// Unit: share. Source: assumed; officials leave when those of the next commune are abducted.
    pub threat_next_door: Share,
    /// Distance travelled at which that falls to a third. Unit: km. Source: assumed; an hour or two on a
    /// motorcycle.
    #[schemars(range(min = 1.0, max = 1_000.0))]
    pub distance_of_threat: f64,
    /// Attacks by groups in the cercle within half a year that expose officials as much as the fighters
    /// above. Unit: attacks. Source: assumed.
    #[schemars(range(min = 0.1, max = 10_000.0))]
    pub attacks_that_threaten_officials: f64,
    /// Weekly chance that an absent official returns where nobody threatens; in proportion to how far
    /// they are not exposed, and never without the garrison. Unit: chance per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub officials_return_per_week: f64,
}

impl Default for ControlRules {
    fn default() -> Self {
        ControlRules {
            gaining_time: Weeks(15),
            losing_time: Weeks(40),
            nobody: 0.3,
            fighters_for_half_weight: 20.0,
            weight_without_support: Share::of(0.3),
            patrols: Share::of(1.0),
            garrison_weight: 0.5,
            officials_leave_per_week: 0.04,
            fighters_who_threaten_officials: 5.0,
            threat_next_door: Share::of(0.5),
            distance_of_threat: 30.0,
            attacks_that_threaten_officials: 2.0,
            officials_return_per_week: 0.005,
        }
    }
}
