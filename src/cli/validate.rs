//! `toguna validate`: runs of a scenario compared with the facts.

use super::answer::MarkdownFlag;
use super::failure::Failure;
use super::report::PageFlags;
use super::shared_flags::{ScenarioArgument, Shared};
use super::validate_shown::{Shown, show};
use super::{progress, results, shared_flags, standard_output};
use clap::Args;
use std::path::{Path, PathBuf};
use toguna_experiment::validate::Validation;
use toguna_output::RunFolder;
use toguna_output::tables::runs;
use toguna_output::validation_tables::{FACTS_BY_RUN, FactInRun, VALIDATION};
use toguna_scenario::prepared::PreparedScenario;
use toguna_scenario::problems::counted;

/// Compare runs of a scenario of Mali with the facts that its span allows
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  toguna validate scenarios/mali/history.toml
  toguna validate scenarios/mali/history.toml --set people.people_per_agent=10 --replicates 8
  toguna validate scenarios/mali/state-supported-pacts.toml --json")]
pub struct Validate {
    #[command(flatten)]
    scenario: ScenarioArgument,
    /// Master seed; with the number of the replicate it fixes all random numbers
    #[arg(long, default_value_t = 1, value_parser = shared_flags::seed())]
    seed: u64,
    /// How many runs, each with its own random numbers
    #[arg(long, visible_alias = "seeds", default_value_t = 20,
        value_parser = shared_flags::replicates())]
    replicates: u32,
    /// Folder for the results [default: output/validate-<scenario name>]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Overwrite existing results
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    page: PageFlags,
    #[command(flatten)]
    markdown: MarkdownFlag,
    /// Print the rows as JSON instead of the table
    #[arg(long)]
    json: bool,
}

impl Validate {
    pub fn run(self, shared: &Shared) -> Result<(), Failure> {
        let prepared = self.scenario.prepared()?;
        let checked = prepared.checked();
        let scenario = &checked.scenario;
        shared_flags::must_be_of_mali(checked)?;
        let validation = Validation::new(&prepared, self.seed);
        standard_output::tell_notes(checked, shared.quiet);
        if validation.facts.is_empty() {
            return Err(Failure::Usage(format!(
                "no fact can be measured from {} to {}: most ask for the years 2012 to 2021, the others \
                 for two years at least",
                scenario.time.start, scenario.time.end
            )));
        }
        let inputs = results::inputs("validate", checked, self.seed, self.replicates);
        let default = || Path::new("output").join(format!("validate-{}", scenario.name));
        let path = self.out.clone().unwrap_or_else(default);
        shared.begin();
        if let Some(folder) = results::open(&path, inputs, self.force, shared)? {
            self.write(folder, &prepared, &validation, shared)?;
        }
        let shown = Shown {
            title: format!(
                "{}\n{} to {}, {}, one simulated adult for {}, seed {}",
                if scenario.title.is_empty() { &scenario.name } else { &scenario.title },
                scenario.time.start,
                scenario.time.end,
                counted(self.replicates, "run", "runs"),
                scenario.people.people_per_agent,
                self.seed
            ),
            replicates: self.replicates,
            outside: validation.outside_the_span,
            json: self.json,
            markdown: self.markdown,
        };
        standard_output::print(&show(&path, &shown)?)?;
        if !shared.quiet {
            standard_output::tell(&format!(
                "files in {}: validation.csv, facts.csv, runs.csv",
                path.display()
            ));
        }
        self.page.write(&path, shared)
    }

    fn write(
        &self,
        mut folder: RunFolder,
        prepared: &PreparedScenario,
        validation: &Validation<'_>,
        shared: &Shared,
    ) -> Result<(), Failure> {
        let checked = prepared.checked();
        results::keep_scenario(&mut folder, checked)?;
        let mut runs_file = folder.table(&runs())?;
        let mut facts_file = folder.table(&FACTS_BY_RUN)?;
        let weeks = validation.weeks_to_run() * u64::from(self.replicates);
        let bar = progress::bar(weeks, "validate", shared.quiet);
        let progress = || progress::advance(&bar, 1);
        let execution = shared.execution(&progress);
        let rows = validation.run(self.replicates, execution, |run| -> Result<(), Failure> {
            for (fact, value) in validation.facts.iter().zip(&run.values) {
                facts_file.append(&FactInRun { run: run.record.run, fact, value: *value })?;
            }
            Ok(runs_file.append(&run.record)?)
        })?;
        bar.finish_and_clear();
        folder.whole_table(&VALIDATION, &rows)?;
        folder.keep(facts_file)?;
        folder.keep(runs_file)?;
        let mut about = results::about(checked);
        about.name = format!("validate-{}", checked.scenario.name);
        about.title = format!("{} compared with the facts", checked.scenario.name);
        folder.finish(results::particulars(about, shared))?;
        Ok(())
    }
}
