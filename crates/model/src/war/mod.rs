//! How the war goes, and how it ends.

pub mod state;
pub mod effects;
pub mod phase;
