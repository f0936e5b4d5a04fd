//! Services are built slowly and lost fast, need access, and schools close under threat.
//!
//! Each week the share of need met moves toward what is funded and can be reached:
//! d ← d + (funded · access · (1 − captured) − d) / τ, with τ in weeks, longer when building than when
//! losing; what is funded and what groups capture follow from the budget.

use super::effects::reached;
use crate::budget::effects as budget;
use crate::pact_effects::effects as pact_effects;
use crate::words::ids::CommunityId;
use crate::words::purposes;
use crate::world::World;
use crate::world::community::Community;
use crate::world::log::{Closure, ClosureCause};
use toguna_engine::parallel;
use toguna_engine::streams::{binomial_quantile, uniform};
use toguna_units::narrow;

/// What one place's week does to its schools.
#[derive(Default)]
struct SchoolWeek {
    threatened: u32,
    destroyed: u32,
    reopened: u32,
}

/// Phase: services move, schools close and reopen.
pub fn provide(world: &mut World) {
    let schools: Vec<SchoolWeek> =
        parallel::map(world.communities.len(), |id| school_week(world, id, &world.communities[id]));
    let rules = &world.rules.services;
    let funded = world.treasury.funded;
    let kept: Vec<f64> = world
        .communities
        .iter()
        .map(|place| reached(world, place) * (1.0 - budget::captured_by_groups(world, place)))
        .collect();
    for ((place, schools), kept) in world.communities.iter_mut().zip(&schools).zip(kept) {
        place.schools_closed += schools.threatened + schools.destroyed;
        place.schools_closed -= schools.reopened;
        if !world.mechanisms.service_building {
            continue;
        }
        for (provided, funded) in place.services.iter_mut().zip(funded) {
            let target = funded * kept;
            let time = if target > *provided { rules.building_time } else { rules.loss_time };
            *provided += (target - *provided) / time.get().max(1.0);
        }
    }
    for (id, week) in schools.iter().enumerate() {
        let community = CommunityId(narrow(id));
        let causes =
            [(week.threatened, ClosureCause::Threat), (week.destroyed, ClosureCause::Destruction)];
        for (schools, cause) in causes.into_iter().filter(|(schools, _)| *schools > 0) {
            world.log.closures.push(Closure { community, schools, cause });
        }
        world.log.schools_reopened += week.reopened;
    }
}

fn school_week(world: &World, id: usize, place: &Community) -> SchoolWeek {
    let rules = &world.rules.services;
    if !world.mechanisms.school_closures || place.schools == 0 {
        return SchoolWeek::default();
    }
    let hostile: f64 = place
        .bands
        .iter()
        .filter(|band| {
            let group = world.commands[band.command.index()].group;
            world.groups[group.index()].opposes_school
        })
        .map(|band| band.fighters * pact_effects::threat_to_schools(world, place, band.command))
        .sum();
    let by_pact = pact_effects::schools_reopen(world, place);
    let address = |purpose| world.streams.at(purpose, id as u64, u64::from(world.calendar.week));
    if hostile > 0.0 {
        let threat = hostile / (hostile + rules.fighters_for_half_threat);
        let chance = rules.chance_to_close_per_week * threat * (1.0 - place.control[0]);
        let mut draw = address(purposes::SCHOOL_CLOSURE);
        let open = place.schools - place.schools_closed;
        let closed = binomial_quantile(uniform(&mut draw), open, chance);
        let destroyed =
            binomial_quantile(uniform(&mut draw), closed, rules.destruction_share.get());
        // Most have no pact under which any would reopen.
        let reopened = if by_pact > 0.0 {
            let u = uniform(&mut address(purposes::SCHOOL_REOPENING));
            binomial_quantile(u, place.schools_closed, by_pact)
        } else {
            0
        };
        SchoolWeek { threatened: closed - destroyed, destroyed, reopened }
    } else if place.schools_closed > 0 {
        let u = uniform(&mut address(purposes::SCHOOL_REOPENING));
        let reopened = binomial_quantile(
            u,
            place.schools_closed,
            rules.chance_to_reopen_per_week.max(by_pact),
        );
        SchoolWeek { reopened, ..SchoolWeek::default() }
    } else {
        SchoolWeek::default()
    }
}
