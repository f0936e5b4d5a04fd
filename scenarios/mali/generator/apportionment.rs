//! Whole numbers in proportion to weights, summing exactly.

use toguna::units::{narrow, whole_part};

/// Divides `total` over `weights` by largest remainder (Hamilton's method): each share is rounded
/// down, then the units left over go to the largest remainders, the earlier weight first when equal.
///
/// Weights must not be negative and must not all be zero.
pub fn largest_remainder(total: u64, weights: &[f64]) -> Vec<u64> {
    let sum: f64 = weights.iter().sum();
    assert!(sum > 0.0, "something must have weight");
    let quotas: Vec<f64> = weights.iter().map(|weight| total as f64 * weight / sum).collect();
    let mut shares: Vec<u64> = quotas.iter().map(|quota| whole_part(*quota).into()).collect();
    let left = total - shares.iter().sum::<u64>();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    let remainder = |i: usize| quotas[i] - quotas[i].floor();
    order.sort_by(|&a, &b| remainder(b).total_cmp(&remainder(a)));
    for &i in order.iter().take(narrow(left)) {
        shares[i] += 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_units_left_over_go_to_the_largest_remainders() {
        // Quotas 4.7, 3.2, 2.1: rounded down 4, 3, 2, and the tenth to the first.
        assert_eq!(largest_remainder(10, &[4.7, 3.2, 2.1]), [5, 3, 2]);
    }

    #[test]
    fn equal_weights_favour_the_earlier() {
        assert_eq!(largest_remainder(5, &[1.0, 1.0, 1.0]), [2, 2, 1]);
    }

    #[test]
    fn nothing_is_lost_whatever_the_total() {
        for total in 0..500 {
            let shares = largest_remainder(total, &[0.3, 1.7, 0.01, 2.9, 1.1]);
            assert_eq!(shares.iter().sum::<u64>(), total);
        }
    }
}
