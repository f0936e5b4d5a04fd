//! `toguna replicates`: how many runs are enough.

use super::failure::Failure;
use super::outcome_table::number;
use super::shared_flags::{ScenarioArgument, Shared, known_outcome};
use super::{progress, shared_flags, standard_output};
use clap::Args;
use serde_json::json;
use toguna_experiment::replicate::pilot;
use toguna_experiment::statistics::{Confidence, replicates_for_half_width};

/// Say how many runs give a mean as narrow an interval as asked
#[derive(Debug, Args)]
pub struct Replicates {
    #[command(flatten)]
    scenario: ScenarioArgument,
    /// Outcome whose mean is to be known
    #[arg(long, value_name = "OUTCOME")]
    metric: String,
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
    /// Print the answer as JSON
    #[arg(long)]
    pub json: bool,
}

impl Replicates {
    pub fn run(self, shared: &Shared) -> Result<(), Failure> {
        let metric = known_outcome(&self.metric)?;
        let level = Confidence::new(self.confidence).map_err(Failure::Usage)?;
        let width = width(&self.half_width)?;
        let prepared = self.scenario.prepared()?;
        shared.begin();
        let steps = u64::from(prepared.weeks()) * u64::from(self.pilot);
        let bar = progress::bar(steps, "pilot", shared.quiet);
        let progress = || progress::advance(&bar, 1);
        let execution = shared.execution(&progress);
        let pilot = pilot(&prepared, self.seed, self.pilot, metric, execution)?;
        bar.finish_and_clear();
        let mean = pilot.mean().unwrap_or(0.0);
        let half_width = match width {
            Width::Absolute(width) => width,
            Width::OfMean(share) => share * mean.abs(),
        };
        let needed = replicates_for_half_width(&pilot, half_width, level)
            .map_err(|error| Failure::Usage(error.to_string()))?;
        if self.json {
            let answer = json!({
                "metric": self.metric,
                "half_width": half_width,
                "confidence": level.get(),
                "pilot": self.pilot,
                "pilot_mean": mean,
                "pilot_half_width": needed.pilot_half_width,
                "replicates": needed.replicates,
            });
            return standard_output::print_json(&answer);
        }
        let percent = 100.0 * level.get();
        standard_output::print(&format!(
            "{} in {} runs: mean {} ± {} ({percent} % interval)\nfor ± {}: {} runs\n",
            self.metric,
            self.pilot,
            number(mean),
            number(needed.pilot_half_width),
            number(half_width),
            needed.replicates
        ))
    }
}

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
