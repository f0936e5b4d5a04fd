//! What may go wrong, and the exit code it ends with.

use std::error::Error;
use toguna_experiment::checkpoint::CheckpointError;
use toguna_experiment::replicate::Stopped;
use toguna_output::OutputError;
use toguna_report::ReportError;
use toguna_scenario::problems::Problems;

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
    /// Exit code 3, but 2 when there is no such figure. Why there is no page.
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
    #[error("interrupted; run the same command again to resume")]
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
    /// The exit code of an invalid scenario.
    pub const INVALID: u8 = 3;

    /// As documented in `toguna --help`.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Failure::Failed { .. } | Failure::Output(_) => 1,
            Failure::Usage(_) | Failure::Report(ReportError::NoSuchFigure { .. }) => 2,
            Failure::Scenario(_)
            | Failure::Design(_)
            | Failure::Checkpoint { .. }
            | Failure::Report(_)
            | Failure::Unreadable { .. } => Self::INVALID,
            Failure::Incomplete(_) => 4,
            Failure::Resumable => 75,
            Failure::Interrupted => 130,
            Failure::Told { exit_code } => *exit_code,
        }
    }
}
