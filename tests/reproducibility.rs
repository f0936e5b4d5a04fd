//! The same scenario and seed give the same bytes: on any number of threads, again and again, and
//! whatever else is switched that has nothing to do.

use crate::worlds::{
    self, EVERYTHING, TWO_VILLAGES, VALLEY, assert_same_bytes, on_threads, prepared, record_of,
    run_for,
};
use toguna::scenario::prepared::PreparedScenario;

fn assert_the_same_on_any_threads(prepared: &PreparedScenario, weeks: u32, what: &str) {
    let alone = on_threads(1, || run_for(prepared, 2, weeks));
    for threads in [1, 2, 8] {
        let others = on_threads(threads, || run_for(prepared, 2, weeks));
        assert_same_bytes(&alone, &others, &format!("{what} on {threads} threads"));
    }
    for name in ["events.csv", "places.csv"] {
        assert!(!worlds::rows_of(&alone, name).is_empty(), "{what}: nothing happened");
    }
}

#[test]
fn a_small_world_is_identical_on_one_two_and_eight_threads_and_lived_again() {
    for path in [VALLEY, TWO_VILLAGES] {
        assert_the_same_on_any_threads(&prepared(path, worlds::AS_IT_IS), 260, path);
    }
}

const COUNTRY: &str = "scenarios/mali/status-quo.toml";

#[test]
fn a_country_of_thirteen_weeks_is_identical_on_one_two_and_eight_threads_and_lived_again() {
    assert_the_same_on_any_threads(&worlds::quick(COUNTRY, 20), 13, COUNTRY);
}

#[test]
#[ignore = "long: three years of a country, four times"]
fn a_country_is_identical_on_one_two_and_eight_threads_and_lived_again() {
    assert_the_same_on_any_threads(&worlds::quick(COUNTRY, 20), 156, COUNTRY);
}

#[test]
fn a_world_read_anew_is_the_same_world() {
    let one = record_of(&prepared(VALLEY, worlds::AS_IT_IS), 9, EVERYTHING);
    let other = record_of(&prepared(VALLEY, worlds::AS_IT_IS), 9, EVERYTHING);
    assert_same_bytes(&one, &other, "read anew");
}

#[test]
fn another_seed_is_another_story() {
    let prepared = prepared(VALLEY, worlds::AS_IT_IS);
    let (one, other) = (record_of(&prepared, 1, EVERYTHING), record_of(&prepared, 2, EVERYTHING));
    assert_ne!(worlds::checksum(&one), worlds::checksum(&other));
}

/// A switch, and settings under which its mechanism has nothing to do on the valley.
const IDLE: &[(&str, &[&str])] = &[
    ("reintegration", &["policy.reintegration_offer=0"]),
    ("operations", &["policy.military_pressure=0", "policy.partner_presence.guardians=0"]),
    ("state_abuse", &["policy.military_pressure=0", "policy.partner_presence.guardians=0"]),
    ("arrest", &["policy.military_pressure=0"]),
    ("restraint", &["policy.restraint=0", "policy.partner_presence.guardians=0"]),
    (
        "school_closures",
        &["groups.brotherhood.opposes_school=false", "rules.services.chance_to_reopen_per_week=0"],
    ),
    (
        "group_reprisals",
        &["rules.violence.group_on_civilians_per_week=0", "rules.violence.feedback=0"],
    ),
    ("rivalry", &["rules.violence.rivals_per_week=0"]),
    ("ambushes", &["rules.violence.group_on_state_per_week=0"]),
    ("escalation", &["rules.violence.feedback=0"]),
    ("command_relocation", &["rules.posture.chance_to_look_around_per_week=0"]),
    ("army_follows_attacks", &["rules.posture.pull_of_attacks=0"]),
    ("fatigue", &["rules.leaving.fatigue_per_week=0"]),
    ("losses", &["rules.leaving.losses_per_week=0"]),
    ("unpaid", &["rules.leaving.unpaid_per_week=0"]),
    (
        "absorption",
        &[
            "rules.recruitment.least_absorption=100",
            "rules.recruitment.absorption_per_week=1",
            "rules.recruitment.scale=0.1",
        ],
    ),
    (
        "endorsement",
        &[
            "rules.recruitment.endorsement_without_support=1",
            "rules.recruitment.distrust_opens_doors=0",
        ],
    ),
    (
        "grievance_spread",
        &[
            "rules.memory.spread_nearby=0",
            "rules.memory.spread_everywhere=0",
            "rules.memory.alarm_along_roads=0",
        ],
    ),
    ("information", &["rules.violence.information_of_control=0"]),
    ("coercion", &["rules.recruitment.coercion_weight=0"]),
    ("religious", &["rules.recruitment.religious_weight=0"]),
    ("status", &["rules.recruitment.status_weight=0"]),
];

#[test]
#[ignore = "long: two years of the valley twice for each mechanism"]
fn switching_off_a_mechanism_that_has_nothing_to_do_changes_no_draw() {
    for (switch, settings) in IDLE {
        let with = |on: bool| {
            let mut settings: Vec<String> = settings.iter().map(|s| (*s).to_owned()).collect();
            settings.push("time.end=\"2022-01-02\"".to_owned());
            settings.push(format!("mechanisms.{switch}={on}"));
            record_of(&prepared(VALLEY, &settings), 6, EVERYTHING)
        };
        assert_same_bytes(&with(true), &with(false), switch);
    }
}

#[test]
fn a_group_that_nobody_fights_and_nobody_joins_shifts_no_draw() {
    // A further group sorts before the others and has no commands: every draw of theirs stays.
    let stranger = "groups.absent={ kind = \"separatist\", ideological = 0.1, rigidity = 0.5, \
                    revenue_per_fighter = 1.0 }";
    let plain = record_of(&prepared(VALLEY, worlds::AS_IT_IS), 8, EVERYTHING);
    let other = record_of(&prepared(VALLEY, &[stranger]), 8, EVERYTHING);
    for ((name, a), (_, b)) in worlds::tables_of(&plain).iter().zip(worlds::tables_of(&other)) {
        if matches!(*name, "events.csv" | "recruits.csv" | "leavers.csv") {
            let differs = a.lines().zip(b.lines()).find(|(a, b)| a != b);
            assert!(*a == b, "{name} differs: {differs:?}");
        }
    }
}
