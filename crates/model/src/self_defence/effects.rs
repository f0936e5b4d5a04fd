//! Which quarters found a band, and of which group: the security dilemma.
//!
//! A quarter's *own* groups O are those to which its people are close. One founds a band with the chance
//!   φ · A/(A + ½-alarm) · (1 − trust · (½ state control + ½ justice)) a week,
//! A its alarm at groups outside O, unless it is protected: a group of O has a band here or one road away, and
//!   F_O ≥ β F_E over the place and the ends of its roads, E being the groups that alarm it.
//! The band is of the group of O that people are closest to among those that are for self-defence or already
//! fight: herders whom a militia alarms join whoever fights it.

use crate::services::effects as services;
use crate::words::ids::{GroupId, Side};
use crate::words::services::JUSTICE;
use crate::world::World;
use crate::world::community::{Community, QuarterLife};
use crate::world::group::GroupKind;

/// Alarm that has all but faded: a victim in 100,000 residents and week. *assumed*
const HARDLY_ANY: f64 = 1e-5;

/// Share of a threat that the state's presence and justice do not take off people who trust it.
#[must_use]
pub fn unshielded(place: &Community) -> f64 {
    let shield = (place.control[0] + services::provided(place, JUSTICE)) / 2.0;
    1.0 - shield * place.trust
}

/// What a quarter would do if it did not find itself protected.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resolve {
    /// The group of which it would found a band.
    pub group: GroupId,
    /// Chance that it does this week.
    pub chance: f64,
}

/// What a quarter is resolved to; none where hardly anything alarms it, or no group is its own.
#[must_use]
pub fn resolve(world: &World, life: &QuarterLife) -> Option<Resolve> {
    // Most quarters are at peace, and nothing else is asked of them.
    if life.alarm[1..].iter().all(|alarm| *alarm < HARDLY_ANY) {
        return None;
    }
    let alarm: f64 = alarming(world, life).map(|group| life.alarm[Side::of(group).index()]).sum();
    if alarm < HARDLY_ANY {
        return None;
    }
    let group = band_of(world, life)?;
    let rules = &world.rules.self_defence;
    let felt = alarm / (alarm + rules.alarm_for_half);
    let chance = rules.chance_per_week * felt * unshielded(world.community(life.community));
    Some(Resolve { group, chance })
}

/// Whether people call a group their own.
fn is_own(world: &World, life: &QuarterLife, group: GroupId) -> bool {
    life.closeness[group.index()] >= world.rules.self_defence.closeness_of_own.get()
}

/// Groups outside a quarter's own that alarm it.
fn alarming<'a>(world: &'a World, life: &'a QuarterLife) -> impl Iterator<Item = GroupId> + 'a {
    let alarms = move |group: &GroupId| {
        life.alarm[Side::of(*group).index()] >= HARDLY_ANY && !is_own(world, life, *group)
    };
    world.all_groups().filter(alarms)
}

/// The group of which a quarter would found a band; of two that are as close the one that is named first.
fn band_of(world: &World, life: &QuarterLife) -> Option<GroupId> {
    let takes_founders = |group: &GroupId| {
        let militia = world.groups[group.index()].kind == GroupKind::SelfDefence;
        is_own(world, life, *group) && (militia || world.has_fighters(*group))
    };
    world.all_groups().filter(takes_founders).reduce(|closest, group| {
        let closer = life.closeness[group.index()] > life.closeness[closest.index()];
        if closer { group } else { closest }
    })
}

/// Whether a quarter is protected by its own groups.
#[must_use]
pub fn is_protected(world: &World, life: &QuarterLife) -> bool {
    let rules = &world.rules.self_defence;
    let here = world.community(life.community);
    let around =
        || std::iter::once(here).chain(here.roads.iter().map(|road| world.community(road.to)));
    let strength = |place: &Community, group| place.strength(Side::of(group));
    let own = || world.all_groups().filter(|group| is_own(world, life, *group));
    let covered = around().any(|place| own().any(|group| strength(place, group) >= rules.own_band));
    if !covered {
        return false;
    }
    let (mut ours, mut theirs) = (0.0, 0.0);
    for place in around() {
        ours += own().map(|group| strength(place, group)).sum::<f64>();
        theirs += alarming(world, life).map(|group| strength(place, group)).sum::<f64>();
    }
    ours >= rules.balance * theirs
}
