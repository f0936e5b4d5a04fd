//! What a fact is: a number that was observed, and how the same is measured in a run.

use super::gathered::Gathered;
use toguna_scenario::file::Time;
use toguna_units::Date;

/// What a fact may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Parameters may be tuned to it.
    Fit,
    /// Neither a rule nor a number may be chosen by it: it tests the mechanism.
    Check,
    /// Measured for orientation and not judged.
    Shown,
}

impl Use {
    /// As tables write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Use::Fit => "fit",
            Use::Check => "check",
            Use::Shown => "shown",
        }
    }
}

/// Where a fact is known from.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// Title of the data set or publication.
    pub title: &'static str,
    /// Terms of use, as an SPDX name or in words.
    pub licence: &'static str,
}

/// What part of time a scenario must cover for a fact to be measured in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// These years, whole.
    Years(i16, i16),
    /// So many years, any.
    Lasting(i16),
}

impl Span {
    /// Whether a scenario from `start` to `end`, both days included, covers it.
    #[must_use]
    pub fn is_within(self, start: Date, end: Date) -> bool {
        let day = |year, month, day| Date::new(year, month, day).expect("a day of the calendar");
        match self {
            Span::Years(first, last) => start <= day(first, 1, 1) && end >= day(last, 12, 31),
            Span::Lasting(years) => start.plus_days(365 * i64::from(years) - 1) <= end,
        }
    }
}

/// One row of the table of facts.
#[derive(Debug)]
pub struct Fact {
    /// As in docs/facts.md: F1.
    pub number: &'static str,
    /// As an outcome, snake case.
    pub name: &'static str,
    /// In words, for tables and figures.
    pub title: &'static str,
    /// Unit of the value; empty for a pure number.
    pub unit: &'static str,
    /// What was observed; none where only a bound is known.
    pub wanted: Option<f64>,
    /// A mean from `low` to `high` passes; infinite where there is no such bound.
    pub low: f64,
    /// The upper bound.
    pub high: f64,
    /// Whether parameters may be tuned to it.
    pub used_for: Use,
    /// What a scenario must cover.
    pub span: Span,
    /// Where it is known from.
    pub source: &'static Source,
    /// What a run lacks in which it cannot be measured.
    pub lacking: &'static str,
    /// Whether a second run is made for it, in which no conference is held.
    pub needs_twin: bool,
    /// None where the run shows nothing of the kind.
    pub measure: fn(&Gathered) -> Option<f64>,
}

impl Fact {
    /// What a run of a scenario shows of it; none, too, where the scenario does not cover its span.
    #[must_use]
    pub(crate) fn value_in(&self, time: &Time, gathered: &Gathered) -> Option<f64> {
        let covered = self.span.is_within(time.start, time.end);
        (self.measure)(gathered).filter(|_| covered)
    }
}
