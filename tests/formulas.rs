//! Formulas that look at a whole world give what stands at the head of their files, symbol by symbol: worlds
//! are set to round numbers, and what is asked of them is reckoned beside. Formulas without a world are
//! tested beside the code.

use crate::worlds::{self, TWO_VILLAGES, VALLEY};
use toguna::model::abroad::effects::within_reach;
use toguna::model::bargaining::effects::{reach_of_suppression, stakes};
use toguna::model::budget::effects::{captured_by_groups, draw_of_aid};
use toguna::model::clear_and_hold::effects::is_held;
use toguna::model::control::effects::weight_of_officials_at_start;
use toguna::model::dialogue::effects::foreign_hunters;
use toguna::model::displacement::effects::draw;
use toguna::model::disputes::effects::livelihoods;
use toguna::model::garrisons::effects::{foes, hazards};
use toguna::model::group_changes::effects::founders;
use toguna::model::hiding::effects::Field;
use toguna::model::leaving::effects::{CAUSES, hazards as leaving};
use toguna::model::livelihoods::effects::hunger;
use toguna::model::opinion::effects::grounds;
use toguna::model::pact_effects::effects as pact_effects;
use toguna::model::pacts::effects::hazards as ends_of_pact;
use toguna::model::pacts::state::{Blockade, EndCause, Pact, Stance};
use toguna::model::partners::effects::{Hunters, exposed, hunters, unprotected};
use toguna::model::posture::effects::{attraction, spread_of};
use toguna::model::services::effects::provided;
use toguna::model::support::effects as support;
use toguna::model::talks::effects as talks;
use toguna::model::talks::state::Stage;
use toguna::model::violence::effects::rate_per_week;
use toguna::model::weather::effects::{anomaly, yield_of_land};
use toguna::model::week::WEEK;
use toguna::model::words::geography::Rank;
use toguna::model::words::ids::{CommandId, CommunityId, GroupId, Side};
use toguna::model::words::livelihoods::Livelihood;
use toguna::model::words::services::{HEALTH, SCHOOLING};
use toguna::model::words::targets::{Target, pair};
use toguna::model::world::World;
use toguna::model::world::bands::Spread;
use toguna::model::world::community::Community;
use toguna::model::world::log::LeavingCause;
use toguna::units::Share;

/// The valley in which two places have a pact with the river brothers from the start.
const TALKING: &str = "scenarios/lessons/talking-valley.toml";

fn of(path: &str) -> World {
    worlds::prepared(path, worlds::AS_IT_IS).world(1, 0)
}

fn run(world: &mut World, phase: &str) {
    let phase = WEEK.iter().find(|it| it.name == phase).unwrap();
    (phase.run)(world);
}

fn close(got: f64, reckoned: f64, what: &str) {
    let enough = (got - reckoned).abs() <= 1e-9 * reckoned.abs().max(1.0);
    assert!(enough, "{what}: the program has {got}, by the formula it is {reckoned}");
}

fn group(world: &World, name: &str) -> GroupId {
    world.all_groups().find(|id| world.groups[id.index()].name == name).unwrap()
}

fn command(world: &World, name: &str) -> CommandId {
    let found = world.commands.iter().position(|command| command.name == name).unwrap();
    CommandId(u16::try_from(found).unwrap())
}

/// So many fighters of each command in each place, and no others anywhere.
fn station(world: &mut World, bands: &[(CommandId, CommunityId, f64)]) {
    let mut spread = vec![Spread::new(); world.commands.len()];
    for (command, place, fighters) in bands {
        spread[command.index()].push((*place, *fighters));
    }
    world.station(spread);
}

fn place_mut(world: &mut World, place: CommunityId) -> &mut Community {
    &mut world.communities[place.index()]
}

fn the_pact(world: &World) -> Pact {
    let (_, pact) = world.pacts.held.first_key_value().expect("a pact holds from the start");
    assert_eq!(pact.places.len(), 2);
    pact.clone()
}

#[test]
fn services_are_what_open_schools_and_people_who_share_them_leave() {
    let mut place = of(VALLEY).communities.remove(0);
    for service in &mut place.services {
        *service = 0.6;
    }
    (place.schools, place.schools_closed, place.koranic_schools) = (4, 1, 0.0);
    place.movement.strain = 0.0;
    close(provided(&place, SCHOOLING), 0.6 * 0.75, "a quarter of schools is closed");
    close(provided(&place, HEALTH), 0.6, "schools are no clinics");
    place.koranic_schools = 0.4;
    close(provided(&place, SCHOOLING), 0.6 * (1.0 - 0.25 * 0.6), "and teach in part");
    place.movement.strain = 0.2;
    close(provided(&place, HEALTH), 0.6 * 0.8, "guests are served alike");
    (place.schools, place.schools_closed) = (0, 0);
    close(provided(&place, SCHOOLING), 0.6 * 0.8, "no schools to close");
}

#[test]
fn support_is_closeness_worn_down_by_harm() {
    let world = of(VALLEY);
    let brotherhood = group(&world, "brotherhood");
    let side = Side::of(brotherhood).index();
    let mut life = world.quarters[0].clone();
    life.closeness[brotherhood.index()] = 0.6;
    let resentment = world.rules.memory.resentment;
    for harm in [0.0, 0.5, 2.0] {
        life.harm[side] = harm;
        let wanted = 0.6 * libm::exp(-resentment * harm);
        close(support::of_quarter(&world, &life, brotherhood), wanted, "support");
    }
    life.closeness[brotherhood.index()] = 0.0;
    assert_eq!(support::of_quarter(&world, &life, brotherhood), 0.0);
}

#[test]
fn drought_is_taken_off_the_rain_and_the_worse_counts() {
    let mut world = of(VALLEY);
    let year = world.calendar.today().year();
    let upper = world.regions.iter().position(|region| region == "upper").unwrap();
    world.policy.drought = Share::of(0.2);
    world.policy.drought_by_region.insert("upper".to_owned(), Share::of(0.3));
    run(&mut world, "weather");
    for region in 0..world.regions.len() {
        let drought = if region == upper { 0.3 } else { 0.2 };
        close(world.skies[region].rain, anomaly(&world, region, year) - drought, "rain");
    }
}

#[test]
fn groups_take_their_part_of_services_by_control_and_follow_aid_where_nobody_firmly_holds() {
    let mut world = of(VALLEY);
    world.rules.budget.captured = Share::of(0.2);
    world.rules.budget.attacks_on_aid = 3.0;
    let mut place = world.communities[0].clone();
    place.control.fill(0.0);
    place.control[..3].copy_from_slice(&[0.5, 0.3, 0.1]);
    close(captured_by_groups(&world, &place), 0.2 * 0.4, "captured");
    (place.residents, place.aid_reached) = (1_000.0, 250.0);
    close(draw_of_aid(&world, &place), 1.0 + 3.0 * 0.25 * (1.0 - 0.35), "draw of aid");
    place.aid_reached = 0.0;
    assert_eq!(draw_of_aid(&world, &place), 1.0);
}

#[test]
fn partners_add_what_they_are_worth_to_the_hunt_and_to_safety() {
    let mut world = of(VALLEY);
    (world.policy.military_pressure, world.policy.restraint) = (Share::of(0.8), Share::of(0.4));
    (world.treasury.operations_funded, world.treasury.pressure_bought) = (1.0, 0.0);
    let partner = &mut world.partners[0];
    (partner.hunting, partner.capability, partner.restraint) = (0.5, 1.5, 0.9);
    (partner.protection, partner.exposure) = (0.7, 0.25);
    let mut place = world.communities[0].clone();
    (place.soldiers, place.partners) = (100.0, vec![40.0]);
    let own = 60.0 * 0.8 / world.rules.budget.reference_pressure;
    let theirs = 40.0 * 0.5 * 1.5;
    let Hunters { strength, effort, restraint, capability } = hunters(&world, &place);
    close(strength, 60.0 + theirs, "S");
    close(effort, (own + theirs) / (60.0 + theirs), "E");
    close(restraint, (own * 0.4 + theirs * 0.9) / (own + theirs), "restraint");
    close(capability, (own + theirs * 1.5) / (own + theirs), "capability");
    let half = world.rules.partners.soldiers_for_half_protection;
    close(unprotected(&world, &place), 1.0 - 0.7 * 40.0 / (40.0 + half), "unprotected");
    close(exposed(&world.partners, &place), 60.0 + 40.0 * 0.25, "exposed");
    place.partners = vec![0.0];
    close(hunters(&world, &place).strength, 100.0, "the army alone");
    close(unprotected(&world, &place), 1.0, "nobody protects");
}

#[test]
fn a_command_is_hunted_by_soldiers_near_as_far_as_the_border_leaves_them_in_reach() {
    let mut world = of(VALLEY);
    world.policy.military_pressure = Share::of(0.8);
    (world.treasury.operations_funded, world.treasury.pressure_bought) = (1.0, 0.0);
    world.rules.abroad.slip_away = Share::of(0.5);
    let partner = &mut world.partners[0];
    (partner.hunting, partner.capability) = (0.5, 1.5);
    let base = world.commands[0].base;
    let near = world.surroundings[base.index()].iter().find(|near| near.place != base).unwrap();
    let (from, nearness) = (near.place, near.nearness);
    for place in &mut world.communities {
        (place.soldiers, place.partners, place.sanctuary) = (0.0, vec![0.0], 0.0);
    }
    let place = place_mut(&mut world, from);
    (place.soldiers, place.partners, place.sanctuary) = (100.0, vec![40.0], 0.6);
    close(within_reach(&world, world.community(from)), 1.0 - 0.5 * 0.6, "in reach");
    let force = (60.0 * 0.8 / world.rules.budget.reference_pressure + 40.0 * 0.5 * 1.5) * 0.7;
    let field = Field::of(&world);
    let forces = field.forces(&world);
    close(forces[base.index()], nearness * force, "P");
    let empty = (0..forces.len()).filter(|place| {
        world
            .commands
            .iter()
            .all(|command| command.base.index() != *place || command.fighters(1.0) == 0.0)
    });
    assert!(empty.clone().count() > 0 && empty.into_iter().all(|place| forces[place] == 0.0));
    // F: the own group's whole, and others as far as they fight the state and not this group.
    let own = world.commands[0].group;
    let per_agent = f64::from(world.people.per_agent);
    let mut together = 0.0;
    for near in &world.surroundings[base.index()] {
        for command in world.commands.iter().filter(|command| command.base == near.place) {
            let side = Side::of(command.group);
            let with_state = world.hostility.between(Side::STATE, side);
            let feud = world.hostility.between(Side::of(own), side);
            let goes = if command.group == own { 1.0 } else { with_state * (1.0 - feud) };
            together += near.nearness * goes * command.fighters(per_agent);
        }
    }
    assert!(together > world.commands[0].fighters(per_agent));
    close(field.together(&world, base, own), together, "F");
}

#[test]
fn a_command_keeps_most_fighters_at_its_base_and_the_others_roam_the_nearer_the_more() {
    let world = of(VALLEY);
    let rules = &world.rules.posture;
    let per_agent = f64::from(world.people.per_agent);
    for (number, command) in (0..).zip(&world.commands) {
        let fighters = command.fighters(per_agent);
        let spread = spread_of(&world, CommandId(number));
        if fighters == 0.0 {
            assert!(spread.is_empty());
            continue;
        }
        let at = |place: CommunityId| {
            spread
                .iter()
                .filter(|(there, _)| *there == place)
                .map(|(_, people)| people)
                .sum::<f64>()
        };
        close(spread.iter().map(|(_, people)| people).sum(), fighters, "all");
        close(at(command.base), fighters * (1.0 - rules.roaming.get()), "at the base");
        let roads = &world.community(command.base).roads;
        for (one, other) in roads.iter().zip(&roads[1..]) {
            let nearer = libm::exp((other.km - one.km) / rules.roaming_distance);
            close(at(one.to) / at(other.to), nearer, "next door");
        }
    }
    // A pact frees part of those who are where it holds.
    let mut world = of(TALKING);
    let pact = the_pact(&world);
    world.commands[pact.command.index()].base = pact.places[0];
    let stay = (1.0 - world.rules.posture.roaming.get())
        * (1.0 - world.rules.pact_effects.freed_fighters.get());
    let fighters = world.commands[pact.command.index()].fighters(f64::from(world.people.per_agent));
    let spread = spread_of(&world, pact.command);
    close(spread[0].1, fighters * stay, "those whom a pact leaves at the base");
    // And keeps from a place next door in the same measure those who would roam there.
    let pact_at = |world: &World, place| world.pacts.at(place).map(|pact| pact.command);
    let next_door = world.communities.iter().find(|place| {
        pact_at(&world, place.id).is_none()
            && place.roads.iter().any(|road| pact_at(&world, road.to) == Some(pact.command))
    });
    let base = next_door.unwrap().id;
    world.commands[pact.command.index()].base = base;
    let spread = spread_of(&world, pact.command);
    let roads = &world.community(base).roads;
    let to_pact = roads.iter().find(|road| pact_at(&world, road.to).is_some()).unwrap();
    let to_none = roads.iter().find(|road| pact_at(&world, road.to).is_none()).unwrap();
    let at = |place| spread.iter().find(|(there, _)| *there == place).unwrap().1;
    let nearer = libm::exp((to_none.km - to_pact.km) / world.rules.posture.roaming_distance);
    let freed = world.rules.pact_effects.freed_fighters.get();
    close(at(to_pact.to) / at(to_none.to), nearer * (1.0 - freed), "next door to a pact");
}

#[test]
fn bands_are_drawn_by_what_a_place_yields_and_put_off_by_soldiers_rivals_and_distance() {
    let mut world = of(TALKING);
    let pact = the_pact(&world);
    let to = pact.places[0];
    let own = command(&world, "crag-brothers");
    let fellow = pact.command;
    let rival = command(&world, "middle-hunters");
    let sides = [own, rival].map(|it| Side::of(world.commands[it.index()].group));
    assert_eq!(world.commands[own.index()].group, world.commands[fellow.index()].group);
    let feud = world.hostility.between(sides[0], sides[1]);
    assert!(feud > 0.0);
    world.rules.posture.pull_of_pacts = 1.7;
    let rules = world.rules.posture.clone();
    // Nobody is there, nobody likes the group, no pact holds, and a person yields a thousandth of a rent.
    world.pacts.places[to.index()].pact = None;
    for life in &mut world.quarters {
        life.closeness.fill(0.0);
    }
    station(&mut world, &[]);
    let place = place_mut(&mut world, to);
    (place.soldiers, place.sanctuary, place.control[0]) = (0.0, 0.0, 1.0);
    (place.income, place.market_access) = (1_000.0 / place.residents, 1.0);
    let ln = |world: &World, km| libm::log(attraction(world, own, to, km));
    let bare = world.clone();
    close(ln(&bare, 0.0), rules.pull_of_rent * libm::log(2.0), "a rent of 1");
    let gained = |change: &dyn Fn(&mut World)| {
        let mut world = bare.clone();
        change(&mut world);
        ln(&world, 0.0) - ln(&bare, 0.0)
    };
    close(ln(&bare, 100.0) - ln(&bare, 0.0), -100.0 * rules.cost_of_distance, "100 km");
    let richer = gained(&|world| place_mut(world, to).income *= 3.0);
    close(richer, rules.pull_of_rent * libm::log(2.0), "three times the rent");
    let shared = gained(&|world| station(world, &[(fellow, to, rules.fighters_who_share)]));
    close(shared, rules.pull_of_rent * libm::log(0.75), "shared with as many again");
    let feared = gained(&|world| place_mut(world, to).soldiers = 20.0);
    close(feared, -rules.dread_of_soldiers * libm::log(2.0), "twenty soldiers");
    let rivals = gained(&|world| station(world, &[(rival, to, 5.0)]));
    close(rivals, -rules.dread_of_rivals * feud, "rivals");
    let left = gained(&|world| place_mut(world, to).control[0] = 0.25);
    close(left, 0.75 * rules.pull_of_refuge, "where the state is not");
    let border = gained(&|world| place_mut(world, to).sanctuary = 0.5);
    close(border, 0.5 * rules.pull_of_refuge, "at a border");
    let at_home = gained(&|world| world.pacts.places[to.index()].pact = Some(pact.number));
    close(at_home, rules.pull_of_pacts, "where they have a pact");
    let liked = gained(&|world| {
        for life in &mut world.quarters {
            life.closeness.fill(0.4);
            life.harm.fill(0.0);
        }
    });
    close(liked, 0.4 * rules.pull_of_support, "where they are liked");
}

#[test]
fn rivals_clash_by_their_numbers_their_feud_their_campaign_and_the_echo_of_earlier_clashes() {
    let mut world = of(VALLEY);
    let (ours, theirs) = (command(&world, "crag-brothers"), command(&world, "middle-hunters"));
    let place = world.communities[0].id;
    station(&mut world, &[(ours, place, 45.0), (theirs, place, 72.0)]);
    let [own, enemy] = [ours, theirs].map(|it| world.commands[it.index()].group);
    let (attacker, target) = (Side::of(own), Target::Armed(Side::of(enemy)));
    let echoed = pair(world.sides(), attacker, target);
    place_mut(&mut world, place).recent_events[echoed] = 0.3;
    world.rules.campaigns.spread = 0.8;
    world.groups[own.index()].campaign = 1.5;
    let feud = world.hostility.between(attacker, Side::of(enemy));
    assert!(feud > 0.0);
    let rules = &world.rules.violence;
    let base = rules.scale * rules.rivals_per_week * feud * (72.0 / 50.0_f64).sqrt();
    let campaign = libm::exp(0.8 * 1.5 - 0.32);
    let wanted = base * (45.0 / 20.0_f64).sqrt() * campaign + rules.feedback * 0.3;
    close(rate_per_week(&world, world.community(place), attacker, target), wanted, "clashes");
}

#[test]
fn a_band_ambushes_as_far_as_it_dares_before_soldiers_and_what_partners_are_worth() {
    let mut world = of(VALLEY);
    let band = command(&world, "crag-brothers");
    let group = world.commands[band.index()].group;
    let place = world.communities[0].id;
    station(&mut world, &[(band, place, 12.0)]);
    (world.partners[0].capability, world.partners[0].exposure) = (1.5, 0.25);
    world.groups[group.index()].campaign = 0.0;
    world.rules.campaigns.spread = 0.0;
    world.rules.violence.ratio_for_ambush = 0.4;
    let there = place_mut(&mut world, place);
    (there.soldiers, there.partners, there.aid_reached) = (100.0, vec![40.0], 0.0);
    there.recent_events.fill(0.0);
    let rules = &world.rules.violence;
    let without = rules.without_ambush.get();
    let daring = without + (1.0 - without) * (12.0 / (60.0 + 40.0 * 1.5)) / 0.4;
    let exposed = 60.0 + 40.0 * 0.25;
    let hostility = world.hostility.between(Side::of(group), Side::STATE);
    let base = rules.scale * rules.group_on_state_per_week * (exposed / 50.0_f64).sqrt();
    let wanted = base * daring * hostility * (12.0 / 20.0_f64).sqrt();
    let echo = rules.feedback * 0.2;
    assert!(wanted > 0.0);
    let (side, target) = (Side::of(group), Target::Armed(Side::STATE));
    let rate = |world: &World| rate_per_week(world, world.community(place), side, target);
    close(rate(&world), wanted, "ambushes");
    // Who would spoil talks adds to the cause, and not to the echo of earlier attacks.
    let echoed = pair(world.sides(), side, target);
    place_mut(&mut world, place).recent_events[echoed] = 0.2;
    close(rate(&world), wanted + echo, "with their echo");
    world.rules.dialogue.spoilers = 2.0;
    world.talks.tracks[group.index()].stage = Stage::Talks;
    let more = 1.0 + 2.0 * talks::rigidity_of(&world, band);
    close(rate(&world), wanted * more + echo, "during talks");
}

#[test]
fn fights_of_a_band_here_bind_it_whoever_begins_them() {
    let mut world = of(VALLEY);
    let command = command(&world, "crag-brothers");
    let side = Side::of(world.commands[command.index()].group);
    let rival = Side::of(group(&world, "hunters"));
    let sides = world.sides();
    let mut place = world.communities.remove(0);
    place.recent_events.fill(0.0);
    for (attacker, target, events) in [
        (side, Target::Armed(Side::STATE), 0.1),
        (Side::STATE, Target::Armed(side), 0.2),
        (rival, Target::Armed(side), 0.3),
        (side, Target::Civilians, 0.4),
        // Others' fights are none of theirs.
        (rival, Target::Civilians, 5.0),
        (Side::STATE, Target::Armed(rival), 5.0),
    ] {
        place.recent_events[pair(sides, attacker, target)] = events;
    }
    let half = world.rules.bargaining.fights_for_half_engagement;
    world.communities.insert(0, place.clone());
    close(stakes(&world, &place, command).engaged, 1.0 / (1.0 + half), "engaged");
}

#[test]
fn a_garrison_gives_the_state_weight_in_a_town_and_only_while_it_stands() {
    let mut world = of(VALLEY);
    station(&mut world, &[]);
    (world.rules.control.nobody, world.rules.control.garrison_weight) = (20.0, 3.0);
    let rules = world.rules.control.clone();
    let of = |name: &str, soldiers: f64| {
        let mut place = world.communities.iter().find(|place| place.name == name).unwrap().clone();
        (place.soldiers, place.trust, place.officials) = (soldiers, 0.6, 1.0);
        (place.control[0], place.aftermath.held_until) = (0.5, 0);
        // As many as nobody's weight less that of arms.
        20.0 - weight_of_officials_at_start(&world, &place)
    };
    let bare = rules.weight_without_support.get();
    let armed = 30.0 / (30.0 + rules.fighters_for_half_weight) * (bare + (1.0 - bare) * 0.6);
    close(of("saltwell", 30.0), armed + 3.0, "a town with a garrison");
    close(of("saltwell", 0.0), 0.0, "a town without one");
    close(of("coldspring", 30.0), armed, "a village with as many soldiers");
}

#[test]
fn people_protest_for_lost_legitimacy_overdue_elections_and_a_state_that_does_not_listen() {
    let mut world = of(VALLEY);
    let rules = world.rules.opinion.clone();
    world.partners[0].vetoes.clear();
    world.policy.stance_on_dialogue = -1.0;
    let government = &mut world.government;
    (government.legitimacy, government.elections_overdue) = (0.2, true);
    government.opinion_dialogue = 0.9;
    let wanted = 0.3 * rules.protest_for_legitimacy
        + rules.protest_for_elections
        + 0.8 * rules.protest_for_responsiveness;
    close(grounds(&world), wanted, "grounds");
    world.government.elections_overdue = false;
    close(grounds(&world), wanted - rules.protest_for_elections, "elections in time");
    (world.government.legitimacy, world.government.opinion_dialogue) = (0.7, 0.3);
    assert_eq!(grounds(&world), 0.0);
}

#[test]
fn only_partners_who_hunt_are_foreign_hunters() {
    let mut world = of(VALLEY);
    let partner = &mut world.partners[0];
    partner.present = partner.zones.map(|share| 0.5 * share * partner.strength);
    partner.hunting = 0.5;
    close(foreign_hunters(&world), 0.5, "half of them are there");
    world.partners[0].hunting = 0.0;
    assert_eq!(foreign_hunters(&world), 0.0);
}

#[test]
fn people_flee_to_large_and_quiet_places_to_towns_and_to_camps() {
    let world = of(VALLEY);
    let rules = &world.rules.displacement;
    let mut place =
        world.communities.iter().find(|place| place.name == "coldspring").unwrap().clone();
    (place.residents, place.attacks, place.movement.hosted) = (10_000.0, 0.0, 0.0);
    close(draw(&world, &place), 1.0, "a quiet village of ten thousand");
    place.residents = 40_000.0;
    close(draw(&world, &place), 2.0, "four times as large");
    place.movement.hosted = 10_000.0;
    close(draw(&world, &place), 2.0 * (1.0 + 0.25 * rules.pull_of_camps), "with camps");
    place.attacks = 0.5;
    let camps = 2.0 * (1.0 + 0.25 * rules.pull_of_camps);
    close(draw(&world, &place), camps * libm::exp(-0.5 * rules.dread_of_attacks), "attacked");
    place.rank = Rank::Town;
    let town = camps * libm::exp(-0.5 * rules.dread_of_attacks) * rules.pull_of_towns;
    close(draw(&world, &place), town, "a town");
}

#[test]
fn a_place_is_held_for_as_long_as_soldiers_stay() {
    let mut world = of(VALLEY);
    let place = world.communities[0].id;
    place_mut(&mut world, place).aftermath.held_until = 2;
    for (week, held) in [(0, true), (1, true), (2, false), (3, false)] {
        world.calendar.week = week;
        assert_eq!(is_held(&world, world.community(place)), held, "week {week}");
    }
}

#[test]
fn operations_here_count_by_their_number_and_half_at_what_the_rules_say() {
    let mut world = of(VALLEY);
    let side = Side::of(group(&world, "riders"));
    let operations = pair(world.sides(), Side::STATE, Target::Armed(side));
    let mut place = world.communities.remove(0);
    place.recent_events.fill(0.0);
    let half = world.rules.pact_effects.operations_for_half;
    for (events, wanted) in [(0.0, 0.0), (half, 0.5), (3.0 * half, 0.75)] {
        place.recent_events[operations] = events;
        close(pact_effects::operations_here(&world, &place, side), wanted, "operations");
    }
}

#[test]
fn a_place_lives_from_herds_and_fields_as_its_people_do() {
    let mut world = of(TWO_VILLAGES);
    let name = |world: &mut World, name: &str, shares: (f64, f64)| {
        let of_name = world.constituencies.iter_mut().find(|it| it.name == name).unwrap();
        (of_name.herding, of_name.farming) = shares;
    };
    name(&mut world, "herders", (0.9, 0.1));
    name(&mut world, "farmers", (0.2, 0.6));
    let (herding, farming) = livelihoods(&world, world.community(CommunityId(1)));
    close(herding, 0.75 * 0.2 + 0.25 * 0.9, "herding at the ford");
    close(farming, 0.75 * 0.6 + 0.25 * 0.1, "farming at the ford");
}

#[test]
fn goods_pass_freely_where_both_ends_of_a_road_have_a_pact() {
    let mut pact = the_pact(&of(TALKING));
    let mut world = of(TWO_VILLAGES);
    world.mechanisms.market_access = true;
    let [hill, ford] = [CommunityId(0), CommunityId(1)];
    for (id, control) in [(hill, [0.2, 0.6]), (ford, [0.7, 0.1])] {
        let place = place_mut(&mut world, id);
        place.control.copy_from_slice(&control);
        (place.attacks, place.open_access, place.market_access) = (0.0, 1.0, 1.0);
    }
    (pact.number, pact.command, pact.places) = (0, CommandId(0), vec![hill]);
    world.pacts.held = [(0, pact)].into();
    let market = |world: &World, held: f64| {
        let rules = &world.rules.livelihoods;
        let lost = rules.access_lost_to_contest.get() * (1.0 - held);
        1.0 - lost / rules.access_loss_time.get()
    };
    let same = 0.2 * 0.7 + 0.6 * 0.1;
    for (of, held) in [
        (&[][..], (0.2 * 0.2 + 0.6 * 0.6 + same) / 2.0),
        (&[hill], (1.0 + same) / 2.0),
        (&[hill, ford], 1.0),
    ] {
        let mut world = world.clone();
        for place in of {
            world.pacts.places[place.index()].pact = Some(0);
        }
        run(&mut world, "livelihoods");
        close(world.community(hill).market_access, market(&world, held), "market access");
    }
}

#[test]
fn a_pact_ends_the_sooner_the_more_soldiers_and_unbound_militias_are_near() {
    let mut world = of(TALKING);
    let mut pact = the_pact(&world);
    (pact.militia_bound, pact.terms.army_excluded) = (false, true);
    let [one, other] = [pact.places[0], pact.places[1]];
    let side = Side::of(world.commands[pact.command.index()].group);
    let militia = command(&world, "middle-hunters");
    let feud = world.hostility.between(Side::of(world.commands[militia.index()].group), side);
    assert!(feud > 0.0);
    station(&mut world, &[(pact.command, one, 20.0), (militia, one, 30.0)]);
    let operations = pair(world.sides(), Side::STATE, Target::Armed(side));
    for id in [one, other] {
        let place = place_mut(&mut world, id);
        (place.soldiers, place.hunger) = (0.0, 0.0);
        place.recent_events.fill(0.0);
    }
    place_mut(&mut world, one).residents = 3_000.0;
    place_mut(&mut world, other).residents = 1_000.0;
    place_mut(&mut world, one).soldiers = 40.0;
    place_mut(&mut world, other).recent_events[operations] = 0.1;
    let bearable = world.rules.displacement.bearable_hunger.get();
    place_mut(&mut world, one).hunger = bearable + 0.2;
    pact.terms.levy = Share::of(0.5);
    (pact.unpunished, pact.bereaved, pact.evenness) = (2.0, 0.5, 0.8);
    world.groups[side.group().unwrap().index()].rigidity = 0.5;
    world.policy.local_pacts = Stance::Support;
    let rules = world.rules.pacts.clone();
    let by = |world: &World, cause: EndCause| {
        let place = EndCause::ALL.iter().position(|it| *it == cause).unwrap();
        ends_of_pact(world, &pact)[place]
    };
    let near = |people: f64| people / (people + rules.near);
    let militias = rules.end_by_unbound_militia * 0.75 * near(30.0 * feud);
    close(by(&world, EndCause::UnboundMilitia), militias, "unbound militia");
    let army = rules.end_by_army_present * 0.75 * near(40.0);
    close(by(&world, EndCause::ArmyPresent), army, "army present");
    let away = world.rules.pact_effects.kept_away_if_supported.get();
    let half = world.rules.pact_effects.operations_for_half;
    let clause = rules.end_by_army_clause * (1.0 - away) * 0.25 * 0.1 / (0.1 + half);
    close(by(&world, EndCause::ArmyClause), clause, "army clause");
    close(by(&world, EndCause::Breach), 2.0 * rules.end_by_breach, "breach");
    close(by(&world, EndCause::LeaderKilled), 0.5 * rules.end_by_killed_leader, "leader killed");
    close(by(&world, EndCause::Orders), 0.125 * rules.end_by_orders, "orders");
    close(by(&world, EndCause::UnequalTerms), 0.6 * rules.end_by_uneven_terms, "uneven");
    let unpaid = rules.end_by_unpaid_levies * 0.75 * 0.2 * 0.5;
    close(by(&world, EndCause::UnpaidLevies), unpaid, "unpaid levies");
    assert_eq!(by(&world, EndCause::Suppressed), 0.0);
    assert_eq!(by(&world, EndCause::CommandGone), 0.0);
    world.policy.local_pacts = Stance::Suppress;
    let reach = |id| reach_of_suppression(&world, world.community(id));
    assert!(reach(one) > reach(other));
    let suppressed = rules.end_by_suppression * (0.75 * reach(one) + 0.25 * reach(other));
    close(by(&world, EndCause::Suppressed), suppressed, "suppressed");
    station(&mut world, &[]);
    assert_eq!(by(&world, EndCause::CommandGone), 1.0);
}

#[test]
fn the_state_keeps_away_from_a_pact_as_far_as_it_stands_behind_it() {
    let mut world = of(TALKING);
    let pact = the_pact(&world);
    let [with, without] = [true, false].map(|holds| {
        let has = |place: &&Community| world.pacts.at(place.id).is_some() == holds;
        world.communities.iter().find(has).unwrap().id
    });
    assert!(pact.terms.army_excluded);
    let rules = world.rules.pact_effects.clone();
    for (stance, away) in [
        (Stance::Suppress, 0.0),
        (Stance::Ignore, 0.0),
        (Stance::Tolerate, rules.kept_away_if_tolerated.get()),
        (Stance::Support, rules.kept_away_if_supported.get()),
    ] {
        world.policy.local_pacts = stance;
        let kept = |place| pact_effects::soldiers_kept_away(&world, world.community(place));
        assert_eq!((kept(with), kept(without)), (away, 0.0), "{stance:?}");
        let side = Side::of(world.commands[pact.command.index()].group);
        let place = world.community(with);
        let left = pact_effects::on_events(&world, place, Side::STATE, Target::Armed(side));
        close(left, 1.0 - away, "operations");
    }
}

#[test]
fn a_pact_spares_civilians_as_far_as_the_fighters_there_are_bound_by_it() {
    let mut world = of(TALKING);
    let pact = the_pact(&world);
    let place = pact.places[0];
    let fellow = command(&world, "crag-brothers");
    station(&mut world, &[(fellow, place, 30.0), (pact.command, place, 10.0)]);
    let side = Side::of(world.commands[pact.command.index()].group);
    let rules = world.rules.pact_effects.clone();
    let bound = 0.25 + 0.75 * rules.kept_by_fellows.get();
    let factor = |world: &World| {
        pact_effects::on_events(world, world.community(place), side, Target::Civilians)
    };
    close(factor(&world), 1.0 - bound * (1.0 - rules.violence_left.get()), "bound");
    world.pacts.places[place.index()].pact = None;
    assert_eq!(factor(&world), 1.0);
}

#[test]
fn an_accord_leaves_little_of_the_war_with_those_who_keep_it_and_the_others_spoil_it() {
    let mut world = of(VALLEY);
    let (keeps, spoils) = (command(&world, "crag-brothers"), command(&world, "height-brothers"));
    let brotherhood = group(&world, "brotherhood");
    let side = Side::of(brotherhood);
    let place = world.communities[0].id;
    station(&mut world, &[(keeps, place, 10.0), (spoils, place, 30.0)]);
    world.rules.dialogue.spoilers = 2.0;
    let left = world.rules.pact_effects.violence_left.get();
    let factor = |world: &World, attacker, target| {
        talks::on_events(world, world.community(place), attacker, target)
    };
    let of_group = [Target::Armed(Side::STATE), Target::Civilians];
    assert!(of_group.iter().all(|target| factor(&world, side, *target) == 1.0), "no talks");
    // During talks those spoil who are rigid.
    world.talks.tracks[brotherhood.index()].stage = Stage::Talks;
    let rigidity =
        0.25 * talks::rigidity_of(&world, keeps) + 0.75 * talks::rigidity_of(&world, spoils);
    for target in of_group {
        close(factor(&world, side, target), 1.0 + 2.0 * rigidity, "talks");
    }
    world.talks.tracks[brotherhood.index()].stage = Stage::Accord;
    world.talks.in_accord = vec![keeps];
    let at_war = 1.0 - 0.25 * (1.0 - left);
    for target in of_group {
        close(factor(&world, side, target), at_war * (1.0 + 2.0 * 0.75), "accord");
    }
    close(factor(&world, Side::STATE, Target::Armed(side)), at_war, "operations");
    assert_eq!(factor(&world, Side::STATE, Target::Civilians), 1.0);
    let riders = Side::of(group(&world, "riders"));
    assert_eq!(factor(&world, riders, Target::Armed(side)), 1.0);
}

#[test]
fn talks_and_pacts_give_people_a_say() {
    let mut world = of(TALKING);
    let pact = the_pact(&world);
    let place = pact.places[0];
    let dialogue = world.rules.dialogue.clone();
    let signing = dialogue.voice_by_talking.get();
    let by_pact = world.rules.pact_effects.voice_by_pact.get() * pact.breadth;
    assert!(by_pact > 0.0);
    let voice = |world: &World| pact_effects::voice(world, world.community(place));
    close(voice(&world), by_pact, "a pact alone");
    let track = &mut world.talks.tracks[0];
    (track.stage, track.seats) = (Stage::Talks, 0.5);
    let seats = 0.5 * dialogue.voice_by_seats.get();
    close(voice(&world), by_pact + seats * signing, "talks");
    let track = &mut world.talks.tracks[0];
    (track.stage, track.clauses, track.implemented) = (Stage::Accord, 8, 2);
    close(voice(&world), by_pact + seats * (signing + (1.0 - signing) * 0.25), "an accord");
}

#[test]
fn a_blockade_keeps_relief_out_and_a_clause_lets_it_in() {
    let mut world = of(TALKING);
    let pact = the_pact(&world);
    assert!(pact.terms.relief);
    let place = pact.places[0];
    let relief = |world: &World| pact_effects::relief(world, world.community(place));
    let (factor, least) = relief(&world);
    assert!(factor == 1.0 && least > 0.0);
    world.pacts.places[place.index()].blockade = Some(Blockade { command: pact.command, since: 0 });
    assert_eq!(relief(&world), (1.0 - world.rules.pacts.blockade_of_relief.get(), 0.0));
}

#[test]
fn a_garrison_is_given_up_as_far_as_the_odds_against_it_are_worse_than_those_it_can_bear() {
    let mut world = of(VALLEY);
    world.rules.garrisons.storms_per_week = 0.1;
    // Everybody is in the seat of the crags, their one town.
    let seat = world.communities.iter().find(|place| place.name == "saltwell").unwrap().id;
    for place in &mut world.communities {
        (place.soldiers, place.partners) = (0.0, vec![0.0]);
    }
    for command in &mut world.commands {
        command.base = seat;
    }
    run(&mut world, "garrisons");
    let rules = world.rules.garrisons.clone();
    let place = place_mut(&mut world, seat);
    (place.soldiers, place.partners) = (6.0, vec![2.0]);
    let cercle = usize::from(place.cercle);
    world.partners[0].capability = 1.5;
    let per_agent = f64::from(world.people.per_agent);
    // Each group with those who do not fight it: the strongest gathering counts.
    let hostile = |group: GroupId| {
        let side = Side::of(group);
        world.hostility.between(Side::STATE, side) * world.fighters(group)
    };
    let gathered = world.all_groups().map(|first| {
        let allies = world.all_groups().map(|other| {
            let feud = world.hostility.between(Side::of(first), Side::of(other));
            hostile(other) * if other == first { 1.0 } else { 1.0 - feud }
        });
        allies.sum::<f64>()
    });
    let gathered = gathered.fold(0.0, f64::max);
    let seen = foes(&world);
    let all: f64 = world.all_groups().map(hostile).sum();
    close(seen.iter().map(|foes| foes.fighters).sum(), all, "foes");
    assert!(per_agent > 0.0 && gathered > rules.odds * 7.0);
    let wanted = rules.storms_per_week * (gathered / (rules.odds * (4.0 + 2.0 * 1.5)) - 1.0);
    close(hazards(&world, &seen)[cercle], wanted, "hazard");
    place_mut(&mut world, seat).soldiers = 2.0 + 2.0 * gathered / rules.odds;
    let hazard = hazards(&world, &seen)[cercle];
    assert_eq!(hazard, 0.0, "nobody storms against bad odds");
}

#[test]
fn soldiers_come_to_the_relief_of_a_garrison_as_far_as_they_are_near() {
    let stormed = |reach: f64| {
        let mut world = of(VALLEY);
        (world.rules.garrisons.storms_per_week, world.rules.garrisons.reach) = (0.1, reach);
        run(&mut world, "garrisons");
        for place in &mut world.communities {
            (place.soldiers, place.partners) = (1.0, vec![0.0]);
        }
        (hazards(&world, &foes(&world)).into_iter().fold(0.0, f64::max), world)
    };
    // From as far as anyone comes, all twenty soldiers stand beside all who fight them, less a few per cent.
    let (everybody, world) = stormed(2_000.0);
    let odds = everybody / 0.1 + 1.0;
    let fighters: f64 = foes(&world).iter().map(|foes| foes.fighters).sum();
    assert!(odds < 1.05 * fighters / 20.0, "{odds} of {fighters}");
    // From near by, few on both sides: the worst odds are worse.
    let (near, _) = stormed(10.0);
    assert!(near > everybody, "{near} where {everybody} was");
}

#[test]
fn an_army_comes_back_to_a_zone_where_no_garrison_of_its_own_stands() {
    let mut world = of(VALLEY);
    world.rules.garrisons.away_for = toguna::units::Weeks(0);
    for garrison in &mut world.garrisons.by_cercle {
        garrison.given_up = Some(0);
    }
    for place in &mut world.communities {
        (place.soldiers, place.partners, place.given_up) = (0.0, vec![0.0], Some(0.9));
    }
    let stand = |world: &World| {
        world.garrisons.by_cercle.iter().filter(|garrison| garrison.given_up.is_none()).count()
    };
    world.government.army.soldiers = [1.0; 3];
    run(&mut world, "garrisons");
    assert_eq!(stand(&world), 0, "their enemies are stronger");
    world.government.army.soldiers = [10_000.0; 3];
    run(&mut world, "garrisons");
    assert_eq!(stand(&world), world.garrisons.by_cercle.len());
}

#[test]
fn a_group_storms_one_garrison_at_a_time_where_the_odds_are_best() {
    let mut world = of(VALLEY);
    world.rules.garrisons.storms_per_week = 0.1;
    run(&mut world, "garrisons");
    let garrisons = world.garrisons.by_cercle.len();
    assert!(garrisons > 1, "the valley has more than one cercle");
    for place in &mut world.communities {
        (place.soldiers, place.partners) = (0.1, vec![0.0]);
    }
    let seen = foes(&world);
    let armed = |group: &GroupId| {
        let hostile = world.hostility.between(Side::STATE, Side::of(*group)) > 0.0;
        hostile && world.fighters(*group) > 0.0
    };
    let groups = world.all_groups().filter(armed).count();
    let stormed = hazards(&world, &seen);
    let most = stormed.iter().copied().fold(0.0, f64::max);
    let at_once = stormed.iter().filter(|hazard| **hazard > 0.0).count();
    assert!((1..=groups).contains(&at_once), "{at_once} garrisons for {groups} groups");
    // Once they have it they go elsewhere.
    let weakest = stormed.iter().position(|hazard| *hazard == most).unwrap();
    world.garrisons.by_cercle[weakest].given_up = Some(world.calendar.week);
    let now = hazards(&world, &seen);
    assert!(now[weakest] == 0.0 && now.iter().any(|hazard| *hazard > 0.0), "{now:?}");
}

#[test]
fn fighters_leave_by_fatigue_losses_want_offers_arrest_and_amnesty_each_by_its_own_measure() {
    let mut world = of(TALKING);
    let pact = the_pact(&world);
    let id = pact.command;
    let [one, _] = [pact.places[0], pact.places[1]];
    let per_agent = f64::from(world.people.per_agent);
    let fighters = world.commands[id.index()].fighters(per_agent);
    // A quarter of them is where their pact holds.
    let elsewhere = world.communities.iter().find(|it| !pact.places.contains(&it.id)).unwrap().id;
    station(&mut world, &[(id, one, 0.25 * fighters)]);
    world.deploy(id, [(elsewhere, 0.75 * fighters)].into_iter().collect());
    let base = world.commands[id.index()].base;
    world.commands[id.index()].lost = fighters;
    world.commands[id.index()].pay = 0.4;
    let place = place_mut(&mut world, base);
    (place.income, place.trust, place.control[0]) = (0.7, 0.5, 0.25);
    (world.policy.reintegration_offer, world.treasury.offer_bought) = (Share::of(0.6), 0.0);
    (world.policy.military_pressure, world.policy.amnesty) = (Share::of(0.8), Share::of(0.5));
    (world.treasury.operations_funded, world.treasury.pressure_bought) = (1.0, 0.0);
    let (rules, effects) = (&world.rules.leaving, &world.rules.pact_effects);
    let side = Side::of(world.commands[id.index()].group);
    let hostility = world.hostility.between(Side::STATE, side);
    let rest = pact_effects::at_rest(&world)[id.index()];
    let found = leaving(&world, id, rest);
    for (cause, wanted) in [
        (LeavingCause::Fatigue, rules.fatigue_per_week * (1.0 - 0.25 * effects.rest.get())),
        (LeavingCause::Losses, rules.losses_per_week * 0.5),
        (LeavingCause::Unpaid, rules.unpaid_per_week * 0.3),
        (LeavingCause::Reintegration, rules.reintegration_per_week * 0.6 * 0.5),
        (LeavingCause::Arrest, rules.arrest_per_week * hostility * 0.8 * 0.25),
        (LeavingCause::Amnesty, rules.amnesty_per_week * 0.5 * (0.25 + 0.75 * 0.5)),
        (LeavingCause::Accord, 0.0),
    ] {
        let place = CAUSES.iter().position(|it| *it == cause).unwrap();
        close(found[place], wanted, &format!("{cause:?}"));
    }
}

#[test]
fn whom_a_new_command_lacks_is_told() {
    let mut world = of(TWO_VILLAGES);
    let people = u32::try_from(world.people.layout.people()).unwrap();
    let asked = 2 * people;
    let found = founders(&mut world, &[asked]);
    assert!(!found.chosen.is_empty());
    assert_eq!(found.missing as usize, asked as usize - found.chosen.len());
    let few = founders(&mut world, &[3]);
    assert_eq!((few.chosen.len(), few.missing), (3, 0));
}

/// Two villages with their road, at the start of a year without drought; one group.
#[test]
fn what_people_earn_sell_owe_lack_and_are_paid_follows_from_roads_rains_and_control() {
    let mut world = of(TWO_VILLAGES);
    world.mechanisms = Default::default();
    let [hill, ford] = [CommunityId(0), CommunityId(1)];
    for (id, control, attacks) in [(hill, [0.2, 0.6], 0.3), (ford, [0.7, 0.1], 0.1)] {
        let place = place_mut(&mut world, id);
        place.control.copy_from_slice(&control);
        (place.attacks, place.open_access, place.usual_income) = (attacks, 0.9, 1.2);
        (place.market_access, place.usual_access) = (0.8, 0.8);
        for service in &mut place.services {
            *service = 0.3;
        }
        (place.schools_closed, place.movement.strain) = (0, 0.0);
    }
    place_mut(&mut world, hill).movement.hosted = 100.0;
    world.skies[0].harvest = 0.8;
    world.commands[0].pay = 0.0;
    let before = world.clone();
    run(&mut world, "livelihoods");
    let rules = &before.rules.livelihoods;
    let fighters = before.fighters(GroupId(0));
    let held = |one: f64| (one + (0.2 * 0.7 + 0.6 * 0.1)) / 2.0;
    let mut levied = 0.0;
    for (id, own, raised) in
        [(hill, 0.2 * 0.2 + 0.6 * 0.6, 0.6), (ford, 0.7 * 0.7 + 0.1 * 0.1, 0.1)]
    {
        let (was, is) = (before.community(id), world.community(id));
        // Market access moves toward open · (1 − w · (1 − held)) · e^(−v · attacks).
        let contest = 1.0 - rules.access_lost_to_contest.get() * (1.0 - held(own));
        let open = 0.9 * contest * libm::exp(-rules.access_lost_to_attacks * 0.2);
        assert!(open < 0.8);
        let access = 0.8 + (open - 0.8) / rules.access_loss_time.get();
        close(is.market_access, access, "market access");
        // earned = usual · Σ share · (1 + d · (yield − 1)) · (1 − m + m · access / access at the start).
        let yields = yield_of_land(&before, usize::from(was.region));
        let (mut from_land, mut levy) = (0.0, 0.0);
        for quarter in was.quarters() {
            let life = before.quarter(quarter);
            let share = life.residents / was.residents;
            let (on_rain, owed) = match before.constituency(life.constituency).livelihood {
                Livelihood::Herding => {
                    (rules.herding_on_rain.get(), rules.levy_on_stock.get() * rules.herd_worth)
                }
                Livelihood::Farming => (rules.farming_on_rain.get(), rules.levy_on_harvest.get()),
                other => panic!("nobody lives from {other:?} here"),
            };
            from_land += share * (1.0 + on_rain * (yields - 1.0));
            levy += share * owed;
        }
        let sold = rules.sold.get();
        let earned = 1.2 * from_land * (1.0 - sold + sold * access / 0.8);
        let raised = raised * (1.0 - rules.evaded.get());
        let income = earned * (1.0 - levy * raised);
        levied += was.residents * rules.earners.get() * earned * levy * raised;
        // Relief comes on top of what is earned, and feeds those whom it reaches.
        let finances = &before.treasury.finances;
        let relief = finances.relief_per_person_per_year.0 as f64 / 53.0;
        let helped = is.aid_reached / is.in_need;
        let hungry = hunger(rules, income);
        close(is.hunger, hungry * (1.0 - helped), "hunger");
        let worth = (is.income - income) * was.residents / is.aid_reached.max(1e-9);
        let person = relief / finances.median_income_per_week.0 as f64;
        let wanted = rules.relief_worth.get() * person / rules.earners.get();
        assert!(is.aid_reached == 0.0 || (worth / wanted - 1.0).abs() < 0.03, "{worth} {wanted}");
        // need = 1 − (1 − hunger) · (1 − what is lacking), and of guests no less than their share.
        let need = before.rules.services.need.get();
        let share = 1.0 - (1.0 - hungry) * (1.0 - (need - 0.3) / need);
        let hosted = was.movement.hosted;
        let of_guests = share.max(rules.displaced_in_need.get());
        close(is.in_need, (was.residents - hosted) * share + hosted * of_guests, "need");
    }
    close(world.groups[0].levied, levied, "levied");
    // Pay moves toward income from outside and part of what is taken, shared among the fighters.
    let taken = rules.levy_to_pay.get() * (world.groups[0].levied + world.groups[0].captured);
    let offer = (before.groups[0].revenue_per_week + taken) / fighters;
    close(world.commands[0].pay, offer / rules.pay_time.get(), "pay");
}
