//! Policies over an ensemble: what each changes in all worlds together, in how many it helps, and its regret.

use super::courses::shown;
use crate::figure::{Cell, DrawnRow, Figure, Value};
use crate::folder::{Arm, Results};
use crate::numbers::Numbers;
use crate::words::{Language, filled};
use toguna_model::outcomes::Outcome;
use toguna_output::Row;
use toguna_picture::forest::Estimate;
use toguna_picture::svg::Drawing;

/// From this share of the worlds on, or up to what is left of it, an effect is drawn filled.
pub const MOST_WORLDS: f64 = 0.9;

/// The rows of the outcomes that pages show, of one policy beside the first.
pub fn rows_over_worlds<'r>(results: &'r Results, other: &str) -> Vec<(&'static Outcome, Row<'r>)> {
    let row = |outcome: &Outcome| {
        let mut rows = results.table("over_worlds.csv").rows();
        rows.find(|row| row.text("other") == other && row.text("outcome") == outcome.name)
    };
    shown().filter_map(|outcome| Some((outcome, row(outcome)?))).collect()
}

/// Share of the worlds, in words: `87 %`.
pub fn share(row: &Row<'_>, column: &str, numbers: Numbers) -> String {
    row.number(column).map_or_else(String::new, |it| format!("{} %", numbers.digits(100.0 * it, 0)))
}

/// Each other policy against the first, outcome by outcome.
pub fn figures(results: &Results, language: Language) -> Vec<Figure> {
    let figure = |(number, other): (usize, &Arm)| {
        let rows = rows_over_worlds(results, &other.name);
        (!rows.is_empty()).then(|| {
            let title =
                filled(language.words().worlds, &[("against", &results.against(other, language))]);
            of_policy(results.numbered("worlds", number), title, &rows, language)
        })
    };
    results.others().iter().enumerate().filter_map(figure).collect()
}

fn of_policy(
    name: String,
    title: String,
    rows: &[(&'static Outcome, Row<'_>)],
    language: Language,
) -> Figure {
    let (words, numbers) = (language.words(), Numbers(language));
    let mut figure = Figure::new(name, title, words.worlds_note);
    let mut drawn_rows = Vec::new();
    for (outcome, row) in rows {
        let value = |column: &str| row.number(column).unwrap_or(f64::NAN);
        let [median, low, high] = [value("median"), value("p05"), value("p95")];
        let most = low.abs().max(high.abs());
        let helps = row.number("helps");
        let clear = helps.is_some_and(|it| !(1.0 - MOST_WORLDS..MOST_WORLDS).contains(&it));
        let written = |value: f64| numbers.difference(outcome, value);
        let range = format!("{} … {}", written(low), written(high));
        let title = language.title(outcome);
        let unit = numbers.unit_of_difference(outcome);
        let share_helped = share(row, "helps", numbers);
        let luck = numbers.size_of_difference(outcome, value("luck"));
        let ignorance = numbers.size_of_difference(outcome, value("ignorance"));
        let cell = |value: Option<f64>, shown: &str| Value { shown: shown.to_owned(), raw: value };
        figure.table.rows.push(vec![
            Value::text(&title),
            Value::number(median, written(median)),
            Value::number(low, written(low)),
            Value::number(high, written(high)),
            Value::text(&unit),
            cell(helps, &share_helped),
            cell(row.number("luck"), &luck),
            cell(row.number("ignorance"), &ignorance),
        ]);
        let estimate = Estimate { value: median, interval: Some((low, high)), clear, most };
        let is_drawn = most > 0.0;
        let helped = Cell {
            shown: share_helped.clone(),
            below: String::new(),
            raw: helps,
            wide_only: false,
        };
        let spread =
            Cell { shown: ignorance, below: luck, raw: row.number("ignorance"), wide_only: true };
        drawn_rows.push(DrawnRow {
            said: format!("{title}: {} {unit}, {range}; {share_helped}", written(median)),
            name: title,
            unit,
            before: vec![Cell {
                shown: written(median),
                below: range,
                raw: Some(median),
                wide_only: false,
            }],
            after: vec![helped, spread],
            draw: is_drawn.then(|| -> Box<dyn Fn(f64) -> Drawing> {
                Box::new(move |width| estimate.draw(width, ""))
            }),
        });
    }
    let (median, helps) = (words.worlds_median, words.worlds_helps);
    figure.head(&[
        words.outcome,
        median,
        "5 %",
        "95 %",
        words.unit,
        helps,
        words.worlds_luck,
        words.worlds_ignorance,
    ]);
    let head = [
        (words.outcome, ""),
        (median, words.worlds_range),
        (words.less_more, ""),
        (helps, words.worlds_of_worlds),
        (words.worlds_ignorance, words.worlds_luck),
    ];
    figure.draw_rows(&head, &drawn_rows);
    figure
}

/// How much worse than the best policy of each world every policy is, and in how many worlds none is better.
pub fn regret(results: &Results, language: Language) -> Option<Figure> {
    let (words, numbers) = (language.words(), Numbers(language));
    let table = results.table("regret.csv");
    let mut figure = Figure::new("regret", words.regret, words.regret_note);
    let mut drawn_rows = Vec::new();
    for outcome in shown() {
        let rows: Vec<Row<'_>> =
            table.rows().filter(|row| row.text("outcome") == outcome.name).collect();
        let ends = rows.iter().filter_map(|row| row.number("p95"));
        let most = ends.fold(0.0, f64::max);
        for row in rows {
            let arm = results.arms.iter().find(|arm| arm.name == row.text("policy"))?;
            let value = |column: &str| row.number(column).unwrap_or(f64::NAN);
            let (mean, end) = (value("mean"), value("p95"));
            let written = |value: f64| numbers.size_of_difference(outcome, value);
            let name = format!("{}: {}", language.title(outcome), arm.short);
            let unit = numbers.unit_of_difference(outcome);
            let best = share(&row, "best_in", numbers);
            figure.table.rows.push(vec![
                Value::text(language.title(outcome)),
                Value::text(&arm.short),
                Value { shown: best.clone(), raw: row.number("best_in") },
                Value::number(mean, written(mean)),
                Value::number(end, written(end)),
                Value::text(&unit),
            ]);
            let estimate = Estimate {
                value: mean,
                interval: Some((mean.min(end), mean.max(end))),
                clear: true,
                most,
            };
            drawn_rows.push(DrawnRow {
                said: format!("{name}: {} {unit}, {best}", written(mean)),
                name,
                unit,
                before: vec![Cell {
                    shown: written(mean),
                    below: written(end),
                    raw: Some(mean),
                    wide_only: false,
                }],
                after: vec![Cell {
                    shown: best,
                    below: String::new(),
                    raw: row.number("best_in"),
                    wide_only: false,
                }],
                draw: (most > 0.0).then(|| -> Box<dyn Fn(f64) -> Drawing> {
                    Box::new(move |width| estimate.draw(width, ""))
                }),
            });
        }
    }
    if drawn_rows.is_empty() {
        return None;
    }
    let (mean, best) = (words.regret_mean, words.regret_best);
    figure.head(&[words.outcome, words.regret_policy, best, mean, words.regret_end, words.unit]);
    let head =
        [(words.outcome, ""), (mean, words.regret_end), ("", ""), (best, words.worlds_of_worlds)];
    figure.draw_rows(&head, &drawn_rows);
    Some(figure)
}
