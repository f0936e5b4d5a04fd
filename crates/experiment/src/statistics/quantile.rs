//! Quantiles by definition 7 of Hyndman and Fan (1996), the default of R and NumPy.

use serde::{Deserialize, Serialize};
use toguna_units::whole_part;

/// The value below which a part `p` (0 to 1) of `values` lies; `None` of nothing.
/// `values` need not be in order, and are taken to be numbers (no NaN).
#[must_use]
pub fn quantile(values: &[f64], p: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    quantile_of_sorted(&sorted, p)
}

/// As [`quantile`], of values already in ascending order.
///
/// With h = (n − 1)p counted from 0: x⌊h⌋ + (h − ⌊h⌋)(x⌊h⌋₊₁ − x⌊h⌋).
#[must_use]
pub(crate) fn quantile_of_sorted(sorted: &[f64], p: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let (below, part) = position(last, p);
    Some(between(sorted[below], sorted[(below + 1).min(last)], part))
}

/// Rank below and the part of the way to the next, for `last` = n − 1.
pub(super) fn position(last: usize, p: f64) -> (usize, f64) {
    let h = last as f64 * p.clamp(0.0, 1.0);
    (whole_part(h.floor()) as usize, h - h.floor())
}

pub(super) fn between(low: f64, high: f64, part: f64) -> f64 {
    if low == high { low } else { low + part * (high - low) }
}

/// Where the middle 90 % of replicates lie, and their median.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// 5 % lie below.
    pub low: f64,
    /// The value that half of the runs do not exceed.
    pub median: f64,
    /// 5 % lie above.
    pub high: f64,
}

impl Band {
    /// `None` of nothing.
    #[must_use]
    pub fn of(values: &[f64]) -> Option<Band> {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        Band::from_quantiles(|p| quantile_of_sorted(&sorted, p))
    }

    pub(super) fn from_quantiles(quantile: impl Fn(f64) -> Option<f64>) -> Option<Band> {
        Some(Band { low: quantile(0.05)?, median: quantile(0.5)?, high: quantile(0.95)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `numpy.quantile([3.1, -2.0, 7.5, 0.25, 11.0, 4.4, 4.4], [0, .05, .25, .5, .9, .95, 1])`,
    /// NumPy 2.4.6, default method "linear" (type 7).
    #[test]
    fn quantiles_are_those_of_numpy() {
        let values = [3.1, -2.0, 7.5, 0.25, 11.0, 4.4, 4.4];
        let wanted = [
            (0.0, -2.0),
            (0.05, -1.325),
            (0.25, 1.675),
            (0.5, 4.4),
            (0.9, 8.900000000000002),
            (0.95, 9.949999999999998),
            (1.0, 11.0),
        ];
        for (p, value) in wanted {
            let got = quantile(&values, p).unwrap();
            assert!((got - value).abs() < 1e-14, "{p}: {got} is not {value}");
        }
    }

    /// `numpy.quantile([1.0, 2.0], [0.05, 0.5, 0.95])`
    #[test]
    fn a_band_of_two_runs_lies_between_them() {
        assert_eq!(Band::of(&[2.0, 1.0]), Some(Band { low: 1.05, median: 1.5, high: 1.95 }));
        assert_eq!(Band::of(&[3.0]), Some(Band { low: 3.0, median: 3.0, high: 3.0 }));
        assert_eq!(Band::of(&[]), None);
    }
}
