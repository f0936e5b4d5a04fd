//! A table of ours, read back from its folder for showing: what is shown is then what is on disk.

use super::error::OutputError;
use ::csv::StringRecord;
use serde_json::{Map, Value};
use std::io;
use std::path::Path;
use toguna_experiment::table::{Described, Kind};

/// The rows of a small table, as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadBack {
    header: Vec<String>,
    rows: Vec<StringRecord>,
}

/// One row of it.
#[derive(Clone, Copy, Debug)]
pub struct Row<'t> {
    header: &'t [String],
    cells: &'t StringRecord,
}

/// An error of the reader as one of the file.
fn refused(path: &Path) -> impl Fn(::csv::Error) -> OutputError {
    |error| {
        let source = match error.into_kind() {
            ::csv::ErrorKind::Io(source) => source,
            other => io::Error::other(format!("{other:?}")),
        };
        OutputError::Read { path: path.to_owned(), source }
    }
}

impl ReadBack {
    /// # Errors
    /// When the file cannot be read or is no CSV.
    pub fn of(folder: &Path, name: &str) -> Result<Self, OutputError> {
        Self::where_text(folder, name, |_| true)
    }

    /// The rows that are wanted; the others are passed over without being kept.
    ///
    /// # Errors
    /// When the file cannot be read or is no CSV.
    pub fn where_text(
        folder: &Path,
        name: &str,
        wanted: impl Fn(Row<'_>) -> bool,
    ) -> Result<Self, OutputError> {
        let path = folder.join(name);
        let refuse = refused(&path);
        let reader = ::csv::Reader::from_path(&path).map_err(&refuse)?;
        Self::gathered(reader, wanted).map_err(refuse)
    }

    /// The same of a table that is not on disk.
    ///
    /// # Errors
    /// When it is no CSV.
    pub fn of_text(
        name: &str,
        text: &str,
        wanted: impl Fn(Row<'_>) -> bool,
    ) -> Result<Self, OutputError> {
        let reader = ::csv::Reader::from_reader(text.as_bytes());
        Self::gathered(reader, wanted).map_err(refused(Path::new(name)))
    }

    fn gathered(
        mut reader: ::csv::Reader<impl io::Read>,
        wanted: impl Fn(Row<'_>) -> bool,
    ) -> Result<Self, ::csv::Error> {
        let header: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
        let mut rows = Vec::new();
        let mut cells = StringRecord::new();
        while reader.read_record(&mut cells)? {
            if wanted(Row { header: &header, cells: &cells }) {
                // A clone would keep as much room as the longest row so far.
                rows.push(cells.iter().collect());
            }
        }
        Ok(ReadBack { header, rows })
    }

    /// The names of its columns.
    #[must_use]
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The rows, in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|cells| Row { header: &self.header, cells })
    }

    /// The rows as JSON, each value of its column's kind.
    #[must_use]
    pub fn json(&self, table: &Described) -> Value {
        let row = |row: Row<'_>| {
            let columns = table.columns.iter();
            let fields = columns.map(|column| {
                let text = row.text(column.name);
                let value = match column.kind {
                    _ if text.is_empty() => Value::Null,
                    Kind::Integer | Kind::Number => {
                        serde_json::from_str(text).unwrap_or_else(|_| text.into())
                    }
                    Kind::Boolean => Value::Bool(text == "true"),
                    Kind::Text | Kind::Date => text.into(),
                };
                (column.name.to_owned(), value)
            });
            Value::Object(fields.collect::<Map<_, _>>())
        };
        Value::Array(self.rows().map(row).collect())
    }
}

impl<'t> Row<'t> {
    /// Empty when there is no such column.
    #[must_use]
    pub fn text(&self, column: &str) -> &'t str {
        let place = self.header.iter().position(|name| name == column);
        place.and_then(|place| self.cells.get(place)).unwrap_or_default()
    }

    /// None of a missing value.
    #[must_use]
    pub fn number(&self, column: &str) -> Option<f64> {
        self.text(column).parse().ok()
    }
}
