//! Garrisons that cannot be held are given up; the army comes back in strength.
//!
//! Each cercle has one garrison: the soldiers in its places. Groups that do not fight each other gather
//! against it the strength
//!   A = Σ over their commands of hostility to the state · fighters · e^(−km to the seat / reach).
//! It is worth D = own soldiers · nerve + Σ partners' soldiers · capability, with
//!   nerve = (1 − paralysis) · e^(−dismay · share of the zone's garrisons given up in recent weeks).
//! It is given up in a week with the hazard storms · (A / (odds · D) − 1), never below 0: nobody storms
//! a garrison against bad odds, and one that falls shakes the others of its zone. What goes with it:
//! soldiers retreat to the next zone, some desert, most officials flee, and most of the state's share
//! of control is lost in that week. After half a year the army returns, as soon as what it has in the
//! zone and has withdrawn from it, with its partners, outnumbers its enemies there, and what would
//! return to this place could not be stormed at once.

use super::actor::{CommandId, CommunityId, GroupId, Side};
use super::community::{Community, Zone};
use super::coups;
use super::group::Command;
use super::outside::great_circle;
use super::purposes;
use super::world::World;
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_units::{Share, Weeks};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct GarrisonRules {
    /// Distance from a command's base at which its part in a storm falls to a third. Unit: km, great
    /// circle. Source: assumed; columns of cars crossed the north within days in 2012.
    #[schemars(range(min = 1.0, max = 2_000.0))]
    pub reach: f64,
    /// How many times the defenders' strength it takes to storm a garrison. Unit: factor.
    /// Source: assumed from the rule of three to one.
    #[schemars(range(min = 0.1, max = 100.0))]
    pub odds: f64,
    /// Hazard of giving up a garrison against twice the strength it takes. Unit: per week.
    /// Source: assumed; the garrisons of three regions were given up between January and April 2012.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub storms_per_week: f64,
    /// How much the loss of all garrisons of a zone would shake the last. Unit: per share of the
    /// zone's garrisons. Source: assumed; Kidal, Gao and Tombouctou were given up within three days.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub dismay: f64,
    /// How long lost garrisons shake the others. Unit: duration. Source: assumed.
    pub dismay_time: Weeks,
    /// Share of a garrison's soldiers who desert or are taken on the retreat. Unit: share.
    /// Source: assumed.
    pub lost_on_retreat: Share,
    /// Share of officials who stay without the garrison. Unit: share. Source: assumed.
    pub officials_who_stay: Share,
    /// Share of the state's control that outlasts the garrison. Unit: share. Source: assumed.
    pub control_kept: Share,
    /// How long the army stays away at least. Unit: duration. Source: assumed, as for outposts.
    pub away_for: Weeks,
}

impl Default for GarrisonRules {
    fn default() -> Self {
        GarrisonRules {
            reach: 200.0,
            odds: 3.0,
            storms_per_week: 0.03,
            dismay: 3.0,
            dismay_time: Weeks(13),
            lost_on_retreat: Share::of(0.2),
            officials_who_stay: Share::of(0.2),
            control_kept: Share::of(0.2),
            away_for: Weeks(26),
        }
    }
}

/// The garrison of one cercle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Garrison {
    /// Number by which its draws are addressed.
    number: u64,
    zone: Zone,
    places: Vec<CommunityId>,
    /// Great circle to every community from its seat, its first place by rank and residents, km.
    km: Vec<f64>,
    /// e^(−km / reach) of them.
    #[serde(skip)]
    nearness: Vec<f64>,
    /// Week in which it was given up, until the army is back.
    pub given_up: Option<u32>,
    /// Soldiers who retreated and will come back, persons.
    withdrawn: f64,
}

/// All garrisons, by cercle.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Garrisons {
    pub by_cercle: Vec<Garrison>,
    /// Garrisons of each zone given up in recent weeks, an exponential memory, as a share of all its
    /// garrisons; in the order of [`Zone::ALL`].
    pub fallen: [f64; 3],
    /// For which reach nearness has been reckoned. Not kept in checkpoints: rules may be others then.
    #[serde(skip)]
    reach: f64,
}

impl Garrisons {
    #[must_use]
    pub fn new(cercles: &[String], communities: &[Community]) -> Self {
        let at = |place: &Community| (place.latitude, place.longitude);
        let garrison = |(cercle, name): (usize, &String)| {
            let within = |(_, place): &(usize, &Community)| usize::from(place.cercle) == cercle;
            let places: Vec<(usize, &Community)> =
                communities.iter().enumerate().filter(within).collect();
            let (_, place) = places.iter().copied().max_by(|(a_id, a), (b_id, b)| {
                let by_size = a.rank.cmp(&b.rank).then(a.residents.total_cmp(&b.residents));
                by_size.then(b_id.cmp(a_id))
            })?;
            Some(Garrison {
                number: purposes::number_of_name(name, 40),
                zone: place.zone,
                places: places.iter().map(|(id, _)| CommunityId(*id as u16)).collect(),
                km: communities.iter().map(|other| great_circle(at(place), at(other))).collect(),
                nearness: Vec::new(),
                given_up: None,
                withdrawn: 0.0,
            })
        };
        let by_cercle = cercles.iter().enumerate().filter_map(garrison).collect();
        Garrisons { by_cercle, fallen: [0.0; 3], reach: 0.0 }
    }
}

impl Garrisons {
    /// Nearness follows from the rules; thousands of commands ask for it every week.
    fn reach(&mut self, reach: f64) {
        if self.reach != reach {
            self.reach = reach;
            for garrison in &mut self.by_cercle {
                let nearness = garrison.km.iter().map(|km| libm::exp(-km / reach));
                garrison.nearness = nearness.collect();
            }
        }
    }

    /// Share of all garrisons that were given up in recent weeks.
    #[must_use]
    pub fn fallen_of_all(&self) -> f64 {
        let in_zone = |zone: Zone| self.by_cercle.iter().filter(move |g| g.zone == zone).count();
        let mut fallen = 0.0;
        for zone in Zone::ALL {
            fallen += self.fallen[zone as usize] * in_zone(zone) as f64;
        }
        fallen / (self.by_cercle.len() as f64).max(1.0)
    }
}

/// Phase: garrisons are given up, and the army comes back to others.
pub fn hold(world: &mut World) {
    let keep = 1.0 - 1.0 / world.rules.garrisons.dismay_time.get().max(1.0);
    world.garrisons.fallen.iter_mut().for_each(|fallen| *fallen *= keep);
    if !world.mechanisms.garrison_collapse {
        return;
    }
    world.garrisons.reach(world.rules.garrisons.reach);
    let foes = foes(world);
    let turn = |g: &Garrison| (falls(world, &foes, g), returns(world, &foes, g));
    let turns: Vec<(bool, bool)> = world.garrisons.by_cercle.par_iter().map(turn).collect();
    for (id, (falls, returns)) in turns.into_iter().enumerate() {
        if falls {
            give_up(world, id);
        } else if returns {
            come_back(world, id);
        }
    }
}

/// Fighters of each command, as far as it fights the state.
fn foes(world: &World) -> Vec<f64> {
    let per_agent = f64::from(world.people.per_agent);
    let commands = world.commands.iter().enumerate();
    commands
        .map(|(id, command)| {
            world.hostility.between(Side::STATE, Side::of(command.group))
                * super::talks::hostility_left(world, CommandId(id as u16))
                * command.fighters(per_agent)
        })
        .collect()
}

/// Fighters the state's enemies can gather, by a weight of each command: the largest sum over groups
/// that go together, each as far as it does not fight the first.
fn gathered(world: &World, foes: &[f64], weight: impl Fn(&Command) -> f64) -> f64 {
    let mut by_group = vec![0.0; world.groups.len()];
    for (command, fighters) in world.commands.iter().zip(foes).filter(|(_, foe)| **foe > 0.0) {
        by_group[command.group.index()] += fighters * weight(command);
    }
    let with = |first: GroupId| -> f64 {
        let ally = |other: GroupId| {
            let feud = world.hostility.between(Side::of(first), Side::of(other));
            let goes_along = if first == other { 1.0 } else { 1.0 - feud };
            goes_along * by_group[other.index()]
        };
        world.all_groups().map(ally).sum()
    };
    world.all_groups().map(with).fold(0.0, f64::max)
}

/// Hazard of giving up a garrison this week; the formula above.
fn hazard(world: &World, foes: &[f64], garrison: &Garrison) -> f64 {
    let rules = &world.rules.garrisons;
    let (mut own, mut allied) = (0.0, 0.0);
    for place in garrison.places.iter().map(|place| world.community(*place)) {
        let partners: f64 = place.partners.iter().sum();
        own += place.soldiers - partners;
        for (partner, soldiers) in world.partners.iter().zip(&place.partners) {
            allied += soldiers * partner.capability;
        }
    }
    if own <= 0.0 {
        return 0.0;
    }
    let strength = against(world, foes, garrison);
    let dismay = rules.dismay * world.garrisons.fallen[garrison.zone as usize];
    let nerve = (1.0 - coups::paralysis(world)) * libm::exp(-dismay);
    let defence = own * nerve + allied;
    rules.storms_per_week * (strength / (rules.odds * defence) - 1.0).max(0.0)
}

/// Strength gathered against a garrison.
fn against(world: &World, foes: &[f64], garrison: &Garrison) -> f64 {
    gathered(world, foes, |command| garrison.nearness[command.base.index()])
}

fn falls(world: &World, foes: &[f64], garrison: &Garrison) -> bool {
    if garrison.given_up.is_some() {
        return false;
    }
    let week = u64::from(world.calendar.week);
    let u = world.streams.uniform(purposes::GARRISONS, garrison.number, week);
    u < -libm::expm1(-hazard(world, foes, garrison))
}

/// Whether the army goes back: after a while, and only in strength.
fn returns(world: &World, foes: &[f64], garrison: &Garrison) -> bool {
    let Some(given_up) = garrison.given_up else { return false };
    if world.calendar.week < given_up + world.rules.garrisons.away_for.0 {
        return false;
    }
    let zone = garrison.zone;
    let mut allied = 0.0;
    for partner in &world.partners {
        allied += partner.in_zone(zone) * partner.capability;
    }
    let of_zone = world.garrisons.by_cercle.iter().filter(|other| other.zone == zone);
    let part = allied / of_zone.clone().count() as f64;
    if against(world, foes, garrison) > world.rules.garrisons.odds * (garrison.withdrawn + part) {
        return false;
    }
    let withdrawn: f64 = of_zone.map(|other| other.withdrawn).sum();
    let strength = world.state.army.in_zone(zone) + withdrawn + allied;
    let in_zone = |command: &super::group::Command| {
        f64::from(u8::from(world.community(command.base).zone == zone))
    };
    strength > gathered(world, foes, in_zone)
}

/// Where the soldiers of a zone retreat to.
fn refuge(zone: Zone) -> Zone {
    match zone {
        Zone::North => Zone::Centre,
        Zone::Centre | Zone::South => Zone::South,
    }
}

fn give_up(world: &mut World, id: usize) {
    let rules = world.rules.garrisons.clone();
    let garrison = world.garrisons.by_cercle[id].clone();
    let mut own = 0.0;
    for place in &garrison.places {
        let place = &mut world.communities[place.index()];
        own += place.soldiers - place.partners.iter().sum::<f64>();
        place.outpost_empty_until = u32::MAX;
        place.officials *= rules.officials_who_stay.get();
        place.control[Side::STATE.index()] *= rules.control_kept.get();
    }
    for place in &garrison.places {
        world.expose(place.index());
    }
    let (from, to) = (garrison.zone as usize, refuge(garrison.zone) as usize);
    // Whole soldiers, so that the army can be recounted from its log.
    let army = &mut world.state.army;
    let left = own.floor().clamp(0.0, army.soldiers[from].floor());
    let saved = (left * (1.0 - rules.lost_on_retreat.get())).floor();
    army.soldiers[from] -= left;
    army.soldiers[to] += saved;
    army.allowed[from] = (army.allowed[from] - left).max(0.0);
    army.allowed[to] += saved;
    world.log.soldiers_enlisted[from] -= left;
    world.log.soldiers_enlisted[to] += saved;
    world.log.garrisons_given_up += 1;
    let of_zone = world.garrisons.by_cercle.iter().filter(|g| g.zone == garrison.zone).count();
    world.garrisons.fallen[from] += 1.0 / of_zone as f64;
    let garrison = &mut world.garrisons.by_cercle[id];
    garrison.given_up = Some(world.calendar.week);
    garrison.withdrawn = saved;
}

fn come_back(world: &mut World, id: usize) {
    let garrison = &mut world.garrisons.by_cercle[id];
    garrison.given_up = None;
    let (to, from) = (garrison.zone as usize, refuge(garrison.zone) as usize);
    let army = &mut world.state.army;
    let back = garrison.withdrawn.min(army.soldiers[from].floor());
    garrison.withdrawn = 0.0;
    army.soldiers[from] -= back;
    army.soldiers[to] += back;
    army.allowed[from] = (army.allowed[from] - back).max(0.0);
    army.allowed[to] += back;
    world.log.soldiers_enlisted[from] -= back;
    world.log.soldiers_enlisted[to] += back;
    world.log.garrisons_retaken += 1;
    for place in garrison.places.clone() {
        world.communities[place.index()].outpost_empty_until = world.calendar.week;
    }
}
