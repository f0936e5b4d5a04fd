//! Who pays: those killed, recruited and driven out of each region, constituency and cohort, by where they
//! come from and not by where it happened.

use super::belonging::{By, Homes, OverRuns, Part, home_of};
use super::statistics::{Confidence, Moments, difference, rounded};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use toguna_engine::layout::{Person, Quarter};
use toguna_model::world::World;
use toguna_model::world::log::LeavingCause;

/// What may befall somebody, as tables write it.
pub const PAID: [&str; KINDS] = ["civilians_killed", "fighters_killed", "recruits", "displaced"];
const KINDS: usize = 4;
/// Places in [`PAID`].
const CIVILIANS_KILLED: usize = 0;
const FIGHTERS_KILLED: usize = 1;
const RECRUITS: usize = 2;
const DISPLACED: usize = 3;

/// What has befallen the people of each part in one run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Paid {
    homes: Homes,
    /// Who lived in each part at the start; of cohorts, adults.
    people: BTreeMap<(By, usize), f64>,
    /// Persons, by place in [`PAID`].
    counts: BTreeMap<(By, usize), [f64; KINDS]>,
}

impl Paid {
    /// Takes down the week that a world has just run.
    pub fn observe(&mut self, world: &World) {
        if self.homes.is_empty() {
            self.begin(world);
        }
        let persons = f64::from(world.people.per_agent);
        let killed = |cause: LeavingCause| cause == LeavingCause::Killed;
        let civilians = world.log.civilians_killed.iter().map(|it| (CIVILIANS_KILLED, *it));
        let fighters = world.log.leavers.iter().filter(|it| killed(it.cause));
        let fighters = fighters.map(|it| (FIGHTERS_KILLED, it.person));
        let recruits = world.log.recruits.iter().map(|it| (RECRUITS, it.person));
        for (kind, person) in civilians.chain(fighters).chain(recruits) {
            self.add(home_of(world, person), Some(person), kind, persons);
        }
    }

    /// Takes down who is away from home when the run ends.
    pub fn close(&mut self, world: &World) {
        for away in world.displaced.away.values() {
            self.add(away.home, None, DISPLACED, away.persons);
        }
    }

    fn begin(&mut self, world: &World) {
        self.homes = Homes::of(world);
        let persons = f64::from(world.people.per_agent);
        for (number, life) in world.quarters.iter().enumerate() {
            let quarter = Quarter(toguna_units::narrow(number));
            for part in self.homes.parts_of(quarter).filter(shown) {
                *self.people.entry(part).or_default() += life.residents_at_start;
            }
            for cohort in 0..super::belonging::COHORTS.len() {
                let adults = world.people.layout.people_in_cell(quarter.cell(cohort));
                *self.people.entry((By::Cohort, cohort)).or_default() +=
                    f64::from(adults) * persons;
            }
        }
    }

    /// Whole households flee: of them no cohort is counted.
    fn add(&mut self, home: Quarter, person: Option<Person>, kind: usize, persons: f64) {
        let cohort = person.map(|person| (By::Cohort, person.cohort()));
        for part in self.homes.parts_of(home).filter(shown).chain(cohort) {
            self.counts.entry(part).or_default()[kind] += persons;
        }
    }

    /// By name, also of parts to whose people nothing happened.
    fn by_name(&self) -> BTreeMap<Part, [f64; KINDS]> {
        let named = |part: &(By, usize)| {
            let counts = self.counts.get(part).copied().unwrap_or_default();
            ((part.0, self.homes.name(part.0, part.1).to_owned()), counts)
        };
        self.people.keys().map(named).collect()
    }
}

/// Cercles are many: regions stand for them here.
fn shown(part: &(By, usize)) -> bool {
    part.0 != By::Cercle
}

/// The same over many runs: of a scenario, or of a difference under the same random numbers.
#[derive(Clone, Debug, Default)]
pub struct PaidOverRuns {
    people: BTreeMap<Part, f64>,
    runs: OverRuns<KINDS>,
}

impl PaidOverRuns {
    /// Adds one run; runs in order, so that sums have the same bits.
    pub fn push(&mut self, paid: &Paid) {
        self.know(paid);
        self.runs.push(&paid.by_name());
    }

    /// Adds what one run has more than another, first, under the same random numbers.
    pub(crate) fn push_difference(&mut self, first: &Paid, other: &Paid) {
        self.know(first);
        let (first, mut other) = (first.by_name(), other.by_name());
        for (part, values) in &mut other {
            let first = first.get(part).copied().unwrap_or_default();
            values.iter_mut().zip(first).for_each(|(it, first)| *it = difference(*it, first));
        }
        self.runs.push(&other);
    }

    fn know(&mut self, paid: &Paid) {
        if self.people.is_empty() {
            let named = |(part, people): (&(By, usize), &f64)| {
                ((part.0, paid.homes.name(part.0, part.1).to_owned()), *people)
            };
            self.people = paid.people.iter().map(named).collect();
        }
    }

    /// A row for each part and each of [`PAID`]; `first` of a difference.
    #[must_use]
    pub fn rows(&self, scenario: &str, first: Option<&str>) -> Vec<WhoPaysRow> {
        let mut rows = Vec::new();
        for (part, moments) in self.runs.parts() {
            for (kind, moments) in moments.iter().enumerate() {
                if part.0 == By::Cohort && kind == DISPLACED {
                    continue;
                }
                let row = |mean, low, high| WhoPaysRow {
                    scenario: scenario.to_owned(),
                    first: first.map(str::to_owned),
                    by: part.0.name(),
                    part: part.1.clone(),
                    what: PAID[kind],
                    people: rounded(self.people.get(part).copied().unwrap_or(f64::NAN)),
                    mean,
                    low,
                    high,
                };
                rows.push(with_interval(moments, row));
            }
        }
        rows
    }
}

/// A row of a mean and the ends of its 95 % interval.
pub(crate) fn with_interval<R>(
    moments: &Moments,
    row: impl FnOnce(f64, Option<f64>, Option<f64>) -> R,
) -> R {
    let interval = moments.interval(Confidence::NINETY_FIVE).map(|it| it.interval);
    let ends = interval.map(|it| (rounded(it.low), rounded(it.high)));
    row(rounded(moments.mean().unwrap_or(0.0)), ends.map(|it| it.0), ends.map(|it| it.1))
}

/// What befalls the people of one part: of a scenario, or the difference of two.
#[derive(Clone, Debug, PartialEq)]
pub struct WhoPaysRow {
    /// Name of the arm.
    pub scenario: String,
    /// Of a difference, the scenario it is measured from.
    pub first: Option<String>,
    /// What people are told apart by.
    pub by: &'static str,
    /// Which of them.
    pub part: String,
    /// One of [`PAID`].
    pub what: &'static str,
    /// How many they were at the start, persons; of cohorts, adults.
    pub people: f64,
    /// Mean over replicates, persons.
    pub mean: f64,
    /// 95 % interval of that mean; none of one replicate.
    pub low: Option<f64>,
    /// Upper end of that interval.
    pub high: Option<f64>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;
    use toguna_scenario::checked::read;
    use toguna_scenario::prepared::PreparedScenario;
    use toguna_scenario::source::Disk;

    #[test]
    fn regions_constituencies_and_cohorts_each_add_up_to_the_whole() {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/mali/status-quo.toml");
        let settings = ["people.people_per_agent=100", "time.end=\"2024-12-31\""];
        let prepared =
            PreparedScenario::new(read(&Disk, &path, &settings.map(str::to_owned)).unwrap());
        let (mut world, mut paid) = (prepared.world(1, 0), Paid::default());
        let mut wanted = [0.0; KINDS];
        for _ in 0..prepared.weeks() {
            world.advance();
            paid.observe(&world);
            let value = |name: &str| world.observed.value(name).unwrap();
            wanted[CIVILIANS_KILLED] += value("civilians_killed");
            wanted[RECRUITS] += value("recruits");
            wanted[DISPLACED] = value("displaced") + value("refugees");
        }
        paid.close(&world);
        assert!(wanted[CIVILIANS_KILLED] > 0.0 && wanted[RECRUITS] > 0.0);
        for by in [By::Region, By::Constituency, By::Cohort] {
            let parts = paid.counts.iter().filter(|(part, _)| part.0 == by);
            let mut sums = [0.0; KINDS];
            parts.for_each(|(_, it)| sums.iter_mut().zip(it).for_each(|(sum, it)| *sum += it));
            assert_eq!(sums[CIVILIANS_KILLED], wanted[CIVILIANS_KILLED], "{by:?}");
            assert_eq!(sums[RECRUITS], wanted[RECRUITS], "{by:?}");
            if by != By::Cohort {
                assert!((sums[DISPLACED] / wanted[DISPLACED] - 1.0).abs() < 1e-9, "{by:?}");
            }
            let lived: f64 = paid.people.iter().filter(|(it, _)| it.0 == by).map(|it| it.1).sum();
            assert!(lived > 5e6, "{by:?} {lived}");
        }
        let mut over_runs = PaidOverRuns::default();
        over_runs.push_difference(&paid, &paid);
        assert!(over_runs.rows("b", Some("a")).iter().all(|row| row.mean == 0.0));
        assert_eq!(paid.by_name().iter().filter(|(part, _)| part.0 == By::Cohort).count(), 4);
    }
}
