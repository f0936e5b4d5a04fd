//! Outcomes week by week: mean and 90 % band of each point while runs come in. What is kept of them
//! does not grow with their number; so that it does not grow with the number of points either, a part
//! of the points is summed up at a time.

use super::run_outcomes::RunOutcomes;
use crate::plan::Run;
use crate::statistics::{Moments, Sketch};
use std::ops::Range;
use toguna_model::outcomes::{OUTCOMES, Outcome};
use toguna_units::narrow;

/// Points × weeks × outcomes summed up at a time: each takes a few kilobytes at most.
const CELLS_AT_A_TIME: usize = 20_000;

#[derive(Clone, Debug, Default)]
struct Cell {
    moments: Moments,
    band: Sketch,
}

/// A part of the points of a design.
pub struct WeeklyBands {
    points: Range<u32>,
    /// Numbers of the outcomes.
    outcomes: Vec<usize>,
    /// By point, then week, then outcome.
    cells: Vec<Vec<Vec<Cell>>>,
}

/// One outcome in one week at one point, over its replicates.
#[derive(Clone, Debug, PartialEq)]
pub struct BandRow {
    /// Number of the point, from 0.
    pub point: u32,
    /// Week of the run, from 0.
    pub week: u32,
    /// Name of the outcome.
    pub outcome: &'static str,
    /// Unit of the values.
    pub unit: &'static str,
    /// Runs of the point that reached their last week.
    pub replicates: u64,
    /// Mean over replicates; none where the outcome is missing in all.
    pub mean: Option<f64>,
    /// Where the middle 90 % of replicates lie.
    pub p05: Option<f64>,
    /// Median over replicates.
    pub median: Option<f64>,
    /// The value that 95 % of replicates do not exceed.
    pub p95: Option<f64>,
}

impl WeeklyBands {
    /// All points in parts, each to be summed up in one passage over the runs.
    #[must_use]
    pub fn parts(points: u32, weeks: u32, outcomes: &[usize]) -> Vec<WeeklyBands> {
        let of_point = (weeks as usize * outcomes.len()).max(1);
        let at_a_time = (CELLS_AT_A_TIME / of_point).max(1);
        let part = |first: u32| {
            let points = first..points.min(first.saturating_add(narrow(at_a_time)));
            let cells = vec![Vec::new(); points.len()];
            WeeklyBands { points, outcomes: outcomes.to_vec(), cells }
        };
        (0..points).step_by(at_a_time).map(part).collect()
    }

    /// Adds one run, if it is of one of these points; runs in the order of the plan, so that sums have
    /// the same bits.
    pub fn push(&mut self, run: Run, so_far: &RunOutcomes) {
        if !self.points.contains(&run.point) {
            return;
        }
        let weeks = &mut self.cells[(run.point - self.points.start) as usize];
        if weeks.len() < so_far.weeks.len() {
            weeks.resize(so_far.weeks.len(), vec![Cell::default(); self.outcomes.len()]);
        }
        for (cells, values) in weeks.iter_mut().zip(&so_far.weeks) {
            for (cell, value) in cells.iter_mut().zip(values) {
                cell.moments.push(*value);
                cell.band.push(*value);
            }
        }
    }

    /// A row for each outcome, week and point, points first.
    pub fn rows(&self) -> impl Iterator<Item = BandRow> {
        let weeks = self.points.clone().zip(&self.cells).flat_map(|(point, weeks)| {
            weeks.iter().zip(0..).map(move |(cells, week)| (point, week, cells))
        });
        weeks.flat_map(|(point, week, cells)| {
            cells.iter().zip(&self.outcomes).map(move |(cell, outcome)| {
                let Outcome { name, unit, .. } = OUTCOMES[*outcome];
                let band = cell.band.band();
                BandRow {
                    point,
                    week,
                    outcome: name,
                    unit,
                    replicates: cell.moments.count(),
                    mean: cell.moments.mean(),
                    p05: band.map(|it| it.low),
                    median: band.map(|it| it.median),
                    p95: band.map(|it| it.high),
                }
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_give_the_rows_that_all_points_at_once_would_whatever_their_number() {
        let so_far = |point: u32, replicate: u32| RunOutcomes {
            end: Vec::new(),
            weeks: (0..300).map(|week| vec![f64::from(point * 1000 + week * replicate)]).collect(),
        };
        let mut parts = WeeklyBands::parts(150, 300, &[0]);
        assert_eq!(parts.len(), 3);
        for replicate in 0..3 {
            for point in 0..150 {
                let run = Run { id: 0, point, replicate };
                parts.iter_mut().for_each(|part| part.push(run, &so_far(point, replicate)));
            }
        }
        let rows: Vec<BandRow> = parts.iter().flat_map(WeeklyBands::rows).collect();
        assert_eq!(rows.len(), 150 * 300);
        for (place, row) in rows.iter().enumerate() {
            let (point, week): (u32, u32) = (narrow(place / 300), narrow(place % 300));
            let mean = f64::from(point * 1000 + week);
            assert_eq!((row.point, row.week, row.mean), (point, week, Some(mean)));
            assert_eq!((row.replicates, row.median), (3, Some(mean)));
        }
    }
}
