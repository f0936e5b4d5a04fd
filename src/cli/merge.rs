//! `toguna merge`: the parts of a sweep put together.

use super::failure::Failure;
use super::shared_flags::Shared;
use super::standard_output;
use super::sweep_plan::DesignArgument;
use super::sweep_results::{complete, finish, finished};
use super::sweep_shown::ShownFlags;
use clap::Args;

/// Put the parts of a sweep together; names those that are missing
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    toguna sweep scenarios/designs/reintegration-or-not.toml --shard 1/2\n  \
    toguna sweep scenarios/designs/reintegration-or-not.toml --shard 2/2\n  \
    toguna merge scenarios/designs/reintegration-or-not.toml")]
pub struct Merge {
    #[command(flatten)]
    design: DesignArgument,
    /// Replace other results that stand in the folder
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    shown: ShownFlags,
    /// Print the manifest as JSON
    #[arg(long)]
    json: bool,
}

impl Merge {
    pub fn run(self, shared: &Shared) -> Result<(), Failure> {
        let sweep = self.design.planned()?;
        shared.begin();
        if !self.force && finished(&sweep)? {
            if !shared.quiet {
                standard_output::tell(&format!(
                    "unchanged: {} holds these very results",
                    sweep.out.display()
                ));
            }
            self.shown.show(&sweep, complete(&sweep), self.json)
        } else {
            self.shown.show(&sweep, finish(&sweep, self.force, shared), self.json)
        }
    }
}
