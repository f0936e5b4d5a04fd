//! What people live on, levies, hunger and relief.

pub mod rules;
pub mod effects;
pub mod phase;
