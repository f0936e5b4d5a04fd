//! One checksum for each shipped scenario: results change only when somebody means them to.
//!
//! **Renewal.** When a commit is meant to change results, run
//!
//!     TOGUNA_RENEW=1 cargo test --test all golden:: -- --include-ignored
//!
//! which rewrites `tests/golden.txt`, and commit the file together with the change. The commit says why
//! results changed, the changelog has "Results change", and `RESULTS_VERSION` in `src/lib.rs` goes up by
//! one with every release in which they did. A checksum that changed without such a reason is a defect.
//!
//! A scenario is run for two years, and where its timeline acts later, until half a year after its last
//! entry has acted. Countries are coarsened by a setting; every table of the run enters the checksum. The same
//! file serves debug and release builds and all machines.

use crate::{committed, worlds};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Mutex;
use toguna::experiment::record::RunRecord;

const FILE: &str = "tests/golden.txt";
const SEED: u64 = 1;
const PEOPLE_PER_AGENT: u32 = 200;
const LEAST_WEEKS: u32 = 104;
const WEEKS_AFTER_AN_ENTRY: u32 = 26;

/// Countries in the quick suite: one with a timeline, one with pacts, one with talks.
const QUICK_COUNTRIES: [&str; 3] = [
    "scenarios/mali/inter-malian-dialogue.toml",
    "scenarios/mali/state-supported-pacts.toml",
    "scenarios/mali/inclusive-conference.toml",
];

const STATUS_QUO: &str = "scenarios/mali/status-quo.toml";

/// The history, and what differs from it by its coarseness alone.
const HISTORIES: [&str; 2] =
    ["scenarios/designs/history-coarse.toml", "scenarios/mali/history.toml"];

/// The core and its coarse twin.
const CORES: [&str; 2] = ["scenarios/designs/core-coarse.toml", "scenarios/mali/core.toml"];

/// Scenarios that are the status quo for as long as they are run here, and why.
const STATUS_QUO_BY_DESIGN: [(&str, &str); 4] = [
    ("scenarios/designs/coarse.toml", "it is coarser, and all countries are as coarse here"),
    ("scenarios/designs/five-years.toml", "it is coarser and ends earlier, after these weeks"),
    ("scenarios/designs/pacts-coarse.toml", "its money counts once a design supports pacts"),
    ("scenarios/mali/same-francs/nothing.toml", "it ends earlier, after these weeks"),
];

fn checksum(path: &str) -> String {
    let prepared = worlds::quick(path, PEOPLE_PER_AGENT);
    let mut record = RunRecord { wanted: worlds::EVERYTHING, ..RunRecord::new(0, 0, SEED) };
    let mut world = prepared.world(SEED, 0);
    let (mut until, mut acted) = (LEAST_WEEKS, 0);
    for week in 1..=prepared.weeks() {
        world.advance();
        record.observe(&world);
        let done = world.timeline.entries.iter().filter(|entry| entry.acted.is_some()).count();
        if done > acted {
            (acted, until) = (done, until.max(week + WEEKS_AFTER_AN_ENTRY));
        }
        if week >= until && acted == world.timeline.entries.len() {
            break;
        }
    }
    record.close(&world);
    let never = world.timeline.entries.len() - acted;
    assert_eq!(never, 0, "{path}: so many entries of its timeline never act");
    worlds::checksum(&record)
}

/// The committed checksum of each scenario.
fn committed() -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(committed::file(FILE)).unwrap_or_default();
    let pairs = text.lines().map(|line| line.split_once(' ').expect("a checksum and a path"));
    pairs.map(|(checksum, path)| (path.to_owned(), checksum.to_owned())).collect()
}

/// Holds the lines of some scenarios against what they give now, and takes out those of scenarios that are gone.
fn give_what_they_gave(are_asked_for: impl Fn(&str) -> bool) {
    /// Two tests may renew their lines at once.
    static RENEWING: Mutex<()> = Mutex::new(());
    let shipped = worlds::shipped();
    let asked: Vec<&String> = shipped.iter().filter(|path| are_asked_for(path)).collect();
    let now: Vec<(String, String)> =
        asked.par_iter().map(|path| ((*path).clone(), checksum(path))).collect();
    let guard = RENEWING.lock();
    let mut lines = committed();
    lines.retain(|path, _| shipped.contains(path));
    lines.extend(now);
    let text: String =
        lines.iter().map(|(path, checksum)| format!("{checksum} {path}\n")).collect();
    let stale = committed::stale(FILE, &text);
    drop(guard);
    committed::assert_none_is(stale.as_slice(), "golden::");
}

fn is_quick(path: &str) -> bool {
    !path.starts_with("scenarios/mali/") && !path.starts_with("scenarios/designs/")
        || QUICK_COUNTRIES.contains(&path)
}

#[test]
fn the_lessons_and_three_countries_give_the_results_they_gave() {
    give_what_they_gave(is_quick);
}

#[test]
#[ignore = "long: two years of each other country"]
fn every_other_country_gives_the_results_it_gave() {
    give_what_they_gave(|path| !is_quick(path));
}

#[test]
fn no_two_scenarios_give_the_same_but_those_that_are_the_status_quo_by_design() {
    let committed = committed();
    assert_eq!(committed.keys().collect::<Vec<_>>(), worlds::shipped().iter().collect::<Vec<_>>());
    let mut alike: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (path, checksum) in &committed {
        alike.entry(checksum).or_default().push(path);
    }
    let mut alike: Vec<Vec<&str>> = alike.into_values().filter(|paths| paths.len() > 1).collect();
    alike.sort();
    let by_design = STATUS_QUO_BY_DESIGN.iter().map(|(path, _)| *path).chain([STATUS_QUO]);
    let by_design = [by_design.collect::<Vec<_>>(), CORES.to_vec(), HISTORIES.to_vec()];
    assert_eq!(alike, by_design, "alike (left) and so by design (right)");
}
