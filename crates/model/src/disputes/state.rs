//! One dispute.

use crate::words::ids::{CommunityId, Side};
use serde::{Deserialize, Serialize};

/// One dispute of this week.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dispute {
    /// Where it was.
    pub community: CommunityId,
    /// Persons killed in it.
    pub killed: u32,
    /// The band's side that took it up.
    pub taken_up_by: Option<Side>,
}
