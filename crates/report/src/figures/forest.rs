//! Every main outcome with its interval: a true table with a small drawing in each row.

use crate::beside::{Beside, beside, clear};
use crate::figure::{Cell, DrawnRow, Figure, Value};
use crate::folder::{Arm, Results};
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

/// A difference that is drawn in per cent of a mean.
struct Drawn {
    name: String,
    outcome: &'static Outcome,
    /// Of what the difference is measured from.
    mean: f64,
    difference: f64,
    interval: Option<(f64, f64)>,
    clear: bool,
}

impl Drawn {
    /// In per cent of the mean; none of nothing.
    fn per_cent(&self, value: f64) -> Option<f64> {
        (self.mean != 0.0).then(|| 100.0 * value / self.mean.abs())
    }

    /// What of it lies farthest from 0, in per cent.
    fn ends(&self) -> impl Iterator<Item = f64> {
        let (low, high) = self.interval.unwrap_or((self.difference, self.difference));
        [low, high, self.difference].into_iter().filter_map(|it| self.per_cent(it)).map(f64::abs)
    }
}

/// Each other scenario against the first, outcome by outcome.
pub fn figures(results: &Results, language: Language) -> Vec<Figure> {
    let words = language.words();
    let Some(first) = results.arms.first() else { return Vec::new() };
    let figure = |(number, other): (usize, &Arm)| {
        let against = results.against(other, language);
        let rows = rows_of(results, &other.name).into_iter().map(|(outcome, row)| Drawn {
            name: language.title(outcome),
            outcome,
            mean: row.number("mean_first").unwrap_or(f64::NAN),
            difference: row.number("difference").unwrap_or(f64::NAN),
            interval: row.number("low").zip(row.number("high")),
            clear: clear(outcome, &row).is_some(),
        });
        let title = filled(words.forest, &[("against", &against)]);
        let figure = Figure::new(results.numbered("forest", number), title, words.forest_note);
        drawn(figure, &first.short, &rows.collect::<Vec<_>>(), language)
    };
    results.others().iter().enumerate().map(figure).collect()
}

/// Every two policies of those that are compared with the first.
pub fn beside_each_other(results: &Results, language: Language) -> Option<Figure> {
    let words = language.words();
    let mut pairs = beside(results);
    pairs.sort_by_key(|pair| Outcome::place_of(pair.outcome.name));
    let row = |pair: &Beside<'_>| {
        let interval = pair.found.difference.interval;
        Drawn {
            name: format!("{}: {}", language.title(pair.outcome), pair.title(language)),
            outcome: pair.outcome,
            mean: pair.mean_other,
            difference: pair.found.difference.value,
            interval: Some((interval.low, interval.high)),
            clear: pair.clear,
        }
    };
    let rows: Vec<Drawn> = pairs.iter().map(row).collect();
    let figure = Figure::new("beside", words.beside, words.beside_note);
    (!rows.is_empty()).then(|| drawn(figure, words.beside_second, &rows, language))
}

fn drawn(mut figure: Figure, first: &str, rows: &[Drawn], language: Language) -> Figure {
    let (words, numbers) = (language.words(), Numbers(language));
    let mut ends: Vec<f64> = rows.iter().flat_map(Drawn::ends).collect();
    ends.sort_by(f64::total_cmp);
    let most = ends.get(ends.len() * REACHED / 100).copied().unwrap_or(1.0).max(1.0);
    let most = nice(0.0, most, 3).last().copied().unwrap_or(most);
    figure.note = filled(&figure.note, &[("first", first), ("most", &numbers.plain(most))]);
    let mut shown_rows = Vec::new();
    for row in rows {
        let outcome = row.outcome;
        let share = row.per_cent(row.difference);
        let ends = row.interval.and_then(|(low, high)| row.per_cent(low).zip(row.per_cent(high)));
        let estimate =
            share.map(|share| Estimate { value: share, interval: ends, clear: row.clear, most });
        let written = |value: f64| numbers.difference(outcome, value);
        let interval =
            row.interval.map(|(low, high)| format!("{} … {}", written(low), written(high)));
        let interval = interval.unwrap_or_default();
        let unit = numbers.unit_of_difference(outcome);
        let shown = written(row.difference);
        let said = if row.clear { words.clear } else { words.not_clear };
        let mean = numbers.of(outcome, row.mean);
        figure.table.rows.push(vec![
            Value::text(&row.name),
            Value::number(row.mean, &mean),
            Value::number(row.difference, &shown),
            Value::maybe(row.interval.map(|it| it.0), written),
            Value::maybe(row.interval.map(|it| it.1), written),
            Value::text(&unit),
            Value::text(said),
        ]);
        let sign = |share: f64| if share > 0.0 { "+" } else { "" };
        let tenths = |share: f64| format!("{}{} %", sign(share), numbers.tenths(share));
        let share = share.map_or_else(String::new, tenths);
        let beyond = share.clone();
        shown_rows.push(DrawnRow {
            said: format!("{}: {shown} {unit}, {interval}, {said}", row.name),
            name: row.name.clone(),
            unit,
            before: vec![
                Cell { shown: mean, below: String::new(), raw: Some(row.mean), wide_only: true },
                Cell { shown, below: interval, raw: Some(row.difference), wide_only: false },
            ],
            after: vec![Cell { shown: share, below: said.to_owned(), raw: None, wide_only: true }],
            draw: estimate.map(|it| -> Box<dyn Fn(f64) -> Drawing> {
                Box::new(move |width| it.draw(width, &beyond))
            }),
        });
    }
    let difference = words.difference_column;
    figure.head(&[words.outcome, first, difference, words.low, words.high, words.unit, ""]);
    let per_cent = filled(words.per_cent, &[("first", first)]);
    let head = [
        (words.outcome, ""),
        (first, ""),
        (difference, words.interval),
        (words.less_more, ""),
        (per_cent.as_str(), ""),
    ];
    figure.draw_rows(&head, &shown_rows);
    figure
}
