//! What people think of a group.

pub mod effects;
