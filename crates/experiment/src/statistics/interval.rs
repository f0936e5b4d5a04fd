//! Student-t intervals for a mean and for the mean of paired differences.
//! The t distribution is `statrs`'s, over `libm`: the same bits on every machine.

use super::mean::{mean, variance, variance_removed_by_pairing};
use super::rounding::ROUNDING;
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, StudentsT};

/// How often, over repetitions of everything, such an interval holds the true value: above 0 and
/// below 1, so that it is not mistaken for the error rate or for a percentage.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Confidence(f64);

impl Confidence {
    #[cfg(test)]
    pub(crate) const NINETY: Confidence = Confidence(0.90);
    /// 95 %.
    pub const NINETY_FIVE: Confidence = Confidence(0.95);

    /// # Errors
    /// When `level` is not a number above 0 and below 1.
    pub fn new(level: f64) -> Result<Self, String> {
        if level > 0.0 && level < 1.0 {
            Ok(Confidence(level))
        } else {
            Err(format!("a confidence level lies above 0 and below 1, such as 0.95, not {level}"))
        }
    }

    /// As a number above 0 and below 1.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }

    /// The part left out above the interval; as much is left out below.
    pub(super) fn tail(self) -> f64 {
        (1.0 - self.0) / 2.0
    }
}

impl TryFrom<f64> for Confidence {
    type Error = String;
    fn try_from(level: f64) -> Result<Self, String> {
        Confidence::new(level)
    }
}

impl From<Confidence> for f64 {
    fn from(level: Confidence) -> f64 {
        level.0
    }
}

/// From a lower to an upper bound, both within it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The lower bound.
    pub low: f64,
    /// The upper bound.
    pub high: f64,
}

impl Interval {
    /// Whether a value lies within it, bounds included.
    #[must_use]
    pub fn holds(self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }

    /// Half the distance between the bounds.
    #[must_use]
    pub fn half_width(self) -> f64 {
        (self.high - self.low) / 2.0
    }

    /// Whether everything in it lies on one side of `value`.
    #[must_use]
    pub fn excludes(self, value: f64) -> bool {
        !self.holds(value)
    }
}

/// A number computed from runs, with the interval that says how sure we are.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The number.
    pub value: f64,
    /// The interval around it.
    pub interval: Interval,
}

/// The quantile of Student's t distribution with `freedom` ≥ 1 degrees that leaves the confidence's
/// tail above it.
pub(super) fn t_quantile(freedom: f64, level: Confidence) -> f64 {
    students_t(freedom).inverse_cdf(1.0 - level.tail())
}

fn students_t(freedom: f64) -> StudentsT {
    StudentsT::new(0.0, 1.0, freedom).expect("callers give one degree of freedom or more")
}

/// Mean ± t·s/√n from a count, a mean and a sample variance; `None` of fewer than two values.
pub(super) fn t_estimate(
    count: u64,
    mean: f64,
    variance: f64,
    level: Confidence,
) -> Option<Estimate> {
    if count < 2 {
        return None;
    }
    let reach = t_quantile(count as f64 - 1.0, level) * (variance / count as f64).sqrt();
    let interval = Interval { low: mean - reach, high: mean + reach };
    Some(Estimate { value: mean, interval })
}

/// The mean with its Student-t interval; `None` of fewer than two values.
#[must_use]
pub fn mean_interval(values: &[f64], level: Confidence) -> Option<Estimate> {
    t_estimate(values.len() as u64, mean(values)?, variance(values)?, level)
}

/// Chance of a |t| this large or larger when the true mean is 0, with `freedom` degrees (≥ 1).
#[must_use]
pub(crate) fn two_sided_p_value(t: f64, freedom: f64) -> f64 {
    (2.0 * students_t(freedom).cdf(-t.abs())).min(1.0)
}

/// Pairs that must differ by the same before that says anything: an interval of no width comes from a
/// variance of 0, which few runs show by chance. The sign test is the one that asks for no variance; of fewer
/// than six pairs its p-value, 2 · 2⁻ⁿ, is never below 0.05.
const ALIKE: u64 = 6;

/// What two arms under the same seeds differ by.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairedDifference {
    /// Number of seeds both arms share.
    pub pairs: u64,
    /// Mean of a − b with its Student-t interval.
    pub difference: Estimate,
    /// Standard error of that mean.
    pub standard_error: f64,
    /// For adjustment over a family ([`super::stand_out`]); never to be shown alone, since it can be made
    /// as small as one likes by adding runs.
    pub(crate) p_value: f64,
    /// Share of the variance that sharing seeds removed, at most 1; `None` when neither arm varies.
    pub variance_removed: Option<f64>,
}

impl PairedDifference {
    /// On which side of 0 the whole interval lies; 0 where it holds 0, or has no width and too few pairs.
    #[must_use]
    pub fn side(&self) -> f64 {
        let has_width = self.standard_error > ROUNDING * self.difference.value.abs();
        let says = self.difference.interval.excludes(0.0) && (has_width || self.pairs >= ALIKE);
        if says { self.difference.value.signum() } else { 0.0 }
    }

    /// From the moments of the differences and of each arm; `None` of fewer than two pairs.
    pub(super) fn from_moments(
        pairs: u64,
        mean: f64,
        variances: (f64, f64, f64),
        level: Confidence,
    ) -> Option<Self> {
        let (of_difference, of_a, of_b) = variances;
        let standard_error = (of_difference / pairs as f64).sqrt();
        let no_width = standard_error <= ROUNDING * mean.abs();
        let p_value = match (mean == 0.0, no_width) {
            (true, _) => 1.0,
            (false, true) if pairs < ALIKE => 1.0,
            (false, true) => 0.0,
            (false, false) => two_sided_p_value(mean / standard_error, pairs as f64 - 1.0),
        };
        Some(PairedDifference {
            pairs,
            difference: t_estimate(pairs, mean, of_difference, level)?,
            standard_error,
            p_value,
            variance_removed: variance_removed_by_pairing(of_difference, of_a, of_b),
        })
    }
}

/// The paired difference a − b, seed by seed; `None` of fewer than two pairs.
///
/// # Panics
/// When the two arms are not of the same length: they then do not share their seeds.
#[must_use]
pub fn paired_difference(a: &[f64], b: &[f64], level: Confidence) -> Option<PairedDifference> {
    assert_eq!(a.len(), b.len(), "paired arms have one value for each shared seed");
    let differences: Vec<f64> = a.iter().zip(b).map(|(a, b)| a - b).collect();
    let variances = (variance(&differences)?, variance(a)?, variance(b)?);
    PairedDifference::from_moments(a.len() as u64, mean(&differences)?, variances, level)
}

#[cfg(test)]
mod tests {
    use super::super::super::draws::{Purpose, stream};
    use super::*;
    use rand_distr::{Distribution, StandardNormal};

    const A: [f64; 8] = [5.1, 4.8, 6.0, 5.5, 7.2, 6.6, 5.9, 6.1];
    const B: [f64; 8] = [4.9, 4.1, 5.2, 5.6, 6.1, 6.0, 5.0, 5.7];

    fn close(got: f64, wanted: f64) {
        let error = (got - wanted).abs() / wanted.abs().max(1e-300);
        assert!(error < 1e-9, "{got} is not {wanted}");
    }

    /// `scipy.stats.t.ppf(0.975, df)` and `(0.95, df)`, SciPy 1.17.1.
    #[test]
    fn t_quantiles_are_those_of_scipy() {
        let wanted = [
            (1.0, 12.706204736174694, 6.313751514675037),
            (2.0, 4.302652729749462, 2.9199855803537242),
            (4.0, 2.7764451051977934, 2.1318467863266495),
            (9.0, 2.262157162798205, 1.833112932656237),
            (19.0, 2.0930240544083087, 1.7291328115213682),
            (199.0, 1.9719565442517533, 1.6525467461665633),
            (9999.0, 1.960201263621357, 1.6450060333112988),
        ];
        for (freedom, at_95, at_90) in wanted {
            close(t_quantile(freedom, Confidence::NINETY_FIVE), at_95);
            close(t_quantile(freedom, Confidence::NINETY), at_90);
        }
    }

    /// `2 * scipy.stats.t.sf(abs(t), df)`, SciPy 1.17.1.
    #[test]
    fn p_values_are_those_of_scipy() {
        close(two_sided_p_value(2.0, 1.0), 0.2951672353008665);
        close(two_sided_p_value(0.3, 7.0), 0.7728900504021342);
        close(two_sided_p_value(5.0, 30.0), 2.32966854670078e-05);
        close(two_sided_p_value(-2.2621571627409915, 9.0), 0.05000000000467571);
    }

    /// `scipy.stats.ttest_rel(a, b).confidence_interval(0.95)`, SciPy 1.17.1.
    #[test]
    fn a_paired_difference_is_that_of_scipy() {
        let got = paired_difference(&A, &B, Confidence::NINETY_FIVE).unwrap();
        close(got.difference.value, 0.575);
        close(got.difference.interval.low, 0.24737852743321798);
        close(got.difference.interval.high, 0.9026214725667819);
        close(got.p_value, 0.004294605860159933);
        close(got.variance_removed.unwrap(), 0.8530416951469582);
        assert_eq!(got.pairs, 8);
        assert!(got.difference.interval.excludes(0.0));
    }

    /// `scipy.stats.ttest_1samp(a, 0).confidence_interval(0.90)`, SciPy 1.17.1.
    #[test]
    fn the_interval_of_a_mean_is_that_of_scipy() {
        let got = mean_interval(&A, Confidence::NINETY).unwrap();
        close(got.interval.low, 5.378683412864486);
        close(got.interval.high, 6.4213165871355145);
        assert_eq!(mean_interval(&[1.0], Confidence::NINETY), None);
    }

    #[test]
    fn arms_that_never_differ_are_not_told_apart_and_a_constant_shift_is_certain() {
        let same = paired_difference(&A, &A, Confidence::NINETY_FIVE).unwrap();
        assert_eq!((same.difference.value, same.p_value), (0.0, 1.0));
        assert_eq!(same.variance_removed, Some(1.0));
        let shifted = A.map(|value| value + 1.0);
        let shift = paired_difference(&shifted, &A, Confidence::NINETY_FIVE).unwrap();
        assert_eq!((shift.p_value, shift.side()), (0.0, 1.0));
        close(shift.difference.interval.low, 1.0);
    }

    #[test]
    fn an_interval_of_no_width_says_nothing_of_fewer_than_six_pairs() {
        let difference = |pairs: usize, shift: f64| {
            let first: Vec<f64> = (0..pairs).map(|pair| pair as f64).collect();
            let other: Vec<f64> = first.iter().map(|value| value - shift).collect();
            paired_difference(&other, &first, Confidence::NINETY_FIVE).unwrap()
        };
        for pairs in 2..9 {
            let alike = difference(pairs, 3.0);
            assert_eq!(alike.difference.interval, Interval { low: -3.0, high: -3.0 });
            let wanted = if pairs < 6 { (1.0, 0.0) } else { (0.0, -1.0) };
            assert_eq!((alike.p_value, alike.side()), wanted, "{pairs}");
            // Digits that rounding leaves are no width.
            let rounded = difference(pairs, 0.1);
            assert_eq!(rounded.side() != 0.0, pairs >= 6, "{pairs}: {rounded:?}");
        }
        let apart = paired_difference(&[2.0, 2.1], &[1.0, 1.0], Confidence::NINETY_FIVE).unwrap();
        assert!(
            apart.p_value < 0.05 && apart.side() > 0.0,
            "an interval with a width is judged by it"
        );
    }

    #[test]
    fn t_intervals_of_normal_pairs_hold_the_truth_nineteen_times_in_twenty() {
        let (repetitions, pairs, truth) = (4000, 6, 0.7);
        let mut held = 0;
        for repetition in 0..repetitions {
            let mut rng = stream(20, Purpose::Bootstrap, repetition);
            let mut normal = || -> f64 { StandardNormal.sample(&mut rng) };
            let (a, b): (Vec<f64>, Vec<f64>) = (0..pairs)
                .map(|_| {
                    let shared = 3.0 * normal();
                    (shared + truth + normal(), shared + normal())
                })
                .unzip();
            let got = paired_difference(&a, &b, Confidence::NINETY_FIVE).unwrap();
            held += u32::from(got.difference.interval.holds(truth));
        }
        // Three standard errors of a share of 0.95 over 4,000 trials are 0.0103.
        let share = f64::from(held) / repetitions as f64;
        assert!((share - 0.95).abs() < 0.0104, "held {share} of the time");
    }
}
