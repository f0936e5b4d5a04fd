//! `toguna replicates`: how many runs are enough.

use super::answer::{Answer, Column, MarkdownFlag, Table};
use super::failure::Failure;
use super::outcome_table::{INTERVALS, number};
use super::shared_flags::{OutcomesFlag, ScenarioArgument, Shared};
use super::{progress, shared_flags, standard_output};
use clap::Args;
use serde_json::json;
use toguna_experiment::replicate::pilot;
use toguna_experiment::statistics::{
    Confidence, Moments, ReplicatesNeeded, replicates_for_half_width,
};
use toguna_model::outcomes::Outcome;

/// Say how many runs give a mean as narrow an interval as asked
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    toguna replicates scenarios/lessons/valley.toml --outcome deaths --half-width 5%\n  \
    toguna replicates scenarios/lessons/valley.toml --outcome deaths --half-width 20 --confidence 0.9")]
pub struct Replicates {
    #[command(flatten)]
    scenario: ScenarioArgument,
    #[command(flatten)]
    of: OutcomesFlag,
    /// How far the interval may reach to each side: in the outcome's unit, or as "5%" of the mean
    #[arg(long, value_name = "WIDTH")]
    half_width: String,
    /// Runs from which to judge
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(2..=100_000))]
    pilot: u32,
    /// Master seed of the pilot
    #[arg(long, default_value_t = 1, value_parser = shared_flags::seed())]
    seed: u64,
    /// How sure the interval is to be
    #[arg(long, default_value_t = 0.95)]
    confidence: f64,
    #[command(flatten)]
    markdown: MarkdownFlag,
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
}

impl Replicates {
    pub fn run(self, shared: &Shared) -> Result<(), Failure> {
        let outcomes = self.of.or(&[])?;
        if outcomes.is_empty() {
            let wanted =
                "--outcome is wanted: the outcomes whose means are to be known, such as deaths";
            return Err(Failure::Usage(wanted.to_owned()));
        }
        let level = Confidence::new(self.confidence).map_err(Failure::Usage)?;
        let width = width(&self.half_width)?;
        let prepared = self.scenario.prepared()?;
        shared.begin();
        let steps = u64::from(prepared.weeks()) * u64::from(self.pilot);
        let bar = progress::bar(steps, "pilot", shared.quiet);
        let progress = || progress::advance(&bar, 1);
        let pilots = pilot(&prepared, self.seed, self.pilot, shared.execution(&progress))?;
        bar.finish_and_clear();
        let mut answers = Vec::new();
        for outcome in outcomes {
            let place = Outcome::place_of(outcome.name).expect("it is one of the outcomes");
            answers.push(Answered::of(outcome.name, &pilots[place], width, level)?);
        }
        if self.json {
            let answer = |answer: &Answered| {
                json!({
                    "outcome": answer.outcome,
                    "half_width": answer.half_width,
                    "confidence": level.get(),
                    "pilot": self.pilot,
                    "pilot_mean": answer.mean,
                    "pilot_half_width": answer.needed.pilot_half_width,
                    "replicates": answer.needed.replicates,
                })
            };
            return standard_output::print_json(&answers.iter().map(answer).collect::<Vec<_>>());
        }
        let percent = 100.0 * level.get();
        let mut table = Table::new(vec![
            Column::left("outcome", 28),
            Column::right(format!("mean of {} runs", self.pilot), 17),
            Column::right(format!("± ({percent} %)"), 12),
            Column::right("wanted ±", 12),
            Column::right("runs", 9),
        ]);
        for Answered { outcome, mean, half_width, needed } in &answers {
            let numbers = [*mean, needed.pilot_half_width, *half_width].map(number);
            let runs = needed.replicates.to_string();
            table.row(std::iter::once((*outcome).to_owned()).chain(numbers).chain([runs]));
        }
        let mut answer = Answer::default();
        answer.table(table);
        answer.line(INTERVALS);
        standard_output::print(&answer.shown(self.markdown))
    }
}

/// How many runs one outcome takes.
struct Answered {
    outcome: &'static str,
    mean: f64,
    half_width: f64,
    needed: ReplicatesNeeded,
}

impl Answered {
    fn of(
        outcome: &'static str,
        pilot: &Moments,
        width: Width,
        level: Confidence,
    ) -> Result<Answered, Failure> {
        let mean = pilot.mean().unwrap_or(0.0);
        let half_width = match width {
            Width::Absolute(width) => width,
            Width::OfMean(share) => share * mean.abs(),
        };
        let needed = replicates_for_half_width(pilot, half_width, level)
            .map_err(|error| Failure::Usage(format!("{outcome}: {error}")))?;
        Ok(Answered { outcome, mean, half_width, needed })
    }
}

#[derive(Clone, Copy)]
enum Width {
    Absolute(f64),
    /// A share of the mean.
    OfMean(f64),
}

fn width(text: &str) -> Result<Width, Failure> {
    let plain = text.trim();
    let (digits, percent) = match plain.strip_suffix('%') {
        Some(digits) => (digits.trim(), true),
        None => (plain, false),
    };
    let number: Option<f64> = digits.parse().ok().filter(|it: &f64| it.is_finite() && *it > 0.0);
    let wrong = || {
        Failure::Usage(format!("--half-width takes a number above 0 or a percentage, not {text:?}"))
    };
    let number = number.ok_or_else(wrong)?;
    Ok(if percent { Width::OfMean(number / 100.0) } else { Width::Absolute(number) })
}
