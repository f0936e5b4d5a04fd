//! Soldiers take power, and hand it over.

use super::effects::{hazard_per_year, unrest, welcome};
use crate::government::state::Regime;
use crate::words::purposes;
use crate::world::World;
use toguna_engine::streams::exponential;
use toguna_units::narrow;

/// Risk adds up; a vacuum ends.
pub fn conspire(world: &mut World) {
    mourn(world);
    let week = world.calendar.week;
    if world.government.regime == Regime::Vacuum {
        if world.government.vacuum_until <= week {
            hand_over(world);
        }
        return;
    }
    if !world.mechanisms.coups {
        return;
    }
    let hazard = hazard_per_year(&world.rules.coups, &unrest(world)) * 7.0 / 365.25;
    world.government.coup_risk += hazard;
    let mut draw = world.streams.at(purposes::COUP, 0, u64::from(world.government.coups));
    if world.government.coup_risk >= exponential(&mut draw) {
        take_power(world);
    }
}

/// The army counts its dead of 13 weeks.
fn mourn(world: &mut World) {
    let killed: f64 = world.log.events.iter().map(|event| f64::from(event.soldiers_killed)).sum();
    world.government.soldiers_lost = world.government.soldiers_lost * (1.0 - 1.0 / 13.0) + killed;
}

fn take_power(world: &mut World) {
    let week = world.calendar.week;
    let rules = &world.rules.coups;
    let (vacuum, lost) = (rules.vacuum.0, rules.capacity_lost.get());
    let government = &mut world.government;
    government.honeymoon = welcome(government.legitimacy, government.protest);
    government.honeymoon_since = Some(narrow(week));
    government.coups += 1;
    government.coup_risk = 0.0;
    government.last_coup = Some(narrow(week));
    government.regime = Regime::Vacuum;
    government.vacuum_until = week + vacuum.max(1);
    government.capacity *= 1.0 - lost;
    government.protest = 0.0;
    world.log.coups += 1;
}

fn hand_over(world: &mut World) {
    let week = world.calendar.week;
    world.government.regime = world.government.after_coup;
    world.government.election_due = Some(week + world.rules.coups.transition.0);
}
