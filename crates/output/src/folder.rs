//! A folder of results, whole or not there at all. Its files are written to a hidden folder beside
//! it, the manifest last, and the whole is renamed into place. Dropped before [`RunFolder::finish`],
//! by an error, a panic or an interruption, it leaves nothing.

use super::csv::{CsvFile, TableWriter};
use super::datapackage::{About, datapackage};
use super::error::OutputError;
use super::existing::{Existing, MANIFEST};
use super::hash::sha256_of;
use super::manifest::{Inputs, Manifest, WrittenFile};
use super::place::{Place, Temporary};
use serde::Serialize;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime, UNIX_EPOCH};
use toguna_experiment::table::{Described, Table};

/// What was found where results are to go.
pub enum Opening {
    /// Nothing that hinders: write, then [`RunFolder::finish`].
    New(Box<RunFolder>),
    /// The very results asked for, every file verified by its hash. There is nothing to do.
    Unchanged(Box<Manifest>),
}

/// A table of a folder, taking rows.
pub type TableFile<Row> = TableWriter<File, Row>;

/// A folder being written.
pub struct RunFolder {
    place: Place,
    inputs: Inputs,
    replace: bool,
    temporary: Temporary,
    opened: Vec<&'static str>,
    tables: Vec<(Described, WrittenFile)>,
    files: Vec<WrittenFile>,
    started: SystemTime,
    clock: Instant,
}

/// What the manifest tells beside the inputs; none of it enters the fingerprint.
pub struct Particulars {
    /// The commit the program was built from; see [`Manifest::commit`].
    pub commit: String,
    /// The command line.
    pub command: Vec<String>,
    /// How the seed of each draw follows from the master seed.
    pub seed_rule: String,
    /// Threads that made the runs.
    pub threads: usize,
    /// What the data package says of the folder.
    pub about: About,
}

impl RunFolder {
    /// Looks at what stands at `path` and prepares to write there what follows from `inputs`.
    /// With `force`, a folder of results is written anew even when it is whole and the same, since
    /// the program may have changed without its version; what toguna did not write is never touched.
    ///
    /// # Errors
    /// When `path` holds anything else than these results, whole; when another process is writing
    /// there; when it cannot be written to.
    pub fn open(path: &Path, inputs: Inputs, force: bool) -> Result<Opening, OutputError> {
        let place = Place::of(path)?;
        place.clear_leftovers()?;
        if force {
            Self::may_be_replaced(path)?;
        } else if let Some(manifest) = Self::look(path, &inputs)? {
            return Ok(Opening::Unchanged(manifest));
        }
        Ok(Opening::New(Box::new(RunFolder {
            temporary: place.temporary()?,
            place,
            inputs,
            replace: force,
            opened: Vec::new(),
            tables: Vec::new(),
            files: Vec::new(),
            started: SystemTime::now(),
            clock: Instant::now(),
        })))
    }

    /// Whether new results may take the place of whatever stands at `path`, before anything is run or
    /// thrown away for them.
    ///
    /// # Errors
    /// When it is not all toguna's.
    pub fn may_be_replaced(path: &Path) -> Result<(), OutputError> {
        match Place::of(path)?.examine()? {
            Existing::Nothing | Existing::EmptyFolder => Ok(()),
            Existing::Foreign { why } => Err(OutputError::Foreign { path: path.into(), why }),
            Existing::Ours(found) => found.holds_only_ours(),
        }
    }

    /// The manifest of the very results that follow from `inputs`, verified, if they stand at `path`.
    /// Makes and clears nothing, so that many processes may look at once.
    ///
    /// # Errors
    /// When `path` holds anything else.
    pub fn look(path: &Path, inputs: &Inputs) -> Result<Option<Box<Manifest>>, OutputError> {
        match Place::of(path)?.examine()? {
            Existing::Nothing | Existing::EmptyFolder => Ok(None),
            Existing::Foreign { why } => Err(OutputError::Foreign { path: path.into(), why }),
            Existing::Ours(found) => found.whole_results_of(inputs).map(Some),
        }
    }

    /// The manifest of whatever results stand at `path`, every file verified by its hash.
    ///
    /// # Errors
    /// When there are none, or they are not whole, or not of this version.
    pub fn results_at(path: &Path) -> Result<Box<Manifest>, OutputError> {
        let none = |why: &str| OutputError::NoResults { path: path.into(), why: why.to_owned() };
        match Place::of(path)?.examine()? {
            Existing::Nothing => Err(none("there is no such folder")),
            Existing::EmptyFolder => Err(none("it is empty")),
            Existing::Foreign { why } => Err(none(&format!("it holds {why}"))),
            Existing::Ours(found) => found.whole_results(),
        }
    }

    /// How many replicates stand at `path`, every file verified, when all there is what follows from
    /// `inputs` but for having fewer of them.
    ///
    /// # Errors
    /// When they are damaged, or the place cannot be looked into.
    pub fn fewer_replicates(path: &Path, inputs: &Inputs) -> Result<Option<u32>, OutputError> {
        let Existing::Ours(found) = Place::of(path)?.examine()? else { return Ok(None) };
        let there = found.replicates().filter(|there| *there < inputs.replicates);
        let Some(there) = there else { return Ok(None) };
        match found.whole_results_of(&Inputs { replicates: there, ..inputs.clone() }) {
            Ok(_) => Ok(Some(there)),
            Err(OutputError::Different { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Opens a table; append rows to it, several tables at once if need be, then [`Self::keep`] it.
    ///
    /// # Errors
    /// When the disk refuses.
    ///
    /// # Panics
    /// When the same table is opened twice.
    pub fn table<Row>(&mut self, table: &Table<Row>) -> Result<TableFile<Row>, OutputError> {
        let file = self.create(table.name)?;
        Ok(TableWriter::new(table, file, self.shown(table.name)))
    }

    /// The same for rows that come as text.
    ///
    /// # Errors
    /// When the disk refuses.
    ///
    /// # Panics
    /// When the same table is opened twice.
    pub fn lines(&mut self, table: Described) -> Result<CsvFile<File>, OutputError> {
        let (file, shown) = (self.create(table.name)?, self.shown(table.name));
        Ok(CsvFile::new(table, file, shown))
    }

    fn create(&mut self, name: &'static str) -> Result<File, OutputError> {
        assert!(!self.opened.contains(&name), "{name} is opened twice");
        self.opened.push(name);
        self.told(name, File::create(self.temporary.path().join(name)))
    }

    /// Writes a whole table and lists it in the manifest.
    ///
    /// # Errors
    /// When the disk refuses, or a value is not of its column's kind.
    pub fn whole_table<'row, Row>(
        &mut self,
        table: &Table<Row>,
        rows: impl IntoIterator<Item = &'row Row>,
    ) -> Result<(), OutputError> {
        let mut file = self.table(table)?;
        file.append_all(rows)?;
        self.keep(file)
    }

    /// Closes a table and lists it in the manifest.
    ///
    /// # Errors
    /// When the disk refuses what was still in memory.
    pub fn keep(&mut self, table: impl Into<CsvFile<File>>) -> Result<(), OutputError> {
        self.keep_file(table.into())
    }

    fn keep_file(&mut self, table: CsvFile<File>) -> Result<(), OutputError> {
        let described = table.described().clone();
        let (file, record) = table.finish()?;
        self.told(described.name, file.sync_all())?;
        self.tables.push((described, record.clone()));
        self.files.push(record);
        Ok(())
    }

    /// Writes a file that is not a table, such as `scenario.resolved.toml`, and lists it.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn text(&mut self, name: &str, text: &str) -> Result<(), OutputError> {
        self.write(name, text)?;
        let (sha256, bytes) = (sha256_of(text.as_bytes()), text.len() as u64);
        self.files.push(WrittenFile { name: name.into(), sha256, bytes, rows: None });
        Ok(())
    }

    /// Writes the data package and, last, the manifest; then puts the folder in its place.
    ///
    /// # Errors
    /// When the disk refuses, a table was never kept, or someone else has put something in its place
    /// meanwhile. Nothing of this run is left then, and a folder to be replaced is as it was.
    pub fn finish(mut self, particulars: Particulars) -> Result<Manifest, OutputError> {
        let kept = |name: &&str| self.tables.iter().any(|(table, _)| table.name == *name);
        if let Some(name) = self.opened.iter().find(|name| !kept(name)) {
            return Err(OutputError::NeverKept { path: self.shown(name) });
        }
        let package = datapackage(&particulars.about, &self.tables);
        self.text("datapackage.json", &pretty(&package))?;

        let elapsed = self.clock.elapsed();
        let manifest = Manifest {
            fingerprint: self.inputs.fingerprint(),
            inputs: self.inputs.clone(),
            commit: particulars.commit,
            command: particulars.command,
            seed_rule: particulars.seed_rule,
            files: std::mem::take(&mut self.files),
            started: universal_time(self.started),
            finished: universal_time(self.started + elapsed),
            seconds: elapsed.as_millis() as f64 / 1000.0,
            threads: particulars.threads,
        };
        self.write(MANIFEST, &pretty(&manifest))?;
        self.place.take(self.temporary, self.replace)?;
        Ok(manifest)
    }

    fn write(&self, name: &str, text: &str) -> Result<(), OutputError> {
        let written = File::create(self.temporary.path().join(name)).and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            // Before the rename: a power cut must not leave a whole folder of empty files.
            file.sync_all()
        });
        self.told(name, written)
    }

    /// Names the file as the user will know it, not by its temporary folder.
    fn told<T>(&self, name: &str, result: io::Result<T>) -> Result<T, OutputError> {
        result.map_err(|source| OutputError::Write { path: self.shown(name), source })
    }

    fn shown(&self, name: &str) -> PathBuf {
        self.place.path.join(name)
    }
}

fn pretty(value: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(value);
    text.expect("text, numbers and lists are always valid JSON") + "\n"
}

/// To the second, as `2026-01-31T12:00:00Z`.
fn universal_time(time: SystemTime) -> String {
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let time = i64::try_from(seconds).ok().and_then(|it| jiff::Timestamp::from_second(it).ok());
    time.map_or_else(|| "unknown".into(), |time| time.to_string())
}

#[cfg(test)]
#[path = "folder_tests.rs"]
mod tests;
