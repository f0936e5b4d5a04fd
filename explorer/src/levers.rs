//! What can be turned: each lever with its meaning, unit, range and source, from the dictionary of
//! parameters, and how it stands in a world.

use crate::french::FRENCH;
use serde::Serialize;
use serde_json::Value;
use std::sync::LazyLock;
use toguna_scenario::dictionary::Parameter;
use toguna_scenario::file::Scenario;
use toguna_scenario::schema::Schema;
use toguna_session::World;

/// Where a path begins that is a lever's.
const POLICY: &str = "policy.";

/// Levers that belong together, by the beginning of their paths; what is nowhere named comes last.
const GROUPS: &[(&str, &str, &[&str])] = &[
    (
        "Force",
        "La force",
        &[
            "military_pressure",
            "restraint",
            "hold_after_clearing",
            "defence_share",
            "army_size",
            "partner_presence",
        ],
    ),
    (
        "Talks",
        "Les pourparlers",
        &[
            "stance_on_dialogue",
            "national_dialogue",
            "invited",
            "community_seats",
            "mediators",
            "prisoner_exchange",
            "dialogue_share",
        ],
    ),
    (
        "Local pacts",
        "Les accords locaux",
        &["local_pacts", "pact_support_budget", "bind_militias", "extra.pacts"],
    ),
    (
        "Fighters who leave",
        "Les combattants qui partent",
        &["reintegration_offer", "amnesty", "extra.reintegration"],
    ),
    (
        "Services and money",
        "Les services et l’argent",
        &[
            "services_share",
            "humanitarian_share",
            "reinvest_savings",
            "aid_conditionality",
            "extra",
        ],
    ),
    ("Elections", "Les élections", &["election_date", "extend_transition"]),
];
const OTHERS: (&str, &str) = ("Weather and others", "La météo et le reste");

/// One lever of the dictionary. In its path `*` stands for a name.
#[derive(Serialize)]
pub struct Lever {
    /// As `--set` takes it.
    path: String,
    title: String,
    group: &'static str,
    meaning: String,
    unit: String,
    range: String,
    source: String,
    kind: Kind,
}

/// How a page lets it be turned.
#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Kind {
    /// Between two numbers.
    Range {
        least: f64,
        most: f64,
    },
    /// A whole number.
    Whole,
    Switch,
    Date,
    Choice {
        of: Vec<String>,
    },
    /// Any of the scenario's groups.
    Groups,
}

/// How a lever stands; its path has no `*`.
#[derive(Debug, Serialize)]
pub struct Standing {
    path: String,
    /// None where nothing is set.
    value: Value,
}

/// The dictionary's.
static PARAMETERS: LazyLock<Vec<Parameter>> = LazyLock::new(|| {
    let all = Schema::of::<Scenario>().parameters();
    all.into_iter().filter(|it| it.path.starts_with(POLICY)).collect()
});

/// The levers that a page can offer.
pub fn levers(french: bool) -> Vec<Lever> {
    let offered = PARAMETERS.iter().filter_map(|it| Some((kind_of(it)?, it.clone())));
    offered.map(|it| lever(it, french)).collect()
}

fn lever((kind, parameter): (Kind, Parameter), french: bool) -> Lever {
    let own = &parameter.path[POLICY.len()..];
    let begins = |name: &&&str| {
        own.strip_prefix(**name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    // The longest beginning: money for pacts is with the pacts.
    let fits = GROUPS.iter().filter_map(|(english, french, names)| {
        Some((names.iter().filter(begins).map(|name| name.len()).max()?, (*english, *french)))
    });
    let group = fits.max_by_key(|(length, _)| *length).map_or(OTHERS, |(_, group)| group);
    let told = FRENCH.levers.get(own).filter(|_| french);
    let name = || own.replace(".*", "").replace('.', ": ").replace('_', " ");
    Lever {
        title: told.map_or_else(name, |told| told.title.clone()),
        group: if french { group.1 } else { group.0 },
        kind,
        range: range_in_words(&parameter.range, &parameter.unit, french),
        meaning: told.map_or(parameter.meaning, |told| told.meaning.clone()),
        unit: told.map_or(parameter.unit, |told| told.unit.clone()),
        path: parameter.path,
        source: parameter.source,
    }
}

/// As the page lets it be turned: money in billions, choices by their names.
fn range_in_words(range: &str, unit: &str, french: bool) -> String {
    let say = |english: &str, in_french: &str| {
        if french { in_french.to_owned() } else { english.to_owned() }
    };
    match range {
        "true or false" => return say("yes or no", "oui ou non"),
        "a date" => return say("a date", "une date"),
        "list of: text" => return say("any of the groups", "un ou plusieurs des groupes"),
        _ => {}
    }
    let Some((least, most)) = range.rsplit(", ").next().and_then(|ends| ends.split_once(" to "))
    else {
        return range.replace(" | ", ", ").replace('_', " ");
    };
    let most =
        most.strip_suffix("000000000").filter(|_| unit.starts_with("francs")).unwrap_or(most);
    say(&format!("{least} to {most}"), &format!("de {least} à {most}"))
}

/// From the range in words; none of what no page can offer.
fn kind_of(parameter: &Parameter) -> Option<Kind> {
    let range = parameter.range.as_str();
    if range == "true or false" {
        return Some(Kind::Switch);
    }
    if range == "a date" {
        return Some(Kind::Date);
    }
    if range.starts_with("whole number") {
        return Some(Kind::Whole);
    }
    if range.contains(" | ") {
        return Some(Kind::Choice { of: range.split(" | ").map(str::to_owned).collect() });
    }
    if parameter.path.ends_with(".invited") {
        return Some(Kind::Groups);
    }
    let (least, most) = range.split_once(" to ")?;
    Some(Kind::Range { least: least.parse().ok()?, most: most.parse().ok()? })
}

/// Every lever as it now stands, names in the place of `*`.
pub fn as_they_stand(world: &World) -> Vec<Standing> {
    let model = world.model();
    let policy = serde_json::to_value(&model.policy).expect("levers are plain numbers and names");
    let mut standing = Vec::new();
    for lever in PARAMETERS.iter().filter(|it| kind_of(it).is_some()) {
        let path = &lever.path[POLICY.len()..];
        let Some((table, _)) = path.split_once(".*") else {
            let pointer = format!("/{}", path.replace('.', "/"));
            let value = policy.pointer(&pointer).cloned().unwrap_or(Value::Null);
            standing.push(Standing { path: lever.path.clone(), value });
            continue;
        };
        let names: Vec<&str> = match table {
            "partner_presence" => model.partners.iter().map(|it| it.name.as_str()).collect(),
            _ => model.regions.iter().map(String::as_str).collect(),
        };
        for name in names {
            // A partner that is not named comes in full.
            let unset = if table == "partner_presence" { 1.0 } else { 0.0 };
            let value = policy[table].get(name).cloned().unwrap_or_else(|| unset.into());
            standing.push(Standing { path: format!("{POLICY}{table}.{name}"), value });
        }
    }
    standing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lever_of_the_model_can_be_offered_and_has_what_a_reader_needs() {
        let offered = levers(false);
        assert_eq!(offered.len(), PARAMETERS.len());
        for lever in &offered {
            assert!(!lever.meaning.is_empty() && !lever.unit.is_empty(), "{}", lever.path);
        }
        let kind = |path: &str| &offered.iter().find(|it| it.path == path).unwrap().kind;
        assert_eq!(*kind("policy.restraint"), Kind::Range { least: 0.0, most: 1.0 });
        assert_eq!(*kind("policy.stance_on_dialogue"), Kind::Range { least: -1.0, most: 1.0 });
        assert_eq!(*kind("policy.election_date"), Kind::Date);
        assert!(matches!(kind("policy.local_pacts"), Kind::Choice { of } if of.len() == 4));
    }

    #[test]
    fn ranges_are_told_as_levers_are_turned() {
        assert_eq!(range_in_words("0 to 1", "share", true), "de 0 à 1");
        assert_eq!(
            range_in_words("whole number, 0 to 10000000", "persons", false),
            "0 to 10000000"
        );
        let money = "whole number, 0 to 1000000000000000";
        assert_eq!(range_in_words(money, "francs per year", false), "0 to 1000000");
        assert_eq!(range_in_words("off | top_down", "kind", false), "off, top down");
    }

    #[test]
    fn what_is_named_in_a_group_is_a_lever() {
        let paths: Vec<String> = levers(false).into_iter().map(|it| it.path).collect();
        for name in GROUPS.iter().flat_map(|(.., names)| *names) {
            let path = format!("{POLICY}{name}");
            assert!(paths.iter().any(|it| it.starts_with(&path)), "{name}");
        }
    }

    #[test]
    fn every_lever_has_its_french_words_and_none_has_too_many() {
        let (english, french) = (levers(false), levers(true));
        assert_eq!(french.len(), FRENCH.levers.len());
        for (english, french) in english.iter().zip(&french) {
            assert_eq!(english.path, french.path);
            assert_ne!(english.title, french.title, "{}", english.path);
            assert_ne!(english.meaning, french.meaning, "{}", english.path);
            assert_ne!(english.group, french.group, "{}", english.path);
        }
    }
}
