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
mod weighted;

pub(crate) use bands::Sketch;
pub(super) use bootstrap::resample;
pub(crate) use bootstrap::{RESAMPLES, percentile_interval};
pub use family::stand_out;
pub(crate) use inequality::gini;
pub use interval::{
    Confidence, Estimate, Interval, PairedDifference, mean_interval, paired_difference,
};
pub use mean::{mean, variance};
pub use quantile::{Band, quantile};
pub(crate) use rank::correlation;
pub use rank::{association, rank_correlation, ranks};
pub(crate) use ratio::RatioMoments;
pub use replicates::{MOST_REPLICATES, NoSuchNumber, ReplicatesNeeded, replicates_for_half_width};
pub use rounding::{Range, difference, rounded};
pub use score::interval_score;
pub use streaming::Moments;
pub(crate) use streaming::PairedMoments;
pub(crate) use survival::{Spell, median_survival};
pub use weighted::{weighted_mean, weighted_quantile, weighted_rank_correlation};
