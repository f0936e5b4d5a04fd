//! Households move together: away from home, on from a refuge, and home again. Persons go with adults,
//! so that residents of quarters and places always add up; thresholds and memories go along.

use super::World;
use super::community::{Community, QuarterLife};
use super::log::WeekLog;
use super::people::People;
use crate::abroad::state::Abroad;
use crate::displacement::state::{Displaced, Flight, Movement};
use crate::hosted::state::{Away, Household, Refuge};
use crate::words::ids::CommunityId;
use crate::words::purposes;
use crate::words::roles::Role;
use smallvec::SmallVec;
use toguna_engine::layout::{Cell, Person, Quarter};
use toguna_engine::parallel;
use toguna_engine::radix_heap::RadixHeap;
use toguna_engine::streams::exponential;
use toguna_units::countable;

/// Who of a household moves.
pub(crate) type Movers = SmallVec<[Person; 4]>;

/// Who of a household goes along: whoever is neither inside a group, in prison nor dead.
pub(crate) fn movers(world: &World, household: Household) -> Movers {
    let free = |person: &Person| world.people.is_free(*person);
    household.people().filter(free).collect()
}

/// A household about to leave where it is.
pub(crate) struct Departure {
    pub household: Household,
    pub movers: Movers,
    /// The quarter that it was born into.
    pub home: Quarter,
    pub refuge: Refuge,
    /// Adults and dependants.
    persons: f64,
    /// What must be felt at home until it returns, if it was at home.
    pub until_return: f64,
    /// What must be felt at the refuge until it flees on.
    pub until_flight: f64,
}

impl Departure {
    /// Draws how long a household will stay away and at its refuge. `stay` and the week address the latter.
    pub(crate) fn of(
        world: &World,
        household: Household,
        movers: Movers,
        home: Quarter,
        refuge: Refuge,
        stay: u64,
    ) -> Self {
        let week = u64::from(world.calendar.week);
        let drawn = |purpose, entity| exponential(&mut world.streams.at(purpose, entity, week));
        let life = &world.quarters[home.index()];
        let born = world.people.layout.people_of(home).len();
        Departure {
            persons: movers.len() as f64 * countable(life.residents_at_start / born.max(1) as f64),
            until_return: drawn(purposes::RETURN, u64::from(household.0)),
            until_flight: drawn(purposes::FLIGHT_OF_HOSTED, stay),
            household,
            movers,
            home,
            refuge,
        }
    }
}

/// What moving is to the people who move.
#[derive(Default)]
pub(crate) struct Moves {
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
pub(crate) struct Country<'w> {
    communities: &'w mut [Community],
    quarters: &'w mut [QuarterLife],
    displaced: &'w mut Displaced,
    abroad: &'w mut [Abroad],
    log: &'w mut WeekLog,
}

/// The people of a world, and the country they move in.
pub(crate) fn apart(world: &mut World) -> (&mut People, Country<'_>) {
    let World { people, communities, quarters, displaced, abroad, log, .. } = world;
    (people, Country { communities, quarters, displaced, abroad, log })
}

impl Country<'_> {
    fn place_of(&mut self, quarter: Quarter) -> (&mut Community, &mut QuarterLife) {
        let life = &mut self.quarters[quarter.index()];
        (&mut self.communities[life.community.index()], life)
    }

    /// A household leaves where it is.
    pub fn depart(&mut self, from: CommunityId, departure: &Departure, moves: &mut Moves) {
        let Departure { household, home, refuge, .. } = *departure;
        let before = self.displaced.away.get(household).copied();
        // Whoever has gone home this week does not flee from where they were.
        let lived_in = match before.map_or(Refuge::Quarter(home), |away| away.refuge) {
            Refuge::Quarter(quarter) => self.quarters[quarter.index()].community,
            Refuge::Abroad(_) => return,
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
        self.log.fled.push(Flight { household, from, refuge, persons: away.persons });
    }

    /// A household that was at home is away from now on.
    fn leave_home(&mut self, departure: &Departure) -> Away {
        let Departure { household, home, refuge, persons, until_return, .. } = *departure;
        let (place, life) = self.place_of(home);
        life.residents -= persons;
        place.residents -= persons;
        place.movement.gone += persons;
        let Movement { lost_now, returning, returning_after_loss, .. } = place.movement;
        let home_of = life.community.index();
        if lost_now {
            let key = returning_after_loss + until_return;
            self.displaced.waiting_after_loss[home_of].enter(key, household);
        } else {
            self.displaced.waiting[home_of].enter(returning + until_return, household);
        }
        Away { home, refuge, persons, flees_on_at: 0.0 }
    }

    /// The household of `away`, gone from home or from an earlier refuge, moves in at its refuge.
    fn arrive(&mut self, departure: &Departure, mut away: Away, moves: &mut Moves) {
        away.refuge = departure.refuge;
        let to = match away.refuge {
            Refuge::Quarter(quarter) => {
                let (place, life) = self.place_of(quarter);
                life.residents += away.persons;
                place.residents += away.persons;
                place.movement.hosted += away.persons;
                away.flees_on_at = place.movement.fleeing + departure.until_flight;
                let hosted = &mut self.displaced.hosted[quarter.index()];
                hosted.insert(departure.household, away.flees_on_at);
                quarter
            }
            Refuge::Abroad(node) => {
                self.abroad[node.index()].refugees += away.persons;
                let refugees = departure.movers.iter().map(|person| (*person, Role::Refugee));
                moves.crossings.extend(refugees);
                node.quarter(self.quarters.len())
            }
        };
        self.displaced.away.insert(departure.household, away);
        let movers = departure.movers.iter();
        moves.homes.extend(movers.map(|person| (*person, to.cell(person.cohort()))));
    }

    /// A household no longer lives at a refuge.
    fn move_out(&mut self, household: Household, away: &Away) {
        match away.refuge {
            Refuge::Quarter(quarter) => {
                self.displaced.hosted[quarter.index()].remove(household);
                let (place, life) = self.place_of(quarter);
                life.residents -= away.persons;
                place.residents -= away.persons;
                place.movement.hosted -= away.persons;
            }
            Refuge::Abroad(node) => self.abroad[node.index()].refugees -= away.persons,
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
pub(crate) struct Homeward {
    household: Household,
    away: Away,
    /// Whoever lives, and what they are once they have crossed the border. Those inside a group or in
    /// prison will come back to where their household is.
    people: SmallVec<[(Person, Option<Role>); 4]>,
}

/// Who is due to go home.
pub(crate) fn homeward(world: &mut World) -> Vec<Homeward> {
    let places = &world.communities;
    let due = |waiting: &mut [RadixHeap<Household>], felt: fn(&Movement) -> f64| {
        let due = parallel::change(waiting, |home, waiting| {
            let mut due = Vec::new();
            waiting.call(felt(&places[home].movement), |_, household| due.push(household));
            due.sort_unstable();
            due
        });
        due.concat()
    };
    let Displaced { waiting, waiting_after_loss, .. } = &mut world.displaced;
    let mut homeward = due(waiting, |movement| movement.returning);
    homeward.extend(due(waiting_after_loss, |movement| movement.returning_after_loss));
    // Households and their people lie scattered in memory; looked at by all threads, they are not waited
    // for one by one.
    parallel::map_each(&homeward, |household| Homeward::of(world, *household))
}

impl Homeward {
    fn of(world: &World, household: Household) -> Self {
        let away = *world.displaced.away.get(household).expect("whoever waits to return is away");
        let risk_set = &world.people.risk_set;
        let living = |person: Person| match world.people.role(person) {
            // Nobody is filed with the dead.
            Role::Dead => None,
            Role::Refugee if risk_set.spell_of(person) > 0 => {
                Some((person, Some(Role::FormerFighter)))
            }
            Role::Refugee => Some((person, Some(Role::Civilian))),
            _ => Some((person, None)),
        };
        let elsewhere = |(person, _): &(Person, _)| {
            risk_set.cell_of(*person) != away.home.cell(person.cohort())
        };
        let people = household.people().filter_map(living).filter(elsewhere);
        Homeward { household, away, people: people.collect() }
    }
}

/// Puts a household that is at home in a refuge before the first week; returns the persons moved, 0 if
/// it is away already or has nobody free to move.
pub(crate) fn house_away(
    world: &mut World,
    household: Household,
    home: Quarter,
    refuge: Refuge,
    moves: &mut Moves,
) -> f64 {
    let movers = movers(world, household);
    if movers.is_empty() || world.displaced.away.contains(household) {
        return 0.0;
    }
    // Who flees on in the first week has another address for their next stay.
    let stay = 1 << 32 | u64::from(household.0);
    let departure = Departure::of(world, household, movers, home, refuge, stay);
    let (_, mut country) = apart(world);
    let away = country.leave_home(&departure);
    country.arrive(&departure, away, moves);
    away.persons
}
