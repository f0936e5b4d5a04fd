//! How many runs are made: on how many threads, stopped by whom, and who is told how far they are.

use super::in_order::in_order;
use std::sync::atomic::{AtomicBool, Ordering};

/// Said once and heard by all: work stops at the end of the week.
#[derive(Debug, Default)]
pub struct Interrupt(AtomicBool);

impl Interrupt {
    /// Not said yet.
    #[must_use]
    pub const fn new() -> Self {
        Interrupt(AtomicBool::new(false))
    }

    /// Asks all work to stop.
    pub fn say(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Whether work is to stop.
    #[must_use]
    pub fn is_said(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// What every experiment of many runs is given beside what it is to run.
#[derive(Clone, Copy)]
pub struct Execution<'e> {
    /// Threads to use, at least 1.
    pub threads: usize,
    /// By which the work can be stopped.
    pub interrupt: &'e Interrupt,
    /// Told of every step that is done: of a week, or in a sweep of a run.
    pub progress: &'e (dyn Fn() + Sync),
}

impl Execution<'_> {
    /// Does pieces `0..count`; hands over results in order.
    ///
    /// # Errors
    /// With the first error of `work` or `take`, in order.
    pub fn in_order<T: Send, E: Send>(
        &self,
        count: usize,
        work: impl Fn(usize) -> Result<T, E> + Sync,
        take: impl FnMut(usize, T) -> Result<(), E>,
    ) -> Result<(), E> {
        in_order(count, self.threads, work, take)
    }
}
