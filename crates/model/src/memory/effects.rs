//! How strongly harm is felt.

use super::rules::MemoryRules;

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
