//! The tables that a run fills week by week. Each is declared once, in a file of its own, and listed in
//! [`LOGS`]; the run's record, `--tables`, the writing of files, data packages, dictionaries, checkpoints
//! and tests go by that list.

mod events;
mod groups;
mod leavers;
mod pacts;
mod places;
mod politics;
mod recruits;
mod seen;
mod series;
mod talks;

pub use seen::Seen;

use crate::table::{Cell, Described, DescribedColumn, Kind, Lines, Link};

/// Every table that a run fills week by week.
pub const LOGS: &[Log] = &[
    series::SERIES,
    groups::GROUPS,
    places::PLACES,
    events::EVENTS,
    recruits::RECRUITS,
    leavers::LEAVERS,
    pacts::PACTS,
    talks::TALKS,
    politics::POLITICS,
];

/// One such table.
pub struct Log {
    /// With its ending: "events.csv".
    pub name: &'static str,
    pub title: &'static str,
    /// What one row stands for.
    pub what: &'static str,
    /// What `--tables` says of it; none for a table that every run writes.
    pub on_request: Option<&'static str>,
    /// The columns that together name a row; empty when rows may repeat.
    pub key: &'static [&'static str],
    pub columns: &'static [Column],
    /// Columns that the model declares, behind the others.
    pub measured: Option<Measured>,
    /// How many rows the week adds; [`Seen::row`] tells them apart.
    pub rows: fn(&Seen<'_>) -> usize,
    /// Rows that only the run's end can tell.
    pub at_end: Option<AtEnd>,
}

/// What a log has that says nothing of these.
const PLAIN: Log = Log {
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
    pub columns: fn() -> Vec<DescribedColumn>,
    /// A row's values, in the same order.
    pub values: for<'s> fn(&'s Seen<'_>) -> &'s [f64],
}

/// What is still under way when a run ends.
pub struct AtEnd {
    pub rows: fn(&Seen<'_>) -> usize,
    /// The number by which all rows of the table are then put in order.
    pub number: fn(&Seen<'_>) -> u32,
}

/// A column of a log, and where its value is found.
pub struct Column {
    declared: DescribedColumn,
    value: for<'s> fn(&'s Seen<'_>) -> Cell<'s>,
}

/// The name, the unit, the meaning and the value of a column, in the order they are read aloud.
impl Column {
    const fn integer(
        name: &'static str,
        unit: &'static str,
        meaning: &'static str,
        value: for<'s> fn(&'s Seen<'_>) -> Cell<'s>,
    ) -> Self {
        Column { declared: DescribedColumn { name, kind: Kind::Integer, unit, meaning }, value }
    }

    const fn number(
        name: &'static str,
        unit: &'static str,
        meaning: &'static str,
        value: for<'s> fn(&'s Seen<'_>) -> Cell<'s>,
    ) -> Self {
        Column { declared: DescribedColumn { name, kind: Kind::Number, unit, meaning }, value }
    }

    const fn text(
        name: &'static str,
        meaning: &'static str,
        value: for<'s> fn(&'s Seen<'_>) -> Cell<'s>,
    ) -> Self {
        Column { declared: DescribedColumn { name, kind: Kind::Text, unit: "", meaning }, value }
    }

    const fn date(
        name: &'static str,
        meaning: &'static str,
        value: for<'s> fn(&'s Seen<'_>) -> Cell<'s>,
    ) -> Self {
        Column { declared: DescribedColumn { name, kind: Kind::Date, unit: "", meaning }, value }
    }

    const fn boolean(
        name: &'static str,
        meaning: &'static str,
        value: for<'s> fn(&'s Seen<'_>) -> Cell<'s>,
    ) -> Self {
        Column { declared: DescribedColumn { name, kind: Kind::Boolean, unit: "", meaning }, value }
    }
}

const RUN: Column = Column::integer("run", "", "Number of the run, from 0", |seen| seen.run.into());
const WEEK: Column =
    Column::integer("week", "", "Number of the week, from 0", |seen| seen.week.into());
const DATE: Column = Column::date("date", "First day of the week", |seen| seen.date().into());

/// A column that the model declares.
const fn measured(
    name: &'static str,
    unit: &'static str,
    meaning: &'static str,
) -> DescribedColumn {
    DescribedColumn { name, kind: Kind::Number, unit, meaning }
}

/// Which logs are kept beside those that every run writes; they cost memory and disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted(u32);

impl Wanted {
    pub const EVERYTHING: Wanted = Wanted(u32::MAX);

    /// These, by [`Log::stem`]; what is no log's name is passed over.
    #[must_use]
    pub fn of(stems: &[impl AsRef<str>]) -> Self {
        let asked = |log: &Log| stems.iter().any(|stem| stem.as_ref() == log.stem());
        let bit = |(place, log): (usize, &Log)| u32::from(asked(log)) << place;
        Wanted(LOGS.iter().enumerate().map(bit).sum())
    }

    fn has(self, place: usize) -> bool {
        LOGS[place].on_request.is_none() || self.0 >> place & 1 == 1
    }

    /// The logs that are kept, with their places in [`LOGS`].
    pub fn logs(self) -> impl Iterator<Item = (usize, &'static Log)> {
        LOGS.iter().enumerate().filter(move |(place, _)| self.has(*place))
    }
}

/// What a run has left in each of [`LOGS`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Logs(Vec<Kept>);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Kept {
    lines: Lines,
    /// The number and the end of each row, where the run's end puts rows in order.
    numbered: Vec<(u32, usize)>,
}

impl Logs {
    /// The rows of one of [`LOGS`]; none of one that is not kept.
    #[must_use]
    pub fn rows_of(&self, place: usize) -> Option<&Lines> {
        self.0.get(place).map(|kept| &kept.lines)
    }

    /// Takes down the week that a world has just lived.
    pub(crate) fn observe(&mut self, seen: Seen<'_>, wanted: Wanted) {
        self.0.resize_with(LOGS.len(), Kept::default);
        for (place, log) in wanted.logs() {
            self.0[place].take_down(log, log.rows, seen);
        }
    }

    /// Takes down what is under way when a run ends.
    pub(crate) fn close(&mut self, seen: Seen<'_>, wanted: Wanted) {
        self.0.resize_with(LOGS.len(), Kept::default);
        for (place, log) in wanted.logs() {
            if let Some(AtEnd { rows, .. }) = log.at_end {
                self.0[place].take_down(log, rows, Seen { over: true, ..seen });
                self.0[place].put_in_order();
            }
        }
    }
}

impl Kept {
    fn take_down(&mut self, log: &Log, rows: fn(&Seen<'_>) -> usize, mut seen: Seen<'_>) {
        for row in 0..rows(&seen) {
            seen.row = row;
            for Column { declared, value } in log.columns {
                let fits = self.lines.cell(declared.kind, &value(&seen));
                fits.unwrap_or_else(|found| {
                    panic!("{}: {} holds {found}, a defect of toguna", log.name, declared.name)
                });
            }
            for value in log.measured.iter().flat_map(|it| (it.values)(&seen)) {
                self.lines.cell(Kind::Number, &(*value).into()).expect("it is a number");
            }
            self.lines.end_row();
            if let Some(AtEnd { number, .. }) = log.at_end {
                self.numbered.push((number(&seen), self.lines.text().len()));
            }
        }
    }

    fn put_in_order(&mut self) {
        self.lines.put_in_order(&self.numbered);
        self.numbered.clear();
    }
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
