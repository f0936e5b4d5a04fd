//! How hard a command is pressed, and how likely it is to go to ground or to come back.
//!
//! A command that is hunted with hostility w by a force P, among F fighters who go together, is pressed by
//!   x = w · P / (odds · F).
//! It goes to ground with the hazard hide · (x − 1)₊ a week and comes back with return · (1 − x)₊. Over the
//! places near, each counting e^(−km / reach),
//!   P = Σ what the border leaves in reach · (own soldiers · nerve · pressure / reference + Σ partners'
//!       soldiers · capability · hunting),
//!   F = Σ fighters of the own group + Σ fighters of others · hostility to the state · (1 − feud),
//! those who have gone to ground included: F does not shrink because they hide, so that they come back
//! when P leaves.

use super::rules::HidingRules;
use crate::abroad::effects as abroad;
use crate::budget::effects as budget;
use crate::garrisons::effects as garrisons;
use crate::talks::effects as talks;
use crate::words::ids::{CommandId, CommunityId, GroupId, Side};
use crate::world::World;
use crate::world::bands::{Band, Bands};
use crate::world::community::Community;
use smallvec::SmallVec;
use toguna_engine::parallel;

/// A band as those see it who may join it: fighters in sight, and a part of those who have gone to ground.
#[must_use]
pub fn seen(world: &World, band: &Band) -> f64 {
    band.fighters + world.rules.hiding.presence.get() * band.hidden
}

/// The same of all fighters of a side in a place.
#[must_use]
pub fn seen_of_side(world: &World, bands: &Bands, side: Side) -> f64 {
    bands.strength(side) + world.rules.hiding.presence.get() * bands.hidden(side)
}

/// Who hunts whom, by place.
#[derive(Clone, Debug)]
pub struct Field {
    /// Force that hunts from each place, in soldiers of the state.
    hunting: Vec<f64>,
    /// Fighters based in each place, by group.
    based: Vec<SmallVec<[(GroupId, f64); 2]>>,
}

impl Field {
    /// As army, partners and bands stand now.
    #[must_use]
    pub fn of(world: &World) -> Field {
        let mut based = vec![SmallVec::<[(GroupId, f64); 2]>::new(); world.communities.len()];
        let per_agent = f64::from(world.people.per_agent);
        for command in &world.commands {
            let fighters = command.fighters(per_agent);
            let there = &mut based[command.base.index()];
            match there.iter_mut().find(|(group, _)| *group == command.group) {
                Some((_, sum)) => *sum += fighters,
                None if fighters > 0.0 => there.push((command.group, fighters)),
                None => {}
            }
        }
        let hunting = world.communities.iter().map(|place| hunting_from(world, place)).collect();
        Field { hunting, based }
    }

    /// P of every base, and nothing where nobody is based.
    #[must_use]
    pub fn forces(&self, world: &World) -> Vec<f64> {
        parallel::map(self.based.len(), |base| {
            if self.based[base].is_empty() {
                return 0.0;
            }
            let near = world.surroundings[base].iter();
            near.map(|near| near.nearness * self.hunting[near.place.index()]).sum()
        })
    }

    /// F of a group around a base.
    #[must_use]
    pub fn together(&self, world: &World, base: CommunityId, group: GroupId) -> f64 {
        let own = Side::of(group);
        let goes_along = |other: GroupId| {
            let side = Side::of(other);
            let feud = world.hostility.between(own, side);
            let at_odds = world.hostility.between(Side::STATE, side);
            if other == group { 1.0 } else { at_odds * (1.0 - feud) }
        };
        let mut together = 0.0;
        for near in &world.surroundings[base.index()] {
            for (other, fighters) in &self.based[near.place.index()] {
                together += near.nearness * goes_along(*other) * fighters;
            }
        }
        together
    }
}

/// Force that hunts from a place, in soldiers of the state.
fn hunting_from(world: &World, place: &Community) -> f64 {
    let pressure = budget::military_effort(world) / world.rules.budget.reference_pressure;
    let partners: f64 = place.partners.iter().sum();
    let mut force = (place.soldiers - partners) * garrisons::nerve(world, place.zone) * pressure;
    for (partner, soldiers) in world.partners.iter().zip(&place.partners) {
        force += soldiers * partner.capability * partner.hunting;
    }
    force * abroad::within_reach(world, place)
}

/// What decides whether a command is in sight.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plight {
    /// Hostility of the state, as far as accords leave it.
    pub(super) hostility: f64,
    /// P.
    pub(super) force: f64,
    /// F.
    pub(super) fighters: f64,
}

impl Plight {
    /// x.
    fn pressed(&self, rules: &HidingRules) -> f64 {
        self.hostility * self.force / (rules.odds * self.fighters.max(f64::MIN_POSITIVE))
    }

    /// Whether there is any chance to hide, x > 1: whoever is in sight and has none does not draw.
    pub(super) fn may_hide(&self, rules: &HidingRules) -> bool {
        self.pressed(rules) > 1.0
    }

    pub(super) fn chance_to_hide(&self, rules: &HidingRules) -> f64 {
        -libm::expm1(-rules.hide_per_week * (self.pressed(rules) - 1.0).max(0.0))
    }

    pub(super) fn chance_to_return(&self, rules: &HidingRules) -> f64 {
        -libm::expm1(-rules.return_per_week * (1.0 - self.pressed(rules)).max(0.0))
    }
}

/// Hostility of the state toward a command.
pub(super) fn hostility(world: &World, command: CommandId) -> f64 {
    let side = Side::of(world.commands[command.index()].group);
    world.hostility.between(Side::STATE, side) * talks::hostility_left(world, command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_hides_only_from_more_than_the_odds_and_comes_back_only_from_less() {
        let rules = HidingRules::default();
        let against = |force| Plight { hostility: 1.0, force, fighters: 10.0 };
        let even = rules.odds * 10.0;
        assert_eq!(against(even).chance_to_hide(&rules), 0.0);
        assert!(!against(even).may_hide(&rules) && against(1.01 * even).may_hide(&rules));
        assert_eq!(against(even).chance_to_return(&rules), 0.0);
        let twice = against(2.0 * even).chance_to_hide(&rules);
        assert!((twice - (1.0 - libm::exp(-rules.hide_per_week))).abs() < 1e-12);
        assert_eq!(against(2.0 * even).chance_to_return(&rules), 0.0);
        let nobody = against(0.0).chance_to_return(&rules);
        assert!((nobody - (1.0 - libm::exp(-rules.return_per_week))).abs() < 1e-12);
    }

    #[test]
    fn whoever_is_left_in_peace_does_not_hide_whatever_stands_near() {
        let rules = HidingRules::default();
        let plight = Plight { hostility: 0.0, force: 1e9, fighters: 1.0 };
        assert_eq!(plight.chance_to_hide(&rules), 0.0);
        assert!(plight.chance_to_return(&rules) > 0.0);
    }
}
