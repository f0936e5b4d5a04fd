//! Several differences looked at together: Holm's step-down adjustment (Holm 1979).

use super::interval::PairedDifference;

/// Chance of being wrong about any difference of a family that is said to stand out.
const FAMILY_ERROR: f64 = 0.05;

/// Which differences of a family stand out over all of it; what is missing is not of the family.
#[must_use]
pub fn stand_out(family: &[Option<PairedDifference>]) -> Vec<bool> {
    let p_values: Vec<f64> = family.iter().flatten().map(|it| it.p_value).collect();
    let mut adjusted = holm(&p_values).into_iter();
    let stands_out = |it: &Option<PairedDifference>| {
        it.is_some() && adjusted.next().is_some_and(|it| it < FAMILY_ERROR)
    };
    family.iter().map(stands_out).collect()
}

/// Adjusted p-values, in the order given: the k-th smallest of m is multiplied by m − k + 1, and
/// none may be smaller than one before it. Whoever calls "different" those below 0.05 is wrong about
/// any of them at most once in twenty families, however the outcomes hang together.
#[must_use]
pub(crate) fn holm(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]).then(a.cmp(&b)));
    let mut adjusted = vec![0.0; p_values.len()];
    let mut floor: f64 = 0.0;
    for (rank, &index) in order.iter().enumerate() {
        let still_open = (p_values.len() - rank) as f64;
        floor = floor.max((p_values[index] * still_open).min(1.0));
        adjusted[index] = floor;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R: `p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")` gives 0.03 0.06 0.06 0.02.
    #[test]
    fn adjusted_p_values_are_those_of_r() {
        let got = holm(&[0.01, 0.04, 0.03, 0.005]);
        for (got, wanted) in got.iter().zip([0.03, 0.06, 0.06, 0.02]) {
            assert!((got - wanted).abs() < 1e-15);
        }
    }

    #[test]
    fn a_family_of_one_is_left_as_it_is_and_nothing_exceeds_one() {
        assert_eq!(holm(&[0.2]), [0.2]);
        assert_eq!(holm(&[0.9, 0.8]), [1.0, 1.0]);
        assert!(holm(&[]).is_empty());
    }
}
