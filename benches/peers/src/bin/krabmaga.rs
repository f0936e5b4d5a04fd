//! krABMaga: everybody is an agent on its schedule.

use krabmaga::engine::agent::Agent;
use krabmaga::engine::schedule::Schedule;
use krabmaga::engine::state::State;
use peers::{OF_COMMUNITY, chance, measured, signal, smoothed};
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use std::any::Any;

struct Country {
    week: usize,
    joined: usize,
    draws: SmallRng,
}

impl State for Country {
    fn init(&mut self, _: &mut Schedule) {}
    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn as_state_mut(&mut self) -> &mut dyn State {
        self
    }
    fn as_state(&self) -> &dyn State {
        self
    }
    fn reset(&mut self) {}
    fn update(&mut self, _: u64) {}
}

#[derive(Clone)]
struct Someone {
    community: usize,
    grievance: f64,
    joined: bool,
}

impl Agent for Someone {
    fn step(&mut self, state: &mut dyn State) {
        let country = state.as_any_mut().downcast_mut::<Country>().expect("there is one country");
        self.grievance = smoothed(self.grievance, signal(self.community, country.week));
        let joins = country.draws.random::<f64>() < chance(self.grievance);
        if joins && !self.joined {
            self.joined = true;
            country.joined += 1;
        }
    }
}

fn main() {
    measured(
        |people, seed| {
            let mut schedule = Schedule::new();
            for person in 0..people {
                let community = person / OF_COMMUNITY;
                let someone = Someone { community, grievance: 0.0, joined: false };
                schedule.schedule_repeating(Box::new(someone), 0.0, 0);
            }
            let draws = SmallRng::seed_from_u64(seed);
            (schedule, Country { week: 0, joined: 0, draws })
        },
        |(schedule, country), week| {
            country.week = week;
            schedule.step(country);
        },
        |(_, country)| country.joined,
    );
}
