//! People flee with their dependants, and most return after calm.
//!
//! Each week a share of a place's households flees:
//!   .06 · deaths per 1,000 residents + .3 · [state control fell by more than .3 in half a year],
//! the second once for each fall. Whole households move. Where to, inside the country:
//!   ∝ rank · √(residents / 10,000) · (1 + kin · share of own constituency)
//!     · (1 + camps · share of displaced) · e^(−danger · attacks) · e^(−km / scale);
//! part of northern flight goes abroad, to the neighbour whose refuge is near. They live with their own
//! constituency there or, where it has no quarter, with the one whose livelihood is most like theirs.
//! The way home opens when nobody has been killed there for 26 weeks: from then on a hazard of .02 a
//! week adds up at home, and each household returns when it has grown by what they drew when they left.

use super::actor::{CommunityId, ConstituencyId};
use super::community::{Community, Rank, Zone};
use super::outside::OutsideId;
use super::people::Role;
use super::purposes;
use super::world::World;
use crate::engine::roll::{BLOCK, Block, HOUSEHOLDS, Person, Quarter};
use crate::engine::streams::{exponential, uniform};
use crate::units::{Share, Weeks};
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DisplacementRules {
    /// Share of a place's people who flee in a week for each death per 1,000 residents.
    /// Unit: share per death per 1,000. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub flight_from_deaths: f64,
    /// Share of a place's people who flee when the state has abruptly lost it, once for each loss.
    /// Unit: share. Source: assumed.
    pub flight_from_loss: Share,
    /// Fall of state control that counts as abrupt. Unit: share of control. Source: assumed.
    pub abrupt_loss: Share,
    /// Within which time. Unit: duration. Source: assumed; control that is no longer backed by anyone
    /// fades over 40 weeks, so no fall of this size could show within eight.
    pub abrupt_loss_time: Weeks,
    /// Share of flight from the north that goes abroad. Unit: share. Source: assumed; 156,000 refugees
    /// and 147,000 displaced in May 2012 (UNHCR).
    pub northern_flight_abroad: Share,
    /// Distance over which the pull of a destination falls to a third. Unit: km. Source: assumed.
    #[schemars(range(min = 1.0, max = 10_000.0))]
    pub distance_scale: f64,
    /// Nobody flees farther inside the country. Unit: km, great circle. Source: assumed.
    #[schemars(range(min = 1.0, max = 10_000.0))]
    pub farthest: f64,
    /// Extra pull of a place where everyone is of the own constituency. Unit: factor.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub pull_of_kin: f64,
    /// Pull of a town beside a village's of the same size. Unit: factor. Source: assumed; nine in ten
    /// displaced were counted in cercles with a larger town.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub pull_of_towns: f64,
    /// Extra pull of a place where everyone is displaced: camps and help are there. Unit: factor.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub pull_of_camps: f64,
    /// How strongly attacks keep people from a place. Unit: per attack a week. Source: assumed.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub dread_of_attacks: f64,
    /// Time without a death after which people begin to return. Unit: duration. Source: assumed.
    pub calm: Weeks,
    /// Hazard of returning once calm. Unit: per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub return_per_week: f64,
}

impl Default for DisplacementRules {
    fn default() -> Self {
        DisplacementRules {
            flight_from_deaths: 0.06,
            flight_from_loss: Share::of(0.3),
            abrupt_loss: Share::of(0.3),
            abrupt_loss_time: Weeks(26),
            northern_flight_abroad: Share::of(0.3),
            distance_scale: 100.0,
            farthest: 1_000.0,
            pull_of_kin: 3.0,
            pull_of_towns: 4.0,
            pull_of_camps: 2.0,
            dread_of_attacks: 2.0,
            calm: Weeks(26),
            return_per_week: 0.02,
        }
    }
}

/// At most this share of a place's households flees in one week.
const MOST: f64 = 0.95;

/// A household, as block · 5 + place in the block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Household(pub u32);

impl Household {
    #[must_use]
    pub fn of(person: Person) -> Self {
        Household(person.block().0 * HOUSEHOLDS + person.household())
    }

    /// Its people; at the end of a quarter some may be nobody.
    pub fn people(self) -> impl Iterator<Item = Person> {
        let place = self.0 % HOUSEHOLDS;
        let end = if place == HOUSEHOLDS - 1 { BLOCK } else { 3 * place + 3 };
        (3 * place..end).map(move |slot| Block(self.0 / HOUSEHOLDS).person(slot))
    }
}

/// Where the displaced are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Haven {
    /// Hosted by this quarter.
    Quarter(Quarter),
    /// In a neighbouring country.
    Abroad(OutsideId),
}

/// A household away from home.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Away {
    pub home: Quarter,
    pub haven: Haven,
    /// Adults and dependants.
    pub persons: f64,
    /// Its place among those who wait to return home.
    turn: u64,
}

/// One move of this week.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flight {
    pub household: Household,
    pub from: CommunityId,
    pub haven: Haven,
    pub persons: f64,
}

/// A place to flee to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Way {
    pub to: CommunityId,
    /// Great circle.
    pub km: f64,
}

/// Ways from every place, by its id; made once for all seeds.
pub type Ways = Arc<Vec<Vec<Way>>>;

/// What flight has done to one place.
#[derive(Clone, Debug, Default)]
pub struct Movement {
    /// Displaced persons who live here.
    pub hosted: f64,
    /// Residents of this place who live elsewhere in the country or abroad.
    pub gone: f64,
    /// Share of services that guests take up, 0 to 1.
    pub strain: f64,
    /// Weeks since somebody was last killed here.
    pub calm_weeks: u32,
    /// Hazard of returning, summed over all calm weeks so far.
    returning: f64,
    /// State control of the last weeks, as a ring; empty until the first week.
    past_control: Vec<f64>,
}

/// Everyone who is away from home.
#[derive(Clone, Debug, Default)]
pub struct Displaced {
    pub away: BTreeMap<Household, Away>,
    /// By home: who waits to return, by what must have been felt until they do (as bits, which order
    /// like the numbers because none is negative).
    waiting: Vec<BTreeSet<(u64, Household)>>,
    /// By quarter: whom it hosts.
    pub guests: Vec<BTreeSet<Household>>,
    pub ways: Ways,
}

impl Displaced {
    #[must_use]
    pub fn new(places: usize, quarters: usize, ways: Ways) -> Self {
        Displaced {
            away: BTreeMap::new(),
            waiting: vec![BTreeSet::new(); places],
            guests: vec![BTreeSet::new(); quarters],
            ways,
        }
    }
}

/// Phase: who must, flees; where it has been calm, people return.
pub fn flee(world: &mut World) {
    let deaths = deaths(world);
    watch(world, &deaths);
    let shares: Vec<f64> = (0..world.communities.len())
        .map(|id| flight(world, &world.communities[id], deaths[id]))
        .collect();
    remember_control(world);
    let flights: Vec<Vec<(Household, Haven)>> = shares
        .par_iter()
        .enumerate()
        .map(|(id, share)| departures(world, CommunityId(id as u16), *share))
        .collect();
    go_home(world);
    for (id, flights) in flights.into_iter().enumerate() {
        for (household, haven) in flights {
            depart(world, CommunityId(id as u16), household, haven);
        }
    }
    weigh_on_hosts(world);
}

/// Killed in each place this week.
fn deaths(world: &World) -> Vec<f64> {
    let mut deaths = vec![0.0; world.communities.len()];
    for event in &world.log.events {
        deaths[event.community.index()] += f64::from(event.deaths());
    }
    deaths
}

/// Calm is counted, and the way home opens.
fn watch(world: &mut World, deaths: &[f64]) {
    let rules = &world.rules.displacement;
    let on = world.mechanisms.return_home;
    for (place, deaths) in world.communities.iter_mut().zip(deaths) {
        let movement = &mut place.movement;
        movement.calm_weeks = if *deaths > 0.0 { 0 } else { movement.calm_weeks + 1 };
        if on && movement.calm_weeks >= rules.calm.0 {
            movement.returning += rules.return_per_week;
        }
    }
}

/// Share of a place's households that flees this week; a further cause is one more term.
fn flight(world: &World, place: &Community, deaths: f64) -> f64 {
    if !world.mechanisms.displacement {
        return 0.0;
    }
    let rules = &world.rules.displacement;
    let causes = [
        rules.flight_from_deaths * 1_000.0 * deaths / place.residents.max(1.0),
        rules.flight_from_loss.get() * f64::from(u8::from(abruptly_lost(world, place))),
    ];
    causes.iter().sum::<f64>().min(MOST)
}

fn abruptly_lost(world: &World, place: &Community) -> bool {
    let now = place.control[0];
    let high = place.movement.past_control.iter().copied().fold(now, f64::max);
    world.mechanisms.flight_from_loss && high - now > world.rules.displacement.abrupt_loss.get()
}

/// Control of this week joins the ring; a loss that has been fled from is not fled from again.
fn remember_control(world: &mut World) {
    let lost: Vec<bool> =
        world.communities.iter().map(|place| abruptly_lost(world, place)).collect();
    let weeks = world.rules.displacement.abrupt_loss_time.0.max(1) as usize;
    let slot = world.calendar.week as usize % weeks;
    for (place, lost) in world.communities.iter_mut().zip(lost) {
        let now = place.control[0];
        let ring = &mut place.movement.past_control;
        if lost || ring.is_empty() {
            *ring = vec![now; weeks];
        }
        ring[slot] = now;
    }
}

/// The households that leave a place this week, and where to.
fn departures(world: &World, from: CommunityId, share: f64) -> Vec<(Household, Haven)> {
    if share <= 0.0 {
        return Vec::new();
    }
    let place = world.community(from);
    let mut destinations = Destinations::from(world, from);
    let mut leaving = Vec::new();
    for quarter in place.quarters() {
        for household in struck(world, quarter, share) {
            let at_home = !world.displaced.away.contains_key(&household);
            if at_home && !movers(world, household).is_empty() {
                leaving.push((household, world.quarter(quarter).constituency));
            }
        }
        for household in &world.displaced.guests[quarter.index()] {
            if priority(world, quarter, *household) < share {
                let home = world.displaced.away[household].home;
                leaving.push((*household, world.quarter(home).constituency));
            }
        }
    }
    leaving
        .into_iter()
        .filter_map(|(household, constituency)| {
            Some((household, destinations.choose(household, constituency)?))
        })
        .collect()
}

/// Households of a quarter that flee when a share of them does. Stones are thrown, −ln(1 − share) for
/// each household, and whoever is hit goes: more violence throws further stones, and the first land
/// where they did, so that it adds households and changes no other's week.
fn struck(world: &World, quarter: Quarter, share: f64) -> BTreeSet<Household> {
    let ids = world.people.roll.people_of(quarter);
    if ids.is_empty() {
        return BTreeSet::new();
    }
    let first = Household::of(Person(ids.start)).0;
    let households = Household::of(Person(ids.end - 1)).0 + 1 - first;
    let week = u64::from(world.calendar.week);
    let mut luck = world.streams.at(purposes::FLIGHT, u64::from(quarter.0), week);
    let stones = -libm::log1p(-share) * f64::from(households) + uniform(&mut luck);
    (0..stones as u32)
        .map(|_| Household(first + (uniform(&mut luck) * f64::from(households)) as u32))
        .collect()
}

/// When a guest flees on: if this is below the share that flees.
fn priority(world: &World, quarter: Quarter, household: Household) -> f64 {
    let address = u64::from(quarter.0) << 32 | u64::from(household.0);
    world.streams.uniform(purposes::FLIGHT_OF_GUESTS, address, u64::from(world.calendar.week))
}

/// Who of a household goes along: whoever is neither inside a group, in prison nor dead.
fn movers(world: &World, household: Household) -> Vec<Person> {
    let free = |person: &Person| {
        world.people.roll.is_somebody(*person)
            && matches!(
                world.people.role(*person),
                Role::Civilian | Role::FormerFighter | Role::Refugee
            )
    };
    household.people().filter(free).collect()
}

/// Where the people of one place may flee to, and how much each draws each constituency.
struct Destinations<'w> {
    world: &'w World,
    from: CommunityId,
    /// By constituency, once somebody of it flees: pulls, summed up along the ways.
    inside: BTreeMap<u8, Vec<f64>>,
    /// Pulls of neighbouring countries, summed up.
    abroad: Vec<f64>,
}

impl<'w> Destinations<'w> {
    fn from(world: &'w World, from: CommunityId) -> Self {
        let place = world.community(from);
        let rules = &world.rules.displacement;
        let abroad = if world.mechanisms.flight_abroad && place.zone == Zone::North {
            let pull = |node: &super::outside::Outside| {
                libm::exp(-node.km_from(place.latitude, place.longitude) / rules.distance_scale)
            };
            summed_up(world.outside.iter().map(pull))
        } else {
            Vec::new()
        };
        Destinations { world, from, inside: BTreeMap::new(), abroad }
    }

    fn choose(&mut self, household: Household, constituency: ConstituencyId) -> Option<Haven> {
        let world = self.world;
        let week = u64::from(world.calendar.week);
        let mut luck = world.streams.at(purposes::WAY_OF_FLIGHT, u64::from(household.0), week);
        let (leaves, at) = (uniform(&mut luck), uniform(&mut luck));
        let abroad = world.rules.displacement.northern_flight_abroad.get();
        if !self.abroad.is_empty() && leaves < abroad {
            return chosen(&self.abroad, at).map(|node| Haven::Abroad(OutsideId(node as u8)));
        }
        let ways = &world.displaced.ways[self.from.index()];
        let pulls = self
            .inside
            .entry(constituency.0)
            .or_insert_with(|| summed_up(ways.iter().map(|way| pull(world, way, constituency))));
        let way = ways[chosen(pulls, at)?];
        Some(Haven::Quarter(quarter_for(world, way.to, constituency)))
    }
}

/// How much a place draws people of a constituency who flee; the formula above.
#[must_use]
pub fn pull(world: &World, way: &Way, constituency: ConstituencyId) -> f64 {
    let rules = &world.rules.displacement;
    let place = world.community(way.to);
    let people = place.residents.max(1.0);
    let rank = if place.rank == Rank::Village { 1.0 } else { rules.pull_of_towns };
    let of_kin = |quarter: &Quarter| world.quarter(*quarter).constituency == constituency;
    let kin: f64 =
        place.quarters().filter(of_kin).map(|quarter| world.quarter(quarter).residents).sum();
    rank * (people / 10_000.0).sqrt()
        * (1.0 + rules.pull_of_kin * kin.max(0.0) / people)
        * (1.0 + rules.pull_of_camps * place.movement.hosted / people)
        * libm::exp(-rules.dread_of_attacks * place.attacks - way.km / rules.distance_scale)
}

/// The quarter where somebody of a constituency lives in a place: their own people's or, if there is
/// none, that of the livelihood most like theirs (least difference in herding and farming together).
#[must_use]
pub fn quarter_for(world: &World, place: CommunityId, constituency: ConstituencyId) -> Quarter {
    let own = world.constituency(constituency);
    let unlike = |quarter: &Quarter| {
        let other = world.quarter(*quarter).constituency;
        let there = world.constituency(other);
        let difference = (there.herding - own.herding).abs() + (there.farming - own.farming).abs();
        if other == constituency { -1.0 } else { difference }
    };
    let quarters = world.community(place).quarters();
    quarters
        .min_by(|a, b| unlike(a).total_cmp(&unlike(b)))
        .expect("every community has a quarter: the scenario's shares were checked")
}

fn summed_up(weights: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut sum = 0.0;
    weights
        .map(|weight| {
            sum += weight;
            sum
        })
        .collect()
}

/// The entry at the share `at` (0 to 1) of a row of sums.
fn chosen(sums: &[f64], at: f64) -> Option<usize> {
    let total = *sums.last()?;
    let found = sums.partition_point(|sum| *sum < at * total);
    (total > 0.0).then(|| found.min(sums.len() - 1))
}

/// A household leaves where it is.
fn depart(world: &mut World, from: CommunityId, household: Household, haven: Haven) {
    let movers = movers(world, household);
    let away = match world.displaced.away.get(&household) {
        Some(away) => {
            // Whoever has gone home this week does not flee from where they were.
            let Haven::Quarter(host) = away.haven else { return };
            if world.quarter(host).community != from {
                return;
            }
            *away
        }
        None => {
            let home =
                world.people.roll.quarter_of(household.people().next().expect("three slots"));
            if world.quarter(home).community != from {
                return;
            }
            leave_home(world, household, home, haven, movers.len())
        }
    };
    arrive(world, household, Away { haven, ..away }, &movers);
    world.log.fled.push(Flight { household, from, haven, persons: away.persons });
}

/// A household that was at home is away from now on.
fn leave_home(
    world: &mut World,
    household: Household,
    home: Quarter,
    haven: Haven,
    adults: usize,
) -> Away {
    let life = &mut world.quarters[home.index()];
    let born = world.people.roll.people_of(home).len();
    let persons = adults as f64 * life.residents_at_start / born.max(1) as f64;
    let place = &mut world.communities[life.community.index()];
    life.residents -= persons;
    place.residents -= persons;
    place.movement.gone += persons;
    let week = u64::from(world.calendar.week);
    let mut luck = world.streams.at(purposes::RETURN, u64::from(household.0), week);
    let turn = (place.movement.returning + exponential(&mut luck)).to_bits();
    world.displaced.waiting[life.community.index()].insert((turn, household));
    Away { home, haven, persons, turn }
}

/// The household of `away` moves in at its haven, from home or from an earlier haven.
fn arrive(world: &mut World, household: Household, away: Away, movers: &[Person]) {
    if let Some(before) = world.displaced.away.insert(household, away) {
        move_out(world, household, &before);
    }
    let to = match away.haven {
        Haven::Quarter(quarter) => {
            world.displaced.guests[quarter.index()].insert(household);
            let life = &mut world.quarters[quarter.index()];
            let place = &mut world.communities[life.community.index()];
            life.residents += away.persons;
            place.residents += away.persons;
            place.movement.hosted += away.persons;
            quarter
        }
        Haven::Abroad(node) => {
            world.outside[node.index()].refugees += away.persons;
            world.outside_quarter(node)
        }
    };
    for person in movers {
        world.people.crowd.relocate(*person, to.cell(person.cohort()));
        if matches!(away.haven, Haven::Abroad(_)) {
            world.people.set_role(*person, Role::Refugee);
        }
    }
}

/// A household no longer lives at a haven.
fn move_out(world: &mut World, household: Household, away: &Away) {
    match away.haven {
        Haven::Quarter(quarter) => {
            world.displaced.guests[quarter.index()].remove(&household);
            let life = &mut world.quarters[quarter.index()];
            let place = &mut world.communities[life.community.index()];
            life.residents -= away.persons;
            place.residents -= away.persons;
            place.movement.hosted -= away.persons;
        }
        Haven::Abroad(node) => world.outside[node.index()].refugees -= away.persons,
    }
}

/// Whose turn has come goes home.
fn go_home(world: &mut World) {
    for home in 0..world.communities.len() {
        let felt = world.communities[home].movement.returning.to_bits();
        while let Some((turn, household)) = world.displaced.waiting[home].first().copied() {
            if turn > felt {
                break;
            }
            world.displaced.waiting[home].pop_first();
            return_home(world, household);
        }
    }
}

fn return_home(world: &mut World, household: Household) {
    let away = world.displaced.away.remove(&household);
    let away = away.expect("whoever waits to return is away");
    move_out(world, household, &away);
    let life = &mut world.quarters[away.home.index()];
    let place = &mut world.communities[life.community.index()];
    life.residents += away.persons;
    place.residents += away.persons;
    place.movement.gone -= away.persons;
    // Those inside a group or in prison will come back to where their household is.
    for person in household.people() {
        if !world.people.roll.is_somebody(person) {
            continue;
        }
        let role = world.people.role(person);
        let home = away.home.cell(person.cohort());
        if role == Role::Refugee {
            let former = world.people.crowd.spell_of(person) > 0;
            let role = if former { Role::FormerFighter } else { Role::Civilian };
            world.people.set_role(person, role);
        }
        if role != Role::Dead && world.people.cell_of(person) != home {
            world.people.crowd.relocate(person, home);
        }
    }
    world.log.returned += away.persons;
}

/// The same services must do for residents and guests.
pub fn weigh_on_hosts(world: &mut World) {
    let on = world.mechanisms.host_strain;
    for place in &mut world.communities {
        let share = (place.movement.hosted / place.residents.max(1.0)).clamp(0.0, 1.0);
        place.movement.strain = if on { share } else { 0.0 };
    }
}

/// Puts a household that is at home in a haven before the first week; returns the persons moved, 0 if
/// it is away already or has nobody free to move.
pub fn settle_away(world: &mut World, household: Household, home: Quarter, haven: Haven) -> f64 {
    let movers = movers(world, household);
    if movers.is_empty() || world.displaced.away.contains_key(&household) {
        return 0.0;
    }
    let away = leave_home(world, household, home, haven, movers.len());
    arrive(world, household, away, &movers);
    away.persons
}
