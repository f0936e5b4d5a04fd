//! What the money is spent on under each policy, and what of that differs.

use super::totals::{Found, means, outcomes, panel, table};
use crate::figure::{Figure, Panel};
use crate::folder::{Arm, Results};
use crate::numbers::Numbers;
use crate::words::{Language, filled, filled_with};
use toguna_model::outcomes::{OUTCOMES, Outcome};
use toguna_picture::bars::{Bar, Bars};
use toguna_picture::legend::Sign;

/// The line that is so large that beside it no other could be read: it is said in words.
const LARGEST: &str = "spending_administration";

/// Differences smaller than this part of the largest are left out.
const LEAST: f64 = 0.01;

/// Width of a panel, px.
const WIDTH: f64 = 340.0;

fn is_line(outcome: &Outcome) -> bool {
    outcome.name.starts_with("spending_")
}

pub fn figure(results: &Results, language: Language) -> Option<Figure> {
    let (words, numbers) = (language.words(), Numbers(language));
    let found = means(results, outcomes(language, is_line));
    let largest = language.part(&OUTCOMES[Outcome::place_of(LARGEST)?]);
    let (rest, drawn): (Vec<&Found>, Vec<&Found>) =
        found.iter().partition(|(name, _)| *name == largest);
    if drawn.is_empty() {
        return None;
    }
    let bars = rest.iter().flat_map(|(_, bars)| bars);
    let each = results.arms.iter().zip(bars).map(|(arm, bar)| {
        let gaps = [("n", numbers.plain(bar.value)), ("name", arm.short.clone())];
        filled_with(words.spending_else, &gaps)
    });
    let rest = each.collect::<Vec<_>>().join(", ");
    let mut figure =
        Figure::new("spending", words.spending, filled(words.spending_note, &[("else", &rest)]));
    let drawn = panel(&drawn, WIDTH, language);
    let (name, unit) = (words.spending_lines.to_owned(), language.unit("bn francs"));
    figure.panels.push(Panel { name, unit, ..drawn });
    figure.panels.extend(differences(results, language));
    table(&mut figure, results, words.outcome, &found, language);
    figure.legend_of_arms(results, Sign::Area);
    Some(figure)
}

/// The paired differences from the first scenario, all lines, those that differ most on top.
fn differences(results: &Results, language: Language) -> Option<Panel> {
    let (words, numbers) = (language.words(), Numbers(language));
    let comparison = results.table("comparison.csv");
    let bar = |arm: &Arm, outcome: &Outcome| {
        let mut rows = comparison.rows().filter(|row| row.text("outcome") == outcome.name);
        let row = rows.find(|row| row.text("other") == arm.name)?;
        let value = |column: &str| row.number(column).map(|it| outcome.for_people(it).0);
        Some(Bar { value: value("difference")?, interval: value("low").zip(value("high")) })
    };
    let mut found: Vec<(String, Vec<Bar>)> = Vec::new();
    for outcome in OUTCOMES.iter().filter(|outcome| is_line(outcome)) {
        let bars: Option<Vec<Bar>> = results.others().iter().map(|arm| bar(arm, outcome)).collect();
        found.extend(bars.map(|bars| (language.part(outcome), bars)));
    }
    let most = |bars: &[Bar]| bars.iter().map(|bar| bar.value.abs()).fold(0.0, f64::max);
    let largest = found.iter().map(|(_, bars)| most(bars)).fold(f64::MIN_POSITIVE, f64::max);
    found.retain(|(_, bars)| most(bars) >= LEAST * largest);
    found.sort_by(|a, b| most(&b.1).total_cmp(&most(&a.1)));
    let first = &results.arms.first()?.short;
    let names: Vec<String> = found.iter().map(|(name, _)| name.clone()).collect();
    let of = |arm: usize| found.iter().map(|(_, bars)| bars[arm]).collect();
    let series: Vec<(usize, Vec<Bar>)> =
        (0..results.others().len()).map(|arm| (arm + 1, of(arm))).collect();
    let written = |it: f64| numbers.signed(it);
    let drawing = Bars { categories: &names, series: &series }.draw(WIDTH, &written);
    let name = filled(words.difference_from, &[("what", words.spending_lines), ("first", first)]);
    let unit = language.unit("bn francs");
    (!found.is_empty()).then_some(Panel { name, unit, drawing, legend: None })
}
