//! The pact of Koro of 27 July 2020 between Dogon communities and Katiba Macina, tolerated by the state, held with
//! local breaches (`scenarios/mali/facts/pacts.csv`, P4): the history forked on that day, with it and without it.
//! Violence there is wanted to fall by half to nine tenths against like places (to check: nothing was chosen by it).

use crate::worlds::prepared;
use toguna::experiment::in_order::in_order;
use toguna::experiment::statistics::{Confidence, paired_difference};
use toguna::model::pacts::phase::hold_from_start;
use toguna::model::pacts::state::{FromStart, Schools, Stance, Terms};
use toguna::model::words::ids::{CommandId, CommunityId};
use toguna::model::world::World;
use toguna::units::Share;

const SEEDS: usize = 20;
/// Weeks from 1 January 2012 to 27 July 2020.
const WEEKS_BEFORE: u32 = 447;
const WEEKS_AFTER: u32 = 52;

/// Koro, and cercles of the same plain.
const KORO: &str = "Koro";
const LIKE: [&str; 2] = ["Bankass", "Bandiagara"];

fn places_of(world: &World, cercle: &str) -> Vec<CommunityId> {
    let id = world.cercles.iter().position(|name| name == cercle).expect("it is a cercle of Mali");
    let here = world.communities.iter().filter(|place| usize::from(place.cercle) == id);
    here.map(|place| place.id).collect()
}

/// The command of Katiba Macina, or of those it merged into, with most fighters in some places, and where it is.
fn strongest(world: &World, places: &[CommunityId]) -> Option<(CommandId, Vec<CommunityId>)> {
    let jihadist = |command: CommandId| {
        let group = world.commands[command.index()].group;
        ["jnim", "katiba_macina"].contains(&world.groups[group.index()].name.as_str())
    };
    let bands = places.iter().flat_map(|place| &world.community(*place).bands);
    let mut by_command: Vec<(CommandId, f64)> = Vec::new();
    for band in bands.filter(|band| jihadist(band.command)) {
        match by_command.iter_mut().find(|(command, _)| *command == band.command) {
            Some((_, fighters)) => *fighters += band.people(),
            None => by_command.push((band.command, band.people())),
        }
    }
    let (command, _) = by_command.into_iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let there = |place: &&CommunityId| {
        let bands = &world.community(**place).bands;
        bands.iter().any(|band| jihadist(band.command))
    };
    Some((command, places.iter().filter(there).copied().collect()))
}

/// Reported events in some cercles over the year to come.
fn events(world: &mut World, cercles: &[&[CommunityId]]) -> Vec<f64> {
    let mut events = vec![0.0; cercles.len()];
    for _ in 0..WEEKS_AFTER {
        world.advance();
        for event in world.log.events.iter().filter(|event| event.reported) {
            for (events, places) in events.iter_mut().zip(cercles) {
                *events += f64::from(u8::from(places.contains(&event.community)));
            }
        }
    }
    events
}

#[test]
#[ignore = "long: twenty seeds of nine years of Mali"]
fn the_pact_of_koro_quiets_koro_against_like_places() {
    let prepared = prepared("scenarios/mali/history.toml", &["people.people_per_agent=10"]);
    let mut found: Vec<Option<[f64; 4]>> = Vec::new();
    let work = |run: usize| {
        let mut without = prepared.world(1 + run as u64, 0);
        for _ in 0..WEEKS_BEFORE {
            without.advance();
        }
        without.policy.local_pacts = Stance::Tolerate;
        let koro = places_of(&without, KORO);
        let like: Vec<CommunityId> =
            LIKE.iter().flat_map(|cercle| places_of(&without, cercle)).collect();
        let Some((command, places)) = strongest(&without, &koro) else { return Ok(None) };
        let mut with = without.clone();
        let since = i32::try_from(with.calendar.week).expect("some hundred weeks");
        let terms = Terms {
            schools: Schools::State,
            rules: true,
            levy: Share::of(0.5),
            ..Terms::default()
        };
        hold_from_start(&mut with, &FromStart { places, command, since, terms: Some(terms) });
        let cercles = [&koro[..], &like[..]];
        let (with, without) = (events(&mut with, &cercles), events(&mut without, &cercles));
        Ok(Some([with[0], without[0], with[1], without[1]]))
    };
    let take = |_, one| {
        found.push(one);
        Ok::<(), ()>(())
    };
    in_order(SEEDS, rayon::current_num_threads(), work, take).expect("no run fails");
    let found: Vec<[f64; 4]> = found.into_iter().flatten().collect();
    assert!(
        found.len() >= SEEDS / 2,
        "Katiba Macina is in Koro in {} of {SEEDS} runs",
        found.len()
    );
    let mean = |at: usize| found.iter().map(|run| run[at]).sum::<f64>() / found.len() as f64;
    let log = |events: f64| libm::log(events + 0.5);
    let there: Vec<f64> = found.iter().map(|run| log(run[0]) - log(run[1])).collect();
    let elsewhere: Vec<f64> = found.iter().map(|run| log(run[2]) - log(run[3])).collect();
    let paired =
        paired_difference(&there, &elsewhere, Confidence::NINETY_FIVE).expect("many seeds");
    let percent = |log: f64| 100.0 * libm::expm1(log);
    let interval = paired.difference.interval;
    println!(
        "{} runs; reported events of a year in Koro {:.1} with the pact, {:.1} without; in Bankass and \
         Bandiagara {:.1} and {:.1}; change against these {:+.0} % ({:+.0} to {:+.0} %), wanted -90 to -50 %",
        found.len(),
        mean(0),
        mean(1),
        mean(2),
        mean(3),
        percent(paired.difference.value),
        percent(interval.low),
        percent(interval.high)
    );
    assert!(interval.high < 0.0, "the pact quiets nothing");
}
