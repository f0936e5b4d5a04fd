//! From a point of a design to a run, through the scenario's own `--set`.

use super::fork::Fork;
use super::lived::{Ended, Lived, attempt};
use crate::design;
use crate::replicate::{Interrupt, Interrupted, live_weeks};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use toguna_scenario::blueprint::Blueprint;
use toguna_scenario::check::problems_in;
use toguna_scenario::file::Scenario;
use toguna_scenario::layers;
use toguna_scenario::problems::{Problem, Problems};
use toguna_scenario::reading::read;
use toguna_scenario::schema::Schema;
use toguna_scenario::source::Files;

/// Blueprints kept; the others are made anew for each of their runs.
const KEPT: usize = 32;

/// A value of an axis at a point that the scenario does not take.
pub struct WrongValue {
    /// None where the problem is one of the scenario's files instead.
    pub axis: Option<usize>,
    pub point: usize,
    pub value: Option<toml::Value>,
    /// Whether the axis itself is to blame: the scenario has no such key.
    pub of_key: bool,
    pub problem: Problem,
}

/// The points of a design over one scenario.
pub struct Points<F> {
    files: F,
    scenario: PathBuf,
    /// Set over the scenario at every point.
    settings: Vec<String>,
    pub points: design::Points,
    /// Numbers of the outcomes kept week by week.
    pub weekly: Vec<usize>,
    /// Where the points part, when they share a past.
    pub fork: Option<Fork>,
    blueprints: Mutex<BTreeMap<u32, Arc<Blueprint>>>,
}

impl<F: Files> Points<F> {
    pub fn new(files: F, scenario: PathBuf, settings: Vec<String>, points: design::Points) -> Self {
        let (weekly, fork, blueprints) = (Vec::new(), None, Mutex::default());
        Points { files, scenario, settings, points, weekly, fork, blueprints }
    }

    /// What a point sets, as `--set` takes it.
    #[must_use]
    pub fn settings_of(&self, point: u32) -> Vec<String> {
        let axes = 0..self.points.paths.len();
        let own = axes.filter_map(|axis| self.setting(point as usize, axis));
        self.settings.iter().cloned().chain(own).collect()
    }

    /// What one axis sets at a point.
    fn setting(&self, point: usize, axis: usize) -> Option<String> {
        let value = self.points.points[point].values[axis].as_ref()?;
        Some(format!("{}={value}", self.points.paths[axis]))
    }

    /// Holds every value that any point takes against the scenario's schema, each alone, and then the
    /// whole of the first point.
    ///
    /// # Errors
    /// The values that the scenario does not take.
    pub fn check_values(&self) -> Result<(), Vec<WrongValue>> {
        /// More than anybody reads at once.
        const MOST: usize = 50;
        let schema = Schema::of::<Scenario>();
        let mut wrong = Vec::new();
        for axis in 0..self.points.paths.len() {
            let mut checked = BTreeSet::new();
            for point in 0..self.points.points.len() {
                let Some(setting) = self.setting(point, axis) else { continue };
                if wrong.len() > MOST || !checked.insert(setting.clone()) {
                    continue;
                }
                let settings: Vec<String> =
                    self.settings.iter().cloned().chain([setting]).collect();
                let merged = layers::read(&self.files, &self.scenario, &settings);
                let found = match merged {
                    Ok(merged) => problems_in(&merged, &schema),
                    Err(problems) => problems.into_vec(),
                };
                let found: Vec<WrongValue> =
                    found.into_iter().map(|problem| self.blamed(problem, point)).collect();
                let of_key = found.iter().any(|it| it.of_key);
                wrong.extend(found);
                // Where there is no such key, no other value of it fits, either.
                if of_key {
                    break;
                }
            }
        }
        if wrong.is_empty() && !self.points.points.is_empty() {
            let of_first = self.blueprint(0).err().map(Problems::into_vec).unwrap_or_default();
            wrong.extend(of_first.into_iter().map(|problem| self.blamed(problem, 0)));
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }

    /// Finds the axis whose setting a problem points into.
    fn blamed(&self, problem: Problem, point: usize) -> WrongValue {
        let place = problem.place();
        let axis = place.and_then(|place| {
            let is_it =
                |axis: &usize| self.setting(point, *axis).as_ref() == Some(&place.source.text);
            (0..self.points.paths.len()).find(is_it)
        });
        let in_key = |axis: usize, at: usize| at < self.points.paths[axis].len();
        let of_key = axis.zip(place).is_some_and(|(axis, place)| in_key(axis, place.span.start));
        let value = axis.and_then(|axis| self.points.points[point].values[axis].clone());
        WrongValue { axis, point, value, of_key, problem }
    }

    /// Holds what varies against the date from which it may: an axis that shapes the world at its start
    /// cannot vary later. Of keys that are about time every value is tried, of the others the first.
    ///
    /// # Errors
    /// The number of the first axis that does not fit, and why, a line each.
    pub fn check_fork(&self) -> Result<(), (usize, Vec<String>)> {
        let Some(fork) = &self.fork else { return Ok(()) };
        for (axis, path) in self.points.paths.iter().enumerate() {
            let about_time = path.starts_with("time");
            let values = self.points.points.iter().filter_map(|point| point.values[axis].as_ref());
            for value in values.take(if about_time { usize::MAX } else { 1 }) {
                let mut settings = self.settings.clone();
                settings.push(format!("{path}={value}"));
                // What does not fit for other reasons fails as it would without a fork.
                let Ok(reading) = read(&self.files, &self.scenario, &settings) else { continue };
                let lines = fork.hindrances(&reading);
                if !lines.is_empty() {
                    return Err((axis, lines));
                }
            }
        }
        Ok(())
    }

    /// # Errors
    /// All that is wrong with the scenario at this point.
    pub fn blueprint(&self, point: u32) -> Result<Arc<Blueprint>, Problems> {
        let lock = || self.blueprints.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(&point) {
            return Ok(known.clone());
        }
        let reading = read(&self.files, &self.scenario, &self.settings_of(point))?;
        let made = Arc::new(Blueprint::new(reading));
        let mut kept = lock();
        if kept.len() < KEPT {
            kept.insert(point, made.clone());
        }
        Ok(made)
    }

    /// Lives one replicate of one point. A run that panics, or whose values do not fit each other,
    /// has failed; the others go on.
    ///
    /// # Errors
    /// When `interrupt` is said.
    pub fn live(
        &self,
        point: u32,
        seed: u64,
        replicate: u32,
        interrupt: &Interrupt,
    ) -> Result<Ended, Interrupted> {
        attempt(|| {
            let blueprint = match self.blueprint(point) {
                Ok(blueprint) => blueprint,
                Err(problems) => {
                    self.fork.iter().for_each(|fork| fork.give_up(replicate));
                    return Ok(Ended::Failed(in_one_line(&problems)));
                }
            };
            let (world, mut lived) = match &self.fork {
                Some(fork) => {
                    let run = (point, seed, replicate);
                    fork.begin(&blueprint, run, &self.weekly, interrupt)?
                }
                None => (blueprint.world(seed, u64::from(replicate)), Lived::default()),
            };
            let left = blueprint.weeks().saturating_sub(world.calendar.week);
            live_weeks(world, left, interrupt, &mut |world| lived.observe(world, &self.weekly))?;
            Ok(Ended::Well(lived))
        })
    }
}

fn in_one_line(problems: &Problems) -> String {
    let titles: Vec<&str> = problems.iter().map(|problem| problem.title()).collect();
    titles.join("; ")
}
