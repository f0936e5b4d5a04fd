//! Groups that hurt each other come to a truce, and break it.

pub mod rules;
pub mod effects;
pub mod phase;
