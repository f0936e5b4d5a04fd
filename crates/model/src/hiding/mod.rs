//! Bands go to ground before overwhelming force, and come back when it leaves.

pub mod rules;
pub mod state;
pub mod effects;
pub mod phase;
pub mod start;
