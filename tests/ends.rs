//! How wars end: by accords that are carried out, by groups that are no more, by truces, and by the loss of the
//! capital.

use crate::worlds::{self, AS_IT_IS, VALLEY, prepared};
use std::collections::BTreeSet;
use toguna::experiment::statistics::{Confidence, Interval, paired_difference};
use toguna::model::katibas;
use toguna::model::talks::effects::rigidity_of;
use toguna::model::talks::state::Stage;
use toguna::model::words::ids::{CommandId, GroupId, Side};
use toguna::model::world::World;
use toguna::model::world::group::of_group;
use toguna::model::world::log::LeavingCause;

fn group(world: &World, name: &str) -> GroupId {
    let found = world.all_groups().find(|group| world.name_of(Side::of(*group)) == name);
    found.unwrap_or_else(|| panic!("there is no group {name}"))
}

/// What `with` has more of than `without`, run by run; says so.
fn more(what: &str, with: &[f64], without: &[f64]) -> Interval {
    let paired = paired_difference(with, without, Confidence::NINETY_FIVE).expect("many seeds");
    let Interval { low, high } = paired.difference.interval;
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    println!("{what}: {:.2} → {:.2}, {low:+.2} to {high:+.2}", mean(without), mean(with));
    paired.difference.interval
}

/// The riders, whose leaders refuse nothing, are invited, and nobody objects.
const ACCORD: &[&str] = &[
    "rules.dialogue.steps_per_week=1.0",
    "policy.national_dialogue=\"inclusive\"",
    "policy.invited=[\"riders\"]",
    "policy.community_seats=0.8",
    "policy.mediators=1",
    "policy.dialogue_share=0.02",
    "groups.riders.rigidity=0",
    "rules.bargaining.spread_of_minds=0",
    "mechanisms.partner_vetoes=false",
];

/// A year of the riders after their accord.
struct Year {
    /// Share of the members who signed who are still with them.
    left: f64,
    /// Attacks by the riders in the second half.
    attacks: f64,
}

fn year_after_an_accord(seed: u64, clauses_per_week: f64) -> Year {
    let clauses = format!("rules.dialogue.clauses_per_week={clauses_per_week}");
    let mut world = prepared(VALLEY, &[ACCORD, &[clauses.as_str()]].concat()).world(seed, 0);
    let riders = group(&world, "riders");
    let weeks_to_accord = (0..200).find(|_| {
        world.advance();
        world.talks.with(riders).stage == Stage::Accord
    });
    weeks_to_accord.expect("they come to an accord");
    let members = |world: &World| -> BTreeSet<u32> {
        let bands = of_group(&world.commands, riders);
        bands.flat_map(|(_, band)| band.members.iter().map(|member| member.person.0)).collect()
    };
    let signed = members(&world);
    let mut attacks = 0.0;
    for week in 0..52 {
        world.advance();
        let by_riders = world.log.events.iter().filter(|it| it.attacker == Side::of(riders));
        attacks += if week < 26 { 0.0 } else { by_riders.count() as f64 };
    }
    let left = members(&world).intersection(&signed).count() as f64 / signed.len() as f64;
    Year { left, attacks }
}

#[test]
fn an_accord_carried_out_ends_the_fighting_of_those_who_signed() {
    let arm = |clauses: f64| {
        toguna::engine::parallel::map(12, |seed| year_after_an_accord(1 + seed as u64, clauses))
    };
    let (paper, done) = (arm(0.0), arm(0.1));
    let of = |years: &[Year], of: fn(&Year) -> f64| -> Vec<f64> { years.iter().map(of).collect() };
    let left = |years: &[Year]| of(years, |year| year.left);
    let attacks = |years: &[Year]| of(years, |year| year.attacks);
    let most = left(&done).into_iter().fold(0.0, f64::max);
    assert!(more("share left", &left(&done), &left(&paper)).high < -0.5);
    assert!(more("attacks", &attacks(&done), &attacks(&paper)).high < 0.0);
    assert!(most <= 0.005, "{most} of those who signed are left where all was carried out");
}
