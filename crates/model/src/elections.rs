//! Elections are held, put off, or change no more than a label; institutions that could carry them
//! take a decade to build.
//!
//! Institutional capacity K moves with a time of 520 weeks toward officials present · (justice + L)/2
//! and falls by a tenth in a coup. An election is as real as
//!   real = clamp((K − 0.3)/0.4, 0, 1) · share of residents under the state;
//! whoever wins has a honeymoon of that size, a say for everybody grows by it, and what is missing is
//! contested in the streets. With low K the regime is called elected and nothing else has changed.

use super::community::Community;
use super::legitimacy;
use super::services;
use super::state::Regime;
use super::world::World;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::{Share, Weeks};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ElectionRules {
    /// Time in which institutions become most of what conditions allow. Unit: duration.
    /// Source: assumed, a decade.
    pub capacity_time: Weeks,
    /// Capacity up to which an election changes the label only. Unit: share. Source: assumed.
    pub capacity_for_a_label: Share,
    /// Capacity from which an election is as real as it can be. Unit: share. Source: assumed.
    pub capacity_for_a_real_one: Share,
    /// Time from an election to the next. Unit: duration. Source: five years, the constitutions of
    /// 1992 and 2023.
    pub term: Weeks,
    /// Protest after an election that is not real at all. Unit: intensity. Source: assumed.
    pub contest: Share,
    /// Share of its missing say that every constituency gains in an election that is entirely real.
    /// Unit: share. Source: assumed.
    pub say_of_a_real_one: Share,
}

impl Default for ElectionRules {
    fn default() -> Self {
        ElectionRules {
            capacity_time: Weeks(520),
            capacity_for_a_label: Share::of(0.3),
            capacity_for_a_real_one: Share::of(0.7),
            term: Weeks(261),
            contest: Share::of(0.5),
            say_of_a_real_one: Share::of(0.3),
        }
    }
}

/// Institutions are built or worn down.
pub fn build_capacity(world: &mut World) {
    if !world.mechanisms.capacity_change {
        return;
    }
    let officials = over_residents(world, |place| place.officials);
    let justice = over_residents(world, |place| services::provided(place, services::JUSTICE));
    let possible = officials * (justice + world.state.legitimacy) / 2.0;
    let rate = 1.0 / world.rules.elections.capacity_time.get().max(1.0);
    world.state.capacity += (possible - world.state.capacity) * rate;
}

fn over_residents(world: &World, of: impl Fn(&Community) -> f64) -> f64 {
    let (mut sum, mut people) = (0.0, 0.0);
    for place in &world.communities {
        sum += place.residents * of(place);
        people += place.residents;
    }
    sum / people.max(1.0)
}

/// How real an election held at this capacity would be, 0 to 1; `reach` is the share of residents
/// who could vote.
#[must_use]
pub fn real(rules: &ElectionRules, capacity: f64, reach: f64) -> f64 {
    let (label, full) = (rules.capacity_for_a_label.get(), rules.capacity_for_a_real_one.get());
    ((capacity - label) / (full - label).max(0.01)).clamp(0.0, 1.0) * reach
}

/// Elections fall due, and are held unless they are put off or nobody rules.
pub fn vote(world: &mut World) {
    let asked = world.policy.election_date;
    if asked != world.state.election_asked {
        world.state.election_asked = asked;
        world.state.election_due = asked.map(|date| world.calendar.week_of(date));
    }
    let week = world.calendar.week;
    let due = world.mechanisms.elections && world.state.election_due.is_some_and(|due| due <= week);
    let held = due && !world.policy.extend_transition && world.state.regime != Regime::Vacuum;
    world.state.elections_overdue = due && !held;
    if held {
        hold(world);
    }
}

fn hold(world: &mut World) {
    let rules = &world.rules.elections;
    let week = world.calendar.week;
    let reach = over_residents(world, |place| place.control[0]);
    let real = real(rules, world.state.capacity, reach);
    let contested = rules.contest.get() * (1.0 - real);
    let gain = rules.say_of_a_real_one.get() * real;
    let next = week + rules.term.0.max(1);
    for constituency in &mut world.constituencies {
        constituency.voice += gain * (1.0 - constituency.voice);
    }
    if world.mechanisms.protest {
        world.state.protest = world.state.protest.max(contested);
    }
    if real > legitimacy::honeymoon(world) {
        world.state.honeymoon = real;
        world.state.honeymoon_since = Some(week as i32);
    }
    world.state.regime = Regime::Elected;
    world.state.election_due = Some(next);
    world.log.elections += 1;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_election_without_institutions_changes_the_label_only() {
        let rules = ElectionRules::default();
        assert_eq!(real(&rules, 0.25, 0.9), 0.0);
        assert!(real(&rules, 0.5, 0.9) > 0.4);
        assert_eq!(real(&rules, 0.9, 0.9), 0.9);
    }
}
