//! How close people come to a group that rules them.
//!
//! Closeness a of a quarter's people to a group that holds the share κ of their place:
//!   a ← a + η · κ · e^(−resentment · harm by it) · (1 − a) − δ · (a − a₀),
//! with a₀ their constituency's affinity. Militias are their own people's and take root among no others. What
//! others think of these people, such as whom they suspect them to be close to, stays their affinity.

use super::rules::RootingRules;

/// What moves people's closeness to a group in a week.
pub(super) struct Rule {
    /// κ, share.
    pub held: f64,
    /// e^(−resentment · harm), 0 to 1.
    pub forgiven: f64,
}

/// a of the next week.
pub(super) fn next(rules: &RootingRules, closeness: f64, affinity: f64, by: &Rule) -> f64 {
    let gained = (rules.rooted_per_week * by.held * by.forgiven).min(1.0) * (1.0 - closeness);
    let lost = rules.lost_per_week * (closeness - affinity);
    (closeness + gained - lost).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(years: u32, held: f64, forgiven: f64, start: f64) -> f64 {
        let rules = RootingRules::default();
        (0..52 * years).fold(start, |a, _| next(&rules, a, 0.1, &Rule { held, forgiven }))
    }

    #[test]
    fn who_rules_without_harm_is_close_to_a_third_after_some_years_and_who_harms_to_hardly_any() {
        // In balance η κ (1 − a) = δ (a − a₀): a = (.002 + .0005) / .007.
        assert!((after(60, 1.0, 1.0, 0.1) - 0.0025 / 0.007).abs() < 1e-6);
        assert!(after(5, 1.0, 1.0, 0.1) > 0.3);
        assert!(after(5, 1.0, 0.05, 0.1) < 0.12);
        assert!(after(3, 0.5, 1.0, 0.1) < after(3, 1.0, 1.0, 0.1));
    }

    #[test]
    fn a_group_that_is_gone_is_forgotten_and_closeness_never_falls_below_affinity() {
        assert!((after(60, 0.0, 1.0, 0.8) - 0.1).abs() < 2e-3);
        assert_eq!(after(10, 0.0, 1.0, 0.1), 0.1);
    }
}
