//! Rows as CSV text, by the letter of RFC 4180 with LF line ends, whatever table they are of.

use super::{Cell, DescribedColumn, Kind};
use std::io::Write;

/// Some rows of one table as they stand in its file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    text: Vec<u8>,
    rows: u64,
    /// Where the row under way begins.
    row: usize,
    /// Whether the row under way has a cell.
    begun: bool,
}

impl Lines {
    /// The first line of a file: the names of its columns.
    #[must_use]
    pub fn header(columns: &[DescribedColumn]) -> Self {
        let mut header = Lines::default();
        columns.iter().for_each(|column| header.put(&column.name.into()));
        header.end_row();
        header.rows = 0;
        header
    }

    /// The next value of the row under way.
    ///
    /// # Errors
    /// The value's own kind, when a column of `kind` may not hold it.
    pub fn cell(&mut self, kind: Kind, cell: &Cell<'_>) -> Result<(), Kind> {
        if let Some(found) = cell.kind().filter(|_| !cell.fits(kind)) {
            return Err(found);
        }
        self.put(cell);
        if (cell.kind(), kind) == (Some(Kind::Integer), Kind::Number) {
            self.text.extend(b".0"); // as every number is written
        }
        Ok(())
    }

    fn put(&mut self, cell: &Cell<'_>) {
        if std::mem::replace(&mut self.begun, true) {
            self.text.push(b',');
        }
        let start = self.text.len();
        write!(self.text, "{cell}").expect("memory takes every byte");
        let special = |byte: &u8| matches!(byte, b',' | b'"' | b'\n' | b'\r');
        if self.text[start..].iter().any(special) {
            let plain = self.text.split_off(start);
            self.text.push(b'"');
            for byte in plain {
                if byte == b'"' {
                    self.text.push(b'"');
                }
                self.text.push(byte);
            }
            self.text.push(b'"');
        }
    }

    /// Ends the row under way.
    pub fn end_row(&mut self) {
        // An empty line is no row to any reader.
        if self.text.len() == self.row {
            self.text.extend(b"\"\"");
        }
        self.text.push(b'\n');
        self.row = self.text.len();
        self.begun = false;
        self.rows += 1;
    }

    /// Where the last whole row ends, to come [back](Self::back_to) to.
    #[must_use]
    pub fn mark(&self) -> (usize, u64) {
        (self.row, self.rows)
    }

    /// Without the rows since a mark.
    pub fn back_to(&mut self, (row, rows): (usize, u64)) {
        self.text.truncate(row);
        (self.row, self.rows, self.begun) = (row, rows, false);
    }

    /// All rows as CSV.
    #[must_use]
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// How many rows there were, those forgotten included.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Adds rows of the same table.
    pub fn append(&mut self, others: &Lines) {
        self.text.extend(&others.text);
        self.row = self.text.len();
        self.rows += others.rows;
    }

    /// Puts all rows in the order of their numbers; `numbered` has the number and the end of each.
    pub(crate) fn put_in_order(&mut self, numbered: &[(u32, usize)]) {
        let starts = std::iter::once(0).chain(numbered.iter().map(|(_, end)| *end));
        let mut rows: Vec<_> =
            starts.zip(numbered).map(|(start, (number, end))| (*number, start..*end)).collect();
        rows.sort_by_key(|(number, _)| *number);
        self.text = rows.into_iter().flat_map(|(_, row)| &self.text[row]).copied().collect();
    }

    /// Forgets the text of all rows but the one under way, not how many they were.
    pub fn clear(&mut self) {
        self.text.drain(..self.row);
        self.row = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(lines: &mut Lines, text: &str, number: f64) {
        lines.cell(Kind::Text, &text.into()).unwrap();
        lines.cell(Kind::Number, &number.into()).unwrap();
        lines.end_row();
    }

    #[test]
    fn what_would_end_a_cell_or_a_row_is_quoted() {
        let mut lines = Lines::default();
        for text in ["plain", "a,b", "say \"no\"", "two\nlines", "re\rturn", ""] {
            row(&mut lines, text, 0.5);
        }
        let expected = "plain,0.5\n\"a,b\",0.5\n\"say \"\"no\"\"\",0.5\n\"two\nlines\",0.5\n\"re\rturn\",0.5\n,0.5\n";
        assert_eq!(std::str::from_utf8(lines.text()).unwrap(), expected);
        assert_eq!(lines.rows(), 6);
    }

    #[test]
    fn a_whole_number_among_numbers_has_a_point_and_keeps_every_digit() {
        let mut lines = Lines::default();
        for number in [3_i64, 9_007_199_254_740_993] {
            lines.cell(Kind::Number, &number.into()).unwrap();
            lines.end_row();
        }
        assert_eq!(lines.text(), b"3.0\n9007199254740993.0\n");
    }

    #[test]
    fn a_row_of_one_missing_value_is_still_a_row() {
        let mut lines = Lines::default();
        lines.cell(Kind::Text, &Cell::Missing).unwrap();
        lines.end_row();
        assert_eq!(lines.text(), b"\"\"\n");
    }

    #[test]
    fn a_value_of_another_kind_is_refused_and_leaves_nothing() {
        let mut lines = Lines::default();
        assert_eq!(lines.cell(Kind::Integer, &Cell::Number(1.5)), Err(Kind::Number));
        assert_eq!(lines.text(), b"");
    }

    #[test]
    fn rows_can_be_put_in_order_and_handed_on() {
        let (mut lines, mut numbered) = (Lines::default(), Vec::new());
        for number in [2, 0, 1] {
            row(&mut lines, "row", f64::from(number));
            numbered.push((number, lines.text().len()));
        }
        lines.put_in_order(&numbered);
        assert_eq!(lines.text(), b"row,0.0\nrow,1.0\nrow,2.0\n");
        let mut all = Lines::default();
        row(&mut all, "first", 7.0);
        all.append(&lines);
        assert_eq!((all.text(), all.rows()), (&b"first,7.0\nrow,0.0\nrow,1.0\nrow,2.0\n"[..], 4));
        all.clear();
        assert_eq!((all.text(), all.rows()), (&b""[..], 4));
    }
}
