//! People join armed groups.

pub mod rules;
pub mod effects;
pub mod phase;
