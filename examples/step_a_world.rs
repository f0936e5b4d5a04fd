//! Runs a lesson's world month by month and turns a lever when things get bad: a policy that reacts, which
//! no scenario file has to foresee. The world in which nobody reacted runs beside it, with the same random
//! numbers.
//!
//!     cargo run --release --example step_a_world

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let scenario = toguna::Scenario::load("scenarios/lessons/valley.toml")?;
    let mut world = scenario.world(1, 0);
    let mut untouched = world.clone();
    let mut last = 0.0;
    let mut reacted = false;
    println!("{:<12}{:>12}{:>12}{:>22}", "date", "deaths", "recruits", "deaths, no reaction");
    while !world.is_over() {
        let date = world.date();
        world.run(4, &mut |_| {})?;
        untouched.run(4, &mut |_| {})?;
        let of =
            |world: &toguna::World, name| world.outcome(name).expect("an outcome of this name");
        let deaths = of(&world, "deaths");
        println!(
            "{date:<12}{:>12}{:>12}{:>22}",
            deaths - last,
            of(&world, "recruits"),
            of(&untouched, "deaths")
        );
        if !reacted && !world.is_over() && deaths - last > 5.0 {
            println!("more than five deaths in a month: the army is told to spare civilians");
            world.turn("policy.restraint=0.95")?;
            reacted = true;
        }
        last = deaths;
    }
    Ok(())
}
