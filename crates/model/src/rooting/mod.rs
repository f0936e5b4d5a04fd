//! Groups take root where they rule.

pub mod rules;
pub mod effects;
pub mod phase;
