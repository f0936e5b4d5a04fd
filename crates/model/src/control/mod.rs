//! Who holds what.

pub mod rules;
pub mod effects;
pub mod phase;
