//! `toguna schema`: what a scenario may hold, for editors.

use super::failure::Failure;
use super::shared_flags::Shared;
use super::standard_output;
use clap::Args;
use toguna_scenario::file::Scenario;

/// Print the JSON Schema (draft-07) by which editors complete and check scenarios
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    toguna schema\n  \
    toguna schema --overlay")]
pub struct Schema {
    /// For scenarios that extend another: nothing is required
    #[arg(long)]
    overlay: bool,
}

impl Schema {
    pub fn run(self, _: &Shared) -> Result<(), Failure> {
        let schema = toguna_scenario::schema::Schema::of::<Scenario>();
        standard_output::print(&if self.overlay { schema.overlay() } else { schema.full() })
    }
}
