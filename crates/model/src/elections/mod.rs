//! Elections, and the institutions that they build on.

pub mod rules;
pub mod effects;
pub mod phase;
