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

    /// A cell in lines that fit; of no width, whatever fits a line.
    fn lines(&self, cell: &str) -> Vec<String> {
        let fits = cell.chars().count() <= self.width || self.width == 0;
        if fits { vec![cell.to_owned()] } else { folded(cell, self.width - 1) }
    }
}

impl Table {
    pub fn new(columns: Vec<Column>) -> Self {
        Table { columns, rows: Vec::new() }
    }

    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// A row that heads those below it.
    pub fn section(&mut self, title: &str) {
        let others = self.columns.iter().skip(1).map(|_| String::new());
        let row = std::iter::once(title.to_owned()).chain(others).collect();
        self.rows.push(row);
    }

    pub fn text(&self) -> String {
        let mut text = String::new();
        let titles: Vec<String> = self.columns.iter().map(|column| column.title.clone()).collect();
        let head = std::iter::once(&titles).filter(|titles| titles.iter().any(|it| !it.is_empty()));
        for row in head.chain(&self.rows) {
            let cells: Vec<Vec<String>> =
                self.columns.iter().zip(row).map(|(column, cell)| column.lines(cell)).collect();
            let high = cells.iter().map(Vec::len).max().unwrap_or(0);
            for number in 0..high {
                let mut line = String::new();
                for (Column { width, right, .. }, lines) in self.columns.iter().zip(&cells) {
                    let cell = lines.get(number).map_or("", String::as_str);
                    line +=
                        &if *right { format!("{cell:>width$}") } else { format!("{cell:<width$}") };
                }
                text += line.trim_end();
                text.push('\n');
            }
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
                    for line in folded(line, WIDTH) {
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

/// Lines of so many characters at most, ended between words, after a hyphen, or in a word that is longer.
fn folded(line: &str, width: usize) -> Vec<String> {
    if line.chars().count() <= width {
        return vec![line.to_owned()];
    }
    let mut lines: Vec<String> = Vec::new();
    for word in line.split_inclusive([' ', '-']) {
        let mut letters: Vec<char> = word.chars().collect();
        let used = |line: &String| line.chars().count() + word.trim_end().chars().count();
        if let Some(line) = lines.last_mut().filter(|line| used(line) <= width) {
            line.push_str(word);
            continue;
        }
        while letters.len() > width {
            lines.push(letters.drain(..width).collect());
        }
        lines.push(letters.into_iter().collect());
    }
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
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
        let lines = folded(&"word ".repeat(40), WIDTH);
        assert!(lines.len() > 2 && lines.iter().all(|line| line.len() <= WIDTH), "{lines:?}");
        assert_eq!(folded("restrained-from-2026", 14), ["restrained-", "from-2026"]);
        assert_eq!(folded("abcdefgh -1", 3), ["abc", "def", "gh", "-1"]);
    }

    #[test]
    fn a_cell_that_is_too_long_goes_on_below_and_is_whole_in_markdown() {
        let mut table = Table::new(vec![Column::left("outcome", 10), Column::right("mean", 6)]);
        table.row(["a long title".to_owned(), "12*".to_owned()]);
        table.section("at the end");
        assert_eq!(table.text(), "outcome     mean\na long       12*\ntitle\nat the end\n");
        assert!(table.markdown().ends_with("| a long title | 12\\* |\n| at the end |  |\n"));
    }
}
