//! What the numbers say, in words that are never stronger than their intervals.

mod of_facts; // runs beside the facts
mod of_settings; // what a sweep varies, and which axes move an outcome
mod of_worlds; // in how many plausible worlds a policy helps

pub use of_facts::wrong;

use crate::beside::{Beside, beside, clear};
use crate::figures::{self, SHOWN, rows_of, shown};
use crate::folder::{Arm, OVER_WORLDS, Results};
use crate::numbers::Numbers;
use crate::words::{Language, Word, filled, filled_with};
use toguna_experiment::statistics::{Confidence, mean_interval};
use toguna_model::outcomes::{Headline, MoreIs, OUTCOMES, Outcome};
use toguna_output::Row;

/// Nouns of the first of [`SHOWN`]: these may stand in a headline.
const NOUNS: [Word; 5] = [
    |words| words.noun_civilians_killed,
    |words| words.noun_deaths,
    |words| words.noun_recruits,
    |words| words.noun_fighters,
    |words| words.noun_displaced,
];

/// More policies without a clear difference are counted in a headline and not named.
const NAMED: usize = 3;

/// The finding of the page in one line.
pub fn headline(results: &Results, language: Language) -> String {
    match results.experiment() {
        "validate" => return of_facts::headline(results, language),
        "sweep" => return of_settings::headline(results, language),
        OVER_WORLDS => return of_worlds::headline(results, language),
        _ => {}
    }
    match results.others() {
        [] => results.arms[0].title.clone(),
        [other] => conclusion(results, other, &headlines(), language),
        others => of_several(results, others, language),
    }
}

/// Of several policies: those that change the first outcome that any of them changes clearly, and how; those of
/// [`NOUNS`] go before the others.
fn of_several(results: &Results, others: &[Arm], language: Language) -> String {
    let words = language.words();
    if results.manifest.inputs.replicates < 2 {
        return words.headline_one_run.to_owned();
    }
    let quoted = |arm: &Arm| filled(words.quoted, &[("name", &arm.short)]);
    let first = quoted(&results.arms[0]);
    let signs = |name: &str| -> Vec<f64> {
        let sign = |other: &Arm| {
            let rows = rows_of(results, &other.name);
            let (outcome, row) = rows.iter().find(|(outcome, _)| outcome.name == name)?;
            clear(outcome, row).map(f64::signum)
        };
        others.iter().map(|other| sign(other).unwrap_or(0.0)).collect()
    };
    let nouns = shown().take(NOUNS.len());
    let changed = nouns.chain(headlines()).map(|outcome| (outcome, signs(outcome.name)));
    let Some((outcome, signs)) =
        changed.into_iter().find(|(_, signs)| signs.iter().any(|sign| *sign != 0.0))
    else {
        let n = others.len().to_string();
        return filled(words.headline_several_none, &[("n", &n), ("first", &first)]);
    };
    let kinds = [(-1.0, words.fewer_with), (1.0, words.more_with), (0.0, words.unclear_with)];
    let phrases = kinds.into_iter().filter_map(|(wanted, sentence)| {
        let those = others.iter().zip(&signs).filter(|(_, sign)| **sign == wanted);
        let names: Vec<String> = those.map(|(other, _)| quoted(other)).collect();
        let named = match names.len() {
            0 => return None,
            n if n > NAMED && wanted == 0.0 => filled(words.the_others, &[("n", &n.to_string())]),
            _ => listed(&names, words.and),
        };
        Some(filled(sentence, &[("names", &named)]))
    });
    let phrase = phrases.collect::<Vec<_>>().join("; ");
    let gaps = [("title", language.title(outcome)), ("first", first), ("phrase", phrase)];
    filled_with(words.headline_several, &gaps)
}

/// `A, B and C`
fn listed(names: &[String], and: &str) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
    }
}

/// The outcomes that a page is about.
fn headlines() -> Vec<&'static Outcome> {
    Outcome::headlines(|_| true).into_iter().map(|(_, outcome)| outcome).collect()
}

/// All that was found: sentences, each list under a heading where there are several.
pub fn all(results: &Results, language: Language) -> Vec<(Option<String>, Vec<String>)> {
    let words = language.words();
    match results.experiment() {
        "validate" => return vec![(None, of_facts::sentences(results, language))],
        "sweep" => return vec![(None, of_settings::sentences(results, language))],
        OVER_WORLDS => return of_worlds::sentences(results, language),
        "run" => return vec![(None, of_run(results, language))],
        _ => {}
    }
    let first = &results.arms[0].short;
    let of = |other: &Arm| {
        let against = filled(words.against, &[("other", &other.short), ("first", first)]);
        let heading = format!("{against}: {}", phrase(results, other, &headlines(), language));
        (Some(heading), sentences(results, other, language))
    };
    let grants = grants(results, language).map(|said| (None, vec![said]));
    let beside = beside_each_other(results, language);
    grants.into_iter().chain(results.others().iter().map(of)).chain(beside).collect()
}

/// What was drawn of the grants for one purpose, where that is not the same for all who were given any.
pub fn grants(results: &Results, language: Language) -> Option<String> {
    let (words, numbers) = (language.words(), Numbers(language));
    let extra = &OUTCOMES[Outcome::place_of("extra")?];
    let table = results.table("comparison.csv");
    let drawn = results.others().iter().filter_map(|other| {
        let mut rows = table.rows().filter(|row| row.text("outcome") == extra.name);
        Some((other, rows.find(|row| row.text("other") == other.name)?.number("mean_other")?))
    });
    let drawn: Vec<(&Arm, f64)> = drawn.collect();
    let most = drawn.iter().map(|it| it.1).fold(0.0, f64::max);
    if drawn.iter().all(|(_, francs)| most - francs <= ALIKE * most) {
        return None;
    }
    let each = drawn.iter().map(|(arm, francs)| {
        let gaps = [("name", arm.short.clone()), ("n", numbers.plain(extra.for_people(*francs).0))];
        filled_with(words.grant_of, &gaps)
    });
    let gaps = [("drawn", listed(&each.collect::<Vec<_>>(), words.and))];
    Some(filled_with(words.grants, &gaps))
}

/// Grants that differ by no more than this part of the largest are the same francs.
const ALIKE: f64 = 0.05;

/// Every two policies that differ clearly, under a heading.
fn beside_each_other(
    results: &Results,
    language: Language,
) -> Option<(Option<String>, Vec<String>)> {
    let (words, numbers) = (language.words(), Numbers(language));
    let pairs = beside(results);
    let change = |pair: &Beside<'_>| {
        let (found, written) = (pair.found.difference, |it| numbers.difference(pair.outcome, it));
        let gaps = [
            ("title", language.title(pair.outcome)),
            ("n", written(found.value)),
            ("low", written(found.interval.low)),
            ("high", written(found.interval.high)),
        ];
        filled_with(words.beside_change, &gaps)
    };
    let same =
        |a: &Beside<'_>, b: &Beside<'_>| a.one.name == b.one.name && a.other.name == b.other.name;
    let mut said = Vec::new();
    for of_pair in pairs.chunk_by(same) {
        let clear = of_pair.iter().filter(|it| it.clear);
        let changes: Vec<String> = clear.map(change).collect();
        if !changes.is_empty() {
            let gaps = [("pair", of_pair[0].title(language)), ("changes", changes.join("; "))];
            said.push(filled_with(words.beside_found, &gaps));
        }
    }
    let unclear = pairs.iter().filter(|it| !it.clear).count();
    if unclear > 0 {
        let n = [("n", unclear.to_string()), ("all", pairs.len().to_string())];
        said.push(filled_with(words.beside_unclear, &n));
    }
    (!pairs.is_empty()).then(|| (Some(words.beside.to_owned()), said))
}

/// One policy and what it changes clearly.
pub fn conclusion(
    results: &Results,
    other: &Arm,
    shown: &[&Outcome],
    language: Language,
) -> String {
    let phrase = phrase(results, other, shown, language);
    filled(language.words().headline, &[("title", &other.short), ("phrase", &phrase)])
}

/// What one policy changes clearly among [`NOUNS`] and the outcomes that are shown: the first in words, the
/// others by their number.
fn phrase(results: &Results, other: &Arm, shown: &[&Outcome], language: Language) -> String {
    let (words, numbers) = (language.words(), Numbers(language));
    if results.manifest.inputs.replicates < 2 {
        return words.headline_one_run.to_owned();
    }
    let table = results.table("comparison.csv");
    let clear = |outcome: &Outcome| {
        let mut rows = table.rows().filter(|row| row.text("outcome") == outcome.name);
        clear(outcome, &rows.find(|row| row.text("other") == other.name)?)
    };
    let nouns = figures::shown().zip(NOUNS).filter_map(|(outcome, noun)| {
        let value = clear(outcome)?;
        let n = numbers.size_of_difference(outcome, value);
        let sentence = if value < 0.0 { words.fewer } else { words.more };
        Some(filled(sentence, &[("n", &n), ("noun", noun(words))]))
    });
    let named = |outcome: &Outcome| SHOWN.iter().take(NOUNS.len()).any(|it| *it == outcome.name);
    // What is a means, as money, stands last.
    let (means, ends): (Vec<&Outcome>, Vec<&Outcome>) =
        shown.iter().filter(|it| !named(it)).partition(|it| it.more_is == MoreIs::Neither);
    let others = ends.into_iter().chain(means).filter_map(|outcome| {
        let gaps = [
            ("title", language.title(outcome)),
            ("n", numbers.difference(outcome, clear(outcome)?)),
            ("unit", numbers.unit_of_difference(outcome)),
        ];
        Some(filled_with(words.changed, &gaps).trim_end().to_owned())
    });
    let mut clear: Vec<String> = nouns.chain(others).collect();
    let more = clear.split_off(clear.len().min(SAID));
    let said = clear.join(", ");
    match more.len() {
        0 if clear.is_empty() => words.headline_none.to_owned(),
        0 => said,
        n => filled(words.and_more, &[("said", &said), ("n", &n.to_string())]),
    }
}

/// Clear differences that a conclusion says in words.
const SAID: usize = 2;

/// A sentence for each of [`SHOWN`], and for each other headline of a comparison that stands out.
fn sentences(results: &Results, other: &Arm, language: Language) -> Vec<String> {
    let words = language.words();
    if results.manifest.inputs.replicates < 2 {
        return vec![words.find_one_run.to_owned()];
    }
    let rows = rows_of(results, &other.name);
    let of = |name: &str| rows.iter().find(|(outcome, _)| outcome.name == name);
    let headlines = Outcome::headlines(|_| true).into_iter().map(|(_, outcome)| outcome.name);
    let others = headlines.filter(|name| !SHOWN.contains(name)).filter_map(of);
    let said = SHOWN.iter().filter_map(|name| of(name));
    let said = said.chain(others.filter(|(outcome, row)| clear(outcome, row).is_some()));
    said.filter_map(|(outcome, row)| sentence(results, outcome, row, language)).collect()
}

fn sentence(
    results: &Results,
    outcome: &Outcome,
    row: &Row<'_>,
    language: Language,
) -> Option<String> {
    let (words, numbers) = (language.words(), Numbers(language));
    let [difference, low, high] =
        [row.number("difference")?, row.number("low")?, row.number("high")?];
    let title = language.title(outcome);
    let unit = numbers.unit_of_difference(outcome);
    let clear = clear(outcome, row).is_some();
    let size = |value: f64| numbers.size_of_difference(outcome, value);
    let signed = |value: f64| numbers.difference(outcome, value);
    // What is counted is fewer, what is measured is less.
    let counted = !matches!(outcome.for_people(0.0).1, "" | "%" | "% of normal" | "bn francs");
    let (less, more) = match counted {
        true => (words.find_fewer, words.find_more_of),
        false => (words.find_less, words.find_more),
    };
    let (sentence, n, [low, high]) = if low == high && difference == 0.0 {
        (words.find_same, String::new(), [String::new(), String::new()])
    } else if clear && high < 0.0 {
        (less, format!("{} {unit}", size(difference)), [size(high), size(low)])
    } else if clear && low > 0.0 {
        (more, format!("{} {unit}", size(difference)), [size(low), size(high)])
    } else if low > 0.0 || high < 0.0 {
        (words.find_weak, signed(difference), [signed(low), signed(high)])
    } else {
        (words.find_none, String::new(), [signed(low), signed(high)])
    };
    let mean = row.number("mean_first").unwrap_or(0.0);
    let share = if mean == 0.0 { 0.0 } else { 100.0 * (difference / mean).abs() };
    // Of a share no share is said: 3 % of 43 % is read as something else. Nor is a share of nothing.
    let is_share = outcome.for_people(0.0).1 == "%";
    let unit_of_mean = if is_share { String::new() } else { numbers.unit_at_a_time(outcome) };
    let of = format!("{} {unit_of_mean}", numbers.of(outcome, mean));
    let share = (10.0 * share).round() / 10.0;
    let share =
        if share > 0.0 { numbers.plain(share) } else { format!("< {}", numbers.plain(0.1)) };
    let gaps = [
        ("p", share + " %"),
        ("n", of.trim().to_owned()),
        ("first", results.arms[0].short.clone()),
    ];
    let without_share = is_share || mean == 0.0;
    let sentence_of_share = if without_share { words.from_first } else { words.of_first };
    let share = filled_with(sentence_of_share, &gaps);
    let gaps = [
        ("title", title),
        ("n", n),
        ("size", size(difference)),
        ("low", low),
        ("high", high),
        ("share", share),
        ("unit", unit),
    ];
    Some(filled_with(sentence, &gaps))
}

/// What a single scenario leads to: the outcomes of its short table.
fn of_run(results: &Results, language: Language) -> Vec<String> {
    let (words, numbers) = (language.words(), Numbers(language));
    let outcomes = Outcome::headlines(|it| matches!(it, Headline::OfRuns(_))).into_iter();
    outcomes
        .map(|(_, outcome)| {
            let values: Vec<f64> = results
                .table("runs.csv")
                .rows()
                .filter_map(|row| row.number(outcome.name))
                .collect();
            let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
            let interval = mean_interval(&values, Confidence::NINETY_FIVE).map(|it| {
                let ends = [it.interval.low, it.interval.high].map(|end| numbers.of(outcome, end));
                filled(words.interval_short, &[("low", &ends[0]), ("high", &ends[1])])
            });
            let gaps = [
                ("title", language.title(outcome)),
                ("n", numbers.of(outcome, mean)),
                ("interval", interval.unwrap_or_default()),
                ("unit", numbers.unit_after(outcome)),
            ];
            let said = filled_with(words.find_run, &gaps);
            said.replace(" .", ".")
        })
        .collect()
}
