//! How many runs are enough for an interval no wider than asked.

use super::interval::{Confidence, t_quantile};
use super::streaming::Moments;
use serde::Serialize;
use thiserror::Error;
use toguna_units::whole_part;

/// The most runs that can be asked for.
pub const MOST_REPLICATES: u32 = 1_000_000;

/// Why no number of runs can be named.
#[derive(Debug, Error, PartialEq)]
#[expect(missing_docs, reason = "each says in its message what it means")]
pub enum NoSuchNumber {
    #[error("the half-width must be above 0, not {half_width}")]
    HalfWidth { half_width: f64 },
    #[error(
        "an interval of ± {half_width} would take {needed:.1e} runs, and at most {MOST_REPLICATES} can \
         be made: a wider one would do"
    )]
    TooMany { half_width: f64, needed: f64 },
    #[error("a pilot needs at least 2 runs to show how much they differ, not {runs}")]
    PilotTooShort { runs: u64 },
}

/// What a pilot says about the runs needed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ReplicatesNeeded {
    /// Runs in all, the pilot's among them.
    pub replicates: u64,
    /// Half-width that the pilot alone reaches.
    pub pilot_half_width: f64,
}

/// Stein's (1945) two-stage rule: with s² from n₀ pilot runs, n = max(n₀, ⌈(t·s/w)²⌉), t with n₀ − 1
/// degrees. Mean ± w over n runs then holds the truth as often as `level` says whatever the
/// variance, which the more common rule with the normal quantile does not promise.
///
/// # Errors
/// When `half_width` is not above 0, the pilot has fewer than two runs, or more are needed than can be
/// made.
pub fn replicates_for_half_width(
    pilot: &Moments,
    half_width: f64,
    level: Confidence,
) -> Result<ReplicatesNeeded, NoSuchNumber> {
    if half_width.is_nan() || half_width <= 0.0 {
        return Err(NoSuchNumber::HalfWidth { half_width });
    }
    let runs = pilot.count();
    let variance = pilot.variance().ok_or(NoSuchNumber::PilotTooShort { runs })?;
    let reach = t_quantile(runs as f64 - 1.0, level) * variance.sqrt();
    let ratio = reach / half_width;
    // A relative slack of 1e-12, so that a width the pilot reaches exactly asks for no run more.
    let needed = (ratio * ratio * (1.0 - 1e-12)).ceil();
    if needed.is_nan() || needed > f64::from(MOST_REPLICATES) {
        return Err(NoSuchNumber::TooMany { half_width, needed });
    }
    let pilot_half_width = reach / (runs as f64).sqrt();
    Ok(ReplicatesNeeded { replicates: runs.max(whole_part(needed).into()), pilot_half_width })
}

#[cfg(test)]
mod tests {
    use super::super::super::draws::{Purpose, stream};
    use super::*;
    use rand_distr::{Distribution, StandardNormal};

    fn pilot(values: &[f64]) -> Moments {
        values.iter().copied().collect()
    }

    #[test]
    fn half_the_width_asks_for_four_times_the_runs() {
        let pilot = pilot(&[10.0, 14.0, 9.0, 12.0, 15.0]);
        let needed = |width| {
            replicates_for_half_width(&pilot, width, Confidence::NINETY_FIVE).unwrap().replicates
        };
        // s² = 6.5 and t(4) = 2.776445: (2.776445² · 6.5)/0.25 = 200.4.
        assert_eq!(needed(0.5), 201);
        assert_eq!(needed(0.25), 802);
        assert_eq!(needed(1000.0), 5);
    }

    #[test]
    fn a_width_the_pilot_already_reaches_asks_for_no_more_runs() {
        let pilot = pilot(&[1.0, 2.0, 4.0]);
        let first = replicates_for_half_width(&pilot, 1.0, Confidence::NINETY).unwrap();
        let again = replicates_for_half_width(&pilot, first.pilot_half_width, Confidence::NINETY);
        assert_eq!(again.unwrap().replicates, 3);
    }

    #[test]
    fn no_width_and_no_pilot_are_refused_in_words() {
        let level = Confidence::NINETY;
        let error = replicates_for_half_width(&pilot(&[1.0, 2.0]), 0.0, level).unwrap_err();
        assert_eq!(error.to_string(), "the half-width must be above 0, not 0");
        let error = replicates_for_half_width(&pilot(&[1.0, 2.0]), 1e-9, level).unwrap_err();
        assert_eq!(
            error.to_string(),
            "an interval of ± 0.000000001 would take 2.0e19 runs, and at most 1000000 can be made: a \
             wider one would do"
        );
        let error = replicates_for_half_width(&pilot(&[1.0]), 1.0, level).unwrap_err();
        assert_eq!(
            error.to_string(),
            "a pilot needs at least 2 runs to show how much they differ, not 1"
        );
    }

    #[test]
    fn the_number_of_runs_named_reaches_the_width_as_often_as_promised() {
        let (repetitions, width) = (2000, 0.5);
        let mut held = 0;
        for repetition in 0..repetitions {
            let mut rng = stream(8, Purpose::SobolScramble, repetition);
            let mut runs: Moments = (0..8).map(|_| StandardNormal.sample(&mut rng)).collect();
            let needed = replicates_for_half_width(&runs, width, Confidence::NINETY).unwrap();
            while runs.count() < needed.replicates {
                runs.push(StandardNormal.sample(&mut rng));
            }
            held += u32::from(runs.mean().unwrap().abs() <= width);
        }
        // Three standard errors below 0.90 over 2,000 trials.
        assert!(f64::from(held) / repetitions as f64 > 0.88, "held {held} of {repetitions}");
    }
}
