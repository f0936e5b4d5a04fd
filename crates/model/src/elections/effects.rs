//! How real an election is.

use super::rules::ElectionRules;
use crate::world::World;
use crate::world::community::Community;

pub(super) fn over_residents(world: &World, of: impl Fn(&Community) -> f64) -> f64 {
    let (mut sum, mut people) = (0.0, 0.0);
    for place in &world.communities {
        sum += place.residents * of(place);
        people += place.residents;
    }
    sum / people.max(1.0)
}

/// How real an election held at this capacity would be, 0 to 1; `reach` is the share of residents
/// who could vote.
#[must_use]
pub fn real(rules: &ElectionRules, capacity: f64, reach: f64) -> f64 {
    let (label, full) = (rules.capacity_for_a_label.get(), rules.capacity_for_a_real_one.get());
    ((capacity - label) / (full - label).max(0.01)).clamp(0.0, 1.0) * reach
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_election_without_institutions_changes_the_label_only() {
        let rules = ElectionRules::default();
        assert_eq!(real(&rules, 0.25, 0.9), 0.0);
        assert!(real(&rules, 0.5, 0.9) > 0.4);
        assert_eq!(real(&rules, 0.9, 0.9), 0.9);
    }

    #[test]
    fn an_election_is_as_real_as_institutions_between_label_and_substance_times_who_can_vote() {
        let rules = ElectionRules::default();
        let (label, full) = (rules.capacity_for_a_label.get(), rules.capacity_for_a_real_one.get());
        let quarter = label + (full - label) / 4.0;
        assert!((real(&rules, quarter, 0.5) - 0.125).abs() < 1e-12);
        assert_eq!(real(&rules, full, 0.5), 0.5);
        assert_eq!(real(&rules, label, 1.0), 0.0);
    }
}
