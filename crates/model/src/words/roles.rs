//! What somebody is now.

use serde::{Deserialize, Serialize};

/// How many roles there are.
pub const ROLES: usize = 6;

/// What somebody is now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Role {
    /// Has never been inside a group.
    #[default]
    Civilian,
    /// Inside a group.
    Fighter,
    /// Has left a group.
    FormerFighter,
    /// In prison.
    Prisoner,
    /// Was killed.
    Dead,
    /// In a neighbouring country; threshold and memories go along.
    Refugee,
}

impl Role {
    /// Every role, in order.
    pub const ALL: [Role; ROLES] = [
        Role::Civilian,
        Role::Fighter,
        Role::FormerFighter,
        Role::Prisoner,
        Role::Dead,
        Role::Refugee,
    ];
}
