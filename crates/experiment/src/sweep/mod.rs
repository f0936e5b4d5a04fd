//! The runs of a design: how each ends, and what they show together while they come in.

mod files;
mod fork;
mod lived;
mod points;
mod summary;
mod weekly;

pub use files::ReadOnce;
pub use fork::{Fork, Spent};
pub use lived::{Ended, Lived, attempt};
pub use points::Points;
pub use summary::{ContrastRow, SensitivityRow, Summary, SummaryRow};
pub use weekly::{BandRow, WeeklyBands};
