//! What a scenario may hold, as told by its types: one JSON Schema from which the checks, the
//! dictionary of parameters and the editors' schema are all made.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use serde_json::{Map, Value as Json, json};

/// Marks, in a schema, a table of which any part may be given: see `Overlay`.
pub(crate) const OVERLAY_MARK: &str = "x-overlay";

/// The schema of a scenario type, or of the rows of a table.
#[derive(Clone, Debug)]
pub struct Schema {
    root: Json,
}

impl Schema {
    /// The schema that a type tells of itself.
    #[must_use]
    pub fn of<T: JsonSchema>() -> Self {
        let generator = SchemaSettings::draft07().into_generator();
        Schema { root: generator.into_root_schema_for::<T>().to_value() }
    }

    /// For a complete scenario: JSON Schema draft-07, the same bytes every time.
    #[must_use]
    pub fn full(&self) -> String {
        printed(&self.root)
    }

    /// For a scenario that extends another: nothing is required, `extends` is allowed, and unknown
    /// keys are refused all the same.
    #[must_use]
    pub fn overlay(&self) -> String {
        let mut root = self.root.clone();
        if let Ok(schema) = <&mut schemars::Schema>::try_from(&mut root) {
            RequireNothing.transform(schema);
        }
        if let Some(Json::Object(properties)) = root.get_mut("properties") {
            let own = std::mem::take(properties);
            properties.insert("extends".into(), extends_schema());
            properties.extend(own);
        }
        printed(&root)
    }

    /// What stands at the top.
    #[must_use]
    pub fn top(&self) -> Shape<'_> {
        self.shape(&self.root)
    }

    /// Reads one sub-schema.
    #[must_use]
    pub fn shape<'s>(&'s self, schema: &'s Json) -> Shape<'s> {
        let mut facets = Facets::default();
        facets.gather(&self.root, schema, 0);
        facets.shape()
    }
}

fn printed(schema: &Json) -> String {
    format!("{schema:#}\n")
}

fn extends_schema() -> Json {
    json!({
        "description": "The scenario this one starts from: a path relative to this file. \
            Tables are merged, lists are replaced.",
        "type": "string"
    })
}

#[derive(Clone)]
struct RequireNothing;

impl Transform for RequireNothing {
    fn transform(&mut self, schema: &mut schemars::Schema) {
        schema.remove("required");
        transform_subschemas(self, schema);
    }
}

/// One place of a schema, with references followed.
#[derive(Clone, Debug)]
pub struct Shape<'s> {
    /// What kind of value.
    pub kind: Kind<'s>,
    /// The doc comment, without its `Unit:` and `Source:`.
    pub meaning: String,
    /// Its unit; empty where there is none.
    pub unit: String,
    /// Where its default comes from; empty where nothing is said.
    pub source: String,
    /// The value where nothing is written.
    pub default: Option<&'s Json>,
}

/// What kind of value stands in a place.
#[derive(Clone, Debug)]
pub enum Kind<'s> {
    /// A table of keys.
    Table(TableShape<'s>),
    /// Several values.
    List {
        /// What each is; none where anything is.
        items: Option<&'s Json>,
        /// How many there must be; none where there is no bound.
        least: Option<u64>,
        /// How many there may be; none where there is no bound.
        most: Option<u64>,
    },
    /// Any number within limits.
    Number(Limits),
    /// A whole number within limits.
    Integer(Limits),
    /// `true` or `false`.
    Boolean,
    /// A text of a form.
    Text(TextForm),
    /// One of some words.
    Choice(Vec<Choice<'s>>),
    /// Whatever is written.
    Anything,
}

/// What a table holds.
#[derive(Clone, Debug)]
pub struct TableShape<'s> {
    /// Key and schema, in the order of the struct.
    pub keys: Vec<(&'s str, &'s Json)>,
    /// Keys that must be there.
    pub required: Vec<&'s str>,
    /// What further keys may be.
    pub others: Others<'s>,
    /// Whether any part of it may be given, whatever is required otherwise.
    pub partial: bool,
}

/// The keys of a table that are not listed.
#[derive(Clone, Copy, Debug)]
pub enum Others<'s> {
    /// None.
    Refused,
    /// A table of named things, each of this schema.
    Each(&'s Json),
    /// Any, whatever they hold.
    Anything,
}

/// What a text looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextForm {
    /// Any text.
    Plain,
    /// A day: 2020-04-26.
    Date,
    /// A length of time: "6 weeks".
    Duration,
}

/// A word that may be chosen.
#[derive(Clone, Debug)]
pub struct Choice<'s> {
    /// The word.
    pub name: &'s str,
    /// What it means.
    pub meaning: &'s str,
}

/// From where to where a number may lie.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Limits {
    /// The lower bound; none where there is none.
    pub least: Option<f64>,
    /// The upper bound; none where there is none.
    pub most: Option<f64>,
    /// Whether the limits themselves are excluded.
    pub above: bool,
    /// Whether `most` itself is too much.
    pub below: bool,
}

impl Limits {
    /// Whether a number lies within them.
    #[must_use]
    pub fn hold(&self, number: f64) -> bool {
        let high_enough =
            self.least.is_none_or(|least| number > least || (!self.above && number >= least));
        let low_enough =
            self.most.is_none_or(|most| number < most || (!self.below && number <= most));
        high_enough && low_enough
    }

    /// `0 to 1`, `at least 0`, `above 0, at most 5`; empty when there is no limit but what a
    /// machine can count to.
    #[must_use]
    pub fn words(&self) -> String {
        const MACHINE: [f64; 8] = [
            i32::MIN as f64,
            i16::MIN as f64,
            i8::MIN as f64,
            i8::MAX as f64,
            u8::MAX as f64,
            i16::MAX as f64,
            i32::MAX as f64,
            u32::MAX as f64,
        ];
        let meant = |limit: &f64| !MACHINE.contains(limit);
        let (least, most) = (self.least.filter(meant), self.most.filter(meant));
        Limits { least, most, ..*self }.all_words()
    }

    /// The same with the machine's limits.
    #[must_use]
    pub(crate) fn all_words(&self) -> String {
        let at_least = if self.above { "above" } else { "at least" };
        let at_most = if self.below { "below" } else { "at most" };
        match (self.least, self.most) {
            (None, None) => String::new(),
            (Some(least), None) => format!("{at_least} {least}"),
            (None, Some(most)) => format!("{at_most} {most}"),
            (Some(least), Some(most)) if !self.above && !self.below => format!("{least} to {most}"),
            (Some(least), Some(most)) => format!("{at_least} {least}, {at_most} {most}"),
        }
    }
}

/// The objects that together make one sub-schema: itself, what it refers to, what it combines.
#[derive(Default)]
struct Facets<'s> {
    objects: Vec<&'s Map<String, Json>>,
    choices: Vec<Choice<'s>>,
    unclear: bool,
}

impl<'s> Facets<'s> {
    fn gather(&mut self, root: &'s Json, schema: &'s Json, depth: usize) {
        let Json::Object(object) = schema else { return };
        if depth > 16 {
            self.unclear = true;
            return;
        }
        self.objects.push(object);
        if let Some(target) = object.get("$ref").and_then(Json::as_str) {
            let pointer = target.strip_prefix('#').unwrap_or(target);
            match root.pointer(pointer) {
                Some(target) => self.gather(root, target, depth + 1),
                None => self.unclear = true,
            }
        }
        let parts = |key: &str| object.get(key).and_then(Json::as_array).into_iter().flatten();
        for part in parts("allOf") {
            self.gather(root, part, depth + 1);
        }
        let not_null: Vec<&Json> = parts("anyOf")
            .chain(parts("oneOf"))
            .filter(|part| part.get("type").and_then(Json::as_str) != Some("null"))
            .collect();
        match not_null.as_slice() {
            [] => {}
            [only] if only.get("const").is_none() => self.gather(root, only, depth + 1),
            several => {
                for part in several {
                    self.choose(part);
                }
            }
        }
        if object.contains_key("enum") || object.contains_key("const") {
            self.choose(schema);
        }
    }

    /// Adds the words that a schema of fixed text allows.
    fn choose(&mut self, schema: &'s Json) {
        let words = schema.get("enum").and_then(Json::as_array).into_iter().flatten();
        let known = self.choices.len();
        let meaning = schema.get("const").and(schema.get("description"));
        let meaning = meaning.and_then(Json::as_str).unwrap_or_default();
        for word in words.chain(schema.get("const")).filter_map(Json::as_str) {
            self.choices.push(Choice { name: word, meaning });
        }
        self.unclear |= self.choices.len() == known;
    }

    fn first(&self, key: &str) -> Option<&'s Json> {
        self.objects.iter().find_map(|object| object.get(key))
    }

    fn numbers(&self, key: &str) -> impl Iterator<Item = f64> {
        self.objects.iter().filter_map(move |object| object.get(key)?.as_f64())
    }

    fn shape(self) -> Shape<'s> {
        let comment = self.first("description").and_then(Json::as_str).unwrap_or_default();
        let (meaning, unit, source) = comment_parts(comment);
        Shape { kind: self.kind(), meaning, unit, source, default: self.first("default") }
    }

    fn kind(&self) -> Kind<'s> {
        if self.unclear {
            return Kind::Anything;
        }
        if !self.choices.is_empty() {
            return Kind::Choice(self.choices.clone());
        }
        let of_type = match self.first("type") {
            Some(Json::String(name)) => name.as_str(),
            Some(Json::Array(names)) => {
                let mut names =
                    names.iter().filter_map(Json::as_str).filter(|name| *name != "null");
                match (names.next(), names.next()) {
                    (Some(name), None) => name,
                    _ => return Kind::Anything,
                }
            }
            _ => return Kind::Anything,
        };
        match of_type {
            "object" => Kind::Table(self.table()),
            "array" => {
                let count = |key: &str| self.first(key).and_then(Json::as_u64);
                Kind::List {
                    items: self.first("items").filter(|items| items.is_object()),
                    least: count("minItems"),
                    most: count("maxItems"),
                }
            }
            "number" => Kind::Number(self.limits()),
            "integer" => Kind::Integer(self.limits()),
            "boolean" => Kind::Boolean,
            "string" => Kind::Text(self.text_form()),
            _ => Kind::Anything,
        }
    }

    fn table(&self) -> TableShape<'s> {
        let tables =
            |key| self.objects.iter().filter_map(move |object| object.get(key)?.as_object());
        let keys = tables("properties").flatten().map(|(key, schema)| (key.as_str(), schema));
        let required = self.objects.iter().filter_map(|object| object.get("required")?.as_array());
        let others = match self.first("additionalProperties") {
            Some(Json::Bool(false)) => Others::Refused,
            Some(each) if each.is_object() => Others::Each(each),
            _ => Others::Anything,
        };
        TableShape {
            keys: keys.collect(),
            required: required.flatten().filter_map(Json::as_str).collect(),
            others,
            partial: self.first(OVERLAY_MARK).is_some(),
        }
    }

    fn text_form(&self) -> TextForm {
        let format = self.first("format").and_then(Json::as_str);
        let pattern = self.first("pattern").and_then(Json::as_str);
        match (format, pattern) {
            (Some("date"), _) => TextForm::Date,
            (_, Some(toguna_units::Weeks::PATTERN)) => TextForm::Duration,
            _ => TextForm::Plain,
        }
    }

    fn limits(&self) -> Limits {
        let highest = |key: &str| self.numbers(key).reduce(f64::max);
        let lowest = |key: &str| self.numbers(key).reduce(f64::min);
        let (least, above) = (highest("minimum"), highest("exclusiveMinimum"));
        let (most, below) = (lowest("maximum"), lowest("exclusiveMaximum"));
        let most = most.or(match self.first("format").and_then(Json::as_str) {
            Some("uint32") => Some(f64::from(u32::MAX)),
            Some("int32") => Some(f64::from(i32::MAX)),
            _ => None,
        });
        Limits {
            least: above.filter(|above| least.is_none_or(|least| *above >= least)).or(least),
            most: below.filter(|below| most.is_none_or(|most| *below <= most)).or(most),
            above: above.is_some_and(|above| least.is_none_or(|least| above >= least)),
            below: below.is_some_and(|below| most.is_none_or(|most| below <= most)),
        }
    }
}

/// Splits a doc comment into meaning, unit and source.
fn comment_parts(comment: &str) -> (String, String, String) {
    let one_line = comment.split_whitespace().collect::<Vec<_>>().join(" ");
    let (rest, source) = one_line.rsplit_once("Source:").unwrap_or((&one_line, ""));
    let (meaning, unit) = rest.rsplit_once("Unit:").unwrap_or((rest, ""));
    let plain = |text: &str| text.trim().trim_end_matches('.').to_owned();
    (meaning.trim().to_owned(), plain(unit), plain(source))
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    fn key<'s>(schema: &'s Schema, name: &str) -> Shape<'s> {
        let Kind::Table(table) = schema.top().kind else { panic!("the top is a table") };
        let (_, found) = table.keys.iter().find(|(key, _)| *key == name).unwrap();
        schema.shape(found)
    }

    #[test]
    fn a_doc_comment_tells_meaning_unit_and_source() {
        let (meaning, unit, source) = comment_parts(
            "How strongly fear damps\njoining. Unit: per unit of fear.\nSource: assumed; 0.3 to 0.7.",
        );
        assert_eq!(meaning, "How strongly fear damps joining.");
        assert_eq!(unit, "per unit of fear");
        assert_eq!(source, "assumed; 0.3 to 0.7");
    }

    #[test]
    fn references_options_lists_and_maps_are_seen_through() {
        let schema = Schema::of::<Sample>();
        println!("{}", schema.full());
        assert!(matches!(key(&schema, "start").kind, Kind::Text(TextForm::Date)));
        assert!(matches!(key(&schema, "election").kind, Kind::Text(TextForm::Date)));
        assert!(matches!(key(&schema, "regime").kind, Kind::Choice(choices) if choices.len() == 3));
        assert!(matches!(key(&schema, "people_per_agent").kind, Kind::Integer(_)));
        let Kind::Table(groups) = key(&schema, "groups").kind else { panic!() };
        let Others::Each(group) = groups.others else { panic!() };
        let Kind::Table(group) = schema.shape(group).kind else { panic!() };
        assert_eq!(group.keys[0].0, "name");
        let Kind::List { items: Some(entry), .. } = key(&schema, "timeline").kind else { panic!() };
        let Kind::Table(entry) = schema.shape(entry).kind else { panic!() };
        let overlay = entry.keys.iter().find(|(key, _)| *key == "policy").unwrap().1;
        let Kind::Table(overlay) = schema.shape(overlay).kind else { panic!() };
        assert!(overlay.partial && overlay.keys.len() == 4);
    }

    #[test]
    fn the_overlay_schema_requires_nothing_and_still_refuses_unknown_keys() {
        let schema = Schema::of::<Sample>();
        let overlay = schema.overlay();
        assert!(schema.full().contains("\"required\""));
        assert!(!overlay.contains("\"required\""));
        assert!(overlay.contains("\"extends\"") && overlay.contains("draft-07"));
        let closed = |text: &str| text.matches("\"additionalProperties\": false").count();
        assert_eq!(closed(&overlay), closed(&schema.full()));
        assert_eq!(overlay, Schema::of::<Sample>().overlay());
    }

    #[test]
    fn limits_say_what_they_hold() {
        let share = Limits { least: Some(0.0), most: Some(1.0), above: false, below: false };
        assert!(share.hold(0.0) && share.hold(1.0) && !share.hold(1.1) && !share.hold(f64::NAN));
        assert_eq!(share.words(), "0 to 1");
        let positive = Limits { least: Some(0.0), above: true, ..Limits::default() };
        assert!(!positive.hold(0.0));
        assert_eq!(positive.words(), "above 0");
    }
}
