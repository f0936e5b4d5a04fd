//! Places that the army clears are held or left.

pub mod rules;
pub mod state;
pub mod effects;
pub mod phase;
