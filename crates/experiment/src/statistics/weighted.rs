//! Values that do not all count the same.

use super::rank::ranks;

/// Mean by weights; `None` where nothing counts.
#[must_use]
pub fn weighted_mean(values: &[f64], weights: &[f64]) -> Option<f64> {
    let total: f64 = weights.iter().sum();
    let sum: f64 = values.iter().zip(weights).map(|(value, weight)| value * weight).sum();
    (total > 0.0).then(|| sum / total)
}

/// The value below which a part `p` of the weight lies: straight between values, each standing in the middle
/// of its own weight; `None` where nothing counts.
#[must_use]
pub fn weighted_quantile(values: &[f64], weights: &[f64], p: f64) -> Option<f64> {
    let mut order: Vec<usize> = (0..values.len()).filter(|at| weights[*at] > 0.0).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let total: f64 = order.iter().map(|at| weights[*at]).sum();
    let wanted = p * total;
    let (mut passed, mut before) = (0.0, None);
    for at in order {
        let (middle, value) = (passed + weights[at] / 2.0, values[at]);
        if middle >= wanted {
            return Some(match before {
                None => value,
                Some((below, low)) => low + (wanted - below) / (middle - below) * (value - low),
            });
        }
        before = Some((middle, value));
        passed += weights[at];
    }
    before.map(|(_, value)| value)
}

/// Spearman's rank correlation, each pair with its weight; `None` when either side does not vary.
#[must_use]
pub fn weighted_rank_correlation(a: &[f64], b: &[f64], weights: &[f64]) -> Option<f64> {
    let (a, b) = (ranks(a), ranks(b));
    let (centre_a, centre_b) = (weighted_mean(&a, weights)?, weighted_mean(&b, weights)?);
    let (mut aa, mut bb, mut ab) = (0.0, 0.0, 0.0);
    for ((a, b), weight) in a.iter().zip(&b).zip(weights) {
        let (a, b) = (a - centre_a, b - centre_b);
        aa += weight * a * a;
        bb += weight * b * b;
        ab += weight * a * b;
    }
    (aa > 0.0 && bb > 0.0).then(|| (ab / (aa * bb).sqrt()).clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::super::rank::rank_correlation;
    use super::*;

    #[test]
    fn a_weight_of_two_counts_as_two_of_weight_one() {
        let (values, weights) = ([4.0, 1.0, 9.0], [1.0, 2.0, 1.0]);
        assert_eq!(weighted_mean(&values, &weights), Some(3.75));
        // In order 1 (middle of its weight at 1), 4 (at 2.5), 9 (at 3.5); half of 4 is 2.
        let median = weighted_quantile(&values, &weights, 0.5).unwrap();
        assert!((median - 3.0).abs() < 1e-12, "{median}");
        assert_eq!(weighted_quantile(&values, &weights, 0.0), Some(1.0));
        assert_eq!(weighted_quantile(&values, &weights, 1.0), Some(9.0));
        assert_eq!(weighted_quantile(&values, &[0.0; 3], 0.5), None);
    }

    #[test]
    fn equal_weights_give_the_rank_correlation_and_a_pair_without_weight_counts_for_nothing() {
        let (a, b) = ([1.0, 2.0, 3.0, 4.0], [2.0, 1.0, 4.0, 3.0]);
        let equal = weighted_rank_correlation(&a, &b, &[0.25; 4]).unwrap();
        assert!((equal - rank_correlation(&a, &b).unwrap()).abs() < 1e-12);
        let without = weighted_rank_correlation(&a, &b, &[1.0, 0.0, 1.0, 0.0]);
        assert_eq!(without, Some(1.0));
    }
}
