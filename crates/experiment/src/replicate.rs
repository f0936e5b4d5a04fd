//! A world lived week by week until it is over or somebody interrupts.

use super::ending::Ending;
use super::execution::Execution;
use super::statistics::Moments;
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

/// The mean of one outcome, by its place in the list of outcomes, over so many runs.
///
/// # Errors
/// When interrupted.
pub fn pilot(
    blueprint: &Blueprint,
    seed: u64,
    runs: u32,
    outcome: usize,
    execution: Execution<'_>,
) -> Result<Moments, Interrupted> {
    let work = |run: usize| {
        let mut ending = Ending::default();
        let world = blueprint.world(seed, run as u64);
        live_weeks(world, blueprint.weeks(), execution.interrupt, &mut |world| {
            ending.observe(world);
            (execution.progress)();
        })?;
        Ok(ending.end[outcome])
    };
    let mut pilot = Moments::default();
    execution.in_order(runs as usize, work, |_, value| {
        pilot.push(value);
        Ok(())
    })?;
    Ok(pilot)
}
