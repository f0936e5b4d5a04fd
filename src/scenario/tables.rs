//! Rows of the tables beside a scenario. Every table ends with an optional `source` column.

use crate::model::community::{Rank, Zone};
use crate::units::{Date, Share};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A community.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommunityRow {
    /// Short name, used once.
    pub community: String,
    pub cercle: String,
    pub region: String,
    pub zone: Zone,
    /// Degrees north.
    #[schemars(range(min = -90.0, max = 90.0))]
    pub latitude: f64,
    /// Degrees east.
    #[schemars(range(min = -180.0, max = 180.0))]
    pub longitude: f64,
    /// Residents of all ages.
    #[schemars(range(min = 1, max = 100_000_000))]
    pub residents: u32,
    pub rank: Rank,
}

/// A way between two communities, in both directions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NeighbourRow {
    pub community: String,
    pub neighbour: String,
    /// Distance travelled.
    #[schemars(range(min = 0.0, max = 5_000.0))]
    pub km: f64,
}

/// Part of a community that belongs to a constituency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConstituentRow {
    pub community: String,
    pub constituency: String,
    pub share: Share,
}

/// How things stand in the communities of a cercle at the start.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceRow {
    pub cercle: String,
    pub state_control: Share,
    pub health: Share,
    /// Where schools are open.
    pub schooling: Share,
    pub justice: Share,
    pub water: Share,
    pub closed_schools: Share,
    /// What an honest living brings a week, in median incomes.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub income: f64,
    pub market_access: Share,
    /// Displaced persons who live there at the start.
    #[schemars(range(min = 0, max = 10_000_000))]
    pub displaced_hosted: u32,
    #[serde(default)]
    pub source: String,
}

/// A command of an armed group at the start.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommandRow {
    /// Short name, used once.
    pub command: String,
    pub group: String,
    /// The larger unit it belongs to.
    pub katiba: String,
    /// Cercle of its base.
    pub cercle: String,
    #[schemars(range(min = 0, max = 1_000_000))]
    pub fighters: u32,
    /// Day of its founding; without one, that of its group.
    #[serde(default)]
    pub from: Option<Date>,
    #[serde(default)]
    pub source: String,
}

/// Soldiers of a zone at the start.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ArmyRow {
    pub zone: Zone,
    #[schemars(range(min = 0, max = 10_000_000))]
    pub soldiers: u32,
    #[serde(default)]
    pub source: String,
}

/// Hostility of two sides from a day on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HostilityRow {
    /// `state` or a group.
    pub a: String,
    pub b: String,
    pub from: Date,
    pub hostility: Share,
    #[serde(default)]
    pub source: String,
}
