//! How people stand, and what a week changes of it: worked out by all threads, and written once all is known.

use super::layout::{Cell, Person};
use serde::{Deserialize, Serialize};
use toguna_units::narrow;

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
        wake_up: f64,
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
    /// 1 + where what only few need of it is kept, or 0: of no meaning to anybody else.
    #[serde(skip)]
    pub rest: u32,
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

/// Places in a list of the updates that are set, by quarter, each quarter's in their order.
pub(super) struct ByQuarter {
    updates: Vec<u32>,
    /// By quarter, where its updates begin; one more where the last ones end.
    first: Vec<u32>,
}

impl ByQuarter {
    pub fn of(updates: &[Update], quarters: usize) -> Self {
        let set = || updates.iter().enumerate().filter(|(_, update)| update.is_set);
        let mut first = vec![0; quarters + 1];
        set().for_each(|(_, update)| first[update.quarter() + 1] += 1);
        for quarter in 0..quarters {
            first[quarter + 1] += first[quarter];
        }
        let mut next = first.clone();
        let mut sorted = vec![0; first[quarters] as usize];
        for (place, update) in set() {
            let next = &mut next[update.quarter()];
            sorted[*next as usize] = narrow(place);
            *next += 1;
        }
        ByQuarter { updates: sorted, first }
    }

    pub fn of_quarter(&self, quarter: usize) -> &[u32] {
        &self.updates[self.first[quarter] as usize..self.first[quarter + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Quarter;

    #[test]
    fn those_who_are_set_are_told_apart_by_quarter_in_their_order() {
        let update = |id: u32, quarter: u32, is_set| {
            let (cell, held) = (Quarter(quarter).cell(0), Held::Away);
            let before = Record { cell, spell: 0, touched: false, held, rest: 0 };
            Update::new(Person(id), before, cell, held, is_set)
        };
        let updates =
            [update(0, 2, true), update(1, 0, true), update(2, 2, false), update(3, 2, true)];
        let by_quarter = ByQuarter::of(&updates, 4);
        let found = [0, 1, 2, 3].map(|quarter| by_quarter.of_quarter(quarter).to_vec());
        assert_eq!(found, [vec![1], vec![], vec![0, 3], vec![]]);
    }
}
