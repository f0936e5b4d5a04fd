//! A scenario that has passed every check, ready to be run under any seed.

use crate::World;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use toguna_scenario::checked::{CheckedScenario, read};
use toguna_scenario::prepared::PreparedScenario;
use toguna_scenario::problems::Problems;
use toguna_scenario::source::{Disk, Files};
use toguna_units::Date;

/// A scenario with its tables, read and checked. Cheap to clone.
#[derive(Clone)]
pub struct Scenario {
    files: Arc<dyn Files + Send + Sync>,
    path: PathBuf,
    settings: Vec<String>,
    pub(crate) prepared: Arc<PreparedScenario>,
}

impl Scenario {
    /// Reads a scenario file (TOML), whatever it extends, and its tables from disk.
    ///
    /// # Errors
    /// Everything that is wrong with them, each with its file and line.
    pub fn load(path: impl AsRef<Path>) -> Result<Scenario, Problems> {
        Scenario::open(Disk, path)
    }

    /// The same from wherever `files` are kept, such as in memory
    /// ([`InMemory`](toguna_scenario::source::InMemory)).
    ///
    /// # Errors
    /// Everything that is wrong with them, each with its file and line.
    pub fn open(
        files: impl Files + Send + Sync + 'static,
        path: impl AsRef<Path>,
    ) -> Result<Scenario, Problems> {
        Scenario::open_with(files, path, Vec::new())
    }

    /// The same with values set over it, as [`Scenario::set`] takes them, at the price of one reading.
    ///
    /// # Errors
    /// Everything wrong with the files and the values.
    pub fn open_with(
        files: impl Files + Send + Sync + 'static,
        path: impl AsRef<Path>,
        settings: Vec<String>,
    ) -> Result<Scenario, Problems> {
        Scenario::read(Arc::new(files), path.as_ref().to_owned(), settings)
    }

    /// This scenario with one value set over it, as `--set` takes it: `policy.restraint=0.9`. The name is
    /// that of the parameter (docs/parameters.md), the value is TOML.
    ///
    /// # Errors
    /// When there is no such parameter, or when it does not take this value.
    pub fn set(&self, setting: &str) -> Result<Scenario, Problems> {
        let mut settings = self.settings.clone();
        settings.push(setting.to_owned());
        Scenario::read(self.files.clone(), self.path.clone(), settings)
    }

    /// The world in which this scenario begins, before its first week. Worlds of the same seed and
    /// replicate have the same people and the same random numbers, whatever else differs: two scenarios are
    /// best compared seed by seed.
    #[must_use]
    pub fn world(&self, seed: u64, replicate: u32) -> World {
        World::new(self.clone(), self.prepared.world(seed, u64::from(replicate)))
    }

    /// The short name that the scenario gives itself.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.prepared.checked().scenario.name
    }

    /// What the file and its tables say, read and checked.
    #[must_use]
    pub fn checked(&self) -> &CheckedScenario {
        self.prepared.checked()
    }

    /// First day of the first week.
    #[must_use]
    pub fn start(&self) -> Date {
        self.prepared.checked().scenario.time.start
    }

    /// How many weeks it lasts.
    #[must_use]
    pub fn weeks(&self) -> u32 {
        self.prepared.weeks()
    }

    /// The files of a folder from which the command line runs this very scenario: name and text of the
    /// scenario file, with every default and setting in it, and of each table it names.
    #[must_use]
    pub fn files(&self) -> Vec<(String, String)> {
        let checked = self.prepared.checked();
        let scenario = (format!("{}.toml", self.name()), checked.resolved_beside_tables());
        let tables = checked.tables.texts().into_iter().filter(|(_, text)| !text.is_empty());
        let tables = tables.map(|(key, text)| (format!("{key}.input.csv"), text.to_owned()));
        std::iter::once(scenario).chain(tables).collect()
    }

    pub(crate) fn read(
        files: Arc<dyn Files + Send + Sync>,
        path: PathBuf,
        settings: Vec<String>,
    ) -> Result<Scenario, Problems> {
        let prepared = Arc::new(PreparedScenario::new(read(&*files, &path, &settings)?));
        Ok(Scenario { files, path, settings, prepared })
    }
}
