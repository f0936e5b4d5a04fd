//! How the points of a design are chosen.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the points of a design are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Every combination of the axes' values; the last axis changes fastest.
    Grid,
    /// The scenario itself, then each value of each axis with all else as in the scenario.
    OneAtATime,
    /// Random points, one in each of as many equal slices of every axis (McKay, Beckman and Conover
    /// 1979).
    LatinHypercube,
    /// Points of the Sobol' sequence with the direction numbers of Joe and Kuo (2008), scrambled.
    Sobol,
    /// Trajectories that change one axis at a time (Morris 1991), to rank many axes cheaply.
    Morris,
    /// The points of Saltelli et al. (2010) from which first and total indices are computed.
    SobolIndices,
    /// The rows of a CSV file.
    Points,
}

impl Kind {
    /// As written in a design file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Grid => "grid",
            Kind::OneAtATime => "one_at_a_time",
            Kind::LatinHypercube => "latin_hypercube",
            Kind::Sobol => "sobol",
            Kind::Morris => "morris",
            Kind::SobolIndices => "sobol_indices",
            Kind::Points => "points",
        }
    }

    /// Whether an axis may stand for any place between two ends, so that `steps` has no meaning.
    pub(super) fn samples_between(self) -> bool {
        !matches!(self, Kind::Grid | Kind::OneAtATime)
    }
}
