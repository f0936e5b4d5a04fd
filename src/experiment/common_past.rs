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
