//! Many runs of one scenario compared with the facts.

use super::execution::Execution;
use super::facts::{FACTS, Fact, Gathered, Use};
use super::record::RunRecord;
use super::replicate::{Interrupt, Stopped, run_weeks};
use super::statistics::{Band, interval_score, mean};
use toguna_model::talks::state::NationalDialogue;
use toguna_model::world::World;
use toguna_scenario::prepared::PreparedScenario;
use toguna_units::narrow;

/// Level of the ranges shown: the middle nine tenths of runs.
const ALPHA: f64 = 0.1;

/// Which facts a scenario is compared with, and what it takes.
pub struct Validation<'b> {
    prepared: &'b PreparedScenario,
    /// Seed of all runs.
    pub seed: u64,
    /// The facts that its span allows.
    pub facts: Vec<&'static Fact>,
    /// The others.
    pub outside_the_span: Vec<&'static Fact>,
    /// Whether each run is made a second time without a conference.
    twins: bool,
}

/// One run and what it shows of each fact.
pub struct ValidationRun {
    /// The run.
    pub record: RunRecord,
    /// What it shows of each fact, in the order of [`Validation::facts`]; none where nothing is
    /// shown.
    pub values: Vec<Option<f64>>,
}

/// One fact over all runs.
#[derive(Clone, Debug)]
pub struct FactRow {
    /// Which fact.
    pub fact: &'static Fact,
    /// Runs in which it can be measured.
    pub runs: usize,
    /// Mean over those runs; none when there are none.
    pub mean: Option<f64>,
    /// Where the middle 90 % of runs lie.
    pub band: Option<Band>,
    /// Whether the wanted value lies there.
    pub inside: Option<bool>,
    /// Of the band, against the wanted value: its width, and twenty times the distance by which it
    /// misses; lower is better. None where nothing is wanted or measured.
    pub interval_score: Option<f64>,
    /// Whether the mean lies within the tolerance; none where it was not measured or is not judged.
    pub passes: Option<bool>,
}

impl FactRow {
    /// Of the values that runs show.
    #[must_use]
    pub fn of(fact: &'static Fact, values: &[f64]) -> Self {
        let (mean, band) = (mean(values), Band::of(values));
        let pair = band.zip(fact.wanted);
        let judged = mean.filter(|_| fact.used_for != Use::Shown);
        FactRow {
            fact,
            runs: values.len(),
            mean,
            band,
            inside: pair.map(|(band, wanted)| (band.low..=band.high).contains(&wanted)),
            interval_score: pair
                .map(|(band, wanted)| interval_score(band.low, band.high, wanted, ALPHA)),
            passes: judged.map(|mean| (fact.low..=fact.high).contains(&mean)),
        }
    }
}

impl<'b> Validation<'b> {
    /// Of a scenario of Mali.
    #[must_use]
    pub fn new(prepared: &'b PreparedScenario, seed: u64) -> Self {
        let time = &prepared.checked().scenario.time;
        let (facts, outside_the_span): (Vec<_>, Vec<_>) =
            FACTS.iter().partition(|fact| fact.span.is_within(time.start, time.end));
        let twins = facts.iter().any(|fact| fact.needs_twin) && holds_conferences(prepared);
        Validation { prepared, seed, facts, outside_the_span, twins }
    }

    /// Weeks that one replicate takes to live.
    #[must_use]
    pub fn weeks_to_run(&self) -> u64 {
        u64::from(self.prepared.weeks()) * if self.twins { 2 } else { 1 }
    }

    /// Makes so many runs, hands them over in order, and says what they show.
    ///
    /// # Errors
    /// When interrupted, or with the first error of `take`.
    pub fn run<E: From<Stopped> + Send>(
        &self,
        replicates: u32,
        execution: Execution<'_>,
        mut take: impl FnMut(&ValidationRun) -> Result<(), E>,
    ) -> Result<Vec<FactRow>, E> {
        let work = |run: usize| -> Result<_, E> {
            Ok(self.one_run(narrow(run), execution.interrupt, execution.progress)?)
        };
        let mut values: Vec<Vec<f64>> = vec![Vec::new(); self.facts.len()];
        execution.in_order(replicates as usize, work, |_, run: ValidationRun| {
            for (values, value) in values.iter_mut().zip(&run.values) {
                values.extend(value);
            }
            take(&run)
        })?;
        Ok(self.facts.iter().zip(&values).map(|(fact, values)| FactRow::of(fact, values)).collect())
    }

    fn one_run(
        &self,
        run: u32,
        interrupt: &Interrupt,
        after_week: &dyn Fn(),
    ) -> Result<ValidationRun, Stopped> {
        let mut record = RunRecord::new(run, run, self.seed);
        record.scenario.clone_from(&self.prepared.checked().scenario.name);
        let begin = || self.prepared.world(self.seed, u64::from(run));
        let live = |world: World, record: &mut RunRecord| {
            let mut gathered = Gathered::new(&world);
            let world = run_weeks(world, self.prepared.weeks(), interrupt, &mut |world| {
                gathered.observe(world);
                record.observe(world);
                after_week();
            })?;
            gathered.close(&world);
            Ok::<_, Stopped>(gathered)
        };
        let mut gathered = live(begin(), &mut record)?;
        if self.twins {
            let reference =
                live(without_conferences(begin()), &mut RunRecord::new(run, run, self.seed))?;
            gathered.compare_with(&reference);
        }
        let values = self.facts.iter().map(|fact| (fact.measure)(&gathered)).collect();
        Ok(ValidationRun { record, values })
    }
}

/// The lever by which conferences are held.
const LEVER: &str = "national_dialogue";

fn holds_conferences(prepared: &PreparedScenario) -> bool {
    let scenario = &prepared.checked().scenario;
    let later = scenario.timeline.iter().any(|entry| entry.policy.keys().contains_key(LEVER));
    later || scenario.policy.national_dialogue != NationalDialogue::Off
}

/// The same world, in which nobody ever calls one.
fn without_conferences(mut world: World) -> World {
    world.policy.national_dialogue = NationalDialogue::Off;
    for entry in &mut world.timeline.entries {
        entry.policy.remove(LEVER);
    }
    world
}
