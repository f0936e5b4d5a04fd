//! The paired difference over time: the best picture of a comparison, since what both policies share is not
//! in it.

use super::courses::{Courses, shown, year_of};
use super::over_time::{SIZE, few_bands, parting};
use crate::figure::{Figure, Panel, Value};
use crate::folder::Results;
use crate::numbers::Numbers;
use crate::words::{Language, filled};
use toguna_picture::legend::Sign;
use toguna_picture::lines::{Line, Lines};

pub fn figure(results: &Results, courses: &Courses, language: Language) -> Option<Figure> {
    let (words, numbers) = (language.words(), Numbers(language));
    let first = &results.arms[0];
    let parting = parting(results);
    let mark = parting.as_deref().map(|date| filled(words.parting_note, &[("date", date)]));
    let note =
        filled(words.difference_note, &[("first", &first.short)]) + mark.as_deref().unwrap_or("");
    let mut figure = Figure::new("difference", words.difference, note);
    let mut many = false;
    figure.head(&[
        words.outcome,
        words.scenario,
        words.date,
        words.difference_column,
        words.low,
        words.high,
        words.unit,
    ]);
    for outcome in shown() {
        let name = outcome.name;
        let unit = numbers.unit_of_difference_at_a_time(outcome);
        let mut lines = Vec::new();
        for (number, arm) in results.others().iter().enumerate() {
            let points = courses.points(&arm.name, &first.name, name);
            lines.push(Line { series: number + 1, points });
            let value = |raw| Value::maybe(raw, |it| numbers.difference(outcome, it));
            for (date, point) in courses.yearly(&arm.name, &first.name, name) {
                figure.table.rows.push(vec![
                    Value::text(language.title(outcome)),
                    Value::text(&arm.short),
                    Value::text(date),
                    value(point.y),
                    value(point.band.map(|it| it.0)),
                    value(point.band.map(|it| it.1)),
                    Value::text(&unit),
                ]);
            }
        }
        if lines.iter().all(|line| line.points.len() < 2) {
            continue;
        }
        many |= few_bands(&mut lines);
        let drawn = Lines {
            lines: &lines,
            x: courses.x,
            ticks: &courses.ticks,
            mark: parting.as_deref().map(year_of),
            from_zero: true,
        };
        let drawing = drawn.draw(SIZE, &|it| numbers.difference(outcome, it));
        figure.panels.push(Panel { name: language.title(outcome), unit, drawing, legend: None });
    }
    if many {
        figure.note += words.many_bands;
    }
    let names =
        results.others().iter().enumerate().map(|(number, arm)| (number + 1, arm.short.clone()));
    figure.legend = Some((Sign::Line, names.collect()));
    figure.whole = Some("over_time.csv");
    (!figure.panels.is_empty()).then_some(figure)
}
