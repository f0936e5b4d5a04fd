//! Dated and conditional changes act at the start of their week.

use super::effects::with;
use super::state::When;
use crate::world::World;

/// Sets the levers of every entry whose time has come; later entries win over earlier ones.
pub fn act(world: &mut World) {
    let (week, observed) = (world.calendar.week, &world.observed);
    let policy = &mut world.policy;
    for entry in &mut world.timeline.entries {
        let now = match &entry.when {
            When::Week(at) => *at == week,
            When::Holds(condition) => week > 0 && condition(observed),
        };
        if now && entry.acted.is_none() {
            entry.acted = Some(week);
            *policy = with(policy, &entry.policy);
        }
    }
}
