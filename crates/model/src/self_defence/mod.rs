//! People whom nobody protects found bands of their own.

pub mod rules;
pub mod effects;
pub mod phase;
