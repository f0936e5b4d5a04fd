//! Phase: what the public thinks, wants and does about the state, and who rules it.

use super::world::World;
use super::{coups, elections, legitimacy, opinion};

/// Institutions, legitimacy, opinion, protest, elections, coups, in this order; each reads what the
/// ones before it left.
pub fn govern(world: &mut World) {
    elections::build_capacity(world);
    legitimacy::shift(world);
    opinion::shift(world);
    opinion::protest(world);
    elections::vote(world);
    coups::conspire(world);
}
