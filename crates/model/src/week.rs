//! What happens when. The one place that says so.

use crate::world::World;
use crate::world::log::WeekLog;
use crate::world::part::Part::{self, *};
use crate::{
    abroad, budget, campaigns, clear_and_hold, control, coups, dialogue, displacement, disputes,
    elections, garrisons, group_changes, hiding, katibas, leaving, legitimacy, livelihoods, memory,
    opinion, outcomes, pacts, partners, posture, recruitment, rooting, self_defence, services,
    timeline, truces, violence, war, weather,
};
use toguna_engine::parallel;
use toguna_engine::phase::Phase;

/// One week, read aloud from top to bottom.
pub const WEEK: &[Phase<World, Part>] = &[
    Phase { name: "log", what: "the log of last week is emptied", changes: &[Log], run: empty_log },
    Phase {
        name: "hostility",
        what: "dated quarrels begin and end",
        changes: &[Hostility],
        run: bring_quarrels_into_force,
    },
    Phase {
        name: "truces",
        what: "groups make truces and break them",
        changes: &[Hostility],
        run: truces::phase::agree,
    },
    Phase {
        name: "timeline",
        what: "dated and conditional changes act",
        changes: &[Timeline, Levers],
        run: timeline::phase::act,
    },
    Phase {
        name: "weather",
        what: "rain falls or fails",
        changes: &[Weather],
        run: weather::phase::pass,
    },
    Phase {
        name: "budget",
        what: "money comes in and is spent",
        changes: &[Treasury, Government, Partners, Log],
        run: budget::phase::spend,
    },
    Phase {
        name: "group_changes",
        what: "groups are founded, split and merge",
        changes: &[GroupChanges, Groups, Commands, Bands, People, Control, Feelings, Talks, Log],
        run: group_changes::phase::change,
    },
    Phase {
        name: "services",
        what: "services are built, and schools close",
        changes: &[Services, Log],
        run: services::phase::provide,
    },
    Phase {
        name: "livelihoods",
        what: "people earn, groups levy, the hungry are helped",
        changes: &[Livelihoods, Groups, Commands],
        run: livelihoods::phase::earn,
    },
    Phase {
        name: "borders",
        what: "fighters come from abroad, and go home",
        changes: &[Commands, Abroad],
        run: abroad::phase::cross,
    },
    Phase {
        name: "partners",
        what: "foreign forces come and go",
        changes: &[Partners],
        run: partners::phase::arrive,
    },
    Phase {
        name: "katibas",
        what: "small bands join others, and small katibas go home",
        changes: &[Commands, People, Abroad, Log],
        run: katibas::phase::gather,
    },
    Phase {
        name: "hiding",
        what: "commands go to ground and come back",
        changes: &[Commands],
        run: hiding::phase::hide,
    },
    Phase {
        name: "posture",
        what: "army and commands place their forces",
        changes: &[Government, Soldiers, Commands, Bands, Talks, Log],
        run: posture::phase::place,
    },
    Phase {
        name: "campaigns",
        what: "campaigns swell and ebb",
        changes: &[Groups],
        run: campaigns::phase::wage,
    },
    Phase {
        name: "violence",
        what: "armed actors fight and harm civilians",
        changes: &[Violence, People, Commands, Feelings, Government, Partners, Abroad, Log],
        run: violence::phase::happen,
    },
    Phase {
        name: "disputes",
        what: "herders and farmers fall out",
        changes: &[Violence, People, Feelings, Log],
        run: disputes::phase::quarrel,
    },
    Phase {
        name: "clear_and_hold",
        what: "cleared places are held or left",
        changes: &[Clearing, Log],
        run: clear_and_hold::phase::follow_up,
    },
    Phase {
        name: "garrisons",
        what: "garrisons that cannot be held are given up",
        changes: &[Garrisons, Government, Soldiers, Control, Clearing, Log],
        run: garrisons::phase::hold,
    },
    Phase {
        name: "control",
        what: "places change hands",
        changes: &[Control],
        run: control::phase::shift,
    },
    Phase {
        name: "succession",
        what: "who holds the capital is the state",
        changes: &[
            War,
            Government,
            Partners,
            Groups,
            Commands,
            Bands,
            GroupChanges,
            Hostility,
            Control,
            People,
            Abroad,
            Feelings,
            Log,
        ],
        run: war::phase::succeed,
    },
    Phase {
        name: "memory",
        what: "harm is felt, spread and faded",
        changes: &[Feelings],
        run: memory::phase::remember,
    },
    Phase {
        name: "rooting",
        what: "people come closer to those who rule them",
        changes: &[Feelings],
        run: rooting::phase::root,
    },
    Phase {
        name: "self_defence",
        what: "people whom nobody protects found bands",
        changes: &[People, Commands, Bands, Log],
        run: self_defence::phase::found,
    },
    Phase {
        name: "recruitment",
        what: "thresholds are crossed",
        changes: &[People, Commands, Log],
        run: recruitment::phase::join,
    },
    Phase {
        name: "leaving",
        what: "fighters tire, quit and are arrested",
        changes: &[Commands, People, Treasury, Log],
        run: leaving::phase::leave,
    },
    Phase {
        name: "pacts",
        what: "places are blockaded, come to terms, keep or break them",
        changes: &[Pacts, Services, People, Log],
        run: pacts::phase::deal,
    },
    Phase {
        name: "dialogue",
        what: "state and groups talk, agree and fall out",
        changes: &[Talks, Government, People, Log],
        run: dialogue::phase::talk,
    },
    Phase {
        name: "displacement",
        what: "people flee and return",
        changes: &[Displacement, Residents, People, Abroad, Log],
        run: displacement::phase::flee,
    },
    Phase {
        name: "capacity",
        what: "institutions are built and worn down",
        changes: &[Government],
        run: elections::phase::build_capacity,
    },
    Phase {
        name: "legitimacy",
        what: "the state is judged",
        changes: &[Government],
        run: legitimacy::phase::shift,
    },
    Phase {
        name: "opinion",
        what: "the public makes up its mind on dialogue",
        changes: &[Government],
        run: opinion::phase::shift,
    },
    Phase {
        name: "protest",
        what: "people protest",
        changes: &[Government],
        run: opinion::phase::protest,
    },
    Phase {
        name: "elections",
        what: "elections are held or put off",
        changes: &[Government, Voice, Log],
        run: elections::phase::vote,
    },
    Phase {
        name: "coups",
        what: "soldiers may take power",
        changes: &[Government, Log],
        run: coups::phase::conspire,
    },
    Phase {
        name: "war",
        what: "the year's battles are counted",
        changes: &[War],
        run: war::phase::count,
    },
    Phase {
        name: "record",
        what: "observers see the week",
        changes: &[Outcomes],
        run: outcomes::observe,
    },
    Phase {
        name: "calendar",
        what: "the week is over",
        changes: &[Calendar],
        run: begin_next_week,
    },
];

impl World {
    /// Lives one week: every phase in order.
    pub fn advance(&mut self) {
        self.advance_by(WEEK);
    }

    /// The same of another week than [`WEEK`]: some of its phases, and others among them.
    pub fn advance_by(&mut self, week: &[Phase<World, Part>]) {
        // Where the caller is none of the pool's threads, the week enters the pool once and not anew for
        // everything that is done in parallel.
        parallel::among_threads(|| {
            for phase in week {
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
