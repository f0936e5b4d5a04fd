//! How much of what looks like sensitivity may be the luck of the replicates.

use super::NoSensitivity;

/// The share, 0 to 1, of the variance between the points' means that replicate noise alone explains;
/// `outcomes` holds for each point its outcome under each shared seed. Near 0: the indices speak of
/// the axes; near 1: more replicates are needed before they say anything.
///
/// With yₚᵣ at point p under seed r, what a seed does to all points alike cancels from any comparison
/// of points, so that the noise is the residual of the two-way table:
/// σ² = Σ (yₚᵣ − ȳₚ − ȳᵣ + ȳ)² / ((P − 1)(R − 1)), and the share is (σ²/R) / var(ȳₚ).
///
/// # Errors
/// When there are fewer than two points or replicates, when points differ in their number of
/// replicates, when an outcome is not finite, or when all means are the same.
pub fn replicate_noise(outcomes: &[Vec<f64>]) -> Result<f64, NoSensitivity> {
    let points = outcomes.len();
    let replicates = outcomes.first().map_or(0, Vec::len);
    if replicates < 2 {
        return Err(NoSensitivity::TooFewReplicates { found: replicates });
    }
    if points < 2 {
        return Err(NoSensitivity::OutcomesMissing { found: points, wanted: 2 });
    }
    for (point, row) in outcomes.iter().enumerate() {
        if row.len() != replicates {
            let (found, wanted) = (row.len(), replicates);
            return Err(NoSensitivity::RaggedReplicates { point, found, wanted });
        }
        if let Some(&found) = row.iter().find(|outcome| !outcome.is_finite()) {
            return Err(NoSensitivity::NotANumber { point, found });
        }
    }
    let of_point: Vec<f64> =
        outcomes.iter().map(|row| row.iter().sum::<f64>() / replicates as f64).collect();
    let of_seed = |seed: usize| outcomes.iter().map(|row| row[seed]).sum::<f64>() / points as f64;
    let of_seed: Vec<f64> = (0..replicates).map(of_seed).collect();
    let overall = of_point.iter().sum::<f64>() / points as f64;
    let between: f64 = of_point.iter().map(|mean| (mean - overall) * (mean - overall)).sum();
    if between == 0.0 {
        return Err(NoSensitivity::NothingMoves { value: overall });
    }
    let mut residual = 0.0;
    for (row, mean) in outcomes.iter().zip(&of_point) {
        for (outcome, seed) in row.iter().zip(&of_seed) {
            let rest = outcome - mean - seed + overall;
            residual += rest * rest;
        }
    }
    // The factor 1/(P − 1) stands above and below and cancels.
    let noise = residual / (replicates - 1) as f64 / replicates as f64;
    Ok((noise / between).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::super::super::draws::{Purpose, stream, uniform};
    use super::*;

    #[test]
    fn luck_that_all_points_share_is_no_noise() {
        let table: Vec<Vec<f64>> =
            (0..6).map(|p| (0..4).map(|r| f64::from(p) + 100.0 * f64::from(r)).collect()).collect();
        assert!(replicate_noise(&table).unwrap() < 1e-20);
    }

    #[test]
    fn points_that_differ_by_luck_alone_are_all_noise_and_replicates_thin_it() {
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
    fn a_table_with_a_hole_is_refused() {
        let hole = replicate_noise(&[vec![1.0, 2.0], vec![1.0]]).unwrap_err();
        assert_eq!(hole.to_string(), "point 1 has outcomes of 1 replicates where the first has 2");
        assert_eq!(
            replicate_noise(&[vec![1.0], vec![1.0]]).unwrap_err().to_string(),
            "1 replicates: two or more are needed to show their noise"
        );
    }
}
