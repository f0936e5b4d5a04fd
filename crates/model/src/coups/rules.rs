//! The parameters of coups.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::{Share, Weeks};

/// Parameters of one mechanism: soldiers take power.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CoupRules {
    /// Hazard where half of the people stand by the state and nothing else stirs. Unit: per year.
    /// Source: assumed; about .02 in calm.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub coups_per_year: f64,
    /// Weight of lacking legitimacy. Unit: log hazard per share. Source: assumed.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub weight_of_legitimacy: f64,
    /// Hazard of a mutiny that ousts the government, for each share of the army killed in 13 weeks and
    /// of the people who do not stand by the state. Unit: per year. Source: assumed, raised
    /// from 50 in view of three coups in 2012–2021; twenty runs of everybody have 1.5 on average.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub mutinies_per_year: f64,
    /// Weight of protest. Unit: log hazard per unit of intensity. Source: assumed.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub weight_of_protest: f64,
    /// Weight of garrisons given up in recent weeks. Unit: log hazard per share of all garrisons.
    /// Source: assumed; the coup of March 2012 began as a mutiny over defeats in the north.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub weight_of_defeat: f64,
    /// Weight of soldiers' pay that is owed. Unit: log hazard per share of pay. Source: assumed.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub weight_of_unpaid: f64,
    /// Weight of concessions to armed groups. Unit: log hazard per share conceded. Source: assumed.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub weight_of_concessions: f64,
    /// How much a coup invites the next at once. Unit: log hazard. Source: assumed.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub contagion: f64,
    /// Time in which that falls to a third. Unit: duration. Source: assumed.
    pub contagion_time: Weeks,
    /// How long nobody rules. Unit: duration. Source: assumed.
    pub vacuum: Weeks,
    /// Share of the army's operations that do not happen in a vacuum. Unit: share. Source: assumed.
    pub paralysis: Share,
    /// Hazard that a threatened official leaves in a vacuum, beside the usual. Unit: per week.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub officials_leave_per_week: f64,
    /// From the end of a vacuum to the election that is promised. Unit: duration. Source: 18 months,
    /// promised in 2020.
    pub transition: Weeks,
    /// Share of institutional capacity that a coup destroys. Unit: share. Source: assumed.
    pub capacity_lost: Share,
}

impl Default for CoupRules {
    fn default() -> Self {
        CoupRules {
            coups_per_year: 0.03,
            weight_of_legitimacy: 3.0,
            mutinies_per_year: 150.0,
            weight_of_protest: 1.0,
            weight_of_defeat: 8.0,
            weight_of_unpaid: 1.0,
            weight_of_concessions: 1.0,
            contagion: 1.2,
            contagion_time: Weeks(104),
            vacuum: Weeks(10),
            paralysis: Share::of(0.6),
            officials_leave_per_week: 0.05,
            transition: Weeks(78),
            capacity_lost: Share::of(0.1),
        }
    }
}
