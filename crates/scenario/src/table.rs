//! Comma-separated tables of places, people and neighbours, read with the care a scenario gets:
//! every cell is checked against the type of its column and keeps the place it came from.

use super::leaf::{look, numeric_help, whole};
use super::problems::{Place, Problem, Problems, counted};
use super::schema::{Kind, Schema, Shape};
use super::source::{Files, Source, read_text};
use super::suggest::{list, nearest, quoted};
use super::tree::Value;
use csv_core::ReadFieldResult;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::de::value::MapDeserializer;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// A table read and checked, cell by cell; what holds between rows is for its reader to check.
#[derive(Clone, Debug)]
pub struct Table<Row> {
    /// The rows, in order.
    pub rows: Vec<Row>,
    header: Vec<String>,
    /// For each row, the bytes of each cell, in the order of the header.
    cells: Vec<Vec<Range<usize>>>,
    source: Arc<Source>,
}

impl<Row> Table<Row> {
    /// A problem with one cell, which is underlined; rows count from 0. With a column that the
    /// file does not have, the row is underlined.
    #[must_use]
    pub fn problem(
        &self,
        row: usize,
        column: &str,
        title: impl Into<String>,
        help: impl Into<String>,
    ) -> Problem {
        Problem::new(title).at(self.place(row, column)).help(help)
    }

    /// Where a cell stands.
    #[must_use]
    pub fn place(&self, row: usize, column: &str) -> Place {
        let cells = self.cells.get(row).map_or(&[][..], Vec::as_slice);
        let position = self.header.iter().position(|name| name == column);
        let cell = position.and_then(|position| cells.get(position)).cloned();
        let whole = || Some(cells.first()?.start..cells.last()?.end);
        Place { source: self.source.clone(), span: cell.or_else(whole).unwrap_or(0..0) }
    }

    /// The file as it was read.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.source.text
    }

    /// The line of its column names, for what is wrong with none of its cells.
    #[must_use]
    pub fn header(&self) -> Place {
        Place::first_line(&self.source)
    }
}

/// A file that a table is read from.
pub struct TableFile<'f> {
    /// Where it is.
    pub path: &'f std::path::Path,
    /// The place that names it, underlined when it is not there.
    pub named_at: Option<&'f Place>,
    /// Orders its problems among those of other files.
    pub rank: usize,
    /// Of a table with more rows none is looked at.
    pub most: Option<MostRows>,
}

/// How many rows can be told apart, and what they are.
#[derive(Clone, Copy)]
pub struct MostRows {
    /// So many.
    pub rows: usize,
    /// What a row is one of, in the plural.
    pub of: &'static str,
}

/// Reads a table.
///
/// # Errors
/// Everything wrong with the file, its header and its cells; of too many rows none is looked at.
pub fn read_table<Row: DeserializeOwned + JsonSchema>(
    files: &dyn Files,
    file: TableFile<'_>,
) -> Result<Table<Row>, Problems> {
    let source = read_text(files, file.path, "table", file.rank, file.named_at)?;
    let schema = Schema::of::<Row>();
    let names = columns(&schema);
    let first_line = format!("its first line names the columns: {}", names.join(","));
    let Sheet { header, rows: records, of_header, of_rows, .. } =
        Sheet::of(&source, &first_line, names.len() + STRANGE_COLUMNS)?;
    let mut problems = of_header;
    let reader = RowReader::new(&schema, &source, &header, &mut problems);
    if let Some(MostRows { rows, of }) = file.most.filter(|most| records.len() > most.rows) {
        let problem = Problem::new(format!("{} {of}", records.len()));
        let problem = problem.at(Place::first_line(&source));
        problems.push(problem.help(format!("at most {rows} can be told apart; join some of them")));
    }
    // A header that is wrong would make every cell look wrong.
    Problems::none_or(problems)?;
    let mut problems = of_rows;
    let mut rows = Vec::with_capacity(records.len());
    for record in &records {
        rows.extend(reader.row::<Row>(record, &mut problems));
    }
    Problems::none_or(problems)?;
    let header = reader.columns.into_iter().map(|(name, _)| name).collect();
    let cells = records.into_iter().map(|cells| cells.into_iter().map(|c| c.span).collect());
    Ok(Table { rows, header, cells: cells.collect(), source })
}

/// A header with more unknown columns than this is that of something else.
const STRANGE_COLUMNS: usize = 100;

fn columns(schema: &Schema) -> Vec<&str> {
    match schema.top().kind {
        Kind::Table(table) => table.keys.iter().map(|(name, _)| *name).collect(),
        _ => Vec::new(),
    }
}

/// One cell: its bytes in the file, quotes included, and the text they stand for.
#[derive(Debug)]
pub struct Cell {
    /// Bytes of the text.
    pub span: Range<usize>,
    /// What it says, without quotation marks.
    pub text: String,
}

impl Cell {
    /// The text of a cell of the header, as a column is called.
    #[must_use]
    pub fn name(&self) -> &str {
        self.text.trim()
    }

    /// Whether it names no column; pandas reads a column without a name as `Unnamed: 0`.
    pub fn nameless(&self) -> bool {
        self.name().is_empty() || self.name().starts_with("Unnamed: ")
    }

    /// Where it stands. An empty cell has no text to underline but the comma after it.
    #[must_use]
    pub fn place(&self, source: &Arc<Source>) -> Place {
        let end = self.span.end.max((self.span.start + 1).min(source.text.len()));
        let end = if source.text.is_char_boundary(end) { end } else { self.span.end };
        Place { source: source.clone(), span: self.span.start..end }
    }
}

/// A table as cells, whatever they mean.
#[derive(Debug)]
pub struct Sheet {
    /// The text.
    pub source: Arc<Source>,
    /// The names of the columns.
    pub header: Vec<Cell>,
    /// Each as long as the header.
    pub rows: Vec<Vec<Cell>>,
    /// What is wrong with the header: columns without a name of their own; and quotes left open, by which
    /// a header may be longer than it was meant to be.
    pub of_header: Vec<Problem>,
    /// Rows of another length than the header.
    pub of_rows: Vec<Problem>,
}

impl Sheet {
    /// Splits a text into cells. `first_line` says what the first line should hold; with more columns
    /// than `most` it is no table of this kind.
    ///
    /// # Errors
    /// When nothing can be told from it: no header, one that is not parted by commas or has too many columns.
    pub fn of(source: &Arc<Source>, first_line: &str, most: usize) -> Result<Sheet, Problems> {
        let mut of_header = Vec::new();
        let mut records = records(source, &mut of_header).into_iter();
        let Some(header) = records.next() else {
            let place = Place { source: source.clone(), span: 0..0 };
            let problem = Problem::new(format!("{} is empty", quoted(&source.name))).at(place);
            return Err(problem.help(first_line).into());
        };
        if let [only] = header.as_slice()
            && let Some(sign) = [';', '\t'].iter().find(|sign| only.text.contains(**sign))
        {
            let name = if *sign == ';' { "semicolons" } else { "tabs" };
            let problem = Problem::new(format!("columns are parted by commas, not by {name}"));
            let problem = problem.at(only.place(source));
            return Err(problem.help("save the table as comma-separated").into());
        }
        if header.len() > most {
            let title = format!("{} columns, more than such a table can have", header.len());
            let problem = Problem::new(title).at(header[most].place(source));
            return Err(problem.help(format!("at most {most} are read")).into());
        }
        of_header.extend(nameless(source, &header));
        let (mut rows, mut of_rows) = (Vec::new(), Vec::new());
        for record in records {
            if record.len() == header.len() {
                rows.push(record);
            } else {
                of_rows.extend(ragged(source, &record, header.len()));
            }
        }
        Ok(Sheet { source: source.clone(), header, rows, of_header, of_rows })
    }
}

/// Columns that have no name, or that of another.
fn nameless(source: &Arc<Source>, header: &[Cell]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut known: BTreeMap<&str, &Cell> = BTreeMap::new();
    for (position, cell) in header.iter().enumerate() {
        let name = cell.name();
        if cell.nameless() {
            let problem = Problem::new(format!("column {} has no name", position + 1));
            problems.push(problem.at(cell.place(source)).help(match position {
                0 => "numbers of rows are left out: index=False in pandas, row.names=FALSE in R",
                _ => "name it, or take it out",
            }));
        } else if let Some(first) = known.insert(name, cell) {
            let problem = Problem::new(format!("column {} is given twice", quoted(name)));
            let problem = problem.at(cell.place(source));
            problems.push(problem.see_also(first.place(source), "the first is here"));
        }
    }
    problems
}

/// What is wrong with a row that has another number of cells than the header.
fn ragged(source: &Arc<Source>, record: &[Cell], wanted: usize) -> Option<Problem> {
    let (first, last) = (record.first()?, record.last()?);
    let from = record.get(wanted).unwrap_or(first);
    let place = Place { source: source.clone(), span: from.span.start..last.span.end };
    let help = if record.len() > wanted {
        "text that holds a comma stands between quotation marks"
    } else {
        "every column needs its comma, even before an empty cell"
    };
    let cells = counted(record.len(), "cell", "cells");
    Some(Problem::new(format!("this row has {cells}, not {wanted}")).at(place).help(help))
}

/// Splits a text into records as RFC 4180 has them; CRLF and a byte order mark are understood.
fn records(source: &Arc<Source>, problems: &mut Vec<Problem>) -> Vec<Vec<Cell>> {
    let bytes = source.text.as_bytes();
    let mut reader = csv_core::Reader::new();
    let mut records = Vec::new();
    let mut record: Vec<Cell> = Vec::new();
    // The text of a cell is never longer than what is left of the file.
    let mut output = vec![0; bytes.len().max(1)];
    let mut at = if source.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    loop {
        let (result, read, written) = reader.read_field(&bytes[at..], &mut output);
        let span = trimmed(bytes, at..at + read, record.is_empty());
        at += read;
        let ends_record = match result {
            ReadFieldResult::Field { record_end } => record_end,
            ReadFieldResult::End => break,
            // All input was given: the reader asks once more for the end of it.
            ReadFieldResult::InputEmpty if at >= bytes.len() => {
                let (result, _, more) = reader.read_field(&[], &mut output[written..]);
                if matches!(result, ReadFieldResult::End) {
                    break;
                }
                finish(source, &output[..written + more], span, &mut record, problems);
                records.push(record);
                break;
            }
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => break,
        };
        finish(source, &output[..written], span, &mut record, problems);
        if ends_record {
            records.push(std::mem::take(&mut record));
        }
    }
    records
}

/// A cell's bytes without the comma or line break after it and, in the first cell of a record, the
/// line breaks before it.
fn trimmed(bytes: &[u8], mut span: Range<usize>, first: bool) -> Range<usize> {
    while first && span.start < span.end && matches!(bytes[span.start], b'\n' | b'\r') {
        span.start += 1;
    }
    let quoted = bytes.get(span.start) == Some(&b'"');
    if span.start < span.end && bytes[span.end - 1] == b',' {
        // Within quotes that are never closed, the comma belongs to the text.
        span.end -= 1;
    } else if !quoted || span.end - span.start > 1 {
        while span.start < span.end && matches!(bytes[span.end - 1], b'\n' | b'\r') {
            span.end -= 1;
        }
    }
    span
}

fn finish(
    source: &Arc<Source>,
    bytes: &[u8],
    span: Range<usize>,
    record: &mut Vec<Cell>,
    problems: &mut Vec<Problem>,
) {
    let raw = &source.text[span.clone()];
    if raw.starts_with('"') && (raw.len() < 2 || !raw.ends_with('"')) {
        let place = Place { source: source.clone(), span: span.clone() };
        let problem = Problem::new("a quotation mark without its pair").at(place);
        problems.push(problem.help("within quotes, a quotation mark is written twice: \"\""));
    }
    // The cell was cut out of UTF-8 at ASCII commas and quotes.
    record.push(Cell { span, text: String::from_utf8_lossy(bytes).into_owned() });
}

struct RowReader<'s> {
    source: &'s Arc<Source>,
    /// In the order of the file.
    columns: Vec<(String, Shape<'s>)>,
    /// Columns whose cells may be empty.
    optional: Vec<bool>,
}

impl<'s> RowReader<'s> {
    fn new(
        schema: &'s Schema,
        source: &'s Arc<Source>,
        header: &[Cell],
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut reader = RowReader { source, columns: vec![], optional: vec![] };
        let Kind::Table(row) = schema.top().kind else { return reader };
        let names = || row.keys.iter().map(|(name, _)| *name);
        let given: Vec<&str> = header.iter().map(Cell::name).collect();
        for cell in header {
            let name = cell.name();
            let Some((known, schema_of_cell)) = row.keys.iter().find(|(known, _)| *known == name)
            else {
                // A column without a name has been told already.
                if !cell.nameless() {
                    let problem = Problem::new(format!("unknown column {}", quoted(name)));
                    let absent = names().filter(|known| !given.contains(known));
                    problems.push(problem.at(cell.place(source)).help(
                        match nearest(name, absent) {
                            Some(meant) => format!("did you mean `{meant}`?"),
                            None => {
                                format!(
                                    "the columns are {}",
                                    list(names()).replace(" or ", " and ")
                                )
                            }
                        },
                    ));
                }
                continue;
            };
            reader.columns.push(((*known).to_owned(), schema.shape(schema_of_cell)));
            reader.optional.push(!row.required.contains(known));
        }
        let ends = header.first().zip(header.last()).map(|(a, z)| a.span.start..z.span.end);
        for missing in row.required.iter().filter(|name| !given.contains(name)) {
            let shape = row.keys.iter().find(|(name, _)| name == missing);
            let meaning = shape.map(|(_, shape)| schema.shape(shape).meaning).unwrap_or_default();
            let problem = Problem::new(format!("column {} is missing", quoted(missing)));
            let place = Place { source: source.clone(), span: ends.clone().unwrap_or(0..0) };
            let problem = problem.at(place).found("the columns of this file");
            problems.push(problem.help(match meaning.as_str() {
                "" => String::new(),
                meaning => format!("{missing}: {meaning}"),
            }));
        }
        reader
    }

    fn row<Row: DeserializeOwned>(
        &self,
        record: &[Cell],
        problems: &mut Vec<Problem>,
    ) -> Option<Row> {
        let known = problems.len();
        let mut row: Vec<(&str, Json)> = Vec::with_capacity(record.len());
        for (position, (cell, (name, shape))) in record.iter().zip(&self.columns).enumerate() {
            if cell.text.is_empty() && self.optional[position] {
                continue;
            }
            match value(shape, &cell.text) {
                Ok(value) => row.push((name, value)),
                Err((wrong, help)) => {
                    let problem = Problem::new(format!("`{name}` {wrong}"));
                    let found = if cell.text.is_empty() { "the cell is empty" } else { "" };
                    problems.push(problem.at(cell.place(self.source)).found(found).help(help));
                }
            }
        }
        if problems.len() > known {
            return None;
        }
        let row: MapDeserializer<_, serde_json::Error> = MapDeserializer::new(row.into_iter());
        match serde_path_to_error::deserialize(row) {
            Ok(row) => Some(row),
            Err(error) => {
                let name = error.path().to_string();
                let position = self.columns.iter().position(|(known, _)| *known == name);
                let cell = record.get(position.unwrap_or(0))?;
                let problem = Problem::new(format!("`{name}` cannot be used"));
                let wrong = error.into_inner().to_string();
                problems.push(problem.at(cell.place(self.source)).found(wrong));
                None
            }
        }
    }
}

/// The value of a cell, or what is wrong with it and what would do.
fn value(shape: &Shape, text: &str) -> Result<Json, (String, String)> {
    let trimmed = text.trim();
    let value = match &shape.kind {
        Kind::Number(_) => trimmed.parse().map(Value::Number).ok(),
        Kind::Integer(_) => trimmed.parse().map(Value::Integer).ok(),
        Kind::Boolean => trimmed.parse().map(Value::Boolean).ok(),
        _ => None,
    };
    // 2.0 is whole; what is too large, or has a fraction, is still seen as a number.
    let value = value.or_else(|| match &shape.kind {
        Kind::Integer(_) => {
            let number = trimmed.parse().ok()?;
            Some(whole(number).map_or(Value::Number(number), Value::Integer))
        }
        _ => None,
    });
    let value = value.unwrap_or_else(|| Value::Text(text.to_owned()));
    let plain = matches!(&shape.kind, Kind::Text(super::schema::TextForm::Plain));
    if plain && text.trim().is_empty() {
        return Err(("cannot be empty".to_owned(), String::new()));
    }
    if let Some(finding) = look(&shape.kind, &value) {
        let help = match (&shape.kind, &value) {
            // Quotes are nothing special in a table.
            (Kind::Number(_) | Kind::Integer(_), Value::Text(text)) => match numeric_help(text) {
                help if help.is_empty() => finding.help,
                help => help,
            },
            (Kind::Boolean, _) => "write true or false".to_owned(),
            _ => finding.help.replace("between quotes", ""),
        };
        return Err((finding.wrong, help));
    }
    Ok(match value {
        Value::Number(number) => Json::from(number),
        Value::Integer(integer) => Json::from(integer),
        Value::Boolean(boolean) => Json::from(boolean),
        _ => Json::from(text),
    })
}

#[cfg(test)]
mod tests {
    use super::super::source::InMemory;
    use super::*;
    use proptest::prelude::*;
    use serde::Deserialize;
    use std::path::Path as FilePath;
    use toguna_units::{Date, Share};

    #[derive(Debug, PartialEq, Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    struct Community {
        /// Its own name.
        name: String,
        /// The cercle it lies in.
        cercle: String,
        /// Residents. Unit: people.
        people: u32,
        /// What the state holds.
        control: Share,
        longitude: f64,
        founded: Option<Date>,
        #[serde(default)]
        port: bool,
    }

    const HEADER: &str = "name,cercle,people,control,longitude,founded,port\n";

    fn read(bytes: impl Into<Vec<u8>>) -> Result<Table<Community>, Problems> {
        let files = InMemory::default().with("w/places.csv", bytes);
        read_table(&files, file("w/places.csv"))
    }

    fn file(name: &str) -> TableFile<'_> {
        let most = Some(MostRows { rows: 1_000, of: "places" });
        TableFile { path: FilePath::new(name), named_at: None, rank: 0, most }
    }

    fn mistakes(text: &str) -> Vec<(String, String)> {
        let problems = read(text).unwrap_err();
        println!("{problems}\n");
        problems.iter().map(|p| (p.title().to_owned(), p.underlined().to_owned())).collect()
    }

    fn mistake_in(row: &str) -> (String, String) {
        let mut found = mistakes(&format!("{HEADER}Mopti,Mopti,100,1,-4.2,,\n{row}\n"));
        assert_eq!(found.len(), 1, "{found:?}");
        found.remove(0)
    }

    fn pair(title: &str, underlined: &str) -> (String, String) {
        (title.to_owned(), underlined.to_owned())
    }

    #[test]
    fn a_table_is_read_whatever_its_line_ends_quotes_and_column_order() {
        let text = "\u{feff}people,name,cercle,control,longitude,founded\r\n\
            120,\"Sévaré, \"\"le carrefour\"\"\",Mopti,0.5,-4.1,1912-01-01\r\n\r\n7,B,C,1,0,\r\n";
        let table = read(text).unwrap();
        assert_eq!(table.rows.len(), 2);
        assert_eq!(table.rows[0].name, "Sévaré, \"le carrefour\"");
        assert_eq!(table.rows[0].people, 120);
        assert!(table.rows[0].founded.is_some() && table.rows[1].founded.is_none());
        assert_eq!(table.place(0, "people").text(), "120");
        assert_eq!(table.place(0, "name").text(), "\"Sévaré, \"\"le carrefour\"\"\"");
        assert_eq!(table.place(1, "control").text(), "1");
        assert_eq!(table.place(1, "port").text(), "7,B,C,1,0,");
        assert_eq!(
            table.place(1, "control").source.line_of(table.place(1, "control").span.start),
            4
        );
        assert_eq!(read(text.trim_end()).unwrap().rows, table.rows);
    }

    #[test]
    fn what_holds_between_rows_can_be_underlined() {
        let table = read(format!("{HEADER}A,M,1,1,0,,\nA,M,2,1,0,,\n")).unwrap();
        let problem = table.problem(1, "name", "`A` is given twice", "a name is given once");
        let problem = problem.see_also(table.place(0, "name"), "the first is here");
        println!("{problem}");
        assert!(problem.to_string().contains("w/places.csv:3:1"));
    }

    #[test]
    fn a_wrong_header_is_told_before_any_cell() {
        let header = |text: &str| mistakes(&format!("{text}\nx,x,x,x,x,x\n"));
        assert_eq!(
            header("name,cercle,peeple,control,longitude,founded"),
            [
                pair("column `people` is missing", "name,cercle,peeple,control,longitude,founded"),
                pair("unknown column `peeple`", "peeple")
            ]
        );
        let twice = header("name,cercle,people,control,longitude,name");
        assert_eq!(twice, [pair("column `name` is given twice", "name")]);
        let first = &header("name;cercle;people")[0].0;
        assert_eq!(first, "columns are parted by commas, not by semicolons");
        let first = &header("name\tcercle\tpeople")[0].0;
        assert_eq!(first, "columns are parted by commas, not by tabs");
        for index in ["", "Unnamed: 0", "\"\""] {
            let numbered = header(&format!("{index},name,cercle,people,control,longitude"));
            assert_eq!(numbered.len(), 1, "{numbered:?}");
            assert_eq!(numbered[0].0, "column 1 has no name");
        }
    }

    #[test]
    fn a_header_of_a_million_columns_is_refused_at_once() {
        let names: Vec<String> = (0..1_000_000).map(|column| format!("c{column}")).collect();
        let found = mistakes(&names.join(","));
        assert_eq!(found, [pair("1000000 columns, more than such a table can have", "c107")]);
    }

    #[test]
    fn of_more_rows_than_can_be_told_apart_none_is_looked_at() {
        let found = mistakes(&format!("{HEADER}{}", "A,M,many,1,0,,\n".repeat(1_001)));
        assert_eq!(found, [pair("1001 places", HEADER.trim_end())]);
        assert_eq!(
            read(format!("{HEADER}{}", "A,M,1,1,0,,\n".repeat(1_000))).unwrap().rows.len(),
            1_000
        );
    }

    #[test]
    fn each_cell_is_held_against_its_column() {
        assert_eq!(mistake_in("A,M,many,1,0,,"), pair("`people` takes a whole number", "many"));
        assert_eq!(mistake_in("A,M,-5,1,0,,"), pair("`people` cannot be negative", "-5"));
        assert_eq!(read(format!("{HEADER}A,M,2.0,1,0,,\n")).unwrap().rows[0].people, 2);
        assert_eq!(mistake_in("A,M,1.5,1,0,,").0, "`people` takes a whole number");
        assert_eq!(mistake_in("A,M,\"1,234,567\",1,0,,").1, "\"1,234,567\"");
        assert_eq!(mistake_in("A,M,1,40,0,,").0, "`control` must lie between 0 and 1");
        assert_eq!(mistake_in("A,M,1,\"0,4\",0,,").0, "`control` takes a number");
        assert_eq!(mistake_in("A,M,1,NaN,0,,").0, "`control` takes a finite number");
        assert_eq!(mistake_in("A,M,1,1,inf,,").0, "`longitude` takes a finite number");
        assert_eq!(mistake_in("A,M,,1,0,,"), pair("`people` takes a whole number", ","));
        assert_eq!(mistake_in(",M,1,1,0,,"), pair("`name` cannot be empty", ","));
        assert_eq!(mistake_in("A,M,1,1,0,1912,").0, "`founded` takes a date");
        assert_eq!(mistake_in("A,M,1,1,0,,yes").0, "`port` takes true or false");
        assert_eq!(mistake_in("A,M,99999999999,1,0,,").1, "99999999999");
    }

    #[test]
    fn rows_of_another_length_and_open_quotes_are_refused() {
        assert_eq!(mistake_in("A,M,1,1").0, "this row has 4 cells, not 7");
        assert_eq!(mistake_in("A,M,1,1,0,,,5,6"), pair("this row has 9 cells, not 7", "5,6"));
        assert_eq!(mistake_in("A,M,1,1,0,,\"true").0, "a quotation mark without its pair");
    }

    #[test]
    fn all_mistakes_are_shown_at_once_and_counted_past_twenty() {
        let rows = "A,M,x,2,0,,\n".repeat(30);
        let problems = read(format!("{HEADER}{rows}")).unwrap_err();
        assert_eq!(problems.count(), 60);
        assert!(problems.to_string().ends_with("and 40 more in w/places.csv"));
    }

    #[test]
    fn a_file_that_is_no_table_is_refused() {
        let refused = |bytes: &[u8]| {
            let message = read(bytes).unwrap_err().to_string();
            println!("{message}\n");
            message
        };
        assert!(refused(b"").contains("`w/places.csv` is empty"));
        assert!(refused(b"\n\n").contains("`w/places.csv` is empty"));
        assert!(refused(b"name\nS\xe9gou\n").contains("w/places.csv:2:2"));
        let files = InMemory::default().with("w/a.csv", "");
        let missing = read_table::<Community>(&files, file("w/b.csv"));
        assert!(missing.unwrap_err().to_string().contains("did you mean `w/a.csv`?"));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(bytes).map_err(|problems| problems.to_string());
        }

        #[test]
        fn no_change_to_a_table_makes_it_panic(
            at in 0usize..120,
            removed in 0usize..5,
            inserted in prop::sample::select(vec!["", "\"", ",", "\n", "\r", "é", "\u{feff}", "\0", "1e400", "\"\""]),
        ) {
            let text = format!("{HEADER}A,M,1,1,0,1912-01-01,true\n\"B, b\",M,2,0.5,1.5,,\n");
            let mut bytes = text.into_bytes();
            let at = at.min(bytes.len());
            let end = (at + removed).min(bytes.len());
            bytes.splice(at..end, inserted.bytes());
            let _ = read(bytes).map_err(|problems| problems.to_string());
        }

        #[test]
        fn every_cell_is_the_text_between_its_commas(
            cells in prop::collection::vec("[a-zé ]{1,5}|\"\"|[,\n\" ]{1,4}", 2..20),
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            for pair in cells.chunks_exact(2) {
                writer.write_record(pair).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let source = Source::new("t.csv".into(), text, 0, None);
            let mut problems = Vec::new();
            let read = records(&source, &mut problems);
            prop_assert!(problems.is_empty());
            let read: Vec<Vec<String>> = read.iter().map(|record| record.iter().map(|cell| {
                let raw = &source.text[cell.span.clone()];
                let bare = raw.strip_prefix('"').and_then(|raw| raw.strip_suffix('"'));
                let unquoted = bare.map_or(raw.to_owned(), |bare| bare.replace("\"\"", "\""));
                assert_eq!(unquoted, cell.text);
                unquoted
            }).collect()).collect();
            let written: Vec<Vec<String>> = cells.chunks_exact(2).map(<[String]>::to_vec).collect();
            prop_assert_eq!(read, written);
        }
    }
}
