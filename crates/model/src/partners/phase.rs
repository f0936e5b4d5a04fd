//! Soldiers of partners come and go.

use super::state::Partner;
use crate::world::World;

/// Phase: soldiers of partners come and go.
pub fn arrive(world: &mut World) {
    let wanted = wanted(world);
    let rate = world.rules.partners.movement_per_week.get();
    let patience = world.rules.partners.patience.0;
    for (partner, wanted) in world.partners.iter_mut().zip(wanted) {
        partner.withdrawn |= partner.unpaid_weeks > patience;
        for (present, wanted) in partner.present.iter_mut().zip(wanted) {
            let gap = wanted - *present;
            // Whole soldiers, so that a force can be recounted.
            *present += gap.signum() * (gap.abs() * rate).ceil().min(gap.abs());
        }
    }
}

/// Partners that are in the country before the first week are there in full.
pub fn begin(world: &mut World) {
    let wanted = wanted(world);
    for (partner, wanted) in world.partners.iter_mut().zip(wanted) {
        partner.present = wanted;
    }
}

/// Soldiers of each partner that should be in each zone this week.
fn wanted(world: &World) -> Vec<[f64; 3]> {
    let week = world.calendar.week;
    let of = |partner: &Partner| {
        let there = week >= partner.arrives && partner.leaves.is_none_or(|leaves| week < leaves);
        if !world.mechanisms.partners || !there || partner.withdrawn {
            return [0.0; 3];
        }
        let presence = world.policy.partner_presence.get(&partner.name);
        let presence = presence.map_or(1.0, |share| share.get());
        partner.zones.map(|share| (partner.strength * presence * share).round())
    };
    world.partners.iter().map(of).collect()
}
