//! One scenario under many seeds, from its start or from a checkpoint on.

use super::checkpoint::{Past, written};
use super::common_past::RandomNumbers;
use super::execution::Execution;
use super::logs::Wanted;
use super::record::RunRecord;
use super::replicate::{Stopped, run_weeks};
use toguna_model::world::World;
use toguna_scenario::prepared::PreparedScenario;
use toguna_units::narrow;

/// What to run: from where, under what, and what to keep on the way.
pub struct Course {
    /// The scenario, checked.
    pub prepared: PreparedScenario,
    /// Seed of all runs, at most [`super::replicate::MOST_SEED`].
    pub seed: u64,
    /// The checkpoint to go on from; none to begin at the start.
    pub past: Option<Box<Past>>,
    /// Random numbers after the past.
    pub random_numbers: RandomNumbers,
    /// The week before which a checkpoint is made.
    pub save_before: Option<u32>,
    /// Which logs are kept.
    pub wanted: Wanted,
}

impl Course {
    /// A scenario from its start, without checkpoints and further logs.
    #[must_use]
    pub fn new(prepared: PreparedScenario, seed: u64) -> Self {
        Course {
            prepared,
            seed,
            past: None,
            random_numbers: RandomNumbers::Same,
            save_before: None,
            wanted: Wanted::default(),
        }
    }

    /// Weeks that the past has run.
    #[must_use]
    pub fn weeks_run(&self) -> u32 {
        self.past.as_ref().map_or(0, |past| past.head.week)
    }

    /// Weeks that each run still has to run.
    #[must_use]
    pub fn weeks_left(&self) -> u32 {
        self.prepared.weeks() - self.weeks_run()
    }

    fn begin(&self, run: u32) -> (World, RunRecord) {
        let (world, mut record) = match &self.past {
            None => {
                let world = self.prepared.world(self.seed, u64::from(run));
                (world, RunRecord::new(run, run, self.seed))
            }
            Some(past) => {
                let (mut world, mut record) = past.wake(&self.prepared, run);
                if self.random_numbers == RandomNumbers::Fresh {
                    world.draw_afresh(run);
                    record.replicate = run;
                }
                (world, record)
            }
        };
        record.scenario.clone_from(&self.prepared.checked().scenario.name);
        record.wanted = self.wanted;
        (world, record)
    }

    /// Makes so many runs and hands them over in order, each with its checkpoint where one is kept.
    ///
    /// # Errors
    /// When interrupted, or with the first error of `take`.
    pub fn run<E: From<Stopped> + Send>(
        &self,
        replicates: u32,
        execution: Execution<'_>,
        mut take: impl FnMut(RunRecord, Option<Vec<u8>>) -> Result<(), E>,
    ) -> Result<(), E> {
        let work = |run: usize| -> Result<_, E> { Ok(self.one_run(narrow(run), execution)?) };
        execution.in_order(replicates as usize, work, |_, (record, saved)| take(record, saved))
    }

    fn one_run(
        &self,
        run: u32,
        execution: Execution<'_>,
    ) -> Result<(RunRecord, Option<Vec<u8>>), Stopped> {
        let (mut world, mut record) = self.begin(run);
        let mut checkpoint = None;
        if self.save_before.is_some() {
            world = self.until_saved(world, &mut record, execution)?;
            checkpoint = Some(written(&world, &record, self.prepared.checked()));
        }
        let left = self.prepared.weeks() - world.calendar.week;
        world = observed(world, left, &mut record, execution)?;
        record.close(&world);
        Ok((record, checkpoint))
    }

    /// The checkpoint alone, of the first run; none where none is to be kept.
    ///
    /// # Errors
    /// When interrupted.
    pub fn checkpoint(&self, execution: Execution<'_>) -> Result<Option<Vec<u8>>, Stopped> {
        if self.save_before.is_none() {
            return Ok(None);
        }
        let (world, mut record) = self.begin(0);
        let world = self.until_saved(world, &mut record, execution)?;
        Ok(Some(written(&world, &record, self.prepared.checked())))
    }

    /// A checkpoint of the first run as it begins: about as large as any later one.
    #[must_use]
    pub fn checkpoint_as_begun(&self) -> Vec<u8> {
        let (world, record) = self.begin(0);
        written(&world, &record, self.prepared.checked())
    }

    fn until_saved(
        &self,
        world: World,
        record: &mut RunRecord,
        execution: Execution<'_>,
    ) -> Result<World, Stopped> {
        let weeks = self.save_before.map_or(0, |week| week - self.weeks_run());
        observed(world, weeks, record, execution)
    }
}

fn observed(
    world: World,
    weeks: u32,
    record: &mut RunRecord,
    execution: Execution<'_>,
) -> Result<World, Stopped> {
    run_weeks(world, weeks, execution.interrupt, &mut |world| {
        record.observe(world);
        (execution.progress)();
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::replicate::Interrupt;
    use std::path::Path;
    use std::sync::atomic::{AtomicU32, Ordering};
    use toguna_scenario::checked::read;
    use toguna_scenario::source::Disk;

    fn course() -> Course {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/lessons/valley.toml");
        let settings = ["people.people_per_agent=20", "time.end=\"2020-03-31\""].map(str::to_owned);
        let course = Course::new(PreparedScenario::new(read(&Disk, &path, &settings).unwrap()), 3);
        Course { wanted: Wanted::EVERYTHING, ..course }
    }

    fn made(course: &Course, threads: usize, interrupt: &Interrupt) -> (Vec<RunRecord>, u32, bool) {
        let (weeks, mut records) = (AtomicU32::new(0), Vec::new());
        let progress = || {
            weeks.fetch_add(1, Ordering::SeqCst);
        };
        let execution = Execution { threads, interrupt, progress: &progress };
        let done = course.run(3, execution, |record, _| {
            records.push(record);
            Ok::<(), Stopped>(())
        });
        (records, weeks.into_inner(), done.is_ok())
    }

    #[test]
    fn runs_are_the_same_in_order_on_any_threads_and_every_week_is_told() {
        let course = course();
        let (records, weeks, done) = made(&course, 1, &Interrupt::new());
        assert!(done && weeks == 3 * course.weeks_left());
        assert_eq!(records.iter().map(|record| record.run).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(made(&course, 2, &Interrupt::new()).0, records);
    }

    #[test]
    fn whoever_interrupts_ends_the_work() {
        let interrupt = Interrupt::new();
        interrupt.say();
        assert_eq!(made(&course(), 2, &interrupt), (Vec::new(), 0, false));
    }
}
