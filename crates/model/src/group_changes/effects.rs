//! Around whom a command is founded.

use crate::recruitment::effects::{Pulls, pulls_toward};
use crate::words::ids::{CommandId, Side};
use crate::world::World;
use crate::world::bands::{Band, Bands};
use crate::world::group::Command;
use toguna_engine::roll::Cell;

/// Hazard of each cell in and next to a command's base toward its group, where there is any.
pub(super) fn founding_hazards(
    world: &World,
    pulls: &Pulls,
    command: CommandId,
) -> Vec<(Cell, f64)> {
    let Command { group, base, .. } = world.commands[command.index()];
    let openness = world.rules.recruitment.openness();
    let roads = world.community(base).roads.iter().map(|road| road.to);
    let mut hazards = Vec::new();
    for place in std::iter::once(base).chain(roads) {
        for quarter in world.community(place).quarters() {
            let toward = pulls.of(quarter).iter().find(|pull| pull.group == group);
            let Some(pull) = toward else { continue };
            let by_cohort = pull.by_cohort(&openness).into_iter().enumerate();
            let felt = by_cohort.filter(|(_, hazard)| *hazard > 0.0);
            hazards.extend(felt.map(|(cohort, hazard)| (quarter.cell(cohort), hazard)));
        }
    }
    hazards
}

/// Pulls as if every command already had its founding members at its base, nothing being absorbed.
pub(super) fn found_pulls(world: &World, counts: &[u32]) -> Pulls {
    let mut bands = vec![Bands::default(); world.communities.len()];
    for (id, (command, count)) in world.commands.iter().zip(counts).enumerate() {
        let fighters = f64::from(*count) * f64::from(world.people.per_agent);
        let band = |fighters| Band {
            command: CommandId(id as u16),
            side: Side::of(command.group),
            fighters,
        };
        bands[command.base.index()].push(band(fighters));
        for road in &world.community(command.base).roads {
            bands[road.to.index()].push(band(0.1 * fighters));
        }
    }
    pulls_toward(world, |place| &bands[place.id.index()])
}
