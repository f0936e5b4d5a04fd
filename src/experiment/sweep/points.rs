//! From a point of a design to a run, through the scenario's own `--set`.

use super::fork::Fork;
use super::lived::{Ended, Lived, attempt};
use crate::experiment::design;
use crate::experiment::replicate::{Interrupt, Interrupted, live_weeks};
use crate::scenario::blueprint::Blueprint;
use crate::scenario::check::problems_in;
use crate::scenario::file::Scenario;
use crate::scenario::layers;
use crate::scenario::problems::Problems;
use crate::scenario::reading::read;
use crate::scenario::schema::Schema;
use crate::scenario::source::Files;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// Blueprints kept; the others are made anew for each of their runs.
const KEPT: usize = 32;

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
        let values = &self.points.points[point as usize].values;
        let varied = self.points.paths.iter().zip(values);
        let own = varied.filter_map(|(path, value)| Some(format!("{path}={}", value.as_ref()?)));
        self.settings.iter().cloned().chain(own).collect()
    }

    /// Holds every value that any point takes against the scenario's schema, each alone.
    ///
    /// # Errors
    /// The first axis that has a value the scenario does not take, and all that is wrong with it.
    pub fn check_values(&self) -> Result<(), (String, Problems)> {
        let schema = Schema::of::<Scenario>();
        for (axis, path) in self.points.paths.iter().enumerate() {
            let mut checked = std::collections::BTreeSet::new();
            for point in &self.points.points {
                let Some(value) = &point.values[axis] else { continue };
                let setting = format!("{path}={value}");
                if checked.contains(&setting) {
                    continue;
                }
                let mut settings = self.settings.clone();
                settings.push(setting.clone());
                let merged = layers::read(&self.files, &self.scenario, &settings)
                    .map_err(|problems| (path.clone(), problems))?;
                Problems::none_or(problems_in(&merged, &schema))
                    .map_err(|problems| (path.clone(), problems))?;
                checked.insert(setting);
            }
        }
        Ok(())
    }

    /// Holds what varies against the date from which it may: an axis that shapes the world at its start
    /// cannot vary later. Of keys that are about time every value is tried, of the others the first.
    ///
    /// # Errors
    /// The first axis that does not fit, and why, a line each.
    pub fn check_fork(&self) -> Result<(), (String, Vec<String>)> {
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
                    return Err((path.clone(), lines));
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
