//! Garrisons that cannot be held are given up; the army comes back in strength.
//!
//! Each cercle has one garrison: the soldiers in its places. Groups that do not fight each other gather
//! against it the strength
//!   A = Σ over their commands of hostility to the state · fighters · e^(−km to the seat / reach).
//! It is worth D = own soldiers · nerve + Σ partners' soldiers · capability, with
//!   nerve = (1 − paralysis) · e^(−dismay · share of the zone's garrisons given up in recent weeks).
//! Each group goes with them where A / (odds · D) is largest: it can be in one place at a time. That garrison
//! is given up in a week with the hazard storms · (A / (odds · D) − 1), never below 0: nobody storms
//! against bad odds, and one that falls shakes the others of its zone. What goes with it:
//! soldiers retreat to the next zone, some desert, most officials flee, and most of the state's share
//! of control is lost in that week. After half a year the army returns, as soon as what it has in the
//! zone and has withdrawn from it, with its partners, outnumbers its enemies there, and what would
//! return to this place could not be stormed at once.

use super::state::Garrison;
use crate::coups::effects as coups;
use crate::talks::effects as talks;
use crate::words::geography::Zone;
use crate::words::ids::{CommandId, GroupId, Side};
use crate::world::World;
use crate::world::group::Command;
use toguna_engine::parallel;
use toguna_units::narrow;

/// Fighters of each command, as far as it is in sight and fights the state.
#[must_use]
pub fn foes(world: &World) -> Vec<f64> {
    let per_agent = f64::from(world.people.per_agent);
    let commands = world.commands.iter().enumerate();
    commands
        .map(|(id, command)| {
            world.hostility.between(Side::STATE, Side::of(command.group))
                * talks::hostility_left(world, CommandId(narrow(id)))
                * if command.hidden { 0.0 } else { command.fighters(per_agent) }
        })
        .collect()
}

/// Fighters that each group can gather with those it does not fight, by a weight of each command; nothing for a
/// group without fighters.
pub(super) fn gathered(world: &World, foes: &[f64], weight: impl Fn(&Command) -> f64) -> Vec<f64> {
    let mut by_group = vec![0.0; world.groups.len()];
    for (command, fighters) in world.commands.iter().zip(foes).filter(|(_, foe)| **foe > 0.0) {
        by_group[command.group.index()] += fighters * weight(command);
    }
    let with = |first: GroupId| -> f64 {
        if by_group[first.index()] == 0.0 {
            return 0.0;
        }
        let ally = |other: GroupId| {
            let feud = world.hostility.between(Side::of(first), Side::of(other));
            let goes_along = if first == other { 1.0 } else { 1.0 - feud };
            goes_along * by_group[other.index()]
        };
        world.all_groups().map(ally).sum()
    };
    world.all_groups().map(with).collect()
}

/// Fighters of the group that can gather most.
pub(super) fn most(gathered: &[f64]) -> f64 {
    gathered.iter().copied().fold(0.0, f64::max)
}

/// What a zone's soldiers are worth after a coup and after garrisons have fallen, 0 to 1.
pub(crate) fn nerve(world: &World, zone: Zone) -> f64 {
    let dismay = world.rules.garrisons.dismay * world.garrisons.fallen[zone as usize];
    (1.0 - coups::paralysis(world)) * libm::exp(-dismay)
}

/// Hazard of giving up each garrison this week, in their order; the formula above. Each group goes where the
/// odds are best for it.
#[must_use]
pub fn hazards(world: &World, foes: &[f64]) -> Vec<f64> {
    let garrisons = &world.garrisons.by_cercle;
    let odds = parallel::map_each(garrisons, |garrison| odds(world, foes, garrison));
    let mut hazards = vec![0.0; garrisons.len()];
    for group in world.all_groups() {
        let odds = odds.iter().enumerate().map(|(id, odds)| (id, odds[group.index()]));
        let best = odds.reduce(|best, other| if other.1 > best.1 { other } else { best });
        if let Some((id, odds)) = best {
            let hazard: f64 = world.rules.garrisons.storms_per_week * (odds - 1.0).max(0.0);
            hazards[id] = hazard.max(hazards[id]);
        }
    }
    hazards
}

/// What each group can gather against a garrison, in terms of what it takes to storm it; nothing where no
/// soldier is.
fn odds(world: &World, foes: &[f64], garrison: &Garrison) -> Vec<f64> {
    let (mut own, mut allied) = (0.0, 0.0);
    for place in garrison.places.iter().map(|place| world.community(*place)) {
        let partners: f64 = place.partners.iter().sum();
        own += place.soldiers - partners;
        for (partner, soldiers) in world.partners.iter().zip(&place.partners) {
            allied += soldiers * partner.capability;
        }
    }
    let mut odds = vec![0.0; world.groups.len()];
    if own > 0.0 && garrison.given_up.is_none() {
        let defence = own * nerve(world, garrison.zone) + allied;
        let gathered = against(world, foes, garrison);
        odds = gathered
            .iter()
            .map(|fighters| fighters / (world.rules.garrisons.odds * defence))
            .collect();
    }
    odds
}

/// What each group can gather against a garrison.
pub(super) fn against(world: &World, foes: &[f64], garrison: &Garrison) -> Vec<f64> {
    gathered(world, foes, |command| garrison.nearness[command.base.index()])
}
