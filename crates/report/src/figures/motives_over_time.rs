//! Recruits by motive over time, one drawing for each scenario, over the same axis.

use super::courses::{Courses, year_of};
use super::over_time::{SIZE, parting};
use crate::figure::{Figure, Panel, Value};
use crate::folder::Results;
use crate::numbers::Numbers;
use crate::words::Language;
use toguna_model::outcomes::{OUTCOMES, Outcome};
use toguna_picture::legend::Sign;
use toguna_picture::stack::Stack;

pub fn figure(results: &Results, courses: &Courses, language: Language) -> Option<Figure> {
    let (words, numbers) = (language.words(), Numbers(language));
    let motives: Vec<&Outcome> = OUTCOMES
        .iter()
        .filter(|it| it.name.starts_with("recruits_") && it.meaning.contains("primary motive"))
        .collect();
    let parts = |arm: &str| -> Vec<(String, Vec<f64>)> {
        let values = |outcome: &Outcome| {
            let points = courses.points(arm, "", outcome.name);
            points.into_iter().map(|point| point.y.unwrap_or(0.0)).collect()
        };
        motives.iter().map(|outcome| (language.part(outcome), values(outcome))).collect()
    };
    let arms: Vec<_> = results.arms.iter().map(|arm| (arm, parts(&arm.name))).collect();
    let most = arms.iter().map(|(_, parts)| Stack::highest(parts)).fold(0.0, f64::max);
    let recruits = &OUTCOMES[Outcome::place_of("recruits")?];
    let unit = numbers.unit_of_a_week(recruits);
    let mut figure =
        Figure::new("motives-over-time", words.motives_over_time, words.motives_over_time_note);
    figure.head(&[words.motive, words.scenario, words.date, words.mean]);
    for (arm, parts) in &arms {
        let places: Vec<f64> =
            courses.points(&arm.name, "", "recruits").iter().map(|it| it.x).collect();
        if places.len() < 2 || parts.iter().any(|(_, values)| values.len() != places.len()) {
            return None;
        }
        let mark = parting(results).as_deref().map(year_of);
        let stack = Stack { places: &places, parts, ticks: &courses.ticks, mark, most };
        let drawing = stack.draw((SIZE.0, 200.0), &|it| numbers.plain(it));
        figure.panels.push(Panel {
            name: arm.short.clone(),
            unit: unit.clone(),
            drawing,
            legend: None,
        });
        for outcome in &motives {
            for (date, point) in courses.yearly(&arm.name, "", outcome.name) {
                figure.table.rows.push(vec![
                    Value::text(language.part(outcome)),
                    Value::text(&arm.short),
                    Value::text(date),
                    Value::maybe(point.y, |it| numbers.plain(it)),
                ]);
            }
        }
    }
    let names = motives.iter().enumerate().map(|(number, it)| (number + 1, language.part(it)));
    figure.legend = Some((Sign::Area, names.collect()));
    figure.whole = Some("over_time.csv");
    Some(figure)
}
