//! An axis of a design: a key of the scenario and the values it takes.

use super::kind::Kind;
use super::wrong::Wrong;
use jiff::civil;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use toguna_units::{Date, Weeks, narrow, signed_whole_part, whole_part};
use toml::Value;

/// One thing that varies: the values listed, or the range from low to high.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Axis {
    /// The key that varies, as it stands in a scenario: `policy.military_pressure`.
    pub path: String,
    /// The values to take, all of one type: numbers, booleans, strings (choices, dates, durations) or
    /// lists of strings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "list_of_values")]
    pub values: Option<Vec<Value>>,
    /// The least value: a number, a date or a duration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "end_of_range")]
    pub low: Option<Value>,
    /// The greatest value, of the same type as `low` and above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "end_of_range")]
    pub high: Option<Value>,
    /// How places spread between low and high; linear when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
    /// Grid and one-at-a-time: number of values from low to high, both included, 2 or more. One at a
    /// time takes low and high alone when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 2))]
    pub steps: Option<u32>,
}

/// How places spread between low and high.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// Evenly.
    Linear,
    /// Evenly in the logarithm: as much room from 1 to 10 as from 10 to 100.
    Log,
    /// Evenly, whole numbers only, both ends included.
    Whole,
}

fn list_of_values(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "array",
        "minItems": 1,
        "items": { "type": ["number", "boolean", "string", "array"] },
    })
}

fn end_of_range(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": ["number", "string"] })
}

/// What an axis may be, once checked.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Extent {
    /// Only named, for a table that holds the values.
    Named,
    Listed(Vec<Value>),
    Numbers {
        low: f64,
        high: f64,
        logarithmic: bool,
    },
    /// Whole numbers, days since the first date, or weeks.
    Whole {
        low: i64,
        high: i64,
        logarithmic: bool,
        unit: Unit,
    },
}

/// What a whole number of an [`Extent`] stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Unit {
    Plain,
    DaysSince(civil::Date),
    Weeks,
}

impl Axis {
    /// What this axis may be in a design of `kind`.
    pub(super) fn extent(&self, kind: Kind) -> Result<Extent, Wrong> {
        let path = &self.path;
        if path.trim().is_empty() {
            let help = "name the key it varies, such as \"policy.restraint\"";
            return Err(Wrong::new("path", "this axis has no `path`", help));
        }
        if kind == Kind::Points {
            let only_named = Axis { path: path.clone(), ..Axis::default() };
            let title = format!("axis `{path}` has more than a `path`");
            let help = "in a design of kind \"points\" the table has the values";
            return (*self == only_named)
                .then_some(Extent::Named)
                .ok_or_else(|| Wrong::new("path", title, help));
        }
        let extent = match (&self.values, &self.low, &self.high) {
            (Some(values), None, None) => self.listed(values),
            (None, Some(low), Some(high)) => self.range(low, high),
            (Some(_), ..) => {
                let title = format!("axis `{path}` has both `values` and a range");
                Err(Wrong::new("values", title, "keep one"))
            }
            (None, None, None) => {
                let title = format!("axis `{path}` needs `values`, or `low` and `high`");
                Err(Wrong::new("path", title, ""))
            }
            (None, low, _) => {
                let (there, missing) =
                    if low.is_some() { ("low", "high") } else { ("high", "low") };
                Err(Wrong::new(
                    there,
                    format!("axis `{path}` has a `{there}` but no `{missing}`"),
                    "",
                ))
            }
        }?;
        self.check_steps(kind, &extent)?;
        Ok(extent)
    }

    fn listed(&self, values: &[Value]) -> Result<Extent, Wrong> {
        let path = &self.path;
        let refuse = |title: String| Err(Wrong::new("values", title, ""));
        let mut known = BTreeSet::new();
        for value in values {
            let (first, type_of_first) = (&values[0], self.type_of(&values[0])?);
            let other = self.type_of(value)?;
            if type_of_first != other {
                return refuse(format!(
                    "axis `{path}` mixes {type_of_first} ({first}) with {other} ({value})"
                ));
            }
            if !known.insert(number(value).map_or_else(|| value.to_string(), |it| it.to_string())) {
                return refuse(format!("axis `{path}` takes {value} twice"));
            }
        }
        let given = [("scale", self.scale.is_some()), ("steps", self.steps.is_some())];
        match given.iter().find(|(_, given)| *given) {
            None => Ok(Extent::Listed(values.to_vec())),
            Some((key, _)) => {
                let title = format!("`{key}` of axis `{path}` is for a range");
                Err(Wrong::new(key, title, "`values` are taken as they are listed"))
            }
        }
    }

    fn type_of(&self, value: &Value) -> Result<&'static str, Wrong> {
        match value {
            Value::Integer(_) | Value::Float(_) => Ok("a number"),
            Value::Boolean(_) => Ok("a boolean"),
            Value::String(_) => Ok("a string"),
            Value::Array(items) if items.iter().all(Value::is_str) => Ok("a list of strings"),
            other => {
                let found = if other.is_table() { "a table" } else { &format!("the list {other}") };
                let title = format!("axis `{}` cannot take {found}", self.path);
                let help = "it takes numbers, booleans, strings in quotes (dates and durations too) or \
                    lists of strings";
                Err(Wrong::new("values", title, help))
            }
        }
    }

    fn range(&self, low: &Value, high: &Value) -> Result<Extent, Wrong> {
        let (from, to) = (self.end("low", low)?, self.end("high", high)?);
        let path = &self.path;
        let empty = || {
            let title = format!("the range of axis `{path}` is empty");
            Wrong::new("low", title, format!("`low` {low} is not below `high` {high}"))
        };
        let scale = self.scale.unwrap_or(Scale::Linear);
        let logarithmic = scale == Scale::Log;
        let check_logarithm = |from: f64| {
            let title = format!("axis `{path}` cannot be logarithmic from {low}");
            let wrong = logarithmic && from <= 0.0;
            if wrong { Err(Wrong::new("low", title, "`low` must be above 0")) } else { Ok(()) }
        };
        match (from, to) {
            (End::Number(low), End::Number(high)) => {
                if low >= high {
                    return Err(empty());
                }
                check_logarithm(low)?;
                if scale == Scale::Whole {
                    let (low, high) =
                        (self.whole_part("low", low)?, self.whole_part("high", high)?);
                    return Ok(Extent::Whole { low, high, logarithmic, unit: Unit::Plain });
                }
                Ok(Extent::Numbers { low, high, logarithmic })
            }
            (End::Date(first), End::Date(last)) => {
                self.check_scale(scale, scale != Scale::Linear, "dates")?;
                let days = (last - first).get_days();
                if days <= 0 {
                    return Err(empty());
                }
                let unit = Unit::DaysSince(first);
                Ok(Extent::Whole { low: 0, high: i64::from(days), logarithmic, unit })
            }
            (End::Weeks(low), End::Weeks(high)) => {
                self.check_scale(scale, scale == Scale::Whole, "durations")?;
                if low >= high {
                    return Err(empty());
                }
                check_logarithm(low as f64)?;
                Ok(Extent::Whole { low, high, logarithmic, unit: Unit::Weeks })
            }
            (from, to) => {
                let (from, to) = (from.name(), to.name());
                let title = format!("axis `{path}` runs from {from} ({low}) to {to} ({high})");
                Err(Wrong::new("low", title, ""))
            }
        }
    }

    fn end(&self, end: &'static str, value: &Value) -> Result<End, Wrong> {
        let read = match value {
            Value::Integer(number) => Some(End::Number(*number as f64)),
            Value::Float(number) => Some(End::Number(*number)),
            Value::String(text) => {
                let date = text.parse::<Date>().ok().and_then(|_| text.parse().ok());
                let weeks = || text.parse::<Weeks>().ok().map(|weeks| End::Weeks(weeks.0.into()));
                date.map(End::Date).or_else(weeks)
            }
            _ => None,
        };
        read.ok_or_else(|| {
            let title = format!(
                "`{end}` of axis `{}` must be a number, a date such as \"2024-01-01\" or a duration \
                 such as \"26 weeks\", not {value}",
                self.path
            );
            Wrong::new(end, title, "list other things in `values`")
        })
    }

    fn whole_part(&self, end: &'static str, value: f64) -> Result<i64, Wrong> {
        toguna_scenario::leaf::whole(value).ok_or_else(|| {
            let title = format!("axis `{}` takes whole numbers only", self.path);
            Wrong::new(end, title, format!("{end} {value} is not whole"))
        })
    }

    fn check_scale(&self, scale: Scale, wrong: bool, found: &str) -> Result<(), Wrong> {
        if !wrong {
            return Ok(());
        }
        let scale = if scale == Scale::Log { "log" } else { "whole" };
        let title = format!(
            "`scale = \"{scale}\"` of axis `{}` is for ranges of numbers, not of {found}",
            self.path
        );
        Err(Wrong::new("scale", title, ""))
    }

    fn check_steps(&self, kind: Kind, extent: &Extent) -> Result<(), Wrong> {
        let path = &self.path;
        match (extent, self.steps) {
            (Extent::Named | Extent::Listed(_), _) => Ok(()),
            (_, Some(_)) if kind.samples_between() => {
                let kind = kind.name();
                let title = format!(
                    "`steps` of axis `{path}` means nothing in a design of kind \"{kind}\""
                );
                Err(Wrong::new("steps", title, "it chooses its own places; take it out"))
            }
            (_, None) if kind == Kind::Grid => {
                let title = format!(
                    "axis `{path}` needs `steps`, or `values`, in a design of kind \"grid\""
                );
                Err(Wrong::new("path", title, ""))
            }
            (Extent::Whole { low, high, .. }, Some(steps)) => {
                let available = high.abs_diff(*low) + 1;
                if u64::from(steps) <= available {
                    return Ok(());
                }
                let title = format!(
                    "axis `{path}` has {available} values from low to high, fewer than {steps} steps"
                );
                Err(Wrong::new("steps", title, ""))
            }
            _ => Ok(()),
        }
    }
}

enum End {
    Number(f64),
    Date(civil::Date),
    Weeks(i64),
}

impl End {
    fn name(&self) -> &'static str {
        match self {
            End::Number(_) => "a number",
            End::Date(_) => "a date",
            End::Weeks(_) => "a duration",
        }
    }
}

/// 1 and 1.0 are the same number.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Integer(number) => Some(*number as f64),
        Value::Float(number) => Some(*number),
        _ => None,
    }
}

/// Whether two values are the same, however they are written.
pub(super) fn same(a: &Value, b: &Value) -> bool {
    a == b || number(a).is_some_and(|a| number(b) == Some(a))
}

impl Extent {
    /// The value at a place from 0 (low) to 1 (high), every value as likely as any other when places
    /// are uniform. Whole numbers, days, weeks and listed values each own an equal part of the axis
    /// (in the logarithm where that is asked for).
    ///
    /// # Panics
    /// When the axis is only named.
    pub(super) fn at(&self, place: f64) -> Value {
        match self {
            Extent::Named => unreachable!("a table holds the values of an axis that is only named"),
            Extent::Listed(values) => {
                let index = whole_part((place * values.len() as f64).floor()) as usize;
                values[index.min(values.len() - 1)].clone()
            }
            Extent::Numbers { low, high, logarithmic } => {
                Value::Float(along(*low, *high, *logarithmic, place))
            }
            Extent::Whole { low, high, logarithmic: true, unit } => {
                let spread = along(*low as f64 - 0.5, *high as f64 + 0.5, true, place);
                unit.value(signed_whole_part(spread.round()).clamp(*low, *high))
            }
            Extent::Whole { low, high, logarithmic: false, unit } => {
                let along = signed_whole_part(place * ((high - low) as f64 + 1.0));
                unit.value((low + along).min(*high))
            }
        }
    }

    /// The values a grid takes: those listed, or `steps` from low to high with both ends.
    pub(super) fn steps(&self, steps: Option<u32>) -> Vec<Value> {
        if let Extent::Listed(values) = self {
            return values.clone();
        }
        let steps = steps.unwrap_or(2);
        let place = |step: u32| f64::from(step) / f64::from(steps - 1);
        let value = |step| match self {
            Extent::Whole { low, high, logarithmic, unit } => {
                let spread = along(*low as f64, *high as f64, *logarithmic, place(step));
                unit.value(signed_whole_part(spread.round()))
            }
            _ => tidy(self.at(place(step))),
        };
        (0..steps).map(value).collect()
    }
}

/// The same number without what rounding left behind its twelfth digit: 0.3, not 0.30000000000000004.
fn tidy(value: Value) -> Value {
    match value {
        Value::Float(number) => {
            Value::Float(format!("{number:.11e}").parse().expect("a number that was just written"))
        }
        other => other,
    }
}

/// The place between two ends, which it meets exactly.
fn along(low: f64, high: f64, logarithmic: bool, place: f64) -> f64 {
    if place <= 0.0 {
        low
    } else if place >= 1.0 {
        high
    } else if logarithmic {
        low * libm::pow(high / low, place)
    } else {
        low + place * (high - low)
    }
}

impl Unit {
    fn value(self, number: i64) -> Value {
        match self {
            Unit::Plain => Value::Integer(number),
            Unit::DaysSince(first) => {
                let span = jiff::Span::new().days(number);
                Value::String(first.saturating_add(span).to_string())
            }
            Unit::Weeks => Value::String(Weeks(narrow(number)).to_string()),
        }
    }
}
