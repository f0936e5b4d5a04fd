//! Garrisons that cannot be held are given up; the army comes back in strength.
//!
//! Each cercle has one garrison: the soldiers in its places. Groups that do not fight each other gather
//! against it the strength
//!   A = Σ over their commands of hostility to the state · fighters · e^(−km to the seat / reach).
//! Soldiers come to its relief from as far:
//!   D = Σ over places of (own soldiers · nerve + Σ partners' soldiers · capability) · e^(−km to the seat / reach),
//!   nerve = (1 − paralysis) · e^(−dismay · share of its zone's garrisons given up in recent weeks).
//! Each group leads them where A / (odds · D) is largest and own soldiers stand, to one place at a time. That
//! garrison is given up in a week with the hazard storms · (A / (odds · D) − 1), the largest of those who storm
//! it and never below 0: nobody storms against bad odds, and one that falls shakes the others of its zone. What
//! goes with it:
//! soldiers retreat to the next zone, some desert, most officials flee, and most of the state's share
//! of control is lost in that week. After half a year the army returns, as soon as what it has in the
//! zone and has withdrawn from it, with its partners, outnumbers its enemies there, and what would
//! return to this place could not be stormed at once.

use super::state::Garrison;
use crate::coups::effects as coups;
use crate::talks::effects as talks;
use crate::words::geography::Zone;
use crate::words::ids::{CommandId, CommunityId, GroupId, Side};
use crate::world::World;
use crate::world::community::Community;
use std::collections::BTreeMap;
use toguna_engine::parallel;
use toguna_units::narrow;

/// Fighters of one group who are based in one place, as far as they are in sight and fight the state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Foes {
    /// Where they are based.
    pub base: CommunityId,
    /// Whose they are.
    pub group: GroupId,
    /// Persons, each as far as hostile.
    pub fighters: f64,
}

/// The state's foes, by base and group.
#[must_use]
pub fn foes(world: &World) -> Vec<Foes> {
    let per_agent = f64::from(world.people.per_agent);
    let mut by_base: BTreeMap<(CommunityId, GroupId), f64> = BTreeMap::new();
    for (id, command) in world.commands.iter().enumerate().filter(|(_, command)| !command.hidden) {
        let hostility = world.hostility.between(Side::STATE, Side::of(command.group))
            * talks::hostility_left(world, CommandId(narrow(id)));
        let fighters = hostility * command.fighters(per_agent);
        if fighters > 0.0 {
            *by_base.entry((command.base, command.group)).or_default() += fighters;
        }
    }
    let foes = by_base.into_iter();
    foes.map(|((base, group), fighters)| Foes { base, group, fighters }).collect()
}

/// Fighters that each group can gather with those it does not fight, by a weight of their base; nothing for a
/// group without fighters.
pub(super) fn gathered(
    world: &World,
    foes: &[Foes],
    weight: impl Fn(CommunityId) -> f64,
) -> Vec<f64> {
    let mut by_group = vec![0.0; world.groups.len()];
    for Foes { base, group, fighters } in foes {
        by_group[group.index()] += fighters * weight(*base);
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
pub fn hazards(world: &World, foes: &[Foes]) -> Vec<f64> {
    let garrisons = &world.garrisons.by_cercle;
    let relief = relief(world);
    let odds = parallel::map_each(garrisons, |garrison| odds(world, foes, &relief, garrison));
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

/// What each group gathers against a garrison, as a multiple of what it takes to storm it; 0 where no own
/// soldier stands or it is given up.
fn odds(world: &World, foes: &[Foes], relief: &[Vec<f64>; 3], garrison: &Garrison) -> Vec<f64> {
    let own = |place: &Community| place.soldiers > place.partners.iter().sum();
    let held = garrison.places.iter().any(|place| own(world.community(*place)));
    if !held || garrison.given_up.is_some() {
        return vec![0.0; world.groups.len()];
    }
    let takes = world.rules.garrisons.odds * defence(relief, garrison);
    let of = |fighters| if fighters > 0.0 { fighters / takes } else { 0.0 };
    against(world, foes, garrison).into_iter().map(of).collect()
}

/// What soldiers and partners of each place are worth to a garrison of each zone: own soldiers count by the nerve
/// of its zone, wherever they come from.
pub(super) fn relief(world: &World) -> [Vec<f64>; 3] {
    Zone::ALL.map(|zone| {
        let nerve = nerve(world, zone);
        let of = |place: &Community| {
            let mut there = place.soldiers * nerve;
            for (partner, soldiers) in world.partners.iter().zip(&place.partners) {
                there += soldiers * (partner.capability - nerve);
            }
            there
        };
        world.communities.iter().map(of).collect()
    })
}

/// What can come to a garrison's relief, those in it included.
pub(super) fn defence(relief: &[Vec<f64>; 3], garrison: &Garrison) -> f64 {
    let mut defence = 0.0;
    for (there, nearness) in relief[garrison.zone as usize].iter().zip(&garrison.nearness) {
        defence += there * nearness;
    }
    defence
}

/// What each group can gather against a garrison.
pub(super) fn against(world: &World, foes: &[Foes], garrison: &Garrison) -> Vec<f64> {
    gathered(world, foes, |base| garrison.nearness[base.index()])
}
