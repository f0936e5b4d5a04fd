//! Means, variances and paired contrasts while runs come in: a few numbers each, however many runs.
//! Floats added in another order differ in their last bits, so runs are pushed in the order of the plan.

use super::interval::{Confidence, Estimate, PairedDifference, t_estimate};
use super::rounding::{Range, difference};
use serde::{Deserialize, Serialize};

/// Count, mean and sum of squares about the mean (Welford 1962): 24 bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Moments {
    count: u64,
    mean: f64,
    squares: f64,
}

impl Moments {
    /// Takes in one value.
    pub fn push(&mut self, value: f64) {
        self.count += 1;
        let step = value - self.mean;
        self.mean += step / self.count as f64;
        self.squares += step * (value - self.mean);
    }

    /// How many values there were.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Their mean; `None` of no value.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then_some(self.mean)
    }

    /// Sample variance, dividing by n − 1; `None` of fewer than two values.
    #[must_use]
    pub fn variance(&self) -> Option<f64> {
        (self.count > 1).then(|| self.squares / (self.count - 1) as f64)
    }

    /// The mean with its Student-t interval; `None` of fewer than two values.
    #[must_use]
    pub fn interval(&self, level: Confidence) -> Option<Estimate> {
        t_estimate(self.count, self.mean, self.variance()?, level)
    }
}

impl FromIterator<f64> for Moments {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let mut moments = Moments::default();
        values.into_iter().for_each(|value| moments.push(value));
        moments
    }
}

/// Two arms under the same seeds: 88 bytes, however many seeds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct PairedMoments {
    pub a: Moments,
    pub b: Moments,
    /// Of a − b, seed by seed, but for rounding.
    pub difference: Moments,
    /// Of both arms.
    range: Range,
}

impl PairedMoments {
    /// What both arms gave under one seed.
    pub fn push(&mut self, a: f64, b: f64) {
        self.a.push(a);
        self.b.push(b);
        self.difference.push(difference(a, b));
        self.range.push(a);
        self.range.push(b);
    }

    /// Whether all runs of both arms gave the same, but for rounding.
    #[must_use]
    pub(crate) fn is_constant(&self) -> bool {
        self.range.is_constant()
    }

    /// `None` of fewer than two seeds.
    #[must_use]
    pub(crate) fn contrast(&self, level: Confidence) -> Option<PairedDifference> {
        let of_difference = self.difference.variance()?;
        let (of_a, of_b) = match self.is_constant() {
            true => (0.0, 0.0),
            false => (self.a.variance()?, self.b.variance()?),
        };
        let variances = (of_difference, of_a, of_b);
        let mean = self.difference.mean()?;
        PairedDifference::from_moments(self.difference.count(), mean, variances, level)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{mean, mean_interval, paired_difference, variance};
    use super::*;

    fn close(got: f64, wanted: f64) {
        assert!((got - wanted).abs() <= 1e-12 * wanted.abs().max(1.0), "{got} is not {wanted}");
    }

    fn outcomes(count: u32) -> Vec<f64> {
        (0..count).map(|i| 1e6 + 300.0 * libm::sin(f64::from(i) * 1.7)).collect()
    }

    #[test]
    fn streaming_gives_what_all_values_together_give() {
        let values = outcomes(500);
        let moments: Moments = values.iter().copied().collect();
        close(moments.mean().unwrap(), mean(&values).unwrap());
        let wanted = variance(&values).unwrap();
        assert!((moments.variance().unwrap() - wanted).abs() < 1e-9 * wanted);
        let (got, wanted) = (
            moments.interval(Confidence::NINETY_FIVE).unwrap(),
            mean_interval(&values, Confidence::NINETY_FIVE).unwrap(),
        );
        close(got.interval.low, wanted.interval.low);
    }

    #[test]
    fn a_contrast_met_run_by_run_is_the_one_of_all_runs_together() {
        let (a, b) = ([5.0, 7.5, 6.0, 9.0, 8.0], [4.0, 7.0, 6.5, 7.0, 7.5]);
        let mut moments = PairedMoments::default();
        for seed in 0..5 {
            moments.push(a[seed], b[seed]);
        }
        let got = moments.contrast(Confidence::NINETY).unwrap();
        let wanted = paired_difference(&a, &b, Confidence::NINETY).unwrap();
        close(got.difference.value, wanted.difference.value);
        close(got.difference.interval.low, wanted.difference.interval.low);
        close(got.p_value, wanted.p_value);
        close(got.variance_removed.unwrap(), wanted.variance_removed.unwrap());
        assert_eq!(PairedMoments::default().contrast(Confidence::NINETY), None);
    }

    #[test]
    fn what_rounding_alone_tells_apart_is_no_difference_and_no_variance_to_remove() {
        let mut constant = PairedMoments::default();
        for seed in 0..5 {
            let digits = 1e-12 * f64::from(seed);
            constant.push(0.1 + digits, 0.1 - digits);
        }
        assert!(constant.is_constant());
        let contrast = constant.contrast(Confidence::NINETY).unwrap();
        assert_eq!((contrast.difference.value, contrast.p_value), (0.0, 1.0));
        assert_eq!(contrast.variance_removed, None);
        // Seeds differ, arms do not.
        let mut alike = PairedMoments::default();
        for seed in 0..5 {
            let value = 100.0 + f64::from(seed);
            alike.push(value + 1e-11, value);
        }
        assert!(!alike.is_constant());
        let contrast = alike.contrast(Confidence::NINETY).unwrap();
        assert_eq!((contrast.difference.value, contrast.p_value), (0.0, 1.0));
        assert_eq!(contrast.variance_removed, Some(1.0));
    }
}
