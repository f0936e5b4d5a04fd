//! The parameters of posture.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::Share;

/// Parameters of one mechanism: where army and commands place their forces.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PostureRules {
    /// Share of each zone's soldiers pinned in towns. Unit: share. Source: assumed.
    pub pinned_in_towns: Share,
    /// Pull of attacks on mobile forces. Unit: per ln(1 + attacks per week). Source: assumed.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub pull_of_attacks: f64,
    /// Pull of residents on mobile forces. Unit: per ln(residents). Source: assumed.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub pull_of_residents: f64,
    /// Loss of mobile forces with distance from a garrison town. Unit: per km. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub loss_with_distance: f64,
    /// Share of the gap between soldiers allowed and present that is filled in a week.
    /// Unit: share per week. Source: assumed.
    pub replacement_per_week: Share,
    /// Chance that a command considers another base in a week. Unit: chance per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub chance_to_look_around_per_week: f64,
    /// Weight of what a place yields. Unit: per ln(1 + thousands of median incomes). Source: assumed.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub pull_of_rent: f64,
    /// Fighters of the same group, other commands', who halve what a place yields to one more band.
    /// Unit: persons. Source: assumed; about the size of a band.
    #[schemars(range(min = 1.0, max = 100_000.0))]
    pub fighters_who_share: f64,
    /// Weight of refuge from the state. Unit: per share of control the state lacks. Source: assumed.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub pull_of_refuge: f64,
    /// Weight of a pact with the group. Unit: log odds. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub pull_of_pacts: f64,
    /// Weight of support. Unit: per share of support. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub pull_of_support: f64,
    /// Weight of soldiers in the way. Unit: per ln(1 + soldiers/20). Source: assumed.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub dread_of_soldiers: f64,
    /// Weight of a hostile group in the place. Unit: per hostility. Source: assumed.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub dread_of_rivals: f64,
    /// Loss with distance from the present base. Unit: per km. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub cost_of_distance: f64,
    /// Fighters above which a band sends half of its people away. Unit: persons. Source: assumed.
    #[schemars(range(min = 4.0, max = 100_000.0))]
    pub largest_band: f64,
    /// Share of a band that roams the neighbouring places. Unit: share. Source: assumed.
    pub roaming: Share,
    /// Distance at which roaming falls to a third. Unit: km. Source: assumed.
    #[schemars(range(min = 1.0, max = 1_000.0))]
    pub roaming_distance: f64,
}

impl Default for PostureRules {
    fn default() -> Self {
        PostureRules {
            pinned_in_towns: Share::of(0.6),
            pull_of_attacks: 0.6,
            pull_of_residents: 0.4,
            loss_with_distance: 0.008,
            replacement_per_week: Share::of(0.05),
            chance_to_look_around_per_week: 0.05,
            pull_of_rent: 0.6,
            fighters_who_share: 30.0,
            pull_of_refuge: 0.8,
            pull_of_pacts: 1.0,
            pull_of_support: 1.0,
            dread_of_soldiers: 0.7,
            dread_of_rivals: 0.8,
            cost_of_distance: 0.015,
            largest_band: 30.0,
            roaming: Share::of(0.4),
            roaming_distance: 60.0,
        }
    }
}
