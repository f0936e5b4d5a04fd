//! The risk set as a queue in order of key: the next to join is the next in the queue.
//!
//! A cell's queue holds the people with the lowest thresholds, up to a horizon; when Λ comes near it,
//! the quarter is read again with twice the horizon. Who comes back, moves in or is no longer attended
//! waits in a radix heap beside it. Removal is lazy: a place counts only if it is still what the
//! person's record says. Attended people stand in no queue: each has a wake-up in their quarter, and is
//! looked at when it is due. Blocks of which anybody was touched have records, next to each other, since
//! kin move and are harmed together. What a week changes is worked out by all threads as updates; each
//! thread then writes its part of the country.

use super::bonds::{Bonds, Carried, Change, Outlook, Status};
use super::layout::{Block, COHORTS, Cell, Layout, Person, Quarter};
use super::parallel;
use super::radix_heap::RadixHeap;
use super::records::Records;
use super::threshold::Thresholds;
use super::updates::{ByQuarter, Held, Record, Update};
use super::wake_ups::WakeUps;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use toguna_units::narrow;

/// Queues reach this far at first: Λ seldom does in ten years, and an eighth of a country is little
/// to keep in order.
const FIRST_HORIZON: f64 = 0.125;

/// A place in a queue. Ties break by id.
#[derive(Clone, Copy, Debug)]
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
    /// No key in the queue lies below this.
    nearest: f64,
    /// People never touched, by x, from `next` on not yet reached. Not kept in checkpoints, where it
    /// would be the larger half: thresholds and horizon tell it again.
    #[serde(skip)]
    queue: Vec<Place>,
    next: usize,
    /// People whose key was set by an event.
    comers: RadixHeap<Person>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "Unread")]
pub struct ThresholdQueue {
    layout: Layout,
    thresholds: Thresholds,
    cells: Vec<CellBook>,
    /// By quarter.
    wake_ups: Vec<WakeUps>,
    /// In which weeks who may cease to be attended.
    endings: BTreeMap<u32, Vec<Person>>,
    /// How far each quarter's queues reach.
    horizons: Vec<f64>,
    /// By quarter, whose key was set by an event and lies beyond the horizon; among others who do not wait
    /// there any more.
    beyond: Vec<Vec<Person>>,
    /// Kept in checkpoints of whom an event has touched; what the others are is known by their birth.
    records: Records,
}

/// The same as a checkpoint has it, before its queues are read. Fields in the order of [`ThresholdQueue`].
#[derive(Deserialize)]
struct Unread {
    layout: Layout,
    thresholds: Thresholds,
    cells: Vec<CellBook>,
    wake_ups: Vec<WakeUps>,
    endings: BTreeMap<u32, Vec<Person>>,
    horizons: Vec<f64>,
    beyond: Vec<Vec<Person>>,
    records: Vec<(Person, Record)>,
}

impl Unread {
    /// Whether its parts are of one register, so that all that is looked up by number is there.
    fn fits_together(&self) -> bool {
        let (layout, quarters) = (&self.layout, self.layout.quarters());
        let lengths = [self.wake_ups.len(), self.horizons.len(), self.beyond.len()];
        let numbered = layout.is_whole()
            && self.cells.len() == layout.cells()
            && lengths.iter().all(|length| *length == quarters);
        let waiting = || self.endings.values().chain(&self.beyond).flatten();
        let touched = || self.records.iter();
        numbered
            && waiting()
                .chain(touched().map(|(person, _)| person))
                .all(|it| layout.is_somebody(*it))
            && touched().all(|(_, record)| record.cell.index() < self.cells.len())
    }
}

impl TryFrom<Unread> for ThresholdQueue {
    type Error = &'static str;

    fn try_from(kept: Unread) -> Result<Self, Self::Error> {
        if !kept.fits_together() {
            return Err("the queue of thresholds speaks of people who are not in its register");
        }
        let Unread {
            layout,
            thresholds,
            mut cells,
            wake_ups,
            endings,
            horizons,
            beyond,
            records: touched,
        } = kept;
        cells.par_chunks_mut(COHORTS).zip(&horizons).enumerate().for_each(
            |(quarter, (books, horizon))| {
                read_queue(&layout, &thresholds, Quarter(narrow(quarter)), books, 0.0, *horizon);
            },
        );
        let records = Records::of_nobody(&layout);
        let mut queue = ThresholdQueue {
            layout,
            thresholds,
            cells,
            wake_ups,
            endings,
            horizons,
            beyond,
            records,
        };
        queue.open_all(touched.iter().map(|(person, _)| person.block()));
        for (person, record) in touched {
            queue.records.set(person, &record);
        }
        Ok(queue)
    }
}

/// Who crossed in one quarter, and whose wake-up was set anew.
#[derive(Default)]
struct WeekOfQuarter {
    crossed: Vec<(Person, Cell)>,
    set: Vec<(f64, Person)>,
}

impl WeekOfQuarter {
    fn is_quiet(&self) -> bool {
        self.crossed.is_empty() && self.set.is_empty()
    }
}

impl ThresholdQueue {
    pub fn new(layout: Layout, thresholds: Thresholds) -> Self {
        let mut cells = vec![CellBook::default(); layout.cells()];
        cells.par_chunks_mut(COHORTS).enumerate().for_each(|(quarter, books)| {
            read_queue(&layout, &thresholds, Quarter(narrow(quarter)), books, 0.0, FIRST_HORIZON);
        });
        ThresholdQueue {
            wake_ups: vec![WakeUps::default(); layout.quarters()],
            endings: BTreeMap::new(),
            horizons: vec![FIRST_HORIZON; layout.quarters()],
            beyond: vec![Vec::new(); layout.quarters()],
            records: Records::of_nobody(&layout),
            cells,
            layout,
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
            for (set, person) in week.set {
                let mut record = self.record_of(person);
                if let Held::Attended { wake_up, .. } = &mut record.held {
                    *wake_up = set;
                }
                self.records.set(person, &record);
            }
            crossed.extend(week.crossed);
        }
        // A person whose key was set twice to the same value stands twice.
        crossed.sort_unstable_by_key(|(person, _)| *person);
        crossed.dedup();
        for (person, _) in &crossed {
            self.take_away(*person);
        }
        self.end_attending(week, bonds);
        crossed
    }

    fn week_of_quarters(
        &mut self,
        hazard_of_cell: &[f64],
        carried: &Carried,
        bonds: &impl Bonds,
    ) -> Vec<WeekOfQuarter> {
        let ThresholdQueue {
            layout, thresholds, cells, wake_ups, horizons, beyond, records, ..
        } = self;
        let known = |person| records.of(person);
        let still_waits = |cell: Cell, key: f64, person: Person| {
            known(person)
                .is_none_or(|record| record.cell == cell && record.held == Held::Waiting { key })
        };
        cells
            .par_chunks_mut(COHORTS)
            .zip(hazard_of_cell.par_chunks(COHORTS))
            .zip(wake_ups)
            .zip(horizons)
            .zip(beyond)
            .enumerate()
            .map(|(quarter, ((((books, hazards), wake_ups), horizon), beyond))| {
                let quarter = Quarter(narrow(quarter));
                let (mut reach, mut strongest) = (0.0_f64, 0.0_f64);
                for (book, hazard) in books.iter_mut().zip(hazards) {
                    assert!(*hazard >= 0.0, "a hazard is never negative");
                    book.felt += hazard;
                    reach = reach.max(book.felt);
                    strongest = strongest.max(*hazard);
                }
                if reach >= *horizon {
                    let farther = (2.0 * *horizon).max(2.0 * reach);
                    read_queue(layout, thresholds, quarter, books, *horizon, farther);
                    call_up(quarter, books, beyond, farther, &known);
                    *horizon = farther;
                }
                let mut week = WeekOfQuarter::default();
                for (cohort, book) in books.iter_mut().enumerate() {
                    let cell = quarter.cell(cohort);
                    let still_waits = |key, person| still_waits(cell, key, person);
                    book.week(cell, &still_waits, &mut week.crossed);
                }
                let peak = carried.peaks[quarter.index()];
                wake_ups.advance(carried.of(quarter), peak, strongest);
                // The cell and the key of somebody who is still to be looked at then.
                let sleeps = |due: f64, person| match records.of(person) {
                    Some(Record { cell, held: Held::Attended { key, wake_up, .. }, .. }) => {
                        (wake_up == due && cell.quarter() == quarter).then_some((cell, key))
                    }
                    _ => None,
                };
                for (due, person) in wake_ups.due() {
                    let Some((cell, key)) = sleeps(due, person) else { continue };
                    let left = key - books[cell.cohort()].felt - wake_ups.felt(person, bonds);
                    if left <= 0.0 {
                        week.crossed.push((person, cell));
                    } else {
                        let most = bonds.outlook(person).most;
                        week.set.push((wake_ups.wake_up(left, most), person));
                    }
                }
                wake_ups.tidy(|due, person| sleeps(due, person).is_some());
                week.set.iter().for_each(|(wake_up, person)| wake_ups.set(*person, *wake_up));
                week
            })
            .filter(|week| !week.is_quiet())
            .collect()
    }

    /// Those of whose bonds too little is left wait like others from now on.
    fn end_attending(&mut self, week: u32, bonds: &impl Bonds) {
        let mut listed = Vec::new();
        while let Some(ending) = self.endings.first_entry().filter(|update| *update.key() <= week) {
            listed.extend(ending.remove());
        }
        listed.sort_unstable();
        listed.dedup();
        let ended = |item: usize| self.ended(week, listed[item], bonds);
        let updates: Vec<Update> = parallel::filter_map(listed.len(), ended);
        self.enter(&updates);
    }

    /// How somebody stands who may cease to be attended; who was touched again since may be attended
    /// for longer.
    fn ended(&self, week: u32, person: Person, bonds: &impl Bonds) -> Option<Update> {
        let record = self.records.of(person)?;
        match record.held {
            Held::Attended { key, until, .. } if until <= week => {
                let key = key - self.own(person, record.cell, bonds);
                Some(Update::new(person, record, record.cell, Held::Waiting { key }, true))
            }
            _ => None,
        }
    }

    /// What somebody has felt of their own where they live, had they lived there with their bonds.
    fn own(&self, person: Person, cell: Cell, bonds: &impl Bonds) -> f64 {
        self.wake_ups[cell.quarter().index()].felt(person, bonds)
    }

    pub fn feel_before_start(&mut self, cell: Cell, felt: f64) {
        self.cells[cell.index()].felt = felt;
    }

    pub fn attend(&mut self, person: Person, bonds: &impl Bonds) {
        let record = self.record_of(person);
        if let Held::Waiting { key } = record.held {
            let remaining = key - self.cells[record.cell.index()].felt;
            let update = self.watched(person, record, remaining, bonds.outlook(person), bonds);
            self.enter(&[update]);
        }
    }

    /// Records lie scattered in memory: all threads look at them first and work out what comes of it,
    /// before anything is written.
    pub fn change_bonds<C: Iterator<Item = Change>>(
        &mut self,
        week: u32,
        circles: &[Block],
        changes: impl Fn(usize) -> C + Sync,
        bonds: &impl Bonds,
    ) {
        self.open_all(circles.iter().copied());
        let of_circle =
            |circle| changes(circle).filter_map(|change| self.changed(week, &change, bonds));
        let updates: Vec<Update> = parallel::flat_map(circles.len(), of_circle);
        self.enter(&updates);
    }

    /// How somebody stands after their bonds have changed, if it makes a difference.
    fn changed(&self, week: u32, change: &Change, bonds: &impl Bonds) -> Option<Update> {
        let Change { person, outlook, ref tied } = *change;
        let record = self.records.of(person).expect("all circles are open");
        match record.held {
            Held::Waiting { key } if outlook.until > week => {
                let remaining = key - self.cells[record.cell.index()].felt;
                Some(self.watched(person, record, remaining, outlook, bonds))
            }
            Held::Attended { key, wake_up, .. } => {
                let wake_ups = &self.wake_ups[record.cell.quarter().index()];
                let owed = tied.iter().map(|bond| bond.weight * wake_ups.carried(bond.channel));
                let key = key + owed.sum::<f64>();
                let new: f64 = tied.iter().map(|bond| bond.now.max(0.0)).sum();
                let sooner = new > 0.0;
                let wake_up =
                    if sooner { wake_ups.sooner(wake_up, outlook.most, new) } else { wake_up };
                let held = Held::Attended { key, wake_up, until: outlook.until };
                Some(Update::new(person, record, record.cell, held, sooner))
            }
            _ => None,
        }
    }

    pub fn before_all_change(&mut self, bonds: &impl Bonds) {
        for (person, mut record) in self.everyone_attended() {
            let own = self.own(person, record.cell, bonds);
            if let Held::Attended { key, .. } = &mut record.held {
                *key -= own;
            }
            self.records.set(person, &record);
        }
        self.wake_ups.iter_mut().for_each(WakeUps::begin_anew);
    }

    pub fn after_all_change(&mut self, bonds: &impl Bonds) {
        let attended = self.everyone_attended();
        let updates: Vec<Update> = parallel::filter_map(attended.len(), |item| {
            let (person, record) = attended[item];
            let Held::Attended { key, .. } = record.held else { return None };
            let remaining = key - self.cells[record.cell.index()].felt;
            Some(self.watched(person, record, remaining, bonds.outlook(person), bonds))
        });
        self.enter(&updates);
    }

    /// In order of id.
    fn everyone_attended(&self) -> Vec<(Person, Record)> {
        let attended = |(_, record): &(_, Record)| matches!(record.held, Held::Attended { .. });
        self.records.touched().filter(attended).collect()
    }

    pub fn relocate_all(&mut self, moves: &[(Person, Cell)], bonds: &impl Bonds) {
        self.open_all(moves.iter().map(|(person, _)| person.block()));
        let updates: Vec<Update> =
            parallel::map_each(moves, |(person, to)| self.moved(*person, *to, bonds));
        self.enter(&updates);
    }

    /// How somebody stands after a move.
    fn moved(&self, person: Person, to: Cell, bonds: &impl Bonds) -> Update {
        let record = self.records.of(person).expect("all circles are open");
        let felt = self.cells[record.cell.index()].felt;
        match record.held {
            Held::Waiting { key } => {
                let key = self.cells[to.index()].felt + key - felt;
                Update::new(person, record, to, Held::Waiting { key }, true)
            }
            Held::Attended { key, .. } => {
                let remaining = key - felt - self.own(person, record.cell, bonds);
                let there = Record { cell: to, ..record };
                self.watched(person, there, remaining, bonds.outlook(person), bonds)
            }
            Held::Away => Update::new(person, record, to, Held::Away, false),
        }
    }

    /// Somebody joins where their record says that they live, when `remaining` more has been felt.
    fn watched(
        &self,
        person: Person,
        record: Record,
        remaining: f64,
        outlook: Outlook,
        bonds: &impl Bonds,
    ) -> Update {
        let cell = record.cell;
        let key = self.cells[cell.index()].felt + self.own(person, cell, bonds) + remaining;
        let Outlook { most, until } = outlook;
        let wake_up = self.wake_ups[cell.quarter().index()].wake_up(remaining, most);
        let held = Held::Attended { key, wake_up, until };
        Update::new(person, record, cell, held, true)
    }

    /// Writes down how these people stand from now on, whose circles have records.
    fn enter(&mut self, updates: &[Update]) {
        let ThresholdQueue { cells, wake_ups, endings, horizons, beyond, records, .. } = self;
        parallel::both(
            || {
                for Update { person, ending, .. } in updates {
                    if let Some(week) = ending {
                        endings.entry(*week).or_default().push(*person);
                    }
                }
            },
            || {
                parallel::both(
                    || records.write(updates),
                    || put_in_order(updates, cells, wake_ups, horizons, beyond),
                )
            },
        );
    }

    pub fn take_away(&mut self, person: Person) {
        let record = Record { held: Held::Away, ..self.record_of(person) };
        self.records.set(person, &record);
    }

    pub fn bring_back(&mut self, person: Person) {
        let mut record = self.record_of(person);
        assert_eq!(record.held, Held::Away, "only who is away can come back");
        record.spell += 1;
        let felt = self.cells[record.cell.index()].felt;
        let key = felt + self.thresholds.later(person, record.spell);
        let update = Update::new(person, record, record.cell, Held::Waiting { key }, true);
        self.records.set(person, &update.record);
        let quarter = update.quarter();
        take_place(
            &update,
            &mut self.cells[quarter * COHORTS..][..COHORTS],
            &mut self.wake_ups[quarter],
            self.horizons[quarter],
            &mut self.beyond[quarter],
        );
    }

    pub fn status(&self, person: Person) -> Status {
        match self.records.of(person).map(|record| record.held) {
            Some(Held::Waiting { key }) => Status::Waiting { key },
            Some(Held::Attended { .. }) => Status::Attended,
            Some(Held::Away) => Status::Away,
            None => Status::Waiting { key: self.thresholds.first(person) },
        }
    }

    pub fn cell_of(&self, person: Person) -> Cell {
        self.records.cell_of(person).unwrap_or_else(|| self.layout.cell_of(person))
    }

    pub fn spell_of(&self, person: Person) -> u16 {
        self.records.of(person).map_or(0, |record| record.spell)
    }

    pub fn attended(&self) -> usize {
        self.everyone_attended().len()
    }

    pub fn felt(&self, cell: Cell) -> f64 {
        self.cells[cell.index()].felt
    }

    pub fn first_in_queue(&mut self, cell: Cell, count: usize, within: f64) -> Vec<(f64, Person)> {
        let quarter = cell.quarter();
        loop {
            let book = &self.cells[cell.index()];
            let untouched =
                |place: &&Place| self.records.of(place.person).is_none_or(|known| !known.touched);
            let found: Vec<(f64, Person)> = book.queue[book.next..]
                .iter()
                .take_while(|place| place.key <= within)
                .filter(untouched)
                .take(count)
                .map(|place| (place.key, place.person))
                .collect();
            let everyone = book.queue.len() >= self.layout.people_in_cell(cell) as usize;
            let horizon = self.horizons[quarter.index()];
            if found.len() >= count || everyone || within < horizon {
                return found;
            }
            let farther = if horizon > 1e6 { f64::INFINITY } else { 4.0 * horizon };
            let books = &mut self.cells[quarter.index() * COHORTS..][..COHORTS];
            read_queue(&self.layout, &self.thresholds, quarter, books, horizon, farther);
            let records = &self.records;
            let known = |person| records.of(person);
            call_up(quarter, books, &mut self.beyond[quarter.index()], farther, &known);
            self.horizons[quarter.index()] = farther;
        }
    }

    /// The record of somebody who is now touched.
    fn record_of(&mut self, person: Person) -> Record {
        if !self.records.is_open(person.block()) {
            self.records.open_all(&[person.block()], &self.layout, &self.thresholds);
        }
        let record = self.records.of(person).expect("it was opened");
        Record { touched: true, ..record }
    }

    /// Opens records of all these circles.
    fn open_all(&mut self, circles: impl Iterator<Item = Block>) {
        let closed = circles.filter(|block| !self.records.is_open(*block));
        let mut closed: Vec<Block> = closed.collect();
        closed.sort_unstable();
        closed.dedup();
        self.records.open_all(&closed, &self.layout, &self.thresholds);
    }
}

/// People take their places: all threads, each part of the country by itself.
fn put_in_order(
    updates: &[Update],
    cells: &mut [CellBook],
    wake_ups: &mut [WakeUps],
    horizons: &[f64],
    beyond: &mut [Vec<Person>],
) {
    let by_quarter = ByQuarter::of(updates, horizons.len());
    cells
        .par_chunks_mut(COHORTS)
        .zip(wake_ups)
        .zip(horizons)
        .zip(beyond)
        .enumerate()
        .with_min_len(64)
        .for_each(|(quarter, (((books, wake_ups), horizon), beyond))| {
            for update in by_quarter.of_quarter(quarter) {
                take_place(&updates[*update as usize], books, wake_ups, *horizon, beyond);
            }
        });
}

/// Somebody takes their place in their quarter.
fn take_place(
    update: &Update,
    books: &mut [CellBook],
    wake_ups: &mut WakeUps,
    horizon: f64,
    beyond: &mut Vec<Person>,
) {
    let Update { person, record: Record { cell, held, .. }, .. } = *update;
    match held {
        Held::Waiting { key } if key < horizon => {
            books[cell.cohort()].comers.enter(key, person);
        }
        Held::Waiting { .. } => beyond.push(person),
        Held::Attended { wake_up, .. } => wake_ups.set(person, wake_up),
        Held::Away => {}
    }
}

impl CellBook {
    /// Whom a cell's Λ has reached; those whom no event touched, and those whose key was set.
    fn week(
        &mut self,
        cell: Cell,
        still_waits: &impl Fn(f64, Person) -> bool,
        crossed: &mut Vec<(Person, Cell)>,
    ) {
        if self.felt >= self.nearest {
            while let Some(place) = self.queue.get(self.next).filter(|place| place.key <= self.felt)
            {
                if still_waits(place.key, place.person) {
                    crossed.push((place.person, cell));
                }
                self.next += 1;
            }
            self.look_ahead();
        }
        self.comers.call(self.felt, |key, person| {
            if still_waits(key, person) {
                crossed.push((person, cell));
            }
        });
        self.comers.tidy(still_waits);
    }

    fn look_ahead(&mut self) {
        self.nearest = self.queue.get(self.next).map_or(f64::INFINITY, |place| place.key);
    }
}

/// Who waits beyond the horizon of a quarter stands in the queue once it reaches to their key.
fn call_up(
    quarter: Quarter,
    books: &mut [CellBook],
    beyond: &mut Vec<Person>,
    to: f64,
    known: &impl Fn(Person) -> Option<Record>,
) {
    beyond.retain(|person| match known(*person) {
        Some(Record { cell, held: Held::Waiting { key }, .. }) if cell.quarter() == quarter => {
            if key < to {
                books[cell.cohort()].comers.enter(key, *person);
            }
            key >= to
        }
        _ => false,
    });
}

/// Extends the queues of a quarter's cells to everyone whose x lies in [`from`, `to`).
fn read_queue(
    layout: &Layout,
    thresholds: &Thresholds,
    quarter: Quarter,
    books: &mut [CellBook],
    from: f64,
    to: f64,
) {
    let lengths: Vec<usize> = books.iter().map(|book| book.queue.len()).collect();
    for (key, person) in thresholds.below(layout.people_of(quarter), to) {
        if key >= from {
            books[person.cohort()].queue.push(Place { key, person });
        }
    }
    for (book, length) in books.iter_mut().zip(lengths) {
        book.queue[length..].sort_unstable();
        book.look_ahead();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::risk_set::Bond;
    use crate::streams::Streams;

    #[test]
    fn a_queue_whose_parts_do_not_fit_together_is_refused() {
        let (layout, thresholds) =
            (Layout::new(&[40, 0, 7]), Thresholds::new(Streams::new(1, 0), 1.0));
        let mut records = Records::of_nobody(&layout);
        records.open_all(&[Block(0)], &layout, &thresholds);
        let record = records.of(Person(0)).unwrap();
        let kept = || Unread {
            layout: layout.clone(),
            thresholds: thresholds.clone(),
            cells: vec![CellBook::default(); layout.cells()],
            wake_ups: vec![WakeUps::default(); 3],
            endings: BTreeMap::from([(3, vec![Person(48)])]),
            horizons: vec![0.1; 3],
            beyond: vec![Vec::new(); 3],
            records: vec![(Person(39), record)],
        };
        assert!(ThresholdQueue::try_from(kept()).is_ok());
        type Change = fn(&mut Unread);
        let wrong: [(&str, Change); 6] = [
            ("a block of nobody", |kept| kept.records[0].0 = Person(4_000)),
            ("the end of a block", |kept| kept.records[0].0 = Person(40)),
            ("no cell", |kept| kept.records[0].1.cell = Cell(12)),
            ("nobody's ending", |kept| kept.endings.values_mut().for_each(|it| it[0] = Person(60))),
            ("a quarter less", |kept| kept.horizons.truncate(2)),
            ("a cell less", |kept| kept.cells.truncate(11)),
        ];
        for (what, change) in wrong {
            let mut kept = kept();
            change(&mut kept);
            assert!(ThresholdQueue::try_from(kept).is_err(), "{what}");
        }
    }

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
    fn plain_week(queue: &mut ThresholdQueue, hazards: &[f64]) -> Vec<(Person, Cell)> {
        queue.advance(0, hazards, &carried(hazards.len() / COHORTS, 0.0), &Same(0.0))
    }

    fn queue(people: u32) -> ThresholdQueue {
        ThresholdQueue::new(Layout::new(&[people]), Thresholds::new(Streams::new(1, 0), 1.0))
    }

    #[test]
    fn nobody_joins_while_nothing_is_felt() {
        let mut queue = queue(5_000);
        assert!(plain_week(&mut queue, &[0.0; 4]).is_empty());
    }

    #[test]
    fn the_share_who_joined_is_the_share_with_lower_thresholds() {
        let mut queue = queue(40_000);
        let joined: usize = (0..100).map(|_| plain_week(&mut queue, &[0.01; 4]).len()).sum();
        // 1 − (1 + Λ)^(−1) with Λ = 1.
        assert!((joined as f64 / 40_000.0 - 0.5).abs() < 0.01, "{joined}");
    }

    #[test]
    fn a_bond_brings_forward_only_whoever_is_attended() {
        let mut plain = queue(200);
        let mut touched = plain.clone();
        let (strong, carried) = (Same(1e9), carried(1, 1.0));
        touched.attend(Person(17), &strong);
        let crossed = touched.advance(0, &[0.0; 4], &carried, &strong);
        assert_eq!(crossed, vec![(Person(17), Cell(1))]);
        assert!(plain.advance(0, &[0.0; 4], &carried, &strong).is_empty());
    }

    #[test]
    fn bonds_that_change_count_from_then_on() {
        let mut queue = queue(64);
        let person = Person(3);
        let Status::Waiting { key } = queue.status(person) else { panic!("waits") };
        let joins = |queue: &mut ThresholdQueue, bonds: &Same, carried: &Carried| {
            queue.advance(0, &[0.0; 4], carried, bonds).iter().any(|(who, _)| *who == person)
        };
        queue.attend(person, &Same(1.0));
        assert!(!joins(&mut queue, &Same(1.0), &carried(1, 0.5 * key)));
        let tied = Bond { channel: 0, weight: 3.0, now: 3.0 };
        let change = Change {
            person,
            outlook: Same(4.0).outlook(person),
            tied: [tied].into_iter().collect(),
        };
        queue.change_bonds(0, &[person.block()], |_| std::iter::once(change.clone()), &Same(4.0));
        assert!(!joins(&mut queue, &Same(4.0), &carried(1, 0.12 * key)));
        queue.before_all_change(&Same(4.0));
        queue.after_all_change(&Same(1.0));
        assert!(!joins(&mut queue, &Same(1.0), &carried(1, 0.019 * key)));
        assert!(joins(&mut queue, &Same(1.0), &carried(1, 0.002 * key)));
    }

    #[test]
    fn whoever_is_taken_away_does_not_join_and_whoever_is_brought_back_may() {
        let mut queue = queue(64);
        queue.take_away(Person(3));
        let all = plain_week(&mut queue, &[1e12; 4]);
        assert_eq!(all.len(), 63);
        queue.bring_back(Person(3));
        assert_eq!(queue.spell_of(Person(3)), 1);
        assert_eq!(plain_week(&mut queue, &[1e12; 4]).len(), 1);
    }

    #[test]
    fn moving_keeps_what_remains_to_the_threshold() {
        let layout = Layout::new(&[32, 32]);
        let mut queue = ThresholdQueue::new(layout, Thresholds::new(Streams::new(1, 0), 1.0));
        let Status::Waiting { key } = queue.status(Person(0)) else { panic!("waits") };
        let mut hazards = [0.0; 8];
        hazards[4..].fill(key * 0.5);
        let _ = plain_week(&mut queue, &hazards);
        queue.relocate_all(&[(Person(0), Cell(4))], &Same(0.0));
        hazards[4..].fill(key * 0.999);
        let joined = plain_week(&mut queue, &hazards);
        assert!(!joined.iter().any(|(person, _)| *person == Person(0)));
        hazards[4..].fill(key * 0.002);
        let joined = plain_week(&mut queue, &hazards);
        assert!(joined.contains(&(Person(0), Cell(4))));
    }
}
