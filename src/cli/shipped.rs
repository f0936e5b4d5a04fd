//! Where scenarios are read from: the disk, and the files that are inside the program.

use clap::builder::{PathBufValueParser, TypedValueParser};
use std::io;
use std::path::{Component, Path, PathBuf};
use toguna_scenario::source::{Disk, Files, shown, tidy};
use toguna_scenario::suggest::nearest;

/// Path below `scenarios/` and text of each file that scenarios are read from: `build.rs` lists them.
pub const FILES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/scenarios.rs"));

/// What the paths of files inside the program begin with, wherever they stand: `toguna:/mali/base.toml`.
pub const INSIDE: &str = "toguna:";

/// The disk, and the files inside the program.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shelves;

/// A path or the name of a shipped scenario or design; the path of a file in either case.
pub fn path() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().map(|path| found(&path).unwrap_or(path))
}

/// The file of a shipped scenario, when `path` is none of the disk and the name of one, with or without
/// its ending.
fn found(path: &Path) -> Option<PathBuf> {
    let name = shown(path);
    let named =
        |file: &&(&str, &str)| file.0 == name || file.0.strip_suffix(".toml") == Some(&*name);
    let (file, _) = FILES.iter().filter(|_| !path.exists()).find(named)?;
    Some(Path::new(&format!("{INSIDE}/")).join(file))
}

/// What follows after [`INSIDE`].
fn inside(path: &Path) -> Option<PathBuf> {
    let tidied = tidy(path);
    let mut parts = tidied.components();
    parts.find(|part| *part == Component::Normal(INSIDE.as_ref()))?;
    Some(parts.as_path().to_owned())
}

fn text_of(path: &Path) -> Option<&'static str> {
    FILES.iter().find(|(name, _)| Path::new(name) == path).map(|(_, text)| *text)
}

impl Files for Shelves {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match inside(path) {
            None => Disk.read(path),
            Some(path) => {
                let text = text_of(&path).ok_or(io::ErrorKind::NotFound)?;
                Ok(text.as_bytes().to_owned())
            }
        }
    }

    fn names_in(&self, folder: &Path) -> Vec<String> {
        let Some(folder) = inside(folder) else { return Disk.names_in(folder) };
        let files = FILES.iter().map(|(name, _)| Path::new(name));
        let there = files.filter(|path| path.parent() == Some(&folder));
        there.filter_map(|path| Some(path.file_name()?.to_str()?.to_owned())).collect()
    }

    fn is_folder(&self, path: &Path) -> bool {
        match inside(path) {
            None => Disk.is_folder(path),
            Some(folder) => {
                text_of(&folder).is_none()
                    && FILES.iter().any(|(name, _)| Path::new(name).starts_with(&folder))
            }
        }
    }

    fn identity(&self, path: &Path) -> PathBuf {
        match inside(path) {
            None => Disk.identity(path),
            Some(path) => Path::new(INSIDE).join(path),
        }
    }

    fn nor(&self, path: &Path) -> Option<String> {
        if inside(path).is_some() {
            return None;
        }
        let names = FILES.iter().filter_map(|(name, _)| name.strip_suffix(".toml"));
        let name = shown(path);
        let name = name.strip_suffix(".toml").unwrap_or(&name);
        // Whoever writes the last part of a name alone means the whole.
        let ends = |known: &&str| known.rsplit('/').next() == Some(name);
        let meant = names.clone().find(ends).or_else(|| nearest(name, names));
        let meant = meant.map_or_else(String::new, |meant| format!(", did you mean `{meant}`?"));
        Some(format!(
            "nor is a scenario of this name inside the program (`toguna scenarios` lists them){meant}"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shipped_scenario_goes_by_its_name_and_what_it_extends_is_found_beside_it() {
        let path = found(Path::new("lessons/valley")).unwrap();
        assert_eq!(path, found(Path::new("lessons/valley.toml")).unwrap());
        assert!(Shelves.read(&path).is_ok());
        let beside = path.join("../../mali/./base.toml");
        assert!(Shelves.read(&beside).is_ok() && Shelves.is_folder(Path::new("x/toguna:/mali")));
        assert_eq!(found(Path::new("lessons/vale")), None);
        assert_eq!(found(Path::new("Cargo.toml")), None);
    }

    #[test]
    fn what_is_nowhere_brings_the_nearest_name_to_mind() {
        assert!(Shelves.nor(Path::new("status-quo")).unwrap().contains("`mali/status-quo`"));
        assert!(
            Shelves.nor(Path::new("mali/status-qou.toml")).unwrap().contains("`mali/status-quo`")
        );
    }
}
