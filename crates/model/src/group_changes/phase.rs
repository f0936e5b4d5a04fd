//! Groups are founded, split and merge, by date or by condition.
//!
//! A command whose day has come is founded by the people around its base with the lowest remaining
//! threshold per hazard, as commands of the start are. A splinter takes commands of its parent, those
//! first whose people support the parent least, until it has its share of the fighters. A katiba that does not
//! keep the accord of its group leaves it for one that fights on, whatever the scenario says. A group that
//! merges hands over everything: commands, members' ties, control, and the harm remembered against it.

use super::effects::{Founders, founders};
use super::state::GroupChange;
use crate::posture::effects as posture;
use crate::support::effects as support;
use crate::talks::state::Stage;
use crate::timeline::state::When;
use crate::words::ids::{CommandId, GroupId, Side};
use crate::world::World;
use crate::world::bands::Band;
use crate::world::group;
use std::collections::BTreeMap;
use toguna_units::narrow;

/// Hostility above which two sides are at war.
const AT_WAR: f64 = 0.5;

/// Phase: whose day has come is founded, splits or merges.
pub fn change(world: &mut World) {
    let (week, observed) = (world.calendar.week, &world.observed);
    let mut due = Vec::new();
    for planned in &mut world.group_changes {
        let now = match &planned.when {
            // Whatever was founded before the start stands already.
            When::Week(at) => *at <= week,
            When::Holds(condition) => week > 0 && condition(observed),
        };
        if now && !planned.done {
            planned.done = true;
            due.push(planned.change);
        }
    }
    if !world.mechanisms.group_changes {
        return;
    }
    let parted = part_ways(world);
    if due.is_empty() && !parted {
        return;
    }
    let mut counts = vec![0; world.commands.len()];
    for change in due {
        match change {
            GroupChange::Founding { command, agents } => counts[command.index()] = agents,
            GroupChange::Split { from, to, share } => split(world, from, to, share),
            GroupChange::Merger { from, to } => merge(world, from, to),
        }
        world.log.group_changes += 1;
    }
    found_now(world, &counts);
    world.station(posture::spread(world));
}

/// Founds commands with so many agents each, or as many as are found; their income comes with them.
fn found_now(world: &mut World, counts: &[u32]) {
    if counts.iter().all(|count| *count == 0) {
        return;
    }
    let before: Vec<usize> = world.commands.iter().map(|it| it.members.len()).collect();
    world.people.tell_kin();
    let founders = founders(world, counts);
    enlist(world, founders);
    let per_agent = f64::from(world.people.per_agent);
    for (command, before) in world.commands.iter().zip(before) {
        let founders = (command.members.len() - before) as f64 * per_agent;
        let group = &mut world.groups[command.group.index()];
        group.revenue_per_week += group.revenue_per_fighter * founders;
    }
}

/// Katibas that will not have the accord of their group go over to one that fights on; returns whether any did.
fn part_ways(world: &mut World) -> bool {
    let mut parted = false;
    for group in world.all_groups() {
        if world.talks.with(group).stage < Stage::Accord {
            continue;
        }
        let total = world.fighters(group);
        for bands in katibas_outside(world, group) {
            let Some(to) = refuge(world, group, bands[0]) else { continue };
            let per_agent = f64::from(world.people.per_agent);
            let of = |band: &CommandId| world.commands[band.index()].fighters(per_agent);
            let share = bands.iter().map(of).sum::<f64>() / total;
            hand_over_control(world, group, to, &bands);
            pass(world, group, to, &bands, share);
            world.log.group_changes += 1;
            parted = true;
        }
    }
    parted
}

/// Bands that have men, by katiba, of the katibas that do not keep their group's accord.
fn katibas_outside(world: &World, group: GroupId) -> Vec<Vec<CommandId>> {
    let mut outside: BTreeMap<CommandId, Vec<CommandId>> = BTreeMap::new();
    for (id, command) in group::of_group(&world.commands, group) {
        if command.fighters(1.0) > 0.0 && !world.talks.is_in_accord(id) {
            outside.entry(command.katiba).or_default().push(id);
        }
    }
    outside.into_values().collect()
}

/// The group to which a katiba goes over: at war with the state and not in talks, at no war with those it
/// leaves, and of these the one that people at its base support most.
fn refuge(world: &World, from: GroupId, band: CommandId) -> Option<GroupId> {
    let own = Side::of(from);
    let base = world.community(world.commands[band.index()].base);
    let fights_on = |group: &GroupId| {
        let side = Side::of(*group);
        *group != from
            && world.hostility.between(Side::STATE, side) > AT_WAR
            && world.hostility.between(own, side) <= AT_WAR
            && world.talks.with(*group).stage < Stage::Talks
            && world.has_fighters(*group)
    };
    let support = |group: GroupId| (support::of_community(world, base, group), group);
    let most =
        world.all_groups().filter(fights_on).map(support).filter(|(support, _)| *support > 0.0);
    most.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, group)| group)
}

/// Commands of `from` pass to `to`, least supported first, until it has `share` of the fighters.
fn split(world: &mut World, from: GroupId, to: GroupId, share: f64) {
    let per_agent = f64::from(world.people.per_agent);
    let total = world.fighters(from);
    let mut commands: Vec<(f64, CommandId, f64)> = group::of_group(&world.commands, from)
        .filter(|(_, command)| command.fighters(per_agent) > 0.0)
        .map(|(id, command)| {
            let place = world.community(command.base);
            (support::of_community(world, place, from), id, command.fighters(per_agent))
        })
        .collect();
    commands.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let (mut taken, mut leaving) = (0.0, Vec::new());
    for (_, command, fighters) in commands {
        // A command goes whole, if that brings the splinter nearer to its share.
        if taken + 0.5 * fighters <= share * total {
            taken += fighters;
            leaving.push(command);
        }
    }
    hand_over_control(world, from, to, &leaving);
    pass(world, from, to, &leaving, taken / total.max(1.0));
}

fn merge(world: &mut World, from: GroupId, to: GroupId) {
    let all: Vec<CommandId> = group::of_group(&world.commands, from).map(|(id, _)| id).collect();
    let (from_side, to_side) = (Side::of(from).index(), Side::of(to).index());
    for place in &mut world.communities {
        place.control[to_side] += std::mem::take(&mut place.control[from_side]);
    }
    for life in &mut world.quarters {
        life.harm[to_side] += std::mem::take(&mut life.harm[from_side]);
        life.threat[to_side] += std::mem::take(&mut life.threat[from_side]);
        life.alarm[to_side] += std::mem::take(&mut life.alarm[from_side]);
        life.fresh[to_side] += std::mem::take(&mut life.fresh[from_side]);
        life.victims[to_side] += std::mem::take(&mut life.victims[from_side]);
        let closest = life.closeness[to.index()].max(life.closeness[from.index()]);
        life.closeness[to.index()] = closest;
    }
    for prisoner in world.people.prisoners.iter_mut().filter(|it| it.group == from) {
        prisoner.group = to;
    }
    pass(world, from, to, &all, 1.0);
}

/// Control follows the bands: in each place, the part of the parent's fighters who leave it.
fn hand_over_control(world: &mut World, from: GroupId, to: GroupId, leaving: &[CommandId]) {
    let (from, to) = (Side::of(from), Side::of(to));
    for place in &mut world.communities {
        let all = place.bands.strength(from) + place.bands.hidden(from);
        let own = place.bands.iter().filter(|band| leaving.contains(&band.command));
        let part = own.map(Band::people).sum::<f64>() / all.max(f64::MIN_POSITIVE);
        let moved = place.control[from.index()] * part.min(1.0);
        place.control[from.index()] -= moved;
        place.control[to.index()] += moved;
    }
}

/// Commands change their group; their members' kin now have a tie into the new one. An accord binds
/// those who stay in the group that made it.
fn pass(world: &mut World, from: GroupId, to: GroupId, commands: &[CommandId], share: f64) {
    for command in commands {
        world.commands[command.index()].group = to;
        for member in world.commands[command.index()].members.clone() {
            world.people.change_group(member.person, to);
        }
    }
    world.talks.in_accord.retain(|command| !commands.contains(command));
    divide_katibas(world);
    let income = world.groups[from.index()].revenue_per_week * share;
    world.groups[from.index()].revenue_per_week -= income;
    world.groups[to.index()].revenue_per_week += income;
}

/// A katiba is of one group: bands that have passed to another without its first one are a katiba of their
/// own there, and so are those that it has left behind.
fn divide_katibas(world: &mut World) {
    let mut first: BTreeMap<(CommandId, GroupId), CommandId> = BTreeMap::new();
    for (id, command) in world.commands.iter().enumerate() {
        let key = (command.katiba, command.group);
        first.entry(key).or_insert(CommandId(narrow(id)));
    }
    for command in &mut world.commands {
        command.katiba = first[&(command.katiba, command.group)];
    }
}

/// Founding members of the start: for each command, the people with the lowest x / λ₀ around its base
/// until its count is met. They stand for those who joined before, so everyone else in their cells is
/// taken to have felt the same until then: Λ begins at the highest x that was reached. Returns how many
/// places could not be filled.
pub fn found_before_start(world: &mut World, counts: &[u32]) -> u32 {
    world.people.tell_kin();
    let founders = founders(world, counts);
    for (cell, reached) in &founders.reached {
        world.people.risk_set.feel_before_start(*cell, *reached);
    }
    enlist(world, founders)
}

/// Returns how many places could not be filled.
fn enlist(world: &mut World, founders: Founders) -> u32 {
    for (person, command) in founders.chosen {
        world.enlist(person, command);
    }
    founders.missing
}
