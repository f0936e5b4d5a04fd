//! `toguna scenarios`: the scenarios that are inside the program, for whoever has installed it alone.

use super::failure::Failure;
use super::shared_flags::Shared;
use super::shipped::FILES;
use super::standard_output;
use clap::Args;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use toguna_output::{OutputError, write_whole};
use toguna_scenario::file::Scenario;
use toguna_scenario::problems::counted;
use toguna_scenario::schema::Schema;

/// List the scenarios that are inside the program, or copy them into a folder
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  toguna scenarios\n  toguna run mali/status-quo\n  \
    toguna scenarios --copy scenarios")]
pub struct Scenarios {
    /// Folder for all of them, with their tables and designs; it is made if it is not there
    #[arg(long, value_name = "DIR")]
    copy: Option<PathBuf>,
    /// Overwrite files that are there and differ
    #[arg(long, requires = "copy")]
    force: bool,
}

impl Scenarios {
    pub fn run(self, shared: &Shared) -> Result<(), Failure> {
        match &self.copy {
            None => standard_output::print(&list()),
            Some(folder) => self.copy_to(folder, shared),
        }
    }

    fn copy_to(&self, folder: &Path, shared: &Shared) -> Result<(), Failure> {
        let schema = Schema::of::<Scenario>();
        let schemas =
            [("schema/full.json", schema.full()), ("schema/overlay.json", schema.overlay())];
        let files = FILES.iter().copied();
        let files = files.chain(schemas.iter().map(|(name, text)| (*name, text.as_str())));
        let differs = |path: &Path, text: &str| match std::fs::read(path) {
            Ok(there) => there != text.as_bytes(),
            Err(_) => true,
        };
        let wanted: Vec<(PathBuf, &str)> = files
            .map(|(name, text)| (folder.join(name), text))
            .filter(|(path, text)| differs(path, text))
            .collect();
        // What is another's is found before anything is written.
        if let Some((path, _)) = wanted.iter().find(|(path, _)| path.exists() && !self.force) {
            return Err(OutputError::FileThere { path: path.clone() }.into());
        }
        for (path, text) in &wanted {
            write_whole(path, text.as_bytes(), self.force)?;
        }
        if !shared.quiet {
            let (written, folder) = (wanted.len(), folder.display());
            let written = counted(written as u64, "file", "files");
            standard_output::tell(&format!(
                "{written} written to {folder}; then: toguna run {folder}/mali/status-quo.toml"
            ));
        }
        Ok(())
    }
}

/// A line for each file that can be run: its path and its title, or the first sentence of its head.
fn list() -> String {
    let mut text = String::new();
    for (path, file) in FILES.iter().filter(|(path, _)| path.ends_with(".toml")) {
        let table: toml::Table = file.parse().expect("what is shipped is TOML");
        // A file that only others extend has neither a name nor a kind.
        if !table.contains_key("name") && !table.contains_key("kind") {
            continue;
        }
        let head = || {
            let comment = file.lines().filter_map(|line| line.strip_prefix("# "));
            let comment = comment.collect::<Vec<_>>().join(" ");
            comment.split_inclusive(['.', '?', ':']).next().unwrap_or_default().to_owned()
        };
        let title =
            table.get("title").and_then(toml::Value::as_str).map_or_else(head, str::to_owned);
        writeln!(text, "{path:<40} {title}").expect("a String can always be written to");
    }
    text + "\ntoguna run mali/status-quo runs one of them in any folder; toguna scenarios --copy DIR writes them\n\
            into a folder, where they can be changed.\n"
}
