//! The army's garrisons: given up, and taken back.

pub mod rules;
pub mod state;
pub mod effects;
pub mod phase;
pub mod start;
