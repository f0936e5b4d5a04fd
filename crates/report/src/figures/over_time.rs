//! Outcomes over time, with the band in which most runs lie.

use super::courses::{Courses, shown, year_of};
use crate::figure::{Figure, Panel, Table, Value};
use crate::folder::Results;
use crate::numbers::Numbers;
use crate::words::{Language, filled};
use toguna_model::outcomes::Outcome;
use toguna_picture::legend::Sign;
use toguna_picture::lines::{Line, Lines};

/// Lines whose bands are drawn; more would hide each other.
const BANDS: usize = 3;

/// Where there are many lines, each keeps the band of its last point alone; whether it is so.
pub fn few_bands(lines: &mut [Line]) -> bool {
    let many = lines.len() > BANDS;
    for line in lines.iter_mut().filter(|_| many) {
        let last = line.points.len().saturating_sub(1);
        line.points[..last].iter_mut().for_each(|point| point.band = None);
    }
    many
}

/// Width and height of a panel, px.
pub const SIZE: (f64, f64) = (320.0, 170.0);

/// The day from which the scenarios differ: the earliest of all.
pub fn parting(results: &Results) -> Option<String> {
    let partings = results.table("partings.csv");
    let dates = partings.rows().map(|row| row.text("scenarios_part").to_owned());
    dates.min().filter(|date| *date > results.start)
}

pub fn figure(results: &Results, courses: &Courses, language: Language) -> Option<Figure> {
    let (words, numbers) = (language.words(), Numbers(language));
    let parting = parting(results);
    let mark = parting.as_deref().map(|date| filled(words.parting_note, &[("date", date)]));
    let note = words.over_time_note.to_owned() + mark.as_deref().unwrap_or("");
    let mut figure = Figure::new("over-time", words.over_time, note);
    let mut many = false;
    figure.head(&[
        words.outcome,
        words.scenario,
        words.date,
        words.mean,
        words.low,
        words.high,
        words.unit,
    ]);
    for outcome in shown() {
        let name = outcome.name;
        let line = |(number, arm): (usize, &crate::folder::Arm)| Line {
            series: number,
            points: courses.points(&arm.name, "", name),
        };
        let mut lines: Vec<Line> = results.arms.iter().enumerate().map(line).collect();
        many |= few_bands(&mut lines);
        if lines.iter().all(|line| line.points.len() < 2) {
            continue;
        }
        let unit = numbers.unit_of_a_week(outcome);
        rows(&mut figure.table, results, courses, outcome, language, &unit);
        let drawn = Lines {
            lines: &lines,
            x: courses.x,
            ticks: &courses.ticks,
            mark: parting.as_deref().map(year_of),
            from_zero: unit != "%",
        };
        let drawing = drawn.draw(SIZE, &|it| numbers.of(outcome, it));
        figure.panels.push(Panel { name: language.title(outcome), unit, drawing, legend: None });
    }
    if many {
        figure.note += words.many_bands;
    }
    figure.legend_of_arms(results, Sign::Line);
    figure.whole = Some("over_time.csv");
    (!figure.panels.is_empty()).then_some(figure)
}

fn rows(
    table: &mut Table,
    results: &Results,
    courses: &Courses,
    outcome: &Outcome,
    language: Language,
    unit: &str,
) {
    let numbers = Numbers(language);
    let value = |raw| Value::maybe(raw, |it| numbers.of(outcome, it));
    for arm in &results.arms {
        for (date, point) in courses.yearly(&arm.name, "", outcome.name) {
            table.rows.push(vec![
                Value::text(language.title(outcome)),
                Value::text(&arm.short),
                Value::text(date),
                value(point.y),
                value(point.band.map(|it| it.0)),
                value(point.band.map(|it| it.1)),
                Value::text(unit),
            ]);
        }
    }
}
