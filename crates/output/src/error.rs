//! What may go wrong with output, told so that the reader knows what would do.

use std::io;
use std::path::PathBuf;
use toguna_experiment::table::Kind;

/// What may go wrong with output.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each says in its message what it means")]
pub enum OutputError {
    #[error("{} could not be written", path.display())]
    Write { path: PathBuf, source: io::Error },

    #[error("{} is there already; --force writes over it", path.display())]
    FileThere { path: PathBuf },

    #[error("{} could not be read", path.display())]
    Read { path: PathBuf, source: io::Error },

    #[error(
        "{table}: column `{column}` is declared as {declared} but a row holds {found} \
         (a defect of toguna, not of your files)"
    )]
    WrongKind { table: &'static str, column: &'static str, declared: Kind, found: Kind },

    #[error(
        "{}: written by this run but never closed (a defect of toguna, not of your files)",
        path.display()
    )]
    NeverKept { path: PathBuf },

    #[error(
        "{} is not a folder that results can be written to: {why}\n\
         choose another with --out",
        path.display()
    )]
    NotAFolder { path: PathBuf, why: &'static str },

    #[error(
        "{} holds what toguna did not write: {why}\n\
         it is left alone, even with --force: choose another folder with --out, or move it away",
        path.display()
    )]
    Foreign { path: PathBuf, why: String },

    #[error(
        "{} already holds other results:\n{}\n\
         --out writes to another folder; --force replaces this one",
        path.display(), indented(differences)
    )]
    Different { path: PathBuf, differences: Vec<String> },

    #[error(
        "{} holds these results, but they are damaged:\n{}\n\
         --force writes them again; --out writes to another folder",
        path.display(), indented(damage)
    )]
    Damaged { path: PathBuf, damage: Vec<String> },

    #[error(
        "{} holds no results of toguna: {why}\n\
         give the folder that `toguna run` or `toguna compare` wrote (its manifest.json is written last)",
        path.display()
    )]
    NoResults { path: PathBuf, why: String },

    #[error(
        "{} was written by toguna {there}, and this is toguna {here} with other results\n\
         use that version, or run the experiment again with this one",
        path.display()
    )]
    OtherVersion { path: PathBuf, there: String, here: String },

    #[error(
        "{} is damaged:\n{}\n\
         run the experiment again with --force, or fetch the files anew",
        path.display(), indented(damage)
    )]
    NotWhole { path: PathBuf, damage: Vec<String> },

    #[error(
        "{} is being written by another toguna (in {})\n\
         wait for it, or choose another folder with --out",
        path.display(), temporary.display()
    )]
    Busy { path: PathBuf, temporary: PathBuf },

    #[error(
        "{} was made by someone else while this run was going on; it is left as it is and \
         nothing of this run is kept",
        path.display()
    )]
    Appeared { path: PathBuf },

    #[error(
        "{} could not be put back where it was; it is whole, in {}",
        path.display(), aside.display()
    )]
    LeftAside { path: PathBuf, aside: PathBuf, source: io::Error },
}

/// Each on its own line; past the first two dozen, how many more there are.
fn indented(lines: &[String]) -> String {
    const SHOWN: usize = 24;
    let mut shown: Vec<String> = lines.iter().take(SHOWN).map(|line| format!("  {line}")).collect();
    if lines.len() > SHOWN {
        shown.push(format!("  and {} more", lines.len() - SHOWN));
    }
    shown.join("\n")
}

/// What is wrong with a file of JSON, and in which line.
#[cfg(feature = "folders")]
pub(super) fn in_line(file: &str, error: &serde_json::Error) -> String {
    let said = error.to_string();
    let what = said.rsplit_once(" at line ").map_or(said.as_str(), |(what, _)| what);
    format!("{file}:{}: {what}", error.line())
}

/// The system's own words: an error of a temporary file names that file, which its reader never asked
/// for.
#[cfg(feature = "folders")]
pub(super) fn without_its_path(error: io::Error) -> io::Error {
    match error.to_string().split_once(" at path ") {
        Some((words, _)) => io::Error::new(error.kind(), words),
        None => error,
    }
}
