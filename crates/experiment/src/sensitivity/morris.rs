//! Elementary effects (Morris 1991) with the mean of absolute effects of Campolongo, Cariboni and
//! Saltelli (2007): cheap, for ranking many axes.

use super::super::statistics::{Estimate, difference, mean, variance};
use super::{NoSensitivity, Resampling, check_outcomes, estimate};
use crate::statistics::resample;
use serde::Serialize;

/// What moving one axis over its whole range does to the outcome, in the outcome's unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct ElementaryEffect {
    /// μ: mean effect, with its sign; near 0 also when effects cancel.
    pub mean: Estimate,
    /// μ*: mean of the absolute effects, by which axes are ranked.
    pub(crate) mean_absolute: Estimate,
    /// σ: standard deviation of the effects; large when the effect depends on the other axes or is
    /// not a straight line.
    pub spread: Estimate,
    /// One for each trajectory.
    pub effects: Vec<f64>,
}

/// The elementary effects of each axis: (y after − y before)/(place after − place before) at the one
/// step of each trajectory that moves it. `positions` are those of the points of a design of kind
/// "morris", `outcomes` the outcome at each. Intervals resample whole trajectories.
///
/// # Errors
/// When the points are not the trajectories of such a design, or the outcomes are missing, not
/// finite or all the same.
pub(crate) fn morris_effects(
    positions: &[Vec<f64>],
    outcomes: &[f64],
    resampling: &Resampling,
) -> Result<Vec<ElementaryEffect>, NoSensitivity> {
    let axes = positions.first().map_or(0, Vec::len);
    let (found, wanted) = (positions.len(), axes + 1);
    if axes == 0 || found % wanted != 0 || found / wanted < 2 {
        return Err(NoSensitivity::WrongDesign { found, wanted, units: "trajectories" });
    }
    if outcomes.len() != found {
        return Err(NoSensitivity::OutcomesMissing { found: outcomes.len(), wanted: found });
    }
    check_outcomes(outcomes)?;
    let mut effects = vec![Vec::new(); axes];
    for (number, trajectory) in positions.chunks(wanted).enumerate() {
        for (step, pair) in trajectory.windows(2).enumerate() {
            let from = number * wanted + step;
            let (axis, distance) = moved(&pair[0], &pair[1], from)?;
            effects[axis].push(difference(outcomes[from + 1], outcomes[from]) / distance);
        }
    }
    let trajectories = found / wanted;
    if effects.iter().any(|effects| effects.len() != trajectories) {
        return Err(NoSensitivity::WrongDesign { found, wanted, units: "trajectories" });
    }
    Ok(effects.into_iter().map(|effects| summary(effects, resampling)).collect())
}

/// Which axis changes from one point to the next, and by how much.
fn moved(before: &[f64], after: &[f64], from: usize) -> Result<(usize, f64), NoSensitivity> {
    let steps = before.iter().zip(after).map(|(before, after)| after - before).enumerate();
    let changed: Vec<(usize, f64)> = steps.filter(|&(_, step)| step != 0.0).collect();
    match changed[..] {
        [only] => Ok(only),
        _ => Err(NoSensitivity::NotATrajectory { from, axes: changed.len() }),
    }
}

fn summary(effects: Vec<f64>, resampling: &Resampling) -> ElementaryEffect {
    let of = |effects: &[f64]| {
        let absolute: Vec<f64> = effects.iter().map(|effect| effect.abs()).collect();
        let number = |value: Option<f64>| value.unwrap_or(f64::NAN);
        [number(mean(effects)), number(mean(&absolute)), number(variance(effects)).sqrt()]
    };
    let [value, absolute, spread] = of(&effects);
    let resampled = resample(effects.len(), resampling.resamples, resampling.seed, |chosen| {
        let drawn: Vec<f64> = chosen.iter().map(|&index| effects[index as usize]).collect();
        of(&drawn)
    });
    let column = |which: usize| resampled.iter().map(|values| values[which]).collect();
    let level = resampling.level;
    ElementaryEffect {
        mean: estimate(value, column(0), level),
        mean_absolute: estimate(absolute, column(1), level),
        spread: estimate(spread, column(2), level),
        effects,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four trajectories at levels 0 to 3, from
    ///
    ///     p = {'num_vars': 3, 'names': ['x1', 'x2', 'x3'], 'bounds': [[0, 1]] * 3}
    ///     X = SALib.sample.morris.sample(p, 4, num_levels=4, seed=7)
    ///
    /// and the analysis of y = 2 x₁ + e^x₂ x₃ + x₃² there by SALib 1.6.0:
    ///
    ///     r = SALib.analyze.morris.analyze(p, X, Y, num_levels=4)
    ///     r['mu'], r['mu_star'], r['sigma']
    const LEVELS: [[u8; 3]; 16] = [
        [1, 0, 0],
        [3, 0, 0],
        [3, 0, 2],
        [3, 2, 2],
        [0, 1, 2],
        [0, 3, 2],
        [0, 3, 0],
        [2, 3, 0],
        [2, 0, 3],
        [0, 0, 3],
        [0, 0, 1],
        [0, 2, 1],
        [3, 1, 1],
        [1, 1, 1],
        [1, 3, 1],
        [1, 3, 3],
    ];
    const MU: [f64; 3] = [2.0, 0.8514012916603622, 2.8591409142295223];
    const SIGMA: [f64; 3] = [3.6259732146947156e-16, 0.36969855568524385, 1.064101637761012];

    fn positions() -> Vec<Vec<f64>> {
        LEVELS.iter().map(|p| p.iter().map(|&level| f64::from(level) / 3.0).collect()).collect()
    }

    fn outcomes(sign: f64) -> Vec<f64> {
        let outcome = |p: &Vec<f64>| sign * 2.0 * p[0] + libm::exp(p[1]) * p[2] + p[2] * p[2];
        positions().iter().map(outcome).collect()
    }

    #[test]
    fn effects_are_those_that_salib_finds() {
        let got = morris_effects(&positions(), &outcomes(1.0), &Resampling::default()).unwrap();
        for (axis, effect) in got.iter().enumerate() {
            assert!((effect.mean.value - MU[axis]).abs() < 1e-12);
            assert!((effect.mean_absolute.value - MU[axis]).abs() < 1e-12);
            assert!((effect.spread.value - SIGMA[axis]).abs() < 1e-12);
            assert!(effect.mean_absolute.interval.low <= effect.mean_absolute.value);
            assert!(effect.mean_absolute.interval.high >= effect.mean_absolute.value);
        }
    }

    #[test]
    fn an_axis_that_lowers_the_outcome_has_a_negative_mean_and_the_same_rank() {
        let up = morris_effects(&positions(), &outcomes(1.0), &Resampling::default()).unwrap();
        let down = morris_effects(&positions(), &outcomes(-1.0), &Resampling::default()).unwrap();
        assert!((down[0].mean.value + 2.0).abs() < 1e-12);
        assert!((down[0].mean_absolute.value - up[0].mean_absolute.value).abs() < 1e-12);
    }

    #[test]
    fn an_axis_that_moves_only_last_digits_has_no_effect_and_an_outcome_of_that_kind_no_indices() {
        let noisy = |p: &Vec<f64>| 5.0 + p[0] + 1e-12 * libm::exp(p[1]) - 1e-12 * p[2];
        let outcomes: Vec<f64> = positions().iter().map(noisy).collect();
        let got = morris_effects(&positions(), &outcomes, &Resampling::default()).unwrap();
        assert!((got[0].mean.value - 1.0).abs() < 1e-9);
        assert_eq!([got[1].mean_absolute.value, got[2].mean_absolute.value], [0.0, 0.0]);
        let constant: Vec<f64> = positions().iter().map(|p| 5.0 + 1e-12 * p[1]).collect();
        let refused = morris_effects(&positions(), &constant, &Resampling::default()).unwrap_err();
        assert!(matches!(refused, NoSensitivity::NothingMoves { .. }), "{refused}");
    }

    #[test]
    fn what_is_no_morris_design_is_refused() {
        let refused = |positions: &[Vec<f64>], outcomes: &[f64]| {
            morris_effects(positions, outcomes, &Resampling::default()).unwrap_err().to_string()
        };
        let (mut points, outcomes) = (positions(), outcomes(1.0));
        assert_eq!(
            refused(&points[..15], &outcomes),
            "15 points do not make up whole trajectories of 4 points each, 2 or more trajectories"
        );
        assert_eq!(
            refused(&points, &outcomes[..3]),
            "3 outcomes for 16 points: every point of the design needs its outcome"
        );
        assert_eq!(
            refused(&points, &[4.0; 16]),
            "the outcome is 4 at every point: nothing moves it"
        );
        let mut failed = outcomes.clone();
        failed[5] = f64::NAN;
        assert_eq!(refused(&points, &failed), "the outcome at point 5 is NaN, not a finite number");
        points[1] = vec![0.0, 1.0, 1.0];
        assert_eq!(
            refused(&points, &outcomes),
            "from point 0 to the next 3 axes change; in a trajectory it is one"
        );
    }
}
