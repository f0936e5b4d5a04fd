//! What a week costs. Times depend on the machine and on what else it does, so these are asked for:
//! `cargo test --release --test all cost:: -- --ignored --nocapture`. Instructions do not depend on it:
//! `benches/instructions.sh` counts them.

use crate::worlds::scaled::{MALI, mali_of};
use std::time::{Duration, Instant};
use toguna::model::words::roles::Role;
use toguna::model::world::World;

const WARM: u32 = 26;
const WEEKS: u32 = 52;
const TRIES: usize = 20;

/// Time of a year's weeks and what happened in them: events, recruits, people attended and fighters at the
/// end. Counting the attended every week would drive the world out of the caches, and a larger one farther.
fn a_year(start: &World) -> (Duration, [usize; 4]) {
    let mut world = start.clone();
    let (mut time, mut happened) = (Duration::ZERO, [0; 4]);
    for _ in 0..WEEKS {
        let began = Instant::now();
        world.advance();
        time += began.elapsed();
        happened[0] += world.log.events.len();
        happened[1] += world.log.recruits.len();
    }
    happened[2] = world.people.crowd.attended();
    happened[3] = world.people.count(Role::Fighter) as usize;
    (time, happened)
}

#[test]
#[ignore = "timing: meaningless while other work shares the machine"]
fn a_week_costs_the_same_whether_a_tenth_of_a_million_live_there_or_eleven_millions() {
    let sizes = [0.1, 1.0, MALI];
    let starts: Vec<World> = sizes
        .iter()
        .map(|millions| {
            let mut world = mali_of(*millions).world(1, 0);
            (0..WARM).for_each(|_| world.advance());
            world
        })
        .collect();
    // The least of several tries, taken in turn so that a disturbance meets all sizes alike.
    let mut least = [Duration::MAX; 3];
    let mut happened = [[0; 4]; 3];
    for _ in 0..TRIES {
        for (size, start) in starts.iter().enumerate() {
            let (time, what) = a_year(start);
            least[size] = least[size].min(time);
            happened[size] = what;
        }
    }
    let per_week = |time: Duration| time.as_secs_f64() * 1e3 / f64::from(WEEKS);
    for ((millions, time), [events, recruits, attended, fighters]) in
        sizes.iter().zip(least).zip(happened)
    {
        println!(
            "{millions} million adults: {:.3} ms a week, {events} events, {recruits} recruits a year, \
             {attended} people attended and {fighters} fighters at its end, {:.3} times the smallest",
            per_week(time),
            per_week(time) / per_week(least[0])
        );
    }
    for time in &least[1..] {
        assert!(per_week(*time) <= 1.15 * per_week(least[0]), "a week grows with the people");
    }
}

#[test]
#[ignore = "lived under a counter of instructions: benches/instructions.sh"]
fn a_country_lives_so_many_weeks() {
    let asked = |name: &str, or: f64| {
        std::env::var(name).map_or(or, |text| text.parse().expect("a number is asked for"))
    };
    let (millions, weeks) = (asked("MILLIONS", 0.1), asked("WEEKS", 26.0));
    let mut world = mali_of(millions).world(1, 0);
    let adults = world.people.roll.people() as f64 / 1e6;
    assert!((adults / millions - 1.0).abs() < 0.05, "{adults} million instead of {millions}");
    let mut happened = 0;
    for _ in 0..weeks as u32 {
        world.advance();
        happened += world.log.events.len() + world.log.recruits.len();
    }
    assert!(happened > 0, "nothing happens that could cost anything");
}
