//! Who can act, harm and hold a place.

use serde::{Deserialize, Serialize};
use toguna_engine::layout::Quarter;
use toguna_units::narrow;

/// A party to the conflict, as an index: 0 is the state with those who fight beside it, 1 + *g* is
/// armed group *g*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Side(pub u8);

impl Side {
    /// The state, with those who fight beside it.
    pub const STATE: Side = Side(0);
    /// Civilians who quarrel with their neighbours: no armed side. Nothing is kept by this index.
    pub const CIVILIANS: Side = Side(u8::MAX);

    /// The side that a group is.
    #[must_use]
    pub fn of(group: GroupId) -> Side {
        Side(group.0 + 1)
    }

    /// The group, unless this is the state or neighbours.
    #[must_use]
    pub fn group(self) -> Option<GroupId> {
        if self == Side::CIVILIANS { None } else { self.0.checked_sub(1).map(GroupId) }
    }

    /// Its place in a list of all sides.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// An armed group, by place in the world's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct GroupId(pub u8);

impl GroupId {
    /// Its place in the world's list.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A command, by place in the world's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CommandId(pub u16);

impl CommandId {
    /// Its place in the world's list.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A community, by place in the world's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CommunityId(pub u16);

impl CommunityId {
    /// Its place in the world's list.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A constituency, by place in the world's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ConstituencyId(pub u8);

impl ConstituencyId {
    /// Its place in the world's list.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A neighbouring country, by place in the world's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AbroadId(pub u8);

impl AbroadId {
    /// Its place in the world's list.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// Where the thresholds of its refugees rest: behind so many quarters of the country.
    #[must_use]
    pub fn quarter(self, of_country: usize) -> Quarter {
        Quarter(narrow(of_country + self.index()))
    }
}
