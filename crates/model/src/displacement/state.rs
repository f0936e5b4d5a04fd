//! What flight has done to places, and who is away.

use crate::hosted::state::{Hosted, Household, Refuge, Register};
use crate::words::ids::CommunityId;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use toguna_engine::radix_heap::RadixHeap;

/// A place to flee to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Way {
    /// Where it leads.
    pub to: CommunityId,
    /// e^(−km / scale of distance), km of the great circle.
    pub nearness: f64,
}

/// Ways from every place, by its id; made once for all seeds.
pub type Ways = Arc<Vec<Vec<Way>>>;

/// One move of this week.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flight {
    /// Who moves.
    pub household: Household,
    /// Where they lived until now.
    pub from: CommunityId,
    /// Where they go.
    pub refuge: Refuge,
    /// Adults and dependants.
    pub persons: f64,
}

/// A loss of a place by the state, with the garrison of its cercle.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Loss {
    /// Share that the state held before.
    pub held: f64,
    /// The least that it has held since.
    pub low: f64,
    /// Week of the loss.
    pub since: u32,
}

/// What flight has done to one place.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Movement {
    /// Displaced persons who live here.
    pub hosted: f64,
    /// Residents of this place who live elsewhere in the country or abroad.
    pub gone: f64,
    /// Share of services that hosted people take up, 0 to 1.
    pub strain: f64,
    /// Weeks since more were killed here than people bear.
    pub calm_weeks: u32,
    /// What the state lost here, until it is back in the zone.
    pub(crate) lost: Option<Loss>,
    /// Whoever leaves this week flees from the loss of the place.
    pub(crate) lost_now: bool,
    /// Hazard of returning of those who fled from deaths, summed over all calm weeks so far.
    pub(crate) returning: f64,
    /// The same of those who fled from the loss of the place, summed over all weeks in which the state has
    /// not lost it or is back.
    pub(crate) returning_after_loss: f64,
    /// Hazard of fleeing, summed over all weeks so far; hosted people flee on by it.
    pub(crate) fleeing: f64,
}

/// Everyone who is away from home.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Displaced {
    /// Where each household is.
    pub away: Register,
    /// By home: who waits to return, by what must have been felt until they do.
    pub(crate) waiting: Vec<RadixHeap<Household>>,
    /// The same of those who fled from the loss of their place.
    pub(crate) waiting_after_loss: Vec<RadixHeap<Household>>,
    /// By quarter: whom it hosts.
    pub hosted: Vec<Hosted>,
    /// Not kept in checkpoints: made anew from the places.
    #[serde(skip)]
    pub ways: Ways,
}

impl Displaced {
    /// Nobody is away yet.
    #[must_use]
    pub fn new(places: usize, quarters: usize, ways: Ways) -> Self {
        Displaced {
            away: Register::default(),
            waiting: vec![RadixHeap::default(); places],
            waiting_after_loss: vec![RadixHeap::default(); places],
            hosted: vec![Hosted::default(); quarters],
            ways,
        }
    }
}
