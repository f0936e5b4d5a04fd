//! Every main outcome with its interval: a true table with a small drawing in each row.

use crate::figure::{Cell, DrawnRow, Figure, Value};
use crate::folder::Results;
use crate::numbers::Numbers;
use crate::words::{Language, filled};
use toguna_model::outcomes::Outcome;
use toguna_output::Row;
use toguna_picture::forest::Estimate;
use toguna_picture::scale::nice;
use toguna_picture::svg::Drawing;

/// So many in a hundred ends of intervals lie within the axis: one wild outcome would hide all others.
const REACHED: usize = 85;

/// The headline outcomes of a pair of scenarios that its table has, in their order.
pub fn rows_of<'r>(results: &'r Results, other: &str) -> Vec<(&'static Outcome, Row<'r>)> {
    let row = |name: &str| {
        results
            .table("comparison.csv")
            .rows()
            .find(|row| row.text("other") == other && row.text("outcome") == name)
    };
    let outcomes = Outcome::headlines(|_| true).into_iter();
    outcomes.filter_map(|(_, outcome)| Some((outcome, row(outcome.name)?))).collect()
}

/// A difference in per cent of the first scenario's mean; none of nothing.
fn per_cent(row: &Row<'_>, column: &str) -> Option<f64> {
    let mean = row.number("mean_first").filter(|mean| *mean != 0.0)?;
    Some(100.0 * row.number(column)? / mean.abs())
}

pub fn figures(results: &Results, language: Language) -> Vec<Figure> {
    let words = language.words();
    let numbers = Numbers(language);
    let Some(first) = results.arms.first() else { return Vec::new() };
    let mut figures = Vec::new();
    for (number, other) in results.others().iter().enumerate() {
        let rows = rows_of(results, &other.name);
        let ends = rows.iter().flat_map(|(_, row)| {
            ["low", "high", "difference"].into_iter().filter_map(|column| per_cent(row, column))
        });
        let mut ends: Vec<f64> = ends.map(f64::abs).collect();
        ends.sort_by(f64::total_cmp);
        let most = ends.get(ends.len() * REACHED / 100).copied().unwrap_or(1.0).max(1.0);
        let most = nice(0.0, most, 3).last().copied().unwrap_or(most);
        let against = results.against(other, language);
        let shown_most = numbers.plain(most);
        let note = filled(words.forest_note, &[("first", &first.short), ("most", &shown_most)]);
        let title = filled(words.forest, &[("against", &against)]);
        let name = results.numbered("forest", number);
        let mut figure = Figure::new(name, title, note);
        let mut drawn = Vec::new();
        for (outcome, row) in rows {
            let value = |column: &str| row.number(column).unwrap_or(f64::NAN);
            let clear = row.text("stands_out") == "true";
            let share = per_cent(&row, "difference");
            let estimate = share.map(|share| Estimate {
                value: share,
                interval: per_cent(&row, "low").zip(per_cent(&row, "high")),
                clear,
                most,
            });
            let end = |column: &str| row.number(column).map(|it| numbers.difference(outcome, it));
            let interval = end("low").zip(end("high")).map(|(low, high)| format!("{low} … {high}"));
            let interval = interval.unwrap_or_default();
            let title = language.title(outcome);
            let unit = numbers.unit_of_difference(outcome);
            let shown = numbers.difference(outcome, value("difference"));
            let said = if clear { words.clear } else { words.not_clear };
            let mean = numbers.of(outcome, value("mean_first"));
            figure.table.rows.push(vec![
                Value::text(&title),
                Value::number(value("mean_first"), &mean),
                Value::number(value("difference"), &shown),
                Value::maybe(row.number("low"), |it| numbers.difference(outcome, it)),
                Value::maybe(row.number("high"), |it| numbers.difference(outcome, it)),
                Value::text(&unit),
                Value::text(said),
            ]);
            let tenths = |share: f64| numbers.signed((10.0 * share).round() / 10.0) + " %";
            drawn.push(DrawnRow {
                said: format!("{title}: {shown} {unit}, {interval}, {said}"),
                name: title,
                unit,
                before: vec![
                    Cell {
                        shown: mean,
                        below: String::new(),
                        raw: Some(value("mean_first")),
                        wide_only: true,
                    },
                    Cell {
                        shown,
                        below: interval,
                        raw: Some(value("difference")),
                        wide_only: false,
                    },
                ],
                after: vec![Cell {
                    shown: share.map_or_else(String::new, tenths),
                    below: said.to_owned(),
                    raw: None,
                    wide_only: true,
                }],
                draw: estimate.map(|it| -> Box<dyn Fn(f64) -> Drawing> {
                    Box::new(move |width| it.draw(width))
                }),
            });
        }
        figure.head(&[
            words.outcome,
            &first.short,
            words.difference_column,
            words.low,
            words.high,
            words.unit,
            "",
        ]);
        let head = [
            (words.outcome, ""),
            (first.short.as_str(), ""),
            (words.difference_column, words.interval),
            (words.less_more, ""),
            (words.per_cent, ""),
        ];
        figure.draw_rows(&head, &drawn);
        figures.push(figure);
    }
    figures
}
