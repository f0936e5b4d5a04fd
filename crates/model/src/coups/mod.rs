//! Soldiers take power.

pub mod rules;
pub mod effects;
pub mod phase;
