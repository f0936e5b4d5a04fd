//! `toguna new`: a scenario to start from, laid over another.

use super::failure::Failure;
use super::shared_flags::Shared;
use super::shipped::{self, Shelves};
use super::standard_output;
use clap::Args;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;
use toguna_scenario::draft::{Draft, draft};
use toguna_scenario::source::shown;
use toguna_units::Date;

/// Write a scenario to start from: every lever in comments, with meaning, unit, range and value
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  \
    toguna new mine.toml --extends scenarios/mali/status-quo.toml")]
pub struct New {
    /// The scenario file to write
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The scenario to start from: a file (TOML), or the name of one inside the program
    #[arg(long, value_name = "BASE", value_parser = shipped::path())]
    extends: PathBuf,
    /// First day, where BASE names none
    #[arg(long, value_name = "DATE")]
    start: Option<Date>,
    /// Last day, where BASE names none
    #[arg(long, value_name = "DATE")]
    end: Option<Date>,
    /// Write over a file that is there
    #[arg(long)]
    force: bool,
}

impl New {
    pub fn run(self, shared: &Shared) -> Result<(), Failure> {
        let asked =
            Draft { file: &self.file, base: &self.extends, start: self.start, end: self.end };
        let folder = self.file.parent().filter(|folder| !folder.as_os_str().is_empty());
        if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
            let (folder, file) = (shown(folder), shown(&self.file));
            let what = format!("there is no folder {folder} to write {file} into");
            return Err(Failure::Failed { what, source: None });
        }
        let text = draft(&Shelves, &asked)?;
        let mut options = OpenOptions::new();
        if self.force {
            options.write(true).create(true).truncate(true);
        } else {
            options.write(true).create_new(true);
        }
        let written = options.open(&self.file).and_then(|mut file| file.write_all(text.as_bytes()));
        let name = self.file.display();
        written.map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => Failure::Failed {
                what: format!("{name} is there already; --force writes over it"),
                source: None,
            },
            _ => Failure::Failed {
                what: format!("{name} could not be written"),
                source: Some(error.into()),
            },
        })?;
        if !shared.quiet {
            standard_output::tell(&format!(
                "{name} is ready to be changed; then: toguna check {name}"
            ));
        }
        Ok(())
    }
}
