//! What one wave rules out.
//!
//! The implausibility of setting x for target f, with the prediction's mean μ and variance V in tolerances
//! from what was observed (Craig et al. 1997; Vernon, Goldstein and Bower 2010):
//!
//!   I(x, f) = |μ| / √(model's error + V + luck's variance)
//!
//! History is one run: luck counts whole. A target misses where I is above 3.

use super::cholesky::Cholesky;
use super::emulator::{Emulators, Prediction};
use super::target::Target;
use super::wave::{Seen, luck};
use rayon::prelude::*;

/// Pukelsheim's three standard deviations: 95 % of any distribution with one peak.
const CUT: f64 = 3.0;
/// Where fewer than this share of settings would be left, more targets may be missed.
const FEWEST_LEFT: f64 = 0.001;

/// What is known after a wave.
#[derive(Clone, Debug)]
pub(super) struct Round {
    pub emulators: Emulators,
    /// Covariance of luck, row by row.
    pub luck: Vec<f64>,
    /// By target: whether no setting reaches it, so that it rules none out.
    pub aside: Vec<bool>,
    /// Targets that a setting may miss.
    pub misses: usize,
}

/// How likely what was observed is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Likelihood {
    pub logarithm: f64,
    /// The squared distance by which it is judged.
    pub square: f64,
    /// Targets that count.
    pub counted: usize,
}

impl Round {
    /// Fitted to settings; `inside` are those, drawn evenly, that earlier rounds have left.
    pub fn of(targets: &[Target], seen: &[&Seen], inside: &[Vec<f64>]) -> Self {
        let mut round = Round::fitted(targets, seen);
        let found: Vec<Vec<f64>> =
            inside.par_iter().map(|position| round.implausibilities(targets, position)).collect();
        for target in 0..targets.len() {
            let least = found.iter().map(|it| it[target]).fold(f64::INFINITY, f64::min);
            round.aside[target] = least > CUT && !round.is_run(targets, seen, target);
        }
        let missed: Vec<usize> = found.iter().map(|it| round.missed(it)).collect();
        let left = |misses: usize| missed.iter().filter(|it| **it <= misses).count() as f64;
        let wanted = FEWEST_LEFT * inside.len() as f64;
        round.misses = (0..targets.len()).find(|misses| left(*misses) >= wanted).unwrap_or(0);
        round
    }

    /// The same before anything is ruled out.
    pub fn fitted(targets: &[Target], seen: &[&Seen]) -> Self {
        let luck = luck(seen, targets.len());
        let emulators = Emulators::fitted(seen, &luck, targets.len());
        Round { emulators, luck, aside: vec![false; targets.len()], misses: 0 }
    }

    /// Whether a setting that was run comes near enough to a target.
    fn is_run(&self, targets: &[Target], seen: &[&Seen], target: usize) -> bool {
        let near = |it: &&&Seen| {
            let Some(mean) = it.means[target] else { return false };
            let luck = self.luck_of(target) * (1.0 + 1.0 / f64::from(it.counts[target].max(1)));
            let spread = (targets[target].error() + luck).sqrt();
            targets[target].against(mean).abs() <= CUT * spread
        };
        seen.iter().any(|it| near(&it))
    }

    fn luck_of(&self, target: usize) -> f64 {
        self.luck[target * self.aside.len() + target]
    }

    /// Of each target at a setting; 0 of one that is not emulated.
    fn implausibilities(&self, targets: &[Target], position: &[f64]) -> Vec<f64> {
        let predicted = self.emulators.predicted(position);
        let of = |(target, predicted): (usize, &Option<Prediction>)| {
            let Some(Prediction { mean, variance, .. }) = predicted else { return 0.0 };
            let against = targets[target].against(*mean).abs();
            let spread = targets[target].error() + variance + self.luck_of(target);
            if against == 0.0 { 0.0 } else { against / spread.sqrt() }
        };
        predicted.iter().enumerate().map(of).collect()
    }

    fn missed(&self, implausibilities: &[f64]) -> usize {
        let with = implausibilities.iter().zip(&self.aside);
        with.filter(|(found, aside)| **found > CUT && !**aside).count()
    }

    /// Whether a setting is not ruled out.
    pub fn keeps(&self, targets: &[Target], position: &[f64]) -> bool {
        self.missed(&self.implausibilities(targets, position)) <= self.misses
    }

    /// Of what was observed at a setting.
    pub fn likelihood(&self, targets: &[Target], position: &[f64]) -> Likelihood {
        let predicted = self.emulators.predicted(position);
        let known = predicted.iter().map(|it| it.map(|it| (it.mean, it.variance)));
        self.likelihood_of(targets, &known.collect::<Vec<_>>())
    }

    /// Of what was observed, by each target's mean distance and the variance of what is known of it: normal,
    /// with the luck of one run and the model's error (a synthetic likelihood: Wood 2010). Bounds and targets
    /// that no setting reaches do not count.
    pub fn likelihood_of(&self, targets: &[Target], known: &[Option<(f64, f64)>]) -> Likelihood {
        let counts = |target: &usize| targets[*target].wanted.is_some() && !self.aside[*target];
        let all = targets.len();
        let used: Vec<(usize, f64, f64)> = (0..all)
            .filter(counts)
            .filter_map(|target| known[target].map(|(mean, variance)| (target, mean, variance)))
            .collect();
        let size = used.len();
        let mut covariance = vec![0.0; size * size];
        for (row, (a, _, variance)) in used.iter().enumerate() {
            for (column, (b, ..)) in used[..=row].iter().enumerate() {
                covariance[row * size + column] = self.luck[a * all + b];
            }
            covariance[row * size + row] += targets[*a].error() + variance;
        }
        let distances: Vec<f64> = used.iter().map(|(_, mean, _)| *mean).collect();
        // Luck's covariance is positive, and the model's error is added to it.
        let factor = Cholesky::of(size, covariance).expect("a covariance with errors is positive");
        let square = factor.form(&distances);
        let logarithm = -(square + factor.log_determinant()) / 2.0;
        Likelihood { logarithm, square, counted: size }
    }
}
