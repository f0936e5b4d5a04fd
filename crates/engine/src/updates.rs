//! How people stand, and what a week changes of it: worked out by all threads, and written once all is known.

use super::layout::{Cell, Person};
use serde::{Deserialize, Serialize};

/// How somebody an event has touched waits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Held {
    /// Joins when Λ reaches `key`.
    Waiting {
        key: f64,
    },
    /// Joins when Λ and what they have felt of their own reach `key`, which is not before their quarter's
    /// clock reads `wake_up`. They are attended until the week `until`.
    Attended {
        key: f64,
        wake_up: f32,
        until: u32,
    },
    Away,
}

/// What is known of somebody of whose circle an event has touched anyone.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Record {
    pub cell: Cell,
    pub spell: u16,
    /// Whether an event has touched themselves.
    pub touched: bool,
    pub held: Held,
}

/// How somebody stands from now on, worked out before anything is written.
pub(super) struct Update {
    pub person: Person,
    pub record: Record,
    /// The week with which they cease to be attended, unless that was known.
    pub ending: Option<u32>,
    /// Whether their key or wake-up is another than before.
    pub is_set: bool,
}

impl Update {
    pub fn quarter(&self) -> usize {
        self.record.cell.quarter().index()
    }

    pub fn new(person: Person, before: Record, cell: Cell, held: Held, is_set: bool) -> Self {
        let end = |held| match held {
            Held::Attended { until, .. } if until < u32::MAX => Some(until),
            _ => None,
        };
        let ending = end(held).filter(|_| end(held) != end(before.held));
        let record = Record { cell, held, touched: true, ..before };
        Update { person, record, ending, is_set }
    }
}
