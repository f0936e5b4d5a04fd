//! Armed actors fight each other and harm civilians.
//!
//! For each ordered pair of sides present in a place, events arrive at the rate
//!   scale · r · √(F_a/20) · √(F_b/50) · posture · hostility · campaign + feedback · (own events of six weeks),
//! against civilians without the F_b factor; groups attack soldiers less where they are outnumbered too
//! far for an ambush. Posture is zero where a side sees no threat or target, so quiet places stay quiet.
//! An event kills nobody with chance 0.62 (0.54 of those reported do); else
//! P(X > k) = (1 + k/2.5)^−1.35, bounded by 150 and by those present. Of the dead of an operation by the state,
//! 1 − restraint · (0.4 + 0.6 · information) are civilians.

use super::rules::ViolenceRules;
use crate::abroad::effects as abroad;
use crate::budget::effects as budget;
use crate::campaigns::effects as campaigns;
use crate::pact_effects::effects as pact_effects;
use crate::partners::effects as partners;
use crate::suspicion::effects::Suspicion;
use crate::words::ids::Side;
use crate::words::targets::{Target, pair};
use crate::world::World;
use crate::world::community::Community;
use toguna_units::whole_part;

/// What the state knows of who is who in a place, 0 to 1.
#[must_use]
pub fn information(world: &World, place: &Community) -> f64 {
    let rules = &world.rules.violence;
    let gained = if world.mechanisms.information {
        rules.information_of_control.get() * place.control[0] * place.trust
    } else {
        0.0
    };
    let known = rules.information_without_control.get() + gained;
    (known + pact_effects::information(world, place, known)).clamp(0.0, 1.0)
}

/// Share of an operation's dead who are civilians: 1 − restraint · (0.4 + 0.6 · information).
#[must_use]
pub fn civilian_share(world: &World, place: &Community) -> f64 {
    let restraint =
        if world.mechanisms.restraint { partners::hunters(world, place).restraint } else { 0.0 };
    1.0 - restraint * (0.4 + 0.6 * information(world, place))
}

/// Expected events this week of `attacker` on `target`, by the formula above.
#[must_use]
pub fn rate_per_week(world: &World, place: &Community, attacker: Side, target: Target) -> f64 {
    let rules = &world.rules.violence;
    let switches = &world.mechanisms;
    let (own, effort) = match attacker {
        Side::STATE => {
            let hunters = partners::hunters(world, place);
            (hunters.strength, hunters.effort)
        }
        _ => (place.strength(attacker), 1.0),
    };
    if own <= 0.0 {
        return 0.0;
    }
    let base = match target {
        Target::Armed(enemy) => {
            let opposed = match enemy {
                Side::STATE => partners::exposed(&world.partners, place),
                _ => place.strength(enemy),
            };
            if opposed <= 0.0 {
                return 0.0;
            }
            let reach =
                if attacker == Side::STATE { abroad::within_reach(world, place) } else { 1.0 };
            let (rate, posture, on) = match (attacker, enemy) {
                (Side::STATE, _) => (rules.state_on_group_per_week, effort, switches.operations),
                (_, Side::STATE) => (
                    rules.group_on_state_per_week,
                    budget::draw_of_aid(world, place) * daring(world, place, own),
                    switches.ambushes,
                ),
                _ => (rules.rivals_per_week, 1.0, switches.rivalry),
            };
            if !on {
                return 0.0;
            }
            let hostility = world.hostility.between(attacker, enemy);
            rate * (opposed / 50.0).sqrt() * posture * hostility * reach
        }
        Target::Civilians => {
            let (rate, posture, on) = match attacker.group() {
                None => (
                    rules.state_on_civilians_per_week,
                    civilian_share(world, place) * effort,
                    switches.state_abuse,
                ),
                Some(group) => (
                    rules.group_on_civilians_per_week,
                    world.groups[group.index()].violence_against_civilians
                        * (1.0 - place.control[attacker.index()])
                        * budget::draw_of_aid(world, place),
                    switches.group_reprisals,
                ),
            };
            if !on {
                return 0.0;
            }
            let people = place.residents.max(1.0);
            // Whoever looks for suspects finds them, though they be few.
            let enough = rules.smallest_suspected.get() * people;
            let suspicion = Suspicion::of(world, place, attacker);
            let suspected = place
                .quarters()
                .filter(|quarter| world.quarter(*quarter).residents >= enough)
                .map(|quarter| suspicion.toward(quarter))
                .fold(0.0, f64::max);
            rate * posture * suspected.min(1.0) * partners::unprotected(world, place)
        }
    };
    if base <= 0.0 {
        return 0.0;
    }
    let recent = place.recent_events[pair(world.sides(), attacker, target)];
    let feedback = if switches.escalation { rules.feedback * recent } else { 0.0 };
    let bound = pact_effects::on_events(world, place, attacker, target);
    let base = rules.scale * base * (own / 20.0).sqrt() * campaigns::vigour(world, attacker);
    // What makes somebody fight more adds to the cause and not to the echo, or one event would call
    // forth more than one.
    bound.min(1.0) * (base + feedback) + (bound - 1.0).max(0.0) * base
}

/// Share of attacks on the state that a band of `fighters` risks: those without ambush, and the rest as
/// far as its ratio to the soldiers there allows.
fn daring(world: &World, place: &Community, fighters: f64) -> f64 {
    let rules = &world.rules.violence;
    let mut defence = place.soldiers;
    for (partner, soldiers) in world.partners.iter().zip(&place.partners) {
        defence += soldiers * (partner.capability - 1.0);
    }
    let ratio = fighters / defence.max(f64::MIN_POSITIVE);
    let without = rules.without_ambush.get();
    without + (1.0 - without) * (ratio / rules.ratio_for_ambush).min(1.0)
}

/// Deaths of a lethal event at the quantile `size`, counted from the largest.
pub(crate) fn deaths_of_size(rules: &ViolenceRules, size: f64, present: f64) -> u32 {
    let tail = libm::pow(size, -1.0 / rules.size_exponent) - 1.0;
    let drawn = (rules.size_scale * tail).floor() + 1.0;
    whole_part(drawn.min(rules.largest_size).min(present.ceil()))
}

/// Chance that a bloodless event in a place stays unknown.
pub(crate) fn unheard(rules: &ViolenceRules, place: &Community) -> f64 {
    let access = 0.5 * (place.control[0] + place.market_access);
    (1.0 - rules.reported_without_access.get()) * (1.0 - access)
}

/// The entry at the share `at` (0 to 1) of the total weight.
pub(crate) fn pick<T: Copy>(weights: &[(T, f64)], at: f64) -> Option<T> {
    let total: f64 = weights.iter().map(|(_, weight)| weight).sum();
    let mut left = at * total;
    for (entry, weight) in weights {
        left -= weight;
        if left <= 0.0 && *weight > 0.0 {
            return Some(*entry);
        }
    }
    weights.iter().rev().find(|(_, weight)| *weight > 0.0).map(|(entry, _)| *entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadly_events_kill_six_and_those_reported_two_point_eight_on_average() {
        let rules = ViolenceRules::default();
        let steps = 100_000;
        // Where half of the access is missing, as in much of the north and centre.
        let unheard = (1.0 - rules.reported_without_access.get()) * 0.5;
        let (mut deaths, mut heard, mut dead_heard) = (0.0, 0.0, 0.0);
        for step in 0..steps {
            let u = (f64::from(step) + 0.5) / f64::from(steps);
            let size = f64::from(deaths_of_size(&rules, u, 30_000.0));
            let chance_to_be_heard = 1.0 - libm::pow(unheard, 1.0 + size);
            deaths += size / f64::from(steps);
            heard += chance_to_be_heard / f64::from(steps);
            dead_heard += size * chance_to_be_heard / f64::from(steps);
        }
        assert!((deaths - 6.0).abs() < 0.3, "{deaths} by a deadly event");
        let bloodless = rules.bloodless.get();
        let reported = bloodless * (1.0 - unheard) + (1.0 - bloodless) * heard;
        let mean = (1.0 - bloodless) * dead_heard / reported;
        assert!((mean - 2.76).abs() < 0.2, "{mean} by an event reported");
        let without_dead = bloodless * (1.0 - unheard) / reported;
        assert!((without_dead - 0.54).abs() < 0.03, "{without_dead} of those reported kill nobody");
    }

    #[test]
    fn a_pick_follows_the_weights() {
        let weights = [('a', 1.0), ('b', 0.0), ('c', 3.0)];
        assert_eq!(pick(&weights, 0.1), Some('a'));
        assert_eq!(pick(&weights, 0.3), Some('c'));
        assert_eq!(pick(&weights, 1.0), Some('c'));
        assert_eq!(pick::<char>(&[], 0.5), None);
    }

    #[test]
    fn the_largest_event_is_bounded_by_the_rules_and_by_those_present() {
        let rules = ViolenceRules::default();
        assert_eq!(deaths_of_size(&rules, 1.0, 1e6), 1);
        assert_eq!(deaths_of_size(&rules, 1e-12, 1e6), whole_part(rules.largest_size));
        assert_eq!(deaths_of_size(&rules, 1e-12, 6.5), 7);
        // P(X > 9) = (1 + 9/2.5)^−1.35.
        let beyond = libm::pow(1.0 + 9.0 / rules.size_scale, -rules.size_exponent);
        assert_eq!(deaths_of_size(&rules, beyond * 0.999, 1e6), 10);
        assert_eq!(deaths_of_size(&rules, beyond * 1.001, 1e6), 9);
    }

    #[test]
    fn what_weighs_nothing_is_never_picked() {
        let weights = [('a', 0.0), ('b', 2.0), ('c', 2.0), ('d', 0.0)];
        assert_eq!(pick(&weights, 0.0), Some('b'));
        assert_eq!(pick(&weights, 0.5), Some('b'));
        assert_eq!(pick(&weights, 0.51), Some('c'));
        // Rounding may leave a rest behind the last.
        assert_eq!(pick(&weights, 1.0 + 1e-9), Some('c'));
        assert_eq!(pick(&[('a', 0.0)], 0.5), None);
    }
}
