//! From a point of a design to a run, through the scenario's own `--set`.

use super::fork::Fork;
use super::run_outcomes::{Ended, RunOutcomes, attempt};
use crate::design;
use crate::execution::Execution;
use crate::facts::{Fact, Gathered};
use crate::plan::Run;
use crate::replicate::{Interrupt, Stopped, run_weeks};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use toguna_scenario::check::{problems_in, problems_in_overlay};
use toguna_scenario::checked::read;
use toguna_scenario::file::Scenario;
use toguna_scenario::layers::{self, Merged};
use toguna_scenario::prepared::PreparedScenario;
use toguna_scenario::problems::{Place, Problem, Problems};
use toguna_scenario::schema::Schema;
use toguna_scenario::source::Files;

/// Prepared scenarios kept; the others are made anew for each of their runs.
const KEPT: usize = 32;

/// The points of a design over one scenario.
pub struct Points<F> {
    files: F,
    scenario: PathBuf,
    /// Set over the scenario at every point.
    settings: Vec<String>,
    /// The settings, in order of their ids.
    pub points: design::Points,
    /// Numbers of the outcomes kept week by week.
    pub weekly: Vec<usize>,
    /// Facts that are measured in each run; their values follow those of the outcomes.
    pub facts: Vec<&'static Fact>,
    /// Where the points part, when they share a past.
    pub fork: Option<Fork>,
    scenarios: Mutex<BTreeMap<u32, Arc<PreparedScenario>>>,
}

impl<F: Files> Points<F> {
    /// The points of a design over a scenario file with these settings (`path=value`).
    pub fn new(files: F, scenario: PathBuf, settings: Vec<String>, points: design::Points) -> Self {
        let (weekly, facts, scenarios) = (Vec::new(), Vec::new(), Mutex::default());
        Points { files, scenario, settings, points, weekly, facts, fork: None, scenarios }
    }

    /// Goes on with other points of the same keys.
    pub fn go_on_with(&mut self, points: design::Points) {
        self.points = points;
        self.scenarios.get_mut().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// What a point sets, as `--set` takes it.
    #[must_use]
    pub(crate) fn settings_of(&self, point: u32) -> Vec<String> {
        self.settings.iter().cloned().chain(self.points.settings_of(point as usize)).collect()
    }

    fn setting(&self, point: usize, axis: usize) -> Option<String> {
        self.points.setting(point, axis)
    }

    /// Compares every value that any point takes with the scenario's schema, each alone. What the values
    /// of a point make together is the point's own.
    ///
    /// # Errors
    /// The keys that the scenario does not have and the values that it does not take, where they are
    /// written.
    pub fn check_values(&self) -> Result<(), Problems> {
        /// More than anybody reads at once.
        const MOST: usize = 50;
        let schema = Schema::of::<Scenario>();
        let mut wrong = Vec::new();
        for axis in 0..self.points.paths.len() {
            let mut known = BTreeSet::new();
            for point in 0..self.points.points.len() {
                let Some(setting) = self.setting(point, axis) else { continue };
                if wrong.len() > MOST || !known.insert(setting.clone()) {
                    continue;
                }
                // In the whole scenario once, which is enough to know the key.
                let merged = match known.len() {
                    1 => self.with(&setting),
                    _ => layers::read_setting(&setting).map_err(Problems::from),
                };
                let found = match &merged {
                    Ok(merged) if known.len() == 1 => problems_in(merged, &schema),
                    Ok(alone) => problems_in_overlay(alone, "", &schema, ""),
                    Err(problems) => problems.iter().cloned().collect(),
                };
                let unknown = found.iter().any(|it| self.is_of_key(it, axis, &setting));
                wrong.extend(found.into_iter().map(|it| self.placed(it, axis, point, &setting)));
                // Where there is no such key, no other value of it fits, either.
                if unknown {
                    break;
                }
            }
        }
        Problems::none_or(wrong)
    }

    /// Holds the keys alone against the scenario's schema, where each point answers for its values.
    ///
    /// # Errors
    /// The keys that the scenario does not have, where they are written.
    pub fn check_keys(&self) -> Result<(), Problems> {
        let schema = Schema::of::<Scenario>();
        let mut wrong = Vec::new();
        for axis in 0..self.points.paths.len() {
            let set = |point| Some((point, self.setting(point, axis)?));
            let Some((point, setting)) = (0..self.points.points.len()).find_map(set) else {
                continue;
            };
            let found = match self.with(&setting) {
                Ok(merged) => problems_in(&merged, &schema),
                Err(problems) => problems.into_vec(),
            };
            let of_key = found.into_iter().filter(|it| self.is_of_key(it, axis, &setting));
            wrong.extend(of_key.map(|it| self.placed(it, axis, point, &setting)));
        }
        Problems::none_or(wrong)
    }

    /// The scenario with one axis set.
    fn with(&self, setting: &str) -> Result<Merged, Problems> {
        let settings: Vec<String> =
            self.settings.iter().cloned().chain([setting.to_owned()]).collect();
        layers::read(&self.files, &self.scenario, &settings)
    }

    /// Whether a problem is with the key that an axis sets.
    fn is_of_key(&self, problem: &Problem, axis: usize, setting: &str) -> bool {
        let within = |place: &Place| {
            place.source.text == setting && place.span.start < self.points.paths[axis].len()
        };
        problem.place().is_some_and(within)
    }

    /// Shows a problem with a setting where the setting comes from.
    fn placed(&self, problem: Problem, axis: usize, point: usize, setting: &str) -> Problem {
        let is_there = problem.place().is_some_and(|place| place.source.text == setting);
        let of_key = self.is_of_key(&problem, axis, setting);
        match (is_there, of_key) {
            (false, _) => problem,
            (true, true) => problem.at(self.points.place_of_path(axis)),
            (true, false) => problem.at(self.points.place_of_value(axis, point)),
        }
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
                let Ok(checked) = read(&self.files, &self.scenario, &settings) else { continue };
                let lines = fork.incompatibilities(&checked);
                if !lines.is_empty() {
                    return Err((axis, lines));
                }
            }
        }
        Ok(())
    }

    /// How often these runs read the scenario of a point.
    #[must_use]
    pub fn times_read(&self, runs: &[Run]) -> usize {
        let points: BTreeSet<u32> = runs.iter().map(|run| run.point).collect();
        if points.len() > KEPT { runs.len() } else { points.len() }
    }

    /// The same as [`Points::prepared`], always made anew.
    ///
    /// # Errors
    /// All that is wrong with the scenario at this point.
    pub fn made(&self, point: u32) -> Result<PreparedScenario, Problems> {
        Ok(PreparedScenario::new(read(&self.files, &self.scenario, &self.settings_of(point))?))
    }

    /// # Errors
    /// All that is wrong with the scenario at this point.
    pub fn prepared(&self, point: u32) -> Result<Arc<PreparedScenario>, Problems> {
        let lock = || self.scenarios.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(&point) {
            return Ok(known.clone());
        }
        let made = Arc::new(self.made(point)?);
        let mut kept = lock();
        if kept.len() < KEPT {
            kept.insert(point, made.clone());
        }
        Ok(made)
    }

    /// Makes runs and hands them over in order.
    ///
    /// # Errors
    /// When interrupted, or with the first error of `take`.
    pub fn run<E: From<Stopped> + Send>(
        &self,
        runs: &[Run],
        seed: u64,
        execution: Execution<'_>,
        mut take: impl FnMut(Run, Ended) -> Result<(), E>,
    ) -> Result<(), E>
    where
        F: Sync,
    {
        let work = |piece: usize| -> Result<Ended, E> {
            let Run { point, replicate, .. } = runs[piece];
            let ended = self.run_one(point, seed, replicate, execution.interrupt)?;
            (execution.progress)();
            Ok(ended)
        };
        self.fork.iter().for_each(|fork| fork.expect(runs));
        execution.in_order(runs.len(), work, |piece, ended| take(runs[piece], ended))
    }

    /// Lives one replicate of one point. A run that panics, or whose values do not fit each other,
    /// has failed; the others go on.
    ///
    /// # Errors
    /// When `interrupt` is said.
    pub(crate) fn run_one(
        &self,
        point: u32,
        seed: u64,
        replicate: u32,
        interrupt: &Interrupt,
    ) -> Result<Ended, Stopped> {
        attempt(|| {
            let prepared = match self.prepared(point) {
                Ok(prepared) => prepared,
                Err(problems) => {
                    self.fork.iter().for_each(|fork| fork.give_up(replicate));
                    return Ok(Ended::Failed(problems.in_one_line()));
                }
            };
            let (world, mut so_far) = match &self.fork {
                Some(fork) => {
                    let run = (point, seed, replicate);
                    fork.begin(&prepared, run, &self.weekly, interrupt)?
                }
                None => (prepared.world(seed, u64::from(replicate)), RunOutcomes::default()),
            };
            let left = prepared.weeks().saturating_sub(world.calendar.week);
            let mut gathered = (!self.facts.is_empty()).then(|| Gathered::new(&world));
            let world = run_weeks(world, left, interrupt, &mut |world| {
                so_far.observe(world, &self.weekly);
                gathered.iter_mut().for_each(|it| it.observe(world));
            })?;
            if let Some(gathered) = &mut gathered {
                gathered.close(&world);
                let time = &prepared.checked().scenario.time;
                let values = self.facts.iter().map(|fact| fact.value_in(time, gathered));
                so_far.end.extend(values.map(|value| value.unwrap_or(f64::NAN)));
            }
            Ok(Ended::Well(so_far))
        })
    }
}
