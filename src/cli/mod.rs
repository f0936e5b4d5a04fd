//! The command line: one file per command, each flags in, experiment, output, done.

mod shared_flags; // flags that several commands share
mod acted_shown; // when a timeline acted, as it is printed
mod answer; // text and tables, for a terminal or as Markdown
mod demo; // the first question, answered on one page
mod calibrate; // which settings the facts do not rule out
mod calibrate_results; // from waves to results
mod calibrate_shown; // a calibration as it is printed
mod compare; // several scenarios under the same random numbers
mod compare_worlds; // policies in every world of an ensemble
mod compare_worlds_shown; // these as they are printed
mod compare_shown; // a comparison as it is printed
mod explain; // what carries the differences of a comparison
mod eval; // one row in, one row out
mod failure; // what may go wrong, and the exit code it ends with
mod grown_shown; // groups that ended very large, and by which flows
mod help; // commands in groups
mod failure_told; // how that is told
mod outcome_table; // a short table of outcomes
mod standard_output; // what is printed, and what becomes of it when the reader has gone
mod checkpoint_flags; // --save-at and --from
mod progress; // bars with time left
mod merge; // the parts of a sweep put together
mod report; // pages and figures from results
mod replicates; // how many runs are enough
mod results; // the folder of results that several commands write
mod run;
mod check;
mod show;
mod diff;
mod new;
mod shipped; // where scenarios are read from
mod lesson; // a small world, policies side by side, and questions
mod lesson_shown; // such a lesson as it is printed
mod scenarios; // those that are inside the program
mod parameters;
mod schema;
mod schedule;
mod columns;
mod completions;
mod man;
mod sensitivity; // which axes move an outcome
mod slurm; // job scripts for clusters
mod sweep; // every point of a design
mod sweep_extended; // more replicates of a sweep that stands
mod sweep_forecast; // what a sweep will take
mod sweep_plan; // a design read and compared with its scenario
mod sweep_results; // from runs to results
mod sweep_shown; // a sweep as it is printed
mod validate; // runs compared with the facts
mod validate_shown; // such a comparison as it is printed
mod words; // of a command line

pub use failure::Failure;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

/// Simulates recruitment into armed groups and the policies that answer it, person by person.
///
/// Data goes to standard output, progress and messages to standard error. Exit codes: 0 done; 1 a run
/// or a file failed; 2 wrong usage; 3 a scenario, a design, a checkpoint or a folder of results is
/// invalid; 4 results are incomplete; 75 interrupted, can be resumed; 130 interrupted. With --json, what went wrong is told
/// as JSON on standard output. NO_COLOR and CLICOLOR_FORCE are respected.
#[derive(Debug, Parser)]
#[command(name = "toguna", version, max_term_width = 100)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    shared_flags: shared_flags::SharedFlags,
    /// Whether whatever goes wrong is told as JSON on standard output, too.
    #[arg(skip)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    Run(run::Run),
    Check(check::Check),
    Show(show::Show),
    Diff(diff::Diff),
    New(new::New),
    Lesson(lesson::Lesson),
    Scenarios(scenarios::Scenarios),
    Parameters(parameters::Parameters),
    Schema(schema::Schema),
    Schedule(schedule::Schedule),
    Columns(columns::Columns),
    Completions(completions::Completions),
    Man(man::Man),
    Demo(demo::Demo),
    Compare(compare::Compare),
    Sweep(sweep::Sweep),
    Merge(merge::Merge),
    Sensitivity(sensitivity::Sensitivity),
    Report(report::Report),
    Plot(report::Plot),
    Eval(eval::Eval),
    Replicates(replicates::Replicates),
    Validate(validate::Validate),
    Calibrate(calibrate::Calibrate),
}

impl Arguments {
    /// The program with its commands in groups.
    fn with_help() -> clap::Command {
        help::grouped(Self::command())
    }

    /// What the command line says.
    ///
    /// # Errors
    /// When it cannot be understood, or asks for help.
    pub fn given() -> Result<Self, clap::Error> {
        let program = Self::with_help();
        let matches = program.clone().try_get_matches()?;
        // Of a command that has no such flag there is none to get.
        let json = |(_, own): (&str, &clap::ArgMatches)| {
            matches!(own.try_get_one::<bool>("json"), Ok(Some(true)))
        };
        let arguments = Self::from_arg_matches(&matches);
        let arguments = arguments.map_err(|error| error.format(&mut program.clone()))?;
        Ok(Arguments { json: matches.subcommand().is_some_and(json), ..arguments })
    }

    /// Does what was asked.
    ///
    /// # Errors
    /// Whatever the command could not do.
    pub fn run(self) -> Result<(), Failure> {
        let early = match &self.command {
            Command::Sweep(_) | Command::Sensitivity(_) | Command::Calibrate(_) => {
                Failure::Resumable
            }
            _ => Failure::Interrupted,
        };
        let shared = self.shared_flags.prepare(early)?;
        let json = self.json;
        let done = match self.command {
            Command::Run(run) => run.run(&shared),
            Command::Check(check) => check.run(&shared),
            Command::Show(show) => show.run(&shared),
            Command::Diff(diff) => diff.run(&shared),
            Command::New(new) => new.run(&shared),
            Command::Lesson(lesson) => lesson.run(&shared),
            Command::Scenarios(scenarios) => scenarios.run(&shared),
            Command::Parameters(parameters) => parameters.run(&shared),
            Command::Schema(schema) => schema.run(&shared),
            Command::Schedule(schedule) => schedule.run(&shared),
            Command::Columns(columns) => columns.run(&shared),
            Command::Completions(completions) => completions.run(Self::with_help()),
            Command::Man(man) => man.run(Self::with_help(), &shared),
            Command::Demo(demo) => demo.run(&shared),
            Command::Compare(compare) => compare.run(&shared),
            Command::Sweep(sweep) => sweep.run(&shared),
            Command::Merge(merge) => merge.run(&shared),
            Command::Sensitivity(sensitivity) => sensitivity.run(&shared),
            Command::Report(report) => report.run(&shared),
            Command::Plot(plot) => plot.run(&shared),
            Command::Eval(eval) => eval.run(&shared),
            Command::Replicates(replicates) => replicates.run(&shared),
            Command::Validate(validate) => validate.run(&shared),
            Command::Calibrate(calibrate) => calibrate.run(&shared),
        };
        done.map_err(|failure| if json { failure.told_as_json() } else { failure })
    }
}
