//! What already stands where results are to go, and whether it is whole.

use super::error::{OutputError, in_line};
use super::hash::Hashing;
use super::manifest::{Inputs, Manifest, WrittenFile};
use serde::Deserialize;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

pub(super) const MANIFEST: &str = "manifest.json";

/// What other commands put into a folder of results and can make again from it at any time.
const MADE_AGAIN: [&str; 1] = ["report.html"];

pub(super) enum Existing {
    Nothing,
    EmptyFolder,
    /// A folder with something in it that is not ours.
    Foreign {
        why: String,
    },
    Ours(Found),
}

/// A folder that holds a manifest of this program, of whatever version.
pub(super) struct Found {
    path: PathBuf,
    marker: Marker,
    /// The whole manifest, or why this version cannot read all of it.
    manifest: Result<Box<Manifest>, String>,
}

/// The part of a manifest by which any version knows it as ours.
#[derive(Deserialize)]
struct Marker {
    inputs: MarkedInputs,
    files: Vec<MarkedFile>,
}

#[derive(Deserialize)]
struct MarkedInputs {
    toguna: String,
    #[serde(default)]
    results_version: u32,
}

#[derive(Deserialize)]
struct MarkedFile {
    name: String,
}

/// # Errors
/// When `path` is something other than a folder, or cannot be looked into.
pub(super) fn examine(path: &Path) -> Result<Existing, OutputError> {
    let not_a_folder = |why| OutputError::NotAFolder { path: path.into(), why };
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => {}
        Ok(_) => return Err(not_a_folder("it is a file")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return match fs::symlink_metadata(path) {
                Ok(_) => Err(not_a_folder("it is a link that leads nowhere")),
                Err(_) => Ok(Existing::Nothing),
            };
        }
        Err(source) => return Err(OutputError::Read { path: path.into(), source }),
    }
    let names = names_in(path)?;
    let Some(first) = names.first() else { return Ok(Existing::EmptyFolder) };
    if !names.iter().any(|name| name == MANIFEST) {
        return Ok(Existing::Foreign { why: format!("{}, but no {MANIFEST}", first.display()) });
    }
    let manifest = path.join(MANIFEST);
    let text =
        fs::read(&manifest).map_err(|source| OutputError::Read { path: manifest, source })?;
    Ok(match serde_json::from_slice(&text) {
        Ok(marker) => Existing::Ours(Found {
            path: path.into(),
            marker,
            manifest: serde_json::from_slice(&text).map_err(|error| in_line(MANIFEST, &error)),
        }),
        Err(error) => {
            let what = in_line(MANIFEST, &error);
            Existing::Foreign { why: format!("a manifest that is damaged or not toguna's: {what}") }
        }
    })
}

/// Sorted, so that messages do not depend on the disk.
fn names_in(path: &Path) -> Result<Vec<OsString>, OutputError> {
    let listed = || -> io::Result<Vec<OsString>> {
        fs::read_dir(path)?.map(|entry| Ok(entry?.file_name())).collect()
    };
    let mut names = listed().map_err(|source| OutputError::Read { path: path.into(), source })?;
    names.sort_unstable();
    Ok(names)
}

impl Found {
    /// Refuses a folder in which someone else has put a file, since replacing would delete it.
    pub(super) fn holds_only_ours(&self) -> Result<(), OutputError> {
        let ours = |name: &OsStr| {
            name == MANIFEST
                || MADE_AGAIN.iter().any(|made| name == *made)
                || self.marker.files.iter().any(|file| name == file.name.as_str())
        };
        match names_in(&self.path)?.into_iter().find(|name| !ours(name)) {
            None => Ok(()),
            Some(name) => Err(OutputError::Foreign {
                path: self.path.clone(),
                why: format!("{} is not among the files its {MANIFEST} lists", name.display()),
            }),
        }
    }

    /// The manifest of whole results of this very version, whatever they are of.
    pub(super) fn whole_results(self) -> Result<Box<Manifest>, OutputError> {
        self.of_this_version()?;
        let path = self.path;
        let damage = |damage| OutputError::NotWhole { path: path.clone(), damage };
        let manifest = self.manifest.map_err(|why| damage(vec![why]))?;
        let found = damage_to(&path, &manifest)?;
        if found.is_empty() { Ok(manifest) } else { Err(damage(found)) }
    }

    fn of_this_version(&self) -> Result<(), OutputError> {
        let marked = &self.marker.inputs;
        let there = (marked.toguna.clone(), marked.results_version);
        let here = (env!("CARGO_PKG_VERSION").to_owned(), toguna_model::RESULTS_VERSION);
        if there == here {
            return Ok(());
        }
        Err(OutputError::OtherVersion { path: self.path.clone(), there: there.0, here: here.0 })
    }

    pub(super) fn replicates(&self) -> Option<u32> {
        self.manifest.as_ref().ok().map(|manifest| manifest.inputs.replicates)
    }

    /// The manifest, when the folder holds the very results asked for, whole.
    pub(super) fn whole_results_of(self, asked: &Inputs) -> Result<Box<Manifest>, OutputError> {
        let of_this_version = self.of_this_version().is_ok();
        let path = self.path;
        let manifest = match self.manifest {
            Ok(manifest) => manifest,
            Err(why) if of_this_version => {
                return Err(OutputError::Damaged { path, damage: vec![why] });
            }
            Err(_) => {
                let version = self.marker.inputs.toguna;
                let differences = vec![format!("written by toguna {version}, in another form")];
                return Err(OutputError::Different { path, differences });
            }
        };
        let differences = manifest.inputs.differences(asked);
        if !differences.is_empty() {
            return Err(OutputError::Different { path, differences });
        }
        let damage = damage_to(&path, &manifest)?;
        if damage.is_empty() { Ok(manifest) } else { Err(OutputError::Damaged { path, damage }) }
    }
}

/// What is no longer as the manifest says, a line each. Reads every file whole.
fn damage_to(folder: &Path, manifest: &Manifest) -> Result<Vec<String>, OutputError> {
    let mut damage = Vec::new();
    if manifest.fingerprint != manifest.inputs.fingerprint() {
        damage.push(format!("{MANIFEST}: its fingerprint is not that of its inputs"));
    }
    for file in &manifest.files {
        let path = folder.join(&file.name);
        match damage_of(&path, file) {
            Ok(None) => {}
            Ok(Some(what)) => damage.push(format!("{} {what}", file.name)),
            Err(source) => return Err(OutputError::Read { path, source }),
        }
    }
    Ok(damage)
}

fn damage_of(path: &Path, record: &WrittenFile) -> io::Result<Option<String>> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Ok(Some("is missing".into()));
        }
        Err(error) => return Err(error),
    };
    let mut hashing = Hashing::new(io::sink());
    io::copy(&mut file, &mut hashing)?;
    let (_, sha256, bytes) = hashing.finish();
    Ok(if bytes != record.bytes {
        Some(format!("has {bytes} bytes instead of {}", record.bytes))
    } else if sha256 != record.sha256 {
        Some("has been altered: its SHA-256 is another".into())
    } else {
        None
    })
}
