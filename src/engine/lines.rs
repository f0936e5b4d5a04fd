//! The crowd as lines in order of key: the next to join is the next in line.
//!
//! A cell's line holds the people with the lowest thresholds, up to a horizon; when Λ comes near it,
//! the quarter is read again with twice the horizon. Who comes back, moves in or is no longer attended
//! stands in a second line, a heap. Removal is lazy: an entry counts only if it is still what the
//! person's record says. Attended people stand in no line: each has an alarm at their quarter's book of
//! attention, and is looked at when it rings.

use super::attention::Attention;
use super::crowd::{Bond, Bonds, Carried, Outlook, Standing};
use super::roll::{COHORTS, Cell, Person, Quarter, Roll};
use super::threshold::Thresholds;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BinaryHeap};

/// Lines reach this far at first: Λ seldom does in ten years, and an eighth of a country is little
/// to keep in order.
const FIRST_HORIZON: f64 = 0.125;

/// A place in line. Ties break by id.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Place {
    pub key: f64,
    pub person: Person,
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

/// How somebody an event has touched waits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum Held {
    /// Joins when Λ reaches `key`.
    Waiting {
        key: f64,
    },
    /// Joins when Λ and what they have felt of their own reach `key`, which is not before their quarter
    /// rings `alarm`. Attention ends with the week `until`.
    Attended {
        key: f64,
        alarm: f64,
        until: u32,
    },
    Away,
}

/// What is known of somebody an event has touched.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Record {
    cell: Cell,
    spell: u16,
    held: Held,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(from = "Unread")]
pub struct Lines {
    roll: Roll,
    thresholds: Thresholds,
    cells: Vec<CellBook>,
    /// By quarter.
    attention: Vec<Attention>,
    /// In which weeks whose attention may end.
    endings: BTreeMap<u32, Vec<Person>>,
    /// How far each quarter's lines reach.
    horizons: Vec<f64>,
    /// By quarter, whose key was set by an event and lies beyond the horizon; among others who do not wait
    /// there any more.
    beyond: Vec<Vec<Person>>,
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
    attention: Vec<Attention>,
    endings: BTreeMap<u32, Vec<Person>>,
    horizons: Vec<f64>,
    beyond: Vec<Vec<Person>>,
    record_of: Vec<u32>,
    records: Vec<Record>,
}

impl From<Unread> for Lines {
    fn from(kept: Unread) -> Self {
        let Unread {
            roll,
            thresholds,
            mut cells,
            attention,
            endings,
            horizons,
            beyond,
            record_of,
            records,
        } = kept;
        cells.par_chunks_mut(COHORTS).zip(&horizons).enumerate().for_each(
            |(quarter, (books, horizon))| {
                read_line(&roll, &thresholds, Quarter(quarter as u32), books, 0.0, *horizon);
            },
        );
        Lines { roll, thresholds, cells, attention, endings, horizons, beyond, record_of, records }
    }
}

/// Who crossed in one quarter, and whose alarm was set anew.
#[derive(Default)]
struct WeekOfQuarter {
    crossed: Vec<(Person, Cell)>,
    set: Vec<Place>,
}

impl WeekOfQuarter {
    fn is_quiet(&self) -> bool {
        self.crossed.is_empty() && self.set.is_empty()
    }
}

impl Lines {
    pub fn new(roll: Roll, thresholds: Thresholds) -> Self {
        let mut cells = vec![CellBook::default(); roll.cells()];
        cells.par_chunks_mut(COHORTS).enumerate().for_each(|(quarter, books)| {
            read_line(&roll, &thresholds, Quarter(quarter as u32), books, 0.0, FIRST_HORIZON);
        });
        Lines {
            attention: vec![Attention::default(); roll.quarters()],
            endings: BTreeMap::new(),
            horizons: vec![FIRST_HORIZON; roll.quarters()],
            beyond: vec![Vec::new(); roll.quarters()],
            record_of: vec![0; roll.ids()],
            records: Vec::new(),
            cells,
            roll,
            thresholds,
        }
    }

    pub fn advance(
        &mut self,
        week: u32,
        hazard_of_cell: &[f64],
        carried: &Carried,
        bonds: &impl Bonds,
    ) -> Vec<(Person, Cell)> {
        assert_eq!(hazard_of_cell.len(), self.cells.len(), "one hazard per cell");
        let weeks = self.week_of_quarters(hazard_of_cell, carried, bonds);
        let mut crossed = Vec::new();
        for week in weeks {
            for place in week.set {
                if let Held::Attended { alarm, .. } = &mut self.record_mut(place.person).held {
                    *alarm = place.key;
                }
            }
            crossed.extend(week.crossed);
        }
        // A person whose key was set twice to the same value stands twice in line.
        crossed.sort_unstable_by_key(|(person, _)| *person);
        crossed.dedup();
        for (person, _) in &crossed {
            self.record_mut(*person).held = Held::Away;
        }
        self.end_attention(week, bonds);
        crossed
    }

    fn week_of_quarters(
        &mut self,
        hazard_of_cell: &[f64],
        carried: &Carried,
        bonds: &impl Bonds,
    ) -> Vec<WeekOfQuarter> {
        let Lines {
            roll, thresholds, cells, attention, horizons, beyond, record_of, records, ..
        } = self;
        let known = |person| filed(record_of, records, person);
        let still_waits = |cell: Cell, place: Place| {
            known(place.person).is_none_or(|record| {
                record.cell == cell && record.held == Held::Waiting { key: place.key }
            })
        };
        cells
            .par_chunks_mut(COHORTS)
            .zip(hazard_of_cell.par_chunks(COHORTS))
            .zip(attention)
            .zip(horizons)
            .zip(beyond)
            .enumerate()
            .map(|(quarter, ((((books, hazards), attention), horizon), beyond))| {
                let quarter = Quarter(quarter as u32);
                let (mut reach, mut strongest) = (0.0_f64, 0.0_f64);
                for (book, hazard) in books.iter_mut().zip(hazards) {
                    debug_assert!(*hazard >= 0.0, "a hazard is never negative");
                    book.felt += hazard;
                    reach = reach.max(book.felt);
                    strongest = strongest.max(*hazard);
                }
                if reach >= *horizon {
                    let farther = (2.0 * *horizon).max(2.0 * reach);
                    read_line(roll, thresholds, quarter, books, *horizon, farther);
                    call_up(quarter, books, beyond, farther, &known);
                    *horizon = farther;
                }
                let mut week = WeekOfQuarter::default();
                for (cohort, book) in books.iter_mut().enumerate() {
                    let cell = quarter.cell(cohort);
                    book.week(cell, &|place| still_waits(cell, place), &mut week);
                }
                let peak = carried.peaks[quarter.index()];
                attention.advance(carried.of(quarter), peak, strongest);
                while let Some(rung) = attention.next_to_ring() {
                    let Some(Record { cell, held: Held::Attended { key, alarm, .. }, .. }) =
                        known(rung.person)
                    else {
                        continue;
                    };
                    if *alarm != rung.key || cell.quarter() != quarter {
                        continue;
                    }
                    let own = attention.felt(rung.person, bonds);
                    let left = key - books[cell.cohort()].felt - own;
                    if left <= 0.0 {
                        week.crossed.push((rung.person, *cell));
                    } else {
                        let most = bonds.outlook(rung.person).most;
                        let alarm = attention.alarm(left, most);
                        week.set.push(Place { key: alarm, person: rung.person });
                    }
                }
                week.set.iter().for_each(|place| attention.set(*place));
                week
            })
            .filter(|week| !week.is_quiet())
            .collect()
    }

    /// Those of whose bonds too little is left wait like others from now on.
    fn end_attention(&mut self, week: u32, bonds: &impl Bonds) {
        while let Some(ending) = self.endings.first_entry().filter(|entry| *entry.key() <= week) {
            for person in ending.remove() {
                let record = *self.record_mut(person);
                // Who was touched again since may be attended for longer.
                if let Held::Attended { key, until, .. } = record.held
                    && until <= week
                {
                    let key = key - self.own(person, record.cell, bonds);
                    self.wait(person, record.cell, key);
                }
            }
        }
    }

    /// Somebody waits in a cell like others who have been touched.
    fn wait(&mut self, person: Person, cell: Cell, key: f64) {
        let quarter = cell.quarter().index();
        if key < self.horizons[quarter] {
            self.cells[cell.index()].comers.push(Reverse(Place { key, person }));
        } else {
            self.beyond[quarter].push(person);
        }
        let record = self.record_mut(person);
        (record.cell, record.held) = (cell, Held::Waiting { key });
    }

    /// What somebody has felt of their own where they live, had they lived there with their bonds.
    fn own(&self, person: Person, cell: Cell, bonds: &impl Bonds) -> f64 {
        self.attention[cell.quarter().index()].felt(person, bonds)
    }

    /// Somebody joins when `remaining` more has been felt.
    fn watch(&mut self, person: Person, remaining: f64, bonds: &impl Bonds) {
        let record = *self.record_mut(person);
        let cell = record.cell;
        let key = self.cells[cell.index()].felt + self.own(person, cell, bonds) + remaining;
        let Outlook { most, until } = bonds.outlook(person);
        let attention = &mut self.attention[cell.quarter().index()];
        let alarm = attention.alarm(remaining, most);
        attention.set(Place { key: alarm, person });
        self.end_in(until, person, record.held);
        self.record_mut(person).held = Held::Attended { key, alarm, until };
    }

    /// Notes the week with which somebody's attention ends, unless it is noted.
    fn end_in(&mut self, week: u32, person: Person, known: Held) {
        let is_noted = matches!(known, Held::Attended { until, .. } if until == week);
        if week < u32::MAX && !is_noted {
            self.endings.entry(week).or_default().push(person);
        }
    }

    pub fn feel_before_start(&mut self, cell: Cell, felt: f64) {
        self.cells[cell.index()].felt = felt;
    }

    pub fn attend(&mut self, person: Person, bonds: &impl Bonds) {
        let record = *self.record_mut(person);
        if let Held::Waiting { key } = record.held {
            self.watch(person, key - self.cells[record.cell.index()].felt, bonds);
        }
    }

    pub fn bind(&mut self, person: Person, bond: Bond, outlook: Outlook) {
        let Some(Record { cell, held, .. }) = self.record(person).copied() else { return };
        let Held::Attended { key, alarm, .. } = held else { return };
        let Outlook { most, until } = outlook;
        let attention = &mut self.attention[cell.quarter().index()];
        let key = key + bond.weight * attention.carried(bond.channel);
        let alarm = if bond.now > 0.0 {
            let sooner = attention.sooner(alarm, most, bond.now);
            attention.set(Place { key: sooner, person });
            sooner
        } else {
            alarm
        };
        self.end_in(until, person, held);
        self.record_mut(person).held = Held::Attended { key, alarm, until };
    }

    pub fn before_all_change(&mut self, bonds: &impl Bonds) {
        for person in (0..self.record_of.len() as u32).map(Person) {
            let Some(Record { cell, held: Held::Attended { .. }, .. }) = self.record(person) else {
                continue;
            };
            let own = self.own(person, *cell, bonds);
            if let Held::Attended { key, .. } = &mut self.record_mut(person).held {
                *key -= own;
            }
        }
        self.attention.iter_mut().for_each(Attention::begin_anew);
    }

    pub fn after_all_change(&mut self, bonds: &impl Bonds) {
        for person in (0..self.record_of.len() as u32).map(Person) {
            if let Some(Record { cell, held: Held::Attended { key, .. }, .. }) = self.record(person)
            {
                self.watch(person, key - self.cells[cell.index()].felt, bonds);
            }
        }
    }

    /// Their records lie scattered in memory: all threads look
    /// at them first, and what can be known before anything is written is worked out there.
    pub fn relocate_all(&mut self, moves: &[(Person, Cell)], bonds: &impl Bonds) {
        let remaining: Vec<Option<f64>> = moves
            .par_iter()
            .map(|(person, _)| match self.record(*person) {
                None => {
                    let felt = self.cells[self.roll.cell_of(*person).index()].felt;
                    Some(self.thresholds.first(*person) - felt)
                }
                Some(Record { cell, held, .. }) => {
                    let felt = self.cells[cell.index()].felt;
                    match held {
                        Held::Waiting { key } => Some(key - felt),
                        Held::Attended { key, .. } => {
                            Some(key - felt - self.own(*person, *cell, bonds))
                        }
                        Held::Away => None,
                    }
                }
            })
            .collect();
        for ((person, to), remaining) in moves.iter().zip(remaining) {
            let (person, to) = (*person, *to);
            let Some(remaining) = remaining else {
                self.record_mut(person).cell = to;
                continue;
            };
            match self.record(person).map(|record| record.held) {
                Some(Held::Attended { .. }) => {
                    self.record_mut(person).cell = to;
                    self.watch(person, remaining, bonds);
                }
                known => {
                    if known.is_none() {
                        self.file(person, to, Held::Away);
                    }
                    self.wait(person, to, self.cells[to.index()].felt + remaining);
                }
            }
        }
    }

    pub fn take_away(&mut self, person: Person) {
        self.record_mut(person).held = Held::Away;
    }

    pub fn bring_back(&mut self, person: Person) {
        let record = *self.record_mut(person);
        assert_eq!(record.held, Held::Away, "only who is away can come back");
        let spell = record.spell + 1;
        self.record_mut(person).spell = spell;
        let felt = self.cells[record.cell.index()].felt;
        self.wait(person, record.cell, felt + self.thresholds.later(person, spell));
    }

    pub fn standing(&self, person: Person) -> Standing {
        match self.record(person).map(|record| record.held) {
            Some(Held::Waiting { key }) => Standing::Waiting { key },
            Some(Held::Attended { .. }) => Standing::Attended,
            Some(Held::Away) => Standing::Away,
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
        let attended = |record: &&Record| matches!(record.held, Held::Attended { .. });
        self.records.iter().filter(attended).count()
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
            let (record_of, records) = (&self.record_of, &self.records);
            let known = |person| filed(record_of, records, person);
            call_up(quarter, books, &mut self.beyond[quarter.index()], farther, &known);
            self.horizons[quarter.index()] = farther;
        }
    }

    fn record(&self, person: Person) -> Option<&Record> {
        filed(&self.record_of, &self.records, person)
    }

    /// Opens a record of somebody who has none.
    fn file(&mut self, person: Person, cell: Cell, held: Held) {
        self.records.push(Record { cell, spell: 0, held });
        self.record_of[person.index()] = self.records.len() as u32;
    }

    fn record_mut(&mut self, person: Person) -> &mut Record {
        if self.record_of[person.index()] == 0 {
            let key = self.thresholds.first(person);
            self.file(person, self.roll.cell_of(person), Held::Waiting { key });
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

/// What is known of somebody, if an event has touched them.
fn filed<'r>(record_of: &[u32], records: &'r [Record], person: Person) -> Option<&'r Record> {
    let found = record_of[person.index()];
    (found > 0).then(|| &records[found as usize - 1])
}

/// Who waits beyond the horizon of a quarter stands in line once it reaches to their key.
fn call_up<'r>(
    quarter: Quarter,
    books: &mut [CellBook],
    beyond: &mut Vec<Person>,
    to: f64,
    known: &impl Fn(Person) -> Option<&'r Record>,
) {
    beyond.retain(|person| match known(*person) {
        Some(Record { cell, held: Held::Waiting { key }, .. }) if cell.quarter() == quarter => {
            if *key < to {
                books[cell.cohort()].comers.push(Reverse(Place { key: *key, person: *person }));
            }
            *key >= to
        }
        _ => false,
    });
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

    /// Bonds of one channel, as strong for everyone.
    struct Same(f64);

    impl Bonds for Same {
        fn felt(&self, _: Person, carried: &[f64]) -> f64 {
            self.0 * carried[0]
        }
        fn outlook(&self, _: Person) -> Outlook {
            Outlook { most: self.0, until: u32::MAX }
        }
    }

    fn carried(quarters: usize, each: f64) -> Carried {
        Carried { channels: 1, by_quarter: vec![each; quarters], peaks: vec![each; quarters] }
    }

    /// A week in which bonds carry nothing.
    fn plain_week(lines: &mut Lines, hazards: &[f64]) -> Vec<(Person, Cell)> {
        lines.advance(0, hazards, &carried(hazards.len() / COHORTS, 0.0), &Same(0.0))
    }

    fn lines(people: u32) -> Lines {
        Lines::new(Roll::new(&[people]), Thresholds::new(Streams::new(1, 0), 1.0))
    }

    #[test]
    fn nobody_joins_while_nothing_is_felt() {
        let mut lines = lines(5_000);
        assert!(plain_week(&mut lines, &[0.0; 4]).is_empty());
    }

    #[test]
    fn the_share_who_joined_is_the_share_with_lower_thresholds() {
        let mut lines = lines(40_000);
        let joined: usize = (0..100).map(|_| plain_week(&mut lines, &[0.01; 4]).len()).sum();
        // 1 − (1 + Λ)^(−1) with Λ = 1.
        assert!((joined as f64 / 40_000.0 - 0.5).abs() < 0.01, "{joined}");
    }

    #[test]
    fn a_bond_brings_forward_only_whoever_is_attended() {
        let mut plain = lines(200);
        let mut touched = plain.clone();
        let (strong, carried) = (Same(1e9), carried(1, 1.0));
        touched.attend(Person(17), &strong);
        let crossed = touched.advance(0, &[0.0; 4], &carried, &strong);
        assert_eq!(crossed, vec![(Person(17), Cell(1))]);
        assert!(plain.advance(0, &[0.0; 4], &carried, &strong).is_empty());
    }

    #[test]
    fn bonds_that_change_count_from_then_on() {
        let mut lines = lines(64);
        let person = Person(3);
        let Standing::Waiting { key } = lines.standing(person) else { panic!("waits") };
        let joins = |lines: &mut Lines, bonds: &Same, carried: &Carried| {
            lines.advance(0, &[0.0; 4], carried, bonds).iter().any(|(who, _)| *who == person)
        };
        lines.attend(person, &Same(1.0));
        assert!(!joins(&mut lines, &Same(1.0), &carried(1, 0.5 * key)));
        let tied = Bond { channel: 0, weight: 3.0, now: 3.0 };
        lines.bind(person, tied, Same(4.0).outlook(person));
        assert!(!joins(&mut lines, &Same(4.0), &carried(1, 0.12 * key)));
        lines.before_all_change(&Same(4.0));
        lines.after_all_change(&Same(1.0));
        assert!(!joins(&mut lines, &Same(1.0), &carried(1, 0.019 * key)));
        assert!(joins(&mut lines, &Same(1.0), &carried(1, 0.002 * key)));
    }

    #[test]
    fn whoever_is_taken_away_does_not_join_and_whoever_is_brought_back_may() {
        let mut lines = lines(64);
        lines.take_away(Person(3));
        let all = plain_week(&mut lines, &[1e12; 4]);
        assert_eq!(all.len(), 63);
        lines.bring_back(Person(3));
        assert_eq!(lines.spell_of(Person(3)), 1);
        assert_eq!(plain_week(&mut lines, &[1e12; 4]).len(), 1);
    }

    #[test]
    fn moving_keeps_what_remains_to_the_threshold() {
        let roll = Roll::new(&[32, 32]);
        let mut lines = Lines::new(roll, Thresholds::new(Streams::new(1, 0), 1.0));
        let Standing::Waiting { key } = lines.standing(Person(0)) else { panic!("waits") };
        let mut hazards = [0.0; 8];
        hazards[4..].fill(key * 0.5);
        let _ = plain_week(&mut lines, &hazards);
        lines.relocate_all(&[(Person(0), Cell(4))], &Same(0.0));
        hazards[4..].fill(key * 0.999);
        let joined = plain_week(&mut lines, &hazards);
        assert!(!joined.iter().any(|(person, _)| *person == Person(0)));
        hazards[4..].fill(key * 0.002);
        let joined = plain_week(&mut lines, &hazards);
        assert!(joined.contains(&(Person(0), Cell(4))));
    }
}
