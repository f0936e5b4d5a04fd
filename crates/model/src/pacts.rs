//! Communities and commands come to terms, keep them, break them.
//!
//! A command of a group that rules by more than self-defence may blockade a place that does not submit:
//!   .012 a week · F/(F + 30) · (1 − support) · (1 − share it holds).
//! Talks of a place with a command succeed at
//!   .006 · e^(3H) a week · 2 · mean willingness of leaders · (1 + help by the state),
//! H the hardship of a blockade; without one at a twentieth of it; and only on terms that leave both better
//! off ([`super::bargaining`]) and behind which leaders of half the standing stand. A place next to one
//! that has a pact with the same command joins that pact, if its terms suit it. Leaders grow willing
//! where neighbours' pacts hold and lose heart where pacts end.
//!
//! A pact bears hazard until its endurance ~ Exp(1) is used up. A month, with what is where it holds
//! (means over its people):
//!   .003, .25 · unbound militia, .15 · (army clause open · operations), .08 · army present,
//!   .1 · unpunished breaches, .3 · commander killed, .01 · rigidity³, .005 · uneven terms,
//!   .1 · hunger beyond bearing · levy, .1 · suppression · S/(S + 50), S soldiers,
//! and the cause is drawn in proportion. Militia and army count as n/(n + 10) of their fighters and
//! soldiers there, whatever was signed; a clause that excludes the army is open as far as the state does
//! not keep away.

use super::actor::{CommandId, CommunityId, Side};
use super::bargaining::{self, STANDING, Settlement};
use super::bearing;
use super::community::{Community, Rank};
use super::group::GroupKind;
use super::log::{LeavingCause, Target};
use super::pact::{Blockade, END_CAUSES, EndCause, Ended, LEADERS, Pact, Stance};
use super::purposes;
use super::treasury::{Line, per_week};
use super::world::World;
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use toguna_engine::streams::{exponential, uniform};
use toguna_units::{Money, Share, Weeks};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PactRules {
    /// Hazard of a blockade by a large command where nobody supports it and it holds nothing.
    /// Unit: per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub blockades_per_week: f64,
    /// A command with fewer fighters in a place neither rules nor blockades it. Unit: persons.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub fewest_who_rule: f64,
    /// Fighters at whose number a command can half blockade a place. Unit: persons. Source: assumed.
    #[schemars(range(min = 1.0, max = 10_000.0))]
    pub fighters_for_half_blockade: f64,
    /// Hazard that a blockade is given up. Unit: per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub blockade_given_up_per_week: f64,
    /// Hazard that soldiers, where they are many, open the roads. Unit: per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub blockade_broken_per_week: f64,
    /// Market access that a blockade takes. Unit: share. Source: assumed.
    pub blockade_of_markets: Share,
    /// Relief that a blockade keeps away. Unit: share. Source: assumed.
    pub blockade_of_relief: Share,
    /// Hazard of agreeing once terms suit both. Unit: per week. Source: reference; with the two below
    /// the median is about 15 weeks of blockade.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub agreements_per_week: f64,
    /// How much hardship hastens agreement. Unit: log factor at full hardship. Source: reference.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub haste_of_hardship: f64,
    /// How often leaders of a place that is not blockaded seek a pact, beside one that is.
    /// Unit: share. Source: assumed; most submissions follow three to five months of blockade.
    pub initiative: Share,
    /// Standing of leaders needed behind a pact. Unit: share. Source: assumed.
    pub needed_breadth: Share,
    /// Willingness of the least willing leaders at the start. Unit: share. Source: assumed.
    pub least_willing: Share,
    /// How far that of the most willing lies above it. Unit: share. Source: assumed.
    pub range_of_willingness: Share,
    /// Standing of the leaders behind a pact that is held when the first week begins. Unit: share.
    /// Source: assumed.
    pub breadth_at_start: Share,
    /// How fast leaders grow willing where all neighbours have held pacts. Unit: per week.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub diffusion_per_week: f64,
    /// Time a pact must have held to be an example. Unit: duration. Source: assumed.
    pub example_after: Weeks,
    /// Willingness that leaders lose when their own pact ends. Unit: share. Source: assumed.
    pub disheartened: Share,
    /// Part of that loss that their neighbours share. Unit: share. Source: assumed.
    pub neighbours_disheartened: Share,
    /// Communities in one pact, at most. Unit: communities. Source: assumed.
    #[schemars(range(min = 1, max = 1_000))]
    pub largest_cluster: u32,
    /// Chance that a militia keeps to a pact of its people by itself. Unit: chance. Source: assumed.
    pub militia_keeps_to_it: Share,
    /// Hazard that the state, with all effort and money, binds a militia in that was not. Unit: per
    /// week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub militia_bound_per_week: f64,
    /// Breaches that a state which supports a pact with all it takes gets punished. Unit: share.
    /// Source: assumed.
    pub breaches_punished: Share,
    /// Where the state shares what leaders tell it against the terms: hazard of being found out.
    /// Unit: per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub leaks_per_week: f64,
    /// Hazard of an end for no particular cause. Unit: per month. Source: priors, 0.01 (0.003 to 0.03)
    /// for pacts that the army tolerates, of which other causes take the greater part.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub end_of_itself: f64,
    /// With an unbound militia. Unit: per month. Source: priors, 0.25 with a militia unbound or the
    /// army clause open.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub end_by_unbound_militia: f64,
    /// While the state operates against an army clause. Unit: per month. Source: as above.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub end_by_army_clause: f64,
    /// With the army present. Unit: per month. Source: priors, 0.08 with the army still present.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub end_by_army_present: f64,
    /// Fighters of a militia, or soldiers, at whose number half of what their presence does to a pact is
    /// done. Unit: persons. Source: assumed; a handful is enough to break it.
    #[schemars(range(min = 0.1, max = 10_000.0))]
    pub near: f64,
    /// For each unpunished breach of the last month. Unit: per month. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub end_by_breach: f64,
    /// After the commander was killed. Unit: per month. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub end_by_killed_leader: f64,
    /// By orders from the leaders of a wholly rigid group. Unit: per month. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub end_by_orders: f64,
    /// Where one side has all of the surplus. Unit: per month. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub end_by_uneven_terms: f64,
    /// Where everybody hungers and owes the whole levy. Unit: per month. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub end_by_unpaid_levies: f64,
    /// Where a suppressing state has many soldiers. Unit: per month. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub end_by_suppression: f64,
    /// How the arrest of those who had signed is felt by their people, as so many deaths by the state.
    /// Unit: deaths per 1,000 residents. Source: assumed.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub harm_of_arrests: f64,
    /// What all help that a community can use costs. Unit: francs per resident and year.
    /// Source: assumed.
    #[schemars(range(min = 1.0, max = 1_000_000_000.0))]
    pub help_per_resident: f64,
}

impl Default for PactRules {
    fn default() -> Self {
        PactRules {
            blockades_per_week: 0.012,
            fewest_who_rule: 3.0,
            fighters_for_half_blockade: 30.0,
            blockade_given_up_per_week: 0.01,
            blockade_broken_per_week: 0.05,
            blockade_of_markets: Share::of(0.7),
            blockade_of_relief: Share::of(0.7),
            agreements_per_week: 0.006,
            haste_of_hardship: 3.0,
            initiative: Share::of(0.05),
            needed_breadth: Share::of(0.5),
            least_willing: Share::of(0.2),
            range_of_willingness: Share::of(0.6),
            breadth_at_start: Share::of(0.7),
            diffusion_per_week: 0.02,
            example_after: Weeks(13),
            disheartened: Share::of(0.3),
            neighbours_disheartened: Share::of(1.0 / 3.0),
            largest_cluster: 12,
            militia_keeps_to_it: Share::of(0.35),
            militia_bound_per_week: 0.03,
            breaches_punished: Share::of(0.6),
            leaks_per_week: 0.02,
            end_of_itself: 0.003,
            end_by_unbound_militia: 0.25,
            end_by_army_clause: 0.15,
            end_by_army_present: 0.08,
            near: 10.0,
            end_by_breach: 0.1,
            end_by_killed_leader: 0.3,
            end_by_orders: 0.01,
            end_by_uneven_terms: 0.005,
            end_by_unpaid_levies: 0.1,
            end_by_suppression: 0.1,
            harm_of_arrests: 0.3,
            help_per_resident: 10_000.0,
        }
    }
}

const WEEKS_A_MONTH: f64 = 365.25 / 12.0 / 7.0;

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
    let koranic: Vec<f64> =
        world.communities.iter().map(|place| bearing::koranic_schools(world, place.id)).collect();
    for (place, koranic) in world.communities.iter_mut().zip(koranic) {
        place.koranic_schools = koranic;
    }
}

/// Leaders' minds before the first week.
pub fn settle(world: &mut World) {
    let rules = &world.rules.pacts;
    let (least, range) = (rules.least_willing.get(), rules.range_of_willingness.get());
    for id in 0..world.communities.len() {
        let mut luck = world.streams.at(purposes::LEADERS, id as u64, 0);
        let minds = &mut world.pacts.places[id].willingness;
        minds.iter_mut().for_each(|mind| *mind = (least + range * uniform(&mut luck)).min(1.0));
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

/// What all who live under a pact or a blockade could use of help, francs a week.
#[must_use]
pub fn help_asked(world: &World) -> Money {
    let mut people = 0.0;
    for (place, bargainer) in world.communities.iter().zip(&world.pacts.places) {
        if bargainer.pact.is_some() || bargainer.blockade.is_some() {
            people += place.residents;
        }
    }
    per_week(Money((people * world.rules.pacts.help_per_resident) as i64))
}

/// The money for supported pacts, over those who live under pacts or under blockade; where nobody does
/// yet, the first can count on all of it.
fn help(world: &mut World) {
    world.pacts.help = 0.0;
    if bearing::stance(world) != Stance::Support {
        return;
    }
    let (money, asked) = (world.treasury.week.on(Line::Pacts), help_asked(world));
    world.pacts.help = if asked > Money::ZERO {
        (money.0 as f64 / asked.0 as f64).min(1.0)
    } else {
        f64::from(u8::from(world.policy.pact_support_budget.get() > 0.0))
    };
    if world.pacts.help > 0.0 {
        world.pacts.held.values_mut().for_each(|pact| pact.state_supported = true);
    }
}

/// Commanders fall with their fighters; a successor has a mind of his own.
fn mourn(world: &mut World) {
    let mut killed: BTreeMap<CommandId, u32> = BTreeMap::new();
    for leaver in &world.log.leavers {
        if leaver.cause == LeavingCause::Killed {
            *killed.entry(leaver.command).or_default() += 1;
        }
    }
    world.pacts.leaders.resize(world.commands.len(), 0);
    let week = u64::from(world.calendar.week);
    let kept = 1.0 - 1.0 / WEEKS_A_MONTH;
    world.pacts.held.values_mut().for_each(|pact| pact.bereaved *= kept);
    for (command, killed) in killed {
        let held = &world.commands[command.index()];
        let before = held.members.len() as f64 + f64::from(killed);
        let u = world.streams.uniform(purposes::COMMANDER_FALLS, held.number, week);
        if u < f64::from(killed) / before.max(1.0) {
            world.pacts.leaders[command.index()] += 1;
            world.log.commanders_killed += 1;
            for pact in world.pacts.held.values_mut().filter(|pact| pact.command == command) {
                pact.bereaved += 1.0;
            }
        }
    }
}

/// Attacks of either side on the other where a pact holds; what a guarantor does not punish rankles.
fn notice_breaches(world: &mut World) {
    let rules = &world.rules.pacts;
    let kept = 1.0 - 1.0 / WEEKS_A_MONTH;
    let help = bearing::help(world);
    let unpunished = 1.0 - rules.breaches_punished.get() * help;
    let mut breaches: Vec<(u32, f64)> = Vec::new();
    for event in &world.log.events {
        let Some(pact) = world.pacts.at(event.community) else { continue };
        let side = Side::of(world.commands[pact.command.index()].group);
        let place = world.community(event.community);
        let on_militia = matches!(event.target, Target::Armed(other)
            if pact.militia_bound && bearing::is_militia(world, other));
        let by_command =
            event.attacker == side && (event.target == Target::Civilians || on_militia);
        let by_militia = event.target == Target::Armed(side)
            && pact.militia_bound
            && bearing::is_militia(world, event.attacker);
        if by_command || by_militia {
            breaches.push((pact.number, bearing::of_those_bound(world, place, side)));
        }
    }
    let week = u64::from(world.calendar.week);
    for pact in world.pacts.held.values() {
        let u = world.streams.uniform(purposes::LEAK, pact.luck, week);
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
    let effort = bearing::help(world) * world.policy.bind_militias.get();
    if effort <= 0.0 || !world.mechanisms.militia_binding {
        return;
    }
    let week = u64::from(world.calendar.week);
    let chance = world.rules.pacts.militia_bound_per_week * effort;
    for pact in world.pacts.held.values_mut().filter(|pact| !pact.militia_bound) {
        let u = world.streams.uniform(purposes::MILITIA_BOUND, pact.luck, week);
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
    let next: Vec<Option<Blockade>> = world
        .communities
        .par_iter()
        .zip(&world.pacts.places)
        .map(|(place, bargainer)| {
            let address = u64::from(place.id.0);
            if let Some(blockade) = bargainer.blockade {
                let there = band_of(place, blockade.command) > rules.fewest_who_rule
                    && !world.talks.is_in_accord(blockade.command);
                let u = world.streams.uniform(purposes::BLOCKADE_LIFTED, address, week.into());
                let lifted = rules.blockade_given_up_per_week
                    + rules.blockade_broken_per_week
                        * bargaining::presence_of_soldiers(world, place);
                return (there && u >= lifted).then_some(blockade);
            }
            if bargainer.pact.is_some() || place.rank >= Rank::CapitalOfRegion {
                return None;
            }
            let command = strongest_ruler(world, place)?;
            let fighters = band_of(place, command);
            let group = world.commands[command.index()].group;
            let support = super::support::of_community(world, place, group);
            let hazard = rules.blockades_per_week * fighters
                / (fighters + rules.fighters_for_half_blockade)
                * (1.0 - support)
                * (1.0 - place.control[Side::of(group).index()]);
            let u = world.streams.uniform(purposes::BLOCKADE, address, week.into());
            (u < hazard).then_some(Blockade { command, since: week as i32 })
        })
        .collect();
    for (bargainer, next) in world.pacts.places.iter_mut().zip(next) {
        world.log.blockades_begun += u32::from(bargainer.blockade.is_none() && next.is_some());
        bargainer.blockade = next;
    }
}

/// Fighters of a command in a place.
fn band_of(place: &Community, command: CommandId) -> f64 {
    place.bands.iter().filter(|band| band.command == command).map(|band| band.fighters).sum()
}

/// The strongest command here that would rule: of a group at odds with the state that is no militia,
/// and that is not bound by an accord.
fn strongest_ruler(world: &World, place: &Community) -> Option<CommandId> {
    let rules = |command: CommandId| {
        let group = world.commands[command.index()].group;
        let militia = world.groups[group.index()].kind == GroupKind::SelfDefence;
        let at_odds = world.hostility.between(Side::STATE, Side::of(group)) > 0.5;
        !militia && at_odds && !world.talks.is_in_accord(command)
    };
    let own = place.bands.iter().filter(|band| rules(band.command));
    let strongest =
        own.reduce(|best, band| if band.fighters > best.fighters { band } else { best });
    let fewest = world.rules.pacts.fewest_who_rule;
    strongest.filter(|band| band.fighters >= fewest).map(|band| band.command)
}

/// Leaders grow willing where neighbours' pacts hold.
fn learn(world: &mut World) {
    if !world.mechanisms.pact_diffusion || world.pacts.held.is_empty() {
        return;
    }
    let rules = &world.rules.pacts;
    let week = world.calendar.week as i32;
    let example = |place: CommunityId| {
        world.pacts.at(place).is_some_and(|pact| week - pact.since >= rules.example_after.0 as i32)
    };
    let seen: Vec<f64> = world
        .communities
        .par_iter()
        .map(|place| {
            let held = place.roads.iter().filter(|road| example(road.to)).count();
            held as f64 / place.roads.len().max(1) as f64
        })
        .collect();
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
    Own(Settlement, f64),
    /// The pact of a neighbour.
    Joins(u32),
}

/// Whoever agrees signs.
fn agree(world: &mut World) {
    let agreed: Vec<(CommunityId, CommandId, Agreement)> = world
        .communities
        .par_iter()
        .filter_map(|place| {
            let (command, agreement) = bargain(world, place)?;
            Some((place.id, command, agreement))
        })
        .collect();
    for (place, command, agreement) in agreed {
        match agreement {
            Agreement::Joins(number) => join(world, place, number),
            Agreement::Own(settlement, breadth) => sign(world, place, command, settlement, breadth),
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
    let weeks = blockade.map(|it| f64::from(world.calendar.week as i32 - it.since));
    let urgency = weeks.map_or(rules.initiative.get(), |weeks| {
        let hardship = bargaining::hardship(&world.rules.bargaining, weeks);
        libm::exp(rules.haste_of_hardship * hardship)
    });
    let rate = rules.agreements_per_week * urgency * 2.0 * willing * (1.0 + bearing::help(world));
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
        pact.command == command
            && pact.places.len() < rules.largest_cluster as usize
            && bargaining::community_gains(minds, &stakes, &pact.terms) > 0.0
            && bargaining::command_gains(minds, &stakes, &pact.terms) > 0.0
            && stands(&pact.terms).is_some()
    });
    if let Some(pact) = neighbour {
        return Some((command, Agreement::Joins(pact.number)));
    }
    let settlement = bargaining::settle(minds, &stakes)?;
    let breadth = stands(&settlement.terms)?;
    Some((command, Agreement::Own(settlement, breadth)))
}

/// Mean willingness of leaders by their standing.
fn willingness(minds: &[f64; LEADERS]) -> f64 {
    minds.iter().zip(STANDING).map(|(willing, standing)| willing * standing).sum()
}

fn join(world: &mut World, place: CommunityId, number: u32) {
    let supported = bearing::stance(world) == Stance::Support;
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

fn sign(
    world: &mut World,
    place: CommunityId,
    command: CommandId,
    settlement: Settlement,
    breadth: f64,
) {
    let week = world.calendar.week as i32;
    let Settlement { terms, community, command: of_command } = settlement;
    let blockade_weeks =
        world.pacts.blockade_at(place).map_or(0, |blockade| (week - blockade.since).max(0) as u32);
    let evenness = community / (community + of_command);
    let pact = Pact {
        blockade_weeks,
        evenness,
        ..draft(world, place, command, week, Standing { terms, breadth })
    };
    if terms.prisoners {
        release_prisoners(world, place, command);
    }
    hold(world, pact);
}

/// What is known of a pact whatever its history.
#[derive(Clone, Copy)]
struct Standing {
    terms: super::pact::Terms,
    breadth: f64,
}

/// A pact of one place; what it endures and whether its militias keep to it is its own luck.
fn draft(
    world: &World,
    place: CommunityId,
    command: CommandId,
    since: i32,
    standing: Standing,
) -> Pact {
    let times = u64::from(world.pacts.places[place.index()].signed);
    let address = u64::from(place.0) << 40 | world.commands[command.index()].number;
    let mut luck = world.streams.at(purposes::PACT, address, times);
    let (endurance, militia) = (exponential(&mut luck), uniform(&mut luck));
    Pact {
        number: world.pacts.signed,
        luck: address,
        command,
        places: vec![place],
        since,
        terms: standing.terms,
        evenness: 0.5,
        breadth: standing.breadth,
        militia_bound: militia < world.rules.pacts.militia_keeps_to_it.get(),
        stance: bearing::stance(world),
        state_supported: bearing::help(world) > 0.0,
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

/// A pact that stands when the first week begins; its endurance starts afresh.
pub fn hold_from_start(
    world: &mut World,
    places: &[CommunityId],
    command: CommandId,
    since: i32,
    terms: super::pact::Terms,
) {
    let Some((first, more)) = places.split_first() else { return };
    // Whoever stands behind it has done so until now.
    let breadth = world.rules.pacts.breadth_at_start.get();
    let mut pact = draft(world, *first, command, since, Standing { terms, breadth });
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

/// Who is near where a pact holds: means over its people, 0 to 1.
struct Near {
    /// Militias hostile to the command that signed.
    militia: f64,
    soldiers: f64,
}

fn near(world: &World, pact: &Pact) -> Near {
    let half = world.rules.pacts.near;
    let side = Side::of(world.commands[pact.command.index()].group);
    let (mut people, mut near) = (0.0, Near { militia: 0.0, soldiers: 0.0 });
    for id in &pact.places {
        let place = world.community(*id);
        let militia = place.bands.iter().filter(|band| bearing::is_militia(world, band.side));
        let armed: f64 =
            militia.map(|band| band.fighters * world.hostility.between(band.side, side)).sum();
        people += place.residents;
        near.militia += place.residents * armed / (armed + half);
        near.soldiers += place.residents * place.soldiers / (place.soldiers + half);
    }
    let people = f64::max(people, 1.0);
    Near { militia: near.militia / people, soldiers: near.soldiers / people }
}

/// Hazards of the end of a pact in a month, in the order of [`EndCause::ALL`].
#[must_use]
pub fn hazards(world: &World, pact: &Pact) -> [f64; END_CAUSES] {
    hazards_beside(world, pact, &near(world, pact))
}

fn hazards_beside(world: &World, pact: &Pact, near: &Near) -> [f64; END_CAUSES] {
    let rules = &world.rules.pacts;
    let group = world.commands[pact.command.index()].group;
    let side = Side::of(group);
    let army_away = bearing::army_keeps_away(world);
    let (mut people, mut operations, mut soldiers, mut hungry) = (0.0, 0.0, 0.0, 0.0);
    for id in &pact.places {
        let place = world.community(*id);
        people += place.residents;
        operations += place.residents * bearing::operations_here(world, place, side);
        soldiers += place.residents * bargaining::presence_of_soldiers(world, place);
        let beyond = (place.hunger - world.rules.displacement.bearable_hunger.get()).max(0.0);
        hungry += place.residents * beyond;
    }
    let people = f64::max(people, 1.0);
    let on = |switch: bool| f64::from(u8::from(switch));
    let suppresses = bearing::stance(world) == Stance::Suppress;
    let rigidity = world.groups[group.index()].rigidity;
    let excluded = on(pact.terms.army_excluded);
    let band: f64 =
        pact.places.iter().map(|place| band_of(world.community(*place), pact.command)).sum();
    [
        rules.end_of_itself,
        rules.end_by_unbound_militia * on(!pact.militia_bound) * near.militia,
        rules.end_by_army_clause * excluded * (1.0 - army_away) * operations / people,
        rules.end_by_army_present * near.soldiers,
        rules.end_by_breach * pact.unpunished,
        rules.end_by_killed_leader * pact.bereaved,
        rules.end_by_orders * rigidity * rigidity * rigidity,
        rules.end_by_uneven_terms * (2.0 * pact.evenness - 1.0).abs(),
        rules.end_by_unpaid_levies * hungry / people * pact.terms.levy.get(),
        rules.end_by_suppression * on(suppresses) * soldiers / people,
        // Within weeks of leaving for good.
        if band < 1.0 { 1.0 } else { 0.0 },
    ]
}

/// Where the command that signed has moved on, the strongest of its group that is there keeps its word.
fn succeed(world: &mut World) {
    let mut heirs: Vec<(u32, CommandId)> = Vec::new();
    for pact in world.pacts.held.values() {
        let group = world.commands[pact.command.index()].group;
        let mut bands: BTreeMap<CommandId, f64> = BTreeMap::new();
        for place in &pact.places {
            for band in &world.community(*place).bands {
                if world.commands[band.command.index()].group == group {
                    *bands.entry(band.command).or_default() += band.fighters;
                }
            }
        }
        if bands.get(&pact.command).is_some_and(|fighters| *fighters >= 1.0) {
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
    let u = world.streams.uniform(purposes::PACT_END, pact.luck, world.calendar.week.into());
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
