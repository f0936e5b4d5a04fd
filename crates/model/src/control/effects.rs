//! Who holds what.
//!
//! Shares move toward s_a / (nobody + Σ s), with τ = 15 weeks gaining
//! and 40 losing. An armed side's weight is s = F/(F + 20) · (0.3 + 0.7 support), plus 0.5 for a
//! garrison in a town. An army in barracks holds towns alone: its own soldiers in villages count by
//!   1 + patrols · (pressure / reference − 1).
//! The state also has its officials: a place that was held at the start is held by
//! them as long as they stay, so their weight is the one that makes the starting shares a balance.
//! Officials leave as far as they are exposed, and come back slowly as far as they are not:
//!   e = [1 − e^(−(F + ½ Σ over roads of F there · e^(−km/30)) / 5 − attacks in the cercle in 26 weeks / 2)]
//!       · (1 − cover),
//! F fighters who are hostile to the state; soldiers cover officials in towns, S/(S + 100), and in no
//! village: prefects stayed where sub-prefects had left.

use super::rules::ControlRules;
use crate::budget::effects as budget;
use crate::clear_and_hold::effects as clear_and_hold;
use crate::coups::effects as coups;
use crate::pact_effects::effects as pact_effects;
use crate::support::effects as support;
use crate::words::geography::Rank;
use crate::words::ids::Side;
use crate::world::World;
use crate::world::bands::Band;
use crate::world::community::Community;
use smallvec::SmallVec;

/// How hard the army patrols villages, beside the reference pressure.
fn patrolling(world: &World) -> f64 {
    if !world.mechanisms.hiding {
        return 1.0;
    }
    let pressed = budget::military_effort(world) / world.rules.budget.reference_pressure;
    1.0 + world.rules.control.patrols.get() * (pressed - 1.0)
}

/// Weight of the state's arms in a place, officials left out, when the army patrols villages so hard beside
/// the reference.
fn weight_of_arms(world: &World, place: &Community, patrolling: f64) -> f64 {
    let rules = &world.rules.control;
    let soldiers = if place.rank == Rank::Village {
        let partners: f64 = place.partners.iter().sum();
        partners + (place.soldiers - partners) * patrolling
    } else {
        place.soldiers
    };
    let garrison = if place.rank > Rank::Village && place.soldiers > 0.0 {
        rules.garrison_weight
    } else {
        0.0
    };
    let holding = if clear_and_hold::is_held(world, place) {
        world.rules.clear_and_hold.holding_weight
    } else {
        0.0
    };
    armed_weight(rules, soldiers, place.trust) + garrison + holding
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
        pact_effects::weight(world, place, Side::of(group))
            * armed_weight(rules, fighters, support::of_community(world, place, group))
    })
}

/// One for each side.
pub(super) type Shares = SmallVec<[f64; 8]>;

/// Shares that the present forces and support would come to hold.
pub(super) fn target(world: &World, place: &Community) -> Shares {
    let of_state = weight_of_arms(world, place, patrolling(world))
        + place.weight_of_officials * place.officials;
    let weights: Shares = std::iter::once(of_state).chain(group_weights(world, place)).collect();
    let all: f64 = world.rules.control.nobody + weights.iter().sum::<f64>();
    weights.iter().map(|weight| weight / all).collect()
}

/// What threatens officials, everywhere.
pub(super) struct Threats {
    /// Fighters in each place, as far as they threaten officials.
    fighters: Vec<f64>,
    /// Attacks by groups in each cercle within half a year.
    attacks: Vec<f64>,
}

/// Weeks of attacks that officials look back on.
const LOOKED_BACK_ON: f64 = 26.0;

impl Threats {
    pub(super) fn of(world: &World) -> Threats {
        let fighters = world.communities.iter().map(|place| {
            let threat = |band: &Band| {
                band.fighters
                    * world.hostility.between(Side::STATE, band.side)
                    * pact_effects::threat_to_officials(world, place, band.command)
            };
            place.bands.iter().map(threat).sum()
        });
        let mut attacks = vec![0.0; world.cercles.len()];
        for place in &world.communities {
            attacks[usize::from(place.cercle)] += LOOKED_BACK_ON * place.attacks;
        }
        Threats { fighters: fighters.collect(), attacks }
    }

    /// What officials of a place see of it.
    fn seen_from(&self, world: &World, place: &Community) -> Danger {
        let rules = &world.rules.control;
        let mut beside = 0.0;
        for road in &place.roads {
            let fighters = self.fighters[road.to.index()];
            if fighters > 0.0 {
                beside += fighters * libm::exp(-road.km / rules.distance_of_threat);
            }
        }
        let half_cover = 5.0 * rules.fighters_for_half_weight;
        let covered = place.rank > Rank::Village;
        Danger {
            here: self.fighters[place.id.index()],
            beside,
            attacks: self.attacks[usize::from(place.cercle)],
            cover: if covered { place.soldiers / (place.soldiers + half_cover) } else { 0.0 },
        }
    }
}

/// What the officials of one place have to fear.
struct Danger {
    /// Fighters in the place.
    here: f64,
    /// Fighters in the next places, the nearer the more.
    beside: f64,
    /// Attacks in the cercle within half a year.
    attacks: f64,
    /// What soldiers keep from them, 0 to 1.
    cover: f64,
}

impl Danger {
    /// e.
    fn exposes(&self, rules: &ControlRules) -> f64 {
        let fighters = self.here + rules.threat_next_door.get() * self.beside;
        let dread = fighters / rules.fighters_who_threaten_officials
            + self.attacks / rules.attacks_that_threaten_officials;
        -libm::expm1(-dread) * (1.0 - self.cover)
    }
}

/// Officials of a place after this week, as a share of those it should have.
pub(super) fn officials(world: &World, place: &Community, threats: &Threats) -> f64 {
    if !world.mechanisms.officials {
        return place.officials;
    }
    let rules = &world.rules.control;
    let exposed = threats.seen_from(world, place).exposes(rules);
    let coups = &world.rules.coups;
    let vacuum = coups::paralysis(world) > 0.0;
    let fled = if vacuum { coups.officials_leave_per_week } else { 0.0 };
    let chance_to_leave = (rules.officials_leave_per_week + fled).min(1.0);
    let leave = place.officials * chance_to_leave * exposed;
    let back = (1.0 - place.officials) * rules.officials_return_per_week * (1.0 - exposed);
    place.officials - leave + if vacuum || place.given_up.is_some() { 0.0 } else { back }
}

/// Sets the weight of officials so that the starting share of the state is a balance under the reference
/// pressure, or officials would hide what patrols are worth; called once, when the world is made. Places held to more than 98 % are taken at 98 %.
#[must_use]
pub fn weight_of_officials_at_start(world: &World, place: &Community) -> f64 {
    if place.officials <= 0.0 {
        return 0.0;
    }
    let share = place.control[0].min(0.98);
    let others: f64 = group_weights(world, place).sum();
    let needed = share * (world.rules.control.nobody + others) / (1.0 - share);
    ((needed - weight_of_arms(world, place, 1.0)) / place.officials).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_armed_side_has_half_its_weight_at_the_number_the_rules_name_and_the_rest_by_support() {
        let rules = ControlRules::default();
        let half = rules.fighters_for_half_weight;
        assert_eq!(armed_weight(&rules, 0.0, 1.0), 0.0);
        assert_eq!(armed_weight(&rules, half, 1.0), 0.5);
        assert_eq!(armed_weight(&rules, 3.0 * half, 1.0), 0.75);
        assert!((armed_weight(&rules, half, 0.0) - 0.5 * 0.3).abs() < 1e-12);
        assert!((armed_weight(&rules, half, 0.5) - 0.5 * 0.65).abs() < 1e-12);
    }
    #[test]
    fn officials_fear_fighters_here_more_than_next_door_and_attacks_without_either() {
        let rules = ControlRules::default();
        let exposed =
            |here, beside, attacks, cover| Danger { here, beside, attacks, cover }.exposes(&rules);
        assert_eq!(exposed(0.0, 0.0, 0.0, 0.0), 0.0);
        let most = 1.0 - libm::exp(-1.0);
        assert!((exposed(5.0, 0.0, 0.0, 0.0) - most).abs() < 1e-12);
        assert!((exposed(0.0, 10.0, 0.0, 0.0) - most).abs() < 1e-12);
        assert!((exposed(0.0, 0.0, 2.0, 0.0) - most).abs() < 1e-12);
        assert!((exposed(0.0, 0.0, 2.0, 0.75) - 0.25 * most).abs() < 1e-12);
    }
}
