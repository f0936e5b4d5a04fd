//! A scenario to start from: an overlay on another, with every lever in comments.

use super::checked::{CheckedScenario, read};
use super::dictionary::Parameter;
use super::file::Scenario;
use super::problems::{Problem, Problems};
use super::schema::Schema;
use super::show::toml_text;
use super::source::{Files, seen_from, shown, tidy};
use super::suggest::quoted;
use serde_json::Value as Json;
use std::fmt::Write;
use std::io;
use std::path::{Path, PathBuf};
use toguna_units::Date;

/// What is asked for.
pub struct Draft<'a> {
    /// Where it will be written.
    pub file: &'a Path,
    /// What it extends.
    pub base: &'a Path,
    /// First and last day, where the base names none.
    pub start: Option<Date>,
    /// The last day; none for the default.
    pub end: Option<Date>,
}

/// The text of an overlay that changes nothing yet. It has been read as a scenario: it is valid.
///
/// # Errors
/// Whatever is wrong with the base, and with a base that says nothing of time if no days are given.
pub fn draft(files: &dyn Files, asked: &Draft) -> Result<String, Problems> {
    let head = head(files, asked)?;
    let checked = read(&With { files, path: asked.file, text: &head }, asked.file, &[])?;
    let text = format!("{head}\n{}\n{}", levers(&checked), timeline(&checked));
    read(&With { files, path: asked.file, text: &text }, asked.file, &[])?;
    Ok(text)
}

/// Name, base and time: the least that is needed.
fn head(files: &dyn Files, asked: &Draft) -> Result<String, Problems> {
    let folder = asked.file.parent().unwrap_or(Path::new(""));
    let base = seen_from(files, folder, asked.base);
    let merged = super::layers::read(files, asked.base, &[])?;
    let mut text = String::new();
    if let Some(schema) = schema_named_in(files, asked.base) {
        let _ = writeln!(text, "#:schema {}", seen_from(files, folder, &schema));
    }
    let name = name_of(asked.file);
    let _ = write!(
        text,
        "# What if …? Say here in a sentence what this scenario stands for, and which levers do it.\n\
         # Whatever is not set comes from {base}. Remove the # before a line to set it.\n\
         extends = {}\n\
         name = {}\n\
         title = {}\n",
        quote(&base),
        quote(&name),
        quote(&name.replace(['-', '_'], " ")),
    );
    let lacks = |key: &str, given: Option<Date>| merged.get(key).is_none() && given.is_none();
    if lacks("time.start", asked.start) || lacks("time.end", asked.end) {
        let title = format!("{} does not say which days it covers", quoted(&shown(asked.base)));
        let help = "give --start 2024-01-01 --end 2028-12-31, or extend a scenario that says so";
        return Err(Problem::new(title).help(help).into());
    }
    let day = |date: Option<Date>, key: &str| date.map(|date| format!("{key} = \"{date}\"\n"));
    let days = [day(asked.start, "start"), day(asked.end, "end")].into_iter().flatten();
    let days: String = days.collect();
    if !days.is_empty() {
        let _ = write!(text, "\n[time]\n{days}");
    }
    Ok(text)
}

/// Every lever in comments, with the value it has in the base.
fn levers(checked: &CheckedScenario) -> String {
    let values = serde_json::to_value(&checked.scenario).expect("a scenario is JSON, too");
    let parameters = Schema::of::<Scenario>().parameters();
    let levers = parameters.iter().filter(|it| it.path.starts_with("policy."));
    let levers: Vec<(&str, &str, &Parameter)> = levers
        .filter_map(|it| it.path.rsplit_once('.').map(|(table, key)| (table, key, it)))
        .collect();
    // In TOML a table is opened once.
    let mut tables: Vec<&str> = Vec::new();
    for (table, ..) in &levers {
        if !tables.contains(table) {
            tables.push(table);
        }
    }
    let mut text = String::from("## The levers, each with the value it has as things stand.\n");
    for table in tables {
        // Tables of things that have yet to be named.
        let (mark, named) = if table.contains(['*', '[']) {
            ("# ", table.replace(['*', '['], "name").replace(']', ""))
        } else {
            ("", table.to_owned())
        };
        let _ = write!(text, "\n{mark}[{named}]\n");
        for (_, key, parameter) in levers.iter().filter(|(of, ..)| *of == table) {
            let value = values.pointer(&format!("/{}", parameter.path.replace('.', "/")));
            // What has no value yet is told and not proposed: `##` is for reading.
            let (mark, value) = match value.filter(|value| !value.is_null()) {
                Some(value) => ("#", toml_text(value)),
                None if parameter.default.is_empty() => ("##", "…".to_owned()),
                None => ("#", parameter.default.clone()),
            };
            let key = key.replace('*', "name");
            let _ = write!(text, "{}\n{mark} {key} = {value}\n", explained(parameter));
        }
    }
    text
}

/// Meaning, range, unit and default, no wider than a page.
fn explained(parameter: &Parameter) -> String {
    let facts = [
        ("", parameter.range.as_str()),
        ("unit: ", &parameter.unit),
        ("default: ", &parameter.default),
    ];
    let known = facts.iter().filter(|(_, fact)| !fact.is_empty());
    let facts: Vec<String> = known.map(|(name, fact)| format!("{name}{fact}")).collect();
    let text = format!("{} [{}]", parameter.meaning, facts.join("; "));
    let mut lines = vec![String::from("##")];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is always a last line");
        if line.chars().count() + 1 + word.chars().count() > 100 {
            lines.push(format!("## {word}"));
        } else {
            line.push(' ');
            line.push_str(word);
        }
    }
    lines.join("\n")
}

fn timeline(checked: &CheckedScenario) -> String {
    let time = &checked.scenario.time;
    let later = time.start.plus_weeks(time.weeks() / 4);
    let inherited = match checked.scenario.timeline.len() {
        0 => String::new(),
        count => format!(
            "## Lists are replaced whole: a timeline here takes the place of the {count} entries of\n\
             ## the scenario extended.\n"
        ),
    };
    format!(
        "## What changes later: by date, or once a condition on last week's outcomes has held. For\n\
         ## the names of outcomes: toguna columns.\n\
         {inherited}\
         # [[timeline]]\n\
         # at = \"{later}\"\n\
         # note = \"what happens, and where that is known from\"\n\
         # policy.military_pressure = 0.3\n\
         #\n\
         # [[timeline]]\n\
         # when = \"civilians_killed_by_state > 50 or legitimacy < 0.3\"\n\
         # note = \"what happens, and where that is known from\"\n\
         # policy.restraint = 0.9\n"
    )
}

fn quote(text: &str) -> String {
    toml_text(&Json::from(text))
}

/// The file's name without its ending, as a folder may be called.
fn name_of(file: &Path) -> String {
    let stem = file.file_stem().map(|stem| stem.display().to_string().to_lowercase());
    let fits = |c: char| if c.is_alphanumeric() || "-_.+".contains(c) { c } else { '-' };
    let name: String = stem.unwrap_or_default().chars().map(fits).collect();
    let name = name.trim_matches(['-', '.']);
    if name.is_empty() { "my-scenario".to_owned() } else { name.to_owned() }
}

/// The schema for a scenario that extends this one: that which its first line names, or where that is
/// the full one, which wants every key, the one for overlays beside it.
fn schema_named_in(files: &dyn Files, scenario: &Path) -> Option<PathBuf> {
    let bytes = files.read(scenario).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let named = text.lines().next()?.strip_prefix("#:schema ")?.trim();
    let path = tidy(&scenario.parent().unwrap_or(Path::new("")).join(named));
    let overlay = path.with_file_name("overlay.json");
    let full = path.file_name().is_some_and(|name| name == "full.json");
    let candidates = if full { vec![overlay, path] } else { vec![path] };
    candidates.into_iter().find(|path| files.read(path).is_ok())
}

/// Files, and one more that has not been written yet.
struct With<'a> {
    files: &'a dyn Files,
    path: &'a Path,
    text: &'a str,
}

impl Files for With<'_> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        if tidy(path) == tidy(self.path) {
            Ok(self.text.as_bytes().to_vec())
        } else {
            self.files.read(path)
        }
    }
    fn names_in(&self, folder: &Path) -> Vec<String> {
        self.files.names_in(folder)
    }
    fn is_folder(&self, path: &Path) -> bool {
        self.files.is_folder(path)
    }
    fn identity(&self, path: &Path) -> PathBuf {
        self.files.identity(path)
    }
    fn nor(&self, path: &Path) -> Option<String> {
        self.files.nor(path)
    }
}
