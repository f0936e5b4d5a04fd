//! Each measure on a course made by hand, of two cercles next to each other and three communities, held
//! against the value worked out by hand.

use super::gathered::{CommunityMonth, Gathered, Killings, Month};
use super::pact_life::{Exposure, PactLife};
use super::{FACTS, Span, Use, fact_named};
use crate::validate::{FactRow, Validation};
use std::f64::consts::LN_2;
use std::path::Path;
use toguna_model::outcomes::Outcome;
use toguna_model::pacts::state::{Pact, Stance};
use toguna_model::words::geography::Zone;
use toguna_model::words::ids::{CommunityId, Side};
use toguna_model::words::motives::Motive;
use toguna_model::words::targets::Target;
use toguna_model::world::log::Event;
use toguna_scenario::checked::read;
use toguna_scenario::prepared::PreparedScenario;
use toguna_scenario::source::Disk;
use toguna_units::narrow;

/// January 2012 to December 2021, in which nothing happens.
fn course() -> Gathered {
    let month = |at: i16| Month {
        year: 2012 + at / 12,
        month: narrow::<i16, i8>(at % 12) + 1,
        weeks: 4,
        ended: true,
        cercles: vec![Default::default(); 2],
        communities: vec![CommunityMonth::default(); 3],
        hosted: vec![0.0; 2],
        ..Month::default()
    };
    Gathered {
        months: (0..120).map(month).collect(),
        next_to: vec![vec![1], vec![0]],
        zones: vec![Zone::North; 3],
        roads: vec![vec![1], vec![0, 2], vec![1]],
        ..Gathered::default()
    }
}

fn at(year: i16, month: i8) -> usize {
    narrow::<i16, usize>((year - 2012) * 12 + i16::from(month) - 1)
}

fn measured(course: &Gathered, fact: &str) -> Option<f64> {
    (fact_named(fact).unwrap().measure)(course)
}

fn close(course: &Gathered, fact: &str, by_hand: f64) {
    let value = measured(course, fact).unwrap_or_else(|| panic!("{fact} has no value"));
    assert!((value - by_hand).abs() < 1e-9, "{fact} is {value}, by hand {by_hand}");
}

#[test]
fn deaths_of_a_year_and_growth_of_events_are_sums_of_its_months() {
    let mut course = course();
    for (year, month, deaths, events) in [(2016, 12, 7, 4), (2017, 1, 30, 5), (2017, 12, 12, 7)] {
        let month = &mut course.months[at(year, month)];
        (month.deaths, month.events) = (deaths, events);
    }
    close(&course, "f1_deaths_2016", 7.0);
    close(&course, "f1_deaths_2017", 42.0);
    close(&course, "f2_events_2017", 3.0);
    close(&course, "f3_deaths_per_event", 49.0 / 16.0);
    close(&course, "f3_lowest_year", 7.0 / 4.0);
    close(&course, "f3_highest_year", 42.0 / 12.0);
}

#[test]
fn the_tail_counts_events_of_five_deaths_and_more() {
    let mut course = course();
    course.months[0].sizes = vec![0, 4, 5];
    course.months[50].sizes = vec![9];
    // 1 + 2 / (ln(5 / 4.5) + ln(9 / 4.5))
    close(&course, "f4_tail", 1.0 + 2.0 / (0.105_360_515_657_826_3 + LN_2));
    close(&course, "f4_without_deaths", 0.25);
    // 240 cercle-months: the top two of three.
    for (month, deaths) in [(3, 10), (7, 6), (9, 4)] {
        course.months[month].cercles[0].deaths = deaths;
    }
    close(&course, "f4_top_months", 0.8);
}

#[test]
fn persistence_asks_what_follows_a_month_with_an_event_and_one_without() {
    let mut course = course();
    for month in [2, 3, 6] {
        course.months[at(2018, month)].cercles[0].events = 1;
    }
    // After February comes March; nothing follows March and June.
    close(&course, "f5_after_an_event", 1.0 / 3.0);
    // 59 pairs of months in two cercles, less three; February and June follow a quiet month.
    close(&course, "f5_after_none", 2.0 / 115.0);
}

#[test]
fn onset_is_asked_of_quiet_cercles_by_their_active_neighbours() {
    let mut course = course();
    course.months[at(2014, 5)].cercles[0].events = 5;
    course.months[at(2015, 5)].cercles[1].events = 6;
    // Cercle 1 is quiet beside an active one in 2014 and becomes active; cercle 0 is quiet beside it in
    // 2015 and does not.
    close(&course, "f6_onset_1", 0.5);
    // Of the other 16 cercle-years of 2012 to 2020 only 2013 of cercle 0 is before an onset; two were
    // active themselves.
    close(&course, "f6_onset_0", 1.0 / 14.0);
    assert_eq!(measured(&course, "f6_onset_2"), None);
    course.months[at(2018, 1)].cercles[0].events = 4;
    close(&course, "f8_active_cercles_2018", 0.0);
}

#[test]
fn where_people_die_is_weighted_by_deaths() {
    let mut course = course();
    let month = &mut course.months[at(2014, 3)];
    (month.deaths, month.latitudes, month.deaths_by_zone) = (4, 3.0 * 18.0 + 14.0, [3, 1, 0]);
    month.cercles[0].deaths = 4;
    close(&course, "f7_latitude_2014", 17.0);
    close(&course, "f7_centre_2014", 0.25);
    // Of two cercles one holds all: (n − 1) / n.
    close(&course, "f9_gini_2014", 0.5);
    assert_eq!(measured(&course, "f7_centre_2019_2021"), None);
}

#[test]
fn killings_of_the_first_half_of_2020_end_in_june() {
    let mut course = course();
    let killings =
        |by_militias_of_farmers, by_state| Killings { all: 10, by_militias_of_farmers, by_state };
    course.months[at(2020, 6)].killings = killings(3, 1);
    course.months[at(2020, 7)].killings = killings(10, 0);
    close(&course, "f10_militias_2020", 0.3);
    close(&course, "f10_state_2020", 0.1);
}

#[test]
fn displacement_is_a_stock_and_its_rise_is_held_against_deaths() {
    let mut course = course();
    course.months[at(2017, 12)].displaced = 1_000.0;
    course.months[at(2020, 12)].displaced = 2_200.0;
    course.months[at(2019, 2)].deaths = 40;
    close(&course, "f18_displaced_2017_12", 1_000.0);
    close(&course, "f17_displaced_per_death", 30.0);
    course.months[at(2019, 2)].cercles[1].deaths = 40;
    course.months[at(2020, 12)].hosted = vec![5.0, 9.0];
    close(&course, "f17_where_people_die", 1.0);
}

#[test]
fn recruits_are_told_apart_by_motive_and_volunteers_by_trigger() {
    let mut course = course();
    let month = &mut course.months[at(2015, 1)];
    month.recruits[Motive::Economic as usize] = 4;
    month.recruits[Motive::Protection as usize] = 5;
    month.recruits[Motive::Grievance as usize] = 1;
    (month.volunteers, month.volunteers_after_state) = (8, 2);
    close(&course, "f22_economic", 0.4);
    close(&course, "f22_protection", 0.4);
    close(&course, "f22_after_state", 0.25);
    course.months[0].closures = [9, 3];
    close(&course, "f20_closed_under_threat", 0.75);
}

#[test]
fn attacks_after_abuse_are_a_slope_within_cercles_and_months() {
    let mut course = course();
    course.months[10].cercles[0].killed_by_state = 1;
    course.months[11].cercles[0].attacks_by_groups = 1;
    // Of two cercles only their difference counts: ln 2 in month 10 of 117 for abuse, in 8, 9 and 10 for
    // attacks; (1 − 3/117) / (1 − 1/117).
    close(&course, "f23_attacks_after_abuse", 114.0 / 116.0);
}

#[test]
fn yearly_changes_spread_as_their_logarithms_do() {
    let mut course = course();
    for year in 2012..=2021 {
        let month = &mut course.months[at(year, 1)];
        month.deaths = if year % 2 == 0 { 100 } else { 200 };
        month.soldiers = 4.0 * f64::from(month.deaths);
    }
    // Five changes of ln 2, four of −ln 2: mean ln 2 / 9, mean square about it (ln 2)² · (1 − 1/81).
    close(&course, "f28_yearly_changes", LN_2 * (80.0_f64 / 81.0).sqrt());
    close(&course, "f24_army_and_deaths", 1.0);
    course.months[at(2013, 1)].deaths = 0;
    assert_eq!(measured(&course, "f28_yearly_changes"), None);
}

#[test]
fn violence_under_a_pact_is_held_against_places_without_one() {
    let mut course = course();
    for (at, month) in course.months.iter_mut().enumerate() {
        let after = at >= 6;
        // Both have two events a month before; with a pact one in two months after, without it one a month.
        month.communities[0].events = if after { narrow(at % 2) } else { 2 };
        month.communities[2].events = if after { 1 } else { 2 };
        (month.communities[0].pact, month.communities[0].tolerated) = (after, after);
    }
    close(&course, "f13_under_pacts", -0.5);
    // Nothing ever happens in the place between them, so it says nothing.
    assert_eq!(measured(&course, "f13_beside_pacts"), None);
    course.months.iter_mut().for_each(|month| month.communities[0].tolerated = false);
    assert_eq!(measured(&course, "f13_under_pacts"), None);
}

#[test]
fn lives_of_pacts_are_told_by_what_they_were_exposed_to() {
    let mut course = course();
    let life = |months, ended, exposure| PactLife {
        months,
        ended,
        exposure,
        signed_here: months < 10.0,
        months_of_blockade: months - 1.0,
    };
    let open = Exposure::UnboundMilitiaOrOpenArmyClause;
    course.pacts = vec![
        life(1.0, true, open),
        life(3.0, true, open),
        life(5.0, false, open),
        life(20.0, false, Exposure::Neither),
    ];
    close(&course, "f14_median_life", 3.0);
    close(&course, "f14_mean_life_open", 4.5);
    assert_eq!(measured(&course, "f14_mean_life_free"), None);
    close(&course, "f16_after_blockade", 2.0 / 3.0);
    close(&course, "f16_months_of_blockade", 3.0);
}

#[test]
fn signing_beside_pacts_counts_months_of_troubled_places() {
    let mut course = course();
    for month in &mut course.months[4..] {
        (month.communities[0].pact, month.communities[1].blockaded) = (true, true);
    }
    course.months.truncate(14);
    course.months[13].communities[1].pact = true;
    // Place 1 is blockaded from month 4 on: at risk in months 5 and 6 before the pact next door has held
    // for three months, in which it would have to sign once for a rate.
    assert_eq!(measured(&course, "f15_signing_beside_pacts"), None);
    course.months[2].communities[2].events = 1;
    for month in &mut course.months[6..] {
        month.communities[2].pact = true;
    }
    // Place 2 is troubled in months 3 to 6 and signs in month 6; place 1 is at risk without an example in
    // 5 and 6 and with one in 7 to 13, where it signs: (1/7) / (1/6).
    close(&course, "f15_signing_beside_pacts", 6.0 / 7.0);
}

#[test]
fn a_conference_that_moves_no_death_says_nothing_of_conferences() {
    let mut course = course();
    course.conference = Some(2);
    course.deaths_by_week = vec![2; 60];
    let mut reference = course.clone();
    course.compare_with(&reference);
    assert_eq!(measured(&course, "f25_after_conference"), None);
    // 26 of the 52 weeks have one death more without it: 104 against 130.
    reference.deaths_by_week[10..36].fill(3);
    course.compare_with(&reference);
    close(&course, "f25_after_conference", 104.0 / 130.0 - 1.0);
}

#[test]
fn legitimacy_must_rise_in_a_year_in_which_deaths_rise() {
    let mut course = course();
    for month in &mut course.months {
        month.weeks = 5;
        month.legitimacy = 5.0 * 0.3;
    }
    course.months[at(2015, 1)].all_deaths = 10.0;
    close(&course, "f26_legitimacy_and_deaths", 0.0);
    course.months[at(2015, 1)].legitimacy = 5.0 * 0.5;
    close(&course, "f26_legitimacy_and_deaths", 1.0);
    course.months.truncate(12);
    assert_eq!(measured(&course, "f26_legitimacy_and_deaths"), None);
}

#[test]
fn a_week_is_taken_down_as_it_became_known() {
    let valley = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/lessons/valley.toml");
    let prepared = PreparedScenario::new(read(&Disk, &valley, &[]).unwrap());
    let mut world = prepared.world(1, 0);
    let event = |target, attacker, civilians_killed, reported| Event {
        community: CommunityId(0),
        attacker,
        target,
        constituency: None,
        soldiers_killed: 1,
        partners_killed: 0,
        attackers_killed: 0,
        defenders_killed: 0,
        civilians_killed,
        civilians_hurt: 0,
        harm_by: attacker,
        size: 1 + civilians_killed,
        reported,
    };
    world.log.events = vec![
        event(Target::Civilians, Side::STATE, 4, true),
        event(Target::Civilians, Side(1), 2, true),
        event(Target::Armed(Side(1)), Side::STATE, 8, true),
        event(Target::Civilians, Side::STATE, 16, false),
    ];
    world.calendar.week = 1;
    let mut gathered = Gathered::new(&world);
    gathered.observe(&world);
    let month = &gathered.months[0];
    assert_eq!((month.events, month.deaths, month.all_deaths), (3, 17, 34.0));
    assert_eq!(month.sizes, [5, 3, 9]);
    // Civilians who die in an operation against fighters were not its target.
    assert_eq!((month.killings.all, month.killings.by_state), (6, 4));
    let cercle = month.cercles[usize::from(world.communities[0].cercle)];
    assert_eq!((cercle.attacks_by_groups, cercle.killed_by_state), (1, 4));
    assert_eq!(gathered.deaths_by_week, [17]);
    assert_eq!(Gathered::foreign_cercle(["Mopti", "Valley"].into_iter()), Some("Valley"));
}

#[test]
fn a_pact_is_open_to_the_army_unless_the_state_lets_it_be() {
    let pact = |stance, militia_bound| Pact {
        number: 0,
        address: 0,
        command: toguna_model::words::ids::CommandId(0),
        places: vec![CommunityId(0)],
        since: 10,
        terms: toguna_model::pacts::state::Terms { army_excluded: true, ..Default::default() },
        evenness: 0.5,
        breadth: 0.5,
        militia_bound,
        stance,
        state_supported: false,
        blockade_weeks: 0,
        breaches: 0,
        weeks_of_militia: if militia_bound { 0.0 } else { 9.0 },
        weeks_of_soldiers: 9.0,
        unpunished: 0.0,
        bereaved: 0.0,
        borne: 0.0,
        endurance: 1.0,
    };
    let exposure = |stance, bound| PactLife::new(&pact(stance, bound), 19, true).exposure;
    let open = Exposure::UnboundMilitiaOrOpenArmyClause;
    assert_eq!(exposure(Stance::Ignore, true), open);
    assert_eq!(exposure(Stance::Tolerate, true), Exposure::OtherSoldiers);
    assert_eq!(exposure(Stance::Tolerate, false), open);
}

#[test]
fn every_fact_has_a_source_a_licence_and_a_name_of_its_own() {
    for (place, fact) in FACTS.iter().enumerate() {
        let name = fact.name;
        assert!(!fact.source.title.is_empty() && !fact.source.licence.is_empty(), "{name}");
        assert!(Outcome::place_of(name).is_none(), "{name} is an outcome of another kind");
        assert!(FACTS[..place].iter().all(|other| other.name != name), "{name} stands twice");
        assert!(name.starts_with(&format!("{}_", fact.number.to_lowercase())), "{name}");
        assert!(fact.title.len() <= 26, "{} is too long for the table", fact.title);
        let judged = fact.low.is_finite() || fact.high.is_finite();
        assert!(judged || fact.used_for == Use::Shown, "{name} has no tolerance");
        let inside = |wanted| (fact.low..=fact.high).contains(&wanted);
        assert!(fact.wanted.is_none_or(inside), "{name} wants what it does not tolerate");
    }
    assert_eq!(
        fact_named("f1_deaths_2041").unwrap_err(),
        "did you mean `f1_deaths_2014`? toguna validate lists them"
    );
}

/// What stands in a column of a shipped table beside a key in its first.
fn shipped(table: &str, key: &str, column: &str) -> f64 {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/mali/facts").join(table);
    let text = std::fs::read_to_string(&path).unwrap();
    let place = text.lines().next().unwrap().split(',').position(|it| it == column).unwrap();
    let row = text.lines().find(|line| line.starts_with(&format!("{key},"))).unwrap();
    row.split(',').nth(place).unwrap().parse().unwrap()
}

#[test]
fn wanted_values_are_those_of_the_shipped_tables() {
    let wanted = |name: &str| fact_named(name).unwrap().wanted.unwrap();
    for year in 2014..=2021 {
        let deaths = shipped("violence_by_year.csv", &year.to_string(), "deaths");
        assert_eq!(wanted(&format!("f1_deaths_{year}")), deaths);
    }
    for year in [2014, 2018, 2021] {
        let cercles = shipped("violence_by_year.csv", &year.to_string(), "cercles_with_5_events");
        assert_eq!(wanted(&format!("f8_active_cercles_{year}")), cercles);
    }
    for (month, name) in [("2013-08", "2013_08"), ("2017-12", "2017_12"), ("2021-12", "2021_12")] {
        let displaced = shipped("displaced.csv", month, "internally_displaced");
        assert_eq!(wanted(&format!("f18_displaced_{name}")), displaced);
    }
    for (month, name) in [("2016-06", "2016_06"), ("2019-12", "2019_12")] {
        let closed = shipped("schools_closed.csv", month, "closed_schools");
        assert_eq!(wanted(&format!("f19_schools_{name}")), closed);
    }
    let deaths =
        |year: i32| libm::log(shipped("violence_by_year.csv", &year.to_string(), "deaths"));
    let changes: Vec<f64> = (2012..2021).map(|year| deaths(year + 1) - deaths(year)).collect();
    let spread = (crate::statistics::variance(&changes).unwrap() * 8.0 / 9.0).sqrt();
    assert!((wanted("f28_yearly_changes") - spread).abs() < 0.01, "{spread}");
}

#[test]
fn a_row_says_whether_the_wanted_value_lies_inside_and_whether_the_mean_passes() {
    let fact = fact_named("f1_deaths_2014").unwrap();
    let values: Vec<f64> = (0..=20).map(|run| 400.0 + 10.0 * f64::from(run)).collect();
    let row = FactRow::of(fact, &values);
    // From 410 to 590; 381 is missed by 29: 180 + 20 · 29.
    assert_eq!((row.runs, row.mean), (21, Some(500.0)));
    assert!((row.interval_score.unwrap() - 760.0).abs() < 1e-9, "{row:?}");
    assert_eq!((row.inside, row.passes), (Some(false), Some(true)));
    let nothing = FactRow::of(fact, &[]);
    assert_eq!((nothing.runs, nothing.passes, nothing.inside), (0, None, None));
    let shown = FactRow::of(fact_named("f18_displaced_2012_05").unwrap(), &[1.0]);
    assert_eq!((shown.passes, shown.inside), (None, Some(false)));
}

#[test]
fn a_scenario_is_compared_with_the_facts_of_its_own_years() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
    let prepared = |file: &str, settings: &[&str]| {
        let settings: Vec<String> = settings.iter().map(|it| (*it).to_owned()).collect();
        PreparedScenario::new(read(&Disk, &folder.join(file), &settings).unwrap())
    };
    let coarse = "people.people_per_agent=10000";
    let history = prepared("mali/history.toml", &[coarse]);
    let validation = Validation::new(&history, 1);
    assert!(validation.outside_the_span.is_empty());
    let later = prepared("mali/status-quo.toml", &[coarse]);
    let validation = Validation::new(&later, 1);
    assert!(validation.facts.iter().all(|fact| matches!(fact.span, Span::Lasting(_))));
    assert!(validation.outside_the_span.iter().all(|fact| matches!(fact.span, Span::Years(..))));
    let short = prepared("mali/history.toml", &[coarse, "timeline=[]", "time.end=\"2014-12-31\""]);
    let names: Vec<&str> = Validation::new(&short, 1).facts.iter().map(|fact| fact.name).collect();
    assert!(names.contains(&"f1_deaths_2014") && !names.contains(&"f1_deaths_2015"), "{names:?}");
}
