//! The list of all tables.

use super::calibration_tables::{ENSEMBLE, FITTED, RANGES, TRADEOFFS, WAVES};
use super::comparison_tables::{AVERTED, COMPARISON, EXPLAINED, JOINED, PARTINGS};
use super::course_tables::{ACTED, CERCLES, OVER_TIME, WHO_PAYS};
pub use super::runs_table::runs;
use super::sweep_tables::{BANDS, CONTRASTS, SENSITIVITY, SUMMARY};
use super::validation_tables::{FACTS_BY_RUN, VALIDATION};
use super::worlds_tables::{FAILS, JUDGED, REGRETS};
use toguna_experiment::logs::{LOGS, Log};
use toguna_experiment::table::Described;

/// Every table that a run, a comparison or a sweep can leave, but for those of a sweep whose columns
/// follow from its design.
#[must_use]
pub fn all() -> Vec<Described> {
    let mut all = vec![runs().described()];
    all.extend(LOGS.iter().map(Log::described));
    all.extend([
        OVER_TIME.described(),
        CERCLES.described(),
        WHO_PAYS.described(),
        ACTED.described(),
        COMPARISON.described(),
        AVERTED.described(),
        JOINED.described(),
        PARTINGS.described(),
        EXPLAINED.described(),
        SUMMARY.described(),
        CONTRASTS.described(),
        BANDS.described(),
        SENSITIVITY.described(),
        VALIDATION.described(),
        FACTS_BY_RUN.described(),
        WAVES.described(),
        ENSEMBLE.described(),
        RANGES.described(),
        TRADEOFFS.described(),
        FITTED.described(),
        JUDGED.described(),
        REGRETS.described(),
        FAILS.described(),
    ]);
    all
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_table_is_declared_without_fault() {
        for table in super::all() {
            assert_eq!(table.faults(), Vec::<String>::new());
        }
    }
}
