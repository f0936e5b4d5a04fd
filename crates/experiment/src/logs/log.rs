//! How a table of a run is declared: its name, what a row is, and its columns with their values.

use super::seen::Seen;
use crate::table::{Cell, Described, DescribedColumn, Kind, Link};
use std::borrow::Cow;

/// A table that a run fills week by week.
pub struct Log {
    /// With its ending: "events.csv".
    pub name: &'static str,
    /// In words.
    pub title: &'static str,
    /// What one row stands for.
    pub what: &'static str,
    /// What `--tables` says of it; none for a table that every run writes.
    pub on_request: Option<&'static str>,
    /// The columns that together name a row; empty when rows may repeat.
    pub key: &'static [&'static str],
    /// Its own columns, in order.
    pub columns: &'static [Column],
    /// Columns that the model declares, behind the others.
    pub measured: Option<Measured>,
    /// How many rows the week adds; [`Seen::row`] tells them apart.
    pub rows: fn(&Seen<'_>) -> usize,
    /// Rows that only the run's end can tell.
    pub(crate) at_end: Option<AtEnd>,
}

/// What a log has that says nothing of these.
pub(super) const PLAIN: Log = Log {
    name: "",
    title: "",
    what: "",
    on_request: None,
    key: &[],
    columns: &[],
    measured: None,
    rows: |_| 0,
    at_end: None,
};

/// Outcomes as columns.
pub struct Measured {
    /// Their names, units and meanings.
    pub columns: fn() -> Vec<DescribedColumn>,
    /// A row's values, in the same order.
    pub values: for<'s> fn(&'s Seen<'_>) -> Cow<'s, [f64]>,
}

/// What is still under way when a run ends.
pub(crate) struct AtEnd {
    pub rows: fn(&Seen<'_>) -> usize,
    /// The number by which all rows of the table are then put in order.
    pub number: fn(&Seen<'_>) -> u32,
}

/// A column of a log, and where its value is found.
pub struct Column {
    pub(super) declared: DescribedColumn,
    pub(super) value: for<'s> fn(&'s Seen<'_>) -> Cell<'s>,
}

/// The name, the unit, the meaning and the value of a column, in the order they are read aloud.
impl Column {
    pub(super) const fn integer(
        name: &'static str,
        unit: &'static str,
        meaning: &'static str,
        value: for<'s> fn(&'s Seen<'_>) -> Cell<'s>,
    ) -> Self {
        Column { declared: DescribedColumn { name, kind: Kind::Integer, unit, meaning }, value }
    }

    pub(super) const fn number(
        name: &'static str,
        unit: &'static str,
        meaning: &'static str,
        value: for<'s> fn(&'s Seen<'_>) -> Cell<'s>,
    ) -> Self {
        Column { declared: DescribedColumn { name, kind: Kind::Number, unit, meaning }, value }
    }

    pub(super) const fn text(
        name: &'static str,
        meaning: &'static str,
        value: for<'s> fn(&'s Seen<'_>) -> Cell<'s>,
    ) -> Self {
        Column { declared: DescribedColumn { name, kind: Kind::Text, unit: "", meaning }, value }
    }

    pub(super) const fn date(
        name: &'static str,
        meaning: &'static str,
        value: for<'s> fn(&'s Seen<'_>) -> Cell<'s>,
    ) -> Self {
        Column { declared: DescribedColumn { name, kind: Kind::Date, unit: "", meaning }, value }
    }

    pub(super) const fn boolean(
        name: &'static str,
        meaning: &'static str,
        value: for<'s> fn(&'s Seen<'_>) -> Cell<'s>,
    ) -> Self {
        Column { declared: DescribedColumn { name, kind: Kind::Boolean, unit: "", meaning }, value }
    }
}

pub(super) const RUN: Column =
    Column::integer("run", "", "Number of the run, from 0", |seen| seen.run.into());
pub(super) const WEEK: Column =
    Column::integer("week", "", "Number of the week, from 0", |seen| seen.week.into());
pub(super) const DATE: Column =
    Column::date("date", "First day of the week", |seen| seen.date().into());

/// A column that the model declares.
pub(super) const fn measured(
    name: &'static str,
    unit: &'static str,
    meaning: &'static str,
) -> DescribedColumn {
    DescribedColumn { name, kind: Kind::Number, unit, meaning }
}

impl Log {
    /// Its name without the ending, as `--tables` takes it.
    #[must_use]
    pub fn stem(&self) -> &'static str {
        self.name.strip_suffix(".csv").unwrap_or(self.name)
    }

    /// The declaration as dictionaries and data packages want it.
    #[must_use]
    pub fn described(&self) -> Described {
        let mut columns: Vec<_> = self.columns.iter().map(|column| column.declared).collect();
        columns.extend(self.measured.iter().flat_map(|measured| (measured.columns)()));
        Described {
            name: self.name,
            title: self.title,
            what: self.what,
            columns,
            key: self.key,
            links: &[Link { columns: &["run"], table: "runs.csv", to: &["run"] }],
        }
    }
}
