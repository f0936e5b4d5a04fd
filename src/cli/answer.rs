//! What a command answers: text and tables, in columns for a terminal or as Markdown.

use clap::Args;
use std::fmt::Write;

/// Whether tables are printed as Markdown.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct MarkdownFlag {
    /// Print tables as Markdown, to be pasted into a text
    #[arg(long, conflicts_with = "json")]
    markdown: bool,
}

/// Columns of a terminal.
const WIDTH: usize = 80;

#[derive(Debug, Default)]
pub struct Answer(Vec<Block>);

#[derive(Debug)]
enum Block {
    /// Empty for a gap.
    Line(String),
    Table(Table),
}

/// Rows under a head.
#[derive(Debug)]
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
}

/// A column with its title and so many characters.
#[derive(Debug)]
pub struct Column {
    title: String,
    width: usize,
    right: bool,
}

impl Column {
    pub fn left(title: impl Into<String>, width: usize) -> Self {
        Column { title: title.into(), width, right: false }
    }

    pub fn right(title: impl Into<String>, width: usize) -> Self {
        Column { title: title.into(), width, right: true }
    }
}

impl Table {
    pub fn new(columns: Vec<Column>) -> Self {
        Table { columns, rows: Vec::new() }
    }

    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    fn text(&self) -> String {
        let mut text = String::new();
        let titles: Vec<String> = self.columns.iter().map(|column| column.title.clone()).collect();
        let head = std::iter::once(&titles).filter(|titles| titles.iter().any(|it| !it.is_empty()));
        for row in head.chain(&self.rows) {
            let mut line = String::new();
            for (Column { width, right, .. }, cell) in self.columns.iter().zip(row) {
                line += &if *right { format!("{cell:>width$}") } else { format!("{cell:<width$}") };
            }
            text += line.trim_end();
            text.push('\n');
        }
        text
    }

    fn markdown(&self) -> String {
        let line = |cells: &mut dyn Iterator<Item = String>| {
            let cells: String = cells.map(|cell| format!(" {cell} |")).collect();
            format!("|{cells}\n")
        };
        let rule = |column: &Column| if column.right { "---:" } else { "---" }.to_owned();
        let mut text = line(&mut self.columns.iter().map(|it| escaped(&it.title)));
        text += &line(&mut self.columns.iter().map(rule));
        for row in &self.rows {
            text += &line(&mut row.iter().map(|cell| escaped(cell)));
        }
        text
    }
}

/// Text that Markdown takes for nothing else.
fn escaped(text: &str) -> String {
    let mut safe = String::new();
    for character in text.trim().chars() {
        match character {
            '|' | '*' => safe.extend(['\\', character]),
            '<' => safe.push_str("&lt;"),
            '\n' | '\r' => safe.push(' '),
            other => safe.push(other),
        }
    }
    safe
}

impl Answer {
    /// A line, folded where it is longer than a terminal is wide.
    pub fn line(&mut self, line: impl Into<String>) {
        self.0.push(Block::Line(line.into()));
    }

    pub fn gap(&mut self) {
        self.line("");
    }

    pub fn table(&mut self, table: Table) {
        self.0.push(Block::Table(table));
    }

    #[must_use]
    pub fn shown(&self, flag: MarkdownFlag) -> String {
        if flag.markdown { self.markdown() } else { self.text() }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for block in &self.0 {
            match block {
                Block::Table(table) => text += &table.text(),
                Block::Line(line) => {
                    for line in folded(line) {
                        writeln!(text, "{}", line.trim_end()).expect("a String takes all");
                    }
                }
            }
        }
        text
    }

    fn markdown(&self) -> String {
        let blocks = self.0.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table.markdown()),
            Block::Line(line) if line.is_empty() => None,
            Block::Line(line) => Some(escaped(line) + "\n"),
        });
        blocks.collect::<Vec<_>>().join("\n")
    }
}

/// Lines no wider than a terminal, where words allow.
fn folded(line: &str) -> Vec<String> {
    if line.chars().count() <= WIDTH {
        return vec![line.to_owned()];
    }
    let mut lines: Vec<String> = Vec::new();
    for word in line.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < WIDTH => {
                *line = format!("{line} {word}");
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer() -> Answer {
        let mut answer = Answer::default();
        answer.line("a < b");
        answer.gap();
        let mut table = Table::new(vec![Column::left("outcome", 10), Column::right("mean", 6)]);
        table.row(["deaths".to_owned(), "12*".to_owned()]);
        table.row(["a|b".to_owned(), "1".to_owned()]);
        answer.table(table);
        answer.line("* stands out");
        answer
    }

    #[test]
    fn columns_of_a_terminal_are_as_wide_as_asked() {
        let text = answer().text();
        assert_eq!(
            text,
            "a < b\n\noutcome     mean\ndeaths       12*\na|b            1\n* stands out\n"
        );
    }

    #[test]
    fn markdown_takes_no_cell_for_anything_but_text() {
        let text = answer().markdown();
        let table = "| outcome | mean |\n| --- | ---: |\n| deaths | 12\\* |\n| a\\|b | 1 |\n";
        assert_eq!(text, format!("a &lt; b\n\n{table}\n\\* stands out\n"));
    }

    #[test]
    fn long_lines_are_folded_between_words() {
        let lines = folded(&"word ".repeat(40));
        assert!(lines.len() > 2 && lines.iter().all(|line| line.len() <= WIDTH), "{lines:?}");
    }
}
