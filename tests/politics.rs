//! Who stands beside the state, who judges it, who votes and who takes power, in Mali with one
//! simulated adult for every thousand.

use std::path::Path;
use toguna::model::coups::effects::paralysis;
use toguna::model::government::state::Regime;
use toguna::model::partners::effects::{donors_object, fees};
use toguna::model::world::World;
use toguna::scenario::{checked, prepared::PreparedScenario, source::Disk};
use toguna::units::Money;

fn prepared(scenario: &str, settings: &[&str]) -> PreparedScenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/mali").join(scenario);
    let mut settings: Vec<String> = settings.iter().map(|setting| (*setting).to_owned()).collect();
    settings.push("people.people_per_agent=1000".to_owned());
    match checked::read(&Disk, &path, &settings) {
        Ok(checked) => PreparedScenario::new(checked),
        Err(problems) => panic!("{}", problems.render(false)),
    }
}

fn world(settings: &[&str]) -> World {
    prepared("status-quo.toml", settings).world(1, 0)
}

fn after(weeks: u32, mut world: World) -> World {
    for _ in 0..weeks {
        world.advance();
    }
    world
}

fn people(world: &World) -> u64 {
    world.people.census().iter().sum()
}

#[test]
fn a_partner_that_is_not_wanted_leaves_within_a_year_and_its_fee_ends() {
    let world = after(1, world(&["policy.partner_presence.wagner=0"]));
    assert!(world.partners.iter().all(|partner| partner.soldiers() == 0.0));
    assert!(fees(&world).is_empty() && !donors_object(&world));
    let mut world = after(1, self::world(&[]));
    assert_eq!(fees(&world), [("wagner".to_owned(), Money(1_380_000_000))]);
    assert!(donors_object(&world));
    world.policy.partner_presence.insert("wagner".to_owned(), toguna::units::Share::NONE);
    let world = after(52, world);
    assert_eq!(world.partners[0].soldiers(), 0.0);
}

#[test]
fn a_partner_that_is_owed_its_fee_for_too_long_leaves_for_good() {
    let mut world = world(&[]);
    // More than any treasury holds.
    world.partners[0].cost_per_week = Money(1_000_000_000_000_000);
    for _ in 0..14 {
        world.advance();
    }
    assert!(world.partners[0].withdrawn);
    assert!(after(60, world).partners[0].soldiers() == 0.0);
}

#[test]
fn the_fallen_of_partners_are_counted_apart_from_soldiers() {
    let mut world = world(&["policy.military_pressure=1"]);
    let (mut of_partners, mut of_army) = (0, 0);
    for _ in 0..52 {
        world.advance();
        of_partners += world.log.events.iter().map(|e| u64::from(e.partners_killed)).sum::<u64>();
        of_army += world.log.events.iter().map(|e| u64::from(e.soldiers_killed)).sum::<u64>();
    }
    assert!(of_partners > 0 && of_army > of_partners);
    assert_eq!(world.partners[0].killed, of_partners);
    assert_eq!(world.government.army.killed, of_army);
}

#[test]
fn a_brutal_partner_makes_operations_kill_more_civilians_where_it_stands() {
    let mut world = after(1, world(&[]));
    let place = world.communities.iter().find(|place| place.partners[0] > 5.0).unwrap().clone();
    let with = toguna::model::violence::effects::civilian_share(&world, &place);
    world.partners[0].restraint = world.policy.restraint.get();
    assert!(with > toguna::model::violence::effects::civilian_share(&world, &place));
}

#[test]
fn a_partners_veto_makes_the_state_refuse_talks() {
    let history = prepared("history.toml", &["policy.stance_on_dialogue=1"]);
    let stance = toguna::model::legitimacy::effects::stance;
    let free = after(40, history.world(1, 0));
    assert_eq!(stance(&free), 1.0);
    let guarded = after(160, free);
    assert!(stance(&guarded) < -0.8, "{}", stance(&guarded));
}

#[test]
fn a_mission_that_protects_keeps_attackers_from_civilians() {
    let history = prepared("history.toml", &[]);
    let world = after(140, history.world(1, 0));
    let left = |place| toguna::model::partners::effects::unprotected(&world, place);
    let least = world.communities.iter().map(left).fold(1.0, f64::min);
    assert!((0.55..0.8).contains(&least), "{least}");
}

#[test]
fn a_coup_loses_neither_people_nor_soldiers_nor_money_and_promises_an_election() {
    let mut world = world(&["rules.violence.scale=0", "mechanisms.protest=false"]);
    let (before, soldiers) = (people(&world), world.government.army.total());
    let mut calm = world.clone();
    calm.mechanisms.coups = false;
    world.government.coup_risk = 100.0;
    let (mut balance, mut debt) = (world.treasury.balance, world.treasury.debt);
    let killed_before = world.government.army.killed;
    let mut enlisted = 0.0;
    for week in 0..11 {
        world.advance();
        enlisted += world.log.soldiers_enlisted.iter().sum::<f64>();
        if week == 0 {
            calm.advance();
            assert_eq!((world.government.regime, world.log.coups), (Regime::Vacuum, 1));
            assert!(paralysis(&world) > 0.0);
            assert_eq!((people(&world), world.government.army.total()), (before, soldiers));
            // Whoever takes power finds in the treasury what the others would have.
            assert_eq!(world.treasury.balance, calm.treasury.balance);
            assert_eq!(world.treasury.debt, calm.treasury.debt);
        }
        let account = world.treasury.week;
        assert!(account.is_balanced(), "week {week}");
        assert_eq!((account.opening, account.closing), (balance, world.treasury.balance));
        assert_eq!(debt + account.loans, world.treasury.debt, "week {week}");
        (balance, debt) = (world.treasury.balance, world.treasury.debt);
    }
    assert_eq!(world.government.regime, Regime::MilitaryTransition);
    assert!(world.government.election_due.is_some_and(|due| due > world.calendar.week + 70));
    assert_eq!(people(&world), before);
    // Garrisons may be stormed while nobody rules.
    let killed = (world.government.army.killed - killed_before) as f64;
    let left = soldiers + enlisted - killed;
    assert!((world.government.army.total() - left).abs() < 1e-6, "{left} soldiers should be left");
}

#[test]
fn officials_flee_faster_while_nobody_rules() {
    let officials = |settings: &[&str]| {
        let mut world = world(settings);
        world.government.coup_risk = 100.0;
        after(10, world).observed.value("officials_present").unwrap()
    };
    assert!(officials(&[]) < officials(&["mechanisms.coup_vacuum=false"]));
}

#[test]
fn elections_that_are_put_off_are_overdue_and_cost_legitimacy() {
    let calm = "mechanisms.coups=false";
    let put_off = after(60, world(&[calm]));
    assert!(put_off.government.elections_overdue);
    let held = after(60, world(&[calm, "policy.extend_transition=false"]));
    assert!(!held.government.elections_overdue);
    assert_eq!(held.government.regime, Regime::Elected);
    assert!(held.government.legitimacy > put_off.government.legitimacy);
}

#[test]
#[ignore = "long: four countries"]
fn an_early_election_helps_where_institutions_carry_it_and_harms_where_they_do_not() {
    // Protest is fixed by the contest of the vote alone; the coup hazard shows what it does.
    let hazard = |capacity: &str, date: &str| {
        let date = format!("policy.election_date=\"{date}\"");
        let settings = [
            "policy.extend_transition=false",
            "mechanisms.coups=false",
            "rules.opinion.outbreaks_per_week=0",
            capacity,
            &date,
        ];
        let world = after(20, world(&settings));
        toguna::model::coups::effects::hazard_per_year(
            &world.rules.coups,
            &toguna::model::coups::effects::unrest(&world),
        )
    };
    let (strong, weak) = ("government.capacity=0.9", "government.capacity=0.2");
    assert!(hazard(strong, "2024-02-04") < hazard(strong, "2030-01-01"));
    assert!(hazard(weak, "2024-02-04") > hazard(weak, "2030-01-01"));
}

#[test]
fn the_army_grows_and_shrinks_to_what_it_is_allowed() {
    let size = |north: u32| {
        let setting = format!("policy.army_size.north={north}");
        let calm = ["rules.violence.scale=0", "mechanisms.garrison_collapse=false"];
        after(104, world(&[&[setting.as_str()][..], &calm].concat())).government.army.soldiers[0]
    };
    assert!((19_900.0..=20_000.0).contains(&size(20_000)));
    assert!((4_000.0..=4_100.0).contains(&size(4_000)));
}

#[test]
fn a_partner_nobody_declared_is_refused_by_name() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/mali/status-quo.toml");
    let setting = ["policy.partner_presence.wagnr=0.5".to_owned()];
    let problems = checked::read(&Disk, &path, &setting).unwrap_err().render(false);
    assert!(problems.contains("there is no partner `wagnr`"), "{problems}");
    assert!(problems.contains("did you mean `wagner`?"), "{problems}");
}
