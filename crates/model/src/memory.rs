//! Harm is felt, spread and faded; fear and trust follow.
//!
//! Harm by a side to the people of a quarter adds to their stock of harm by it, in victims per 1,000
//! residents. What was newly felt last week spreads this week: to the same constituency in
//! neighbouring places, and thinly to the same constituency everywhere. Stocks halve in about a year.

use super::actor::Side;
use super::services;
use super::world::World;
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smallvec::{SmallVec, smallvec};
use toguna_engine::roll::Quarter;
use toguna_units::{Share, Weeks};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct MemoryRules {
    /// Time in which half of remembered harm fades. Unit: duration. Source: assumed, about a year.
    pub half_life: Weeks,
    /// Time over which harm counts as a present threat. Unit: duration. Source: assumed.
    pub threat_time: Weeks,
    /// Share of newly felt harm per head that the same constituency feels in neighbouring places a
    /// week later. Unit: share. Source: assumed.
    pub spread_nearby: Share,
    /// Share of newly felt harm per head that the same constituency feels everywhere a week later.
    /// Unit: share. Source: assumed.
    pub spread_everywhere: Share,
    /// How fast harm by a group wears down support for it. Unit: per victim per 1,000 residents.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub resentment: f64,
    /// Harm at which a grievance is half of what it can become. Unit: victims per 1,000 residents.
    /// Source: assumed.
    #[schemars(range(min = 0.001, max = 1_000.0))]
    pub harm_for_half_grievance: f64,
    /// Present threat at which fear and the wish for protection are half of what they can become.
    /// Unit: victims per 1,000 residents and week. Source: assumed.
    #[schemars(range(min = 0.000_1, max = 1_000.0))]
    pub threat_for_half_fear: f64,
    /// Time in which fear grows to what the threat warrants, or fades. Unit: duration.
    /// Source: assumed.
    pub fear_time: Weeks,
    /// Time in which trust in the state moves to what it does. Unit: duration. Source: assumed.
    pub trust_time: Weeks,
    /// How fast harm by the state's forces wears down trust. Unit: per victim per 1,000 residents.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub distrust: f64,
}

impl Default for MemoryRules {
    fn default() -> Self {
        MemoryRules {
            half_life: Weeks(52),
            threat_time: Weeks(8),
            spread_nearby: Share::of(0.15),
            spread_everywhere: Share::of(0.3),
            resentment: 0.3,
            harm_for_half_grievance: 1.0,
            threat_for_half_fear: 0.01,
            fear_time: Weeks(13),
            trust_time: Weeks(26),
            distrust: 0.5,
        }
    }
}

/// Phase: this week's victims are felt, last week's news arrives, everything older fades.
pub fn remember(world: &mut World) {
    let everywhere = felt_everywhere(world);
    let struck: Vec<bool> =
        world.quarters.par_iter().map(|life| life.fresh.iter().any(|felt| *felt > 0.0)).collect();
    let heard: Vec<BySide> = (0..world.quarters.len())
        .into_par_iter()
        .map(|quarter| heard(world, quarter, &struck, &everywhere))
        .collect();
    let rules = &world.rules.memory;
    let keeps = if world.mechanisms.grievance_memory {
        rules.half_life.weekly_survival_of_half_life()
    } else {
        0.0
    };
    let threat_kept = 1.0 - 1.0 / rules.threat_time.get().max(1.0);
    world.quarters.par_iter_mut().zip(heard).for_each(|(life, heard)| {
        for (side, heard) in heard.into_iter().enumerate() {
            let felt = 1_000.0 * life.victims[side] / life.residents.max(1.0);
            life.threat[side] = life.threat[side] * threat_kept + felt * (1.0 - threat_kept);
            life.fresh[side] = felt;
            life.harm[side] = life.harm[side] * keeps + felt + heard;
            life.victims[side] = 0.0;
        }
    });
    frighten(world);
    trust(world);
}

/// Victims of last week per 1,000 residents, by constituency and side.
fn felt_everywhere(world: &World) -> Vec<Vec<f64>> {
    let constituencies = world.constituencies.len();
    let mut people = vec![0.0; constituencies];
    let mut felt = vec![vec![0.0; world.sides()]; constituencies];
    for life in &world.quarters {
        let constituency = life.constituency.index();
        people[constituency] += life.residents;
        for (felt, fresh) in felt[constituency].iter_mut().zip(&life.fresh) {
            *felt += life.residents * fresh;
        }
    }
    for (felt, people) in felt.iter_mut().zip(people) {
        felt.iter_mut().for_each(|felt| *felt /= f64::max(people, 1.0));
    }
    felt
}

/// One value for each side.
type BySide = SmallVec<[f64; 16]>;

/// What a quarter hears of harm done elsewhere, by side; last week some quarters were struck.
fn heard(world: &World, quarter: usize, struck: &[bool], everywhere: &[Vec<f64>]) -> BySide {
    let mut heard: BySide = smallvec![0.0; world.sides()];
    if !world.mechanisms.grievance_spread {
        return heard;
    }
    let rules = &world.rules.memory;
    let life = &world.quarters[quarter];
    let far = &everywhere[life.constituency.index()];
    for (heard, far) in heard.iter_mut().zip(far) {
        *heard = rules.spread_everywhere.get() * far;
    }
    for road in &world.community(life.community).roads {
        let struck = |quarter: &Quarter| struck[quarter.index()];
        for next in world.community(road.to).quarters().filter(struck) {
            let next = world.quarter(next);
            if next.constituency == life.constituency {
                for (heard, felt) in heard.iter_mut().zip(&next.fresh) {
                    *heard += rules.spread_nearby.get() * felt;
                }
            }
        }
    }
    heard
}

/// Fear follows what happens to everyone in the place, whoever does it.
fn frighten(world: &mut World) {
    let rules = &world.rules.memory;
    let on = world.mechanisms.fear;
    let rate = 1.0 / rules.fear_time.get().max(1.0);
    let warranted: Vec<f64> = world
        .communities
        .par_iter()
        .map(|place| {
            let mut threat = 0.0;
            for quarter in place.quarters() {
                let life = world.quarter(quarter);
                threat += life.residents * life.threat.iter().sum::<f64>();
            }
            let threat = threat / place.residents.max(1.0);
            if on { threat / (threat + rules.threat_for_half_fear) } else { 0.0 }
        })
        .collect();
    for life in &mut world.quarters {
        life.fear += (warranted[life.community.index()] - life.fear) * rate;
    }
}

/// Trust moves toward what services and conduct deserve: legitimacy · (0.5 + 0.5 · services) worn down
/// by harm.
fn trust(world: &mut World) {
    if !world.mechanisms.trust {
        return;
    }
    let rules = &world.rules.memory;
    let deserved: Vec<f64> = world
        .communities
        .par_iter()
        .map(|place| {
            let (mut harm, mut wronged) = (0.0, 0.0);
            for quarter in place.quarters() {
                let life = world.quarter(quarter);
                harm += life.residents * life.harm[Side::STATE.index()];
                wronged += life.residents * grievance(rules, life.harm[1..].iter().sum());
            }
            let people = place.residents.max(1.0);
            let harm = harm / people;
            let let_off = super::bearing::distrust_of_amnesty(world, wronged / people);
            let mut services = 0.0;
            for service in 0..services::SERVICES.len() {
                services += services::provided(place, service) / services::SERVICES.len() as f64;
            }
            world.state.legitimacy
                * (0.5 + 0.5 * (services / world.rules.services.need.get().max(0.01)).min(1.0))
                * libm::exp(-rules.distrust * harm)
                * (1.0 - let_off)
        })
        .collect();
    let rate = 1.0 / rules.trust_time.get().max(1.0);
    for (place, deserved) in world.communities.iter_mut().zip(deserved) {
        place.trust += (deserved - place.trust) * rate;
    }
}

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
}
