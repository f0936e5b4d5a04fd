//! A resolved scenario as TOML text that reads back as the same scenario, each value with the
//! place it came from where asked.

use super::layers::Merged;
use super::tree::{Path, Value};
use serde::Serialize;
use serde_json::{Map, Value as Json};
use std::fmt::Write;

/// Lists longer than this are written one element a line.
const WIDEST: usize = 90;

/// The whole scenario, defaults included, in the order of its types. With `origins`, each value is
/// followed by `# base.toml:12`, `# --set` or `# default`.
///
/// # Errors
/// When the type holds what neither TOML nor JSON can: a defect of the type.
pub fn show<T: Serialize>(
    scenario: &T,
    origins: Option<&Merged>,
) -> Result<String, serde_json::Error> {
    let json = serde_json::to_value(scenario)?;
    let mut printer = Printer { origins, lines: Vec::new() };
    if let Json::Object(table) = &json {
        printer.table(table, &Path::default());
    }
    Ok(printer.text())
}

/// Each value's path and the place it came from, as [`show`] tells them.
///
/// # Errors
/// When the type holds what JSON cannot: a defect of the type.
pub fn origins<T: Serialize>(
    scenario: &T,
    merged: &Merged,
) -> Result<Vec<(String, String)>, serde_json::Error> {
    fn gather(value: &Json, path: &Path, merged: &Merged, found: &mut Vec<(String, String)>) {
        match value {
            Json::Null => {}
            Json::Object(table) if !table.is_empty() => {
                table.iter().for_each(|(key, inner)| gather(inner, &path.key(key), merged, found));
            }
            Json::Array(items) if is_section(value) => {
                let entries = items.iter().enumerate();
                entries.for_each(|(at, item)| gather(item, &path.index(at), merged, found));
            }
            _ => found.push((path.to_string(), origin(merged, path))),
        }
    }
    let mut found = Vec::new();
    gather(&serde_json::to_value(scenario)?, &Path::default(), merged, &mut found);
    Ok(found)
}

fn origin(merged: &Merged, path: &Path) -> String {
    match merged.root.get(path) {
        // A default table is told apart from one of which the file gives a part.
        Some(node) if !matches!(node.value, Value::Table(_)) => node.place.origin(),
        _ => "default".to_owned(),
    }
}

struct Printer<'a> {
    origins: Option<&'a Merged>,
    /// Each line, and where its value came from.
    lines: Vec<(String, Option<String>)>,
}

impl Printer<'_> {
    /// Values first, then tables: in TOML whatever follows a `[table]` belongs to it.
    fn table(&mut self, table: &Map<String, Json>, path: &Path) {
        for (key, value) in table {
            if !value.is_null() && !is_section(value) {
                let text = value_text(value, key.len() + 3);
                let origin = self.origin(&path.key(key));
                self.lines.push((format!("{} = {text}", key_text(key)), origin));
            }
        }
        for (key, value) in table {
            let path = path.key(key);
            match value {
                Json::Object(inner) => {
                    let only_sections = !inner.is_empty() && inner.values().all(is_section);
                    if !only_sections {
                        self.heading(format!("[{}]", header_text(&path)));
                    }
                    self.table(inner, &path);
                }
                Json::Array(items) if is_section(value) => {
                    for (index, item) in items.iter().enumerate() {
                        self.heading(format!("[[{}]]", header_text(&path)));
                        if let Json::Object(inner) = item {
                            self.table(inner, &path.index(index));
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn heading(&mut self, text: String) {
        if !self.lines.is_empty() {
            self.lines.push((String::new(), None));
        }
        self.lines.push((text, None));
    }

    fn origin(&self, path: &Path) -> Option<String> {
        self.origins.map(|merged| origin(merged, path))
    }

    fn text(self) -> String {
        // Comments line up, except beside lines so wide that the rest would be pushed off.
        let width = |line: &str| line.lines().last().unwrap_or(line).chars().count();
        let widths = self.lines.iter().filter(|(_, origin)| origin.is_some());
        let column = widths.map(|(line, _)| width(line)).filter(|w| *w <= 48).max().unwrap_or(0);
        let mut text = String::new();
        for (line, origin) in &self.lines {
            text.push_str(line);
            if let Some(origin) = origin {
                let gap = " ".repeat(column.saturating_sub(width(line)) + 2);
                let _ = write!(text, "{gap}# {}", origin.escape_debug());
            }
            text.push('\n');
        }
        text
    }
}

/// Whether a value is written under a `[heading]` of its own.
fn is_section(value: &Json) -> bool {
    match value {
        Json::Object(_) => true,
        Json::Array(items) => !items.is_empty() && items.iter().all(Json::is_object),
        _ => false,
    }
}

/// A key, between quotes where TOML wants them. TOML's quoted keys take JSON's escapes.
fn key_text(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !key.is_empty() && key.chars().all(bare) {
        key.to_owned()
    } else {
        toml_text(&Json::from(key))
    }
}

fn header_text(path: &Path) -> String {
    let keys = path.0.iter().filter_map(|step| match step {
        super::tree::Step::Key(key) => Some(key_text(key)),
        super::tree::Step::Index(_) => None,
    });
    keys.collect::<Vec<_>>().join(".")
}

/// A value as TOML, on one line.
#[must_use]
pub fn toml_text(value: &Json) -> String {
    match value {
        Json::Null => "none".to_owned(),
        Json::Bool(boolean) => boolean.to_string(),
        Json::Number(number) => match number.as_i64() {
            Some(integer) => integer.to_string(),
            None => format!("{:?}", number.as_f64().unwrap_or(f64::NAN)),
        },
        // TOML's basic strings take JSON's escapes, but for DEL, which TOML wants escaped too.
        Json::String(_) => value.to_string().replace('\u{7f}', "\\u007F"),
        Json::Array(items) => {
            let items: Vec<String> = items.iter().map(toml_text).collect();
            format!("[{}]", items.join(", "))
        }
        Json::Object(table) => {
            let entries = table.iter().filter(|(_, value)| !value.is_null());
            let entries: Vec<String> = entries
                .map(|(key, value)| format!("{} = {}", key_text(key), toml_text(value)))
                .collect();
            if entries.is_empty() {
                "{}".to_owned()
            } else {
                format!("{{ {} }}", entries.join(", "))
            }
        }
    }
}

fn value_text(value: &Json, indent: usize) -> String {
    let line = toml_text(value);
    match value {
        Json::Array(items) if indent + line.len() > WIDEST => {
            let items: Vec<String> =
                items.iter().map(|item| format!("    {},\n", toml_text(item))).collect();
            format!("[\n{}]", items.concat())
        }
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::check;
    use super::super::layers::read;
    use super::super::sample::{Group, Sample, WHOLE};
    use super::super::schema::Schema;
    use super::super::source::InMemory;
    use super::*;
    use proptest::prelude::*;
    use std::path::Path as FilePath;

    fn read_back(text: &str) -> (Sample, Merged) {
        let files = InMemory::default().with("shown.toml", text);
        let merged = read(&files, FilePath::new("shown.toml"), &[])
            .unwrap_or_else(|problems| panic!("{problems}"));
        (
            check(&merged, &Schema::of::<Sample>()).unwrap_or_else(|problems| panic!("{problems}")),
            merged,
        )
    }

    #[test]
    fn every_value_is_shown_with_its_origin() {
        let files = InMemory::default()
            .with("base.toml", WHOLE)
            .with("mine.toml", "extends = \"base.toml\"\n[policy]\nrestraint = 0.9\n");
        let settings = ["length=\"52 weeks\"".to_owned()];
        let merged = read(&files, FilePath::new("mine.toml"), &settings).unwrap();
        let sample: Sample = check(&merged, &Schema::of::<Sample>()).unwrap();
        let text = show(&sample, Some(&merged)).unwrap();
        println!("{text}");
        let line = |start: &str| text.lines().find(|line| line.starts_with(start)).unwrap();
        assert!(line("length").ends_with("# --set"));
        assert!(line("restraint = 0.9").ends_with("# mine.toml:3"));
        assert!(line("military_pressure").ends_with("# base.toml:9"));
        assert!(line("people_per_agent").ends_with("# default"));
        assert_eq!(read_back(&text).0, sample);
        assert_eq!(read_back(&show(&sample, None).unwrap()).0, sample);
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back_as_the_same(
            name in any::<String>(),
            key in any::<String>(),
            droughts in prop::collection::vec(any::<i16>(), 0..60),
            fear_weight in 0.0..1e300_f64,
            share in 0.0..=1.0_f64,
            fighters in any::<u32>(),
        ) {
            let (mut sample, merged) = read_back(WHOLE);
            sample.groups.insert(key, Group { name: name.clone(), fear_weight, fighters, bargains: true });
            sample.name = name;
            sample.droughts = droughts;
            sample.policy.military_pressure = toguna_units::Share::of(share);
            let text = show(&sample, Some(&merged)).unwrap();
            let (again, _) = read_back(&text);
            prop_assert_eq!(show(&again, None).unwrap(), show(&sample, None).unwrap());
            prop_assert_eq!(again, sample);
        }
    }
}
