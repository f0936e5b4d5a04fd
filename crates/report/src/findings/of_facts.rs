//! How many facts the runs meet, and which they do not.

use crate::folder::Results;
use crate::numbers::Numbers;
use crate::words::{Language, Word, filled_with};
use std::sync::LazyLock;
use toguna_output::{ReadBack, Row};

/// The last validation of the model: what `toguna validate scenarios/mali/history.toml --replicates 20` wrote.
static LAST: LazyLock<ReadBack> = LazyLock::new(|| {
    let table =
        ReadBack::of_text("validated.csv", include_str!("../../data/validated.csv"), |_| true);
    table.unwrap_or_else(|error| unreachable!("{error}"))
});

/// Runs of the last validation.
const LAST_RUNS: &str = "20";

/// What a kind of facts comes to.
struct Count {
    passes: usize,
    judged: usize,
    inside: usize,
    known: usize,
}

fn count(table: &ReadBack, used_for: &str) -> Count {
    let rows = || table.rows().filter(|row| row.text("used_for") == used_for);
    let of = |column: &str, truth: &str| rows().filter(|row| row.text(column) == truth).count();
    let (passes, inside) = (of("passes", "true"), of("inside", "true"));
    Count {
        passes,
        judged: passes + of("passes", "false"),
        inside,
        known: inside + of("inside", "false"),
    }
}

pub fn headline(results: &Results, language: Language) -> String {
    let words = language.words();
    let facts = results.table("validation.csv");
    let check = count(facts, "check");
    let (sentence, count) = match check.judged {
        0 => (words.headline_fitted, count(facts, "fit")),
        _ => (words.headline_validate, check),
    };
    let gaps = [("passes", count.passes.to_string()), ("judged", count.judged.to_string())];
    filled_with(sentence, &gaps)
}

pub fn sentences(results: &Results, language: Language) -> Vec<String> {
    let words = language.words();
    let facts = results.table("validation.csv");
    let kinds: [(&str, Word); 3] = [
        ("check", |words| words.facts_check),
        ("fit", |words| words.facts_fit),
        ("shown", |words| words.facts_shown),
    ];
    let counted = |(used_for, title): (&str, Word)| {
        let Count { passes, judged, inside, known } = count(facts, used_for);
        let gaps = [
            ("title", title(words).to_owned()),
            ("passes", passes.to_string()),
            ("judged", judged.to_string()),
            ("inside", inside.to_string()),
            ("known", known.to_string()),
        ];
        let sentence = if judged == 0 { words.find_shown } else { words.find_facts };
        (judged + known > 0).then(|| filled_with(sentence, &gaps))
    };
    let mut sentences: Vec<String> = kinds.into_iter().filter_map(counted).collect();
    let rows = || facts.rows();
    let missed = rows().filter(|row| row.text("passes") == "false");
    sentences.extend(missed.map(|row| miss(words.find_missed, &row, language)));
    let unmeasured = rows().filter(|row| !row.text("lacking").is_empty());
    sentences.extend(unmeasured.map(|row| {
        let gaps = [("fact", name_of(&row)), ("why", row.text("lacking").to_owned())];
        filled_with(words.find_unmeasured, &gaps)
    }));
    sentences
}

/// What the model gets wrong, by its last validation: how much of it, and each fact to check that is missed.
pub fn wrong(language: Language) -> (String, Vec<String>) {
    let (check, fit) = (count(&LAST, "check"), count(&LAST, "fit"));
    let gaps = [
        ("n", LAST_RUNS.to_owned()),
        ("passes", check.passes.to_string()),
        ("judged", check.judged.to_string()),
        ("fitted", fit.passes.to_string()),
        ("fits", fit.judged.to_string()),
    ];
    let missed = LAST.rows().filter(|row| row.text("passes") == "false");
    let missed = missed.filter(|row| row.text("used_for") == "check");
    let missed = missed.map(|row| miss(language.words().wrong_fact, &row, language)).collect();
    (filled_with(language.words().wrong_said, &gaps), missed)
}

fn name_of(row: &Row<'_>) -> String {
    format!("{} {}", row.text("number"), row.text("title"))
}

fn miss(sentence: &str, row: &Row<'_>, language: Language) -> String {
    let plain = |column: &str| row.number(column).map(|it| Numbers(language).plain(it));
    let tolerated = Numbers(language).range(row.number("lowest"), row.number("highest"));
    let wanted = plain("wanted").map_or(tolerated.clone(), |it| format!("{it} ({tolerated})"));
    let gaps = [
        ("fact", name_of(row)),
        ("wanted", wanted),
        (
            "got",
            format!("{} {}", plain("mean").unwrap_or_default(), row.text("unit")).trim().to_owned(),
        ),
    ];
    filled_with(sentence, &gaps)
}
