//! Several scenarios under the same random numbers: what each outcome differs by, and who joined
//! under which.
//!
//! All arms of one replicate are run one after the other; what they share before they first differ
//! is run once. Only sums are kept from replicate to replicate, so that memory does not grow with
//! their number.

use super::acted::{self, ActedRow};
pub use super::arms::Arms;
use super::averted::{AvertedOverRuns, AvertedRow};
use super::common_past::common_weeks;
use super::common_past::same_people;
use super::ending::Ending;
use super::execution::Execution;
use super::joined::{JoinedRow, JoinersOverRuns};
use super::over_time::{ArmOverTime, CercleRow, DifferenceOverTime, OverTimeRow, PartingRow};
use super::record::RunRecord;
use super::replicate::Stopped;
use super::statistics::{Confidence, PairedMoments, stand_out};
use super::who_pays::{PaidOverRuns, WhoPaysRow};
use toguna_model::outcomes::OUTCOMES;
use toguna_units::{Date, narrow};

/// What a comparison has shown.
pub struct Compared<'a> {
    arms: &'a Arms,
    over_time: Vec<ArmOverTime>,
    paid: Vec<PaidOverRuns>,
    contrasts: Vec<Contrast>,
    acted: Vec<ActedRow>,
}

impl Arms {
    /// Weeks that a comparison of so many replicates takes.
    #[must_use]
    pub fn weeks_to_compare(&self, replicates: u32) -> u64 {
        self.weeks_to_run() * u64::from(replicates)
    }

    /// Makes all replicates of all arms; hands over each run, in order.
    ///
    /// # Errors
    /// When interrupted, or with the first error of `take`.
    pub fn compare<E: From<Stopped> + Send>(
        &self,
        seed: u64,
        replicates: u32,
        execution: Execution<'_>,
        mut take: impl FnMut(RunRecord) -> Result<(), E>,
    ) -> Result<Compared<'_>, E> {
        let work = |replicate: usize| -> Result<Vec<Ending>, E> {
            Ok(self.run(seed, narrow(replicate), execution.interrupt, execution.progress)?)
        };
        let mut compared = Compared::of(self);
        execution.in_order(replicates as usize, work, |replicate, endings| {
            compared.push(seed, narrow(replicate), endings, &mut take)
        })?;
        Ok(compared)
    }
}

impl<'a> Compared<'a> {
    /// Of arms no replicate of which is known yet.
    #[must_use]
    pub fn of(arms: &'a Arms) -> Self {
        let first = arms.scenarios[0].checked();
        let contrast = |other: usize| {
            Contrast::new(other, same_people(first, arms.scenarios[other].checked()))
        };
        Compared {
            arms,
            over_time: vec![ArmOverTime::default(); arms.scenarios.len()],
            paid: vec![PaidOverRuns::default(); arms.scenarios.len()],
            contrasts: (1..arms.scenarios.len()).map(contrast).collect(),
            acted: Vec::new(),
        }
    }

    /// Adds a replicate of all arms, replicates in order; hands over each run.
    ///
    /// # Errors
    /// Those of `take`.
    pub fn push<E>(
        &mut self,
        seed: u64,
        replicate: u32,
        endings: Vec<Ending>,
        take: &mut impl FnMut(RunRecord) -> Result<(), E>,
    ) -> Result<(), E> {
        let Arms { names, scenarios, .. } = self.arms;
        let per_agent = scenarios[0].checked().scenario.people.people_per_agent;
        self.contrasts.iter_mut().for_each(|contrast| contrast.push(&endings, per_agent));
        self.over_time.iter_mut().zip(&endings).for_each(|(arm, ending)| arm.push(&ending.path));
        self.paid.iter_mut().zip(&endings).for_each(|(arm, ending)| arm.push(&ending.paid));
        let arms = names.iter().zip(scenarios).zip(endings).enumerate();
        for (arm, ((name, prepared), ending)) in arms {
            self.acted.extend(acted::rows(prepared.checked(), replicate, &ending.acted));
            let run = replicate * narrow::<_, u32>(names.len()) + narrow::<_, u32>(arm);
            let mut record = RunRecord::new(run, replicate, seed);
            (record.scenario, record.end) = (name.clone(), ending.end);
            take(record)?;
        }
        Ok(())
    }
}

impl Compared<'_> {
    /// A row for each outcome of each arm compared with the first.
    #[must_use]
    pub fn rows(&self) -> Vec<ComparisonRow> {
        rows(&self.arms.names, &self.contrasts)
    }

    /// Outcomes of each arm over time, then the paired differences.
    #[must_use]
    pub fn over_time(&self) -> Vec<OverTimeRow> {
        let (names, start) = (&self.arms.names, self.start());
        let arms = self.over_time.iter().zip(names).flat_map(|(arm, name)| arm.rows(name, start));
        let differences = self
            .contrasts
            .iter()
            .flat_map(|contrast| contrast.over_time.rows(&names[0], &names[contrast.other], start));
        arms.chain(differences).collect()
    }

    /// Each cercle of each arm, month by month.
    #[must_use]
    pub fn cercles(&self) -> Vec<CercleRow> {
        let arms = self.over_time.iter().zip(&self.arms.names);
        arms.flat_map(|(arm, name)| arm.cercles(name)).collect()
    }

    /// What befalls the people of each region, constituency and cohort: of each arm, then the paired
    /// differences.
    #[must_use]
    pub fn who_pays(&self) -> Vec<WhoPaysRow> {
        let names = &self.arms.names;
        let arms = self.paid.iter().zip(names).flat_map(|(arm, name)| arm.rows(name, None));
        let of = |it: &Contrast| it.paid.rows(&names[it.other], Some(&names[0]));
        arms.chain(self.contrasts.iter().flat_map(of)).collect()
    }

    /// When the entries of each timeline acted, scenario by scenario.
    #[must_use]
    pub fn acted(&self) -> Vec<ActedRow> {
        let mut rows = Vec::new();
        for name in &self.arms.names {
            rows.extend(self.acted.iter().filter(|row| row.scenario == *name).cloned());
        }
        rows
    }

    /// When each arm parts from the first.
    #[must_use]
    pub fn partings(&self) -> Vec<PartingRow> {
        let Arms { names, scenarios, .. } = self.arms;
        let parting = |contrast: &Contrast| {
            let pair = [scenarios[0].checked(), scenarios[contrast.other].checked()];
            let common = common_weeks(&pair);
            let names = (&names[0], &names[contrast.other]);
            contrast.over_time.parting(names.0, names.1, self.start(), common)
        };
        self.contrasts.iter().map(parting).collect()
    }

    fn start(&self) -> Date {
        self.arms.scenarios[0].checked().scenario.time.start
    }

    /// What was averted for what was spent, of all contrasts.
    #[must_use]
    pub fn averted(&self) -> Vec<AvertedRow> {
        let names = &self.arms.names;
        let of = |it: &Contrast| it.averted.rows(&names[0], &names[it.other]);
        self.contrasts.iter().flat_map(of).collect()
    }

    /// Who joined, of all contrasts between arms of the same people.
    #[must_use]
    pub fn joined(&self) -> Vec<JoinedRow> {
        let names = &self.arms.names;
        let of = |contrast: &Contrast| {
            let joined = contrast.joined.as_ref();
            joined.map(|joined| joined.rows(&names[0], &names[contrast.other])).unwrap_or_default()
        };
        self.contrasts.iter().flat_map(of).collect()
    }
}

/// What two arms differ by, while replicates come in.
#[derive(Clone, Debug)]
pub(crate) struct Contrast {
    /// Number of the arm compared with the first.
    pub other: usize,
    /// By outcome, other − first.
    pub outcomes: Vec<PairedMoments>,
    /// None when the two do not have the same people.
    pub joined: Option<JoinersOverRuns>,
    pub averted: AvertedOverRuns,
    pub over_time: DifferenceOverTime,
    pub paid: PaidOverRuns,
}

impl Contrast {
    #[must_use]
    pub fn new(other: usize, same_people: bool) -> Self {
        let outcomes = vec![PairedMoments::default(); OUTCOMES.len()];
        let joined = same_people.then(JoinersOverRuns::default);
        Contrast {
            other,
            outcomes,
            joined,
            averted: AvertedOverRuns::default(),
            over_time: DifferenceOverTime::default(),
            paid: PaidOverRuns::default(),
        }
    }

    /// Adds one replicate of all arms; replicates in order, so that sums have the same bits.
    pub fn push(&mut self, endings: &[Ending], per_agent: u32) {
        let (first, other) = (&endings[0], &endings[self.other]);
        for ((moments, first), other) in self.outcomes.iter_mut().zip(&first.end).zip(&other.end) {
            moments.push(*other, *first);
        }
        self.averted.push(&first.end, &other.end);
        self.over_time.push(&first.path, &other.path);
        self.paid.push_difference(&first.paid, &other.paid);
        if let Some(joined) = &mut self.joined {
            joined.push(&first.joined, &other.joined, per_agent);
        }
    }
}

/// One outcome of one arm compared with the first.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct ComparisonRow {
    /// Name of the first arm.
    pub first: String,
    /// Name of the arm compared with it.
    pub other: String,
    /// Name of the outcome.
    pub outcome: &'static str,
    /// Unit of the means and of the difference, over a run.
    pub unit: &'static str,
    /// Pairs of runs.
    pub replicates: u64,
    /// Mean of the first arm.
    pub mean_first: f64,
    /// Mean of the other.
    pub mean_other: f64,
    /// Mean of other − first, seed by seed.
    pub difference: f64,
    /// 95 % interval of that mean; none of one replicate.
    pub low: Option<f64>,
    /// Upper end of that interval.
    pub high: Option<f64>,
    /// Share of the variance that sharing seeds removed; none when neither arm varies.
    pub variance_removed: Option<f64>,
    /// Whether the difference stands out over the whole family of outcomes and arms: Holm-adjusted
    /// at 5 %. None of one replicate.
    pub stands_out: Option<bool>,
}

/// A row for each outcome of each contrast, the family being all of them.
fn rows(names: &[String], contrasts: &[Contrast]) -> Vec<ComparisonRow> {
    let mut rows = Vec::new();
    let mut family = Vec::new();
    for contrast in contrasts {
        for (outcome, moments) in OUTCOMES.iter().zip(&contrast.outcomes) {
            let paired = moments.contrast(Confidence::NINETY_FIVE);
            rows.push(ComparisonRow {
                first: names[0].clone(),
                other: names[contrast.other].clone(),
                outcome: outcome.name,
                unit: outcome.unit_over_a_run(),
                replicates: moments.difference.count(),
                mean_first: moments.b.mean().unwrap_or(f64::NAN),
                mean_other: moments.a.mean().unwrap_or(f64::NAN),
                difference: moments.difference.mean().unwrap_or(f64::NAN),
                low: paired.map(|paired| paired.difference.interval.low),
                high: paired.map(|paired| paired.difference.interval.high),
                variance_removed: paired.and_then(|paired| paired.variance_removed),
                stands_out: None,
            });
            // What never varies cannot differ; it makes the family of what may no larger.
            family.push(paired.filter(|_| !moments.is_constant()));
        }
    }
    for (row, stands_out) in rows.iter_mut().zip(stand_out(&family)) {
        row.stands_out = row.low.map(|_| stands_out);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_that_never_vary_have_no_place_in_the_family() {
        let place = |name| OUTCOMES.iter().position(|outcome| outcome.name == name).unwrap();
        let (deaths, rain) = (place("deaths"), place("rain"));
        let mut contrast = Contrast::new(1, false);
        for (replicate, fewer) in [(0, 10.0), (1, 13.0), (2, 8.0), (3, 11.0)] {
            let ending = |deaths_now: f64, digits: f64| {
                let mut ending = Ending::default();
                ending.end[deaths] = deaths_now;
                ending.end[rain] = 0.1 + digits;
                ending
            };
            let first = 100.0 + f64::from(replicate);
            let digits = 1e-15 * f64::from(replicate + 1);
            contrast.push(&[ending(first, 0.0), ending(first - fewer, digits)], 1);
        }
        let names = ["a".to_owned(), "b".to_owned()];
        let rows = rows(&names, &[contrast]);
        // 0.0011 alone; times the number of all outcomes it would be far above 0.05.
        assert_eq!(rows[deaths].stands_out, Some(true), "{:?}", rows[deaths]);
        assert_eq!((rows[rain].difference, rows[rain].stands_out), (0.0, Some(false)));
        assert_eq!(rows[rain].variance_removed, None);
    }
}
