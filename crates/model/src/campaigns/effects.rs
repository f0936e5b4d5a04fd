//! How hard a group campaigns.
//!
//! A group attacks at exp(σ z − σ²/2) times the rate that its strength and its enemies call for. The mean of
//! that is 1 whatever σ: campaigns make some years bloodier and others quieter, not more of both.
//!   z ← ρ z + √(1 − ρ²) ε,   ε ~ N(0, 1) by group and week,   ρ = 2^(−1/half-life)

use super::rules::CampaignRules;
use crate::words::ids::Side;
use crate::world::World;

/// What the rate of a side's attacks is multiplied by; 1 for the state, whose effort is a lever.
#[must_use]
pub fn vigour(world: &World, attacker: Side) -> f64 {
    match attacker.group() {
        Some(group) if world.mechanisms.campaigns => {
            times_usual(&world.rules.campaigns, world.groups[group.index()].campaign)
        }
        _ => 1.0,
    }
}

/// exp(σ z − σ²/2).
fn times_usual(rules: &CampaignRules, z: f64) -> f64 {
    libm::exp(rules.spread * z - rules.spread * rules.spread / 2.0)
}

/// z of the next week, from this week's and a standard normal draw.
pub(super) fn next(rules: &CampaignRules, z: f64, drawn: f64) -> f64 {
    let kept = rules.half_life.weekly_survival_of_half_life();
    kept * z + (1.0 - kept * kept).sqrt() * drawn
}

#[cfg(test)]
mod tests {
    use super::*;
    use toguna_units::Weeks;

    #[test]
    fn a_surge_is_half_over_after_its_half_life() {
        let rules = CampaignRules { half_life: Weeks(10), ..CampaignRules::default() };
        let after = (0..10).fold(2.0, |z, _| next(&rules, z, 0.0));
        assert!((after - 1.0).abs() < 1e-12);
        let soon_over = CampaignRules { half_life: Weeks(1), ..rules };
        assert!((next(&soon_over, 2.0, 2.0) - (1.0 + 3.0_f64.sqrt())).abs() < 1e-12);
    }

    #[test]
    fn campaigns_spread_as_the_rules_say_and_add_no_attack_in_the_mean() {
        let rules = CampaignRules { spread: 0.8, ..CampaignRules::default() };
        // The mean over the quantiles of z, by the trapezoidal rule on the density.
        let (mut mean, mut mass, mut logs) = (0.0, 0.0, 0.0);
        for step in -8_000..=8_000 {
            let z = f64::from(step) / 1_000.0;
            let density = libm::exp(-z * z / 2.0);
            let rate = times_usual(&rules, z);
            mean += density * rate;
            mass += density;
            logs += density * (libm::log(rate) + 0.32) * (libm::log(rate) + 0.32);
        }
        assert!((mean / mass - 1.0).abs() < 1e-9, "{}", mean / mass);
        assert!((logs / mass - 0.64).abs() < 1e-9, "{}", logs / mass);
    }
}
