//! Which axes move an outcome: indices of a design for sensitivities, and a tornado of one that moves one
//! axis at a time.

use super::settings::{Axis, axes, level, moved, title_of};
use crate::figure::{Figure, Panel, Value};
use crate::folder::Results;
use crate::numbers::Numbers;
use crate::words::{Language, filled};
use toguna_output::Row;
use toguna_picture::bars::{Bar, Bars};
use toguna_picture::legend::Sign;

/// Width of a panel, px.
const WIDTH: f64 = 340.0;

/// The index that ranks axes, and the one shown beside it.
pub fn leading(results: &Results) -> [&'static str; 2] {
    let morris = |row: Row<'_>| row.text("index") == "mu_star";
    let morris = results.table("sensitivity.csv").rows().any(morris);
    if morris { ["mu_star", "sigma"] } else { ["total", "first"] }
}

/// The axes of an outcome by how much they move it, most first.
pub fn ranked<'r>(results: &'r Results, outcome: &str) -> Vec<Row<'r>> {
    let [index, _] = leading(results);
    let rows = results.table("sensitivity.csv").rows();
    let mut rows: Vec<Row<'r>> =
        rows.filter(|row| row.text("outcome") == outcome && row.text("index") == index).collect();
    let value = |row: &Row<'_>| row.number("value").unwrap_or(f64::NEG_INFINITY);
    rows.sort_by(|a, b| value(b).total_cmp(&value(a)));
    rows
}

pub fn indices(results: &Results, language: Language) -> Option<Figure> {
    let (words, numbers) = (language.words(), Numbers(language));
    let indices = leading(results);
    let morris = indices[0] == "mu_star";
    let note = if morris { words.morris_note } else { words.sobol_note };
    let mut figure = Figure::new("sensitivity", words.sensitivity, note);
    figure.head(&[
        words.outcome,
        words.axis,
        words.index,
        words.value,
        words.low,
        words.high,
        words.unit,
    ]);
    let table = results.table("sensitivity.csv");
    for outcome in moved() {
        let ranked = ranked(results, outcome.name);
        if ranked.is_empty() {
            continue;
        }
        let written = |value: f64| match morris {
            true => numbers.of(outcome, value),
            false => numbers.plain(value),
        };
        let bar = |axis: &str, index: &str| {
            let wanted = |row: &Row<'_>| {
                row.text("outcome") == outcome.name
                    && row.text("axis") == axis
                    && row.text("index") == index
            };
            let row = table.rows().find(wanted);
            row.map_or_else(Bar::default, |row| Bar {
                value: row.number("value").unwrap_or(0.0),
                interval: row.number("low").zip(row.number("high")),
            })
        };
        let paths: Vec<&str> = ranked.iter().map(|row| row.text("axis")).collect();
        let names: Vec<String> = paths.iter().map(|path| title_of(path)).collect();
        let of_index = |(number, index): (usize, &&str)| {
            (number + 1, paths.iter().map(|path| bar(path, index)).collect())
        };
        let series: Vec<(usize, Vec<Bar>)> = indices.iter().enumerate().map(of_index).collect();
        let drawing = Bars { categories: &names, series: &series }.draw(WIDTH, &written);
        let unit = if morris {
            numbers.unit_of_difference(outcome)
        } else {
            words.share_of_variance.to_owned()
        };
        figure.panels.push(Panel {
            name: language.title(outcome),
            unit: unit.clone(),
            drawing,
            legend: None,
        });
        let value = |raw: Option<f64>| Value::maybe(raw, written);
        for row in table.rows().filter(|row| row.text("outcome") == outcome.name) {
            figure.table.rows.push(vec![
                Value::text(language.title(outcome)),
                Value::text(row.text("axis")),
                Value::text(row.text("index")),
                value(row.number("value")),
                value(row.number("low")),
                value(row.number("high")),
                Value::text(&unit),
            ]);
        }
    }
    let names = if morris {
        [words.mean_effect, words.spread]
    } else {
        [words.total_index, words.first_index]
    };
    let names = names.iter().enumerate().map(|(number, name)| (number + 1, (*name).to_owned()));
    figure.legend = Some((Sign::Area, names.collect()));
    figure.whole = Some("sensitivity.csv");
    (!figure.panels.is_empty()).then_some(figure)
}

/// A setting in which one axis moves, with what it changes.
struct Moved<'r> {
    level: &'r str,
    row: Row<'r>,
}

pub fn tornado(results: &Results, language: Language) -> Option<Figure> {
    let (words, numbers) = (language.words(), Numbers(language));
    let axes = axes(results);
    let points: Vec<Row<'_>> = results.table("points.csv").rows().collect();
    // Of every setting but the first exactly one axis moves, or this is another design.
    let varied =
        |point: &Row<'_>| axes.iter().filter(|axis| !point.text(axis.path).is_empty()).count();
    if points.len() < 2
        || points.iter().enumerate().any(|(place, point)| varied(point) != place.min(1))
    {
        return None;
    }
    let mut figure = Figure::new("tornado", words.tornado, words.tornado_note);
    figure.head(&[
        words.outcome,
        words.axis,
        words.value,
        words.difference_column,
        words.low,
        words.high,
        words.unit,
    ]);
    for outcome in moved() {
        let contrasts: Vec<Row<'_>> = results
            .table("contrasts.csv")
            .rows()
            .filter(|row| row.text("outcome") == outcome.name)
            .collect();
        let of_axis = |axis: &Axis<'_>| -> Vec<Moved<'_>> {
            let moved = |level: &&str| {
                let point = points.iter().find(|point| point.text(axis.path) == *level)?;
                let row = contrasts.iter().find(|row| row.text("point") == point.text("point"))?;
                Some(Moved { level: point.text(axis.path), row: *row })
            };
            axis.levels.iter().filter_map(moved).collect()
        };
        let mut moves: Vec<(&Axis<'_>, Vec<Moved<'_>>)> = axes
            .iter()
            .map(|axis| (axis, of_axis(axis)))
            .filter(|(_, moved)| !moved.is_empty())
            .collect();
        let size = |moved: &[Moved<'_>]| {
            let sizes = moved.iter().filter_map(|it| it.row.number("difference"));
            sizes.map(f64::abs).fold(0.0, f64::max)
        };
        moves.sort_by(|a, b| size(&b.1).total_cmp(&size(&a.1)));
        if moves.is_empty() {
            continue;
        }
        let unit = numbers.unit_of_difference(outcome);
        for (axis, moved) in &moves {
            for Moved { level: value, row } in moved {
                let cell = |column: &str| {
                    Value::maybe(row.number(column), |it| numbers.difference(outcome, it))
                };
                figure.table.rows.push(vec![
                    Value::text(language.title(outcome)),
                    Value::text(axis.path),
                    Value::text(level(value, language)),
                    cell("difference"),
                    cell("low"),
                    cell("high"),
                    Value::text(&unit),
                ]);
            }
        }
        let names: Vec<String> = moves
            .iter()
            .map(|(axis, moved)| {
                let ends = [&moved[0], &moved[moved.len() - 1]].map(|it| level(it.level, language));
                filled(
                    words.from_to,
                    &[("axis", &axis.title()), ("low", &ends[0]), ("high", &ends[1])],
                )
            })
            .collect();
        let bar = |it: &Moved<'_>| Bar {
            value: it.row.number("difference").unwrap_or(0.0),
            interval: it.row.number("low").zip(it.row.number("high")),
        };
        let series = [
            (1, moves.iter().map(|(_, moved)| bar(&moved[0])).collect()),
            (2, moves.iter().map(|(_, moved)| bar(&moved[moved.len() - 1])).collect()),
        ];
        let drawing = Bars { categories: &names, series: &series }
            .draw(WIDTH, &|it| numbers.difference(outcome, it));
        figure.panels.push(Panel { name: language.title(outcome), unit, drawing, legend: None });
    }
    let names = [(1, words.at_lowest.to_owned()), (2, words.at_highest.to_owned())];
    figure.legend = Some((Sign::Area, names.to_vec()));
    figure.whole = Some("contrasts.csv");
    (!figure.panels.is_empty()).then_some(figure)
}
