//! What a community and a command would agree on.

pub mod rules;
pub mod effects;
