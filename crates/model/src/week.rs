//! What happens when. The one place that says so.

use super::log::WeekLog;
use super::world::World;
use super::{
    budget, control, coups, dialogue, displacement, disputes, elections, garrisons, leaving,
    legitimacy, lineage, livelihoods, memory, opinion, outside, pacts, partners, posture, record,
    recruitment, services, sweeps, timeline, violence, weather,
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
    Phase { name: "timeline", what: "dated and conditional changes act", run: timeline::act },
    Phase { name: "weather", what: "rain falls or fails", run: weather::pass },
    Phase { name: "budget", what: "money comes in and is spent", run: budget::spend },
    Phase { name: "lineage", what: "groups are founded, split and merge", run: lineage::turn },
    Phase {
        name: "services",
        what: "services are built, and schools close",
        run: services::provide,
    },
    Phase {
        name: "livelihoods",
        what: "people earn, groups levy, the hungry are helped",
        run: livelihoods::earn,
    },
    Phase { name: "borders", what: "fighters come from abroad, and go home", run: outside::cross },
    Phase { name: "partners", what: "foreign forces come and go", run: partners::arrive },
    Phase { name: "posture", what: "army and commands place their forces", run: posture::place },
    Phase {
        name: "violence",
        what: "armed actors fight and harm civilians",
        run: violence::happen,
    },
    Phase { name: "disputes", what: "herders and farmers fall out", run: disputes::quarrel },
    Phase { name: "sweeps", what: "swept places are held or left", run: sweeps::follow_up },
    Phase {
        name: "garrisons",
        what: "garrisons that cannot be held are given up",
        run: garrisons::hold,
    },
    Phase { name: "control", what: "places change hands", run: control::shift },
    Phase { name: "memory", what: "harm is felt, spread and faded", run: memory::remember },
    Phase { name: "recruitment", what: "thresholds are crossed", run: recruitment::join },
    Phase { name: "leaving", what: "fighters tire, quit and are arrested", run: leaving::leave },
    Phase {
        name: "pacts",
        what: "places are blockaded, come to terms, keep or break them",
        run: pacts::deal,
    },
    Phase {
        name: "dialogue",
        what: "state and groups talk, agree and fall out",
        run: dialogue::talk,
    },
    Phase { name: "displacement", what: "people flee and return", run: displacement::flee },
    Phase {
        name: "capacity",
        what: "institutions are built and worn down",
        run: elections::build_capacity,
    },
    Phase { name: "legitimacy", what: "the state is judged", run: legitimacy::shift },
    Phase {
        name: "opinion",
        what: "the public makes up its mind on dialogue",
        run: opinion::shift,
    },
    Phase { name: "protest", what: "people protest", run: opinion::protest },
    Phase { name: "elections", what: "elections are held or put off", run: elections::vote },
    Phase { name: "coups", what: "soldiers may take power", run: coups::conspire },
    Phase { name: "record", what: "observers see the week", run: record::observe },
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
