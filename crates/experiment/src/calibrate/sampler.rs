//! Particles in the unit cube that follow a density known up to a factor.

use crate::draws::{Purpose, stream, uniform};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

/// Logarithm of a density, but for a constant; −∞ where it is nothing.
pub(super) type LogDensity<'d> = &'d (dyn Fn(&[f64]) -> f64 + Sync);

/// Where the random numbers of one passage come from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Address {
    pub seed: u64,
    /// No two passages of a search have the same number.
    pub passage: u32,
}

/// Proposals of one walk.
const STEPS: u32 = 16;

/// Part of a step: differential evolution with 2.38/√(2d) (ter Braak and Vrugt 2008); the rest moves one
/// axis by a step of random size.
const DIFFERENCES: f64 = 0.5;

impl Address {
    fn of(self, purpose: Purpose, entity: usize) -> ChaCha8Rng {
        stream(self.seed, purpose, (u64::from(self.passage) << 32) | entity as u64)
    }
}

/// Each particle after a random walk that leaves the density as it is (Metropolis). Particles that follow it
/// follow it still, and are no longer copies of each other.
pub(super) fn walked(
    particles: &[Vec<f64>],
    density: LogDensity<'_>,
    at: Address,
) -> Vec<Vec<f64>> {
    let walk = |(number, start): (usize, &Vec<f64>)| {
        let mut rng = at.of(Purpose::CalibrationWalk, number);
        let mut here = start.clone();
        let mut height = density(&here);
        for _ in 0..STEPS {
            let there = proposed(&here, particles, &mut rng);
            let chance = uniform(&mut rng);
            if there.iter().any(|place| !(0.0..1.0).contains(place)) {
                continue;
            }
            let other = density(&there);
            if libm::log(chance) < other - height {
                (here, height) = (there, other);
            }
        }
        here
    };
    particles.par_iter().enumerate().map(|(number, start)| walk((number, start))).collect()
}

fn proposed(here: &[f64], particles: &[Vec<f64>], rng: &mut ChaCha8Rng) -> Vec<f64> {
    let axes = here.len();
    let mut there = here.to_vec();
    if uniform(rng) < DIFFERENCES {
        let [a, b] = [(); 2].map(|()| &particles[rng.random_range(0..particles.len())]);
        let whole = 2.38 / (2.0 * axes as f64).sqrt();
        let scale = if uniform(rng) < 0.5 { whole } else { whole / 3.0 };
        for ((there, a), b) in there.iter_mut().zip(a).zip(b) {
            *there += scale * (a - b) + 1e-4 * (uniform(rng) - 0.5);
        }
    } else {
        // From a hundredth of the axis to all of it.
        let size = libm::exp(-4.6 * uniform(rng));
        there[rng.random_range(0..axes)] += size * (2.0 * uniform(rng) - 1.0);
    }
    there
}

/// So many of the particles, each as likely as its weight says (systematic resampling).
pub(super) fn resampled(
    particles: &[Vec<f64>],
    weights: &[f64],
    count: usize,
    at: Address,
) -> Vec<Vec<f64>> {
    let total: f64 = weights.iter().sum();
    let mut rng = at.of(Purpose::CalibrationChoice, 0);
    let first = uniform(&mut rng);
    let (mut chosen, mut passed, mut next) = (Vec::with_capacity(count), 0.0, 0);
    for place in 0..count {
        let wanted = (place as f64 + first) / count as f64 * total;
        while next + 1 < particles.len() && passed + weights[next] <= wanted {
            passed += weights[next];
            next += 1;
        }
        chosen.push(particles[next].clone());
    }
    chosen
}

/// So many different ones of the particles, each as likely as any other.
pub(super) fn some_of(mut particles: Vec<Vec<f64>>, count: usize, at: Address) -> Vec<Vec<f64>> {
    let mut rng = at.of(Purpose::CalibrationChoice, 1);
    for place in 0..count.min(particles.len()) {
        let other = rng.random_range(place..particles.len());
        particles.swap(place, other);
    }
    particles.truncate(count);
    particles
}

/// From particles that are uniform where `density` is something to particles that follow it: the density is
/// raised to powers that grow to 1, so that at each step half of the particles count (Del Moral, Doucet and
/// Jasra 2006).
pub(super) fn tempered(
    mut particles: Vec<Vec<f64>>,
    density: LogDensity<'_>,
    mut at: Address,
) -> Vec<Vec<f64>> {
    let count = particles.len();
    let mut power = 0.0;
    while power < 1.0 && count > 0 {
        let heights: Vec<f64> = particles.par_iter().map(|it| density(it)).collect();
        let step = largest_step(&heights, 1.0 - power);
        power = if step >= 1.0 - power { 1.0 } else { power + step };
        at.passage += 1;
        particles = resampled(&particles, &weights_of(&heights, step), count, at);
        let power = power;
        particles = walked(&particles, &move |x| power * density(x), at);
    }
    particles
}

/// The largest step up to `most` after which half of the particles count.
fn largest_step(heights: &[f64], most: f64) -> f64 {
    let wanted = heights.len() as f64 / 2.0;
    let counts = |step: f64| effective(&weights_of(heights, step)) >= wanted;
    if counts(most) {
        return most;
    }
    let (mut low, mut high) = (0.0, most);
    for _ in 0..40 {
        let middle = (low + high) / 2.0;
        if counts(middle) { low = middle } else { high = middle }
    }
    // Particles that are all but impossible must not hold the others up for ever.
    low.max(most / 1024.0)
}

/// exp(step · height), the largest being 1.
pub(super) fn weights_of(heights: &[f64], step: f64) -> Vec<f64> {
    let top = heights.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    heights.iter().map(|height| libm::exp(step * (height - top))).collect()
}

/// (Σ w)² / Σ w²: as many particles of equal weight tell as much (Kish 1965).
pub(super) fn effective(weights: &[f64]) -> f64 {
    let (sum, squares) = weights.iter().fold((0.0, 0.0), |(a, b), w| (a + w, b + w * w));
    if squares > 0.0 { sum * sum / squares } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::{mean, quantile};

    #[test]
    fn tempered_particles_follow_a_normal_density() {
        let start: Vec<Vec<f64>> = (0..800)
            .map(|at| vec![f64::from(at) / 800.0, f64::from(at * 37 % 800) / 800.0])
            .collect();
        // Means .3 and .6, deviations .02 and .05.
        let density = |x: &[f64]| {
            let (a, b) = ((x[0] - 0.3) / 0.02, (x[1] - 0.6) / 0.05);
            -(a * a + b * b) / 2.0
        };
        let found = tempered(start, &density, Address { seed: 1, passage: 0 });
        for (axis, centre, spread) in [(0, 0.3, 0.02), (1, 0.6, 0.05)] {
            let places: Vec<f64> = found.iter().map(|it| it[axis]).collect();
            assert!((mean(&places).unwrap() - centre).abs() < 0.15 * spread);
            let width = quantile(&places, 0.95).unwrap() - quantile(&places, 0.05).unwrap();
            assert!((width / spread / 3.29 - 1.0).abs() < 0.12, "{width}");
        }
    }

    #[test]
    fn a_walk_leaves_uniform_particles_uniform() {
        // One particle in each of 1,000 slices of the left half.
        let start: Vec<Vec<f64>> =
            (0..1000).map(|at| vec![(f64::from(at) + 0.5) / 2000.0]).collect();
        let left = |x: &[f64]| if x[0] < 0.5 { 0.0 } else { f64::NEG_INFINITY };
        let found = walked(&start, &left, Address { seed: 1, passage: 0 });
        let places: Vec<f64> = found.iter().map(|it| it[0]).collect();
        assert!(places.iter().all(|place| *place < 0.5));
        for part in [0.1, 0.5, 0.9] {
            assert!((quantile(&places, part).unwrap() - part / 2.0).abs() < 0.03);
        }
    }

    #[test]
    fn resampling_takes_each_as_often_as_its_weight_says() {
        let particles: Vec<Vec<f64>> = (0..3).map(|at| vec![f64::from(at)]).collect();
        let at = Address { seed: 1, passage: 0 };
        let drawn = resampled(&particles, &[1.0, 0.0, 3.0], 8, at);
        let times = |value: f64| drawn.iter().filter(|it| it[0] == value).count();
        assert_eq!((times(0.0), times(1.0), times(2.0)), (2, 0, 6));
        assert_eq!(effective(&[1.0, 1.0, 0.0]), 2.0);
    }
}
