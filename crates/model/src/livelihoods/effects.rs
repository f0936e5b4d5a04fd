//! What people live on, what groups take of it, who goes hungry and who is helped.
//!
//! Market access moves toward
//!   open · (1 − w · (1 − held)) · e^(−v · attacks),
//! with `held` the chance that a place and the other end of a road are held by the same side, Σₐ κₐ κₐ′
//! (itself included, mean over its roads), `attacks` those of a quarter on it and next door, and `open`
//! set so that the start is a balance. An honest living earns
//!   earned = usual · Σₗ shareₗ · (1 + dₗ · (yield of the land − 1)) · (1 − m + m · access / access at
//! the start), with dₗ how far livelihood *l* depends on the rains, and m the part that is sold.
//! A group takes κ · (1 − evaded) · (1/10 of what fields and waters yield, 1/40 a year of herds and
//! stocks, but never more than is earned). What is left is the income of the place. Incomes within a place are spread log-normally,
//! so that the hungry are
//!   hunger = Φ((ln line − ln income) / σ),
//! and in need is whoever is hungry or lacks services, as humanitarian plans count them (food, health,
//! education, protection, water):
//!   need = 1 − (1 − hunger) · (1 − mean over the four services of (need − provided)⁺ / need).
//! Relief is shared out among those in need whom roads let it reach, as far as the money goes.
//! Fighters are paid from their group's income from outside, its levies and what it captures of
//! services.

use super::rules::LivelihoodRules;
use crate::budget::effects as budget;
use crate::budget::state::{Line, per_week};
use crate::pact_effects::effects as pact_effects;
use crate::services::effects as services;
use crate::words::ids::{GroupId, Side};
use crate::words::services::SERVICES;
use crate::world::World;
use crate::world::community::Community;
use crate::world::group::Group;
use std::f64::consts::SQRT_2;

/// Median incomes; no group pays more. *assumed*
const HIGHEST_PAY: f64 = 10.0;

/// A place's week, before relief.
pub(super) struct Living {
    pub(super) market_access: f64,
    pub(super) earned: f64,
    /// Share of what is earned that a group takes which holds everything and whom nobody evades.
    pub(super) levy: f64,
    pub(super) income: f64,
    pub(super) hunger: f64,
    /// Persons.
    pub(super) in_need: f64,
}

/// The week of a place, given what the land yields in each region.
pub(super) fn living(world: &World, place: &Community, yields: &[f64]) -> Living {
    let rules = &world.rules.livelihoods;
    let market_access = market_access(world, place);
    let yield_of_land = yields[usize::from(place.region)];
    let (mut from_land, mut levy) = (0.0, 0.0);
    for quarter in place.quarters() {
        let life = world.quarter(quarter);
        let share = life.residents / place.residents.max(1.0);
        let livelihood = world.constituency(life.constituency).livelihood;
        from_land += share * (1.0 + rules.on_rain(livelihood) * (yield_of_land - 1.0));
        levy += share * rules.levied(livelihood);
    }
    let access = if place.usual_access > 0.0 { market_access / place.usual_access } else { 1.0 };
    let sold = rules.sold.get();
    let earned = (place.usual_income * from_land * (1.0 - sold + sold * access)).max(0.0);
    let levy = if world.mechanisms.levies { levy } else { 0.0 };
    let raised: f64 = world.all_groups().map(|group| raised(world, place, group)).sum();
    let income = earned * (1.0 - (levy * raised.min(1.0)).min(1.0));
    let hunger = hunger(rules, income);
    let hosted = place.movement.hosted.min(place.residents);
    let share = in_need(world, place, hunger);
    let of_displaced = share.max(world.rules.livelihoods.displaced_in_need.get());
    let in_need = (place.residents - hosted) * share + hosted * of_displaced;
    Living { market_access, earned, levy, income, hunger, in_need }
}

/// Part of its levy that a group raises in a place: by its share of control less what is evaded, or as
/// a pact has set it.
fn raised(world: &World, place: &Community, group: GroupId) -> f64 {
    let side = Side::of(group);
    match pact_effects::levy(world, place) {
        Some((by, raised)) if by == side => raised,
        _ => place.control[side.index()] * (1.0 - world.rules.livelihoods.evaded.get()),
    }
}

/// Share of a place's people who go hungry at an income, by the formula above.
#[must_use]
pub fn hunger(rules: &LivelihoodRules, income: f64) -> f64 {
    if income <= 0.0 {
        return 1.0;
    }
    let z = (libm::log(rules.hunger_line) - libm::log(income)) / rules.income_spread;
    0.5 * libm::erfc(-z / SQRT_2)
}

/// Share of a place's people in need, by the formula above.
fn in_need(world: &World, place: &Community, hunger: f64) -> f64 {
    let need = world.rules.services.need.get().max(0.01);
    let lacking = |service| ((need - services::provided(place, service)) / need).max(0.0);
    let lacking = (0..SERVICES.len()).map(lacking).sum::<f64>() / SERVICES.len() as f64;
    1.0 - (1.0 - hunger) * (1.0 - lacking)
}

/// How far traders can count on the roads from a place, 0 to 1: who holds them, and attacks on them.
pub(super) fn security(world: &World, place: &Community) -> f64 {
    let rules = &world.rules.livelihoods;
    let same = |other: &Community| -> f64 {
        place.control.iter().zip(&other.control).map(|(here, there)| here * there).sum()
    };
    let passes = |place: &Community| pact_effects::free_passage(world, place);
    let (mut held, mut attacks) = (if passes(place) { 1.0 } else { same(place) }, place.attacks);
    for road in &place.roads {
        let next = world.community(road.to);
        held += if passes(place) && passes(next) { 1.0 } else { same(next) };
        attacks += next.attacks;
    }
    let ends = 1.0 + place.roads.len() as f64;
    let contest = 1.0 - rules.access_lost_to_contest.get() * (1.0 - held / ends);
    contest * libm::exp(-rules.access_lost_to_attacks * attacks / ends)
}

fn market_access(world: &World, place: &Community) -> f64 {
    if !world.mechanisms.market_access {
        return place.market_access;
    }
    let rules = &world.rules.livelihoods;
    let target =
        place.open_access * security(world, place) * pact_effects::open_markets(world, place);
    let falling = target < place.market_access;
    let time = if falling { rules.access_loss_time } else { rules.access_recovery_time };
    place.market_access + (target - place.market_access) / time.get().max(1.0)
}

/// What each group levies this week, median incomes.
pub(super) fn levies(world: &World, livings: &[Living]) -> Vec<f64> {
    let earners = world.rules.livelihoods.earners.get();
    let mut levies = vec![0.0; world.groups.len()];
    for (place, living) in world.communities.iter().zip(livings) {
        let whole = place.residents * earners * living.earned * living.levy;
        if whole > 0.0 {
            for (levied, group) in levies.iter_mut().zip(world.all_groups()) {
                *levied += whole * raised(world, place, group);
            }
        }
    }
    levies
}

/// How far relief gets through to a place, 0 to 1.
#[must_use]
pub fn relief_access(world: &World, place: &Community) -> f64 {
    let (factor, least) = pact_effects::relief(world, place);
    (place.market_access * factor).max(least)
}

/// Persons in need whom relief reaches, by place.
pub(super) fn relief(world: &World, livings: &[Living]) -> Vec<f64> {
    let week = per_week(world.treasury.finances.relief_per_person_per_year).0 as f64;
    let money = world.treasury.week.on(Line::Relief).0 as f64;
    if !world.mechanisms.humanitarian_aid || week <= 0.0 {
        return vec![0.0; livings.len()];
    }
    let reachable: Vec<f64> = world
        .communities
        .iter()
        .zip(livings)
        .map(|(place, living)| living.in_need * relief_access(world, place))
        .collect();
    let all: f64 = reachable.iter().sum();
    let covered = if all > 0.0 { (money / week / all).min(1.0) } else { 0.0 };
    reachable.iter().map(|persons| persons * covered).collect()
}

/// What each group captures of services this week, median incomes.
pub(super) fn captured(world: &World) -> Vec<f64> {
    let mut captured = vec![0.0; world.groups.len()];
    let mut residents = 0.0;
    for place in &world.communities {
        residents += place.residents;
        let all = budget::captured_by_groups(world, place);
        let held: f64 = place.control[1..].iter().sum();
        if all > 0.0 {
            // Nothing can be taken of what does not arrive.
            let reached = place.residents * services::reached(world, place);
            for (captured, share) in captured.iter_mut().zip(&place.control[1..]) {
                *captured += reached * all * share / held;
            }
        }
    }
    let spent = world.treasury.week.on_all(&Line::SERVICES).0 as f64;
    let incomes = spent / world.treasury.finances.median_income_per_week.0 as f64;
    captured.iter().map(|share| share / f64::max(residents, 1.0) * incomes).collect()
}

/// Pay that each group can offer a fighter, in median incomes: its income from outside and what it levies
/// and captures, shared among its fighters.
pub(super) fn pay_offered(world: &World, levies: &[f64], captured: &[f64]) -> Vec<f64> {
    let groups = world.groups.iter().zip(levies.iter().zip(captured)).zip(world.strengths());
    let offer = |((group, (levied, captured)), fighters): ((&Group, (&f64, &f64)), f64)| {
        let taken = (levied + captured) * world.rules.livelihoods.levy_to_pay.get();
        ((group.revenue_per_week + taken) / fighters.max(1.0)).min(HIGHEST_PAY)
    };
    groups.map(offer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::livelihoods::Livelihood;

    #[test]
    fn hunger_falls_as_income_rises_and_stays_a_share() {
        let rules = LivelihoodRules::default();
        assert_eq!(hunger(&rules, 0.0), 1.0);
        assert!((hunger(&rules, rules.hunger_line) - 0.5).abs() < 1e-12);
        let mut last = 1.0;
        for step in 1..100 {
            let now = hunger(&rules, f64::from(step) / 20.0);
            assert!((0.0..=last).contains(&now));
            last = now;
        }
    }

    #[test]
    fn a_group_takes_a_tenth_of_a_harvest_and_a_fortieth_of_a_herd() {
        let mut rules = LivelihoodRules::default();
        assert_eq!(rules.levied(Livelihood::Farming), 0.1);
        assert!((rules.levied(Livelihood::Herding) - 3.0 / 40.0).abs() < 1e-12);
        // However much a herd is worth, no more than is earned.
        rules.herd_worth = 50.0;
        assert_eq!(rules.levied(Livelihood::Herding), 1.0);
    }

    #[test]
    fn the_rains_matter_most_to_fields_that_wait_for_them() {
        let rules = LivelihoodRules::default();
        let others = [
            Livelihood::IrrigatedFarming,
            Livelihood::Herding,
            Livelihood::Fishing,
            Livelihood::Town,
        ];
        for other in others {
            assert!(rules.on_rain(other) < rules.on_rain(Livelihood::Farming));
        }
    }

    #[test]
    fn at_a_spread_above_the_hunger_line_one_in_six_goes_hungry_and_below_it_five_in_six() {
        let rules = LivelihoodRules::default();
        let at = |spreads: f64| {
            hunger(&rules, rules.hunger_line * libm::exp(spreads * rules.income_spread))
        };
        assert!((at(1.0) - 0.158_655_253_931_457).abs() < 1e-12, "{}", at(1.0));
        assert!((at(-1.0) - 0.841_344_746_068_543).abs() < 1e-12, "{}", at(-1.0));
        assert_eq!(hunger(&rules, -1.0), 1.0);
    }
}
