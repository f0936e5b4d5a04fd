//! What can keep a page from being made.

use std::path::PathBuf;
use toguna_output::OutputError;

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    #[error(transparent)]
    Folder(#[from] OutputError),
    #[error("{} holds the results of `toguna {experiment}`, which have no page", path.display())]
    NotShown { path: PathBuf, experiment: String },
    #[error("{}: {what}\nrun the experiment again with --force", path.display())]
    Wrong { path: PathBuf, what: String },
    #[error("there is no figure {name:?} here: {names}")]
    NoSuchFigure { name: String, names: String },
}
