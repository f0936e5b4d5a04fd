//! Plain arrays, one loop.

use peers::{OF_COMMUNITY, chance, measured, signal, smoothed};
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};

struct World {
    grievance: Vec<f64>,
    joined: Vec<bool>,
    draws: SmallRng,
}

fn main() {
    measured(
        |people, seed| World {
            grievance: vec![0.0; people],
            joined: vec![false; people],
            draws: SmallRng::seed_from_u64(seed),
        },
        |world, week| {
            for (person, grievance) in world.grievance.iter_mut().enumerate() {
                *grievance = smoothed(*grievance, signal(person / OF_COMMUNITY, week));
                let joins = world.draws.random::<f64>() < chance(*grievance);
                world.joined[person] |= joins;
            }
        },
        |world| world.joined.iter().filter(|it| **it).count(),
    );
}
