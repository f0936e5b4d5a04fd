//! A lesson: its arms under the same random numbers, and what tells them apart.

use super::execution::Execution;
use super::record::add_week;
use super::replicate::{Stopped, run_weeks};
use super::statistics::{Confidence, PairedDifference, mean, paired_difference};
use toguna_model::outcomes::{GROUP_OUTCOMES, OUTCOMES, Outcome, OverARun};
use toguna_model::world::World;
use toguna_scenario::lessons::{Attacks, Lesson, LessonMeasure};
use toguna_scenario::prepared::PreparedScenario;

/// Master seed of an arm with random numbers of its own, beside that of the others.
const OTHER_SEED: u64 = 1;

/// One number of each run of each arm.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// What it is called.
    pub title: String,
    /// By arm, then by replicate.
    pub values: Vec<Vec<f64>>,
}

impl Measured {
    /// Mean over the runs of an arm.
    #[must_use]
    pub fn mean(&self, arm: usize) -> f64 {
        mean(&self.values[arm]).unwrap_or(f64::NAN)
    }

    /// What an arm has more of than the first, with its 95 % interval; none of one replicate.
    #[must_use]
    pub fn difference(&self, arm: usize) -> Option<PairedDifference> {
        paired_difference(&self.values[arm], &self.values[0], Confidence::NINETY_FIVE)
    }
}

/// Weeks that all arms take.
#[must_use]
pub fn weeks(arms: &[PreparedScenario], replicates: u32) -> u64 {
    let one: u64 = arms.iter().map(|arm| u64::from(arm.weeks())).sum();
    one * u64::from(replicates)
}

/// Fighters with whom groups begin, those founded later included.
#[must_use]
pub fn fighters_at_first(arm: &PreparedScenario) -> f64 {
    arm.checked().tables.commands.rows.iter().map(|row| f64::from(row.fighters)).sum()
}

/// Runs all arms, each so many times, and measures what the lesson looks at.
///
/// # Errors
/// When interrupted, or when an outcome means nothing.
///
/// # Panics
/// When the lesson measures an outcome or a group that is not there.
pub fn measure(
    lesson: &Lesson,
    arms: &[PreparedScenario],
    seed: u64,
    replicates: u32,
    execution: Execution<'_>,
) -> Result<Vec<Measured>, Stopped> {
    let titles = lesson.measures.iter().map(title_of);
    let empty = |title| Measured { title, values: vec![Vec::new(); arms.len()] };
    let mut measured: Vec<Measured> = titles.map(empty).collect();
    let work = |piece: usize| {
        let (replicate, arm) = (piece / arms.len(), piece % arms.len());
        let own = if lesson.arms[arm].other_random_numbers { OTHER_SEED } else { 0 };
        let mut run = Run::of(&lesson.measures);
        let world = arms[arm].world(seed + own, replicate as u64);
        run_weeks(world, arms[arm].weeks(), execution.interrupt, &mut |world| {
            run.observe(world);
            (execution.progress)();
        })?;
        Ok::<Vec<f64>, Stopped>(run.values)
    };
    execution.in_order(replicates as usize * arms.len(), work, |piece, values| {
        for (measured, value) in measured.iter_mut().zip(values) {
            measured.values[piece % arms.len()].push(value);
        }
        Ok(())
    })?;
    Ok(measured)
}

fn title_of(measure: &LessonMeasure) -> String {
    match measure {
        LessonMeasure::Outcome(name) => {
            let outcome = &OUTCOMES[place_of(name)];
            match outcome.over_a_run {
                OverARun::Total => outcome.title(),
                OverARun::Last => format!("{} {}", outcome.title(), outcome.when()),
            }
        }
        LessonMeasure::FightersOf(group) => format!("Fighters of {group}"),
        LessonMeasure::CiviliansKilled(attacks) | LessonMeasure::Attacks(attacks) => {
            attacks.title.clone()
        }
    }
}

fn place_of(outcome: &str) -> usize {
    Outcome::place_of(outcome).unwrap_or_else(|| panic!("there is no outcome {outcome}"))
}

/// One run while it goes on.
struct Run<'l> {
    measures: &'l [LessonMeasure],
    end: Vec<f64>,
    values: Vec<f64>,
}

impl<'l> Run<'l> {
    fn of(measures: &'l [LessonMeasure]) -> Self {
        Run { measures, end: vec![0.0; OUTCOMES.len()], values: vec![0.0; measures.len()] }
    }

    fn observe(&mut self, world: &World) {
        add_week(&mut self.end, world);
        for (measure, value) in self.measures.iter().zip(&mut self.values) {
            match measure {
                LessonMeasure::Outcome(name) => *value = self.end[place_of(name)],
                LessonMeasure::FightersOf(group) => *value = fighters_of(world, group),
                LessonMeasure::CiviliansKilled(attacks) => {
                    *value += sum(world, attacks, |event| f64::from(event.civilians_killed));
                }
                LessonMeasure::Attacks(attacks) => *value += sum(world, attacks, |_| 1.0),
            }
        }
    }
}

fn fighters_of(world: &World, group: &str) -> f64 {
    let row = world.groups.iter().position(|known| known.name == group);
    let row = row.unwrap_or_else(|| panic!("there is no group {group}"));
    let column = GROUP_OUTCOMES.iter().position(|outcome| outcome.name == "fighters");
    world.observed.groups[row][column.expect("groups have fighters")]
}

fn sum(
    world: &World,
    attacks: &Attacks,
    of: impl Fn(&toguna_model::world::log::Event) -> f64,
) -> f64 {
    let events = world.log.events.iter().filter(|event| {
        world.name_of(event.attacker) == attacks.by
            && attacks.places.contains(&world.community(event.community).name)
    });
    events.map(of).sum()
}
