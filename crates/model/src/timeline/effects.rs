//! Levers with some of them set.

use crate::json;
use crate::world::policy::Policy;
use serde_json::{Map, Value};

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
        let changes = json!({ "military_pressure": 0.9, "services_share": { "water": 0.1 } });
        let after = with(&before, changes.as_object().unwrap());
        assert_eq!(after.military_pressure.get(), 0.9);
        assert_eq!(after.services_share.water.get(), 0.1);
        assert_eq!(after.services_share.health, before.services_share.health);
        assert_eq!(after.restraint, before.restraint);
    }
}
