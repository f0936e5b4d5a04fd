//! `toguna man`: manual pages.

use super::asked::Settled;
use super::failure::Failure;
use super::{Arguments, page};
use clap::{Args, CommandFactory};
use std::path::PathBuf;

/// Write manual pages, one for each command, into a folder
#[derive(Debug, Args)]
pub struct Man {
    /// The folder; it is made if it is not there
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl Man {
    pub fn obey(self, settled: &Settled) -> Result<(), Failure> {
        let written = std::fs::create_dir_all(&self.folder)
            .and_then(|()| clap_mangen::generate_to(Arguments::command(), &self.folder));
        written.map_err(|error| Failure::Failed {
            what: format!("manual pages could not be written to {}", self.folder.display()),
            source: Some(error.into()),
        })?;
        if !settled.quiet {
            let folder = self.folder.display();
            page::tell(&format!(
                "manual pages in {folder}; read one with: man -l {folder}/toguna.1"
            ));
        }
        Ok(())
    }
}
