//! The runs of one wave, and what they show of each target: means and luck.

use super::target::Target;
use crate::statistics::mean;
use toguna_units::narrow;

/// Settings and what their runs have shown.
#[derive(Clone, Debug, Default)]
pub struct Wave {
    /// Places from 0 to 1 on each axis, by point.
    pub positions: Vec<Vec<f64>>,
    /// By point, by run that went well, by target: the value; not a number where the run shows none.
    pub runs: Vec<Vec<Vec<f64>>>,
}

/// One setting: distances from each target, over its runs.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub position: Vec<f64>,
    /// Mean distance by target; none where no run shows it.
    pub means: Vec<Option<f64>>,
    /// Mean value by target, in the fact's own unit.
    pub values: Vec<Option<f64>>,
    /// Runs that show it.
    pub counts: Vec<u32>,
    /// By run, by target: distance less its mean; 0 where the run shows none.
    pub luck: Vec<Vec<f64>>,
}

impl Wave {
    /// All settings of which a run went well.
    pub(super) fn seen(&self, targets: &[Target]) -> Vec<Seen> {
        let points = self.positions.iter().zip(&self.runs).filter(|(_, runs)| !runs.is_empty());
        points.map(|(position, runs)| Seen::of(position, runs, targets)).collect()
    }
}

impl Seen {
    pub(super) fn of(position: &[f64], runs: &[Vec<f64>], targets: &[Target]) -> Seen {
        let distance = |run: &Vec<f64>, target: usize| {
            let value = run[target];
            (!value.is_nan()).then(|| targets[target].distance(value))
        };
        let (mut means, mut values, mut counts) = (Vec::new(), Vec::new(), Vec::new());
        for target in 0..targets.len() {
            let shown: Vec<f64> = runs.iter().filter_map(|run| distance(run, target)).collect();
            means.push(mean(&shown));
            counts.push(narrow(shown.len()));
            let shown: Vec<f64> =
                runs.iter().map(|run| run[target]).filter(|it| !it.is_nan()).collect();
            values.push(mean(&shown));
        }
        let of_run = |run: &Vec<f64>| {
            let less = |target| Some(distance(run, target)? - means[target]?);
            (0..targets.len()).map(|target| less(target).unwrap_or(0.0)).collect()
        };
        let luck = runs.iter().map(of_run).collect();
        Seen { position: position.to_vec(), means, values, counts, luck }
    }
}

/// Covariance of the distances of runs of one setting, pooled over settings: what luck alone moves, and what
/// it moves together. Row by row.
pub(super) fn luck(seen: &[&Seen], targets: usize) -> Vec<f64> {
    let mut products = vec![0.0; targets * targets];
    let mut freedom = vec![0.0; targets];
    for point in seen {
        for run in &point.luck {
            for (row, a) in run.iter().enumerate() {
                let of_row = &mut products[row * targets..(row + 1) * targets];
                of_row.iter_mut().zip(run).for_each(|(sum, b)| *sum += a * b);
            }
        }
        for (freedom, count) in freedom.iter_mut().zip(&point.counts) {
            *freedom += f64::from(count.saturating_sub(1));
        }
    }
    // A run that does not show a target adds nothing to it: each row and column has its own divisor.
    let root: Vec<f64> = freedom.iter().map(|it: &f64| it.max(1.0).sqrt()).collect();
    for (row, a) in root.iter().enumerate() {
        let of_row = &mut products[row * targets..(row + 1) * targets];
        of_row.iter_mut().zip(&root).for_each(|(sum, b)| *sum /= a * b);
    }
    products
}
