//! Who pays: what befalls the people of each region, constituency and cohort, for a thousand of them.

use crate::figure::{Figure, Panel, Value};
use crate::folder::{Arm, Results};
use crate::numbers::Numbers;
use crate::words::{Language, Word, filled};
use std::collections::BTreeMap;
use toguna_output::Row;
use toguna_picture::bars::{Bar, Bars};
use toguna_picture::legend::Sign;

/// What people are told apart by, as the table writes it, with the name, the title and the first column of
/// its figure.
const BY: [(&str, &str, Word, Word); 3] = [
    ("region", "regions", |words| words.regions, |words| words.region),
    ("constituency", "constituencies", |words| words.constituencies, |words| words.constituency),
    ("cohort", "cohorts", |words| words.cohorts, |words| words.cohort),
];

/// What may befall them, as the table writes it.
const WHAT: [(&str, Word); 4] = [
    ("civilians_killed", |words| words.paid_civilians),
    ("fighters_killed", |words| words.paid_fighters),
    ("recruits", |words| words.paid_recruits),
    ("displaced", |words| words.paid_displaced),
];

/// The rows of one way to tell people apart, by scenario, scenario it is measured from, part, and what.
type Rows<'r> = BTreeMap<(&'r str, &'r str, &'r str, &'r str), Row<'r>>;

pub fn figures(results: &Results, language: Language) -> Vec<Figure> {
    let figure = |(by, name, title, head): &(&str, &str, Word, Word)| {
        let mut rows = Rows::new();
        let mut parts: Vec<&str> = Vec::new();
        for row in results.table("who_pays.csv").rows().filter(|row| row.text("by") == *by) {
            let [scenario, first, part, what] =
                ["scenario", "first", "part", "what"].map(|column| row.text(column));
            if !parts.contains(&part) {
                parts.push(part);
            }
            rows.insert((scenario, first, part, what), row);
        }
        let words = language.words();
        let mut figure = Figure::new(*name, title(words), words.who_pays_note);
        for (what, label) in WHAT {
            let arms: Vec<(usize, &Arm)> = results.arms.iter().enumerate().collect();
            let panel = panel(&rows, &parts, (what, label(words)), "", &arms, language);
            figure.panels.extend(panel);
        }
        for (what, label) in WHAT {
            let first = &results.arms[0];
            let others: Vec<(usize, &Arm)> = results.arms.iter().enumerate().skip(1).collect();
            let gaps = [("what", label(words)), ("first", &first.short)];
            let label = filled(words.difference_from, &gaps);
            let panel = panel(&rows, &parts, (what, &label), &first.name, &others, language);
            figure.panels.extend(panel);
        }
        table(&mut figure, results, &rows, &parts, head(words), language);
        figure.legend_of_arms(results, Sign::Area);
        figure.whole = Some("who_pays.csv");
        // One part has nobody to be compared with.
        (parts.len() > 1 && !figure.panels.is_empty()).then_some(figure)
    };
    BY.iter().filter_map(figure).collect()
}

/// A number for a thousand of those who were there at the start.
fn rate(row: &Row<'_>, column: &str) -> Option<f64> {
    let people = row.number("people").filter(|people| *people > 0.0)?;
    // Four digits that count are more than it is sure of.
    format!("{:.3e}", 1000.0 * row.number(column)? / people).parse().ok()
}

/// The parts with a bar for each scenario, or for its difference from the first, the hardest hit under the
/// first of them on top.
fn panel(
    rows: &Rows<'_>,
    parts: &[&str],
    (what, name): (&str, &str),
    from: &str,
    arms: &[(usize, &Arm)],
    language: Language,
) -> Option<Panel> {
    let bar = |arm: &str, part: &str| -> Option<Bar> {
        let row = rows.get(&(arm, from, part, what))?;
        Some(Bar { value: rate(row, "mean")?, interval: rate(row, "low").zip(rate(row, "high")) })
    };
    let bars = |part: &&str| -> Option<(String, Vec<Bar>)> {
        let bars = arms.iter().map(|(_, arm)| bar(&arm.name, part)).collect::<Option<_>>()?;
        Some((language.part_of_people(part), bars))
    };
    let mut found: Vec<(String, Vec<Bar>)> = parts.iter().filter_map(bars).collect();
    let hit = |bars: &[Bar]| bars.first().map_or(0.0, |bar| bar.value);
    found.sort_by(|a, b| hit(&b.1).total_cmp(&hit(&a.1)));
    if found.iter().all(|(_, bars)| bars.iter().all(|bar| bar.value == 0.0)) {
        return None;
    }
    let names: Vec<String> = found.iter().map(|(name, _)| name.clone()).collect();
    let series: Vec<(usize, Vec<Bar>)> = (arms.iter().enumerate())
        .map(|(place, (arm, _))| (*arm, found.iter().map(|(_, bars)| bars[place]).collect()))
        .collect();
    let numbers = Numbers(language);
    let written = |it: f64| if from.is_empty() { numbers.plain(it) } else { numbers.signed(it) };
    let drawing = Bars { categories: &names, series: &series }.draw(340.0, &written);
    let unit = language.words().per_thousand.to_owned();
    Some(Panel { name: name.to_owned(), unit, drawing, legend: None })
}

/// Each part under each scenario, then the paired differences from the first.
fn table(
    figure: &mut Figure,
    results: &Results,
    rows: &Rows<'_>,
    parts: &[&str],
    head: &str,
    language: Language,
) {
    let (words, numbers) = (language.words(), Numbers(language));
    figure.head(&[
        head,
        words.what_befalls,
        words.scenario,
        words.people_at_start,
        words.persons,
        words.low,
        words.high,
        words.per_thousand,
    ]);
    let first = &results.arms[0].name;
    let arms = results.arms.iter().map(|arm| (arm.name.as_str(), "", arm.short.clone()));
    let differences = results.others().iter().map(|arm| {
        let against = results.against(arm, language);
        let name = filled(words.map_difference, &[("against", &against)]);
        (arm.name.as_str(), first.as_str(), name)
    });
    for (scenario, first, name) in arms.chain(differences) {
        let written =
            |it: f64| if first.is_empty() { numbers.plain(it) } else { numbers.signed(it) };
        for part in parts {
            for (what, label) in WHAT {
                let Some(row) = rows.get(&(scenario, first, *part, what)) else { continue };
                let cell = |raw: Option<f64>| Value::maybe(raw, written);
                figure.table.rows.push(vec![
                    Value::text(language.part_of_people(part)),
                    Value::text(label(words)),
                    Value::text(&name),
                    Value::maybe(row.number("people"), |it| numbers.plain(it)),
                    cell(row.number("mean")),
                    cell(row.number("low")),
                    cell(row.number("high")),
                    cell(rate(row, "mean")),
                ]);
            }
        }
    }
}
