//! Places are blockaded, come to terms, keep or break them.

use super::effects::{
    Near, WEEKS_A_MONTH, hazards_beside, help_asked, in_sight_of, near, strongest_ruler,
    willingness,
};
use super::state::{Blockade, END_CAUSES, EndCause, Ended, FromStart, Pact, Stance, Terms};
use crate::bargaining::effects as bargaining;
use crate::bargaining::effects::Bargain;
use crate::budget::state::Line;
use crate::pact_effects::effects as pact_effects;
use crate::support::effects as support;
use crate::words::geography::Rank;
use crate::words::ids::{CommandId, CommunityId, Side};
use crate::words::purposes;
use crate::words::targets::Target;
use crate::world::World;
use crate::world::community::Community;
use crate::world::log::LeavingCause;
use std::collections::BTreeMap;
use toguna_engine::parallel;
use toguna_engine::streams::{exponential, uniform};
use toguna_units::{Money, narrow};

/// Phase: blockades, breaches, bargains and breakdowns.
pub fn deal(world: &mut World) {
    if world.mechanisms.pacts {
        help(world);
        mourn(world);
        notice_breaches(world);
        bind_militias(world);
        blockade(world);
        learn(world);
        agree(world);
        end(world);
    } else {
        forget(world);
    }
    let koranic: Vec<f64> = world
        .communities
        .iter()
        .map(|place| pact_effects::koranic_schools(world, place.id))
        .collect();
    for (place, koranic) in world.communities.iter_mut().zip(koranic) {
        place.koranic_schools = koranic;
    }
}

/// Leaders' minds before the first week.
pub fn begin(world: &mut World) {
    let rules = &world.rules.pacts;
    let (least, range) = (rules.least_willing.get(), rules.range_of_willingness.get());
    for id in 0..world.communities.len() {
        let mut draws = world.streams.at(purposes::LEADERS, id as u64, 0);
        let minds = &mut world.pacts.places[id].willingness;
        minds.iter_mut().for_each(|mind| *mind = (least + range * uniform(&mut draws)).min(1.0));
    }
}

/// Without the mechanism there are neither pacts nor blockades, those of the start included.
fn forget(world: &mut World) {
    world.pacts.held.clear();
    for bargainer in &mut world.pacts.places {
        bargainer.pact = None;
        bargainer.blockade = None;
    }
    world.pacts.help = 0.0;
}

/// The money for supported pacts, over those who live under pacts or under blockade; where nobody does
/// yet, the first can count on all of it.
fn help(world: &mut World) {
    world.pacts.help = 0.0;
    if pact_effects::stance(world) != Stance::Support {
        return;
    }
    let (money, asked) = (world.treasury.week.on(Line::Pacts), help_asked(world));
    world.pacts.help = if asked > Money::ZERO {
        (money.0 as f64 / asked.0 as f64).min(1.0)
    } else {
        let (own, granted) = (world.policy.pact_support_budget.get(), world.policy.extra.pacts);
        f64::from(u8::from(own > 0.0 || granted > Money::ZERO))
    };
    if world.pacts.help > 0.0 {
        world.pacts.held.values_mut().for_each(|pact| pact.state_supported = true);
    }
}

/// The leader of a katiba falls with its fighters; a successor has a mind of his own.
fn mourn(world: &mut World) {
    let mut killed: BTreeMap<CommandId, u32> = BTreeMap::new();
    for leaver in &world.log.leavers {
        if leaver.cause == LeavingCause::Killed {
            *killed.entry(world.commands[leaver.command.index()].katiba).or_default() += 1;
        }
    }
    world.pacts.leaders.resize(world.commands.len(), 0);
    let week = u64::from(world.calendar.week);
    let kept = 1.0 - 1.0 / WEEKS_A_MONTH;
    world.pacts.held.values_mut().for_each(|pact| pact.bereaved *= kept);
    let commands = &world.commands;
    for (katiba, killed) in killed {
        let bands = commands.iter().filter(|command| command.katiba == katiba);
        let left: usize = bands.map(|command| command.members.len()).sum();
        let before = left as f64 + f64::from(killed);
        let number = commands[katiba.index()].number;
        let u = world.streams.uniform(purposes::COMMANDER_FALLS, number, week);
        if u < f64::from(killed) / before.max(1.0) {
            world.pacts.leaders[katiba.index()] += 1;
            world.log.commanders_killed += 1;
            let signed = |pact: &&mut Pact| commands[pact.command.index()].katiba == katiba;
            world.pacts.held.values_mut().filter(signed).for_each(|pact| pact.bereaved += 1.0);
        }
    }
}

/// Attacks of either side on the other where a pact holds; what a guarantor does not punish rankles.
fn notice_breaches(world: &mut World) {
    let rules = &world.rules.pacts;
    let kept = 1.0 - 1.0 / WEEKS_A_MONTH;
    let help = pact_effects::help(world);
    let unpunished = 1.0 - rules.breaches_punished.get() * help;
    let mut breaches: Vec<(u32, f64)> = Vec::new();
    for event in &world.log.events {
        let Some(pact) = world.pacts.at(event.community) else { continue };
        let side = Side::of(world.commands[pact.command.index()].group);
        let place = world.community(event.community);
        let on_militia = matches!(event.target, Target::Armed(other)
            if pact.militia_bound && pact_effects::is_militia(world, other));
        let by_command =
            event.attacker == side && (event.target == Target::Civilians || on_militia);
        let by_militia = event.target == Target::Armed(side)
            && pact.militia_bound
            && pact_effects::is_militia(world, event.attacker);
        if by_command || by_militia {
            breaches.push((pact.number, pact_effects::of_those_bound(world, place, side)));
        }
    }
    let week = u64::from(world.calendar.week);
    for pact in world.pacts.held.values() {
        let u = world.streams.uniform(purposes::LEAK, pact.address, week);
        if pact.terms.no_informing && u < rules.leaks_per_week * help {
            breaches.push((pact.number, 1.0));
        }
    }
    world.pacts.held.values_mut().for_each(|pact| pact.unpunished *= kept);
    for (number, weight) in breaches {
        let pact = world.pacts.held.get_mut(&number).expect("breaches are of pacts that hold");
        pact.breaches += u32::from(weight > 0.5);
        pact.unpunished += weight * unpunished;
    }
}

/// A state that supports pacts brings militias in that were not.
fn bind_militias(world: &mut World) {
    let effort = pact_effects::help(world) * world.policy.bind_militias.get();
    if effort <= 0.0 || !world.mechanisms.militia_binding {
        return;
    }
    let week = u64::from(world.calendar.week);
    let chance = world.rules.pacts.militia_bound_per_week * effort;
    for pact in world.pacts.held.values_mut().filter(|pact| !pact.militia_bound) {
        let u = world.streams.uniform(purposes::MILITIA_BOUND, pact.address, week);
        pact.militia_bound = u < chance;
    }
}

/// Blockades begin where a command means to be obeyed, and end when it leaves, tires or is driven off.
fn blockade(world: &mut World) {
    let rules = &world.rules.pacts;
    let week = world.calendar.week;
    if !world.mechanisms.blockades {
        world.pacts.places.iter_mut().for_each(|place| place.blockade = None);
        return;
    }
    let next: Vec<Option<Blockade>> = parallel::map(world.communities.len(), |id| {
        let (place, bargainer) = (&world.communities[id], &world.pacts.places[id]);
        let address = u64::from(place.id.0);
        if let Some(blockade) = bargainer.blockade {
            let there = in_sight_of(world, place, blockade.command) > rules.fewest_who_rule
                && !world.talks.is_in_accord(blockade.command);
            let u = world.streams.uniform(purposes::BLOCKADE_LIFTED, address, week.into());
            let lifted = rules.blockade_given_up_per_week
                + rules.blockade_broken_per_week * bargaining::presence_of_soldiers(world, place);
            return (there && u >= lifted).then_some(blockade);
        }
        if bargainer.pact.is_some() || place.rank >= Rank::CapitalOfRegion {
            return None;
        }
        let command = strongest_ruler(world, place)?;
        let fighters = in_sight_of(world, place, command);
        let group = world.commands[command.index()].group;
        let support = support::of_community(world, place, group);
        let hazard = rules.blockades_per_week * fighters
            / (fighters + rules.fighters_for_half_blockade)
            * (1.0 - support)
            * (1.0 - place.control[Side::of(group).index()]);
        let u = world.streams.uniform(purposes::BLOCKADE, address, week.into());
        (u < hazard).then_some(Blockade { command, since: narrow(week) })
    });
    for (bargainer, next) in world.pacts.places.iter_mut().zip(next) {
        world.log.blockades_begun += u32::from(bargainer.blockade.is_none() && next.is_some());
        bargainer.blockade = next;
    }
}

/// Leaders grow willing where neighbours' pacts hold.
fn learn(world: &mut World) {
    if !world.mechanisms.pact_diffusion || world.pacts.held.is_empty() {
        return;
    }
    let rules = &world.rules.pacts;
    let week: i32 = narrow(world.calendar.week);
    let example = |place: CommunityId| {
        world
            .pacts
            .at(place)
            .is_some_and(|pact| week - pact.since >= narrow::<_, i32>(rules.example_after.0))
    };
    let seen: Vec<f64> = parallel::map_each(&world.communities, |place| {
        let held = place.roads.iter().filter(|road| example(road.to)).count();
        held as f64 / place.roads.len().max(1) as f64
    });
    let rate = rules.diffusion_per_week;
    for (bargainer, seen) in world.pacts.places.iter_mut().zip(seen).filter(|(_, seen)| *seen > 0.0)
    {
        for willing in &mut bargainer.willingness {
            *willing += rate * seen * (1.0 - *willing);
        }
    }
}

/// What a place and a command have come to this week.
enum Agreement {
    /// A pact of its own.
    Own(Bargain, f64),
    /// The pact of a neighbour.
    Joins(u32),
}

/// Whoever agrees signs.
fn agree(world: &mut World) {
    let agreed: Vec<(CommunityId, CommandId, Agreement)> =
        parallel::filter_map(world.communities.len(), |id| {
            let place = &world.communities[id];
            let (command, agreement) = bargain(world, place)?;
            Some((place.id, command, agreement))
        });
    for (place, command, agreement) in agreed {
        match agreement {
            Agreement::Joins(number) => join(world, place, number),
            Agreement::Own(bargain, breadth) => sign(world, place, command, bargain, breadth),
        }
    }
}

fn bargain(world: &World, place: &Community) -> Option<(CommandId, Agreement)> {
    let rules = &world.rules.pacts;
    let bargainer = &world.pacts.places[place.id.index()];
    if bargainer.pact.is_some() {
        return None;
    }
    let blockade = bargainer.blockade;
    let command = match blockade {
        Some(blockade) => blockade.command,
        None => strongest_ruler(world, place)?,
    };
    let willing = willingness(&bargainer.willingness);
    let weeks = blockade.map(|it| f64::from(world.calendar.week) - f64::from(it.since));
    let urgency = weeks.map_or(rules.initiative.get(), |weeks| {
        let hardship = bargaining::hardship(&world.rules.bargaining, weeks);
        libm::exp(rules.haste_of_hardship * hardship)
    });
    let rate =
        rules.agreements_per_week * urgency * 2.0 * willing * (1.0 + pact_effects::help(world));
    let address = u64::from(place.id.0);
    let u = world.streams.uniform(purposes::AGREEMENT, address, world.calendar.week.into());
    if u >= rate {
        return None;
    }
    let stakes = bargaining::stakes(world, place, command);
    let minds = &world.rules.bargaining;
    let stands = |terms| {
        let breadth = bargaining::breadth(minds, &stakes, terms, &bargainer.willingness);
        (breadth >= rules.needed_breadth.get()).then_some(breadth)
    };
    let neighbour = place.roads.iter().filter_map(|road| world.pacts.at(road.to)).find(|pact| {
        world.are_of_one_katiba(pact.command, command)
            && pact.places.len() < rules.largest_cluster as usize
            && bargaining::community_gains(minds, &stakes, &pact.terms) > 0.0
            && bargaining::command_gains(minds, &stakes, &pact.terms) > 0.0
            && stands(&pact.terms).is_some()
    });
    if let Some(pact) = neighbour {
        return Some((command, Agreement::Joins(pact.number)));
    }
    let bargain = bargaining::nash_bargain(minds, &stakes)?;
    let breadth = stands(&bargain.terms)?;
    Some((command, Agreement::Own(bargain, breadth)))
}

fn join(world: &mut World, place: CommunityId, number: u32) {
    let supported = pact_effects::stance(world) == Stance::Support;
    let largest = world.rules.pacts.largest_cluster as usize;
    let pact = world.pacts.held.get_mut(&number).expect("a pact joined this week holds");
    if pact.places.len() >= largest {
        // Others were faster this week.
        return;
    }
    pact.places.push(place);
    // Prisoners are the state's to let go.
    let prisoners = (pact.terms.prisoners && supported).then_some(pact.command);
    let bargainer = &mut world.pacts.places[place.index()];
    bargainer.pact = Some(number);
    bargainer.blockade = None;
    bargainer.signed += 1;
    world.log.pacts_joined += 1;
    if let Some(command) = prisoners {
        release_prisoners(world, place, command);
    }
}

fn sign(world: &mut World, place: CommunityId, command: CommandId, bargain: Bargain, breadth: f64) {
    let week: i32 = narrow(world.calendar.week);
    let Bargain { terms, community, command: of_command } = bargain;
    let blockade_weeks =
        world.pacts.blockade_at(place).map_or(0, |blockade| narrow((week - blockade.since).max(0)));
    let evenness = community / (community + of_command);
    let pact = Pact {
        blockade_weeks,
        evenness,
        ..draft(world, place, command, week, Agreed { terms, breadth })
    };
    if terms.prisoners {
        release_prisoners(world, place, command);
    }
    hold(world, pact);
}

/// What is known of a pact whatever its history.
#[derive(Clone, Copy)]
struct Agreed {
    terms: Terms,
    breadth: f64,
}

/// A pact of one place; what it endures and whether its militias keep to it has random numbers of its own.
fn draft(
    world: &World,
    place: CommunityId,
    command: CommandId,
    since: i32,
    agreed: Agreed,
) -> Pact {
    let times = u64::from(world.pacts.places[place.index()].signed);
    let address = u64::from(place.0) << 40 | world.commands[command.index()].number;
    let mut draws = world.streams.at(purposes::PACT, address, times);
    let (endurance, militia) = (exponential(&mut draws), uniform(&mut draws));
    Pact {
        number: world.pacts.signed,
        address,
        command,
        places: vec![place],
        since,
        terms: agreed.terms,
        evenness: 0.5,
        breadth: agreed.breadth,
        militia_bound: militia < world.rules.pacts.militia_keeps_to_it.get(),
        stance: pact_effects::stance(world),
        state_supported: pact_effects::help(world) > 0.0,
        blockade_weeks: 0,
        breaches: 0,
        weeks_of_militia: 0.0,
        weeks_of_soldiers: 0.0,
        unpunished: 0.0,
        bereaved: 0.0,
        borne: 0.0,
        endurance,
    }
}

fn hold(world: &mut World, pact: Pact) {
    for place in &pact.places {
        let bargainer = &mut world.pacts.places[place.index()];
        bargainer.pact = Some(pact.number);
        bargainer.blockade = None;
        bargainer.signed += 1;
    }
    world.pacts.signed += 1;
    world.log.pacts_signed += 1;
    world.pacts.held.insert(pact.number, pact);
}

/// Puts a pact or a blockade of the start into force.
pub fn hold_from_start(world: &mut World, given: &FromStart) {
    let Some(terms) = given.terms else {
        let blockade = Blockade { command: given.command, since: given.since };
        for place in &given.places {
            world.pacts.places[place.index()].blockade = Some(blockade);
        }
        return;
    };
    let Some((first, more)) = given.places.split_first() else { return };
    // Whoever stands behind it has done so until now.
    let breadth = world.rules.pacts.breadth_at_start.get();
    let mut pact = draft(world, *first, given.command, given.since, Agreed { terms, breadth });
    pact.places.extend(more);
    pact.militia_bound = true;
    hold(world, pact);
    world.log.pacts_signed = 0;
}

/// Prisoners of the command's group who are from here go home.
fn release_prisoners(world: &mut World, place: CommunityId, command: CommandId) {
    let group = world.commands[command.index()].group;
    let (free, kept) =
        std::mem::take(&mut world.people.prisoners).into_iter().partition(|prisoner| {
            let home = world.people.cell_of(prisoner.person).quarter();
            prisoner.group == group
                && home.index() < world.quarters.len()
                && world.quarter(home).community == place
        });
    world.people.prisoners = kept;
    world.set_free(free);
}

/// Where the katiba that signed has moved on, the strongest band of its group that is there keeps its word.
fn succeed(world: &mut World) {
    let mut heirs: Vec<(u32, CommandId)> = Vec::new();
    for pact in world.pacts.held.values() {
        let group = world.commands[pact.command.index()].group;
        let mut bands: BTreeMap<CommandId, f64> = BTreeMap::new();
        for place in &pact.places {
            for band in &world.community(*place).bands {
                if world.commands[band.command.index()].group == group {
                    *bands.entry(band.command).or_default() += band.people();
                }
            }
        }
        let signed = |(id, _): &(&CommandId, _)| world.are_of_one_katiba(**id, pact.command);
        if bands.iter().filter(signed).map(|(_, fighters)| fighters).sum::<f64>() >= 1.0 {
            continue;
        }
        let strongest = bands.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        if let Some((heir, _)) = strongest.filter(|(_, fighters)| *fighters >= 1.0) {
            heirs.push((pact.number, heir));
        }
    }
    for (number, heir) in heirs {
        let pact = world.pacts.held.get_mut(&number).expect("listed from the pacts that hold");
        pact.command = heir;
    }
}

/// Pacts bear what happens, until they do not.
fn end(world: &mut World) {
    succeed(world);
    let borne: Vec<(u32, Near, [f64; END_CAUSES])> = world
        .pacts
        .held
        .values()
        .map(|pact| {
            let near = near(world, pact);
            let hazards = hazards_beside(world, pact, &near);
            (pact.number, near, hazards)
        })
        .collect();
    for (number, near, hazards) in borne {
        let all: f64 = hazards.iter().sum();
        let pact = world.pacts.held.get_mut(&number).expect("listed from the pacts that hold");
        pact.weeks_of_militia += near.militia;
        pact.weeks_of_soldiers += near.soldiers;
        pact.borne += all / WEEKS_A_MONTH;
        if pact.borne >= pact.endurance {
            dissolve(world, number, &hazards);
        }
    }
}

/// Those who had signed are arrested; their people remember it.
fn arrest(world: &mut World, pact: &Pact) {
    let harm = world.rules.pacts.harm_of_arrests;
    for place in &pact.places {
        for quarter in world.community(*place).quarters() {
            world.quarters[quarter.index()].harm[Side::STATE.index()] += harm;
        }
    }
}

fn dissolve(world: &mut World, number: u32, hazards: &[f64; END_CAUSES]) {
    let Some(pact) = world.pacts.held.remove(&number) else { return };
    let u = world.streams.uniform(purposes::PACT_END, pact.address, world.calendar.week.into());
    let mut left = u * hazards.iter().sum::<f64>();
    let mut cause = EndCause::WornOut;
    for (candidate, hazard) in EndCause::ALL.into_iter().zip(hazards) {
        if *hazard > 0.0 {
            cause = candidate;
            if left < *hazard {
                break;
            }
        }
        left -= hazard;
    }
    let lost = world.rules.pacts.disheartened.get();
    let shared = lost * world.rules.pacts.neighbours_disheartened.get();
    if cause == EndCause::Suppressed {
        arrest(world, &pact);
    }
    for place in &pact.places {
        let bargainer = &mut world.pacts.places[place.index()];
        bargainer.pact = None;
        bargainer.willingness.iter_mut().for_each(|willing| *willing *= 1.0 - lost);
        if world.mechanisms.pact_diffusion {
            for road in &world.communities[place.index()].roads {
                let next = &mut world.pacts.places[road.to.index()];
                next.willingness.iter_mut().for_each(|willing| *willing *= 1.0 - shared);
            }
        }
    }
    let week = world.calendar.week;
    world.log.pacts_ended.push(Ended { pact, cause, week });
}
