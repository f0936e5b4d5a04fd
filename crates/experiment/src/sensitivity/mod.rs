//! Which axes of a design move an outcome, and how sure we are: from the outcome at every point, each
//! the mean over the replicates that all points share.

mod morris;
mod noise;
mod sobol;

pub(crate) use morris::morris_effects;
pub(crate) use noise::ReplicateNoise;
pub use sobol::{SobolIndex, sobol_indices};

use super::statistics::{Confidence, Estimate, RESAMPLES, Range, percentile_interval};
use thiserror::Error;

/// How bootstrap intervals are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resampling {
    pub(crate) resamples: u32,
    /// How often an interval is to hold the true value.
    pub level: Confidence,
    /// Seed of the resamples.
    pub seed: u64,
}

impl Default for Resampling {
    /// 2,000 resamples, 95 %, seed 1.
    fn default() -> Self {
        Resampling { resamples: RESAMPLES, level: Confidence::NINETY_FIVE, seed: 1 }
    }
}

/// Why no sensitivity can be computed.
#[derive(Clone, Debug, PartialEq, Error)]
#[expect(missing_docs, reason = "each says in its message what it means")]
pub enum NoSensitivity {
    #[error("{found} outcomes for {wanted} points: every point of the design needs its outcome")]
    OutcomesMissing { found: usize, wanted: usize },
    #[error("the outcome at point {point} is {found}, not a finite number")]
    NotANumber { point: usize, found: f64 },
    #[error("the outcome is {value} at every point: nothing moves it")]
    NothingMoves { value: f64 },
    #[error(
        "{found} points do not make up whole {units} of {wanted} points each, 2 or more {units}"
    )]
    WrongDesign { found: usize, wanted: usize, units: &'static str },
    #[error("from point {from} to the next {axes} axes change; in a trajectory it is one")]
    NotATrajectory { from: usize, axes: usize },
    #[error("replicate {replicate} has outcomes of {found} points, not of {wanted}")]
    HoleInReplicate { replicate: usize, found: usize, wanted: usize },
    #[error("{found} replicates: two or more are needed to show their noise")]
    TooFewReplicates { found: usize },
}

/// Finite and not all the same but for rounding.
fn check_outcomes(outcomes: &[f64]) -> Result<(), NoSensitivity> {
    if let Some(point) = outcomes.iter().position(|outcome| !outcome.is_finite()) {
        return Err(NoSensitivity::NotANumber { point, found: outcomes[point] });
    }
    match outcomes.first() {
        Some(&value) if outcomes.iter().copied().collect::<Range>().is_constant() => {
            Err(NoSensitivity::NothingMoves { value })
        }
        _ => Ok(()),
    }
}

/// A value with the percentile interval of what it was in the resamples; the value alone is its
/// interval when no resample gave a number.
fn estimate(value: f64, resampled: Vec<f64>, level: Confidence) -> Estimate {
    let alone = super::statistics::Interval { low: value, high: value };
    Estimate { value, interval: percentile_interval(resampled, level).unwrap_or(alone) }
}
