//! The state is judged.

use super::effects::{deserved, performance, residents};
use crate::world::World;

/// The week's news is heard, and legitimacy moves.
pub fn shift(world: &mut World) {
    hear(world);
    if !world.mechanisms.legitimacy_change {
        return;
    }
    let rules = &world.rules.legitimacy;
    let deserved = deserved(rules, &performance(world));
    let kept = rules.half_life.weekly_survival_of_half_life();
    let government = &mut world.government;
    government.legitimacy = deserved + (government.legitimacy - deserved) * kept;
}

fn hear(world: &mut World) {
    let mut deaths = 0.0;
    for event in world.log.events.iter().filter(|event| event.reported) {
        deaths += f64::from(event.deaths());
    }
    let rate = 1.0 / world.rules.legitimacy.news_time.get().max(1.0);
    let per_million = deaths / (residents(world) / 1e6).max(1e-6);
    world.government.deaths_in_the_news +=
        (per_million - world.government.deaths_in_the_news) * rate;
}
