//! Tables as CSV files: header from the declaration, rows as they come, hashed as they are written.

use super::error::OutputError;
use super::hash::Hashing;
use super::manifest::WrittenFile;
use std::io::Write;
use std::path::PathBuf;
use toguna_experiment::table::{Cell, Column, Described, Lines, Table};

/// Bytes gathered before they are hashed and handed on.
const BUFFER: usize = 64 * 1024;

/// Takes rows of whatever table as they stand in its file, in memory that does not grow with them.
pub struct CsvFile<Sink: Write> {
    described: Described,
    /// Where errors say it is.
    path: PathBuf,
    sink: Hashing<Sink>,
    /// Rows not yet handed on.
    lines: Lines,
}

impl<Sink: Write> CsvFile<Sink> {
    /// Begins with the header. `path` is what errors call the sink.
    #[must_use]
    pub fn new(described: Described, sink: Sink, path: impl Into<PathBuf>) -> Self {
        let lines = Lines::header(&described.columns);
        CsvFile { described, path: path.into(), sink: Hashing::new(sink), lines }
    }

    /// Adds rows that stand as text already.
    ///
    /// # Errors
    /// When the sink refuses.
    pub fn append(&mut self, rows: &Lines) -> Result<(), OutputError> {
        self.lines.append(rows);
        self.hand_on(BUFFER)
    }

    /// Hands on what is still gathered; gives back the sink and what it holds.
    ///
    /// # Errors
    /// When the sink refuses.
    pub fn finish(mut self) -> Result<(Sink, WrittenFile), OutputError> {
        self.hand_on(0)?;
        let (name, rows) = (self.described.name.into(), Some(self.lines.rows()));
        let (sink, sha256, bytes) = self.sink.finish();
        Ok((sink, WrittenFile { name, sha256, bytes, rows }))
    }

    /// The declaration of the table being written.
    #[must_use]
    pub fn described(&self) -> &Described {
        &self.described
    }

    fn cell(&mut self, column: usize, cell: &Cell<'_>) -> Result<(), OutputError> {
        let declared = self.described.columns[column];
        self.lines.cell(declared.kind, cell).map_err(|found| OutputError::WrongKind {
            table: self.described.name,
            column: declared.name,
            declared: declared.kind,
            found,
        })
    }

    fn end_row(&mut self) -> Result<(), OutputError> {
        self.lines.end_row();
        self.hand_on(BUFFER)
    }

    /// Writes what is gathered when it is more than `kept` bytes.
    fn hand_on(&mut self, kept: usize) -> Result<(), OutputError> {
        if self.lines.text().len() <= kept {
            return Ok(());
        }
        let written = self.sink.write_all(self.lines.text());
        written.map_err(|source| OutputError::Write { path: self.path.clone(), source })?;
        self.lines.clear();
        Ok(())
    }
}

/// The same for rows of one kind, which the table's declaration turns into cells.
pub struct TableWriter<Sink: Write, Row: 'static> {
    columns: Vec<Column<Row>>,
    file: CsvFile<Sink>,
}

impl<Sink: Write, Row> TableWriter<Sink, Row> {
    /// Begins with the header. `path` is what errors call the sink.
    #[must_use]
    pub fn new(table: &Table<Row>, sink: Sink, path: impl Into<PathBuf>) -> Self {
        let file = CsvFile::new(table.described(), sink, path);
        TableWriter { columns: table.columns.iter().copied().collect(), file }
    }

    /// # Errors
    /// When the sink refuses, or a value is not of its column's kind.
    pub fn append(&mut self, row: &Row) -> Result<(), OutputError> {
        for (place, column) in self.columns.iter().enumerate() {
            self.file.cell(place, &column.value.of(row))?;
        }
        self.file.end_row()
    }

    /// # Errors
    /// When the sink refuses, or a value is not of its column's kind.
    pub fn append_all<'row>(
        &mut self,
        rows: impl IntoIterator<Item = &'row Row>,
    ) -> Result<(), OutputError> {
        rows.into_iter().try_for_each(|row| self.append(row))
    }

    /// As [`CsvFile::finish`].
    ///
    /// # Errors
    /// When the sink refuses.
    pub fn finish(self) -> Result<(Sink, WrittenFile), OutputError> {
        self.file.finish()
    }
}

impl<Sink: Write, Row> From<TableWriter<Sink, Row>> for CsvFile<Sink> {
    fn from(table: TableWriter<Sink, Row>) -> Self {
        table.file
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::{SERIES, Week};
    use super::super::hash::sha256_of;
    use super::*;
    use std::io;
    use toguna_experiment::table::Columns;

    fn written(rows: &[Week]) -> (Vec<u8>, WrittenFile) {
        let mut writer = TableWriter::new(&SERIES, Vec::new(), "series.csv");
        writer.append_all(rows).unwrap();
        writer.finish().unwrap()
    }

    #[test]
    fn a_table_is_written_by_the_letter_of_rfc_4180_with_lf() {
        let (bytes, record) = written(&[Week::of(0, 0), Week::of(0, 1), Week::of(1, 2)]);
        let expected = "run,date,place,deaths,talks\n\
            0,2012-01-01,\"Koro, \"\"the dry\"\"\",0.0,\n\
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
        let mut writer = TableWriter::new(&WRONG, Vec::new(), "wrong.csv");
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
            let mut writer = TableWriter::new(&SERIES, SmallDisk(room), "there/series.csv");
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
