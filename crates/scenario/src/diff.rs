//! What differs between two resolved scenarios, and nothing else.

use super::dictionary::Parameter;
use super::schema::Schema;
use super::show::toml_text;
use super::table_set::TableSet;
use super::tree::Path;
use serde::Serialize;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::fmt::Write;

/// One value that is not the same in both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The key that differs.
    pub path: String,
    /// As TOML; none where the first scenario has no such value.
    pub left: Option<String>,
    /// As TOML; none where the second scenario has no such value.
    pub right: Option<String>,
    /// What it means.
    pub meaning: String,
    /// Its unit; empty where there is none.
    pub unit: String,
}

/// The differences between two scenarios, in the order of their type. Lists of tables, such as a
/// timeline, are compared entry by entry once their equal beginnings and ends are set aside.
///
/// # Errors
/// When the type holds what JSON cannot: a defect of the type.
pub fn diff<T: Serialize>(
    left: &T,
    right: &T,
    schema: &Schema,
) -> Result<Vec<Difference>, serde_json::Error> {
    let (left, right) = (serde_json::to_value(left)?, serde_json::to_value(right)?);
    let parameters = schema.parameters();
    let mut compared = Comparison { schema, parameters: &parameters, found: Vec::new() };
    compared.values(Some(&left), Some(&right), &Path::default());
    Ok(compared.found)
}

struct Comparison<'a> {
    schema: &'a Schema,
    parameters: &'a [Parameter],
    found: Vec<Difference>,
}

impl Comparison<'_> {
    fn values(&mut self, left: Option<&Json>, right: Option<&Json>, path: &Path) {
        let left = left.filter(|value| !value.is_null());
        let right = right.filter(|value| !value.is_null());
        if left == right {
            return;
        }
        match (left, right) {
            (Some(Json::Object(a)), Some(Json::Object(b))) => {
                for key in a.keys().chain(b.keys().filter(|key| !a.contains_key(*key))) {
                    self.values(a.get(key), b.get(key), &path.key(key));
                }
            }
            // A table that only one of them has is told value by value.
            (Some(Json::Object(only)), None) if !only.is_empty() => {
                only.iter().for_each(|(key, value)| self.values(Some(value), None, &path.key(key)));
            }
            (None, Some(Json::Object(only))) if !only.is_empty() => {
                only.iter().for_each(|(key, value)| self.values(None, Some(value), &path.key(key)));
            }
            (Some(Json::Array(a)), Some(Json::Array(b))) if of_tables(a) && of_tables(b) => {
                self.lists(a, b, path);
            }
            _ => self.differ(left, right, path),
        }
    }

    fn lists(&mut self, left: &[Json], right: &[Json], path: &Path) {
        let start = left.iter().zip(right).take_while(|(a, b)| a == b).count();
        let (left_rest, right_rest) = (&left[start..], &right[start..]);
        let ends = left_rest.iter().rev().zip(right_rest.iter().rev());
        let end = ends.take_while(|(a, b)| a == b).count();
        let left_rest = &left_rest[..left_rest.len() - end];
        let right_rest = &right_rest[..right_rest.len() - end];
        for index in 0..left_rest.len().max(right_rest.len()) {
            let path = path.index(start + index);
            match (left_rest.get(index), right_rest.get(index)) {
                (Some(a), Some(b)) => self.values(Some(a), Some(b), &path),
                (a, b) => self.differ(a, b, &path),
            }
        }
    }

    fn differ(&mut self, left: Option<&Json>, right: Option<&Json>, path: &Path) {
        let path = path.to_string();
        let parameter = self.schema.parameter_at(self.parameters, &path);
        let told =
            |part: fn(&Parameter) -> &String| parameter.map(part).cloned().unwrap_or_default();
        self.found.push(Difference {
            left: left.map(toml_text),
            right: right.map(toml_text),
            meaning: told(|parameter| &parameter.meaning),
            unit: told(|parameter| &parameter.unit),
            path,
        });
    }
}

fn of_tables(items: &[Json]) -> bool {
    items.iter().all(Json::is_object)
}

/// For reading in a terminal: the two values, then what they mean.
#[must_use]
pub fn as_text(differences: &[Difference]) -> String {
    let mut text = String::new();
    for difference in differences {
        let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "(absent)".to_owned());
        let (left, right) = (value(&difference.left), value(&difference.right));
        if left.len() + right.len() <= 60 {
            let _ = writeln!(text, "{}: {left} → {right}", difference.path);
        } else {
            let _ = writeln!(text, "{}:\n    {left}\n  → {right}", difference.path);
        }
        let unit = match difference.unit.as_str() {
            "" => String::new(),
            unit => format!(" ({unit})"),
        };
        if !difference.meaning.is_empty() {
            let _ = writeln!(text, "    {}{unit}", difference.meaning);
        }
    }
    text
}

/// A table that does not hold the same rows in both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableDifference {
    /// Its key in `[tables]`.
    pub table: String,
    /// Rows of the first scenario's that the second's does not hold.
    pub only_left: usize,
    /// Rows of the second scenario's that the first's does not hold.
    pub only_right: usize,
}

/// The tables whose lines differ, whatever their order and the names of their files.
#[must_use]
pub fn tables(left: &TableSet, right: &TableSet) -> Vec<TableDifference> {
    let pairs = left.texts().into_iter().zip(right.texts());
    let compared = pairs.filter_map(|((table, left), (_, right))| {
        let (only_left, only_right) = lines_apart(left, right);
        let table = table.to_owned();
        (only_left + only_right > 0).then_some(TableDifference { table, only_left, only_right })
    });
    compared.collect()
}

/// How many lines of each text the other does not have.
fn lines_apart(left: &str, right: &str) -> (usize, usize) {
    let mut surplus: BTreeMap<&str, isize> = BTreeMap::new();
    left.lines().for_each(|line| *surplus.entry(line).or_default() += 1);
    right.lines().for_each(|line| *surplus.entry(line).or_default() -= 1);
    let of = |sign: isize| surplus.values().map(|n| (n * sign).max(0).unsigned_abs()).sum();
    (of(1), of(-1))
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Entry, Group, Sample, WHOLE};
    use super::*;
    use toguna_units::Share;

    fn sample() -> Sample {
        toml::from_str(WHOLE).unwrap()
    }

    fn differences(left: &Sample, right: &Sample) -> Vec<Difference> {
        let found = diff(left, right, &Schema::of::<Sample>()).unwrap();
        println!("{}", as_text(&found));
        found
    }

    #[test]
    fn a_scenario_does_not_differ_from_itself() {
        assert_eq!(differences(&sample(), &sample()), []);
    }

    #[test]
    fn only_what_differs_is_told_with_meaning_and_unit() {
        let mut other = sample();
        other.policy.military_pressure = Share::of(0.75);
        other.droughts = vec![2015];
        let found = differences(&sample(), &other);
        let paths: Vec<&str> = found.iter().map(|d| d.path.as_str()).collect();
        assert_eq!(paths, ["policy.military_pressure", "droughts"]);
        assert_eq!(found[0].left.as_deref(), Some("0.25"));
        assert_eq!(found[0].right.as_deref(), Some("0.75"));
        assert_eq!(found[0].unit, "share of forces");
        assert_eq!(found[1].right.as_deref(), Some("[2015]"));
    }

    #[test]
    fn a_group_that_only_one_has_is_told_value_by_value() {
        let mut other = sample();
        let group = Group { name: "Band".into(), fear_weight: 1.0, fighters: 10, bargains: false };
        other.groups.insert("band".into(), group);
        let found = differences(&sample(), &other);
        assert_eq!(found.len(), 4);
        assert!(found.iter().all(|difference| difference.left.is_none()));
        assert_eq!(found[0].meaning, "Its full name.");
    }

    #[test]
    fn an_entry_put_into_a_timeline_is_the_only_difference() {
        let mut other = sample();
        other.timeline.insert(1, Entry { when: Some("coup".into()), ..Entry::default() });
        let found = differences(&sample(), &other);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].path, "timeline[1]");
        assert_eq!(found[0].right.as_deref(), Some("{ when = \"coup\" }"));
    }

    #[test]
    fn lines_of_tables_are_compared_whatever_their_order() {
        assert_eq!(lines_apart("h\na\nb\n", "h\nb\na\n"), (0, 0));
        assert_eq!(lines_apart("h\na\na\n", "h\na\nc\nd\n"), (1, 2));
    }
}
