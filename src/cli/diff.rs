//! `toguna diff`: only what differs between two scenarios.

use super::failure::Failure;
use super::shared_flags::{Settings, Shared};
use super::shipped::{self, Shelves};
use super::standard_output;
use clap::Args;
use serde_json::json;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use toguna_scenario::checked::read;
use toguna_scenario::diff::{Difference, TableDifference, as_text, diff, tables};
use toguna_scenario::file::Scenario;
use toguna_scenario::problems::counted;
use toguna_scenario::schema::Schema;
use toguna_scenario::source::shown;

/// Say what differs between two scenarios, with meaning and unit
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    toguna diff scenarios/mali/status-quo.toml scenarios/mali/services-first.toml\n  \
    toguna diff scenarios/lessons/valley.toml scenarios/lessons/talking-valley.toml --json")]
pub struct Diff {
    /// The first scenario: a file (TOML) or a shipped one's name
    #[arg(value_name = "A", value_parser = shipped::path())]
    left: PathBuf,
    /// The second
    #[arg(value_name = "B", value_parser = shipped::path())]
    right: PathBuf,
    #[command(flatten)]
    settings: Settings,
    /// Print the differences as JSON
    #[arg(long)]
    json: bool,
}

impl Diff {
    pub fn run(self, shared: &Shared) -> Result<(), Failure> {
        let left = read(&Shelves, &self.left, &self.settings.set);
        let right = read(&Shelves, &self.right, &self.settings.set);
        let (left, right) = match (left, right) {
            (Ok(left), Ok(right)) => (left, right),
            (Err(left), Err(right)) => return Err(left.and(right.into_vec()).into()),
            (Err(problems), Ok(_)) | (Ok(_), Err(problems)) => return Err(problems.into()),
        };
        // Tables are named as they are seen from here: the same file has the same name in both.
        let here = Path::new("");
        let (a, b) = (left.scenario_in(&Shelves, here), right.scenario_in(&Shelves, here));
        let found = diff(&a, &b, &Schema::of::<Scenario>());
        let mut found = found.expect("a scenario is made of what JSON can hold");
        let tables = tables(&left.tables, &right.tables);
        found.retain(|difference| match difference.path.strip_prefix("tables.") {
            Some(table) => tables.iter().any(|differing| differing.table == table),
            None => true,
        });
        if self.json {
            return standard_output::print_json(&json!({ "values": found, "tables": tables }));
        }
        if found.is_empty() && tables.is_empty() {
            if !shared.quiet {
                standard_output::tell("no difference");
            }
            return Ok(());
        }
        standard_output::print(&self.told(&found, &tables))
    }

    fn told(&self, found: &[Difference], tables: &[TableDifference]) -> String {
        let mut text = format!("{} → {}\n\n", shown(&self.left), shown(&self.right));
        text += &as_text(found);
        for TableDifference { table, only_left, only_right } in tables {
            let [left, right] = [only_left, only_right].map(|rows| counted(*rows, "row", "rows"));
            let _ =
                writeln!(text, "table {table}: {left} only in the first, {right} in the second");
        }
        text
    }
}
