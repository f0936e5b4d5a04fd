//! Fighters tire, quit and are arrested.
//!
//! Each spell in a group has an endurance ~ Exp(1), drawn when it begins. Every week adds the sum of
//! competing hazards to what has been endured; when it reaches the endurance the fighter leaves, and
//! the cause follows in proportion to that week's hazards. This is a weekly trial by random time
//! change, as joining is.

use super::actor::GroupId;
use super::actor::{CommandId, Side};
use super::budget;
use super::group::{Command, Member};
use super::log::{Leaver, LeavingCause};
use super::people::Role;
use super::purposes;
use super::world::World;
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_engine::roll::Person;
use toguna_engine::streams::exponential;
use toguna_units::Weeks;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LeavingRules {
    /// Hazard of tiring. Unit: per week. Source: assumed; with losses to violence it gives 30 to 50 %
    /// of a stock a year.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub fatigue_per_week: f64,
    /// Hazard of leaving a band that lost all it has within eight weeks; in proportion for less.
    /// Unit: per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub losses_per_week: f64,
    /// Hazard of leaving when pay is nothing; in proportion to the gap between an honest living and
    /// pay. Unit: per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub unpaid_per_week: f64,
    /// Hazard of taking up a full reintegration offer where the state is fully trusted.
    /// Unit: per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub reintegration_per_week: f64,
    /// Hazard of arrest where the state holds everything and all effort goes into operations.
    /// Unit: per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub arrest_per_week: f64,
    /// Hazard of going home under a full amnesty for a fighter whose command is at rest under pacts.
    /// Unit: per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub amnesty_per_week: f64,
    /// Mean time in prison. Unit: duration. Source: assumed.
    pub sentence: Weeks,
}

impl Default for LeavingRules {
    fn default() -> Self {
        LeavingRules {
            fatigue_per_week: 0.005,
            losses_per_week: 0.03,
            unpaid_per_week: 0.004,
            reintegration_per_week: 0.02,
            arrest_per_week: 0.004,
            amnesty_per_week: 0.01,
            sentence: Weeks(104),
        }
    }
}

/// Causes other than death, in the order of the hazards below.
const CAUSES: [LeavingCause; 7] = [
    LeavingCause::Fatigue,
    LeavingCause::Losses,
    LeavingCause::Unpaid,
    LeavingCause::Reintegration,
    LeavingCause::Arrest,
    LeavingCause::Amnesty,
    LeavingCause::Accord,
];

/// Phase: whoever has endured enough leaves; sentences end.
pub fn leave(world: &mut World) {
    let hazards: Vec<[f64; CAUSES.len()]> = (0..world.commands.len() as u16)
        .into_par_iter()
        .map(|id| hazards(world, CommandId(id)))
        .collect();
    let leaving: Vec<Vec<Member>> = world
        .commands
        .par_iter_mut()
        .zip(&hazards)
        .map(|(command, hazards)| endure(command, hazards.iter().sum()))
        .collect();
    release(world);
    for (id, (leaving, hazards)) in leaving.into_iter().zip(hazards).enumerate() {
        for member in leaving {
            part(world, CommandId(id as u16), member, hazards);
        }
    }
}

/// A week of so much hazard in a command; returns whom it was too much for.
fn endure(command: &mut Command, week: f64) -> Vec<Member> {
    let mut leaving = Vec::new();
    command.members.retain_mut(|member| {
        member.endured += week;
        let leaves = member.endured >= member.endurance;
        if leaves {
            leaving.push(*member);
        }
        !leaves
    });
    leaving
}

/// Hazards of one week in a command, by cause.
fn hazards(world: &World, id: CommandId) -> [f64; CAUSES.len()] {
    let command = &world.commands[id.index()];
    let rules = &world.rules.leaving;
    let on = &world.mechanisms;
    let place = world.community(command.base);
    let switched = |on: bool, hazard: f64| if on { hazard } else { 0.0 };
    let fighters = command.fighters(f64::from(world.people.per_agent)).max(1.0);
    let lost = (command.lost / (command.lost + fighters)).min(1.0);
    let short = (place.income - command.pay).clamp(0.0, 1.0);
    let rest = super::bearing::at_rest(world, id);
    let hunted = world.hostility.between(Side::STATE, Side::of(command.group))
        * super::talks::hostility_left(world, id);
    [
        switched(
            on.fatigue,
            rules.fatigue_per_week * (1.0 - world.rules.bearing.rest.get() * rest),
        ),
        switched(on.losses, rules.losses_per_week * lost),
        switched(on.unpaid, rules.unpaid_per_week * short),
        switched(
            on.reintegration,
            rules.reintegration_per_week * world.policy.reintegration_offer.get() * place.trust,
        ),
        switched(
            on.arrest,
            rules.arrest_per_week
                * hunted
                * budget::military_effort(world)
                * place.control[Side::STATE.index()],
        ),
        switched(on.amnesty, rules.amnesty_per_week * world.policy.amnesty.get() * rest),
        switched(on.accord_clauses, super::dialogue::demobilisation(world, id)),
    ]
}

fn part(world: &mut World, command: CommandId, member: Member, hazards: [f64; CAUSES.len()]) {
    let person = member.person;
    let spell = world.people.crowd.spell_of(person);
    let total: f64 = hazards.iter().sum();
    let u = world.streams.uniform(purposes::LEAVING_CAUSE, u64::from(person.0), u64::from(spell));
    let mut left = u * total;
    let mut cause = LeavingCause::Fatigue;
    for (candidate, hazard) in CAUSES.into_iter().zip(hazards) {
        if hazard > 0.0 {
            cause = candidate;
            if left < hazard {
                break;
            }
        }
        left -= hazard;
    }
    let week = world.calendar.week;
    if cause == LeavingCause::Arrest {
        world.people.leave_group(person, Role::Prisoner);
        let mut draw = world.streams.at(purposes::RELEASE, u64::from(person.0), u64::from(spell));
        let sentence = exponential(&mut draw) * world.rules.leaving.sentence.get();
        let until = week + 1 + sentence.min(1e6) as u32;
        let group = world.commands[command.index()].group;
        world.people.prisoners.push(Prisoner { person, until, group });
    } else {
        world.people.leave_group(person, Role::FormerFighter);
        world.people.come_back(person);
    }
    let group = world.commands[command.index()].group;
    let weeks = week - member.since.min(week);
    world.log.leavers.push(Leaver { person, group, command, cause, weeks });
}

/// Somebody in prison until a week.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prisoner {
    pub person: Person,
    pub until: u32,
    /// The group they fought for.
    pub group: GroupId,
}

/// Whoever has served their sentence goes home.
fn release(world: &mut World) {
    let week = world.calendar.week;
    let (free, kept) = world.people.prisoners.iter().partition(|prisoner| prisoner.until <= week);
    world.people.prisoners = kept;
    world.set_free(free);
}
