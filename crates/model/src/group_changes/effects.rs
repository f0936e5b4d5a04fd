//! Around whom a command is founded.

use crate::recruitment::effects::{GroupHazards, group_hazards_of_bands};
use crate::words::ids::{CommandId, Side};
use crate::world::World;
use crate::world::bands::{Band, Bands};
use crate::world::group::Command;
use toguna_engine::layout::Cell;
use toguna_units::narrow;

/// Hazard of each cell in and next to a command's base toward its group, where there is any.
pub(super) fn founding_hazards(
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
pub(super) fn founding_group_hazards(world: &World, counts: &[u32]) -> GroupHazards {
    let mut bands = vec![Bands::default(); world.communities.len()];
    for (id, (command, count)) in world.commands.iter().zip(counts).enumerate() {
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
