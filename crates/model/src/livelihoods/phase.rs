//! People earn, groups levy and pay, relief comes.

use super::effects::{Living, captured, levies, living, pay_offered, relief, security};
use crate::budget::state::per_week;
use crate::weather::effects::yield_of_land;
use crate::world::World;
use toguna_engine::parallel;

/// Before the first week: what a living brings and how open markets are when nothing changes.
pub fn begin(world: &mut World) {
    let open: Vec<f64> = parallel::map_each(&world.communities, |place| {
        (place.market_access / security(world, place).max(0.05)).min(1.0)
    });
    for (place, open) in world.communities.iter_mut().zip(open) {
        place.usual_income = place.income;
        place.usual_access = place.market_access;
        place.open_access = open;
    }
}

/// Phase: people earn, groups levy, the hungry are counted and helped, fighters are paid.
pub fn earn(world: &mut World) {
    let yields: Vec<f64> =
        (0..world.regions.len()).map(|region| yield_of_land(world, region)).collect();
    let livings: Vec<Living> =
        parallel::map_each(&world.communities, |place| living(world, place, &yields));
    let levies = levies(world, &livings);
    let reached = relief(world, &livings);
    let worth = {
        let rules = &world.rules.livelihoods;
        let finances = &world.treasury.finances;
        let week = per_week(finances.relief_per_person_per_year).0 as f64;
        let of_a_person = week / finances.median_income_per_week.0 as f64;
        rules.relief_worth.get() * of_a_person / rules.earners.get().max(0.01)
    };
    for ((place, living), reached) in world.communities.iter_mut().zip(livings).zip(reached) {
        let helped = if living.in_need > 0.0 { reached / living.in_need } else { 0.0 };
        place.market_access = living.market_access;
        place.income = living.income + worth * reached / place.residents.max(1.0);
        place.hunger = living.hunger * (1.0 - helped);
        place.in_need = living.in_need;
        place.aid_reached = reached;
    }
    pay(world, &levies);
}

/// Pay of each command moves toward what its group can offer.
fn pay(world: &mut World, levies: &[f64]) {
    let rate = 1.0 / world.rules.livelihoods.pay_time.get().max(1.0);
    let captured = captured(world);
    let offers = pay_offered(world, levies, &captured);
    for (group, (levied, captured)) in world.groups.iter_mut().zip(levies.iter().zip(&captured)) {
        group.levied = *levied;
        group.captured = *captured;
    }
    for command in &mut world.commands {
        command.pay += (offers[command.group.index()] - command.pay) * rate;
    }
}
