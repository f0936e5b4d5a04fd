//! `toguna lesson`: a small made-up world, policies side by side, and questions.

use super::failure::Failure;
use super::lesson_shown::{Compared, listed, page, shown};
use super::shared_flags::{Settings, Shared};
use super::shipped::{INSIDE, Shelves};
use super::{progress, shared_flags, standard_output};
use clap::Args;
use std::path::Path;
use toguna_experiment::lesson::{fighters_at_first, measure, weeks};
use toguna_scenario::lessons::{Lesson as Taught, Lessons};
use toguna_scenario::source::Files;
use toguna_scenario::suggest::{list, nearest, quoted};

/// Run a lesson: a small made-up world, policies side by side, and questions
///
/// A lesson needs no file and writes none. It says what it is about, runs its policies with the same random
/// numbers, prints what differs, and asks questions. With --set it compares your change with the first of
/// the lesson's policies.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  toguna lesson\n  toguna lesson tipping-valley\n  \
    toguna lesson tipping-valley --set policy.restraint=0.35 --replicates 20")]
pub struct Lesson {
    /// Name of the lesson; without it the lessons are listed
    #[arg(value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    settings: Settings,
    /// Master seed; with the number of the replicate it fixes all random numbers
    #[arg(long, default_value_t = 1, value_parser = shared_flags::seed())]
    seed: u64,
    /// How many runs of each policy [default: what the lesson needs]
    #[arg(long, value_parser = shared_flags::replicates())]
    replicates: Option<u32>,
    /// Print answers to the questions, too
    #[arg(long, requires = "name")]
    answers: bool,
    /// Print all lessons as one page, with answers and a plan for a class
    #[arg(long, exclusive = true)]
    markdown: bool,
}

impl Lesson {
    pub fn run(self, shared: &Shared) -> Result<(), Failure> {
        let folder = Path::new(&format!("{INSIDE}/")).join("lessons");
        let text = Shelves.read(&folder.join("lessons.toml"));
        let text = String::from_utf8(text.expect("the list is inside the program"));
        let lessons = Lessons::of(&text.expect("it is text")).expect("what is shipped is a list");
        if self.markdown {
            return standard_output::print(&page(&lessons));
        }
        let Some(name) = &self.name else { return standard_output::print(&listed(&lessons)) };
        let lesson = lessons.named(name).ok_or_else(|| unknown(name, &lessons))?;
        let own = !self.settings.set.is_empty();
        let taught = match own {
            true => &lesson.with_own("yours", &self.settings.set),
            false => lesson,
        };
        let arms = taught.prepared(&Shelves, &folder)?;
        let replicates = self.replicates.unwrap_or(taught.replicates);
        shared.begin();
        let bar = progress::bar(weeks(&arms, replicates), name, shared.quiet);
        let progress = || progress::advance(&bar, 1);
        let execution = shared.execution(&progress);
        let measured = measure(taught, &arms, self.seed, replicates, execution)?;
        bar.finish_and_clear();
        let compared = Compared {
            scenario: &arms[0].checked().scenario,
            at_first: fighters_at_first(&arms[0]),
            replicates,
            seed: self.seed,
            measured,
        };
        standard_output::print(&shown(taught, &compared, own, self.answers))
    }
}

fn unknown(name: &str, lessons: &Lessons) -> Failure {
    let names = || lessons.lessons.iter().map(|lesson: &Taught| lesson.scenario.as_str());
    let help = match nearest(name, names()) {
        Some(meant) => format!("did you mean {}?", quoted(meant)),
        None => format!("there is {}", list(names())),
    };
    Failure::Usage(format!("there is no lesson {}; {help}", quoted(name)))
}
