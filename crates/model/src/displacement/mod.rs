//! People flee, move on and return.

pub mod rules;
pub mod state;
pub mod effects;
pub mod phase;
pub mod start;
