//! The settings that stand for all that the facts leave open, each with its weight.
//!
//! A member's mean distance from a target is estimated from its own runs and its neighbours': with the
//! prediction μ of emulators fitted once more with the members' runs among them, the mean ȳ of its r runs,
//! luck's variance s² and the lack of fit ℓ, it is μ + κ(ȳ − μ) with κ = ℓ / (ℓ + s²/r) (the best linear
//! unbiased predictor; Robinson 1991). The weight is the likelihood by these over the density by which the
//! member was drawn, and no weight is more than √n times the mean (Ionides 2008).

use super::round::Round;
use super::sampler::{effective, weights_of};
use super::search::Search;
use super::wave::{Seen, Wave};
use crate::statistics::{weighted_mean, weighted_quantile, weighted_rank_correlation};

/// The members of the last wave that went well, and what they show together.
#[derive(Clone, Debug)]
pub struct Ensemble {
    /// The members, in order of their points.
    pub members: Vec<Member>,
    /// As many members of equal weight would tell as much.
    pub effective: f64,
    /// How many times tolerances were widened, because no setting comes as near to all as they ask.
    pub stretch: f64,
    /// By target.
    pub facts: Vec<FactFound>,
    /// By axis: places that 5 %, 50 % and 95 % of the weight lie below.
    pub ranges: Vec<[f64; 3]>,
    /// Pairs of axes with their rank correlation; none where one does not vary.
    pub pairs: Vec<(usize, usize, Option<f64>)>,
}

/// One setting.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// Its number in the last wave.
    pub point: usize,
    /// Its share of the whole.
    pub weight: f64,
    /// Root mean square of the distances of its mean from what was observed, in tolerances; none without
    /// any.
    pub score: Option<f64>,
    /// Targets within whose tolerance its mean lies.
    pub met: usize,
}

/// Whether any setting comes near a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Settings that are left do.
    Together,
    /// Only settings that are ruled out by others do.
    Alone,
    /// No setting does.
    Never,
    /// No run shows it.
    Unknown,
}

/// What the search has found of one target.
#[derive(Clone, Copy, Debug)]
pub struct FactFound {
    /// Whether any setting comes near it.
    pub reach: Reach,
    /// The mean of the setting that came nearest.
    pub nearest: Option<f64>,
    /// Mean over the members' runs, by weight.
    pub mean: Option<f64>,
    /// 5 %, 50 % and 95 % of the members' runs, by weight, lie below.
    pub band: Option<[f64; 3]>,
}

impl Search {
    /// The ensemble, from the wave that was run at [`Search::members`].
    #[must_use]
    pub fn weighed(&self, wave: &Wave) -> Ensemble {
        let targets = &self.problem.targets;
        let well: Vec<usize> =
            (0..wave.positions.len()).filter(|at| !wave.runs[*at].is_empty()).collect();
        let members = wave.seen(targets);
        let mut fit = self.still_in();
        fit.extend(&members);
        let mut last = Round::fitted(targets, &fit);
        if let Some(drawn_by) = self.rounds.last() {
            last.aside.clone_from(&drawn_by.aside);
        }
        let dispersion = self.dispersion();
        let heights: Vec<f64> = members
            .iter()
            .map(|member| {
                let by_runs = last.likelihood_of(targets, &last.known_of(member)).logarithm;
                let drawn = self.rounds.last().map(|it| it.likelihood(targets, &member.position));
                (by_runs - drawn.map_or(0.0, |it| it.logarithm)) / dispersion
            })
            .collect();
        let weights = truncated(weights_of(&heights, 1.0));
        let scored = members.iter().zip(&weights).zip(&well);
        let axes = self.problem.axes as usize;
        let places =
            |axis: usize| -> Vec<f64> { members.iter().map(|it| it.position[axis]).collect() };
        let quantiles = |values: &[f64], weights: &[f64]| {
            let at = |part| weighted_quantile(values, weights, part);
            Some([at(0.05)?, at(0.5)?, at(0.95)?])
        };
        let pair = |a: usize, b: usize| {
            (a, b, weighted_rank_correlation(&places(a), &places(b), &weights))
        };
        Ensemble {
            effective: effective(&weights),
            stretch: dispersion.sqrt(),
            facts: (0..targets.len())
                .map(|target| {
                    let (values, weights) = of_runs(wave, &well, &weights, target);
                    FactFound {
                        reach: self.reach(target),
                        nearest: self.nearest(&members, target),
                        mean: weighted_mean(&values, &weights),
                        band: quantiles(&values, &weights),
                    }
                })
                .collect(),
            ranges: (0..axes).filter_map(|axis| quantiles(&places(axis), &weights)).collect(),
            pairs: (0..axes)
                .flat_map(|a| (a + 1..axes).map(move |b| (a, b)))
                .map(|(a, b)| pair(a, b))
                .collect(),
            members: scored
                .map(|((seen, weight), point)| self.member(seen, *point, *weight))
                .collect(),
        }
    }

    fn member(&self, seen: &Seen, point: usize, weight: f64) -> Member {
        let targets = &self.problem.targets;
        let wanted = (0..targets.len()).filter(|target| targets[*target].wanted.is_some());
        let squares: Vec<f64> =
            wanted.filter_map(|target| seen.means[target]).map(|it| it * it).collect();
        let score = crate::statistics::mean(&squares).map(f64::sqrt);
        let is_met =
            |target: &usize| seen.values[*target].is_some_and(|it| targets[*target].is_met(it));
        Member { point, weight, score, met: (0..targets.len()).filter(is_met).count() }
    }

    fn reach(&self, target: usize) -> Reach {
        if self.seen.iter().all(|it| it.means[target].is_none()) {
            return Reach::Unknown;
        }
        match self.rounds.iter().position(|round| round.aside[target]) {
            None => Reach::Together,
            Some(0) => Reach::Never,
            Some(_) => Reach::Alone,
        }
    }

    fn nearest(&self, members: &[Seen], target: usize) -> Option<f64> {
        let known = self.seen.iter().chain(members).filter_map(|it| {
            let against = self.problem.targets[target].against(it.means[target]?);
            Some((against.abs(), it.values[target]?))
        });
        known.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, value)| value)
    }
}

impl Round {
    /// What is known of a setting that was run and emulated.
    fn known_of(&self, member: &Seen) -> Vec<Option<(f64, f64)>> {
        let all = self.aside.len();
        let of = |(target, predicted): (usize, Option<super::emulator::Prediction>)| {
            let predicted = predicted?;
            let (lack, other) = (predicted.lack_of_fit, predicted.variance - predicted.lack_of_fit);
            let Some(mean) = member.means[target] else {
                return Some((predicted.mean, predicted.variance));
            };
            let luck = self.luck[target * all + target] / f64::from(member.counts[target].max(1));
            let part = if lack + luck > 0.0 { lack / (lack + luck) } else { 0.0 };
            let own = 1.0 - part;
            Some((predicted.mean + part * (mean - predicted.mean), part * luck + own * own * other))
        };
        self.emulators.predicted(&member.position).into_iter().enumerate().map(of).collect()
    }
}

/// The values of a target in the members' runs, each with its part of its member's weight.
fn of_runs(wave: &Wave, well: &[usize], weights: &[f64], target: usize) -> (Vec<f64>, Vec<f64>) {
    let (mut values, mut parts) = (Vec::new(), Vec::new());
    for (point, weight) in well.iter().zip(weights) {
        let runs = &wave.runs[*point];
        let shown = runs.iter().map(|run| run[target]).filter(|value| !value.is_nan());
        for value in shown {
            values.push(value);
            parts.push(weight / runs.len() as f64);
        }
    }
    (values, parts)
}

/// Weights that sum to 1, none more than √n times the mean of those before.
fn truncated(weights: Vec<f64>) -> Vec<f64> {
    let count = weights.len() as f64;
    let most = weights.iter().sum::<f64>() / count.sqrt();
    let cut: Vec<f64> = weights.into_iter().map(|it| it.min(most)).collect();
    let sum: f64 = cut.iter().sum();
    cut.into_iter().map(|it| it / sum).collect()
}
