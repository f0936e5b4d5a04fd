//! What runs over an ensemble say of each policy.

use super::deciding::{Leaf, leaves};
use super::ends::Ends;
use super::nested::split;
use crate::statistics::{mean, weighted_mean, weighted_quantile};
use toguna_model::outcomes::{MoreIs, OUTCOMES};

/// One outcome of one policy compared with the first.
#[derive(Clone, Debug)]
pub struct JudgedRow {
    /// The policy compared with.
    pub first: String,
    /// The policy that differs.
    pub other: String,
    /// Name of the outcome.
    pub outcome: &'static str,
    /// Unit of all but shares.
    pub unit: &'static str,
    /// Worlds in which it is known.
    pub worlds: u64,
    /// Runs of all of them.
    pub runs: u64,
    /// Median of the difference over worlds and luck.
    pub median: f64,
    /// 5 % of worlds and luck lie below.
    pub p05: f64,
    /// 5 % of worlds and luck lie above.
    pub p95: f64,
    /// Share of the worlds in which the mean difference is to the good; none where more is neither.
    pub helps: Option<f64>,
    /// Standard deviation of the difference between runs of one world; none of one run of each.
    pub luck: Option<f64>,
    /// Standard deviation between worlds, were each run for ever.
    pub ignorance: Option<f64>,
}

/// How much worse one policy is than the best of each world.
#[derive(Clone, Debug)]
pub struct RegretRow {
    /// The policy.
    pub policy: String,
    /// Name of the outcome.
    pub outcome: &'static str,
    /// Unit of the regret.
    pub unit: &'static str,
    /// Share of the worlds in which no other is better.
    pub best_in: f64,
    /// Mean regret.
    pub mean: f64,
    /// Regret that is exceeded in 5 % of worlds.
    pub p95: f64,
}

/// One part of the worlds, and how often a policy fails in it.
#[derive(Clone, Debug)]
pub struct WhereRow {
    /// The policy compared with.
    pub first: String,
    /// The policy that differs.
    pub other: String,
    /// Name of the outcome.
    pub outcome: &'static str,
    /// The part.
    pub leaf: Leaf,
}

/// Outcomes of all worlds and runs for which both policies have one.
fn of_worlds(ends: &Ends, policy: usize, outcome: usize) -> (Vec<usize>, Vec<Vec<f64>>) {
    let of = |world: usize| {
        let found = ends.differences(policy, world, outcome);
        (world, found.into_iter().filter(|it| !it.is_nan()).collect::<Vec<f64>>())
    };
    ends.known().into_iter().map(of).filter(|(_, found)| !found.is_empty()).unzip()
}

/// 1 where more is better, −1 where it is worse; none where it is neither.
fn good(outcome: usize) -> Option<f64> {
    match OUTCOMES[outcome].more_is {
        MoreIs::Better => Some(1.0),
        MoreIs::Worse => Some(-1.0),
        MoreIs::Neither => None,
    }
}

/// A row for each outcome of each policy compared with the first.
#[must_use]
pub fn judged(ends: &Ends) -> Vec<JudgedRow> {
    let mut rows = Vec::new();
    for policy in 1..ends.policies.len() {
        for (place, outcome) in OUTCOMES.iter().enumerate() {
            let (worlds, found) = of_worlds(ends, policy, place);
            let weights = ends.weights_of(&worlds);
            let (mut all, mut parts) = (Vec::new(), Vec::new());
            for (runs, weight) in found.iter().zip(&weights) {
                all.extend(runs);
                parts.extend(runs.iter().map(|_| weight / runs.len() as f64));
            }
            let at = |part| weighted_quantile(&all, &parts, part);
            let (Some(median), Some(p05), Some(p95)) = (at(0.5), at(0.05), at(0.95)) else {
                continue;
            };
            let helping = good(place).map(|good| {
                let helps = |runs: &Vec<f64>| good * mean(runs).unwrap_or(0.0) > 0.0;
                let with = found.iter().zip(&weights).filter(|(runs, _)| helps(runs));
                with.map(|(_, weight)| weight).sum::<f64>().min(1.0)
            });
            let split = split(&found, &weights);
            rows.push(JudgedRow {
                first: ends.policies[0].clone(),
                other: ends.policies[policy].clone(),
                outcome: outcome.name,
                unit: outcome.unit_over_a_run(),
                worlds: worlds.len() as u64,
                runs: all.len() as u64,
                median,
                p05,
                p95,
                helps: helping,
                luck: split.map(|it| it.luck.sqrt()),
                ignorance: split.map(|it| it.ignorance.sqrt()),
            });
        }
    }
    rows
}

/// A row for each policy and each outcome of which more is good or bad.
#[must_use]
pub fn regrets(ends: &Ends) -> Vec<RegretRow> {
    let policies = ends.policies.len();
    let mut rows = Vec::new();
    for (place, outcome) in OUTCOMES.iter().enumerate() {
        let Some(good) = good(place) else { continue };
        // Of each world the mean of each policy, larger being better.
        let of = |world: usize| -> Option<(usize, Vec<f64>)> {
            let mean = |policy| Some(good * mean(&ends.values(policy, world, place))?);
            let means: Option<Vec<f64>> = (0..policies).map(mean).collect();
            means.filter(|means| means.iter().all(|it| !it.is_nan())).map(|means| (world, means))
        };
        let (worlds, means): (Vec<usize>, Vec<Vec<f64>>) =
            ends.known().into_iter().filter_map(of).unzip();
        let weights = ends.weights_of(&worlds);
        for (policy, name) in ends.policies.iter().enumerate() {
            let regret = |means: &Vec<f64>| {
                means.iter().copied().fold(f64::NEG_INFINITY, f64::max) - means[policy]
            };
            let found: Vec<f64> = means.iter().map(regret).collect();
            let best = found.iter().zip(&weights).filter(|(regret, _)| **regret <= 0.0);
            let best_in: f64 = best.map(|(_, weight)| weight).sum();
            let Some(mean) = weighted_mean(&found, &weights) else { continue };
            let Some(p95) = weighted_quantile(&found, &weights, 0.95) else { continue };
            rows.push(RegretRow {
                policy: name.clone(),
                outcome: outcome.name,
                unit: outcome.unit_over_a_run(),
                best_in: best_in.min(1.0),
                mean,
                p95,
            });
        }
    }
    rows
}

/// Where each policy does not help, by what the worlds differ in. `values` by world, by axis.
#[must_use]
pub fn where_it_fails(ends: &Ends, values: &[Vec<f64>]) -> Vec<WhereRow> {
    let mut rows = Vec::new();
    for policy in 1..ends.policies.len() {
        for (place, outcome) in OUTCOMES.iter().enumerate() {
            let Some(good) = good(place).filter(|_| outcome.headline.is_some()) else { continue };
            let (worlds, found) = of_worlds(ends, policy, place);
            let fails: Vec<bool> =
                found.iter().map(|runs| good * mean(runs).unwrap_or(0.0) <= 0.0).collect();
            let values: Vec<Vec<f64>> = worlds.iter().map(|world| values[*world].clone()).collect();
            let (first, other) = (&ends.policies[0], &ends.policies[policy]);
            let row = |leaf| WhereRow {
                first: first.clone(),
                other: other.clone(),
                outcome: outcome.name,
                leaf,
            };
            if !worlds.is_empty() {
                rows.extend(
                    leaves(&values, &fails, &ends.weights_of(&worlds)).into_iter().map(row),
                );
            }
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use toguna_model::outcomes::Outcome;

    /// Three worlds of two runs: deaths under the first policy, and under the other.
    fn ends() -> Ends {
        let deaths = Outcome::place_of("deaths").unwrap();
        let mut ends = Ends::new(vec!["a".into(), "b".into()], vec![0.5, 0.25, 0.25]);
        let runs =
            [(0, 100.0, 90.0), (0, 110.0, 98.0), (1, 50.0, 60.0), (1, 50.0, 58.0), (2, 30.0, 20.0)];
        for (world, first, other) in runs {
            let mut end = vec![0.0; 2 * OUTCOMES.len()];
            (end[deaths], end[OUTCOMES.len() + deaths]) = (first, other);
            ends.push(world, end);
        }
        ends
    }

    #[test]
    fn a_policy_helps_in_the_share_of_worlds_that_have_fewer_deaths_under_it() {
        let rows = judged(&ends());
        let row = rows.iter().find(|row| row.outcome == "deaths").unwrap();
        assert_eq!((row.helps, row.worlds, row.runs), (Some(0.75), 3, 5));
        assert!((row.median + 10.0).abs() < 1e-9, "{row:?}");
        assert!(row.luck.is_some_and(|luck| luck > 0.0 && luck < row.ignorance.unwrap()));
    }

    #[test]
    fn regret_is_how_much_worse_than_the_best_of_the_world() {
        let rows = regrets(&ends());
        let of = |policy: &str| {
            rows.iter().find(|row| row.policy == policy && row.outcome == "deaths").unwrap()
        };
        // Of a: 11 in the first world, 0 in the second, 10 in the third; of b: 9 in the second.
        assert!((of("a").mean - (5.5 + 2.5)).abs() < 1e-9 && (of("a").best_in - 0.25).abs() < 1e-9);
        assert!((of("b").mean - 2.25).abs() < 1e-9 && (of("b").best_in - 0.75).abs() < 1e-9);
    }

    #[test]
    fn where_a_policy_fails_is_told_by_what_sets_those_worlds_apart() {
        let values = [vec![1.0, 5.0], vec![9.0, 5.0], vec![2.0, 5.0]];
        let rows = where_it_fails(&ends(), &values);
        let worst = rows.iter().find(|row| row.outcome == "deaths").unwrap();
        assert_eq!(worst.leaf.conditions, [(0, false, 5.5)]);
        assert_eq!((worst.leaf.failing, worst.leaf.share), (1.0, 0.25));
    }
}
