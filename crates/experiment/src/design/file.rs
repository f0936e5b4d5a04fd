//! What a design file may say.

use super::axis::Axis;
use super::kind::Kind;
use crate::common_past::RandomNumbers;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::Date;

/// Which settings of a scenario to run, and each how many times.
///
/// Keys that it does not have are refused by [`super::CheckedDesign::read`], which then looks further.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Design {
    /// The scenario file that every point starts from, relative to this file.
    pub scenario: String,
    /// How the points are chosen.
    pub kind: Kind,
    /// Runs of each point, 1 or more. Replicate *r* of every point shares its random numbers with
    /// replicate *r* of the others. Asking for more later keeps the points and the runs already made.
    #[serde(default = "default_replicates")]
    #[schemars(range(min = 1, max = 1_000_000))]
    pub replicates: u32,
    /// Chooses the random points of a Latin hypercube, the scrambling of Sobol' numbers and the
    /// trajectories of Morris, and the random numbers of the replicates.
    #[serde(default = "default_seed")]
    #[schemars(range(max = 9_007_199_254_740_991_u64))]
    pub seed: u64,
    /// Latin hypercube and Sobol': number of points. Sobol' indices: base points N, of which
    /// N × (axes + 2) points are made. Sobol' kinds take powers of two.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 2))]
    pub points: Option<u32>,
    /// `calibrate`, which takes Latin hypercubes: waves of so many points that rule settings out, before the
    /// ensemble is drawn. 3 when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100))]
    pub waves: Option<u32>,
    /// `calibrate`: how many settings the ensemble has. 150 when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 10, max = 10_000))]
    pub members: Option<u32>,
    /// `calibrate`: facts to fit that do not count, by number, such as F4.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leave_out: Vec<String>,
    /// `calibrate`: only facts of years up to this day count, so that what the ensemble says of later ones is a
    /// prediction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facts_until: Option<Date>,
    /// Morris: number of trajectories, 2 or more; each visits one point more than there are axes.
    /// 10 when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 2))]
    pub trajectories: Option<u32>,
    /// Morris: values each axis may take, an even number. 4 when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 2))]
    pub levels: Option<u32>,
    /// Points: the CSV file of points, relative to this file; a column for each key varied, a row
    /// for each point, an empty cell where the scenario's own value stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// What varies, varies from the first week that begins on or after this day: all points share the
    /// past before it, which is run once for each replicate. Levers, rules, switches and the end can
    /// vary from a day on; people, places, groups and the start cannot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fork: Option<Date>,
    /// Whether the points share their random numbers after the fork, too.
    #[serde(default, skip_serializing_if = "RandomNumbers::is_same")]
    pub random_numbers: RandomNumbers,
    /// Outcomes to keep week by week: `series.csv` has those of each run, `bands.csv` their mean and
    /// 90 % band at each point.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weekly: Vec<String>,
    /// A design with more points than this is refused, lest one axis too many cost a year.
    #[serde(default = "default_maximum_points")]
    pub maximum_points: u32,
    /// What varies.
    #[serde(default)]
    pub axes: Vec<Axis>,
}

fn default_replicates() -> u32 {
    20
}

fn default_seed() -> u64 {
    1
}

fn default_maximum_points() -> u32 {
    10_000
}

impl Design {
    const DEFAULT_TRAJECTORIES: u32 = 10;
    const DEFAULT_LEVELS: u32 = 4;
    const DEFAULT_WAVES: u32 = 3;
    const DEFAULT_MEMBERS: u32 = 150;

    /// Calibration: waves that rule settings out.
    #[must_use]
    pub fn waves(&self) -> u32 {
        self.waves.unwrap_or(Self::DEFAULT_WAVES)
    }

    /// Calibration: settings of the ensemble.
    #[must_use]
    pub fn members(&self) -> u32 {
        self.members.unwrap_or(Self::DEFAULT_MEMBERS)
    }

    #[must_use]
    pub(crate) fn trajectories(&self) -> u32 {
        self.trajectories.unwrap_or(Self::DEFAULT_TRAJECTORIES)
    }

    /// Morris: values that each axis may take.
    #[must_use]
    pub fn levels(&self) -> u32 {
        self.levels.unwrap_or(Self::DEFAULT_LEVELS)
    }
}
