//! A week with one more rule: in places that the state holds, communities dig wells of their own, and
//! access to water rises without the state paying for it. The rule is a phase like any other, put where it
//! belongs in the week; both worlds run with the same random numbers.
//!
//!     cargo run --release --example add_a_rule

use toguna::engine::phase::Phase;
use toguna::model::week::WEEK;
use toguna::model::words::ids::Side;
use toguna::model::words::services::WATER;
use toguna::model::world::World;
use toguna::model::world::part::Part;

/// Share of the gap in water that a community closes in a week. Made up for this example.
const DUG_PER_WEEK: f64 = 0.005;

/// access to water ← access + DUG_PER_WEEK · control of the state · (1 − access)
fn dig_wells(world: &mut World) {
    for place in &mut world.communities {
        let held = place.control[Side::STATE.index()];
        let water = &mut place.services[WATER];
        *water += DUG_PER_WEEK * held * (1.0 - *water);
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut week = WEEK.to_vec();
    let after =
        week.iter().position(|phase| phase.name == "services").expect("services are a phase");
    let wells = Phase {
        name: "wells",
        what: "communities dig wells",
        changes: &[Part::Services],
        run: dig_wells,
    };
    week.insert(after + 1, wells);

    let scenario = toguna::Scenario::load("scenarios/lessons/valley.toml")?;
    println!("{:<6}{:>20}{:>20}", "seed", "recruits", "with wells");
    for seed in 1..6 {
        let (mut plain, mut dug) = (scenario.world(seed, 0), scenario.world(seed, 0));
        while !plain.is_over() {
            plain.step()?;
            dug.step_by(&week)?;
        }
        let recruits = |world: &toguna::World| world.outcome("recruits").expect("an outcome");
        println!("{seed:<6}{:>20}{:>20}", recruits(&plain), recruits(&dug));
    }
    Ok(())
}
