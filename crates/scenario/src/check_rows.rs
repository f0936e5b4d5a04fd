//! What does not fit together between the tables.

use super::file::Scenario;
use super::problems::{Problem, SHOWN_PER_FILE};
use super::suggest::{quoted, would_do};
use super::table::Table;
use super::table_set::TableSet;
use super::tables::CommunityRow;
use std::collections::{BTreeMap, BTreeSet};

/// Names that other tables must know, and what must add up.
pub(super) fn check_rows(scenario: &Scenario, tables: &TableSet, problems: &mut Vec<Problem>) {
    let communities = names_of(&tables.communities, "community", |row| &row.community, problems);
    let cercles: BTreeSet<String> =
        tables.communities.rows.iter().map(|row| row.cercle.clone()).collect();
    let constituencies: BTreeSet<String> = scenario.constituencies.keys().cloned().collect();
    let groups: BTreeSet<String> = scenario.groups.keys().cloned().collect();
    let mut sides = groups.clone();
    sides.insert("state".to_owned());

    let community = ("community", &communities);
    refer(&tables.neighbours, "community", community, |row| &row.community, problems);
    refer(&tables.neighbours, "neighbour", community, |row| &row.neighbour, problems);
    refer(&tables.constituents, "community", community, |row| &row.community, problems);
    let constituency = ("constituency", &constituencies);
    refer(&tables.constituents, "constituency", constituency, |row| &row.constituency, problems);
    refer(&tables.places, "cercle", ("cercle", &cercles), |row| &row.cercle, problems);
    refer(&tables.commands, "cercle", ("cercle", &cercles), |row| &row.cercle, problems);
    refer(&tables.commands, "group", ("group", &groups), |row| &row.group, problems);
    refer(&tables.hostility, "a", ("side", &sides), |row| &row.a, problems);
    refer(&tables.hostility, "b", ("side", &sides), |row| &row.b, problems);
    names_of(&tables.commands, "command", |row| &row.command, problems);
    names_of(&tables.army, "zone", |row| row.zone.name(), problems);
    let described = names_of(&tables.places, "cercle", |row| &row.cercle, problems);
    let wanting = cercles.difference(&described).map(String::as_str);
    let help = "every cercle of the table of communities needs one";
    let named = Naming { table: &tables.communities, column: "cercle", name_of: |row| &row.cercle };
    problems.extend(rows_wanting(&tables.places, "cercle", wanting, &named, help));
    check_ways(tables, problems);
    check_shares(tables, &communities, problems);
    check_hostility(tables, problems);
}

/// Finds double names in a column, and remembers which there are.
fn names_of<Row>(
    table: &Table<Row>,
    column: &str,
    name: impl Fn(&Row) -> &str,
    problems: &mut Vec<Problem>,
) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (row, entry) in table.rows.iter().enumerate() {
        let name = name(entry);
        if !names.insert(name.to_owned()) {
            let title = format!("{} is named twice", quoted(name));
            problems.push(table.problem(row, column, title, "each may have one row only"));
        }
    }
    names
}

/// Finds names in a column that are not among those known.
fn refer<Row>(
    table: &Table<Row>,
    column: &str,
    known: (&str, &BTreeSet<String>),
    name: impl Fn(&Row) -> &str,
    problems: &mut Vec<Problem>,
) {
    let (what, names) = known;
    let mut wrong = 0;
    for (row, entry) in table.rows.iter().enumerate() {
        let name = name(entry);
        if !names.contains(name) {
            let title = format!("there is no {what} {}", quoted(name));
            // Nobody sees more; a million wrong names are not each compared with all others.
            wrong += 1;
            let help = match wrong <= SHOWN_PER_FILE {
                true => would_do(name, names.iter().map(String::as_str)),
                false => String::new(),
            };
            problems.push(table.problem(row, column, title, help));
        }
    }
}

fn check_ways(tables: &TableSet, problems: &mut Vec<Problem>) {
    let mut known = BTreeSet::new();
    for (row, way) in tables.neighbours.rows.iter().enumerate() {
        let (a, b) = (way.community.as_str(), way.neighbour.as_str());
        if a == b {
            let title = format!("{} is its own neighbour", quoted(a));
            problems.push(tables.neighbours.problem(row, "neighbour", title, "name another"));
        } else if !known.insert((a.min(b), a.max(b))) {
            let title = format!("the way from {} to {} is named twice", quoted(a), quoted(b));
            let help = "a way goes in both directions; one row is enough";
            problems.push(tables.neighbours.problem(row, "neighbour", title, help));
        }
    }
}

/// Shares of a community must make it whole, within rounding of the table.
fn check_shares(tables: &TableSet, communities: &BTreeSet<String>, problems: &mut Vec<Problem>) {
    let mut sums: BTreeMap<&str, (f64, usize)> = BTreeMap::new();
    let mut pairs = BTreeSet::new();
    for (row, part) in tables.constituents.rows.iter().enumerate() {
        let sum = sums.entry(&part.community).or_insert((0.0, row));
        *sum = (sum.0 + part.share.get(), row);
        if !pairs.insert((&part.community, &part.constituency)) {
            let title = format!(
                "{} is named twice in {}",
                quoted(&part.constituency),
                quoted(&part.community)
            );
            let help = "each constituency may have one share of a community";
            problems.push(tables.constituents.problem(row, "constituency", title, help));
        }
    }
    for (community, (sum, row)) in &sums {
        if (sum - 1.0).abs() > 1e-6 {
            let title = format!("the shares of {} add up to {sum:.4}", quoted(community));
            let help = "they must add up to 1";
            problems.push(tables.constituents.problem(*row, "share", title, help));
        }
    }
    let wanting = communities.iter().map(String::as_str).filter(|it| !sums.contains_key(*it));
    let help = "its people must belong to some constituency";
    let named =
        Naming { table: &tables.communities, column: "community", name_of: |row| &row.community };
    problems.extend(rows_wanting(&tables.constituents, "community", wanting, &named, help));
}

/// Where the names stand that must have rows elsewhere.
struct Naming<'t> {
    table: &'t Table<CommunityRow>,
    column: &'t str,
    name_of: fn(&CommunityRow) -> &str,
}

/// A problem for each name that has no row in a table, with the row of another that names it.
fn rows_wanting<'n, Row>(
    table: &Table<Row>,
    what: &str,
    names: impl Iterator<Item = &'n str>,
    named: &Naming,
    help: &str,
) -> Vec<Problem> {
    let wanting = |(number, name): (usize, &str)| {
        let title = format!("no row for the {what} {}", quoted(name));
        let problem = Problem::new(title).at(table.header()).help(help);
        // Nobody sees more; a million names are not each looked for.
        let shown = number < SHOWN_PER_FILE;
        let found = || named.table.rows.iter().position(|row| (named.name_of)(row) == name);
        match shown.then(found).flatten() {
            Some(row) => problem.see_also(named.table.place(row, named.column), "it is named here"),
            None => problem,
        }
    };
    names.enumerate().map(wanting).collect()
}

fn check_hostility(tables: &TableSet, problems: &mut Vec<Problem>) {
    let mut known = BTreeSet::new();
    for (row, quarrel) in tables.hostility.rows.iter().enumerate() {
        let (a, b) = (quarrel.a.as_str(), quarrel.b.as_str());
        if a == b {
            let title = format!("{} cannot be its own enemy", quoted(a));
            problems.push(tables.hostility.problem(row, "b", title, "name another side"));
        } else if !known.insert((a.min(b), a.max(b), quarrel.from)) {
            let title =
                format!("{} and {} have two entries for {}", quoted(a), quoted(b), quarrel.from);
            problems.push(tables.hostility.problem(row, "from", title, "keep one of them"));
        }
    }
}
