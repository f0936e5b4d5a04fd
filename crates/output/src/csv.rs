//! Tables as CSV: RFC 4180 with LF line ends, UTF-8, header from the declaration, rows as they come.

use super::columns::{Column, Described, Table};
use super::error::OutputError;
use super::hash::Hashing;
use super::manifest::FileRecord;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::PathBuf;

/// Bytes gathered before they are hashed and handed on.
const BUFFER: usize = 64 * 1024;

/// Writes one table to any sink, a row at a time, in memory that does not grow with the rows.
pub struct TableWriter<Sink: Write, Row: 'static> {
    described: Described,
    /// Where errors say it is.
    path: PathBuf,
    columns: Vec<Column<Row>>,
    writer: ::csv::Writer<Hashing<Sink>>,
    rows: u64,
    /// One value's text; kept so that no cell allocates.
    text: String,
}

impl<Sink: Write, Row> TableWriter<Sink, Row> {
    /// Writes the header. `path` is what errors call the sink.
    ///
    /// # Errors
    /// When the sink refuses.
    pub fn new(
        table: &Table<Row>,
        sink: Sink,
        path: impl Into<PathBuf>,
    ) -> Result<Self, OutputError> {
        let mut writer = TableWriter {
            described: table.described(),
            path: path.into(),
            columns: table.columns.iter().copied().collect(),
            writer: ::csv::WriterBuilder::new()
                .buffer_capacity(BUFFER)
                .from_writer(Hashing::new(sink)),
            rows: 0,
            text: String::new(),
        };
        let header = writer.columns.iter().map(|column| column.name);
        match writer.writer.write_record(header) {
            Ok(()) => Ok(writer),
            Err(error) => Err(writer.refused(error)),
        }
    }

    /// The declaration of the table being written.
    #[must_use]
    pub fn described(&self) -> &Described {
        &self.described
    }

    /// # Errors
    /// When the sink refuses, or a value is not of its column's kind.
    pub fn append(&mut self, row: &Row) -> Result<(), OutputError> {
        self.write_row(row)?;
        self.rows += 1;
        Ok(())
    }

    /// # Errors
    /// When the sink refuses, or a value is not of its column's kind.
    pub fn append_all<'row>(
        &mut self,
        rows: impl IntoIterator<Item = &'row Row>,
    ) -> Result<(), OutputError> {
        rows.into_iter().try_for_each(|row| self.append(row))
    }

    /// Hands on what is still gathered; gives back the sink and what it holds.
    ///
    /// # Errors
    /// When the sink refuses.
    pub fn finish(self) -> Result<(Sink, FileRecord), OutputError> {
        let TableWriter { described, path, writer, rows, .. } = self;
        let hashing = writer
            .into_inner()
            .map_err(|error| OutputError::Write { path, source: error.into_error() })?;
        let (sink, sha256, bytes) = hashing.finish();
        Ok((sink, FileRecord { name: described.name.into(), sha256, bytes, rows: Some(rows) }))
    }

    fn write_row(&mut self, row: &Row) -> Result<(), OutputError> {
        for column in &self.columns {
            let cell = column.value.of(row);
            if let Some(found) = cell.kind().filter(|_| !cell.fits(column.kind)) {
                let (table, declared) = (self.described.name, column.kind);
                return Err(OutputError::WrongKind { table, column: column.name, declared, found });
            }
            self.text.clear();
            write!(self.text, "{cell}").expect("a String can always be written to");
            if let Err(error) = self.writer.write_field(&self.text) {
                return Err(self.refused(error));
            }
        }
        let ended = self.writer.write_record(None::<&[u8]>);
        ended.map_err(|error| self.refused(error))
    }

    fn refused(&self, error: ::csv::Error) -> OutputError {
        let source = match error.into_kind() {
            ::csv::ErrorKind::Io(source) => source,
            other => io::Error::other(format!("{other:?}")),
        };
        OutputError::Write { path: self.path.clone(), source }
    }
}

#[cfg(test)]
mod tests {
    use super::super::cell::Cell;
    use super::super::columns::Columns;
    use super::super::columns::example::{SERIES, Week};
    use super::super::hash::sha256_of;
    use super::*;

    fn written(rows: &[Week]) -> (Vec<u8>, FileRecord) {
        let mut writer = TableWriter::new(&SERIES, Vec::new(), "series.csv").unwrap();
        writer.append_all(rows).unwrap();
        writer.finish().unwrap()
    }

    #[test]
    fn a_table_is_written_by_the_letter_of_rfc_4180_with_lf() {
        let (bytes, record) = written(&[Week::of(0, 0), Week::of(0, 1), Week::of(1, 2)]);
        let expected = "run,date,place,deaths,talks\n\
            0,2012-01-01,\"Koro, \"\"the dry\"\"\",0,\n\
            0,2012-01-08,\"Koro, \"\"the dry\"\"\",0.3333333333333333,false\n\
            1,2012-01-15,\"Koro, \"\"the dry\"\"\",0.6666666666666666,true\n";
        assert_eq!(String::from_utf8(bytes).unwrap(), expected);
        assert_eq!(record.name, "series.csv");
        assert_eq!(record.rows, Some(3));
        assert_eq!(record.bytes, expected.len() as u64);
        assert_eq!(record.sha256, sha256_of(expected.as_bytes()));
    }

    #[test]
    fn a_table_without_rows_still_has_its_header() {
        let (bytes, record) = written(&[]);
        assert_eq!(bytes, b"run,date,place,deaths,talks\n");
        assert_eq!(record.rows, Some(0));
    }

    #[test]
    fn text_with_commas_quotes_and_line_ends_reads_back_as_it_was() {
        let place = "Bandiagara,\r\n\"Sangha\"\nand the cliff; é ߒ".to_string();
        let (bytes, _) = written(&[Week { place: place.clone(), ..Week::of(7, 1) }]);
        let mut reader = ::csv::Reader::from_reader(&bytes[..]);
        let record = reader.records().next().unwrap().unwrap();
        assert_eq!(&record[2], place);
    }

    #[test]
    fn the_same_rows_give_the_same_bytes() {
        let rows = || (0..500).map(|week| Week::of(week % 7, week)).collect::<Vec<_>>();
        assert_eq!(written(&rows()), written(&rows()));
    }

    #[test]
    fn a_value_that_is_not_what_its_column_declares_is_a_told_defect() {
        const WRONG: Table<f64> = Table {
            name: "wrong.csv",
            title: "Wrong",
            what: "One row for every mistake",
            columns: Columns::Declared(&[Column::integer(
                "deaths",
                "deaths",
                "People killed",
                |row| Cell::Number(*row),
            )]),
            key: &[],
            links: &[],
        };
        let mut writer = TableWriter::new(&WRONG, Vec::new(), "wrong.csv").unwrap();
        let error = writer.append(&1.5).unwrap_err().to_string();
        assert!(error.contains("column `deaths` is declared as integer but a row holds number"));
    }

    /// A disk with room for so many bytes.
    struct SmallDisk(usize);

    impl Write for SmallDisk {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let taken = bytes.len().min(self.0);
            if taken == 0 {
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.0 -= taken;
            Ok(taken)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_full_disk_is_told_with_the_file_and_the_cause() {
        for room in [0, 10, BUFFER + 1] {
            let mut writer =
                TableWriter::new(&SERIES, SmallDisk(room), "there/series.csv").unwrap();
            let rows = (0..5000).map(|week| Week::of(0, week)).collect::<Vec<_>>();
            let ended = writer.append_all(&rows).and_then(|()| writer.finish().map(|_| ()));
            let Err(OutputError::Write { path, source }) = ended else {
                panic!("{room} bytes cannot hold it all")
            };
            assert_eq!(path, PathBuf::from("there/series.csv"));
            assert_eq!(source.kind(), io::ErrorKind::StorageFull);
        }
    }
}
