//! A comparison as it is printed: readable in 80 columns, or as JSON. Read back from its folder.

use super::failure::Failure;
use super::outcome_table::{number, percent};
use super::shared_flags::OutcomesFlag;
use serde_json::json;
use std::fmt::Write;
use std::path::Path;
use toguna_experiment::explain::{BARE, INTERACTION, WHOLE};
use toguna_model::outcomes::{OUTCOMES, Outcome};
use toguna_output::comparison_tables::{AVERTED, COMPARISON, EXPLAINED, JOINED};
use toguna_output::{ReadBack, Row};
use toguna_report::Language;
use toguna_scenario::problems::counted;

/// What is to be shown.
pub struct Shown {
    pub title: String,
    pub chosen: Vec<&'static Outcome>,
    /// The outcomes whose explanation is shown; none when nothing was explained.
    pub explained: Vec<&'static Outcome>,
    pub json: bool,
}

/// Mechanisms shown for each outcome; all are in explained.csv.
const MECHANISMS_SHOWN: usize = 10;

/// The outcomes that are shown: all, those named, or those that matter most in their own order.
///
/// # Errors
/// When there is none of a name.
pub fn chosen(all: bool, only: &OutcomesFlag) -> Result<Vec<&'static Outcome>, Failure> {
    if all {
        return Ok(OUTCOMES.iter().collect());
    }
    let headlines = Outcome::headlines(|_| true).into_iter();
    only.or(&headlines.map(|(_, outcome)| outcome.name).collect::<Vec<_>>())
}

/// # Errors
/// When a table cannot be read back.
pub fn show(folder: &Path, shown: &Shown) -> Result<String, Failure> {
    let comparison = ReadBack::of(folder, COMPARISON.name)?;
    let averted = ReadBack::of(folder, AVERTED.name)?;
    let joined = ReadBack::of(folder, JOINED.name)?;
    let explained = match shown.explained.as_slice() {
        [] => None,
        _ => Some(ReadBack::of(folder, EXPLAINED.name)?),
    };
    if shown.json {
        let value = json!({
            "comparison": comparison.json(&COMPARISON.described()),
            "averted": averted.json(&AVERTED.described()),
            "joined": joined.json(&JOINED.described()),
            "explained": explained.map(|rows| rows.json(&EXPLAINED.described())),
        });
        let text = serde_json::to_string_pretty(&value);
        return Ok(text.expect("text, numbers and lists are always valid JSON") + "\n");
    }
    let mut text = String::new();
    let pairs = pairs(&comparison);
    let several = pairs.len() > 1;
    if several {
        line(&mut text, &shown.title);
        line(&mut text, "");
        side_by_side(&mut text, &comparison, &pairs, &shown.chosen);
    }
    for (first, other) in pairs {
        let of_pair = |row: &Row<'_>| row.text("first") == first && row.text("other") == other;
        line(&mut text, &format!("{other} against {first}"));
        if !several {
            line(&mut text, &shown.title);
            line(&mut text, "");
            let rows: Vec<Row<'_>> = comparison.rows().filter(of_pair).collect();
            differences(&mut text, &rows, &shown.chosen);
        }
        price(&mut text, &averted.rows().filter(of_pair).collect::<Vec<_>>());
        joiners(&mut text, &joined.rows().filter(of_pair).collect::<Vec<_>>());
        if let Some(explained) = &explained {
            for outcome in shown.explained.iter().map(|outcome| outcome.name) {
                let of_outcome = |row: &Row<'_>| of_pair(row) && row.text("outcome") == outcome;
                let rows: Vec<Row<'_>> = explained.rows().filter(of_outcome).collect();
                explanation(&mut text, outcome, &rows);
            }
        }
    }
    let mut sentences = toguna_report::conclusions(folder, Language::English)?;
    sentences.push(
        "Intervals are of the mean over random numbers; they say nothing of the assumptions."
            .to_owned(),
    );
    for row in sentences.iter().flat_map(|sentence| wrapped(sentence)) {
        line(&mut text, &row);
    }
    Ok(text)
}

/// Lines of at most 80 characters, where words allow.
fn wrapped(sentence: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in sentence.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < WIDTH => {
                *line = format!("{line} {word}");
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Outcomes down, policies across, each with its difference from the first and half of its interval.
fn side_by_side(
    text: &mut String,
    comparison: &ReadBack,
    pairs: &[(String, String)],
    chosen: &[&Outcome],
) {
    for block in pairs.chunks(ACROSS) {
        let mut head = format!("{:<TITLE$}{:>9}", "outcome", shortened(&block[0].0, 8));
        for (_, other) in block {
            head += &format!("{:>CELL$}", shortened(other, CELL - 1));
        }
        line(text, &head);
        for outcome in chosen {
            let row = |other: &str| {
                let wanted = |row: &Row<'_>| {
                    row.text("other") == other && row.text("outcome") == outcome.name
                };
                comparison.rows().find(wanted)
            };
            let unit = outcome.for_people(0.0).1;
            let value = |value: f64| compact(outcome.for_people(value).0);
            let title = match unit {
                "%" | "bn francs" => format!("{}, {unit}", outcome.title()),
                _ => outcome.title(),
            };
            let mut shown = shortened(&title, TITLE - 1);
            shown = format!("{shown:<TITLE$}");
            let first = row(&block[0].1).and_then(|row| row.number("mean_first"));
            shown += &format!("{:>9}", first.map_or_else(String::new, value));
            for (_, other) in block {
                let cell = row(other).map_or_else(String::new, |row| {
                    let mark = if row.text("stands_out") == "true" { "*" } else { "" };
                    let half = row.number("low").zip(row.number("high"));
                    let half = half.map_or_else(String::new, |(low, high)| {
                        format!(" ±{}", value((high - low) / 2.0))
                    });
                    let difference = row.number("difference").map_or_else(String::new, value);
                    format!("{difference}{mark}{half}")
                });
                shown += &format!("{cell:>CELL$}");
            }
            line(text, &shown);
        }
        left_out(text, OUTCOMES.len() - chosen.len());
    }
    line(text, "differences from the first, ± half of the 95 % interval");
    line(text, "* stands out over the family of all outcomes and scenarios (Holm, 5 %)");
    line(text, "");
}

/// Columns of a terminal; policies beside each other, widths of titles and cells.
const WIDTH: usize = 80;
const ACROSS: usize = 3;
const TITLE: usize = 26;
const CELL: usize = 15;

/// Three digits that count: -107k, 1.29m, 0.005.
fn compact(value: f64) -> String {
    let size = value.abs();
    let (value, ending) = match size {
        _ if size >= 1e9 => (value / 1e9, "bn"),
        _ if size >= 1e6 => (value / 1e6, "m"),
        _ if size >= 1e4 => (value / 1e3, "k"),
        _ => (value, ""),
    };
    let decimals = match value.abs() {
        size if size >= 100.0 || size == 0.0 => 0,
        size if size >= 10.0 => 1,
        _ => 2,
    };
    let digits = format!("{value:.decimals$}");
    let digits = if digits.contains('.') {
        digits.trim_end_matches('0').trim_end_matches('.')
    } else {
        &digits
    };
    let digits = if digits == "-0" { "0" } else { digits };
    format!("{digits}{ending}")
}

/// A text of at most `most` characters.
fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

/// Ends a table that does not show so many outcomes.
fn left_out(text: &mut String, outcomes: usize) {
    if outcomes > 0 {
        let others = counted(outcomes, "other outcome", "other outcomes");
        line(text, &format!("and {others}: --all shows them, comparison.csv has them"));
    }
    line(text, "");
}

fn line(text: &mut String, row: &str) {
    writeln!(text, "{}", row.trim_end()).expect("a String can always be written to");
}

/// Pairs of scenarios, in order of appearance.
fn pairs(comparison: &ReadBack) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for row in comparison.rows() {
        let pair = (row.text("first").to_owned(), row.text("other").to_owned());
        if !pairs.contains(&pair) {
            pairs.push(pair);
        }
    }
    pairs
}

fn interval(row: &Row<'_>) -> String {
    match (row.number("low"), row.number("high")) {
        (Some(low), Some(high)) => format!("{} to {}", number(low), number(high)),
        _ => String::new(),
    }
}

/// One policy against the first.
fn differences(text: &mut String, rows: &[Row<'_>], chosen: &[&Outcome]) {
    // The interval has room for "-9,999,999 to -9,999,999".
    let head = format!(
        "{:<26}{:>10}{:>11}  {:<24}{:>7}",
        "outcome", "first", "difference", "95 % interval", "removed"
    );
    line(text, &head);
    let named = |outcome: &&Outcome| rows.iter().find(|row| row.text("outcome") == outcome.name);
    let chosen: Vec<&Row<'_>> = chosen.iter().filter_map(named).collect();
    for row in &chosen {
        let value = |column: &str| row.number(column).map_or_else(String::new, number);
        let removed = row.number("variance_removed").map_or_else(String::new, percent);
        let mark = if row.text("stands_out") == "true" { "*" } else { " " };
        let shown = format!(
            "{:<26}{:>10}{:>11}{mark} {:<24}{removed:>7}",
            row.text("outcome"),
            value("mean_first"),
            value("difference"),
            interval(row),
        );
        line(text, &shown);
    }
    left_out(text, rows.len() - chosen.len());
    line(text, "* stands out over the family of all outcomes and scenarios (Holm, 5 %)");
    line(text, "removed: share of the difference's variance that common random numbers removed");
    line(text, "");
}

/// What is averted for each billion francs that the other spends more, or why that cannot be said.
fn price(text: &mut String, rows: &[Row<'_>]) {
    let Some(spent) = rows.first() else { return };
    let francs = |column: &str| spent.number(column).map(|billions| billions * 1e9);
    let (Some(more), Some(low), Some(high)) =
        (francs("spent_more"), francs("spent_low"), francs("spent_high"))
    else {
        line(text, "One run of each cannot say what is averted for each billion francs.");
        line(text, "");
        return;
    };
    if low > 0.0 {
        let spent = [more, low, high].map(number);
        let [more, low, high] = &spent;
        line(text, &format!("It spends {more} francs more ({low} to {high}); for each billion:"));
        for row in rows {
            let what = format!("{} averted", row.text("outcome"));
            let value = row.number("per_billion").map_or_else(String::new, number);
            line(text, &format!("{what:<27}{:>10}{value:>11}  {:<24}", "", interval(row)));
        }
    } else if high < 0.0 {
        let [less, low, high] = [-more, -high, -low].map(number);
        line(text, &format!("It spends {less} francs less ({low} to {high}):"));
        line(text, "deaths and recruits averted for each billion more cannot be told.");
    } else {
        let [low, high] = [low, high].map(number);
        line(text, &format!("It may spend more or less ({low} to {high} francs):"));
        line(text, "deaths and recruits averted for each billion more cannot be told.");
    }
    line(text, "");
}

fn joiners(text: &mut String, rows: &[Row<'_>]) {
    if rows.is_empty() {
        line(text, "The scenarios differ in who lives there: joiners cannot be told apart.");
        line(text, "");
        return;
    }
    line(text, "Who joined, persons in a run:");
    let head = format!(
        "{:<18}{:>11}{:>17}{:>14}{:>14}",
        "motive", "under both", "for the same", "only first", "only other"
    );
    line(text, &head);
    for row in rows {
        let value = |column: &str| row.number(column).map_or_else(String::new, number);
        let shown = format!(
            "{:<18}{:>11}{:>17}{:>14}{:>14}",
            row.text("motive"),
            value("both"),
            value("both_alike"),
            value("only_first"),
            value("only_other")
        );
        line(text, &shown);
    }
    line(text, "");
}

fn explanation(text: &mut String, outcome: &str, rows: &[Row<'_>]) {
    line(text, &format!("What carries the difference in {outcome}:"));
    let head =
        format!("{:<27}{:>12}{:>9}  {:<24}", "switched off", "carries", "share", "95 % interval");
    line(text, &head);
    let whole = [WHOLE, BARE, INTERACTION];
    let (mut mechanisms, sums): (Vec<_>, Vec<_>) =
        rows.iter().partition(|row| !whole.contains(&row.text("part")));
    let size = |row: &&Row<'_>| row.number("carried").map_or(0.0, f64::abs);
    mechanisms.sort_by(|a, b| size(b).total_cmp(&size(a)));
    let left_out = mechanisms.len().saturating_sub(MECHANISMS_SHOWN);
    for row in mechanisms.iter().take(MECHANISMS_SHOWN) {
        line(text, &part(row, row.text("part")));
    }
    if left_out > 0 {
        line(text, &format!("and {left_out} that carry less, in explained.csv"));
    }
    for row in sums {
        let name = match row.text("part") {
            WHOLE => "the whole difference",
            BARE => "needs no mechanism",
            _ => "only together (interaction)",
        };
        line(text, &part(row, name));
    }
    line(text, "");
}

fn part(row: &Row<'_>, name: &str) -> String {
    let carried = row.number("carried").map_or_else(String::new, number);
    let share = row.number("share").map_or_else(String::new, percent);
    format!("{name:<27}{carried:>12}{share:>9}  {:<24}", interval(row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compact_numbers_have_three_digits_that_count_and_fit_their_cells() {
        let written =
            [-106_995.0, 1_293_113.0, 0.0051, 16_000.0, 0.0, -0.001, 392.4, 12.0].map(compact);
        assert_eq!(written, ["-107k", "1.29m", "0.01", "16k", "0", "0", "392", "12"]);
        assert_eq!(shortened("restrained-from-2026", 14), "restrained-fr…");
    }
}
