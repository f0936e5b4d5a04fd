//! Phase 0: dated and conditional changes act at the start of their week.

use super::policy::Policy;
use super::record::Observed;
use super::world::World;
use crate::json;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::sync::Arc;

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
    pub done: bool,
}

/// All changes, in the order in which the scenario lists them.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Timeline {
    pub entries: Vec<Entry>,
}

/// Sets the levers of every entry whose time has come; later entries win over earlier ones.
pub fn act(world: &mut World) {
    let (week, observed) = (world.calendar.week, &world.observed);
    let policy = &mut world.policy;
    for entry in &mut world.timeline.entries {
        let now = match &entry.when {
            When::Week(at) => *at == week,
            When::Holds(condition) => week > 0 && condition(observed),
        };
        if now && !entry.done {
            entry.done = true;
            *policy = with(policy, &entry.policy);
        }
    }
}

/// A policy with some levers set.
#[must_use]
pub fn with(policy: &Policy, changes: &Map<String, Value>) -> Policy {
    let mut merged = serde_json::to_value(policy).expect("levers are plain numbers and names");
    merge(&mut merged, changes);
    json::read(merged).expect("a timeline entry's levers were checked when read")
}

fn merge(into: &mut Value, changes: &Map<String, Value>) {
    for (key, value) in changes {
        match (into.get_mut(key), value) {
            (Some(table @ Value::Object(_)), Value::Object(inner)) => merge(table, inner),
            (Some(slot), _) => *slot = value.clone(),
            (None, _) => into[key] = value.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_entry_sets_the_levers_it_names_and_leaves_the_others() {
        let before = Policy::default();
        let changes = json!({ "military_pressure": 0.9, "services": { "water": 0.1 } });
        let after = with(&before, changes.as_object().unwrap());
        assert_eq!(after.military_pressure.get(), 0.9);
        assert_eq!(after.services.water.get(), 0.1);
        assert_eq!(after.services.health, before.services.health);
        assert_eq!(after.restraint, before.restraint);
    }
}
