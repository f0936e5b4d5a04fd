//! Where texts come from: the disk, or memory in a browser.

use super::problems::{Place, Problem};
use super::suggest::{list, nearest, quoted};
pub use super::text::Source;
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// Nothing a scenario needs is larger; an endless device would otherwise fill the memory.
const LARGEST_FILE: u64 = 256 * 1024 * 1024;

/// Where files are kept.
pub trait Files {
    /// # Errors
    /// As the place reports them: no such file, a folder, no permission, too large.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// The names of the files in a folder, in order; none when there is no such folder.
    fn names_in(&self, folder: &Path) -> Vec<String>;
    /// Whether there is a folder of this name.
    fn is_folder(&self, path: &Path) -> bool;
    /// One name per file, however its path is written: how circles are recognised.
    fn identity(&self, path: &Path) -> PathBuf;
    /// Where else a scenario or a design of this name was looked for in vain, in words.
    fn nor(&self, _path: &Path) -> Option<String> {
        None
    }
}

/// The files of this computer.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Files for Disk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        read_all(std::fs::File::open(path)?)
    }

    fn names_in(&self, folder: &Path) -> Vec<String> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let mut names: Vec<String> =
            entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort();
        names
    }

    fn is_folder(&self, path: &Path) -> bool {
        path.is_dir()
    }

    fn identity(&self, path: &Path) -> PathBuf {
        std::fs::canonicalize(path).unwrap_or_else(|_| tidy(path))
    }
}

/// All bytes of a file or of standard input.
///
/// # Errors
/// When it cannot be read, or holds more than anything of ours.
pub fn read_all(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(io::Error::other("it is larger than 256 MB"));
    }
    Ok(bytes)
}

/// Files held in memory, for a browser, which has no disk, and for tests.
#[derive(Clone, Debug, Default)]
pub struct InMemory(pub BTreeMap<PathBuf, Vec<u8>>);

impl InMemory {
    /// The same, with one more file.
    #[must_use]
    pub fn with(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.0.insert(PathBuf::from(path), bytes.into());
        self
    }
}

impl Files for InMemory {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let path = tidy(path);
        if self.is_folder(&path) {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        self.0.get(&path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn names_in(&self, folder: &Path) -> Vec<String> {
        let folder = tidy(folder);
        let inside = self.0.keys().filter(|path| path.parent() == Some(&folder));
        inside.filter_map(|path| Some(path.file_name()?.to_str()?.to_owned())).collect()
    }

    fn is_folder(&self, path: &Path) -> bool {
        let folder = tidy(path);
        !self.0.contains_key(&folder) && self.0.keys().any(|path| path.starts_with(&folder))
    }

    fn identity(&self, path: &Path) -> PathBuf {
        tidy(path)
    }
}

/// A path without `.` and, where a named folder precedes it, without `..`.
#[must_use]
pub fn tidy(path: &Path) -> PathBuf {
    let mut tidied = PathBuf::new();
    for part in path.components() {
        let last = tidied.components().next_back();
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(last, Some(Component::Normal(_))) => {
                tidied.pop();
            }
            _ => tidied.push(part),
        }
    }
    tidied
}

/// A path as messages show it, with the same slashes on every system; the current folder is `.`.
#[must_use]
pub fn shown(path: &Path) -> String {
    let tidied = tidy(path);
    if tidied.as_os_str().is_empty() && !path.as_os_str().is_empty() {
        return ".".to_owned();
    }
    tidied.display().to_string().replace('\\', "/")
}

/// How a file is named in a folder: `../world/places.csv`. Where the folder is the current one, as it
/// is named there.
#[must_use]
pub(crate) fn seen_from(files: &dyn Files, folder: &Path, file: &Path) -> String {
    if tidy(folder).as_os_str().is_empty() {
        return shown(file);
    }
    let (from, to) = (files.identity(folder), files.identity(file));
    if from.is_absolute() && !to.is_absolute() {
        return shown(&to);
    }
    let (from, to): (Vec<_>, Vec<_>) = (from.components().collect(), to.components().collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = from[shared..].iter().map(|_| Component::ParentDir);
    shown(&up.chain(to[shared..].iter().copied()).collect::<PathBuf>())
}

/// Reads a file that must be text. `what` it should be ("scenario", "table") is named in messages;
/// `named_at` is the place that asked for it, to be underlined when it is not there.
///
/// # Errors
/// When there is no such file, it is a folder, it cannot be read, or it is not UTF-8.
pub fn read_text(
    files: &dyn Files,
    path: &Path,
    what: &str,
    rank: usize,
    named_at: Option<&Place>,
) -> Result<Arc<Source>, Box<Problem>> {
    let bytes = files.read(path).map_err(|error| {
        let problem = unreadable(files, path, what, &error);
        Box::new(match named_at {
            Some(place) => problem.at(place.clone()),
            // What a file names is a file; what a person names may be something else.
            None if what != "table" && error.kind() == io::ErrorKind::NotFound => {
                files.nor(path).into_iter().fold(problem, Problem::help)
            }
            None => problem,
        })
    })?;
    text_of(shown(path), bytes, rank, path.parent().map(Path::to_path_buf))
}

/// The text that these bytes are.
///
/// # Errors
/// When they are not UTF-8.
pub fn text_of(
    name: String,
    bytes: Vec<u8>,
    rank: usize,
    folder: Option<PathBuf>,
) -> Result<Arc<Source>, Box<Problem>> {
    let (at, bytes) = match String::from_utf8(bytes) {
        // UTF-16 without its mark is UTF-8 with a zero beside each letter.
        Ok(text) => match text.find('\0') {
            None => return Ok(Source::new(name, text, rank, folder)),
            Some(zero) => (zero, text.into_bytes()),
        },
        Err(error) => (error.utf8_error().valid_up_to(), error.into_bytes()),
    };
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Err(Box::new(not_utf8(Source::new(name, text, rank, folder), at, &bytes)))
}

fn unreadable(files: &dyn Files, path: &Path, what: &str, error: &io::Error) -> Problem {
    let name = shown(path);
    if files.is_folder(path) {
        let extension = if what == "table" { ".csv" } else { ".toml" };
        let inside: Vec<String> = files.names_in(path);
        let mut fitting = inside.iter().filter(|name| name.ends_with(extension));
        let problem = Problem::new(format!("`{name}` is a folder, not a {what} file"));
        return match fitting.next() {
            Some(first) => problem.help(format!("did you mean `{}`?", shown(&path.join(first)))),
            None => problem.help(format!("name a file that ends in `{extension}`")),
        };
    }
    if error.kind() != io::ErrorKind::NotFound {
        return Problem::new(format!("the {what} file `{name}` cannot be read: {error}"));
    }
    let problem = Problem::new(format!("there is no {what} file `{name}`"));
    let folder = path.parent().unwrap_or(Path::new(""));
    let siblings = files.names_in(folder);
    let file_name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let same_but_ending = |sibling: &&String| Path::new(sibling).file_stem() == path.file_name();
    let meant = siblings.iter().find(same_but_ending).map(String::as_str);
    match meant.or_else(|| nearest(file_name, siblings.iter().map(String::as_str))) {
        Some(sibling) => problem.help(format!("did you mean `{}`?", shown(&folder.join(sibling)))),
        None if !folder.as_os_str().is_empty() && !files.is_folder(folder) => {
            problem.help(format!("there is no folder `{}` either", shown(folder)))
        }
        None => {
            let extension = if what == "table" { ".csv" } else { ".toml" };
            let fitting = siblings.iter().filter(|name| name.ends_with(extension));
            let fitting: Vec<&str> = fitting.map(String::as_str).collect();
            let there = if folder.as_os_str().is_empty() {
                "here".to_owned()
            } else {
                format!("in `{}`", shown(folder))
            };
            match fitting.as_slice() {
                [] => problem,
                _ => problem.help(format!("{there} there is {}", list(fitting))),
            }
        }
    }
}

fn not_utf8(source: Arc<Source>, at: usize, bytes: &[u8]) -> Problem {
    let wrong = bytes[at];
    let shown = source.text[at..].chars().next().map_or(0, char::len_utf8);
    let title = format!("{} is not UTF-8 text", quoted(&source.name));
    let found = format!("byte {} of the file is 0x{wrong:02X}", at + 1);
    let marked = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let help = if marked || wrong == 0 {
        "the file looks like UTF-16; save it as UTF-8".to_owned()
    } else if wrong >= 0xA0 {
        let letter = char::from(wrong);
        format!("if this should read `{letter}`, the file is in Latin-1; save it as UTF-8")
    } else {
        "save the file as UTF-8".to_owned()
    };
    Problem::new(title).at(Place { source, span: at..at + shown }).found(found).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelf() -> InMemory {
        InMemory::default()
            .with("scenarios/base.toml", "a = 1")
            .with("scenarios/mali/places.csv", "name\n")
            .with("scenarios/latin.toml", b"name = \"S\xE9gou\"\n".as_slice())
    }

    fn refusal(path: &str) -> String {
        read_text(&shelf(), Path::new(path), "scenario", 0, None).unwrap_err().to_string()
    }

    #[test]
    fn a_missing_file_brings_the_nearest_sibling_to_mind() {
        assert_eq!(
            refusal("scenarios/bsae.toml"),
            "error: there is no scenario file `scenarios/bsae.toml`\n |\n = help: did you mean `scenarios/base.toml`?"
        );
        assert!(refusal("scenarios/base").contains("did you mean `scenarios/base.toml`?"));
        assert!(refusal("nowhere/base.toml").contains("there is no folder `nowhere` either"));
    }

    #[test]
    fn a_folder_is_told_from_a_file() {
        assert!(refusal("scenarios").contains("`scenarios` is a folder, not a scenario file"));
        assert!(refusal("scenarios").contains("did you mean `scenarios/base.toml`?"));
        assert!(refusal("./").contains("`.` is a folder, not a scenario file"));
    }

    #[test]
    fn text_in_latin_1_is_recognised_at_its_first_wrong_byte() {
        let message = refusal("scenarios/latin.toml");
        assert!(message.contains("scenarios/latin.toml:1:10"), "{message}");
        assert!(message.contains("byte 10 of the file is 0xE9"), "{message}");
        assert!(message.contains("if this should read `é`"), "{message}");
    }

    #[test]
    fn text_in_utf_16_is_recognised_with_its_mark_and_without() {
        let utf16 = |mark: &[u8]| -> Vec<u8> {
            let letters = "a = 1\n".encode_utf16().flat_map(u16::to_le_bytes);
            mark.iter().copied().chain(letters).collect()
        };
        for (mark, byte) in [(&[0xFF, 0xFE][..], "byte 1 of"), (&[], "byte 2 of")] {
            let refused = text_of("a.toml".into(), utf16(mark), 0, None).unwrap_err().to_string();
            assert!(refused.contains("the file looks like UTF-16; save it as UTF-8"), "{refused}");
            assert!(refused.contains(byte), "{refused}");
        }
    }

    #[test]
    fn lines_and_columns_are_counted_from_one_in_characters() {
        let source = Source::new("x".into(), "é = 1\r\nb = 2".into(), 0, None);
        assert_eq!((source.line_of(5), source.column_of(5)), (1, 5));
        assert_eq!((source.line_of(8), source.column_of(12)), (2, 5));
        assert_eq!(&source.text[source.line(1)], "é = 1");
        assert_eq!(&source.text[source.line(2)], "b = 2");
    }

    #[test]
    fn a_file_is_named_from_any_folder() {
        let seen = |folder, file| seen_from(&shelf(), Path::new(folder), Path::new(file));
        assert_eq!(seen("", "scenarios/mali/places.csv"), "scenarios/mali/places.csv");
        assert_eq!(seen("scenarios", "scenarios/mali/places.csv"), "mali/places.csv");
        assert_eq!(seen("scenarios/x/y", "scenarios/mali/p.csv"), "../../mali/p.csv");
        assert_eq!(seen("scenarios/mali", "scenarios/base.toml"), "../base.toml");
    }

    #[test]
    fn an_endless_device_is_refused() {
        let zero = Path::new("/dev/zero");
        if zero.exists() {
            let refused = read_text(&Disk, zero, "scenario", 0, None).unwrap_err().to_string();
            assert!(refused.contains("larger than 256 MB"), "{refused}");
        }
    }
}
