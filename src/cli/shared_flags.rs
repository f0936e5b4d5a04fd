//! Flags that several commands share.

use super::failure::Failure;
use super::shipped::{self, Shelves};
use super::standard_output;
use clap::Args;
use clap::builder::TypedValueParser;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use toguna_experiment::execution::Execution;
use toguna_experiment::facts::{Fact, Gathered, fact_named};
use toguna_experiment::replicate::{Interrupt, MOST_SEED};
use toguna_experiment::statistics::MOST_REPLICATES;
use toguna_model::outcomes::{OUTCOMES, Outcome};
use toguna_scenario::checked::{CheckedScenario, read};
use toguna_scenario::notes::not_coarse;
use toguna_scenario::prepared::PreparedScenario;
use toguna_scenario::problems::counted;
use toguna_scenario::renamed;
use toguna_scenario::suggest::{nearest, quoted};

/// Flags of every command.
#[derive(Debug, Args)]
pub struct SharedFlags {
    /// Threads to use, no more than there are cores [default: RAYON_NUM_THREADS, then
    /// SLURM_CPUS_PER_TASK, then all cores]
    #[arg(short = 'j', long, global = true, value_name = "N")]
    threads: Option<usize>,
    /// Show no progress bars and no messages, only results and errors
    #[arg(short, long, global = true)]
    quiet: bool,
}

/// What they say, with the ear for interruptions.
pub struct Shared {
    pub threads: usize,
    pub quiet: bool,
    pub interrupt: Arc<Interrupt>,
    begun: Arc<AtomicBool>,
}

impl Shared {
    /// From now on an interruption waits until the work asks for it. Before, while files are read, nothing
    /// is there yet to be put in order, and it ends the program at once.
    pub fn begin(&self) {
        self.begun.store(true, Ordering::SeqCst);
    }

    /// How an experiment is carried out that tells `progress` of its steps.
    pub fn execution<'e>(&'e self, progress: &'e (dyn Fn() + Sync)) -> Execution<'e> {
        Execution { threads: self.threads, interrupt: &self.interrupt, progress }
    }
}

impl SharedFlags {
    /// Sets up threads and signals. `early` is how an interruption ends the program before its work begins.
    ///
    /// # Errors
    /// When the threads or the signals cannot be had.
    pub fn prepare(self, early: Failure) -> Result<Shared, Failure> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let asked = match self.threads {
            Some(0) => return Err(Failure::Usage("-j/--threads must be at least 1".to_owned())),
            Some(threads) => threads,
            None => match threads_in("RAYON_NUM_THREADS")? {
                Some(threads) => threads,
                None => threads_in("SLURM_CPUS_PER_TASK")?.unwrap_or(cores),
            },
        };
        // More would take turns on the cores, each with memory of its own, and be slower.
        let threads = asked.min(cores);
        if threads < asked && !self.quiet {
            let cores = counted(cores as u64, "core", "cores");
            standard_output::tell(&format!(
                "note: {threads} of {asked} threads are used: there are {cores}"
            ));
        }
        let failed = |what: &str, error: Box<dyn std::error::Error + Send + Sync>| {
            Failure::Failed { what: what.to_owned(), source: Some(error) }
        };
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build_global()
            .map_err(|error| failed("threads could not be started", error.into()))?;
        let (interrupt, begun) = (Arc::new(Interrupt::new()), Arc::new(AtomicBool::new(false)));
        let (said, has_begun) = (interrupt.clone(), begun.clone());
        ctrlc::set_handler(move || {
            if !has_begun.load(Ordering::SeqCst) {
                early.print();
                std::process::exit(early.exit_code().into());
            }
            // A second Ctrl-C ends at once; temporaries are recognised by the next run.
            if said.is_said() {
                std::process::exit(130);
            }
            said.say();
        })
        .map_err(|error| failed("signals could not be heard", error.into()))?;
        Ok(Shared { threads, quiet: self.quiet, interrupt, begun })
    }
}

/// How many threads a variable of the environment asks for; 0 asks for as many as there are cores.
fn threads_in(variable: &str) -> Result<Option<usize>, Failure> {
    let Some(value) = std::env::var_os(variable) else { return Ok(None) };
    let number: Option<usize> = value.to_str().and_then(|text| text.trim().parse().ok());
    let wrong = || {
        Failure::Usage(format!(
            "the variable {variable} is {:?}, and a number of threads is wanted, such as 4; \
             unset it, or say -j",
            value.display().to_string()
        ))
    };
    if value.is_empty() { Ok(None) } else { Ok(Some(number.ok_or_else(wrong)?).filter(|n| *n > 0)) }
}

/// A scenario and what is changed in it.
#[derive(Clone, Debug, Args)]
pub struct ScenarioArgument {
    /// Scenario: a file (TOML), or the name of one inside the program, such as mali/status-quo
    #[arg(value_name = "SCENARIO", value_parser = shipped::path())]
    pub path: PathBuf,
    #[command(flatten)]
    pub settings: Settings,
}

/// Values set over a scenario.
#[derive(Clone, Debug, Default, Args)]
pub struct Settings {
    /// Set a value over the scenario, such as policy.military_pressure=0.3; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    pub set: Vec<String>,
}

/// Whether a world may be too coarse for figures.
#[derive(Clone, Debug, Args)]
pub struct CoarseFlag {
    /// Run also a world in which a simulated adult stands for more than ten, though its results are biased
    #[arg(long)]
    coarse: bool,
}

impl CoarseFlag {
    /// # Errors
    /// When the world is coarse and nobody asked for that.
    pub fn allow(&self, checked: &CheckedScenario) -> Result<(), Failure> {
        let help = "write 10 or less, or say --coarse to run it all the same";
        if self.coarse { Ok(()) } else { Ok(not_coarse(checked, help)?) }
    }
}

impl ScenarioArgument {
    /// # Errors
    /// Everything wrong with the scenario and its tables.
    pub fn checked(&self) -> Result<CheckedScenario, Failure> {
        Ok(read(&Shelves, &self.path, &self.settings.set)?)
    }

    /// # Errors
    /// Everything wrong with the scenario and its tables.
    pub fn prepared(&self) -> Result<PreparedScenario, Failure> {
        Ok(PreparedScenario::new(self.checked()?))
    }
}

/// Outcomes by name: the same flag in every command.
#[derive(Clone, Debug, Default, Args)]
pub struct OutcomesFlag {
    /// Only these outcomes, such as deaths,recruits; `toguna columns` lists them
    #[arg(
        long = "outcome",
        visible_alias = "outcomes",
        alias = "metric",
        value_name = "OUTCOME",
        value_delimiter = ','
    )]
    pub outcomes: Vec<String>,
}

impl OutcomesFlag {
    /// The outcomes that are named, or else those that the command would show.
    ///
    /// # Errors
    /// When there is none of a name.
    pub fn or(&self, otherwise: &[&'static str]) -> Result<Vec<&'static Outcome>, Failure> {
        let named = self.outcomes.iter().map(String::as_str);
        let otherwise = otherwise.iter().copied().filter(|_| self.outcomes.is_empty());
        named.chain(otherwise).map(|name| Ok(&OUTCOMES[known_outcome(name)?])).collect()
    }
}

/// A number of runs of each scenario or point.
pub fn replicates() -> impl TypedValueParser<Value = u32> {
    clap::value_parser!(u32).range(1..=i64::from(MOST_REPLICATES))
}

/// A master seed that readers of tables hold exactly.
pub fn seed() -> impl TypedValueParser<Value = u64> {
    clap::value_parser!(u64).range(..=MOST_SEED)
}

/// The number of an outcome.
///
/// # Errors
/// What would do when there is none of this name.
pub fn outcome_named(name: &str) -> Result<usize, String> {
    let list = "toguna columns lists them";
    let names = OUTCOMES.iter().map(|outcome| outcome.name);
    Outcome::place_of(name).ok_or_else(|| match nearest(name, names) {
        _ if let Some(renamed) = renamed::outcome(name) => renamed::help(renamed),
        Some(meant) => format!("did you mean {}? {list}", quoted(meant)),
        None => list.to_owned(),
    })
}

/// The same of a name on the command line.
///
/// # Errors
/// When there is none of this name.
pub fn known_outcome(name: &str) -> Result<usize, Failure> {
    outcome_named(name)
        .map_err(|help| Failure::Usage(format!("there is no outcome {}; {help}", quoted(name))))
}

/// The fact of a name on the command line; none of what is no fact's name, such as an outcome's.
///
/// # Errors
/// When it looks like one and is none, or when one run alone does not show it.
pub fn known_fact(name: &str) -> Result<Option<&'static Fact>, Failure> {
    let numbered = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    if !name.strip_prefix('f').is_some_and(numbered) {
        return Ok(None);
    }
    let fact = fact_named(name)
        .map_err(|help| Failure::Usage(format!("there is no fact {}; {help}", quoted(name))))?;
    if fact.needs_twin {
        let what = "takes a second run without a conference: toguna validate measures it";
        return Err(Failure::Usage(format!("{name} {what}")));
    }
    Ok(Some(fact))
}

/// Facts are known of Mali alone.
///
/// # Errors
/// Names a cercle that is none of Mali's.
pub fn must_be_of_mali(checked: &CheckedScenario) -> Result<(), Failure> {
    let cercles = checked.tables.communities.rows.iter().map(|row| row.cercle.as_str());
    Gathered::foreign_cercle(cercles).map_or(Ok(()), |foreign| {
        Err(Failure::Usage(format!(
            "facts are known of Mali only, and {} has a cercle {}: give a scenario that extends one of \
             scenarios/mali/",
            quoted(&checked.scenario.name),
            quoted(foreign)
        )))
    })
}
