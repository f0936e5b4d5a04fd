//! Fighters leave, and prisoners are released.

use super::effects::{CAUSES, endure, hazards};
use super::state::Prisoner;
use crate::pact_effects::effects as pact_effects;
use crate::words::ids::CommandId;
use crate::words::purposes;
use crate::words::roles::Role;
use crate::world::World;
use crate::world::group::Member;
use crate::world::log::LeavingCause;
use toguna_engine::parallel;
use toguna_engine::streams::exponential;
use toguna_units::{narrow, whole_part};

/// Phase: whoever has endured enough leaves; sentences end.
pub fn leave(world: &mut World) {
    let at_rest = pact_effects::at_rest(world);
    let hazards: Vec<[f64; CAUSES.len()]> =
        parallel::map(at_rest.len(), |id| hazards(world, CommandId(narrow(id)), at_rest[id]));
    let leaving: Vec<Vec<Member>> = parallel::change(&mut world.commands, |id, command| {
        endure(command, hazards[id].iter().sum())
    });
    release(world);
    for (id, (leaving, hazards)) in leaving.into_iter().zip(hazards).enumerate() {
        for member in leaving {
            part(world, CommandId(narrow(id)), member, hazards);
        }
    }
}

fn part(world: &mut World, command: CommandId, member: Member, hazards: [f64; CAUSES.len()]) {
    let person = member.person;
    let spell = world.people.risk_set.spell_of(person);
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
        let until = week + 1 + whole_part(sentence.min(1e6));
        let group = world.commands[command.index()].group;
        world.people.prisoners.push(Prisoner { person, until, group });
        world.log_leaver(command, member, cause);
    } else {
        if matches!(cause, LeavingCause::Reintegration | LeavingCause::Accord) {
            world.treasury.took_offer += f64::from(world.people.per_agent);
        }
        world.send_home(command, member, cause);
    }
}

/// Whoever has served their sentence goes home.
fn release(world: &mut World) {
    let week = world.calendar.week;
    let (free, kept) = world.people.prisoners.iter().partition(|prisoner| prisoner.until <= week);
    world.people.prisoners = kept;
    world.set_free(free);
}
