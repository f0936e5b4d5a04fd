//! Places, and the quarters their people live in.

use super::bands::Bands;
use crate::clear_and_hold::state::Aftermath;
use crate::displacement::state::Movement;
use crate::words::geography::{Rank, Zone};
use crate::words::ids::{CommunityId, ConstituencyId, Side};
use serde::{Deserialize, Serialize};
use toguna_engine::layout::Quarter;

/// A way to the next place.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Road {
    /// Where it leads.
    pub to: CommunityId,
    /// Distance travelled, km.
    pub km: f64,
}

/// A commune-sized place.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Community {
    /// Its place in the world's list.
    pub id: CommunityId,
    /// As the scenario's table writes it.
    pub name: String,
    /// Its cercle, by place in the world's list.
    pub cercle: u16,
    /// Its region, by place in the world's list.
    pub region: u16,
    /// The part of the country it lies in.
    pub zone: Zone,
    /// How it ranks in the state's geography.
    pub rank: Rank,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Residents of all ages, the displaced who live here included.
    pub residents: f64,
    /// Ways to the next places.
    pub roads: Vec<Road>,
    /// First and one past the last of its quarters.
    pub quarters: std::ops::Range<u32>,

    /// Share of need met, 0 to 1, by each of [`crate::words::services::SERVICES`].
    pub services: [f64; 4],
    /// Schools, open or closed.
    pub schools: u32,
    /// Those that are closed.
    pub schools_closed: u32,
    /// What a closed school still counts for: Koranic schools under a pact, 0 to 1.
    pub koranic_schools: f64,
    /// What an honest living brings a week, in median incomes.
    pub income: f64,
    /// Share of goods that reach the market, 0 to 1.
    pub market_access: f64,
    /// Income at the start, before weather and markets change it.
    pub usual_income: f64,
    /// Market access at the start, 0 to 1.
    pub usual_access: f64,
    /// Market access if no road were contested or attacked, 0 to 1.
    pub open_access: f64,
    /// Share of residents who go hungry, 0 to 1.
    pub hunger: f64,
    /// Residents in need of relief, those whom it reaches included, persons.
    pub in_need: f64,
    /// Residents whom relief reaches, persons.
    pub aid_reached: f64,
    /// Share held by each side, by [`Side::index`]; the rest is nobody's.
    pub control: Vec<f64>,
    /// Soldiers and allies here this week.
    pub soldiers: f64,
    /// Those of them who belong to each partner, in the order of the world's list.
    pub partners: Vec<f64>,
    /// Share that the state held when the garrison of its cercle was given up; none while the garrison stands.
    pub given_up: Option<f64>,
    /// Distance travelled to the nearest garrison town, km.
    pub km_to_garrison: f64,
    /// Armed groups' people here this week, in order of command.
    pub bands: Bands,
    /// Attacks here, an exponential memory of 13 weeks, events a week.
    pub attacks: f64,
    /// Events here between each attacker and target, an exponential memory of six weeks, events a week;
    /// see [`crate::words::targets::pair`].
    pub recent_events: Vec<f64>,
    /// Officials at their posts, share of those the place should have.
    pub officials: f64,
    /// How much weight a full set of officials gives the state here; see [`crate::control`].
    pub weight_of_officials: f64,
    /// Trust in the state, 0 to 1.
    pub trust: f64,
    /// How safe the safest border its cercle lies on is for bands, 0 to 1.
    pub sanctuary: f64,
    /// What flight has done to it.
    pub movement: Movement,
    /// What clearing operations have left.
    pub aftermath: Aftermath,
    /// What happened here since the month began.
    pub month: MonthTally,
}

/// Counts of one place and month, for places.csv.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MonthTally {
    /// Violent events.
    pub events: u32,
    /// Those that were reported.
    pub events_reported: u32,
    /// Persons killed in them.
    pub deaths: u32,
    /// Persons killed in those that were reported.
    pub deaths_reported: u32,
    /// Civilians killed, persons.
    pub civilians_killed: u32,
    /// Adults who joined a group.
    pub recruits: u32,
}

impl Community {
    /// Latitude and longitude, degrees.
    #[must_use]
    pub fn point(&self) -> (f64, f64) {
        (self.latitude, self.longitude)
    }

    /// Its quarters, as indices into the world's list.
    pub fn quarters(&self) -> impl Iterator<Item = Quarter> + use<> {
        self.quarters.clone().map(Quarter)
    }

    /// Fighters of a side here this week; for the state, soldiers and allies.
    #[must_use]
    pub fn strength(&self, side: Side) -> f64 {
        if side == Side::STATE {
            return self.soldiers;
        }
        self.bands.strength(side)
    }
}

/// What the people of one constituency in one community remember and feel.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct QuarterLife {
    /// Where they live.
    pub community: CommunityId,
    /// Who they are.
    pub constituency: ConstituencyId,
    /// Residents of all ages, hosted people included.
    pub residents: f64,
    /// Residents before anybody moved.
    pub residents_at_start: f64,
    /// How close they are to each group, 0 to 1.
    pub closeness: Vec<f64>,
    /// Stock of harm by each side, victims per 1,000 residents, fading over a year or so.
    pub harm: Vec<f64>,
    /// Harm of the last weeks by each side, victims per 1,000 residents and week.
    pub threat: Vec<f64>,
    /// As `threat`, with what befalls kin along the roads.
    pub alarm: Vec<f64>,
    /// Victims of this week by each side, persons; felt and cleared by the memory phase.
    pub victims: Vec<f64>,
    /// What was newly felt last week by each side, as in `harm`; it spreads this week.
    pub fresh: Vec<f64>,
    /// Fear of what joining or informing may bring, 0 and more.
    pub fear: f64,
}
