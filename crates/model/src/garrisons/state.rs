//! The army's garrison in each cercle.

use crate::words::geography::Zone;
use crate::words::ids::CommunityId;
use serde::{Deserialize, Serialize};

/// The garrison of one cercle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Garrison {
    /// Number by which its draws are addressed.
    pub(super) number: u64,
    pub(super) zone: Zone,
    pub(super) places: Vec<CommunityId>,
    /// Great circle to every community from its seat, its first place by rank and residents, km.
    pub(super) km: Vec<f64>,
    /// e^(−km / reach) of them.
    #[serde(skip)]
    pub(super) nearness: Vec<f64>,
    /// Week in which it was given up, until the army is back.
    pub given_up: Option<u32>,
    /// Soldiers who retreated and will come back, persons.
    pub(super) withdrawn: f64,
}

/// All garrisons, by cercle.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Garrisons {
    /// By cercle, in the order of the world's list.
    pub by_cercle: Vec<Garrison>,
    /// Garrisons of each zone given up in recent weeks, an exponential memory, as a share of all its
    /// garrisons; in the order of [`Zone::ALL`].
    pub fallen: [f64; 3],
    /// For which reach nearness has been reckoned. Not kept in checkpoints: rules may be others then.
    #[serde(skip)]
    pub(super) reach: f64,
}

impl Garrisons {
    /// Nearness follows from the rules; thousands of commands ask for it every week.
    pub(super) fn reach(&mut self, reach: f64) {
        if self.reach != reach {
            self.reach = reach;
            for garrison in &mut self.by_cercle {
                let nearness = garrison.km.iter().map(|km| libm::exp(-km / reach));
                garrison.nearness = nearness.collect();
            }
        }
    }

    /// Share of all garrisons that were given up in recent weeks.
    #[must_use]
    pub fn fallen_of_all(&self) -> f64 {
        let in_zone = |zone: Zone| self.by_cercle.iter().filter(move |g| g.zone == zone).count();
        let mut fallen = 0.0;
        for zone in Zone::ALL {
            fallen += self.fallen[zone as usize] * in_zone(zone) as f64;
        }
        fallen / (self.by_cercle.len() as f64).max(1.0)
    }
}
