//! Fighters come from abroad, and go home.

use super::effects::{host, room};
use crate::words::ids::GroupId;
use crate::words::purposes;
use crate::world::World;
use toguna_engine::streams::{binomial_quantile, poisson_quantile};
use toguna_units::narrow;

/// Beyond the numbers of commands, which have 40 bits.
const BORDERS: u64 = 1 << 40;

/// Phase: fighters come over the borders, and some go home.
pub fn cross(world: &mut World) {
    let week = u64::from(world.calendar.week);
    let home = world.rules.leaving.fatigue_per_week;
    for command in world.commands.iter_mut().filter(|command| command.foreign > 0) {
        let u = world.streams.uniform(purposes::FOREIGNERS, command.number, week);
        let gone = binomial_quantile(u, command.foreign, home);
        command.foreign -= gone;
        world.foreigners.gone_home += u64::from(gone);
    }
    let mut strengths = world.strengths();
    let mut foreign = vec![0.0; world.groups.len()];
    for command in &world.commands {
        foreign[command.group.index()] += f64::from(command.foreign);
    }
    for country in &world.abroad {
        for (id, per_week) in country.inflow.iter().enumerate() {
            if *per_week <= 0.0 {
                continue;
            }
            let group = GroupId(narrow(id));
            let address = BORDERS | country.number << 12 | world.groups[id].number;
            let u = world.streams.uniform(purposes::FOREIGNERS, address, week);
            let room = room(&world.rules.abroad, foreign[id], strengths[id]);
            let rate = per_week * world.rules.abroad.inflow_scale * room;
            let come = poisson_quantile(u, rate);
            if come == 0 {
                continue;
            }
            if let Some(host) = host(world, group, &country.borders) {
                world.commands[host.index()].foreign += come;
                world.foreigners.arrived += u64::from(come);
                foreign[id] += f64::from(come);
                strengths[id] += f64::from(come);
            }
        }
    }
}
