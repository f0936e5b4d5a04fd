//! What happens when. The one place that says so.

use super::world::World;
use super::{
    control, leaving, memory, partners, politics, posture, record, recruitment, services, timeline,
    violence,
};
use crate::engine::phase::Phase;

/// One week, read aloud from top to bottom.
pub const WEEK: &[Phase<World>] = &[
    Phase { name: "timeline", what: "dated and conditional changes act", run: timeline::act },
    Phase {
        name: "services",
        what: "services are built, and schools close",
        run: services::provide,
    },
    Phase { name: "partners", what: "foreign forces come and go", run: partners::arrive },
    Phase { name: "posture", what: "army and commands place their forces", run: posture::place },
    Phase {
        name: "violence",
        what: "armed actors fight and harm civilians",
        run: violence::happen,
    },
    Phase { name: "control", what: "places change hands", run: control::shift },
    Phase { name: "memory", what: "harm is felt, spread and faded", run: memory::remember },
    Phase { name: "recruitment", what: "thresholds are crossed", run: recruitment::join },
    Phase { name: "leaving", what: "fighters tire, quit and are arrested", run: leaving::leave },
    Phase {
        name: "politics",
        what: "the public judges, votes and protests; soldiers may take power",
        run: politics::govern,
    },
    Phase { name: "record", what: "observers see the week", run: record::observe },
];
