//! Every main outcome with its interval: a true table with a small drawing in each row.

use crate::figure::{Figure, Value};
use crate::folder::Results;
use crate::numbers::Numbers;
use crate::words::{Language, filled};
use maud::{PreEscaped, html};
use toguna_model::outcomes::Outcome;
use toguna_output::Row;
use toguna_picture::forest::Estimate;
use toguna_picture::scale::nice;

/// So many in a hundred ends of intervals lie within the axis: one wild outcome would hide all others.
const REACHED: usize = 85;
/// Width of the drawing in a row, px.
const WIDTH: f64 = 150.0;

/// The headline outcomes of a pair of scenarios that its table has, in their order.
pub fn rows_of<'r>(results: &'r Results, other: &str) -> Vec<(&'static Outcome, Row<'r>)> {
    let Some(compared) = &results.compared else { return Vec::new() };
    let row = |name: &str| {
        compared
            .comparison
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
        let against = filled(words.against, &[("other", &other.short), ("first", &first.short)]);
        let shown_most = numbers.plain(most);
        let note = filled(words.forest_note, &[("first", &first.short), ("most", &shown_most)]);
        let title = filled(words.forest, &[("against", &against)]);
        let name = if results.others().len() == 1 {
            "forest".to_owned()
        } else {
            format!("forest-{}", number + 1)
        };
        let mut figure = Figure::new(name, title, note);
        let mut body = Vec::new();
        for (outcome, row) in rows {
            let value = |column: &str| row.number(column).unwrap_or(f64::NAN);
            let clear = row.text("stands_out") == "true";
            let share = per_cent(&row, "difference");
            let drawing = share.map(|share| Estimate {
                value: share,
                interval: per_cent(&row, "low").zip(per_cent(&row, "high")),
                clear,
                most,
            });
            let interval = row.number("low").zip(row.number("high")).map(|(low, high)| {
                format!(
                    "{} … {}",
                    numbers.difference(outcome, low),
                    numbers.difference(outcome, high)
                )
            });
            let title = language.title(outcome);
            let unit = numbers.unit_of_difference(outcome);
            let shown = numbers.difference(outcome, value("difference"));
            let said = if clear { words.clear } else { words.not_clear };
            let name =
                format!("{title}: {shown} {unit}, {}, {said}", interval.as_deref().unwrap_or(""));
            body.push(html! {
                tr {
                    th scope="row" { (title) " " small { (unit) } }
                    td.n.first data-v=(value("mean_first")) { (numbers.of(outcome, value("mean_first"))) }
                    td.n data-v=(value("difference")) { b { (shown) } br; small { (interval.as_deref().unwrap_or("")) } }
                    td.draw { @if let Some(drawing) = drawing { (PreEscaped(drawing.draw(WIDTH).finish(&name))) } }
                    td.n.share {
                        (share.map_or_else(String::new, |share| numbers.signed((10.0 * share).round() / 10.0) + " %")) br; small { (said) }
                    }
                }
            });
            figure.table.rows.push(vec![
                Value::text(title),
                Value::number(value("mean_first"), numbers.of(outcome, value("mean_first"))),
                Value::number(value("difference"), shown),
                Value::maybe(row.number("low"), |it| numbers.difference(outcome, it)),
                Value::maybe(row.number("high"), |it| numbers.difference(outcome, it)),
                Value::text(unit),
                Value::text(said),
            ]);
            if let Some(share) = share {
                let drawing = toguna_picture::forest::Estimate {
                    value: share,
                    interval: per_cent(&row, "low").zip(per_cent(&row, "high")),
                    clear,
                    most,
                };
                figure.panels.push(crate::figure::Panel {
                    name: language.title(outcome),
                    unit: numbers.difference(outcome, value("difference")),
                    drawing: drawing.draw(320.0),
                    legend: None,
                });
            }
        }
        let head = [
            words.outcome,
            &first.short,
            words.difference_column,
            words.low,
            words.high,
            words.unit,
            "",
        ];
        figure.table.head = head.map(str::to_owned).to_vec();
        figure.columns = 1;
        figure.controls = Some(html! {
            table.forest {
                thead { tr {
                    th scope="col" { (words.outcome) }
                    th.n.first scope="col" { (first.short) }
                    th.n scope="col" { (words.difference_column) br; small { (words.interval) } }
                    th.mid scope="col" { (words.less_more) }
                    th.n.share scope="col" { (words.per_cent) }
                } }
                tbody { @for row in body { (row) } }
            }
        });
        figures.push(figure);
    }
    figures
}
