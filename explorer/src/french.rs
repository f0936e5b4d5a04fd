//! French words of what is inside: scenarios and levers.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct French {
    /// By path below `scenarios/`, without its ending.
    pub scenarios: BTreeMap<String, Scenario>,
    /// By path below `policy.`.
    pub levers: BTreeMap<String, Lever>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    pub title: String,
    pub sentence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lever {
    pub title: String,
    pub unit: String,
    pub meaning: String,
}

pub static FRENCH: LazyLock<French> = LazyLock::new(|| {
    toml::from_str(include_str!("../data/french.toml")).expect("it is read by a test")
});
