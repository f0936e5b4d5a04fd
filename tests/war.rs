//! What force, ground and fighters do to each other: for each rule of the war a world in which one sees
//! what it is for, with a paired 95 % interval over shared seeds.

use crate::arms;
use crate::worlds::{self, AS_IT_IS, VALLEY, prepared};
use toguna::experiment::in_order::in_order;
use toguna::experiment::statistics::{Confidence, Interval, paired_difference};
use toguna::model::self_defence::effects::{is_protected, resolve, unshielded};
use toguna::model::self_defence::phase::found;
use toguna::model::week::WEEK;
use toguna::model::words::geography::Rank;
use toguna::model::words::ids::{CommandId, CommunityId, GroupId, Side};
use toguna::model::words::motives::Motive;
use toguna::model::world::World;
use toguna::model::world::bands::Spread;
use toguna::model::world::community::{Community, QuarterLife};
use toguna::model::world::group::Command;
use toguna::scenario::prepared::PreparedScenario;

const HISTORY: &str = "scenarios/mali/history.toml";

/// Runs of a scenario, one for each seed, and what is read from each.
fn read_runs<T: Send>(
    path: &str,
    settings: &[&str],
    seeds: u64,
    read: impl Fn(World) -> T + Sync,
) -> Vec<T> {
    let prepared = prepared(path, settings);
    let mut found = Vec::new();
    let work = |run: usize| Ok(read(prepared.world(1 + run as u64, 0)));
    let take = |_, one| {
        found.push(one);
        Ok::<(), ()>(())
    };
    in_order(seeds as usize, rayon::current_num_threads(), work, take).expect("no run fails");
    found
}

/// Runs of a scenario, by outcome.
fn ends(path: &str, settings: &[&str], seeds: u64) -> arms::Ends {
    let settings: Vec<String> = settings.iter().map(|set| (*set).to_owned()).collect();
    arms::ends_of(path, &settings, 1..1 + seeds)
}

fn of(ends: &arms::Ends, outcome: &str) -> Vec<f64> {
    let place = arms::outcome(outcome);
    ends.iter().map(|end| end[place]).collect()
}

/// What `with` has more of than `without`, run by run; says so.
fn more(what: &str, with: &[f64], without: &[f64]) -> Interval {
    let paired = paired_difference(with, without, Confidence::NINETY_FIVE).expect("many seeds");
    let Interval { low, high } = paired.difference.interval;
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    println!(
        "{what}: {:.3} → {:.3}, {:+.3} ({low:+.3} to {high:+.3})",
        mean(without),
        mean(with),
        paired.difference.value
    );
    paired.difference.interval
}

#[track_caller]
fn rises(what: &str, with: &[f64], without: &[f64]) {
    assert!(more(what, with, without).low > 0.0, "{what} does not rise");
}

#[track_caller]
fn falls(what: &str, with: &[f64], without: &[f64]) {
    assert!(more(what, with, without).high < 0.0, "{what} does not fall");
}

#[test]
#[ignore = "long: eight seeds of Mali with and without partners"]
fn without_partners_the_state_holds_less() {
    const COARSE: &str = "people.people_per_agent=10";
    const EVEN: &str = "mechanisms.campaigns=false";
    // After three years: garrisons of the north come back later. By the end of 2021 little is left of it.
    let control = |settings: &[&str]| {
        read_runs(HISTORY, settings, 8, |mut world| {
            (0..156).for_each(|_| world.advance());
            world.observed.value("state_control").expect("it is measured")
        })
    };
    let without = control(&[COARSE, EVEN, "mechanisms.partners=false"]);
    falls("state control without partners", &without, &control(&[COARSE, EVEN]));
}

/// Friends from afar hunt through the second and third year of the valley, and leave.
const INTERVENTION: &[&str] = &[
    "partners.guardians.arrives=2021-01-04",
    "partners.guardians.leaves=2023-01-02",
    "partners.guardians.soldiers=2000",
    "partners.guardians.hunting=1.0",
    "partners.guardians.capability=4.0",
    "partners.guardians.exposure=0.1",
    "partners.guardians.protection=0.0",
    "partners.guardians.sovereignty=0.0",
    "partners.guardians.zones={ north = 0.5, centre = 0.3, south = 0.2 }",
];

/// Surges and lulls would ask for many more seeds.
const WITHOUT_LUCK: &[&str] = &["mechanisms.campaigns=false"];

/// What a run of the valley shows of an intervention.
struct Course {
    /// Attacks by groups in its second year, and in the second after it.
    attacks: [f64; 2],
    /// Share of fighters who lie low at the end of these years.
    hidden: [f64; 2],
}

fn course(mut world: World) -> Course {
    let mut course = Course { attacks: [0.0; 2], hidden: [0.0; 2] };
    for year in 0..5 {
        let (mut attacks, mut hidden) = (0.0, 0.0);
        for _ in 0..52 {
            world.advance();
            let events = &world.log.events;
            attacks +=
                events.iter().filter(|event| event.attacker.group().is_some()).count() as f64;
            let of = |outcome| world.observed.value(outcome).expect("it is measured");
            hidden = of("fighters_hidden") / f64::max(of("fighters"), 1.0);
        }
        if let Some(part) = [2, 4].iter().position(|seen| *seen == year) {
            (course.attacks[part], course.hidden[part]) = (attacks, hidden);
        }
    }
    course
}

#[test]
#[ignore = "long: twelve seeds of three arms"]
fn an_intervention_buys_a_quiet_year_and_is_outwaited() {
    let alone = [&["mechanisms.partners=false"], WITHOUT_LUCK].concat();
    let helped = [INTERVENTION, WITHOUT_LUCK].concat();
    let alone = read_runs(VALLEY, &alone, 12, course);
    let helped = read_runs(VALLEY, &helped, 12, course);
    let attacks = |runs: &[Course], part: usize| -> Vec<f64> {
        runs.iter().map(|run| run.attacks[part]).collect()
    };
    let hidden = |runs: &[Course], part: usize| -> Vec<f64> {
        runs.iter().map(|run| run.hidden[part]).collect()
    };
    falls("attacks under an intervention", &attacks(&helped, 0), &attacks(&alone, 0));
    falls("share who lie low after it", &hidden(&helped, 1), &hidden(&helped, 0));
    // Two years after it nearly all have come back, and attack more than in its midst.
    let mean = |values: Vec<f64>| values.iter().sum::<f64>() / values.len() as f64;
    assert!(mean(hidden(&helped, 0)) > 0.25, "hardly anybody hides from it");
    assert!(mean(hidden(&helped, 1)) < 0.1, "they hide for ever");
    rises("attacks after it", &attacks(&helped, 1), &attacks(&helped, 0));
}

#[test]
#[ignore = "long: twenty seeds of two arms"]
fn an_army_that_stays_in_barracks_loses_ground() {
    // Where soldiers harm nobody, so that pressure costs the state no trust.
    let at = |pressure: &str| {
        let pressure = format!("policy.military_pressure={pressure}");
        of(&ends(VALLEY, &["mechanisms.state_abuse=false", &pressure], 20), "state_control")
    };
    let (barracks, patrols) = (at("0.0"), at("0.5"));
    falls("state control by an army in barracks", &barracks, &patrols);
}

#[test]
#[ignore = "long: twenty seeds of two arms over five years"]
fn where_attacks_kill_soldiers_and_not_attackers_there_are_more_coups() {
    let arm = |set: &str| arms::ends(&[set.to_owned()], 5, arms::SEEDS);
    let [few, many] =
        ["rules.violence.attackers_among_dead=0.9", "rules.violence.attackers_among_dead=0.1"]
            .map(arm);
    for outcome in ["soldiers_killed", "coups"] {
        assert!(more(outcome, &of(&many, outcome), &of(&few, outcome)).low > 0.0, "{outcome}");
    }
}

/// Deaths of each of six years of the valley, for each of eighty seeds.
fn deaths_by_year(set: &str) -> Vec<Vec<f64>> {
    let prepared = prepared(VALLEY, &[set, "time.end=\"2026-01-01\""]);
    let year = |world: &mut toguna::model::world::World| -> f64 {
        (0..52)
            .map(|_| {
                world.advance();
                world.observed.value("deaths").expect("deaths are an outcome")
            })
            .sum()
    };
    let run = |seed| {
        let mut world = prepared.world(seed, 0);
        (0..6).map(|_| year(&mut world)).collect()
    };
    toguna::engine::parallel::map(80, |seed| run(seed as u64))
}

#[test]
#[ignore = "long: eighty seeds of two arms over six years"]
fn campaigns_make_years_differ_and_kill_no_more_in_the_mean() {
    let [with, without] =
        ["rules.campaigns.spread=1.0", "rules.campaigns.spread=0.0"].map(deaths_by_year);
    let changes = |years: &[f64]| -> f64 {
        let changes =
            years.windows(2).map(|pair| libm::log((pair[1] + 1.0) / (pair[0] + 1.0)).powi(2));
        (changes.sum::<f64>() / (years.len() - 1) as f64).sqrt()
    };
    let sum = |years: &[f64]| years.iter().sum::<f64>();
    let each = |runs: &[Vec<f64>], of: &dyn Fn(&[f64]) -> f64| -> Vec<f64> {
        runs.iter().map(|years| of(years)).collect()
    };
    let spread = more("yearly change", &each(&with, &changes), &each(&without, &changes));
    assert!(spread.low > 0.0, "years differ no more than without campaigns");
    let (with, without) = (each(&with, &sum), each(&without, &sum));
    let mean = sum(&without) / without.len() as f64;
    let moved = more("deaths", &with, &without);
    assert!(
        moved.low > -0.15 * mean && moved.high < 0.15 * mean,
        "deaths differ by {moved:?}, of {mean}"
    );
}

#[test]
fn officials_leave_before_fighters_sit_in_their_own_commune_and_come_back() {
    let mut world = prepared(VALLEY, AS_IT_IS).world(1, 0);
    let control = WEEK.iter().find(|phase| phase.name == "control").expect("the week has control");
    let at_odds =
        |command: &Command| world.hostility.between(Side::STATE, Side::of(command.group)) == 1.0;
    let band = world.commands.iter().position(at_odds).expect("somebody fights the state");
    let base = world.commands[band].base;
    let next_door: Vec<CommunityId> =
        world.community(base).roads.iter().map(|road| road.to).collect();
    // One band of thirty stands at its base and nowhere else; nobody has attacked anybody.
    let mut stand = vec![Spread::new(); world.commands.len()];
    stand[band].push((base, 30.0));
    world.station(stand);
    let village = |place: &&Community| place.rank == Rank::Village && place.officials > 0.0;
    let (beside, far): (Vec<&Community>, Vec<&Community>) = world
        .communities
        .iter()
        .filter(village)
        .filter(|place| place.id != base)
        .partition(|place| next_door.contains(&place.id));
    let ids = |places: Vec<&Community>| places.iter().map(|place| place.id).collect::<Vec<_>>();
    let (beside, far) = (ids(beside), ids(far));
    assert!(!beside.is_empty() && !far.is_empty());
    let present = |world: &World, of: &[CommunityId]| -> f64 {
        of.iter().map(|id| world.community(*id).officials).sum()
    };
    let (near_at_first, far_at_first) = (present(&world, &beside), present(&world, &far));
    (0..52).for_each(|_| (control.run)(&mut world));
    let left = present(&world, &beside);
    assert!(left < 0.8 * near_at_first, "{left} of {near_at_first} stay next door to a band");
    assert!(present(&world, &far) >= far_at_first, "officials leave where nobody is near");
    world.station(vec![Spread::new(); world.commands.len()]);
    (0..52).for_each(|_| (control.run)(&mut world));
    let back = present(&world, &beside);
    assert!(
        back > left + 0.1 * near_at_first,
        "of {near_at_first} {left} stayed and {back} are back"
    );
}

fn group(world: &World, name: &str) -> GroupId {
    let found = world.all_groups().find(|group| world.name_of(Side::of(*group)) == name);
    found.unwrap_or_else(|| panic!("there is no group {name}"))
}

/// The first quarter of some people, and what alarms them.
fn alarmed(world: &mut World, people: &str, by: &str, alarm: f64) -> (usize, QuarterLife) {
    let side = Side::of(group(world, by));
    let of = |life: &QuarterLife| world.constituency(life.constituency).name == people;
    let quarter = world.quarters.iter().position(of).expect("they live somewhere");
    world.quarters[quarter].alarm[side.index()] = alarm;
    (quarter, world.quarters[quarter].clone())
}

#[test]
fn who_is_alarmed_would_found_a_band_of_the_closest_group_that_is_their_own() {
    let valley = || prepared(VALLEY, worlds::AS_IT_IS).world(1, 0);
    // Farmers have hunters of their own (0.6). At an alarm of 0.1, half of 0.05.
    let mut world = valley();
    let (_, farmers) = alarmed(&mut world, "farmers", "brotherhood", 0.1);
    let resolved = resolve(&world, &farmers).expect("they are alarmed");
    let exposed = unshielded(world.community(farmers.community));
    assert_eq!(resolved.group, group(&world, "hunters"));
    assert!((resolved.chance - 0.025 * exposed).abs() < 1e-12 && exposed > 0.0 && exposed < 1.0);
    // Herders call brotherhood (0.6) and riders (0.5) their own, and join the closer against hunters.
    let mut world = valley();
    let (_, herders) = alarmed(&mut world, "herders", "hunters", 0.3);
    let resolved = resolve(&world, &herders).expect("they are alarmed");
    assert_eq!(resolved.group, group(&world, "brotherhood"));
    let exposed = unshielded(world.community(herders.community));
    assert!((resolved.chance - 0.75 * 0.05 * exposed).abs() < 1e-12);
    // What one's own groups do alarms nobody into founding, nor does what has faded, nor the state.
    for (by, alarm) in [("brotherhood", 1.0), ("hunters", 1e-6)] {
        let mut world = valley();
        let (_, herders) = alarmed(&mut world, "herders", by, alarm);
        assert_eq!(resolve(&world, &herders), None, "{by}");
    }
    let mut world = valley();
    let (_, mut herders) = alarmed(&mut world, "herders", "hunters", 0.0);
    herders.alarm[0] = 1.0;
    assert_eq!(resolve(&world, &herders), None);
}

#[test]
fn ten_of_their_own_protect_people_unless_four_times_as_many_alarm_them() {
    let mut world = prepared(VALLEY, worlds::AS_IT_IS).world(1, 0);
    let (_, farmers) = alarmed(&mut world, "farmers", "brotherhood", 0.1);
    let here = farmers.community;
    let next = world.community(here).roads[0].to;
    let command = |world: &World, of: &str| {
        let of = group(world, of);
        world.commands.iter().position(|command| command.group == of).unwrap()
    };
    let (own, enemy) = (command(&world, "hunters"), command(&world, "brotherhood"));
    for (ours, theirs, protected) in [
        (0.0, 0.0, false),
        (9.9, 0.0, false),
        (10.0, 0.0, true),
        (10.0, 40.0, true),
        (10.0, 40.1, false),
    ] {
        let mut spread = vec![Spread::new(); world.commands.len()];
        spread[own].push((next, ours));
        spread[enemy].push((here, theirs));
        world.station(spread);
        assert_eq!(is_protected(&world, &farmers), protected, "{ours} against {theirs}");
    }
}

#[test]
fn founders_are_recruits_who_seek_protection_and_bring_their_group_no_income() {
    let certain =
        ["rules.self_defence.chance_per_week=1", "rules.self_defence.alarm_for_half=0.0001"];
    let mut world = prepared(VALLEY, &certain).world(1, 0);
    world.station(vec![Spread::new(); world.commands.len()]);
    let (quarter, farmers) = alarmed(&mut world, "farmers", "brotherhood", 1e6);
    world.communities[farmers.community.index()].trust = 0.0;
    let hunters = group(&world, "hunters");
    let income = |world: &World| world.groups[hunters.index()].revenue_per_week;
    let (commands, before) = (world.commands.len(), income(&world));
    found(&mut world);
    assert_eq!(world.commands.len(), commands + 1);
    let band = &world.commands[commands];
    assert_eq!((band.group, band.base, band.members.len()), (hunters, farmers.community, 30));
    assert_eq!(income(&world), before);
    assert_eq!(world.log.recruits.len(), 30);
    for recruit in &world.log.recruits {
        assert_eq!((recruit.motive, recruit.group), (Motive::Protection, hunters));
        assert_eq!(recruit.command, CommandId(commands as u16));
    }
    // They stand around their base, and that protects the quarter from founding another.
    assert!(is_protected(&world, &world.quarters[quarter].clone()) || world.has_fighters(hunters));
    assert!(world.community(farmers.community).strength(Side::of(hunters)) > 10.0);
}

/// The history with some groups four times as strong from the day of their founding.
fn with_four_times(four_times: &[&str]) -> PreparedScenario {
    let prepared = prepared(HISTORY, &["people.people_per_agent=10"]);
    let mut checked = prepared.checked().clone();
    for row in &mut checked.tables.commands.rows {
        if four_times.contains(&row.group.as_str()) {
            row.fighters *= 4;
        }
    }
    PreparedScenario::new(checked)
}

const MILITIAS: [&str; 3] = ["dogon_militia", "dozo", "herder_militia"];

/// Fighters of some groups at the end of 2021, for eight seeds.
fn fighters_at_the_end(of: &[&str], prepared: &PreparedScenario) -> Vec<f64> {
    toguna::engine::parallel::map(8, |seed| {
        let world = worlds::after(prepared, 1 + seed as u64, prepared.weeks());
        of.iter().map(|name| world.fighters(group(&world, name))).sum()
    })
}

#[test]
#[ignore = "long: ten years of Mali, eight seeds of two arms"]
fn a_katiba_four_times_as_strong_raises_militias() {
    let [as_it_was, strong] = [&[][..], &["katiba_macina"]]
        .map(|groups| fighters_at_the_end(&MILITIAS, &with_four_times(groups)));
    assert!(more("fighters of militias", &strong, &as_it_was).low > 0.0);
}

#[test]
#[ignore = "long: ten years of Mali, eight seeds of two arms"]
fn militias_four_times_as_strong_raise_the_jihadists_they_fight() {
    let [as_they_were, strong] =
        [&[][..], &MILITIAS].map(|groups| fighters_at_the_end(&["jnim"], &with_four_times(groups)));
    assert!(more("fighters of JNIM", &strong, &as_they_were).low > 0.0);
}
