//! Files of results, on disk or in memory, and what is read from each.

use crate::error::ReportError;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use toguna_output::{Manifest, OutputError, ReadBack, Row};
use toguna_picture::map::Town;
use toguna_scenario::checked::read;
use toguna_scenario::notes::{COARSE_WORLD, notes};
use toguna_scenario::problems::{Problem, Problems};
use toguna_scenario::source::{Disk, InMemory};

/// Where the files of results are.
pub(crate) enum Place<'p> {
    Folder(&'p Path),
    Memory(&'p BTreeMap<String, String>),
}

impl Place<'_> {
    pub(crate) fn path(&self, file: &str) -> PathBuf {
        match self {
            Place::Folder(folder) if file.is_empty() => folder.to_path_buf(),
            Place::Folder(folder) => folder.join(file),
            Place::Memory(_) => file.into(),
        }
    }

    /// A table; of its rows those that are wanted.
    pub(crate) fn table(
        &self,
        name: &str,
        wanted: impl Fn(Row<'_>) -> bool,
    ) -> Result<ReadBack, ReportError> {
        Ok(match self {
            Place::Folder(folder) => ReadBack::where_text(folder, name, wanted)?,
            Place::Memory(files) => {
                ReadBack::of_text(name, files.get(name).map_or("", String::as_str), wanted)?
            }
        })
    }

    pub(crate) fn scenario(&self, file: &str) -> Result<toml::Table, ReportError> {
        let path = self.path(file);
        let text = match self {
            Place::Folder(_) => std::fs::read_to_string(&path)
                .map_err(|source| OutputError::Read { path: path.clone(), source })?,
            Place::Memory(files) => files.get(file).cloned().unwrap_or_default(),
        };
        text.parse::<toml::Table>()
            .map_err(|error| ReportError::Wrong { path, what: error.message().to_owned() })
    }

    /// What is noted of a scenario among them, but for its scale, of which the page speaks itself.
    pub(crate) fn notes_on(&self, file: &str) -> Result<Vec<String>, ReportError> {
        let path = self.path(file);
        let checked = match self {
            Place::Folder(_) => read(&Disk, &path, &[]),
            Place::Memory(files) => {
                let with = |shelf: InMemory, (name, text): (&String, &String)| {
                    shelf.with(name, text.as_str())
                };
                read(&files.iter().fold(InMemory::default(), with), &path, &[])
            }
        };
        let wrong = |problems: Problems| ReportError::Wrong { path, what: problems.render(false) };
        let said = notes(&checked.map_err(wrong)?);
        let said = said.iter().map(Problem::in_one_line).collect::<Vec<_>>();
        let kept = said.iter().filter(|note| !note.ends_with(COARSE_WORLD));
        Ok(kept.map(|note| in_folder(note)).collect())
    }
}

/// A note with its file by the name in the folder: the page may be read elsewhere.
fn in_folder(note: &str) -> String {
    let Some((place, said)) = note.split_once(": ") else { return note.to_owned() };
    let name = Path::new(place).file_name();
    let place = name.map_or_else(|| place.to_owned(), |name| name.display().to_string());
    format!("{place}: {said}")
}

/// Each cercle at its town, or where it has none at its largest place, with all its people: from the table of
/// communities that the scenario was read with.
pub(crate) fn towns(place: &Place<'_>, manifest: &Manifest) -> Result<Vec<Town>, ReportError> {
    let table = manifest.files.iter().find(|file| file.name.ends_with("communities.input.csv"));
    let Some(table) = table else { return Ok(Default::default()) };
    let places = place.table(&table.name, |_| true)?;
    let mut towns: BTreeMap<String, (Town, (bool, f64))> = BTreeMap::new();
    for place in places.rows() {
        let number = |column: &str| place.number(column);
        let (Some(north), Some(east)) = (number("latitude"), number("longitude")) else { continue };
        let residents = number("residents").unwrap_or(0.0);
        let rank = (place.text("rank") != "village", residents);
        let name = place.text("cercle").to_owned();
        let (town, best) = towns
            .entry(name.clone())
            .or_insert_with(|| (Town { name, at: (east, north), people: 0.0 }, (false, -1.0)));
        town.people += residents;
        if rank > *best {
            (town.at, *best) = ((east, north), rank);
        }
    }
    Ok(towns.into_values().map(|(town, _)| town).collect())
}
