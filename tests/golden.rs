//! One checksum for each shipped scenario: results change only when somebody means them to.
//!
//! **Renewal.** When a commit is meant to change results, run
//!
//!     TOGUNA_RENEW_GOLDEN=1 cargo test --test all golden::
//!
//! which rewrites `tests/golden.txt`, and commit the file together with the change. The commit says why
//! results changed, the changelog has "Results change", and `RESULTS_VERSION` in `src/lib.rs` goes up by
//! one with every release in which they did. A checksum that changed without such a reason is a defect.
//!
//! Scenarios are shortened to a year, and countries coarsened, by settings; every table of the run
//! enters the checksum. The same file serves debug and release builds and all machines.

use crate::worlds;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const SEED: u64 = 1;
const WEEKS: u32 = 52;

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden.txt")
}

#[test]
fn every_shipped_scenario_gives_the_results_it_gave() {
    let mut now = String::new();
    for path in worlds::shipped() {
        let record = worlds::lived_for(&worlds::quick(&path, 20), SEED, WEEKS);
        writeln!(now, "{} {path}", worlds::checksum(&record)).unwrap();
    }
    if std::env::var_os("TOGUNA_RENEW_GOLDEN").is_some() {
        std::fs::write(file(), &now).unwrap();
        return;
    }
    let kept = std::fs::read_to_string(file()).unwrap_or_default();
    let changed: Vec<&str> =
        now.lines().filter(|line| !kept.lines().any(|kept| kept == *line)).collect();
    let gone: Vec<&str> =
        kept.lines().filter(|line| !now.lines().any(|now| now == *line)).collect();
    assert!(
        changed.is_empty() && gone.is_empty(),
        "now {changed:#?}\nkept {gone:#?}\nsee the rule of renewal at the top of tests/golden.rs"
    );
}
