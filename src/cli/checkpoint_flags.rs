//! Where a run's past comes from and where it is kept: `--save-at` and `--from`.

use super::failure::Failure;
use super::shared_flags::Shared;
use super::shipped::Shelves;
use super::standard_output;
use clap::{Args, ValueEnum};
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use toguna_experiment::checkpoint::{CheckpointError, Past};
use toguna_experiment::common_past::RandomNumbers;
use toguna_experiment::course::Course;
use toguna_model::words::calendar::Calendar;
use toguna_output::{Content, Inputs, could_write, write_whole};
use toguna_scenario::checked::read;
use toguna_scenario::prepared::PreparedScenario;
use toguna_scenario::source::shown;
use toguna_units::Date;

/// Flags about the past.
#[derive(Debug, Args)]
pub struct CheckpointFlags {
    /// Keep the world as it is at the start of the first week that begins on or after DATE, as a
    /// checkpoint in FILE
    #[arg(long, num_args = 2, value_names = ["DATE", "FILE"])]
    save_at: Option<Vec<OsString>>,
    /// Go on from a checkpoint: people, places and groups are its own; levers, rules, switches, the
    /// end and later entries of the timeline may be another scenario's
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// Whether draws after the checkpoint are those the past would have gone on with
    #[arg(long, value_enum, default_value_t = RandomNumbersFlag::Same, requires = "from")]
    random_numbers: RandomNumbersFlag,
}

/// [`RandomNumbers`] as a flag takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RandomNumbersFlag {
    /// The draws that the past would have gone on with, for all
    Same,
    /// Other draws for each; people keep their thresholds
    Fresh,
}

impl From<RandomNumbersFlag> for RandomNumbers {
    fn from(flag: RandomNumbersFlag) -> RandomNumbers {
        match flag {
            RandomNumbersFlag::Same => RandomNumbers::Same,
            RandomNumbersFlag::Fresh => RandomNumbers::Fresh,
        }
    }
}

/// What to run, and the files that it comes from and leaves.
pub struct PlannedRun {
    pub course: Course,
    /// SHA-256 of the checkpoint gone on from.
    past: Option<String>,
    /// Where a checkpoint is to be kept.
    save: Option<PathBuf>,
}

impl CheckpointFlags {
    /// # Errors
    /// Everything wrong with the scenario or the checkpoint, or when the flags do not go together.
    pub fn course(
        &self,
        scenario: Option<&Path>,
        settings: &[String],
        seed: u64,
        replicates: u32,
    ) -> Result<PlannedRun, Failure> {
        let mut past = None;
        let checked = match (&self.from, scenario) {
            (None, None) => return Err(Failure::Usage("a scenario is wanted".to_owned())),
            (None, Some(scenario)) => read(&Shelves, scenario, settings)?,
            (Some(file), scenario) => {
                let (known, sha256) = past_in(file)?;
                let checked = match scenario {
                    Some(scenario) => read(&Shelves, scenario, settings)?,
                    None => known.checked_with(settings)?,
                };
                known.check(&checked).map_err(|error| refusal(file, error))?;
                past = Some((Box::new(known), sha256));
                checked
            }
        };
        if past.is_some() && replicates > 1 && self.random_numbers == RandomNumbersFlag::Same {
            return Err(Failure::Usage(
                "the same past and the same random numbers give the same run each time; --random-numbers fresh gives \
                 each replicate a future of its own"
                    .to_owned(),
            ));
        }
        if self.save_at.is_some() && replicates > 1 {
            return Err(Failure::Usage(
                "--save-at keeps the world of one run; --replicates asks for more".to_owned(),
            ));
        }
        let (past, sha256): (Option<Box<Past>>, _) = past.unzip();
        let seed = past.as_ref().map_or(seed, |past| past.head.seed);
        let course = Course::new(PreparedScenario::new(checked), seed);
        let mut course = Course { past, random_numbers: self.random_numbers.into(), ..course };
        let (week, save) = self.saving(&course)?.unzip();
        course.save_before = week;
        Ok(PlannedRun { course, past: sha256, save })
    }

    /// The week before which a checkpoint is made, and its file.
    fn saving(&self, course: &Course) -> Result<Option<(u32, PathBuf)>, Failure> {
        let Some([date, file]) = self.save_at.as_deref() else { return Ok(None) };
        let date: Result<Date, String> = date.display().to_string().parse();
        let date = date.map_err(|why| Failure::Usage(format!("--save-at: {why}")))?;
        let bytes = file.as_encoded_bytes();
        if bytes.is_empty() || bytes.ends_with(b"/") {
            return Err(Failure::Usage(format!(
                "--save-at {date}: the checkpoint wants a file's name, such as {date}.toguna"
            )));
        }
        let time = &course.prepared.checked().scenario.time;
        let week = Calendar::new(time.start).week_of(date);
        let first = course.weeks_run();
        if date < time.start || week > course.prepared.weeks() || week < first {
            let from = time.start.plus_weeks(first);
            let to = time.start.plus_weeks(course.prepared.weeks());
            return Err(Failure::Usage(format!(
                "--save-at {date}: a world can be kept from {from} to {to}"
            )));
        }
        Ok(Some((week, PathBuf::from(file))))
    }
}

/// The checkpoint in a file, and the SHA-256 of the file.
fn past_in(file: &Path) -> Result<(Past, String), Failure> {
    let unreadable = |source| Failure::Unreadable { file: shown(file), source };
    if file.is_dir() {
        return Err(unreadable(io::Error::other("it is a folder, not a checkpoint")));
    }
    let bytes = std::fs::read(file).map_err(unreadable)?;
    let past = Past::read(&bytes).map_err(|error| refusal(file, error))?;
    Ok((past, Content::of("", &bytes).sha256))
}

fn refusal(file: &Path, error: CheckpointError) -> Failure {
    Failure::Checkpoint { file: shown(file), source: Box::new(error) }
}

impl PlannedRun {
    /// What the folder of results is called where nothing else is asked for.
    #[must_use]
    pub fn default_name(&self) -> String {
        let name = &self.course.prepared.checked().scenario.name;
        let past = self.course.past.as_ref();
        past.map_or_else(|| name.clone(), |past| format!("{name}-from-{}", past.head.date))
    }

    /// A past is an input, as a table is.
    pub fn note_in(&self, inputs: &mut Inputs) {
        let Some((past, sha256)) = self.course.past.as_ref().zip(self.past.as_ref()) else {
            return;
        };
        let name = format!("checkpoint {}", past.head.date);
        inputs.tables.push(Content { name, sha256: sha256.clone() });
        if self.course.random_numbers == RandomNumbers::Fresh {
            inputs.outputs.push("fresh random numbers".to_owned());
        }
    }

    /// Before anything is run: whether the checkpoint can be written where it is asked for. The world
    /// as it begins takes about as much room as it will take then.
    ///
    /// # Errors
    /// When a file is there already, or the place or the disk cannot take it.
    pub fn check_place(&self, force: bool) -> Result<(), Failure> {
        let Some(file) = &self.save else { return Ok(()) };
        Ok(could_write(file, || self.course.checkpoint_as_begun(), force)?)
    }

    /// The checkpoint of a run whose results stand already.
    ///
    /// # Errors
    /// When interrupted.
    pub fn checkpoint_to_keep(&self, shared: &Shared) -> Result<Option<Vec<u8>>, Failure> {
        Ok(self.course.checkpoint(shared.execution(&|| ()))?)
    }

    /// Writes a checkpoint to its file.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn keep(
        &self,
        checkpoint: Option<Vec<u8>>,
        force: bool,
        shared: &Shared,
    ) -> Result<(), Failure> {
        let Some((file, bytes)) = self.save.as_ref().zip(checkpoint) else { return Ok(()) };
        write_whole(file, &bytes, force)?;
        if !shared.quiet {
            let week = self.course.save_before.unwrap_or_default();
            let date = self.course.prepared.checked().scenario.time.start.plus_weeks(week);
            let (file, megabytes) = (shown(file), bytes.len() as f64 / 1e6);
            standard_output::tell(&format!(
                "the world of {date} is kept in {file} ({megabytes:.1} MB)"
            ));
        }
        Ok(())
    }
}
