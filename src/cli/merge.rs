//! `toguna merge`: the parts of a sweep put together.

use super::asked::Settled;
use super::failure::Failure;
use super::sweep_plan::DesignArgument;
use super::sweep_results::{complete, finish, finished};
use clap::Args;

/// Put the parts of a sweep together; names those that are missing
#[derive(Debug, Args)]
pub struct Merge {
    #[command(flatten)]
    design: DesignArgument,
}

impl Merge {
    pub fn obey(self, settled: &Settled) -> Result<(), Failure> {
        let sweep = self.design.planned()?;
        if finished(&sweep)? {
            if !settled.quiet {
                anstream::eprintln!("unchanged: {} holds these very results", sweep.out.display());
            }
            return complete(&sweep);
        }
        finish(&sweep, false, settled)
    }
}
