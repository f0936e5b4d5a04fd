//! What the page offers: scenarios with a sentence each, lessons with their texts, outcomes, levers, and how
//! the model did in its last validation.

use crate::french::FRENCH;
use crate::levers;
use crate::shelf::{FILES, INSIDE};
use serde_json::{Value, json};
use toguna_model::RESULTS_VERSION;
use toguna_model::outcomes::{OUTCOMES, OverARun};
use toguna_report::{Language, Numbers, SHOWN, wrong};

pub fn catalogue(language: Language) -> Value {
    let outcome = |outcome: &toguna_model::outcomes::Outcome| {
        json!({
            "name": outcome.name,
            "title": language.title(outcome),
            "unit": Numbers(language).unit_of_a_week(outcome),
            "meaning": outcome.meaning,
            "total": outcome.over_a_run == OverARun::Total,
        })
    };
    let (score, missed) = wrong(language);
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "results": RESULTS_VERSION,
        "scenarios": scenarios(language),
        "lessons": text_of("lessons/lessons.toml").parse::<toml::Table>().expect("what is shipped is TOML"),
        "outcomes": OUTCOMES.iter().map(outcome).collect::<Vec<_>>(),
        "shown": SHOWN,
        "levers": levers::levers(language == Language::French),
        "score": score,
        "missed": missed,
    })
}

fn text_of(name: &str) -> &'static str {
    let file = FILES.iter().find(|(path, _)| *path == name);
    file.map_or("", |(_, text)| text)
}

/// Every scenario that can be run: path, title, and the first sentence of its head.
fn scenarios(language: Language) -> Vec<Value> {
    let mut found = Vec::new();
    for (path, text) in FILES.iter().filter(|(path, _)| path.ends_with(".toml")) {
        let table: toml::Table = text.parse().expect("what is shipped is TOML");
        // What others extend has no name, and a design has a kind.
        if !table.contains_key("name") || table.contains_key("kind") {
            continue;
        }
        let name = table.get("name").and_then(toml::Value::as_str);
        let title = table.get("title").and_then(toml::Value::as_str).or(name);
        let english = (title.unwrap_or_default().to_owned(), first_sentence(text));
        let french = || FRENCH.scenarios.get(path.trim_end_matches(".toml"));
        let (title, sentence) = match language {
            Language::English => english,
            Language::French => {
                french().map_or(english, |it| (it.title.clone(), it.sentence.clone()))
            }
        };
        found.push(json!({
            "path": format!("{INSIDE}/{path}"),
            "title": title,
            "sentence": sentence,
        }));
    }
    found
}

/// The first sentence of the comment at the head of a file.
fn first_sentence(text: &str) -> String {
    let comment = text.lines().map_while(|line| line.strip_prefix('#'));
    let comment = comment.filter(|line| !line.starts_with(':')).map(str::trim);
    let comment = comment.collect::<Vec<_>>().join(" ");
    // A dot in the name of a file ends no sentence.
    let ends = [". ", "? "].iter().filter_map(|end| comment.find(end)).min();
    ends.map_or(comment.clone(), |end| comment[..=end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scenario_inside_has_french_words_and_no_other_has_any() {
        let (english, french) = (scenarios(Language::English), scenarios(Language::French));
        assert_eq!(french.len(), FRENCH.scenarios.len());
        for (english, french) in english.iter().zip(&french) {
            for word in ["title", "sentence"] {
                assert_ne!(english[word], french[word], "{word} of {}", english["path"]);
                assert_ne!(french[word], "", "{word} of {}", english["path"]);
            }
        }
    }

    #[test]
    fn a_dot_in_the_name_of_a_file_ends_no_sentence() {
        assert_eq!(
            first_sentence("#:schema x\n# See a.csv for\n# more. Or less?\nx = 1"),
            "See a.csv for more."
        );
        assert_eq!(first_sentence("# What if? All.\n"), "What if?");
        assert_eq!(first_sentence("# One only.\n"), "One only.");
    }
}
