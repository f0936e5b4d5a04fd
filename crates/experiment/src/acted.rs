//! Which entries of a scenario's timeline acted in a run, and when.

use serde_json::{Map, Value};
use toguna_model::world::World;
use toguna_scenario::checked::CheckedScenario;
use toguna_units::{Date, narrow};

/// One entry in one run.
#[derive(Clone, Debug, PartialEq)]
pub struct ActedRow {
    /// Name of the scenario.
    pub scenario: String,
    /// Replicate of the run, from 0.
    pub replicate: u32,
    /// Number of the entry in the scenario, from 1.
    pub entry: u32,
    /// First day of the week in which it acted; none where it did not.
    pub date: Option<Date>,
    /// The day or the condition that it waits for.
    pub waits_for: String,
    /// Whether it waits for a condition.
    pub conditional: bool,
    /// The levers that it sets.
    pub levers: String,
    /// What the scenario notes on it.
    pub note: String,
}

/// By entry, the week in which it has acted so far.
#[must_use]
pub(crate) fn weeks_of(world: &World) -> Vec<Option<u32>> {
    world.timeline.entries.iter().map(|entry| entry.acted).collect()
}

/// A row for each entry of one run.
#[must_use]
pub fn rows(checked: &CheckedScenario, replicate: u32, weeks: &[Option<u32>]) -> Vec<ActedRow> {
    let scenario = &checked.scenario;
    let entries = scenario.timeline.iter().zip(weeks).zip(1_usize..);
    let row = |((entry, week), number): (
        (&toguna_scenario::file::TimelineEntry, &Option<u32>),
        usize,
    )| {
        let day = entry.at.map(|at| at.to_string());
        ActedRow {
            scenario: scenario.name.clone(),
            replicate,
            entry: narrow(number),
            date: week.map(|week| scenario.time.start.plus_weeks(week)),
            conditional: day.is_none(),
            waits_for: day.or_else(|| entry.when.clone()).unwrap_or_default(),
            levers: levers(entry.policy.keys(), "").join(", "),
            note: entry.note.clone(),
        }
    };
    entries.map(row).collect()
}

/// `restraint = 0.9`, `services_share.water = 0.1`: as a scenario says them.
fn levers(keys: &Map<String, Value>, before: &str) -> Vec<String> {
    let said = |(key, value): (&String, &Value)| match value {
        Value::Object(inner) => levers(inner, &format!("{before}{key}.")),
        value => vec![format!("{before}{key} = {value}")],
    };
    keys.iter().flat_map(said).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;
    use toguna_scenario::checked::read;
    use toguna_scenario::source::Disk;

    #[test]
    fn an_entry_says_what_it_waited_for_what_it_set_and_when() {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/lessons/valley.toml");
        let timeline = "timeline=[{ at = \"2020-02-03\", policy = { restraint = 0.9, services_share = \
                        { water = 0.1 } } }, { when = \"deaths > 1e9\", policy = { amnesty = 0.5 } }]";
        let checked = read(&Disk, &path, &[timeline.to_owned()]).unwrap();
        let rows = rows(&checked, 3, &[Some(5), None]);
        assert_eq!(rows[0].levers, "restraint = 0.9, services_share.water = 0.1");
        assert_eq!(rows[0].date, Some(checked.scenario.time.start.plus_weeks(5)));
        assert_eq!((rows[0].conditional, rows[0].waits_for.as_str()), (false, "2020-02-03"));
        assert_eq!((rows[1].conditional, rows[1].date, rows[1].entry), (true, None, 2));
        assert_eq!(rows[1].waits_for, "deaths > 1e9");
    }
}
