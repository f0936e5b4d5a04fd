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

use super::legitimacy;
use super::purposes;
use super::world::World;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_engine::streams::uniform;
use toguna_units::Weeks;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct OpinionRules {
    /// Time in which half of the way to a new opinion is gone. Unit: duration. Source: assumed.
    pub half_life: Weeks,
    /// Wish for dialogue in calm. Unit: logit. Source: assumed with the two below; together they give
    /// the 56 % of 2017 (survey cited by ISS Today) at that year's violence.
    #[schemars(range(min = -5.0, max = 5.0))]
    pub wish_in_calm: f64,
    /// How far weariness of war raises the wish for dialogue. Unit: logit per share of alarm.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub weariness: f64,
    /// How far killings of civilians by groups lower it. Unit: logit per share of outrage.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub outrage: f64,
    /// Civilians killed by groups at which outrage is half of what it can become. Unit: deaths per
    /// million residents and week. Source: assumed.
    #[schemars(range(min = 0.01, max = 1_000.0))]
    pub civilians_for_half_outrage: f64,
    /// How long a killing outrages. Unit: duration. Source: assumed.
    pub outrage_time: Weeks,
    /// Weight of lacking legitimacy among the grounds for protest. Unit: grounds per share below one
    /// half. Source: assumed.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub protest_for_legitimacy: f64,
    /// Weight of overdue elections among the grounds for protest. Unit: grounds. Source: assumed.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub protest_for_elections: f64,
    /// Weight of doing the contrary of what the public wants on dialogue. Unit: grounds.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub protest_for_responsiveness: f64,
    /// Hazard of an outbreak for one unit of grounds. Unit: per week. Source: assumed; grounds of one
    /// half give about three outbreaks in two years.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub outbreaks_per_week: f64,
    /// Time in which half of a protest has died down. Unit: duration. Source: assumed.
    pub protest_half_life: Weeks,
}

impl Default for OpinionRules {
    fn default() -> Self {
        OpinionRules {
            half_life: Weeks(13),
            wish_in_calm: 0.2,
            weariness: 0.6,
            outrage: 0.8,
            civilians_for_half_outrage: 0.5,
            outrage_time: Weeks(8),
            protest_for_legitimacy: 3.0,
            protest_for_elections: 0.5,
            protest_for_responsiveness: 0.3,
            outbreaks_per_week: 0.06,
            protest_half_life: Weeks(10),
        }
    }
}

/// Share for dialogue that the news warrants, by the formula above; deaths and civilians killed by
/// groups, both per million and week.
#[must_use]
pub fn warranted(world: &World) -> f64 {
    let rules = &world.rules.opinion;
    let alarm = legitimacy::alarm(&world.rules.legitimacy, world.state.deaths_in_the_news);
    let killed = world.state.outrages_in_the_news;
    let during_talks = if super::talks::are_under_way(world) {
        1.0 + world.rules.dialogue.outrage_during_talks
    } else {
        1.0
    };
    let outrage = during_talks * killed / (killed + rules.civilians_for_half_outrage);
    let logit = rules.wish_in_calm + rules.weariness * alarm - rules.outrage * outrage;
    1.0 / (1.0 + libm::exp(-logit))
}

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
    world.state.outrages_in_the_news += (per_million - world.state.outrages_in_the_news) * rate;
    if world.mechanisms.opinion_change {
        let warranted = warranted(world);
        let kept = world.rules.opinion.half_life.weekly_survival_of_half_life();
        let state = &mut world.state;
        state.opinion_dialogue = warranted + (state.opinion_dialogue - warranted) * kept;
    }
}

/// What there is to protest about, 0 and more.
#[must_use]
pub fn grounds(world: &World) -> f64 {
    let rules = &world.rules.opinion;
    let overdue = f64::from(u8::from(world.state.elections_overdue));
    rules.protest_for_legitimacy * (0.5 - world.state.legitimacy).max(0.0)
        + rules.protest_for_elections * overdue
        + rules.protest_for_responsiveness * (-legitimacy::responsiveness(world)).max(0.0)
}

/// Protest breaks out or dies down.
pub fn protest(world: &mut World) {
    if !world.mechanisms.protest {
        world.state.protest = 0.0;
        return;
    }
    let rules = &world.rules.opinion;
    let mut draw = world.streams.at(purposes::PROTEST, 0, u64::from(world.calendar.week));
    let (breaks_out, how_large) = (uniform(&mut draw), uniform(&mut draw));
    let chance_to_break_out = 1.0 - libm::exp(-rules.outbreaks_per_week * grounds(world));
    let left = world.state.protest * rules.protest_half_life.weekly_survival_of_half_life();
    world.state.protest =
        if breaks_out < chance_to_break_out { left.max(0.5 + 0.5 * how_large) } else { left };
}
