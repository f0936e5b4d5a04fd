//! `toguna completions`: what a shell needs to complete commands and flags.

use super::failure::Failure;
use super::shared_flags::Shared;
use super::{Arguments, standard_output};
use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

/// Print what a shell needs to complete commands and flags
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub fn run(self, _: &Shared) -> Result<(), Failure> {
        let mut script = Vec::new();
        generate(self.shell, &mut Arguments::command(), "toguna", &mut script);
        standard_output::print(&String::from_utf8_lossy(&script))
    }
}
