//! `toguna schema`: what a scenario may hold, for editors.

use super::asked::Settled;
use super::failure::Failure;
use super::page;
use clap::Args;
use toguna_scenario::file::Scenario;

/// Print the JSON Schema (draft-07) by which editors complete and check scenarios
#[derive(Debug, Args)]
pub struct Schema {
    /// For scenarios that extend another: nothing is required
    #[arg(long)]
    overlay: bool,
}

impl Schema {
    pub fn obey(self, _: &Settled) -> Result<(), Failure> {
        let schema = toguna_scenario::schema::Schema::of::<Scenario>();
        page::print(&if self.overlay { schema.overlay() } else { schema.full() })
    }
}
