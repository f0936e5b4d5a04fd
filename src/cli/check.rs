//! `toguna check`: is the scenario valid? All mistakes at once.

use super::asked::{Settings, Settled};
use super::failure::Failure;
use super::page;
use crate::scenario::problems::{ProblemRecord, Problems};
use crate::scenario::reading::{Reading, read};
use crate::scenario::source::{Disk, shown};
use clap::Args;
use serde::Serialize;
use std::path::PathBuf;

/// Say whether scenarios are valid, and everything that is wrong with them
#[derive(Debug, Args)]
pub struct Check {
    /// Scenario files (TOML)
    #[arg(value_name = "SCENARIO", required = true)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    settings: Settings,
    /// Print a list of files and what is wrong with them as JSON
    #[arg(long)]
    pub json: bool,
}

/// One file as `--json` tells it.
#[derive(Serialize)]
struct Verdict {
    file: String,
    valid: bool,
    problems: Vec<ProblemRecord>,
}

impl Check {
    pub fn obey(self, settled: &Settled) -> Result<(), Failure> {
        let mut verdicts = Vec::new();
        let mut refused = Vec::new();
        for path in &self.paths {
            let file = shown(path);
            match read(&Disk, path, &self.settings.set) {
                Ok(reading) => {
                    if !self.json && !settled.quiet {
                        page::print(&format!("{file}: valid; {}\n", in_short(&reading)))?;
                    }
                    verdicts.push(Verdict { file, valid: true, problems: Vec::new() });
                }
                Err(problems) => {
                    let records = problems.records();
                    verdicts.push(Verdict { file, valid: false, problems: records });
                    refused.push(problems);
                }
            }
        }
        if self.json {
            page::print_json(&verdicts)?;
        } else {
            for problems in &refused {
                page::tell(&format!("{}\n", Failure::rendered(problems)));
            }
        }
        match refused.iter().map(Problems::count).sum() {
            0 => Ok(()),
            mistakes => {
                if !self.json {
                    page::tell(&in_all(mistakes, refused.len()));
                }
                Err(Failure::Told { exit_code: Failure::INVALID })
            }
        }
    }
}

fn in_all(mistakes: usize, files: usize) -> String {
    let count = |count: usize, what: &str| {
        if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
    };
    format!("{} in {}", count(mistakes, "mistake"), count(files, "scenario"))
}

fn in_short(reading: &Reading) -> String {
    let scenario = &reading.scenario;
    let changes = match scenario.timeline.len() {
        0 => "nothing on the timeline".to_owned(),
        1 => "1 change on the timeline".to_owned(),
        count => format!("{count} changes on the timeline"),
    };
    format!(
        "{} to {}, {} weeks, {} communities, {} armed groups, {changes}",
        scenario.time.start,
        scenario.time.end,
        scenario.time.weeks(),
        reading.tables.communities.rows.len(),
        scenario.groups.len(),
    )
}
