//! People flee with their dependants, and most return after calm.
//!
//! Each week a share of a place's households flees:
//!   .06 · deaths per 1,000 residents + .4 · what the state lost of the place with the garrison of its cercle
//!     + .02 · hunger beyond a fifth + .005 · 1{blockade} + flight from rules under a pact,
//! the second in the week in which that is given up. Whole households move. Where to, inside the country:
//!   ∝ rank · √(residents / 10,000) · (1 + kin · share of own constituency)
//!     · (1 + camps · share of displaced) · e^(−danger · attacks) · e^(−km / scale);
//! part of northern flight goes abroad, to the neighbour whose refuge is near. They live with their own
//! constituency there or, where it has no quarter, with the one whose livelihood is most like theirs.
//! There are two ways home. Whoever left in a week in which the state lost the place waits until it
//! again holds half of what it so lost in the zone, or for two years, whatever else is killed there; then a
//! hazard of .022 a week adds up at home. For all others one of .02 does in weeks that follow 26 in which
//! next to nobody was killed there. Each household returns when the hazard has grown by what it drew when
//! it left.

use super::effects::{Destinations, Draws, deaths, flight, lost_with_garrison, struck};
use super::state::{Displaced, Loss};
use crate::hosted::state::{Away, Household};
use crate::words::ids::CommunityId;
use crate::world::World;
use crate::world::moving::{Departure, Movers, Moves, apart, homeward, movers};
use toguna_engine::layout::Quarter;
use toguna_engine::parallel;
use toguna_units::narrow;

/// Phase: who must, flees; where it has been calm, people return.
pub fn flee(world: &mut World) {
    let deaths = deaths(world);
    watch(world, &deaths);
    let shares: Vec<f64> = (0..world.communities.len())
        .map(|id| flight(world, &world.communities[id], deaths[id]))
        .collect();
    mark_losses(world);
    for (place, share) in world.communities.iter_mut().zip(&shares) {
        place.movement.fleeing -= libm::log1p(-share);
    }
    let draws = Draws::of(world);
    let due = due_to_flee_on(world, &shares);
    let flights: Vec<Vec<Departure>> = parallel::map_with(shares.len(), |room, id| {
        departures(world, &draws, &due, room, CommunityId(narrow(id)), shares[id])
    });
    let homeward = homeward(world);
    let mut moves = Moves::default();
    let (people, mut country) = apart(world);
    // Kin hear the news of the week meanwhile: it is no matter of where they live.
    parallel::both(
        || people.tell_kin(),
        || {
            for household in homeward {
                country.return_home(household, &mut moves);
            }
            for (id, flights) in flights.into_iter().enumerate() {
                for departure in &flights {
                    country.depart(CommunityId(narrow(id)), departure, &mut moves);
                }
            }
        },
    );
    moves.arrive(&mut world.people, &mut world.log);
    update_hosted(world, &due);
    weigh_on_hosts(world);
}

/// By quarter, hosted people who are due to flee on. Hosted people wait for the hazard of fleeing to
/// add up to what they drew when they came: more violence drives them on sooner and changes no other
/// hosted person's stay.
type Due = Vec<Vec<(f64, Household)>>;

fn due_to_flee_on(world: &mut World, shares: &[f64]) -> Due {
    let (quarters, places) = (&world.quarters, &world.communities);
    let Displaced { hosted, away, .. } = &mut world.displaced;
    parallel::change(hosted, |id, hosted| {
        let (quarter, place) = (Quarter(narrow(id)), quarters[id].community.index());
        if shares[place] <= 0.0 {
            return Vec::new();
        }
        let is_here = |household, turn| {
            away.get(household).is_some_and(|away: &Away| away.is_hosted_until(quarter, turn))
        };
        let mut due = hosted.take_due(places[place].movement.fleeing, is_here);
        // Neighbours' records lie next to each other.
        due.sort_unstable_by_key(|(_, household)| *household);
        due
    })
}

/// Hosted people who found nowhere to go wait on, and who came and went is taken into account.
fn update_hosted(world: &mut World, due: &Due) {
    let Displaced { hosted, away, .. } = &mut world.displaced;
    parallel::change(hosted, |id, hosted| {
        let is_here = |household, key| {
            let stays = |away: &Away| away.is_hosted_until(Quarter(narrow(id)), key);
            away.get(household).is_some_and(stays)
        };
        for (key, household) in &due[id] {
            if is_here(*household, *key) {
                hosted.put_back(*household, *key);
            }
        }
        hosted.update(is_here);
    });
}

/// Calm is counted, and the ways home open.
fn watch(world: &mut World, deaths: &[f64]) {
    let is_back = zones_regained(world);
    let rules = &world.rules.displacement;
    let on = world.mechanisms.return_home;
    let week = world.calendar.week;
    for (place, deaths) in world.communities.iter_mut().zip(deaths) {
        let borne = rules.bearable_deaths * place.residents / 1_000.0;
        let movement = &mut place.movement;
        movement.calm_weeks = if *deaths > borne { 0 } else { movement.calm_weeks + 1 };
        let accepted = |loss: Loss| week >= loss.since + rules.loss_accepted.0;
        movement.lost =
            movement.lost.filter(|loss| !is_back[place.zone as usize] && !accepted(*loss));
        if on && movement.lost.is_none() {
            movement.returning_after_loss += rules.return_after_loss_per_week;
        }
        if on && movement.calm_weeks >= rules.calm.0 {
            movement.returning += rules.return_per_week;
        }
    }
}

/// Of each zone, whether the state is back: it again holds half of what it lost in all its places
/// together, each by its residents.
fn zones_regained(world: &mut World) -> [bool; 3] {
    let (mut lost, mut back) = ([0.0; 3], [0.0; 3]);
    for place in &mut world.communities {
        if let Some(loss) = &mut place.movement.lost {
            let now = place.control[0];
            loss.low = loss.low.min(now);
            lost[place.zone as usize] += place.residents * (loss.held - loss.low);
            back[place.zone as usize] += place.residents * (now - loss.low);
        }
    }
    let enough = world.rules.displacement.regained.get();
    std::array::from_fn(|zone| back[zone] >= enough * lost[zone])
}

/// Whoever leaves a place in the week in which the state loses it flees from that.
fn mark_losses(world: &mut World) {
    let lost: Vec<Option<f64>> =
        world.communities.iter().map(|place| lost_with_garrison(world, place)).collect();
    let since = world.calendar.week;
    for (place, lost) in world.communities.iter_mut().zip(lost) {
        place.movement.lost_now = lost.is_some();
        if let Some(held) = lost {
            let (held, low) = match place.movement.lost {
                Some(before) => (before.held.max(held), before.low.min(place.control[0])),
                None => (held, place.control[0]),
            };
            place.movement.lost = Some(Loss { held, low, since });
        }
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
            let away =
                world.displaced.away.get(*household).expect("hosted people are away from home");
            leaving.push((*household, movers(world, *household), away.home));
        }
    }
    let departure = |(household, movers, home)| {
        let refuge = destinations.choose(household, world.quarter(home).constituency)?;
        Some(Departure::of(world, household, movers, home, refuge, u64::from(household.0)))
    };
    leaving.into_iter().filter_map(departure).collect()
}

/// The same services must do for residents and hosted people.
pub fn weigh_on_hosts(world: &mut World) {
    let on = world.mechanisms.host_strain;
    for place in &mut world.communities {
        let share = (place.movement.hosted / place.residents.max(1.0)).clamp(0.0, 1.0);
        place.movement.strain = if on { share } else { 0.0 };
    }
}
