//! What the public wants on dialogue, and when it takes to the streets.
//!
//! The share o for dialogue with armed groups moves with a half-life of 13 weeks toward o*,
//!   logit o* = 0.2 + 0.6 alarm − 0.8 outrage,
//! alarm: how far deaths in the news alarm people (weariness of war); outrage: c/(c + half), c being
//! reported civilians killed by groups in the last weeks, twice as grave while talks are under way. It
//! starts where the scenario says.
//!
//! Protest is an intensity, 0 to 1. Grounds = 3 (½ − L)₊ + 0.5 [elections overdue] + 0.3 (−R)₊. Each
//! week it breaks out with chance 1 − e^(−0.06 · grounds), at an intensity between a half and one, and
//! otherwise dies down with a half-life of 10 weeks.

use crate::legitimacy::effects as legitimacy;
use crate::talks::effects as talks;
use crate::world::World;

/// Share for dialogue that the news warrants, by the formula above; deaths and civilians killed by
/// groups, both per million and week.
#[must_use]
pub fn warranted(world: &World) -> f64 {
    let rules = &world.rules.opinion;
    let alarm = legitimacy::alarm(&world.rules.legitimacy, world.government.deaths_in_the_news);
    let killed = world.government.outrages_in_the_news;
    let during_talks = if talks::are_under_way(world) {
        1.0 + world.rules.dialogue.outrage_during_talks
    } else {
        1.0
    };
    let outrage = during_talks * killed / (killed + rules.civilians_for_half_outrage);
    let logit = rules.wish_in_calm + rules.weariness * alarm - rules.outrage * outrage;
    1.0 / (1.0 + libm::exp(-logit))
}

/// What there is to protest about, 0 and more.
#[must_use]
pub fn grounds(world: &World) -> f64 {
    let rules = &world.rules.opinion;
    let overdue = f64::from(u8::from(world.government.elections_overdue));
    rules.protest_for_legitimacy * (0.5 - world.government.legitimacy).max(0.0)
        + rules.protest_for_elections * overdue
        + rules.protest_for_responsiveness * (-legitimacy::responsiveness(world)).max(0.0)
}
