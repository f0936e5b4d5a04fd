//! In how many plausible worlds a policy helps, and where it does not.

use crate::figures::{MOST_WORLDS, rows_over_worlds, share, shown};
use crate::folder::{Arm, Results};
use crate::numbers::Numbers;
use crate::words::{Language, filled_with};
use toguna_model::outcomes::Outcome;
use toguna_output::Row;

/// The first outcome that some policy betters, or worsens, in nearly all worlds; else that none does.
pub fn headline(results: &Results, language: Language) -> String {
    let (words, numbers) = (language.words(), Numbers(language));
    let found = shown().find_map(|outcome| {
        let of = |other: &Arm| {
            let rows = rows_over_worlds(results, &other.name);
            let (_, row) = rows.iter().find(|(it, _)| it.name == outcome.name)?;
            let helps = row.number("helps")?;
            let sentence = match helps {
                helps if helps >= MOST_WORLDS => words.headline_worlds_better,
                helps if helps <= 1.0 - MOST_WORLDS => words.headline_worlds_worse,
                _ => return None,
            };
            let worse = format!("{} %", numbers.digits(100.0 * (1.0 - helps), 0));
            let gaps = [
                ("policy", other.short.clone()),
                ("share", share(row, "helps", numbers)),
                ("worse", worse),
            ];
            Some(filled_with(sentence, &gaps))
        };
        let said: Vec<String> = results.others().iter().filter_map(of).collect();
        let gaps = [("title", language.title(outcome)), ("phrases", said.join("; "))];
        (!said.is_empty()).then(|| filled_with(words.headline_worlds, &gaps))
    });
    found.unwrap_or_else(|| words.headline_worlds_none.to_owned())
}

/// What is said of each policy.
pub fn sentences(results: &Results, language: Language) -> Vec<(Option<String>, Vec<String>)> {
    let of = |other: &Arm| {
        let rows = rows_over_worlds(results, &other.name);
        let said = rows.iter().filter_map(|(outcome, row)| {
            let fails = fails(results, other, outcome, language);
            Some(found(outcome, row, language)? + &fails.unwrap_or_default())
        });
        (Some(results.against(other, language)), said.collect())
    };
    results.others().iter().map(of).collect()
}

fn found(outcome: &Outcome, row: &Row<'_>, language: Language) -> Option<String> {
    let (words, numbers) = (language.words(), Numbers(language));
    let written = |column: &str| row.number(column).map(|it| numbers.difference(outcome, it));
    let gaps = [
        ("title", language.title(outcome)),
        ("n", written("median")?),
        ("unit", numbers.unit_of_difference(outcome)),
        ("low", written("p05")?),
        ("high", written("p95")?),
        ("share", share(row, "helps", numbers)),
    ];
    let sentence =
        if row.number("helps").is_some() { words.find_worlds } else { words.find_worlds_neither };
    Some(filled_with(sentence, &gaps).replace("  ", " "))
}

/// The worlds in which it most often does not help, where anything tells them from the others.
fn fails(results: &Results, other: &Arm, outcome: &Outcome, language: Language) -> Option<String> {
    let (words, numbers) = (language.words(), Numbers(language));
    let is_wanted = |row: &Row<'_>| {
        row.text("other") == other.name
            && row.text("outcome") == outcome.name
            && row.text("part") == "0"
            && !row.text("conditions").is_empty()
    };
    let row = results.table("fails.csv").rows().find(is_wanted)?;
    let conditions = row.text("conditions").replace("below", words.below);
    let conditions = conditions.replace("or more", words.or_more);
    let gaps = [
        ("failing", share(&row, "failing", numbers)),
        ("share", share(&row, "share", numbers)),
        ("conditions", conditions),
    ];
    Some(filled_with(words.find_fails, &gaps))
}
