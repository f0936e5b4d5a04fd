//! Everyone who has not joined, and who crosses their threshold this week.
//!
//! Adults of one cell whom no event has touched share one Λ. Whoever an event touches is *attended*:
//! their remaining distance to the threshold falls each week by the cell's hazard and by their own
//! extra hazard, until nothing of the event is left. On moving or when attention ends, their key is
//! Λ of the cell they are in plus what remained.
//!
//! Two books can be kept of this: `Lines`, where a week costs its events and its attended people,
//! and `Twin`, a plain list visited person by person. They give the identical list of joiners; the
//! twin exists to show that, and to measure what the lines save.

use super::lines::Lines;
use super::roll::{Cell, Person, Quarter, Roll};
use super::streams::Streams;
use super::threshold::Thresholds;
use super::twin::Twin;
use serde::{Deserialize, Serialize};

/// What an attended person feels this week beyond their cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Personal {
    /// Extra hazard of this week, at least 0.
    pub hazard: f64,
    /// Whether anything is left to feel next week; if not, attention ends with this week.
    pub lasting: bool,
}

/// Whether and how somebody waits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Standing {
    /// Feels what their cell feels; joins when Λ reaches `key`.
    Waiting { key: f64 },
    /// Feels more than their cell.
    Attended,
    /// Does not wait: member of a group, prisoner, abroad or dead.
    Away,
}

/// Which book is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Book {
    Lines,
    Twin,
}

/// Everyone's standing toward their threshold.
#[derive(Clone, Serialize, Deserialize)]
pub enum Crowd {
    Lines(Lines),
    Twin(Twin),
}

impl Default for Crowd {
    /// Nobody at all: what stands in while the crowd is lent out.
    fn default() -> Self {
        Crowd::new(&Roll::new(&[]), Streams::new(0, 0), 1.0, Book::Lines)
    }
}

/// The same call on whichever book is kept.
macro_rules! on_book {
    ($crowd:expr, $book:ident => $call:expr) => {
        match $crowd {
            Crowd::Lines($book) => $call,
            Crowd::Twin($book) => $call,
        }
    };
}

impl Crowd {
    /// `shape` is the frailty's k.
    #[must_use]
    pub fn new(roll: &Roll, streams: Streams, shape: f64, book: Book) -> Self {
        let thresholds = Thresholds::new(streams, shape);
        match book {
            Book::Lines => Crowd::Lines(Lines::new(roll.clone(), thresholds)),
            Book::Twin => Crowd::Twin(Twin::new(roll, thresholds)),
        }
    }

    /// One week: everyone feels `hazard_of_cell` (at least 0, one per cell), attended people also
    /// what they are asked for. Returns who crossed, in order of id; they are away from now on.
    ///
    /// `asking` is told who in a quarter will be asked, in order of id, and gives what answers for them;
    /// an answer depends on person and cell alone, but what kin share need be looked up only once.
    pub fn advance<Ask: FnMut(Person, Cell) -> Personal>(
        &mut self,
        hazard_of_cell: &[f64],
        asking: &(impl Fn(Quarter, &mut dyn Iterator<Item = Person>) -> Ask + Sync),
    ) -> Vec<(Person, Cell)> {
        on_book!(self, book => book.advance(hazard_of_cell, asking))
    }

    /// Sets what a cell has felt before the first week; people whose threshold lies below must have
    /// been taken away. To be called before anyone is attended.
    pub fn feel_before_start(&mut self, cell: Cell, felt: f64) {
        on_book!(self, book => book.feel_before_start(cell, felt));
    }

    /// An event has touched somebody: from now on they are asked each week. No effect on whoever is
    /// attended already or away.
    pub fn attend(&mut self, person: Person) {
        on_book!(self, book => book.attend(person));
    }

    /// Somebody who waited now lives in another cell; threshold and attention go with them. For
    /// whoever is away, only the cell is noted.
    pub fn relocate(&mut self, person: Person, to: Cell) {
        on_book!(self, book => book.relocate(person, to));
    }

    /// Somebody no longer waits: killed, jailed, taken along, gone abroad.
    pub fn take_away(&mut self, person: Person) {
        on_book!(self, book => book.take_away(person));
    }

    /// Somebody is back, with a fresh threshold of the same frailty: spell + 1.
    pub fn bring_back(&mut self, person: Person) {
        on_book!(self, book => book.bring_back(person));
    }

    #[must_use]
    pub fn standing(&self, person: Person) -> Standing {
        on_book!(self, book => book.standing(person))
    }

    /// The cell somebody lives in now.
    #[must_use]
    pub fn cell_of(&self, person: Person) -> Cell {
        on_book!(self, book => book.cell_of(person))
    }

    /// How often somebody has come back from a group.
    #[must_use]
    pub fn spell_of(&self, person: Person) -> u16 {
        on_book!(self, book => book.spell_of(person))
    }

    /// How many people are attended now.
    #[must_use]
    pub fn attended(&self) -> usize {
        on_book!(self, book => book.attended())
    }

    /// Λ of a cell: the hazard summed over all weeks so far.
    #[must_use]
    pub fn felt(&self, cell: Cell) -> f64 {
        on_book!(self, book => book.felt(cell))
    }

    /// The `count` people of a cell with the lowest thresholds who wait and were never touched, in
    /// order; fewer when there are not so many. For choosing who is a member at the start.
    pub fn first_in_line(&mut self, cell: Cell, count: usize) -> Vec<(f64, Person)> {
        on_book!(self, book => book.first_in_line(cell, count))
    }
}
