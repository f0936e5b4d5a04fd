//! Bands too small to stand alone join others of their katiba, and a katiba too small goes home.

pub mod rules;
pub mod phase;
