//! Rows of the tables beside a scenario. Every table ends with an optional `source` column.

use super::dictionary::Parameter;
use super::schema::Schema;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_model::words::geography::{Rank, Zone};
use toguna_units::{Date, Share};

/// A community.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommunityRow {
    /// Short name, used once. Unit: name.
    pub community: String,
    /// The cercle it lies in. Unit: name.
    pub cercle: String,
    /// The region it lies in. Unit: name.
    pub region: String,
    /// The part of the country it lies in. Unit: zone.
    pub zone: Zone,
    /// Latitude of its middle. Unit: degrees north.
    #[schemars(range(min = -90.0, max = 90.0))]
    pub latitude: f64,
    /// Longitude of its middle. Unit: degrees east.
    #[schemars(range(min = -180.0, max = 180.0))]
    pub longitude: f64,
    /// Residents of all ages. Unit: persons.
    #[schemars(range(min = 1, max = 100_000_000))]
    pub residents: u32,
    /// What kind of place it is. Unit: rank.
    pub rank: Rank,
}

/// A way between two communities, in both directions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NeighbourRow {
    /// Short name of one end. Unit: name.
    pub community: String,
    /// Short name of the other end. Unit: name.
    pub neighbour: String,
    /// Distance travelled. Unit: km.
    #[schemars(range(min = 0.0, max = 5_000.0))]
    pub km: f64,
}

/// Part of a community that belongs to a constituency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConstituentRow {
    /// Short name of the community. Unit: name.
    pub community: String,
    /// Short name of the constituency. Unit: name.
    pub constituency: String,
    /// Its part of the residents; those of a community add up to 1. Unit: share.
    pub share: Share,
}

/// How things stand in the communities of a cercle at the start.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceRow {
    /// The cercle; every cercle has its row. Unit: name.
    pub cercle: String,
    /// Control that the state holds; the rest is nobody's or armed groups'. Unit: share.
    pub state_control: Share,
    /// The need for health care that is met. Unit: share.
    pub health: Share,
    /// The need for schooling that is met where schools are open. Unit: share.
    pub schooling: Share,
    /// The need for courts, registries and mediation that is met. Unit: share.
    pub justice: Share,
    /// The need for water that is met. Unit: share.
    pub water: Share,
    /// Schools that are closed. Unit: share.
    pub closed_schools: Share,
    /// What an honest living brings a week. Unit: median incomes.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub income: f64,
    /// How well its markets can be reached. Unit: share.
    pub market_access: Share,
    /// Displaced persons who live there at the start. Unit: persons.
    #[schemars(range(min = 0, max = 10_000_000))]
    pub displaced_hosted: u32,
    /// Where the figures are from. Unit: text.
    #[serde(default)]
    pub source: String,
}

/// A command of an armed group at the start.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommandRow {
    /// Short name, used once. Unit: name.
    pub command: String,
    /// Short name of its group. Unit: name.
    pub group: String,
    /// The larger unit it belongs to: its commands have one leader, and what he signs binds all. Unit: name.
    pub katiba: String,
    /// Cercle of its base. Unit: name.
    pub cercle: String,
    /// Its fighters. Unit: persons.
    #[schemars(range(min = 0, max = 1_000_000))]
    pub fighters: u32,
    /// Day of its founding; without one, that of its group. Unit: date.
    #[serde(default)]
    pub from: Option<Date>,
    /// Where the figures are from. Unit: text.
    #[serde(default)]
    pub source: String,
}

/// Soldiers of a zone at the start.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ArmyRow {
    /// The part of the country. Unit: zone.
    pub zone: Zone,
    /// Soldiers who serve there. Unit: persons.
    #[schemars(range(min = 0, max = 10_000_000))]
    pub soldiers: u32,
    /// Where the figures are from. Unit: text.
    #[serde(default)]
    pub source: String,
}

/// Hostility of two sides from a day on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HostilityRow {
    /// One side: `state` or a group. Unit: name.
    pub a: String,
    /// The other side. Unit: name.
    pub b: String,
    /// The day from which it holds, until a later row for the same two. Unit: date.
    pub from: Date,
    /// 0: they leave each other alone; 1: open war. Unit: share.
    pub hostility: Share,
    /// Where the figures are from. Unit: text.
    #[serde(default)]
    pub source: String,
}

/// Every column of every table: `communities.residents`, by key in `[tables]` and name.
#[must_use]
pub fn columns() -> Vec<Parameter> {
    fn of<Row: JsonSchema>(key: &'static str) -> impl Iterator<Item = Parameter> {
        let columns = Schema::of::<Row>().parameters().into_iter();
        columns.map(move |column| Parameter { path: format!("{key}.{}", column.path), ..column })
    }
    of::<CommunityRow>("communities")
        .chain(of::<NeighbourRow>("neighbours"))
        .chain(of::<ConstituentRow>("constituents"))
        .chain(of::<PlaceRow>("places"))
        .chain(of::<CommandRow>("commands"))
        .chain(of::<ArmyRow>("army"))
        .chain(of::<HostilityRow>("hostility"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_column_of_every_table_that_a_scenario_names_is_explained() {
        let columns = columns();
        for column in &columns {
            assert!(!column.meaning.is_empty() && !column.unit.is_empty(), "{}", column.path);
        }
        let explained: BTreeSet<String> =
            columns.iter().filter_map(|it| Some(it.path.split_once('.')?.0.to_owned())).collect();
        let parameters = Schema::of::<super::super::file::Scenario>().parameters();
        let named = parameters.iter().filter_map(|it| it.path.strip_prefix("tables."));
        assert_eq!(explained, named.map(str::to_owned).collect());
    }
}
