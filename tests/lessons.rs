//! The lessons teach what their heads say: each of the valleys in `scenarios/lessons/` that stands for one
//! is lived as it is and as its head proposes, and what tells the two apart is compared with 0 with a
//! 95 % interval over shared seeds.

use crate::arms::{self, Ends};
use crate::worlds::{self, prepared, record_of, rows_of};
use toguna::experiment::in_order::in_order;
use toguna::experiment::logs::Wanted;
use toguna::experiment::record::RunRecord;
use toguna::experiment::statistics::{Confidence, Interval, paired_difference};

const SEEDS: std::ops::Range<u64> = 1..25;

fn lesson(name: &str, settings: &[&str]) -> Ends {
    let settings: Vec<String> = settings.iter().map(|set| (*set).to_owned()).collect();
    arms::ends_of(&format!("scenarios/lessons/{name}.toml"), &settings, SEEDS)
}

/// What `with` has more of than `without`, run by run; says so.
fn more(what: &str, with: &[f64], without: &[f64]) -> Interval {
    let paired = paired_difference(with, without, Confidence::NINETY_FIVE).expect("many seeds");
    let Interval { low, high } = paired.difference.interval;
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    println!(
        "{what}: {:.1} → {:.1}, {:+.1} ({low:+.1} to {high:+.1})",
        mean(without),
        mean(with),
        paired.difference.value
    );
    paired.difference.interval
}

fn of(ends: &Ends, outcome: &str) -> Vec<f64> {
    let place = arms::outcome(outcome);
    ends.iter().map(|end| end[place]).collect()
}

#[track_caller]
fn rises(what: &str, with: &[f64], without: &[f64]) {
    assert!(more(what, with, without).low > 0.0, "{what} does not rise");
}

#[track_caller]
fn falls(what: &str, with: &[f64], without: &[f64]) {
    assert!(more(what, with, without).high < 0.0, "{what} does not fall");
}

const FORCE: &[&str] = &["policy.military_pressure=1.0"];

#[test]
#[ignore = "long: twenty seeds or more of each arm"]
fn against_the_unbending_force_works_and_dialogue_fails() {
    let talks = &[
        "policy.military_pressure=0.1",
        "policy.national_dialogue=\"inclusive\"",
        "policy.invited=[\"brotherhood\"]",
        "policy.mediators=0.8",
    ];
    let [as_it_is, force, talks] = [&[], FORCE, talks].map(|set| lesson("unbending-valley", set));
    for outcome in ["fighters", "recruits", "deaths", "civilians_killed"] {
        falls(&format!("{outcome} by force"), &of(&force, outcome), &of(&as_it_is, outcome));
        rises(&format!("{outcome} by talks"), &of(&talks, outcome), &of(&as_it_is, outcome));
    }
    assert!(of(&talks, "accords").iter().all(|accords| *accords == 0.0), "it signs nothing");
}

#[test]
#[ignore = "long: twenty seeds or more of each arm"]
fn with_those_who_bargain_dialogue_works_and_force_fails() {
    let talks = &[
        "policy.military_pressure=0.1",
        "policy.national_dialogue=\"inclusive\"",
        "policy.invited=[\"riders\", \"brotherhood\"]",
        "policy.mediators=0.8",
        "policy.community_seats=0.8",
        "policy.reintegration_offer=0.8",
    ];
    let [as_it_is, force, quiet, talks] =
        [&[], FORCE, &talks[..1], talks].map(|set| lesson("bargaining-valley", set));
    for outcome in ["recruits", "deaths", "civilians_killed"] {
        rises(&format!("{outcome} by force"), &of(&force, outcome), &of(&as_it_is, outcome));
        falls(&format!("{outcome} by talks"), &of(&talks, outcome), &of(&as_it_is, outcome));
        // Not by holding fire alone.
        let than_quiet = format!("{outcome} by talks beside holding fire");
        falls(&than_quiet, &of(&talks, outcome), &of(&quiet, outcome));
    }
}

#[test]
#[ignore = "long: twenty seeds or more of each arm"]
fn where_people_are_neglected_services_alone_suffice() {
    let services = &[
        "policy.services_share.health=0.1",
        "policy.services_share.schooling=0.3",
        "policy.services_share.justice=0.05",
        "policy.services_share.water=0.06",
    ];
    let force: &[&str] = &["policy.military_pressure=0.8"];
    let [as_it_is, force, services] =
        [&[], force, services].map(|set| lesson("neglected-valley", set));
    let at_first = fighters_at_first("neglected-valley");
    let at_first = vec![at_first; SEEDS.count()];
    let fighters = |ends| of(ends, "fighters");
    rises("fighters, left as it is", &fighters(&as_it_is), &at_first);
    rises("fighters, by force", &fighters(&force), &at_first);
    falls("fighters, by services", &fighters(&services), &at_first);
    for outcome in ["recruits", "deaths", "civilians_killed"] {
        falls(&format!("{outcome} by services"), &of(&services, outcome), &of(&as_it_is, outcome));
    }
    let killed = |ends| of(ends, "civilians_killed");
    rises("civilians killed by force", &killed(&force), &killed(&as_it_is));
}

/// Fighters whom the founders of all commands are.
fn fighters_at_first(name: &str) -> f64 {
    let prepared = prepared(&format!("scenarios/lessons/{name}.toml"), worlds::AS_IT_IS);
    let commands = &prepared.checked().tables.commands.rows;
    commands.iter().map(|row| f64::from(row.fighters)).sum()
}

#[test]
#[ignore = "long: twenty seeds or more of each arm"]
fn below_the_tipping_point_restraint_lets_groups_grow_and_above_it_they_shrink() {
    let at_first = vec![fighters_at_first("tipping-valley"); SEEDS.count()];
    let mut before: Option<Vec<f64>> = None;
    for (restraint, grow) in [(0.0, true), (0.1, true), (0.5, false), (0.7, false), (0.9, false)] {
        let fighters = of(
            &lesson("tipping-valley", &[&format!("policy.restraint={restraint:?}")]),
            "fighters",
        );
        let what = format!("fighters under a restraint of {restraint}");
        let test = if grow { rises } else { falls };
        test(&what, &fighters, &at_first);
        let mean = |runs: &[f64]| runs.iter().sum::<f64>();
        assert!(before.is_none_or(|before| mean(&before) > mean(&fighters)), "{what}: not fewer");
        before = Some(fighters);
    }
}

/// Where the pact of the lesson holds, and the places beside them.
const SIGNED: [&str; 4] = ["twinwells", "fordham", "middlemarket", "reedbank"];
const NEXT_DOOR: [&str; 8] = [
    "redcliff",
    "highpasture",
    "oldmosque",
    "windgap",
    "ricefields",
    "fishbend",
    "longdyke",
    "cottonwood",
];

/// Every run of the bought peace, with its events.
fn bought_peace(settings: &[&str]) -> Vec<RunRecord> {
    let prepared = prepared("scenarios/lessons/bought-peace.toml", settings);
    let wanted = Wanted::of(&["events"]);
    let mut records = Vec::new();
    let work = |run: usize| Ok(record_of(&prepared, 1 + run as u64, wanted));
    let take = |_, record| {
        records.push(record);
        Ok::<(), ()>(())
    };
    in_order(20, rayon::current_num_threads(), work, take).expect("no run fails");
    records
}

#[test]
#[ignore = "long: twenty seeds or more of each arm"]
fn a_bought_peace_protects_those_who_signed_and_arms_their_neighbours_enemy() {
    let (signed, without) = (bought_peace(&[]), bought_peace(&["mechanisms.pacts=false"]));
    let killed = |records: &[RunRecord], places: &[&str]| -> Vec<f64> {
        let in_one = |record: &RunRecord| {
            let there = rows_of(record, "events.csv").into_iter().filter(|event| {
                event["attacker"] == "brotherhood" && places.contains(&event["community"].as_str())
            });
            there.map(|event| event["civilians_killed"].parse::<f64>().unwrap()).sum()
        };
        records.iter().map(in_one).collect()
    };
    let attacks = |records: &[RunRecord]| -> Vec<f64> {
        let in_one = |record: &RunRecord| {
            let events = rows_of(record, "events.csv");
            let own = events.iter().filter(|event| event["attacker"] == "brotherhood");
            own.filter(|event| NEXT_DOOR.contains(&event["community"].as_str())).count() as f64
        };
        records.iter().map(in_one).collect()
    };
    let fighters = |records: &[RunRecord]| -> Vec<f64> {
        let own = |record: &RunRecord| {
            let rows = rows_of(record, "groups.csv");
            let last = rows.iter().rfind(|row| row["group"] == "brotherhood");
            last.expect("the brotherhood is there")["fighters"].parse::<f64>().unwrap()
        };
        records.iter().map(own).collect()
    };
    let killed_by_it = "civilians killed by the brotherhood";
    falls(
        &format!("{killed_by_it} where people signed"),
        &killed(&signed, &SIGNED),
        &killed(&without, &SIGNED),
    );
    rises(
        &format!("{killed_by_it} next door"),
        &killed(&signed, &NEXT_DOOR),
        &killed(&without, &NEXT_DOOR),
    );
    rises("its attacks next door", &attacks(&signed), &attacks(&without));
    rises("its fighters", &fighters(&signed), &fighters(&without));
}
