//! Army and commands place their forces; commands probe their neighbours.
//!
//! Army: a share is pinned in towns by rank; the rest spreads in proportion to
//! exp(importance + 0.6 ln(1 + attacks) + 0.4 ln residents − 0.008 km from the nearest garrison town).
//! Commands: a few per cent a week look for a base, in proportion to
//! exp(0.6 ln(1 + rent) + support + 0.8 refuge − 0.7 ln(1 + soldiers/20) − 0.8 rival − 0.015 km);
//! a band too large for its place sends half of its people instead of moving.

use super::actor::{CommandId, CommunityId, Side};
use super::bands::Spread;
use super::community::{Community, Rank, Road, Zone};
use super::coups;
use super::group::Command;
use super::purposes;
use super::support;
use super::world::World;
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use toguna_engine::streams::uniform;
use toguna_units::{Share, Weeks};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PostureRules {
    /// Share of each zone's soldiers pinned in towns. Unit: share. Source: assumed.
    pub pinned_in_towns: Share,
    /// Pull of attacks on mobile forces. Unit: per ln(1 + attacks per week). Source: assumed.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub pull_of_attacks: f64,
    /// Pull of residents on mobile forces. Unit: per ln(residents). Source: assumed.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub pull_of_residents: f64,
    /// Loss of mobile forces with distance from a garrison town. Unit: per km. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub loss_with_distance: f64,
    /// Outposts with fewer soldiers are given up after heavy losses. Unit: persons. Source: assumed.
    #[schemars(range(min = 0.0, max = 10_000.0))]
    pub small_outpost: f64,
    /// Losses of eight weeks that make a small outpost be given up. Unit: share of its soldiers.
    /// Source: assumed.
    pub losses_to_give_up: Share,
    /// How long an outpost stays empty. Unit: duration. Source: assumed.
    pub given_up_for: Weeks,
    /// Share of the gap between soldiers allowed and present that is filled in a week.
    /// Unit: share per week. Source: assumed.
    pub replacement_per_week: Share,
    /// Chance that a command considers another base in a week. Unit: chance per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub chance_to_look_around_per_week: f64,
    /// Weight of what a place yields. Unit: per ln(1 + thousands of median incomes). Source: assumed.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub pull_of_rent: f64,
    /// Fighters of the same group, other commands', who halve what a place yields to one more band.
    /// Unit: persons. Source: assumed; about the size of a band.
    #[schemars(range(min = 1.0, max = 100_000.0))]
    pub fighters_who_share: f64,
    /// Weight of refuge from the state. Unit: per share of control the state lacks. Source: assumed.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub pull_of_refuge: f64,
    /// Weight of a pact with the group. Unit: log odds. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub pull_of_pacts: f64,
    /// Weight of support. Unit: per share of support. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub pull_of_support: f64,
    /// Weight of soldiers in the way. Unit: per ln(1 + soldiers/20). Source: assumed.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub dread_of_soldiers: f64,
    /// Weight of a hostile group in the place. Unit: per hostility. Source: assumed.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub dread_of_rivals: f64,
    /// Loss with distance from the present base. Unit: per km. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub cost_of_distance: f64,
    /// Fighters above which a band sends half of its people away. Unit: persons. Source: assumed.
    #[schemars(range(min = 4.0, max = 100_000.0))]
    pub largest_band: f64,
    /// Share of a band that roams the neighbouring places. Unit: share. Source: assumed.
    pub roaming: Share,
    /// Distance at which roaming falls to a third. Unit: km. Source: assumed.
    #[schemars(range(min = 1.0, max = 1_000.0))]
    pub roaming_distance: f64,
}

impl Default for PostureRules {
    fn default() -> Self {
        PostureRules {
            pinned_in_towns: Share::of(0.6),
            pull_of_attacks: 0.6,
            pull_of_residents: 0.4,
            loss_with_distance: 0.008,
            small_outpost: 50.0,
            losses_to_give_up: Share::of(0.1),
            given_up_for: Weeks(26),
            replacement_per_week: Share::of(0.05),
            chance_to_look_around_per_week: 0.05,
            pull_of_rent: 0.6,
            fighters_who_share: 30.0,
            pull_of_refuge: 0.8,
            pull_of_pacts: 1.0,
            pull_of_support: 1.0,
            dread_of_soldiers: 0.7,
            dread_of_rivals: 0.8,
            cost_of_distance: 0.015,
            largest_band: 30.0,
            roaming: Share::of(0.4),
            roaming_distance: 60.0,
        }
    }
}

/// Phase: losses are replaced, the army spreads, commands look around, bands take their places.
pub fn place(world: &mut World) {
    let before = world.state.army.soldiers;
    replace_losses(world);
    for (zone, before) in before.into_iter().enumerate() {
        world.log.soldiers_enlisted[zone] += world.state.army.soldiers[zone] - before;
    }
    give_up_outposts(world);
    spread_army(world);
    look_around(world);
    world.station(spread(world));
}

/// Puts army and bands in their places before the first week.
pub fn settle(world: &mut World) {
    spread_army(world);
    world.station(spread(world));
}

fn replace_losses(world: &mut World) {
    let per_week = world.rules.posture.replacement_per_week.get();
    let sizes = world.policy.army_size.by_zone();
    let recruits = coups::paralysis(world) == 0.0;
    let army = &mut world.state.army;
    for ((soldiers, allowed), size) in army.soldiers.iter_mut().zip(&mut army.allowed).zip(sizes) {
        if let Some(size) = size {
            *allowed = f64::from(size);
        }
        // Whole soldiers, so that the army can be recounted from its log.
        let gap = (*allowed - *soldiers).trunc();
        if gap > 0.0 && !recruits {
            continue;
        }
        *soldiers += gap.signum() * (gap.abs() * per_week).ceil();
    }
}

fn give_up_outposts(world: &mut World) {
    let rules = &world.rules.posture;
    let week = world.calendar.week;
    if !world.mechanisms.outpost_withdrawal {
        return;
    }
    let mut given_up = Vec::new();
    for (id, place) in world.communities.iter_mut().enumerate() {
        let small = place.rank == Rank::Village && place.soldiers < rules.small_outpost;
        let hit = place.soldiers_lost > rules.losses_to_give_up.get() * place.soldiers;
        if small && hit && place.soldiers > 0.0 && place.outpost_empty_until <= week {
            place.outpost_empty_until = week + rules.given_up_for.0;
            world.log.outposts_given_up += 1;
            given_up.push(id);
        }
    }
    given_up.into_iter().for_each(|place| world.expose(place));
}

/// Puts every zone's soldiers somewhere in the zone.
fn spread_army(world: &mut World) {
    let rules = &world.rules.posture;
    let week = world.calendar.week;
    let follows = world.mechanisms.army_follows_attacks;
    let pulls: Vec<(f64, f64)> = world
        .communities
        .par_iter()
        .map(|place| {
            let pinned = match place.rank {
                Rank::Village => 0.0,
                Rank::Town => 1.0,
                Rank::CapitalOfRegion => 3.0,
                Rank::Capital => 6.0,
            };
            if place.outpost_empty_until > week {
                return (0.0, 0.0);
            }
            let attacks = if follows { libm::log(1.0 + 13.0 * place.attacks) } else { 0.0 };
            let held = f64::from(u8::from(super::sweeps::is_held(world, place)));
            let mobile = libm::exp(
                rules.pull_of_attacks * attacks
                    + world.rules.sweeps.holding_pull * held
                    + rules.pull_of_residents * libm::log(place.residents.max(1.0))
                    - rules.loss_with_distance * place.km_to_garrison,
            );
            (pinned, mobile * (1.0 - super::bearing::soldiers_kept_away(world, place)))
        })
        .collect();
    for zone in Zone::ALL {
        let soldiers = world.state.army.in_zone(zone);
        let partners: Vec<f64> = world.partners.iter().map(|p| p.in_zone(zone)).collect();
        let here = |place: &Community| place.zone == zone;
        let (mut all_pinned, mut all_mobile) = (0.0, 0.0);
        for (place, (pinned, mobile)) in world.communities.iter().zip(&pulls) {
            if here(place) {
                all_pinned += pinned;
                all_mobile += mobile;
            }
        }
        let in_towns = if all_pinned == 0.0 { 0.0 } else { rules.pinned_in_towns.get() };
        for (place, (pinned, mobile)) in world.communities.iter_mut().zip(&pulls) {
            if here(place) {
                let share = in_towns * pinned / all_pinned.max(f64::MIN_POSITIVE)
                    + (1.0 - in_towns) * mobile / all_mobile.max(f64::MIN_POSITIVE);
                place.partners.clear();
                place.partners.extend(partners.iter().map(|soldiers| soldiers * share));
                place.soldiers = soldiers * share + place.partners.iter().sum::<f64>();
            }
        }
    }
}

/// What a look around led to.
enum Move {
    Stay,
    To(CommunityId),
    SendHalf(CommunityId),
}

fn look_around(world: &mut World) {
    if !world.mechanisms.command_relocation {
        return;
    }
    let moves: Vec<Move> =
        world.commands.par_iter().map(|command| decide_move(world, command)).collect();
    for (id, decision) in moves.into_iter().enumerate() {
        match decision {
            Move::Stay => {}
            Move::To(base) => {
                world.commands[id].base = base;
                world.log.bases_moved += 1;
            }
            Move::SendHalf(base) => send_half(world, CommandId(id as u16), base),
        }
    }
}

fn decide_move(world: &World, command: &Command) -> Move {
    let rules = &world.rules.posture;
    let fighters = command.fighters(f64::from(world.people.per_agent));
    if fighters <= 0.0 {
        return Move::Stay;
    }
    let week = u64::from(world.calendar.week);
    let mut draw = world.streams.at(purposes::RELOCATION, command.number, week);
    if uniform(&mut draw) >= rules.chance_to_look_around_per_week {
        return Move::Stay;
    }
    let base = world.community(command.base);
    let large = fighters > rules.largest_band;
    let mut options: Vec<(CommunityId, f64)> = Vec::new();
    if !large {
        options.push((command.base, attraction(world, command, command.base, 0.0)));
    }
    for road in &base.roads {
        options.push((road.to, attraction(world, command, road.to, road.km)));
    }
    let total: f64 = options.iter().map(|(_, weight)| weight).sum();
    let mut left = uniform(&mut draw) * total;
    for (place, weight) in &options {
        left -= weight;
        if left <= 0.0 {
            return match (large, *place == command.base) {
                (true, _) => Move::SendHalf(*place),
                (false, true) => Move::Stay,
                (false, false) => Move::To(*place),
            };
        }
    }
    Move::Stay
}

/// How much a place draws a command, up to a common factor.
fn attraction(world: &World, command: &Command, to: CommunityId, km: f64) -> f64 {
    let rules = &world.rules.posture;
    let place = world.community(to);
    let own = Side::of(command.group);
    // What a place yields is shared with those of the group who are there already.
    let others = place.bands.iter().filter(|band| {
        band.side == own && world.commands[band.command.index()].number != command.number
    });
    let others: f64 = others.map(|band| band.fighters).sum();
    let rent = place.residents / 1_000.0 * place.income * place.market_access
        / (1.0 + others / rules.fighters_who_share);
    let mut rival: f64 = 0.0;
    for band in &place.bands {
        if band.side != own {
            rival = rival.max(world.hostility.between(own, band.side));
        }
    }
    libm::exp(
        rules.pull_of_rent * libm::log(1.0 + rent)
            + rules.pull_of_support * support::of_community(world, place, command.group)
            + rules.pull_of_pacts * super::bearing::home_by_pact(world, place, command.group)
            + rules.pull_of_refuge
                * (1.0 - place.control[0] + super::outside::sanctuary(world, place))
            - rules.dread_of_soldiers * libm::log(1.0 + place.soldiers / 20.0)
            - rules.dread_of_rivals * rival
            - rules.cost_of_distance * km,
    )
}

/// A new command of half the people, the later joiners, at another base.
fn send_half(world: &mut World, from: CommandId, base: CommunityId) {
    let week = world.calendar.week;
    let parent = &mut world.commands[from.index()];
    let members = parent.members.split_off(parent.members.len() / 2);
    let name = format!("{}+{week}", parent.name);
    let number = purposes::number_of_name(&name, 40);
    let lost = parent.lost / 2.0;
    parent.lost = lost;
    let foreign = parent.foreign / 2;
    parent.foreign -= foreign;
    let daughter = Command {
        name,
        number,
        group: parent.group,
        base,
        members,
        foreign,
        lost,
        pay: parent.pay,
    };
    world.commands.push(daughter);
    // It keeps an accord that its parent keeps; it is no party to the pacts of places it leaves.
    if world.talks.is_in_accord(from) {
        world.talks.in_accord.push(CommandId(world.commands.len() as u16 - 1));
    }
    world.log.bases_moved += 1;
}

/// Where each command's fighters are, in order of command.
#[must_use]
pub fn spread(world: &World) -> Vec<Spread> {
    let spread = |command| spread_of(world, CommandId(command as u16));
    (0..world.commands.len()).into_par_iter().map(spread).collect()
}

fn spread_of(world: &World, id: CommandId) -> Spread {
    let rules = &world.rules.posture;
    let command = &world.commands[id.index()];
    let fighters = command.fighters(f64::from(world.people.per_agent));
    let mut spread = Spread::new();
    if fighters <= 0.0 {
        return spread;
    }
    let roads = &world.community(command.base).roads;
    let nearness = |km: f64| libm::exp(-km / rules.roaming_distance);
    let open = |place| 1.0 - super::bearing::freed(world, place, id);
    let draw = |road: &Road| nearness(road.km) * open(road.to);
    let draws: SmallVec<[f64; 8]> = roads.iter().map(draw).collect();
    let total: f64 = draws.iter().sum();
    let stays = (1.0 - rules.roaming.get()) * open(command.base);
    let roaming = if total > 0.0 { 1.0 - stays } else { 0.0 };
    spread.push((command.base, fighters * (1.0 - roaming)));
    for (road, draw) in roads.iter().zip(draws) {
        let there = fighters * roaming * draw / total;
        if there > 0.0 {
            spread.push((road.to, there));
        }
    }
    spread
}
