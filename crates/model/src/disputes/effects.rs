//! Herders and farmers fall out over land and water.
//!
//! Rate in a place, a week: .02 · 4 · h · f · (1 + 2 · drought) · (1 − justice), with h and f the
//! herding and farming shares of its livelihoods. A fifth of disputes is lethal: where a band takes the
//! matter up, with sizes as in other violence, else with one dead and a further one with chance .3 each.
//! Where the aggressors' people have a band that is close to them, it takes the matter up: the event is
//! the band's, it is remembered against it, and it calls forth further events; a band of
//! the victims answers. Otherwise the event is the neighbours' own and lies with no armed side.

use super::rules::DisputeRules;
use crate::services::effects as services;
use crate::words::services::JUSTICE;
use crate::world::World;
use crate::world::community::Community;
use toguna_units::whole_part;

/// How dry a place is, 0 to 1: how far its region's latest harvest fell short of a normal one, which
/// is what is left of the land that herds and fields share.
#[must_use]
pub fn dryness(world: &World, place: &Community) -> f64 {
    (1.0 - world.skies[usize::from(place.region)].harvest).clamp(0.0, 1.0)
}

/// Shares of a place's people who live from herds and from fields.
#[must_use]
pub fn livelihoods(world: &World, place: &Community) -> (f64, f64) {
    let (mut herding, mut farming) = (0.0, 0.0);
    for quarter in place.quarters() {
        let life = world.quarter(quarter);
        let constituency = world.constituency(life.constituency);
        herding += life.residents * constituency.herding;
        farming += life.residents * constituency.farming;
    }
    let people = place.residents.max(1.0);
    (herding / people, farming / people)
}

/// Expected disputes this week; the formula above.
#[must_use]
pub fn disputes_per_week(world: &World, place: &Community) -> f64 {
    let rules = &world.rules.disputes;
    let (herding, farming) = livelihoods(world, place);
    let justice = services::provided(place, JUSTICE);
    rules.disputes_per_week
        * (4.0 * herding * farming)
        * (1.0 + rules.drought * dryness(world, place))
        * (1.0 - justice)
}

/// Deaths of a lethal quarrel that no band takes up, at the quantile `size` counted from the largest:
/// P(X > k) = further^k, at most 20.
pub(super) fn deaths_among_neighbours(rules: &DisputeRules, size: f64) -> u32 {
    let further = rules.further_deaths.get();
    if further <= 0.0 {
        return 1;
    }
    let more = libm::log(size.max(f64::MIN_POSITIVE)) / libm::log(further.min(0.95));
    1 + whole_part(more.floor().clamp(0.0, 19.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarrel_that_kills_kills_one_and_seldom_more_and_never_more_than_twenty() {
        let rules = DisputeRules::default();
        let further = rules.further_deaths.get();
        assert_eq!(deaths_among_neighbours(&rules, 1.0), 1);
        assert_eq!(deaths_among_neighbours(&rules, libm::pow(further, 0.9)), 1);
        assert_eq!(deaths_among_neighbours(&rules, libm::pow(further, 3.5)), 4);
        assert_eq!(deaths_among_neighbours(&rules, 0.0), 20);
        let never = DisputeRules { further_deaths: toguna_units::Share::NONE, ..rules };
        assert_eq!(deaths_among_neighbours(&never, 1e-9), 1);
    }
}
