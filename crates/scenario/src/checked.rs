//! A scenario and its tables, read and checked together. What comes out may be trusted.

use super::check::{check, faults_in, problems_in_overlay};
use super::expression::Condition;
use super::file::Scenario;
use super::layers::{self, Merged};
use super::limits::{self, Numbered, check_limits};
use super::problems::{Problem, Problems, SHOWN_PER_FILE};
use super::schema::Schema;
use super::source::{Files, seen_from};
use super::suggest::{list, nearest, quoted};
use super::table::{MostRows, Table, TableFile, read_table};
use super::tables::{
    ArmyRow, CommandRow, CommunityRow, ConstituentRow, HostilityRow, NeighbourRow, PlaceRow,
};
use super::tree;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use toguna_model::json;
use toguna_model::outcomes::OUTCOMES;
use toguna_model::words::purposes::number_of_name;
use toguna_units::Date;

/// A scenario that has passed every check, with its tables.
#[derive(Clone, Debug)]
pub struct CheckedScenario {
    /// What the file says, with all it extends.
    pub scenario: Scenario,
    /// Where each value was written.
    pub merged: Merged,
    /// The tables that it names.
    pub tables: TableSet,
    /// One per timeline entry that has a condition.
    pub conditions: Vec<Option<Condition>>,
    /// By group: the conditions of its founding and of its merger, where it has them.
    pub group_changes: BTreeMap<String, [Option<Condition>; 2]>,
}

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

impl CheckedScenario {
    /// The whole scenario, defaults included, naming its tables as `<key>.input.csv` beside it: what a
    /// run's folder keeps, so that it can be run again from there.
    #[must_use]
    pub fn resolved_beside_tables(&self) -> String {
        self.resolved_beside(|key| format!("{key}.input.csv"))
    }

    /// The same where a table beside it is called otherwise, by its key.
    #[must_use]
    pub fn resolved_beside(&self, file: impl Fn(&str) -> String) -> String {
        let scenario = self.naming_tables(|key, _| file(key));
        super::show::show(&scenario, None).expect("a scenario is made of what TOML can hold")
    }

    /// The whole scenario, defaults included, naming its tables so that they are found by a file in
    /// `folder`; with `origins`, each value is followed by the place it came from.
    #[must_use]
    pub fn resolved_in(&self, files: &dyn Files, folder: &Path, origins: bool) -> String {
        let merged = origins.then_some(&self.merged);
        super::show::show(&self.scenario_in(files, folder), merged)
            .expect("a scenario is made of what TOML can hold")
    }

    /// The scenario, naming its tables so that they are found by a file in `folder`.
    #[must_use]
    pub fn scenario_in(&self, files: &dyn Files, folder: &Path) -> Scenario {
        self.naming_tables(|key, name| {
            seen_from(files, folder, &self.merged.file_beside(&format!("tables.{key}"), name))
        })
    }

    /// The scenario with its tables named anew, each from its key and its name.
    fn naming_tables(&self, name: impl Fn(&str, &str) -> String) -> Scenario {
        let mut scenario = self.scenario.clone();
        let mut tables = serde_json::to_value(&scenario.tables).expect("tables are named by text");
        for (key, value) in tables.as_object_mut().into_iter().flatten() {
            if let Some(old) = value.as_str().filter(|old| !old.is_empty()) {
                *value = name(key, old).into();
            }
        }
        scenario.tables = json::read(tables).expect("only names were changed");
        scenario
    }
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

/// Numbers that draws of a group can be addressed by; the state and civilians have their own.
const GROUP_NUMBER_BITS: u32 = 12;
const MOST_GROUPS: usize = 60;

/// Number by which a group's draws are addressed.
#[must_use]
pub(crate) fn group_number(name: &str) -> u64 {
    number_of_name(name, GROUP_NUMBER_BITS)
}

/// Reads a scenario file, what it extends, `--set` values, and every table it names.
///
/// # Errors
/// Everything wrong with the scenario and with each table alone, gathered; if no table is wrong alone,
/// also what does not fit between the tables. Where a key that cannot be done without is missing or
/// wrong, the tables are not looked at.
pub fn read(
    files: &dyn Files,
    path: &Path,
    settings: &[String],
) -> Result<CheckedScenario, Problems> {
    let (merged, mut problems) = layers::read_but_for_settings(files, path, settings)?;
    let schema = Schema::of::<Scenario>();
    let faults = faults_in(&merged, &schema);
    problems.extend(faults.problems);
    // What is left without the wrong values shows whether there is more to put right.
    let scenario: Scenario = match check(&merged.without(&faults.paths), &schema) {
        Ok(scenario) => scenario,
        Err(of_what_is_left) => {
            Problems::none_or(problems)?;
            return Err(of_what_is_left);
        }
    };
    check_name(&scenario, &merged, &mut problems);
    check_time(&scenario, &merged, &mut problems);
    check_groups(&scenario, &merged, &mut problems);
    check_partners(&scenario, &merged, &mut problems);
    check_invited(&scenario, &merged, &mut problems);
    let conditions = check_timeline(&scenario, &merged, &faults.paths, &mut problems);
    let group_changes = check_group_changes(&scenario, &merged, &mut problems);
    let tables = match read_tables(files, &scenario, &merged) {
        Ok(tables) => tables,
        Err(of_tables) => return Err(of_tables.and(problems)),
    };
    check_tables(&scenario, &tables, &mut problems);
    let TableSet { communities, constituents, .. } = &tables;
    let numbered = Numbered { communities, constituents };
    check_limits(&scenario, &numbered, &merged, &mut problems);
    check_droughts(&scenario, &tables, &merged, &mut problems);
    check_abroad(&scenario, &tables, &merged, &mut problems);
    check_pacts(&scenario, &tables, &merged, &mut problems);
    Problems::none_or(problems)?;
    Ok(CheckedScenario { scenario, merged, tables, conditions, group_changes })
}

/// Of a layer, a file without a name for scenarios to extend: everything wrong with what it says, while
/// what it leaves to others is not missing. None of any other file.
#[must_use]
pub fn layer(files: &dyn Files, path: &Path, settings: &[String]) -> Option<Result<(), Problems>> {
    let merged = layers::read(files, path, settings).ok()?;
    let unnamed = merged.get("name").is_none();
    let check = || problems_in_overlay(&merged, "", &Schema::of::<Scenario>(), "");
    unnamed.then(|| Problems::none_or(check()))
}

fn read_tables(
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

/// The name becomes a folder's.
fn check_name(scenario: &Scenario, merged: &Merged, problems: &mut Vec<Problem>) {
    let name = scenario.name.as_str();
    let fits = |c: char| c.is_alphanumeric() || "-_.+".contains(c);
    if name.is_empty() || name.starts_with('.') || !name.chars().all(fits) || name.len() > 100 {
        let title = format!("{} cannot name a folder", quoted(name));
        let plain: String = name.chars().map(|c| if fits(c) { c } else { '-' }).take(40).collect();
        let plain = plain.trim_matches(['-', '.']).to_lowercase();
        let plain = if plain.is_empty() { "my-scenario".to_owned() } else { plain };
        let help = format!("results go to output/<name>/; write name = \"{plain}\"");
        let problem = merged.problem_at("name", title, help);
        problems.push(problem.help("what it is called in reports goes into `title`"));
    }
}

fn check_time(scenario: &Scenario, merged: &Merged, problems: &mut Vec<Problem>) {
    if scenario.time.weeks() == 0 {
        let title = "the scenario ends before its first week is over";
        let help = format!("`time.start` is {}; let `time.end` be later", scenario.time.start);
        problems.push(merged.problem_at("time.end", title, help));
    }
}

fn check_groups(scenario: &Scenario, merged: &Merged, problems: &mut Vec<Problem>) {
    let mut numbers: BTreeMap<u64, &str> = BTreeMap::from([(0, "state"), (0xfff, "civilians")]);
    for (name, group) in &scenario.groups {
        let path = format!("groups.{name}");
        if matches!(name.as_str(), "state" | "civilians") {
            let title = format!("a group cannot be called {}", quoted(name));
            let help = "`state` and `civilians` are sides of their own; choose another short name";
            problems.push(merged.problem_at_key(&path, title, help));
        } else if let Some(other) = numbers.insert(group_number(name), name) {
            let title = format!("the groups {} and {} share a number", quoted(other), quoted(name));
            let help = "draws are addressed by a number made from the name; choose another name";
            problems.push(merged.problem_at_key(&path, title, help));
        }
        for constituency in group.affinity.keys() {
            if !scenario.constituencies.contains_key(constituency) {
                let title = format!("there is no constituency {}", quoted(constituency));
                let known = scenario.constituencies.keys().map(String::as_str);
                let path = format!("{path}.affinity.{constituency}");
                problems.push(merged.problem_at_key(&path, title, would_do(constituency, known)));
            }
        }
    }
    if scenario.groups.len() > MOST_GROUPS {
        let title =
            format!("{} groups, at most {MOST_GROUPS} can be told apart", scenario.groups.len());
        problems.push(merged.problem_at_key("groups", title, "leave some out"));
    }
}

fn check_partners(scenario: &Scenario, merged: &Merged, problems: &mut Vec<Problem>) {
    let mut numbers: BTreeMap<u64, &str> = BTreeMap::new();
    for (name, partner) in &scenario.partners {
        let path = format!("partners.{name}");
        let sum: f64 = partner.zones.each().iter().sum();
        if (sum - 1.0).abs() > 1e-9 {
            let title = format!("the zones of {} add up to {sum:.4}", quoted(name));
            let path = format!("{path}.zones");
            problems.push(merged.problem_at_key(&path, title, "they must add up to 1"));
        }
        if let (Some(arrives), Some(leaves)) = (partner.arrives, partner.leaves)
            && leaves <= arrives
        {
            let title = format!("{} leaves before it has arrived", quoted(name));
            let help = format!("it arrives on {arrives}");
            problems.push(merged.problem_at(&format!("{path}.leaves"), title, help));
        }
        if let Some(other) = numbers.insert(group_number(name), name) {
            let title =
                format!("the partners {} and {} share a number", quoted(other), quoted(name));
            let help = "draws are addressed by a number made from the name; choose another name";
            problems.push(merged.problem_at_key(&path, title, help));
        }
    }
    let known = || scenario.partners.keys().map(String::as_str);
    let mut refer = |name: &str, path: &str| {
        if !scenario.partners.contains_key(name) {
            let title = format!("there is no partner {}", quoted(name));
            let path = format!("{path}.partner_presence.{name}");
            problems.push(merged.problem_at_key(&path, title, would_do(name, known())));
        }
    };
    for name in scenario.policy.partner_presence.keys() {
        refer(name, "policy");
    }
    for (index, entry) in scenario.timeline.iter().enumerate() {
        let named = entry.policy.keys().get("partner_presence").and_then(|it| it.as_object());
        for name in named.into_iter().flat_map(|table| table.keys()) {
            refer(name, &format!("timeline[{index}].policy"));
        }
    }
}

/// Groups that are invited to talks must be known, at the start and on the timeline.
fn check_invited(scenario: &Scenario, merged: &Merged, problems: &mut Vec<Problem>) {
    let known = || scenario.groups.keys().map(String::as_str);
    let mut refer = |name: &str, path: String| {
        if !scenario.groups.contains_key(name) {
            let title = format!("there is no group {}", quoted(name));
            problems.push(merged.problem_at(&path, title, would_do(name, known())));
        }
    };
    for (place, name) in scenario.policy.invited.iter().enumerate() {
        refer(name, format!("policy.invited[{place}]"));
    }
    for (index, entry) in scenario.timeline.iter().enumerate() {
        let named = entry.policy.keys().get("invited").and_then(|it| it.as_array());
        for (place, name) in named.into_iter().flatten().enumerate() {
            if let Some(name) = name.as_str() {
                refer(name, format!("timeline[{index}].policy.invited[{place}]"));
            }
        }
    }
}

fn check_timeline(
    scenario: &Scenario,
    merged: &Merged,
    faults: &[tree::Path],
    problems: &mut Vec<Problem>,
) -> Vec<Option<Condition>> {
    let names: Vec<&str> = OUTCOMES.iter().map(|outcome| outcome.name).collect();
    let mut conditions = Vec::new();
    let mut latest = scenario.time.start;
    for (index, entry) in scenario.timeline.iter().enumerate() {
        let path = format!("timeline[{index}]");
        let here = tree::Path::from(path.as_str());
        if faults.iter().any(|fault| fault.starts_with(&here)) {
            // What is left of this entry would seem to lack what it only has wrong.
            conditions.push(None);
            continue;
        }
        let mut condition = None;
        match (entry.at, &entry.when) {
            (Some(at), None) => {
                let at_path = format!("{path}.at");
                if scenario.time.weeks() == 0 {
                    // Told already; nothing could lie inside.
                } else if at < scenario.time.start || at > scenario.time.end {
                    let title = format!("{at} lies outside the time simulated");
                    let help = format!("from {} to {}", scenario.time.start, scenario.time.end);
                    problems.push(merged.problem_at(&at_path, title, help));
                } else if at < latest {
                    let title = format!("the timeline is out of order: {at} comes after {latest}");
                    problems.push(merged.problem_at(&at_path, title, "sort entries by date"));
                } else {
                    latest = at;
                }
            }
            (None, Some(_)) => match merged.condition_at(&format!("{path}.when"), &names) {
                Ok(read) => condition = Some(read),
                Err(problem) => problems.push(*problem),
            },
            (Some(_), Some(_)) => {
                let title = "an entry acts by date or by condition, not by both";
                let help = "remove `at` or `when`, or make two entries";
                problems.push(merged.problem_at(&format!("{path}.when"), title, help));
            }
            (None, None) => {
                let title = "an entry without a time";
                let help = "give `at = \"2026-01-01\"` or `when = \"legitimacy < 0.3\"`";
                problems.push(merged.problem_at(&path, title, help));
            }
        }
        if entry.policy.is_empty() {
            let title = "an entry that changes nothing";
            let help = "give levers, such as `policy.military_pressure = 0.3`";
            problems.push(merged.problem_at(&path, title, help));
        }
        conditions.push(condition);
    }
    conditions
}

/// Droughts by region speak of regions there are, at the start and on the timeline.
fn check_droughts(
    scenario: &Scenario,
    tables: &TableSet,
    merged: &Merged,
    problems: &mut Vec<Problem>,
) {
    let regions: BTreeSet<&str> =
        tables.communities.rows.iter().map(|row| row.region.as_str()).collect();
    let mut named: Vec<(String, &str)> = Vec::new();
    for region in scenario.policy.drought_by_region.keys() {
        named.push((format!("policy.drought_by_region.{region}"), region));
    }
    for (index, entry) in scenario.timeline.iter().enumerate() {
        let keys = entry.policy.keys().get("drought_by_region").and_then(|table| table.as_object());
        for region in keys.into_iter().flat_map(|table| table.keys()) {
            named.push((format!("timeline[{index}].policy.drought_by_region.{region}"), region));
        }
    }
    for (path, region) in named {
        if !regions.contains(region) {
            let title = format!("there is no region {}", quoted(region));
            problems.push(merged.problem_at_key(
                &path,
                title,
                would_do(region, regions.iter().copied()),
            ));
        }
    }
}

/// Founding, split and merger: by date or by condition, from and into groups there are.
fn check_group_changes(
    scenario: &Scenario,
    merged: &Merged,
    problems: &mut Vec<Problem>,
) -> BTreeMap<String, [Option<Condition>; 2]> {
    let names: Vec<&str> = OUTCOMES.iter().map(|outcome| outcome.name).collect();
    let mut group_changes = BTreeMap::new();
    for (name, group) in &scenario.groups {
        let path = |key: &str| format!("groups.{name}.{key}");
        let mut conditions = [None, None];
        let times = [
            ("founded", group.founded, "founded_when", &group.founded_when),
            ("merges_on", group.merges_on, "merges_when", &group.merges_when),
        ];
        for (read, (_, date, when, text)) in conditions.iter_mut().zip(times) {
            match (date, text) {
                (Some(_), Some(_)) => {
                    let title = "a group is founded or merges by date or by condition, not by both";
                    problems.push(merged.problem_at(&path(when), title, "keep one of the two"));
                }
                (None, Some(_)) => match merged.condition_at(&path(when), &names) {
                    Ok(condition) => *read = Some(condition),
                    Err(problem) => problems.push(*problem),
                },
                _ => {}
            }
        }
        let others = [("splits_from", &group.splits_from), ("merges_into", &group.merges_into)];
        for (key, other) in others.into_iter().filter_map(|(k, o)| Some((k, o.as_ref()?))) {
            if other == name || !scenario.groups.contains_key(other) {
                let title = format!("there is no other group {}", quoted(other));
                let known = scenario.groups.keys().filter(|known| *known != name);
                let help = would_do(other, known.map(String::as_str));
                problems.push(merged.problem_at(&path(key), title, help));
            }
        }
        let dated = |date: Option<Date>, text: &Option<String>| date.is_some() || text.is_some();
        if group.merges_into.is_some() != dated(group.merges_on, &group.merges_when) {
            let title = "a merger needs another group and a time";
            let help = "give `merges_into` and one of `merges_on` and `merges_when`";
            problems.push(merged.problem_at_key(&format!("groups.{name}"), title, help));
        }
        if group.splits_from.is_some() && !dated(group.founded, &group.founded_when) {
            let title = "a split needs a time";
            let help = "give `founded` or `founded_when`";
            problems.push(merged.problem_at(&path("splits_from"), title, help));
        }
        group_changes.insert(name.clone(), conditions);
    }
    group_changes
}

fn check_abroad(
    scenario: &Scenario,
    tables: &TableSet,
    merged: &Merged,
    problems: &mut Vec<Problem>,
) {
    let cercles: BTreeSet<&str> =
        tables.communities.rows.iter().map(|row| row.cercle.as_str()).collect();
    for (name, country) in &scenario.abroad {
        for (index, cercle) in country.borders.iter().enumerate() {
            if !cercles.contains(cercle.as_str()) {
                let title = format!("there is no cercle {}", quoted(cercle));
                let path = format!("abroad.{name}.borders[{index}]");
                let help = would_do(cercle, cercles.iter().copied());
                problems.push(merged.problem_at(&path, title, help));
            }
        }
        for group in country.inflow.keys() {
            let path = format!("abroad.{name}.inflow.{group}");
            if !scenario.groups.contains_key(group) {
                let title = format!("there is no group {}", quoted(group));
                let known = scenario.groups.keys().map(String::as_str);
                problems.push(merged.problem_at_key(&path, title, would_do(group, known)));
            }
        }
    }
}

fn check_pacts(
    scenario: &Scenario,
    tables: &TableSet,
    merged: &Merged,
    problems: &mut Vec<Problem>,
) {
    let cercles: BTreeSet<&str> =
        tables.communities.rows.iter().map(|row| row.cercle.as_str()).collect();
    let commands: BTreeSet<&str> =
        tables.commands.rows.iter().map(|row| row.command.as_str()).collect();
    for (index, entry) in scenario.pacts.iter().enumerate() {
        let path = |key: &str| format!("pacts[{index}].{key}");
        if !cercles.contains(entry.cercle.as_str()) {
            let title = format!("there is no cercle {}", quoted(&entry.cercle));
            let help = would_do(&entry.cercle, cercles.iter().copied());
            problems.push(merged.problem_at(&path("cercle"), title, help));
        }
        if !commands.contains(entry.command.as_str()) {
            let title = format!("there is no command {}", quoted(&entry.command));
            let help = would_do(&entry.command, commands.iter().copied());
            problems.push(merged.problem_at(&path("command"), title, help));
        }
        if entry.since > scenario.time.start {
            let title = format!("{} lies after the start", entry.since);
            let help = format!(
                "pacts and blockades listed here stand at the start, {}; later ones are made by the model",
                scenario.time.start
            );
            problems.push(merged.problem_at(&path("since"), title, help));
        }
    }
}

/// "did you mean", or what there is.
fn would_do<'n>(name: &str, known: impl Iterator<Item = &'n str> + Clone) -> String {
    match nearest(name, known.clone()) {
        Some(near) => format!("did you mean {}?", quoted(near)),
        None => format!("there are {}", list(known.take(12))),
    }
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

fn check_tables(scenario: &Scenario, tables: &TableSet, problems: &mut Vec<Problem>) {
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
