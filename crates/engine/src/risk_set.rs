//! Everyone who has not joined, and who crosses their threshold this week.
//!
//! Adults of one cell whom no event has touched share one Λ. Whoever an event touches is *attended*:
//! beside their cell's hazard they feel one of their own, from their bonds, until nothing of the event
//! is left. What bonds of one kind carry is the same for everyone in a quarter, so what somebody has
//! felt of their own is again a sum kept by quarter, times their bonds. On moving, when bonds change or
//! when they cease to be attended, their key is what is felt from then on plus what remained.
//!
//! Two books can be kept of this: `ThresholdQueue`, where a week costs its events, and `Reference`,
//! a plain list visited person by person. They give the identical list of joiners; the reference
//! implementation exists to show that, and to measure what the queue saves.

pub use super::bonds::{Bond, Bonds, Carried, Change, Outlook, Status};
use super::layout::{Block, Cell, Layout, Person};
use super::reference::Reference;
use super::streams::Streams;
use super::threshold::Thresholds;
use super::threshold_queue::ThresholdQueue;
use serde::{Deserialize, Serialize};

/// Which book is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Book {
    /// In order of threshold: a week costs its events.
    ThresholdQueue,
    /// A plain list, visited person by person.
    Reference,
}

/// Where everyone stands toward their threshold.
#[derive(Clone, Serialize, Deserialize)]
pub enum RiskSet {
    /// In order of threshold.
    ThresholdQueue(ThresholdQueue),
    /// In a plain list.
    Reference(Reference),
}

impl Default for RiskSet {
    /// Nobody at all: what stands in while the risk set is lent out.
    fn default() -> Self {
        RiskSet::new(&Layout::new(&[]), Streams::new(0, 0), 1.0, Book::ThresholdQueue)
    }
}

/// The same call on whichever book is kept.
macro_rules! on_book {
    ($risk_set:expr, $book:ident => $call:expr) => {
        match $risk_set {
            RiskSet::ThresholdQueue($book) => $call,
            RiskSet::Reference($book) => $call,
        }
    };
}

impl RiskSet {
    /// `shape` is the frailty's k.
    #[must_use]
    pub fn new(layout: &Layout, streams: Streams, shape: f64, book: Book) -> Self {
        let thresholds = Thresholds::new(streams, shape);
        match book {
            Book::ThresholdQueue => {
                RiskSet::ThresholdQueue(ThresholdQueue::new(layout.clone(), thresholds))
            }
            Book::Reference => RiskSet::Reference(Reference::new(layout, thresholds)),
        }
    }

    /// One week: everyone feels `hazard_of_cell` (at least 0, one per cell), attended people also what
    /// their bonds carry. Returns who crossed, in order of id; they are away from now on.
    pub fn advance(
        &mut self,
        week: u32,
        hazard_of_cell: &[f64],
        carried: &Carried,
        bonds: &impl Bonds,
    ) -> Vec<(Person, Cell)> {
        on_book!(self, book => book.advance(week, hazard_of_cell, carried, bonds))
    }

    /// Sets what a cell has felt before the first week; people whose threshold lies below must have
    /// been taken away. To be called before anyone is attended.
    pub fn feel_before_start(&mut self, cell: Cell, felt: f64) {
        on_book!(self, book => book.feel_before_start(cell, felt));
    }

    /// An event has touched somebody: from now on they feel what their bonds carry. No effect on whoever
    /// is attended already or away.
    pub fn attend(&mut self, person: Person, bonds: &impl Bonds) {
        on_book!(self, book => book.attend(person, bonds));
    }

    /// Bonds in these circles, each named once, have been tied or cut before `week` was felt:
    /// `changes` says whose, by place in the list. They count from now on; whoever has enough to be
    /// felt is attended. No effect on whoever is away.
    pub fn change_bonds<C: Iterator<Item = Change>>(
        &mut self,
        week: u32,
        circles: &[Block],
        changes: impl Fn(usize) -> C + Sync,
        bonds: &impl Bonds,
    ) {
        on_book!(self, book => book.change_bonds(week, circles, changes, bonds));
    }

    /// To be called before everyone's bonds are reckoned in other units.
    pub fn before_all_change(&mut self, bonds: &impl Bonds) {
        if let RiskSet::ThresholdQueue(queue) = self {
            queue.before_all_change(bonds);
        }
    }

    /// Counterpart of [`RiskSet::before_all_change`].
    pub fn after_all_change(&mut self, bonds: &impl Bonds) {
        if let RiskSet::ThresholdQueue(queue) = self {
            queue.after_all_change(bonds);
        }
    }

    /// These people, each named once, live in other cells from now on; threshold and attendance go with
    /// them. For whoever is away, only the cell is noted.
    pub fn relocate_all(&mut self, moves: &[(Person, Cell)], bonds: &impl Bonds) {
        on_book!(self, book => book.relocate_all(moves, bonds));
    }

    /// Somebody no longer waits: killed, jailed, taken along, gone abroad.
    pub fn take_away(&mut self, person: Person) {
        on_book!(self, book => book.take_away(person));
    }

    /// Somebody is back, with a fresh threshold of the same frailty: spell + 1.
    pub fn bring_back(&mut self, person: Person) {
        on_book!(self, book => book.bring_back(person));
    }

    /// Whether and how somebody waits.
    #[inline]
    #[must_use]
    pub fn status(&self, person: Person) -> Status {
        on_book!(self, book => book.status(person))
    }

    /// The cell somebody lives in now.
    #[inline]
    #[must_use]
    pub fn cell_of(&self, person: Person) -> Cell {
        on_book!(self, book => book.cell_of(person))
    }

    /// How often somebody has come back from a group.
    #[inline]
    #[must_use]
    pub fn spell_of(&self, person: Person) -> u16 {
        on_book!(self, book => book.spell_of(person))
    }

    /// How many people are attended now.
    #[inline]
    #[must_use]
    pub fn attended(&self) -> usize {
        on_book!(self, book => book.attended())
    }

    /// Λ of a cell: the hazard summed over all weeks so far.
    #[inline]
    #[must_use]
    pub fn felt(&self, cell: Cell) -> f64 {
        on_book!(self, book => book.felt(cell))
    }

    /// The `count` people of a cell with the lowest thresholds who wait and were never touched, in
    /// order; fewer when there are not so many whose threshold is at most `within`. For choosing who founds a
    /// command.
    pub fn first_in_queue(&mut self, cell: Cell, count: usize, within: f64) -> Vec<(f64, Person)> {
        on_book!(self, book => book.first_in_queue(cell, count, within))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_within_a_bound_are_the_first_of_all_as_far_as_the_bound_reaches() {
        let layout = Layout::new(&[400, 90]);
        for book in [Book::ThresholdQueue, Book::Reference] {
            let asked = || RiskSet::new(&layout, Streams::new(3, 0), 1.0, book);
            let cell = Cell(1);
            let all = asked().first_in_queue(cell, usize::MAX, f64::INFINITY);
            assert!(all.is_sorted() && all.len() > 60);
            // Short of the first, at one of the few whom a queue holds at first, far beyond, and without bound.
            for within in [0.5 * all[0].0, all[2].0, all[40].0, 1e3, f64::INFINITY] {
                for count in [1, 3, 50, usize::MAX] {
                    let mut wanted = all.clone();
                    wanted.retain(|(key, _)| *key <= within);
                    wanted.truncate(count);
                    assert_eq!(
                        asked().first_in_queue(cell, count, within),
                        wanted,
                        "{within}, {count}"
                    );
                }
            }
        }
    }
}
