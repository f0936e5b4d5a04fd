//! Soldiers take power, and for weeks nobody rules.
//!
//! Hazard a year:
//!   0.03 · exp(3 (½ − L) + 8 · share of all garrisons given up of late + unpaid + protest + concessions
//!     plus 1.2 e^(−weeks since the last coup/104))
//!     plus 150 · soldiers killed in 13 weeks / army · (1 − L).
//! The second is mutiny, of an army that is sent to its death by a state it does not believe in. Risk adds up
//! from week to week; when it reaches a threshold ~ Exp(1), drawn once for each coup, there is a coup: two
//! policies under one seed share the threshold, not the week. In the vacuum that follows the army operates at
//! part of its strength, gets no recruits, and officials leave their posts wherever they are threatened. Then
//! the regime the scenario names takes over and promises an election.

use super::rules::CoupRules;
use crate::government::state::Regime;
use crate::world::World;

/// What stirs soldiers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Unrest {
    /// Of the state, 0 to 1.
    pub legitimacy: f64,
    /// Share of the army killed in 13 weeks.
    pub killed: f64,
    /// Share of all garrisons given up in recent weeks.
    pub defeat: f64,
    /// Share of pay owed.
    pub unpaid: f64,
    /// 0 to 1.
    pub protest: f64,
    /// 0 to 1.
    pub concessions: f64,
    /// Weeks since the last coup.
    pub weeks_since: Option<f64>,
}

/// By the formula above.
#[must_use]
pub fn hazard_per_year(rules: &CoupRules, unrest: &Unrest) -> f64 {
    let recent = unrest.weeks_since.map_or(0.0, |weeks| {
        rules.contagion * libm::exp(-weeks / rules.contagion_time.get().max(1.0))
    });
    let plot = rules.coups_per_year
        * libm::exp(
            rules.weight_of_legitimacy * (0.5 - unrest.legitimacy)
                + rules.weight_of_defeat * unrest.defeat
                + rules.weight_of_unpaid * unrest.unpaid
                + rules.weight_of_protest * unrest.protest
                + rules.weight_of_concessions * unrest.concessions
                + recent,
        );
    plot + rules.mutinies_per_year * unrest.killed * (1.0 - unrest.legitimacy)
}

/// What stirs soldiers this week.
#[must_use]
pub fn unrest(world: &World) -> Unrest {
    let government = &world.government;
    let week = f64::from(world.calendar.week);
    Unrest {
        legitimacy: government.legitimacy,
        killed: government.soldiers_lost / government.army.total().max(1.0),
        defeat: world.garrisons.fallen_of_all(),
        unpaid: government.unpaid,
        protest: government.protest,
        concessions: government.concessions,
        weeks_since: government.last_coup.map(|last| week - f64::from(last)),
    }
}

/// Share of the state's operations that a vacuum of power prevents, 0 to 1.
#[must_use]
pub fn paralysis(world: &World) -> f64 {
    let vacuum = world.government.regime == Regime::Vacuum && world.mechanisms.coup_vacuum;
    if vacuum { world.rules.coups.paralysis.get() } else { 0.0 }
}

/// How many welcome a coup, 0 to 1: those who had withdrawn their support, and those in the streets.
pub(super) fn welcome(legitimacy: f64, protest: f64) -> f64 {
    (4.0 * (0.5 - legitimacy) + protest).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coups_are_rare_in_calm_likeliest_in_2012_and_likely_in_2020() {
        let rules = CoupRules::default();
        let calm = Unrest { legitimacy: 0.6, killed: 0.0002, ..Unrest::default() };
        // A hundred and fifty of 7,300, and a hundred of 22,500.
        let year_2012 = Unrest { legitimacy: 0.45, killed: 0.02, protest: 0.3, ..calm };
        let year_2020 = Unrest { legitimacy: 0.35, killed: 0.0045, protest: 1.0, ..calm };
        let of = |unrest| hazard_per_year(&rules, &unrest);
        assert!((0.02..0.05).contains(&of(calm)), "{}", of(calm));
        assert!((1.2..2.0).contains(&of(year_2012)), "{}", of(year_2012));
        assert!((0.4..0.7).contains(&of(year_2020)), "{}", of(year_2020));
    }

    #[test]
    fn an_army_that_loses_men_mutinies_the_sooner_the_less_it_believes_in_the_state() {
        let rules =
            CoupRules { coups_per_year: 0.0, mutinies_per_year: 40.0, ..CoupRules::default() };
        let of = |killed, legitimacy| {
            hazard_per_year(&rules, &Unrest { killed, legitimacy, ..Unrest::default() })
        };
        assert_eq!(of(0.0, 0.2), 0.0);
        assert!((of(0.01, 0.5) - 0.2).abs() < 1e-12);
        assert!((of(0.03, 0.5) - 0.6).abs() < 1e-12);
        assert!((of(0.01, 0.0) - 0.4).abs() < 1e-12);
        assert_eq!(of(0.5, 1.0), 0.0);
    }

    #[test]
    fn a_coup_invites_the_next_and_less_so_with_time() {
        let rules = CoupRules::default();
        let after = |weeks_since| {
            hazard_per_year(&rules, &Unrest { legitimacy: 0.5, weeks_since, ..Unrest::default() })
        };
        assert!(after(Some(4.0)) > after(Some(80.0)));
        assert!(after(Some(80.0)) > after(None));
    }

    #[test]
    fn a_coup_against_a_state_nobody_misses_is_welcome() {
        assert_eq!(welcome(0.7, 0.0), 0.0);
        assert!(welcome(0.4, 0.5) > 0.8);
    }

    #[test]
    fn each_cause_multiplies_the_hazard_of_a_coup_by_its_weight() {
        let rules = CoupRules::default();
        let calm = Unrest { legitimacy: 0.5, ..Unrest::default() };
        assert_eq!(hazard_per_year(&rules, &calm), 0.03);
        let causes = [
            (Unrest { legitimacy: 0.3, ..calm }, 3.0 * 0.2),
            (Unrest { defeat: 0.1, ..calm }, 8.0 * 0.1),
            (Unrest { unpaid: 0.5, ..calm }, 0.5),
            (Unrest { protest: 0.4, ..calm }, 0.4),
            (Unrest { concessions: 0.7, ..calm }, 0.7),
            (Unrest { weeks_since: Some(52.0), ..calm }, 1.2 * libm::exp(-0.5)),
        ];
        for (unrest, logarithm) in causes {
            let times = hazard_per_year(&rules, &unrest) / 0.03;
            assert!((times - libm::exp(logarithm)).abs() < 1e-12, "{unrest:?}: {times}");
        }
        // Causes multiply one another, whatever their number.
        let weights = CoupRules {
            weight_of_unpaid: 2.0,
            weight_of_protest: 3.0,
            weight_of_concessions: 5.0,
            ..rules
        };
        let all = Unrest { unpaid: 0.5, protest: 0.5, concessions: 0.5, ..calm };
        assert!((hazard_per_year(&weights, &all) / 0.03 - libm::exp(5.0)).abs() < 1e-9);
    }

    #[test]
    fn a_coup_is_welcome_as_far_as_support_is_gone_and_people_are_in_the_streets() {
        assert!((welcome(0.45, 0.0) - 0.2).abs() < 1e-12);
        assert!((welcome(0.5, 0.3) - 0.3).abs() < 1e-12);
        assert!((welcome(0.4, 0.3) - 0.7).abs() < 1e-12);
        assert_eq!(welcome(0.1, 1.0), 1.0);
    }
}
