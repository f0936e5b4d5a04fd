//! Civilians who are struck, by name.

use super::World;
use crate::words::ids::Side;
use crate::words::roles::Role;
use smallvec::SmallVec;
use toguna_engine::layout::{Person, Quarter};
use toguna_engine::streams::uniform;
use toguna_units::{narrow, whole_part};

/// What came of harm to civilians, persons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Struck {
    /// Dead.
    pub killed: u32,
    /// Beaten, robbed or seized.
    pub hurt: u32,
    /// Who were to die and were not there.
    pub not_found: u32,
}

impl World {
    /// People of a quarter are killed and hurt, by name. Harm by neighbours is no armed side's, so that it enters
    /// no memory of sides.
    pub fn strike_civilians(
        &mut self,
        quarter: Quarter,
        by: Side,
        (killed, hurt): (u32, u32),
        draws: &mut impl rand_chacha::rand_core::Rng,
    ) -> Struck {
        let week = self.calendar.week;
        let per_agent = f64::from(self.people.per_agent);
        let agents = |persons: u32, u: f64| {
            whole_part((f64::from(persons) / per_agent + u).floor()) as usize
        };
        let killed = agents(killed, uniform(draws));
        let hurt = agents(hurt, uniform(draws));
        let at_risk = victims(self, quarter, killed + hurt, draws);
        let (dead, harmed) = at_risk.split_at(killed.min(at_risk.len()));
        let persons = |count: usize| whole_part(count as f64 * per_agent);
        let (found, not_found) = (persons(dead.len()), persons(killed - dead.len()));
        let struck = Struck { killed: found, hurt: persons(harmed.len()), not_found };
        let weight = self.rules.violence.weight_of_hurt.get();
        for person in dead {
            self.people.risk_set.take_away(*person);
            self.people.set_role(*person, Role::Dead);
            self.log.civilians_killed.push(*person);
        }
        if by != Side::CIVILIANS {
            dead.iter().for_each(|person| self.people.suffer(*person, by, week, 1.0));
            for person in harmed {
                self.people.suffer(*person, by, week, weight);
            }
            self.quarters[quarter.index()].victims[by.index()] +=
                f64::from(struck.killed) + weight * f64::from(struck.hurt);
        }
        struck
    }
}

/// People of a quarter who are at home, in an order of risk that depends on the event alone: a policy
/// that removes one from the quarter changes nobody else's place. Hosted people are at risk by their part
/// of those who live there.
fn victims(
    world: &World,
    quarter: Quarter,
    count: usize,
    draws: &mut impl rand_chacha::rand_core::Rng,
) -> Vec<Person> {
    let ids = world.people.layout.people_of(quarter);
    let home = world.quarter(quarter).community;
    let mut found: Vec<Person> = Vec::new();
    for _ in 0..20 * count + 50 {
        if found.len() == count || ids.is_empty() {
            break;
        }
        let at = uniform(draws);
        let offset = whole_part(at * f64::from(ids.end - ids.start));
        let person = match hosted_person(world, quarter, uniform(draws), at) {
            Some(hosted_person) => hosted_person,
            None => Person(ids.start + offset),
        };
        let civilian = matches!(world.people.role(person), Role::Civilian | Role::FormerFighter);
        let lives_in = world.people.cell_of(person).quarter();
        if civilian && world.quarter(lives_in).community == home && !found.contains(&person) {
            found.push(person);
        }
    }
    found
}

/// A displaced person hosted by a quarter, if the draw falls to them: whoever the mark `at` meets.
fn hosted_person(world: &World, quarter: Quarter, draw: f64, at: f64) -> Option<Person> {
    let hosted = &world.displaced.hosted[quarter.index()];
    let persons = hosted.len() as f64 * 3.2;
    if draw * (persons + world.people.layout.people_of(quarter).len() as f64) >= persons {
        return None;
    }
    let mark = at.to_bits();
    let household = hosted.anyone(mark)?;
    let somebody = |person: &Person| world.people.layout.is_somebody(*person);
    let people: SmallVec<[Person; 4]> = household.people().filter(somebody).collect();
    people.get(narrow::<_, usize>(mark % people.len().max(1) as u64)).copied()
}
