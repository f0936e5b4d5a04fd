//! The weather of a region.

use serde::{Deserialize, Serialize};

/// The weather of one region.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sky {
    /// Rain now, as a share of normal more (or, below 0, less).
    pub rain: f64,
    /// The rains of this season so far, added up over its weeks.
    pub(super) season: f64,
    pub(super) season_weeks: u32,
    /// What the latest harvest brought; 1 is normal.
    pub harvest: f64,
}
