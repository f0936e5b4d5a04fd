//! Whom an attacker takes for an enemy's people.

pub mod effects;
