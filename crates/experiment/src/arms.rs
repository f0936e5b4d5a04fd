//! The scenarios of a comparison, and how one replicate of them all is run: one after the other, and what
//! they share before they first differ once.

use super::common_past::{RandomNumbers, common_weeks};
use super::ending::Ending;
use super::replicate::{Interrupt, Stopped, run_weeks};
use toguna_scenario::prepared::PreparedScenario;
use toguna_units::narrow;

/// The scenarios compared; the others are compared with the first.
pub struct Arms {
    /// Their short names, in the order given; the first is what the others are compared with.
    pub names: Vec<String>,
    /// What each starts from, in the same order.
    pub scenarios: Vec<PreparedScenario>,
    /// Weeks that all of them share.
    pub(crate) common_weeks: u32,
    /// Random numbers after these.
    pub random_numbers: RandomNumbers,
}

impl Arms {
    /// The arms by name, with the random numbers they take after the weeks that all of them share.
    #[must_use]
    pub fn new(arms: Vec<(String, PreparedScenario)>, random_numbers: RandomNumbers) -> Self {
        let (names, scenarios): (Vec<_>, Vec<_>) = arms.into_iter().unzip();
        let checked: Vec<_> = scenarios.iter().map(PreparedScenario::checked).collect();
        let common_weeks = common_weeks(&checked);
        Arms { names, scenarios, common_weeks, random_numbers }
    }

    /// The same arms with each scenario changed; what they share is taken to be as long.
    #[must_use]
    pub fn changed(&self, change: impl Fn(&PreparedScenario) -> PreparedScenario) -> Self {
        let scenarios = self.scenarios.iter().map(change).collect();
        Arms { names: self.names.clone(), scenarios, ..*self }
    }

    /// Weeks that one replicate of all arms takes.
    #[must_use]
    pub fn weeks_to_run(&self) -> u64 {
        let own = |prepared: &PreparedScenario| u64::from(prepared.weeks() - self.common_weeks);
        u64::from(self.common_weeks) + self.scenarios.iter().map(own).sum::<u64>()
    }

    /// How each arm ends under one seed and replicate.
    ///
    /// # Errors
    /// When `interrupt` is said, or an outcome means nothing.
    pub fn run(
        &self,
        seed: u64,
        replicate: u32,
        interrupt: &Interrupt,
        after_week: &dyn Fn(),
    ) -> Result<Vec<Ending>, Stopped> {
        let replicate = u64::from(replicate);
        let mut endings = Vec::with_capacity(self.scenarios.len());
        let mut past = None;
        if self.common_weeks > 0
            && let Some(first) = self.scenarios.first()
        {
            let mut ending = Ending::default();
            let world = first.world(seed, replicate);
            let world = run_weeks(world, self.common_weeks, interrupt, &mut |world| {
                ending.observe(world);
                after_week();
            })?;
            past = Some((world, ending));
        }
        for (number, prepared) in self.scenarios.iter().enumerate() {
            let last = number + 1 == self.scenarios.len();
            let shared = if last { past.take() } else { past.clone() };
            let so_far = if shared.is_some() { self.common_weeks } else { 0 };
            let (mut world, mut ending) = match shared {
                Some((mut world, ending)) => {
                    let past = &self.scenarios[0].checked().scenario;
                    prepared.fork(&mut world, past);
                    (world, ending)
                }
                None => (prepared.world(seed, replicate), Ending::default()),
            };
            if self.random_numbers == RandomNumbers::Fresh {
                world.draw_afresh(narrow(number));
            }
            let left = prepared.weeks() - so_far;
            let world = run_weeks(world, left, interrupt, &mut |world| {
                ending.observe(world);
                after_week();
            })?;
            ending.close(&world);
            endings.push(ending);
        }
        Ok(endings)
    }
}
