//! What has been observed, and the changes that wait for a week or a condition.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::sync::Arc;

/// What observers have seen: the latest week, and the places at the end of each month.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Observed {
    /// One number per entry of [`OUTCOMES`](crate::outcomes::OUTCOMES).
    pub week: Vec<f64>,
    /// By group, one number per entry of [`GROUP_OUTCOMES`](crate::outcomes::GROUP_OUTCOMES).
    pub groups: Vec<Vec<f64>>,
    /// By place, one number per entry of [`PLACE_OUTCOMES`](crate::outcomes::PLACE_OUTCOMES); filled in the last week of a month, else
    /// empty.
    pub places: Vec<Vec<f64>>,
}

/// A question about what was observed up to last week.
pub type Condition = Arc<dyn Fn(&Observed) -> bool + Send + Sync>;

/// When an entry acts.
#[derive(Clone)]
pub enum When {
    /// In this week.
    Week(u32),
    /// Once, in the first week after one in which the condition held.
    Holds(Condition),
}

impl Default for When {
    /// Never: what stands in until a scenario has said when.
    fn default() -> Self {
        When::Week(u32::MAX)
    }
}

/// One change to the levers.
#[derive(Clone, Serialize, Deserialize)]
pub struct Entry {
    /// Not kept in checkpoints: the scenario says it again.
    #[serde(skip)]
    pub when: When,
    /// Levers set, as a partial `[policy]` table that was checked when the scenario was read. As `when`.
    #[serde(skip)]
    pub policy: Map<String, Value>,
    /// The week in which it was made; none before.
    pub acted: Option<u32>,
}

/// All changes, in the order in which the scenario lists them.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Timeline {
    /// The changes.
    pub entries: Vec<Entry>,
}
