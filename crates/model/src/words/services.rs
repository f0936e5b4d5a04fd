//! The four services.

/// The four services, in the order in which places keep them.
pub const SERVICES: [&str; 4] = ["health", "schooling", "justice", "water"];

/// Health care.
pub const HEALTH: usize = 0;

/// Schools.
pub const SCHOOLING: usize = 1;

/// Courts.
pub const JUSTICE: usize = 2;

/// Water.
pub const WATER: usize = 3;
