//! How long two scenarios run alike: when only their timelines differ, up to the first entry that
//! does. What they share is run once and forked. And which scenarios a past can go on under.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_model::words::calendar::Calendar;
use toguna_scenario::checked::CheckedScenario;
use toguna_scenario::diff::{diff, tables};
use toguna_scenario::file::{Scenario, TimelineEntry};
use toguna_scenario::schema::Schema;

/// Random numbers after a common past.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RandomNumbers {
    /// The draws that the past would have gone on with, for all.
    #[default]
    Same,
    /// Other draws for each; people keep their thresholds.
    Fresh,
}

impl RandomNumbers {
    #[must_use]
    pub(crate) fn is_same(&self) -> bool {
        *self == RandomNumbers::Same
    }
}

/// Weeks from the start that are the same, under the same random numbers, in all of these scenarios; 0 when
/// they differ in more than the dated entries of their timelines.
#[must_use]
pub(crate) fn common_weeks(checked: &[&CheckedScenario]) -> u32 {
    let Some((first, others)) = checked.split_first() else { return 0 };
    let weeks = others.iter().map(|other| between(first, other)).min();
    weeks.unwrap_or_else(|| first.scenario.time.weeks())
}

fn between(a: &CheckedScenario, b: &CheckedScenario) -> u32 {
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

/// Why a world that has run the first `week` weeks of `past` cannot go on under `asked`, a line each;
/// empty when it can. Levers, rules, switches, the end and what is still to come may differ; people,
/// places, groups and the start may not.
#[must_use]
pub fn incompatibilities(
    past: &CheckedScenario,
    week: u32,
    asked: &CheckedScenario,
) -> Vec<String> {
    let (before, after) = (&past.scenario, &asked.scenario);
    let end = after.time.end;
    let alike = but_for_what_may_change(after, before);
    let found = diff(before, &alike, &Schema::of::<Scenario>());
    let mut lines: Vec<String> = found
        .expect("a scenario is made of what JSON can hold")
        .iter()
        .map(|key| {
            let value = |value: &Option<String>| value.clone().unwrap_or("(absent)".to_owned());
            let (there, asked) = (value(&key.left), value(&key.right));
            format!("{}: {there} there, {asked} asked for", key.path)
        })
        .collect();
    lines.extend(tables(&past.tables, &asked.tables).iter().map(|table| {
        let (there, asked) = (table.only_left, table.only_right);
        format!("table {}: {there} rows only there, {asked} only in what is asked for", table.table)
    }));
    let calendar = Calendar::new(before.time.start);
    let now = before.time.start.plus_weeks(week);
    if after.time.weeks() < week {
        lines.push(format!("time.end: {end} comes before {now}, when that past ends"));
    }
    for (number, entry) in after.timeline.iter().enumerate() {
        if let Some(at) = entry.at.filter(|at| calendar.week_of(*at) < week)
            && !before.timeline.contains(entry)
        {
            lines.push(format!(
                "timeline[{number}]: {at} comes before {now}, and that past has no such entry"
            ));
        }
    }
    lines
}

/// `scenario` with all that may change in mid-run as in `other`. Whatever is not named here must be the
/// same, sections still to be written included.
fn but_for_what_may_change(scenario: &Scenario, other: &Scenario) -> Scenario {
    let mut alike = scenario.clone();
    alike.name.clone_from(&other.name);
    alike.title.clone_from(&other.title);
    alike.description.clone_from(&other.description);
    alike.tables.clone_from(&other.tables);
    alike.time.end = other.time.end;
    alike.policy.clone_from(&other.policy);
    alike.rules.clone_from(&other.rules);
    alike.mechanisms.clone_from(&other.mechanisms);
    alike.timeline.clone_from(&other.timeline);
    alike
}

/// Whether person *n* of one scenario is person *n* of the other, so that those who joined can be
/// told apart one by one.
#[must_use]
pub(crate) fn same_people(a: &CheckedScenario, b: &CheckedScenario) -> bool {
    a.scenario.people == b.scenario.people
        && a.tables.communities.text() == b.tables.communities.text()
        && a.tables.constituents.text() == b.tables.constituents.text()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;
    use toguna_scenario::checked::read;
    use toguna_scenario::source::Disk;

    fn with(settings: &[&str]) -> CheckedScenario {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/mali/status-quo.toml");
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
    fn a_past_goes_on_under_other_levers_and_rules_but_not_with_other_people_or_another_past() {
        let past = with(&[r#"timeline=[{ at = "2024-02-05", policy = { restraint = 0.7 } }]"#]);
        let incompatible = |settings: &[&str]| incompatibilities(&past, 53, &with(settings));
        let later = r#"timeline=[{ at = "2025-01-06", policy = { restraint = 0.9 } }]"#;
        let free = [
            "policy.restraint=0.1",
            "rules.violence.scale=2.0",
            "mechanisms.coups=false",
            "time.end=\"2030-12-31\"",
            "name=\"other\"",
            later,
        ];
        assert_eq!(incompatible(&free), Vec::<String>::new());
        let told = incompatible(&["people.people_per_agent=10", "government.legitimacy=0.2"]);
        assert_eq!(told[0], "people.people_per_agent: 1 there, 10 asked for");
        assert!(told[1].starts_with("government.legitimacy: "), "{told:?}");
        let early = r#"timeline=[{ at = "2024-05-06", policy = { restraint = 0.9 } }]"#;
        assert_eq!(
            incompatible(&[early]),
            ["timeline[0]: 2024-05-06 comes before 2025-01-06, and that past has no such entry"]
        );
        assert_eq!(
            incompatible(&["time.end=\"2024-06-30\""]),
            ["time.end: 2024-06-30 comes before 2025-01-06, when that past ends"]
        );
    }

    #[test]
    fn people_are_the_same_whatever_the_policy_and_others_at_another_grain() {
        let plain = with(&[]);
        assert!(same_people(&plain, &with(&["policy.restraint=0.1"])));
        assert!(!same_people(&plain, &with(&["people.people_per_agent=10"])));
    }
}
