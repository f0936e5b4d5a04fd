//! Armed groups' campaigns swell and ebb.

pub mod rules;
pub mod effects;
pub mod phase;
