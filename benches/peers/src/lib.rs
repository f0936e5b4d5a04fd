//! The work that every program here does: people in communities of 1,000, week after week. Everyone's grievance
//! follows that of their community, and whoever has not joined draws once and joins with
//!   p = 1 / (1 + e^(6 − 3 · grievance)).

use cpu_time::ProcessTime;

/// People of a community.
pub const OF_COMMUNITY: usize = 1_000;

/// How strongly a community is moved in a week, 0 to 1: any series will do that is the same everywhere.
#[must_use]
pub fn signal(community: usize, week: usize) -> f64 {
    (0.618_034 * (community + 1) as f64 + 0.137 * week as f64).fract()
}

/// Grievance after a week in which the community was moved so much.
#[must_use]
pub fn smoothed(grievance: f64, signal: f64) -> f64 {
    0.9 * grievance + 0.1 * signal
}

/// Chance to join in a week.
#[must_use]
pub fn chance(grievance: f64) -> f64 {
    1.0 / (1.0 + (6.0 - 3.0 * grievance).exp())
}

/// Lives the weeks asked for on the command line (people, weeks, seed), and prints what it took: processor
/// seconds to set up and to live all weeks, and how many joined.
pub fn measured<World>(
    set_up: impl FnOnce(usize, u64) -> World,
    mut week: impl FnMut(&mut World, usize),
    joined: impl FnOnce(&World) -> usize,
) {
    let asked: Vec<u64> = std::env::args().skip(1).map(|it| it.parse().expect("a number")).collect();
    let [people, weeks, seed] = asked[..] else { panic!("people, weeks and seed are asked for") };
    let clock = ProcessTime::now();
    let mut world = set_up(people as usize, seed);
    let set_up = clock.elapsed().as_secs_f64();
    let clock = ProcessTime::now();
    for number in 0..weeks as usize {
        week(&mut world, number);
    }
    let lived = clock.elapsed().as_secs_f64();
    println!("{set_up} {lived} {}", joined(&world));
}
