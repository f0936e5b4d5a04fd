//! Armed actors fight each other and harm civilians.
//!
//! For each ordered pair of sides present in a place, events arrive at the rate
//!   scale · r · √(F_a/20) · √(F_b/50) · posture · hostility + feedback · (own events of six weeks),
//! against civilians without the F_b factor; groups attack soldiers less where they are outnumbered too
//! far for an ambush. Posture is zero where a side sees no threat or target, so quiet places stay quiet.
//! An event kills nobody with chance 0.62 (0.54 of those reported do); else
//! P(X > k) = (1 + k/2.5)^−1.35, bounded by 150 and by those present. Of the dead of an operation by the state,
//! 1 − restraint · (0.4 + 0.6 · information) are civilians.

use super::actor::{CommandId, CommunityId, Side};
use super::bearing;
use super::budget;
use super::community::Community;
use super::log::{Event, Leaver, LeavingCause, Target};
use super::partners;
use super::people::Role;
use super::purposes;
use super::suspicion::Suspicion;
use super::world::World;
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_engine::roll::{Person, Quarter};
use toguna_engine::streams::{binomial_quantile, place_in_order, poisson_quantile, uniform};
use toguna_units::{Share, Weeks};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ViolenceRules {
    /// Common factor of all rates below. Unit: factor. Source: assumed; scaled to about 11 events a
    /// week in 2017 and 20 in 2020-21 (ACLED yearly totals).
    #[schemars(range(min = 0.0, max = 100.0))]
    pub scale: f64,
    /// Rate of commands on the state. Unit: events per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub group_on_state_per_week: f64,
    /// Attacks on the state that are left where a band is too weak for an ambush: explosives and
    /// shots from afar. Unit: share. Source: assumed.
    pub without_ambush: Share,
    /// Fighters for each soldier of the state, partners at what they are worth, from which a band lays
    /// all the ambushes it can. Unit: ratio. Source: assumed.
    #[schemars(range(min = 0.01, max = 10.0))]
    pub ratio_for_ambush: f64,
    /// Rate of the state on commands. Unit: events per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub state_on_group_per_week: f64,
    /// Rate of groups on civilians. Unit: events per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub group_on_civilians_per_week: f64,
    /// Rate of the state's forces on civilians. Unit: events per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub state_on_civilians_per_week: f64,
    /// Rate of groups on each other. Unit: events per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub rivals_per_week: f64,
    /// Further events called forth by each event of a pair. Unit: events per event. Source: assumed
    /// from the persistence of violence by place (elasticity 0.33 to 0.40 on the own lag).
    #[schemars(range(min = 0.0, max = 0.95))]
    pub feedback: f64,
    /// Over which time own events call forth more. Unit: duration. Source: assumed.
    pub feedback_time: Weeks,
    /// Share of events that kill nobody. Unit: share. Source: assumed, so that about 0.54 of those
    /// reported do (ACLED to July 2020); deadly events are heard of more often.
    pub bloodless: Share,
    /// Scale of the distribution of deaths. Unit: deaths. Source: fitted to a mean of 2.8 an event.
    #[schemars(range(min = 0.1, max = 100.0))]
    pub size_scale: f64,
    /// Tail exponent of P(X > k); the density's is one more. Unit: exponent. Source: assumed with
    /// the scale; above five deaths it looks like the density exponent 2.2 of ACLED.
    #[schemars(range(min = 0.5, max = 5.0))]
    pub size_exponent: f64,
    /// No event kills more. Unit: deaths. Source: assumed.
    #[schemars(range(min = 1.0, max = 10_000.0))]
    pub largest_size: f64,
    /// Share of an operation's fighting dead who are soldiers. Unit: share. Source: assumed.
    pub soldiers_among_dead_of_operations: Share,
    /// Share of the dead of an attack on the state who are attackers. Unit: share. Source: assumed.
    pub attackers_among_dead: Share,
    /// Share of the dead of clashes between armed actors who are bystanders, where no restraint is
    /// asked for. Unit: share. Source: assumed.
    pub bystanders_among_dead: Share,
    /// Civilians hurt, robbed or seized in an attack on them, beside the dead. Unit: persons per
    /// event. Source: assumed.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub hurt_per_event: f64,
    /// Civilians hurt, robbed or seized in an operation of the state that spares nobody; in proportion
    /// to the share of civilians among its dead. Unit: persons per event. Source: assumed.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub hurt_per_operation: f64,
    /// What being hurt weighs beside a death in memory. Unit: share. Source: assumed.
    pub weight_of_hurt: Share,
    /// Information the state has where it holds nothing. Unit: share. Source: assumed.
    pub information_without_control: Share,
    /// Information gained with full control and trust. Unit: share. Source: assumed.
    pub information_of_control: Share,
    /// Suspicion that falls on everybody, beside that on those close to an enemy. Unit: share.
    /// Source: assumed.
    pub blanket_suspicion: Share,
    /// Smallest quarter of a place that draws attackers by itself; they come at the rate of the most
    /// suspected one. Unit: share of residents. Source: assumed.
    pub smallest_suspected: Share,
    /// Chance that an event in a place out of the state's and the market's reach is reported.
    /// Unit: chance. Source: assumed.
    pub reported_without_access: Share,
}

impl Default for ViolenceRules {
    fn default() -> Self {
        ViolenceRules {
            scale: 1.5,
            group_on_state_per_week: 0.018,
            without_ambush: Share::of(0.3),
            ratio_for_ambush: 0.3,
            state_on_group_per_week: 0.010,
            group_on_civilians_per_week: 0.015,
            state_on_civilians_per_week: 0.009,
            rivals_per_week: 0.015,
            feedback: 0.5,
            feedback_time: Weeks(6),
            bloodless: Share::of(0.62),
            size_scale: 2.5,
            size_exponent: 1.35,
            largest_size: 150.0,
            soldiers_among_dead_of_operations: Share::of(0.2),
            attackers_among_dead: Share::of(0.35),
            bystanders_among_dead: Share::of(0.1),
            hurt_per_event: 15.0,
            hurt_per_operation: 80.0,
            weight_of_hurt: Share::of(0.25),
            information_without_control: Share::of(0.2),
            information_of_control: Share::of(0.6),
            blanket_suspicion: Share::of(0.05),
            smallest_suspected: Share::of(0.05),
            reported_without_access: Share::of(0.5),
        }
    }
}

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

/// Place of a pair in [`Community::recent_events`]; civilians come after all sides.
#[must_use]
pub fn pair(sides: usize, attacker: Side, target: Target) -> usize {
    let target = match target {
        Target::Armed(side) => side.index(),
        Target::Civilians => sides,
    };
    attacker.index() * (sides + 1) + target
}

/// Phase: events are decided place by place, then suffered in order.
pub fn happen(world: &mut World) {
    let planned: Vec<Vec<Planned>> = world
        .communities
        .par_iter()
        .enumerate()
        .map(|(id, place)| decide(world, CommunityId(id as u16), place))
        .collect();
    fade(world);
    for planned in planned.into_iter().flatten() {
        suffer(world, planned);
    }
}

/// Memories of attacks, losses and events lose a week.
fn fade(world: &mut World) {
    let keep = |weeks: f64| 1.0 - 1.0 / weeks;
    let feedback = keep(world.rules.violence.feedback_time.get().max(1.0));
    world.communities.par_iter_mut().for_each(|place| {
        place.attacks *= keep(13.0);
        place.soldiers_lost *= keep(8.0);
        place.recent_events.iter_mut().for_each(|recent| *recent *= feedback);
    });
    for command in &mut world.commands {
        command.lost *= keep(8.0);
    }
}

/// What the state knows of who is who in a place, 0 to 1.
#[must_use]
pub fn information(world: &World, place: &Community) -> f64 {
    let rules = &world.rules.violence;
    let gained = if world.mechanisms.information {
        rules.information_of_control.get() * place.control[0] * place.trust
    } else {
        0.0
    };
    let known = rules.information_without_control.get() + gained;
    (known + bearing::information(world, place, known)).clamp(0.0, 1.0)
}

/// Share of an operation's dead who are civilians: 1 − restraint · (0.4 + 0.6 · information).
#[must_use]
pub fn civilian_share(world: &World, place: &Community) -> f64 {
    let restraint =
        if world.mechanisms.restraint { partners::hunters(world, place).restraint } else { 0.0 };
    1.0 - restraint * (0.4 + 0.6 * information(world, place))
}

/// Expected events this week of `attacker` on `target`, by the formula above.
#[must_use]
pub fn rate_per_week(world: &World, place: &Community, attacker: Side, target: Target) -> f64 {
    let rules = &world.rules.violence;
    let switches = &world.mechanisms;
    let (own, effort) = match attacker {
        Side::STATE => {
            let hunters = partners::hunters(world, place);
            (hunters.strength, hunters.effort)
        }
        _ => (place.strength(attacker), 1.0),
    };
    if own <= 0.0 {
        return 0.0;
    }
    let base = match target {
        Target::Armed(enemy) => {
            let opposed = match enemy {
                Side::STATE => partners::exposed(&world.partners, place),
                _ => place.strength(enemy),
            };
            let reach = if attacker == Side::STATE {
                super::outside::within_reach(world, place)
            } else {
                1.0
            };
            let (rate, posture, on) = match (attacker, enemy) {
                (Side::STATE, _) => (rules.state_on_group_per_week, effort, switches.operations),
                (_, Side::STATE) => (
                    rules.group_on_state_per_week,
                    budget::draw_of_aid(world, place) * daring(world, place, own),
                    switches.ambushes,
                ),
                _ => (rules.rivals_per_week, 1.0, switches.rivalry),
            };
            if !on {
                return 0.0;
            }
            let hostility = world.hostility.between(attacker, enemy);
            rate * (opposed / 50.0).sqrt() * posture * hostility * reach
        }
        Target::Civilians => {
            let (rate, posture, on) = match attacker.group() {
                None => (
                    rules.state_on_civilians_per_week,
                    civilian_share(world, place) * effort,
                    switches.state_abuse,
                ),
                Some(group) => (
                    rules.group_on_civilians_per_week,
                    world.groups[group.index()].violence_against_civilians
                        * (1.0 - place.control[attacker.index()])
                        * budget::draw_of_aid(world, place),
                    switches.group_reprisals,
                ),
            };
            if !on {
                return 0.0;
            }
            let people = place.residents.max(1.0);
            // Whoever looks for suspects finds them, though they be few.
            let enough = rules.smallest_suspected.get() * people;
            let suspicion = Suspicion::of(world, place, attacker);
            let suspected = place
                .quarters()
                .filter(|quarter| world.quarter(*quarter).residents >= enough)
                .map(|quarter| suspicion.toward(quarter))
                .fold(0.0, f64::max);
            rate * posture * suspected.min(1.0) * partners::unprotected(world, place)
        }
    };
    if base <= 0.0 {
        return 0.0;
    }
    let recent = place.recent_events[pair(world.sides(), attacker, target)];
    let feedback = if switches.escalation { rules.feedback * recent } else { 0.0 };
    let bound = bearing::on_events(world, place, attacker, target);
    let base = rules.scale * base * (own / 20.0).sqrt();
    // What makes somebody fight more adds to the cause and not to the echo, or one event would call
    // forth more than one.
    bound.min(1.0) * (base + feedback) + (bound - 1.0).max(0.0) * base
}

/// Share of attacks on the state that a band of `fighters` risks: those without ambush, and the rest as
/// far as its ratio to the soldiers there allows.
fn daring(world: &World, place: &Community, fighters: f64) -> f64 {
    let rules = &world.rules.violence;
    let mut defence = place.soldiers;
    for (partner, soldiers) in world.partners.iter().zip(&place.partners) {
        defence += soldiers * (partner.capability - 1.0);
    }
    let ratio = fighters / defence.max(f64::MIN_POSITIVE);
    let without = rules.without_ambush.get();
    without + (1.0 - without) * (ratio / rules.ratio_for_ambush).min(1.0)
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
        reported,
    };
    Planned { event, quarter, address, turn }
}

/// Deaths of a lethal event at the quantile `size`, counted from the largest.
pub(super) fn deaths_of_size(rules: &ViolenceRules, size: f64, present: f64) -> u32 {
    let tail = libm::pow(size, -1.0 / rules.size_exponent) - 1.0;
    let drawn = (rules.size_scale * tail).floor() + 1.0;
    drawn.min(rules.largest_size).min(present.ceil()) as u32
}

/// Chance that a bloodless event in a place stays unknown.
pub(super) fn unheard(rules: &ViolenceRules, place: &Community) -> f64 {
    let access = 0.5 * (place.control[0] + place.market_access);
    (1.0 - rules.reported_without_access.get()) * (1.0 - access)
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

/// The entry at the share `at` (0 to 1) of the total weight.
pub(super) fn pick<T: Copy>(weights: &[(T, f64)], at: f64) -> Option<T> {
    let total: f64 = weights.iter().map(|(_, weight)| weight).sum();
    let mut left = at * total;
    for (entry, weight) in weights {
        left -= weight;
        if left <= 0.0 && *weight > 0.0 {
            return Some(*entry);
        }
    }
    weights.iter().rev().find(|(_, weight)| *weight > 0.0).map(|(entry, _)| *entry)
}

/// An event takes its victims by name.
fn suffer(world: &mut World, planned: Planned) {
    let Planned { mut event, quarter, address, turn } = planned;
    let week = world.calendar.week;
    let at = u64::from(week) << 6 | u64::from(turn);
    if let Some(quarter) = quarter {
        let mut luck = world.streams.at(purposes::VICTIMS, address, at);
        let struck = (event.civilians_killed, event.civilians_hurt);
        (event.civilians_killed, event.civilians_hurt) =
            world.strike_civilians(quarter, event.harm_by, struck, &mut luck);
    } else {
        event.civilians_killed = 0;
        event.civilians_hurt = 0;
    }
    if let Some(attacker) = event.attacker.group().map(Side::of) {
        event.attackers_killed = fall(world, &event, attacker, event.attackers_killed, address, at);
    }
    if let Target::Armed(defender) = event.target
        && defender != Side::STATE
    {
        event.defenders_killed = fall(world, &event, defender, event.defenders_killed, address, at);
    }
    let zone = world.community(event.community).zone as usize;
    let on_the_states_side = event.soldiers_killed;
    share_losses(world, &mut event, address, at);
    let army = &mut world.state.army;
    event.soldiers_killed = event.soldiers_killed.min(army.soldiers[zone] as u32);
    army.soldiers[zone] -= f64::from(event.soldiers_killed);
    army.killed += u64::from(event.soldiers_killed);

    let sides = world.sides();
    let place = &mut world.communities[event.community.index()];
    let feedback_time = world.rules.violence.feedback_time.get().max(1.0);
    place.recent_events[pair(sides, event.attacker, event.target)] += 1.0 / feedback_time;
    place.soldiers_lost += f64::from(on_the_states_side);
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
        let fallen = binomial_quantile(u, left, share).min(partner.present[zone] as u32);
        partner.present[zone] -= f64::from(fallen);
        partner.killed += u64::from(fallen);
        event.partners_killed += fallen;
        left -= fallen;
        heads -= exposed;
    }
    event.soldiers_killed = left;
}

/// Fighters of a side who are in the place fall; returns how many (persons).
fn fall(world: &mut World, event: &Event, side: Side, deaths: u32, address: u64, at: u64) -> u32 {
    if deaths == 0 {
        return 0;
    }
    let entity = world.number_of(side) << 40 | address;
    let mut luck = world.streams.at(purposes::FALLEN, entity, at);
    let per_agent = f64::from(world.people.per_agent);
    let turn = uniform(&mut luck);
    let bands: Vec<(CommandId, f64)> = world
        .community(event.community)
        .bands
        .iter()
        .filter(|band| {
            band.side == side && world.commands[band.command.index()].fighters(per_agent) > 0.0
        })
        .map(|band| (band.command, band.fighters))
        .collect();
    let Some(command) = pick(&bands, uniform(&mut luck)) else { return 0 };
    let mark = rand_chacha::rand_core::Rng::next_u64(&mut luck);
    let foreign = world.bury_foreigners(command, deaths, entity, at);
    let count = (f64::from(deaths - foreign) / per_agent + turn).floor() as usize;
    let members = &mut world.commands[command.index()].members;
    let mut order: Vec<(u64, Person)> = members
        .iter()
        .map(|member| (place_in_order(mark, member.person.0), member.person))
        .collect();
    order.sort_unstable();
    order.truncate(count);
    let group = world.commands[command.index()].group;
    for (_, person) in &order {
        bury_fighter(world, command, *person);
    }
    let week = world.calendar.week;
    for (_, person) in &order {
        world.people.suffer(*person, opponent(event, side), week, 1.0);
    }
    let fallen = foreign + (order.len() as f64 * per_agent) as u32;
    let command = &mut world.commands[command.index()];
    command.lost += f64::from(fallen);
    debug_assert_eq!(command.group, group);
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
    let week = world.calendar.week;
    let held = &mut world.commands[command.index()];
    let place = held.members.iter().position(|member| member.person == person);
    let member = held.members.remove(place.expect("the fallen were chosen among the members"));
    let group = held.group;
    world.people.leave_group(person, Role::Dead);
    let weeks = week - member.since.min(week);
    world.log.leavers.push(Leaver { person, group, command, cause: LeavingCause::Killed, weeks });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadly_events_kill_six_and_those_reported_two_point_eight_on_average() {
        let rules = ViolenceRules::default();
        let steps = 100_000;
        // Where half of the access is missing, as in much of the north and centre.
        let unheard = (1.0 - rules.reported_without_access.get()) * 0.5;
        let (mut deaths, mut heard, mut dead_heard) = (0.0, 0.0, 0.0);
        for step in 0..steps {
            let u = (f64::from(step) + 0.5) / f64::from(steps);
            let size = f64::from(deaths_of_size(&rules, u, 30_000.0));
            let chance_to_be_heard = 1.0 - libm::pow(unheard, 1.0 + size);
            deaths += size / f64::from(steps);
            heard += chance_to_be_heard / f64::from(steps);
            dead_heard += size * chance_to_be_heard / f64::from(steps);
        }
        assert!((deaths - 6.0).abs() < 0.3, "{deaths} by a deadly event");
        let bloodless = rules.bloodless.get();
        let reported = bloodless * (1.0 - unheard) + (1.0 - bloodless) * heard;
        let mean = (1.0 - bloodless) * dead_heard / reported;
        assert!((mean - 2.76).abs() < 0.2, "{mean} by an event reported");
        let without_dead = bloodless * (1.0 - unheard) / reported;
        assert!((without_dead - 0.54).abs() < 0.03, "{without_dead} of those reported kill nobody");
    }

    #[test]
    fn a_pick_follows_the_weights() {
        let weights = [('a', 1.0), ('b', 0.0), ('c', 3.0)];
        assert_eq!(pick(&weights, 0.1), Some('a'));
        assert_eq!(pick(&weights, 0.3), Some('c'));
        assert_eq!(pick(&weights, 1.0), Some('c'));
        assert_eq!(pick::<char>(&[], 0.5), None);
    }
}
