//! What clearing a place has left.

use serde::{Deserialize, Serialize};

/// What clearing operations have left in one place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aftermath {
    /// First week in which the place is no longer held.
    pub held_until: u32,
    /// First week in which nobody is exposed any more.
    pub exposed_until: u32,
}
