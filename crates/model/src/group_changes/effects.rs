//! Around whom a command is founded, and by whom.

use crate::recruitment::effects::{GroupHazards, group_hazards_of_bands};
use crate::words::ids::{CommandId, Side};
use crate::world::World;
use crate::world::bands::{Band, Bands};
use crate::world::group::Command;
use std::collections::{BTreeMap, BTreeSet};
use toguna_engine::layout::{Cell, Person};
use toguna_units::narrow;

/// A bound on thresholds is taken a hair wide, so that rounding leaves out nobody.
const BEYOND_ROUNDING: f64 = 1.0 + 1e-9;

/// Hazard of each cell in and next to a command's base toward its group, where there is any.
fn founding_hazards(
    world: &World,
    group_hazards: &GroupHazards,
    command: CommandId,
) -> Vec<(Cell, f64)> {
    let Command { group, base, .. } = world.commands[command.index()];
    let openness = world.rules.recruitment.openness();
    let roads = world.community(base).roads.iter().map(|road| road.to);
    let mut hazards = Vec::new();
    for place in std::iter::once(base).chain(roads) {
        for quarter in world.community(place).quarters() {
            let toward =
                group_hazards.of(quarter).iter().find(|group_hazard| group_hazard.group == group);
            let Some(group_hazard) = toward else { continue };
            let by_cohort = group_hazard.by_cohort(&openness).into_iter().enumerate();
            let felt = by_cohort.filter(|(_, hazard)| *hazard > 0.0);
            hazards.extend(felt.map(|(cohort, hazard)| (quarter.cell(cohort), hazard)));
        }
    }
    hazards
}

/// Hazards as if every command already had its founding members at its base, nothing being absorbed.
fn founding_group_hazards(world: &World, counts: &[u32]) -> GroupHazards {
    let mut bands = vec![Bands::default(); world.communities.len()];
    for (id, (command, count)) in world.commands.iter().zip(counts).enumerate() {
        if *count == 0 {
            continue;
        }
        let fighters = f64::from(*count) * f64::from(world.people.per_agent);
        let band = |fighters| Band {
            command: CommandId(narrow(id)),
            side: Side::of(command.group),
            fighters,
            hidden: 0.0,
        };
        bands[command.base.index()].push(band(fighters));
        for road in &world.community(command.base).roads {
            bands[road.to.index()].push(band(0.1 * fighters));
        }
    }
    group_hazards_of_bands(world, |place| &bands[place.id.index()])
}

/// Who is to found which command.
pub struct Founders {
    /// In order of command.
    pub chosen: Vec<(Person, CommandId)>,
    /// Places that could not be filled.
    pub missing: u32,
    /// How far Λ would have had to come in each cell around them for them to join.
    pub(super) reached: BTreeMap<Cell, f64>,
}

/// For each command the people with the lowest remaining threshold per hazard, (x − Λ) / λ, around its base
/// until its count is met, in agents. Kin have been told the news. The queues that are asked may be tidied;
/// nothing else changes.
#[must_use]
pub fn founders(world: &mut World, counts: &[u32]) -> Founders {
    let group_hazards = founding_group_hazards(world, counts);
    let mut founders = Founders { chosen: Vec::new(), missing: 0, reached: BTreeMap::new() };
    let mut taken: BTreeMap<Cell, BTreeSet<Person>> = BTreeMap::new();
    for (command, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let command = CommandId(narrow(command));
        let hazards = founding_hazards(world, &group_hazards, command);
        let mut candidates: Vec<(f64, Person)> = Vec::new();
        for (cell, hazard) in &hazards {
            let felt = world.people.risk_set.felt(*cell);
            // Some of the first in the queue may have been taken by commands before.
            let taken = taken.entry(*cell).or_default();
            let enough = *count as usize + taken.len();
            // Nobody who would take longer than the last of enough others is asked for.
            let longest = candidates.get(*count as usize - 1).map_or(f64::INFINITY, |last| last.0);
            let within = (felt + longest * hazard) * BEYOND_ROUNDING;
            let next = world.people.risk_set.first_in_queue(*cell, enough, within);
            let free = next.iter().filter(|(_, person)| !taken.contains(person));
            let weeks = free.map(|(x, person)| ((x - felt) / hazard, *person));
            candidates.extend(weeks.take(*count as usize));
            candidates.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            candidates.truncate(*count as usize);
        }
        founders.missing += count - narrow::<_, u32>(candidates.len());
        let weeks = candidates.last().map_or(0.0, |(weeks, _)| *weeks);
        for (cell, hazard) in hazards {
            let felt = world.people.risk_set.felt(cell);
            let reached = founders.reached.entry(cell).or_insert(felt);
            *reached = reached.max(felt + weeks * hazard);
        }
        for (_, person) in &candidates {
            taken.entry(world.people.cell_of(*person)).or_default().insert(*person);
        }
        founders.chosen.extend(candidates.iter().map(|(_, person)| (*person, command)));
    }
    founders
}
