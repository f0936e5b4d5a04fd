//! What docs/ODD.md names exists, and what exists is named there: files and functions, parameters, switches and
//! phases; faults and forecasts that pages tell are those that were measured and written. That every parameter and
//! every fact has a source is held where they are declared.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use toguna::model::week::WEEK;
use toguna::output::Content;
use toguna::scenario::file::Scenario;
use toguna::scenario::schema::Schema;

const PAGES: [&str; 4] =
    ["docs/ODD.md", "docs/assumptions.md", "docs/validation.md", "MODEL_CARD.md"];

fn home() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn page(name: &str) -> String {
    std::fs::read_to_string(home().join(name)).unwrap()
}

/// Paths of all parameters, such as `rules.violence.scale`.
fn parameters() -> Vec<String> {
    let parameters = Schema::of::<Scenario>().parameters();
    parameters.into_iter().map(|parameter| parameter.path).collect()
}

/// Names of which a path consists: `pacts[].terms.levy` gives three.
fn names_in(path: &str) -> impl Iterator<Item = &str> {
    path.split(['.', '[', ']', '*']).filter(|name| !name.is_empty())
}

/// What stands between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.split('`').skip(1).step_by(2))
}

/// A file of the model, or one named from the root.
fn source(file: &str) -> Option<String> {
    let places = [home().join("crates/model/src").join(file), home().join(file)];
    places.iter().find(|path| path.is_file()).map(|path| std::fs::read_to_string(path).unwrap())
}

/// Whether a text has a function or a constant of that name.
fn declares(text: &str, name: &str) -> bool {
    let ends = |rest: &str| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_');
    ["fn ", "const "].iter().any(|kind| text.split(&format!("{kind}{name}")[..]).skip(1).any(ends))
}

#[test]
fn every_file_and_function_that_a_page_names_is_there() {
    let (mut missing, mut named) = (Vec::new(), 0);
    for name in PAGES {
        let text = page(name);
        for word in quoted(&text) {
            let (file, function) = word.split_once("::").unwrap_or((word, ""));
            if Path::new(file).extension().is_none_or(|kind| kind != "rs") {
                continue;
            }
            named += 1;
            let there =
                source(file).is_some_and(|text| function.is_empty() || declares(&text, function));
            if !there {
                missing.push(format!("{name}: {word}"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(named > 150, "only {named} are named");
    assert!(!declares("fn one_more() {}", "one"), "a part of a name is not the name");
}

#[test]
fn every_key_that_a_page_names_is_a_parameter() {
    let paths = parameters();
    let mut missing = Vec::new();
    for name in PAGES {
        for word in quoted(&page(name)) {
            let is_key =
                |part: &str| part.chars().all(|c| c.is_ascii_lowercase() || "_*[]".contains(c));
            let sections = [
                "rules.",
                "policy.",
                "budget.",
                "groups.",
                "people.",
                "government.",
                "partners.",
                "abroad.",
                "pacts[].",
                "mechanisms.",
            ];
            if !sections.iter().any(|section| word.starts_with(section))
                || !word.split('.').all(is_key)
            {
                continue;
            }
            let whole = format!("{word}.");
            if !paths.iter().any(|path| path == word || path.starts_with(&whole)) {
                missing.push(format!("{name}: {word}"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// Words with an underscore, as names of parameters have, beside those of files and functions; a symbol with an
/// index, such as `s_g`, is none.
fn long_names(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in text.lines() {
        for (turn, part) in line.split('`').enumerate() {
            if turn % 2 == 1 && (part.contains(".rs") || part.contains('/')) {
                continue;
            }
            for word in part.split(|c: char| !(c.is_ascii_lowercase() || c == '_')) {
                let symbol = word.split('_').next().is_some_and(|first| first.chars().count() < 2);
                if word.contains('_') && !symbol {
                    found.insert(word.to_owned());
                }
            }
        }
    }
    found
}

#[test]
fn every_name_in_a_formula_of_the_odd_is_known() {
    let paths = parameters();
    let mut known: BTreeSet<&str> = paths.iter().flat_map(|path| names_in(path)).collect();
    known.extend(WEEK.iter().map(|phase| phase.name));
    // Kinds that a scenario's tables and values may name.
    known.extend(["self_defence", "capital_of_region", "military_transition"]);
    let unknown: Vec<String> = long_names(&page("docs/ODD.md"))
        .into_iter()
        .filter(|name| !known.contains(&name[..]))
        .collect();
    assert!(unknown.is_empty(), "{unknown:#?}");
}

#[test]
fn every_rule_switch_and_phase_has_its_place_in_the_odd() {
    let text = page("docs/ODD.md");
    let words: BTreeSet<&str> = text
        .split(|c: char| !(c.is_ascii_lowercase() || c == '_'))
        .filter(|word| !word.is_empty())
        .collect();
    let paths = parameters();
    let rules =
        paths.iter().filter(|path| path.starts_with("rules.") || path.starts_with("mechanisms."));
    let names = rules.map(|path| path.rsplit('.').next().unwrap());
    // What empties the log, looks on, and turns the page of the calendar is told by the schedule.
    let phases = WEEK.iter().map(|phase| phase.name);
    let left: Vec<&str> = names.chain(phases).filter(|name| !words.contains(name)).collect();
    assert_eq!(left, ["log", "record", "calendar"], "not on the page");
}

#[test]
fn every_submodel_of_the_odd_says_when_it_acts_what_it_rests_on_and_what_tests_it() {
    let text = page("docs/ODD.md");
    let submodels: Vec<&str> = text.split("\n### 7.").skip(1).collect();
    assert!(submodels.len() > 15, "{}", submodels.len());
    for submodel in submodels {
        let title = submodel.lines().next().unwrap();
        for part in ["*Phase", "*Parameters*", "*Switch", "*Tests:*", "`tests/", ".rs::"] {
            assert!(submodel.contains(part), "{title}: no {part}");
        }
        let rests = ["ssumed", "Source", "fitted"].iter().any(|word| submodel.contains(word));
        assert!(rests, "{title}: neither source nor assumed");
    }
}

/// Pages and the explorer say what the model gets wrong: the same as docs/facts.md.
#[test]
fn the_faults_that_pages_tell_are_those_of_the_last_validation() {
    let table = home().join("crates/report/data/validated.csv");
    let mut table = csv::Reader::from_path(table).unwrap();
    let rows = table.deserialize().map(Result::unwrap);
    let rows: Vec<BTreeMap<String, String>> = rows.collect();
    let facts = page("docs/facts.md");
    for row in rows.iter().filter(|row| !row["passes"].is_empty()) {
        let name = format!("{:<4}{} ", row["number"], row["title"]);
        let said = if row["passes"] == "true" { "pass" } else { "fail" };
        let told = facts.lines().any(|line| line.starts_with(&name) && line.contains(said));
        assert!(told, "docs/facts.md does not say that {name}is a {said}");
    }
    for (kind, title) in [("fit", "To fit"), ("check", "To check")] {
        let judged = rows.iter().filter(|row| row["used_for"] == kind && !row["passes"].is_empty());
        let (passed, all) = judged.fold((0, 0), |(passed, all), row| {
            (passed + u32::from(row["passes"] == "true"), all + 1)
        });
        let line = format!("{title}: {passed} of {all} pass;");
        assert!(facts.contains(&line), "docs/facts.md does not say {line:?}");
    }
}

/// A forecast is written once and only scored afterwards.
#[test]
fn no_forecast_was_edited_since_it_was_written() {
    let validation = page("docs/validation.md");
    let folder = home().join("docs/forecasts");
    let mut forecasts = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let checksum = Content::of("", &std::fs::read(&path).unwrap()).sha256;
        assert!(validation.contains(&format!("`{checksum}`")), "{} is another", path.display());
        forecasts += 1;
    }
    assert!(forecasts > 0);
}
