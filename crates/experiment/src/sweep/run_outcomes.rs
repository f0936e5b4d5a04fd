//! What a sweep keeps of one run.

use crate::record::add_week;
use crate::replicate::Stopped;
use std::panic::{AssertUnwindSafe, catch_unwind};
use toguna_model::outcomes::OUTCOMES;
use toguna_model::world::World;

/// How one run went.
#[derive(Clone, Debug, PartialEq)]
pub struct RunOutcomes {
    /// One number per outcome: totals of counts, last values of stocks; then one per fact asked for, not
    /// a number where the run does not show it.
    pub end: Vec<f64>,
    /// By week: the outcomes that the design keeps week by week; empty when it keeps none.
    pub weeks: Vec<Vec<f64>>,
}

impl Default for RunOutcomes {
    fn default() -> Self {
        RunOutcomes { end: vec![0.0; OUTCOMES.len()], weeks: Vec::new() }
    }
}

impl RunOutcomes {
    /// Takes down the week that a world has just run; `weekly` are numbers of outcomes.
    pub fn observe(&mut self, world: &World, weekly: &[usize]) {
        add_week(&mut self.end, world);
        if !weekly.is_empty() {
            let week = &world.observed.week;
            self.weeks.push(weekly.iter().map(|outcome| week[*outcome]).collect());
        }
    }
}

/// How a run ended, or why it did not.
#[derive(Clone, Debug, PartialEq)]
pub enum Ended {
    /// It reached its last week.
    Well(RunOutcomes),
    /// It did not, for this reason.
    Failed(String),
}

/// Does the work; a panic or an outcome that means nothing is a failure with its message as cause.
///
/// # Errors
/// When the work was interrupted.
pub fn attempt(work: impl FnOnce() -> Result<Ended, Stopped>) -> Result<Ended, Stopped> {
    // The world that panicked is dropped whole; nothing half-changed outlives it.
    let done = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| {
        let said = payload.downcast_ref::<String>().map(String::as_str);
        let said = said.or_else(|| payload.downcast_ref::<&str>().copied());
        Ok(Ended::Failed(format!("the run panicked: {}", said.unwrap_or("without a message"))))
    });
    match done {
        Err(Stopped::Broken(found)) => Ok(Ended::Failed(found.to_string())),
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_panics_has_failed_with_what_it_said() {
        let ended = attempt(|| panic!("a hazard of {}", -1)).unwrap();
        assert_eq!(ended, Ended::Failed("the run panicked: a hazard of -1".to_owned()));
        assert_eq!(attempt(|| Err(Stopped::Interrupted)), Err(Stopped::Interrupted));
    }
}
