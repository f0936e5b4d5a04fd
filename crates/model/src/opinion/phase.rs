//! Opinion and protest follow.

use super::effects::{grounds, warranted};
use crate::words::purposes;
use crate::world::World;
use toguna_engine::streams::uniform;

/// Opinion on dialogue follows the news.
pub fn shift(world: &mut World) {
    let mut killed = 0.0;
    for event in world.log.events.iter().filter(|event| event.reported) {
        if event.harm_by.group().is_some() {
            killed += f64::from(event.civilians_killed);
        }
    }
    let residents: f64 = world.communities.iter().map(|place| place.residents).sum();
    let per_million = killed / (residents / 1e6).max(1e-6);
    let rate = 1.0 / world.rules.opinion.outrage_time.get().max(1.0);
    world.government.outrages_in_the_news +=
        (per_million - world.government.outrages_in_the_news) * rate;
    if world.mechanisms.opinion_change {
        let warranted = warranted(world);
        let kept = world.rules.opinion.half_life.weekly_survival_of_half_life();
        let government = &mut world.government;
        government.opinion_dialogue = warranted + (government.opinion_dialogue - warranted) * kept;
    }
}

/// Protest breaks out or dies down.
pub fn protest(world: &mut World) {
    if !world.mechanisms.protest {
        world.government.protest = 0.0;
        return;
    }
    let rules = &world.rules.opinion;
    let mut draw = world.streams.at(purposes::PROTEST, 0, u64::from(world.calendar.week));
    let (breaks_out, how_large) = (uniform(&mut draw), uniform(&mut draw));
    let chance_to_break_out = 1.0 - libm::exp(-rules.outbreaks_per_week * grounds(world));
    let left = world.government.protest * rules.protest_half_life.weekly_survival_of_half_life();
    world.government.protest =
        if breaks_out < chance_to_break_out { left.max(0.5 + 0.5 * how_large) } else { left };
}
