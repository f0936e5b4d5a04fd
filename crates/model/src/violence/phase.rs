//! Events are decided place by place, then suffered in order.

use super::effects::{civilian_share, deaths_of_size, pick, rate_per_week, unheard};
use crate::partners::effects as partners;
use crate::suspicion::effects::Suspicion;
use crate::words::ids::{CommandId, CommunityId, Side};
use crate::words::purposes;
use crate::words::roles::Role;
use crate::words::targets::{Target, pair};
use crate::world::World;
use crate::world::community::Community;
use crate::world::log::{Event, LeavingCause};
use toguna_engine::layout::{Person, Quarter};
use toguna_engine::parallel;
use toguna_engine::streams::{binomial_quantile, place_in_order, poisson_quantile, uniform};
use toguna_units::{narrow, whole_part};

/// An event decided on but not yet suffered: who dies by name is settled when events are applied.
struct Planned {
    event: Event,
    /// Where the harmed civilians live.
    quarter: Option<Quarter>,
    /// Address of this event's further draws.
    address: u64,
    /// Place in the row of events at that address.
    turn: u32,
}

/// Phase: events are decided place by place, then suffered in order.
pub fn happen(world: &mut World) {
    let planned = parallel::flat_map(world.communities.len(), |id| {
        decide(world, CommunityId(narrow(id)), &world.communities[id])
    });
    fade(world);
    for planned in planned {
        suffer(world, planned);
    }
}

/// Memories of attacks, losses and events lose a week.
fn fade(world: &mut World) {
    let keep = |weeks: f64| 1.0 - 1.0 / weeks;
    let feedback = keep(world.rules.violence.feedback_time.get().max(1.0));
    parallel::change(&mut world.communities, |_, place| {
        place.attacks *= keep(13.0);
        place.recent_events.iter_mut().for_each(|recent| *recent *= feedback);
    });
    for command in &mut world.commands {
        command.lost *= keep(8.0);
    }
}

/// All events of a place this week.
fn decide(world: &World, community: CommunityId, place: &Community) -> Vec<Planned> {
    let mut planned = Vec::new();
    if place.bands.is_empty() {
        return planned;
    }
    for attacker in world.all_sides() {
        if place.strength(attacker) <= 0.0 {
            continue;
        }
        let armed = world.all_sides().filter(|enemy| *enemy != attacker).map(Target::Armed);
        for target in armed.chain([Target::Civilians]) {
            let rate = rate_per_week(world, place, attacker, target);
            if rate <= 0.0 {
                continue;
            }
            let target_number = match target {
                Target::Armed(side) => world.number_of(side),
                Target::Civilians => 0xfff,
            };
            let address =
                u64::from(community.0) << 24 | world.number_of(attacker) << 12 | target_number;
            let week = u64::from(world.calendar.week);
            let u = world.streams.uniform(purposes::EVENTS, address, week);
            for turn in 0..poisson_quantile(u, rate) {
                planned.push(plan(world, community, place, attacker, target, address, turn));
            }
        }
    }
    planned
}

/// Size, split and report of one event. Always the same number of draws, so that a rule that changes
/// one of them leaves the others.
fn plan(
    world: &World,
    community: CommunityId,
    place: &Community,
    attacker: Side,
    target: Target,
    address: u64,
    turn: u32,
) -> Planned {
    let rules = &world.rules.violence;
    let week = u64::from(world.calendar.week);
    let mut draws = world.streams.at(purposes::EVENT_COURSE, address, week << 6 | u64::from(turn));
    let mut next = || uniform(&mut draws);
    let (lethal, size, civil, attackers, quarter_at, report, hurt) =
        (next(), next(), next(), next(), next(), next(), next());
    let present = place.strength(attacker)
        + match target {
            Target::Armed(enemy) => place.strength(enemy),
            Target::Civilians => place.residents,
        };
    let deaths =
        if lethal < rules.bloodless.get() { 0 } else { deaths_of_size(rules, size, present) };
    let (civilian, attacking) = match (attacker, target) {
        (_, Target::Civilians) => (1.0, 0.0),
        (Side::STATE, _) => {
            let capability = partners::hunters(world, place).capability;
            let soldiers = rules.soldiers_among_dead_of_operations.get() / capability.max(0.2);
            (civilian_share(world, place), soldiers.min(1.0))
        }
        _ => (rules.bystanders_among_dead.get(), rules.attackers_among_dead.get()),
    };
    let civilians = binomial_quantile(civil, deaths, civilian);
    let attackers = binomial_quantile(attackers, deaths - civilians, attacking);
    let defenders = deaths - civilians - attackers;
    let (mut soldiers, mut attackers_killed, mut defenders_killed) = (0, attackers, defenders);
    if attacker == Side::STATE {
        (soldiers, attackers_killed) = (attackers, 0);
    } else if target == Target::Armed(Side::STATE) {
        (soldiers, defenders_killed) = (defenders, 0);
    }
    let hurt_expected = match (attacker, target) {
        (_, Target::Civilians) => rules.hurt_per_event,
        (Side::STATE, _) => rules.hurt_per_operation * civilian,
        _ => 0.0,
    };
    let civilians_hurt = poisson_quantile(hurt, hurt_expected);
    let quarter = (civilians + civilians_hurt > 0)
        .then(|| suspected_quarter(world, place, attacker, quarter_at))
        .flatten();
    let unheard = unheard(rules, place);
    // A larger event is harder to hide.
    let reported = report > libm::pow(unheard, 1.0 + f64::from(deaths));
    let event = Event {
        community,
        attacker,
        target,
        constituency: quarter.map(|quarter| world.quarter(quarter).constituency),
        soldiers_killed: soldiers,
        partners_killed: 0,
        attackers_killed,
        defenders_killed,
        civilians_killed: civilians,
        civilians_hurt,
        harm_by: attacker,
        size: deaths,
        reported,
    };
    Planned { event, quarter, address, turn }
}

/// Whose civilians are struck: in proportion to residents and suspicion, or to residents alone where
/// nobody is suspected.
fn suspected_quarter(world: &World, place: &Community, attacker: Side, at: f64) -> Option<Quarter> {
    let suspicion = Suspicion::of(world, place, attacker);
    let weigh = |blanket: f64| -> Vec<(Quarter, f64)> {
        place
            .quarters()
            .map(|quarter| {
                let suspected = suspicion.toward(quarter) + blanket;
                (quarter, world.quarter(quarter).residents * suspected)
            })
            .collect()
    };
    let mut weights = weigh(0.0);
    if weights.iter().all(|(_, weight)| *weight == 0.0) {
        weights = weigh(1.0);
    }
    pick(&weights, at)
}

/// An event takes its victims by name.
fn suffer(world: &mut World, planned: Planned) {
    let Planned { mut event, quarter, address, turn } = planned;
    let week = world.calendar.week;
    let at = u64::from(week) << 6 | u64::from(turn);
    if let Some(quarter) = quarter {
        let mut draws = world.streams.at(purposes::VICTIMS, address, at);
        let struck = (event.civilians_killed, event.civilians_hurt);
        let struck = world.strike_civilians(quarter, event.harm_by, struck, &mut draws);
        (event.civilians_killed, event.civilians_hurt) = (struck.killed, struck.hurt);
        event.not_found(struck.not_found);
    } else {
        event.not_found(event.civilians_killed);
        event.civilians_killed = 0;
        event.civilians_hurt = 0;
    }
    if let Some(attacker) = event.attacker.group().map(Side::of) {
        let killed = event.attackers_killed;
        event.attackers_killed = fall(world, &mut event, attacker, killed, address, at);
    }
    if let Target::Armed(defender) = event.target
        && defender != Side::STATE
    {
        let killed = event.defenders_killed;
        event.defenders_killed = fall(world, &mut event, defender, killed, address, at);
    }
    let zone = world.community(event.community).zone as usize;
    share_losses(world, &mut event, address, at);
    let army = &mut world.government.army;
    let soldiers = event.soldiers_killed.min(whole_part(army.soldiers[zone]));
    event.not_found(event.soldiers_killed - soldiers);
    event.soldiers_killed = soldiers;
    army.soldiers[zone] -= f64::from(event.soldiers_killed);
    army.killed += u64::from(event.soldiers_killed);

    let sides = world.sides();
    let place = &mut world.communities[event.community.index()];
    let feedback_time = world.rules.violence.feedback_time.get().max(1.0);
    place.recent_events[pair(sides, event.attacker, event.target)] += 1.0 / feedback_time;
    if event.attacker != Side::STATE {
        place.attacks += 1.0 / 13.0;
    }
    world.log.events.push(event);
}

/// Divides the dead of the state's side of an event between the army and each partner, in
/// proportion to who is exposed there; the army's part stays in `soldiers_killed`.
fn share_losses(world: &mut World, event: &mut Event, address: u64, at: u64) {
    if event.soldiers_killed == 0 || world.partners.is_empty() {
        return;
    }
    let place = &world.communities[event.community.index()];
    let zone = place.zone as usize;
    let mut left = event.soldiers_killed;
    let mut heads = partners::exposed(&world.partners, place);
    for (partner, soldiers) in world.partners.iter_mut().zip(&place.partners) {
        let exposed = soldiers * partner.exposure;
        if exposed <= 0.0 {
            continue;
        }
        let u = world.streams.uniform(purposes::PARTNER_DEATHS, address ^ partner.number << 40, at);
        let share = (exposed / heads.max(exposed)).min(1.0);
        let fallen = binomial_quantile(u, left, share).min(whole_part(partner.present[zone]));
        partner.present[zone] -= f64::from(fallen);
        partner.killed += u64::from(fallen);
        event.partners_killed += fallen;
        left -= fallen;
        heads -= exposed;
    }
    event.soldiers_killed = left;
}

/// Fighters of a side who are in the place fall; returns how many (persons).
fn fall(
    world: &mut World,
    event: &mut Event,
    side: Side,
    deaths: u32,
    address: u64,
    at: u64,
) -> u32 {
    if deaths == 0 {
        return 0;
    }
    let entity = world.number_of(side) << 40 | address;
    let mut draws = world.streams.at(purposes::FALLEN, entity, at);
    let per_agent = f64::from(world.people.per_agent);
    let rounding = uniform(&mut draws);
    let bands: Vec<(CommandId, f64)> = world
        .community(event.community)
        .bands
        .iter()
        .filter(|band| {
            band.side == side && world.commands[band.command.index()].fighters(per_agent) > 0.0
        })
        .map(|band| (band.command, band.fighters))
        .collect();
    let Some(command) = pick(&bands, uniform(&mut draws)) else {
        event.not_found(deaths);
        return 0;
    };
    let mark = rand_chacha::rand_core::Rng::next_u64(&mut draws);
    let foreign = world.bury_foreigners(command, deaths, entity, at);
    let count = whole_part((f64::from(deaths - foreign) / per_agent + rounding).floor()) as usize;
    let members = &mut world.commands[command.index()].members;
    let mut order: Vec<(u64, Person)> = members
        .iter()
        .map(|member| (place_in_order(mark, member.person.0), member.person))
        .collect();
    order.sort_unstable();
    order.truncate(count);
    event.not_found(whole_part((count - order.len()) as f64 * per_agent));
    for (_, person) in &order {
        bury_fighter(world, command, *person);
    }
    let week = world.calendar.week;
    for (_, person) in &order {
        world.people.suffer(*person, opponent(event, side), week, 1.0);
    }
    let fallen = foreign + whole_part(order.len() as f64 * per_agent);
    let command = &mut world.commands[command.index()];
    command.lost += f64::from(fallen);
    fallen
}

/// Who killed the fighters of `side` in this event.
fn opponent(event: &Event, side: Side) -> Side {
    match event.target {
        Target::Armed(defender) if defender != side => defender,
        _ => event.attacker,
    }
}

fn bury_fighter(world: &mut World, command: CommandId, person: Person) {
    let held = &mut world.commands[command.index()].members;
    let place = held.iter().position(|member| member.person == person);
    let member = held.remove(place.expect("the fallen were chosen among the members"));
    world.people.leave_group(person, Role::Dead);
    world.log_leaver(command, member, LeavingCause::Killed);
}
