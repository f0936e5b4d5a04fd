//! Whether there is war, how it has ended, and who holds the capital.
//!
//! There is war while 25 people or more have died within a year in battles of the state with groups: the
//! measure of the Uppsala Conflict Data Program. It is over once fewer have; then it is *settled* if an accord
//! was kept when the fighting stopped or in the year before, and else the state has *won*. It is *lost*, for good,
//! when one group at war with the state holds more than half of the capital.

use super::state::{End, YEAR};
use crate::words::geography::Rank;
use crate::words::ids::{GroupId, Side};
use crate::words::targets::Target;
use crate::world::World;
use crate::world::log::Event;
use toguna_units::narrow;

/// Deaths in battle of a year that are a war (Uppsala Conflict Data Program).
pub const DEATHS_OF_A_WAR: u32 = 25;

/// Share above which a side holds a place alone, and hostility above which two sides are at war.
const MOST: f64 = 0.5;

/// Deaths of this week in battles of the state with groups, by either.
#[must_use]
pub fn battle_deaths(world: &World) -> u32 {
    let of_state = |event: &&Event| match event.target {
        Target::Armed(target) => event.attacker == Side::STATE || target == Side::STATE,
        Target::Civilians => false,
    };
    world.log.events.iter().filter(of_state).map(Event::deaths).sum()
}

/// How the war has ended and since which week; none while it goes on, or if there was none.
#[must_use]
pub fn end(world: &World) -> Option<(End, u32)> {
    let war = &world.war;
    if let Some(week) = war.capital_lost {
        return Some((End::Lost, week));
    }
    let since = war.quiet_since?;
    let settled = war.accord_kept.is_some_and(|kept| kept + narrow::<_, u32>(YEAR) >= since);
    Some((if settled { End::Settled } else { End::Won }, since))
}

/// The group at war with the state that holds the capital, where one does.
#[must_use]
pub fn holder_of_the_capital(world: &World) -> Option<GroupId> {
    let capital = world.communities.iter().find(|place| place.rank == Rank::Capital)?;
    world.all_groups().find(|group| {
        let side = Side::of(*group);
        capital.control[side.index()] > MOST && world.hostility.between(Side::STATE, side) > MOST
    })
}
