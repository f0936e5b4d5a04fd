//! Displaced households: where each is, and whom a quarter hosts.
//!
//! Who is next to flee on and who is met at random are both found without asking every hosted
//! person, so that a flight or an attack costs the same however many hosted people there are.

use crate::words::ids::AbroadId;
use serde::{Deserialize, Serialize};
use toguna_engine::layout::{BLOCK, Block, HOUSEHOLDS, Person, Quarter};
use toguna_engine::radix_heap::RadixHeap;
use toguna_engine::streams::place_in_order;
use toguna_units::narrow;

/// Everyone who is away from home, found by household at once.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Register {
    /// 1 + place in `entries`, by household; 0 for whoever is at home.
    place_of: Vec<u32>,
    entries: Vec<(Household, Away)>,
}

impl Register {
    /// Where a household is; none of whoever is at home.
    #[must_use]
    pub fn get(&self, household: Household) -> Option<&Away> {
        let place = *self.place_of.get(household.0 as usize)?;
        (place > 0).then(|| &self.entries[place as usize - 1].1)
    }

    /// Whether a household is away.
    #[must_use]
    pub fn contains(&self, household: Household) -> bool {
        self.get(household).is_some()
    }

    /// Everyone away, in no order that means anything.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &Away> {
        self.entries.iter().map(|(_, away)| away)
    }

    /// Notes where a household is from now on.
    pub(crate) fn insert(&mut self, household: Household, away: Away) {
        let index = household.0 as usize;
        if index >= self.place_of.len() {
            self.place_of.resize(index + 1, 0);
        }
        let place = &mut self.place_of[index];
        if *place > 0 {
            self.entries[*place as usize - 1].1 = away;
            return;
        }
        self.entries.push((household, away));
        *place = narrow(self.entries.len());
    }

    pub(crate) fn remove(&mut self, household: Household) -> Option<Away> {
        let place = std::mem::take(self.place_of.get_mut(household.0 as usize)?);
        if place == 0 {
            return None;
        }
        let (_, away) = self.entries.swap_remove(place as usize - 1);
        if let Some((moved, _)) = self.entries.get(place as usize - 1) {
            self.place_of[moved.0 as usize] = place;
        }
        Some(away)
    }
}

/// What scatters households over the numbers of 32 bits.
const SCATTER: u64 = 0x746f_6775_6e61;

/// Places in a stretch of scattered numbers. Stretches hold at most two households on average; that one
/// holds more than 16 happens to one in 10¹⁰.
const PLACES: usize = 16;

/// The displaced households that one quarter hosts. Who came and went in a week is added and removed by
/// `update` at its end.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Hosted {
    /// By what must have been felt here until they flee on. Removal is lazy: a place counts if the
    /// household is still away under it.
    by_hazard: RadixHeap<Household>,
    /// In order of the number each is scattered to.
    scattered: Vec<(u32, Household)>,
    /// Who came (true) and went since the last week's end, in order.
    moves: Vec<(u32, Household, bool)>,
}

impl Hosted {
    /// How many households it hosts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.scattered.len()
    }

    /// Whether it hosts none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.scattered.is_empty()
    }

    pub(crate) fn insert(&mut self, household: Household, key: f64) {
        self.by_hazard.enter(key, household);
        self.moves.push((scattered(household), household, true));
    }

    pub(crate) fn remove(&mut self, household: Household) {
        self.moves.push((scattered(household), household, false));
    }

    /// A household that was due has found nowhere to go.
    pub(crate) fn put_back(&mut self, household: Household, key: f64) {
        self.by_hazard.enter(key, household);
    }

    /// Who is due once `felt` has been felt here, among those of whom `is_here` says that they
    /// are still hosted with this key; their keys are struck off.
    pub(crate) fn take_due(
        &mut self,
        felt: f64,
        is_here: impl Fn(Household, f64) -> bool,
    ) -> Vec<(f64, Household)> {
        let mut due = Vec::new();
        self.by_hazard.call(felt, |key, household| {
            if is_here(household, key) {
                due.push((key, household));
            }
        });
        due
    }

    /// Enters who came and went: of each household, what it did last. Of whom `is_here` says that they are not
    /// hosted with this key any more, the keys may go.
    pub(crate) fn update(&mut self, is_here: impl Fn(Household, f64) -> bool) {
        self.by_hazard.tidy(|key, household| is_here(household, key));
        if self.moves.is_empty() {
            return;
        }
        let mut moves = std::mem::take(&mut self.moves);
        moves.sort_by_key(|(number, household, _)| (*number, *household));
        // Of each household, what it did last.
        moves.dedup_by(|later, last| {
            let same = (later.0, later.1) == (last.0, last.1);
            if same {
                *last = *later;
            }
            same
        });
        self.strike_off(&moves);
        self.fit_in(&moves);
        moves.clear();
        self.moves = moves;
    }

    /// Whoever is named in these, in order, stands in no place any more. Those between two of them move up
    /// together, unasked.
    fn strike_off(&mut self, named: &[(u32, Household, bool)]) {
        let (mut kept, mut looked_at) = (0, 0);
        for (number, household, _) in named {
            let ahead = self.scattered[looked_at..].binary_search(&(*number, *household));
            if let Ok(between) = ahead {
                self.scattered.copy_within(looked_at..looked_at + between, kept);
                (kept, looked_at) = (kept + between, looked_at + between + 1);
            }
        }
        if kept < looked_at {
            let rest = self.scattered.len() - looked_at;
            self.scattered.copy_within(looked_at.., kept);
            self.scattered.truncate(kept + rest);
        }
    }

    /// Whoever came of these, in order, takes their place: from the last to the first, so that the others
    /// step aside once, all between two of them together.
    fn fit_in(&mut self, moves: &[(u32, Household, bool)]) {
        let came = moves.iter().filter(|(_, _, came)| *came);
        let mut before = self.scattered.len();
        let mut free = before + came.clone().count();
        self.scattered.resize(free, (0, Household(0)));
        for (number, household, _) in came.rev() {
            let own = (*number, *household);
            let place = self.scattered[..before].partition_point(|other| *other < own);
            free -= before - place;
            self.scattered.copy_within(place..before, free);
            before = place;
            free -= 1;
            self.scattered[free] = own;
        }
    }

    /// Any hosted person, each with the same chance, as `mark` would have it: stretches of scattered
    /// numbers and places in them are called until one is taken, so that one hosted more or less
    /// changes only the calls that would have met them.
    #[must_use]
    pub fn anyone(&self, mark: u64) -> Option<Household> {
        if self.is_empty() {
            return None;
        }
        let bits = self.len().next_power_of_two().trailing_zeros().saturating_sub(1).min(31);
        // So many calls in vain are beyond all chance: at least one in 32 meets somebody.
        (0..10_000).find_map(|call| {
            let called = place_in_order(mark, call);
            let first =
                if bits == 0 { 0 } else { (called >> 32) as u32 >> (32 - bits) << (32 - bits) };
            let last = first | (u32::MAX >> bits);
            let start = self.scattered.partition_point(|(number, _)| *number < first);
            let (number, household) =
                self.scattered.get(start + narrow::<_, usize>(called % PLACES as u64))?;
            (*number <= last).then_some(*household)
        })
    }
}

fn scattered(household: Household) -> u32 {
    (place_in_order(SCATTER, household.0) >> 32) as u32
}

/// A household, as block · 5 + place in the block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Household(pub u32);

impl Household {
    /// The household of a person.
    #[must_use]
    pub fn of(person: Person) -> Self {
        Household(person.block().0 * HOUSEHOLDS + person.household())
    }

    /// Its people; at the end of a quarter some may be nobody.
    pub fn people(self) -> impl Iterator<Item = Person> {
        let place = self.0 % HOUSEHOLDS;
        let end = if place == HOUSEHOLDS - 1 { BLOCK } else { 3 * place + 3 };
        (3 * place..end).map(move |slot| Block(self.0 / HOUSEHOLDS).person(slot))
    }
}

/// Where the displaced are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refuge {
    /// Hosted by this quarter.
    Quarter(Quarter),
    /// In a neighbouring country.
    Abroad(AbroadId),
}

/// A household away from home.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Away {
    /// The quarter that it comes from.
    pub home: Quarter,
    /// Where it is.
    pub refuge: Refuge,
    /// Adults and dependants.
    pub persons: f64,
    /// What is felt where it is when it flees on.
    pub(crate) flees_on_at: f64,
}

impl Away {
    /// Whether this is a hosted person of a quarter who flees on at this hazard.
    pub(crate) fn is_hosted_until(&self, quarter: Quarter, key: f64) -> bool {
        self.refuge == Refuge::Quarter(quarter) && self.flees_on_at == key
    }
}

#[cfg(test)]
impl Away {
    pub(crate) fn for_tests(persons: f64) -> Self {
        let refuge = Refuge::Quarter(Quarter(1));
        Away { home: Quarter(0), refuge, persons, flees_on_at: 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosted(households: impl Iterator<Item = u32>) -> Hosted {
        let mut hosted = Hosted::default();
        households.for_each(|number| hosted.insert(Household(number), f64::from(number)));
        hosted.update(|_, _| true);
        hosted
    }

    #[test]
    fn every_household_is_met_as_often_as_any_other() {
        for count in [1_u32, 2, 3, 7, 100, 1_000] {
            let hosted = hosted((0..count).map(|number| 40 * number));
            let mut met = vec![0_u32; count as usize];
            let calls = 400 * count;
            for mark in 0..calls {
                let mark = place_in_order(99, mark);
                met[hosted.anyone(mark).unwrap().0 as usize / 40] += 1;
            }
            // Chi-square of so many degrees of freedom: mean count − 1, variance 2 · (count − 1).
            let off = |met: &u32| (f64::from(*met) - 400.0) * (f64::from(*met) - 400.0) / 400.0;
            let sum: f64 = met.iter().map(off).sum();
            let free = f64::from(count - 1);
            assert!(sum <= free + 5.0 * (2.0 * free).sqrt(), "{count}: {sum}");
        }
    }

    #[test]
    fn a_household_less_changes_only_the_calls_that_met_them() {
        let (all, fewer) = (hosted(0..300), hosted((0..300).filter(|number| *number != 17)));
        for mark in 0..5_000 {
            let mark = place_in_order(7, mark);
            let met = all.anyone(mark).unwrap();
            assert!(met == Household(17) || fewer.anyone(mark) == Some(met));
        }
    }

    #[test]
    fn who_came_and_went_in_a_week_is_entered_at_its_end() {
        let mut hosted = hosted((0..100).map(|number| 2 * number));
        for number in 0..200 {
            if number % 2 == 0 {
                hosted.remove(Household(number));
            }
            if number % 3 == 0 {
                hosted.insert(Household(number), 0.0);
            }
            if number % 12 == 0 {
                hosted.remove(Household(number));
                hosted.insert(Household(number), 1.0);
            }
        }
        assert_eq!(hosted.len(), 100);
        hosted.update(|_, _| true);
        let mut here: Vec<u32> = hosted.scattered.iter().map(|(_, who)| who.0).collect();
        assert!(hosted.scattered.is_sorted());
        here.sort_unstable();
        assert_eq!(here, (0..200).filter(|number| number % 3 == 0).collect::<Vec<_>>());
    }

    #[test]
    fn whose_turn_has_come_is_taken_once() {
        let mut hosted = hosted(0..10);
        let due = |hosted: &mut Hosted| hosted.take_due(4.0, |who, _| who.0 != 2);
        let mut numbers: Vec<u32> = due(&mut hosted).iter().map(|(_, who)| who.0).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, [0, 1, 3, 4]);
        assert!(due(&mut hosted).is_empty());
        hosted.put_back(Household(3), 3.0);
        assert_eq!(due(&mut hosted), [(3.0, Household(3))]);
    }

    #[test]
    fn the_register_knows_who_is_away_whoever_came_home_before() {
        let mut register = Register::default();
        let away = |persons| Away::for_tests(persons);
        for number in 0..10 {
            register.insert(Household(number), away(f64::from(number)));
        }
        assert_eq!(register.remove(Household(3)).unwrap().persons, 3.0);
        assert!(register.remove(Household(3)).is_none() && !register.contains(Household(3)));
        register.insert(Household(9), away(99.0));
        assert_eq!(register.get(Household(9)).unwrap().persons, 99.0);
        assert_eq!(register.values().len(), 9);
    }
}
