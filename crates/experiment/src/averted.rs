//! What a policy buys: deaths and recruits averted for each billion francs that it spends more.

use super::statistics::{Confidence, RatioMoments};
use toguna_model::outcomes::{OUTCOMES, Outcome};

/// Whose falling is a gain.
const AVERTED: [&str; 2] = ["deaths", "recruits"];
/// All that state and donors spend.
const SPENDING: &str = "spending";
const BILLION: f64 = 1e9;

/// What was averted and what was spent more, while replicates come in; by outcome of `AVERTED`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct AvertedOverRuns([RatioMoments; AVERTED.len()]);

/// One outcome of one arm compared with the first.
#[derive(Clone, Debug, PartialEq)]
pub struct AvertedRow {
    /// Name of the first arm.
    pub first: String,
    /// Name of the arm compared with it.
    pub other: String,
    /// Name of the outcome.
    pub outcome: &'static str,
    /// Unit of `averted`.
    pub unit: &'static str,
    /// Pairs of runs.
    pub replicates: u64,
    /// Mean of other − first, in billions of francs, with its 95 % interval; none of one replicate.
    pub spent_more: Option<f64>,
    /// Lower end of its 95 % interval.
    pub spent_low: Option<f64>,
    /// Upper end.
    pub spent_high: Option<f64>,
    /// Mean of first − other.
    pub averted: Option<f64>,
    /// For each billion spent more, with its 95 % interval; none unless the other is sure to spend more.
    pub per_billion: Option<f64>,
    /// Lower end of that interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

impl AvertedOverRuns {
    /// Adds one replicate of both arms: how each ended.
    pub fn push(&mut self, first: &[f64], other: &[f64]) {
        let Some(spending) = Outcome::place_of(SPENDING) else { return };
        let spent_more = (other[spending] - first[spending]) / BILLION;
        for (moments, name) in self.0.iter_mut().zip(AVERTED) {
            if let Some(outcome) = Outcome::place_of(name) {
                moments.push(first[outcome] - other[outcome], spent_more);
            }
        }
    }

    /// A row for each outcome that can be averted.
    #[must_use]
    pub fn rows(&self, first: &str, other: &str) -> Vec<AvertedRow> {
        let level = Confidence::NINETY_FIVE;
        let row = |(moments, name): (&RatioMoments, &str)| {
            let outcome = &OUTCOMES[Outcome::place_of(name)?];
            let spent = moments.below.interval(level);
            let ratio = moments.ratio(level).filter(|_| spent.is_some_and(|it| it.value > 0.0));
            Some(AvertedRow {
                first: first.to_owned(),
                other: other.to_owned(),
                outcome: outcome.name,
                unit: outcome.unit_over_a_run(),
                replicates: moments.below.count(),
                spent_more: moments.below.mean(),
                spent_low: spent.map(|it| it.interval.low),
                spent_high: spent.map(|it| it.interval.high),
                averted: moments.above.mean(),
                per_billion: ratio.map(|it| it.value),
                low: ratio.map(|it| it.interval.low),
                high: ratio.map(|it| it.interval.high),
            })
        };
        self.0.iter().zip(AVERTED).filter_map(row).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(spent_more: [f64; 4]) -> Vec<AvertedRow> {
        let mut over_runs = AvertedOverRuns::default();
        let with = |spending: f64, deaths: f64| {
            let mut end = vec![0.0; OUTCOMES.len()];
            end[Outcome::place_of(SPENDING).unwrap()] = spending;
            end[Outcome::place_of("deaths").unwrap()] = deaths;
            end
        };
        for (more, shared) in spent_more.into_iter().zip([0.0, 1.0, 2.0, 3.0]) {
            let first = with(5e11, 100.0 + shared);
            over_runs.push(&first, &with(5e11 + more * BILLION, 80.0));
        }
        over_runs.rows("a", "b")
    }

    #[test]
    fn what_is_averted_is_divided_by_what_is_spent_more_where_more_is_surely_spent() {
        let rows = rows([10.0, 10.0, 11.0, 9.0]);
        assert_eq!((rows[0].outcome, rows[1].outcome), ("deaths", "recruits"));
        assert_eq!((rows[0].spent_more, rows[0].averted), (Some(10.0), Some(21.5)));
        assert_eq!(rows[0].per_billion, Some(2.15));
        assert!(rows[0].low < rows[0].per_billion && rows[0].high > rows[0].per_billion);
    }

    #[test]
    fn nothing_is_divided_by_what_is_saved_or_may_be_nothing() {
        for spent_more in [[-10.0, -10.0, -11.0, -9.0], [-10.0, 10.0, 1.0, 2.0]] {
            let rows = rows(spent_more);
            assert_eq!((rows[0].averted, rows[0].per_billion), (Some(21.5), None));
            assert_eq!((rows[0].low, rows[0].high), (None, None));
        }
    }
}
