//! What does not fit together in a scenario's own file, or names what no table has.

use super::expression::Condition;
use super::file::Scenario;
use super::layers::Merged;
use super::problems::Problem;
use super::suggest::{quoted, would_do};
use super::table_set::TableSet;
use super::tree;
use std::collections::{BTreeMap, BTreeSet};
use toguna_model::outcomes::OUTCOMES;
use toguna_model::words::purposes::number_of_name;
use toguna_units::Date;

/// Numbers that draws of a group can be addressed by; the state and civilians have their own.
const GROUP_NUMBER_BITS: u32 = 12;
const MOST_GROUPS: usize = 60;

/// Number by which a group's draws are addressed.
#[must_use]
pub(crate) fn group_number(name: &str) -> u64 {
    number_of_name(name, GROUP_NUMBER_BITS)
}

/// The name becomes a folder's.
pub(super) fn check_name(scenario: &Scenario, merged: &Merged, problems: &mut Vec<Problem>) {
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

pub(super) fn check_time(scenario: &Scenario, merged: &Merged, problems: &mut Vec<Problem>) {
    if scenario.time.weeks() == 0 {
        let title = "the scenario ends before its first week is over";
        let help = format!("`time.start` is {}; let `time.end` be later", scenario.time.start);
        problems.push(merged.problem_at("time.end", title, help));
    }
}

pub(super) fn check_groups(scenario: &Scenario, merged: &Merged, problems: &mut Vec<Problem>) {
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

pub(super) fn check_partners(scenario: &Scenario, merged: &Merged, problems: &mut Vec<Problem>) {
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
pub(super) fn check_invited(scenario: &Scenario, merged: &Merged, problems: &mut Vec<Problem>) {
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

pub(super) fn check_timeline(
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
pub(super) fn check_droughts(
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
pub(super) fn check_group_changes(
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

pub(super) fn check_abroad(
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

pub(super) fn check_pacts(
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
