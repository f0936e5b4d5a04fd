//! Earlier weeks of a world, kept so that one can go back to any of them without running everything again.
//! There are never more than so many: when one is too many, every other goes.

use toguna_experiment::joined::Joiners;
use toguna_experiment::logs::Mark;
use toguna_experiment::record::RunRecord;
use toguna_session::World;

/// Adults that all worlds that are kept may have together, which bounds what they take: a world with more has
/// none kept.
const ADULTS: u64 = 5_600_000;
/// Worlds that are kept at most.
const MOST: u64 = 24;

/// What a world and its run so far were before a week.
#[derive(Clone)]
pub struct Past {
    pub world: World,
    /// Without its logs.
    pub record: RunRecord,
    /// How far these had come.
    pub logs: Mark,
    pub joined: Joiners,
}

/// What is kept, each with the weeks that had been run.
pub struct Pasts<Kept = Past> {
    kept: Vec<(u32, Kept)>,
    /// Weeks between two.
    every: u32,
    most: usize,
}

impl<Kept> Pasts<Kept> {
    /// For a world of so many adults.
    pub fn of(adults: u64) -> Self {
        let most = (ADULTS / adults.max(1)).min(MOST);
        Pasts { kept: Vec::new(), every: 4, most: usize::try_from(most).unwrap_or(0) }
    }

    /// Keeps what `made` gives of these weeks, if their turn has come.
    pub fn keep(&mut self, weeks: u32, made: impl FnOnce() -> Kept) {
        if self.most < 2 {
            return;
        }
        if self.kept.len() >= self.most && weeks.is_multiple_of(self.every) {
            self.every *= 2;
            self.kept.retain(|(weeks, _)| weeks.is_multiple_of(self.every));
        }
        if weeks.is_multiple_of(self.every) {
            self.kept.push((weeks, made()));
        }
    }

    /// The last that is kept of these weeks or fewer; what came after it is forgotten.
    pub fn back(&mut self, weeks: u32) -> Option<(u32, &Kept)> {
        self.kept.retain(|(kept, _)| *kept <= weeks);
        self.kept.last().map(|(weeks, kept)| (*weeks, kept))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_long_a_run_so_few_are_kept_and_its_beginning_always() {
        let mut pasts: Pasts<u32> = Pasts::of(1_100_000);
        for weeks in 0..3000 {
            pasts.keep(weeks, || weeks);
            assert!(pasts.kept.len() <= 5, "{weeks}");
            assert_eq!(pasts.kept[0].0, 0);
        }
        let (weeks, kept) = pasts.back(2000).unwrap();
        assert!((976..=2000).contains(&weeks) && weeks == *kept, "{weeks}");
        assert!(pasts.kept.iter().all(|(kept, _)| *kept <= 2000));
        assert_eq!(pasts.back(0).map(|it| it.0), Some(0));
        let mut everyone: Pasts<u32> = Pasts::of(11_000_000);
        everyone.keep(0, || unreachable!());
        assert!(everyone.back(0).is_none());
    }
}
