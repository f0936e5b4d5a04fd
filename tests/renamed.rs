//! A name of an older version is refused and told the new one, and every new one exists.

use toguna::experiment::design::Design;
use toguna::model::outcomes::Outcome;
use toguna::scenario::checked::read;
use toguna::scenario::file::Scenario;
use toguna::scenario::renamed::{KEYS, OUTCOMES, help};
use toguna::scenario::schema::Schema;
use toguna::scenario::source::Disk;

const VALLEY: &str = "scenarios/lessons/valley.toml";

/// What is said of a scenario with one value set over it.
fn refusal(setting: &str) -> String {
    let read = read(&Disk, VALLEY.as_ref(), &[setting.to_owned()]);
    read.err().map_or_else(String::new, |problems| problems.to_string())
}

#[test]
fn every_old_key_is_refused_with_the_new_one_and_every_new_one_exists() {
    let mut known: Vec<String> = Vec::new();
    for parameters in [Schema::of::<Scenario>().parameters(), Schema::of::<Design>().parameters()] {
        known.extend(parameters.into_iter().map(|parameter| parameter.path));
    }
    let exists = |key: &str| {
        let below = format!("{key}.");
        known.iter().any(|path| path == key || path.starts_with(&below))
    };
    for (old, new) in KEYS {
        assert!(exists(new), "{new} is no key");
        assert!(!exists(old), "{old} is still a key");
        // `random_numbers` is a key of designs, whose refusal is stored in `tests/bad_designs`.
        if Schema::of::<Scenario>().parameters().iter().any(|it| it.path.starts_with(new)) {
            let said = refusal(&format!("{old}=1"));
            assert!(said.contains(&help((old, new))), "{old}: {said}");
        }
    }
}

#[test]
fn every_old_outcome_is_refused_with_the_new_one_and_every_new_one_exists() {
    for (old, new) in OUTCOMES {
        assert!(Outcome::place_of(new).is_some(), "{new} is no outcome");
        assert!(Outcome::place_of(old).is_none(), "{old} is still an outcome");
        let said = refusal(&format!(
            "timeline=[{{ when = \"{old} > 1\", policy = {{ restraint = 1.0 }} }}]"
        ));
        assert!(said.contains(&help((old, new))), "{old}: {said}");
    }
}
