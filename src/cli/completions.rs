//! `toguna completions`: what a shell needs to complete commands and flags.

use super::asked::Settled;
use super::failure::Failure;
use super::{Arguments, page};
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
    pub fn obey(self, _: &Settled) -> Result<(), Failure> {
        let mut script = Vec::new();
        generate(self.shell, &mut Arguments::command(), "toguna", &mut script);
        page::print(&String::from_utf8_lossy(&script))
    }
}
