//! Dated and conditional changes of the levers.

pub mod state;
pub mod effects;
pub mod phase;
