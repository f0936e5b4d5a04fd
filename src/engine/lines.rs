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
    attended: Attended,
}

/// What remains to the threshold of each attended person, in order of id but for the latest.
#[derive(Clone, Default, Serialize, Deserialize)]
struct Attended {
    in_order: Vec<(Person, f64)>,
    latest: Vec<(Person, f64)>,
}

impl Attended {
    fn insert(&mut self, person: Person, remaining: f64) {
        self.latest.push((person, remaining));
    }

    fn remove(&mut self, person: Person) -> Option<f64> {
        if let Ok(place) = self.in_order.binary_search_by_key(&person, |(id, _)| *id) {
            return Some(self.in_order.remove(place).1);
        }
        let place = self.latest.iter().position(|(id, _)| *id == person)?;
        Some(self.latest.swap_remove(place).1)
    }

    /// Everyone in order of id; whoever `keep` refuses is dropped.
    fn retain(&mut self, mut keep: impl FnMut(Person, &mut f64) -> bool) {
        if !self.latest.is_empty() {
            self.in_order.append(&mut self.latest);
            self.in_order.sort_unstable_by_key(|(person, _)| *person);
        }
        self.in_order.retain_mut(|(person, remaining)| keep(*person, remaining));
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
    horizons: Vec<f64>,
    record_of: Vec<u32>,
    records: Vec<Record>,
}

impl From<Unread> for Lines {
    fn from(kept: Unread) -> Self {
        let Unread { roll, thresholds, mut cells, horizons, record_of, records } = kept;
        cells.par_chunks_mut(COHORTS).zip(&horizons).enumerate().for_each(
            |(quarter, (books, horizon))| {
                read_line(&roll, &thresholds, Quarter(quarter as u32), books, 0.0, *horizon);
            },
        );
        Lines { roll, thresholds, cells, horizons, record_of, records }
    }
}

/// Who crossed in one cell, and whose attention ended.
struct WeekOfCell {
    crossed: Vec<(Person, Cell)>,
    released: Vec<(Person, f64)>,
}

impl Lines {
    pub fn new(roll: Roll, thresholds: Thresholds) -> Self {
        let mut cells = vec![CellBook::default(); roll.cells()];
        cells.par_chunks_mut(COHORTS).enumerate().for_each(|(quarter, books)| {
            read_line(&roll, &thresholds, Quarter(quarter as u32), books, 0.0, FIRST_HORIZON);
        });
        Lines {
            horizons: vec![FIRST_HORIZON; roll.quarters()],
            record_of: vec![0; roll.ids()],
            records: Vec::new(),
            cells,
            roll,
            thresholds,
        }
    }

    pub fn advance(
        &mut self,
        hazard_of_cell: &[f64],
        personal: &(impl Fn(Person, Cell) -> Personal + Sync),
    ) -> Vec<(Person, Cell)> {
        assert_eq!(hazard_of_cell.len(), self.cells.len(), "one hazard per cell");
        let Lines { roll, thresholds, cells, horizons, record_of, records } = self;
        let still_waits = |cell: Cell, place: Place| match record_of[place.person.index()] {
            0 => true,
            found => {
                let record = &records[found as usize - 1];
                record.cell == cell && record.standing == Standing::Waiting { key: place.key }
            }
        };
        let weeks: Vec<WeekOfCell> = cells
            .par_chunks_mut(COHORTS)
            .zip(horizons.par_iter_mut())
            .enumerate()
            .flat_map_iter(|(quarter, (books, horizon))| {
                let quarter = Quarter(quarter as u32);
                let hazards = &hazard_of_cell[quarter.index() * COHORTS..][..COHORTS];
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
                let weeks: Vec<WeekOfCell> = books
                    .iter_mut()
                    .enumerate()
                    .map(|(cohort, book)| {
                        let cell = quarter.cell(cohort);
                        let hazard = hazards[cohort];
                        book.week(cell, hazard, &|place| still_waits(cell, place), personal)
                    })
                    .collect();
                weeks
            })
            .collect();
        let mut crossed = Vec::new();
        for week in weeks {
            for (person, key) in week.released {
                let record = self.record_mut(person);
                record.standing = Standing::Waiting { key };
                let cell = record.cell;
                self.cells[cell.index()].comers.push(Reverse(Place { key, person }));
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
            let book = &mut self.cells[record.cell.index()];
            book.attended.insert(person, key - book.felt);
            self.record_mut(person).standing = Standing::Attended;
        }
    }

    pub fn relocate(&mut self, person: Person, to: Cell) {
        let record = *self.record_mut(person);
        let from = &mut self.cells[record.cell.index()];
        match record.standing {
            Standing::Waiting { key } => {
                let remaining = key - from.felt;
                let key = self.cells[to.index()].felt + remaining;
                self.cells[to.index()].comers.push(Reverse(Place { key, person }));
                self.record_mut(person).standing = Standing::Waiting { key };
            }
            Standing::Attended => {
                let remaining = from.attended.remove(person);
                let remaining = remaining.expect("an attended person is in their cell's book");
                self.cells[to.index()].attended.insert(person, remaining);
            }
            Standing::Away => {}
        }
        self.record_mut(person).cell = to;
    }

    pub fn take_away(&mut self, person: Person) {
        let record = *self.record_mut(person);
        if record.standing == Standing::Attended {
            self.cells[record.cell.index()].attended.remove(person);
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
    /// The week of one cell after its Λ has grown by `hazard`.
    fn week(
        &mut self,
        cell: Cell,
        hazard: f64,
        still_waits: &impl Fn(Place) -> bool,
        personal: &impl Fn(Person, Cell) -> Personal,
    ) -> WeekOfCell {
        let mut crossed = Vec::new();
        while let Some(place) = self.line.get(self.next).filter(|place| place.key <= self.felt) {
            if still_waits(*place) {
                crossed.push((place.person, cell));
            }
            self.next += 1;
        }
        while let Some(Reverse(place)) = self.comers.peek().filter(|p| p.0.key <= self.felt) {
            if still_waits(*place) {
                crossed.push((place.person, cell));
            }
            self.comers.pop();
        }
        let mut released = Vec::new();
        let felt = self.felt;
        self.attended.retain(|person, remaining| {
            let own = personal(person, cell);
            *remaining -= hazard + own.hazard;
            if *remaining <= 0.0 {
                crossed.push((person, cell));
            } else if !own.lasting {
                released.push((person, felt + *remaining));
            }
            *remaining > 0.0 && own.lasting
        });
        WeekOfCell { crossed, released }
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
        assert!(lines.advance(&[0.0; 4], &|_, _| NOTHING).is_empty());
    }

    #[test]
    fn the_share_who_joined_is_the_share_with_lower_thresholds() {
        let mut lines = lines(40_000);
        let joined: usize =
            (0..100).map(|_| lines.advance(&[0.01; 4], &|_, _| NOTHING).len()).sum();
        // 1 − (1 + Λ)^(−1) with Λ = 1.
        assert!((joined as f64 / 40_000.0 - 0.5).abs() < 0.01, "{joined}");
    }

    #[test]
    fn a_personal_hazard_brings_forward_only_whoever_feels_it() {
        let mut plain = lines(200);
        let mut touched = plain.clone();
        touched.attend(Person(17));
        let strong = |_, _| Personal { hazard: 1e9, lasting: true };
        assert_eq!(touched.advance(&[0.0; 4], &strong), vec![(Person(17), Cell(1))]);
        assert!(plain.advance(&[0.0; 4], &strong).is_empty());
    }

    #[test]
    fn whoever_is_taken_away_does_not_join_and_whoever_is_brought_back_may() {
        let mut lines = lines(64);
        lines.take_away(Person(3));
        let all = lines.advance(&[1e12; 4], &|_, _| NOTHING);
        assert_eq!(all.len(), 63);
        lines.bring_back(Person(3));
        assert_eq!(lines.spell_of(Person(3)), 1);
        assert_eq!(lines.advance(&[1e12; 4], &|_, _| NOTHING).len(), 1);
    }

    #[test]
    fn moving_keeps_what_remains_to_the_threshold() {
        let roll = Roll::new(&[32, 32]);
        let mut lines = Lines::new(roll, Thresholds::new(Streams::new(1, 0), 1.0));
        let Standing::Waiting { key } = lines.standing(Person(0)) else { panic!("waits") };
        let mut hazards = [0.0; 8];
        hazards[4..].fill(key * 0.5);
        let _ = lines.advance(&hazards, &|_, _| NOTHING);
        lines.relocate(Person(0), Cell(4));
        hazards[4..].fill(key * 0.999);
        let joined = lines.advance(&hazards, &|_, _| NOTHING);
        assert!(!joined.iter().any(|(person, _)| *person == Person(0)));
        hazards[4..].fill(key * 0.002);
        let joined = lines.advance(&hazards, &|_, _| NOTHING);
        assert!(joined.contains(&(Person(0), Cell(4))));
    }
}
