//! The government: its army, its standing, and who rules it.

pub mod state;
