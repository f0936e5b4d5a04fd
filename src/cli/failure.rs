//! What may go wrong, and the exit code it ends with.

use crate::experiment::replicate::Interrupted;
use crate::output::OutputError;
use crate::scenario::problems::Problems;
use std::error::Error;

#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Exit code 3.
    #[error(transparent)]
    Scenario(#[from] Problems),
    /// Exit code 3.
    #[error("{0}")]
    Design(String),
    /// Exit code 1.
    #[error(transparent)]
    Output(#[from] OutputError),
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
}

impl From<Interrupted> for Failure {
    fn from(_: Interrupted) -> Self {
        Failure::Interrupted
    }
}

impl Failure {
    /// As documented in `toguna --help`.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Failure::Failed { .. } | Failure::Output(_) => 1,
            Failure::Usage(_) => 2,
            Failure::Scenario(_) | Failure::Design(_) => 3,
            Failure::Incomplete(_) => 4,
            Failure::Resumable => 75,
            Failure::Interrupted => 130,
        }
    }

    /// To standard error, with all its causes.
    pub fn print(&self) {
        if let Failure::Scenario(problems) = self {
            let styled = anstream::AutoStream::choice(&std::io::stderr());
            let styled = !matches!(styled, anstream::ColorChoice::Never);
            anstream::eprintln!("{}", problems.render(styled));
            return;
        }
        anstream::eprintln!("error: {self}");
        let mut cause = self.source();
        while let Some(error) = cause {
            anstream::eprintln!("  because: {error}");
            cause = error.source();
        }
    }
}
