//! `toguna completions`: what a shell needs to complete commands and flags.

use super::failure::Failure;
use super::standard_output;
use clap::{Args, Command};
use clap_complete::{Shell, generate};

/// Print what a shell needs to complete commands and flags
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    toguna completions bash\n  \
    toguna completions fish")]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub fn run(self, mut program: Command) -> Result<(), Failure> {
        let mut script = Vec::new();
        generate(self.shell, &mut program, "toguna", &mut script);
        standard_output::print(&String::from_utf8_lossy(&script))
    }
}
