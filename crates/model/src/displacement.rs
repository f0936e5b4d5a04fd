//! People flee with their dependants, and most return after calm.
//!
//! Each week a share of a place's households flees:
//!   .06 · deaths per 1,000 residents + .3 · [state control fell by more than .25 in half a year]
//!     + .02 · hunger beyond a fifth + .005 · 1{blockade} + flight from rules under a pact,
//! the second once for each fall. Whole households move. Where to, inside the country:
//!   ∝ rank · √(residents / 10,000) · (1 + kin · share of own constituency)
//!     · (1 + camps · share of displaced) · e^(−danger · attacks) · e^(−km / scale);
//! part of northern flight goes abroad, to the neighbour whose refuge is near. They live with their own
//! constituency there or, where it has no quarter, with the one whose livelihood is most like theirs.
//! The way home opens when next to nobody has been killed there for 26 weeks and, where the state abruptly
//! lost the place, once it holds half of that share again or two years have passed: from then on a hazard of .02 a
//! week adds up at home, and each household returns when it has grown by what they drew when they left.

use super::actor::CommunityId;
use super::community::Community;
use super::destinations::{Destinations, Draws};
use super::households::{
    Away, Departure, Displaced, Household, Movers, Moves, apart, homeward, movers,
};
use super::purposes;
use super::world::World;
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_engine::roll::{Person, Quarter};
use toguna_engine::streams::uniform;
use toguna_units::{Share, Weeks};

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
    /// Flight from hunger beyond what is borne. Unit: share of households per week at full hunger.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub flight_from_hunger: f64,
    /// Hunger that people bear where they are. Unit: share of residents. Source: assumed.
    pub bearable_hunger: Share,
    /// Fall of state control that counts as abrupt. Unit: share of control. Source: assumed; a place
    /// held to .65 that nobody holds any more loses .31 in the time below.
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
    /// Share of what the state held that must be back before those who fled from its loss return.
    /// Unit: share. Source: assumed; most of those who fled in 2012 returned in 2013 and 2014, after
    /// the state did.
    pub regained: Share,
    /// After this time they return without it. Unit: duration. Source: assumed.
    pub loss_accepted: Weeks,
    /// Deaths in a week that do not break the calm. Unit: deaths per 1,000 residents. Source: assumed;
    /// people returned to the north in 2014 although there was some killing in most districts.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub bearable_deaths: f64,
    /// Time without more deaths after which people begin to return. Unit: duration. Source: assumed.
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
            flight_from_hunger: 0.02,
            bearable_hunger: Share::of(0.2),
            abrupt_loss: Share::of(0.25),
            abrupt_loss_time: Weeks(26),
            northern_flight_abroad: Share::of(0.3),
            distance_scale: 100.0,
            farthest: 1_000.0,
            pull_of_kin: 3.0,
            pull_of_towns: 4.0,
            pull_of_camps: 2.0,
            dread_of_attacks: 2.0,
            regained: Share::of(0.5),
            loss_accepted: Weeks(104),
            bearable_deaths: 0.15,
            calm: Weeks(26),
            return_per_week: 0.02,
        }
    }
}

/// At most this share of a place's households flees in one week.
const MOST: f64 = 0.95;

/// Phase: who must, flees; where it has been calm, people return.
pub fn flee(world: &mut World) {
    let deaths = deaths(world);
    watch(world, &deaths);
    let shares: Vec<f64> = (0..world.communities.len())
        .map(|id| flight(world, &world.communities[id], deaths[id]))
        .collect();
    remember_control(world);
    for (place, share) in world.communities.iter_mut().zip(&shares) {
        place.movement.fleeing -= libm::log1p(-share);
    }
    let draws = Draws::of(world);
    let due = due_to_flee_on(world, &shares);
    let flights: Vec<Vec<Departure>> = shares
        .par_iter()
        .enumerate()
        .map_init(Vec::new, |room, (id, share)| {
            departures(world, &draws, &due, room, CommunityId(id as u16), *share)
        })
        .collect();
    let homeward = homeward(world);
    let mut moves = Moves::default();
    let (people, mut country) = apart(world);
    // Kin hear the news of the week meanwhile: it is no matter of where they live.
    rayon::join(
        || people.tell_kin(),
        || {
            for household in homeward {
                country.return_home(household, &mut moves);
            }
            for (id, flights) in flights.into_iter().enumerate() {
                for departure in &flights {
                    country.depart(CommunityId(id as u16), departure, &mut moves);
                }
            }
        },
    );
    moves.arrive(&mut world.people, &mut world.log);
    settle_guests(world, &due);
    weigh_on_hosts(world);
}

/// By quarter, guests whose turn to flee on has come. Guests wait for the hazard of fleeing to add up to
/// what they drew when they came: more violence drives them on sooner and changes no other guest's stay.
type Due = Vec<Vec<(f64, Household)>>;

fn due_to_flee_on(world: &mut World, shares: &[f64]) -> Due {
    let (quarters, places) = (&world.quarters, &world.communities);
    let Displaced { guests, away, .. } = &mut world.displaced;
    guests
        .par_iter_mut()
        .enumerate()
        .map(|(id, guests)| {
            let (quarter, place) = (Quarter(id as u32), quarters[id].community.index());
            if shares[place] <= 0.0 {
                return Vec::new();
            }
            let is_here = |household, turn| {
                away.get(household).is_some_and(|away: &Away| away.is_guest_until(quarter, turn))
            };
            let mut due = guests.take_due(places[place].movement.fleeing, is_here);
            // Neighbours' records lie next to each other.
            due.sort_unstable_by_key(|(_, household)| *household);
            due
        })
        .collect()
}

/// Guests who found nowhere to go wait on, and who came and went is entered.
fn settle_guests(world: &mut World, due: &Due) {
    let Displaced { guests, away, .. } = &mut world.displaced;
    guests.par_iter_mut().zip(due).enumerate().for_each(|(id, (guests, due))| {
        for (turn, household) in due {
            let stays = |away: &Away| away.is_guest_until(Quarter(id as u32), *turn);
            if away.get(*household).is_some_and(stays) {
                guests.put_back(*household, *turn);
            }
        }
        guests.settle();
    });
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
    let week = world.calendar.week;
    for (place, deaths) in world.communities.iter_mut().zip(deaths) {
        let borne = rules.bearable_deaths * place.residents / 1_000.0;
        let movement = &mut place.movement;
        movement.calm_weeks = if *deaths > borne { 0 } else { movement.calm_weeks + 1 };
        let accepted = |since: u32| week >= since + rules.loss_accepted.0;
        if let Some((held, since)) = movement.lost
            && (place.control[0] >= rules.regained.get() * held || accepted(since))
        {
            movement.lost = None;
        }
        if on && movement.lost.is_none() && movement.calm_weeks >= rules.calm.0 {
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
        rules.flight_from_loss.get() * f64::from(u8::from(abruptly_lost(world, place).is_some())),
        rules.flight_from_hunger * (place.hunger - rules.bearable_hunger.get()).max(0.0),
        super::bearing::flight(world, place),
    ];
    causes.iter().sum::<f64>().min(MOST)
}

/// The share the state held before it abruptly lost the place, if it did.
fn abruptly_lost(world: &World, place: &Community) -> Option<f64> {
    let now = place.control[0];
    let high = place.movement.past_control.iter().copied().fold(now, f64::max);
    let lost = high - now > world.rules.displacement.abrupt_loss.get();
    (world.mechanisms.flight_from_loss && lost).then_some(high)
}

/// Control of this week joins the ring; a loss that has been fled from is not fled from again.
fn remember_control(world: &mut World) {
    let lost: Vec<Option<f64>> =
        world.communities.iter().map(|place| abruptly_lost(world, place)).collect();
    let weeks = world.rules.displacement.abrupt_loss_time.0.max(1) as usize;
    let slot = world.calendar.week as usize % weeks;
    for (place, lost) in world.communities.iter_mut().zip(lost) {
        let now = place.control[0];
        if let Some(held) = lost {
            place.movement.lost = Some((held, world.calendar.week));
        }
        let ring = &mut place.movement.past_control;
        if lost.is_some() || ring.is_empty() {
            *ring = vec![now; weeks];
        }
        ring[slot] = now;
    }
}

/// The households that leave a place this week, and where to.
fn departures(
    world: &World,
    draws: &Draws,
    due: &Due,
    room: &mut Vec<f64>,
    from: CommunityId,
    share: f64,
) -> Vec<Departure> {
    if share <= 0.0 {
        return Vec::new();
    }
    let place = world.community(from);
    let mut destinations = Destinations::from(world, draws, room, from);
    let mut leaving = Vec::new();
    for quarter in place.quarters() {
        for household in struck(world, quarter, share) {
            let at_home = !world.displaced.away.contains(household);
            let movers = if at_home { movers(world, household) } else { Movers::new() };
            if !movers.is_empty() {
                leaving.push((household, movers, quarter));
            }
        }
        for (_, household) in &due[quarter.index()] {
            let away = world.displaced.away.get(*household).expect("guests are away from home");
            leaving.push((*household, movers(world, *household), away.home));
        }
    }
    let departure = |(household, movers, home)| {
        let haven = destinations.choose(household, world.quarter(home).constituency)?;
        Some(Departure::of(world, household, movers, home, haven, u64::from(household.0)))
    };
    leaving.into_iter().filter_map(departure).collect()
}

/// Households of a quarter that flee when a share of them does. Stones are thrown, −ln(1 − share) for
/// each household, and whoever is hit goes: more violence throws further stones, and the first land
/// where they did, so that it adds households and changes no other's week.
fn struck(world: &World, quarter: Quarter, share: f64) -> Vec<Household> {
    let ids = world.people.roll.people_of(quarter);
    if ids.is_empty() {
        return Vec::new();
    }
    let first = Household::of(Person(ids.start)).0;
    let households = Household::of(Person(ids.end - 1)).0 + 1 - first;
    let week = u64::from(world.calendar.week);
    let mut luck = world.streams.at(purposes::FLIGHT, u64::from(quarter.0), week);
    let stones = -libm::log1p(-share) * f64::from(households) + uniform(&mut luck);
    let thrown = || Household(first + (uniform(&mut luck) * f64::from(households)) as u32);
    let mut struck: Vec<Household> = std::iter::repeat_with(thrown).take(stones as usize).collect();
    struck.sort_unstable();
    struck.dedup();
    struck
}

/// The same services must do for residents and guests.
pub fn weigh_on_hosts(world: &mut World) {
    let on = world.mechanisms.host_strain;
    for place in &mut world.communities {
        let share = (place.movement.hosted / place.residents.max(1.0)).clamp(0.0, 1.0);
        place.movement.strain = if on { share } else { 0.0 };
    }
}
