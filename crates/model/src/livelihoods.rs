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
//! stocks). What is left is the income of the place. Incomes within a place are spread log-normally,
//! so that the hungry are
//!   hunger = Φ((ln line − ln income) / σ),
//! and in need is whoever is hungry or lacks services, as humanitarian plans count them (food, health,
//! education, protection, water):
//!   need = 1 − (1 − hunger) · (1 − mean over the four services of (need − provided)⁺ / need).
//! Relief is shared out among those in need whom roads let it reach, as far as the money goes.
//! Fighters are paid from their group's income from outside, its levies and what it captures of
//! services.

use super::actor::{GroupId, Side};
use super::bearing;
use super::budget;
use super::community::Community;
use super::services::{self, SERVICES};
use super::treasury::{Line, per_week};
use super::weather;
use super::world::World;
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::f64::consts::SQRT_2;
use toguna_units::{Share, Weeks};

/// What a constituency lives on.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Livelihood {
    /// Fields that wait for rain.
    #[default]
    Farming,
    /// Fields that are watered.
    IrrigatedFarming,
    Herding,
    Fishing,
    /// Trade, wages, office, mines.
    Town,
}

impl Livelihood {
    #[must_use]
    pub fn is_farming(self) -> bool {
        matches!(self, Livelihood::Farming | Livelihood::IrrigatedFarming)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LivelihoodRules {
    /// Displaced people who are in need, where fewer of the residents are. Unit: share of the displaced.
    /// Source: assumed.
    pub displaced_in_need: Share,
    /// How far a living from fields depends on the rains. Unit: share. Source: reference.
    pub farming_on_rain: Share,
    /// The same for watered fields. Unit: share. Source: assumed.
    pub irrigated_farming_on_rain: Share,
    /// The same for herds: pasture and wells. Unit: share. Source: assumed.
    pub herding_on_rain: Share,
    /// The same for fishing: the flood. Unit: share. Source: assumed.
    pub fishing_on_rain: Share,
    /// The same for towns: prices and custom. Unit: share. Source: assumed.
    pub town_on_rain: Share,
    /// Part of a living that is sold or earned on markets. Unit: share. Source: assumed.
    pub sold: Share,
    /// Market access lost where no road is held by one side from end to end. Unit: share.
    /// Source: assumed; the start of 2024 takes the same off for control lost.
    pub access_lost_to_contest: Share,
    /// Market access lost to attacks. Unit: per attack a week. Source: assumed.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub access_lost_to_attacks: f64,
    /// Time in which traders stay away. Unit: duration. Source: assumed.
    pub access_loss_time: Weeks,
    /// Time in which traders come back. Unit: duration. Source: assumed.
    pub access_recovery_time: Weeks,
    /// Residents who earn. Unit: share. Source: assumed.
    pub earners: Share,
    /// Levy on what fields and waters yield. Unit: share of harvest. Source: zakat as levied by
    /// groups, a tenth (seen).
    pub levy_on_harvest: Share,
    /// Levy on herds and on traders' stocks. Unit: share of their worth a year. Source: zakat as
    /// levied by groups, one in forty (recalled: 1/30 to 1/50).
    pub levy_on_stock: Share,
    /// Worth of a herd. Unit: years of its owner's income. Source: assumed.
    #[schemars(range(min = 0.0, max = 50.0))]
    pub herd_worth: f64,
    /// Worth of a townsman's stock. Unit: years of income. Source: assumed.
    #[schemars(range(min = 0.0, max = 50.0))]
    pub stock_worth: f64,
    /// Levies that people evade where a group holds everything. Unit: share. Source: assumed.
    pub evaded: Share,
    /// Levies and captured money that reach fighters' pay; the rest feeds the war. Unit: share.
    /// Source: assumed.
    pub levy_to_pay: Share,
    /// How long a command's pay takes to follow its income. Unit: duration. Source: assumed.
    pub pay_time: Weeks,
    /// Income below which people go hungry. Unit: median incomes. Source: assumed; set beside the
    /// shares of regions hungry in the lean season, 2014 to 2020.
    #[schemars(range(min = 0.01, max = 5.0))]
    pub hunger_line: f64,
    /// Spread σ of log incomes within a place. Unit: log points. Source: assumed.
    #[schemars(range(min = 0.05, max = 3.0))]
    pub income_spread: f64,
    /// What relief given to somebody is worth to them as income. Unit: share of its cost.
    /// Source: assumed.
    pub relief_worth: Share,
}

impl Default for LivelihoodRules {
    fn default() -> Self {
        LivelihoodRules {
            displaced_in_need: Share::of(0.7),
            farming_on_rain: Share::of(1.0),
            irrigated_farming_on_rain: Share::of(0.3),
            herding_on_rain: Share::of(0.8),
            fishing_on_rain: Share::of(0.5),
            town_on_rain: Share::of(0.15),
            sold: Share::of(0.4),
            access_lost_to_contest: Share::of(0.5),
            access_lost_to_attacks: 1.0,
            access_loss_time: Weeks(4),
            access_recovery_time: Weeks(13),
            earners: Share::of(0.5),
            levy_on_harvest: Share::of(0.1),
            levy_on_stock: Share::of(0.025),
            herd_worth: 3.0,
            stock_worth: 1.0,
            evaded: Share::of(0.6),
            levy_to_pay: Share::of(0.3),
            pay_time: Weeks(13),
            hunger_line: 0.3,
            income_spread: 0.5,
            relief_worth: Share::of(0.7),
        }
    }
}

impl LivelihoodRules {
    fn on_rain(&self, livelihood: Livelihood) -> f64 {
        match livelihood {
            Livelihood::Farming => self.farming_on_rain,
            Livelihood::IrrigatedFarming => self.irrigated_farming_on_rain,
            Livelihood::Herding => self.herding_on_rain,
            Livelihood::Fishing => self.fishing_on_rain,
            Livelihood::Town => self.town_on_rain,
        }
        .get()
    }

    /// What a group that holds everything and whom nobody evades takes, share of what is earned.
    fn levied(&self, livelihood: Livelihood) -> f64 {
        match livelihood {
            Livelihood::Farming | Livelihood::IrrigatedFarming | Livelihood::Fishing => {
                self.levy_on_harvest.get()
            }
            Livelihood::Herding => self.levy_on_stock.get() * self.herd_worth,
            Livelihood::Town => self.levy_on_stock.get() * self.stock_worth,
        }
    }
}

/// A place's week, before relief.
struct Living {
    market_access: f64,
    earned: f64,
    /// Share of what is earned that a group takes which holds everything and whom nobody evades.
    levy: f64,
    income: f64,
    hunger: f64,
    /// Persons.
    in_need: f64,
}

/// Before the first week: what a living brings and how open markets are when nothing changes.
pub fn settle(world: &mut World) {
    let open: Vec<f64> = world
        .communities
        .par_iter()
        .map(|place| (place.market_access / security(world, place).max(0.05)).min(1.0))
        .collect();
    for (place, open) in world.communities.iter_mut().zip(open) {
        place.usual_income = place.income;
        place.usual_access = place.market_access;
        place.open_access = open;
    }
}

/// Phase: people earn, groups levy, the hungry are counted and helped, fighters are paid.
pub fn earn(world: &mut World) {
    let livings: Vec<Living> =
        world.communities.par_iter().map(|place| living(world, place)).collect();
    let levies = levies(world, &livings);
    let reached = relief(world, &livings);
    let worth = {
        let rules = &world.rules.livelihoods;
        let finances = &world.treasury.finances;
        let week = per_week(finances.relief_per_person_per_year).0 as f64;
        let of_a_person = week / finances.median_income_per_week.0 as f64;
        rules.relief_worth.get() * of_a_person / rules.earners.get().max(0.01)
    };
    for ((place, living), reached) in world.communities.iter_mut().zip(livings).zip(reached) {
        let helped = if living.in_need > 0.0 { reached / living.in_need } else { 0.0 };
        place.market_access = living.market_access;
        place.income = living.income + worth * reached / place.residents.max(1.0);
        place.hunger = living.hunger * (1.0 - helped);
        place.in_need = living.in_need;
        place.aid_reached = reached;
    }
    pay(world, &levies);
}

fn living(world: &World, place: &Community) -> Living {
    let rules = &world.rules.livelihoods;
    let market_access = market_access(world, place);
    let yield_of_land = weather::yield_of_land(world, usize::from(place.region));
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
    let income = earned * (1.0 - levy * raised.min(1.0));
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
    match bearing::levy(world, place) {
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
fn security(world: &World, place: &Community) -> f64 {
    let rules = &world.rules.livelihoods;
    let same = |other: &Community| -> f64 {
        place.control.iter().zip(&other.control).map(|(here, there)| here * there).sum()
    };
    let passes = |place: &Community| bearing::free_passage(world, place);
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
    let target = place.open_access * security(world, place) * bearing::open_markets(world, place);
    let falling = target < place.market_access;
    let time = if falling { rules.access_loss_time } else { rules.access_recovery_time };
    place.market_access + (target - place.market_access) / time.get().max(1.0)
}

/// What each group levies this week, median incomes.
fn levies(world: &World, livings: &[Living]) -> Vec<f64> {
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
    let (factor, least) = bearing::relief(world, place);
    (place.market_access * factor).max(least)
}

/// Persons in need whom relief reaches, by place.
fn relief(world: &World, livings: &[Living]) -> Vec<f64> {
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
fn captured(world: &World) -> Vec<f64> {
    let mut captured = vec![0.0; world.groups.len()];
    let mut residents = 0.0;
    for place in &world.communities {
        residents += place.residents;
        let all = budget::captured_by_groups(world, place);
        let held: f64 = place.control[1..].iter().sum();
        if all > 0.0 {
            for (captured, share) in captured.iter_mut().zip(&place.control[1..]) {
                *captured += place.residents * all * share / held;
            }
        }
    }
    let spent = world.treasury.week.on_all(&Line::SERVICES).0 as f64;
    let incomes = spent / world.treasury.finances.median_income_per_week.0 as f64;
    captured.iter().map(|share| share / f64::max(residents, 1.0) * incomes).collect()
}

/// Pay of each command: its group's income from outside, from levies and capture, per fighter.
fn pay(world: &mut World, levies: &[f64]) {
    let rules = &world.rules.livelihoods;
    let rate = 1.0 / rules.pay_time.get().max(1.0);
    let captured = captured(world);
    let offers: Vec<f64> = (0..world.groups.len())
        .map(|group| {
            let taken = (levies[group] + captured[group]) * rules.levy_to_pay.get();
            let income = world.groups[group].revenue_per_week + taken;
            income / world.fighters(GroupId(group as u8)).max(1.0)
        })
        .collect();
    for (group, (levied, captured)) in world.groups.iter_mut().zip(levies.iter().zip(&captured)) {
        group.levied = *levied;
        group.captured = *captured;
    }
    for command in &mut world.commands {
        command.pay += (offers[command.group.index()].min(10.0) - command.pay) * rate;
    }
}

/// Mean income of a country, weighted by residents, median incomes.
#[must_use]
pub fn mean_income(world: &World) -> f64 {
    let (mut sum, mut residents) = (0.0, 0.0);
    for place in &world.communities {
        sum += place.residents * place.income;
        residents += place.residents;
    }
    sum / f64::max(residents, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let rules = LivelihoodRules::default();
        assert_eq!(rules.levied(Livelihood::Farming), 0.1);
        assert!((rules.levied(Livelihood::Herding) - 3.0 / 40.0).abs() < 1e-12);
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
}
