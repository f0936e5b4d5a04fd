//! A world run week by week until it is over or somebody interrupts.

use super::ending::Ending;
use super::execution::Execution;
pub use super::execution::Interrupt;
use super::statistics::Moments;
use toguna_model::outcomes::{BrokenOutcome, OUTCOMES};
use toguna_model::world::World;
use toguna_scenario::prepared::PreparedScenario;

/// The largest master seed: 2⁵³ − 1. Readers of tables that take all numbers for floating-point ones hold
/// each up to here and no other for it.
pub const MOST_SEED: u64 = (1 << 53) - 1;

/// Why a run did not reach its last week.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stopped {
    /// It was told to.
    #[error("interrupted")]
    Interrupted,
    /// Nothing after that week would mean anything.
    #[error(transparent)]
    Broken(#[from] BrokenOutcome),
}

/// Lives some weeks of a world and gives it back as it then is. `after_week` sees it at the end of
/// each.
///
/// # Errors
/// When `interrupt` is said, or an outcome means nothing.
pub fn run_weeks(
    mut world: World,
    weeks: u32,
    interrupt: &Interrupt,
    after_week: &mut dyn FnMut(&World),
) -> Result<World, Stopped> {
    for _ in 0..weeks {
        if interrupt.is_said() {
            return Err(Stopped::Interrupted);
        }
        world.advance();
        toguna_model::outcomes::check(&world)?;
        after_week(&world);
    }
    Ok(world)
}

/// Each outcome over so many runs.
///
/// # Errors
/// When interrupted.
pub fn pilot(
    prepared: &PreparedScenario,
    seed: u64,
    runs: u32,
    execution: Execution<'_>,
) -> Result<Vec<Moments>, Stopped> {
    let work = |run: usize| {
        let mut ending = Ending::default();
        let world = prepared.world(seed, run as u64);
        run_weeks(world, prepared.weeks(), execution.interrupt, &mut |world| {
            ending.observe(world);
            (execution.progress)();
        })?;
        Ok::<Vec<f64>, Stopped>(ending.end)
    };
    let mut pilots = vec![Moments::default(); OUTCOMES.len()];
    execution.in_order(runs as usize, work, |_, ends| {
        pilots.iter_mut().zip(ends).for_each(|(pilot, end)| pilot.push(end));
        Ok(())
    })?;
    Ok(pilots)
}
