//! The state and its army.

use super::community::Zone;

/// Soldiers are head-counts outside the adults, with their own death column.
#[derive(Clone, Debug, PartialEq)]
pub struct Army {
    /// Soldiers by zone, in the order of [`Zone::ALL`].
    pub soldiers: [f64; 3],
    /// What each zone's command is allowed, persons; losses are replaced up to it.
    pub allowed: [f64; 3],
    /// Killed so far.
    pub killed: u64,
}

impl Army {
    #[must_use]
    pub fn in_zone(&self, zone: Zone) -> f64 {
        self.soldiers[zone as usize]
    }

    #[must_use]
    pub fn total(&self) -> f64 {
        self.soldiers.iter().sum()
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct State {
    pub army: Army,
    /// What the state is believed to be entitled to, 0 to 1.
    pub legitimacy: f64,
    /// Share of soldiers' pay that was not paid, an exponential memory of eight weeks, 0 to 1.
    pub unpaid: f64,
}
