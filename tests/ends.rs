//! How wars end: by accords that are carried out, by groups that are no more, by truces, and by the loss of the
//! capital.

use crate::worlds::{AS_IT_IS, VALLEY, prepared};
use std::collections::BTreeSet;
use toguna::experiment::statistics::{Confidence, Interval, paired_difference};
use toguna::model::katibas::phase::gather;
use toguna::model::talks::effects::rigidity_of;
use toguna::model::talks::state::Stage;
use toguna::model::truces::phase::agree;
use toguna::model::war;
use toguna::model::war::state::End;
use toguna::model::week::WEEK;
use toguna::model::words::geography::Rank;
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
    "partners.guardians.vetoes=[]",
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

/// The first band of a group.
fn band(world: &World, of: &str) -> CommandId {
    let of = group(world, of);
    of_group(&world.commands, of).next().expect("it has a band").0
}

/// So many of a band's members leave it for another, so that both are of one katiba.
fn divide(world: &mut World, from: CommandId, stay: usize) -> CommandId {
    let id = CommandId(world.commands.len() as u16);
    let parent = &mut world.commands[from.index()];
    let mut other = parent.clone();
    other.members = parent.members.split_off(stay);
    other.name = format!("{}+", parent.name);
    other.number += 1;
    world.commands.push(other);
    id
}

#[test]
fn a_band_of_seven_joins_the_nearest_of_its_katiba_and_nobody_elses() {
    let mut world = prepared(VALLEY, AS_IT_IS).world(1, 0);
    let few = band(&world, "riders");
    let others = divide(&mut world, few, 7);
    let total =
        world.commands[few.index()].members.len() + world.commands[others.index()].members.len();
    gather(&mut world);
    assert_eq!(world.commands[few.index()].members.len(), 0);
    assert_eq!(world.commands[others.index()].members.len(), total);
    assert!(world.log.leavers.is_empty());
    // Out of reach, or eight of them, they stay where they are.
    for (stay, reach) in [(7, "0"), (8, "50")] {
        let reach = format!("rules.katibas.joins_within={reach}");
        let mut world = prepared(VALLEY, &[reach]).world(1, 0);
        let few = band(&world, "riders");
        let others = divide(&mut world, few, stay);
        let elsewhere = world.commands[few.index()].base;
        let far = world.communities.iter().map(|place| place.id).find(|id| *id != elsewhere);
        world.commands[others.index()].base = far.unwrap();
        gather(&mut world);
        assert_eq!(world.commands[few.index()].members.len(), stay);
    }
}

#[test]
fn a_katiba_of_seven_goes_home_with_its_guests_and_one_of_eight_stays() {
    for (stay, left) in [(7, 0.0), (8, 8.0)] {
        let mut world = prepared(VALLEY, AS_IT_IS).world(1, 0);
        let few = band(&world, "riders");
        let gone = world.commands[few.index()].members.split_off(stay);
        for member in gone {
            world.send_home(few, member, LeavingCause::Fatigue);
        }
        world.log.leavers.clear();
        // One of seven or eight is a guest from abroad.
        let member = world.commands[few.index()].members.pop().expect("there are some");
        world.send_home(few, member, LeavingCause::Fatigue);
        world.log.leavers.clear();
        world.commands[few.index()].foreign = 1;
        let home = world.foreigners.gone_home;
        gather(&mut world);
        assert_eq!(world.commands[few.index()].fighters(1.0), left);
        assert_eq!(world.log.leavers.len() as f64, (stay as f64 - left - 1.0).max(0.0));
        assert_eq!(world.foreigners.gone_home - home, u64::from(left == 0.0));
        assert!(world.log.leavers.iter().all(|it| it.cause == LeavingCause::Disbanded));
    }
}

#[test]
fn all_bands_of_a_katiba_have_one_leader_and_one_word() {
    let mut world = prepared(VALLEY, &ACCORD[..6]).world(1, 0);
    let riders = group(&world, "riders");
    let first = band(&world, "riders");
    let second = divide(&mut world, first, 20);
    assert_eq!(rigidity_of(&world, first), rigidity_of(&world, second));
    let alone = of_group(&world.commands, riders)
        .map(|(id, _)| id)
        .find(|id| !world.are_of_one_katiba(*id, first));
    assert_ne!(rigidity_of(&world, first), rigidity_of(&world, alone.unwrap()));
    for _ in 0..200 {
        world.advance();
        let keep: BTreeSet<(CommandId, bool)> = of_group(&world.commands, riders)
            .filter(|(_, command)| command.fighters(1.0) > 0.0)
            .map(|(id, command)| (command.katiba, world.talks.is_in_accord(id)))
            .collect();
        let katibas: BTreeSet<CommandId> = keep.iter().map(|(katiba, _)| *katiba).collect();
        assert_eq!(keep.len(), katibas.len(), "bands of one katiba differ");
        if world.talks.with(riders).stage == Stage::Accord {
            return;
        }
    }
    panic!("there was no accord to keep");
}

#[test]
fn a_katiba_that_will_not_have_an_accord_goes_over_to_a_group_that_fights_on() {
    let settings = [&ACCORD[..6], &["rules.dialogue.commands_in_per_week=0"]].concat();
    let mut world = prepared(VALLEY, &settings).world(1, 0);
    let (riders, brotherhood) = (group(&world, "riders"), group(&world, "brotherhood"));
    let (stays, goes) = (band(&world, "riders"), CommandId(band(&world, "riders").0 + 1));
    world.talks.tracks[riders.index()].stage = Stage::Accord;
    world.talks.in_accord = vec![stays];
    let change = WEEK.iter().find(|phase| phase.name == "group_changes").unwrap();
    let control = |world: &World| -> f64 {
        let of =
            |side: Side| world.communities.iter().map(move |place| place.control[side.index()]);
        of(Side::of(riders)).sum::<f64>() + of(Side::of(brotherhood)).sum::<f64>()
    };
    let held = control(&world);
    (change.run)(&mut world);
    assert_eq!(world.commands[stays.index()].group, riders);
    assert_eq!(world.commands[goes.index()].group, brotherhood);
    assert!((control(&world) - held).abs() < 1e-9);
}

/// Truces made in a year in which two groups lose these shares of their fighters every eight weeks.
fn truces_made(lost: [f64; 2]) -> usize {
    let run = |seed: usize| {
        let rules = ["rules.truces.broken_per_week=0", "rules.truces.truces_per_week=0.3"];
        let mut world = prepared(VALLEY, &rules).world(1 + seed as u64, 0);
        for (name, lost) in ["brotherhood", "hunters"].into_iter().zip(lost) {
            let side = group(&world, name);
            for command in world.commands.iter_mut().filter(|command| command.group == side) {
                command.lost = command.members.len() as f64 * lost / (1.0 - lost);
            }
        }
        for _ in 0..52 {
            agree(&mut world);
            world.calendar.week += 1;
        }
        let [a, b] = ["brotherhood", "hunters"].map(|name| Side::of(group(&world, name)));
        usize::from(world.hostility.are_at_truce(a, b))
    };
    (0..40).map(run).sum()
}

#[test]
fn groups_that_are_both_hurt_make_truces_and_others_do_not() {
    assert_eq!(truces_made([0.0, 0.4]), 0);
    let (scratched, hurt) = (truces_made([0.02, 0.4]), truces_made([0.2, 0.2]));
    assert!(hurt > 20 && scratched < hurt, "{scratched} and {hurt} of 40");
}

#[test]
fn a_state_that_loses_its_capital_is_succeeded_by_the_group_that_holds_it() {
    let mut world = prepared(VALLEY, AS_IT_IS).world(1, 0);
    (0..4).for_each(|_| world.advance());
    let (brotherhood, riders) = (group(&world, "brotherhood"), group(&world, "riders"));
    let side = Side::of(brotherhood);
    let capital = world.communities.iter().position(|place| place.rank == Rank::Capital).unwrap();
    let succession = WEEK.iter().find(|phase| phase.name == "succession").unwrap();
    // Half of it is not enough.
    for (held, lost) in [(0.5, false), (0.6, true)] {
        world.communities[capital].control = vec![0.0; world.sides()];
        world.communities[capital].control[0] = 0.3;
        world.communities[capital].control[side.index()] = held;
        (succession.run)(&mut world);
        assert_eq!(world.war.capital_lost.is_some(), lost, "{held}");
    }
    assert_eq!(war::effects::end(&world), Some((End::Lost, 4)));
    assert!(!world.has_fighters(brotherhood));
    assert_eq!(world.hostility.between(Side::STATE, side), 0.0);
    assert_eq!(
        world.hostility.between(Side::STATE, Side::of(riders)),
        world.hostility.between(side, Side::of(riders))
    );
    assert!((world.communities[capital].control[0] - 0.9).abs() < 1e-12);
    // Its men are the army, and nobody is lost: they live at home.
    let sent = world.log.leavers.iter().filter(|it| it.cause == LeavingCause::Disbanded).count();
    assert!(sent > 50 && (world.government.army.total() - sent as f64).abs() < 1e-9, "{sent}");
    // What follows is a country that goes on.
    (0..60).for_each(|_| world.advance());
    assert!(world.government.army.total() > sent as f64);
    assert_eq!(war::effects::end(&world).map(|(how, _)| how), Some(End::Lost));
}

#[test]
fn a_war_is_over_after_a_year_of_few_battles_and_how_depends_on_an_accord() {
    let mut world = prepared(VALLEY, AS_IT_IS).world(1, 0);
    let quiet = |world: &mut World, weeks: u32| {
        for _ in 0..weeks {
            world.log.events.clear();
            war::phase::count(world);
            world.calendar.week += 1;
        }
    };
    quiet(&mut world, 100);
    assert_eq!(war::effects::end(&world), None, "where there was none it cannot end");
    world.war.battle_deaths[20] = 25;
    let start = world.calendar.week;
    quiet(&mut world, 1);
    assert!(world.war.begun && war::effects::end(&world).is_none());
    quiet(&mut world, 52);
    let (how, since) = war::effects::end(&world).expect("a year has passed");
    assert!(how == End::Won && since + 52 > start, "{how:?} since {since}, after {start}");
    world.war.accord_kept = Some(since - 52);
    assert_eq!(war::effects::end(&world), Some((End::Settled, since)));
    world.war.accord_kept = Some(since - 53);
    assert_eq!(war::effects::end(&world), Some((End::Won, since)));
}
