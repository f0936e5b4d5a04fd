//! `toguna show`: the resolved scenario, with the origin of each value.

use super::failure::Failure;
use super::shared_flags::{ScenarioArgument, Shared};
use super::shipped::Shelves;
use super::standard_output;
use clap::Args;
use serde_json::{Map, Value, json};
use std::path::PathBuf;
use toguna_scenario::show::origins;

/// Print a scenario whole: what it extends, --set and defaults included, and where each value comes from
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    toguna show scenarios/lessons/valley.toml\n  \
    toguna show scenarios/mali/status-quo.toml --plain")]
pub struct Show {
    #[command(flatten)]
    scenario: ScenarioArgument,
    /// Leave out where each value comes from
    #[arg(long)]
    plain: bool,
    /// Folder in which the printed scenario is to find its tables [default: the current folder]
    #[arg(long, value_name = "DIR")]
    beside: Option<PathBuf>,
    /// Print the scenario and the origins of its values as JSON
    #[arg(long)]
    json: bool,
}

impl Show {
    pub fn run(self, _: &Shared) -> Result<(), Failure> {
        let checked = self.scenario.checked()?;
        let folder = self.beside.unwrap_or_default();
        if !self.json {
            return standard_output::print(&checked.resolved_in(&Shelves, &folder, !self.plain));
        }
        let scenario = checked.scenario_in(&Shelves, &folder);
        let origins = origins(&scenario, &checked.merged);
        let origins = origins.expect("a scenario is made of what JSON can hold").into_iter();
        let origins: Map<String, Value> = origins.map(|(path, o)| (path, o.into())).collect();
        standard_output::print_json(&json!({ "scenario": scenario, "origins": origins }))
    }
}
