//! What can be wrong with a design, in words that say what would be right.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use thiserror::Error;
use toguna_scenario::problems::{self, Problem};
use toguna_scenario::source::Source;

/// Where in a design file, from 1; nowhere (0, 0) in a design that was not read from one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub line: u32,
    pub column: u32,
    /// Bytes of the text.
    pub start: u32,
    pub end: u32,
}

impl Place {
    /// Bytes of the text.
    #[must_use]
    pub fn span(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    pub(super) fn at(text: &str, span: Range<usize>) -> Place {
        let before = &text[..span.start.min(text.len())];
        let line = before.matches('\n').count() as u32 + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() as u32 + 1;
        // A file of more than 256 MB is not read.
        Place { line, column, start: span.start as u32, end: span.end as u32 }
    }

    pub(super) fn mistake(self, problem: DesignProblem) -> Mistake {
        Mistake { place: self, problem }
    }
}

/// Something wrong, and where.
#[derive(Clone, Debug, PartialEq, Error)]
pub struct Mistake {
    pub place: Place,
    pub problem: DesignProblem,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.place.line > 0 {
            write!(f, "line {}, column {}: ", self.place.line, self.place.column)?;
        }
        write!(f, "{}", self.problem)
    }
}

impl Mistake {
    /// The same as a scenario's are shown: underlined in the design's text, what would do apart.
    #[must_use]
    pub fn shown_in(&self, source: &Arc<Source>) -> Problem {
        let place = problems::Place { source: source.clone(), span: self.place.span() };
        let told = self.problem.to_string();
        let (title, help) = told.split_once("; ").unwrap_or((&told, ""));
        Problem::new(title).at(place).help(help)
    }
}

/// What is wrong; after a semicolon, what would do.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum DesignProblem {
    #[error("{message}")]
    Unreadable { message: String },
    #[error(
        "this is a scenario, not a design; a design names one: scenario = \"…\", and says what varies \
         in it (docs/experiments.md); `toguna run` runs a scenario"
    )]
    Scenario,
    #[error("unknown key `{key}`{}", did_you_mean(.suggestion, .known))]
    UnknownKey { key: String, suggestion: Option<String>, known: Vec<String> },
    #[error("unknown kind of design \"{found}\"{}", did_you_mean(.suggestion, .known))]
    UnknownKind { found: String, suggestion: Option<String>, known: Vec<String> },
    #[error(
        "`{path}` is no key of the scenario that can be varied{}",
        did_you_mean(.suggestion, &[])
    )]
    UnknownAxis { path: String, suggestion: Option<String> },
    #[error("a design of kind \"{kind}\" needs `{key}`")]
    MissingKey { key: &'static str, kind: &'static str },
    #[error("`{key}` means nothing in a design of kind \"{kind}\"; take it out")]
    KeyNotForKind { key: &'static str, kind: &'static str },
    #[error("`luck` is that after a fork: add `fork`, the day from which what varies varies")]
    LuckWithoutFork,
    #[error("`replicates` must be 1 or more")]
    NoReplicates,
    #[error("nothing varies: add an [[axes]] with a `path`")]
    NoAxes,
    #[error("this axis has no `path`: name the key it varies, such as \"policy.restraint\"")]
    EmptyPath,
    #[error("axis `{path}` stands here a second time; the first is on line {first_line}")]
    DuplicateAxis { path: String, first_line: u32 },

    #[error("axis `{path}` needs `values`, or `low` and `high`")]
    NothingToTake { path: String },
    #[error("axis `{path}` has both `values` and a range; keep one")]
    ValuesAndRange { path: String },
    #[error(
        "axis `{path}` has more than a `path`; in a design of kind \"points\" the table has the values"
    )]
    ValuesBesideTable { path: String },
    #[error("`values` of axis `{path}` is empty")]
    NoValues { path: String },
    #[error("axis `{path}` takes {value} twice")]
    DuplicateValue { path: String, value: String },
    #[error("axis `{path}` mixes {first} ({first_value}) with {other} ({other_value})")]
    MixedValues {
        path: String,
        first: &'static str,
        first_value: String,
        other: &'static str,
        other_value: String,
    },
    #[error(
        "axis `{path}` cannot take {found}; it takes numbers, booleans, strings in quotes (dates and \
         durations too) or lists of strings"
    )]
    NotAValue { path: String, found: String },
    #[error("axis `{path}` has a `{present}` but no `{missing}`")]
    HalfARange { path: String, present: &'static str, missing: &'static str },
    #[error(
        "`{end}` of axis `{path}` must be a number, a date such as \"2024-01-01\" or a duration such \
         as \"26 weeks\", not {found}; list other things in `values`"
    )]
    NotAnEnd { path: String, end: &'static str, found: String },
    #[error("axis `{path}` runs from {low_is} ({low}) to {high_is} ({high})")]
    EndsDiffer {
        path: String,
        low_is: &'static str,
        low: String,
        high_is: &'static str,
        high: String,
    },
    #[error("the range of axis `{path}` is empty: `low` {low} is not below `high` {high}")]
    EmptyRange { path: String, low: String, high: String },
    #[error("axis `{path}` cannot be logarithmic from {low}: `low` must be above 0")]
    LogarithmOfNothing { path: String, low: String },
    #[error("axis `{path}` takes whole numbers only: {end} {found} is not whole")]
    NotWhole { path: String, end: &'static str, found: String },
    #[error("`scale = \"{scale}\"` of axis `{path}` is for ranges of {meant_for}, not of {found}")]
    ScaleNotForThis {
        path: String,
        scale: &'static str,
        meant_for: &'static str,
        found: &'static str,
    },
    #[error("`{key}` of axis `{path}` is for a range; `values` are taken as they are listed")]
    KeyNeedsRange { path: String, key: &'static str },
    #[error("axis `{path}` needs `steps` (2 or more), or `values`, in a design of kind \"grid\"")]
    StepsMissing { path: String },
    #[error("`steps` of axis `{path}` must be 2 or more, not {steps}")]
    TooFewSteps { path: String, steps: u32 },
    #[error("axis `{path}` has {available} values from low to high, fewer than {steps} steps")]
    TooManySteps { path: String, steps: u32, available: u64 },
    #[error(
        "`steps` of axis `{path}` means nothing in a design of kind \"{kind}\", which chooses its own \
         places; take it out"
    )]
    StepsNotForKind { path: String, kind: &'static str },

    #[error("`{key}` must be {least} or more, not {found}")]
    TooFew { key: &'static str, least: u32, found: u32 },
    #[error("`levels` must be an even number, not {found}")]
    OddLevels { found: u32 },
    #[error(
        "Sobol' numbers are even only in powers of two: `points` may be {below} or {above}, not {found}"
    )]
    NotAPowerOfTwo { found: u32, below: u32, above: u32 },
    #[error("Sobol' numbers reach {most} points, fewer than {found}")]
    TooManySobolPoints { found: u32, most: u32 },
    #[error("Sobol' numbers reach {most} axes in a design of kind \"{kind}\", fewer than {found}")]
    TooManySobolAxes { found: u32, most: u32, kind: &'static str },
    #[error(
        "this design has {wanted} points, more than {maximum}; take fewer values, or raise \
         `maximum_points`"
    )]
    TooManyPoints { wanted: u64, maximum: u32 },
}

impl DesignProblem {
    /// The key of the design, or of the axis, that it is about.
    pub(super) fn key(&self) -> &str {
        match self {
            DesignProblem::NoReplicates => "replicates",
            DesignProblem::LuckWithoutFork => "luck",
            DesignProblem::OddLevels { .. } => "levels",
            DesignProblem::NotAPowerOfTwo { .. } | DesignProblem::TooManySobolPoints { .. } => {
                "points"
            }
            DesignProblem::KeyNotForKind { key, .. }
            | DesignProblem::TooFew { key, .. }
            | DesignProblem::KeyNeedsRange { key, .. } => key,
            DesignProblem::EmptyPath
            | DesignProblem::DuplicateAxis { .. }
            | DesignProblem::NothingToTake { .. }
            | DesignProblem::ValuesBesideTable { .. }
            | DesignProblem::StepsMissing { .. } => "path",
            DesignProblem::NoValues { .. }
            | DesignProblem::ValuesAndRange { .. }
            | DesignProblem::DuplicateValue { .. }
            | DesignProblem::MixedValues { .. }
            | DesignProblem::NotAValue { .. } => "values",
            DesignProblem::HalfARange { present: end, .. }
            | DesignProblem::NotAnEnd { end, .. }
            | DesignProblem::NotWhole { end, .. } => end,
            DesignProblem::EndsDiffer { .. }
            | DesignProblem::EmptyRange { .. }
            | DesignProblem::LogarithmOfNothing { .. } => "low",
            DesignProblem::ScaleNotForThis { .. } => "scale",
            DesignProblem::TooFewSteps { .. }
            | DesignProblem::TooManySteps { .. }
            | DesignProblem::StepsNotForKind { .. } => "steps",
            _ => "kind",
        }
    }
}

fn did_you_mean(suggestion: &Option<String>, known: &[String]) -> String {
    match suggestion {
        Some(name) => format!("; did you mean `{name}`?"),
        None if known.is_empty() => String::new(),
        None => format!("; there are `{}`", known.join("`, `")),
    }
}

/// The candidate a slip of the fingers away from `found`, whole or in its last part (what follows
/// the last dot); the first of equals.
#[must_use]
pub fn nearest<'a>(found: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let last_part = |path: &str| path.rsplit('.').next().unwrap_or_default().to_owned();
    let slips = |candidate: &str| {
        let whole = strsim::damerau_levenshtein(found, candidate);
        let part = strsim::damerau_levenshtein(&last_part(found), &last_part(candidate));
        let near_enough = |slips: usize, of: &str| slips <= of.chars().count() / 3;
        if near_enough(whole, found) {
            Some(whole)
        } else {
            // The last part alone is weaker evidence than the whole.
            near_enough(part, &last_part(found)).then_some(1000 + part)
        }
    };
    let scored = candidates.into_iter().filter_map(|name| slips(name).map(|slips| (slips, name)));
    scored.min_by_key(|&(slips, _)| slips).map(|(_, name)| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found_also_when_its_table_was_forgotten() {
        let known = ["policy.military_pressure", "policy.restraint", "state.legitimacy"];
        assert_eq!(nearest("policy.restriant", known).as_deref(), Some("policy.restraint"));
        let found = nearest("military_presure", known);
        assert_eq!(found.as_deref(), Some("policy.military_pressure"));
        assert_eq!(nearest("camels", known), None);
    }
}
