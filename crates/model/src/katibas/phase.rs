//! Small bands join others of their katiba, and small katibas go home.
//!
//! Bands divide where they are many; here they join where they are few. A band with fewer than the smallest
//! number of fighters goes to the nearest other of its katiba within reach, the first named of two that are as
//! near; where there is none, it stays as it is. A katiba of fewer in all goes home, those from abroad as well: so
//! a group without men is no more.

use crate::words::geography::great_circle;
use crate::words::ids::CommandId;
use crate::world::World;
use crate::world::log::LeavingCause;
use toguna_units::narrow;

/// Phase: each small band in order.
pub fn gather(world: &mut World) {
    let smallest = world.rules.katibas.smallest_band;
    let per_agent = f64::from(world.people.per_agent);
    let katibas = world.fighters_of_katibas();
    let small: Vec<CommandId> = (0..narrow(world.commands.len()))
        .map(CommandId)
        .filter(|id| (f64::MIN_POSITIVE..smallest).contains(&fighters(world, *id, per_agent)))
        .collect();
    for band in small {
        if katibas[world.commands[band.index()].katiba.index()] < smallest {
            go_home(world, band);
        } else if fighters(world, band, per_agent) < smallest
            && let Some(other) = nearest(world, band)
        {
            join(world, band, other);
        }
    }
}

fn fighters(world: &World, band: CommandId, per_agent: f64) -> f64 {
    world.commands[band.index()].fighters(per_agent)
}

/// The nearest other band of a katiba that has men, within reach.
fn nearest(world: &World, band: CommandId) -> Option<CommandId> {
    let at = |id: CommandId| {
        let base = world.community(world.commands[id.index()].base);
        (base.latitude, base.longitude)
    };
    let katiba = world.commands[band.index()].katiba;
    let others = world.commands.iter().enumerate().filter(|(id, other)| {
        *id != band.index() && other.katiba == katiba && other.fighters(1.0) > 0.0
    });
    let far =
        others.map(|(id, _)| CommandId(narrow(id))).map(|id| (great_circle(at(band), at(id)), id));
    let near = far.filter(|(km, _)| *km <= world.rules.katibas.joins_within);
    near.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, id)| id)
}

/// All of a band are from now on with another, in order of joining.
fn join(world: &mut World, band: CommandId, other: CommandId) {
    let from = &mut world.commands[band.index()];
    let members = std::mem::take(&mut from.members);
    let (foreign, lost) = (std::mem::take(&mut from.foreign), std::mem::take(&mut from.lost));
    let to = &mut world.commands[other.index()];
    to.members.extend(members);
    to.members.sort_by_key(|member| (member.since, member.person));
    to.foreign += foreign;
    to.lost += lost;
}

/// A katiba is no more: all of a band go home.
fn go_home(world: &mut World, band: CommandId) {
    let command = &mut world.commands[band.index()];
    let members = std::mem::take(&mut command.members);
    let foreign = std::mem::take(&mut command.foreign);
    world.foreigners.gone_home += u64::from(foreign);
    for member in members {
        world.send_home(band, member, LeavingCause::Disbanded);
    }
}
