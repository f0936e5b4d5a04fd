//! A comparison with the facts as it is printed: readable in 80 columns, or as JSON. Read back from its
//! folder.

use super::answer::{Answer, Column, MarkdownFlag, Table};
use super::failure::Failure;
use serde_json::json;
use std::path::Path;
use toguna_experiment::facts::Fact;
use toguna_output::validation_tables::VALIDATION;
use toguna_output::{ReadBack, Row};

/// What is to be shown.
pub struct Shown {
    pub title: String,
    pub replicates: u32,
    /// Facts that ask for other years.
    pub outside: Vec<&'static Fact>,
    pub json: bool,
    pub markdown: MarkdownFlag,
}

/// # Errors
/// When the table cannot be read back.
pub fn show(folder: &Path, shown: &Shown) -> Result<String, Failure> {
    let table = ReadBack::of(folder, VALIDATION.name)?;
    if shown.json {
        let outside: Vec<&str> = shown.outside.iter().map(|fact| fact.name).collect();
        let value = json!({
            "facts": table.json(&VALIDATION.described()),
            "outside_the_span": outside,
        });
        let text = serde_json::to_string_pretty(&value);
        return Ok(text.expect("text, numbers and lists are always valid JSON") + "\n");
    }
    let mut answer = Answer::default();
    shown.title.lines().for_each(|line| answer.line(line));
    let rows: Vec<Row<'_>> = table.rows().collect();
    for (used_for, heading) in [("fit", "To fit"), ("check", "To check"), ("shown", "Not judged")] {
        let of_kind: Vec<&Row<'_>> = rows
            .iter()
            .filter(|row| row.text("used_for") == used_for && row.number("mean").is_some())
            .collect();
        if !of_kind.is_empty() {
            section(&mut answer, heading, &of_kind);
        }
    }
    answer.gap();
    answer.line("* the wanted value lies within the middle 90 % of runs");
    answer.line("score: interval score of that range, in the row's unit, the smaller the better");
    answer.line(
        "Runs differ by their random numbers alone: the range says nothing of the assumptions.",
    );
    for row in &rows {
        let (runs, fact) = (row.number("runs").unwrap_or(0.0), heading_of(row));
        if runs == 0.0 {
            answer.line(format!("not measured: {fact}: {}", row.text("lacking")));
        } else if runs < f64::from(shown.replicates) {
            answer.line(format!("measured in {runs} of {} runs: {fact}", shown.replicates));
        }
    }
    if !shown.outside.is_empty() {
        let mut numbers: Vec<&str> = shown.outside.iter().map(|fact| fact.number).collect();
        numbers.dedup();
        answer.line(format!(
            "{} rows ask for other years than this scenario has: {}",
            shown.outside.len(),
            numbers.join(", ")
        ));
    }
    Ok(answer.shown(shown.markdown))
}

fn heading_of(row: &Row<'_>) -> String {
    format!("{} {}", row.text("number"), row.text("title"))
}

fn section(answer: &mut Answer, heading: &str, rows: &[&Row<'_>]) {
    let count =
        |column: &str, truth: &str| rows.iter().filter(|row| row.text(column) == truth).count();
    let inside = count("inside", "true");
    let known = inside + count("inside", "false");
    let passes = count("passes", "true");
    let judged = passes + count("passes", "false");
    let within = format!("the wanted value lies within 90 % of runs in {inside} of {known}");
    let counts = match judged {
        0 => within,
        judged => format!("{passes} of {judged} pass; {within}"),
    };
    answer.gap();
    answer.line(format!("{heading}: {counts}"));
    let mut table = Table::new(vec![
        Column::left("fact", 4),
        Column::left("", 26),
        Column::right("wanted", 6),
        Column::right("tolerance", 13),
        Column::right("mean", 6),
        Column::right("90 % of runs", 13),
        Column::right("score", 6),
        Column::left("", 6),
    ]);
    for row in rows {
        let value = |column: &str| row.number(column).map_or_else(|| "-".to_owned(), short);
        let mark = if row.text("inside") == "true" { "*" } else { "" };
        let passes = match row.text("passes") {
            "true" => "pass",
            "false" => "fail",
            _ => "",
        };
        let range = between(row.number("p05"), row.number("p95"));
        let tolerance = between(row.number("lowest"), row.number("highest"));
        table.row([
            row.text("number").to_owned(),
            row.text("title").to_owned(),
            value("wanted"),
            tolerance,
            value("mean"),
            range,
            value("interval_score"),
            format!(" {passes}{mark}"),
        ]);
    }
    answer.table(table);
}

fn between(low: Option<f64>, high: Option<f64>) -> String {
    match (low.map(short), high.map(short)) {
        (Some(low), Some(high)) => format!("{low}..{high}"),
        (Some(low), None) => format!("from {low}"),
        (None, Some(high)) => format!("to {high}"),
        (None, None) => "-".to_owned(),
    }
}

/// Five characters at most, the sign apart: 0.54, 12.3, 317, 1734, 35.1k, 350k, 1.2m.
fn short(value: f64) -> String {
    let digits = match value.abs() {
        below if below < 9.995 => format!("{value:.2}"),
        below if below < 99.95 => format!("{value:.1}"),
        below if below < 9_999.5 => format!("{value:.0}"),
        below if below < 99_950.0 => format!("{:.1}k", value / 1e3),
        below if below < 999_500.0 => format!("{:.0}k", value / 1e3),
        _ => format!("{:.1}m", value / 1e6),
    };
    let nothing = digits.chars().all(|c| "-0.".contains(c));
    if nothing { digits.trim_start_matches('-').to_owned() } else { digits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_five_characters_at_most_and_a_sign() {
        let values = [0.0, -0.004, 0.543, 9.999, 12.34, 99.99, 317.0, 9_999.9, 35_100.0, 99_999.0];
        let told = values.map(short);
        let wanted =
            ["0.00", "0.00", "0.54", "10.0", "12.3", "100", "317", "10.0k", "35.1k", "100k"];
        assert_eq!(told, wanted);
        for value in [-9.994, -99.94, -9_999.0, -99_949.0, -999_499.0, -9.9e6] {
            assert!(short(value).len() <= 6, "{}", short(value));
        }
    }

    #[test]
    fn a_tolerance_may_be_open() {
        assert_eq!(between(Some(0.6), None), "from 0.60");
        assert_eq!(between(None, Some(6.0)), "to 6.00");
        assert_eq!(between(Some(-0.9), Some(-0.5)), "-0.90..-0.50");
    }
}
