//! `toguna check`: is the scenario valid? All mistakes at once.

use super::failure::Failure;
use super::shared_flags::{Settings, Shared};
use super::shipped::{self, Shelves};
use super::standard_output;
use clap::Args;
use serde::Serialize;
use std::path::PathBuf;
use toguna_scenario::checked::{CheckedScenario, layer, read};
use toguna_scenario::notes::notes;
use toguna_scenario::problems::{Problem, ProblemAsJson, Problems, counted};
use toguna_scenario::source::shown;

/// Say whether scenarios are valid, and everything that is wrong with them
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    toguna check scenarios/lessons/valley.toml\n  \
    toguna check scenarios/lessons/*-valley.toml --set policy.restraint=0.9\n  \
    toguna check scenarios/lessons/valley.toml --json")]
pub struct Check {
    /// Scenarios: files (TOML), or names of those inside the program
    #[arg(value_name = "SCENARIO", required = true, value_parser = shipped::path())]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    settings: Settings,
    /// Print a list of files and what is wrong with them as JSON
    #[arg(long)]
    json: bool,
}

/// One file as `--json` tells it.
#[derive(Serialize)]
struct Verdict {
    file: String,
    valid: bool,
    problems: Vec<ProblemAsJson>,
    /// What is valid and worth a second look.
    notes: Vec<ProblemAsJson>,
}

impl Check {
    pub fn run(self, shared: &Shared) -> Result<(), Failure> {
        let mut verdicts = Vec::new();
        let mut refused = Vec::new();
        let mut layers = Vec::new();
        for path in &self.paths {
            let file = shown(path);
            match read(&Shelves, path, &self.settings.set) {
                Ok(checked) => {
                    if !self.json && !shared.quiet {
                        standard_output::print(&format!(
                            "{file}: valid; {}\n",
                            in_short(&checked)
                        ))?;
                    }
                    standard_output::tell_notes(&checked, self.json || shared.quiet);
                    let notes = notes(&checked).iter().map(Problem::as_json).collect();
                    verdicts.push(Verdict { file, valid: true, problems: Vec::new(), notes });
                }
                Err(problems) => {
                    // What a layer leaves to others is no mistake; what it says may be one.
                    let problems = match layer(&Shelves, path, &self.settings.set) {
                        None => problems,
                        Some(Err(of_the_layer)) => of_the_layer,
                        Some(Ok(())) => {
                            layers.push(format!("{file}: {LAYER}; {EXTENDED}"));
                            let problem = Problem::new(LAYER).help(EXTENDED);
                            let problems = vec![problem.as_json()];
                            let notes = Vec::new();
                            verdicts.push(Verdict { file, valid: false, problems, notes });
                            continue;
                        }
                    };
                    let (records, notes) = (problems.as_json(), Vec::new());
                    verdicts.push(Verdict { file, valid: false, problems: records, notes });
                    refused.push(problems);
                }
            }
        }
        if self.json {
            standard_output::print_json(&verdicts)?;
        } else {
            layers.iter().for_each(|layer| standard_output::tell(layer));
            for problems in &refused {
                standard_output::tell(&format!("{}\n", Failure::rendered(problems)));
            }
        }
        let mistakes = refused.iter().map(Problems::count).sum();
        if mistakes > 0 && !self.json {
            standard_output::tell(&in_all(mistakes, refused.len()));
        }
        // A scenario whose name was forgotten looks like a layer: neither is valid.
        if refused.is_empty() && layers.is_empty() {
            Ok(())
        } else {
            Err(Failure::Told { exit_code: Failure::INVALID })
        }
    }
}

const LAYER: &str = "a layer: it has no name";
const EXTENDED: &str = "check what extends it";

fn in_all(mistakes: usize, files: usize) -> String {
    let mistakes = counted(mistakes, "mistake", "mistakes");
    format!("{mistakes} in {}", counted(files, "scenario", "scenarios"))
}

fn in_short(checked: &CheckedScenario) -> String {
    let scenario = &checked.scenario;
    let changes = match scenario.timeline.len() {
        0 => "nothing on the timeline".to_owned(),
        count => counted(count, "change", "changes") + " on the timeline",
    };
    format!(
        "{} to {}, {}, {}, {}, {changes}",
        scenario.time.start,
        scenario.time.end,
        counted(scenario.time.weeks(), "week", "weeks"),
        counted(checked.tables.communities.rows.len(), "community", "communities"),
        counted(scenario.groups.len(), "armed group", "armed groups"),
    )
}
