//! What the runs of a design show together. Runs are pushed in the order of the plan; what is kept of
//! them are a few numbers for each point and outcome, however many replicates there are.

use super::run_outcomes::{Ended, RunOutcomes};
use crate::design::{Kind, Points};
use crate::plan::Run;
use crate::sensitivity::{
    NoSensitivity, ReplicateNoise, Resampling, morris_effects, sobol_indices,
};
use crate::statistics::{Confidence, Estimate, Moments, PairedMoments, Sketch};
use toguna_model::outcomes::OUTCOMES;

/// One outcome at one point.
#[derive(Clone, Debug, Default)]
struct Cell {
    moments: Moments,
    band: Sketch,
    /// Against the first point, seed by seed; kept for designs that list their values.
    against_first: PairedMoments,
}

/// All outcomes at all points, while runs come in.
pub struct Summary {
    kind: Kind,
    points: Points,
    /// By point, then by outcome.
    cells: Vec<Vec<Cell>>,
    /// How the first point ended under the seed that is coming in.
    first: Option<Vec<f64>>,
    /// By outcome: the replicate that is coming in, point by point, and what those before it have
    /// shown of their random numbers; empty but for sensitivity designs.
    noise: Vec<(Vec<f64>, ReplicateNoise)>,
    /// Runs that failed.
    pub failed: u64,
    /// Runs that reached their last week.
    pub well: u64,
}

/// One outcome at one point over its replicates.
#[derive(Clone, Debug, PartialEq)]
pub struct SummaryRow {
    /// Number of the point, from 0.
    pub point: u32,
    /// Name of the outcome.
    pub outcome: &'static str,
    /// Unit of the values, over a run.
    pub unit: &'static str,
    /// Runs of the point that reached their last week.
    pub replicates: u64,
    /// Mean over replicates; none where the outcome is missing in all.
    pub mean: Option<f64>,
    /// 95 % interval of the mean.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Where the middle 90 % of replicates lie.
    pub p05: Option<f64>,
    /// Median over replicates.
    pub median: Option<f64>,
    /// The value that 95 % of replicates do not exceed.
    pub p95: Option<f64>,
}

/// One outcome of one point compared with the first point.
#[derive(Clone, Debug, PartialEq)]
pub struct ContrastRow {
    /// Number of the point, from 1.
    pub point: u32,
    /// Name of the outcome.
    pub outcome: &'static str,
    /// Unit of the difference, over a run.
    pub unit: &'static str,
    /// Replicates that both points have.
    pub pairs: u64,
    /// Mean of this point − point 0, replicate by replicate.
    pub difference: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Share of the variance that shared random numbers removed; none when neither point varies.
    pub variance_removed: Option<f64>,
}

/// One sensitivity index of one outcome to one axis.
#[derive(Clone, Debug, PartialEq)]
pub struct SensitivityRow {
    /// Name of the outcome.
    pub outcome: &'static str,
    /// Unit of the outcome, over a run.
    pub unit: &'static str,
    /// Path of the key that varies.
    pub axis: String,
    /// `mu`, `mu_star`, `sigma`; `first`, `total`.
    pub index: &'static str,
    /// Its estimate.
    pub value: f64,
    /// 95 % bootstrap interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Share of the variance between points that the random numbers of the replicates explains.
    pub noise: Option<f64>,
}

impl Summary {
    /// Of a design of this kind with these points, before the first run.
    #[must_use]
    pub fn new(kind: Kind, points: &Points) -> Self {
        let count = points.points.len();
        let of_each = if is_sensitivity(kind) { OUTCOMES.len() } else { 0 };
        Summary {
            kind,
            points: points.clone(),
            cells: vec![vec![Cell::default(); OUTCOMES.len()]; count],
            first: None,
            noise: vec![(Vec::new(), ReplicateNoise::new(count)); of_each],
            failed: 0,
            well: 0,
        }
    }

    /// Adds one run; runs in the order of the plan, so that sums have the same bits.
    pub fn push(&mut self, run: Run, ended: &Ended) {
        if run.point == 0 {
            self.first = None;
        }
        self.push_noise(run, ended);
        let Ended::Well(RunOutcomes { end, .. }) = ended else {
            self.failed += 1;
            return;
        };
        self.well += 1;
        if run.point == 0 {
            self.first = Some(end.clone());
        }
        let listed = lists_values(self.kind);
        for (outcome, (cell, value)) in
            self.cells[run.point as usize].iter_mut().zip(end).enumerate()
        {
            cell.moments.push(*value);
            cell.band.push(*value);
            if let Some(first) = self.first.as_ref().filter(|_| listed && run.point > 0) {
                cell.against_first.push(*value, first[outcome]);
            }
        }
    }

    /// A replicate in which a run failed says nothing of random numbers, and is known by its length.
    fn push_noise(&mut self, run: Run, ended: &Ended) {
        for (outcome, (replicate, noise)) in self.noise.iter_mut().enumerate() {
            if let Ended::Well(RunOutcomes { end, .. }) = ended {
                replicate.push(end[outcome]);
            }
            if run.point as usize + 1 == self.points.points.len() {
                noise.push(replicate);
                replicate.clear();
            }
        }
    }

    /// Rows of all points and outcomes, one after the other.
    pub fn rows(&self) -> impl Iterator<Item = SummaryRow> {
        let cells = self.cells.iter().zip(0..).flat_map(|(cells, point)| {
            cells.iter().zip(OUTCOMES).map(move |(cell, outcome)| (point, cell, outcome))
        });
        cells.map(|(point, cell, outcome)| {
            let interval = cell.moments.interval(Confidence::NINETY_FIVE);
            let band = cell.band.band();
            SummaryRow {
                point,
                outcome: outcome.name,
                unit: outcome.unit_over_a_run(),
                replicates: cell.moments.count(),
                mean: cell.moments.mean(),
                low: interval.map(|it| it.interval.low),
                high: interval.map(|it| it.interval.high),
                p05: band.map(|it| it.low),
                median: band.map(|it| it.median),
                p95: band.map(|it| it.high),
            }
        })
    }

    /// Every point compared with the first, in designs that list their values and have two or more
    /// replicates.
    pub fn contrasts(&self) -> impl Iterator<Item = ContrastRow> {
        let cells = self.cells.iter().zip(0..).flat_map(|(cells, point)| {
            cells.iter().zip(OUTCOMES).map(move |(cell, outcome)| (point, cell, outcome))
        });
        cells.filter_map(|(point, cell, outcome)| {
            let paired = cell.against_first.contrast(Confidence::NINETY_FIVE)?;
            Some(ContrastRow {
                point,
                outcome: outcome.name,
                unit: outcome.unit_over_a_run(),
                pairs: paired.pairs,
                difference: paired.difference.value,
                low: paired.difference.interval.low,
                high: paired.difference.interval.high,
                variance_removed: paired.variance_removed,
            })
        })
    }

    /// Whether this design has contrasts with its first point.
    #[must_use]
    pub fn has_contrasts(&self) -> bool {
        lists_values(self.kind)
    }

    /// Whether this design is one from which indices are computed.
    #[must_use]
    pub fn has_sensitivity(&self) -> bool {
        is_sensitivity(self.kind)
    }

    /// The indices of every outcome to every axis; of outcomes without any, why.
    #[must_use]
    pub fn sensitivity(&self) -> (Vec<SensitivityRow>, Vec<(&'static str, NoSensitivity)>) {
        let (mut rows, mut without) = (Vec::new(), Vec::new());
        for (place, (outcome, (_, noise))) in OUTCOMES.iter().zip(&self.noise).enumerate() {
            let noise = noise.share().ok();
            let mean = |cells: &Vec<Cell>| cells[place].moments.mean().unwrap_or(f64::NAN);
            let means: Vec<f64> = self.cells.iter().map(mean).collect();
            match self.indices(&means) {
                Ok(indices) => {
                    for (axis, index, estimate) in indices {
                        rows.push(SensitivityRow {
                            outcome: outcome.name,
                            unit: match self.kind {
                                Kind::Morris => outcome.unit_over_a_run(),
                                _ => "share of variance",
                            },
                            axis,
                            index,
                            value: estimate.value,
                            low: estimate.interval.low,
                            high: estimate.interval.high,
                            noise,
                        });
                    }
                }
                Err(why) => without.push((outcome.name, why)),
            }
        }
        (rows, without)
    }

    fn indices(
        &self,
        means: &[f64],
    ) -> Result<Vec<(String, &'static str, Estimate)>, NoSensitivity> {
        let resampling = Resampling::default();
        let paths = &self.points.paths;
        let mut indices = Vec::new();
        if self.kind == Kind::Morris {
            let positions: Vec<Vec<f64>> =
                self.points.points.iter().map(|point| point.position.clone()).collect();
            for (path, effect) in paths.iter().zip(morris_effects(&positions, means, &resampling)?)
            {
                indices.push((path.clone(), "mu", effect.mean));
                indices.push((path.clone(), "mu_star", effect.mean_absolute));
                indices.push((path.clone(), "sigma", effect.spread));
            }
        } else {
            for (path, index) in paths.iter().zip(sobol_indices(means, paths.len(), &resampling)?) {
                indices.push((path.clone(), "first", index.first));
                indices.push((path.clone(), "total", index.total));
            }
        }
        Ok(indices)
    }
}

fn lists_values(kind: Kind) -> bool {
    matches!(kind, Kind::Grid | Kind::OneAtATime | Kind::Points)
}

fn is_sensitivity(kind: Kind) -> bool {
    matches!(kind, Kind::Morris | Kind::SobolIndices)
}
