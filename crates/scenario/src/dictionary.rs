//! The dictionary of parameters: each key with its meaning, unit, range, default and source, made
//! from the types, so that it cannot differ from them.

use super::schema::{Kind, Others, Schema, Shape, TextForm};
use super::show::toml_text;
use serde::Serialize;
use serde_json::Value as Json;
use std::fmt::Write;

/// One parameter. In its path `*` stands for a name and `[]` for any entry of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Parameter {
    /// As `--set` takes it: `policy.restraint`.
    pub path: String,
    /// What it means, in a sentence or two.
    pub meaning: String,
    /// Its unit; empty where there is none.
    pub unit: String,
    /// The values it takes, in words.
    pub range: String,
    /// As it would be written; empty when there is none.
    pub default: String,
    /// Where its default comes from, or *assumed*.
    pub source: String,
    /// Whether a complete scenario, or the entry it belongs to, must give it.
    pub required: bool,
}

impl Schema {
    /// Every parameter, in the order of the types.
    #[must_use]
    pub fn parameters(&self) -> Vec<Parameter> {
        let mut found = Vec::new();
        self.collect(&self.top(), "", None, false, 0, &mut found);
        found
    }

    /// The parameters that a reader could not use: without meaning, unit or source.
    #[must_use]
    pub fn undocumented(&self) -> Vec<String> {
        let lacking =
            |p: &Parameter| p.meaning.is_empty() || p.unit.is_empty() || p.source.is_empty();
        self.parameters().into_iter().filter(lacking).map(|parameter| parameter.path).collect()
    }

    /// The paths of the parameters or tables whose last key is `name`.
    #[must_use]
    pub(crate) fn paths_ending_in(&self, name: &str) -> Vec<String> {
        let mut paths: Vec<String> = Vec::new();
        for parameter in self.parameters() {
            let mut path = parameter.path.as_str();
            loop {
                let last = path.rsplit('.').next().unwrap_or(path).trim_end_matches("[]");
                if last == name && !paths.iter().any(|known| known == path) {
                    paths.push(path.trim_end_matches("[]").to_owned());
                }
                match path.rsplit_once('.') {
                    Some((parent, _)) => path = parent,
                    None => break,
                }
            }
        }
        paths
    }

    /// The parameter that governs a path of a scenario: `groups.jnim.name` is `groups.*.name`.
    #[must_use]
    pub(crate) fn parameter_at<'p>(
        &self,
        parameters: &'p [Parameter],
        path: &str,
    ) -> Option<&'p Parameter> {
        let path: Vec<String> = super::tree::Path::from(path).0.iter().map(segment).collect();
        let fits = |parameter: &&Parameter| {
            let pattern = super::tree::Path::from(parameter.path.replace("[]", "[0]").as_str());
            let pattern: Vec<String> = pattern.0.iter().map(segment).collect();
            pattern.len() == path.len()
                && pattern.iter().zip(&path).all(|(known, here)| known == "*" || known == here)
        };
        parameters.iter().find(fits)
    }

    fn collect(
        &self,
        shape: &Shape,
        path: &str,
        given: Option<&Json>,
        required: bool,
        depth: usize,
        found: &mut Vec<Parameter>,
    ) {
        let default = shape.default.or(given);
        if depth > 12 {
            return;
        }
        match &shape.kind {
            Kind::Table(table) if !table.partial && has_keys(table) => {
                for (key, schema) in &table.keys {
                    let path =
                        if path.is_empty() { (*key).to_owned() } else { format!("{path}.{key}") };
                    let given = default.and_then(|default| default.get(key));
                    let required = table.required.contains(key);
                    self.collect(&self.shape(schema), &path, given, required, depth + 1, found);
                }
                if let Others::Each(each) = table.others {
                    let inner = self.inherit(shape, each);
                    self.collect(&inner, &format!("{path}.*"), None, false, depth + 1, found);
                }
            }
            Kind::List { items: Some(items), .. }
                if matches!(self.shape(items).kind, Kind::Table(_)) =>
            {
                self.collect(
                    &self.shape(items),
                    &format!("{path}[]"),
                    None,
                    false,
                    depth + 1,
                    found,
                );
            }
            _ => found.push(Parameter {
                path: path.to_owned(),
                meaning: meaning(shape),
                unit: shape.unit.clone(),
                range: self.range(shape),
                default: default
                    .filter(|value| !value.is_null())
                    .map(toml_text)
                    .unwrap_or_default(),
                source: shape.source.clone(),
                required,
            }),
        }
    }

    /// The entries of a table of plain numbers mean what the table says, having no comment of
    /// their own.
    fn inherit<'s>(&'s self, table: &Shape<'s>, each: &'s Json) -> Shape<'s> {
        let mut shape = self.shape(each);
        if shape.meaning.is_empty() {
            shape.meaning.clone_from(&table.meaning);
            shape.unit.clone_from(&table.unit);
            shape.source.clone_from(&table.source);
        }
        shape
    }

    fn range(&self, shape: &Shape) -> String {
        match &shape.kind {
            Kind::Number(limits) => limits.words(),
            Kind::Integer(limits) => match limits.words().as_str() {
                "" => "whole number".to_owned(),
                words => format!("whole number, {words}"),
            },
            Kind::Boolean => "true or false".to_owned(),
            Kind::Text(TextForm::Plain) => "text".to_owned(),
            Kind::Text(TextForm::Date) => "a date".to_owned(),
            Kind::Text(TextForm::Duration) => "0 weeks to 1,000 years".to_owned(),
            Kind::Choice(choices) => {
                choices.iter().map(|choice| choice.name).collect::<Vec<_>>().join(" | ")
            }
            Kind::List { items, .. } => match items.map(|items| self.range(&self.shape(items))) {
                Some(range) if !range.is_empty() => format!("list of: {range}"),
                _ => "list".to_owned(),
            },
            Kind::Table(_) => "table".to_owned(),
            Kind::Anything => String::new(),
        }
    }
}

fn segment(step: &super::tree::Step) -> String {
    match step {
        super::tree::Step::Key(key) => key.clone(),
        super::tree::Step::Index(_) => "[]".to_owned(),
    }
}

fn has_keys(table: &super::schema::TableShape) -> bool {
    !table.keys.is_empty() || matches!(table.others, Others::Each(_))
}

/// The comment of the key, and of each word it may be.
fn meaning(shape: &Shape) -> String {
    let mut meaning = shape.meaning.clone();
    if let Kind::Choice(choices) = &shape.kind {
        for choice in choices.iter().filter(|choice| !choice.meaning.is_empty()) {
            let _ = write!(meaning, " {}: {}", choice.name, choice.meaning);
        }
    }
    meaning
}

fn default_or_required(parameter: &Parameter) -> &str {
    if parameter.required { "required" } else { &parameter.default }
}

/// For reading in a terminal.
#[must_use]
pub fn as_text(parameters: &[Parameter]) -> String {
    let mut text = String::new();
    for parameter in parameters {
        let facts = [
            ("unit", parameter.unit.as_str()),
            ("range", &parameter.range),
            ("default", default_or_required(parameter)),
            ("source", &parameter.source),
        ];
        let _ = writeln!(text, "{}", parameter.path);
        if !parameter.meaning.is_empty() {
            let _ = writeln!(text, "    {}", parameter.meaning);
        }
        let known = facts.iter().filter(|(_, fact)| !fact.is_empty());
        let facts: Vec<String> = known.map(|(name, fact)| format!("{name}: {fact}")).collect();
        let _ = writeln!(text, "    {}\n", facts.join("; "));
    }
    text.trim_end().to_owned() + "\n"
}

/// One table for each first key.
#[must_use]
pub fn as_markdown(parameters: &[Parameter]) -> String {
    let first = |parameter: &Parameter| match parameter.path.split_once(['.', '[']) {
        Some((table, _)) => table.to_owned(),
        None => String::new(),
    };
    // Keys that belong to no table come first, as they must in a file.
    let mut tables: Vec<String> = vec![String::new()];
    for parameter in parameters {
        if !tables.contains(&first(parameter)) {
            tables.push(first(parameter));
        }
    }
    let cell = |text: &str| text.replace('|', "\\|");
    let code =
        |text: &str| if text.is_empty() { String::new() } else { format!("`{}`", cell(text)) };
    let mut text = String::new();
    for table in tables {
        let mut rows = parameters.iter().filter(|parameter| first(parameter) == table).peekable();
        if rows.peek().is_none() {
            continue;
        }
        if !table.is_empty() {
            let _ = writeln!(text, "## {table}\n");
        }
        text.push_str("| key | meaning | unit | range | default | source |\n");
        text.push_str("|---|---|---|---|---|---|\n");
        for row in rows {
            let default = if row.required { "required".to_owned() } else { code(&row.default) };
            let _ = writeln!(
                text,
                "| {} | {} | {} | {} | {default} | {} |",
                code(&row.path),
                cell(&row.meaning),
                cell(&row.unit),
                cell(&row.range),
                cell(&row.source),
            );
        }
        text.push('\n');
    }
    text.trim_end().to_owned() + "\n"
}

/// Comma-separated, with a header.
#[must_use]
pub fn as_csv(parameters: &[Parameter]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for parameter in parameters {
        writer.serialize(parameter).expect("writing text fields to memory cannot fail");
    }
    let bytes = writer.into_inner().expect("flushing to memory cannot fail");
    String::from_utf8(bytes).expect("the fields were UTF-8")
}

/// A list of objects.
#[must_use]
pub fn as_json(parameters: &[Parameter]) -> String {
    serde_json::to_string_pretty(parameters).expect("plain text fields are JSON") + "\n"
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    fn parameter(path: &str) -> Parameter {
        let all = Schema::of::<Sample>().parameters();
        all.iter()
            .find(|parameter| parameter.path == path)
            .unwrap_or_else(|| panic!("{path}: {all:#?}"))
            .clone()
    }

    #[test]
    fn each_parameter_has_meaning_unit_range_default_and_source() {
        let pressure = parameter("policy.military_pressure");
        assert_eq!(pressure.meaning, "Weight of offensive operations.");
        assert_eq!(pressure.unit, "share of forces");
        assert_eq!(pressure.range, "0 to 1");
        assert_eq!(pressure.default, "0.5");
        assert_eq!(pressure.source, "assumed");
        assert!(parameter("start").required);
        assert_eq!(parameter("groups.*.fear_weight").range, "at least 0");
        assert_eq!(parameter("groups.*.fighters").range, "whole number, at least 0");
        assert_eq!(parameter("policy.services.*").unit, "share of the budget");
        assert_eq!(parameter("timeline[].at").range, "a date");
        assert_eq!(parameter("timeline[].policy").range, "table");
        assert_eq!(parameter("regime").default, "\"elected\"");
        assert!(parameter("regime").meaning.contains("elected: After an election."));
        assert_eq!(parameter("droughts").range, "list of: whole number");
    }

    #[test]
    fn a_path_of_a_scenario_finds_its_parameter() {
        let schema = Schema::of::<Sample>();
        let all = schema.parameters();
        let found = |path: &str| schema.parameter_at(&all, path).map(|p| p.path.as_str());
        assert_eq!(found("groups.jnim.fear_weight"), Some("groups.*.fear_weight"));
        assert_eq!(found("timeline[3].at"), Some("timeline[].at"));
        assert_eq!(found("nothing"), None);
        assert_eq!(schema.paths_ending_in("restraint"), ["policy.restraint"]);
        assert_eq!(schema.paths_ending_in("services"), ["policy.services"]);
    }

    #[test]
    fn what_lacks_a_unit_or_a_source_is_named() {
        assert_eq!(Schema::of::<Sample>().undocumented(), ["timeline[].policy"]);
    }

    #[test]
    fn the_dictionary_is_written_in_four_ways() {
        let all = Schema::of::<Sample>().parameters();
        println!("{}\n{}\n{}\n{}", as_text(&all), as_markdown(&all), as_csv(&all), as_json(&all));
        assert!(as_text(&all).contains("unit: share of forces; range: 0 to 1; default: 0.5"));
        assert!(as_markdown(&all).contains("| `policy.restraint` | Care taken of civilians. |"));
        assert!(as_csv(&all).starts_with("path,meaning,unit,range,default,source,required\n"));
        assert!(serde_json::from_str::<Json>(&as_json(&all)).unwrap().is_array());
    }
}
