//! What is still to happen to groups.

use crate::timeline::state::When;
use crate::words::ids::{CommandId, GroupId};
use serde::{Deserialize, Serialize};

/// Something that happens to groups.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each says what its fields are")]
pub enum GroupChange {
    /// A command comes to be, with so many agents.
    Founding { command: CommandId, agents: u32 },
    /// `to` leaves `from` with this share of its fighters.
    Split { from: GroupId, to: GroupId, share: f64 },
    /// `from` becomes part of `to`.
    Merger { from: GroupId, to: GroupId },
}

/// One such change, and when it comes.
#[derive(Clone, Serialize, Deserialize)]
pub struct PlannedChange {
    /// Not kept in checkpoints: the scenario says it again.
    #[serde(skip)]
    pub when: When,
    /// What happens.
    pub change: GroupChange,
    /// Whether it has happened.
    pub done: bool,
}
