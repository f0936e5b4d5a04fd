//! The runs: every policy in every world, several times.

use super::members::Members;
use crate::arms::Arms;
use crate::common_past::RandomNumbers;
use crate::execution::Execution;
use crate::plan::Run;
use crate::replicate::{Interrupt, Stopped};
use crate::sweep::{Ended, RunOutcomes, attempt};
use std::path::PathBuf;
use toguna_scenario::checked::{CheckedScenario, read};
use toguna_scenario::prepared::PreparedScenario;
use toguna_scenario::problems::Problems;
use toguna_scenario::source::Files;

/// Policies over the members of an ensemble.
pub struct Worlds<F> {
    /// Where scenarios are read.
    pub files: F,
    /// Short names and files of the policies, in order.
    pub policies: Vec<(String, PathBuf)>,
    /// Set over every policy in every world.
    pub settings: Vec<String>,
    /// The worlds.
    pub members: Members,
    /// Random numbers after what the policies share.
    pub random_numbers: RandomNumbers,
}

impl<F: Files + Sync> Worlds<F> {
    /// A policy in a world.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn read(&self, policy: usize, world: usize) -> Result<CheckedScenario, Problems> {
        let own = self.members.points.settings_of(world);
        let settings: Vec<String> = self.settings.iter().cloned().chain(own).collect();
        read(&self.files, &self.policies[policy].1, &settings)
    }

    /// Makes runs, each of all policies, and hands them over in order: the outcomes of the first policy, then
    /// those of the next. The random numbers of a run are its own, and its policies share them.
    ///
    /// # Errors
    /// When interrupted, or with the first error of `take`.
    pub fn run<E: From<Stopped> + Send>(
        &self,
        runs: &[Run],
        seed: u64,
        execution: Execution<'_>,
        mut take: impl FnMut(Run, Ended) -> Result<(), E>,
    ) -> Result<(), E> {
        let work = |piece: usize| -> Result<Ended, E> {
            let ended = self.run_one(runs[piece], seed, execution.interrupt)?;
            (execution.progress)();
            Ok(ended)
        };
        execution.in_order(runs.len(), work, |piece, ended| take(runs[piece], ended))
    }

    fn run_one(&self, run: Run, seed: u64, interrupt: &Interrupt) -> Result<Ended, Stopped> {
        attempt(|| {
            let prepared = |(policy, (name, _)): (usize, &(String, PathBuf))| {
                let checked = self.read(policy, run.point as usize)?;
                Ok((name.clone(), PreparedScenario::new(checked)))
            };
            let arms: Result<Vec<_>, Problems> =
                self.policies.iter().enumerate().map(prepared).collect();
            let arms = match arms {
                Ok(arms) => Arms::new(arms, self.random_numbers),
                Err(problems) => return Ok(Ended::Failed(problems.in_one_line())),
            };
            let number = toguna_units::narrow(run.id);
            let endings = arms.run(seed, number, interrupt, &|| ())?;
            let end = endings.into_iter().flat_map(|ending| ending.end).collect();
            Ok(Ended::Well(RunOutcomes { end, weeks: Vec::new() }))
        })
    }
}
