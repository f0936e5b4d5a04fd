//! What may go wrong, and the exit code it ends with.

use super::standard_output;
use serde_json::json;
use std::error::Error;
use toguna_experiment::checkpoint::CheckpointError;
use toguna_experiment::replicate::Stopped;
use toguna_output::OutputError;
use toguna_report::ReportError;
use toguna_scenario::problems::Problems;
use toguna_units::narrow;

#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Exit code 3.
    #[error(transparent)]
    Scenario(#[from] Problems),
    /// Exit code 3. What is wrong with a design or its table of points.
    #[error(transparent)]
    Design(Problems),
    /// Exit code 3.
    #[error("{file} cannot be gone on from")]
    Checkpoint {
        file: String,
        #[source]
        source: Box<CheckpointError>,
    },
    /// Exit code 3.
    #[error("{file} could not be read")]
    Unreadable { file: String, source: std::io::Error },
    /// Exit code 1.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// Exit code 1. Why there is no page.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// Exit code 2.
    #[error("{0}")]
    Usage(String),
    /// Exit code 1.
    #[error("{what}")]
    Failed { what: String, source: Option<Box<dyn Error + Send + Sync>> },
    /// Exit code 4.
    #[error("{0}")]
    Incomplete(String),
    /// Exit code 75.
    #[error("interrupted; the same command goes on from here")]
    Resumable,
    /// Exit code 130.
    #[error("interrupted; nothing was left behind")]
    Interrupted,
    /// Already told; only the exit code is left to set.
    #[error("")]
    Told { exit_code: u8 },
}

impl From<Stopped> for Failure {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Interrupted => Failure::Interrupted,
            Stopped::Broken(found) => {
                Failure::Failed { what: "a run ended early".to_owned(), source: Some(found.into()) }
            }
        }
    }
}

impl Failure {
    /// Prints what the reader of the command line has to say: help on standard output, or what is wrong
    /// on standard error.
    ///
    /// # Errors
    /// When it is wrong, or help cannot be printed.
    pub fn of_usage(told: &clap::Error) -> Result<(), Failure> {
        if told.use_stderr() {
            // There is nobody left to tell when that fails.
            let _ = told.print();
            return Err(Failure::Told { exit_code: narrow(told.exit_code()) });
        }
        standard_output::written(told.print())
    }

    /// The exit code of an invalid scenario.
    pub const INVALID: u8 = 3;

    /// As documented in `toguna --help`.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Failure::Failed { .. } | Failure::Output(_) | Failure::Report(_) => 1,
            Failure::Usage(_) => 2,
            Failure::Scenario(_)
            | Failure::Design(_)
            | Failure::Checkpoint { .. }
            | Failure::Unreadable { .. } => Self::INVALID,
            Failure::Incomplete(_) => 4,
            Failure::Resumable => 75,
            Failure::Interrupted => 130,
            Failure::Told { exit_code } => *exit_code,
        }
    }

    /// To standard error, with all its causes.
    pub fn print(&self) {
        match self {
            Failure::Told { .. } => {}
            Failure::Scenario(problems) | Failure::Design(problems) => {
                standard_output::tell(&Self::rendered(problems));
            }
            _ => {
                standard_output::tell(&format!("error: {self}"));
                for cause in self.causes() {
                    standard_output::tell(&format!("  because: {cause}"));
                }
            }
        }
    }

    /// With colours where standard error shows them.
    #[must_use]
    pub fn rendered(problems: &Problems) -> String {
        let choice = anstream::AutoStream::choice(&std::io::stderr());
        problems.render(!matches!(choice, anstream::ColorChoice::Never))
    }

    /// Tells programs on standard output what `print` tells people on standard error.
    #[must_use]
    pub fn told_as_json(self) -> Failure {
        let exit_code = self.exit_code();
        let told = match &self {
            Failure::Told { .. } => return self,
            Failure::Scenario(problems) | Failure::Design(problems) => {
                let scenario = matches!(self, Failure::Scenario(_));
                let what = if scenario { "scenario" } else { "design" };
                json!({
                    "error": format!("the {what} is invalid"),
                    "exit_code": exit_code,
                    "problems": problems.records(),
                })
            }
            _ => json!({
                "error": self.to_string(),
                "exit_code": exit_code,
                "causes": self.causes(),
            }),
        };
        match standard_output::print_json(&told) {
            Ok(()) => Failure::Told { exit_code },
            Err(_) => self,
        }
    }

    fn causes(&self) -> Vec<String> {
        let mut causes = Vec::new();
        let mut next = self.source();
        while let Some(cause) = next {
            causes.push(cause.to_string());
            next = cause.source();
        }
        causes
    }
}
