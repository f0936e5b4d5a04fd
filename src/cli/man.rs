//! `toguna man`: manual pages.

use super::failure::Failure;
use super::shared_flags::Shared;
use super::standard_output;
use clap::{Args, Command};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};
use toguna_units::Date;

/// Write manual pages, one for each command, into a folder
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  \
    toguna man manual")]
pub struct Man {
    /// The folder; it is made if it is not there
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl Man {
    pub fn run(self, program: Command, shared: &Shared) -> Result<(), Failure> {
        let mut command = program.disable_help_subcommand(true);
        command.build();
        let mut commands: Vec<&Command> = command.get_subcommands().collect();
        commands.push(&command);
        let written = std::fs::create_dir_all(&self.folder).and_then(|()| {
            commands.into_iter().try_for_each(|command| write_page(command, &self.folder))
        });
        written.map_err(|error| Failure::Failed {
            what: format!("manual pages could not be written to {}", self.folder.display()),
            source: Some(error.into()),
        })?;
        if !shared.quiet {
            let folder = self.folder.display();
            standard_output::tell(&format!(
                "manual pages in {folder}; read one with: man -l {folder}/toguna.1"
            ));
        }
        Ok(())
    }
}

fn write_page(command: &Command, folder: &Path) -> std::io::Result<()> {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name());
    let page = clap_mangen::Man::new(command.clone())
        .title(name.to_uppercase())
        .date(date_of_pages().to_string())
        .source(format!("toguna {}", env!("CARGO_PKG_VERSION")))
        .manual("Toguna");
    let mut text = Vec::new();
    page.render(&mut text)?;
    std::fs::write(folder.join(page.get_filename()), tidied(&String::from_utf8_lossy(&text)))
}

/// The day on which they are written, or the one that a reproducible build names.
fn date_of_pages() -> Date {
    const SECONDS_PER_DAY: i64 = 86_400;
    const LAST_DAY: i64 = 1_000_000;
    let named = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let seconds: i64 = named.unwrap_or(i64::try_from(since.as_secs()).unwrap_or(0));
    let epoch = Date::new(1970, 1, 1).expect("the first day of 1970 is a day");
    epoch.plus_days((seconds / SECONDS_PER_DAY).clamp(0, LAST_DAY))
}

/// The same page as `mandoc -Tlint` likes it: short lines without spaces at their ends, and no break
/// beside an empty line, which is one itself.
fn tidied(page: &str) -> String {
    const WIDTH: usize = 78;
    let mut lines: Vec<String> = Vec::new();
    for line in page.lines().map(str::trim_end) {
        let last = lines.last().map_or("", String::as_str);
        match line {
            ".br" if last.is_empty() => continue,
            "" if last == ".br" => {
                lines.pop();
            }
            _ => {}
        }
        // A tag is one line, and so is a request.
        if line.starts_with('.') || lines.last().is_some_and(|last| last == ".TP") {
            lines.push(line.to_owned());
            continue;
        }
        let mut filled = String::new();
        for word in line.split(' ') {
            if !filled.is_empty() && filled.len() + 1 + word.len() > WIDTH {
                lines.push(std::mem::take(&mut filled));
            }
            let request = filled.is_empty() && word.starts_with(['.', '\'']);
            let before = if request {
                r"\&"
            } else if filled.is_empty() {
                ""
            } else {
                " "
            };
            filled = filled + before + word;
        }
        lines.push(filled);
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_broken_between_words_but_no_tag_and_nothing_becomes_a_request() {
        let long = "word ".repeat(15);
        let page = format!(".TP\n{long}{long}\n{long}toguna .2 \n.br\n\n.br\nend\n");
        let told = tidied(&page);
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(lines[1], format!("{long}{long}").trim_end());
        assert_eq!(lines[2], long.trim_end());
        assert_eq!(lines[3..], ["toguna .2", "", "end"]);
        let dotted = tidied(&format!("{}ab .2\n", "word ".repeat(15)));
        assert_eq!(dotted.lines().last(), Some(r"\&.2"));
    }
}
