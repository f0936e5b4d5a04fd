//! Correlation, of values and of ranks.

use super::mean::mean;

/// Pearson's correlation, −1 to 1; `None` when either side does not vary.
///
/// # Panics
/// When the two sides are not of the same length.
#[must_use]
pub(crate) fn correlation(a: &[f64], b: &[f64]) -> Option<f64> {
    assert_eq!(a.len(), b.len(), "each value has its partner");
    let (centre_a, centre_b) = (mean(a)?, mean(b)?);
    let (mut aa, mut bb, mut ab) = (0.0, 0.0, 0.0);
    for (a, b) in a.iter().zip(b) {
        let (a, b) = (a - centre_a, b - centre_b);
        aa += a * a;
        bb += b * b;
        ab += a * b;
    }
    (aa > 0.0 && bb > 0.0).then(|| (ab / (aa * bb).sqrt()).clamp(-1.0, 1.0))
}

/// Spearman's rank correlation, −1 to 1, ties sharing their mean rank; `None` when either side does
/// not vary.
#[must_use]
pub fn rank_correlation(a: &[f64], b: &[f64]) -> Option<f64> {
    correlation(&ranks(a), &ranks(b))
}

/// Spearman's rank correlation with its 95 % interval by Fisher's transformation, whose spread is
/// 1.03 / √(n − 3) (Fieller, Hartley and Pearson 1957); `None` when either side does not vary or there are
/// fewer than ten pairs.
#[must_use]
pub fn association(a: &[f64], b: &[f64]) -> Option<(f64, f64, f64)> {
    const FEWEST: usize = 10;
    let found = rank_correlation(a, b).filter(|_| a.len() >= FEWEST)?;
    let spread = 1.96 * 1.03 / ((a.len() - 3) as f64).sqrt();
    let moved = |by: f64| libm::tanh(libm::atanh(found) + by);
    Some((found, moved(-spread), moved(spread)))
}

/// Ranks from 1, ties sharing the mean of theirs.
#[must_use]
pub fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut start = 0;
    while start < order.len() {
        let tied = order[start..].iter().take_while(|&&i| values[i] == values[order[start]]);
        let end = start + tied.count().max(1);
        let shared = (start + 1 + end) as f64 / 2.0;
        order[start..end].iter().for_each(|&index| ranks[index] = shared);
        start = end;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_an_association_is_fishers_and_few_pairs_have_none() {
        let a: Vec<f64> = (0..20).map(f64::from).collect();
        let b: Vec<f64> = (0..20).map(|it| f64::from((it * 7) % 20)).collect();
        let (found, low, high) = association(&a, &b).unwrap();
        assert_eq!(Some(found), rank_correlation(&a, &b));
        let half = 1.96 * 1.03 / 17f64.sqrt();
        assert!((libm::atanh(high) - libm::atanh(found) - half).abs() < 1e-12);
        assert!((libm::atanh(found) - libm::atanh(low) - half).abs() < 1e-12);
        assert_eq!(association(&a, &a), Some((1.0, 1.0, 1.0)));
        assert_eq!(association(&a[..9], &b[..9]), None);
        assert_eq!(association(&a, &[1.0; 20]), None);
    }

    /// `scipy.stats.spearmanr([1, 2, 3, 4, 5, 6, 7], [2, 2, 1, 5, 4, 9, 9])`, SciPy 1.17.1.
    #[test]
    fn rank_correlation_with_ties_is_that_of_scipy() {
        let a = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0];
        let b = [2.0, 2.0, 1.0, 5.0, 4.0, 9.0, 9.0];
        assert!((rank_correlation(&a, &b).unwrap() - 0.8365019125713042).abs() < 1e-14);
        assert_eq!(ranks(&b), [2.5, 2.5, 1.0, 5.0, 4.0, 6.5, 6.5]);
    }

    #[test]
    fn whatever_rises_together_has_rank_correlation_one() {
        let a = [0.1, 5.0, 2.0];
        let b = [1.0, 1e9, 3.0];
        assert_eq!(rank_correlation(&a, &b), Some(1.0));
        assert_eq!(rank_correlation(&a, &[4.0, 4.0, 4.0]), None);
        assert_eq!(rank_correlation(&[], &[]), None);
    }
}
