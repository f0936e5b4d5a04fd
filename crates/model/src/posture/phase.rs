//! Army and commands place their forces; commands probe their neighbours.
//!
//! Army: a share is pinned in towns by rank; the rest spreads in proportion to
//! exp(importance + 0.6 ln(1 + attacks) + 0.4 ln residents − 0.008 km from the nearest garrison town).
//! Commands: a few per cent a week look for a base, in proportion to
//! exp(0.6 ln(1 + rent) + support + 0.8 refuge − 0.7 ln(1 + soldiers/20) − 0.8 rival − 0.015 km);
//! a band too large for its place sends half of its people instead of moving.

use super::effects::{attraction, spread};
use crate::clear_and_hold::effects as clear_and_hold;
use crate::coups::effects as coups;
use crate::pact_effects::effects as pact_effects;
use crate::words::geography::{Rank, Zone};
use crate::words::ids::{CommandId, CommunityId};
use crate::words::purposes;
use crate::world::World;
use crate::world::community::Community;
use crate::world::group::Command;
use toguna_engine::parallel;
use toguna_engine::streams::uniform;
use toguna_units::narrow;

/// Phase: losses are replaced, the army spreads, commands look around, bands take their places.
pub fn place(world: &mut World) {
    let before = world.government.army.soldiers;
    replace_losses(world);
    for (zone, before) in before.into_iter().enumerate() {
        world.log.soldiers_enlisted[zone] += world.government.army.soldiers[zone] - before;
    }
    spread_army(world);
    look_around(world);
    world.station(spread(world));
}

/// Puts army and bands in their places before the first week.
pub fn begin(world: &mut World) {
    spread_army(world);
    world.station(spread(world));
}

fn replace_losses(world: &mut World) {
    let per_week = world.rules.posture.replacement_per_week.get();
    let sizes = world.policy.army_size.by_zone();
    let recruits = coups::paralysis(world) == 0.0;
    let army = &mut world.government.army;
    for ((soldiers, allowed), size) in army.soldiers.iter_mut().zip(&mut army.allowed).zip(sizes) {
        if let Some(size) = size {
            *allowed = f64::from(size);
        }
        // Whole soldiers, so that the army can be recounted from its log.
        let gap = (*allowed - *soldiers).trunc();
        if gap > 0.0 && !recruits {
            continue;
        }
        *soldiers += gap.signum() * (gap.abs() * per_week).ceil();
    }
}

/// Puts every zone's soldiers somewhere in the zone.
fn spread_army(world: &mut World) {
    let rules = &world.rules.posture;
    let follows = world.mechanisms.army_follows_attacks;
    let pulls: Vec<(f64, f64)> = parallel::map_each(&world.communities, |place| {
        let pinned = match place.rank {
            Rank::Village => 0.0,
            Rank::Town => 1.0,
            Rank::CapitalOfRegion => 3.0,
            Rank::Capital => 6.0,
        };
        if place.given_up.is_some() {
            return (0.0, 0.0);
        }
        let attacks = if follows { libm::log(1.0 + 13.0 * place.attacks) } else { 0.0 };
        let held = f64::from(u8::from(clear_and_hold::is_held(world, place)));
        let mobile = libm::exp(
            rules.pull_of_attacks * attacks
                + world.rules.clear_and_hold.holding_pull * held
                + rules.pull_of_residents * libm::log(place.residents.max(1.0))
                - rules.loss_with_distance * place.km_to_garrison,
        );
        (pinned, mobile * (1.0 - pact_effects::soldiers_kept_away(world, place)))
    });
    for zone in Zone::ALL {
        let soldiers = world.government.army.in_zone(zone);
        let partners: Vec<f64> = world.partners.iter().map(|p| p.in_zone(zone)).collect();
        let here = |place: &Community| place.zone == zone;
        let (mut all_pinned, mut all_mobile) = (0.0, 0.0);
        for (place, (pinned, mobile)) in world.communities.iter().zip(&pulls) {
            if here(place) {
                all_pinned += pinned;
                all_mobile += mobile;
            }
        }
        let in_towns = if all_pinned == 0.0 { 0.0 } else { rules.pinned_in_towns.get() };
        for (place, (pinned, mobile)) in world.communities.iter_mut().zip(&pulls) {
            if here(place) {
                let share = in_towns * pinned / all_pinned.max(f64::MIN_POSITIVE)
                    + (1.0 - in_towns) * mobile / all_mobile.max(f64::MIN_POSITIVE);
                place.partners.clear();
                place.partners.extend(partners.iter().map(|soldiers| soldiers * share));
                place.soldiers = soldiers * share + place.partners.iter().sum::<f64>();
            }
        }
    }
}

/// What a look around led to.
enum Move {
    Stay,
    To(CommunityId),
    SendHalf(CommunityId),
}

fn look_around(world: &mut World) {
    if !world.mechanisms.command_relocation {
        return;
    }
    let moves: Vec<Move> =
        parallel::map(world.commands.len(), |id| decide_move(world, CommandId(narrow(id))));
    for (id, decision) in moves.into_iter().enumerate() {
        match decision {
            Move::Stay => {}
            Move::To(base) => {
                world.commands[id].base = base;
                world.log.bases_moved += 1;
            }
            Move::SendHalf(base) => send_half(world, CommandId(narrow(id)), base),
        }
    }
}

fn decide_move(world: &World, id: CommandId) -> Move {
    let rules = &world.rules.posture;
    let command = &world.commands[id.index()];
    let fighters = command.fighters(f64::from(world.people.per_agent));
    if fighters <= 0.0 {
        return Move::Stay;
    }
    let week = u64::from(world.calendar.week);
    let mut draw = world.streams.at(purposes::RELOCATION, command.number, week);
    if uniform(&mut draw) >= rules.chance_to_look_around_per_week {
        return Move::Stay;
    }
    let base = world.community(command.base);
    let large = fighters > rules.largest_band;
    let mut options: Vec<(CommunityId, f64)> = Vec::new();
    if !large {
        options.push((command.base, attraction(world, id, command.base, 0.0)));
    }
    for road in &base.roads {
        options.push((road.to, attraction(world, id, road.to, road.km)));
    }
    let total: f64 = options.iter().map(|(_, weight)| weight).sum();
    let mut left = uniform(&mut draw) * total;
    for (place, weight) in &options {
        left -= weight;
        if left <= 0.0 {
            return match (large, *place == command.base) {
                (true, _) => Move::SendHalf(*place),
                (false, true) => Move::Stay,
                (false, false) => Move::To(*place),
            };
        }
    }
    Move::Stay
}

/// A new command of half the people, the later joiners, at another base.
fn send_half(world: &mut World, from: CommandId, base: CommunityId) {
    if world.commands.len() > usize::from(u16::MAX) {
        return; // No number is left for another.
    }
    let week = world.calendar.week;
    let parent = &mut world.commands[from.index()];
    let members = parent.members.split_off(parent.members.len() / 2);
    let name = format!("{}+{week}", parent.name);
    let number = purposes::number_of_name(&name, 40);
    let (hidden, lost) = (parent.hidden, parent.lost / 2.0);
    parent.lost = lost;
    let foreign = parent.foreign / 2;
    parent.foreign -= foreign;
    let daughter = Command {
        name,
        number,
        group: parent.group,
        katiba: parent.katiba,
        base,
        members,
        foreign,
        lost,
        pay: parent.pay,
        hidden,
    };
    world.commands.push(daughter);
    // It is a detachment of the same katiba, and keeps an accord that its parent keeps.
    if world.talks.is_in_accord(from) {
        world.talks.in_accord.push(CommandId(narrow(world.commands.len() - 1)));
    }
    world.log.bases_moved += 1;
}
