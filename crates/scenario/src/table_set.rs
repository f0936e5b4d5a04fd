//! The tables that a scenario names, read.

use super::file::Scenario;
use super::layers::Merged;
use super::limits;
use super::problems::{Problem, Problems};
use super::source::Files;
use super::table::{MostRows, Table, TableFile, read_table};
use super::tables::{
    ArmyRow, CommandRow, CommunityRow, ConstituentRow, HostilityRow, NeighbourRow, PlaceRow,
};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

/// All tables of a scenario.
#[derive(Clone, Debug)]
pub struct TableSet {
    /// Towns and villages.
    pub communities: Table<CommunityRow>,
    /// Which communities are near each other.
    pub neighbours: Table<NeighbourRow>,
    /// Who lives where.
    pub constituents: Table<ConstituentRow>,
    /// Where communities lie.
    pub places: Table<PlaceRow>,
    /// Commands of armed groups.
    pub commands: Table<CommandRow>,
    /// Where the army stands at the start.
    pub army: Table<ArmyRow>,
    /// Hostility between constituencies at the start.
    pub hostility: Table<HostilityRow>,
}

impl TableSet {
    /// Key in `[tables]` and text of each, in a fixed order: what a run's fingerprint covers.
    #[must_use]
    pub fn texts(&self) -> [(&'static str, &str); 7] {
        [
            ("communities", self.communities.text()),
            ("neighbours", self.neighbours.text()),
            ("constituents", self.constituents.text()),
            ("places", self.places.text()),
            ("commands", self.commands.text()),
            ("army", self.army.text()),
            ("hostility", self.hostility.text()),
        ]
    }
}

/// Reads all of them.
///
/// # Errors
/// Everything wrong with each alone.
pub(super) fn read_tables(
    files: &dyn Files,
    scenario: &Scenario,
    merged: &Merged,
) -> Result<TableSet, Problems> {
    struct Reader<'r> {
        files: &'r dyn Files,
        merged: &'r Merged,
        rank: usize,
        problems: Vec<Problem>,
    }
    impl Reader<'_> {
        fn table<Row: DeserializeOwned + JsonSchema>(
            &mut self,
            key: &str,
            name: &str,
            most: Option<MostRows>,
        ) -> Option<Table<Row>> {
            let key = format!("tables.{key}");
            let path = self.merged.file_beside(&key, name);
            let named_at = self.merged.nearest_place(&key);
            self.rank += 1;
            let (path, named_at) = (&path, Some(&named_at));
            match read_table(self.files, TableFile { path, named_at, rank: self.rank, most }) {
                Ok(table) => Some(table),
                Err(problems) => {
                    let problems = problems.into_vec().into_iter();
                    let named = |problem: Problem| problem.in_file_named_at(named_at);
                    self.problems.extend(problems.map(named));
                    None
                }
            }
        }
    }
    let mut reader = Reader { files, merged, rank: 1_000, problems: Vec::new() };
    let names = &scenario.tables;
    let tables = (
        reader.table("communities", &names.communities, Some(limits::COMMUNITIES)),
        reader.table("neighbours", &names.neighbours, None),
        reader.table("constituents", &names.constituents, None),
        reader.table("places", &names.places, None),
        reader.table("commands", &names.commands, Some(limits::COMMANDS)),
        reader.table("army", &names.army, None),
        reader.table("hostility", &names.hostility, None),
    );
    Problems::none_or(reader.problems)?;
    match tables {
        (Some(a), Some(b), Some(c), Some(d), Some(e), Some(f), Some(g)) => Ok(TableSet {
            communities: a,
            neighbours: b,
            constituents: c,
            places: d,
            commands: e,
            army: f,
            hostility: g,
        }),
        _ => unreachable!("a table that could not be read has left a problem"),
    }
}
