//! The state that loses its capital is succeeded; the year's battles are counted.

use super::effects::{DEATHS_OF_A_WAR, battle_deaths, holder_of_the_capital};
use super::state::YEAR;
use crate::government::state::Regime;
use crate::group_changes::state::GroupChange;
use crate::support::effects as support;
use crate::words::ids::{CommandId, GroupId, Side};
use crate::world::World;
use crate::world::bands::Band;
use crate::world::group::of_group;
use crate::world::log::LeavingCause;
use toguna_units::narrow;

/// Phase: a week of battles is added, and the oldest forgotten.
pub fn count(world: &mut World) {
    let (week, deaths) = (world.calendar.week, battle_deaths(world));
    let war = &mut world.war;
    war.battle_deaths.resize(YEAR, 0);
    war.battle_deaths[week as usize % YEAR] = deaths;
    let at_war = war.battle_deaths.iter().sum::<u32>() >= DEATHS_OF_A_WAR;
    war.begun |= at_war;
    if at_war || !war.begun {
        war.quiet_since = None;
    } else if war.quiet_since.is_none() {
        war.quiet_since = Some((week + 1).saturating_sub(narrow(YEAR)));
    }
    if !world.talks.in_accord.is_empty() {
        war.accord_kept = Some(week);
    }
}

/// Phase: a group that holds the capital is the state from now on.
pub fn succeed(world: &mut World) {
    if let Some(winner) = holder_of_the_capital(world) {
        let week = world.calendar.week;
        world.war.capital_lost.get_or_insert(week);
        take_army(world, winner);
        take_ground(world, winner);
        take_office(world, winner);
        world.hostility.take_the_place_of(Side::STATE, Side::of(winner));
        world.log.group_changes += 1;
    }
}

/// The old army goes home. The winner's fighters are soldiers now: head-counts, while the men live at home as
/// former fighters. Recruits fill the army up to what it may be, as they fill any gap.
fn take_army(world: &mut World, winner: GroupId) {
    let per_agent = f64::from(world.people.per_agent);
    let mut soldiers = [0.0; 3];
    let bands: Vec<CommandId> = of_group(&world.commands, winner).map(|(id, _)| id).collect();
    for band in bands {
        let command = &mut world.commands[band.index()];
        let members = std::mem::take(&mut command.members);
        let foreign = std::mem::take(&mut command.foreign);
        let zone = world.communities[command.base.index()].zone;
        soldiers[zone as usize] += members.len() as f64 * per_agent;
        world.foreigners.gone_home += u64::from(foreign);
        for member in members {
            world.send_home(band, member, LeavingCause::Disbanded);
        }
    }
    let army = &mut world.government.army;
    for (zone, soldiers) in soldiers.into_iter().enumerate() {
        world.log.soldiers_enlisted[zone] += soldiers - army.soldiers[zone];
        army.soldiers[zone] = soldiers;
    }
}

/// What the winner held is the state's, and so are the harm it did and its prisoners' freedom.
fn take_ground(world: &mut World, winner: GroupId) {
    let (state, side) = (Side::STATE, Side::of(winner));
    for place in &mut world.communities {
        place.control[state.index()] += std::mem::take(&mut place.control[side.index()]);
        let others: Vec<Band> =
            place.bands.iter().filter(|band| band.side != side).copied().collect();
        place.bands.clear();
        others.into_iter().for_each(|band| place.bands.push(band));
    }
    for life in &mut world.quarters {
        for felt in
            [&mut life.harm, &mut life.threat, &mut life.alarm, &mut life.fresh, &mut life.victims]
        {
            felt[state.index()] += std::mem::take(&mut felt[side.index()]);
        }
    }
    let held = std::mem::take(&mut world.people.prisoners);
    let (free, kept) = held.into_iter().partition(|prisoner| prisoner.group == winner);
    world.people.prisoners = kept;
    world.set_free(free);
    world.groups[winner.index()].revenue_per_week = 0.0;
    for planned in &mut world.group_changes {
        let of_winner = match planned.change {
            GroupChange::Founding { command, .. } => {
                world.commands[command.index()].group == winner
            }
            GroupChange::Split { from, to, .. } | GroupChange::Merger { from, to } => {
                from == winner || to == winner
            }
        };
        planned.done |= of_winner;
    }
}

/// Those who come rule as soldiers do after a coup, with what support the winner has; guests of the old
/// state leave.
fn take_office(world: &mut World, winner: GroupId) {
    let (mut residents, mut supporters) = (0.0, 0.0);
    for place in &world.communities {
        residents += place.residents;
        supporters += place.residents * support::of_community(world, place, winner);
    }
    let rules = &world.rules.coups;
    let (vacuum, lost) = (rules.vacuum.0.max(1), rules.capacity_lost.get());
    let government = &mut world.government;
    government.legitimacy = supporters / f64::max(residents, 1.0);
    government.regime = Regime::Vacuum;
    government.vacuum_until = world.calendar.week + vacuum;
    government.capacity *= 1.0 - lost;
    government.protest = 0.0;
    government.coup_risk = 0.0;
    government.soldiers_lost = 0.0;
    world.partners.iter_mut().for_each(|partner| partner.withdrawn = true);
}
