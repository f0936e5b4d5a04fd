//! A comparison as it is printed: readable in 80 columns, or as JSON. Read back from its folder.

use super::answer::{Answer, Column, MarkdownFlag, Table};
use super::explain::folder_of;
use super::failure::Failure;
use super::outcome_table::{INTERVALS, number, percent};
use super::shared_flags::OutcomesFlag;
use serde_json::json;
use std::path::Path;
use toguna_experiment::explain::{BARE, INTERACTION, WHOLE};
use toguna_model::outcomes::{OUTCOMES, Outcome, OverARun};
use toguna_output::comparison_tables::{AVERTED, COMPARISON, EXPLAINED, JOINED};
use toguna_output::{ReadBack, Row};
use toguna_report::{Language, Results, beside, clear};
use toguna_scenario::problems::counted;

/// What is to be shown.
pub struct Shown {
    pub title: String,
    pub chosen: Vec<&'static Outcome>,
    /// The outcomes whose explanation is asked for; none when none is.
    pub explained: Vec<&'static Outcome>,
    /// Of them, by the scenario that differs, those whose difference is clear: the others have nothing to
    /// explain.
    pub clear: Vec<(String, &'static str)>,
    pub json: bool,
    pub markdown: MarkdownFlag,
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
    let explained = match shown.clear.as_slice() {
        [] => None,
        _ => Some(ReadBack::of(&folder_of(folder), EXPLAINED.name)?),
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
    let mut answer = Answer::default();
    let pairs = pairs(&comparison);
    let several = pairs.len() > 1;
    if several {
        answer.line(&shown.title);
        answer.gap();
        side_by_side(&mut answer, &comparison, &pairs, &shown.chosen);
    }
    for (first, other) in pairs {
        let of_pair = |row: &Row<'_>| row.text("first") == first && row.text("other") == other;
        answer.line(format!("{other} against {first}"));
        if !several {
            answer.line(&shown.title);
            answer.gap();
            let rows: Vec<Row<'_>> = comparison.rows().filter(of_pair).collect();
            differences(&mut answer, &rows, &shown.chosen);
        }
        let drawn = comparison.rows().find(|row| of_pair(row) && row.text("outcome") == "extra");
        let drawn = drawn.and_then(|row| row.number("difference")).unwrap_or(0.0);
        price(&mut answer, &averted.rows().filter(of_pair).collect::<Vec<_>>(), drawn);
        joiners(&mut answer, &joined.rows().filter(of_pair).collect::<Vec<_>>());
        for outcome in shown.explained.iter().map(|outcome| outcome.name) {
            let is_clear = shown.clear.iter().any(|it| it.0 == other && it.1 == outcome);
            let Some(explained) = explained.as_ref().filter(|_| is_clear) else {
                answer.line(format!(
                    "No clear difference in {outcome}: there is nothing to explain. More replicates may \
                     show one."
                ));
                answer.gap();
                continue;
            };
            let of_outcome = |row: &Row<'_>| of_pair(row) && row.text("outcome") == outcome;
            let rows: Vec<Row<'_>> = explained.rows().filter(of_outcome).collect();
            explanation(&mut answer, outcome, &rows);
        }
    }
    let results = Results::read(folder, &[])?;
    beside_each_other(&mut answer, &results);
    for sentence in toguna_report::conclusions(&results, &shown.chosen, Language::English) {
        answer.line(sentence);
    }
    answer.line(INTERVALS);
    Ok(answer.shown(shown.markdown))
}

/// Outcomes down, policies across, each with its difference from the first and half of its interval.
fn side_by_side(
    answer: &mut Answer,
    comparison: &ReadBack,
    pairs: &[(String, String)],
    chosen: &[&Outcome],
) {
    for block in pairs.chunks(ACROSS) {
        let mut columns = vec![Column::left("outcome", TITLE), Column::right(&block[0].0, 9)];
        columns.extend(block.iter().map(|(_, other)| Column::right(other, CELL)));
        let mut table = Table::new(columns);
        for (section, outcome) in by_time(chosen) {
            section.into_iter().for_each(|title| table.section(title));
            let row = |other: &str| {
                let wanted = |row: &Row<'_>| {
                    row.text("other") == other && row.text("outcome") == outcome.name
                };
                comparison.rows().find(wanted)
            };
            let value = |value: f64| compact(outcome.for_people(value).0);
            let first = row(&block[0].1).and_then(|row| row.number("mean_first"));
            let mut cells = vec![titled(outcome)];
            cells.push(first.map_or_else(String::new, value));
            cells.extend(block.iter().map(|(_, other)| {
                row(other).map_or_else(String::new, |row| {
                    let mark = if clear(outcome, &row).is_some() { "*" } else { "" };
                    let half = row.number("low").zip(row.number("high"));
                    let half = half.map_or_else(String::new, |(low, high)| {
                        format!(" ±{}", value((high - low) / 2.0))
                    });
                    let difference = row.number("difference").map_or_else(String::new, value);
                    format!("{difference}{mark}{half}")
                })
            }));
            table.row(cells);
        }
        answer.table(table);
        left_out(answer, OUTCOMES.len() - chosen.len());
    }
    answer.line("differences from the first, ± half of the 95 % interval");
    answer.line("* stands out over the family of all outcomes and scenarios (Holm, 5 %)");
    answer.gap();
}

/// Its title, with a unit that the title does not say.
fn titled(outcome: &Outcome) -> String {
    match outcome.for_people(0.0).1 {
        unit @ ("%" | "% of normal" | "bn francs") => format!("{}, {unit}", outcome.title()),
        _ => outcome.title(),
    }
}

/// Outcomes over the whole time, then those of the last day, the first of each with a line that says so.
fn by_time<'o>(
    chosen: &[&'o Outcome],
) -> impl Iterator<Item = (Option<&'static str>, &'o Outcome)> + use<'o> {
    let (sums, ends): (Vec<&Outcome>, Vec<&Outcome>) =
        chosen.iter().partition(|it| it.over_a_run == OverARun::Total);
    [("in all", sums), ("at the end", ends)].into_iter().flat_map(|(title, outcomes)| {
        let titled = move |(place, outcome)| ((place == 0).then_some(title), outcome);
        outcomes.into_iter().enumerate().map(titled)
    })
}

/// Pairs of policies that are shown; the page has all.
const PAIRS_SHOWN: usize = 10;

/// Every two of the policies that are compared with the first.
fn beside_each_other(answer: &mut Answer, results: &Results) {
    let found = beside(results);
    let mut columns = vec![Column::left("beside each other", 35)];
    let each = found.iter().filter(|it| std::ptr::eq(it.one, found[0].one));
    let each = each.take_while(|it| std::ptr::eq(it.other, found[0].other));
    let outcomes: Vec<&Outcome> = each.map(|it| it.outcome).collect();
    columns.extend(outcomes.iter().map(|outcome| Column::right(outcome.title(), CELL)));
    let mut table = Table::new(columns);
    let pairs = found.chunks(outcomes.len().max(1));
    let left_out = pairs.len().saturating_sub(PAIRS_SHOWN);
    for pair in pairs.take(PAIRS_SHOWN) {
        let name = format!("{} against {}", pair[0].one.name, pair[0].other.name);
        let cells = pair.iter().map(|it| {
            let value = |value: f64| compact(it.outcome.for_people(value).0);
            let mark = if it.clear { "*" } else { "" };
            let (found, half) = (it.found.difference, it.found.difference.interval.half_width());
            format!("{}{mark} ±{}", value(found.value), value(half))
        });
        table.row(std::iter::once(name).chain(cells));
    }
    if found.is_empty() {
        return;
    }
    answer.table(table);
    if left_out > 0 {
        answer.line(format!("and {}: the page has them", counted(left_out, "pair", "pairs")));
    }
    answer.line("* stands out over all that this table compares (Holm, 5 %)");
    answer.gap();
}

/// Policies beside each other, and widths of titles and cells.
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
        size if size >= 1.0 => 2,
        _ => 3,
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

/// Ends a table that does not show so many outcomes.
fn left_out(answer: &mut Answer, outcomes: usize) {
    if outcomes > 0 {
        let others = counted(outcomes, "other outcome", "other outcomes");
        answer.line(format!("and {others}: --all shows them, comparison.csv has them"));
    }
    answer.gap();
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
fn differences(answer: &mut Answer, rows: &[Row<'_>], chosen: &[&Outcome]) {
    // The interval has room for "-9,999,999 to -9,999,999".
    let mut table = Table::new(vec![
        Column::left("outcome", 26),
        Column::right("first", 10),
        Column::right("difference ", 12),
        Column::left(" 95 % interval", 25),
        Column::right("removed", 7),
    ]);
    for (section, outcome) in by_time(chosen) {
        let Some(row) = rows.iter().find(|row| row.text("outcome") == outcome.name) else {
            continue;
        };
        section.into_iter().for_each(|title| table.section(title));
        let value = |column: &str| row.number(column).map(|it| number(outcome.for_people(it).0));
        let mark = if clear(outcome, row).is_some() { "*" } else { " " };
        let ends = value("low").zip(value("high"));
        table.row([
            titled(outcome),
            value("mean_first").unwrap_or_default(),
            value("difference").unwrap_or_default() + mark,
            ends.map_or_else(String::new, |(low, high)| format!(" {low} to {high}")),
            row.number("variance_removed").map_or_else(String::new, percent),
        ]);
    }
    answer.table(table);
    left_out(answer, rows.len() - chosen.len());
    answer.line("* stands out over the family of all outcomes and scenarios (Holm, 5 %)");
    answer.line("removed: share of the difference's variance that common random numbers removed");
    answer.gap();
}

/// What is averted for each billion francs that the other spends more, or why that cannot be said; with the
/// grants that it draws more, which are not all that changes what is spent.
fn price(answer: &mut Answer, rows: &[Row<'_>], drawn: f64) {
    let Some(spent) = rows.first() else { return };
    let francs = |column: &str| spent.number(column).map(|billions| billions * 1e9);
    let (Some(more), Some(low), Some(high)) =
        (francs("spent_more"), francs("spent_low"), francs("spent_high"))
    else {
        answer.line("One run of each cannot say what is averted for each billion francs.");
        answer.gap();
        return;
    };
    // An interval of no width says nothing of few runs.
    let has_width = high > low || spent.number("replicates").is_some_and(|runs| runs >= 6.0);
    if low > 0.0 && has_width {
        let spent = [more, low, high].map(number);
        let [more, low, high] = &spent;
        let grants = match drawn.abs() >= 0.5e9 {
            true => format!(
                "It draws {} francs more of grants. In all, with what follows from them, it",
                number(drawn)
            ),
            false => "It".to_owned(),
        };
        let spent =
            format!("spends {more} francs more ({low} to {high}); for each billion of these:");
        answer.line(format!("{grants} {spent}"));
        let mut table =
            Table::new(vec![Column::left("", 27), Column::right("", 21), Column::left("", 26)]);
        for row in rows {
            let value = row.number("per_billion").map_or_else(String::new, number);
            table.row([
                format!("{} averted", row.text("outcome")),
                value,
                format!("  {}", interval(row)),
            ]);
        }
        answer.table(table);
    } else if high < 0.0 && has_width {
        let [less, low, high] = [-more, -high, -low].map(number);
        answer.line(format!("It spends {less} francs less ({low} to {high}):"));
        answer.line("deaths and recruits averted for each billion more cannot be told.");
    } else {
        let [low, high] = [low, high].map(number);
        answer.line(format!("It may spend more or less ({low} to {high} francs):"));
        answer.line("deaths and recruits averted for each billion more cannot be told.");
    }
    answer.gap();
}

fn joiners(answer: &mut Answer, rows: &[Row<'_>]) {
    if rows.is_empty() {
        answer.line("The scenarios differ in who lives there: joiners cannot be told apart.");
        answer.gap();
        return;
    }
    answer.line("Who joined, persons in a run:");
    let mut table = Table::new(vec![
        Column::left("motive", 18),
        Column::right("under both", 11),
        Column::right("for the same", 17),
        Column::right("only first", 14),
        Column::right("only other", 14),
    ]);
    for row in rows.iter().filter(|row| ["motive", "all"].contains(&row.text("by"))) {
        let value = |column: &str| row.number(column).map_or_else(String::new, number);
        let counts = ["both", "both_alike", "only_first", "only_other"].map(value);
        table.row(std::iter::once(row.text("part").to_owned()).chain(counts));
    }
    answer.table(table);
    answer.gap();
}

/// How many times its error an effect is.
fn evidence(row: &Row<'_>) -> f64 {
    let [carried, low, high] = ["carried", "low", "high"].map(|it| row.number(it).unwrap_or(0.0));
    let half = (high - low) / 2.0;
    if half > 0.0 { carried.abs() / half } else { f64::MAX * carried.abs().min(1.0) }
}

fn explanation(answer: &mut Answer, outcome: &str, rows: &[Row<'_>]) {
    answer.line(format!("What carries the difference in {outcome}:"));
    let mut table = Table::new(vec![
        Column::left("switched off", 27),
        Column::right("carries", 12),
        Column::right("share", 9),
        Column::left("  95 % interval", 26),
    ]);
    let mut part = |row: &Row<'_>, name: &str| {
        let carried = row.number("carried").map_or_else(String::new, number);
        let share = row.number("share").map_or_else(String::new, percent);
        table.row([name.to_owned(), carried, share, format!("  {}", interval(row))]);
    };
    let whole = [WHOLE, BARE, INTERACTION];
    let (mut mechanisms, sums): (Vec<&Row<'_>>, Vec<&Row<'_>>) =
        rows.iter().partition(|row| !whole.contains(&row.text("part")));
    mechanisms.sort_by(|a, b| evidence(b).total_cmp(&evidence(a)));
    let left_out = mechanisms.len().saturating_sub(MECHANISMS_SHOWN);
    for row in mechanisms.iter().take(MECHANISMS_SHOWN) {
        part(row, row.text("part"));
    }
    for row in sums {
        let name = match row.text("part") {
            WHOLE => "the whole difference",
            BARE => "needs no mechanism",
            _ => "only together (interaction)",
        };
        part(row, name);
    }
    answer.table(table);
    if left_out > 0 {
        answer.line(format!("and {left_out} mechanisms with less evidence, in explained.csv"));
    }
    answer.gap();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compact_numbers_have_three_digits_that_count_and_fit_their_cells() {
        let written =
            [-106_995.0, 1_293_113.0, 0.0051, 16_000.0, 0.0, -0.000_4, 392.4, 12.0].map(compact);
        assert_eq!(written, ["-107k", "1.29m", "0.005", "16k", "0", "0", "392", "12"]);
    }
}
