//! The tree of a TOML text in which every key and every value knows where it stands.

use super::problems::{Place, Problem};
use super::source::Source;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

/// Deeper than any scenario, shallow enough for the stack.
const DEEPEST: usize = 48;

/// A value, and where it is written.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where it is written.
    pub place: Place,
}

/// What TOML can say.
#[derive(Clone, Debug)]
pub enum Value {
    /// A text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A floating-point number.
    Number(f64),
    /// True or false.
    Boolean(bool),
    /// A day or time.
    Datetime(Datetime),
    /// Several values.
    List(Vec<Node>),
    /// Values by key.
    Table(Table),
}

/// Values by key, in order of the keys.
pub type Table = BTreeMap<String, Entry>;

/// A key with its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where the key is written.
    pub key: Place,
    /// Its value.
    pub node: Node,
}

impl Value {
    /// What it is, as a sentence names it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Text(_) => "text",
            Value::Integer(_) | Value::Number(_) => "a number",
            Value::Boolean(_) => "true or false",
            Value::Datetime(_) => "a date",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }

    /// The text, where it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl Node {
    /// The node at a path below this one.
    #[must_use]
    pub fn get(&self, path: &Path) -> Option<&Node> {
        path.0.iter().try_fold(self, |node, step| match (step, &node.value) {
            (Step::Key(key), Value::Table(table)) => table.get(key).map(|entry| &entry.node),
            (Step::Index(index), Value::List(items)) => items.get(*index),
            _ => None,
        })
    }

    /// Takes a key out of its table. An entry of a list stays, or those after it would be renumbered.
    pub fn remove(&mut self, path: &Path) {
        let Some((Step::Key(last), parents)) = path.0.split_last() else { return };
        let mut node = self;
        for step in parents {
            let inner = match (step, &mut node.value) {
                (Step::Key(key), Value::Table(table)) => table.get_mut(key).map(|e| &mut e.node),
                (Step::Index(index), Value::List(items)) => items.get_mut(*index),
                _ => None,
            };
            let Some(inner) = inner else { return };
            node = inner;
        }
        if let Value::Table(table) = &mut node.value {
            table.remove(last);
        }
    }

    /// Where the key that ends a path stands.
    #[must_use]
    pub(crate) fn key_at(&self, path: &Path) -> Option<&Place> {
        let (last, parents) = path.0.split_last()?;
        let parent = self.get(&Path(parents.to_vec()))?;
        match (last, &parent.value) {
            (Step::Key(key), Value::Table(table)) => table.get(key).map(|entry| &entry.key),
            _ => None,
        }
    }

    /// The same without places. A date becomes text, as the types of a scenario expect it; a number
    /// that is none, which no place of a scenario takes, becomes nothing.
    #[must_use]
    pub fn plain(&self) -> serde_json::Value {
        match &self.value {
            Value::Text(text) => text.clone().into(),
            Value::Integer(integer) => (*integer).into(),
            Value::Number(number) => (*number).into(),
            Value::Boolean(boolean) => (*boolean).into(),
            Value::Datetime(datetime) => datetime.to_string().into(),
            Value::List(items) => items.iter().map(Node::plain).collect::<Vec<_>>().into(),
            Value::Table(table) => {
                let entries = table.iter().map(|(key, entry)| (key.clone(), entry.node.plain()));
                serde_json::Value::Object(entries.collect())
            }
        }
    }

    /// Lays `other` over this: tables merge, everything else is replaced.
    pub fn overlay(&mut self, other: Node) {
        match (&mut self.value, other.value) {
            (Value::Table(below), Value::Table(above)) => {
                for (key, entry) in above {
                    match below.get_mut(&key) {
                        Some(old) => {
                            old.key = entry.key;
                            old.node.overlay(entry.node);
                        }
                        None => {
                            below.insert(key, entry);
                        }
                    }
                }
            }
            (below, above) => *below = above,
        }
        self.place = other.place;
    }
}

/// The tree of a parsed text. Numbers too large to hold and tables nested beyond reason become
/// problems and are left out.
pub(crate) fn plant(source: &Arc<Source>, table: &DeTable, problems: &mut Vec<Problem>) -> Node {
    let mut planter = Planter { source, problems };
    let value = planter.table(table, 0);
    Node { value, place: planter.place(0..0) }
}

struct Planter<'a> {
    source: &'a Arc<Source>,
    problems: &'a mut Vec<Problem>,
}

impl Planter<'_> {
    fn place(&self, span: Range<usize>) -> Place {
        Place { source: self.source.clone(), span }
    }

    fn table(&mut self, table: &DeTable, depth: usize) -> Value {
        let mut planted = Table::new();
        for (key, value) in table {
            let place = self.place(key.span());
            if let Some(node) = self.node(value, depth + 1) {
                planted.insert(key.get_ref().to_string(), Entry { key: place, node });
            }
        }
        Value::Table(planted)
    }

    fn node(&mut self, value: &Spanned<DeValue>, depth: usize) -> Option<Node> {
        let place = self.place(value.span());
        if depth > DEEPEST {
            let problem = Problem::new("tables and lists are nested too deeply").at(place);
            self.problems.push(problem.help(format!("at most {DEEPEST} levels are read")));
            return None;
        }
        let value = match value.get_ref() {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Boolean(boolean) => Value::Boolean(*boolean),
            DeValue::Datetime(datetime) => Value::Datetime(*datetime),
            DeValue::Integer(integer) => {
                match i64::from_str_radix(integer.as_str(), integer.radix()) {
                    Ok(integer) => Value::Integer(integer),
                    Err(_) => {
                        let problem = Problem::new("this whole number is too large").at(place);
                        self.problems.push(problem.help("at most 9223372036854775807 is read"));
                        return None;
                    }
                }
            }
            DeValue::Float(number) => Value::Number(number.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Array(items) => {
                Value::List(items.iter().filter_map(|item| self.node(item, depth + 1)).collect())
            }
            DeValue::Table(table) => self.table(table, depth),
        };
        Some(Node { value, place })
    }
}

/// Where a value stands in a tree: `groups.jnim.hostility`, `timeline[3].at`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path(pub Vec<Step>);

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Into a table.
    Key(String),
    /// Into a list, from 0.
    Index(usize),
}

impl Path {
    /// The path to a key below it.
    #[must_use]
    pub fn key(&self, key: impl Into<String>) -> Path {
        self.then(Step::Key(key.into()))
    }

    /// The path to an entry below it, from 0.
    #[must_use]
    pub fn index(&self, index: usize) -> Path {
        self.then(Step::Index(index))
    }

    fn then(&self, step: Step) -> Path {
        let mut steps = self.0.clone();
        steps.push(step);
        Path(steps)
    }

    /// Whether it is `parent` or leads below it.
    #[must_use]
    pub fn starts_with(&self, parent: &Path) -> bool {
        self.0.starts_with(&parent.0)
    }

    /// The path without its last step; none of the whole.
    #[must_use]
    pub fn parent(&self) -> Option<Path> {
        let (_, parents) = self.0.split_last()?;
        Some(Path(parents.to_vec()))
    }
}

impl From<&str> for Path {
    /// Reads what `Display` writes. Quotes protect dots: `groups."a.b".hostility`.
    fn from(text: &str) -> Path {
        let mut steps = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix('[')
                && let Some((number, after)) = after.split_once(']')
                && let Ok(index) = number.parse()
            {
                steps.push(Step::Index(index));
                rest = after.strip_prefix('.').unwrap_or(after);
                continue;
            }
            let quoted = rest.strip_prefix('"').and_then(|inner| inner.split_once('"'));
            let (key, after) = quoted.unwrap_or_else(|| {
                let end = rest.find(['.', '[']).filter(|at| *at > 0).unwrap_or(rest.len());
                rest.split_at(end)
            });
            steps.push(Step::Key(key.to_owned()));
            rest = after.strip_prefix('.').unwrap_or(after);
        }
        Path(steps)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Index(index) => write!(f, "[{index}]")?,
                Step::Key(key) => {
                    let dot = if position > 0 { "." } else { "" };
                    let bare = !key.is_empty()
                        && key.chars().all(|c| c.is_ascii_alphanumeric() || "_-*".contains(c));
                    let quote = if bare { "" } else { "\"" };
                    write!(f, "{dot}{quote}{key}{quote}")?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_written_as_it_is_read() {
        for text in ["a", "groups.jnim.hostility", "timeline[3].at", "x.\"a.b\"[0][1].c-d"] {
            assert_eq!(Path::from(text).to_string(), text);
        }
    }

    #[test]
    fn a_path_that_makes_no_sense_ends_all_the_same() {
        for text in ["", ".", "..", "[", "a[", "a[x]", "\"", "a..b", "[]", "a]"] {
            let _ = Path::from(text);
        }
    }
}
