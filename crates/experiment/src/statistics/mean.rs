//! Means and variances, and what pairing removes of a variance.

/// Arithmetic mean; `None` of nothing.
#[must_use]
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Sample variance, dividing by n − 1; `None` of fewer than two values.
/// Two passes: the mean first, then the squares about it.
#[must_use]
pub fn variance(values: &[f64]) -> Option<f64> {
    let centre = mean(values)?;
    let squares: f64 = values.iter().map(|value| (value - centre) * (value - centre)).sum();
    (values.len() > 1).then(|| squares / (values.len() - 1) as f64)
}

/// Share of the variance of a difference that pairing removed:
/// 1 − var(a − b) / (var a + var b). 1: the pairs move as one; 0: pairing gained nothing;
/// negative: the two arms move against each other. `None` when neither arm varies.
#[must_use]
pub(crate) fn variance_removed_by_pairing(
    variance_of_difference: f64,
    variance_of_a: f64,
    variance_of_b: f64,
) -> Option<f64> {
    let unpaired = variance_of_a + variance_of_b;
    (unpaired > 0.0).then(|| 1.0 - variance_of_difference / unpaired)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mean_and_variance_of_a_handful_are_those_of_the_textbook() {
        let values = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0];
        assert_eq!(mean(&values), Some(5.0));
        assert_eq!(variance(&values), Some(32.0 / 7.0));
        assert_eq!(mean(&[]), None);
        assert_eq!(variance(&[1.0]), None);
    }

    #[test]
    fn pairing_removes_everything_when_arms_move_as_one_and_nothing_when_apart() {
        assert_eq!(variance_removed_by_pairing(0.0, 2.0, 2.0), Some(1.0));
        assert_eq!(variance_removed_by_pairing(4.0, 2.0, 2.0), Some(0.0));
        assert_eq!(variance_removed_by_pairing(0.0, 0.0, 0.0), None);
    }
}
