//! Armed actors fight and harm civilians.

pub mod rules;
pub mod effects;
pub mod phase;
