//! Elections are held, put off, or change no more than a label; institutions that could carry them
//! take a decade to build.
//!
//! Institutional capacity K moves with a time of 520 weeks toward officials present · (justice + L)/2
//! and falls by a tenth in a coup. An election is as real as
//!   real = clamp((K − 0.3)/0.4, 0, 1) · share of residents under the state;
//! whoever wins has a honeymoon of that size, a say for everybody grows by it, and what is missing is
//! contested in the streets. With low K the regime is called elected and nothing else has changed.

use super::effects::{over_residents, real};
use crate::government::state::Regime;
use crate::legitimacy::effects as legitimacy;
use crate::services::effects as services;
use crate::words::services::JUSTICE;
use crate::world::World;
use toguna_units::narrow;

/// Institutions are built or worn down.
pub fn build_capacity(world: &mut World) {
    if !world.mechanisms.capacity_change {
        return;
    }
    let officials = over_residents(world, |place| place.officials);
    let justice = over_residents(world, |place| services::provided(place, JUSTICE));
    let possible = officials * (justice + world.government.legitimacy) / 2.0;
    let rate = 1.0 / world.rules.elections.capacity_time.get().max(1.0);
    world.government.capacity += (possible - world.government.capacity) * rate;
}

/// Elections fall due, and are held unless they are put off or nobody rules.
pub fn vote(world: &mut World) {
    let asked = world.policy.election_date;
    if asked != world.government.election_asked {
        world.government.election_asked = asked;
        world.government.election_due = asked.map(|date| world.calendar.week_of(date));
    }
    let week = world.calendar.week;
    let due =
        world.mechanisms.elections && world.government.election_due.is_some_and(|due| due <= week);
    let held = due && !world.policy.extend_transition && world.government.regime != Regime::Vacuum;
    world.government.elections_overdue = due && !held;
    if held {
        hold(world);
    }
}

fn hold(world: &mut World) {
    let rules = &world.rules.elections;
    let week = world.calendar.week;
    let reach = over_residents(world, |place| place.control[0]);
    let real = real(rules, world.government.capacity, reach);
    let contested = rules.contest.get() * (1.0 - real);
    let gain = rules.say_of_a_real_one.get() * real;
    let next = week + rules.term.0.max(1);
    for constituency in &mut world.constituencies {
        constituency.voice += gain * (1.0 - constituency.voice);
    }
    if world.mechanisms.protest {
        world.government.protest = world.government.protest.max(contested);
    }
    if real > legitimacy::honeymoon(world) {
        world.government.honeymoon = real;
        world.government.honeymoon_since = Some(narrow(week));
    }
    world.government.regime = Regime::Elected;
    world.government.election_due = Some(next);
    world.log.elections += 1;
}
