//! What differs clearly: from the first policy, and between every two of the others, run by run under the same
//! random numbers.

use crate::folder::{Arm, Results};
use crate::words::{Language, filled};
use std::collections::BTreeMap;
use toguna_experiment::statistics::{
    Confidence, PairedDifference, mean, paired_difference, stand_out,
};
use toguna_model::outcomes::{OUTCOMES, Outcome};
use toguna_output::Row;

/// The difference of a row of a comparison, where it is called clear: it stands out over the family of all, and
/// is not so small that it is written as 0.
#[must_use]
pub fn clear(outcome: &Outcome, row: &Row<'_>) -> Option<f64> {
    let difference = row.number("difference").filter(|_| row.text("stands_out") == "true");
    difference.filter(|it| outcome.for_people(*it).0.abs() >= SMALLEST)
}

/// Half of the last digit that is written.
const SMALLEST: f64 = 0.0005;

/// What policies are compared by here.
const COMPARED: [&str; 3] = ["civilians_killed", "deaths", "recruits"];

/// Two policies and an outcome.
pub struct Beside<'r> {
    pub outcome: &'static Outcome,
    pub one: &'r Arm,
    pub other: &'r Arm,
    pub mean_other: f64,
    /// Of one − other.
    pub found: PairedDifference,
    /// Whether it differs from 0 over the family of all of these.
    pub clear: bool,
}

impl Beside<'_> {
    /// `A against B`
    pub fn title(&self, language: Language) -> String {
        let gaps = [("other", self.one.short.as_str()), ("first", &self.other.short)];
        filled(language.words().against, &gaps)
    }
}

/// Every two policies of those that are compared with the first, pair by pair; nothing where there are not
/// two, or one run of each.
pub fn beside(results: &Results) -> Vec<Beside<'_>> {
    // By replicate: a pair shares its random numbers.
    let mut runs: BTreeMap<(&str, &str), BTreeMap<&str, f64>> = BTreeMap::new();
    if results.experiment() == "compare" {
        for row in results.table("runs.csv").rows() {
            for name in COMPARED {
                let values = runs.entry((row.text("scenario"), name)).or_default();
                values.extend(row.number(name).map(|value| (row.text("replicate"), value)));
            }
        }
    }
    let mut pairs = Vec::new();
    for (place, other) in results.others().iter().enumerate() {
        for one in &results.others()[place + 1..] {
            for name in COMPARED {
                let [one_runs, other_runs] =
                    [one, other].map(|it| runs.get(&(it.name.as_str(), name)));
                let found = one_runs.zip(other_runs).and_then(|(one, other)| {
                    let both = one.iter().filter_map(|(run, a)| Some((*a, *other.get(run)?)));
                    let (one, other): (Vec<f64>, Vec<f64>) = both.unzip();
                    paired_difference(&one, &other, Confidence::NINETY_FIVE).zip(mean(&other))
                });
                let outcome = Outcome::place_of(name).map(|place| &OUTCOMES[place]);
                pairs.extend(found.zip(outcome).map(|((found, mean_other), outcome)| Beside {
                    outcome,
                    one,
                    other,
                    mean_other,
                    found,
                    clear: false,
                }));
            }
        }
    }
    let family: Vec<Option<PairedDifference>> = pairs.iter().map(|it| Some(it.found)).collect();
    for (pair, clear) in pairs.iter_mut().zip(stand_out(&family)) {
        pair.clear = clear;
    }
    pairs
}
