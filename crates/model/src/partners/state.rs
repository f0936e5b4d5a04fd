//! Foreign forces beside the state: an intervention, a hired company, a peace mission.

use crate::words::geography::Zone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::Money;

/// Whose money a partner costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Payer {
    /// The state's.
    State,
    /// Its own.
    Partner,
}

/// What a partner will not have the state do as long as it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Veto {
    /// Talks with groups it fights.
    Talks,
    /// Support of local pacts with them.
    Pacts,
}

/// A partner. Its people are head-counts outside the adults, with their own death column; they stand
/// on the state's side, and in operations keep their own restraint.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Partner {
    /// Short name, as in the scenario.
    pub name: String,
    /// Number by which its draws are addressed; 12 bits.
    pub number: u64,
    /// Soldiers in the country when all it offers is wanted.
    pub strength: f64,
    /// How its soldiers are split over [`Zone::ALL`]; sums to 1.
    pub zones: [f64; 3],
    /// What one of its soldiers is worth in an operation, in soldiers of the state.
    pub capability: f64,
    /// How far its own operations spare civilians, 0 to 1.
    pub restraint: f64,
    /// Effort it puts into operations; 1 is the reference of the violence rates, 0 hunts nobody.
    pub hunting: f64,
    /// How far its soldiers keep attackers from civilians, 0 to 1.
    pub protection: f64,
    /// How much one of its soldiers is exposed to attacks, beside one of the state's; 1 is alike.
    pub exposure: f64,
    /// What its full strength costs.
    pub cost_per_week: Money,
    /// Whose money that is.
    pub paid_by: Payer,
    /// What its full presence adds to the logit of legitimacy; below 0 for a partner resented as a
    /// guardian.
    pub sovereignty: f64,
    /// What it will not have the state do.
    pub vetoes: Vec<Veto>,
    /// Whether donors hold its presence against the state.
    pub donors_object: bool,
    /// Week from which it is there, if it is wanted.
    pub arrives: u32,
    /// Week in which it starts to leave.
    pub leaves: Option<u32>,

    /// Its soldiers by zone, persons.
    pub present: [f64; 3],
    /// Killed so far.
    pub killed: u64,
    /// Weeks in a row in which the state paid less than the fee.
    pub unpaid_weeks: u32,
    /// It has left for want of pay and does not come back.
    pub withdrawn: bool,
}

impl Partner {
    /// Its soldiers in a zone, persons.
    #[must_use]
    pub fn in_zone(&self, zone: Zone) -> f64 {
        self.present[zone as usize]
    }

    /// Its soldiers in the country, persons.
    #[must_use]
    pub fn soldiers(&self) -> f64 {
        self.present.iter().sum()
    }

    /// How much of its strength is there, 0 to 1.
    #[must_use]
    pub fn presence(&self) -> f64 {
        if self.strength > 0.0 { (self.soldiers() / self.strength).min(1.0) } else { 0.0 }
    }

    /// What its present force costs this week.
    #[must_use]
    pub fn fee(&self) -> Money {
        self.cost_per_week.part(self.presence())
    }
}
