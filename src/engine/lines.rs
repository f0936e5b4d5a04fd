//! The crowd as lines in order of key: the next to join is the next in line.
//!
//! A cell's line holds the people with the lowest thresholds, up to a horizon; when Λ comes near it,
//! the quarter is read again with twice the horizon. Who comes back, moves in or is no longer attended
//! stands in a second line, a heap. Removal is lazy: an entry counts only if it is still what the
//! person's record says.

use super::crowd::{Personal, Standing};
use super::roll::{COHORTS, Cell, Person, Quarter, Roll};
use super::threshold::Thresholds;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

/// Lines reach this far at first: Λ seldom does in ten years, and an eighth of a country is little
/// to keep in order.
const FIRST_HORIZON: f64 = 0.125;

/// A place in line. Ties break by id.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Place {
    key: f64,
    person: Person,
}

impl Ord for Place {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key.total_cmp(&other.key).then(self.person.cmp(&other.person))
    }
}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Place {}

/// One cell's book.
#[derive(Clone, Default, Serialize, Deserialize)]
struct CellBook {
    /// Λ: hazard summed over all weeks so far.
    felt: f64,
    /// People never touched, by x, from `next` on not yet reached. Not kept in checkpoints, where it
    /// would be the larger half: thresholds and horizon tell it again.
    #[serde(skip)]
    line: Vec<Place>,
    next: usize,
    /// People whose key was set by an event.
    comers: BinaryHeap<Reverse<Place>>,
}

/// An attended person.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Asked {
    person: Person,
    /// Or [`GONE`].
    cohort: u8,
    /// What remains to the threshold.
    remaining: f64,
}

/// Stands for the cohort of an entry that no longer counts; it is dropped with the week.
const GONE: u8 = u8::MAX;

/// A quarter's attended people, in order of id but for the latest: kin live next to each other in it, so
/// that what they share is looked up once.
#[derive(Clone, Default, Serialize, Deserialize)]
struct Attended {
    in_order: Vec<Asked>,
    latest: Vec<Asked>,
}

impl Attended {
    fn insert(&mut self, person: Person, cell: Cell, remaining: f64) {
        self.latest.push(Asked { person, cohort: cell.cohort() as u8, remaining });
    }

    fn remove(&mut self, person: Person) -> Option<f64> {
        if let Ok(place) = self.in_order.binary_search_by_key(&person, |asked| asked.person)
            && self.in_order[place].cohort != GONE
        {
            self.in_order[place].cohort = GONE;
            return Some(self.in_order[place].remaining);
        }
        let place = self.latest.iter().position(|asked| asked.person == person)?;
        Some(self.latest.swap_remove(place).remaining)
    }

    /// The week of everyone, after Λ has grown by `hazards`.
    fn week<Ask: FnMut(Person, Cell) -> Personal>(
        &mut self,
        quarter: Quarter,
        hazards: &[f64],
        asking: &impl Fn(Quarter, &mut dyn Iterator<Item = Person>) -> Ask,
        week: &mut WeekOfQuarter,
    ) {
        self.latest.sort_unstable_by_key(|asked| asked.person);
        if self.latest.len() * 8 > self.in_order.len() {
            self.in_order.append(&mut self.latest);
            // The stable sort merges what is in order already.
            self.in_order.sort_by_key(|asked| asked.person);
        }
        for list in [&mut self.in_order, &mut self.latest] {
            if list.is_empty() {
                continue;
            }
            let mut ask = asking(quarter, &mut list.iter().map(|asked| asked.person));
            list.retain_mut(|Asked { person, cohort, remaining }| {
                if *cohort == GONE {
                    return false;
                }
                let cohort = usize::from(*cohort);
                let cell = quarter.cell(cohort);
                let own = ask(*person, cell);
                *remaining -= hazards[cohort] + own.hazard;
                if *remaining <= 0.0 {
                    week.crossed.push((*person, cell));
                } else if !own.lasting {
                    week.released.push((*person, *remaining));
                }
                *remaining > 0.0 && own.lasting
            });
        }
    }
}

/// What is known of somebody an event has touched.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Record {
    cell: Cell,
    spell: u16,
    standing: Standing,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(from = "Unread")]
pub struct Lines {
    roll: Roll,
    thresholds: Thresholds,
    cells: Vec<CellBook>,
    /// By quarter.
    attended: Vec<Attended>,
    /// How far each quarter's lines reach.
    horizons: Vec<f64>,
    /// 1 + place in `records`, by person; 0 for the many whom nothing has touched.
    record_of: Vec<u32>,
    records: Vec<Record>,
}

/// The same as a checkpoint has it, before its lines are read. Fields in the order of [`Lines`].
#[derive(Deserialize)]
struct Unread {
    roll: Roll,
    thresholds: Thresholds,
    cells: Vec<CellBook>,
    attended: Vec<Attended>,
    horizons: Vec<f64>,
    record_of: Vec<u32>,
    records: Vec<Record>,
}

impl From<Unread> for Lines {
    fn from(kept: Unread) -> Self {
        let Unread { roll, thresholds, mut cells, attended, horizons, record_of, records } = kept;
        cells.par_chunks_mut(COHORTS).zip(&horizons).enumerate().for_each(
            |(quarter, (books, horizon))| {
                read_line(&roll, &thresholds, Quarter(quarter as u32), books, 0.0, *horizon);
            },
        );
        Lines { roll, thresholds, cells, attended, horizons, record_of, records }
    }
}

/// Who crossed in one quarter, and whose attention ended with how much remaining.
#[derive(Default)]
struct WeekOfQuarter {
    crossed: Vec<(Person, Cell)>,
    released: Vec<(Person, f64)>,
}

impl WeekOfQuarter {
    fn is_quiet(&self) -> bool {
        self.crossed.is_empty() && self.released.is_empty()
    }
}

impl Lines {
    pub fn new(roll: Roll, thresholds: Thresholds) -> Self {
        let mut cells = vec![CellBook::default(); roll.cells()];
        cells.par_chunks_mut(COHORTS).enumerate().for_each(|(quarter, books)| {
            read_line(&roll, &thresholds, Quarter(quarter as u32), books, 0.0, FIRST_HORIZON);
        });
        Lines {
            attended: vec![Attended::default(); roll.quarters()],
            horizons: vec![FIRST_HORIZON; roll.quarters()],
            record_of: vec![0; roll.ids()],
            records: Vec::new(),
            cells,
            roll,
            thresholds,
        }
    }

    pub fn advance<Ask: FnMut(Person, Cell) -> Personal>(
        &mut self,
        hazard_of_cell: &[f64],
        asking: &(impl Fn(Quarter, &mut dyn Iterator<Item = Person>) -> Ask + Sync),
    ) -> Vec<(Person, Cell)> {
        assert_eq!(hazard_of_cell.len(), self.cells.len(), "one hazard per cell");
        let Lines { roll, thresholds, cells, attended, horizons, record_of, records } = self;
        let still_waits = |cell: Cell, place: Place| match record_of[place.person.index()] {
            0 => true,
            found => {
                let record = &records[found as usize - 1];
                record.cell == cell && record.standing == Standing::Waiting { key: place.key }
            }
        };
        let weeks: Vec<WeekOfQuarter> = cells
            .par_chunks_mut(COHORTS)
            .zip(hazard_of_cell.par_chunks(COHORTS))
            .zip(attended)
            .zip(horizons)
            .enumerate()
            .map(|(quarter, (((books, hazards), attended), horizon))| {
                let quarter = Quarter(quarter as u32);
                let mut reach: f64 = 0.0;
                for (book, hazard) in books.iter_mut().zip(hazards) {
                    debug_assert!(*hazard >= 0.0, "a hazard is never negative");
                    book.felt += hazard;
                    reach = reach.max(book.felt);
                }
                if reach >= *horizon {
                    let farther = (2.0 * *horizon).max(2.0 * reach);
                    read_line(roll, thresholds, quarter, books, *horizon, farther);
                    *horizon = farther;
                }
                let mut week = WeekOfQuarter::default();
                for (cohort, book) in books.iter_mut().enumerate() {
                    let cell = quarter.cell(cohort);
                    book.week(cell, &|place| still_waits(cell, place), &mut week);
                }
                attended.week(quarter, hazards, asking, &mut week);
                week
            })
            .filter(|week| !week.is_quiet())
            .collect();
        let mut crossed = Vec::new();
        for week in weeks {
            for (person, remaining) in week.released {
                let cell = self.record_mut(person).cell;
                let book = &mut self.cells[cell.index()];
                let key = book.felt + remaining;
                book.comers.push(Reverse(Place { key, person }));
                self.record_mut(person).standing = Standing::Waiting { key };
            }
            crossed.extend(week.crossed);
        }
        // A person whose key was set twice to the same value stands twice in line.
        crossed.sort_unstable_by_key(|(person, _)| *person);
        crossed.dedup();
        for (person, _) in &crossed {
            self.record_mut(*person).standing = Standing::Away;
        }
        crossed
    }

    pub fn feel_before_start(&mut self, cell: Cell, felt: f64) {
        self.cells[cell.index()].felt = felt;
    }

    pub fn attend(&mut self, person: Person) {
        let record = *self.record_mut(person);
        if let Standing::Waiting { key } = record.standing {
            let remaining = key - self.cells[record.cell.index()].felt;
            self.attended_in(record.cell).insert(person, record.cell, remaining);
            self.record_mut(person).standing = Standing::Attended;
        }
    }

    pub fn relocate(&mut self, person: Person, to: Cell) {
        let record = *self.record_mut(person);
        match record.standing {
            Standing::Waiting { key } => {
                let remaining = key - self.cells[record.cell.index()].felt;
                let key = self.cells[to.index()].felt + remaining;
                self.cells[to.index()].comers.push(Reverse(Place { key, person }));
                self.record_mut(person).standing = Standing::Waiting { key };
            }
            Standing::Attended => {
                let remaining = self.attended_in(record.cell).remove(person);
                let remaining = remaining.expect("an attended person is in their quarter's list");
                self.attended_in(to).insert(person, to, remaining);
            }
            Standing::Away => {}
        }
        self.record_mut(person).cell = to;
    }

    pub fn take_away(&mut self, person: Person) {
        let record = *self.record_mut(person);
        if record.standing == Standing::Attended {
            self.attended_in(record.cell).remove(person);
        }
        self.record_mut(person).standing = Standing::Away;
    }

    pub fn bring_back(&mut self, person: Person) {
        let mut record = *self.record_mut(person);
        assert_eq!(record.standing, Standing::Away, "only who is away can come back");
        record.spell += 1;
        let book = &mut self.cells[record.cell.index()];
        let key = book.felt + self.thresholds.later(person, record.spell);
        record.standing = Standing::Waiting { key };
        book.comers.push(Reverse(Place { key, person }));
        *self.record_mut(person) = record;
    }

    pub fn standing(&self, person: Person) -> Standing {
        match self.record(person) {
            Some(record) => record.standing,
            None => Standing::Waiting { key: self.thresholds.first(person) },
        }
    }

    pub fn cell_of(&self, person: Person) -> Cell {
        self.record(person).map_or_else(|| self.roll.cell_of(person), |record| record.cell)
    }

    pub fn spell_of(&self, person: Person) -> u16 {
        self.record(person).map_or(0, |record| record.spell)
    }

    pub fn attended(&self) -> usize {
        let asked = self.attended.iter().flat_map(|list| list.in_order.iter().chain(&list.latest));
        asked.filter(|asked| asked.cohort != GONE).count()
    }

    pub fn felt(&self, cell: Cell) -> f64 {
        self.cells[cell.index()].felt
    }

    pub fn first_in_line(&mut self, cell: Cell, count: usize) -> Vec<(f64, Person)> {
        let quarter = cell.quarter();
        loop {
            let book = &self.cells[cell.index()];
            let untouched = |place: &&Place| self.record_of[place.person.index()] == 0;
            let found: Vec<(f64, Person)> = book.line[book.next..]
                .iter()
                .filter(untouched)
                .take(count)
                .map(|place| (place.key, place.person))
                .collect();
            let everyone = book.line.len() >= self.roll.people_in_cell(cell) as usize;
            if found.len() >= count || everyone {
                return found;
            }
            let horizon = self.horizons[quarter.index()];
            let farther = if horizon > 1e6 { f64::INFINITY } else { 4.0 * horizon };
            let books = &mut self.cells[quarter.index() * COHORTS..][..COHORTS];
            read_line(&self.roll, &self.thresholds, quarter, books, horizon, farther);
            self.horizons[quarter.index()] = farther;
        }
    }

    fn attended_in(&mut self, cell: Cell) -> &mut Attended {
        &mut self.attended[cell.quarter().index()]
    }

    fn record(&self, person: Person) -> Option<&Record> {
        let found = self.record_of[person.index()];
        (found > 0).then(|| &self.records[found as usize - 1])
    }

    fn record_mut(&mut self, person: Person) -> &mut Record {
        if self.record_of[person.index()] == 0 {
            let key = self.thresholds.first(person);
            let cell = self.roll.cell_of(person);
            self.records.push(Record { cell, spell: 0, standing: Standing::Waiting { key } });
            self.record_of[person.index()] = self.records.len() as u32;
        }
        let found = self.record_of[person.index()];
        &mut self.records[found as usize - 1]
    }
}

impl CellBook {
    /// Whom a cell's Λ has reached; those whom no event touched, and those whose key was set.
    fn week(&mut self, cell: Cell, still_waits: &impl Fn(Place) -> bool, week: &mut WeekOfQuarter) {
        while let Some(place) = self.line.get(self.next).filter(|place| place.key <= self.felt) {
            if still_waits(*place) {
                week.crossed.push((place.person, cell));
            }
            self.next += 1;
        }
        while let Some(Reverse(place)) = self.comers.peek().filter(|p| p.0.key <= self.felt) {
            if still_waits(*place) {
                week.crossed.push((place.person, cell));
            }
            self.comers.pop();
        }
    }
}

/// Extends the lines of a quarter's cells to everyone whose x lies in [`from`, `to`).
fn read_line(
    roll: &Roll,
    thresholds: &Thresholds,
    quarter: Quarter,
    books: &mut [CellBook],
    from: f64,
    to: f64,
) {
    let lengths: Vec<usize> = books.iter().map(|book| book.line.len()).collect();
    for (key, person) in thresholds.below(roll.people_of(quarter), to) {
        if key >= from {
            books[person.cohort()].line.push(Place { key, person });
        }
    }
    for (book, length) in books.iter_mut().zip(lengths) {
        book.line[length..].sort_unstable();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::streams::Streams;

    const NOTHING: Personal = Personal { hazard: 0.0, lasting: false };

    fn lines(people: u32) -> Lines {
        Lines::new(Roll::new(&[people]), Thresholds::new(Streams::new(1, 0), 1.0))
    }

    #[test]
    fn nobody_joins_while_nothing_is_felt() {
        let mut lines = lines(5_000);
        assert!(lines.advance(&[0.0; 4], &|_, _| |_, _| NOTHING).is_empty());
    }

    #[test]
    fn the_share_who_joined_is_the_share_with_lower_thresholds() {
        let mut lines = lines(40_000);
        let joined: usize =
            (0..100).map(|_| lines.advance(&[0.01; 4], &|_, _| |_, _| NOTHING).len()).sum();
        // 1 − (1 + Λ)^(−1) with Λ = 1.
        assert!((joined as f64 / 40_000.0 - 0.5).abs() < 0.01, "{joined}");
    }

    #[test]
    fn a_personal_hazard_brings_forward_only_whoever_feels_it() {
        let mut plain = lines(200);
        let mut touched = plain.clone();
        touched.attend(Person(17));
        let strong =
            |_, _: &mut dyn Iterator<Item = Person>| |_, _| Personal { hazard: 1e9, lasting: true };
        assert_eq!(touched.advance(&[0.0; 4], &strong), vec![(Person(17), Cell(1))]);
        assert!(plain.advance(&[0.0; 4], &strong).is_empty());
    }

    #[test]
    fn whoever_is_taken_away_does_not_join_and_whoever_is_brought_back_may() {
        let mut lines = lines(64);
        lines.take_away(Person(3));
        let all = lines.advance(&[1e12; 4], &|_, _| |_, _| NOTHING);
        assert_eq!(all.len(), 63);
        lines.bring_back(Person(3));
        assert_eq!(lines.spell_of(Person(3)), 1);
        assert_eq!(lines.advance(&[1e12; 4], &|_, _| |_, _| NOTHING).len(), 1);
    }

    #[test]
    fn moving_keeps_what_remains_to_the_threshold() {
        let roll = Roll::new(&[32, 32]);
        let mut lines = Lines::new(roll, Thresholds::new(Streams::new(1, 0), 1.0));
        let Standing::Waiting { key } = lines.standing(Person(0)) else { panic!("waits") };
        let mut hazards = [0.0; 8];
        hazards[4..].fill(key * 0.5);
        let _ = lines.advance(&hazards, &|_, _| |_, _| NOTHING);
        lines.relocate(Person(0), Cell(4));
        hazards[4..].fill(key * 0.999);
        let joined = lines.advance(&hazards, &|_, _| |_, _| NOTHING);
        assert!(!joined.iter().any(|(person, _)| *person == Person(0)));
        hazards[4..].fill(key * 0.002);
        let joined = lines.advance(&hazards, &|_, _| |_, _| NOTHING);
        assert!(joined.contains(&(Person(0), Cell(4))));
    }
}
