//! A scenario and its tables, read and checked together. What comes out may be trusted.

use super::check::{check, faults_in, problems_in_overlay};
use super::check_rows::check_rows;
use super::check_settings::{
    check_abroad, check_droughts, check_group_changes, check_groups, check_invited, check_name,
    check_pacts, check_partners, check_time, check_timeline,
};
use super::expression::Condition;
use super::file::Scenario;
use super::layers::{self, Merged};
use super::limits::{Numbered, check_limits};
use super::problems::Problems;
use super::schema::Schema;
use super::source::{Files, seen_from};
use super::table_set::{TableSet, read_tables};
use std::collections::BTreeMap;
use std::path::Path;
use toguna_model::json;

/// A scenario that has passed every check, with its tables.
#[derive(Clone, Debug)]
pub struct CheckedScenario {
    /// What the file says, with all it extends.
    pub scenario: Scenario,
    /// Where each value was written.
    pub merged: Merged,
    /// The tables that it names.
    pub tables: TableSet,
    /// One per timeline entry that has a condition.
    pub conditions: Vec<Option<Condition>>,
    /// By group: the conditions of its founding and of its merger, where it has them.
    pub group_changes: BTreeMap<String, [Option<Condition>; 2]>,
}

impl CheckedScenario {
    /// The whole scenario, defaults included, naming its tables as `<key>.input.csv` beside it: what a
    /// run's folder keeps, so that it can be run again from there.
    #[must_use]
    pub fn resolved_beside_tables(&self) -> String {
        self.resolved_beside(|key| format!("{key}.input.csv"))
    }

    /// The same where a table beside it is called otherwise, by its key.
    #[must_use]
    pub fn resolved_beside(&self, file: impl Fn(&str) -> String) -> String {
        let scenario = self.naming_tables(|key, _| file(key));
        super::show::show(&scenario, None).expect("a scenario is made of what TOML can hold")
    }

    /// The whole scenario, defaults included, naming its tables so that they are found by a file in
    /// `folder`; with `origins`, each value is followed by the place it came from.
    #[must_use]
    pub fn resolved_in(&self, files: &dyn Files, folder: &Path, origins: bool) -> String {
        let merged = origins.then_some(&self.merged);
        super::show::show(&self.scenario_in(files, folder), merged)
            .expect("a scenario is made of what TOML can hold")
    }

    /// The scenario, naming its tables so that they are found by a file in `folder`.
    #[must_use]
    pub fn scenario_in(&self, files: &dyn Files, folder: &Path) -> Scenario {
        self.naming_tables(|key, name| {
            seen_from(files, folder, &self.merged.file_beside(&format!("tables.{key}"), name))
        })
    }

    /// The scenario with its tables named anew, each from its key and its name.
    fn naming_tables(&self, name: impl Fn(&str, &str) -> String) -> Scenario {
        let mut scenario = self.scenario.clone();
        let mut tables = serde_json::to_value(&scenario.tables).expect("tables are named by text");
        for (key, value) in tables.as_object_mut().into_iter().flatten() {
            if let Some(old) = value.as_str().filter(|old| !old.is_empty()) {
                *value = name(key, old).into();
            }
        }
        scenario.tables = json::read(tables).expect("only names were changed");
        scenario
    }
}

/// Reads a scenario file, what it extends, `--set` values, and every table it names.
///
/// # Errors
/// Everything wrong with the scenario and with each table alone, gathered; if no table is wrong alone,
/// also what does not fit between the tables. Where a key that cannot be done without is missing or
/// wrong, the tables are not looked at.
pub fn read(
    files: &dyn Files,
    path: &Path,
    settings: &[String],
) -> Result<CheckedScenario, Problems> {
    let (merged, mut problems) = layers::read_but_for_settings(files, path, settings)?;
    let schema = Schema::of::<Scenario>();
    let faults = faults_in(&merged, &schema);
    problems.extend(faults.problems);
    // What is left without the wrong values shows whether there is more to put right.
    let scenario: Scenario = match check(&merged.without(&faults.paths), &schema) {
        Ok(scenario) => scenario,
        Err(of_what_is_left) => {
            Problems::none_or(problems)?;
            return Err(of_what_is_left);
        }
    };
    check_name(&scenario, &merged, &mut problems);
    check_time(&scenario, &merged, &mut problems);
    check_groups(&scenario, &merged, &mut problems);
    check_partners(&scenario, &merged, &mut problems);
    check_invited(&scenario, &merged, &mut problems);
    let conditions = check_timeline(&scenario, &merged, &faults.paths, &mut problems);
    let group_changes = check_group_changes(&scenario, &merged, &mut problems);
    let tables = match read_tables(files, &scenario, &merged) {
        Ok(tables) => tables,
        Err(of_tables) => return Err(of_tables.and(problems)),
    };
    check_rows(&scenario, &tables, &mut problems);
    let TableSet { communities, constituents, .. } = &tables;
    let numbered = Numbered { communities, constituents };
    check_limits(&scenario, &numbered, &merged, &mut problems);
    check_droughts(&scenario, &tables, &merged, &mut problems);
    check_abroad(&scenario, &tables, &merged, &mut problems);
    check_pacts(&scenario, &tables, &merged, &mut problems);
    Problems::none_or(problems)?;
    Ok(CheckedScenario { scenario, merged, tables, conditions, group_changes })
}

/// Of a layer, a file without a name for scenarios to extend: everything wrong with what it says, while
/// what it leaves to others is not missing. None of any other file.
#[must_use]
pub fn layer(files: &dyn Files, path: &Path, settings: &[String]) -> Option<Result<(), Problems>> {
    let merged = layers::read(files, path, settings).ok()?;
    let unnamed = merged.get("name").is_none();
    let check = || problems_in_overlay(&merged, "", &Schema::of::<Scenario>(), "");
    unnamed.then(|| Problems::none_or(check()))
}
