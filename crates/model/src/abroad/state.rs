//! Neighbouring countries, and the account of fighters from there.

use crate::words::geography::great_circle;
use serde::{Deserialize, Serialize};

/// A neighbouring country.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Abroad {
    /// Short name, as in the scenario.
    pub name: String,
    /// Number by which its draws are addressed; 12 bits.
    pub number: u64,
    /// Where refugees gather, degrees north and east.
    pub refuge: (f64, f64),
    /// How safe bands are across this border, 0 to 1.
    pub sanctuary: f64,
    /// Fighters who come over a week, by [`GroupId::index`](crate::words::ids::GroupId::index), persons.
    pub inflow: Vec<f64>,
    /// By community: whether its cercle lies on this border.
    pub borders: Vec<bool>,
    /// People of this country who live there, adults and dependants.
    pub refugees: f64,
}

impl Abroad {
    /// Great circle from a point to the refuge.
    #[must_use]
    pub fn km_from(&self, latitude: f64, longitude: f64) -> f64 {
        great_circle((latitude, longitude), self.refuge)
    }
}

/// Account of fighters from abroad, persons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foreigners {
    /// Who have come.
    pub arrived: u64,
    /// Who were killed here.
    pub killed: u64,
    /// Who have gone back.
    pub gone_home: u64,
}
