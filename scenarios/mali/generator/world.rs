//! From the facts to the three tables of the world, as text.

use std::fmt::Write as _;
use std::path::Path;

use super::communities::{self, Community};
use super::constituents::{self, Constituent};
use super::facts::{Facts, FactsError};
use super::neighbours::{self, Road};

/// One CSV file of the world: UTF-8, LF line ends.
pub struct Table {
    pub name: &'static str,
    pub text: String,
}

/// The three tables that the facts in `folder` give, the same bytes on every machine.
///
/// # Errors
/// [`FactsError`] if a fact table is missing, malformed or at odds with another.
pub fn tables(folder: &Path) -> Result<Vec<Table>, FactsError> {
    let facts = Facts::read(folder)?;
    let communities = communities::split(&facts.cercles, &facts.outline);
    let roads = neighbours::join(&communities, &facts);
    let constituents = constituents::settle(&communities, &facts);
    Ok(vec![
        Table { name: "communities.csv", text: communities_text(&communities, &facts) },
        Table { name: "neighbours.csv", text: neighbours_text(&roads, &communities) },
        Table { name: "constituents.csv", text: constituents_text(&constituents, &communities) },
    ])
}

const CANNOT_FAIL: &str = "writing to a string cannot fail";

fn communities_text(communities: &[Community], facts: &Facts) -> String {
    let mut text = "community,cercle,region,zone,latitude,longitude,residents,rank\n".to_owned();
    for place in communities {
        let cercle = &facts.cercles[place.cercle];
        writeln!(
            text,
            "{},{},{},{},{:.4},{:.4},{},{}",
            place.name,
            cercle.cercle,
            cercle.region,
            cercle.zone().name(),
            place.latitude,
            place.longitude,
            place.residents,
            place.rank.name()
        )
        .expect(CANNOT_FAIL);
    }
    text
}

fn neighbours_text(roads: &[Road], communities: &[Community]) -> String {
    let mut text = "community,neighbour,km\n".to_owned();
    for road in roads {
        let (from, to) = (&communities[road.from].name, &communities[road.to].name);
        writeln!(text, "{from},{to},{:.1}", road.km).expect(CANNOT_FAIL);
    }
    text
}

fn constituents_text(constituents: &[Constituent], communities: &[Community]) -> String {
    let mut text = "community,constituency,share\n".to_owned();
    for people in constituents {
        let name = &communities[people.community].name;
        let (whole, part) = (people.ten_thousandths / 10_000, people.ten_thousandths % 10_000);
        writeln!(text, "{name},{},{whole}.{part:04}", people.constituency).expect(CANNOT_FAIL);
    }
    text
}
