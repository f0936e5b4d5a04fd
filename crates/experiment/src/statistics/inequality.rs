//! How unequally something is shared out.

/// Gini's coefficient of shares that are not negative: 0 when all hold the same, (n − 1)/n when one
/// holds all. With x in ascending order and i from 1: G = 2 Σ i·xᵢ / (n Σ xᵢ) − (n + 1)/n.
/// `None` of nothing, or when there is nothing to share.
#[must_use]
pub(crate) fn gini(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let total: f64 = sorted.iter().sum();
    let by_rank: f64 =
        sorted.iter().enumerate().map(|(index, value)| (index + 1) as f64 * value).sum();
    (total > 0.0).then(|| 2.0 * by_rank / (n * total) - (n + 1.0) / n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_shares_have_no_inequality_and_one_holder_has_nearly_all() {
        assert!(gini(&[3.0, 3.0, 3.0, 3.0]).unwrap().abs() < 1e-15);
        assert!((gini(&[0.0, 0.0, 8.0, 0.0]).unwrap() - 0.75).abs() < 1e-15);
        assert!((gini(&[1.0, 2.0, 3.0, 4.0, 5.0]).unwrap() - 4.0 / 15.0).abs() < 1e-15);
        assert_eq!(gini(&[0.0, 0.0]), None);
        assert_eq!(gini(&[]), None);
    }
}
