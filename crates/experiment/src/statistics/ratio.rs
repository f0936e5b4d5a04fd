//! One mean for each unit of another, such as deaths averted for each billion spent, with an interval
//! that knows that both are uncertain and move together from run to run.

use super::interval::{Confidence, Estimate, Interval, t_quantile};
use super::streaming::Moments;

/// Pairs (what is gained, what is spent) while runs come in: 56 bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct RatioMoments {
    pub above: Moments,
    pub below: Moments,
    /// Sum of the products of both distances from their means.
    products: f64,
}

impl RatioMoments {
    /// Runs in order, so that sums have the same bits.
    pub fn push(&mut self, above: f64, below: f64) {
        let step = above - self.above.mean().unwrap_or(0.0);
        self.above.push(above);
        self.below.push(below);
        self.products += step * (below - self.below.mean().unwrap_or(0.0));
    }

    /// Mean above over mean below, ȳ/x̄, with Fieller's (1954) interval: all ρ for which ȳ − ρx̄ does not
    /// differ from 0 at the level, hence the roots of
    /// (x̄² − t²sₓ²/n)ρ² − 2(x̄ȳ − t²sₓᵧ/n)ρ + (ȳ² − t²sᵧ²/n). It is bounded only where Student's interval
    /// of x̄ excludes 0; elsewhere, and of fewer than two runs, `None`: a ratio to what may be nothing
    /// says nothing.
    #[must_use]
    pub fn ratio(&self, level: Confidence) -> Option<Estimate> {
        let (y, x) = (self.above.mean()?, self.below.mean()?);
        let runs = self.below.count() as f64;
        let (of_y, of_x) = (self.above.variance()?, self.below.variance()?);
        let covariance = self.products / (runs - 1.0);
        let t = t_quantile(runs - 1.0, level);
        let reach = t * t / runs;
        let square = x * x - reach * of_x;
        if square <= 0.0 {
            return None;
        }
        let linear = x * y - reach * covariance;
        let constant = y * y - reach * of_y;
        // Not below 0 where the interval is bounded, but for rounding.
        let root = (linear * linear - square * constant).max(0.0).sqrt();
        let interval = Interval { low: (linear - root) / square, high: (linear + root) / square };
        Some(Estimate { value: y / x, interval })
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::draws::{Purpose, stream};
    use super::*;
    use rand_distr::{Distribution, StandardNormal};

    fn of(pairs: impl IntoIterator<Item = (f64, f64)>) -> RatioMoments {
        let mut moments = RatioMoments::default();
        pairs.into_iter().for_each(|(above, below)| moments.push(above, below));
        moments
    }

    #[test]
    fn with_a_sum_that_does_not_vary_the_interval_is_that_of_the_mean_divided_by_it() {
        let gains = [3.0, 5.0, 4.0, 8.0];
        let ratio = of(gains.map(|gain| (gain, 2.0))).ratio(Confidence::NINETY_FIVE).unwrap();
        let mean: Moments = gains.into_iter().collect();
        let mean = mean.interval(Confidence::NINETY_FIVE).unwrap();
        assert!((ratio.value - mean.value / 2.0).abs() < 1e-12);
        assert!((ratio.interval.low - mean.interval.low / 2.0).abs() < 1e-12);
        assert!((ratio.interval.high - mean.interval.high / 2.0).abs() < 1e-12);
    }

    #[test]
    fn gains_in_proportion_to_what_is_spent_leave_no_doubt_about_the_ratio() {
        let ratio = of([1.0, 2.0, 4.0, 5.0].map(|spent| (3.0 * spent, spent)));
        let ratio = ratio.ratio(Confidence::NINETY_FIVE).unwrap();
        assert!(
            (ratio.interval.low - 3.0).abs() < 1e-6 && (ratio.interval.high - 3.0).abs() < 1e-6
        );
    }

    #[test]
    fn there_is_no_ratio_to_what_may_be_nothing() {
        let level = Confidence::NINETY_FIVE;
        assert_eq!(of([(1.0, -1.0), (2.0, 1.5), (3.0, 0.2)]).ratio(level), None);
        assert_eq!(of([(1.0, 5.0)]).ratio(level), None);
        assert_eq!(of([]).ratio(level), None);
        assert_eq!(of([(1.0, 0.0), (2.0, 0.0)]).ratio(level), None);
    }

    #[test]
    fn fiellers_interval_holds_the_truth_about_nineteen_times_in_twenty() {
        let repetitions = 2000;
        let held = (0..repetitions).filter(|&repetition| {
            let mut rng = stream(5, Purpose::LatinHypercube, repetition);
            let pairs = (0..8).map(|_| {
                let (shared, own): (f64, f64) =
                    (StandardNormal.sample(&mut rng), StandardNormal.sample(&mut rng));
                (12.0 + 3.0 * shared + own, 6.0 + shared)
            });
            of(pairs).ratio(Confidence::NINETY_FIVE).unwrap().interval.holds(2.0)
        });
        // Three standard errors over 2,000 trials are 0.015.
        let share = held.count() as f64 / repetitions as f64;
        assert!((0.935..=0.965).contains(&share), "held {share} of the time");
    }
}
