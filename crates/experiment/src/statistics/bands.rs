//! Quantiles over replicates while runs come in, in bounded memory.
//!
//! A sketch keeps every value up to [`Sketch::EXACT`] and its quantiles are then exact (type 7).
//! Beyond, it counts values in cells whose bounds grow by 1 % (the logarithmic cells of DDSketch:
//! Masson, Rim and Lee 2019), so that a quantile is within 0.5 % of the exact one. What it holds
//! depends only on which values came, never on their order: threads, shards and interruptions leave the
//! same bytes. The P² markers of Jain and Chlamtac (1985) are
//! smaller but depend on the order and promise no bound.
//!
//! Memory: at most 8 bytes × 256 before, and after that about 20 bytes for each cell in use: some
//! 230 cells for outcomes that differ tenfold between runs, never more than 11,113 (both signs from 10⁻⁹ to 10¹⁵, and zero).

use super::quantile::{Band, between, position, quantile_of_sorted};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use toguna_units::{narrow, signed_whole_part};

/// Bounded memory of one outcome (at one week) over replicates.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Sketch {
    /// In ascending order; empty once values are counted in cells.
    exact: Vec<f64>,
    /// Values by cell number, in ascending order of value.
    cells: BTreeMap<i32, u64>,
    count: u64,
    least: f64,
    greatest: f64,
}

impl Sketch {
    /// Values kept one by one before they are counted in cells.
    pub(crate) const EXACT: usize = 256;

    /// Magnitudes beneath 1.01^-2083 ≈ 10⁻⁹ count as zero, beyond 1.01^3472 ≈ 10¹⁵ as that.
    const LOWEST_CELL: i32 = -2083;
    const HIGHEST_CELL: i32 = 3472;
    const GROWTH: f64 = 1.01;

    /// `value` is taken to be a number; NaN is left out.
    pub fn push(&mut self, value: f64) {
        if value.is_nan() {
            return;
        }
        self.widen(value, value);
        self.count += 1;
        if self.cells.is_empty() {
            let place = self.exact.partition_point(|kept| kept.total_cmp(&value).is_le());
            self.exact.insert(place, value);
            self.count_in_cells_when_many();
        } else {
            *self.cells.entry(cell_of(value)).or_default() += 1;
        }
    }

    /// The type 7 quantile at `p` (0 to 1): exact up to [`Self::EXACT`] values, then within 0.5 %.
    /// `None` of nothing.
    #[must_use]
    pub fn quantile(&self, p: f64) -> Option<f64> {
        if self.cells.is_empty() {
            return quantile_of_sorted(&self.exact, p);
        }
        let last = narrow::<_, usize>(self.count) - 1;
        let (below, part) = position(last, p);
        Some(between(self.ranked(below), self.ranked((below + 1).min(last)), part))
    }

    #[must_use]
    pub fn band(&self) -> Option<Band> {
        Band::from_quantiles(|p| self.quantile(p))
    }

    fn widen(&mut self, least: f64, greatest: f64) {
        let first = self.count == 0;
        self.least = if first { least } else { self.least.min(least) };
        self.greatest = if first { greatest } else { self.greatest.max(greatest) };
    }

    fn count_in_cells_when_many(&mut self) {
        if self.count > Self::EXACT as u64 {
            for value in self.exact.drain(..) {
                *self.cells.entry(cell_of(value)).or_default() += 1;
            }
            self.exact.shrink_to_fit();
        }
    }

    /// About the value with `rank` values before it.
    fn ranked(&self, rank: usize) -> f64 {
        let mut passed = 0;
        for (&cell, &count) in &self.cells {
            passed += count;
            if passed > rank as u64 {
                return middle_of(cell).clamp(self.least, self.greatest);
            }
        }
        self.greatest
    }
}

/// Cell 0 is zero; cell ±(k + offset) holds magnitudes above 1.01^(k−1) up to 1.01^k.
fn cell_of(value: f64) -> i32 {
    let size = value.abs();
    let step = (libm::log(size) / libm::log(Sketch::GROWTH)).ceil();
    if size == 0.0 || step < f64::from(Sketch::LOWEST_CELL) {
        return 0;
    }
    let step: i32 = narrow(signed_whole_part(step.min(f64::from(Sketch::HIGHEST_CELL))));
    let cell = step - Sketch::LOWEST_CELL + 1;
    if value < 0.0 { -cell } else { cell }
}

/// The value whose relative distance to both bounds of its cell is the same: 2·1.01^k/(1.01 + 1).
fn middle_of(cell: i32) -> f64 {
    if cell == 0 {
        return 0.0;
    }
    let step = cell.abs() - 1 + Sketch::LOWEST_CELL;
    let size = 2.0 * libm::pow(Sketch::GROWTH, f64::from(step)) / (Sketch::GROWTH + 1.0);
    size * f64::from(cell.signum())
}

#[cfg(test)]
mod tests {
    use super::super::super::draws::{Purpose, stream, uniform};
    use super::super::quantile::quantile;
    use super::*;

    fn deaths(count: u64) -> Vec<f64> {
        let mut rng = stream(4, Purpose::Bootstrap, 9);
        (0..count).map(|_| libm::exp(12.0 * uniform(&mut rng)) - 50.0).collect()
    }

    fn sketch(values: &[f64]) -> Sketch {
        let mut sketch = Sketch::default();
        values.iter().for_each(|&value| sketch.push(value));
        sketch
    }

    #[test]
    fn few_runs_give_exact_quantiles() {
        let values = deaths(256);
        for p in [0.0, 0.05, 0.5, 0.95, 1.0] {
            assert_eq!(sketch(&values).quantile(p), quantile(&values, p));
        }
        assert_eq!(Sketch::default().band(), None);
    }

    #[test]
    fn many_runs_give_quantiles_within_half_a_per_cent() {
        let values = deaths(20_000);
        let sketch = sketch(&values);
        for p in [0.0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1.0] {
            let (got, exact) = (sketch.quantile(p).unwrap(), quantile(&values, p).unwrap());
            assert!((got - exact).abs() <= 0.0051 * exact.abs(), "{p}: {got} is not {exact}");
        }
        assert!(sketch.cells.len() < 2000 && sketch.exact.is_empty());
    }

    #[test]
    fn order_changes_no_byte() {
        let values = deaths(1000);
        let whole = sketch(&values);
        let backwards: Vec<f64> = values.iter().rev().copied().collect();
        assert_eq!(sketch(&backwards), whole);
    }

    #[test]
    fn zero_and_the_very_large_find_their_cells() {
        assert_eq!(cell_of(0.0), 0);
        assert_eq!(cell_of(1e-300), 0);
        assert_eq!(cell_of(f64::INFINITY), -cell_of(f64::NEG_INFINITY));
        assert_eq!(cell_of(1e300), Sketch::HIGHEST_CELL - Sketch::LOWEST_CELL + 1);
        let mut values = vec![0.0; 300];
        values.push(7.0);
        assert_eq!(sketch(&values).quantile(0.5), Some(0.0));
        assert!((sketch(&values).quantile(1.0).unwrap() - 7.0).abs() < 0.036);
    }
}
