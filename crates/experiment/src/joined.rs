//! Person by person: who joined under both of two policies, and who under one only.

use super::belonging::{By, COHORTS, Homes, OverRuns, Part, home_of};
use super::who_pays::with_interval;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use toguna_engine::layout::{Person, Quarter};
use toguna_model::words::motives::Motive;
use toguna_model::world::World;

/// Everybody who joined in one run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Joiners {
    homes: Homes,
    /// Names of the groups, in the order of this run.
    groups: Vec<String>,
    /// How each person joined the first time.
    people: BTreeMap<u32, Joiner>,
}

/// How somebody joined the first time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Joiner {
    motive: Motive,
    group: usize,
    home: Quarter,
}

impl Joiners {
    /// Takes down the week that a world has just run.
    pub fn observe(&mut self, world: &World) {
        if self.homes.is_empty() {
            self.homes = Homes::of(world);
        }
        for recruit in &world.log.recruits {
            let (motive, group) = (recruit.motive, recruit.group.index());
            let home = home_of(world, recruit.person);
            self.people.entry(recruit.person.0).or_insert(Joiner { motive, group, home });
        }
        let known = self.groups.len();
        self.groups.extend(world.groups.iter().skip(known).map(|group| group.name.clone()));
    }

    /// Of what somebody is counted.
    fn parts_of(&self, person: u32, how: &Joiner) -> impl Iterator<Item = (By, &str)> {
        let homes = self.homes.parts_of(how.home);
        let homes = homes.map(|(by, place)| (by, self.homes.name(by, place)));
        let group = self.groups.get(how.group).map_or("", String::as_str);
        let others = [
            (By::All, By::All.name()),
            (By::Motive, how.motive.name()),
            (By::Cohort, COHORTS[Person(person).cohort()]),
            (By::Group, group),
        ];
        homes.chain(others)
    }
}

/// Places of what is counted of a pair of runs, persons.
const BOTH: usize = 0;
const BOTH_ALIKE: usize = 1;
const ONLY_FIRST: usize = 2;
const ONLY_OTHER: usize = 3;
/// Those of the other alone less those of the first alone.
const DIFFERENCE: usize = 4;
const COUNTED: usize = 5;

/// Tells the joiners of two runs apart; each adult stands for `per_agent` persons. Whoever joined in both is
/// counted as in the first.
#[must_use]
fn tell_apart(first: &Joiners, other: &Joiners, per_agent: u32) -> BTreeMap<Part, [f64; COUNTED]> {
    let weight = f64::from(per_agent);
    let mut counts: BTreeMap<(By, &str), [f64; COUNTED]> = BTreeMap::new();
    for (person, how) in &first.people {
        let there = other.people.get(person);
        let alike = there.is_some_and(|there| there.motive == how.motive);
        for part in first.parts_of(*person, how) {
            let counts = counts.entry(part).or_default();
            if there.is_none() {
                counts[ONLY_FIRST] += weight;
                counts[DIFFERENCE] -= weight;
            } else {
                counts[BOTH] += weight;
                counts[BOTH_ALIKE] += if alike { weight } else { 0.0 };
            }
        }
    }
    for (person, how) in other.people.iter().filter(|it| !first.people.contains_key(it.0)) {
        for part in other.parts_of(*person, how) {
            let counts = counts.entry(part).or_default();
            counts[ONLY_OTHER] += weight;
            counts[DIFFERENCE] += weight;
        }
    }
    counts.into_iter().map(|((by, name), counts)| ((by, name.to_owned()), counts)).collect()
}

/// The same over many pairs of runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct JoinersOverRuns(OverRuns<COUNTED>);

impl JoinersOverRuns {
    pub fn push(&mut self, first: &Joiners, other: &Joiners, per_agent: u32) {
        self.0.push(&tell_apart(first, other, per_agent));
    }

    /// A row for each part.
    #[must_use]
    pub fn rows(&self, first: &str, other: &str) -> Vec<JoinedRow> {
        let row = |(part, moments): (&Part, &[super::statistics::Moments; COUNTED])| {
            let mean = |place: usize| with_interval(&moments[place], |mean, _, _| mean);
            let of = |place: usize| with_interval(&moments[place], |_, low, high| low.zip(high));
            JoinedRow {
                first: first.to_owned(),
                other: other.to_owned(),
                by: part.0.name(),
                part: part.1.clone(),
                both: mean(BOTH),
                both_alike: mean(BOTH_ALIKE),
                only_first: mean(ONLY_FIRST),
                interval_of_first: of(ONLY_FIRST),
                only_other: mean(ONLY_OTHER),
                interval_of_other: of(ONLY_OTHER),
                difference: mean(DIFFERENCE),
                interval: of(DIFFERENCE),
            }
        };
        self.0.parts().map(row).collect()
    }
}

/// Means over pairs of runs for one part of the people, persons in a run.
#[derive(Clone, Debug, PartialEq)]
pub struct JoinedRow {
    /// Name of the first arm.
    pub first: String,
    /// Name of the arm compared with it.
    pub other: String,
    /// What people are told apart by.
    pub by: &'static str,
    /// Which of them.
    pub part: String,
    /// Who joined in both.
    pub both: f64,
    /// Of those, who joined for the same motive.
    pub both_alike: f64,
    /// Who joined in the first arm alone.
    pub only_first: f64,
    /// 95 % interval of that mean; none of one replicate, here and below.
    pub interval_of_first: Option<(f64, f64)>,
    /// Who joined in the other alone.
    pub only_other: f64,
    /// 95 % interval of that mean.
    pub interval_of_other: Option<(f64, f64)>,
    /// `only_other` less `only_first`, pair by pair.
    pub difference: f64,
    /// 95 % interval of that mean.
    pub interval: Option<(f64, f64)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joiners(joined: &[(u32, Motive)]) -> Joiners {
        let how = |motive| Joiner { motive, group: 0, home: Quarter(0) };
        let people = joined.iter().map(|(person, motive)| (*person, how(*motive))).collect();
        Joiners { groups: vec!["a group".to_owned()], people, ..Joiners::default() }
    }

    #[test]
    fn everyone_who_joined_anywhere_is_counted_once() {
        let first = joiners(&[(1, Motive::Grievance), (2, Motive::Economic), (3, Motive::Status)]);
        let other =
            joiners(&[(2, Motive::Economic), (3, Motive::Grievance), (9, Motive::Familial)]);
        let counts = tell_apart(&first, &other, 10);
        let of = |by: By, name: &str| counts[&(by, name.to_owned())];
        for all in [of(By::All, "all"), of(By::Group, "a group")] {
            assert_eq!(all, [20.0, 10.0, 10.0, 10.0, 0.0]);
        }
        assert_eq!(of(By::Motive, "grievance")[ONLY_FIRST], 10.0);
        assert_eq!(of(By::Motive, "familial")[ONLY_OTHER], 10.0);
        let cohorts: f64 = COHORTS
            .iter()
            .filter_map(|it| counts.get(&(By::Cohort, (*it).to_owned())))
            .map(|it| it[BOTH] + it[ONLY_FIRST] + it[ONLY_OTHER])
            .sum();
        assert_eq!(cohorts, 40.0);
        let back = tell_apart(&other, &first, 10);
        assert_eq!(back[&(By::Motive, "familial".to_owned())][ONLY_FIRST], 10.0);
    }

    #[test]
    fn rows_over_runs_are_means_with_intervals() {
        let mut over_runs = JoinersOverRuns::default();
        over_runs.push(&joiners(&[(1, Motive::Status)]), &joiners(&[]), 1);
        over_runs.push(&joiners(&[]), &joiners(&[]), 1);
        let rows = over_runs.rows("a", "b");
        let all = rows.iter().find(|row| row.by == "all").unwrap();
        assert_eq!((all.only_first, all.both, all.difference), (0.5, 0.0, -0.5));
        let (low, high) = all.interval.unwrap();
        assert!(low < -0.5 && high > -0.5);
        assert_eq!(rows.iter().filter(|row| row.by == "motive").count(), 1);
    }
}
