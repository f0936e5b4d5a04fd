//! Health, schooling, justice and water.

pub mod rules;
pub mod effects;
pub mod phase;
