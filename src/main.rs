//! Parses the flags, calls one command, prints the error, sets the exit code.

mod cli; // one file per command: flags in, experiment, output, done

use cli::{Arguments, Failure};
use std::process::ExitCode;

fn main() -> ExitCode {
    let done = match Arguments::given() {
        Ok(arguments) => arguments.run(),
        Err(told) => Failure::of_usage(&told),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.print();
            ExitCode::from(Failure::exit_code(&failure))
        }
    }
}
