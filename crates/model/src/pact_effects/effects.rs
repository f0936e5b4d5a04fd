//! What pacts and talks do to everything else: each function here is asked by the phase it names.
//!
//! A pact binds in the places where it holds: the fighters of the katiba that signed, in part those of
//! the other katibas of its group, and the militias of its people if they keep to it. Violence may move
//! next door, because the fighters it frees roam there.

use crate::pacts::state::{Pact, Schools, Stance};
use crate::partners::effects as partners;
use crate::partners::state::Veto;
use crate::support::effects as support;
use crate::talks::effects as talks;
use crate::words::ids::{CommandId, CommunityId, GroupId, Side};
use crate::words::targets;
use crate::words::targets::Target;
use crate::world::World;
use crate::world::community::Community;
use crate::world::group::GroupKind;

/// Share of what people under a pact hope for from the state that it gives by standing by. *assumed*
const ANSWER_BY_TOLERANCE: f64 = 0.25;
/// Weeks after which being left alone is felt to two thirds. *assumed*, half a year
const WEEKS_UNTIL_FELT: f64 = 26.0;

/// What the state does about pacts, once partners have had their say: one that will not have them
/// makes a state that would tolerate or support them look away.
#[must_use]
pub fn stance(world: &World) -> Stance {
    let asked = world.policy.local_pacts;
    if partners::veto(world, Veto::Pacts) > 0.5 { asked.min(Stance::Ignore) } else { asked }
}

/// Help that the state gives to those who sign, as a share of what they could use.
#[must_use]
pub fn help(world: &World) -> f64 {
    if stance(world) == Stance::Support { world.pacts.help } else { 0.0 }
}

/// How far the state keeps away where a pact asks it to, 0 to 1.
#[must_use]
pub fn keeps_away(world: &World) -> f64 {
    let rules = &world.rules.pact_effects;
    match stance(world) {
        Stance::Suppress | Stance::Ignore => 0.0,
        Stance::Tolerate => rules.kept_away_if_tolerated.get(),
        Stance::Support => rules.kept_away_if_supported.get(),
    }
}

/// How far the army keeps out where a pact excludes it, 0 to 1.
#[must_use]
pub fn army_keeps_away(world: &World) -> f64 {
    if world.mechanisms.army_clause { keeps_away(world) } else { 0.0 }
}

/// The amnesty that is offered, 0 to 1.
#[must_use]
pub fn amnesty(world: &World) -> f64 {
    if world.mechanisms.amnesty { world.policy.amnesty.get() } else { 0.0 }
}

/// Whether a side is a militia for self-defence.
#[must_use]
pub fn is_militia(world: &World, side: Side) -> bool {
    side.group().is_some_and(|group| world.groups[group.index()].kind == GroupKind::SelfDefence)
}

/// Share of a side's fighters in a place who belong to a command's katiba.
fn share_of_katiba(world: &World, place: &Community, side: Side, command: CommandId) -> f64 {
    let (mut all, mut own) = (0.0, 0.0);
    for band in place.bands.iter().filter(|band| band.side == side) {
        all += band.fighters;
        if world.are_of_one_katiba(band.command, command) {
            own += band.fighters;
        }
    }
    if all > 0.0 { own / all } else { 0.0 }
}

/// Share of a side's fighters in a place who keep to the pact that a command's katiba has signed there.
fn share_bound(world: &World, place: &Community, side: Side, command: CommandId) -> f64 {
    let own = share_of_katiba(world, place, side, command);
    own + (1.0 - own) * world.rules.pact_effects.kept_by_fellows.get()
}

/// Where a pact binds part of a side, how likely it is that an attack all the same was by those bound.
#[must_use]
pub fn of_those_bound(world: &World, place: &Community, side: Side) -> f64 {
    let Some(pact) = world.pacts.at(place.id) else { return 0.0 };
    let bound = share_bound(world, place, side, pact.command);
    let left = world.rules.pact_effects.violence_left.get();
    let by_bound = bound * left;
    by_bound / (by_bound + 1.0 - bound).max(f64::MIN_POSITIVE)
}

/// Violence: what pacts and accords leave of the events of a pair, as a factor of their rate.
#[must_use]
pub fn on_events(world: &World, place: &Community, attacker: Side, target: Target) -> f64 {
    on_events_by_pact(world, place, attacker, target)
        * talks::on_events(world, place, attacker, target)
}

fn on_events_by_pact(world: &World, place: &Community, attacker: Side, target: Target) -> f64 {
    let Some(pact) = world.pacts.at(place.id) else { return 1.0 };
    let rules = &world.rules.pact_effects;
    let side = Side::of(world.commands[pact.command.index()].group);
    let quelled = |bound: f64| 1.0 - bound * (1.0 - rules.violence_left.get());
    match (attacker, target) {
        (a, Target::Civilians) if a == side => {
            quelled(share_bound(world, place, side, pact.command))
        }
        (a, Target::Armed(b)) if a == side || b == side => {
            let other = if a == side { b } else { a };
            if other == Side::STATE {
                let away = attacker == Side::STATE && pact.terms.army_excluded;
                if away { 1.0 - army_keeps_away(world) } else { 1.0 }
            } else if is_militia(world, other) && pact.militia_bound {
                quelled(share_bound(world, place, side, pact.command))
            } else {
                1.0
            }
        }
        (a, Target::Civilians) if pact.militia_bound && is_militia(world, a) => {
            // Those whose militia keeps to the pact are not hunted by it for having signed.
            quelled(rules.spared_by_bound_militia.get())
        }
        _ => 1.0,
    }
}

/// Violence: suspicion by `attacker` of those who have signed with his enemy, before hostility. A
/// state that tolerates or supports pacts holds nothing against them.
#[must_use]
pub fn suspicion(world: &World, place: &Community, attacker: Side, enemy: Side) -> f64 {
    let Some(pact) = world.pacts.at(place.id) else { return 0.0 };
    let with = Side::of(world.commands[pact.command.index()].group);
    let tolerated = attacker == Side::STATE && stance(world) >= Stance::Tolerate;
    let kept_in = is_militia(world, attacker) && pact.militia_bound;
    if with != enemy || tolerated || kept_in || !world.mechanisms.pact_suspicion {
        return 0.0;
    }
    world.rules.pact_effects.suspicion_of_signatories.get()
}

/// Violence: what the state knows here because of a pact, added to what it knows anyway.
#[must_use]
pub fn information(world: &World, place: &Community, known: f64) -> f64 {
    let Some(pact) = world.pacts.at(place.id) else { return 0.0 };
    let rules = &world.rules.pact_effects;
    let shared = rules.head_start.get() * help(world) * pact.breadth;
    if pact.terms.no_informing { shared - rules.silence.get() * known } else { shared }
}

/// Events of the state against a side here in a week, of late, 0 to 1.
#[must_use]
pub fn operations_here(world: &World, place: &Community, side: Side) -> f64 {
    let pair = targets::pair(world.sides(), Side::STATE, Target::Armed(side));
    let recent = place.recent_events[pair];
    recent / (recent + world.rules.pact_effects.operations_for_half)
}

/// Posture: the part of its mobile soldiers that the state keeps from a place.
#[must_use]
pub fn soldiers_kept_away(world: &World, place: &Community) -> f64 {
    let excluded = world.pacts.at(place.id).is_some_and(|pact| pact.terms.army_excluded);
    if excluded { army_keeps_away(world) } else { 0.0 }
}

/// Posture: the part of a command's fighters in a place whom a pact frees to roam elsewhere.
#[must_use]
pub fn freed(world: &World, place: CommunityId, command: CommandId) -> f64 {
    let own =
        world.pacts.at(place).is_some_and(|pact| world.are_of_one_katiba(pact.command, command));
    if own && world.mechanisms.freed_fighters {
        world.rules.pact_effects.freed_fighters.get()
    } else {
        0.0
    }
}

/// Posture: 1 where a place has a pact with a group, else 0.
#[must_use]
pub fn home_by_pact(world: &World, place: &Community, group: GroupId) -> f64 {
    let own = |pact: &Pact| world.commands[pact.command.index()].group == group;
    f64::from(u8::from(world.pacts.at(place.id).is_some_and(own)))
}

/// Control: weight of a side in a place, as a factor.
#[must_use]
pub fn weight(world: &World, place: &Community, side: Side) -> f64 {
    let Some(pact) = world.pacts.at(place.id) else { return 1.0 };
    1.0 + world.rules.pact_effects.weight_by_pact.get()
        * share_of_katiba(world, place, side, pact.command)
}

/// Control: how far officials are threatened by a band; a pact that the state tolerates spares them.
#[must_use]
pub fn threat_to_officials(world: &World, place: &Community, command: CommandId) -> f64 {
    if world.talks.is_in_accord(command) {
        return world.rules.pact_effects.violence_left.get();
    }
    let own =
        world.pacts.at(place.id).is_some_and(|pact| world.are_of_one_katiba(pact.command, command));
    if own { 1.0 - keeps_away(world) } else { 1.0 }
}

/// Services: access that a pact opens beyond what the state reaches, as a share of the rest.
#[must_use]
pub fn access(world: &World, place: &Community) -> f64 {
    let Some(pact) = world.pacts.at(place.id) else { return 0.0 };
    if !world.mechanisms.pact_services {
        return 0.0;
    }
    let rules = &world.rules.pact_effects;
    let without = rules.access_without_relief.get();
    rules.access_opened.get() * if pact.terms.relief { 1.0 } else { without }
}

/// Services: what a band's threat to schools counts for.
#[must_use]
pub fn threat_to_schools(world: &World, place: &Community, command: CommandId) -> f64 {
    if world.talks.is_in_accord(command) {
        return world.rules.pact_effects.violence_left.get();
    }
    let state = |pact: &Pact| {
        pact.terms.schools == Schools::State && world.are_of_one_katiba(pact.command, command)
    };
    if world.mechanisms.pact_services && world.pacts.at(place.id).is_some_and(state) {
        0.0
    } else {
        1.0
    }
}

/// Services: hazard a week that a closed school reopens here whoever is near, by a pact.
#[must_use]
pub fn schools_reopen(world: &World, place: &Community) -> f64 {
    let state = |pact: &Pact| pact.terms.schools == Schools::State;
    if world.mechanisms.pact_services && world.pacts.at(place.id).is_some_and(state) {
        world.rules.pact_effects.schools_reopen_per_week
    } else {
        0.0
    }
}

/// Services: what closed schools count for, as Koranic schools that a pact has opened.
#[must_use]
pub fn koranic_schools(world: &World, place: CommunityId) -> f64 {
    let koranic = |pact: &Pact| pact.terms.schools == Schools::Koranic;
    if world.mechanisms.pact_services && world.pacts.at(place).is_some_and(koranic) {
        world.rules.pact_effects.worth_of_koranic_school.get()
    } else {
        0.0
    }
}

/// Livelihoods: market access that a blockade leaves.
#[must_use]
pub fn open_markets(world: &World, place: &Community) -> f64 {
    let blocked = world.pacts.blockade_at(place.id).is_some();
    if blocked { 1.0 - world.rules.pacts.blockade_of_markets.get() } else { 1.0 }
}

/// Livelihoods: whether goods and people pass as in a place that one side holds.
#[must_use]
pub fn free_passage(world: &World, place: &Community) -> bool {
    world.mechanisms.pact_services && world.pacts.at(place.id).is_some()
}

/// Livelihoods: how far relief gets through beside what markets allow: (factor, least).
#[must_use]
pub fn relief(world: &World, place: &Community) -> (f64, f64) {
    if world.pacts.blockade_at(place.id).is_some() {
        return (1.0 - world.rules.pacts.blockade_of_relief.get(), 0.0);
    }
    let allowed = world.pacts.at(place.id).is_some_and(|pact| pact.terms.relief);
    if allowed && world.mechanisms.pact_services { (1.0, 0.8) } else { (1.0, 0.0) }
}

/// Livelihoods: the levy a pact has set, as a share of the usual one and of what is evaded, if it has.
#[must_use]
pub fn levy(world: &World, place: &Community) -> Option<(Side, f64)> {
    let pact = world.pacts.at(place.id)?;
    let side = Side::of(world.commands[pact.command.index()].group);
    Some((side, pact.terms.levy.get() * (1.0 - world.rules.pact_effects.evaded_under_pact.get())))
}

/// Recruitment: say that people of a place gain by pacts and talks.
#[must_use]
pub fn voice(world: &World, place: &Community) -> f64 {
    let by_pact = world.pacts.at(place.id).map_or(0.0, |pact| pact.breadth);
    world.rules.pact_effects.voice_by_pact.get() * by_pact + talks::voice(world)
}

/// Recruitment: how much an amnesty, looked forward to, eases joining, as a factor.
#[must_use]
pub fn ease_of_amnesty(world: &World) -> f64 {
    1.0 + world.rules.pact_effects.ease_of_amnesty.get() * amnesty(world)
}

/// Memory: trust that victims of armed groups lose because those who harmed them come home free.
#[must_use]
pub fn distrust_of_amnesty(world: &World, grievance_against_groups: f64) -> f64 {
    world.rules.pact_effects.distrust_of_amnesty.get() * amnesty(world) * grievance_against_groups
}

/// Memory: how far people under a pact or a blockade are left alone by the state, 0 to 1: the longer, the
/// more, and the less it does for them.
#[must_use]
pub fn left_alone(world: &World, place: &Community) -> f64 {
    let by_pact = world.pacts.at(place.id).map(|pact| pact.since);
    let since = by_pact.or_else(|| world.pacts.blockade_at(place.id).map(|it| it.since));
    let Some(since) = since else { return 0.0 };
    let answer = match stance(world) {
        Stance::Suppress | Stance::Ignore => 0.0,
        Stance::Tolerate => ANSWER_BY_TOLERANCE,
        Stance::Support => ANSWER_BY_TOLERANCE + (1.0 - ANSWER_BY_TOLERANCE) * help(world),
    };
    let weeks = (f64::from(world.calendar.week) - f64::from(since)).max(0.0);
    (1.0 - answer) * (1.0 - libm::exp(-weeks / WEEKS_UNTIL_FELT))
}

/// Leaving: by command, the part of its fighters who are where pacts of its katiba hold, 0 to 1.
#[must_use]
pub fn at_rest(world: &World) -> Vec<f64> {
    let mut resting = vec![0.0; world.commands.len()];
    for pact in world.pacts.held.values() {
        for place in &pact.places {
            for band in &world.community(*place).bands {
                if world.are_of_one_katiba(pact.command, band.command) {
                    resting[band.command.index()] += band.people();
                }
            }
        }
    }
    let per_agent = f64::from(world.people.per_agent);
    for (resting, command) in resting.iter_mut().zip(&world.commands) {
        let fighters = command.fighters(per_agent);
        *resting = if fighters > 0.0 { (*resting / fighters).min(1.0) } else { 0.0 };
    }
    resting
}

/// Displacement: share of households who leave a place for a blockade or for rules they do not want.
#[must_use]
pub fn flight(world: &World, place: &Community) -> f64 {
    let rules = &world.rules.pact_effects;
    let blocked =
        if world.pacts.blockade_at(place.id).is_some() { rules.flight_from_blockade } else { 0.0 };
    let ruled = world.pacts.at(place.id).filter(|pact| pact.terms.rules).map_or(0.0, |pact| {
        let group = world.commands[pact.command.index()].group;
        rules.flight_from_rules * (1.0 - support::of_community(world, place, group))
    });
    blocked + ruled
}

/// Politics: what pacts concede to armed groups, 0 to 1: people who live under them, by how much was
/// given and how far the state stands behind it.
#[must_use]
pub fn conceded_by_pacts(world: &World) -> f64 {
    let rules = &world.rules.pact_effects;
    let official = match stance(world) {
        Stance::Suppress => 0.0,
        Stance::Ignore => rules.conceded_if_ignored.get(),
        Stance::Tolerate => rules.conceded_if_tolerated.get(),
        Stance::Support => 1.0,
    };
    let on = |switch: bool| f64::from(u8::from(switch));
    let (mut conceded, mut people) = (0.0, 0.0);
    for place in &world.communities {
        people += place.residents;
        if let Some(pact) = world.pacts.at(place.id) {
            let depth = rules.conceded_by_any.get()
                + rules.conceded_by_rules.get() * on(pact.terms.rules)
                + rules.conceded_by_army_clause.get() * on(pact.terms.army_excluded)
                + rules.conceded_by_schools.get() * on(pact.terms.schools != Schools::State);
            conceded += place.residents * depth;
        }
    }
    let share = conceded / f64::max(people, 1.0) / rules.residents_for_full_concession;
    (official * share).min(1.0)
}
