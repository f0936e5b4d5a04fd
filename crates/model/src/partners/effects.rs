//! Partners arrive and leave, hunt or protect, cost money, and fall.
//!
//! A partner is there from its date of arrival to its date of leaving, in the share of its strength
//! that `policy.partner_presence` wants. Its soldiers stand where the army of their zone stands.
//! In operations the state's soldiers n_0 and those of each partner n_i make up a strength
//!   S = n_0 + Σ n_i · hunting_i · capability_i
//! and an effort E = (n_0 · military_pressure/0.5 + Σ n_i · hunting_i · capability_i) / S; restraint
//! and capability are means, each force weighing what it adds to S · E. Attacks on civilians come
//! at 1 − Σ protection_i · n_i/(n_i + half) of their rate, never below 0.

use super::state::{Partner, Payer, Veto};
use crate::budget::effects as budget;
use crate::coups::effects as coups;
use crate::world::World;
use crate::world::community::Community;
use toguna_units::Money;

/// What the state owes its partners this week, by short name; partners that pay for themselves
/// and partners that are away are left out.
#[must_use]
pub fn fees(world: &World) -> Vec<(String, Money)> {
    let owed = |partner: &&Partner| partner.paid_by == Payer::State;
    let fees = world.partners.iter().filter(owed).map(|p| (p.name.clone(), p.fee()));
    fees.filter(|(_, fee)| *fee > Money::ZERO).collect()
}

/// How far a partner stands in the way of something: the largest presence of those who veto it,
/// 0 (nobody objects) to 1.
#[must_use]
pub fn veto(world: &World, what: Veto) -> f64 {
    let objecting = world.partners.iter().filter(|partner| partner.vetoes.contains(&what));
    objecting.map(Partner::presence).fold(0.0, f64::max)
}

/// Whether a partner is in the country whom donors hold against the state.
#[must_use]
pub fn donors_object(world: &World) -> bool {
    world.partners.iter().any(|partner| partner.donors_object && partner.soldiers() > 0.0)
}

/// Who hunts in a place on the state's side, and how.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hunters {
    /// Soldiers, those of partners at what they are worth.
    pub strength: f64,
    /// 1 is the reference of the violence rates.
    pub effort: f64,
    /// How far they spare civilians, 0 to 1.
    pub restraint: f64,
    /// What they are worth each, in soldiers of the state.
    pub capability: f64,
}

/// The state's soldiers in a place and the partners who hunt with them.
#[must_use]
pub fn hunters(world: &World, place: &Community) -> Hunters {
    let pressure = budget::military_effort(world) / world.rules.budget.reference_pressure
        * (1.0 - coups::paralysis(world));
    let restraint = world.policy.restraint.get();
    let partners: f64 = place.partners.iter().sum();
    if partners == 0.0 {
        return Hunters { strength: place.soldiers, effort: pressure, restraint, capability: 1.0 };
    }
    let own = place.soldiers - partners;
    let (mut strength, mut effort) = (own, own * pressure);
    let (mut spared, mut worth) = (own * pressure * restraint, own * pressure);
    for (partner, soldiers) in world.partners.iter().zip(&place.partners) {
        let added = soldiers * partner.hunting * partner.capability;
        strength += added;
        effort += added;
        spared += added * partner.restraint;
        worth += added * partner.capability;
    }
    if effort <= 0.0 {
        return Hunters { strength, effort: 0.0, restraint, capability: 1.0 };
    }
    Hunters {
        strength,
        effort: effort / strength,
        restraint: spared / effort,
        capability: worth / effort,
    }
}

/// Share of the usual attacks on civilians that soldiers who protect them do not prevent.
#[must_use]
pub fn unprotected(world: &World, place: &Community) -> f64 {
    let half = world.rules.partners.soldiers_for_half_protection;
    let mut protected = 0.0;
    for (partner, soldiers) in world.partners.iter().zip(&place.partners) {
        protected += partner.protection * soldiers / (soldiers + half);
    }
    (1.0 - protected).max(0.0)
}

/// Soldiers in a place whom groups can attack, those of partners as far as they are exposed.
#[must_use]
pub fn exposed(partners: &[Partner], place: &Community) -> f64 {
    let mut exposed = place.soldiers;
    for (partner, soldiers) in partners.iter().zip(&place.partners) {
        exposed += soldiers * (partner.exposure - 1.0);
    }
    exposed
}

/// What the partners who are there do to the logit of legitimacy.
#[must_use]
pub fn sovereignty(world: &World) -> f64 {
    world.partners.iter().map(|partner| partner.sovereignty * partner.presence()).sum()
}
