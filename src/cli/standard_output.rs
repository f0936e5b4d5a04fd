//! What goes to standard output, and what becomes of it when the reader has gone.

use super::failure::Failure;
use clap::ValueEnum;
use serde::Serialize;
use std::io::{self, ErrorKind, Write};
use toguna_scenario::checked::CheckedScenario;
use toguna_scenario::notes::notes;

/// In what form a dictionary is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For reading in a terminal
    #[default]
    Text,
    /// For a document
    Markdown,
    /// For a spreadsheet
    Csv,
    /// For a program
    Json,
}

/// Prints text. A reader who has read enough (`toguna parameters | head`) ends it without complaint.
///
/// # Errors
/// When standard output cannot be written to, such as a file on a full disk.
pub fn print(text: &str) -> Result<(), Failure> {
    written(anstream::stdout().lock().write_all(text.as_bytes()))
}

/// What becomes of writing to standard output.
///
/// # Errors
/// As [`print`].
pub fn written(written: io::Result<()>) -> Result<(), Failure> {
    match written.and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::Failed {
            what: "standard output could not be written".to_owned(),
            source: Some(error.into()),
        }),
        _ => Ok(()),
    }
}

/// Prints one JSON value.
///
/// # Errors
/// As [`print`].
pub fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value);
    print(&(text.expect("what commands print is text, numbers and lists") + "\n"))
}

/// What is worth a second look in a valid scenario.
pub fn tell_notes(checked: &CheckedScenario, quiet: bool) {
    if !quiet {
        let name = &checked.scenario.name;
        for note in notes(checked) {
            tell(&format!("note on {name}: {}", note.in_one_line()));
        }
    }
}

/// A message to standard error. There is nobody left to tell when that fails.
pub fn tell(message: &str) {
    let _ = writeln!(anstream::stderr(), "{message}");
}
