//! What pacts do to all the other mechanisms.

pub mod rules;
pub mod effects;
