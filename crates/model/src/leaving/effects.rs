//! Fighters tire, quit and are arrested.
//!
//! Each spell in a group has an endurance ~ Exp(1), drawn when it begins. Every week adds the sum of
//! competing hazards to what has been endured; when it reaches the endurance the fighter leaves, and
//! the cause follows in proportion to that week's hazards. This is a weekly trial by random time
//! change, as joining is.

use crate::budget::effects as budget;
use crate::dialogue::effects as dialogue;
use crate::talks::effects as talks;
use crate::words::ids::{CommandId, Side};
use crate::world::World;
use crate::world::group::{Command, Member};
use crate::world::log::LeavingCause;

/// Causes other than death, in the order of the hazards below.
pub const CAUSES: [LeavingCause; 7] = [
    LeavingCause::Fatigue,
    LeavingCause::Losses,
    LeavingCause::Unpaid,
    LeavingCause::Reintegration,
    LeavingCause::Arrest,
    LeavingCause::Amnesty,
    LeavingCause::Accord,
];

/// A week of so much hazard in a command; returns whom it was too much for.
pub(super) fn endure(command: &mut Command, week: f64) -> Vec<Member> {
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

/// Hazards of one week in a command, by cause; `rest` is the part of its fighters whom pacts let rest.
#[must_use]
pub fn hazards(world: &World, id: CommandId, rest: f64) -> [f64; CAUSES.len()] {
    let command = &world.commands[id.index()];
    let rules = &world.rules.leaving;
    let on = &world.mechanisms;
    let place = world.community(command.base);
    let switched = |on: bool, hazard: f64| if on { hazard } else { 0.0 };
    let fighters = command.fighters(f64::from(world.people.per_agent)).max(1.0);
    let lost = (command.lost / (command.lost + fighters)).min(1.0);
    let short = (place.income - command.pay).clamp(0.0, 1.0);
    let hunted = world.hostility.between(Side::STATE, Side::of(command.group))
        * talks::hostility_left(world, id);
    [
        switched(
            on.fatigue,
            rules.fatigue_per_week * (1.0 - world.rules.pact_effects.rest.get() * rest),
        ),
        switched(on.losses, rules.losses_per_week * lost),
        switched(on.unpaid, rules.unpaid_per_week * short),
        switched(
            on.reintegration,
            rules.reintegration_per_week * budget::reintegration_offer(world) * place.trust,
        ),
        switched(
            on.arrest,
            rules.arrest_per_week
                * hunted
                * budget::military_effort(world)
                * place.control[Side::STATE.index()],
        ),
        switched(
            on.amnesty,
            rules.amnesty_per_week
                * world.policy.amnesty.get()
                * (rest + (1.0 - rest) * place.trust),
        ),
        switched(on.accord_clauses, dialogue::disbanding(world, id)),
    ]
}
