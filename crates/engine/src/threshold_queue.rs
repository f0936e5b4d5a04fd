//! The risk set as a queue in order of key: the next to join is the next in the queue.
//!
//! A cell's queue holds the people with the lowest thresholds, up to a horizon; when Λ comes near it,
//! the quarter is read again with twice the horizon. Who comes back, moves in or is no longer attended
//! waits in a radix heap beside it. Removal is lazy: a place counts only if it is still what the
//! person's record says. Attended people stand in no queue: each has a wake-up in their quarter, and is
//! looked at when it is due. Blocks of which anybody was touched have records, next to each other, since
//! kin move and are harmed together. What a week changes is worked out by all threads as updates; each
//! thread then writes its part of the country. A cell's book is opened only in a week in which somebody in
//! it may be due: what tells that is kept apart, so that quiet cells are not fetched from memory.

use super::bonds::{Bonds, Carried, Change, Outlook, Status};
use super::layout::{BLOCK, Block, COHORTS, Cell, Layout, Person, Quarter};
use super::parallel;
use super::radix_heap::RadixHeap;
use super::records::Records;
use super::threshold::Thresholds;
use super::updates::{Held, Record, Update};
use super::wake_ups::WakeUps;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use toguna_units::narrow;

/// Queues reach this far at first: Λ seldom does in ten years, and so few of a country are little to keep
/// in order.
const FIRST_HORIZON: f64 = 1.0 / 32.0;

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

/// What each week asks of a quarter's cells.
#[derive(Clone, Serialize, Deserialize)]
struct Front {
    /// Λ of each cell: hazard summed over all weeks so far.
    felt: [f64; COHORTS],
    /// By cell: nobody is due before Λ reaches this, and its book need not be opened; 0 also when the book is to be
    /// tidied up.
    soonest: [f64; COHORTS],
    /// How far the queues reach.
    horizon: f64,
}

/// Λ at which a book is opened that is to be tidied up: any.
const TO_BE_TIDIED: f64 = 0.0;

impl Front {
    const FIRST: Front =
        Front { felt: [0.0; COHORTS], soonest: [0.0; COHORTS], horizon: FIRST_HORIZON };
}

/// One quarter's books.
#[derive(Clone, Default, Serialize, Deserialize)]
struct QuarterBooks {
    cells: [CellBook; COHORTS],
    wake_ups: WakeUps,
    /// Blocks of people whose key was set by an event and lies beyond the horizon; among others of whom nobody
    /// waits there any more.
    beyond: Vec<Block>,
}

/// One cell's book.
#[derive(Clone, Default, Serialize, Deserialize)]
struct CellBook {
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
    /// By quarter, as are the books.
    fronts: Vec<Front>,
    books: Vec<QuarterBooks>,
    /// In which weeks who may cease to be attended.
    endings: BTreeMap<u32, Vec<Person>>,
    /// Kept in checkpoints of whom an event has touched; what the others are is known by their birth.
    records: Records,
}

/// The same as a checkpoint has it, before its queues are read. Fields in the order of [`ThresholdQueue`].
#[derive(Deserialize)]
struct Unread {
    layout: Layout,
    thresholds: Thresholds,
    fronts: Vec<Front>,
    books: Vec<QuarterBooks>,
    endings: BTreeMap<u32, Vec<Person>>,
    records: Vec<(Person, Record)>,
}

impl Unread {
    /// Whether its parts are of one register, so that all that is looked up by number is there.
    fn fits_together(&self) -> bool {
        let (layout, quarters) = (&self.layout, self.layout.quarters());
        let numbered =
            layout.is_whole() && self.fronts.len() == quarters && self.books.len() == quarters;
        let mut beyond = self.books.iter().flat_map(|books| &books.beyond);
        let ending = || self.endings.values().flatten();
        let touched = || self.records.iter();
        numbered
            && beyond.all(|block| block.index() < layout.ids() / BLOCK as usize)
            && ending().chain(touched().map(|(person, _)| person)).all(|it| layout.is_somebody(*it))
            && touched().all(|(_, record)| record.cell.index() < layout.cells())
    }
}

impl TryFrom<Unread> for ThresholdQueue {
    type Error = &'static str;

    fn try_from(kept: Unread) -> Result<Self, Self::Error> {
        if !kept.fits_together() {
            return Err("the queue of thresholds speaks of people who are not in its register");
        }
        let Unread { layout, thresholds, fronts, mut books, endings, records: touched } = kept;
        books.par_iter_mut().zip(&fronts).enumerate().for_each(|(quarter, (books, front))| {
            let quarter = Quarter(narrow(quarter));
            books.read(&layout, &thresholds, quarter, 0.0, front.horizon);
        });
        let records = Records::of_nobody(&layout);
        let mut queue = ThresholdQueue { layout, thresholds, fronts, books, endings, records };
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
    set: Vec<(f32, Person)>,
}

impl WeekOfQuarter {
    fn is_quiet(&self) -> bool {
        self.crossed.is_empty() && self.set.is_empty()
    }
}

impl ThresholdQueue {
    pub fn new(layout: Layout, thresholds: Thresholds) -> Self {
        let mut books = vec![QuarterBooks::default(); layout.quarters()];
        books.par_iter_mut().enumerate().for_each(|(quarter, books)| {
            books.read(&layout, &thresholds, Quarter(narrow(quarter)), 0.0, FIRST_HORIZON);
        });
        ThresholdQueue {
            fronts: vec![Front::FIRST; layout.quarters()],
            endings: BTreeMap::new(),
            records: Records::of_nobody(&layout),
            books,
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
        assert_eq!(hazard_of_cell.len(), self.layout.cells(), "one hazard per cell");
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
        let ThresholdQueue { layout, thresholds, fronts, books, records, .. } = self;
        let still_waits = |cell: Cell, key: f64, person: Person| {
            let known = records.of(person);
            known.is_none_or(|record| record.cell == cell && record.held == Held::Waiting { key })
        };
        fronts
            .par_iter_mut()
            .zip(books)
            .zip(hazard_of_cell.par_chunks(COHORTS))
            .enumerate()
            .map(|(quarter, ((front, books), hazards))| {
                let quarter = Quarter(narrow(quarter));
                let (mut reach, mut strongest) = (0.0_f64, 0.0_f64);
                for (felt, hazard) in front.felt.iter_mut().zip(hazards) {
                    assert!(*hazard >= 0.0, "a hazard is never negative");
                    *felt += hazard;
                    reach = reach.max(*felt);
                    strongest = strongest.max(*hazard);
                }
                if reach >= front.horizon {
                    let farther = (2.0 * front.horizon).max(2.0 * reach);
                    books.reach_farther(layout, thresholds, records, quarter, front, farther);
                }
                let mut week = WeekOfQuarter::default();
                for (cohort, book) in books.cells.iter_mut().enumerate() {
                    let (cell, felt) = (quarter.cell(cohort), front.felt[cohort]);
                    if felt >= front.soonest[cohort] {
                        let still_waits = |key, person| still_waits(cell, key, person);
                        book.week(cell, felt, &still_waits, &mut week.crossed);
                        front.soonest[cohort] = book.soonest();
                    }
                }
                let wake_ups = &mut books.wake_ups;
                let peak = carried.peaks[quarter.index()];
                wake_ups.advance(carried.of(quarter), peak, strongest);
                // The cell and the key of somebody who is still to be looked at then.
                let sleeps = |due: f32, person| match records.of(person) {
                    Some(Record { cell, held: Held::Attended { key, wake_up, .. }, .. }) => {
                        (wake_up == due && cell.quarter() == quarter).then_some((cell, key))
                    }
                    _ => None,
                };
                let mut due = wake_ups.due();
                // Who was to be looked at at once and then sooner still stands twice.
                due.sort_unstable_by_key(|(due, person)| (*person, due.to_bits()));
                due.dedup();
                due.iter().for_each(|(_, person)| records.fetch(*person));
                for (due, person) in due {
                    let Some((cell, key)) = sleeps(due, person) else { continue };
                    let left = key - front.felt[cell.cohort()] - wake_ups.felt(person, bonds);
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
        let fetch = |person: &Person| self.records.fetch(*person);
        let ended = |person: &Person| self.ended(week, *person, bonds);
        let updates: Vec<Update> = parallel::filter_map_fetched(&listed, fetch, ended);
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
        self.books[cell.quarter().index()].wake_ups.felt(person, bonds)
    }

    pub fn feel_before_start(&mut self, cell: Cell, felt: f64) {
        self.fronts[cell.quarter().index()].felt[cell.cohort()] = felt;
    }

    pub fn attend(&mut self, person: Person, bonds: &impl Bonds) {
        let record = self.record_of(person);
        if let Held::Waiting { key } = record.held {
            let remaining = key - self.felt(record.cell);
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
        let of_circle = |circle| {
            self.records.fetch_block(circles[circle]);
            changes(circle).filter_map(|change| self.changed(week, &change, bonds))
        };
        let updates: Vec<Update> = parallel::flat_map(circles.len(), of_circle);
        self.enter(&updates);
    }

    /// How somebody stands after their bonds have changed, if it makes a difference.
    fn changed(&self, week: u32, change: &Change, bonds: &impl Bonds) -> Option<Update> {
        let Change { person, outlook, ref tied } = *change;
        let record = self.records.of(person).expect("all circles are open");
        match record.held {
            Held::Waiting { key } if outlook.until > week => {
                let remaining = key - self.felt(record.cell);
                Some(self.watched(person, record, remaining, outlook, bonds))
            }
            Held::Attended { key, wake_up, .. } => {
                let wake_ups = &self.books[record.cell.quarter().index()].wake_ups;
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
        self.books.iter_mut().for_each(|books| books.wake_ups.begin_anew());
    }

    pub fn after_all_change(&mut self, bonds: &impl Bonds) {
        let attended = self.everyone_attended();
        let updates: Vec<Update> = parallel::filter_map(attended.len(), |item| {
            let (person, record) = attended[item];
            let Held::Attended { key, .. } = record.held else { return None };
            let remaining = key - self.felt(record.cell);
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
        let fetch = |(person, _): &(Person, Cell)| self.records.fetch(*person);
        let moved = |(person, to): &(Person, Cell)| Some(self.moved(*person, *to, bonds));
        let updates: Vec<Update> = parallel::filter_map_fetched(moves, fetch, moved);
        self.enter(&updates);
    }

    /// How somebody stands after a move.
    fn moved(&self, person: Person, to: Cell, bonds: &impl Bonds) -> Update {
        let record = self.records.of(person).expect("all circles are open");
        let felt = self.felt(record.cell);
        match record.held {
            Held::Waiting { key } => {
                let key = self.felt(to) + key - felt;
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
        let key = self.felt(cell) + self.own(person, cell, bonds) + remaining;
        let Outlook { most, until } = outlook;
        let wake_up = self.books[cell.quarter().index()].wake_ups.wake_up(remaining, most);
        let held = Held::Attended { key, wake_up, until };
        Update::new(person, record, cell, held, true)
    }

    /// Writes down how these people stand from now on, whose circles have records.
    fn enter(&mut self, updates: &[Update]) {
        let ThresholdQueue { fronts, books, endings, records, .. } = self;
        parallel::both(
            || {
                for Update { person, ending, .. } in updates {
                    if let Some(week) = ending {
                        endings.entry(*week).or_default().push(*person);
                    }
                }
            },
            || parallel::both(|| records.write(updates), || put_in_order(updates, fronts, books)),
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
        let felt = self.felt(record.cell);
        let key = felt + self.thresholds.later(person, record.spell);
        let update = Update::new(person, record, record.cell, Held::Waiting { key }, true);
        self.records.set(person, &update.record);
        let quarter = update.quarter();
        self.books[quarter].take_place(&update, &mut self.fronts[quarter]);
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
        self.fronts[cell.quarter().index()].felt[cell.cohort()]
    }

    pub fn first_in_queue(&mut self, cell: Cell, count: usize, within: f64) -> Vec<(f64, Person)> {
        let quarter = cell.quarter();
        let ThresholdQueue { layout, thresholds, fronts, books, records, .. } = self;
        let (front, books) = (&mut fronts[quarter.index()], &mut books[quarter.index()]);
        loop {
            let book = &books.cells[cell.cohort()];
            let untouched =
                |place: &&Place| records.of(place.person).is_none_or(|known| !known.touched);
            let found: Vec<(f64, Person)> = book.queue[book.next..]
                .iter()
                .take_while(|place| place.key <= within)
                .filter(untouched)
                .take(count)
                .map(|place| (place.key, place.person))
                .collect();
            let everyone = book.queue.len() >= layout.people_in_cell(cell) as usize;
            if found.len() >= count || everyone || within < front.horizon {
                return found;
            }
            let farther = if front.horizon > 1e6 { f64::INFINITY } else { 4.0 * front.horizon };
            books.reach_farther(layout, thresholds, records, quarter, front, farther);
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
fn put_in_order(updates: &[Update], fronts: &mut [Front], books: &mut [QuarterBooks]) {
    let per_part = parallel::length_of_few_parts(fronts.len());
    let parts = fronts.par_chunks_mut(per_part).zip(books.par_chunks_mut(per_part));
    parts.enumerate().for_each(|(part, (fronts, books))| {
        for update in updates.iter().filter(|update| update.is_set) {
            if let Some(place) = update.quarter().checked_sub(part * per_part)
                && place < fronts.len()
            {
                books[place].take_place(update, &mut fronts[place]);
            }
        }
    });
}

impl QuarterBooks {
    /// Somebody takes their place.
    fn take_place(&mut self, update: &Update, front: &mut Front) {
        let Update { person, record: Record { cell, held, .. }, .. } = *update;
        match held {
            Held::Waiting { key } if key < front.horizon => self.comes(key, person, cell, front),
            Held::Waiting { .. } if self.beyond.last() != Some(&person.block()) => {
                self.beyond.push(person.block());
            }
            Held::Attended { wake_up, .. } => self.wake_ups.set(person, wake_up),
            Held::Waiting { .. } | Held::Away => {}
        }
    }

    /// Somebody whose key an event has set waits in the queue.
    fn comes(&mut self, key: f64, person: Person, cell: Cell, front: &mut Front) {
        let comers = &mut self.cells[cell.cohort()].comers;
        comers.enter(key, person);
        let soonest = &mut front.soonest[cell.cohort()];
        *soonest = if comers.is_crowded() { TO_BE_TIDIED } else { soonest.min(key) };
    }

    /// The queues reach farther from now on.
    fn reach_farther(
        &mut self,
        layout: &Layout,
        thresholds: &Thresholds,
        records: &Records,
        quarter: Quarter,
        front: &mut Front,
        to: f64,
    ) {
        let from = std::mem::replace(&mut front.horizon, to);
        self.read(layout, thresholds, quarter, from, to);
        self.call_up(records, quarter, from, front);
        for (soonest, book) in front.soonest.iter_mut().zip(&self.cells) {
            *soonest = book.soonest();
        }
    }

    /// Who waits beyond the horizon stands in the queue once that reaches from what it was to their key.
    fn call_up(&mut self, records: &Records, quarter: Quarter, from: f64, front: &mut Front) {
        let mut beyond = std::mem::take(&mut self.beyond);
        beyond.sort_unstable();
        beyond.dedup();
        beyond.retain(|block| {
            let mut any_left = false;
            for person in (0..BLOCK).map(|slot| block.person(slot)) {
                let Some(Record { cell, touched: true, held: Held::Waiting { key }, .. }) =
                    records.of(person)
                else {
                    continue;
                };
                if cell.quarter() == quarter && key >= from {
                    any_left |= key >= front.horizon;
                    if key < front.horizon {
                        self.comes(key, person, cell, front);
                    }
                }
            }
            any_left
        });
        self.beyond = beyond;
    }

    /// Extends the queues to everyone whose x lies in [`from`, `to`).
    fn read(
        &mut self,
        layout: &Layout,
        thresholds: &Thresholds,
        quarter: Quarter,
        from: f64,
        to: f64,
    ) {
        let books = &mut self.cells;
        let lengths: [usize; COHORTS] = std::array::from_fn(|cohort| books[cohort].queue.len());
        for (key, person) in thresholds.below(layout.people_of(quarter), to) {
            if key >= from {
                books[person.cohort()].queue.push(Place { key, person });
            }
        }
        for (book, length) in books.iter_mut().zip(lengths) {
            book.queue[length..].sort_unstable();
        }
    }
}

impl CellBook {
    /// Whom a cell's Λ has reached; those whom no event touched, and those whose key was set.
    fn week(
        &mut self,
        cell: Cell,
        felt: f64,
        still_waits: &impl Fn(f64, Person) -> bool,
        crossed: &mut Vec<(Person, Cell)>,
    ) {
        while let Some(place) = self.queue.get(self.next).filter(|place| place.key <= felt) {
            if still_waits(place.key, place.person) {
                crossed.push((place.person, cell));
            }
            self.next += 1;
        }
        self.comers.call(felt, |key, person| {
            if still_waits(key, person) {
                crossed.push((person, cell));
            }
        });
        self.comers.tidy(still_waits);
    }

    /// No key of anybody who stands here lies below this; 0 if the book is to be tidied up.
    fn soonest(&self) -> f64 {
        if self.comers.is_crowded() {
            return TO_BE_TIDIED;
        }
        let in_queue = self.queue.get(self.next).map_or(f64::INFINITY, |place| place.key);
        in_queue.min(self.comers.soonest())
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
            fronts: vec![Front::FIRST; 3],
            books: vec![QuarterBooks::default(); 3],
            endings: BTreeMap::from([(3, vec![Person(48)])]),
            records: vec![(Person(39), record)],
        };
        assert!(ThresholdQueue::try_from(kept()).is_ok());
        type Change = fn(&mut Unread);
        let wrong: [(&str, Change); 8] = [
            ("a block of nobody", |kept| kept.records[0].0 = Person(4_000)),
            ("the end of a block", |kept| kept.records[0].0 = Person(40)),
            ("no cell", |kept| kept.records[0].1.cell = Cell(12)),
            ("nobody's ending", |kept| kept.endings.values_mut().for_each(|it| it[0] = Person(60))),
            ("a block beyond the last", |kept| kept.books[0].beyond.push(Block(4))),
            ("a block beyond all ids", |kept| kept.books[0].beyond.push(Block(1 << 28))),
            ("a front less", |kept| kept.fronts.truncate(2)),
            ("a quarter less", |kept| kept.books.truncate(2)),
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
    fn whoever_is_attended_while_bonds_carry_nothing_feels_them_once_they_do() {
        let mut queue = queue(64);
        let person = Person(3);
        let Status::Waiting { key } = queue.status(person) else { panic!("waits") };
        queue.attend(person, &Same(1.0));
        let joins = |queue: &mut ThresholdQueue, each: f64| {
            let crossed = queue.advance(0, &[0.0; 4], &carried(1, each), &Same(1.0));
            crossed.iter().any(|(who, _)| *who == person)
        };
        let shares = [0.0, 0.0, 0.6, 0.0, 0.39, 0.0, 0.02];
        let joined = shares.map(|share| joins(&mut queue, share * key));
        assert_eq!(joined, [false, false, false, false, false, false, true]);
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
