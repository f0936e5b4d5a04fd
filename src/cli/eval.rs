//! `toguna eval`: one row in, one row out. The contract by which other programs drive this one: a CSV
//! table of points on one side, a CSV table of outcomes on the other, in the same order.

use super::failure::Failure;
use super::progress;
use super::shared_flags;
use super::shared_flags::{ScenarioArgument, Shared, known_fact, known_outcome, must_be_of_mali};
use super::shipped::Shelves;
use super::sweep::quiet_panics;
use clap::Args;
use std::path::{Path, PathBuf};
use toguna_experiment::design::read_table;
use toguna_experiment::facts::Fact;
use toguna_experiment::plan::Run;
use toguna_experiment::statistics::Moments;
use toguna_experiment::sweep::{Ended, Points, ReadOnce};
use toguna_model::outcomes::OUTCOMES;
use toguna_output::Cell;
use toguna_scenario::source::{read_all, read_text, text_of};
use toguna_units::narrow;

/// Run a scenario at each row of a table of points; outcomes go to standard output, a row for a row
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    toguna eval scenarios/lessons/valley.toml --design points.csv --outcome deaths,recruits\n  \
    toguna eval scenarios/lessons/valley.toml --design - --replicates 8 < points.csv")]
pub struct Eval {
    #[command(flatten)]
    scenario: ScenarioArgument,
    /// Table of points (CSV): a column for each key varied, a row for each point; - is standard input
    #[arg(long, value_name = "POINTS")]
    design: PathBuf,
    /// Outcomes to give, and facts by name, such as f1_deaths_2020 [default: all outcomes, no facts]
    #[arg(
        long = "outcome",
        visible_alias = "outcomes",
        value_name = "OUTCOME",
        value_delimiter = ','
    )]
    outcomes: Vec<String>,
    /// Runs of each row, of which the mean is given; all rows share their random numbers
    #[arg(long, default_value_t = 1, value_parser = shared_flags::replicates())]
    replicates: u32,
    /// Master seed; with the number of the replicate it fixes all random numbers
    #[arg(long, default_value_t = 1, value_parser = shared_flags::seed())]
    seed: u64,
}

impl Eval {
    pub fn run(self, shared: &Shared) -> Result<(), Failure> {
        let (asked, facts) = self.asked()?;
        let mut points = self.points(!facts.is_empty())?;
        points.facts = facts;
        shared.begin();
        let rows = points.points.points.len();
        let replicates = self.replicates as usize;
        let bar = progress::bar((rows * replicates) as u64, "eval", shared.quiet);
        quiet_panics();
        let mut out = csv::Writer::from_writer(std::io::stdout().lock());
        let mut header: Vec<&str> = points.points.paths.iter().map(String::as_str).collect();
        header.push("status");
        let facts = points.facts.iter().map(|fact| fact.name);
        let names: Vec<&str> = OUTCOMES.iter().map(|outcome| outcome.name).chain(facts).collect();
        header.extend(asked.iter().map(|place| names[*place]));
        // Before the first week, so that an output that takes nothing is known at once.
        out.write_record(&header).and_then(|()| Ok(out.flush()?)).map_err(unwritable)?;

        let progress = || progress::advance(&bar, 1);
        let execution = shared.execution(&progress);
        // Row by row, not replicate by replicate: who asked waits for the first row.
        let run = |id: u64| Run {
            id,
            point: narrow(id / u64::from(self.replicates)),
            replicate: narrow(id % u64::from(self.replicates)),
        };
        let runs: Vec<Run> = (0..(rows * replicates) as u64).map(run).collect();
        let mut means = vec![Moments::default(); asked.len()];
        let mut cause: Option<String> = None;
        let mut failures = Vec::new();
        points.run(&runs, self.seed, execution, |run, ended| {
            match ended {
                Ended::Well(so_far) => {
                    let values = asked.iter().map(|outcome| so_far.end[*outcome]);
                    // A fact that a run does not show is left out of its mean.
                    let shown =
                        |place: usize, value: f64| place < OUTCOMES.len() || !value.is_nan();
                    for ((mean, value), place) in means.iter_mut().zip(values).zip(&asked) {
                        if shown(*place, value) {
                            mean.push(value);
                        }
                    }
                }
                Ended::Failed(why) => cause = cause.take().or(Some(why)),
            }
            if run.replicate + 1 < self.replicates {
                return Ok(());
            }
            let row = run.point as usize;
            let means = std::mem::replace(&mut means, vec![Moments::default(); asked.len()]);
            let given = points.points.points[row].values.iter();
            let mut record: Vec<String> = given.map(|value| plain(value.as_ref())).collect();
            match cause.take() {
                None => {
                    record.push("ok".to_owned());
                    record.extend(means.iter().map(|mean| plain_number(mean.mean())));
                }
                Some(why) => {
                    record.push(format!("failed: {why}"));
                    record.extend(means.iter().map(|_| String::new()));
                    failures.push(format!("row {}: {why}", row + 1));
                }
            }
            out.write_record(&record).and_then(|()| Ok(out.flush()?)).map_err(unwritable)
        })?;
        bar.finish_and_clear();
        match failures.first() {
            None => Ok(()),
            Some(first) => {
                let count = failures.len();
                Err(Failure::Incomplete(format!("{count} of {rows} rows failed\n  {first}")))
            }
        }
    }

    /// Where what is asked for stands among the numbers of a run, and the facts among it.
    fn asked(&self) -> Result<(Vec<usize>, Vec<&'static Fact>), Failure> {
        if self.outcomes.is_empty() {
            return Ok(((0..OUTCOMES.len()).collect(), Vec::new()));
        }
        let (mut places, mut facts) = (Vec::new(), Vec::new());
        for name in &self.outcomes {
            match known_fact(name)? {
                None => places.push(known_outcome(name)?),
                Some(fact) => {
                    places.push(OUTCOMES.len() + facts.len());
                    facts.push(fact);
                }
            }
        }
        Ok((places, facts))
    }

    /// The table, checked against the scenario, which must be one of Mali where facts are asked for.
    fn points(&self, of_mali: bool) -> Result<Points<ReadOnce<Shelves>>, Failure> {
        let table = if self.design == Path::new("-") {
            let bytes = read_all(std::io::stdin().lock()).map_err(|source| Failure::Failed {
                what: "standard input could not be read".to_owned(),
                source: Some(source.into()),
            })?;
            text_of("standard input".to_owned(), bytes, 0, None)
        } else {
            read_text(&Shelves, &self.design, "table", 0, None)
        };
        let table = table.map_err(|problem| Failure::Design(problem.into()))?;
        let points = read_table(&table, None).map_err(Failure::Design)?;
        let settings = self.scenario.settings.set.clone();
        // The scenario itself first: its own mistakes are not the table's.
        let checked = self.scenario.checked()?;
        if of_mali {
            must_be_of_mali(&checked)?;
        }
        let points =
            Points::new(ReadOnce::of(Shelves), self.scenario.path.clone(), settings, points);
        points.check_keys().map_err(Failure::Design)?;
        Ok(points)
    }
}

fn plain(value: Option<&toml::Value>) -> String {
    match value {
        None => String::new(),
        Some(toml::Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

/// As in tables.
fn plain_number(value: Option<f64>) -> String {
    Cell::from(value).to_string()
}

fn unwritable(error: csv::Error) -> Failure {
    let what = "standard output could not be written to".to_owned();
    Failure::Failed { what, source: Some(error.into()) }
}
