//! A comparison as it is printed: readable in 80 columns, or as JSON. Read back from its folder.

use super::failure::Failure;
use super::outcome_table::{number, percent};
use serde_json::json;
use std::fmt::Write;
use std::path::Path;
use toguna_experiment::explain::{BARE, INTERACTION, WHOLE};
use toguna_model::outcomes::Outcome;
use toguna_output::comparison_tables::{AVERTED, COMPARISON, EXPLAINED, JOINED};
use toguna_output::{ReadBack, Row};
use toguna_scenario::problems::counted;

/// What is to be shown.
pub struct Shown {
    pub title: String,
    /// Every outcome instead of those that matter most.
    pub all: bool,
    /// The outcomes whose explanation is shown; none when nothing was explained.
    pub outcomes: Option<Vec<String>>,
    pub json: bool,
}

/// Mechanisms shown for each outcome; all are in explained.csv.
const MECHANISMS_SHOWN: usize = 10;

/// # Errors
/// When a table cannot be read back.
pub fn show(folder: &Path, shown: &Shown) -> Result<String, Failure> {
    let comparison = ReadBack::of(folder, COMPARISON.name)?;
    let averted = ReadBack::of(folder, AVERTED.name)?;
    let joined = ReadBack::of(folder, JOINED.name)?;
    let explained = match shown.outcomes {
        Some(_) => Some(ReadBack::of(folder, EXPLAINED.name)?),
        None => None,
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
    for (first, other) in pairs(&comparison) {
        let of_pair = |row: &Row<'_>| row.text("first") == first && row.text("other") == other;
        line(&mut text, &format!("{other} against {first}"));
        line(&mut text, &shown.title);
        line(&mut text, "");
        let rows: Vec<Row<'_>> = comparison.rows().filter(of_pair).collect();
        differences(&mut text, &rows, shown.all);
        price(&mut text, &averted.rows().filter(of_pair).collect::<Vec<_>>());
        joiners(&mut text, &joined.rows().filter(of_pair).collect::<Vec<_>>());
        if let (Some(explained), Some(outcomes)) = (&explained, &shown.outcomes) {
            for outcome in outcomes {
                let of_outcome = |row: &Row<'_>| of_pair(row) && row.text("outcome") == outcome;
                let rows: Vec<Row<'_>> = explained.rows().filter(of_outcome).collect();
                explanation(&mut text, outcome, &rows);
            }
        }
    }
    Ok(text)
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

/// The outcomes that matter most in their own order, or all as they are in the table.
fn differences(text: &mut String, rows: &[Row<'_>], all: bool) {
    // The interval has room for "-9,999,999 to -9,999,999".
    let head = format!(
        "{:<26}{:>10}{:>11}  {:<24}{:>7}",
        "outcome", "first", "difference", "95 % interval", "removed"
    );
    line(text, &head);
    let chosen: Vec<&Row<'_>> = if all {
        rows.iter().collect()
    } else {
        let named = |name: &str| rows.iter().find(|row| row.text("outcome") == name);
        Outcome::headlines(|_| true).into_iter().filter_map(|(_, it)| named(it.name)).collect()
    };
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
    let left_out = rows.len() - chosen.len();
    if left_out > 0 {
        let others = counted(left_out, "other outcome", "other outcomes");
        line(text, &format!("and {others}: --all shows them, comparison.csv has them"));
    }
    line(text, "");
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
