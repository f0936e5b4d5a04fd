//! What cuts both ways does: for each such lever one small world where more of it makes an outcome rise
//! and one where it makes it fall, with a paired 95 % interval over 20 seeds that excludes 0. The worlds
//! are overlays on the valley in `tests/worlds/signs/`; the head of each says why its sign is what it
//! is. They differ in who and what is there, in money and in other policies: never in a rule, a switch or
//! an outcome.

use crate::arms;
use std::path::Path;
use toguna::experiment::statistics::Interval;

/// A lever from `less` to `more`, as `--set` takes it, and what it does to outcomes in two worlds.
struct Lever {
    less: &'static str,
    more: &'static str,
    outcomes: &'static [&'static str],
    raises_them_in: &'static str,
    lowers_them_in: &'static str,
}

fn cuts_both_ways(lever: &Lever) {
    let ends = |world: &str, setting: &str| {
        let path = format!("tests/worlds/signs/{world}.toml");
        arms::ends_of(&path, &[setting.to_owned()], arms::SEEDS)
    };
    for (world, sign) in [(lever.raises_them_in, 1.0), (lever.lowers_them_in, -1.0)] {
        let (less, more) = (ends(world, lever.less), ends(world, lever.more));
        for outcome in lever.outcomes {
            let paired = arms::difference(&more, &less, arms::outcome(outcome));
            let Interval { low, high } = paired.difference.interval;
            let told = format!(
                "{world}: {} instead of {} moves {outcome} by {:+.2} ({low:+.2} to {high:+.2})",
                lever.more, lever.less, paired.difference.value
            );
            println!("{told}");
            assert!(
                sign * low > 0.0 && sign * high > 0.0,
                "{told}; others: {}",
                arms::tell_apart(&more, &less)
            );
        }
    }
}

/// A world that was bent until it gave the wanted sign would prove that the model bends.
#[test]
fn the_worlds_of_signs_differ_in_who_and_what_is_there_and_never_in_rules() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/worlds/signs");
    let mut worlds = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let world: toml::Table = std::fs::read_to_string(&path).unwrap().parse().unwrap();
        for table in ["rules", "mechanisms", "timeline"] {
            assert!(!world.contains_key(table), "{} sets {table}", path.display());
        }
        worlds += 1;
    }
    assert_eq!(worlds, 22);
}

#[test]
#[ignore = "long: twenty seeds of four arms"]
fn more_military_pressure_brings_recruits_and_deaths_in_one_world_and_fewer_in_another() {
    cuts_both_ways(&Lever {
        less: "policy.military_pressure=0.1",
        more: "policy.military_pressure=0.8",
        outcomes: &["recruits", "deaths"],
        raises_them_in: "pressure-provokes",
        lowers_them_in: "pressure-quells",
    });
}

#[test]
#[ignore = "long: twenty seeds of four arms"]
fn conditions_on_aid_bring_groups_recruits_where_aid_serves_and_cost_them_where_it_feeds_war() {
    cuts_both_ways(&Lever {
        less: "policy.aid_conditionality=0.0",
        more: "policy.aid_conditionality=1.0",
        outcomes: &["recruits"],
        raises_them_in: "aid-serves",
        lowers_them_in: "aid-feeds-war",
    });
}

#[test]
#[ignore = "long: twenty seeds of four arms"]
fn an_early_election_makes_coups_less_likely_with_institutions_and_more_likely_without() {
    cuts_both_ways(&Lever {
        less: "policy.election_date=\"2024-12-02\"",
        more: "policy.election_date=\"2020-06-01\"",
        outcomes: &["coup_hazard_per_year"],
        raises_them_in: "vote-divides",
        lowers_them_in: "vote-heals",
    });
}

#[test]
#[ignore = "long: twenty seeds of four arms"]
fn more_money_for_services_costs_groups_recruits_and_brings_them_where_they_capture_it() {
    const SHARES: (&str, &str) = (
        "policy.services_share={ health = 0.01, schooling = 0.03, justice = 0.015, water = 0.005 }",
        "policy.services_share={ health = 0.08, schooling = 0.24, justice = 0.015, water = 0.04 }",
    );
    cuts_both_ways(&Lever {
        less: SHARES.0,
        more: SHARES.1,
        outcomes: &["recruits"],
        raises_them_in: "services-captured",
        lowers_them_in: "services-win",
    });
}

#[test]
#[ignore = "long: twenty seeds of four arms"]
fn support_for_local_pacts_kills_more_where_bands_live_on_them_and_fewer_where_soldiers_harm() {
    cuts_both_ways(&Lever {
        less: "policy.local_pacts=\"ignore\"",
        more: "policy.local_pacts=\"support\"",
        outcomes: &["recruits", "deaths"],
        raises_them_in: "support-feeds",
        lowers_them_in: "support-calms",
    });
}

#[test]
#[ignore = "long: twenty seeds of four arms"]
fn support_for_local_pacts_earns_trust_where_little_is_conceded_and_costs_it_where_much_is() {
    cuts_both_ways(&Lever {
        less: "policy.local_pacts=\"ignore\"",
        more: "policy.local_pacts=\"support\"",
        outcomes: &["trust"],
        raises_them_in: "support-cares",
        lowers_them_in: "support-yields",
    });
}

#[test]
#[ignore = "long: twenty seeds of four arms"]
fn suppressing_pacts_kills_more_where_it_ends_their_peace_and_fewer_where_it_starves_bands() {
    cuts_both_ways(&Lever {
        less: "policy.local_pacts=\"ignore\"",
        more: "policy.local_pacts=\"suppress\"",
        outcomes: &["deaths", "civilians_killed"],
        raises_them_in: "suppress-alarms",
        lowers_them_in: "suppress-starves",
    });
}

#[test]
#[ignore = "long: twenty seeds of four arms"]
fn a_drought_kills_more_where_it_divides_neighbours_and_fewer_where_it_disarms_the_army() {
    cuts_both_ways(&Lever {
        less: "policy.drought=0.0",
        more: "policy.drought=0.6",
        outcomes: &["deaths", "civilians_killed"],
        raises_them_in: "drought-divides",
        lowers_them_in: "drought-disarms",
    });
}

#[test]
#[ignore = "long: twenty seeds of four arms"]
fn an_amnesty_brings_recruits_where_nobody_can_use_it_and_costs_them_where_fighters_rest_at_home() {
    cuts_both_ways(&Lever {
        less: "policy.amnesty=0.0",
        more: "policy.amnesty=1.0",
        outcomes: &["recruits"],
        raises_them_in: "amnesty-tempts",
        lowers_them_in: "amnesty-brings-home",
    });
}

#[test]
#[ignore = "long: twenty seeds of four arms"]
fn inviting_the_brotherhood_kills_more_where_donors_take_offence_and_fewer_where_it_signs() {
    cuts_both_ways(&Lever {
        less: "policy.invited=[]",
        more: "policy.invited=[\"brotherhood\"]",
        outcomes: &["deaths"],
        raises_them_in: "invited-take-offence",
        lowers_them_in: "invited-come-round",
    });
}

#[test]
#[ignore = "long: twenty seeds of four arms"]
fn talks_are_followed_by_fewer_coups_where_they_are_wanted_and_by_more_where_they_are_resented() {
    cuts_both_ways(&Lever {
        less: "policy.national_dialogue=\"off\"",
        more: "policy.national_dialogue=\"inclusive\"",
        outcomes: &["coups"],
        raises_them_in: "talks-resented",
        lowers_them_in: "talks-wanted",
    });
}
