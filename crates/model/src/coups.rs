//! Soldiers take power, and for weeks nobody rules.
//!
//! Hazard a year: 0.03 · exp(3 (½ − L) + ½ ln(1 + soldiers killed in 8 weeks/25) + 8 · share of all
//!   garrisons given up of late + unpaid + protest + concessions
//!   plus 1.2 e^(−weeks since the last coup/104)). It adds up from week to week; when it
//! reaches a threshold ~ Exp(1), drawn once for each coup, there is a coup: two policies under one
//! seed share the threshold, not the week. In the vacuum that follows the army operates at part of its
//! strength, gets no recruits, and officials leave their posts wherever they are threatened. Then the
//! regime the scenario names takes over and promises an election.

use super::purposes;
use super::state::Regime;
use super::world::World;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_engine::streams::exponential;
use toguna_units::{Share, Weeks};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CoupRules {
    /// Hazard where half of the people stand by the state and nothing else stirs. Unit: per year.
    /// Source: assumed; about .02 in calm.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub coups_per_year: f64,
    /// Weight of lacking legitimacy. Unit: log hazard per share. Source: assumed.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub weight_of_legitimacy: f64,
    /// Weight of soldiers killed. Unit: log hazard per ln(1 + killed in 8 weeks/25).
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub weight_of_losses: f64,
    /// Weight of protest. Unit: log hazard per unit of intensity. Source: assumed.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub weight_of_protest: f64,
    /// Weight of garrisons given up in recent weeks. Unit: log hazard per share of all garrisons.
    /// Source: assumed; the coup of March 2012 began as a mutiny over defeats in the north.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub weight_of_defeat: f64,
    /// Weight of soldiers' pay that is owed. Unit: log hazard per share of pay. Source: assumed.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub weight_of_unpaid: f64,
    /// Weight of concessions to armed groups. Unit: log hazard per share conceded. Source: assumed.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub weight_of_concessions: f64,
    /// How much a coup invites the next at once. Unit: log hazard. Source: assumed.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub contagion: f64,
    /// Time in which that falls to a third. Unit: duration. Source: assumed.
    pub contagion_time: Weeks,
    /// How long nobody rules. Unit: duration. Source: assumed.
    pub vacuum: Weeks,
    /// Share of the army's operations that do not happen in a vacuum. Unit: share. Source: assumed.
    pub paralysis: Share,
    /// Hazard that a threatened official leaves in a vacuum, beside the usual. Unit: per week.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub officials_leave_per_week: f64,
    /// From the end of a vacuum to the election that is promised. Unit: duration. Source: 18 months,
    /// promised in 2020.
    pub transition: Weeks,
    /// Share of institutional capacity that a coup destroys. Unit: share. Source: assumed.
    pub capacity_lost: Share,
}

impl Default for CoupRules {
    fn default() -> Self {
        CoupRules {
            coups_per_year: 0.03,
            weight_of_legitimacy: 3.0,
            weight_of_losses: 0.5,
            weight_of_protest: 1.0,
            weight_of_defeat: 8.0,
            weight_of_unpaid: 1.0,
            weight_of_concessions: 1.0,
            contagion: 1.2,
            contagion_time: Weeks(104),
            vacuum: Weeks(10),
            paralysis: Share::of(0.6),
            officials_leave_per_week: 0.05,
            transition: Weeks(78),
            capacity_lost: Share::of(0.1),
        }
    }
}

/// What stirs soldiers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Unrest {
    pub legitimacy: f64,
    /// Soldiers of the state killed in eight weeks.
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
    rules.coups_per_year
        * libm::exp(
            rules.weight_of_legitimacy * (0.5 - unrest.legitimacy)
                + rules.weight_of_losses * libm::log(1.0 + unrest.killed / 25.0)
                + rules.weight_of_defeat * unrest.defeat
                + rules.weight_of_unpaid * unrest.unpaid
                + rules.weight_of_protest * unrest.protest
                + rules.weight_of_concessions * unrest.concessions
                + recent,
        )
}

/// What stirs soldiers this week.
#[must_use]
pub fn unrest(world: &World) -> Unrest {
    let state = &world.state;
    let week = f64::from(world.calendar.week);
    Unrest {
        legitimacy: state.legitimacy,
        killed: state.soldiers_lost,
        defeat: world.garrisons.fallen_of_all(),
        unpaid: state.unpaid,
        protest: state.protest,
        concessions: state.concessions,
        weeks_since: state.last_coup.map(|last| week - f64::from(last)),
    }
}

/// Share of the state's operations that a vacuum of power prevents, 0 to 1.
#[must_use]
pub fn paralysis(world: &World) -> f64 {
    let vacuum = world.state.regime == Regime::Vacuum && world.mechanisms.coup_vacuum;
    if vacuum { world.rules.coups.paralysis.get() } else { 0.0 }
}

/// Risk adds up; a vacuum ends.
pub fn conspire(world: &mut World) {
    mourn(world);
    let week = world.calendar.week;
    if world.state.regime == Regime::Vacuum {
        if world.state.vacuum_until <= week {
            hand_over(world);
        }
        return;
    }
    if !world.mechanisms.coups {
        return;
    }
    let hazard = hazard_per_year(&world.rules.coups, &unrest(world)) * 7.0 / 365.25;
    world.state.coup_risk += hazard;
    let mut draw = world.streams.at(purposes::COUP, 0, u64::from(world.state.coups));
    if world.state.coup_risk >= exponential(&mut draw) {
        take_power(world);
    }
}

/// The army counts its dead of eight weeks.
fn mourn(world: &mut World) {
    let killed: f64 = world.log.events.iter().map(|event| f64::from(event.soldiers_killed)).sum();
    world.state.soldiers_lost = world.state.soldiers_lost * (1.0 - 1.0 / 8.0) + killed;
}

fn take_power(world: &mut World) {
    let week = world.calendar.week;
    let rules = &world.rules.coups;
    let (vacuum, lost) = (rules.vacuum.0, rules.capacity_lost.get());
    let state = &mut world.state;
    state.honeymoon = welcome(state.legitimacy, state.protest);
    state.honeymoon_since = Some(week as i32);
    state.coups += 1;
    state.coup_risk = 0.0;
    state.last_coup = Some(week as i32);
    state.regime = Regime::Vacuum;
    state.vacuum_until = week + vacuum.max(1);
    state.capacity *= 1.0 - lost;
    state.protest = 0.0;
    world.log.coups += 1;
}

/// How many welcome a coup, 0 to 1: those who had withdrawn their support, and those in the streets.
fn welcome(legitimacy: f64, protest: f64) -> f64 {
    (4.0 * (0.5 - legitimacy) + protest).clamp(0.0, 1.0)
}

fn hand_over(world: &mut World) {
    let week = world.calendar.week;
    world.state.regime = world.state.after_coup;
    world.state.election_due = Some(week + world.rules.coups.transition.0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coups_are_rare_in_calm_likelier_in_2012_and_likeliest_in_2020() {
        let rules = CoupRules::default();
        let calm = Unrest { legitimacy: 0.6, killed: 2.0, ..Unrest::default() };
        let year_2012 = Unrest { legitimacy: 0.45, killed: 100.0, protest: 0.3, ..calm };
        let year_2020 = Unrest { legitimacy: 0.35, killed: 60.0, protest: 1.0, ..calm };
        let of = |unrest| hazard_per_year(&rules, &unrest);
        assert!((0.01..0.03).contains(&of(calm)), "{}", of(calm));
        assert!((0.07..0.15).contains(&of(year_2012)), "{}", of(year_2012));
        assert!((0.18..0.3).contains(&of(year_2020)), "{}", of(year_2020));
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
}
