//! What is valid and still worth a second look: it may mean something other than was meant. Each note
//! stands where its cause is written, if it has one place.

mod levers;

pub use levers::{COARSE_WORLD, NOTES, not_coarse};

use crate::checked::CheckedScenario;
use crate::problems::{Place, Problem};
use crate::suggest::quoted;
use crate::table::Table;
use std::collections::{BTreeMap, BTreeSet};
use toguna_model::words::motives::Motive;
use toguna_model::world::group::GroupKind;

/// Every kind of note.
const KINDS: [fn(&CheckedScenario) -> Vec<Problem>; 6] = [
    names_taken_for_missing,
    ways_shorter_than_the_straight_line,
    swapped_coordinates,
    long_spans,
    groups_of_nobody,
    levers::half_set_levers_and_scale,
];

/// Every note on a scenario that has passed all checks.
#[must_use]
pub fn notes(checked: &CheckedScenario) -> Vec<Problem> {
    KINDS.iter().flat_map(|kind| kind(checked)).collect()
}

/// Cells that pandas, R or a spreadsheet reads as a missing value.
const MISSING: [&str; 12] =
    ["NA", "N/A", "n/a", "NaN", "nan", "-NaN", "-nan", "NULL", "null", "None", "<NA>", "#N/A"];

fn names_taken_for_missing(checked: &CheckedScenario) -> Vec<Problem> {
    const HELP: &str = "R and pandas read this name in tables as a missing value; choose another";
    let title = |name: &str| format!("{} is a name", quoted(name));
    let mut known = BTreeSet::new();
    let mut found = Vec::new();
    let tables = &checked.tables;
    let mut look = |name: &str, problem: &dyn Fn(String, &str) -> Problem| {
        if MISSING.contains(&name) && known.insert(name.to_owned()) {
            found.push(problem(title(name), HELP));
        }
    };
    for (row, place) in tables.communities.rows.iter().enumerate() {
        let names =
            [("community", &place.community), ("cercle", &place.cercle), ("region", &place.region)];
        for (column, name) in names {
            look(name, &|title, help| tables.communities.problem(row, column, title, help));
        }
    }
    for (row, command) in tables.commands.rows.iter().enumerate() {
        look(&command.command, &|title, help| tables.commands.problem(row, "command", title, help));
    }
    let scenario = &checked.scenario;
    let groups = scenario.groups.keys().map(|name| ("groups", name));
    let constituencies = scenario.constituencies.keys().map(|name| ("constituencies", name));
    for (key, name) in groups.chain(constituencies) {
        let path = format!("{key}.{name}");
        look(name, &|title, help| checked.merged.problem_at_key(&path, title, help));
    }
    found
}

/// Latitude and longitude.
type Coordinates = (f64, f64);

/// Kilometres between two places, as a bird flies.
fn straight_line([a, b]: [Coordinates; 2]) -> f64 {
    const RADIUS_OF_THE_EARTH: f64 = 6_371.0;
    let half_sine = |degrees: f64| libm::sin(degrees.to_radians() / 2.0);
    let (up, across) = (half_sine(b.0 - a.0), half_sine(b.1 - a.1));
    let wide = libm::cos(a.0.to_radians()) * libm::cos(b.0.to_radians());
    let part = up * up + wide * across * across;
    2.0 * RADIUS_OF_THE_EARTH * libm::asin(part.sqrt().min(1.0))
}

/// The ends of each way, its length in kilometres and its row.
fn ways(checked: &CheckedScenario) -> Vec<([Coordinates; 2], f64, usize)> {
    let rows = checked.tables.communities.rows.iter();
    let places: BTreeMap<&str, Coordinates> =
        rows.map(|row| (row.community.as_str(), (row.latitude, row.longitude))).collect();
    let ways = checked.tables.neighbours.rows.iter().enumerate();
    ways.map(|(row, way)| {
        let ends = [&way.community, &way.neighbour].map(|name| places[name.as_str()]);
        (ends, way.km, row)
    })
    .collect()
}

fn ways_shorter_than_the_straight_line(checked: &CheckedScenario) -> Vec<Problem> {
    // Coordinates of a place's middle, and rounded ones, may be some kilometres beside the road's end.
    let impossible = |ends: [Coordinates; 2], km: f64| straight_line(ends) > 1.25 * km + 5.0;
    let mut wrong = ways(checked).into_iter().filter(|(ends, km, _)| impossible(*ends, *km));
    let Some((ends, km, row)) = wrong.next() else { return Vec::new() };
    let title = format!(
        "{km} km are less than the straight line, {:.0} km from coordinate to coordinate",
        straight_line(ends)
    );
    let more = wrong.count();
    let more = if more > 0 { format!("so it is in {more} more rows; ") } else { String::new() };
    let help = format!("{more}distances are in kilometres, coordinates in degrees");
    vec![checked.tables.neighbours.problem(row, "km", title, help)]
}

/// Ways are about as many times longer than the straight line everywhere; with latitude and longitude in
/// each other's place they no longer are.
fn swapped_coordinates(checked: &CheckedScenario) -> Vec<Problem> {
    const FEW: usize = 10;
    let ways: Vec<_> = ways(checked).into_iter().filter(|(_, km, _)| *km > 0.0).collect();
    if ways.len() < FEW {
        return Vec::new();
    }
    let uneven = |swapped: bool| {
        let detours = ways.iter().map(|(ends, km, _)| {
            let ends = if swapped { ends.map(|(a, b)| (b, a)) } else { *ends };
            straight_line(ends) / km
        });
        let detours: Vec<f64> = detours.collect();
        let count = detours.len() as f64;
        let mean = detours.iter().sum::<f64>() / count;
        detours.iter().map(|it| (it / mean - 1.0).powi(2)).sum::<f64>() / count
    };
    // Twice as far from even, so that a table of rough distances is not doubted.
    if uneven(false) <= 4.0 * uneven(true) {
        return Vec::new();
    }
    let communities = &checked.tables.communities;
    let title = "latitude and longitude seem to have changed places";
    let help = "with them the other way round the distances of the table of neighbours fit better";
    vec![Problem::new(title).at(header_of(communities, "latitude")).help(help)]
}

fn header_of<Row>(table: &Table<Row>, column: &str) -> Place {
    let mut place = table.header();
    let start = table.text().find(column).unwrap_or(0);
    place.span = start..start + column.len();
    place
}

fn long_spans(checked: &CheckedScenario) -> Vec<Problem> {
    const LONG: f64 = 100.0;
    let years = f64::from(checked.scenario.time.weeks()) * 7.0 / 365.25;
    if years <= LONG {
        return Vec::new();
    }
    let title = format!("the scenario goes over {years:.0} years");
    let help = "the model is made for years and decades";
    vec![checked.merged.problem_at("time.end", title, help)]
}

/// Groups that a run will never see.
fn groups_of_nobody(checked: &CheckedScenario) -> Vec<Problem> {
    let end = checked.scenario.time.end;
    let mut found = Vec::new();
    for (name, group) in &checked.scenario.groups {
        if group.founded.is_some_and(|day| day >= end) {
            let title = format!("{} is founded after the run has ended", quoted(name));
            let help = match group.kind {
                GroupKind::SelfDefence => {
                    "people who are alarmed may found bands of it all the same"
                }
                _ => "it never comes to be",
            };
            found.push(checked.merged.problem_at(&format!("groups.{name}.founded"), title, help));
        }
        if Motive::ALL.iter().all(|motive| group.appeal.of(*motive) == 0.0) {
            let title = format!("{} has no appeal of any kind", quoted(name));
            let help = "nobody joins it, and its commands find no founding members";
            found.push(checked.merged.problem_at_key(
                &format!("groups.{name}.appeal"),
                title,
                help,
            ));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checked::read;
    use crate::source::{Disk, Files, InMemory};
    use std::path::Path;

    const SCENARIO: &str = "scenario.resolved.toml";

    /// What is noted of the valley when its tables are changed.
    fn noted(change: impl Fn(&str, String) -> String, settings: &[&str]) -> Vec<String> {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/lessons/valley.toml");
        let valley = read(&Disk, &path, &[]).unwrap();
        let mut files = InMemory::default().with(SCENARIO, valley.resolved_beside_tables());
        for (table, text) in valley.tables.texts() {
            files = files.with(&format!("{table}.input.csv"), change(table, text.to_owned()));
        }
        let settings: Vec<String> = settings.iter().map(|it| (*it).to_owned()).collect();
        let files: &dyn Files = &files;
        let checked = read(files, Path::new(SCENARIO), &settings).unwrap();
        notes(&checked).iter().map(Problem::in_one_line).collect()
    }

    #[test]
    fn the_valley_as_it_is_needs_no_second_look() {
        assert_eq!(noted(|_, text| text, &[]), Vec::<String>::new());
    }

    #[test]
    fn a_place_called_as_missing_values_are_is_noted_once_where_it_stands() {
        let renamed = |_: &str, text: String| text.replace("coldspring", "NA");
        let told = "communities.input.csv:3: `NA` is a name; R and pandas read this name in tables as \
                    a missing value; choose another";
        assert_eq!(noted(renamed, &[]), [told]);
    }

    #[test]
    fn latitude_and_longitude_in_each_others_place_are_noted() {
        let swapped = |table: &str, text: String| match table {
            "communities" => text.replacen("latitude,longitude", "longitude,latitude", 1),
            _ => text,
        };
        let told = noted(swapped, &[]);
        assert!(told.len() == 1 && told[0].contains("seem to have changed places"), "{told:?}");
        assert!(told[0].starts_with("communities.input.csv:1: "), "{told:?}");
    }

    #[test]
    fn a_way_shorter_than_the_straight_line_is_noted() {
        let in_leagues = |table: &str, text: String| match table {
            "neighbours" => text.replace("eaglecrag,redcliff,18.8", "eaglecrag,redcliff,4.7"),
            _ => text,
        };
        let told = noted(in_leagues, &[]);
        assert!(told[0].starts_with("neighbours.input.csv:3: 4.7 km are less than"), "{told:?}");
    }

    #[test]
    fn groups_that_never_have_anybody_are_noted() {
        let as_it_is = |_: &str, text: String| text;
        let told = noted(as_it_is, &["groups.hunters.founded=\"2031-01-06\""]);
        assert!(told.len() == 1 && told[0].contains("`hunters` is founded after"), "{told:?}");
        assert!(told[0].contains("may found bands of it"), "{told:?}");
        let told = noted(as_it_is, &["groups.riders.founded=\"2031-01-06\""]);
        assert!(told.len() == 1 && told[0].contains("never comes to be"), "{told:?}");
        let none = Motive::ALL.map(|motive| format!("groups.riders.appeal.{}=0", motive.name()));
        let none: Vec<&str> = none.iter().map(String::as_str).collect();
        let told = noted(as_it_is, &none);
        assert!(told.len() == 1 && told[0].contains("`riders` has no appeal"), "{told:?}");
        assert!(noted(as_it_is, &none[1..]).is_empty());
    }

    #[test]
    fn centuries_are_noted() {
        let told = noted(|_, text| text, &["time.end=\"2220-01-05\""]);
        assert!(told.len() == 1 && told[0].contains("goes over 200 years"), "{told:?}");
    }
}
