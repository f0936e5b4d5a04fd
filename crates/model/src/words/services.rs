//! The four services.

/// The four services, in the order in which places keep them.
pub const SERVICES: [&str; 4] = ["health", "schooling", "justice", "water"];

pub const HEALTH: usize = 0;

pub const SCHOOLING: usize = 1;

pub const JUSTICE: usize = 2;

pub const WATER: usize = 3;
