//! One scenario under many seeds: runs in parallel, results in order.

use super::record::{RunRecord, Wanted};
use std::sync::atomic::{AtomicBool, Ordering};
use toguna_model::world::World;
use toguna_scenario::blueprint::Blueprint;

/// Said once and heard by all: work stops at the end of the week.
#[derive(Debug, Default)]
pub struct Interrupt(AtomicBool);

impl Interrupt {
    #[must_use]
    pub const fn new() -> Self {
        Interrupt(AtomicBool::new(false))
    }

    pub fn say(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    #[must_use]
    pub fn is_said(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// The work stopped because it was told to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("interrupted")]
pub struct Interrupted;

/// Lives one run from its first week to its last. `after_week` is told each week's end.
///
/// # Errors
/// When `interrupt` is said.
pub fn live(
    blueprint: &Blueprint,
    mut record: RunRecord,
    wanted: Wanted,
    interrupt: &Interrupt,
    after_week: &dyn Fn(),
) -> Result<RunRecord, Interrupted> {
    let world = blueprint.world(record.seed, u64::from(record.replicate));
    let mut take_down = |world: &World| {
        record.observe(world, wanted);
        after_week();
    };
    live_weeks(world, blueprint.weeks(), interrupt, &mut take_down)?;
    Ok(record)
}

/// Lives some weeks of a world and gives it back as it then is. `after_week` sees it at the end of
/// each.
///
/// # Errors
/// When `interrupt` is said.
pub fn live_weeks(
    mut world: World,
    weeks: u32,
    interrupt: &Interrupt,
    after_week: &mut dyn FnMut(&World),
) -> Result<World, Interrupted> {
    for _ in 0..weeks {
        if interrupt.is_said() {
            return Err(Interrupted);
        }
        world.advance();
        after_week(&world);
    }
    Ok(world)
}
