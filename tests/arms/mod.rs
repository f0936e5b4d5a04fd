//! Two arms of the valley under the same seeds, and what tells them apart.

use crate::worlds::{VALLEY, prepared, record_of};
use toguna::experiment::in_order::in_order;
use toguna::experiment::logs::Wanted;
use toguna::experiment::statistics::{Confidence, PairedDifference, paired_difference};
use toguna::model::outcomes::OUTCOMES;

/// Pacts are many and supported, and militias that nobody binds in fight on.
pub const MILITIAS_FIGHT_ON: &[&str] = &[
    "rules.pacts.blockades_per_week=0.05",
    "rules.pacts.agreements_per_week=0.05",
    "rules.pacts.militia_keeps_to_it=0",
    "rules.pacts.militia_bound_per_week=1",
    "rules.pacts.end_by_unbound_militia=5",
    "policy.local_pacts=\"support\"",
    "policy.pact_support_budget=0.01",
];

/// Within so many years of the valley most mechanisms and levers show.
pub const YEARS: u32 = 2;

pub const SEEDS: std::ops::Range<u64> = 1..21;

/// Whoever chooses an outcome for a row looks at these, so that no outcome is chosen that differs by chance
/// under the seeds of the test.
pub const OTHER_SEEDS: std::ops::Range<u64> = 1001..1021;

/// Every outcome over a run, for each seed.
pub type Ends = Vec<Vec<f64>>;

/// Runs of so many years of the valley under some settings, one for each seed.
pub fn ends(settings: &[String], years: u32, seeds: std::ops::Range<u64>) -> Ends {
    let end = format!("time.end=\"{}-01-01\"", 2020 + years);
    ends_of(VALLEY, &[settings, &[end]].concat(), seeds)
}

/// The same of any scenario, named from the repository's root.
pub fn ends_of(path: &str, settings: &[String], seeds: std::ops::Range<u64>) -> Ends {
    let prepared = prepared(path, settings);
    let seeds: Vec<u64> = seeds.collect();
    let mut ends = Vec::new();
    let work = |run: usize| Ok(record_of(&prepared, seeds[run], Wanted::default()).end);
    let take = |_, end| {
        ends.push(end);
        Ok::<(), ()>(())
    };
    in_order(seeds.len(), rayon::current_num_threads(), work, take).expect("no run fails");
    ends
}

/// Place of an outcome in the list.
pub fn outcome(name: &str) -> usize {
    let found = OUTCOMES.iter().position(|outcome| outcome.name == name);
    found.unwrap_or_else(|| panic!("there is no outcome {name}"))
}

/// What two arms differ by in one outcome, with the 95 % interval over shared seeds.
pub fn difference(a: &Ends, b: &Ends, outcome: usize) -> PairedDifference {
    let of = |ends: &Ends| ends.iter().map(|end| end[outcome]).collect::<Vec<f64>>();
    paired_difference(&of(a), &of(b), Confidence::NINETY_FIVE).expect("there are many seeds")
}

/// Outcomes that tell two arms apart, most certain first, for whoever chooses a row.
pub fn tell_apart(a: &Ends, b: &Ends) -> String {
    let mut found: Vec<(f64, &str, f64)> = OUTCOMES
        .iter()
        .enumerate()
        .map(|(place, outcome)| {
            let paired = difference(a, b, place);
            let t = paired.difference.value / paired.standard_error;
            (t, outcome.name, paired.difference.value)
        })
        .filter(|(t, ..)| t.abs() > 2.1 && t.is_finite())
        .collect();
    found.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    let line = |(t, name, value): &(f64, &str, f64)| format!("{name} {value:+.3} (t {t:+.1})");
    found.iter().take(12).map(line).collect::<Vec<_>>().join(", ")
}
