//! Each cercle, month by month: one map for each scenario and one of each difference from the first. The
//! maps show the last month; the page's script shows any month and any measure.

use crate::figure::{Figure, Panel, Value};
use crate::folder::Results;
use crate::numbers::Numbers;
use crate::words::{Language, Word, Words, filled};
use maud::{PreEscaped, html};
use serde_json::json;
use std::collections::BTreeMap;
use toguna_picture::legend::scale_legend;
use toguna_picture::map::{Map, Town};
use toguna_picture::palette::{class_of_amount, class_of_difference};
use toguna_units::signed_whole_part;

/// Natural Earth, 1:50m, in the public domain.
const OUTLINE: &str = include_str!("../../data/mali_outline.csv");

/// Width of a map, px.
pub(super) const WIDTH: f64 = 340.0;

/// Columns of `cercles.csv` that are shown, each with how many of its units are shown as one, and in which
/// parts of one the page keeps it: a colour or a pointer tells no more.
const MEASURES: [(&str, f64, f64, Word); 4] = [
    ("state_control", 100.0, 10.0, |words| words.control),
    ("deaths", 1.0, 10.0, |words| words.map_deaths),
    ("recruits", 1.0, 10.0, |words| words.map_recruits),
    ("displaced", 1.0, 1.0, |words| words.map_displaced),
];

/// By measure, scenario, month and town.
type Values = Vec<Vec<Vec<Vec<f64>>>>;

pub fn figure(results: &Results, language: Language) -> Option<Figure> {
    let (words, numbers) = (language.words(), Numbers(language));
    let cercles = results.table("cercles.csv");
    let place: BTreeMap<&str, usize> = results
        .towns
        .iter()
        .enumerate()
        .map(|(number, town)| (town.name.as_str(), number))
        .collect();
    let arm: BTreeMap<&str, usize> =
        results.arms.iter().enumerate().map(|(number, arm)| (arm.name.as_str(), number)).collect();
    let mut dates: Vec<&str> = cercles.rows().map(|row| row.text("date")).collect();
    dates.sort_unstable();
    dates.dedup();
    if dates.is_empty() || results.towns.is_empty() {
        return None;
    }
    let month: BTreeMap<&str, usize> =
        dates.iter().enumerate().map(|(number, date)| (*date, number)).collect();
    let mut values: Values =
        vec![
            vec![vec![vec![0.0; results.towns.len()]; dates.len()]; results.arms.len()];
            MEASURES.len()
        ];
    let last = dates.len() - 1;
    let mut holders = vec![vec![String::new(); results.towns.len()]; results.arms.len()];
    for row in cercles.rows() {
        let at = (
            arm.get(row.text("scenario")),
            month.get(row.text("date")),
            place.get(row.text("cercle")),
        );
        let (Some(arm), Some(month), Some(town)) = at else { continue };
        for ((column, times, ..), values) in MEASURES.iter().zip(&mut values) {
            values[*arm][*month][*town] = row.number(column).unwrap_or(0.0) * times;
        }
        if *month == last {
            holders[*arm][*town] = row.text("holder").to_owned();
        }
    }
    let most = most(&values);
    let mut figure = Figure::new("maps", words.maps, words.maps_note);
    let outline = outline(&results.towns);
    let map = Map { outline: &outline, towns: &results.towns };
    let now = |arm: usize, town: usize| values[0][arm][last][town];
    for (number, arm) in results.arms.iter().enumerate() {
        let drawing = map.draw(WIDTH, &|town| {
            let value = now(number, town);
            let told = format!("{}: {} %", results.towns[town].name, numbers.plain(value));
            (format!("v{}", class_of_amount(value, most[0].0)), told)
        });
        let legend = Some(scale_legend('v', ("0", &numbers.plain(most[0].0)), WIDTH));
        figure.panels.push(Panel { name: arm.short.clone(), unit: String::new(), drawing, legend });
    }
    for (number, other) in results.others().iter().enumerate() {
        let drawing = map.draw(WIDTH, &|town| {
            let value = now(number + 1, town) - now(0, town);
            let told = format!("{}: {}", results.towns[town].name, numbers.signed(value));
            (format!("w{}", class_of_difference(value, most[0].1)), told)
        });
        let ends = (numbers.signed(-most[0].1), numbers.signed(most[0].1));
        let legend = Some(scale_legend('w', (&ends.0, &ends.1), WIDTH));
        let against = results.against(other, language);
        let name = filled(words.map_difference, &[("against", &against)]);
        figure.panels.push(Panel { name, unit: String::new(), drawing, legend });
    }
    figure.head(&[words.cercle, words.scenario, words.date, words.control, words.holder]);
    let counts = MEASURES.iter().skip(1).map(|(.., label)| label(words).to_owned());
    figure.table.head.extend(counts);
    for (town, named) in results.towns.iter().enumerate() {
        for (number, arm) in results.arms.iter().enumerate() {
            let value = |measure: usize| values[measure][number][last][town];
            let mut cells =
                vec![Value::text(&named.name), Value::text(&arm.short), Value::text(dates[last])];
            cells.push(Value::number(value(0), numbers.plain(value(0))));
            cells.push(Value::text(&holders[number][town]));
            cells.extend(
                (1..MEASURES.len()).map(|it| Value::number(value(it), numbers.plain(value(it)))),
            );
            figure.table.rows.push(cells);
        }
    }
    figure.whole = Some("cercles.csv");
    let gaps = [("measure", MEASURES[0].3(words)), ("month", month_of(dates[last]))];
    figure.chosen = filled(words.maps_chosen, &gaps);
    figure.controls = Some(controls(&values, &most, &dates, results, words));
    Some(figure)
}

/// What the ends of the colours stand for, by measure: of amounts and of differences. Two in a hundred
/// values lie beyond, so that one wild month does not hide the others.
fn most(values: &Values) -> Vec<(f64, f64)> {
    let nearly_most = |mut all: Vec<f64>| {
        all.sort_by(f64::total_cmp);
        let place = (all.len() * 98 / 100).min(all.len().saturating_sub(1));
        all.get(place).copied().filter(|it| *it > 0.0).unwrap_or(1.0)
    };
    let mut ends = Vec::new();
    for (measure, arms) in values.iter().enumerate() {
        let amounts = arms.iter().flatten().flatten().copied().collect();
        let differences = arms.iter().skip(1).flat_map(|arm| {
            let months = arm.iter().zip(&arms[0]);
            months.flat_map(|(other, first)| other.iter().zip(first).map(|(a, b)| (a - b).abs()))
        });
        let whole = if measure == 0 { 100.0 } else { nearly_most(amounts) };
        ends.push((whole, nearly_most(differences.collect())));
    }
    ends
}

/// Measure and month, and the numbers that they choose from.
fn controls(
    values: &Values,
    most: &[(f64, f64)],
    dates: &[&str],
    results: &Results,
    words: &Words,
) -> maud::Markup {
    // What each month changes is shorter than what it is.
    let changes = |months: &Vec<Vec<f64>>, parts: f64| -> Vec<Vec<i64>> {
        let whole = |it: &f64| signed_whole_part((it * parts).round());
        let rounded: Vec<Vec<i64>> =
            months.iter().map(|towns| towns.iter().map(whole).collect()).collect();
        let change = |month: usize, town: usize| {
            rounded[month][town] - if month > 0 { rounded[month - 1][town] } else { 0 }
        };
        let towns = 0..rounded.first().map_or(0, Vec::len);
        towns.map(|town| (0..rounded.len()).map(|month| change(month, town)).collect()).collect()
    };
    let arms = |arms: &Vec<Vec<Vec<f64>>>, parts| {
        arms.iter().map(|it| changes(it, parts)).collect::<Vec<_>>()
    };
    let data = json!({
        "dates": dates,
        "names": results.towns.iter().map(|town| &town.name).collect::<Vec<_>>(),
        "measures": MEASURES.iter().zip(values).zip(most).map(|(((_, _, parts, label), values), most)| json!({
            "label": label(words), "most": most.0, "apart": most.1, "parts": parts, "arms": arms(values, *parts),
        })).collect::<Vec<_>>(),
    });
    // Nothing in it may end the element that holds it.
    let data = data.to_string().replace('<', "\\u003c");
    let last = dates.len() - 1;
    html! {
        p.controls {
            label { (words.measure) " " select.measure {
                @for (number, (.., label)) in MEASURES.iter().enumerate() { option value=(number) { (label(words)) } }
            } }
            label { (words.month) " "
                input.month type="range" min="0" max=(last) value=(last);
                output.when { (month_of(dates[last])) }
            }
        }
        script.data type="application/json" { (PreEscaped(data)) }
    }
}

/// `2026-01` of `2026-01-26`.
fn month_of(date: &str) -> &str {
    date.get(..7).unwrap_or(date)
}

/// The outline of Mali, degrees east and north, where all towns lie within its bounds; elsewhere none.
pub fn outline(towns: &[Town]) -> Vec<(f64, f64)> {
    let number = |text: &str| text.trim().parse::<f64>().ok();
    let points: Vec<(f64, f64)> = OUTLINE
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(','))
        .filter_map(|(east, north)| Some((number(east)?, number(north)?)))
        .collect();
    let within = |of: fn(&(f64, f64)) -> f64, value: f64| {
        let (low, high) =
            points.iter().map(of).fold((f64::MAX, f64::MIN), |(a, b), it| (a.min(it), b.max(it)));
        low <= value && value <= high
    };
    let inside =
        towns.iter().all(|town| within(|it| it.0, town.at.0) && within(|it| it.1, town.at.1));
    if inside { points } else { Vec::new() }
}
