//! `toguna merge`: the parts of a sweep put together.

use super::asked::Settled;
use super::failure::Failure;
use super::page;
use super::sweep_plan::DesignArgument;
use super::sweep_results::{complete, finish, finished, manifest};
use clap::Args;

/// Put the parts of a sweep together; names those that are missing
#[derive(Debug, Args)]
pub struct Merge {
    #[command(flatten)]
    design: DesignArgument,
    /// Print the manifest as JSON
    #[arg(long)]
    pub json: bool,
}

impl Merge {
    pub fn obey(self, settled: &Settled) -> Result<(), Failure> {
        let sweep = self.design.planned()?;
        settled.begin();
        if finished(&sweep)? {
            if !settled.quiet {
                page::tell(&format!("unchanged: {} holds these very results", sweep.out.display()));
            }
            complete(&sweep)?;
        } else {
            finish(&sweep, false, settled)?;
        }
        if self.json { page::print_json(&manifest(&sweep)?) } else { Ok(()) }
    }
}
