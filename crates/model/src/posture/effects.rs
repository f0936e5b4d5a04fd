//! Where bands are drawn, and where their fighters roam.

use crate::pact_effects::effects as pact_effects;
use crate::support::effects as support;
use crate::words::ids::{CommandId, CommunityId, Side};
use crate::world::World;
use crate::world::bands::{Band, Spread};
use crate::world::community::Road;
use smallvec::SmallVec;
use toguna_engine::parallel;
use toguna_units::narrow;

/// How much a place draws a command, up to a common factor.
#[must_use]
pub fn attraction(world: &World, id: CommandId, to: CommunityId, km: f64) -> f64 {
    let rules = &world.rules.posture;
    let place = world.community(to);
    let group = world.commands[id.index()].group;
    let own = Side::of(group);
    // What a place yields is shared with those of the group who are there already.
    let others = place.bands.iter().filter(|band| band.side == own && band.command != id);
    let others: f64 = others.map(Band::people).sum();
    let rent = place.residents / 1_000.0 * place.income * place.market_access
        / (1.0 + others / rules.fighters_who_share);
    let mut rival: f64 = 0.0;
    for band in &place.bands {
        if band.side != own && band.fighters > 0.0 {
            rival = rival.max(world.hostility.between(own, band.side));
        }
    }
    libm::exp(
        rules.pull_of_rent * libm::log(1.0 + rent)
            + rules.pull_of_support * support::of_community(world, place, group)
            + rules.pull_of_pacts * pact_effects::home_by_pact(world, place, group)
            + rules.pull_of_refuge * (1.0 - place.control[0] + place.sanctuary)
            - rules.dread_of_soldiers * libm::log(1.0 + place.soldiers / 20.0)
            - rules.dread_of_rivals * rival
            - rules.cost_of_distance * km,
    )
}

/// Where each command's fighters are, in order of command.
#[must_use]
pub fn spread(world: &World) -> Vec<Spread> {
    let spread = |command| spread_of(world, CommandId(narrow(command)));
    parallel::map(world.commands.len(), spread)
}

/// Where the fighters of one command are.
#[must_use]
pub fn spread_of(world: &World, id: CommandId) -> Spread {
    let rules = &world.rules.posture;
    let command = &world.commands[id.index()];
    let fighters = command.fighters(f64::from(world.people.per_agent));
    let mut spread = Spread::new();
    if fighters <= 0.0 {
        return spread;
    }
    let roads = &world.community(command.base).roads;
    let nearness = |km: f64| libm::exp(-km / rules.roaming_distance);
    let open = |place| 1.0 - pact_effects::freed(world, place, id);
    let draw = |road: &Road| nearness(road.km) * open(road.to);
    let draws: SmallVec<[f64; 8]> = roads.iter().map(draw).collect();
    let total: f64 = draws.iter().sum();
    let stays = (1.0 - rules.roaming.get()) * open(command.base);
    let roaming = if total > 0.0 { 1.0 - stays } else { 0.0 };
    spread.push((command.base, fighters * (1.0 - roaming)));
    for (road, draw) in roads.iter().zip(draws) {
        let there = fighters * roaming * draw / total;
        if there > 0.0 {
            spread.push((road.to, there));
        }
    }
    spread
}
