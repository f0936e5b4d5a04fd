//! Displaced households, and the quarters that host them.

pub mod state;
