//! When two groups make a truce, and how long they keep it.
//!
//! Groups a and b at odds by h (the dated table) that lost the shares l_a and l_b of their fighters within
//! eight weeks make one with the hazard
//!   τ · h · min(l_a, l_b) a week:
//! both must be hurt, by whomever, before both would rather stop (Zartman's mutually hurting stalemate). While
//! it lasts, hostility is what an accord leaves of violence. It is broken with a hazard of its own.

use super::rules::TruceRules;
use crate::world::World;

/// Share of its fighters that each group lost to violence within eight weeks.
#[must_use]
pub fn shares_lost(world: &World) -> Vec<f64> {
    let mut lost = vec![0.0; world.groups.len()];
    for command in &world.commands {
        lost[command.group.index()] += command.lost;
    }
    let share = |(lost, left): (f64, f64)| lost / (lost + left).max(1.0);
    lost.into_iter().zip(world.strengths()).map(share).collect()
}

/// Chance in a week that two groups make a truce.
#[must_use]
pub fn chance_to_make(rules: &TruceRules, hostility: f64, lost: [f64; 2]) -> f64 {
    -libm::expm1(-rules.truces_per_week * hostility * lost[0].min(lost[1]))
}

/// Chance in a week that a truce is broken.
#[must_use]
pub fn chance_to_break(rules: &TruceRules) -> f64 {
    -libm::expm1(-rules.broken_per_week)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_must_be_hurt_and_a_worse_war_is_ended_sooner() {
        let rules = TruceRules::default();
        let chance = |hostility, lost| chance_to_make(&rules, hostility, lost);
        assert_eq!(chance(1.0, [0.5, 0.0]), 0.0);
        assert_eq!(chance(0.0, [0.5, 0.5]), 0.0);
        assert_eq!(chance(1.0, [0.1, 0.4]), chance(1.0, [0.1, 0.1]));
        assert!((chance(1.0, [0.1, 0.1]) - (1.0 - libm::exp(-0.03))).abs() < 1e-12);
        assert!(chance(0.5, [0.1, 0.1]) < chance(1.0, [0.1, 0.1]));
    }
}
