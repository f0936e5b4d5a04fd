//! Commands go to ground and come back.
//!
//! Hidden fighters have no strength: they neither fight nor are hit, threaten nobody and hold nothing, so
//! that what they held fades. They still draw recruits and suspicion, by a part of their number, look for
//! other bases, tire, and are bound by what they have signed.

use super::effects::{Field, Plight, hostility};
use crate::words::ids::CommandId;
use crate::words::purposes;
use crate::world::World;
use toguna_engine::parallel;
use toguna_units::narrow;

/// Phase: commands go to ground before overwhelming force near, and come back when it has left.
pub fn hide(world: &mut World) {
    if !world.mechanisms.hiding {
        world.commands.iter_mut().for_each(|command| command.hidden = false);
        return;
    }
    let field = Field::of(world);
    let forces = field.forces(world);
    let next: Vec<bool> = parallel::map(world.commands.len(), |id| {
        is_hidden_next(world, CommandId(narrow(id)), &field, &forces)
    });
    for (command, hidden) in world.commands.iter_mut().zip(next) {
        command.hidden = hidden;
    }
}

fn is_hidden_next(world: &World, id: CommandId, field: &Field, forces: &[f64]) -> bool {
    let rules = &world.rules.hiding;
    let command = &world.commands[id.index()];
    let own = command.fighters(f64::from(world.people.per_agent));
    if own <= 0.0 {
        return false;
    }
    let hostility = hostility(world, id);
    let plight = |force, fighters| Plight { hostility, force, fighters };
    let force = forces[command.base.index()];
    if !command.hidden && !plight(force, own).may_hide(rules) {
        return false;
    }
    let week = u64::from(world.calendar.week);
    let u = world.streams.uniform(purposes::HIDING, command.number, week);
    let together = || field.together(world, command.base, command.group);
    // Who is near is asked last: hardly a draw hangs on it. None would come back sooner than if nobody
    // hunted, none would go to ground who would not if they stood alone.
    if command.hidden {
        u >= plight(0.0, own).chance_to_return(rules)
            || u >= plight(force, together()).chance_to_return(rules)
    } else {
        u < plight(force, own).chance_to_hide(rules)
            && u < plight(force, together()).chance_to_hide(rules)
    }
}
