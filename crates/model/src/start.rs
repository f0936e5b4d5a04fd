//! What is so when the first week begins, as a list like that of the week. What happens in it is in
//! [`crate::week`].

use crate::pacts::state::FromStart;
use crate::words::ids::CommunityId;
use crate::world::World;
use crate::{
    budget, campaigns, control, displacement, group_changes, livelihoods, pacts, partners, posture,
    weather,
};

/// What a scenario gives the first week, beside the world itself.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Founding members of each command that exists at the start, in agents.
    pub founders: Vec<u32>,
    /// Communities, and the displaced persons whom they host together.
    pub hosted: Vec<(Vec<CommunityId>, f64)>,
    /// Pacts and blockades in force.
    pub pacts: Vec<FromStart>,
}

/// A named step that makes part of the world as it is at the start.
pub struct Step {
    /// The mechanism, as its folder is called.
    pub name: &'static str,
    /// What is so from then on, in one clause.
    pub what: &'static str,
    /// What it does.
    pub run: fn(&mut World, &Given),
}

/// The start, read aloud from top to bottom: each step may read what those before it have made.
pub const START: &[Step] = &[
    Step { name: "hostility", what: "quarrels are as they stand", run: bring_quarrels_into_force },
    Step {
        name: "group_changes",
        what: "commands have their founding members",
        run: |world, given| {
            group_changes::phase::found_before_start(world, &given.founders);
        },
    },
    Step {
        name: "displacement",
        what: "the displaced and refugees are where they fled to",
        run: |world, given| displacement::start::displace(world, &given.hosted),
    },
    Step {
        name: "partners",
        what: "partners are there",
        run: |world, _| partners::phase::begin(world),
    },
    Step {
        name: "posture",
        what: "forces are placed",
        run: |world, _| posture::phase::begin(world),
    },
    Step {
        name: "campaigns",
        what: "campaigns are under way",
        run: |world, _| campaigns::phase::begin(world),
    },
    Step { name: "control", what: "officials have their weight", run: weigh_officials },
    Step {
        name: "weather",
        what: "the last harvest is in",
        run: |world, _| weather::phase::begin(world),
    },
    Step {
        name: "budget",
        what: "the treasury is filled",
        run: |world, _| budget::phase::begin(world),
    },
    Step {
        name: "livelihoods",
        what: "people earn, and commands are paid",
        run: |world, _| livelihoods::phase::begin(world),
    },
    Step {
        name: "pacts",
        what: "leaders have their minds, and pacts and blockades are in force",
        run: begin_pacts,
    },
];

impl Given {
    /// Makes a world as it is when its first week begins.
    pub fn begin(&self, world: &mut World) {
        for step in START {
            (step.run)(world, self);
        }
    }
}

fn bring_quarrels_into_force(world: &mut World, _: &Given) {
    world.hostility.advance_to(0);
}

fn weigh_officials(world: &mut World, _: &Given) {
    let weigh = |place| control::effects::weight_of_officials_at_start(world, place);
    let weights: Vec<f64> = world.communities.iter().map(weigh).collect();
    for (place, weight) in world.communities.iter_mut().zip(weights) {
        place.weight_of_officials = weight;
    }
}

fn begin_pacts(world: &mut World, given: &Given) {
    pacts::phase::begin(world);
    if world.mechanisms.pacts {
        given.pacts.iter().for_each(|pact| pacts::phase::hold_from_start(world, pact));
    }
}
