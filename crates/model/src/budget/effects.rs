//! What the budget does to the other mechanisms.

use crate::world::World;
use crate::world::community::Community;

/// Effort that goes into operations: what is ordered, as far as it is paid for, and what grants buy, 0 to 1.
#[must_use]
pub fn military_effort(world: &World) -> f64 {
    let ordered = world.policy.military_pressure.get() * world.treasury.operations_funded;
    (ordered + world.treasury.pressure_bought).min(1.0)
}

/// Offer to fighters who leave: the state's, and what grants add, as a share of a full one, 0 to 1.
#[must_use]
pub fn reintegration_offer(world: &World) -> f64 {
    (world.policy.reintegration_offer.get() + world.treasury.offer_bought).min(1.0)
}

/// Part of what is spent on services in a place that goes to each group, by share of control.
#[must_use]
pub fn captured_by_groups(world: &World, place: &Community) -> f64 {
    if !world.mechanisms.service_capture {
        return 0.0;
    }
    world.rules.budget.captured.get() * place.control[1..].iter().sum::<f64>()
}

/// How much likelier groups are to attack the state and civilians here because aid flows where
/// nobody firmly holds the place, as a factor of 1 and more.
#[must_use]
pub fn draw_of_aid(world: &World, place: &Community) -> f64 {
    if !world.mechanisms.aid_draws_attacks || place.aid_reached <= 0.0 {
        return 1.0;
    }
    let reached = place.aid_reached / place.residents.max(1.0);
    let held: f64 = place.control.iter().map(|share| share * share).sum();
    1.0 + world.rules.budget.attacks_on_aid * reached.min(1.0) * (1.0 - held)
}
