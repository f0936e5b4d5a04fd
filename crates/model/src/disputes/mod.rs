//! Herders and farmers fall out.

pub mod rules;
pub mod state;
pub mod effects;
pub mod phase;
