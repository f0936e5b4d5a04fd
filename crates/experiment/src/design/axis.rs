//! An axis of a design: a key of the scenario and the values it takes.

use super::Kind;
use super::problem::{DesignProblem, Place};
use jiff::civil;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use toguna_units::{Date, Weeks};
use toml::Value;

/// One thing that varies: the values listed, or the range from low to high.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Axis {
    /// The key that varies, as it stands in a scenario: `policy.military_pressure`.
    pub path: String,
    /// The values to take, all of one type: numbers, booleans, strings (choices, dates, durations) or
    /// lists of strings.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "list_of_values")]
    pub values: Option<Vec<Value>>,
    /// The least value: a number, a date or a duration.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "end_of_range")]
    pub low: Option<Value>,
    /// The greatest value, of the same type as `low` and above it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "end_of_range")]
    pub high: Option<Value>,
    /// How places spread between low and high; linear when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
    /// Grid and one-at-a-time: number of values from low to high, both included, 2 or more. One at a
    /// time takes low and high alone when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<u32>,
    #[serde(skip)]
    #[schemars(skip)]
    place: Place,
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
    /// Where in the design file it stands.
    #[must_use]
    pub fn place(&self) -> Place {
        self.place
    }

    pub(super) fn set_place(&mut self, place: Place) {
        self.place = place;
    }

    /// What this axis may be in a design of `kind`.
    pub(super) fn extent(&self, kind: Kind) -> Result<Extent, DesignProblem> {
        let path = || self.path.clone();
        if self.path.trim().is_empty() {
            return Err(DesignProblem::EmptyPath);
        }
        if kind == Kind::Points {
            let only_named = self.values.is_none()
                && self.low.is_none()
                && self.high.is_none()
                && self.scale.is_none()
                && self.steps.is_none();
            let problem = || DesignProblem::ValuesBesideTable { path: path() };
            return only_named.then_some(Extent::Named).ok_or_else(problem);
        }
        let extent = match (&self.values, &self.low, &self.high) {
            (Some(values), None, None) => self.listed(values),
            (Some(_), ..) => Err(DesignProblem::ValuesAndRange { path: path() }),
            (None, Some(low), Some(high)) => self.range(low, high),
            (None, Some(_), None) => {
                Err(DesignProblem::HalfARange { path: path(), present: "low", missing: "high" })
            }
            (None, None, Some(_)) => {
                Err(DesignProblem::HalfARange { path: path(), present: "high", missing: "low" })
            }
            (None, None, None) => Err(DesignProblem::NothingToTake { path: path() }),
        };
        let extent = extent?;
        self.check_steps(kind, &extent)?;
        Ok(extent)
    }

    fn listed(&self, values: &[Value]) -> Result<Extent, DesignProblem> {
        let path = || self.path.clone();
        let first = values.first().ok_or_else(|| DesignProblem::NoValues { path: path() })?;
        for (index, value) in values.iter().enumerate() {
            let type_of_first = self.type_of(first)?;
            let other = self.type_of(value)?;
            if type_of_first != other {
                return Err(DesignProblem::MixedValues {
                    path: path(),
                    first: type_of_first,
                    first_value: first.to_string(),
                    other,
                    other_value: value.to_string(),
                });
            }
            if values[..index].iter().any(|earlier| same(earlier, value)) {
                let value = value.to_string();
                return Err(DesignProblem::DuplicateValue { path: path(), value });
            }
        }
        match (self.scale, self.steps) {
            (Some(_), _) => Err(DesignProblem::KeyNeedsRange { path: path(), key: "scale" }),
            (_, Some(_)) => Err(DesignProblem::KeyNeedsRange { path: path(), key: "steps" }),
            (None, None) => Ok(Extent::Listed(values.to_vec())),
        }
    }

    fn type_of(&self, value: &Value) -> Result<&'static str, DesignProblem> {
        let refuse = |found: String| DesignProblem::NotAValue { path: self.path.clone(), found };
        match value {
            Value::Integer(_) => Ok("a number"),
            Value::Float(number) if number.is_finite() => Ok("a number"),
            Value::Boolean(_) => Ok("a boolean"),
            Value::String(_) => Ok("a string"),
            Value::Array(items) if items.iter().all(Value::is_str) => Ok("a list of strings"),
            Value::Array(_) => Err(refuse(format!("the list {value}"))),
            Value::Table(_) => Err(refuse("a table".into())),
            Value::Datetime(date) => Err(refuse(format!("the unquoted date {date}"))),
            Value::Float(_) => Err(refuse(value.to_string())),
        }
    }

    fn range(&self, low: &Value, high: &Value) -> Result<Extent, DesignProblem> {
        let (from, to) = (self.end("low", low)?, self.end("high", high)?);
        let written = (low.to_string(), high.to_string());
        let empty = || DesignProblem::EmptyRange {
            path: self.path.clone(),
            low: written.0.clone(),
            high: written.1.clone(),
        };
        let scale = self.scale.unwrap_or(Scale::Linear);
        let logarithmic = scale == Scale::Log;
        match (from, to) {
            (End::Number(low), End::Number(high)) => {
                if low >= high {
                    return Err(empty());
                }
                self.check_logarithm(logarithmic, low, &written.0)?;
                if scale == Scale::Whole {
                    let (low, high) = (self.whole("low", low)?, self.whole("high", high)?);
                    return Ok(Extent::Whole { low, high, logarithmic, unit: Unit::Plain });
                }
                Ok(Extent::Numbers { low, high, logarithmic })
            }
            (End::Date(first), End::Date(last)) => {
                self.check_scale(scale, scale != Scale::Linear, "numbers", "dates")?;
                let days = (last - first).get_days();
                if days <= 0 {
                    return Err(empty());
                }
                let unit = Unit::DaysSince(first);
                Ok(Extent::Whole { low: 0, high: i64::from(days), logarithmic, unit })
            }
            (End::Weeks(low), End::Weeks(high)) => {
                self.check_scale(scale, scale == Scale::Whole, "numbers", "durations")?;
                if low >= high {
                    return Err(empty());
                }
                self.check_logarithm(logarithmic, low as f64, &written.0)?;
                Ok(Extent::Whole { low, high, logarithmic, unit: Unit::Weeks })
            }
            (from, to) => Err(DesignProblem::EndsDiffer {
                path: self.path.clone(),
                low_is: from.name(),
                low: written.0,
                high_is: to.name(),
                high: written.1,
            }),
        }
    }

    fn end(&self, end: &'static str, value: &Value) -> Result<End, DesignProblem> {
        let read = match value {
            Value::Integer(number) => Some(End::Number(*number as f64)),
            Value::Float(number) if number.is_finite() => Some(End::Number(*number)),
            Value::String(text) => {
                let date = text.parse::<Date>().ok().and_then(|_| text.parse().ok());
                let weeks = || text.parse::<Weeks>().ok().map(|weeks| End::Weeks(weeks.0.into()));
                date.map(End::Date).or_else(weeks)
            }
            _ => None,
        };
        let found = value.to_string();
        read.ok_or_else(|| DesignProblem::NotAnEnd { path: self.path.clone(), end, found })
    }

    fn whole(&self, end: &'static str, value: f64) -> Result<i64, DesignProblem> {
        // Up to 2⁵³ every whole number is a float, and the arithmetic of `at` stays exact.
        let fits = value.fract() == 0.0 && value.abs() < (1_i64 << 53) as f64;
        let found = value.to_string();
        let refuse = || DesignProblem::NotWhole { path: self.path.clone(), end, found };
        fits.then_some(value as i64).ok_or_else(refuse)
    }

    fn check_logarithm(
        &self,
        logarithmic: bool,
        low: f64,
        written: &str,
    ) -> Result<(), DesignProblem> {
        if logarithmic && low <= 0.0 {
            let low = written.to_owned();
            return Err(DesignProblem::LogarithmOfNothing { path: self.path.clone(), low });
        }
        Ok(())
    }

    fn check_scale(
        &self,
        scale: Scale,
        wrong: bool,
        meant_for: &'static str,
        found: &'static str,
    ) -> Result<(), DesignProblem> {
        if !wrong {
            return Ok(());
        }
        let scale = if scale == Scale::Log { "log" } else { "whole" };
        Err(DesignProblem::ScaleNotForThis { path: self.path.clone(), scale, meant_for, found })
    }

    fn check_steps(&self, kind: Kind, extent: &Extent) -> Result<(), DesignProblem> {
        let path = self.path.clone();
        match (extent, self.steps) {
            (Extent::Named | Extent::Listed(_), _) => Ok(()),
            (_, Some(_)) if kind.samples_between() => {
                Err(DesignProblem::StepsNotForKind { path, kind: kind.name() })
            }
            (_, None) if kind == Kind::Grid => Err(DesignProblem::StepsMissing { path }),
            (_, Some(steps)) if steps < 2 => Err(DesignProblem::TooFewSteps { path, steps }),
            (Extent::Whole { low, high, .. }, Some(steps)) => {
                let available = (high - low) as u64 + 1;
                let enough = u64::from(steps) <= available;
                enough.then_some(()).ok_or(DesignProblem::TooManySteps { path, steps, available })
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
pub(super) fn same(a: &Value, b: &Value) -> bool {
    let number = |value: &Value| match value {
        Value::Integer(number) => Some(*number as f64),
        Value::Float(number) => Some(*number),
        _ => None,
    };
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
                let index = (place * values.len() as f64).floor() as usize;
                values[index.min(values.len() - 1)].clone()
            }
            Extent::Numbers { low, high, logarithmic } => {
                Value::Float(along(*low, *high, *logarithmic, place))
            }
            Extent::Whole { low, high, logarithmic: true, unit } => {
                let spread = along(*low as f64 - 0.5, *high as f64 + 0.5, true, place);
                unit.value((spread.round() as i64).clamp(*low, *high))
            }
            Extent::Whole { low, high, logarithmic: false, unit } => {
                let along = (place * ((high - low) as f64 + 1.0)).floor() as i64;
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
                unit.value(spread.round() as i64)
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
            Unit::Weeks => Value::String(Weeks(number as u32).to_string()),
        }
    }
}
