//! The one door: a merged tree is compared with the schema, every mistake is gathered, and only a
//! tree without any becomes a scenario.

use super::layers::{Document, Merged};
use super::leaf::{look, whole};
use super::problems::{Place, Problem, Problems, SHOWN_PER_FILE};
use super::renamed;
use super::schema::{Kind, Others, Schema, Shape, TableShape, TextForm};
use super::suggest::{list, nearest, quoted};
use super::tree::{Node, Path, Step, Table, Value};
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use serde_path_to_error::Segment;
use toguna_model::json;

/// Checks a whole scenario.
///
/// # Errors
/// Everything in it that the schema does not allow.
pub fn check<T: DeserializeOwned>(merged: &Merged, schema: &Schema) -> Result<T, Problems> {
    let faults = faults_in(merged, schema);
    Problems::none_or(faults.problems)?;
    let mut plain = merged.root.plain();
    faults.whole.iter().for_each(|(path, whole)| replace(&mut plain, path, *whole));
    json::read(plain).map_err(|error| {
        let path = Path(error.path().iter().filter_map(step).collect()).to_string();
        let document = merged.document.name();
        let what = if path.is_empty() { format!("this {document}") } else { format!("`{path}`") };
        let place = merged.nearest_place(&path);
        let wrong = error.into_inner().to_string();
        Problem::new(format!("{what} cannot be used")).at(place).found(wrong).into()
    })
}

fn replace(tree: &mut Json, path: &Path, value: i64) {
    let inner = path.0.iter().try_fold(tree, |node, step| match step {
        Step::Key(key) => node.get_mut(key),
        Step::Index(index) => node.get_mut(*index),
    });
    if let Some(inner) = inner {
        *inner = value.into();
    }
}

fn step(segment: &Segment) -> Option<Step> {
    match segment {
        Segment::Seq { index } => Some(Step::Index(*index)),
        Segment::Map { key } => Some(Step::Key(key.clone())),
        Segment::Enum { variant } => Some(Step::Key(variant.clone())),
        Segment::Unknown => None,
    }
}

/// All that the schema does not allow, for callers who add findings of their own.
#[must_use]
pub fn problems_in(merged: &Merged, schema: &Schema) -> Vec<Problem> {
    faults_in(merged, schema).problems
}

/// What the schema does not allow, and where: a caller can look further at what is left without it.
pub struct Faults {
    /// What to tell.
    pub problems: Vec<Problem>,
    /// The keys and values to blame; for a key that is missing, nothing.
    pub paths: Vec<Path>,
    /// Where a whole number is written as 2.0, and which.
    whole: Vec<(Path, i64)>,
}

/// Compares every value with what its place takes.
#[must_use]
pub fn faults_in(merged: &Merged, schema: &Schema) -> Faults {
    let mut walk = Walk::of(merged, schema);
    walk.value(&schema.top(), &merged.root, &Path::default(), false);
    Faults { problems: walk.problems, paths: walk.wrong, whole: walk.whole }
}

/// Checks one table as an overlay of another place of the schema: the table at `path` (such as
/// `timeline[3].policy`) against the sub-schema at `like` (such as `policy`), nothing in it being
/// required. Not needed for fields of type `Overlay`, which [`check`] sees.
#[must_use]
pub fn problems_in_overlay(
    merged: &Merged,
    path: &str,
    schema: &Schema,
    like: &str,
) -> Vec<Problem> {
    let mut shape = schema.top();
    for step in Path::from(like).0 {
        let (Step::Key(key), Kind::Table(table)) = (step, &shape.kind) else { return Vec::new() };
        let Some((_, inner)) = table.keys.iter().find(|(known, _)| *known == key) else {
            return Vec::new();
        };
        shape = schema.shape(inner);
    }
    let mut walk = Walk::of(merged, schema);
    let path = Path::from(path);
    if let Some(node) = merged.root.get(&path) {
        walk.value(&shape, node, &path, true);
    }
    walk.problems
}

struct Walk<'a> {
    merged: &'a Merged,
    schema: &'a Schema,
    problems: Vec<Problem>,
    wrong: Vec<Path>,
    whole: Vec<(Path, i64)>,
}

impl<'a> Walk<'a> {
    fn of(merged: &'a Merged, schema: &'a Schema) -> Self {
        Walk { merged, schema, problems: Vec::new(), wrong: Vec::new(), whole: Vec::new() }
    }

    fn value(&mut self, shape: &Shape, node: &Node, path: &Path, partial: bool) {
        match (&shape.kind, &node.value) {
            (Kind::Table(table), Value::Table(entries)) => {
                self.table(table, entries, node, path, partial || table.partial);
            }
            (Kind::List { items, least, most }, Value::List(elements)) => {
                let count = elements.len() as u64;
                if least.is_some_and(|least| count < least) || most.is_some_and(|most| count > most)
                {
                    self.wrong.push(path.clone());
                    let problem = match count {
                        0 => Problem::new(format!("`{path}` is empty")),
                        _ => Problem::new(format!("`{path}` is a list of another length"))
                            .found(format!("found {count}")),
                    };
                    let problem = problem.at(node.place.clone());
                    self.problems.push(problem.help(length_help(*least, *most)));
                }
                let Some(items) = items else { return };
                let shape = self.schema.shape(items);
                for (index, element) in elements.iter().enumerate() {
                    self.value(&shape, element, &path.index(index), partial);
                }
            }
            (kind, value) => {
                if let Some(finding) = look(kind, value) {
                    self.wrong.push(path.clone());
                    let problem = Problem::new(format!("`{path}` {}", finding.wrong));
                    let problem = problem.at(node.place.clone()).found(finding.found);
                    let help = self.help(shape, value, path, finding.help);
                    self.problems.push(problem.help(help));
                } else if let (Kind::Integer(_), Value::Number(number)) = (kind, value) {
                    self.whole.extend(whole(*number).map(|whole| (path.clone(), whole)));
                }
            }
        }
    }

    /// What would do, where that takes more than the value to say.
    fn help(&self, shape: &Shape, value: &Value, path: &Path, help: String) -> String {
        let of_tables = |items: &Option<&serde_json::Value>| {
            items.is_some_and(|items| matches!(self.schema.shape(items).kind, Kind::Table(_)))
        };
        match (&shape.kind, value) {
            (Kind::Table(_), _) if help.is_empty() => format!("write it as [{path}]"),
            (Kind::List { items, .. }, Value::Table(_)) if of_tables(items) => {
                format!("each entry begins with [[{path}]]")
            }
            (Kind::Table(_) | Kind::List { .. }, _) => help,
            (_, Value::Table(_)) if help.is_empty() => {
                format!("write {path} = {}", example(shape))
            }
            _ => help,
        }
    }

    fn table(
        &mut self,
        table: &TableShape,
        entries: &Table,
        node: &Node,
        path: &Path,
        partial: bool,
    ) {
        for (key, entry) in entries {
            let known = table.keys.iter().find(|(name, _)| name == key).map(|(_, schema)| *schema);
            let schema = match (known, table.others) {
                (Some(schema), _) | (None, Others::Each(schema)) => schema,
                (None, Others::Anything) => continue,
                (None, Others::Refused) => {
                    self.unknown_key(key, table, entries, path);
                    continue;
                }
            };
            let shape = self.schema.shape(schema);
            self.value(&shape, &entry.node, &path.key(key), partial);
        }
        for &required in &table.required {
            if !partial && !entries.contains_key(required) {
                self.missing_key(required, table, node, path);
            }
        }
    }

    fn unknown_key(&mut self, key: &str, table: &TableShape, entries: &Table, path: &Path) {
        self.wrong.push(path.key(key));
        let document = self.merged.document.name();
        let within = if path.0.is_empty() { format!("a {document}") } else { format!("`{path}`") };
        let problem = Problem::new(format!("unknown key {}", quoted(key)))
            .at(entries[key].key.clone())
            .found(format!("{within} has no such key"));
        let names = || table.keys.iter().map(|(name, _)| *name);
        // Nobody sees more; a million unknown keys are not each sought everywhere.
        let seen = self.problems.len() < SHOWN_PER_FILE;
        let elsewhere = || seen.then(|| self.schema.paths_ending_in(key))?.into_iter().next();
        let absent = names().filter(|name| !entries.contains_key(*name));
        let help = if let Some(renamed) = renamed::key(&path.key(key).to_string()) {
            renamed::help(renamed)
        } else if let Some(meant) = nearest(key, absent).or_else(|| nearest(key, names())) {
            format!("did you mean `{meant}`?")
        } else if let Some(elsewhere) = elsewhere() {
            format!("there is a key `{elsewhere}`; did you mean that one?")
        } else if names().next().is_none() {
            "nothing is set here".to_owned()
        } else {
            format!("it has {}", list(names()).replace(" or ", " and "))
        };
        self.problems.push(problem.help(help));
    }

    fn missing_key(&mut self, key: &str, table: &TableShape, node: &Node, path: &Path) {
        let full = path.key(key);
        let place = match node.place.span.is_empty() {
            true => self.merged.nearest_place(&path.to_string()),
            false => node.place.clone(),
        };
        let schema = table.keys.iter().find(|(name, _)| *name == key).map(|(_, schema)| *schema);
        let shape = schema.map(|schema| self.schema.shape(schema));
        let example = shape.as_ref().map_or("…", example);
        let is_table = shape.as_ref().is_some_and(|it| matches!(it.kind, Kind::Table(_)));
        let meaning = shape.map(|shape| shape.meaning).unwrap_or_default();
        let (place, lacks) = match path.0.is_empty() {
            true => (Place::first_line(&place.source), "this file needs it"),
            false => (place, "needs this key"),
        };
        let problem = Problem::new(format!("`{full}` is missing")).at(place).found(lacks);
        let add = match is_table {
            true => format!("add a table [{full}]"),
            false => format!("add {key} = {example}"),
        };
        let about = if meaning.is_empty() { String::new() } else { format!("  # {meaning}") };
        let problem = problem.help(format!("{add}{about}"));
        // Said once is enough.
        let lacking = |name: &&&str| node.get(&Path::default().key(**name)).is_none();
        let first = table.required.iter().find(lacking);
        let could_extend =
            self.merged.document == Document::Scenario && !self.merged.extends_another();
        let alone = path.0.is_empty() && could_extend && first == Some(&key);
        let base = if alone {
            "or let the scenario start from another: extends = \"base.toml\""
        } else {
            ""
        };
        self.problems.push(problem.help(base));
    }
}

fn length_help(least: Option<u64>, most: Option<u64>) -> String {
    match (least, most) {
        (Some(least), Some(most)) if least == most => format!("it holds {least}"),
        (Some(least), Some(most)) => format!("it holds {least} to {most}"),
        (Some(least), None) => format!("it holds at least {least}"),
        (None, Some(most)) => format!("it holds at most {most}"),
        (None, None) => String::new(),
    }
}

fn example(shape: &Shape) -> &'static str {
    match shape.kind {
        Kind::Table(_) => "{ … }",
        Kind::List { .. } => "[ … ]",
        Kind::Number(_) => "0.5",
        Kind::Integer(_) => "1",
        Kind::Boolean => "true",
        Kind::Text(TextForm::Date) => "\"2012-01-01\"",
        Kind::Text(TextForm::Duration) => "\"26 weeks\"",
        Kind::Text(TextForm::Plain) | Kind::Choice(_) => "\"…\"",
        Kind::Anything => "…",
    }
}

#[cfg(test)]
mod tests {
    use super::super::layers::read;
    use super::super::sample::{Regime, Sample, WHOLE};
    use super::super::source::InMemory;
    use super::*;
    use proptest::prelude::*;
    use std::path::Path as FilePath;

    fn checked(text: &str, settings: &[&str]) -> Result<Sample, Problems> {
        let files = InMemory::default().with("a.toml", text);
        let settings: Vec<String> = settings.iter().map(|&text| text.to_owned()).collect();
        let merged = read(&files, FilePath::new("a.toml"), &settings)?;
        check(&merged, &Schema::of::<Sample>())
    }

    /// The titles and underlined texts of all problems, which are printed.
    fn mistakes(text: &str) -> Vec<(String, String)> {
        let problems = checked(text, &[]).unwrap_err();
        println!("{problems}\n");
        problems.iter().map(|p| (p.title().to_owned(), p.underlined().to_owned())).collect()
    }

    fn mistake_with(replaced: &str, by: &str) -> (String, String) {
        assert!(WHOLE.contains(replaced), "{replaced}");
        let mut found = mistakes(&WHOLE.replace(replaced, by));
        assert_eq!(found.len(), 1, "{found:?}");
        found.remove(0)
    }

    fn pair(title: &str, underlined: &str) -> (String, String) {
        (title.to_owned(), underlined.to_owned())
    }

    #[test]
    fn a_scenario_without_mistakes_is_read() {
        let sample = checked(WHOLE, &["policy.restraint=1"]).unwrap();
        assert_eq!(sample.regime, Regime::MilitaryTransition);
        assert_eq!(sample.policy.restraint.get(), 1.0);
        assert_eq!(sample.groups["jnim"].fear_weight, 1.5);
        let unquoted = checked(&WHOLE.replace("\"2012-01-01\"", "2012-01-01"), &[]).unwrap();
        assert_eq!(unquoted.start, sample.start);
    }

    #[test]
    fn an_unknown_key_is_underlined_and_its_likely_meaning_named() {
        let found = mistake_with("military_pressure", "militery_presure");
        assert_eq!(found, pair("unknown key `militery_presure`", "militery_presure"));
        mistake_with("droughts", "restraint");
        mistake_with("fighters = 170", "soldiers = 170");
        mistake_with("policy.restraint = 1", "policy.restrain = 1");
        mistake_with("when =", "wenn =");
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_underlined() {
        let wrong = |from, to| mistake_with(from, to);
        assert_eq!(
            wrong("= 0.25", "= \"0.25\""),
            pair("`policy.military_pressure` takes a number", "\"0.25\"")
        );
        let whole = checked(&WHOLE.replace("= 170", "= 170.0"), &[]).unwrap();
        assert_eq!(whole, checked(WHOLE, &[]).unwrap());
        assert_eq!(wrong("= 170", "= 170.5").0, "`groups.jnim.fighters` takes a whole number");
        assert_eq!(wrong("[2014, 2018]", "2014"), pair("`droughts` takes a list", "2014"));
        assert_eq!(wrong("2018]", "\"x\"]"), pair("`droughts[1]` takes a whole number", "\"x\""));
        assert_eq!(wrong("\"a small land\"", "7").0, "`name` takes text");
        let text = "name = \"x\"\nstart = 2012-01-01\nlength = \"1 week\"\ngroups.jnim = 3";
        assert_eq!(mistakes(text), [pair("`groups.jnim` is a table", "3")]);
    }

    #[test]
    fn a_number_out_of_range_or_not_finite_is_refused() {
        let wrong = |from, to| mistake_with(from, to).0;
        assert_eq!(wrong("= 0.25", "= 40"), "`policy.military_pressure` must lie between 0 and 1");
        assert_eq!(wrong("= 0.25", "= -0.1"), "`policy.military_pressure` cannot be negative");
        assert_eq!(wrong("= 1.5", "= nan"), "`groups.jnim.fear_weight` takes a finite number");
        assert_eq!(wrong("= 1.5", "= inf"), "`groups.jnim.fear_weight` takes a finite number");
        assert_eq!(wrong("= 170", "= -3"), "`groups.jnim.fighters` cannot be negative");
        assert_eq!(
            wrong("= 170", "= 5000000000"),
            "`groups.jnim.fighters` must lie between 0 and 4294967295"
        );
        assert_eq!(
            wrong("restraint = 1", "restraint = 2"),
            "`timeline[0].policy.restraint` must lie between 0 and 1"
        );
    }

    #[test]
    fn dates_durations_and_words_are_held_to_their_form() {
        let wrong = |from, to| mistake_with(from, to);
        assert_eq!(wrong("2012-01-01", "2012-02-30").0, "`start` is no day of the calendar");
        assert_eq!(wrong("2012-01-01", "1/1/2012").0, "`start` takes a date");
        assert_eq!(wrong("\"2012-01-01\"", "2012-01-01T10:00:00").0, "`start` takes a date");
        assert_eq!(wrong("10 years", "ten years").0, "`length` takes a duration");
        assert_eq!(wrong("\"10 years\"", "520").0, "`length` takes a duration");
        let regime = wrong("military_transition", "military_transitoin");
        assert_eq!(
            regime,
            pair("`regime` is none of the words it may be", "\"military_transitoin\"")
        );
    }

    #[test]
    fn what_is_missing_is_named_with_its_meaning() {
        let found = mistake_with("length = \"10 years\"\n", "");
        assert_eq!(found, pair("`length` is missing", "name = \"a small land\""));
        let found = mistake_with("name = \"Support group\"\n", "");
        assert_eq!(found, pair("`groups.jnim.name` is missing", "[groups.jnim]"));
    }

    #[test]
    fn all_mistakes_are_shown_at_once_from_top_to_bottom() {
        let text = WHOLE
            .replace("0.25", "2")
            .replace("170", "\"170\"")
            .replace("2012-01-01", "soon")
            .replace("restraint", "restrain");
        let found = mistakes(&text);
        let underlined: Vec<&str> = found.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(underlined, ["\"soon\"", "2", "\"170\"", "restrain"]);
    }

    #[test]
    fn a_mistake_in_a_setting_is_shown_in_the_setting() {
        let problems = checked(WHOLE, &["policy.restraint=1.5", "polici.x=1"]).unwrap_err();
        println!("{problems}");
        let shown = problems.to_string();
        assert!(shown.contains("--> --set:1:18") && shown.contains("did you mean `policy`?"));
    }

    #[test]
    fn an_overlay_elsewhere_is_held_against_the_table_it_changes() {
        let files = InMemory::default().with("a.toml", "[x.policy]\nrestrain = 1\nrestraint = 2\n");
        let merged = read(&files, FilePath::new("a.toml"), &[]).unwrap();
        let found = problems_in_overlay(&merged, "x.policy", &Schema::of::<Sample>(), "policy");
        let titles: Vec<&str> = found.iter().map(Problem::title).collect();
        assert_eq!(
            titles,
            ["unknown key `restrain`", "`x.policy.restraint` must lie between 0 and 1"]
        );
    }

    #[test]
    fn a_line_of_a_megabyte_is_refused_in_few_words() {
        let long = "a".repeat(1_000_000);
        let texts = [
            format!("{WHOLE}\n{long}\n"),
            format!("{WHOLE}\n{long} = 1\n"),
            WHOLE.replace("= 170", &format!("= \"{long}\"")),
            WHOLE.replace("10 years", &long),
            format!("{WHOLE}\n[groups.{long}]\nname = 1\n"),
            format!("extends = \"{long}\"\n"),
            WHOLE.replace("military_transition", &long),
            WHOLE.replace("[2014, 2018]", &format!("[{}1.5]", "1, ".repeat(300_000))),
        ];
        for text in texts {
            let message = checked(&text, &[]).unwrap_err().to_string();
            println!("{message}\n");
            assert!(message.len() < 2500, "{} bytes", message.len());
        }
    }

    proptest! {
        #[test]
        fn no_change_to_a_scenario_makes_it_panic_or_slip_past_the_checks(
            changes in prop::collection::vec((0usize..400, 0usize..12, prop::sample::select(vec![
                "", "=", "[", "]", "[[", "{", "}", "\"", "\"\"\"", "'", ".", ",", "\n", "\r\n", "#", "\t",
                "1", "-1", "0.5", "1e400", "nan", "-inf", "99999999999", "0x7f", "true", "2013-01-11",
                "2013-01-11T07:00:00Z", "07:00:00", "\"26 weeks\"", "\"1e9 years\"", "\"-1 weeks\"",
                "[1, \"a\"]", "{a = 1}", "policy", "restraint = 1\n", "\u{feff}", "é", "\\", "\0",
                "[policy]\n", "[groups.x]\n", "[[timeline]]\n", "timeline = 3\n", "at = 2013-01-11\n",
            ])), 1..6),
        ) {
            let mut text = WHOLE.to_owned();
            for (at, removed, inserted) in changes {
                let boundary = |at: usize, text: &str| (at.min(text.len())..=text.len())
                    .find(|at| text.is_char_boundary(*at)).unwrap();
                let start = boundary(at, &text);
                let end = boundary(start + removed, &text);
                text.replace_range(start..end, inserted);
            }
            match checked(&text, &[]) {
                Ok(sample) => {
                    let shown = super::super::show::show(&sample, None).unwrap();
                    prop_assert_eq!(checked(&shown, &[]).unwrap(), sample);
                }
                Err(problems) => {
                    prop_assert!(!problems.to_string().contains("cannot be used"), "{}", problems);
                    prop_assert!(!problems.render(true).is_empty());
                }
            }
        }

        #[test]
        fn no_setting_makes_it_panic(setting in "[a-z.=\\[\\]{}\"0-9é \n-]{0,40}|.{0,40}") {
            let _ = checked(WHOLE, &[&setting]).map_err(|problems| problems.to_string());
        }
    }
}
