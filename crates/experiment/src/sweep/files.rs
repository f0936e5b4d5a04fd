//! Files read once, so that all runs of a sweep see the same, whatever is saved meanwhile.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use toguna_scenario::source::Files;

/// The files of another place, as they were when first read.
pub struct ReadOnce<F> {
    files: F,
    read: Mutex<BTreeMap<PathBuf, Vec<u8>>>,
}

impl<F: Files> ReadOnce<F> {
    /// Nothing has been read yet.
    pub fn of(files: F) -> Self {
        ReadOnce { files, read: Mutex::default() }
    }
}

impl<F: Files> Files for ReadOnce<F> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let identity = self.files.identity(path);
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bytes) = read.get(&identity) {
            return Ok(bytes.clone());
        }
        let bytes = self.files.read(path)?;
        read.insert(identity, bytes.clone());
        Ok(bytes)
    }

    fn names_in(&self, folder: &Path) -> Vec<String> {
        self.files.names_in(folder)
    }

    fn is_folder(&self, path: &Path) -> bool {
        self.files.is_folder(path)
    }

    fn identity(&self, path: &Path) -> PathBuf {
        self.files.identity(path)
    }

    fn nor(&self, path: &Path) -> Option<String> {
        self.files.nor(path)
    }
}
