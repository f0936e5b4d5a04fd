//! Rain by region and year, droughts, and the lean season.

pub mod rules;
pub mod state;
pub mod effects;
pub mod phase;
