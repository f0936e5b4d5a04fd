//! What rounding alone does to numbers that are the same.
//!
//! A sum has other last digits when its terms come in another order or with other weights. With 53 bits
//! and some ten thousand terms this stays below a trillionth of the sum; nothing that a policy or a
//! parameter does is as small as a billionth.

/// Below this part of their size, numbers do not differ.
pub(super) const ROUNDING: f64 = 1e-9;

/// a − b; nothing where only rounding tells them apart.
#[must_use]
pub fn difference(a: f64, b: f64) -> f64 {
    if is_rounding(a - b, a.abs().max(b.abs())) { 0.0 } else { a - b }
}

/// Six digits that count: more of a mean over runs would say nothing and take room.
#[must_use]
pub fn rounded(value: f64) -> f64 {
    format!("{value:.5e}").parse().unwrap_or(value)
}

fn is_rounding(difference: f64, size: f64) -> bool {
    difference.abs() <= ROUNDING * size
}

/// The least and the most of some numbers; none yet at first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    least: f64,
    most: f64,
}

impl Default for Range {
    fn default() -> Self {
        Range { least: f64::INFINITY, most: f64::NEG_INFINITY }
    }
}

impl Range {
    /// Takes in one number.
    pub fn push(&mut self, value: f64) {
        self.least = self.least.min(value);
        self.most = self.most.max(value);
    }

    /// Whether all numbers were the same but for rounding; of none, they were.
    #[must_use]
    pub(crate) fn is_constant(&self) -> bool {
        self.least >= self.most
            || is_rounding(self.most - self.least, self.least.abs().max(self.most.abs()))
    }
}

impl FromIterator<f64> for Range {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let mut range = Range::default();
        values.into_iter().for_each(|value| range.push(value));
        range
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same rain, weighted by residents as they move.
    fn rain(moved: f64) -> f64 {
        let residents = [1_234.5 - moved, 777.25 + moved, 31_415.9, 88.7 + moved / 2.0];
        let sum: f64 = residents.iter().map(|residents| residents * -0.17).sum();
        sum / residents.iter().sum::<f64>()
    }

    #[test]
    fn numbers_that_only_rounding_tells_apart_do_not_differ() {
        let rains: Vec<f64> = (0..50).map(|moved| rain(f64::from(moved) / 3.0)).collect();
        assert!(rains.iter().any(|it| *it != rains[0]), "rounding shows: {rains:?}");
        assert!(rains.iter().copied().collect::<Range>().is_constant());
        assert!(rains.iter().all(|it| difference(*it, rains[0]) == 0.0));
    }

    #[test]
    fn six_digits_are_kept() {
        assert_eq!([1_234_567.8, 0.123_456_78, 0.0].map(rounded), [1_234_570.0, 0.123_457, 0.0]);
    }

    #[test]
    fn a_millionth_is_a_difference_and_so_is_anything_beside_nothing() {
        assert_eq!(difference(1_000_001.0, 1_000_000.0), 1.0);
        assert_eq!(difference(1e-300, 0.0), 1e-300);
        assert!(![0.0, 1e-300].into_iter().collect::<Range>().is_constant());
        assert!(![-1.0, 1.0].into_iter().collect::<Range>().is_constant());
        assert!([-2.0, -2.0].into_iter().collect::<Range>().is_constant());
    }
}
