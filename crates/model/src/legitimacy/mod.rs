//! How far the state is believed to be entitled to rule.

pub mod rules;
pub mod effects;
pub mod phase;
