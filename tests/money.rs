//! Weather, money and livelihoods in Mali from 2024, coarsened to be quick: money is neither made nor
//! lost, every mechanism of these phases works in the status quo, every lever has its effect and price.

use crate::properties::properties;
use proptest::prelude::*;
use std::path::Path;
use toguna::model::budget::state::Line;
use toguna::model::outcomes::OUTCOMES;
use toguna::model::pacts::state::Stance;
use toguna::model::partners::state::Payer;
use toguna::model::talks::state::NationalDialogue;
use toguna::model::world::World;
use toguna::scenario::{checked, prepared::PreparedScenario, source::Disk};
use toguna::units::{Money, Share};

const STATUS_QUO: &str = "scenarios/mali/status-quo.toml";

fn prepared(settings: &[&str]) -> PreparedScenario {
    prepared_of(STATUS_QUO, settings)
}

fn prepared_of(scenario: &str, settings: &[&str]) -> PreparedScenario {
    let mut all = vec!["people.people_per_agent=200".to_owned()];
    all.extend(settings.iter().map(|text| (*text).to_owned()));
    match checked::read(&Disk, Path::new(scenario), &all) {
        Ok(checked) => PreparedScenario::new(checked),
        Err(problems) => panic!("{}", problems.render(false)),
    }
}

/// Sums of all outcomes over some weeks.
fn record_of(settings: &[&str], weeks: u32) -> Vec<f64> {
    let mut world = prepared(settings).world(1, 0);
    let mut sums = vec![0.0; OUTCOMES.len()];
    for _ in 0..weeks {
        world.advance();
        for (sum, value) in sums.iter_mut().zip(&world.observed.week) {
            *sum += value;
        }
    }
    sums
}

fn of(sums: &[f64], name: &str) -> f64 {
    sums[OUTCOMES.iter().position(|outcome| outcome.name == name).unwrap()]
}

#[test]
#[ignore = "long: seventy weeks of a country for each lever"]
fn each_lever_has_its_effect_and_its_price() {
    let base = record_of(&[], 70);
    // Lever, outcome it should move, and whether up.
    let levers = [
        ("policy.services_share.schooling=0.22", "schooling", true),
        ("policy.services_share.schooling=0.22", "health", false),
        ("policy.services_share.schooling=0.05", "schooling", false),
        ("policy.extra.operations=50_000_000_000", "spending_operations", true),
        ("policy.extra.services=50_000_000_000", "health", true),
        ("policy.extra.reintegration=50_000_000_000", "spending_reintegration", true),
        ("policy.defence_share=0.25", "soldiers", true),
        ("policy.defence_share=0.25", "health", false),
        ("policy.military_pressure=0.9", "spending_operations", true),
        ("policy.military_pressure=0.9", "schooling", false),
        ("policy.dialogue_share=0.03", "schooling", false),
        ("policy.humanitarian_share=0.03", "aid_reached", true),
        ("policy.humanitarian_share=0.03", "schooling", false),
        ("policy.aid_conditionality=1", "schooling", false),
        ("policy.drought=0.4", "hunger", true),
        ("policy.drought=0.4", "people_in_need", true),
        ("policy.drought_by_region.Mopti=0.4", "hunger", true),
    ];
    for (lever, outcome, up) in levers {
        let (with, without) = (of(&record_of(&[lever], 70), outcome), of(&base, outcome));
        assert!(
            if up { with > without } else { with < without },
            "{lever}: {outcome} {without} → {with}"
        );
    }
}

#[test]
fn what_a_lower_military_pressure_saves_goes_into_services_only_if_it_is_reinvested() {
    let lower = "policy.military_pressure=0.1";
    let kept = record_of(&[lower], 70);
    let reinvested = record_of(&[lower, "policy.reinvest_savings=1"], 70);
    for service in ["health", "schooling", "justice", "water"] {
        assert!(of(&reinvested, service) > of(&kept, service), "{service}");
    }
    assert!(of(&reinvested, "loans") > of(&kept, "loans"));
}

#[test]
fn the_lean_season_is_the_hungry_one() {
    let mut world = prepared(&["mechanisms.rainfall=false"]).world(1, 0);
    let hunger = |world: &World| world.observed.value("hunger").unwrap();
    let (mut lean, mut after) = (0.0, 0.0);
    for week in 0..52 {
        world.advance();
        match week {
            30 => lean = hunger(&world),
            45 => after = hunger(&world),
            _ => {}
        }
    }
    assert!(lean > 3.0 * after, "{lean} in August, {after} in November");
}

#[test]
fn a_drought_is_felt_after_its_harvest_and_passes_with_the_next() {
    let dry = |settings: &[&str]| {
        let mut world = prepared(settings).world(1, 0);
        let mut incomes = Vec::new();
        for _ in 0..150 {
            world.advance();
            // Of one region: in the national figure regions weigh by who lives there.
            incomes.push(world.skies[0].harvest);
        }
        incomes
    };
    let normal = dry(&[]);
    let drought = dry(&[
        "timeline=[{at=\"2024-06-01\", policy={drought=0.3}}, {at=\"2024-10-01\", policy={drought=0}}]",
    ]);
    assert_eq!(normal[30], drought[30]);
    assert!((normal[60] - drought[60] - 0.3).abs() < 1e-9);
    assert_eq!(normal[100], drought[100]);
}

#[test]
fn a_drought_in_a_region_that_does_not_exist_is_refused() {
    let settings = ["policy.drought_by_region.Mopty=0.4".to_owned()];
    let problems = checked::read(&Disk, Path::new(STATUS_QUO), &settings).err().unwrap();
    let text = problems.render(false);
    assert!(text.contains("there is no region") && text.contains("Mopti"), "{text}");
}

/// The status quo, and scenarios in which the state pays for pacts and talks.
const BOOKS: [&str; 4] = [
    STATUS_QUO,
    "scenarios/mali/state-supported-pacts.toml",
    "scenarios/mali/inclusive-conference.toml",
    "scenarios/mali/high-islamic-council.toml",
];

const STANCES: [Stance; 4] = [Stance::Suppress, Stance::Ignore, Stance::Tolerate, Stance::Support];

const DIALOGUES: [NationalDialogue; 3] =
    [NationalDialogue::Off, NationalDialogue::TopDown, NationalDialogue::Inclusive];

properties! {
    2 or 30 cases:

    fn money_balances_to_the_franc_every_week_whatever_the_levers(
        shares in prop::array::uniform16(0.0f64..=1.0),
        (book, stance, dialogue) in (0..BOOKS.len(), 0..STANCES.len(), 0..DIALOGUES.len()),
        fee in 0i64..4_000_000_000,
        seed in 0u64..1_000,
    ) {
        let mut world = PREPARED.with(|books| books[book].world(seed, 0));
        let share = |number: usize| Share::of(shares[number]);
        // Shares of the whole budget as large as theirs would leave nothing for anything else.
        let part = |number: usize| Share::of(0.1 * shares[number]);
        let grant = |number: usize| Money::of(1e12 * shares[number]);
        let (mut balance, mut debt) = (world.treasury.balance, world.treasury.debt);
        for week in 0..40 {
            if week == 10 {
                let policy = &mut world.policy;
                policy.military_pressure = share(0);
                policy.defence_share = share(1);
                policy.services_share.health = share(2);
                policy.services_share.schooling = share(3);
                policy.services_share.justice = share(4);
                policy.services_share.water = share(5);
                policy.dialogue_share = part(6);
                policy.humanitarian_share = share(7);
                policy.reinvest_savings = share(8);
                policy.aid_conditionality = share(9);
                policy.drought = share(10);
                policy.extra.services = grant(11);
                policy.extra.operations = grant(12);
                policy.extra.pacts = grant(13);
                policy.extra.reintegration = grant(14);
                policy.reintegration_offer = share(15);
                policy.pact_support_budget = part(12);
                policy.bind_militias = share(13);
                policy.community_seats = share(14);
                policy.prisoner_exchange = share(15);
                policy.local_pacts = STANCES[stance];
                policy.national_dialogue = DIALOGUES[dialogue];
                for partner in &mut world.partners {
                    (partner.paid_by, partner.cost_per_week) = (Payer::State, Money(fee));
                }
            }
            // Need is counted before anyone dies or flees in the same week.
            let residents: Vec<f64> = world.communities.iter().map(|c| c.residents).collect();
            world.advance();
            let account = world.treasury.week;
            prop_assert!(account.is_balanced());
            prop_assert_eq!(account.opening, balance);
            prop_assert_eq!(account.closing, world.treasury.balance);
            prop_assert_eq!(debt + account.loans, world.treasury.debt);
            prop_assert!(account.closing >= Money::ZERO);
            prop_assert!(account.spent.iter().all(|line| *line >= Money::ZERO));
            prop_assert!((0.0..=1.0).contains(&world.government.unpaid));
            prop_assert!((0.0..=1.0).contains(&world.treasury.dialogue_funded));
            prop_assert!((0.0..=1.0).contains(&world.pacts.help));
            let supports = world.policy.local_pacts == Stance::Support;
            prop_assert!(supports || account.on(Line::Pacts) == Money::ZERO, "week {}", week);
            for (place, residents) in world.communities.iter().zip(residents) {
                prop_assert!((0.0..=1.0).contains(&place.hunger));
                prop_assert!((0.0..=1.0).contains(&place.market_access));
                prop_assert!(place.aid_reached <= place.in_need + 1e-6);
                prop_assert!(place.in_need <= residents + 1e-6);
                // A place that all have fled has nobody but for rounding.
                prop_assert!(place.income >= 0.0 && place.income.is_finite());
            }
            (balance, debt) = (world.treasury.balance, world.treasury.debt);
        }
    }
}

thread_local! {
    static PREPARED: [PreparedScenario; 4] = BOOKS.map(|scenario| prepared_of(scenario, &[]));
}

#[test]
#[ignore = "long: two years of four countries"]
fn a_state_that_supports_pacts_pays_for_them_and_one_that_talks_pays_for_talks() {
    let spent = |scenario: &str, line: Line| {
        let mut world = prepared_of(scenario, &[]).world(1, 0);
        let mut spent = Money::ZERO;
        for _ in 0..104 {
            world.advance();
            assert!(world.treasury.week.is_balanced());
            spent += world.treasury.week.on(line);
        }
        spent
    };
    assert_eq!(spent(STATUS_QUO, Line::Pacts), Money::ZERO);
    assert!(spent(BOOKS[1], Line::Pacts) > Money::ZERO);
    let talks = spent(STATUS_QUO, Line::Dialogue);
    assert!(spent(BOOKS[2], Line::Dialogue) > talks, "{talks:?}");
}
