//! Neighbouring countries: sanctuary, fighters, refuge.

pub mod rules;
pub mod state;
pub mod effects;
pub mod phase;
