//! Foreign forces beside the state.

pub mod rules;
pub mod state;
pub mod effects;
pub mod phase;
