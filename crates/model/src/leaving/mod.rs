//! Fighters tire, quit and are arrested.

pub mod rules;
pub mod state;
pub mod effects;
pub mod phase;
