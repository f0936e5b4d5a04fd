//! A design file read, checked against its scenario, and ready to run: what sweep, merge and
//! sensitivity share.

use super::checkpoint_flags::RandomNumbersFlag;
use super::failure::Failure;
use super::shared_flags;
use super::shared_flags::{Settings, outcome_named};
use super::shipped::{self, Shelves};
use clap::Args;
use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use toguna_experiment::common_past::RandomNumbers;
use toguna_experiment::design::{CheckedDesign, Design};
use toguna_experiment::plan::Plan;
use toguna_experiment::sweep::{Fork, Points, ReadOnce};
use toguna_model::json;
use toguna_model::words::calendar::Calendar;
use toguna_output::journal::PartialSweep;
use toguna_output::{Content, Inputs, OutputError};
use toguna_scenario::checked::read;
use toguna_scenario::diff::{Difference, diff};
use toguna_scenario::file::Scenario;
use toguna_scenario::layers::Merged;
use toguna_scenario::prepared::PreparedScenario;
use toguna_scenario::problems::{Problem, Problems};
use toguna_scenario::schema::Schema;
use toguna_scenario::source::shown;
use toguna_scenario::suggest::quoted;
use toguna_units::{Date, narrow};

/// What names a sweep: its design, and what is changed in it.
#[derive(Clone, Debug, Args)]
pub struct DesignArgument {
    /// Design: a file (TOML) with a scenario, what varies in it, and how often each point is run; or the
    /// name of one inside the program, such as designs/morris
    #[arg(value_name = "DESIGN", value_parser = shipped::path())]
    pub design: PathBuf,
    #[command(flatten)]
    pub settings: Settings,
    /// Runs of each point, instead of the design's own number
    #[arg(long, value_parser = shared_flags::replicates())]
    pub replicates: Option<u32>,
    /// Random numbers after the design's fork, instead of the design's own
    #[arg(long, value_enum)]
    pub random_numbers: Option<RandomNumbersFlag>,
    /// Folder for the results [default: output/<design's file name>]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// A sweep ready to run.
pub struct PlannedSweep {
    pub design: Design,
    /// Where each value of the design was written.
    pub written: Merged,
    pub points: Points<ReadOnce<Shelves>>,
    pub plan: Plan,
    pub inputs: Inputs,
    /// The scenario as it is where nothing varies.
    pub base: Arc<PreparedScenario>,
    pub out: PathBuf,
    /// What its progress is called.
    pub called: String,
    /// The design and the scenario as they are kept beside results.
    pub texts: [(&'static str, String); 2],
    /// The text of the design's table of points, if it has one.
    pub table: Option<String>,
}

const DESIGN_TEXT: &str = "design.toml";
const SCENARIO_TEXT: &str = "scenario.resolved.toml";
/// What the design's table of points is called beside results.
pub const TABLE_TEXT: &str = "design.input.csv";

impl DesignArgument {
    /// # Errors
    /// Everything wrong with the design, its table, or the scenario under any value it takes.
    pub fn planned(&self) -> Result<PlannedSweep, Failure> {
        let CheckedDesign { mut design, points, merged } =
            CheckedDesign::read(&Shelves, &self.design).map_err(Failure::Design)?;
        if let Some(replicates) = self.replicates {
            design.replicates = replicates;
        }
        if let Some(random_numbers) = self.random_numbers {
            if design.fork.is_none() {
                let name = shown(&self.design);
                return Err(Failure::Usage(format!(
                    "--random-numbers is that after a fork, and {name} has no `fork`"
                )));
            }
            design.random_numbers = random_numbers.into();
        }
        let plan = Plan { points: narrow(points.points.len()), replicates: design.replicates };
        if u32::try_from(plan.len()).is_err() {
            let title = format!("{} runs are more than can be told apart", plan.len());
            let help = "take fewer points or replicates";
            return Err(Failure::Design(merged.problem_at("replicates", title, help).into()));
        }

        let scenario = merged.file_beside("scenario", &design.scenario);
        let files = ReadOnce::of(Shelves);
        let base = read(&files, &scenario, &self.settings.set).map_err(|problems| {
            // What stands nowhere is that there is no such file: it is named here.
            let named = |problem: Problem| match problem.place() {
                Some(_) => problem.in_file_named_at(Some(&merged.nearest_place("scenario"))),
                None => problem.at(merged.nearest_place("scenario")),
            };
            Failure::Scenario(problems.map(named))
        })?;
        let table = points.table().map(str::to_owned);
        let mut points = Points::new(files, scenario, self.settings.set.clone(), points);
        let mut wrong = Vec::new();
        for (index, outcome) in design.weekly.iter().enumerate() {
            match outcome_named(outcome) {
                Ok(known) => points.weekly.push(known),
                Err(help) => {
                    let title = format!("there is no outcome {}", quoted(outcome));
                    wrong.push(merged.problem_at(&format!("weekly[{index}]"), title, help));
                }
            }
        }
        if let Err(values) = points.check_values() {
            wrong.extend(values.into_vec());
        }
        let resolved = base.resolved_beside_tables();
        let scenarios = vec![Content::of(base.scenario.name.as_str(), resolved.as_bytes())];
        let mut inputs = Inputs::of("sweep", scenarios, design.seed, design.replicates);
        let tables = base.tables.texts();
        inputs.tables =
            tables.iter().map(|(name, text)| Content::of(*name, text.as_bytes())).collect();
        inputs.tables.push(Content::of(DESIGN_TEXT, text_of(&without_number(&design)).as_bytes()));
        if let Some(table) = &table {
            inputs.tables.push(Content::of("the design's table", table.as_bytes()));
        }
        let base = Arc::new(PreparedScenario::new(base));
        match fork(&design, &base) {
            Ok(fork) => points.fork = fork,
            Err(help) => {
                let title = "the scenario cannot fork on this day";
                wrong.push(merged.problem_at("fork", title, help));
            }
        }
        // What varies is compared with the fork once it can vary at all.
        if wrong.is_empty()
            && let Err((axis, incompatibilities)) = points.check_fork()
        {
            let path = quoted(&points.points.paths[axis]);
            let title = format!("{path} cannot vary from the fork on");
            let problem = Problem::new(title).at(points.points.place_of_path(axis));
            wrong.push(incompatibilities.iter().fold(problem, Problem::help));
        }
        Problems::none_or(wrong).map_err(Failure::Design)?;
        let stem = self.design.file_stem().unwrap_or_default();
        let out = self.out.clone().unwrap_or_else(|| Path::new("output").join(stem));
        Ok(PlannedSweep {
            called: base.checked().scenario.name.clone(),
            base,
            texts: [(DESIGN_TEXT, text_of(&kept(&design))), (SCENARIO_TEXT, resolved)],
            table,
            design,
            written: merged,
            points,
            plan,
            inputs,
            out,
        })
    }
}

impl PlannedSweep {
    /// The folder of runs made so far; `make` says whether it is made when it is not there.
    ///
    /// # Errors
    /// When the runs that stand there are another sweep's: what differs is shown.
    pub fn partial(&self, make: bool) -> Result<PartialSweep, Failure> {
        let texts = self.texts.each_ref().map(|(name, text)| (*name, text.as_str()));
        let partial = if make {
            PartialSweep::open(&self.out, &self.inputs, &texts)
        } else {
            PartialSweep::look(&self.out, &self.inputs)
        };
        partial.map_err(|error| self.with_what_changed(error))
    }

    /// First day of a week; none when the start varies from point to point.
    #[must_use]
    pub fn date_of(&self, week: u32) -> Option<Date> {
        let varies = self.points.points.paths.iter().any(|path| path == "time.start");
        (!varies).then(|| self.base.checked().scenario.time.start.plus_weeks(week))
    }

    /// Adds to a refusal which keys of design and scenario are other than where results stand.
    pub fn with_what_changed(&self, error: OutputError) -> Failure {
        let OutputError::Different { path, mut differences } = error else { return error.into() };
        let there = |name: &str| std::fs::read_to_string(path.join(name)).ok();
        let design = there(DESIGN_TEXT).and_then(|text| from_toml::<Design>(&text));
        if let Some(there) = design {
            let (there, asked) = (without_number(&there), without_number(&self.design));
            let found = diff(&there, &asked, &Schema::of::<Design>()).unwrap_or_default();
            differences.extend(found.iter().map(|key| told("design", key)));
        }
        let scenario = there(SCENARIO_TEXT).and_then(|text| from_toml::<Scenario>(&text));
        if let Some(mut there) = scenario {
            let asked = &self.base.checked().scenario;
            there.tables = asked.tables.clone();
            let found = diff(&there, asked, &Schema::of::<Scenario>()).unwrap_or_default();
            differences.extend(found.iter().map(|key| told("scenario", key)));
        }
        OutputError::Different { path, differences }.into()
    }

    /// Design and scenario as they are kept beside results.
    #[must_use]
    pub fn texts(&self) -> &[(&'static str, String)] {
        &self.texts
    }
}

/// The design as it is kept: it names the files beside it, so that it can be run again from there.
fn kept(design: &Design) -> Design {
    let table = design.table.as_ref().map(|_| TABLE_TEXT.to_owned());
    Design { scenario: SCENARIO_TEXT.to_owned(), table, ..design.clone() }
}

/// What points and runs follow from: more replicates add runs, they change none.
fn without_number(design: &Design) -> Design {
    Design { replicates: 0, ..kept(design) }
}

/// What a text of ours says, or nothing when another toguna wrote it otherwise.
fn from_toml<T: DeserializeOwned>(text: &str) -> Option<T> {
    let written: toml::Table = toml::from_str(text).ok()?;
    json::read(serde_json::to_value(written).ok()?).ok()
}

fn text_of(design: &Design) -> String {
    toml::to_string(design).expect("a design was read from what TOML can hold")
}

/// Where the points part, when the design says a day.
///
/// # Errors
/// From when to when there may be a fork.
fn fork(design: &Design, base: &Arc<PreparedScenario>) -> Result<Option<Fork>, String> {
    let Some(date) = design.fork else { return Ok(None) };
    let time = &base.checked().scenario.time;
    let week = Calendar::new(time.start).week_of(date);
    if week == 0 || week >= base.weeks() {
        let (first, last) =
            (time.start.plus_weeks(1), time.start.plus_weeks(base.weeks().saturating_sub(1)));
        return Err(format!("it can fork from {first} to {last}"));
    }
    Ok(Some(Fork::new(base.clone(), week, design.random_numbers == RandomNumbers::Fresh)))
}

/// `scenario: government.legitimacy: 0.65 → 0.2`
fn told(whose: &str, key: &Difference) -> String {
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "(absent)".to_owned());
    format!("{whose}: {}: {} → {}", key.path, value(&key.left), value(&key.right))
}
