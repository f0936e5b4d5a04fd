//! What the state is believed to be entitled to.
//!
//! Legitimacy L moves with a half-life of 26 weeks toward L*,
//!   logit L* = 0.4 + 1.5 (services − ½) + 1.2 (felt security − ½) + sovereignty + 0.8 R − 0.8 H
//!              − 0.5 concessions − 0.4 (extended) + 1.2 honeymoon · e^(−weeks/78),
//! services: mean share of need met; H: grievance against the state; sovereignty: what partners who
//! are there add or take; R = (2 · opinion on dialogue − 1) · stance, how far the state does what the
//! public wants on dialogue; concessions: what pacts and talks have given away; extended: elections
//! are put off; honeymoon: how popular the last coup or how real the last election was. Deaths enter
//! by felt security alone, so that legitimacy can rise while they rise.
//!
//! Felt security = 1 − (1 − n) · threat felt at home − n · news, news = d/(d + half), d being reported
//! deaths per million and week.

use super::rules::LegitimacyRules;
use crate::government::state::Regime;
use crate::memory::effects as memory;
use crate::memory::effects::felt_threat;
use crate::partners::effects as partners;
use crate::partners::state::Veto;
use crate::services::effects as services;
use crate::talks::effects as talks;
use crate::words::services::SERVICES;
use crate::world::World;
use toguna_engine::sums::ordered_sum;

/// What people judge the state by.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Performance {
    /// Mean share of need met by the four services.
    pub services: f64,
    /// 0 to 1.
    pub felt_security: f64,
    /// Logit that partners add or take.
    pub sovereignty: f64,
    /// R, −1 to 1.
    pub responsiveness: f64,
    /// Grievance against the state and those beside it, 0 to 1.
    pub harm: f64,
    /// 0 to 1.
    pub concessions: f64,
    /// Whether elections are put off.
    pub extended: bool,
    /// What is left of a honeymoon, 0 to 1.
    pub honeymoon: f64,
}

/// L*, by the formula above, 0 to 1.
#[must_use]
pub fn deserved(rules: &LegitimacyRules, performance: &Performance) -> f64 {
    let logit = rules.granted
        + rules.weight_of_services * (performance.services - 0.5)
        + rules.weight_of_security * (performance.felt_security - 0.5)
        + performance.sovereignty
        + rules.weight_of_responsiveness * performance.responsiveness
        - rules.weight_of_harm * performance.harm
        - rules.weight_of_concessions * performance.concessions
        - rules.cost_of_extension * f64::from(u8::from(performance.extended))
        + rules.honeymoon * performance.honeymoon;
    1.0 / (1.0 + libm::exp(-logit))
}

pub(super) fn residents(world: &World) -> f64 {
    ordered_sum(&world.quarters, |life| life.residents)
}

/// What people judge the state by this week.
#[must_use]
pub fn performance(world: &World) -> Performance {
    let people = residents(world).max(1.0);
    let mut met = 0.0;
    for place in &world.communities {
        for service in 0..SERVICES.len() {
            met += place.residents * services::provided(place, service) / 4.0;
        }
    }
    let harm = ordered_sum(&world.quarters, |life| {
        life.residents * memory::grievance(&world.rules.memory, life.harm[0])
    });
    let on = &world.mechanisms;
    Performance {
        services: met / people,
        felt_security: felt_security(world),
        sovereignty: if on.sovereignty { partners::sovereignty(world) } else { 0.0 },
        responsiveness: if on.responsiveness { responsiveness(world) } else { 0.0 },
        harm: harm / people,
        concessions: world.government.concessions,
        extended: world.policy.extend_transition
            && (world.government.regime != Regime::Elected || world.government.elections_overdue),
        honeymoon: if on.honeymoon { honeymoon(world) } else { 0.0 },
    }
}

/// How safe people feel from armed groups, at home and by the news, 0 to 1. Harm by the state has a
/// term of its own.
#[must_use]
pub fn felt_security(world: &World) -> f64 {
    let rules = &world.rules.legitimacy;
    let at_home = ordered_sum(&world.quarters, |life| {
        let threat: f64 = life.threat[1..].iter().sum();
        life.residents * felt_threat(&world.rules.memory, threat)
    }) / residents(world).max(1.0);
    let news = alarm(rules, world.government.deaths_in_the_news);
    let by_news = rules.weight_of_news.get();
    1.0 - (1.0 - by_news) * at_home - by_news * news
}

/// How far deaths in the news alarm people, 0 to 1; deaths per million and week.
#[must_use]
pub fn alarm(rules: &LegitimacyRules, deaths: f64) -> f64 {
    deaths / (deaths + rules.deaths_for_half_alarm)
}

/// R: how far the state does what the public wants on dialogue, −1 to 1.
#[must_use]
pub fn responsiveness(world: &World) -> f64 {
    (2.0 * world.government.opinion_dialogue - 1.0) * stance(world)
}

/// What the state does about talking with armed groups, −1 (refuses) to 1 (seeks talks); as far as a
/// partner objects, it refuses.
#[must_use]
pub fn stance(world: &World) -> f64 {
    let veto = partners::veto(world, Veto::Talks);
    let said = world.policy.stance_on_dialogue;
    let done = said + (1.0 - said) * talks::engagement(world);
    done * (1.0 - veto) - veto
}

/// What is left of the last honeymoon, 0 to 1.
#[must_use]
pub fn honeymoon(world: &World) -> f64 {
    let Some(since) = world.government.honeymoon_since else { return 0.0 };
    let weeks = f64::from(world.calendar.week) - f64::from(since);
    let time = world.rules.legitimacy.honeymoon_time.get().max(1.0);
    world.government.honeymoon * libm::exp(-weeks / time)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mali_2020() -> Performance {
        Performance {
            services: 0.55,
            felt_security: 1.0 - 0.5 * 0.1 - 0.5 * alarm(&LegitimacyRules::default(), 2.7),
            sovereignty: -0.6,
            responsiveness: -0.12,
            harm: 0.2,
            ..Performance::default()
        }
    }

    #[test]
    fn legitimacy_can_be_low_in_2020_and_high_in_2022_while_deaths_rise() {
        let rules = LegitimacyRules::default();
        let before = deserved(&rules, &mali_2020());
        // A popular coup a year ago, the resented partner gone, another chosen; deaths half as many again.
        let after = Performance {
            felt_security: 1.0 - 0.5 * 0.15 - 0.5 * alarm(&rules, 4.0),
            sovereignty: 0.2,
            honeymoon: 0.8 * libm::exp(-45.0 / 78.0),
            ..mali_2020()
        };
        assert!(after.felt_security < mali_2020().felt_security);
        let after = deserved(&rules, &after);
        assert!(before < 0.45, "{before}");
        assert!(after > 0.65, "{after}");
    }

    #[test]
    fn nothing_people_want_lowers_legitimacy_and_nothing_they_resent_raises_it() {
        let rules = LegitimacyRules::default();
        let now = mali_2020();
        let level = deserved(&rules, &now);
        let better = [
            Performance { services: 0.7, ..now },
            Performance { felt_security: 0.9, ..now },
            Performance { sovereignty: 0.0, ..now },
            Performance { responsiveness: 0.1, ..now },
            Performance { honeymoon: 1.0, ..now },
        ];
        let worse = [
            Performance { harm: 0.5, ..now },
            Performance { concessions: 0.5, ..now },
            Performance { extended: true, ..now },
        ];
        assert!(better.iter().all(|performance| deserved(&rules, performance) > level));
        assert!(worse.iter().all(|performance| deserved(&rules, performance) < level));
    }

    #[test]
    fn each_part_of_the_record_moves_the_logit_of_legitimacy_by_its_weight() {
        let rules = LegitimacyRules::default();
        let logit = |performance: &Performance| {
            let deserved = deserved(&rules, performance);
            libm::log(deserved / (1.0 - deserved))
        };
        let even = Performance { services: 0.5, felt_security: 0.5, ..Performance::default() };
        assert!((logit(&even) - rules.granted).abs() < 1e-12);
        let parts = [
            (Performance { services: 0.7, ..even }, 0.2 * 1.5),
            (Performance { felt_security: 0.9, ..even }, 0.4 * 1.2),
            (Performance { sovereignty: -0.3, ..even }, -0.3),
            (Performance { responsiveness: 0.5, ..even }, 0.5 * 0.8),
            (Performance { harm: 0.25, ..even }, -0.25 * 0.8),
            (Performance { concessions: 0.6, ..even }, -0.6 * 0.5),
            (Performance { extended: true, ..even }, -0.4),
            (Performance { honeymoon: 0.5, ..even }, 0.5 * 1.2),
        ];
        for (performance, moved) in parts {
            let found = logit(&performance) - rules.granted;
            assert!((found - moved).abs() < 1e-12, "{performance:?}: {found} for {moved}");
        }
    }

    #[test]
    fn the_news_alarms_half_as_much_as_it_can_at_the_deaths_that_the_rules_name() {
        let rules = LegitimacyRules { deaths_for_half_alarm: 2.0, ..LegitimacyRules::default() };
        assert_eq!(alarm(&rules, 0.0), 0.0);
        assert_eq!(alarm(&rules, 2.0), 0.5);
        assert_eq!(alarm(&rules, 6.0), 0.75);
    }
}
