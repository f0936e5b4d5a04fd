//! How a table is declared, once: each column's name, unit, meaning and kind, and where its value is
//! found in a row. For example:
//!
//! ```
//! use toguna_experiment::table::{Column, Columns, Table};
//!
//! struct Week { run: u32, deaths: f64 }
//!
//! const SERIES: Table<Week> = Table {
//!     name: "series.csv",
//!     title: "Weeks",
//!     what: "One row for every week of every run",
//!     columns: Columns::Declared(&[
//!         Column::integer("run", "", "Number of the run, from 0", |row| row.run.into()),
//!         Column::number("deaths", "deaths per week", "People killed", |row| row.deaths.into()),
//!     ]),
//!     key: &["run"],
//!     links: &[],
//! };
//! assert!(SERIES.described().faults().is_empty());
//! ```

use super::cell::{Cell, Kind};
use serde::Serialize;

/// One column of a table whose rows are `Row`s.
pub struct Column<Row: 'static> {
    /// `snake_case`, as in the CSV header.
    pub name: &'static str,
    /// Such as "persons", "deaths per week", "CFA francs"; empty for labels, dates and truths.
    pub unit: &'static str,
    /// What the figure says, in a sentence without a full stop.
    pub meaning: &'static str,
    /// What its cells hold.
    pub kind: Kind,
    /// A row's cell.
    pub value: Value<Row>,
}

/// Where a column finds its value in a row.
pub enum Value<Row: 'static> {
    /// By itself.
    Of(fn(&Row) -> Cell<'_>),
    /// At a place of a list that the row holds: for columns declared elsewhere, such as outcomes.
    At(usize, fn(&Row, usize) -> Cell<'_>),
}

impl<Row> Value<Row> {
    pub fn of<'row>(&self, row: &'row Row) -> Cell<'row> {
        match self {
            Value::Of(value) => value(row),
            Value::At(place, value) => value(row, *place),
        }
    }
}

impl<Row> Clone for Value<Row> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Row> Copy for Value<Row> {}

impl<Row> Clone for Column<Row> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Row> Copy for Column<Row> {}

/// The name, the unit, the meaning and the value of a column, in the order they are read aloud.
impl<Row> Column<Row> {
    /// A column of whole numbers.
    #[must_use]
    pub const fn integer(
        name: &'static str,
        unit: &'static str,
        meaning: &'static str,
        value: fn(&Row) -> Cell<'_>,
    ) -> Self {
        Column { name, unit, meaning, kind: Kind::Integer, value: Value::Of(value) }
    }

    /// A column of floating-point numbers.
    #[must_use]
    pub const fn number(
        name: &'static str,
        unit: &'static str,
        meaning: &'static str,
        value: fn(&Row) -> Cell<'_>,
    ) -> Self {
        Column { name, unit, meaning, kind: Kind::Number, value: Value::Of(value) }
    }

    /// A number at a place of a list that the row holds.
    #[must_use]
    pub const fn at(
        place: usize,
        name: &'static str,
        unit: &'static str,
        meaning: &'static str,
        value: fn(&Row, usize) -> Cell<'_>,
    ) -> Self {
        Column { name, unit, meaning, kind: Kind::Number, value: Value::At(place, value) }
    }

    /// A column of texts.
    #[must_use]
    pub const fn text(
        name: &'static str,
        meaning: &'static str,
        value: fn(&Row) -> Cell<'_>,
    ) -> Self {
        Column { name, unit: "", meaning, kind: Kind::Text, value: Value::Of(value) }
    }

    /// A column of days.
    #[must_use]
    pub const fn date(
        name: &'static str,
        meaning: &'static str,
        value: fn(&Row) -> Cell<'_>,
    ) -> Self {
        Column { name, unit: "", meaning, kind: Kind::Date, value: Value::Of(value) }
    }

    /// A column of truths.
    #[must_use]
    pub const fn boolean(
        name: &'static str,
        meaning: &'static str,
        value: fn(&Row) -> Cell<'_>,
    ) -> Self {
        Column { name, unit: "", meaning, kind: Kind::Boolean, value: Value::Of(value) }
    }
}

/// The columns of a table, in order.
pub enum Columns<Row: 'static> {
    /// Written out where the table is declared.
    Declared(&'static [Column<Row>]),
    /// Put together from declarations elsewhere, such as the list of outcomes.
    Gathered(Vec<Column<Row>>),
}

impl<Row> Columns<Row> {
    /// The columns, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Column<Row>> {
        match self {
            Columns::Declared(columns) => columns.iter(),
            Columns::Gathered(columns) => columns.iter(),
        }
    }
}

/// A CSV file: what it is called, what a row of it is, and its columns in order.
pub struct Table<Row: 'static> {
    /// With its ending: "series.csv".
    pub name: &'static str,
    /// In words.
    pub title: &'static str,
    /// What one row stands for.
    pub what: &'static str,
    /// The columns, in order.
    pub columns: Columns<Row>,
    /// The columns that together name a row; empty when rows may repeat.
    pub key: &'static [&'static str],
    /// Columns that name rows of other tables.
    pub links: &'static [Link],
}

/// Columns whose values are rows of another table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// The columns that name a row elsewhere.
    pub columns: &'static [&'static str],
    /// The other table's name, with its ending.
    pub table: &'static str,
    /// The other table's columns, in the same order.
    pub to: &'static [&'static str],
}

impl<Row> Table<Row> {
    /// The declaration without its row type, so that tables of different rows stand in one list.
    #[must_use]
    pub fn described(&self) -> Described {
        let columns = self.columns.iter();
        Described {
            name: self.name,
            title: self.title,
            what: self.what,
            columns: columns
                .map(|column| DescribedColumn {
                    name: column.name,
                    kind: column.kind,
                    unit: column.unit,
                    meaning: column.meaning,
                })
                .collect(),
            key: self.key,
            links: self.links,
        }
    }
}

/// A table's declaration, for dictionaries and data packages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Described {
    /// With its ending: "events.csv".
    pub name: &'static str,
    /// In words.
    pub title: &'static str,
    /// What one row stands for.
    pub what: &'static str,
    /// The columns, in order.
    pub columns: Vec<DescribedColumn>,
    /// The columns that together name a row; empty when rows may repeat.
    pub key: &'static [&'static str],
    /// Columns that name rows of other tables.
    pub links: &'static [Link],
}

/// A column without the function that finds its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DescribedColumn {
    /// Snake case, as the header has it.
    pub name: &'static str,
    /// What its cells hold.
    pub kind: Kind,
    /// Unit of the values; empty where there is none.
    pub unit: &'static str,
    /// What a value says, in a sentence.
    pub meaning: &'static str,
}

impl Described {
    /// What is wrong with the declaration itself, for a test of each table to hold empty.
    #[must_use]
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut fault = |text: String| faults.push(format!("{}: {text}", self.name));
        if self.name.strip_suffix(".csv").is_none_or(|stem| !is_snake_case(stem)) {
            fault("a table's name is snake_case and ends in .csv".into());
        }
        if self.title.is_empty() || self.what.is_empty() {
            fault("a table says its title and what one row is".into());
        }
        for (at, column) in self.columns.iter().enumerate() {
            let DescribedColumn { name, kind, unit, meaning } = column;
            if !is_snake_case(name) {
                fault(format!("column `{name}` is not snake_case"));
            }
            if self.columns[..at].iter().any(|earlier| earlier.name == *name) {
                fault(format!("column `{name}` is declared twice"));
            }
            if meaning.is_empty() || meaning.ends_with('.') {
                fault(format!("column `{name}` wants a meaning, without a full stop"));
            }
            if *kind == Kind::Number && unit.is_empty() {
                fault(format!("column `{name}` is a number without a unit"));
            }
        }
        let linked = self.links.iter().flat_map(|link| link.columns);
        for name in self.key.iter().chain(linked) {
            if !self.columns.iter().any(|column| column.name == *name) {
                fault(format!("`{name}` is a key or a link but not a column"));
            }
        }
        for link in self.links.iter().filter(|link| link.columns.len() != link.to.len()) {
            fault(format!("the link to {} pairs unequal numbers of columns", link.table));
        }
        faults
    }
}

fn is_snake_case(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_of_a_declaration_is_told() {
        const CARELESS: Table<f64> = Table {
            name: "Careless.txt",
            title: "",
            what: "One row",
            columns: Columns::Declared(&[
                Column::number("Deaths", "", "People killed.", |row| (*row).into()),
                Column::integer("run", "", "Number of the run", |_| Cell::Missing),
                Column::integer("run", "", "Number of the run", |_| Cell::Missing),
            ]),
            key: &["week"],
            links: &[Link { columns: &["run"], table: "runs.csv", to: &[] }],
        };
        assert_eq!(
            CARELESS.described().faults(),
            [
                "Careless.txt: a table's name is snake_case and ends in .csv",
                "Careless.txt: a table says its title and what one row is",
                "Careless.txt: column `Deaths` is not snake_case",
                "Careless.txt: column `Deaths` wants a meaning, without a full stop",
                "Careless.txt: column `Deaths` is a number without a unit",
                "Careless.txt: column `run` is declared twice",
                "Careless.txt: `week` is a key or a link but not a column",
                "Careless.txt: the link to runs.csv pairs unequal numbers of columns",
            ]
        );
    }
}
