//! Groups are founded, split and merge.

pub mod state;
pub mod effects;
pub mod phase;
