//! The runs of a design: how each ends, and what they show together while they come in.

mod files;
mod fork;
mod run_outcomes;
mod points;
mod summary;
mod weekly;

pub use files::ReadOnce;
pub use fork::{Fork, Spent};
pub use points::Points;
pub use run_outcomes::{Ended, RunOutcomes, attempt};
pub use summary::{ContrastRow, SensitivityRow, Summary, SummaryRow};
pub use weekly::{BandRow, WeeklyBands};
