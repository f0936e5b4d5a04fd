//! Where a folder of results goes, and how it gets there in one step: everything is written to a
//! hidden folder beside it, `.toguna-writing-XXXXXXXX-<name>`, and renamed when whole. A folder to be
//! replaced waits in `.toguna-aside-XXXXXXXX-<name>` until the new one stands in its place.

use super::error::{OutputError, without_its_path};
use super::existing::{Existing, examine};
use std::ffi::{OsStr, OsString};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const WRITING: &str = ".toguna-writing-";
const ASIDE: &str = ".toguna-aside-";
/// Letters and digits that make a temporary name unique.
const UNIQUE: usize = 8;
/// What a replaced folder is called while it waits.
const OLD: &str = "old";

pub(super) struct Place {
    pub(super) path: PathBuf,
    parent: PathBuf,
    name: OsString,
}

/// A folder being written. It is locked, so that others can tell it from one whose writer was
/// killed: the system releases a lock with its process. It is removed when dropped.
pub(super) struct Temporary {
    folder: TempDir,
    /// None where the disk or the system knows no locks on folders; nobody then dares to clean up.
    _lock: Option<File>,
}

impl Temporary {
    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }
}

impl Place {
    pub(super) fn of(shown: &Path) -> Result<Place, OutputError> {
        // Without a slash at the end, which would hide that it is a link.
        let mut path: PathBuf = shown.components().collect();
        if (path.is_symlink() || path.file_name().is_none())
            && let Ok(real) = fs::canonicalize(&path)
        {
            // The folder itself, so that what is renamed stays on one disk.
            path = real;
        }
        let (Some(name), Some(parent)) = (path.file_name(), path.parent()) else {
            let why = "it has no name of its own";
            return Err(OutputError::NotAFolder { path: shown.into(), why });
        };
        let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
        let (name, parent) = (name.to_owned(), parent.to_owned());
        Ok(Place { path, parent, name })
    }

    pub(super) fn examine(&self) -> Result<Existing, OutputError> {
        examine(&self.path)
    }

    /// A folder to write into, beside this place. Makes the parents that are missing.
    pub(super) fn temporary(&self) -> Result<Temporary, OutputError> {
        let made = fs::create_dir_all(&self.parent).and_then(|()| self.hidden_folder(WRITING));
        let folder = made.map_err(|source| {
            // Of parents that are missing, the first above them that is there is the one that refuses.
            let mut parents = self.parent.ancestors();
            let parent = parents.find(|parent| parent.is_dir()).unwrap_or(Path::new("."));
            let why = format!("{source}; no folder can be made in {}", parent.display());
            self.unwritable(io::Error::new(source.kind(), why))
        })?;
        let lock = File::open(folder.path()).ok().filter(|handle| handle.try_lock().is_ok());
        Ok(Temporary { folder, _lock: lock })
    }

    /// Puts a finished folder here. What stands here meanwhile is replaced only if `replace` and it
    /// is ours; whatever fails, it is then as it was.
    pub(super) fn take(&self, temporary: Temporary, replace: bool) -> Result<(), OutputError> {
        match self.examine()? {
            Existing::Nothing => self.move_here(temporary.path())?,
            Existing::EmptyFolder => {
                fs::remove_dir(&self.path).map_err(|source| self.unwritable(source))?;
                self.move_here(temporary.path())?;
            }
            Existing::Ours(found) if replace => {
                found.holds_only_ours()?;
                self.exchange(temporary.path())?;
            }
            Existing::Ours(_) | Existing::Foreign { .. } => {
                return Err(OutputError::Appeared { path: self.path.clone() });
            }
        }
        // Nothing is left under the temporary name to be removed.
        let _ = temporary.folder.keep();
        // So that a power cut does not undo the rename; where a folder cannot be synced, it may.
        let _ = File::open(&self.parent).and_then(|parent| parent.sync_all());
        Ok(())
    }

    fn move_here(&self, temporary: &Path) -> Result<(), OutputError> {
        fs::rename(temporary, &self.path).map_err(|source| match source.kind() {
            io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::AlreadyExists => {
                OutputError::Appeared { path: self.path.clone() }
            }
            _ => self.unwritable(source),
        })
    }

    fn exchange(&self, temporary: &Path) -> Result<(), OutputError> {
        let aside = self.hidden_folder(ASIDE).map_err(|source| self.unwritable(source))?;
        let old = aside.path().join(OLD);
        fs::rename(&self.path, &old).map_err(|source| self.unwritable(source))?;
        let Err(error) = self.move_here(temporary) else { return Ok(()) };
        match fs::rename(&old, &self.path) {
            Ok(()) => Err(error),
            Err(source) => {
                let aside = aside.keep().join(OLD);
                Err(OutputError::LeftAside { path: self.path.clone(), aside, source })
            }
        }
    }

    /// Removes what killed writers left here, and puts back a folder that was set aside when its
    /// replacement never came.
    ///
    /// # Errors
    /// When a living process is writing to this place.
    pub(super) fn clear_leftovers(&self) -> Result<(), OutputError> {
        let mut killed = Vec::new();
        for folder in self.hidden_folders(WRITING) {
            match File::open(&folder).map(|handle| handle.try_lock()) {
                Ok(Ok(())) => killed.push(folder),
                Ok(Err(TryLockError::WouldBlock)) => {
                    let path = self.path.clone();
                    return Err(OutputError::Busy { path, temporary: folder });
                }
                // Its writer may be alive, and its name says that it is not whole: leave it.
                Ok(Err(TryLockError::Error(_))) | Err(_) => {}
            }
        }
        // What cannot be removed stays, under a name that nothing takes for whole.
        for folder in killed {
            let _ = fs::remove_dir_all(folder);
        }
        for aside in self.hidden_folders(ASIDE) {
            if matches!(self.examine(), Ok(Existing::Nothing)) {
                let _ = fs::rename(aside.join(OLD), &self.path);
            }
            if matches!(self.examine(), Ok(Existing::Ours(_))) {
                let _ = fs::remove_dir_all(aside);
            }
        }
        Ok(())
    }

    fn hidden_folder(&self, kind: &str) -> io::Result<TempDir> {
        let mut suffix = OsString::from("-");
        suffix.push(&self.name);
        let mut builder = tempfile::Builder::new();
        let made = builder.prefix(kind).rand_bytes(UNIQUE).suffix(&suffix).tempdir_in(&self.parent);
        made.map_err(without_its_path)
    }

    /// Those of this place. A parent that cannot be listed has none that could be cleared; writing
    /// to it will tell why.
    fn hidden_folders(&self, kind: &str) -> Vec<PathBuf> {
        let Ok(siblings) = fs::read_dir(&self.parent) else { return Vec::new() };
        let mut folders: Vec<PathBuf> = siblings
            .flatten()
            .filter(|sibling| self.is_hidden_name(kind, &sibling.file_name()))
            .map(|sibling| sibling.path())
            .filter(|path| path.is_dir())
            .collect();
        folders.sort_unstable();
        folders
    }

    fn is_hidden_name(&self, kind: &str, name: &OsStr) -> bool {
        let rest = name.as_encoded_bytes().strip_prefix(kind.as_bytes());
        rest.and_then(|rest| rest.split_at_checked(UNIQUE)).is_some_and(|(unique, rest)| {
            unique.iter().all(u8::is_ascii_alphanumeric)
                && rest.strip_prefix(b"-") == Some(self.name.as_encoded_bytes())
        })
    }

    fn unwritable(&self, source: io::Error) -> OutputError {
        OutputError::Write { path: self.path.clone(), source }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place_in(parent: &TempDir) -> Place {
        Place::of(&parent.path().join("mali")).unwrap()
    }

    #[test]
    fn a_folder_set_aside_comes_back_when_its_replacement_does_not_arrive() {
        let parent = TempDir::new().unwrap();
        let place = place_in(&parent);
        fs::create_dir(&place.path).unwrap();
        fs::write(place.path.join("series.csv"), "run\n").unwrap();

        let error = place.exchange(&parent.path().join("no such folder")).unwrap_err();
        assert!(matches!(error, OutputError::Write { .. }));
        assert_eq!(fs::read_to_string(place.path.join("series.csv")).unwrap(), "run\n");
        assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_set_aside_by_a_killed_process_is_put_back() {
        let parent = TempDir::new().unwrap();
        let place = place_in(&parent);
        let aside = parent.path().join(".toguna-aside-abcd1234-mali");
        fs::create_dir_all(aside.join(OLD)).unwrap();
        fs::write(
            aside.join(OLD).join("manifest.json"),
            r#"{"inputs":{"toguna":"0.1.0"},"files":[]}"#,
        )
        .unwrap();

        place.clear_leftovers().unwrap();
        assert!(place.path.join("manifest.json").exists());
        assert!(!aside.exists());
    }

    #[test]
    fn leftovers_are_known_by_their_whole_name() {
        let place = place_in(&TempDir::new().unwrap());
        let ours = |name: &str| place.is_hidden_name(WRITING, OsStr::new(name));
        assert!(ours(".toguna-writing-abcd1234-mali"));
        assert!(!ours(".toguna-writing-abcd1234-northern-mali"));
        assert!(!ours(".toguna-writing-abcd1234-mali-2"));
        assert!(!ours(".toguna-writing-ab/d1234-mali"));
        assert!(!ours(".toguna-aside-abcd1234-mali"));
        assert!(!ours("mali"));
    }

    #[test]
    fn a_root_or_a_file_is_no_place_for_results() {
        assert!(matches!(Place::of(Path::new("/")), Err(OutputError::NotAFolder { .. })));
        let file = tempfile::NamedTempFile::new().unwrap();
        let place = Place::of(file.path()).unwrap();
        assert!(matches!(place.examine(), Err(OutputError::NotAFolder { .. })));
    }
}
