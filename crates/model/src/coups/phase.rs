//! Soldiers take power, and hand it over.

use super::effects::{hazard_per_year, unrest, welcome};
use crate::government::state::Regime;
use crate::words::purposes;
use crate::world::World;
use toguna_engine::streams::exponential;

/// Risk adds up; a vacuum ends.
pub fn conspire(world: &mut World) {
    mourn(world);
    let week = world.calendar.week;
    if world.state.regime == Regime::Vacuum {
        if world.state.vacuum_until <= week {
            hand_over(world);
        }
        return;
    }
    if !world.mechanisms.coups {
        return;
    }
    let hazard = hazard_per_year(&world.rules.coups, &unrest(world)) * 7.0 / 365.25;
    world.state.coup_risk += hazard;
    let mut draw = world.streams.at(purposes::COUP, 0, u64::from(world.state.coups));
    if world.state.coup_risk >= exponential(&mut draw) {
        take_power(world);
    }
}

/// The army counts its dead of eight weeks.
fn mourn(world: &mut World) {
    let killed: f64 = world.log.events.iter().map(|event| f64::from(event.soldiers_killed)).sum();
    world.state.soldiers_lost = world.state.soldiers_lost * (1.0 - 1.0 / 8.0) + killed;
}

fn take_power(world: &mut World) {
    let week = world.calendar.week;
    let rules = &world.rules.coups;
    let (vacuum, lost) = (rules.vacuum.0, rules.capacity_lost.get());
    let state = &mut world.state;
    state.honeymoon = welcome(state.legitimacy, state.protest);
    state.honeymoon_since = Some(week as i32);
    state.coups += 1;
    state.coup_risk = 0.0;
    state.last_coup = Some(week as i32);
    state.regime = Regime::Vacuum;
    state.vacuum_until = week + vacuum.max(1);
    state.capacity *= 1.0 - lost;
    state.protest = 0.0;
    world.log.coups += 1;
}

fn hand_over(world: &mut World) {
    let week = world.calendar.week;
    world.state.regime = world.state.after_coup;
    world.state.election_due = Some(week + world.rules.coups.transition.0);
}
