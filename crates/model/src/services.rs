//! Services are built slowly and lost fast, need access, and schools close under threat.
//!
//! Each week the share of need met moves toward what is funded and can be reached:
//! d ← d + (funded · access · (1 − captured) − d) / τ, with τ in weeks, longer when building than when
//! losing; what is funded and what groups capture follow from the budget.
//! Expectation follows experience, faster upward than downward.

use super::bearing;
use super::budget;
use super::community::Community;
use super::log::{Closure, ClosureCause};
use super::purposes;
use super::world::World;
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_engine::streams::{binomial_quantile, uniform};
use toguna_units::{Share, Weeks};

/// The four services, in the order in which places keep them.
pub const SERVICES: [&str; 4] = ["health", "schooling", "justice", "water"];
pub const HEALTH: usize = 0;
pub const SCHOOLING: usize = 1;
pub const JUSTICE: usize = 2;
pub const WATER: usize = 3;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ServiceRules {
    /// Time in which a service covers most of the way up to what is funded.
    /// Unit: duration. Source: assumed.
    pub building_time: Weeks,
    /// Time in which a service that is no longer funded or reached loses most of what it gave.
    /// Unit: duration. Source: assumed.
    pub loss_time: Weeks,
    /// Part of a service that still reaches people where the state holds nothing: nurses, teachers and
    /// aid groups who stay. Unit: share. Source: assumed.
    pub reach_without_state: Share,
    /// Share of need below which people feel a gap whatever they are used to. Unit: share of need.
    /// Source: assumed.
    pub need: Share,
    /// Time in which expectations rise to what is provided. Unit: duration. Source: assumed.
    pub expectation_rise_time: Weeks,
    /// Time in which expectations sink to what is provided. Unit: duration. Source: assumed.
    pub expectation_fall_time: Weeks,
    /// Residents for each school. Unit: persons. Source: about 9,300 schools served the conflict
    /// regions in 2019 (1,113 closed were 12 %), assumed alike elsewhere.
    #[schemars(range(min = 100.0, max = 1_000_000.0))]
    pub residents_per_school: f64,
    /// Weekly chance that a school closes where fighters who oppose it are many and the state is
    /// absent. Unit: chance per week. Source: assumed; fitted to closures 2016-2019.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub chance_to_close_per_week: f64,
    /// Fighters at whose number the threat to schools is half of its full strength. Unit: persons.
    /// Source: assumed.
    #[schemars(range(min = 1.0, max = 10_000.0))]
    pub fighters_for_half_threat: f64,
    /// Weekly chance that a closed school reopens once nobody threatens it. Unit: chance per week.
    /// Source: 218 of 1,113 reopened in a quarter with aid, ten times slower without (assumed).
    #[schemars(range(min = 0.0, max = 1.0))]
    pub chance_to_reopen_per_week: f64,
    /// Share of closures that are destructions; the rest are threats. Unit: share. Source: assumed;
    /// fact F20 asks for threats above 0.7.
    pub destruction_share: Share,
}

impl Default for ServiceRules {
    fn default() -> Self {
        ServiceRules {
            building_time: Weeks(156),
            loss_time: Weeks(52),
            reach_without_state: Share::of(0.4),
            need: Share::of(0.5),
            expectation_rise_time: Weeks(26),
            expectation_fall_time: Weeks(260),
            residents_per_school: 1_500.0,
            chance_to_close_per_week: 0.015,
            fighters_for_half_threat: 10.0,
            chance_to_reopen_per_week: 0.0015,
            destruction_share: Share::of(0.06),
        }
    }
}

/// What one place's week does to its schools.
#[derive(Default)]
struct SchoolWeek {
    threatened: u32,
    destroyed: u32,
    reopened: u32,
}

/// Phase: services move, expectations follow, schools close and reopen.
pub fn provide(world: &mut World) {
    let schools: Vec<SchoolWeek> = world
        .communities
        .par_iter()
        .enumerate()
        .map(|(id, place)| school_week(world, id, place))
        .collect();
    let rules = &world.rules.services;
    let funded = world.treasury.funded;
    let kept: Vec<f64> = world
        .communities
        .iter()
        .map(|place| {
            let reached = access(rules, place);
            let opened = (1.0 - reached) * bearing::access(world, place);
            (reached + opened) * (1.0 - budget::captured_by_groups(world, place))
        })
        .collect();
    for ((place, schools), kept) in world.communities.iter_mut().zip(&schools).zip(kept) {
        place.schools_closed += schools.threatened + schools.destroyed;
        place.schools_closed -= schools.reopened;
        for (service, funded) in place.services.iter_mut().zip(funded) {
            if world.mechanisms.service_building {
                let target = funded * kept;
                let rising = target > service.provided;
                let time = if rising { rules.building_time } else { rules.loss_time };
                service.provided += (target - service.provided) / time.get();
            }
            if world.mechanisms.expectations {
                let rising = service.provided > service.expected;
                let time =
                    if rising { rules.expectation_rise_time } else { rules.expectation_fall_time };
                service.expected += (service.provided - service.expected) / time.get();
            }
        }
    }
    for (id, week) in schools.iter().enumerate() {
        let community = super::actor::CommunityId(id as u16);
        let causes =
            [(week.threatened, ClosureCause::Threat), (week.destroyed, ClosureCause::Destruction)];
        for (schools, cause) in causes.into_iter().filter(|(schools, _)| *schools > 0) {
            world.log.closures.push(Closure { community, schools, cause });
        }
        world.log.schools_reopened += week.reopened;
    }
}

/// Share of people services can reach: where the state is, and a rest elsewhere.
#[must_use]
pub fn access(rules: &ServiceRules, place: &Community) -> f64 {
    let rest = rules.reach_without_state.get();
    rest + (1.0 - rest) * place.control[0]
}

/// Share of need met by a service, schools that are closed left out and guests served alike.
#[must_use]
pub fn provided(place: &Community, service: usize) -> f64 {
    let open = if service == SCHOOLING && place.schools > 0 {
        let closed = f64::from(place.schools_closed) / f64::from(place.schools);
        1.0 - closed * (1.0 - place.koranic_schools)
    } else {
        1.0
    };
    place.services[service].provided * open * (1.0 - place.movement.strain)
}

/// The gap people feel: max(need − d, expectation − d), never below 0.
#[must_use]
pub fn felt_gap(rules: &ServiceRules, place: &Community, service: usize) -> f64 {
    let provided = provided(place, service);
    let wanted = rules.need.get().max(place.services[service].expected);
    (wanted - provided).max(0.0)
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
        .map(|band| band.fighters * bearing::threat_to_schools(world, place, band.command))
        .sum();
    let by_pact = bearing::schools_reopen(world, place);
    let address = |purpose| world.streams.at(purpose, id as u64, u64::from(world.calendar.week));
    if hostile > 0.0 {
        let threat = hostile / (hostile + rules.fighters_for_half_threat);
        let chance = rules.chance_to_close_per_week * threat * (1.0 - place.control[0]);
        let mut draw = address(purposes::SCHOOL_CLOSURE);
        let open = place.schools - place.schools_closed;
        let closed = binomial_quantile(uniform(&mut draw), open, chance);
        let destroyed =
            binomial_quantile(uniform(&mut draw), closed, rules.destruction_share.get());
        let u = uniform(&mut address(purposes::SCHOOL_REOPENING));
        let reopened = binomial_quantile(u, place.schools_closed, by_pact);
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
