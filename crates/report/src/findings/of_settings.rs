//! Which settings lead to least and most, and which axes move an outcome.

use crate::figures::{self, axes, leading, ranked, settings, title_of};
use crate::folder::Results;
use crate::numbers::Numbers;
use crate::words::{Language, filled_with};
use toguna_model::outcomes::Outcome;
use toguna_output::Row;

/// Whether two intervals have anything in common; of what has none, that is not known to be otherwise.
fn overlap(a: Option<(f64, f64)>, b: Option<(f64, f64)>) -> bool {
    a.zip(b).is_none_or(|(a, b)| a.0 <= b.1 && b.0 <= a.1)
}

fn interval(row: &Row<'_>) -> Option<(f64, f64)> {
    row.number("low").zip(row.number("high"))
}

pub fn headline(results: &Results, language: Language) -> String {
    let words = language.words();
    let moved = figures::moved().find_map(|outcome| {
        let ranked = ranked(results, outcome.name);
        let axis = title_of(ranked.first()?.text("axis"));
        let title = language.title(outcome);
        let either = ranked.get(1).filter(|next| overlap(interval(&ranked[0]), interval(next)));
        Some(match either {
            None => filled_with(words.headline_moved, &[("title", title), ("axis", axis)]),
            Some(next) => {
                let gaps =
                    [("title", title), ("axis", axis), ("next", title_of(next.text("axis")))];
                filled_with(words.headline_either, &gaps)
            }
        })
    });
    moved.unwrap_or_else(|| {
        let titles: Vec<String> = axes(results).iter().map(|axis| axis.title()).collect();
        let gaps = [
            ("title", results.arms[0].title.clone()),
            ("points", results.table("points.csv").rows().count().to_string()),
            ("axes", titles.join(", ")),
        ];
        filled_with(words.headline_sweep, &gaps)
    })
}

pub fn sentences(results: &Results, language: Language) -> Vec<String> {
    let mut sentences: Vec<String> =
        figures::moved().filter_map(|outcome| moved(results, outcome, language)).collect();
    sentences.extend(figures::moved().filter_map(|outcome| ends(results, outcome, language)));
    sentences
}

/// The axes that move an outcome most.
fn moved(results: &Results, outcome: &Outcome, language: Language) -> Option<String> {
    let (words, numbers) = (language.words(), Numbers(language));
    let ranked = ranked(results, outcome.name);
    let written = |value: f64| match leading(results)[0] {
        "mu_star" => numbers.of(outcome, value),
        _ => numbers.plain(value),
    };
    let said = |row: &Row<'_>| {
        let ends = interval(row).map(|(low, high)| {
            let ends = [("low", written(low)), ("high", written(high))];
            filled_with(words.interval_short, &ends)
        });
        (written(row.number("value").unwrap_or(f64::NAN)), ends.unwrap_or_default())
    };
    let first = ranked.first()?;
    let (n, within) = said(first);
    let mut gaps = vec![
        ("title", language.title(outcome)),
        ("axis", title_of(first.text("axis"))),
        ("n", n),
        ("interval", within),
    ];
    let Some(next) = ranked.get(1) else {
        return Some(filled_with(words.find_moved_alone, &gaps));
    };
    let (m, second) = said(next);
    gaps.extend([("next", title_of(next.text("axis"))), ("m", m), ("second", second)]);
    let unsure = if overlap(interval(first), interval(next)) { words.find_order } else { "" };
    Some(filled_with(words.find_moved, &gaps) + unsure)
}

/// The settings that lead to least and most of an outcome.
fn ends(results: &Results, outcome: &Outcome, language: Language) -> Option<String> {
    let (words, axes) = (language.words(), axes(results));
    let mut settings = settings(results, &axes, outcome.name);
    settings.sort_by(|a, b| a.mean.total_cmp(&b.mean));
    let (least, most) = (settings.first()?, settings.last()?);
    let unit = Numbers(language).unit_after(outcome);
    let gaps = [
        ("title", language.title(outcome)),
        ("least", least.said(&axes, language)),
        ("low", least.number(outcome, language)),
        ("most", most.said(&axes, language)),
        ("high", most.number(outcome, language)),
        ("unit", unit),
    ];
    let apart = if overlap(least.interval, most.interval) { words.find_overlap } else { "" };
    Some(filled_with(words.find_least_most, &gaps).replace(" .", ".") + apart)
}
