//! Who is displaced when the first week begins: so many in each cercle, from where it is not safe.
//!
//! The displaced of a cercle live in its communities in proportion to rank · residents. Each household
//! comes from a place drawn ∝ residents · (1 − state control) · e^(−km / scale), and from a quarter
//! drawn by residents.

use super::effects::quarter_for;
use super::phase::weigh_on_hosts;
use crate::hosted::state::{Household, Refuge};
use crate::words::geography::Rank;
use crate::words::ids::{AbroadId, CommunityId};
use crate::words::purposes;
use crate::world::World;
use crate::world::moving::{Moves, house_away};
use toguna_engine::layout::{Person, Quarter};
use toguna_engine::streams::uniform;
use toguna_units::{narrow, whole_part};

/// Draws after which a place to host somebody is given up: everyone near is away already.
const TRIES: u64 = 16;

/// Puts the displaced and the refugees in their places. `hosted` names communities and the persons
/// they host together.
pub fn displace(world: &mut World, hosted: &[(Vec<CommunityId>, f64)]) {
    let mut moves = Moves::default();
    // Households are whole: who is too many in one place is left out of the next.
    let mut due = 0.0_f64;
    for (places, persons) in hosted.iter().filter(|(_, persons)| *persons > 0.0) {
        let weight = |place: &CommunityId| {
            let place = world.community(*place);
            let town = world.rules.displacement.pull_of_towns;
            place.residents * if place.rank == Rank::Village { 1.0 } else { town }
        };
        let weights: Vec<f64> = places.iter().map(weight).collect();
        let all: f64 = weights.iter().sum();
        due = due.min(0.0);
        for (place, weight) in places.iter().zip(weights) {
            due += persons * weight / all;
            due -= host(world, *place, due, &mut moves);
        }
    }
    for node in 0..narrow(world.abroad.len()) {
        shelter(world, AbroadId(node), &mut moves);
    }
    moves.arrive(&mut world.people, &mut world.log);
    world.displaced.hosted.iter_mut().for_each(|hosted| hosted.update(|_, _| true));
    weigh_on_hosts(world);
}

/// Fills a place with displaced people until it hosts `persons`; returns how many it then does.
fn host(world: &mut World, host: CommunityId, persons: f64, moves: &mut Moves) -> f64 {
    let ways = world.displaced.ways[host.index()].iter().map(|way| (way.to, way.nearness));
    let origins = origins(world, ways);
    let refuge = |world: &World, home| {
        Refuge::Quarter(quarter_for(world, host, world.quarter(home).constituency))
    };
    fill(world, u64::from(host.0), persons, &origins, refuge, moves)
}

/// Fills a neighbouring country with the refugees it hosts at the start.
fn shelter(world: &mut World, node: AbroadId, moves: &mut Moves) {
    let scale = world.rules.displacement.distance_scale;
    let country = &mut world.abroad[node.index()];
    let persons = std::mem::take(&mut country.refugees);
    let number = country.number;
    let country = &world.abroad[node.index()];
    let ways: Vec<(CommunityId, f64)> = world
        .communities
        .iter()
        .enumerate()
        .map(|(id, place)| {
            let km = country.km_from(place.latitude, place.longitude);
            (CommunityId(narrow(id)), libm::exp(-km / scale))
        })
        .collect();
    let origins = origins(world, ways.into_iter());
    // Beyond the numbers of communities.
    fill(world, 1 << 20 | number, persons, &origins, |_, _| Refuge::Abroad(node), moves);
}

/// Where people have fled from, with the weights summed up.
fn origins(
    world: &World,
    ways: impl Iterator<Item = (CommunityId, f64)>,
) -> Vec<(CommunityId, f64)> {
    let mut sum = 0.0;
    ways.map(|(from, nearness)| {
        let place = world.community(from);
        sum += place.residents * (1.0 - place.control[0]) * nearness;
        (from, sum)
    })
    .collect()
}

fn fill(
    world: &mut World,
    address: u64,
    persons: f64,
    origins: &[(CommunityId, f64)],
    refuge: impl Fn(&World, Quarter) -> Refuge,
    moves: &mut Moves,
) -> f64 {
    let Some((_, total)) = origins.last().copied() else { return 0.0 };
    if total <= 0.0 {
        return 0.0;
    }
    let (mut placed, mut draw, mut failed) = (0.0, 0, 0);
    while placed < persons && failed < TRIES {
        let mut draws = world.streams.at(purposes::START_OF_DISPLACEMENT, address, draw);
        draw += 1;
        let at = uniform(&mut draws) * total;
        let origin = origins.partition_point(|(_, sum)| *sum < at).min(origins.len() - 1);
        let place = world.community(origins[origin].0);
        let mut left = uniform(&mut draws) * place.residents;
        let home = place.quarters().find(|quarter| {
            left -= world.quarter(*quarter).residents;
            left <= 0.0
        });
        let Some(home) = home.or_else(|| place.quarters().last()) else { break };
        let ids = world.people.layout.people_of(home);
        let person = Person(ids.start + whole_part(uniform(&mut draws) * ids.len() as f64));
        let refuge = refuge(world, home);
        let moved = if ids.is_empty() {
            0.0
        } else {
            house_away(world, Household::of(person), home, refuge, moves)
        };
        placed += moved;
        failed = if moved > 0.0 { 0 } else { failed + 1 };
    }
    placed
}
