//! Policies over an ensemble as they are printed, read back from their folder.

use super::answer::{Answer, Column, MarkdownFlag, Table};
use super::failure::Failure;
use super::outcome_table::{number, percent};
use serde_json::json;
use std::path::Path;
use toguna_model::outcomes::{MoreIs, Outcome};
use toguna_output::worlds_tables::{FAILS, JUDGED, REGRETS};
use toguna_output::{ReadBack, Row};

/// Parts are told of at most so many outcomes of a policy.
const EXPLAINED: usize = 3;

/// # Errors
/// When a table cannot be read back.
pub fn show(
    folder: &Path,
    title: &str,
    chosen: &[&Outcome],
    json: bool,
    flag: MarkdownFlag,
) -> Result<String, Failure> {
    let read = |name: &str| ReadBack::of(folder, name);
    let [judged, regrets, fails] = [read(JUDGED.name)?, read(REGRETS.name)?, read(FAILS.name)?];
    if json {
        let value = json!({
            "over_worlds": judged.json(&JUDGED.described()),
            "regret": regrets.json(&REGRETS.described()),
            "fails": fails.json(&FAILS.described()),
        });
        let text = serde_json::to_string_pretty(&value);
        return Ok(text.expect("text, numbers and lists are always valid JSON") + "\n");
    }
    let mut answer = Answer::default();
    answer.line(title);
    answer.gap();
    let mut others: Vec<&str> = Vec::new();
    for row in judged.rows() {
        if !others.contains(&row.text("other")) {
            others.push(row.text("other"));
        }
    }
    for other in others {
        let rows: Vec<Row<'_>> = judged.rows().filter(|row| row.text("other") == other).collect();
        let first = rows.first().map_or("", |row| row.text("first"));
        answer.line(format!("{other} against {first}"));
        answer.gap();
        differences(&mut answer, &rows, chosen);
        where_it_fails(&mut answer, &fails, other, chosen);
        answer.gap();
    }
    regret(&mut answer, &regrets, chosen);
    answer.line("range: 90 % of worlds and luck, by weight");
    answer.line("helps: share of worlds in which the mean difference is to the good");
    answer.line(
        "luck, ignorance: standard deviation between runs of one world, and between worlds; more runs lessen \
         only what luck adds",
    );
    answer.line(
        "The worlds differ in what the calibration varied, and in nothing else: what it took as given they \
         share.",
    );
    answer.line(format!("files in {}", folder.display()));
    Ok(answer.shown(flag))
}

fn differences(answer: &mut Answer, rows: &[Row<'_>], chosen: &[&Outcome]) {
    let mut table = Table::new(vec![
        Column::left("outcome", 27),
        Column::right("median", 10),
        Column::left("  range", 22),
        Column::right("helps", 6),
        Column::right("luck", 6),
        Column::right("ignor.", 8),
    ]);
    for outcome in chosen {
        let Some(row) = rows.iter().find(|row| row.text("outcome") == outcome.name) else {
            continue;
        };
        let value = |column: &str| row.number(column).map_or_else(String::new, number);
        let short = |column: &str| row.number(column).map_or_else(String::new, thousands);
        table.row([
            outcome.name.to_owned(),
            value("median"),
            format!("  {} to {}", short("p05"), short("p95")),
            row.number("helps").map_or_else(String::new, percent),
            short("luck"),
            short("ignorance"),
        ]);
    }
    answer.table(table);
}

/// Few digits: `12.3k`, `1.20m`, `0.013`.
fn thousands(value: f64) -> String {
    match value.abs() {
        size if size >= 1e9 => format!("{:.1}bn", value / 1e9),
        size if size >= 1e6 => format!("{:.2}m", value / 1e6),
        size if size >= 1e4 => format!("{:.1}k", value / 1e3),
        size if size >= 10.0 || size == 0.0 => format!("{value:.0}"),
        size if size >= 0.1 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

fn where_it_fails(answer: &mut Answer, fails: &ReadBack, other: &str, chosen: &[&Outcome]) {
    let mut told = 0;
    for outcome in chosen {
        let is_wanted = |row: &Row<'_>| {
            row.text("other") == other
                && row.text("outcome") == outcome.name
                && row.text("part") == "0"
                && !row.text("conditions").is_empty()
        };
        let Some(row) = fails.rows().find(is_wanted).filter(|_| told < EXPLAINED) else { continue };
        let share = |column: &str| row.number(column).map_or_else(String::new, percent);
        answer.line(format!(
            "{} fails to help in {} of the {} of worlds with {}.",
            outcome.name,
            share("failing"),
            share("share"),
            row.text("conditions")
        ));
        told += 1;
    }
}

fn regret(answer: &mut Answer, regrets: &ReadBack, chosen: &[&Outcome]) {
    answer.line("Regret: how much worse than the best policy of each world");
    let mut table = Table::new(vec![
        Column::left("outcome", 27),
        Column::left("policy", 23),
        Column::right("best in", 8),
        Column::right("mean", 10),
        Column::right("5 % have", 10),
    ]);
    for outcome in chosen.iter().filter(|outcome| outcome.more_is != MoreIs::Neither) {
        for row in regrets.rows().filter(|row| row.text("outcome") == outcome.name) {
            let short = |column: &str| row.number(column).map_or_else(String::new, thousands);
            let policy: String = row.text("policy").chars().take(22).collect();
            table.row([
                outcome.name.to_owned(),
                policy,
                row.number("best_in").map_or_else(String::new, percent),
                short("mean"),
                short("p95"),
            ]);
        }
    }
    answer.table(table);
    answer.gap();
}
