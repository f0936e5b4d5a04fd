//! `datapackage.json`: the tables of a folder described for any tool that reads Frictionless data
//! packages (tabular data package, version 1, <https://specs.frictionlessdata.io>).

use super::manifest::WrittenFile;
use serde_json::{Map, Value, json};
use toguna_experiment::table::{Described, DescribedColumn};

/// What the tables cannot know of themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The folder's or the scenario's name; made fit for a package name by [`datapackage`].
    pub name: String,
    /// In words, on one line.
    pub title: String,
    /// What it holds, in a few sentences.
    pub description: String,
    /// Terms under which it may be used.
    pub licences: Vec<Licence>,
    /// Where the data come from.
    pub sources: Vec<Source>,
}

/// Terms of use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence {
    /// Its SPDX identifier, such as "CC-BY-4.0".
    pub name: String,
    /// In words.
    pub title: String,
    /// Where its text is.
    pub address: String,
}

/// Where figures that the results rest on come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// In words.
    pub title: String,
    /// Its web address.
    pub address: String,
}

/// The package of `tables`, each with the record of its file. The same tables and text give the same
/// bytes: no time or machine enters.
#[must_use]
pub fn datapackage(about: &About, tables: &[(Described, WrittenFile)]) -> Value {
    let mut package = Map::new();
    package.insert("profile".into(), "tabular-data-package".into());
    package.insert("name".into(), package_name(&about.name).into());
    insert_text(&mut package, "title", &about.title);
    insert_text(&mut package, "description", &about.description);
    // An empty list is not valid; a package without the property is.
    if !about.licences.is_empty() {
        let licences = about.licences.iter();
        let licence =
            |it: &Licence| json!({"name": it.name, "title": it.title, "path": it.address});
        package.insert("licenses".into(), licences.map(licence).collect());
    }
    if !about.sources.is_empty() {
        let sources = about.sources.iter();
        let source = |it: &Source| json!({"title": it.title, "path": it.address});
        package.insert("sources".into(), sources.map(source).collect());
    }
    let present: Vec<&str> = tables.iter().map(|(table, _)| table.name).collect();
    let resources = tables.iter().map(|(table, file)| resource(table, file, &present));
    package.insert("resources".into(), resources.collect());
    Value::Object(package)
}

fn resource(table: &Described, file: &WrittenFile, present: &[&str]) -> Value {
    json!({
        "profile": "tabular-data-resource",
        "name": resource_name(table.name),
        "path": table.name,
        "title": table.title,
        "description": table.what,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": format!("sha256:{}", file.sha256),
        "dialect": { "delimiter": ",", "lineTerminator": "\n", "doubleQuote": true, "header": true },
        "schema": schema(table, present),
    })
}

/// `present`: the tables of this package. Details written on request may link to a table that was
/// not asked for.
fn schema(table: &Described, present: &[&str]) -> Value {
    let mut schema = Map::new();
    schema.insert("fields".into(), table.columns.iter().map(field).collect());
    schema.insert("missingValues".into(), json!([""]));
    if !table.key.is_empty() {
        schema.insert("primaryKey".into(), json!(table.key));
    }
    let links = table.links.iter().filter(|link| present.contains(&link.table));
    let foreign_keys: Vec<Value> = links
        .map(|link| {
            let reference = json!({ "resource": resource_name(link.table), "fields": link.to });
            json!({ "fields": link.columns, "reference": reference })
        })
        .collect();
    if !foreign_keys.is_empty() {
        schema.insert("foreignKeys".into(), foreign_keys.into());
    }
    Value::Object(schema)
}

fn field(column: &DescribedColumn) -> Value {
    let mut field = Map::new();
    field.insert("name".into(), column.name.into());
    field.insert("type".into(), json!(column.kind));
    field.insert("description".into(), column.meaning.into());
    insert_text(&mut field, "unit", column.unit);
    Value::Object(field)
}

fn insert_text(object: &mut Map<String, Value>, name: &str, text: &str) {
    if !text.is_empty() {
        object.insert(name.into(), text.into());
    }
}

fn resource_name(table: &str) -> &str {
    table.strip_suffix(".csv").unwrap_or(table)
}

/// Lower-case letters, digits, `.`, `_`, `-` and `/` only, as the standard asks; others become `-`.
fn package_name(name: &str) -> String {
    let lower = name.to_lowercase();
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c);
    let name: String = lower.chars().map(|c| if allowed(c) { c } else { '-' }).collect();
    if name.is_empty() { "results".into() } else { name }
}

#[cfg(test)]
mod tests {
    use super::super::csv::TableWriter;
    use super::super::example::{RUNS, SERIES, Week};
    use super::*;

    fn record(name: &str) -> WrittenFile {
        WrittenFile { name: name.into(), sha256: "00".into(), bytes: 7, rows: Some(1) }
    }

    #[test]
    fn the_fields_stand_in_the_order_of_the_header() {
        let mut writer = TableWriter::new(&SERIES, Vec::new(), "series.csv");
        writer.append(&Week::of(0, 1)).unwrap();
        let (bytes, file) = writer.finish().unwrap();
        let package = datapackage(&About::default(), &[(SERIES.described(), file)]);

        let header = ::csv::Reader::from_reader(&bytes[..]).headers().unwrap().clone();
        let fields = package["resources"][0]["schema"]["fields"].as_array().unwrap();
        let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
        assert_eq!(names, header.iter().collect::<Vec<_>>());
        let kinds: Vec<&str> = fields.iter().map(|field| field["type"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["integer", "date", "string", "number", "boolean"]);
        assert_eq!(fields[3]["unit"], "deaths per week");
        assert_eq!(fields[2].get("unit"), None);
    }

    #[test]
    fn a_link_is_declared_only_when_its_table_is_there() {
        let series = (SERIES.described(), record("series.csv"));
        let alone = datapackage(&About::default(), std::slice::from_ref(&series));
        assert_eq!(alone["resources"][0]["schema"].get("foreignKeys"), None);

        let both = [(RUNS.described(), record("runs.csv")), series];
        let together = datapackage(&About::default(), &both);
        assert_eq!(
            together["resources"][1]["schema"]["foreignKeys"],
            json!([{ "fields": ["run"], "reference": { "resource": "runs", "fields": ["run"] } }])
        );
        assert_eq!(together["resources"][1]["schema"]["primaryKey"], json!(["run", "date"]));
    }

    #[test]
    fn a_package_name_holds_only_what_the_standard_allows() {
        assert_eq!(package_name("Mali, 2012–2020"), "mali--2012-2020");
        assert_eq!(package_name(""), "results");
    }
}
