//! How much an attacker suspects people of siding with an enemy.
//!
//! Suspicion of a quarter is, over enemies,
//!   Σ hostility · closeness · presence, and what the exposed are suspected of;
//! presence is that in the place, 1 − e^(−F/20); of an enemy group to another also half of what it has at the
//! end of a road, and what the attacker's own people here hold against it, whichever is most. Closeness to a group is the affinity of the constituency and what a pact adds, closeness to the state
//! is trust · control. Where anybody is suspected, all are a little.

use crate::clear_and_hold::effects as clear_and_hold;
use crate::hiding::effects as hiding;
use crate::memory::effects::grievance;
use crate::pact_effects::effects as pact_effects;
use crate::talks::effects as talks;
use crate::words::ids::Side;
use crate::world::World;
use crate::world::community::{Community, QuarterLife, Road};
use smallvec::SmallVec;
use toguna_engine::layout::Quarter;

/// What one attacker holds against the people of one place.
pub(crate) struct Suspicion<'w> {
    world: &'w World,
    enemies: SmallVec<[Enemy; 8]>,
    /// Of those who were seen with soldiers who have left.
    of_the_exposed: f64,
}

/// An enemy of the attacker.
struct Enemy {
    side: Side,
    hostility: f64,
    /// Closeness of all people here, beside what affinity makes of it.
    closeness: f64,
    /// How far the state still counts those in talks as enemies; 1 for everyone else.
    at_war: f64,
    presence: f64,
}

impl<'w> Suspicion<'w> {
    /// What an attacker knows of a place.
    pub fn of(world: &'w World, place: &Community, attacker: Side) -> Self {
        let own_people = OwnPeople::of(world, place, attacker);
        let enemy = |side: Side| {
            let hostility = world.hostility.between(attacker, side);
            if side == attacker || hostility == 0.0 {
                return None;
            }
            let strength = if side == Side::STATE {
                place.soldiers
            } else {
                hiding::seen_of_side(world, &place.bands, side)
            };
            let presence = presence(strength).max(own_people.presence_elsewhere(side));
            if presence == 0.0 {
                return None;
            }
            let closeness = if side == Side::STATE {
                place.trust * place.control[0]
            } else {
                pact_effects::suspicion(world, place, attacker, side)
            };
            let at_war =
                if attacker == Side::STATE { talks::at_war(world, place, side) } else { 1.0 };
            Some(Enemy { side, hostility, closeness, at_war, presence })
        };
        let of_the_exposed = if attacker == Side::STATE {
            0.0
        } else {
            let hostility = world.hostility.between(attacker, Side::STATE);
            clear_and_hold::suspicion_of_the_exposed(world, place, hostility)
        };
        Suspicion { world, enemies: world.all_sides().filter_map(enemy).collect(), of_the_exposed }
    }

    /// Suspicion of a quarter of the place, 0 and more.
    pub fn toward(&self, quarter: Quarter) -> f64 {
        let constituency = self.world.quarter(quarter).constituency;
        let affinity = &self.world.constituency(constituency).affinity;
        let mut suspected = 0.0;
        for enemy in &self.enemies {
            let closeness = match enemy.side.group() {
                Some(group) => affinity[group.index()] + enemy.closeness,
                None => enemy.closeness,
            };
            suspected += enemy.hostility * closeness * enemy.at_war * enemy.presence;
        }
        suspected += self.of_the_exposed;
        let blanket = self.world.rules.violence.blanket_suspicion.get();
        if suspected == 0.0 { 0.0 } else { suspected + blanket }
    }
}

/// An attacker's own people in a place: residents, each counted by how close their constituency is to it. Soldiers
/// come from elsewhere, and have none.
struct OwnPeople<'w> {
    world: &'w World,
    place: &'w Community,
    /// Each quarter and its own people there; empty where the attacker is the state.
    by_quarter: SmallVec<[(&'w QuarterLife, f64); 8]>,
    /// Of all quarters.
    all: f64,
}

impl<'w> OwnPeople<'w> {
    fn of(world: &'w World, place: &'w Community, attacker: Side) -> Self {
        let by_quarter = attacker.group().map(|group| {
            place.quarters().map(move |quarter| {
                let life = world.quarter(quarter);
                let affinity = &world.constituency(life.constituency).affinity;
                (life, life.residents * affinity[group.index()])
            })
        });
        let by_quarter: SmallVec<[_; 8]> = by_quarter.into_iter().flatten().collect();
        let all = by_quarter.iter().map(|(_, own)| own).sum();
        OwnPeople { world, place, by_quarter, all }
    }

    /// How far they see another group behind people where it need not be: in part as it is present at the
    /// end of a road, or as they themselves have suffered from it. Soldiers are seen only where they stand.
    fn presence_elsewhere(&self, enemy: Side) -> f64 {
        if self.by_quarter.is_empty() || enemy == Side::STATE {
            return 0.0;
        }
        let OwnPeople { world, place, by_quarter, all } = self;
        let seen =
            |road: &Road| hiding::seen_of_side(world, &world.community(road.to).bands, enemy);
        let next_door = presence(place.roads.iter().map(seen).fold(0.0, f64::max));
        let harm: f64 = by_quarter.iter().map(|(life, own)| own * life.harm[enemy.index()]).sum();
        let remembered = grievance(&world.rules.memory, harm / all.max(f64::MIN_POSITIVE));
        remembered.max(world.rules.violence.seen_next_door.get() * next_door)
    }
}

/// Presence of a side in a place as others see it, 0 to 1.
fn presence(strength: f64) -> f64 {
    if strength == 0.0 { 0.0 } else { 1.0 - libm::exp(-strength / 20.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_fighters_are_seen_as_near_by_two_thirds() {
        assert_eq!(presence(0.0), 0.0);
        assert!((presence(20.0) - (1.0 - libm::exp(-1.0))).abs() < 1e-12);
        assert!((presence(40.0) - (1.0 - libm::exp(-2.0))).abs() < 1e-12);
    }
}
