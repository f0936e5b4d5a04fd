//! Quarters that are alarmed and unprotected found bands.

use super::effects::{is_protected, resolve};
use crate::group_changes::effects as group_changes;
use crate::posture::effects as posture;
use crate::words::ids::{CommandId, CommunityId, GroupId};
use crate::words::motives::Motive;
use crate::words::purposes;
use crate::world::World;
use crate::world::group::Command;
use crate::world::log::Recruit;
use toguna_engine::layout::Person;
use toguna_engine::parallel;
use toguna_units::{narrow, whole_part};

/// Phase: each quarter decides for itself; of neighbours who would found bands of one group in the same week,
/// the first does. Founders are recruits, and their motive is protection.
pub fn found(world: &mut World) {
    if !world.mechanisms.self_defence {
        return;
    }
    let due = parallel::filter_map(world.quarters.len(), |quarter| {
        founds_a_band(world, quarter).map(|group| (world.quarters[quarter].community, group))
    });
    let mut bases: Vec<(CommunityId, GroupId)> = Vec::new();
    for (base, group) in due {
        let near = |other: CommunityId| {
            other == base || world.community(base).roads.iter().any(|road| road.to == other)
        };
        if !bases.iter().any(|(other, founded)| *founded == group && near(*other)) {
            bases.push((base, group));
        }
    }
    let before = world.commands.len();
    let room = usize::from(u16::MAX) - before.min(usize::from(u16::MAX));
    for (base, group) in bases.into_iter().take(room) {
        let katiba = CommandId(narrow(world.commands.len()));
        world.commands.push(band(world, base, group, katiba));
    }
    if world.commands.len() > before {
        enlist_founders(world, before);
    }
}

/// The group of which a quarter founds a band this week.
fn founds_a_band(world: &World, quarter: usize) -> Option<GroupId> {
    let life = &world.quarters[quarter];
    let resolve = resolve(world, life)?;
    let entity = (quarter as u64) << 12 | world.groups[resolve.group.index()].number;
    let week = u64::from(world.calendar.week);
    let drawn = world.streams.uniform(purposes::SELF_DEFENCE, entity, week);
    (drawn < resolve.chance && !is_protected(world, life)).then_some(resolve.group)
}

/// A band that nobody has joined yet, the first of its katiba. It lives on levies: founding brings its group
/// no other income.
fn band(world: &World, base: CommunityId, group: GroupId, katiba: CommandId) -> Command {
    let (week, place) = (world.calendar.week, world.community(base));
    let name = format!("{}-{}@{week}", world.groups[group.index()].name, place.name);
    let number = purposes::number_of_name(&name, 40);
    let (members, foreign, lost, pay) = (Vec::new(), 0, 0.0, 0.0);
    Command { name, number, group, katiba, base, members, foreign, lost, pay, hidden: false }
}

/// Commands from `first` on are joined by those around their bases whose thresholds are lowest.
fn enlist_founders(world: &mut World, first: usize) {
    let per_agent = f64::from(world.people.per_agent);
    let agents = whole_part((world.rules.self_defence.founders / per_agent).round().max(1.0));
    let counts: Vec<u32> =
        (0..world.commands.len()).map(|id| if id < first { 0 } else { agents }).collect();
    world.people.tell_kin();
    let founders = group_changes::founders(world, &counts);
    let recruits: Vec<Recruit> =
        founders.chosen.iter().map(|(person, command)| recruit(world, *person, *command)).collect();
    for recruit in recruits {
        world.enlist(recruit.person, recruit.command);
        world.log.recruits.push(recruit);
    }
    for id in (first..world.commands.len()).map(narrow) {
        world.deploy(CommandId(id), posture::spread_of(world, CommandId(id)));
    }
}

fn recruit(world: &World, person: Person, command: CommandId) -> Recruit {
    let cell = world.people.cell_of(person);
    let life = world.quarter(cell.quarter());
    Recruit {
        person,
        spell: world.people.risk_set.spell_of(person),
        community: life.community,
        constituency: life.constituency,
        cohort: cell.cohort(),
        group: world.commands[command.index()].group,
        command,
        motive: Motive::Protection,
        trigger: world.people.trigger(person, world.calendar.week),
    }
}
