//! Files that scenarios are read from: those inside the page, which go by `toguna:/mali/status-quo.toml` as
//! in the command line's program, and those that the reader has opened.

use std::io;
use std::path::{Component, Path, PathBuf};
use toguna_scenario::source::{Files, InMemory, tidy};

/// Path below `scenarios/` and text of each file inside: `build.rs` lists them.
pub const FILES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/scenarios.rs"));

/// What the paths of files inside begin with.
pub const INSIDE: &str = "toguna:";

pub struct Shelf(InMemory);

impl Shelf {
    /// With files that were opened: name and text.
    pub fn with(opened: &[(String, String)]) -> Shelf {
        let inside = FILES.iter().map(|(name, text)| (format!("{INSIDE}/{name}"), *text));
        let mut files =
            inside.fold(InMemory::default(), |files, (name, text)| files.with(&name, text));
        for (name, text) in opened {
            files = files.with(name, text.as_str());
        }
        Shelf(files)
    }
}

/// From the last `toguna:` on, wherever it is named; of what was opened the bare name, since a browser
/// tells no folders.
fn placed(path: &Path) -> PathBuf {
    let tidied = tidy(path);
    let parts: Vec<Component<'_>> = tidied.components().collect();
    let inside = parts.iter().rposition(|part| *part == Component::Normal(INSIDE.as_ref()));
    match inside {
        Some(from) => parts[from..].iter().collect(),
        None => tidied.file_name().map_or(tidied.clone(), PathBuf::from),
    }
}

impl Files for Shelf {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.0.read(&placed(path))
    }

    fn names_in(&self, folder: &Path) -> Vec<String> {
        self.0.names_in(&placed(folder))
    }

    fn is_folder(&self, path: &Path) -> bool {
        self.0.is_folder(&placed(path))
    }

    fn identity(&self, path: &Path) -> PathBuf {
        placed(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_opened_stands_beside_what_is_inside() {
        let shelf = Shelf::with(&[("mine.toml".to_owned(), "name = \"mine\"".to_owned())]);
        assert!(shelf.read(Path::new("mine.toml")).is_ok());
        assert!(shelf.read(Path::new("folder/mine.toml")).is_ok());
        assert!(shelf.read(Path::new("toguna:/mali/status-quo.toml")).is_ok());
        assert!(shelf.read(Path::new("./toguna:/lessons/../mali/base.toml")).is_ok());
        assert!(shelf.read(Path::new("status-quo.toml")).is_err());
    }
}
