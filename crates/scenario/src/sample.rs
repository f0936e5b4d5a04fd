//! A small scenario type for this room's tests, written as the real one is.

use super::overlay::Overlay;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use toguna_units::{Date, Money, Share, Weeks};

/// A scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// What it is called. Unit: text. Source: the author.
    pub name: String,
    /// The first day. Unit: date. Source: the author.
    pub start: Date,
    /// How long it runs. Unit: duration. Source: the author.
    pub length: Weeks,
    /// The day of the next election, if one is planned. Unit: date. Source: the author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub election: Option<Date>,
    /// How many people one agent stands for. Unit: people. Source: a choice of cost.
    #[serde(default = "one")]
    #[schemars(range(min = 1, max = 1000))]
    pub people_per_agent: u32,
    /// Who rules. Unit: kind of regime. Source: the author.
    #[serde(default)]
    pub regime: Regime,
    /// What the state does.
    #[serde(default)]
    pub policy: Policy,
    /// The armed groups, by name.
    #[serde(default)]
    pub groups: BTreeMap<String, Group>,
    /// What changes, and when.
    #[serde(default)]
    pub timeline: Vec<Entry>,
    /// Years of drought. Unit: years. Source: the author.
    #[serde(default)]
    pub droughts: Vec<i16>,
}

fn one() -> u32 {
    1
}

/// What the state does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// Weight of offensive operations. Unit: share of forces. Source: assumed.
    pub military_pressure: Share,
    /// Care taken of civilians. Unit: share. Source: assumed.
    pub restraint: Share,
    /// Spent on pacts. Unit: francs a week. Source: assumed.
    #[schemars(range(min = 0))]
    pub pact_support_budget: Money,
    /// Spent on each service. Unit: share of the budget. Source: assumed.
    pub services: BTreeMap<String, Share>,
}

impl Default for Policy {
    fn default() -> Self {
        Policy {
            military_pressure: Share::of(0.5),
            restraint: Share::of(0.3),
            pact_support_budget: Money(0),
            services: BTreeMap::from([("health".to_owned(), Share::of(0.1))]),
        }
    }
}

/// An armed group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its full name. Unit: text. Source: the author.
    pub name: String,
    /// How strongly fear damps joining. Unit: per unit of fear. Source: assumed.
    #[serde(default = "two")]
    #[schemars(range(min = 0.0))]
    pub fear_weight: f64,
    /// Fighters at the start. Unit: people. Source: Ayad and others (2023).
    #[serde(default)]
    pub fighters: u32,
    /// Whether it bargains. Unit: yes or no. Source: assumed.
    #[serde(default)]
    pub bargains: bool,
}

fn two() -> f64 {
    2.0
}

/// One change.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Entry {
    /// The day. Unit: date. Source: the author.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Date>,
    /// The condition. Unit: condition. Source: the author.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// The levers that change.
    #[serde(skip_serializing_if = "Overlay::is_empty")]
    pub policy: Overlay<Policy>,
}

/// Who rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Regime {
    /// After an election.
    #[default]
    Elected,
    /// After a coup.
    MilitaryTransition,
    Vacuum,
}

/// A scenario that uses all of it.
pub const WHOLE: &str = r#"
name = "a small land"
start = "2012-01-01"
length = "10 years"
regime = "military_transition"
droughts = [2014, 2018]

[policy]
military_pressure = 0.25
services.water = 0.125

[groups.jnim]
name = "Support group"
fear_weight = 1.5
fighters = 170

[[timeline]]
at = "2013-01-11"
policy.restraint = 1

[[timeline]]
when = "legitimacy < 0.3"
"#;
