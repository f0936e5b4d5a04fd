//! Local pacts and blockades.

pub mod rules;
pub mod state;
pub mod effects;
pub mod phase;
