//! Where army and commands place their forces.

pub mod rules;
pub mod effects;
pub mod phase;
