//! What a person can bear before they join.
//!
//! Each adult draws once, for life, a threshold θ ~ Exp(1) and a frailty z ~ Gamma(mean 1, shape k).
//! They join in the first week in which Λ, the hazard summed over groups and over all weeks so far,
//! reaches x = θ/z: crossing a cumulative hazard, the construction of Sellke (1983, "On the asymptotic
//! distribution of the size of a stochastic epidemic", Journal of Applied Probability 20, 390–394).
//! This is a weekly Bernoulli trial with p = 1 − exp(−zλ), by random time change.
//! Integrating z out, P(x > s) = (1 + s/k)^(−k), so one uniform U gives x = k·(U^(−1/k) − 1).
//!
//! Whoever comes back from a group draws a fresh θ with the same z. Given x, the frailty is
//! z ~ Gamma(shape k + 1, rate k + x), since the density of x given z is z·exp(−zx).

use super::layout::Person;
use super::streams::{FRAILTY, Streams, THRESHOLD, exponential, uniform};
use rand_distr::{Distribution, Gamma};
use serde::{Deserialize, Serialize};

/// Draws thresholds for one run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Thresholds {
    streams: Streams,
    /// Shape k of the frailty; small k means that people differ much.
    shape: f64,
}

impl Thresholds {
    /// Thresholds from these random numbers; `shape` is the frailty's k.
    ///
    /// # Panics
    /// When `shape` is not positive.
    #[must_use]
    pub fn new(streams: Streams, shape: f64) -> Self {
        assert!(shape > 0.0, "a frailty's shape is positive");
        Thresholds { streams, shape }
    }

    /// x = θ/z of a person's first spell.
    #[inline]
    #[must_use]
    pub fn first(&self, person: Person) -> f64 {
        self.at_quantile(uniform(&mut self.streams.row(THRESHOLD, 0, u64::from(person.0))))
    }

    /// x = θ/z of the first spells of a row of people, beginning with one.
    #[inline]
    #[must_use]
    pub fn of_row<const N: usize>(&self, first: Person) -> [f64; N] {
        let mut generator = self.streams.row(THRESHOLD, 0, u64::from(first.0));
        std::array::from_fn(|_| self.at_quantile(uniform(&mut generator)))
    }

    /// x = θ/z of a later spell (1, 2, …).
    #[inline]
    #[must_use]
    pub fn later(&self, person: Person, spell: u16) -> f64 {
        let row = u64::from(spell);
        let theta = exponential(&mut self.streams.row(THRESHOLD, row, u64::from(person.0)));
        theta / self.frailty(person)
    }

    /// z of a person, given the x of their first spell.
    #[must_use]
    pub fn frailty(&self, person: Person) -> f64 {
        let rate = self.shape + self.first(person);
        let gamma =
            Gamma::new(self.shape + 1.0, 1.0).expect("shape k + 1 and scale 1 are positive");
        let drawn: f64 = gamma.sample(&mut self.streams.at(FRAILTY, u64::from(person.0), 0));
        drawn / rate
    }

    /// Everyone in `people` (contiguous ids) whose first x lies below `horizon`, with it.
    pub fn below(&self, people: std::ops::Range<u32>, horizon: f64) -> Vec<(f64, Person)> {
        // x < horizon exactly when U > (1 + horizon/k)^(−k): no power per person. The bound is taken
        // a hair low and x compared again, so that rounding loses nobody at the edge.
        let bound = libm::pow(1.0 + horizon / self.shape, -self.shape) * (1.0 - 1e-9);
        let mut generator = self.streams.row(THRESHOLD, 0, u64::from(people.start));
        let mut found = Vec::new();
        for id in people {
            let u = uniform(&mut generator);
            if u > bound {
                let x = self.at_quantile(u);
                if x < horizon {
                    found.push((x, Person(id)));
                }
            }
        }
        found
    }

    fn at_quantile(&self, u: f64) -> f64 {
        if self.shape == 1.0 {
            return 1.0 / u - 1.0;
        }
        self.shape * (libm::pow(u, -1.0 / self.shape) - 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thresholds(shape: f64) -> Thresholds {
        Thresholds::new(Streams::new(3, 0), shape)
    }

    #[test]
    fn the_share_below_a_horizon_is_that_of_the_mixed_exponential() {
        for shape in [0.5, 1.0, 4.0] {
            let people = 200_000;
            let below = thresholds(shape).below(0..people, 0.3).len() as f64;
            let expected = 1.0 - libm::pow(1.0 + 0.3 / shape, -shape);
            let error = below / f64::from(people) - expected;
            assert!(error.abs() < 0.003, "shape {shape}: off by {error}");
        }
    }

    #[test]
    fn a_row_lists_each_person_with_the_threshold_they_have_alone() {
        for (x, person) in thresholds(0.7).below(1000..3000, 0.2) {
            assert_eq!(x.to_bits(), thresholds(0.7).first(person).to_bits());
        }
    }

    #[test]
    fn frailties_have_mean_one_and_variance_one_over_the_shape() {
        for shape in [1.0, 2.5] {
            let drawn: Vec<f64> =
                (0..100_000).map(|id| thresholds(shape).frailty(Person(id))).collect();
            let mean = drawn.iter().sum::<f64>() / drawn.len() as f64;
            let spread = drawn.iter().map(|z| (z - mean) * (z - mean)).sum::<f64>();
            let variance = spread / drawn.len() as f64;
            assert!((mean - 1.0).abs() < 0.02, "mean {mean}");
            assert!((variance * shape - 1.0).abs() < 0.05, "variance {variance}");
        }
    }

    #[test]
    fn whoever_joined_early_joins_early_again() {
        let thresholds = thresholds(1.0);
        let mean_later = |early: bool| {
            let of = |id| (thresholds.first(Person(id)) < 0.2) == early;
            let xs: Vec<f64> = (0..40_000)
                .filter(|id| of(*id))
                .map(|id| thresholds.later(Person(id), 1).min(20.0))
                .collect();
            xs.iter().sum::<f64>() / xs.len() as f64
        };
        assert!(mean_later(true) < 0.7 * mean_later(false));
    }
}
