//! How much of what looks like sensitivity may be the random numbers of the replicates.

use super::NoSensitivity;
use crate::statistics::{Moments, Range};

/// The share, 0 to 1, of the variance between the points' means that replicate noise alone explains.
/// Near 0: the indices speak of the axes; near 1: more replicates are needed before they say anything.
///
/// With yₚᵣ at point p under seed r, what a seed does to all points alike cancels from any comparison
/// of points, so that the noise is the residual of the two-way table:
/// σ² = Σ (yₚᵣ − ȳₚ − ȳᵣ + ȳ)² / ((P − 1)(R − 1)), and the share is (σ²/R) / var(ȳₚ).
///
/// Replicates come in one after the other: each is centred on its own mean ȳᵣ, and of what remains a
/// mean and a sum of squares are kept for each point (Welford 1962). Memory grows with the points, not
/// with the replicates.
#[derive(Clone, Debug)]
pub(crate) struct ReplicateNoise {
    /// By point: its outcomes, and the same less the mean of their replicate.
    points: Vec<(Moments, Moments)>,
    replicates: usize,
    /// The first thing that was wrong with a replicate.
    wrong: Option<NoSensitivity>,
}

impl ReplicateNoise {
    #[must_use]
    pub fn new(points: usize) -> Self {
        let points = vec![(Moments::default(), Moments::default()); points];
        ReplicateNoise { points, replicates: 0, wrong: None }
    }

    /// Adds the outcomes of all points under one seed.
    pub fn push(&mut self, outcomes: &[f64]) {
        let wanted = self.points.len();
        self.replicates += 1;
        if outcomes.len() != wanted {
            let replicate = self.replicates - 1;
            let found = outcomes.len();
            self.wrong.get_or_insert(NoSensitivity::HoleInReplicate { replicate, found, wanted });
            return;
        }
        if let Some(point) = outcomes.iter().position(|outcome| !outcome.is_finite()) {
            let found = outcomes[point];
            self.wrong.get_or_insert(NoSensitivity::NotANumber { point, found });
            return;
        }
        let of_seed = outcomes.iter().sum::<f64>() / wanted as f64;
        for ((plain, centred), outcome) in self.points.iter_mut().zip(outcomes) {
            plain.push(*outcome);
            centred.push(outcome - of_seed);
        }
    }

    /// # Errors
    /// When there are fewer than two points or replicates, when a point lacks a replicate, when an
    /// outcome is not finite, or when all means are the same.
    pub fn share(&self) -> Result<f64, NoSensitivity> {
        let (points, replicates) = (self.points.len(), self.replicates);
        if replicates < 2 {
            return Err(NoSensitivity::TooFewReplicates { found: replicates });
        }
        if points < 2 {
            return Err(NoSensitivity::OutcomesMissing { found: points, wanted: 2 });
        }
        if let Some(wrong) = &self.wrong {
            return Err(wrong.clone());
        }
        let mean = |moments: &Moments| moments.mean().unwrap_or(f64::NAN);
        if self.points.iter().map(|(plain, _)| mean(plain)).collect::<Range>().is_constant() {
            return Err(NoSensitivity::NothingMoves { value: mean(&self.points[0].0) });
        }
        let overall = self.points.iter().map(|(plain, _)| mean(plain)).sum::<f64>() / points as f64;
        let squared = |(plain, _): &(Moments, Moments)| {
            let apart = mean(plain) - overall;
            apart * apart
        };
        let between: f64 = self.points.iter().map(squared).sum();
        // The factor 1/(P − 1) stands above and below and cancels; a variance is a sum of squares over
        // R − 1.
        let residual = |(_, centred): &(Moments, Moments)| centred.variance().unwrap_or(0.0);
        let noise = self.points.iter().map(residual).sum::<f64>() / replicates as f64;
        Ok((noise / between).min(1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::draws::{Purpose, stream, uniform};
    use super::*;

    /// `table` by point, then by replicate.
    fn replicate_noise(table: &[Vec<f64>]) -> Result<f64, NoSensitivity> {
        let mut noise = ReplicateNoise::new(table.len());
        for seed in 0..table.iter().map(Vec::len).max().unwrap_or(0) {
            let row: Vec<f64> = table.iter().filter_map(|row| row.get(seed).copied()).collect();
            noise.push(&row);
        }
        noise.share()
    }

    #[test]
    fn the_streamed_share_is_that_of_the_two_way_table() {
        let mut rng = stream(7, Purpose::LatinHypercube, 0);
        let mut row = |p: u32| -> Vec<f64> {
            (0..5).map(|_| f64::from(p) * 0.1 + uniform(&mut rng)).collect()
        };
        let table: Vec<Vec<f64>> = (0..9).map(&mut row).collect();
        let of_point: Vec<f64> = table.iter().map(|row| row.iter().sum::<f64>() / 5.0).collect();
        let of_seed = |r: usize| table.iter().map(|row| row[r]).sum::<f64>() / 9.0;
        let overall = of_point.iter().sum::<f64>() / 9.0;
        let mut residual = 0.0;
        for (row, mean) in table.iter().zip(&of_point) {
            for (r, y) in row.iter().enumerate() {
                residual += (y - mean - of_seed(r) + overall) * (y - mean - of_seed(r) + overall);
            }
        }
        let between: f64 = of_point.iter().map(|mean| (mean - overall) * (mean - overall)).sum();
        let share = residual / 4.0 / 5.0 / between;
        assert!((replicate_noise(&table).unwrap() - share).abs() < 1e-12);
    }

    #[test]
    fn random_numbers_that_all_points_share_are_no_noise() {
        let table: Vec<Vec<f64>> =
            (0..6).map(|p| (0..4).map(|r| f64::from(p) + 100.0 * f64::from(r)).collect()).collect();
        assert!(replicate_noise(&table).unwrap() < 1e-20);
    }

    #[test]
    fn points_that_differ_by_random_numbers_alone_are_all_noise_and_replicates_thin_it() {
        let table = |replicates: usize, effect: f64| -> Vec<Vec<f64>> {
            let mut rng = stream(1, Purpose::LatinHypercube, 0);
            let row = |p: u32| -> Vec<f64> {
                (0..replicates).map(|_| effect * f64::from(p) + uniform(&mut rng)).collect()
            };
            (0..400).map(row).collect()
        };
        assert!(replicate_noise(&table(10, 0.0)).unwrap() > 0.9);
        let (few, many) = (table(5, 0.001), table(50, 0.001));
        assert!(replicate_noise(&many).unwrap() < replicate_noise(&few).unwrap() / 3.0);
    }

    #[test]
    fn points_that_differ_in_their_last_digits_do_not_differ() {
        let row = |p: u32| (0..4).map(|r| 0.1 + 1e-13 * f64::from(p * r)).collect();
        let table: Vec<Vec<f64>> = (0..6).map(row).collect();
        let refused = replicate_noise(&table).unwrap_err();
        assert!(matches!(refused, NoSensitivity::NothingMoves { .. }), "{refused}");
    }

    #[test]
    fn a_table_with_a_hole_is_refused() {
        let hole = replicate_noise(&[vec![1.0, 2.0], vec![1.0]]).unwrap_err();
        assert_eq!(hole.to_string(), "replicate 1 has outcomes of 1 points, not of 2");
        assert_eq!(
            replicate_noise(&[vec![1.0], vec![1.0]]).unwrap_err().to_string(),
            "1 replicates: two or more are needed to show their noise"
        );
    }
}
