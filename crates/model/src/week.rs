//! What happens when. The one place that says so.

use super::world::World;
use super::{
    budget, control, dialogue, displacement, disputes, garrisons, leaving, lineage, livelihoods,
    memory, outside, pacts, partners, politics, posture, record, recruitment, services, sweeps,
    timeline, violence, weather,
};
use toguna_engine::phase::Phase;

/// One week, read aloud from top to bottom.
pub const WEEK: &[Phase<World>] = &[
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
        name: "politics",
        what: "the public judges, votes and protests; soldiers may take power",
        run: politics::govern,
    },
    Phase { name: "record", what: "observers see the week", run: record::observe },
];
