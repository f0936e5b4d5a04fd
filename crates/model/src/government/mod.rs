//! The government: its army, its legitimacy, and who rules it.

pub mod state;
