//! What the public wants on dialogue, and protest.

pub mod rules;
pub mod effects;
pub mod phase;
