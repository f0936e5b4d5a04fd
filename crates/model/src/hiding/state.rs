//! What lies near each place.

use crate::words::ids::CommunityId;
use std::sync::Arc;

/// A place near another, itself included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    /// Which.
    pub place: CommunityId,
    /// e^(−km / reach), great circle.
    pub nearness: f64,
}

/// What lies near each place, by its id; made once for all seeds.
pub type Surroundings = Arc<Vec<Vec<Near>>>;
