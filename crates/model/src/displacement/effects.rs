//! How many flee, and where to.

use super::rules::DisplacementRules;
use super::state::Way;
use crate::abroad::state::Abroad;
use crate::hosted::state::{Household, Refuge};
use crate::pact_effects::effects as pact_effects;
use crate::words::geography::{Rank, Zone};
use crate::words::ids::{AbroadId, CommunityId, ConstituencyId};
use crate::words::purposes;
use crate::world::World;
use crate::world::community::Community;
use smallvec::SmallVec;
use toguna_engine::layout::{Person, Quarter};
use toguna_engine::streams::uniform;
use toguna_units::{narrow, whole_part};

/// Where the people of one place may flee to, and how much each draws each constituency.
pub(crate) struct Destinations<'w> {
    world: &'w World,
    draws: &'w Draws,
    from: CommunityId,
    /// Constituencies of whom somebody flees.
    fleeing: SmallVec<[ConstituencyId; 8]>,
    /// For each of them in turn: pulls, summed up along the ways.
    inside: &'w mut Vec<f64>,
    /// Pulls of neighbouring countries, summed up.
    abroad: Vec<f64>,
}

impl<'w> Destinations<'w> {
    /// `room` holds the sums; what it held before is forgotten.
    pub(crate) fn from(
        world: &'w World,
        draws: &'w Draws,
        room: &'w mut Vec<f64>,
        from: CommunityId,
    ) -> Self {
        let place = world.community(from);
        let rules = &world.rules.displacement;
        let abroad = if world.mechanisms.flight_abroad && place.zone == Zone::North {
            let pull = |node: &Abroad| {
                libm::exp(-node.km_from(place.latitude, place.longitude) / rules.distance_scale)
            };
            summed_up(world.abroad.iter().map(pull)).collect()
        } else {
            Vec::new()
        };
        room.clear();
        Destinations { world, draws, from, fleeing: SmallVec::new(), inside: room, abroad }
    }

    pub(crate) fn choose(
        &mut self,
        household: Household,
        constituency: ConstituencyId,
    ) -> Option<Refuge> {
        let world = self.world;
        let week = u64::from(world.calendar.week);
        let mut draws = world.streams.at(purposes::WAY_OF_FLIGHT, u64::from(household.0), week);
        let (leaves, at) = (uniform(&mut draws), uniform(&mut draws));
        let abroad = world.rules.displacement.northern_flight_abroad.get();
        if !self.abroad.is_empty() && leaves < abroad {
            return chosen(&self.abroad, at).map(|node| Refuge::Abroad(AbroadId(narrow(node))));
        }
        let ways = &world.displaced.ways[self.from.index()];
        let known = self.fleeing.iter().position(|fleeing| *fleeing == constituency);
        let row = known.unwrap_or_else(|| {
            let kin = &self.draws.shares_of_kin[constituency.index()];
            let of_anyone = &self.draws.of_anyone;
            let rules = &world.rules.displacement;
            let pull = |way: &Way| {
                let to = way.to.index();
                pull(rules, of_anyone[to], kin[to], way)
            };
            self.inside.extend(summed_up(ways.iter().map(pull)));
            self.fleeing.push(constituency);
            self.fleeing.len() - 1
        });
        let pulls = &self.inside[row * ways.len()..][..ways.len()];
        let way = ways[chosen(pulls, at)?];
        Some(Refuge::Quarter(quarter_for(world, way.to, constituency)))
    }
}

/// How much each place draws people this week: the parts of the formula that are the same wherever they
/// flee from.
pub(crate) struct Draws {
    /// How much each place draws anyone.
    of_anyone: Vec<f64>,
    /// By constituency: its share of each place's residents.
    shares_of_kin: Vec<Vec<f64>>,
}

impl Draws {
    pub(crate) fn of(world: &World) -> Self {
        let places = world.communities.iter();
        let mut shares_of_kin = vec![vec![0.0; places.len()]; world.constituencies.len()];
        for life in &world.quarters {
            shares_of_kin[life.constituency.index()][life.community.index()] += life.residents;
        }
        for shares in &mut shares_of_kin {
            for (share, place) in shares.iter_mut().zip(&world.communities) {
                *share = share.max(0.0) / place.residents.max(1.0);
            }
        }
        Draws { of_anyone: places.map(|place| draw(world, place)).collect(), shares_of_kin }
    }
}

/// How much a place draws whoever flees, whatever the distance.
#[must_use]
pub fn draw(world: &World, place: &Community) -> f64 {
    let rules = &world.rules.displacement;
    let people = place.residents.max(1.0);
    let rank = if place.rank == Rank::Village { 1.0 } else { rules.pull_of_towns };
    rank * (people / 10_000.0).sqrt()
        * (1.0 + rules.pull_of_camps * place.movement.hosted / people)
        * libm::exp(-rules.dread_of_attacks * place.attacks)
}

/// How much a place that draws anyone by `draw` draws people along a way who would find so large a
/// share of kin there.
#[must_use]
pub fn pull(rules: &DisplacementRules, draw: f64, share_of_kin: f64, way: &Way) -> f64 {
    draw * way.nearness * (1.0 + rules.pull_of_kin * share_of_kin)
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

fn summed_up(weights: impl Iterator<Item = f64>) -> impl Iterator<Item = f64> {
    let mut sum = 0.0;
    weights.map(move |weight| {
        sum += weight;
        sum
    })
}

/// The entry at the share `at` (0 to 1) of a row of sums.
fn chosen(sums: &[f64], at: f64) -> Option<usize> {
    let total = *sums.last()?;
    let found = sums.partition_point(|sum| *sum < at * total);
    (total > 0.0).then(|| found.min(sums.len() - 1))
}

/// At most this share of a place's households flees in one week.
const MOST: f64 = 0.95;

/// Killed in each place this week.
pub(super) fn deaths(world: &World) -> Vec<f64> {
    let mut deaths = vec![0.0; world.communities.len()];
    for event in &world.log.events {
        deaths[event.community.index()] += f64::from(event.size);
    }
    deaths
}

/// Share of a place's households that flees this week; a further cause is one more term.
pub(super) fn flight(world: &World, place: &Community, deaths: f64) -> f64 {
    if !world.mechanisms.displacement {
        return 0.0;
    }
    let rules = &world.rules.displacement;
    let now = place.control[0];
    let causes = [
        rules.flight_from_deaths * 1_000.0 * deaths / place.residents.max(1.0),
        rules.flight_from_loss.get()
            * lost_with_garrison(world, place).map_or(0.0, |held| held - now),
        rules.flight_from_hunger * (place.hunger - rules.bearable_hunger.get()).max(0.0),
        pact_effects::flight(world, place),
    ];
    causes.iter().sum::<f64>().min(MOST)
}

/// In the week in which the garrison of the place's cercle is given up: the share that the state held before, if
/// it holds less now. Nobody flees because officials leave.
pub(super) fn lost_with_garrison(world: &World, place: &Community) -> Option<f64> {
    let given_up = world.garrisons.by_cercle[usize::from(place.cercle)].given_up;
    let now = world.mechanisms.flight_from_loss && given_up == Some(world.calendar.week);
    place.given_up.filter(|held| now && *held > place.control[0])
}

/// Households of a quarter that flee when a share of them does. Stones are thrown, −ln(1 − share) for
/// each household, and whoever is hit goes: more violence throws further stones, and the first land
/// where they did, so that it adds households and changes no other's week.
pub(super) fn struck(world: &World, quarter: Quarter, share: f64) -> Vec<Household> {
    let ids = world.people.layout.people_of(quarter);
    if ids.is_empty() {
        return Vec::new();
    }
    let first = Household::of(Person(ids.start)).0;
    let households = Household::of(Person(ids.end - 1)).0 + 1 - first;
    let week = u64::from(world.calendar.week);
    let mut draws = world.streams.at(purposes::FLIGHT, u64::from(quarter.0), week);
    let stones = -libm::log1p(-share) * f64::from(households) + uniform(&mut draws);
    let thrown = || Household(first + whole_part(uniform(&mut draws) * f64::from(households)));
    let mut struck: Vec<Household> =
        std::iter::repeat_with(thrown).take(whole_part(stones) as usize).collect();
    struck.sort_unstable();
    struck.dedup();
    struck
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_draws_by_its_nearness_and_by_kin_who_live_there() {
        let rules = DisplacementRules::default();
        let way = Way { to: CommunityId(0), nearness: 0.5 };
        assert!((pull(&rules, 4.0, 0.0, &way) - 2.0).abs() < 1e-12);
        assert!((pull(&rules, 4.0, 0.5, &way) - 2.0 * (1.0 + 3.0 * 0.5)).abs() < 1e-12);
    }

    #[test]
    fn those_who_flee_choose_by_weight_and_nowhere_where_nothing_draws() {
        let sums: Vec<f64> = summed_up([1.0, 0.0, 3.0].into_iter()).collect();
        assert_eq!(sums, [1.0, 1.0, 4.0]);
        assert_eq!(chosen(&sums, 0.2), Some(0));
        assert_eq!(chosen(&sums, 0.3), Some(2));
        assert_eq!(chosen(&sums, 1.0), Some(2));
        // Rounding may lead beyond the last.
        assert_eq!(chosen(&sums, 1.0 + 1e-9), Some(2));
        assert_eq!(chosen(&[0.0, 0.0], 0.5), None);
        assert_eq!(chosen(&[], 0.5), None);
    }
}
