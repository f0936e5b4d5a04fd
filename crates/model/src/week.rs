//! What happens when. The one place that says so.

use crate::world::World;
use crate::world::log::WeekLog;
use crate::{
    abroad, budget, clear_and_hold, control, coups, dialogue, displacement, disputes, elections,
    garrisons, group_changes, leaving, legitimacy, livelihoods, memory, opinion, outcomes, pacts,
    partners, posture, recruitment, services, timeline, violence, weather,
};
use toguna_engine::phase::Phase;

/// One week, read aloud from top to bottom.
pub const WEEK: &[Phase<World>] = &[
    Phase { name: "log", what: "the log of last week is emptied", run: empty_log },
    Phase {
        name: "hostility",
        what: "dated quarrels begin and end",
        run: bring_quarrels_into_force,
    },
    Phase {
        name: "timeline",
        what: "dated and conditional changes act",
        run: timeline::phase::act,
    },
    Phase { name: "weather", what: "rain falls or fails", run: weather::phase::pass },
    Phase { name: "budget", what: "money comes in and is spent", run: budget::phase::spend },
    Phase {
        name: "lineage",
        what: "groups are founded, split and merge",
        run: group_changes::phase::turn,
    },
    Phase {
        name: "services",
        what: "services are built, and schools close",
        run: services::phase::provide,
    },
    Phase {
        name: "livelihoods",
        what: "people earn, groups levy, the hungry are helped",
        run: livelihoods::phase::earn,
    },
    Phase {
        name: "borders",
        what: "fighters come from abroad, and go home",
        run: abroad::phase::cross,
    },
    Phase { name: "partners", what: "foreign forces come and go", run: partners::phase::arrive },
    Phase {
        name: "posture",
        what: "army and commands place their forces",
        run: posture::phase::place,
    },
    Phase {
        name: "violence",
        what: "armed actors fight and harm civilians",
        run: violence::phase::happen,
    },
    Phase { name: "disputes", what: "herders and farmers fall out", run: disputes::phase::quarrel },
    Phase {
        name: "sweeps",
        what: "swept places are held or left",
        run: clear_and_hold::phase::follow_up,
    },
    Phase {
        name: "garrisons",
        what: "garrisons that cannot be held are given up",
        run: garrisons::phase::hold,
    },
    Phase { name: "control", what: "places change hands", run: control::phase::shift },
    Phase { name: "memory", what: "harm is felt, spread and faded", run: memory::phase::remember },
    Phase { name: "recruitment", what: "thresholds are crossed", run: recruitment::phase::join },
    Phase {
        name: "leaving",
        what: "fighters tire, quit and are arrested",
        run: leaving::phase::leave,
    },
    Phase {
        name: "pacts",
        what: "places are blockaded, come to terms, keep or break them",
        run: pacts::phase::deal,
    },
    Phase {
        name: "dialogue",
        what: "state and groups talk, agree and fall out",
        run: dialogue::phase::talk,
    },
    Phase { name: "displacement", what: "people flee and return", run: displacement::phase::flee },
    Phase {
        name: "capacity",
        what: "institutions are built and worn down",
        run: elections::phase::build_capacity,
    },
    Phase { name: "legitimacy", what: "the state is judged", run: legitimacy::phase::shift },
    Phase {
        name: "opinion",
        what: "the public makes up its mind on dialogue",
        run: opinion::phase::shift,
    },
    Phase { name: "protest", what: "people protest", run: opinion::phase::protest },
    Phase { name: "elections", what: "elections are held or put off", run: elections::phase::vote },
    Phase { name: "coups", what: "soldiers may take power", run: coups::phase::conspire },
    Phase { name: "record", what: "observers see the week", run: outcomes::observe },
    Phase { name: "calendar", what: "the week is over", run: begin_next_week },
];

impl World {
    /// Lives one week: every phase in order.
    pub fn advance(&mut self) {
        // Where the caller is none of the pool's threads, the week enters the pool once and not anew for
        // everything that is done in parallel.
        rayon::scope(|_| {
            for phase in WEEK {
                (phase.run)(self);
            }
        });
    }
}

fn empty_log(world: &mut World) {
    world.log = WeekLog::default();
}

fn bring_quarrels_into_force(world: &mut World) {
    world.hostility.advance_to(world.calendar.week);
}

fn begin_next_week(world: &mut World) {
    world.calendar.week += 1;
}
