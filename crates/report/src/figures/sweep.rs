//! What a sweep shows: heat maps where axes make a grid, small multiples of them where there are more than
//! two; else each axis alone, over all settings of the others.

use super::courses::shown;
use super::settings::{Axis, Setting, axes, is_grid, level, moved, settings};
use crate::figure::{Figure, Panel, Value};
use crate::folder::Results;
use crate::numbers::Numbers;
use crate::words::{Language, filled};
use toguna_experiment::statistics::Band;
use toguna_model::outcomes::Outcome;
use toguna_picture::heat::Heat;
use toguna_picture::lines::{Line, Lines, Point};
use toguna_picture::scale::{Tick, nice};

/// Width and height of a panel, px.
const SIZE: (f64, f64) = (320.0, 170.0);
/// An axis with more values is cut into so many parts of its range.
const PARTS: usize = 10;

pub fn figures(results: &Results, language: Language) -> Vec<Figure> {
    let words = language.words();
    let axes = axes(results);
    let figures = match axes.as_slice() {
        [] => Vec::new(),
        [one] => {
            let note = filled(words.axis_note, &[("axis", &one.title())]);
            let mut figure = Figure::new("axis", words.one_axis, note);
            for outcome in shown() {
                let settings = settings(results, &axes, outcome.name);
                let name = language.title(outcome);
                alone(&mut figure, 0, &axes, &settings, outcome, language, name);
            }
            vec![figure]
        }
        [rows, columns, others @ ..] if is_grid(results, &axes) => {
            let (down, across) = (rows.title(), columns.title());
            let gaps = [("rows", down.as_str()), ("columns", across.as_str())];
            let note = |sentence| filled(words.heat_axes, &gaps) + sentence;
            let add = |figure: &mut Figure, outcome: &'static Outcome| {
                let settings = settings(results, &axes, outcome.name);
                figure.panels.extend(heats(&axes, &settings, outcome, language));
                table(figure, &axes, &settings, outcome, language);
            };
            if others.is_empty() {
                let mut figure = Figure::new("heat", words.heat, note(words.heat_note));
                figure.columns = 2;
                shown().for_each(|outcome| add(&mut figure, outcome));
                vec![figure]
            } else {
                let of_outcome = |outcome: &'static Outcome| {
                    let title = filled(words.heats, &[("outcome", &language.title(outcome))]);
                    let name = format!("heat-{}", outcome.name.replace('_', "-"));
                    let mut figure = Figure::new(name, title, note(words.heats_note));
                    add(&mut figure, outcome);
                    figure
                };
                moved().map(of_outcome).collect()
            }
        }
        _ => {
            let of_outcome = |outcome: &'static Outcome| {
                let title = filled(words.axes, &[("outcome", &language.title(outcome))]);
                let name = format!("axes-{}", outcome.name.replace('_', "-"));
                let mut figure = Figure::new(name, title, words.axes_note);
                let settings = settings(results, &axes, outcome.name);
                for (place, axis) in axes.iter().enumerate() {
                    alone(&mut figure, place, &axes, &settings, outcome, language, axis.title());
                }
                figure.table.rows.clear();
                table(&mut figure, &axes, &settings, outcome, language);
                figure
            };
            moved().map(of_outcome).collect()
        }
    };
    let drawn = figures.into_iter().filter(|figure: &Figure| !figure.panels.is_empty());
    drawn
        .map(|mut figure| {
            let mut head: Vec<String> = axes.iter().map(|axis| axis.path.to_owned()).collect();
            let names = [words.outcome, words.mean, words.low, words.high, words.unit];
            head.extend(names.map(str::to_owned));
            figure.table.head = head;
            figure.whole = Some("summary.csv");
            figure
        })
        .collect()
}

/// The rows of a table: settings with their mean, in the order of the points.
fn table(
    figure: &mut Figure,
    axes: &[Axis<'_>],
    settings: &[Setting<'_>],
    outcome: &Outcome,
    language: Language,
) {
    let numbers = Numbers(language);
    let value = |raw: Option<f64>| Value::maybe(raw, |it| numbers.of(outcome, it));
    // A page need not hold a thousand rows: its folder does.
    for setting in settings.iter().take(300) {
        let mut cells: Vec<Value> = (0..axes.len())
            .map(|axis| {
                let text = setting.values[axis];
                match text.parse::<f64>() {
                    Ok(raw) => Value::number(raw, level(text, language)),
                    Err(_) => Value::text(text),
                }
            })
            .collect();
        cells.push(Value::text(language.title(outcome)));
        cells.push(value(Some(setting.mean)));
        cells.push(value(setting.interval.map(|it| it.0)));
        cells.push(value(setting.interval.map(|it| it.1)));
        cells.push(Value::text(numbers.unit(outcome)));
        figure.table.rows.push(cells);
    }
}

/// A heat map over the first two axes for each combination of the others, all over one range of colours.
fn heats(
    axes: &[Axis<'_>],
    settings: &[Setting<'_>],
    outcome: &Outcome,
    language: Language,
) -> Vec<Panel> {
    let [rows, columns, others @ ..] = axes else { return Vec::new() };
    let numbers = Numbers(language);
    let names = |axis: &Axis<'_>| -> Vec<String> {
        axis.levels.iter().map(|it| level(it, language)).collect()
    };
    let (row_names, column_names) = (names(rows), names(columns));
    let means = || settings.iter().map(|it| it.mean);
    let ends = (means().fold(f64::INFINITY, f64::min), means().fold(f64::NEG_INFINITY, f64::max));
    let panel = |fixed: Vec<&str>| {
        let mean = |row: &str, column: &str| {
            let wanted = [&[row, column], fixed.as_slice()].concat();
            settings.iter().find(|it| it.values == wanted).map(|it| it.mean)
        };
        let row = |row: &&str| columns.levels.iter().map(|column| mean(row, column)).collect();
        let values: Vec<Vec<f64>> = rows.levels.iter().map(row).collect::<Option<_>>()?;
        let heat = Heat { rows: &row_names, columns: &column_names, values: &values, ends };
        let drawing = heat.draw(SIZE.0, &|it| numbers.of(outcome, it));
        let said: Vec<String> = others
            .iter()
            .zip(&fixed)
            .map(|(axis, value)| format!("{} {}", axis.title(), level(value, language)))
            .collect();
        let name = if said.is_empty() { language.title(outcome) } else { said.join(", ") };
        Some(Panel { name, unit: numbers.unit(outcome), drawing, legend: None })
    };
    combinations(others).into_iter().filter_map(panel).collect()
}

/// Every combination of the axes' values, the last axis moving fastest.
fn combinations<'r>(axes: &[Axis<'r>]) -> Vec<Vec<&'r str>> {
    axes.iter().fold(vec![Vec::new()], |begun, axis| {
        let with = |begun: &Vec<&'r str>, level: &&'r str| [begun.as_slice(), &[*level]].concat();
        begun.iter().flat_map(|it| axis.levels.iter().map(move |level| with(it, level))).collect()
    })
}

/// One outcome over one axis: a point for each value, or for each tenth of the range.
fn alone(
    figure: &mut Figure,
    place: usize,
    axes: &[Axis<'_>],
    settings: &[Setting<'_>],
    outcome: &Outcome,
    language: Language,
    name: String,
) {
    let numbers = Numbers(language);
    let axis = &axes[place];
    let of_numbers = axis.is_of_numbers();
    let at = |value: &str| match of_numbers {
        true => value.parse::<f64>().ok(),
        false => axis.levels.iter().position(|level| *level == value).map(|it| it as f64),
    };
    let ends = axis.levels.first().zip(axis.levels.last());
    let Some((low, high)) = ends.and_then(|(low, high)| at(low).zip(at(high))) else { return };
    let mut groups: Vec<(f64, Vec<&Setting<'_>>)> = Vec::new();
    for setting in settings {
        let Some(value) = at(setting.values[place]) else { continue };
        let value = if axis.levels.len() > PARTS {
            let share = (value - low) / (high - low) * PARTS as f64;
            low + (share.floor().min(PARTS as f64 - 1.0) + 0.5) * (high - low) / PARTS as f64
        } else {
            value
        };
        match groups.iter_mut().find(|(known, _)| *known == value) {
            Some((_, group)) => group.push(setting),
            None => groups.push((value, vec![setting])),
        }
    }
    groups.sort_by(|a, b| a.0.total_cmp(&b.0));
    let point = |(x, group): &(f64, Vec<&Setting<'_>>)| {
        let means: Vec<f64> = group.iter().map(|it| it.mean).collect();
        let band = match group.as_slice() {
            [one] => one.interval,
            _ => Band::of(&means).map(|band| (band.low, band.high)),
        };
        let mean = means.iter().sum::<f64>() / means.len() as f64;
        Point { x: *x, y: Some(mean), band }
    };
    let points: Vec<Point> = groups.iter().map(point).collect();
    if points.len() < 2 {
        return;
    }
    let ticks: Vec<Tick> = if of_numbers {
        let inside = |at: &f64| *at >= low && *at <= high;
        let ticks = nice(low, high, 5).into_iter().filter(inside);
        ticks.map(|at| Tick { at, label: numbers.plain(at) }).collect()
    } else {
        let names = axis.levels.iter().enumerate();
        names.map(|(at, name)| Tick { at: at as f64, label: (*name).to_owned() }).collect()
    };
    let lines = [Line { series: 1, points }];
    let drawn =
        Lines { lines: &lines, x: (low, high), ticks: &ticks, mark: None, from_zero: false };
    let drawing = drawn.draw(SIZE, &|it| numbers.of(outcome, it));
    figure.panels.push(Panel { name, unit: numbers.unit(outcome), drawing, legend: None });
    table(figure, axes, settings, outcome, language);
}
