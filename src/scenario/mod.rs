//! The scenario file: read, extended, checked. What leaves this room may be trusted.

pub mod layers; // the file, what it extends, and --set, merged
pub mod problems; // what is wrong, where it stands, what would do
pub mod source; // texts that problems point into, from disk or memory
pub mod suggest; // did you mean
pub mod tree; // values that know where they stand
