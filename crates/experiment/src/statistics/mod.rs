//! What numbers from many runs show, without any knowledge of the model that made them.
//! Sums run in the order given, so that the same values in the same order give the same bits.

mod bands;
mod bootstrap;
mod family;
mod inequality;
mod interval;
mod mean;
mod quantile;
mod rank;
mod ratio;
mod replicates;
mod rounding;
mod score;
mod streaming;
mod survival;

pub use bands::Sketch;
pub(super) use bootstrap::resample;
pub use bootstrap::{RESAMPLES, bootstrap_estimate, bootstrap_interval, percentile_interval};
pub use family::holm;
pub use inequality::gini;
pub use interval::{
    Confidence, Estimate, Interval, PairedDifference, mean_interval, paired_difference,
    two_sided_p_value,
};
pub use mean::{mean, variance, variance_removed_by_pairing};
pub use quantile::{Band, quantile, quantile_of_sorted};
pub use rank::{correlation, rank_correlation, ranks};
pub use ratio::RatioMoments;
pub use replicates::{MOST_REPLICATES, NoSuchNumber, ReplicatesNeeded, replicates_for_half_width};
pub use rounding::{Range, difference};
pub use score::interval_score;
pub use streaming::{Moments, PairedMoments};
pub use survival::{Spell, median_survival, survival_curve};
