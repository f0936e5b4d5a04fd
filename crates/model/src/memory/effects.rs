//! How strongly harm is felt, and which fear and trust it leaves.
//!
//! A stock of harm, or a present threat, of size *x* is felt to x / (x + h), with *h* the size that is half
//! felt. Trust moves toward
//!   legitimacy · (½ + ½ · need met) · e^(−distrust · harm by the state) · (1 − offence at amnesty)
//!   · e^(−ν · left alone under a pact or blockade).

use super::rules::MemoryRules;
use crate::pact_effects::effects as pact_effects;
use crate::services::effects as services;
use crate::words::ids::Side;
use crate::words::services::SERVICES;
use crate::world::World;
use crate::world::community::Community;

/// Share of trust that a state deserves which provides nothing. *assumed*
const WITHOUT_SERVICES: f64 = 0.5;
/// Share; where people need less than this, what is provided is compared with this.
const LEAST_NEED: f64 = 0.01;

/// How far a stock of harm has become a grievance, 0 to 1.
#[must_use]
pub fn grievance(rules: &MemoryRules, harm: f64) -> f64 {
    harm / (harm + rules.harm_for_half_grievance)
}

/// How far a present threat is felt, 0 to 1.
#[must_use]
pub fn felt_threat(rules: &MemoryRules, threat: f64) -> f64 {
    threat / (threat + rules.threat_for_half_fear)
}

/// Fear of a place, 0 to 1, toward which that of its people moves: what threatens them by anybody.
pub(super) fn warranted_fear(world: &World, place: &Community) -> f64 {
    let mut threat = 0.0;
    for quarter in place.quarters() {
        let life = world.quarter(quarter);
        threat += life.residents * life.threat.iter().sum::<f64>();
    }
    let threat = threat / place.residents.max(1.0);
    if world.mechanisms.fear { felt_threat(&world.rules.memory, threat) } else { 0.0 }
}

/// Trust in the state, 0 to 1, that its services and conduct deserve in a place.
pub(super) fn deserved_trust(world: &World, place: &Community) -> f64 {
    let rules = &world.rules.memory;
    let (mut harm, mut wronged) = (0.0, 0.0);
    for quarter in place.quarters() {
        let life = world.quarter(quarter);
        harm += life.residents * life.harm[Side::STATE.index()];
        wronged += life.residents * grievance(rules, life.harm[1..].iter().sum());
    }
    let people = place.residents.max(1.0);
    let harm = harm / people;
    let let_off = pact_effects::distrust_of_amnesty(world, wronged / people);
    let mut services = 0.0;
    for service in 0..SERVICES.len() {
        services += services::provided(place, service) / SERVICES.len() as f64;
    }
    let met = (services / world.rules.services.need.get().max(LEAST_NEED)).min(1.0);
    world.government.legitimacy
        * (WITHOUT_SERVICES + (1.0 - WITHOUT_SERVICES) * met)
        * libm::exp(-rules.distrust * harm)
        * (1.0 - let_off)
        * libm::exp(
            -world.rules.pact_effects.distrust_of_neglect * pact_effects::left_alone(world, place),
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grievance_and_felt_threat_rise_with_harm_and_stay_below_one() {
        let rules = MemoryRules::default();
        assert_eq!(grievance(&rules, 0.0), 0.0);
        assert_eq!(grievance(&rules, rules.harm_for_half_grievance), 0.5);
        assert!(grievance(&rules, 1e9) < 1.0 + 1e-9);
        assert!(felt_threat(&rules, 0.2) > felt_threat(&rules, 0.1));
    }

    #[test]
    fn grievance_and_threat_are_half_felt_where_the_rules_say_and_three_quarters_at_thrice_that() {
        let rules = MemoryRules { harm_for_half_grievance: 2.0, ..MemoryRules::default() };
        assert_eq!(grievance(&rules, 2.0), 0.5);
        assert_eq!(grievance(&rules, 6.0), 0.75);
        assert_eq!(felt_threat(&rules, 0.0), 0.0);
        assert_eq!(felt_threat(&rules, rules.threat_for_half_fear), 0.5);
        assert!((felt_threat(&rules, 3.0 * rules.threat_for_half_fear) - 0.75).abs() < 1e-12);
    }
}
