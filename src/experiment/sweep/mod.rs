//! The runs of a design: how each ends, and what they show together while they come in.

mod files;
mod points;
mod summary;

pub use files::ReadOnce;
pub use points::{Ended, Points, attempt};
pub use summary::{ContrastRow, SensitivityRow, Summary, SummaryRow};
