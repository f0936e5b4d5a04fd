//! Parses the flags, calls one command, prints the error, sets the exit code.

use clap::Parser;
use std::process::ExitCode;
use toguna::cli::{Arguments, Failure};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match arguments.obey() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.print();
            ExitCode::from(Failure::exit_code(&failure))
        }
    }
}
