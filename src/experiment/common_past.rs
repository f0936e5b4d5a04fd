//! How long two scenarios live alike: when only their timelines differ, up to the first entry that
//! does. What they share is lived once and forked.

use crate::model::calendar::Calendar;
use crate::scenario::file::{Scenario, TimelineEntry};
use crate::scenario::reading::Reading;

/// Weeks from the start that are the same, under the same luck, in all of these scenarios; 0 when
/// they differ in more than the dated entries of their timelines.
#[must_use]
pub fn common_weeks(readings: &[&Reading]) -> u32 {
    let Some((first, others)) = readings.split_first() else { return 0 };
    let weeks = others.iter().map(|other| between(first, other)).min();
    weeks.unwrap_or_else(|| first.scenario.time.weeks())
}

fn between(a: &Reading, b: &Reading) -> u32 {
    let alike = but_for_timeline(&a.scenario, &a.scenario)
        == but_for_timeline(&b.scenario, &a.scenario)
        && a.tables.texts().iter().zip(b.tables.texts()).all(|(a, b)| a.1 == b.1);
    if !alike {
        return 0;
    }
    let (a, b) = (&a.scenario, &b.scenario);
    let same = a.timeline.iter().zip(&b.timeline).take_while(|(a, b)| a == b).count();
    let calendar = Calendar::new(a.time.start);
    // An entry that waits for a condition may act in any week.
    let acts = |entry: &TimelineEntry| entry.at.map_or(0, |at| calendar.week_of(at));
    let rest = a.timeline[same..].iter().chain(&b.timeline[same..]);
    rest.map(acts).fold(a.time.weeks(), u32::min)
}

/// What a scenario and its tables are called changes nothing it does.
fn but_for_timeline(scenario: &Scenario, called_as: &Scenario) -> Scenario {
    Scenario {
        name: String::new(),
        title: String::new(),
        description: String::new(),
        tables: called_as.tables.clone(),
        timeline: Vec::new(),
        ..scenario.clone()
    }
}

/// Whether person *n* of one scenario is person *n* of the other, so that those who joined can be
/// told apart one by one.
#[must_use]
pub fn same_people(a: &Reading, b: &Reading) -> bool {
    a.scenario.people == b.scenario.people
        && a.tables.communities.text() == b.tables.communities.text()
        && a.tables.constituents.text() == b.tables.constituents.text()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::reading::read;
    use crate::scenario::source::Disk;
    use std::path::Path;

    fn with(settings: &[&str]) -> Reading {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/mali/status-quo.toml");
        let settings: Vec<String> = settings.iter().map(|it| (*it).to_owned()).collect();
        read(&Disk, &path, &settings).unwrap()
    }

    #[test]
    fn scenarios_live_alike_until_their_first_entry_that_differs() {
        let early = r#"{ at = "2025-01-06", policy = { restraint = 0.7 } }"#;
        let late = r#"{ at = "2026-01-05", policy = { restraint = 0.9 } }"#;
        let plain = with(&[]);
        let one = with(&[&format!("timeline=[{early}]")]);
        let both = with(&[&format!("timeline=[{early}, {late}]"), "name=\"both\""]);
        assert_eq!(common_weeks(&[&plain, &plain]), plain.scenario.time.weeks());
        assert_eq!(common_weeks(&[&plain, &one]), 53);
        assert_eq!(common_weeks(&[&one, &both]), 105);
        assert_eq!(common_weeks(&[&one, &both, &plain]), 53);
        let condition = r#"{ when = "recruits > 5", policy = { restraint = 0.7 } }"#;
        assert_eq!(common_weeks(&[&plain, &with(&[&format!("timeline=[{condition}]")])]), 0);
        assert_eq!(common_weeks(&[&plain, &with(&["policy.restraint=0.61"])]), 0);
    }

    #[test]
    fn people_are_the_same_whatever_the_policy_and_others_at_another_grain() {
        let plain = with(&[]);
        assert!(same_people(&plain, &with(&["policy.restraint=0.1"])));
        assert!(!same_people(&plain, &with(&["people.people_per_agent=10"])));
    }
}
