//! A range is where the formulas hold: every number, duration, switch and word that a scenario may set
//! is set to both ends of its range, alone, with one other and with nineteen others, in a small world
//! in which much goes on. Then nothing that comes out is not a number, no count is negative, no share
//! lies outside 0 to 1, and people and francs, counted again every week, are all there.
//!
//! A setting may be refused with its reason; the test counts how many are. `TOGUNA_EXTREMES=600` tries 600
//! pairs and 600 twenties.

use crate::worlds::prepared_from;
use crate::worlds::random::Seedling;
use rayon::prelude::*;
use serde_json::Value as Json;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use toguna::engine::streams::{Purpose, Streams};
use toguna::experiment::replicate::{Interrupt, Stopped, run_weeks};
use toguna::experiment::sweep::{Ended, attempt};
use toguna::model::outcomes::{self, GROUP_OUTCOMES, OUTCOMES, PLACE_OUTCOMES};
use toguna::model::words::roles::Role;
use toguna::model::world::World;
use toguna::scenario::checked::read;
use toguna::scenario::file::Scenario;
use toguna::scenario::prepared::PreparedScenario;
use toguna::scenario::schema::{Kind, Limits, Others, Schema, Shape, TextForm};
use toguna::scenario::show::toml_text;
use toguna::scenario::source::Disk;
use toguna::units::Money;

/// The valley in which the state, communities and groups talk, and everything acts.
const LIVELY: &str = "scenarios/lessons/talking-valley.toml";
/// Friends arrive and everybody is invited to talk within this time.
const UNTIL: &str = "time.end=\"2021-07-04\"";
const SEED: u64 = 1;
const PAIRS: usize = 60;
const TWENTIES: usize = 100;
/// Settings under which something was once wrong: a levy took more than was earned.
const ONCE_WRONG: &[&[&str]] =
    &[&["rules.livelihoods.levy_on_stock=1.0", "rules.livelihoods.stock_worth=50.0"]];
/// Asks for other numbers of pairs and twenties: as many of each.
const ASKED: &str = "TOGUNA_EXTREMES";

/// A parameter and the ends of its range that it does not have already, as `--set` takes them.
struct Parameter {
    path: String,
    ends: Vec<String>,
}

fn lively() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(LIVELY)
}

/// Every parameter of the scenario that has ends: names of groups, countries and constituencies are
/// those that the scenario has.
fn parameters() -> Vec<Parameter> {
    let schema = Schema::of::<Scenario>();
    let scenario = prepared_from(&Disk, &lively(), &[UNTIL]).checked().scenario.clone();
    let given = serde_json::to_value(scenario).unwrap();
    let mut found = Vec::new();
    collect(&schema, &schema.top(), &given, "", &mut found);
    found
}

fn collect(schema: &Schema, shape: &Shape, given: &Json, path: &str, found: &mut Vec<Parameter>) {
    let ends = match &shape.kind {
        Kind::Table(table) => {
            let below = |key: &str| match path {
                "" => key.to_owned(),
                _ => format!("{path}.{key}"),
            };
            for (key, inner) in &table.keys {
                collect(schema, &schema.shape(inner), &given[*key], &below(key), found);
            }
            if let (Others::Each(inner), Json::Object(named)) = (table.others, given) {
                for (key, given) in named {
                    collect(schema, &schema.shape(inner), given, &below(key), found);
                }
            }
            return;
        }
        Kind::Number(limits) => numbers(path, limits).map(|end| format!("{end:?}")).to_vec(),
        Kind::Integer(limits) => numbers(path, limits).map(|end| format!("{end}")).to_vec(),
        Kind::Boolean => vec!["true".to_owned(), "false".to_owned()],
        Kind::Text(TextForm::Duration) => {
            vec!["\"0 weeks\"".to_owned(), "\"52000 weeks\"".to_owned()]
        }
        Kind::Choice(choices) => {
            choices.iter().map(|choice| toml_text(&Json::from(choice.name))).collect()
        }
        Kind::Text(_) | Kind::List { .. } | Kind::Anything => return,
    };
    let has_already = toml_text(given);
    let ends: Vec<String> = ends.into_iter().filter(|end| *end != has_already).collect();
    if !ends.is_empty() {
        found.push(Parameter { path: path.to_owned(), ends });
    }
}

/// The least and the most that a number may be. Every number has both.
fn numbers(path: &str, limits: &Limits) -> [f64; 2] {
    let (Some(least), Some(most)) = (limits.least, limits.most) else {
        panic!("{path} has no range");
    };
    let least = if limits.above { least.next_up() } else { least };
    let most = if limits.below { most.next_down() } else { most };
    [least, most]
}

/// What became of a set of settings.
#[derive(Debug)]
enum Verdict {
    Ran,
    Refused(String),
    Wrong(String),
}

fn verdict(settings: &[String]) -> Verdict {
    let mut all = vec![UNTIL.to_owned()];
    all.extend_from_slice(settings);
    let checked = match read(&Disk, &lively(), &all) {
        Ok(checked) => checked,
        Err(problems) => return Verdict::Refused(problems.render(false)),
    };
    let record_of =
        catch_unwind(AssertUnwindSafe(|| live_and_recount(&PreparedScenario::new(checked))));
    match record_of {
        Ok(Ok(())) => Verdict::Ran,
        Ok(Err(wrong)) => Verdict::Wrong(wrong),
        Err(panic) => {
            let said = panic.downcast_ref::<String>().map(String::as_str);
            let said = said.or(panic.downcast_ref::<&str>().copied());
            Verdict::Wrong(format!("panicked: {}", said.unwrap_or("without words")))
        }
    }
}

/// Lives the world, and says what is wrong with its first week in which something is.
fn live_and_recount(prepared: &PreparedScenario) -> Result<(), String> {
    let mut world = prepared.world(SEED, 0);
    for week in 0..prepared.weeks() {
        let (balance, debt) = (world.treasury.balance, world.treasury.debt);
        world.advance();
        let wrong = measured(&world)
            .or_else(|| peopled(&world))
            .or_else(|| balanced(&world, balance, debt));
        if let Some(wrong) = wrong {
            return Err(format!("week {week}: {wrong}"));
        }
    }
    Ok(())
}

/// What no outcome may be.
fn measured(world: &World) -> Option<String> {
    let seen = &world.observed;
    let country = OUTCOMES.iter().map(|outcome| (outcome.name, outcome.unit)).zip(&seen.week);
    let groups = seen.groups.iter().flat_map(|group| {
        GROUP_OUTCOMES.iter().map(|outcome| (outcome.name, outcome.unit)).zip(group)
    });
    let places = seen.places.iter().flat_map(|place| {
        PLACE_OUTCOMES.iter().map(|outcome| (outcome.name, outcome.unit)).zip(place)
    });
    country.chain(groups).chain(places).find_map(|((name, unit), value)| {
        let may_be = match unit {
            "share" => -1e-12..=1.0 + 1e-12,
            "yes or no" | "1 or 0" => 0.0..=1.0,
            // More or less than normal.
            "share of normal" => f64::MIN..=f64::MAX,
            _ => 0.0..=f64::MAX,
        };
        (!may_be.contains(value)).then(|| format!("{name} ({unit}) is {value}"))
    })
}

/// What no place may hold, and whether everybody is somewhere.
fn peopled(world: &World) -> Option<String> {
    for place in &world.communities {
        let control: f64 = place.control.iter().sum();
        let shares = [
            ("control", control),
            ("officials", place.officials),
            ("trust", place.trust),
            ("hunger", place.hunger),
            ("market access", place.market_access),
        ];
        let services = place.services.iter().map(|provided| ("a service provided", *provided));
        for (what, share) in shares.into_iter().chain(services) {
            if !(-1e-12..=1.0 + 1e-9).contains(&share) {
                return Some(format!("{what} is {share} in place {}", place.id.0));
            }
        }
        for (side, share) in place.control.iter().enumerate() {
            if !(0.0..=1.0).contains(share) {
                return Some(format!("side {side} controls {share} of place {}", place.id.0));
            }
        }
        let stocks = [
            ("residents", place.residents),
            ("soldiers", place.soldiers),
            ("income", place.income),
            ("people in need", place.in_need),
            ("aid", place.aid_reached),
        ];
        for (what, stock) in stocks {
            if !(0.0..f64::INFINITY).contains(&stock) {
                return Some(format!("{what} are {stock} in place {}", place.id.0));
            }
        }
        if place.schools_closed > place.schools {
            return Some(format!("{} of {} schools closed", place.schools_closed, place.schools));
        }
    }
    let people = &world.people;
    let mut counted = [0_u64; Role::ALL.len()];
    for person in people.layout.everybody() {
        counted[people.role(person) as usize] += 1;
    }
    if counted != people.census() || counted.iter().sum::<u64>() != people.layout.people() {
        return Some(format!("people by themselves {counted:?}, counted {:?}", people.census()));
    }
    let members: usize = world.commands.iter().map(|command| command.members.len()).sum();
    (members as u64 != counted[Role::Fighter as usize])
        .then(|| format!("{members} members, {} fighters", counted[Role::Fighter as usize]))
}

/// Whether money balances to the franc.
fn balanced(world: &World, balance: Money, debt: Money) -> Option<String> {
    let (account, treasury) = (&world.treasury.week, &world.treasury);
    let kept = account.is_balanced()
        && account.opening == balance
        && account.closing == treasury.balance
        && debt + account.loans == treasury.debt;
    let positive = account.closing >= Money::ZERO
        && account.loans >= Money::ZERO
        && account.spent.iter().all(|line| *line >= Money::ZERO);
    (!kept || !positive).then(|| format!("the books: {account:?}"))
}

/// Tries every set of settings and tells how many were lived and refused.
fn try_all(what: &str, sets: &[Vec<String>]) -> Vec<String> {
    let verdicts: Vec<(String, Verdict)> =
        sets.par_iter().map(|settings| (settings.join(" "), verdict(settings))).collect();
    let mut wrong = Vec::new();
    let mut refused = 0;
    for (settings, verdict) in verdicts {
        match verdict {
            Verdict::Ran => {}
            Verdict::Refused(reason) => {
                assert!(!reason.trim().is_empty(), "{settings} is refused without a reason");
                println!("refused: {settings}: {}", reason.lines().next().unwrap_or_default());
                refused += 1;
            }
            Verdict::Wrong(how) => wrong.push(format!("{settings}: {how}")),
        }
    }
    println!("{what}: {} tried, {refused} refused, {} wrong", sets.len(), wrong.len());
    wrong
}

/// So many sets of so many different parameters, each at one of its ends.
fn at_random(parameters: &[Parameter], sets: usize, size: usize) -> Vec<Vec<String>> {
    let draw = |set: usize, number: usize, below: usize| {
        let address = (set * 64 + number) as u64;
        let share = Streams::new(SEED, size as u64).uniform(Purpose(250), address, 0);
        (share * below as f64) as usize
    };
    let of_set = |set: usize| {
        let mut chosen: Vec<usize> = Vec::new();
        for number in 0..size {
            let parameter = draw(set, number, parameters.len());
            if !chosen.contains(&parameter) {
                chosen.push(parameter);
            }
        }
        let setting = |(number, parameter): (usize, usize)| {
            let parameter = &parameters[parameter];
            let end = &parameter.ends[draw(set, 32 + number, parameter.ends.len())];
            format!("{}={end}", parameter.path)
        };
        chosen.into_iter().enumerate().map(setting).collect()
    };
    (0..sets).map(of_set).collect()
}

fn sets(usual: usize) -> usize {
    std::env::var(ASKED).map_or(usual, |text| text.parse().expect("a whole number is asked for"))
}

#[test]
#[ignore = "long: every parameter at both ends of its range"]
fn every_formula_holds_at_the_ends_of_every_range() {
    let parameters = parameters();
    println!("{} parameters", parameters.len());
    let alone: Vec<Vec<String>> = parameters
        .iter()
        .flat_map(|it| it.ends.iter().map(|end| vec![format!("{}={end}", it.path)]))
        .collect();
    let once_wrong = ONCE_WRONG.iter().map(|set| set.iter().map(|it| (*it).to_owned()).collect());
    let wrong = [
        try_all("once wrong", &once_wrong.collect::<Vec<_>>()),
        try_all("alone", &alone),
        try_all("in pairs", &at_random(&parameters, sets(PAIRS), 2)),
        try_all("in twenties", &at_random(&parameters, sets(TWENTIES), 20)),
    ]
    .concat();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn an_outcome_that_is_not_a_number_ends_the_run_with_its_name_and_the_week() {
    let mut world = prepared_from(&Disk, &lively(), &[UNTIL]).world(SEED, 0);
    (0..3).for_each(|_| world.advance());
    // The public's judgement follows its opinion.
    world.government.opinion_dialogue = f64::NAN;
    let mut weeks = 0;
    let ended = run_weeks(world.clone(), 5, &Interrupt::new(), &mut |_| weeks += 1);
    let Err(Stopped::Broken(found)) = ended else { panic!("nobody noticed") };
    assert_eq!((found.outcome, found.week, weeks), ("legitimacy", 3, 0));
    assert_eq!(found.to_string(), "in week 3 legitimacy is NaN, which is no number");
    // A sweep goes on without that run and says why.
    let failed = attempt(|| Err(Stopped::Broken(found))).unwrap();
    assert!(matches!(failed, Ended::Failed(why) if why.contains("legitimacy is NaN")));
    world.government.opinion_dialogue = 0.5;
    world.communities[4].income = f64::INFINITY;
    world.advance();
    while world.observed.places.is_empty() {
        world.advance();
    }
    assert!(outcomes::check(&world).is_err());
}

/// What is said of a world of so many communities, commands and constituencies.
fn refusal(
    [communities, commands, constituencies]: [usize; 3],
    residents: u32,
    settings: &[&str],
) -> String {
    let seedling = Seedling {
        residents: vec![residents; communities],
        kinds: vec![0],
        commands: vec![10; commands],
        constituencies,
        soldiers: 100,
        hostility: 0.5,
        violence: 1.0,
        joining: 1.0,
        per_agent: 1,
        shape: 1.0,
        seed: 1,
    };
    let settings: Vec<String> = settings.iter().map(|it| (*it).to_owned()).collect();
    // A road along so many places would be too long.
    let files = seedling.files().with("neighbours.csv", "community,neighbour,km\n");
    let refused = read(&files, Path::new("world.toml"), &settings).map(drop);
    refused.expect_err("too much is refused").render(false)
}

#[test]
fn what_cannot_be_numbered_or_counted_is_refused_with_the_limit() {
    let adults = refusal([100, 1, 1], 100_000_000, &[]);
    assert!(adults.contains("5300000000 adults to simulate"), "{adults}");
    assert!(adults.contains("raise `people.people_per_agent`"), "{adults}");
    let named = refusal([1, 1, 256], 1_000, &[]);
    assert!(named.contains("256 entries in `constituencies`"), "{named}");
    assert!(named.contains("at most 255 can be told apart"), "{named}");
    let places = refusal([65_536, 1, 1], 1_000, &[]);
    assert!(places.contains("65536 communities"), "{places}");
    assert!(places.contains("at most 65535 can be told apart"), "{places}");
    assert!(places.contains("communities.csv:1:1"), "{places}");
    let commands = refusal([1, 32_768, 1], 1_000, &[]);
    assert!(commands.contains("32768 commands"), "{commands}");
    assert!(commands.contains("at most 32767 can be told apart"), "{commands}");
    let francs = refusal([1, 1, 1], 100_000_000, &["budget.residents=1"]);
    assert!(francs.contains("`budget.revenue_per_year` comes to"), "{francs}");
    assert!(francs.contains("at most 9007199254740992 can be counted to the franc"), "{francs}");
}
