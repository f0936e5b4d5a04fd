//! Who is in prison.

use crate::words::ids::GroupId;
use serde::{Deserialize, Serialize};
use toguna_engine::layout::Person;

/// Somebody in prison until a week.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prisoner {
    /// Who is in prison.
    pub person: Person,
    /// The week of release.
    pub until: u32,
    /// The group they fought for.
    pub group: GroupId,
}
