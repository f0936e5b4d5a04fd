//! Toguna's engine: everyone has a threshold, their community's hazard adds up, and only who crosses is looked at.

use peers::{OF_COMMUNITY, chance, measured, signal, smoothed};
use toguna_engine::layout::{COHORTS, Layout, Person};
use toguna_engine::risk_set::{Bonds, Book, Carried, Outlook, RiskSet};
use toguna_engine::streams::Streams;

/// Nobody has ties.
struct Alone;

impl Bonds for Alone {
    fn felt(&self, _: Person, _: &[f64]) -> f64 {
        0.0
    }

    fn outlook(&self, _: Person) -> Outlook {
        Outlook { most: 0.0, until: 0 }
    }
}

struct World {
    risk_set: RiskSet,
    grievance: Vec<f64>,
    carried: Carried,
    joined: usize,
}

/// So large a shape makes all alike but for their luck.
const ALIKE: f64 = 1e6;

fn main() {
    measured(
        |people, seed| {
            let communities = people / OF_COMMUNITY;
            let layout = Layout::new(&vec![OF_COMMUNITY as u32; communities]);
            World {
                risk_set: RiskSet::new(&layout, Streams::new(seed, 0), ALIKE, Book::ThresholdQueue),
                grievance: vec![0.0; communities],
                carried: Carried { channels: 0, by_quarter: Vec::new(), peaks: vec![0.0; communities] },
                joined: 0,
            }
        },
        |world, week| {
            let mut hazards = Vec::with_capacity(COHORTS * world.grievance.len());
            for (community, grievance) in world.grievance.iter_mut().enumerate() {
                *grievance = smoothed(*grievance, signal(community, week));
                hazards.extend([-(-chance(*grievance)).ln_1p(); COHORTS]);
            }
            world.joined +=
                world.risk_set.advance(week as u32, &hazards, &world.carried, &Alone).len();
        },
        |world| world.joined,
    );
}
