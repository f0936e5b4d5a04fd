//! Talks with each group, and what accords do to the other mechanisms.

pub mod state;
pub mod effects;
