//! Which parameters tell the worlds in which a policy fails from the others: a tree of two questions
//! (Breiman et al. 1984), each that which leaves the parts most alike by Gini's impurity.

use std::collections::BTreeSet;

/// A part of the worlds.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    /// Its conditions: the axis, whether its values lie below the bound, and the bound.
    pub conditions: Vec<(usize, bool, f64)>,
    /// Share of all worlds in it.
    pub share: f64,
    /// Share of those in which the policy fails.
    pub failing: f64,
}

/// No part of the worlds is smaller.
const SMALLEST: f64 = 0.08;
/// Questions that take away less of the impurity of all worlds are not asked: luck finds such, too.
const LEAST_GAIN: f64 = 0.08;
const QUESTIONS: usize = 2;

/// The leaves, most failing first. `values` by world, by axis; `weights` sum to 1. One leaf of all worlds where
/// nothing tells them apart.
pub(super) fn leaves(values: &[Vec<f64>], fails: &[bool], weights: &[f64]) -> Vec<Leaf> {
    let worlds: Vec<usize> = (0..values.len()).collect();
    let all = impurity(&worlds, fails, weights);
    let mut found = Vec::new();
    let root = Tree { values, fails, weights, least: LEAST_GAIN * all };
    root.grow(worlds, Vec::new(), &mut found);
    found.sort_by(|a, b| b.failing.total_cmp(&a.failing));
    found
}

struct Tree<'t> {
    values: &'t [Vec<f64>],
    fails: &'t [bool],
    weights: &'t [f64],
    least: f64,
}

impl Tree<'_> {
    fn grow(&self, worlds: Vec<usize>, conditions: Vec<(usize, bool, f64)>, found: &mut Vec<Leaf>) {
        let question = (conditions.len() < QUESTIONS).then(|| self.best(&worlds)).flatten();
        let Some((axis, bound)) = question else {
            let share = weight(&worlds, self.weights);
            let failing = failing(&worlds, self.fails, self.weights);
            return found.push(Leaf { conditions, share, failing });
        };
        let (below, above): (Vec<usize>, Vec<usize>) =
            worlds.into_iter().partition(|world| self.values[*world][axis] < bound);
        for (side, worlds) in [(true, below), (false, above)] {
            let mut conditions = conditions.clone();
            conditions.push((axis, side, bound));
            self.grow(worlds, conditions, found);
        }
    }

    /// The axis and the bound that leave least impurity, if they take away enough.
    fn best(&self, worlds: &[usize]) -> Option<(usize, f64)> {
        let axes = self.values.first().map_or(0, Vec::len);
        let before = impurity(worlds, self.fails, self.weights);
        let mut best: Option<(f64, usize, f64)> = None;
        for axis in 0..axes {
            let mut sorted: Vec<f64> =
                worlds.iter().map(|world| self.values[*world][axis]).collect();
            sorted.sort_by(f64::total_cmp);
            let bounds: BTreeSet<u64> = sorted
                .windows(2)
                .filter(|pair| pair[0] < pair[1])
                .map(|pair| f64::midpoint(pair[0], pair[1]).to_bits())
                .collect();
            for bound in bounds.into_iter().map(f64::from_bits) {
                let (below, above): (Vec<usize>, Vec<usize>) =
                    worlds.iter().partition(|world| self.values[**world][axis] < bound);
                let is_small = |part: &[usize]| weight(part, self.weights) < SMALLEST;
                if is_small(&below) || is_small(&above) {
                    continue;
                }
                let after = impurity(&below, self.fails, self.weights)
                    + impurity(&above, self.fails, self.weights);
                let gain = before - after;
                if gain > self.least.max(1e-12) && best.is_none_or(|(known, ..)| gain > known) {
                    best = Some((gain, axis, bound));
                }
            }
        }
        best.map(|(_, axis, bound)| (axis, bound))
    }
}

fn weight(worlds: &[usize], weights: &[f64]) -> f64 {
    worlds.iter().map(|world| weights[*world]).sum()
}

fn failing(worlds: &[usize], fails: &[bool], weights: &[f64]) -> f64 {
    let all = weight(worlds, weights);
    let failing: f64 =
        worlds.iter().filter(|world| fails[**world]).map(|world| weights[*world]).sum();
    if all > 0.0 { failing / all } else { 0.0 }
}

/// Weight · 2p(1 − p), p the share that fails.
fn impurity(worlds: &[usize], fails: &[bool], weights: &[f64]) -> f64 {
    let p = failing(worlds, fails, weights);
    weight(worlds, weights) * 2.0 * p * (1.0 - p)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draws::{Purpose, stream, uniform};

    /// Worlds of four axes, drawn evenly.
    fn worlds(seed: u64) -> Vec<Vec<f64>> {
        let mut rng = stream(seed, Purpose::Bootstrap, 80);
        (0..150).map(|_| (0..4).map(|_| uniform(&mut rng)).collect()).collect()
    }

    #[test]
    fn a_policy_that_fails_where_two_parameters_are_high_is_known_by_these() {
        let values = worlds(1);
        let fails: Vec<bool> = values.iter().map(|it| it[2] > 0.6 && it[0] > 0.5).collect();
        let found = leaves(&values, &fails, &[1.0 / 150.0; 150]);
        let first = &found[0];
        let mut axes: Vec<usize> = first.conditions.iter().map(|(axis, ..)| *axis).collect();
        axes.sort_unstable();
        assert_eq!((axes, first.failing > 0.95), (vec![0, 2], true), "{found:?}");
        for (axis, is_below, bound) in &first.conditions {
            let wanted = if *axis == 2 { 0.6 } else { 0.5 };
            assert!(!is_below && (bound - wanted).abs() < 0.05, "{first:?}");
        }
        assert!((found.iter().map(|leaf| leaf.share).sum::<f64>() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn where_luck_alone_decides_seldom_is_any_question_asked() {
        let asked = (0..100)
            .filter(|seed| {
                let values = worlds(*seed);
                let mut rng = stream(*seed, Purpose::Bootstrap, 81);
                let fails: Vec<bool> = values.iter().map(|_| uniform(&mut rng) < 0.3).collect();
                leaves(&values, &fails, &[1.0 / 150.0; 150]).len() > 1
            })
            .count();
        assert!(asked < 20, "{asked} of 100");
    }

    #[test]
    fn where_a_policy_never_fails_there_is_nothing_to_tell_apart() {
        let found = leaves(&worlds(1), &[false; 150], &[1.0 / 150.0; 150]);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].failing, found[0].conditions.len()), (0.0, 0));
    }
}
