//! From a point of a design to a run, through the scenario's own `--set`.

use crate::experiment::design;
use crate::experiment::ending::Ending;
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
use std::panic::{AssertUnwindSafe, catch_unwind};
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
    blueprints: Mutex<BTreeMap<u32, Arc<Blueprint>>>,
}

/// How a run ended: one number per outcome, or why there is none.
#[derive(Clone, Debug, PartialEq)]
pub enum Ended {
    Well(Vec<f64>),
    Failed(String),
}

impl<F: Files> Points<F> {
    pub fn new(files: F, scenario: PathBuf, settings: Vec<String>, points: design::Points) -> Self {
        Points { files, scenario, settings, points, blueprints: Mutex::default() }
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
                Err(problems) => return Ok(Ended::Failed(in_one_line(&problems))),
            };
            let mut ending = Ending::default();
            let world = blueprint.world(seed, u64::from(replicate));
            live_weeks(world, blueprint.weeks(), interrupt, &mut |world| ending.observe(world))?;
            Ok(Ended::Well(ending.end))
        })
    }
}

fn in_one_line(problems: &Problems) -> String {
    let titles: Vec<&str> = problems.iter().map(|problem| problem.title()).collect();
    titles.join("; ")
}

/// Does the work; a panic is a failure with its message as cause.
///
/// # Errors
/// When the work was interrupted.
pub fn attempt(work: impl FnOnce() -> Result<Ended, Interrupted>) -> Result<Ended, Interrupted> {
    // The world that panicked is dropped whole; nothing half-changed outlives it.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| {
        let said = payload.downcast_ref::<String>().map(String::as_str);
        let said = said.or_else(|| payload.downcast_ref::<&str>().copied());
        Ok(Ended::Failed(format!("the run panicked: {}", said.unwrap_or("without a message"))))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_panics_has_failed_with_what_it_said() {
        let ended = attempt(|| panic!("a hazard of {}", -1)).unwrap();
        assert_eq!(ended, Ended::Failed("the run panicked: a hazard of -1".to_owned()));
        assert_eq!(attempt(|| Err(Interrupted)), Err(Interrupted));
    }
}
