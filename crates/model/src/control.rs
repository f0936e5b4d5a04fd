//! Who holds what.
//!
//! Shares move toward s_a / (nobody + Σ s), with τ = 15 weeks gaining
//! and 40 losing. An armed side's weight is s = F/(F + 20) · (0.3 + 0.7 support), plus 0.5 for a
//! garrison in a town. The state also has its officials: a place that was held at the start is held by
//! them as long as they stay, so their weight is the one that makes the starting shares a balance.
//! Officials leave under threat and come back slowly.

use super::actor::Side;
use super::community::{Community, Rank};
use super::coups;
use super::support;
use super::world::World;
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use toguna_units::{Share, Weeks};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ControlRules {
    /// Time in which a share grows most of the way. Unit: duration. Source: assumed.
    pub gaining_time: Weeks,
    /// Time in which a share shrinks most of the way. Unit: duration. Source: assumed.
    pub losing_time: Weeks,
    /// Weight of nobody: what stays ungoverned beside a weight of 1. Unit: weight. Source: assumed.
    #[schemars(range(min = 0.01, max = 10.0))]
    pub nobody: f64,
    /// Fighters at whose number an armed side has half its weight. Unit: persons. Source: assumed.
    #[schemars(range(min = 1.0, max = 10_000.0))]
    pub fighters_for_half_weight: f64,
    /// Weight of arms without any support; the rest comes with support. Unit: share. Source: assumed.
    pub weight_without_support: Share,
    /// Extra weight of a garrison in a town. Unit: weight. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub garrison_weight: f64,
    /// Weekly chance that an official leaves where hostile fighters are many and soldiers few.
    /// Unit: chance per week. Source: assumed; officials in the centre fell from 0.60 (2016) to 0.22
    /// (2019) by UN reports.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub officials_leave_per_week: f64,
    /// Hostile fighters in a place at whose number half of the officials without cover are under
    /// threat. Unit: persons. Source: assumed; a handful of armed men is enough to drive an official
    /// out, where it takes more to hold the place.
    #[schemars(range(min = 1.0, max = 10_000.0))]
    pub fighters_who_threaten_officials: f64,
    /// Weekly chance that an absent official returns where nobody threatens; in proportion to how far
    /// they are not exposed, and never without the garrison. Unit: chance per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub officials_return_per_week: f64,
}

impl Default for ControlRules {
    fn default() -> Self {
        ControlRules {
            gaining_time: Weeks(15),
            losing_time: Weeks(40),
            nobody: 0.3,
            fighters_for_half_weight: 20.0,
            weight_without_support: Share::of(0.3),
            garrison_weight: 0.5,
            officials_leave_per_week: 0.04,
            fighters_who_threaten_officials: 5.0,
            officials_return_per_week: 0.005,
        }
    }
}

/// Phase: officials come and go, and shares move toward what forces and support would hold.
pub fn shift(world: &mut World) {
    if !world.mechanisms.control_change {
        return;
    }
    let next: Vec<(f64, Shares)> = world
        .communities
        .par_iter()
        .map(|place| (officials(world, place), target(world, place)))
        .collect();
    let rules = &world.rules.control;
    let (week, speed) = (world.calendar.week, world.rules.sweeps.holding_speed);
    for (place, (officials, target)) in world.communities.iter_mut().zip(next) {
        place.officials = officials;
        let held = place.aftermath.held_until > week;
        for (side, (share, target)) in place.control.iter_mut().zip(target).enumerate() {
            let time = if target > *share { rules.gaining_time } else { rules.losing_time };
            let faster = if held && side == 0 && target > *share { speed } else { 1.0 };
            *share += (target - *share) / (time.get() / faster).max(1.0);
        }
        // Gains are faster than losses, so for a while the shares could claim more than the place.
        let claimed: f64 = place.control.iter().sum();
        if claimed > 1.0 {
            place.control.iter_mut().for_each(|share| *share /= claimed);
        }
    }
}

/// Weight of the state's arms in a place, officials left out.
fn weight_of_arms(world: &World, place: &Community) -> f64 {
    let rules = &world.rules.control;
    let garrison = if place.rank > Rank::Village && place.soldiers > 0.0 {
        rules.garrison_weight
    } else {
        0.0
    };
    let holding =
        if super::sweeps::is_held(world, place) { world.rules.sweeps.holding_weight } else { 0.0 };
    armed_weight(rules, place.soldiers, place.trust) + garrison + holding
}

fn armed_weight(rules: &ControlRules, fighters: f64, support: f64) -> f64 {
    let bare = rules.weight_without_support.get();
    fighters / (fighters + rules.fighters_for_half_weight) * (bare + (1.0 - bare) * support)
}

/// Weights of all groups in a place.
fn group_weights(world: &World, place: &Community) -> impl Iterator<Item = f64> {
    let rules = &world.rules.control;
    world.all_groups().map(move |group| {
        let fighters = place.strength(Side::of(group));
        if fighters == 0.0 {
            return 0.0;
        }
        super::bearing::weight(world, place, Side::of(group))
            * armed_weight(rules, fighters, support::of_community(world, place, group))
    })
}

/// One for each side.
type Shares = SmallVec<[f64; 8]>;

/// Shares that the present forces and support would come to hold.
fn target(world: &World, place: &Community) -> Shares {
    let of_state = weight_of_arms(world, place) + place.standing * place.officials;
    let weights: Shares = std::iter::once(of_state).chain(group_weights(world, place)).collect();
    let all: f64 = world.rules.control.nobody + weights.iter().sum::<f64>();
    weights.iter().map(|weight| weight / all).collect()
}

fn officials(world: &World, place: &Community) -> f64 {
    let rules = &world.rules.control;
    let mut hostile = 0.0;
    for band in &place.bands {
        hostile += band.fighters
            * world.hostility.between(Side::STATE, band.side)
            * super::bearing::threat_to_officials(world, place, band.command);
    }
    let given_up = place.outpost_empty_until == u32::MAX;
    let threat = hostile / (hostile + rules.fighters_who_threaten_officials);
    let cover = place.soldiers / (place.soldiers + 5.0 * rules.fighters_for_half_weight);
    let exposed = threat * (1.0 - cover);
    let coups = &world.rules.coups;
    let vacuum = coups::paralysis(world) > 0.0;
    let fled = if vacuum { coups.officials_leave_per_week } else { 0.0 };
    let leave = place.officials * (rules.officials_leave_per_week + fled) * exposed;
    let back = (1.0 - place.officials) * rules.officials_return_per_week * (1.0 - exposed);
    place.officials - leave + if vacuum || given_up { 0.0 } else { back }
}

/// Sets the weight of officials so that the starting share of the state is a balance; called once,
/// when the world is made. Places held to more than 98 % are taken at 98 %.
#[must_use]
pub fn standing_at_start(world: &World, place: &Community) -> f64 {
    if place.officials <= 0.0 {
        return 0.0;
    }
    let share = place.control[0].min(0.98);
    let others: f64 = group_weights(world, place).sum();
    let needed = share * (world.rules.control.nobody + others) / (1.0 - share);
    ((needed - weight_of_arms(world, place)) / place.officials).max(0.0)
}
