//! The lessons teach what `scenarios/lessons/lessons.toml` says: each is run as `toguna lesson` runs it, and
//! what its policies differ by is compared with 0 with a 95 % interval over shared random numbers.

use std::path::{Path, PathBuf};
use toguna::experiment::execution::Execution;
use toguna::experiment::lesson::{Measured, fighters_at_first, measure};
use toguna::experiment::replicate::Interrupt;
use toguna::experiment::statistics::{Confidence, Interval, mean_interval};
use toguna::scenario::checked::read;
use toguna::scenario::lessons::{Lesson, LessonMeasure, Lessons};
use toguna::scenario::source::Disk;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/lessons")
}

fn lessons() -> Lessons {
    Lessons::of(&std::fs::read_to_string(folder().join("lessons.toml")).unwrap()).unwrap()
}

/// A lesson and what its runs have shown.
struct Found {
    lesson: Lesson,
    measured: Vec<Measured>,
    at_first: f64,
}

fn found(name: &str) -> Found {
    let lesson = lessons().named(name).expect("there is such a lesson").clone();
    let arms = lesson.prepared(&Disk, &folder()).unwrap();
    let threads = rayon::current_num_threads();
    let execution = Execution { threads, interrupt: &Interrupt::new(), progress: &|| () };
    let measured = measure(&lesson, &arms, 1, lesson.replicates, execution).unwrap();
    Found { at_first: fighters_at_first(&arms[0]), lesson, measured }
}

impl Found {
    /// One number of each run of an arm: an outcome by name, or another measure by its title.
    fn values(&self, name: &str, arm: &str) -> &[f64] {
        let arm = self.lesson.arms.iter().position(|it| it.title == arm).expect("such an arm");
        let outcome = LessonMeasure::Outcome(name.to_owned());
        let mut both = self.lesson.measures.iter().zip(&self.measured);
        let found = both.find(|(measure, it)| **measure == outcome || it.title == name);
        &found.expect("such a measure").1.values[arm]
    }

    /// What one arm has more of than another, run by run; says so.
    fn more(&self, title: &str, arm: &str, than: &str) -> Interval {
        let pairs = self.values(title, arm).iter().zip(self.values(title, than));
        interval(&format!("{title}, {arm} beside {than}"), pairs.map(|(a, b)| a - b).collect())
    }

    #[track_caller]
    fn rises(&self, title: &str, arm: &str, than: &str) {
        assert!(self.more(title, arm, than).low > 0.0, "{title}: {arm} is not above {than}");
    }

    #[track_caller]
    fn falls(&self, title: &str, arm: &str, than: &str) {
        assert!(self.more(title, arm, than).high < 0.0, "{title}: {arm} is not below {than}");
    }

    /// By how many fighters groups grow.
    fn growth(&self, arm: &str) -> Interval {
        let ends = self.values("fighters", arm).iter();
        interval(&format!("growth, {arm}"), ends.map(|end| end - self.at_first).collect())
    }
}

fn interval(what: &str, values: Vec<f64>) -> Interval {
    let found = mean_interval(&values, Confidence::NINETY_FIVE).expect("many runs");
    let Interval { low, high } = found.interval;
    println!("{what}: {:+.1} ({low:+.1} to {high:+.1})", found.value);
    found.interval
}

#[test]
fn every_change_that_a_lesson_proposes_can_be_made() {
    let lessons = lessons();
    assert_eq!(lessons.lessons.len(), 7);
    for lesson in &lessons.lessons {
        let name = &lesson.scenario;
        let path = folder().join(format!("{name}.toml"));
        let arms = lesson.prepared(&Disk, &folder()).unwrap();
        assert!(arms.len() > 1 && arms[0].weeks() > 0);
        let as_it_is = read(&Disk, &path, &[]).unwrap().scenario;
        for trial in &lesson.things_to_try {
            let own = lesson.with_own("yours", &trial.set);
            let scenario = match read(&Disk, &path, &own.arms[1].set) {
                Ok(checked) => checked.scenario,
                Err(problems) => panic!("{name}: {}", problems.render(false)),
            };
            assert_ne!(scenario, as_it_is, "{name}: {:?} changes nothing", trial.set);
        }
        let groups = &arms[0].checked().scenario.groups;
        let places = &arms[0].checked().tables.communities.rows;
        for measure in &lesson.measures {
            let (group, named): (&String, &[String]) = match measure {
                LessonMeasure::Outcome(_) => continue,
                LessonMeasure::FightersOf(group) => (group, &[]),
                LessonMeasure::CiviliansKilled(attacks) | LessonMeasure::Attacks(attacks) => {
                    (&attacks.by, &attacks.places)
                }
            };
            assert!(groups.contains_key(group), "{name}: there is no group {group}");
            for place in named {
                assert!(places.iter().any(|row| row.community == *place), "{name}: no {place}");
            }
        }
    }
}

#[test]
#[ignore = "long: twenty runs or more of each arm"]
fn chance_alone_makes_no_clear_difference_and_the_same_random_numbers_make_none() {
    let found = found("two-villages");
    for measured in &found.measured {
        let title = &measured.title;
        assert_eq!(found.values(title, "again"), found.values(title, "as it is"), "{title}");
        assert_ne!(found.values(title, "other draws"), found.values(title, "as it is"), "{title}");
        let chance = found.more(title, "other draws", "as it is");
        // Of several intervals of 95 % one may well miss 0; of 99 % it would be odd.
        let (middle, half) = ((chance.low + chance.high) / 2.0, (chance.high - chance.low) / 2.0);
        let at_99 = half * 2.576 / 1.960;
        assert!(middle.abs() < at_99, "{title}: chance alone makes a clear difference");
    }
}

#[test]
#[ignore = "long: twenty runs or more of each arm"]
fn against_the_unbending_force_works_and_dialogue_fails() {
    let found = found("unbending-valley");
    for title in ["fighters", "recruits", "deaths", "civilians_killed"] {
        found.falls(title, "force", "as it is");
        found.rises(title, "talks", "as it is");
    }
    assert!(found.values("accords", "talks").iter().all(|it| *it == 0.0), "it signs nothing");
}

#[test]
#[ignore = "long: twenty runs or more of each arm"]
fn with_those_who_bargain_dialogue_works_and_force_fails() {
    let found = found("bargaining-valley");
    for title in ["recruits", "deaths", "civilians_killed"] {
        found.rises(title, "force", "as it is");
        found.falls(title, "talks", "as it is");
        // Not by holding fire alone.
        found.falls(title, "talks", "quiet");
    }
}

#[test]
#[ignore = "long: twenty runs or more of each arm"]
fn where_people_are_neglected_services_alone_suffice() {
    let found = found("neglected-valley");
    assert!(found.growth("as it is").low > 0.0, "left as it is, groups grow");
    assert!(found.growth("force").low > 0.0, "by force, groups grow");
    assert!(found.growth("services").high < 0.0, "by services, groups shrink");
    for title in ["recruits", "deaths", "civilians_killed"] {
        found.falls(title, "services", "as it is");
    }
    found.rises("civilians_killed", "force", "as it is");
}

#[test]
#[ignore = "long: twenty runs or more of each arm"]
fn below_the_tipping_point_restraint_lets_groups_grow_and_above_it_they_shrink() {
    let found = found("tipping-valley");
    for arm in ["none", "0.1"] {
        assert!(found.growth(arm).low > 0.0, "with a restraint of {arm} groups grow");
    }
    // 0.5 lies near the tipping point.
    for arm in ["0.7", "0.9"] {
        assert!(found.growth(arm).high < 0.0, "with a restraint of {arm} groups shrink");
    }
    for steps in ["none", "0.1", "0.5", "0.7", "0.9"].windows(2) {
        let sum = |arm: &str| found.values("fighters", arm).iter().sum::<f64>();
        assert!(sum(steps[1]) < sum(steps[0]), "{steps:?}: not fewer");
    }
}

#[test]
#[ignore = "long: twenty runs or more of each arm"]
fn a_bought_peace_protects_those_who_signed_and_arms_their_neighbours_enemy() {
    let found = found("bought-peace");
    found.falls("Killed where they signed", "as it is", "no pact");
    found.rises("Killed next door", "as it is", "no pact");
    found.rises("Attacks next door", "as it is", "no pact");
    found.rises("Fighters of brotherhood", "as it is", "no pact");
}

#[test]
#[ignore = "long: twenty runs or more of each arm"]
fn supporting_pacts_spares_people_and_costs_coups() {
    let found = found("talking-valley");
    found.rises("civilians_hurt", "suppress", "support");
    for arm in ["tolerate", "suppress"] {
        found.falls("coups", arm, "support");
    }
    found.falls("under_pacts", "suppress", "support");
    found.rises("events", "suppress", "support");
}
