//! Every lever does something: between a low and a high setting, an outcome on the valley differs
//! with a paired 95 % interval over 20 seeds that excludes 0. Whoever adds a lever adds a row.

use crate::arms;
use crate::worlds;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use toguna::experiment::design::CheckedDesign;
use toguna::experiment::statistics::Interval;
use toguna::experiment::sweep::Points;
use toguna::model::world::World;
use toguna::model::world::policy::Policy;
use toguna::scenario::prepared::PreparedScenario;
use toguna::scenario::source::{Disk, InMemory};

struct Row {
    lever: &'static str,
    /// Two settings of it, as `--set` takes them after `policy.`.
    low: &'static str,
    high: &'static str,
    /// What the lever moves on the valley.
    moves: &'static str,
    /// Within how many years.
    years: u32,
    /// Settings of both arms: a lever that is weak on the valley as it stands is given weight.
    given: &'static [&'static str],
}

const fn row(
    lever: &'static str,
    (low, high): (&'static str, &'static str),
    moves: &'static str,
) -> Row {
    Row { lever, low, high, moves, years: arms::YEARS, given: &[] }
}

impl Row {
    const fn over(self, years: u32) -> Row {
        Row { years, ..self }
    }

    const fn given(self, given: &'static [&'static str]) -> Row {
        Row { given, ..self }
    }
}

const WHOLE: (&str, &str) = ("=0.0", "=1.0");

/// More than the valley can spend on any one purpose.
const GRANT: (&str, &str) = ("=0", "=3_000_000_000");

const ROWS: &[Row] = &[
    row("military_pressure", WHOLE, "civilians_killed_by_state"),
    row("restraint", WHOLE, "civilians_killed_by_state"),
    row("services_share.health", ("=0.0", "=0.06"), "recruits_social_welfare"),
    row("services_share.schooling", ("=0.0", "=0.25"), "recruits_educational"),
    row("services_share.justice", ("=0.0", "=0.03"), "disputes"),
    row("services_share.water", ("=0.0", "=0.04"), "recruits_social_welfare"),
    row("defence_share", ("=0.02", "=0.4"), "health"),
    row("dialogue_share", ("=0.0", "=0.01"), "accords").given(CONVENED),
    row("humanitarian_share", ("=0.0", "=0.1"), "hunger"),
    row("extra.operations", GRANT, "civilians_killed_by_state"),
    row("extra.services", GRANT, "disputes"),
    row("extra.pacts", GRANT, "pacts_ended").over(5).given(UNPAID_SUPPORT),
    row("extra.reintegration", GRANT, "leavers_fatigue"),
    row("reinvest_savings", WHOLE, "health").given(&["policy.military_pressure=0"]),
    row("aid_conditionality", WHOLE, "health"),
    row("drought", ("=0.0", "=0.6"), "hunger"),
    row("drought_by_region", ("={}", "={upper=0.6, middle=0.6}"), "hunger"),
    row("reintegration_offer", WHOLE, "leavers_fatigue"),
    row("hold_after_clearing", WHOLE, "state_control").given(&["policy.military_pressure=0.8"]),
    row("partner_presence", (".guardians=0.0", ".guardians=1.0"), "legitimacy"),
    row("army_size.north", ("=20", "=400"), "soldiers_killed"),
    row("army_size.centre", ("=20", "=400"), "recruits_social_welfare"),
    row("army_size.south", ("=20", "=400"), "state_control"),
    row("stance_on_dialogue", ("=-1.0", "=1.0"), "legitimacy").given(&[
        "government.opinion_dialogue=0.95",
        "mechanisms.opinion_change=false",
        "partners.guardians.vetoes=[]",
    ]),
    row("election_date", ("=\"2020-06-01\"", "=\"2024-12-02\""), "recruits_political").given(&[
        "government.capacity=0.9",
        "mechanisms.capacity_change=false",
        "mechanisms.coups=false",
    ]),
    row("extend_transition", ("=false", "=true"), "legitimacy"),
    row("local_pacts", ("=\"suppress\"", "=\"support\""), "civilians_hurt").over(5).given(PRESSED),
    row("pact_support_budget", ("=0.0", "=0.02"), "coups").over(5).given(SUPPORTED),
    row("bind_militias", WHOLE, "pacts_ended").given(arms::MILITIAS_FIGHT_ON),
    row("national_dialogue", ("=\"off\"", "=\"inclusive\""), "civilians_hurt").given(INVITED),
    row("invited", ("=[]", "=[\"riders\", \"brotherhood\"]"), "recruits_protection")
        .given(CONVENED),
    row("community_seats", WHOLE, "accords").given(CONVENED),
    row("mediators", WHOLE, "aid").over(5).given(CONVENED),
    row("prisoner_exchange", WHOLE, "accords").given(CONVENED),
    row("amnesty", WHOLE, "trust").given(PRESSED),
];

/// Commands blockade much of the valley.
const PRESSED: &[&str] =
    &["rules.pacts.blockades_per_week=0.05", "rules.pacts.agreements_per_week=0.05"];

/// The same, and the state supports those who come to terms.
const SUPPORTED: &[&str] = &[
    "rules.pacts.blockades_per_week=0.05",
    "rules.pacts.agreements_per_week=0.05",
    "policy.local_pacts=\"support\"",
    "policy.pact_support_budget=0.01",
];

/// The same, and it has no money for them.
const UNPAID_SUPPORT: &[&str] = &[
    "rules.pacts.blockades_per_week=0.05",
    "rules.pacts.agreements_per_week=0.05",
    "policy.local_pacts=\"support\"",
];

/// A dialogue that can come about, if it is held.
const INVITED: &[&str] = &[
    "rules.dialogue.steps_per_week=1.0",
    "policy.invited=[\"brotherhood\", \"riders\"]",
    "policy.mediators=0.5",
    "partners.guardians.vetoes=[]",
];

/// The same, and it is held.
const CONVENED: &[&str] = &[
    "rules.dialogue.steps_per_week=1.0",
    "policy.national_dialogue=\"inclusive\"",
    "policy.invited=[\"brotherhood\", \"riders\"]",
    "partners.guardians.vetoes=[]",
];

/// Names of all levers, from the schema of the struct; a table of levers is named by its keys.
fn levers() -> BTreeSet<String> {
    fn gather(prefix: &str, table: &Value, all: &Value, found: &mut BTreeSet<String>) {
        for (key, value) in table["properties"].as_object().expect("a table has properties") {
            let name = format!("{prefix}{key}");
            let target = value["$ref"].as_str().and_then(|at| all.pointer(at.strip_prefix('#')?));
            match target.filter(|target| target["properties"].is_object()) {
                Some(inner) => gather(&format!("{name}."), inner, all, found),
                None => {
                    found.insert(name);
                }
            }
        }
    }
    let all = serde_json::to_value(schemars::schema_for!(Policy)).unwrap();
    let mut found = BTreeSet::new();
    gather("", &all, &all, &mut found);
    found
}

#[test]
fn every_lever_has_its_row_and_no_row_is_without_a_lever() {
    let named: BTreeSet<String> = ROWS.iter().map(|row| row.lever.to_owned()).collect();
    assert_eq!(named, levers(), "rows (left) and levers (right)");
}

#[test]
#[ignore = "long: twenty seeds with each lever low and high"]
fn every_lever_moves_an_outcome_on_the_valley() {
    let arm = |row: &Row, value, seeds| {
        let mut settings: Vec<String> = row.given.iter().map(|set| (*set).to_owned()).collect();
        settings.push(format!("policy.{}{value}", row.lever));
        arms::ends(&settings, row.years, seeds)
    };
    let mut idle = Vec::new();
    // All of them, unless LEVERS=one,other names some.
    let chosen = std::env::var("LEVERS").unwrap_or_default();
    let asked = |row: &&Row| chosen.is_empty() || chosen.split(',').any(|name| name == row.lever);
    for row in ROWS.iter().filter(asked) {
        let [low, high] = [row.low, row.high].map(|value| arm(row, value, arms::SEEDS));
        let paired = arms::difference(&high, &low, arms::outcome(row.moves));
        let Interval { low: from, high: to } = paired.difference.interval;
        let told = format!(
            "{} {} against {} moves {} by {:+.4} ({from:+.4} to {to:+.4})",
            row.lever, row.high, row.low, row.moves, paired.difference.value
        );
        println!("{told}");
        if !paired.difference.interval.excludes(0.0) {
            let [low, high] = [row.low, row.high].map(|value| arm(row, value, arms::OTHER_SEEDS));
            idle.push(format!("{told}; others: {}", arms::tell_apart(&high, &low)));
        }
    }
    assert!(idle.is_empty(), "\n{}", idle.join("\n"));
}

impl Row {
    /// Keys that its high setting sets, with values: a whole lever, or each key of one that is a table
    /// with names of its own.
    fn keys(&self) -> Vec<(String, toml::Value)> {
        let text = format!("policy.{}{}", self.lever, self.high);
        let (path, value) = text.split_once('=').expect("a setting is a key and its value");
        match format!("it={value}").parse::<toml::Table>().unwrap().remove("it").unwrap() {
            toml::Value::Table(table) => {
                let each = |(key, value)| (format!("{path}.{key}"), value);
                table.into_iter().map(each).collect()
            }
            value => vec![(path.to_owned(), value)],
        }
    }

    /// Its low setting in force; `sets` lays over it what shall put the high one in its place.
    fn with(&self, sets: Option<String>) -> PreparedScenario {
        let low = format!("policy.{}{}", self.lever, self.low);
        let settings: Vec<String> = [low].into_iter().chain(sets).collect();
        worlds::prepared(worlds::VALLEY, &settings)
    }

    /// Whether its high setting is in force.
    fn is_in_force(&self, world: &World) -> bool {
        let policy = serde_json::to_value(&world.policy).unwrap();
        self.keys().iter().all(|(path, wanted)| {
            let at = path.split('.').skip(1).fold(&policy, |table, key| &table[key]);
            let wanted = serde_json::to_value(wanted).unwrap();
            match (at.as_f64(), wanted.as_f64()) {
                (Some(at), Some(wanted)) => at == wanted,
                _ => *at == wanted,
            }
        })
    }
}

/// The world after its first weeks.
fn begun(prepared: &PreparedScenario, weeks: u32) -> World {
    worlds::after(prepared, 1, weeks)
}

#[test]
fn every_lever_can_be_set_over_a_scenario() {
    for row in ROWS {
        assert!(!row.is_in_force(&begun(&row.with(None), 1)), "{} is set as it is", row.lever);
        let set = format!("policy.{}{}", row.lever, row.high);
        assert!(row.is_in_force(&begun(&row.with(Some(set)), 1)), "{}", row.lever);
    }
}

#[test]
fn every_lever_can_be_set_on_the_timeline_by_date_and_by_condition() {
    // The fourth week begins on that day; and fighters are counted in the first.
    for (when, week) in [("at = \"2020-01-27\"", 3), ("when = \"fighters > 0\"", 1)] {
        for row in ROWS {
            let set = format!("{}{}", row.lever, row.high);
            let timeline = format!("timeline=[{{ {when}, policy = {{ {set} }} }}]");
            let prepared = row.with(Some(timeline));
            assert!(!row.is_in_force(&begun(&prepared, week)), "{} too soon by {when}", row.lever);
            assert!(row.is_in_force(&begun(&prepared, week + 1)), "{} by {when}", row.lever);
        }
    }
}

#[test]
fn every_lever_can_be_the_axis_of_a_sweep() {
    for row in ROWS {
        let mut design = "scenario = \"valley.toml\"\nkind = \"grid\"\n".to_owned();
        for (path, value) in row.keys() {
            write!(design, "[[axes]]\npath = \"{path}\"\nvalues = [{value}]\n").unwrap();
        }
        let files = InMemory::default().with("design.toml", design);
        let design = CheckedDesign::read(&files, Path::new("design.toml"));
        let points = design.unwrap_or_else(|wrong| panic!("{}: {wrong}", row.lever)).points;
        let low = format!("policy.{}{}", row.lever, row.low);
        let valley = Path::new(env!("CARGO_MANIFEST_DIR")).join(worlds::VALLEY);
        let points = Points::new(Disk, valley, vec![low], points);
        assert!(points.check_values().is_ok(), "{} takes no such values", row.lever);
        let prepared = points.prepared(0).unwrap_or_else(|wrong| panic!("{}", wrong.render(false)));
        assert!(row.is_in_force(&begun(&prepared, 1)), "{}", row.lever);
    }
}
