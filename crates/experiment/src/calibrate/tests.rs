//! Problems with known answers: the ensemble covers the truth as often as it says.

use super::*;
use crate::draws::{Purpose, stream, uniform};
use crate::statistics::weighted_quantile;
use rand_chacha::ChaCha8Rng;
use toguna_units::narrow;

fn normal(rng: &mut ChaCha8Rng) -> f64 {
    let radius = (-2.0 * libm::log(1.0 - uniform(rng))).sqrt();
    radius * libm::cos(std::f64::consts::TAU * uniform(rng))
}

/// A model: what one run of a setting shows.
type Model = fn(&[f64], &mut ChaCha8Rng) -> Vec<f64>;

/// How much is run.
#[derive(Clone, Copy)]
struct Size {
    waves: u32,
    points: u32,
    members: u32,
    replicates: u64,
}

fn wave_of(model: Model, positions: Vec<Vec<f64>>, rng: &mut ChaCha8Rng, size: Size) -> Wave {
    let runs = |position: &Vec<f64>| (0..size.replicates).map(|_| model(position, rng)).collect();
    let runs = positions.iter().map(runs).collect();
    Wave { positions, runs }
}

fn calibrated(model: Model, problem: Problem, size: Size, seed: u64) -> (Search, Wave, Ensemble) {
    let mut rng = stream(seed, Purpose::Bootstrap, 77);
    let mut search = Search::new(problem);
    for _ in 0..size.waves {
        let wave = wave_of(model, search.next_points(size.points), &mut rng, size);
        search.learn(&wave);
    }
    let last = wave_of(model, search.members(size.members), &mut rng, size);
    let ensemble = search.weighed(&last);
    (search, last, ensemble)
}

/// In how many of `times` repetitions the middle 90 % of each axis holds the truth, which is drawn evenly; what
/// was observed is one run of it, wrong by a normal error of which `tolerance` is the 90 % end.
fn covered(model: Model, axes: u32, tolerances: &[f64], size: Size, times: u32) -> Vec<u32> {
    let mut held = vec![0; axes as usize];
    for seed in 0..u64::from(times) {
        let mut rng = stream(seed, Purpose::Bootstrap, 78);
        let truth: Vec<f64> = (0..axes).map(|_| uniform(&mut rng)).collect();
        let shown = model(&truth, &mut rng);
        let target = |(value, tolerance): (f64, &f64)| {
            let wanted = value + tolerance / target::ENDS * normal(&mut rng);
            Target { wanted: Some(wanted), low: wanted - tolerance, high: wanted + tolerance }
        };
        let targets = shown.into_iter().zip(tolerances).map(target).collect();
        let (_, last, ensemble) =
            calibrated(model, Problem { axes, targets, seed, particles: 128 }, size, seed);
        let weights: Vec<f64> = ensemble.members.iter().map(|it| it.weight).collect();
        for (axis, held) in held.iter_mut().enumerate() {
            let places: Vec<f64> = last.positions.iter().map(|it| it[axis]).collect();
            let end = |part| weighted_quantile(&places, &weights, part).unwrap();
            *held += u32::from((end(0.05)..=end(0.95)).contains(&truth[axis]));
        }
    }
    held
}

/// Three sums of two unknowns, each with normal luck.
fn linear(x: &[f64], rng: &mut ChaCha8Rng) -> Vec<f64> {
    let luck = 0.15 * normal(rng);
    vec![
        2.0 * x[0] + x[1] + luck,
        x[0] - x[1] + 0.1 * normal(rng) - luck,
        0.5 * x[0] + 3.0 * x[1] + 0.2 * normal(rng),
    ]
}

const SMALL: Size = Size { waves: 2, points: 30, members: 100, replicates: 4 };

/// Nine tenths, give or take three standard errors of a count.
fn is_as_stated(held: &[u32], times: u32) -> bool {
    let (wanted, error) = (0.9 * f64::from(times), (0.09 * f64::from(times)).sqrt());
    held.iter().all(|held| (f64::from(*held) - wanted).abs() <= 3.0 * error)
}

#[test]
fn a_linear_gaussian_problem_is_covered_at_the_stated_rate() {
    let held = covered(linear, 2, &[0.2, 0.3, 0.2], SMALL, 300);
    assert!(is_as_stated(&held, 300), "{held:?} of 300");
}

/// An epidemic among 300 people, 10 of them ill at first (Reed and Frost's chain): each who is well escapes
/// each who is ill with the chance 1 − p. Shown: who was ever ill, the most at once, and when.
fn epidemic(x: &[f64], rng: &mut ChaCha8Rng) -> Vec<f64> {
    let (infects, recovers) = (0.001 + 0.003 * x[0], 0.15 + 0.5 * x[1]);
    let (mut well, mut ill, mut most, mut peak) = (290_u32, 10_u32, 10_u32, 0_u32);
    for day in 0..200 {
        let escape = libm::pow(1.0 - infects, f64::from(ill));
        let caught: u32 = narrow((0..well).filter(|_| uniform(rng) >= escape).count());
        let healed: u32 = narrow((0..ill).filter(|_| uniform(rng) < recovers).count());
        well -= caught;
        ill = ill + caught - healed;
        if ill > most {
            (most, peak) = (ill, day);
        }
        if ill == 0 {
            break;
        }
    }
    vec![f64::from(300 - well), f64::from(most), f64::from(peak)]
}

#[test]
fn a_stochastic_epidemic_is_covered_at_the_stated_rate() {
    let size = Size { waves: 3, points: 40, ..SMALL };
    let held = covered(epidemic, 2, &[20.0, 15.0, 4.0], size, 100);
    assert!(is_as_stated(&held, 100), "{held:?} of 100");
}

fn targets(wanted: [f64; 3]) -> Vec<Target> {
    let of = |wanted: f64| Target { wanted: Some(wanted), low: wanted - 0.2, high: wanted + 0.2 };
    wanted.into_iter().map(of).collect()
}

#[test]
fn what_no_setting_reaches_is_named_and_set_aside_and_the_others_still_tell() {
    // The first two sums are those of (.5, .5); the third would want a setting outside of the cube.
    let problem = Problem { axes: 2, targets: targets([1.5, 0.0, 6.0]), seed: 1, particles: 128 };
    let (_, _, ensemble) = calibrated(linear, problem, SMALL, 1);
    let reached: Vec<Reach> = ensemble.facts.iter().map(|fact| fact.reach).collect();
    assert_eq!(reached, [Reach::Together, Reach::Together, Reach::Never]);
    assert!(ensemble.facts[2].nearest.unwrap() < 4.5);
    for [low, _, high] in &ensemble.ranges {
        assert!(*low < 0.5 && *high > 0.5 && high - low < 0.75, "{low} {high}");
    }
}

#[test]
fn targets_that_each_are_reached_and_never_together_are_said_to_be_missed() {
    // x + y and x − y fix both; the third sum then is 1.75, and not 3.2.
    let sharp =
        |wanted: f64| Target { wanted: Some(wanted), low: wanted - 0.05, high: wanted + 0.05 };
    let targets = [1.5, 0.0, 3.2].map(sharp).to_vec();
    let mut search = Search::new(Problem { axes: 2, targets, seed: 1, particles: 128 });
    let mut rng = stream(1, Purpose::Bootstrap, 77);
    let exact: Model = |x, _| vec![2.0 * x[0] + x[1], x[0] - x[1], 0.5 * x[0] + 3.0 * x[1]];
    let mut found = Vec::new();
    for _ in 0..3 {
        let wave = wave_of(exact, search.next_points(40), &mut rng, SMALL);
        found.push(search.learn(&wave));
    }
    assert_eq!((found[0].aside, found[0].misses), (0, 1), "{found:?}");
    assert!(found[2].share < 0.1 && found[2].aside + found[2].misses > 0, "{found:?}");
}

#[test]
fn two_that_only_their_sum_tells_trade_off() {
    let sum: Model = |x, rng| vec![x[0] + x[1] + 0.02 * normal(rng)];
    let targets = vec![Target { wanted: Some(1.0), low: 0.95, high: 1.05 }];
    let problem = Problem { axes: 2, targets, seed: 1, particles: 128 };
    let (_, _, ensemble) = calibrated(sum, problem, SMALL, 1);
    assert!(ensemble.pairs[0].2.unwrap() < -0.9, "{:?}", ensemble.pairs);
    assert!(ensemble.ranges.iter().all(|range| range[2] - range[0] > 0.7), "{:?}", ensemble.ranges);
}

#[test]
fn a_search_is_the_same_whenever_it_is_made() {
    let problem =
        || Problem { axes: 2, targets: targets([1.5, 0.0, 1.75]), seed: 3, particles: 128 };
    let found = || {
        let (_, last, ensemble) = calibrated(linear, problem(), SMALL, 3);
        (last.positions, ensemble.members.iter().map(|it| it.weight).collect::<Vec<_>>())
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert_eq!(found(), pool.install(found));
}
