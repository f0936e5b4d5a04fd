//! Harm is felt, spread and faded; fear and trust.

pub mod rules;
pub mod effects;
pub mod phase;
