//! Households move together: away from home, on from a haven, and home again. Persons go with adults,
//! so that residents of quarters and places always add up; thresholds and memories go along.

use super::actor::CommunityId;
use super::community::{Community, QuarterLife};
use super::destinations::Ways;
use super::guests::{Guests, Register};
use super::log::WeekLog;
use super::outside::{Outside, OutsideId};
use super::people::{People, Role};
use super::purposes;
use super::world::World;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use toguna_engine::roll::{BLOCK, Block, Cell, HOUSEHOLDS, Person, Quarter};
use toguna_engine::streams::exponential;
use toguna_engine::turns::Turns;
use toguna_units::countable;

/// A household, as block · 5 + place in the block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Haven {
    /// Hosted by this quarter.
    Quarter(Quarter),
    /// In a neighbouring country.
    Abroad(OutsideId),
}

/// A household away from home.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Away {
    pub home: Quarter,
    pub haven: Haven,
    /// Adults and dependants.
    pub persons: f64,
    /// What is felt where it is when it flees on.
    turn_to_flee_on: f64,
}

impl Away {
    /// Whether this is a guest of a quarter who flees on at this turn.
    pub(super) fn is_guest_until(&self, quarter: Quarter, turn: f64) -> bool {
        self.haven == Haven::Quarter(quarter) && self.turn_to_flee_on == turn
    }
}

#[cfg(test)]
impl Away {
    pub(super) fn for_tests(persons: f64) -> Self {
        let haven = Haven::Quarter(Quarter(1));
        Away { home: Quarter(0), haven, persons, turn_to_flee_on: 0.0 }
    }
}

/// One move of this week.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flight {
    pub household: Household,
    pub from: CommunityId,
    pub haven: Haven,
    pub persons: f64,
}

/// What flight has done to one place.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Movement {
    /// Displaced persons who live here.
    pub hosted: f64,
    /// Residents of this place who live elsewhere in the country or abroad.
    pub gone: f64,
    /// Share of services that guests take up, 0 to 1.
    pub strain: f64,
    /// Weeks since more were killed here than people bear.
    pub calm_weeks: u32,
    /// What the state held here before it abruptly lost it, and the week, until the way home opens.
    pub(super) lost: Option<(f64, u32)>,
    /// Hazard of returning, summed over all calm weeks so far.
    pub(super) returning: f64,
    /// Hazard of fleeing, summed over all weeks so far; guests flee on by it.
    pub(super) fleeing: f64,
    /// State control of the last weeks, as a ring; empty until the first week.
    pub(super) past_control: Vec<f64>,
}

/// Everyone who is away from home.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Displaced {
    pub away: Register,
    /// By home: who waits to return, by what must have been felt until they do.
    waiting: Vec<Turns<Household>>,
    /// By quarter: whom it hosts.
    pub guests: Vec<Guests>,
    /// Not kept in checkpoints: made anew from the places.
    #[serde(skip)]
    pub ways: Ways,
}

impl Displaced {
    #[must_use]
    pub fn new(places: usize, quarters: usize, ways: Ways) -> Self {
        Displaced {
            away: Register::default(),
            waiting: vec![Turns::default(); places],
            guests: vec![Guests::default(); quarters],
            ways,
        }
    }
}

/// Who of a household moves.
pub(super) type Movers = SmallVec<[Person; 4]>;

/// Who of a household goes along: whoever is neither inside a group, in prison nor dead.
pub(super) fn movers(world: &World, household: Household) -> Movers {
    let free = |person: &Person| world.people.is_free(*person);
    household.people().filter(free).collect()
}

/// A household about to leave where it is.
pub(super) struct Departure {
    pub household: Household,
    pub movers: Movers,
    /// The quarter that it was born into.
    pub home: Quarter,
    pub haven: Haven,
    /// Adults and dependants.
    persons: f64,
    /// What must be felt at home until it returns, if it was at home.
    pub until_return: f64,
    /// What must be felt at the haven until it flees on.
    pub until_flight: f64,
}

impl Departure {
    /// Draws how long a household will stay away and at its haven. `stay` and the week address the latter.
    pub(super) fn of(
        world: &World,
        household: Household,
        movers: Movers,
        home: Quarter,
        haven: Haven,
        stay: u64,
    ) -> Self {
        let week = u64::from(world.calendar.week);
        let drawn = |purpose, entity| exponential(&mut world.streams.at(purpose, entity, week));
        let life = &world.quarters[home.index()];
        let born = world.people.roll.people_of(home).len();
        Departure {
            persons: movers.len() as f64 * countable(life.residents_at_start / born.max(1) as f64),
            until_return: drawn(purposes::RETURN, u64::from(household.0)),
            until_flight: drawn(purposes::FLIGHT_OF_GUESTS, stay),
            household,
            movers,
            home,
            haven,
        }
    }
}

/// What moving is to the people who move.
#[derive(Default)]
pub(super) struct Moves {
    /// Who lives in which cell from now on.
    pub homes: Vec<(Person, Cell)>,
    /// Who crosses a border, and what they are from then on.
    pub crossings: Vec<(Person, Role)>,
}

impl Moves {
    /// Whoever crossed a border is what they are now, and all live where they went.
    pub fn arrive(self, people: &mut People, log: &mut WeekLog) {
        for (person, role) in &self.crossings {
            people.set_role(*person, *role);
        }
        log.crossings.extend(self.crossings);
        people.relocate_all(&self.homes);
    }
}

/// What moving changes but the people who move.
pub(super) struct Country<'w> {
    communities: &'w mut [Community],
    quarters: &'w mut [QuarterLife],
    displaced: &'w mut Displaced,
    outside: &'w mut [Outside],
    log: &'w mut WeekLog,
}

/// The people of a world, and the country they move in.
pub(super) fn apart(world: &mut World) -> (&mut People, Country<'_>) {
    let World { people, communities, quarters, displaced, outside, log, .. } = world;
    (people, Country { communities, quarters, displaced, outside, log })
}

impl Country<'_> {
    fn place_of(&mut self, quarter: Quarter) -> (&mut Community, &mut QuarterLife) {
        let life = &mut self.quarters[quarter.index()];
        (&mut self.communities[life.community.index()], life)
    }

    /// A household leaves where it is.
    pub fn depart(&mut self, from: CommunityId, departure: &Departure, moves: &mut Moves) {
        let Departure { household, home, haven, .. } = *departure;
        let before = self.displaced.away.get(household).copied();
        // Whoever has gone home this week does not flee from where they were.
        let lived_in = match before.map_or(Haven::Quarter(home), |away| away.haven) {
            Haven::Quarter(quarter) => self.quarters[quarter.index()].community,
            Haven::Abroad(_) => return,
        };
        if lived_in != from {
            return;
        }
        let away = match before {
            Some(before) => {
                self.move_out(household, &before);
                before
            }
            None => self.leave_home(departure),
        };
        self.arrive(departure, away, moves);
        self.log.fled.push(Flight { household, from, haven, persons: away.persons });
    }

    /// A household that was at home is away from now on.
    fn leave_home(&mut self, departure: &Departure) -> Away {
        let Departure { household, home, haven, persons, until_return, .. } = *departure;
        let (place, life) = self.place_of(home);
        life.residents -= persons;
        place.residents -= persons;
        place.movement.gone += persons;
        let turn = place.movement.returning + until_return;
        let place = life.community.index();
        self.displaced.waiting[place].enter(turn, household);
        Away { home, haven, persons, turn_to_flee_on: 0.0 }
    }

    /// The household of `away`, gone from home or from an earlier haven, moves in at its haven.
    fn arrive(&mut self, departure: &Departure, mut away: Away, moves: &mut Moves) {
        away.haven = departure.haven;
        let to = match away.haven {
            Haven::Quarter(quarter) => {
                let (place, life) = self.place_of(quarter);
                life.residents += away.persons;
                place.residents += away.persons;
                place.movement.hosted += away.persons;
                away.turn_to_flee_on = place.movement.fleeing + departure.until_flight;
                let guests = &mut self.displaced.guests[quarter.index()];
                guests.insert(departure.household, away.turn_to_flee_on);
                quarter
            }
            Haven::Abroad(node) => {
                self.outside[node.index()].refugees += away.persons;
                let refugees = departure.movers.iter().map(|person| (*person, Role::Refugee));
                moves.crossings.extend(refugees);
                node.quarter(self.quarters.len())
            }
        };
        self.displaced.away.insert(departure.household, away);
        let movers = departure.movers.iter();
        moves.homes.extend(movers.map(|person| (*person, to.cell(person.cohort()))));
    }

    /// A household no longer lives at a haven.
    fn move_out(&mut self, household: Household, away: &Away) {
        match away.haven {
            Haven::Quarter(quarter) => {
                self.displaced.guests[quarter.index()].remove(household);
                let (place, life) = self.place_of(quarter);
                life.residents -= away.persons;
                place.residents -= away.persons;
                place.movement.hosted -= away.persons;
            }
            Haven::Abroad(node) => self.outside[node.index()].refugees -= away.persons,
        }
    }

    pub fn return_home(&mut self, homeward: Homeward, moves: &mut Moves) {
        let Homeward { household, away, people } = homeward;
        self.displaced.away.remove(household);
        self.move_out(household, &away);
        let (place, life) = self.place_of(away.home);
        life.residents += away.persons;
        place.residents += away.persons;
        place.movement.gone -= away.persons;
        for (person, back_as) in people {
            moves.crossings.extend(back_as.map(|role| (person, role)));
            moves.homes.push((person, away.home.cell(person.cohort())));
        }
        self.log.returned += away.persons;
    }
}

/// A household about to return.
pub(super) struct Homeward {
    household: Household,
    away: Away,
    /// Whoever lives, and what they are once they have crossed the border. Those inside a group or in
    /// prison will come back to where their household is.
    people: SmallVec<[(Person, Option<Role>); 4]>,
}

/// Whose turn has come to go home.
pub(super) fn homeward(world: &mut World) -> Vec<Homeward> {
    let places = &world.communities;
    let turns = world.displaced.waiting.par_iter_mut().zip(places).map(|(waiting, home)| {
        let mut due = Vec::new();
        waiting.call(home.movement.returning, |_, household| due.push(household));
        due.sort_unstable();
        due
    });
    let homeward = turns.collect::<Vec<_>>().concat();
    // Households and their people lie scattered in memory; looked at by all threads, they are not waited
    // for one by one.
    homeward.par_iter().map(|household| Homeward::of(world, *household)).collect()
}

impl Homeward {
    fn of(world: &World, household: Household) -> Self {
        let away = *world.displaced.away.get(household).expect("whoever waits to return is away");
        let crowd = &world.people.crowd;
        let living = |person: Person| match world.people.role(person) {
            // Nobody is filed with the dead.
            Role::Dead => None,
            Role::Refugee if crowd.spell_of(person) > 0 => {
                Some((person, Some(Role::FormerFighter)))
            }
            Role::Refugee => Some((person, Some(Role::Civilian))),
            _ => Some((person, None)),
        };
        let elsewhere =
            |(person, _): &(Person, _)| crowd.cell_of(*person) != away.home.cell(person.cohort());
        let people = household.people().filter_map(living).filter(elsewhere);
        Homeward { household, away, people: people.collect() }
    }
}

/// Puts a household that is at home in a haven before the first week; returns the persons moved, 0 if
/// it is away already or has nobody free to move.
pub(super) fn settle_away(
    world: &mut World,
    household: Household,
    home: Quarter,
    haven: Haven,
    moves: &mut Moves,
) -> f64 {
    let movers = movers(world, household);
    if movers.is_empty() || world.displaced.away.contains(household) {
        return 0.0;
    }
    // Who flees on in the first week has another address for their next stay.
    let stay = 1 << 32 | u64::from(household.0);
    let departure = Departure::of(world, household, movers, home, haven, stay);
    let (_, mut country) = apart(world);
    let away = country.leave_home(&departure);
    country.arrive(&departure, away, moves);
    away.persons
}
