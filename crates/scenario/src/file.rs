//! What a scenario file may say. The schema, the parameter dictionary and every check follow from
//! these types.

use super::overlay::Overlay;
use schemars::{JsonSchema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use toguna_model::budget::state::Finances;
use toguna_model::government::state::Regime;
use toguna_model::pacts::state::Terms;
use toguna_model::partners::state::{Payer, Veto};
use toguna_model::rules::Rules;
use toguna_model::words::livelihoods::Livelihood;
use toguna_model::words::mechanisms::Mechanisms;
use toguna_model::world::group::{Appeal, GroupKind};
use toguna_model::world::policy::Policy;
use toguna_units::{Date, Money, Share, narrow};

/// A scenario: a world at a date, what the state does, and what is known to come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Short name; its runs go to `output/<name>/`. Unit: name. Source: the author.
    pub name: String,
    /// What it is called in reports. Unit: text. Source: the author.
    #[serde(default)]
    pub title: String,
    /// What it represents and which levers do it. Unit: text. Source: the author.
    #[serde(default)]
    pub description: String,
    /// First and last day.
    pub time: Time,
    /// How people are simulated.
    #[serde(default)]
    pub people: PeopleSettings,
    /// Tables of places, roads and people, as files beside the scenario.
    pub tables: Tables,
    /// Livelihoods and lineages by short name.
    pub constituencies: BTreeMap<String, ConstituencySettings>,
    /// Neighbouring countries by short name.
    #[serde(default)]
    pub abroad: BTreeMap<String, AbroadSettings>,
    /// Armed groups by short name.
    #[serde(default)]
    pub groups: BTreeMap<String, GroupSettings>,
    /// Foreign forces beside the state, by short name.
    #[serde(default)]
    pub partners: BTreeMap<String, PartnerSettings>,
    /// The government at the start.
    #[serde(default)]
    pub government: GovernmentSettings,
    /// Money: what comes in, and what things cost.
    #[serde(default)]
    pub budget: Finances,
    /// The levers at the start.
    #[serde(default)]
    pub policy: Policy,
    /// Parameters of the rules.
    #[serde(default)]
    pub rules: Rules,
    /// What is switched off.
    #[serde(default)]
    pub mechanisms: Mechanisms,
    /// Pacts and blockades that stand at the start.
    #[serde(default)]
    pub pacts: Vec<PactSettings>,
    /// Changes to levers, by date or by condition.
    #[serde(default)]
    pub timeline: Vec<TimelineEntry>,
}

/// The time simulated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Time {
    /// First day of the first week. Unit: date. Source: the author.
    pub start: Date,
    /// The last week is the last one that ends on or before this day. Unit: date. Source: the author.
    pub end: Date,
}

impl Time {
    /// Whole weeks from start to end, the day of `end` included.
    #[must_use]
    pub fn weeks(&self) -> u32 {
        narrow((self.start.days_until(self.end) + 1).max(0).div_euclid(7))
    }
}

/// How people are simulated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PeopleSettings {
    /// Adults that one simulated adult stands for. Above 1, small commands lose their grain and event
    /// sizes come in steps. Unit: persons. Source: model; 1 simulates everyone.
    #[schemars(range(min = 1, max = 10_000))]
    pub people_per_agent: u32,
    /// Residents aged 15 or over. Unit: share of residents. Source: assumed.
    pub adults: Share,
    /// Shape k of the frailty Gamma(mean 1, shape k); small k means that people differ much.
    /// Unit: shape. Source: assumed; it cannot be learned at three fighters per thousand.
    #[schemars(range(min = 0.05, max = 1_000.0))]
    pub frailty_shape: f64,
}

impl Default for PeopleSettings {
    fn default() -> Self {
        PeopleSettings { people_per_agent: 1, adults: Share::of(0.53), frailty_shape: 1.0 }
    }
}

/// Tables beside the scenario, relative to the file that names them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tables {
    /// Communities: where they are and how many live there. Unit: file. Source: the author.
    pub communities: String,
    /// Ways between communities. Unit: file. Source: the author.
    pub neighbours: String,
    /// Constituencies' shares of each community. Unit: file. Source: the author.
    pub constituents: String,
    /// How things stand in each cercle at the start. Unit: file. Source: the author.
    pub places: String,
    /// Commands of armed groups at the start. Unit: file. Source: the author.
    pub commands: String,
    /// The army by zone at the start. Unit: file. Source: the author.
    pub army: String,
    /// Who fights whom, since when. Unit: file. Source: the author.
    pub hostility: String,
}

/// A livelihood and a lineage or social group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConstituencySettings {
    /// What it is called in reports. Unit: text. Source: the author.
    #[serde(default)]
    pub title: String,
    /// Say in decisions that concern it. Unit: share. Source: assumed.
    pub voice: Share,
    /// What it lives on. Unit: kind. Source: the author.
    #[serde(default)]
    pub livelihood: Livelihood,
    /// Part of its living that comes from herds. Unit: share. Source: assumed.
    #[serde(default)]
    pub herding: Share,
    /// Part of its living that comes from fields. Unit: share. Source: assumed.
    #[serde(default)]
    pub farming: Share,
}

/// A neighbouring country.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AbroadSettings {
    /// What it is called in reports. Unit: text. Source: the author.
    #[serde(default)]
    pub title: String,
    /// Where refugees gather. Unit: degrees north. Source: the author.
    #[schemars(range(min = -90.0, max = 90.0))]
    pub latitude: f64,
    /// Where refugees gather. Unit: degrees east. Source: the author.
    #[schemars(range(min = -180.0, max = 180.0))]
    pub longitude: f64,
    /// Cercles on its border. Unit: names. Source: the author.
    #[serde(default)]
    pub borders: Vec<String>,
    /// How safe bands are across the border. Unit: share. Source: assumed.
    #[serde(default)]
    pub sanctuary: Share,
    /// Fighters who come over a week, by group; they join its largest command on the border.
    /// Unit: persons per week. Source: assumed.
    #[serde(default)]
    #[schemars(schema_with = "fighters_by_group")]
    pub inflow: BTreeMap<String, f64>,
    /// Refugees it hosts at the start, adults and dependants. Unit: persons. Source: the author.
    #[serde(default)]
    #[schemars(range(min = 0, max = 10_000_000))]
    pub refugees: u32,
}

fn fighters_by_group(_: &mut SchemaGenerator) -> schemars::Schema {
    let each = json!({ "type": "number", "minimum": 0.0, "maximum": 10_000.0 });
    json_schema!({ "type": "object", "additionalProperties": each })
}

/// An armed group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupSettings {
    /// What it is called in reports. Unit: text. Source: the author.
    #[serde(default)]
    pub title: String,
    /// What kind of group it is. Unit: kind. Source: the author.
    pub kind: GroupKind,
    /// Share of its aims that is ideological; the rest is local. Unit: share. Source: assumed.
    pub ideological: Share,
    /// How hard it holds to its demands. Unit: share. Source: assumed.
    pub rigidity: Share,
    /// How far it will not talk while foreign soldiers hunt it. Unit: share. Source: assumed.
    #[serde(default)]
    pub demands_foreign_exit: Share,
    /// How freely it attacks civilians it suspects. Unit: factor; 1 is ordinary. Source: assumed.
    #[serde(default = "one")]
    #[schemars(range(min = 0.0, max = 20.0))]
    pub violence_against_civilians: f64,
    /// Whether its commands threaten state schools. Unit: switch. Source: assumed.
    #[serde(default)]
    pub opposes_school: bool,
    /// Income from outside and from trade. Unit: median incomes a week for each founding fighter.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub revenue_per_fighter: f64,
    /// How close each constituency feels to it; 0 where none is given. Unit: share. Source: assumed.
    #[serde(default)]
    pub affinity: BTreeMap<String, Share>,
    /// How much it offers for each motive.
    #[serde(default)]
    pub appeal: Appeal,
    /// The day on which its commands are founded, unless the table of commands gives them another; it
    /// exists from the start without one. Bands for self-defence may be founded by people who are alarmed before.
    /// Unit: date. Source: the author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub founded: Option<Date>,
    /// The condition after which it is founded instead of a day. Unit: condition. Source: the author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) founded_when: Option<String>,
    /// The group it splits from when it is founded. Unit: group. Source: the author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) splits_from: Option<String>,
    /// Part of that group's fighters it takes along, in whole commands. Unit: share. Source: assumed.
    #[serde(default)]
    pub takes: Share,
    /// The group it becomes part of. Unit: group. Source: the author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merges_into: Option<String>,
    /// The day on which it does. Unit: date. Source: the author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merges_on: Option<Date>,
    /// The condition after which it does. Unit: condition. Source: the author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) merges_when: Option<String>,
}

fn one() -> f64 {
    1.0
}

/// A foreign force beside the state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartnerSettings {
    /// What it is called in reports. Unit: text. Source: the author.
    #[serde(default)]
    pub title: String,
    /// The day from which it is there, if it is wanted; there from the start where none is given.
    /// Unit: date. Source: the author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrives: Option<Date>,
    /// The day from which it leaves; it stays where none is given. Unit: date. Source: the author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leaves: Option<Date>,
    /// Soldiers in the country when all it offers is wanted. Unit: persons. Source: the author.
    #[schemars(range(min = 0, max = 10_000_000))]
    pub soldiers: u32,
    /// Where they stand; the shares add up to 1.
    pub zones: ZoneShares,
    /// What one of its soldiers is worth in an operation. Unit: soldiers of the state.
    /// Source: assumed.
    #[serde(default = "one")]
    #[schemars(range(min = 0.0, max = 20.0))]
    pub capability: f64,
    /// How far its own operations spare civilians. Unit: share. Source: assumed.
    pub restraint: Share,
    /// Effort it puts into operations; 1 is the reference of the violence rates, 0 hunts nobody.
    /// Unit: factor. Source: assumed.
    #[serde(default = "one")]
    #[schemars(range(min = 0.0, max = 10.0))]
    pub hunting: f64,
    /// How far its soldiers, where they are many, keep attackers from civilians. Unit: share.
    /// Source: assumed.
    #[serde(default)]
    pub protection: Share,
    /// How much one of its soldiers is exposed to attacks and to losses, beside one of the state's:
    /// patrols on foot or armoured bases. Unit: factor. Source: assumed.
    #[serde(default = "one")]
    #[schemars(range(min = 0.0, max = 10.0))]
    pub exposure: f64,
    /// What its full strength costs. Unit: francs a week. Source: the author.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1_000_000_000_000_i64))]
    pub cost_per_week: Money,
    /// Whose money that is. Unit: payer. Source: the author.
    pub paid_by: Payer,
    /// What its full presence adds to the logit of the state's legitimacy; below 0 for a partner that
    /// is resented as a guardian, above 0 for one that stands for a free choice. Unit: logit.
    /// Source: assumed.
    #[serde(default)]
    #[schemars(range(min = -3.0, max = 3.0))]
    pub sovereignty: f64,
    /// What it will not have the state do: `talks`, `pacts`. Unit: list. Source: the author.
    #[serde(default)]
    pub vetoes: Vec<Veto>,
    /// Whether donors hold its presence against the state. Unit: switch. Source: the author.
    #[serde(default)]
    pub donors_object: bool,
}

/// How something is split over the zones; the shares add up to 1.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ZoneShares {
    /// Part in the north. Unit: share. Source: the author.
    pub north: Share,
    /// Part in the centre. Unit: share. Source: the author.
    pub centre: Share,
    /// Part in the south. Unit: share. Source: the author.
    pub south: Share,
}

impl ZoneShares {
    /// In the order of [`toguna_model::words::geography::Zone::ALL`].
    #[must_use]
    pub fn each(&self) -> [f64; 3] {
        [self.north, self.centre, self.south].map(Share::get)
    }
}

/// The government at the start.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct GovernmentSettings {
    /// What the state is believed to be entitled to. Unit: share. Source: assumed.
    pub legitimacy: Share,
    /// Who rules. Unit: regime. Source: the author.
    pub regime: Regime,
    /// Who rules when the vacuum after a coup ends. Unit: regime. Source: the author.
    pub after_coup: Regime,
    /// Institutional capacity. Unit: share. Source: assumed.
    pub capacity: Share,
    /// Public that wants dialogue with armed groups. Unit: share. Source: 0.558 in a survey of 2017
    /// cited by ISS Today.
    pub opinion_dialogue: Share,
    /// Reported deaths people remember at the start. Unit: deaths per million residents and week.
    /// Source: the author.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub deaths_in_the_news: f64,
    /// Day of the last coup before the start. Unit: date. Source: the author.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_coup: Option<Date>,
    /// Day of the last popular coup or real election before the start. Unit: date.
    /// Source: the author.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub honeymoon_since: Option<Date>,
    /// How welcome that was. Unit: share. Source: assumed.
    pub honeymoon: Share,
}

impl Default for GovernmentSettings {
    fn default() -> Self {
        GovernmentSettings {
            legitimacy: Share::of(0.5),
            regime: Regime::Elected,
            after_coup: Regime::MilitaryTransition,
            capacity: Share::of(0.35),
            opinion_dialogue: Share::of(0.56),
            deaths_in_the_news: 0.0,
            last_coup: None,
            honeymoon_since: None,
            honeymoon: Share::ALL,
        }
    }
}

/// A pact, or a blockade, that stands at the start.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PactSettings {
    /// The cercle it holds in: its places nearest to the command's base, towns last. Unit: name.
    /// Source: the author.
    pub cercle: String,
    /// How many of its communities. Unit: communities. Source: the author.
    #[serde(default = "one_place")]
    #[schemars(range(min = 1, max = 1_000))]
    pub places: u32,
    /// The command, as in the table of commands. Unit: command. Source: the author.
    pub command: String,
    /// When it was signed, or when the blockade began; the start at the latest. Unit: date.
    /// Source: the author.
    pub since: Date,
    /// Whether it is a blockade and nothing is agreed. Unit: switch. Source: the author.
    #[serde(default)]
    pub blockade: bool,
    /// What is agreed.
    #[serde(default)]
    pub terms: Terms,
}

fn one_place() -> u32 {
    1
}

/// A change to the levers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TimelineEntry {
    /// The day from which it acts: the first week that begins on or after it. Unit: date.
    /// Source: the author.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Date>,
    /// The condition after which it acts, once: a comparison of outcomes of last week.
    /// Unit: condition. Source: the author.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// What happens, and where that is known from. Unit: text. Source: the author.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Levers that change.
    #[serde(skip_serializing_if = "Overlay::is_empty")]
    pub policy: Overlay<Policy>,
}
