//! How the war has gone.

use serde::{Deserialize, Serialize};

/// Weeks over which battles are counted.
pub const YEAR: usize = 52;

/// How a war of the state with armed groups has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The fighting stopped while an accord was kept, or within a year after.
    Settled,
    /// It stopped without one: the state has won.
    Won,
    /// The state has lost its capital.
    Lost,
}

/// How the war has gone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct War {
    /// Deaths in battles of the state with groups, in each of the last weeks, a week's place being its number
    /// modulo [`YEAR`].
    pub battle_deaths: Vec<u32>,
    /// Whether there has been a war.
    pub begun: bool,
    /// The first week of the first year in which it was none any more.
    pub quiet_since: Option<u32>,
    /// The last week in which an accord was kept.
    pub accord_kept: Option<u32>,
    /// The week in which the state first lost its capital.
    pub capital_lost: Option<u32>,
}
