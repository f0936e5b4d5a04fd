//! `toguna demo`: the first question, answered on one page.

use super::compare::Compare;
use super::failure::Failure;
use super::report::LanguageFlag;
use super::shared_flags::{self, Shared};
use super::standard_output;
use super::words::quoted;
use clap::{Args, Parser, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;

/// Spend the same francs on pressure, services or local pacts, and show on one page what follows
///
/// Runs `toguna compare` of five scenarios in `mali/same-francs`, with one simulated adult for ten, and
/// prints the command that repeats it. A grant for pacts comes with the state's support for them: the fifth
/// scenario has that support without a franc.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  toguna demo\n  toguna demo --lang fr --out demo")]
pub struct Demo {
    /// How many runs of each
    #[arg(long, default_value_t = 12, value_parser = shared_flags::replicates())]
    replicates: u32,
    /// Folder for the results and the page
    #[arg(long, value_name = "DIR", default_value = "output/demo")]
    out: PathBuf,
    /// Show every outcome; without it those that matter most, and all are in comparison.csv
    #[arg(long)]
    all: bool,
    /// Overwrite existing results
    #[arg(long)]
    force: bool,
    /// Language of the page
    #[arg(long, value_enum, default_value_t)]
    lang: LanguageFlag,
}

/// What is compared: the first with each of the others, and these beside each other.
const SCENARIOS: [&str; 5] = ["nothing", "pressure", "services", "pacts", "support-alone"];

#[derive(Debug, Parser)]
struct Asked {
    #[command(flatten)]
    compare: Compare,
}

impl Demo {
    pub fn run(self, shared: &Shared) -> Result<(), Failure> {
        let words = self.words();
        Asked::parse_from(&words).compare.run(shared)?;
        if !shared.quiet {
            let repeated: Vec<String> = words.iter().map(|word| quoted(word)).collect();
            standard_output::tell(&format!("repeat it with: toguna {}", repeated.join(" ")));
        }
        Ok(())
    }

    /// The comparison, asked for as on a command line.
    fn words(&self) -> Vec<OsString> {
        let scenarios = SCENARIOS.map(|name| format!("mali/same-francs/{name}"));
        let mut words: Vec<OsString> = vec!["compare".into()];
        words.extend(scenarios.map(OsString::from));
        words.extend(["--set", "people.people_per_agent=10", "--report"].map(OsString::from));
        words.extend(["--replicates".into(), self.replicates.to_string().into()]);
        words.extend(["--out".into(), self.out.clone().into()]);
        let language = self.lang.to_possible_value().map(|it| it.get_name().to_owned());
        words.extend(language.into_iter().flat_map(|it| ["--lang".into(), it.into()]));
        words.extend(self.all.then(|| "--all".into()));
        words.extend(self.force.then(|| "--force".into()));
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_is_a_comparison_that_the_command_line_takes() {
        let demo = Demo {
            replicates: 3,
            out: "a folder".into(),
            all: true,
            force: true,
            lang: LanguageFlag::Fr,
        };
        let asked = format!("{:?}", Asked::parse_from(demo.words()));
        assert!(asked.contains("a folder") && asked.contains("replicates: 3"), "{asked}");
        assert!(asked.contains("all: true"), "{asked}");
        assert_eq!(asked.matches("same-francs").count(), SCENARIOS.len(), "{asked}");
    }
}
