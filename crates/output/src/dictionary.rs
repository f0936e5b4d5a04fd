//! The column dictionary: every column of every table with its kind, unit and meaning, for people
//! (text, Markdown) and for programs (CSV, JSON).

use super::csv::TableWriter;
use std::fmt::Write as _;
use toguna_experiment::table::{Column, Columns, Described, DescribedColumn, Table};

/// One line of the dictionary as a table.
struct DictionaryRow {
    table: &'static str,
    is_key: bool,
    column: DescribedColumn,
}

const DICTIONARY: Table<DictionaryRow> = Table {
    name: "columns.csv",
    title: "Columns",
    what: "One row for every column of every table",
    columns: Columns::Declared(&[
        Column::text("table", "Name of the table's file", |row| row.table.into()),
        Column::text("column", "Name of the column", |row| row.column.name.into()),
        Column::text("kind", "What the column holds", |row| row.column.kind.to_string().into()),
        Column::text("unit", "Unit; empty for labels and dates", |row| row.column.unit.into()),
        Column::boolean("key", "Whether it is one of the columns that name a row", |row| {
            row.is_key.into()
        }),
        Column::text("meaning", "What the figure says", |row| row.column.meaning.into()),
    ]),
    key: &["table", "column"],
    links: &[],
};

/// For reading in a terminal.
#[must_use]
pub fn text(tables: &[Described]) -> String {
    let mut page = String::new();
    for table in tables {
        if !page.is_empty() {
            page.push('\n');
        }
        line(&mut page, format_args!("{}: {}", table.name, table.what));
        if !table.key.is_empty() {
            line(&mut page, format_args!("  a row is named by {}", table.key.join(" and ")));
        }
        let widest = |of: fn(&DescribedColumn) -> &str| {
            table.columns.iter().map(|column| of(column).chars().count()).max().unwrap_or(0)
        };
        let (names, units) = (widest(|column| column.name), widest(|column| column.unit));
        for DescribedColumn { name, kind, unit, meaning } in &table.columns {
            line(&mut page, format_args!("  {name:names$}  {kind:7}  {unit:units$}  {meaning}"));
        }
    }
    page
}

/// For `docs/`.
#[must_use]
pub fn markdown(tables: &[Described]) -> String {
    let mut page = String::from("# Columns\n");
    for table in tables {
        line(&mut page, format_args!("\n## {} (`{}`)\n\n{}.", table.title, table.name, table.what));
        if !table.key.is_empty() {
            let key: Vec<String> = table.key.iter().map(|name| format!("`{name}`")).collect();
            line(&mut page, format_args!("\nA row is named by {}.", key.join(" and ")));
        }
        for link in table.links {
            let columns = link.columns.join("`, `");
            line(&mut page, format_args!("\n`{columns}` is found again in `{}`.", link.table));
        }
        page.push_str("\n| column | kind | unit | meaning |\n|---|---|---|---|\n");
        for DescribedColumn { name, kind, unit, meaning } in &table.columns {
            let meaning = meaning.replace('|', "\\|");
            line(&mut page, format_args!("| `{name}` | {kind} | {unit} | {meaning} |"));
        }
    }
    page
}

/// A row for every column.
#[must_use]
pub fn csv(tables: &[Described]) -> String {
    let rows = tables.iter().flat_map(|table| {
        table.columns.iter().map(|column| DictionaryRow {
            table: table.name,
            is_key: table.key.contains(&column.name),
            column: *column,
        })
    });
    let mut written = TableWriter::new(&DICTIONARY, Vec::new(), DICTIONARY.name);
    let written =
        rows.into_iter().try_for_each(|row| written.append(&row)).and_then(|()| written.finish());
    let (bytes, _) = written.expect("memory refuses no byte, and each value is of its kind");
    String::from_utf8(bytes).expect("every value is text")
}

/// A list of tables, each with its columns.
#[must_use]
pub fn json(tables: &[Described]) -> String {
    let page = serde_json::to_string_pretty(tables);
    page.expect("text and truths are always valid JSON") + "\n"
}

fn line(page: &mut String, text: std::fmt::Arguments<'_>) {
    page.write_fmt(text).expect("a String can always be written to");
    let spaces = page.len() - page.trim_end_matches(' ').len();
    page.truncate(page.len() - spaces);
    page.push('\n');
}

#[cfg(test)]
mod tests {
    use super::super::example::{RUNS, SERIES};
    use super::*;

    fn tables() -> [Described; 2] {
        [RUNS.described(), SERIES.described()]
    }

    #[test]
    fn the_dictionary_itself_is_well_declared() {
        assert_eq!(DICTIONARY.described().faults(), Vec::<String>::new());
    }

    #[test]
    fn the_text_lines_up_for_the_eye() {
        let expected = "\
runs.csv: One row for every run
  a row is named by run
  run   integer    Number of the run, from 0
  seed  integer    Seed of every draw of the run

series.csv: One row for every week of every run
  a row is named by run and date
  run     integer                   Number of the run, from 0
  date    date                      First day of the week
  place   string                    Name of the place
  deaths  number   deaths per week  Civilians killed
  talks   boolean                   Whether talks were held
";
        assert_eq!(text(&tables()), expected);
    }

    #[test]
    fn markdown_gives_each_table_its_own_heading() {
        let page = markdown(&tables());
        assert!(
            page.contains("\n## Weeks (`series.csv`)\n\nOne row for every week of every run.\n")
        );
        assert!(page.contains("| `deaths` | number | deaths per week | Civilians killed |\n"));
        assert!(page.contains("\n`run` is found again in `runs.csv`.\n"));
    }

    #[test]
    fn the_csv_has_a_row_for_every_column_and_the_json_the_same() {
        let page = csv(&tables());
        assert_eq!(page.lines().count(), 1 + 2 + 5);
        assert!(page.starts_with("table,column,kind,unit,key,meaning\n"));
        assert!(page.contains("\nruns.csv,run,integer,,true,\"Number of the run, from 0\"\n"));
        assert!(page.contains("\nseries.csv,deaths,number,deaths per week,false,"));

        let read: serde_json::Value = serde_json::from_str(&json(&tables())).unwrap();
        assert_eq!(read[1]["columns"][3]["unit"], "deaths per week");
        assert_eq!(read[1]["columns"][2]["kind"], "string");
    }
}
