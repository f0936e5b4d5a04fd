//! The state's money: what comes in, and what it is spent on.

pub mod rules;
pub mod state;
pub mod effects;
pub mod phase;
