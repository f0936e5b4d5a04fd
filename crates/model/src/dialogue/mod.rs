//! State and groups talk, agree and fall out.

pub mod rules;
pub mod effects;
pub mod phase;
