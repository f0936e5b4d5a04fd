//! Who fights whom, since when: a dated table, 0 (no quarrel) to 1 (open war), symmetric, and truces.

use crate::words::ids::Side;
use serde::{Deserialize, Serialize};

/// One dated entry: from `week` on, `a` and `b` are this hostile.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quarrel {
    /// The first week.
    pub week: u32,
    /// One side.
    pub a: Side,
    /// The other.
    pub b: Side,
    /// 0 (no quarrel) to 1 (open war).
    pub hostility: f64,
}

/// How hostile any two sides are, now and later.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Hostility {
    sides: usize,
    /// As the table says.
    dated: Vec<f64>,
    /// The same, less what truces take off.
    now: Vec<f64>,
    /// Pairs of groups that keep a truce.
    truces: Vec<[Side; 2]>,
    /// Entries still to come, last first.
    to_come: Vec<Quarrel>,
}

impl Hostility {
    /// No quarrel has begun yet.
    #[must_use]
    pub fn new(sides: usize, mut quarrels: Vec<Quarrel>) -> Self {
        quarrels.sort_by_key(|quarrel| std::cmp::Reverse(quarrel.week));
        let none = vec![0.0; sides * sides];
        Hostility { sides, dated: none.clone(), now: none, truces: Vec::new(), to_come: quarrels }
    }

    /// Entries of this week and earlier come into force, whatever truce there was.
    pub fn advance_to(&mut self, week: u32) {
        while let Some(quarrel) = self.to_come.pop_if(|next| next.week <= week) {
            self.set(quarrel.a, quarrel.b, quarrel.hostility);
        }
    }

    fn set(&mut self, a: Side, b: Side, hostility: f64) {
        self.truces.retain(|pair| *pair != ordered(a, b));
        for at in self.places(a, b) {
            self.dated[at] = hostility;
            self.now[at] = hostility;
        }
    }

    fn places(&self, a: Side, b: Side) -> [usize; 2] {
        [a.index() * self.sides + b.index(), b.index() * self.sides + a.index()]
    }

    /// How hostile two sides are now, 0 to 1.
    #[must_use]
    pub fn between(&self, a: Side, b: Side) -> f64 {
        self.now[a.index() * self.sides + b.index()]
    }

    /// How hostile a side is now to each side, in their order, 0 to 1.
    #[must_use]
    pub fn toward_all(&self, a: Side) -> &[f64] {
        &self.now[a.index() * self.sides..][..self.sides]
    }

    /// How hostile they are by the dated table, whatever truce they keep.
    #[must_use]
    pub fn as_dated(&self, a: Side, b: Side) -> f64 {
        self.dated[a.index() * self.sides + b.index()]
    }

    /// Pairs that keep a truce.
    #[must_use]
    pub fn truces(&self) -> usize {
        self.truces.len()
    }

    /// Whether two sides keep a truce.
    #[must_use]
    pub fn are_at_truce(&self, a: Side, b: Side) -> bool {
        self.truces.contains(&ordered(a, b))
    }

    /// Two sides keep a truce from now on, which leaves this share of their hostility.
    pub fn make_truce(&mut self, a: Side, b: Side, left: f64) {
        self.truces.push(ordered(a, b));
        for at in self.places(a, b) {
            self.now[at] = left * self.dated[at];
        }
    }

    /// They keep none any more.
    pub fn break_truce(&mut self, a: Side, b: Side) {
        self.set(a, b, self.as_dated(a, b));
    }

    /// A side takes the place of another: it has the other's enemies, and the two have no quarrel.
    pub fn take_the_place_of(&mut self, heir: Side, other: Side) {
        for side in (0..toguna_units::narrow(self.sides)).map(Side) {
            if side != heir {
                let hostility = if side == other { 0.0 } else { self.as_dated(other, side) };
                self.set(heir, side, hostility);
            }
        }
    }
}

fn ordered(a: Side, b: Side) -> [Side; 2] {
    if a.0 < b.0 { [a, b] } else { [b, a] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarrel_begins_and_ends_at_its_dates_and_goes_both_ways() {
        let (a, b) = (Side(0), Side(1));
        let entry = |week, hostility| Quarrel { week, a, b, hostility };
        let mut hostility = Hostility::new(2, vec![entry(30, 0.0), entry(10, 1.0)]);
        hostility.advance_to(9);
        assert_eq!(hostility.between(a, b), 0.0);
        hostility.advance_to(10);
        assert_eq!(hostility.between(b, a), 1.0);
        hostility.advance_to(40);
        assert_eq!(hostility.between(a, b), 0.0);
    }

    #[test]
    fn a_truce_lowers_hostility_until_it_is_broken_or_the_table_says_otherwise() {
        let (a, b) = (Side(1), Side(2));
        let entry = |week, hostility| Quarrel { week, a, b, hostility };
        let mut hostility = Hostility::new(3, vec![entry(0, 0.8), entry(50, 1.0)]);
        hostility.advance_to(0);
        hostility.make_truce(b, a, 0.25);
        assert!(hostility.are_at_truce(a, b));
        assert_eq!((hostility.between(a, b), hostility.as_dated(b, a)), (0.2, 0.8));
        hostility.break_truce(a, b);
        assert_eq!((hostility.between(b, a), hostility.truces()), (0.8, 0));
        hostility.make_truce(a, b, 0.25);
        hostility.advance_to(50);
        assert_eq!((hostility.between(a, b), hostility.truces()), (1.0, 0));
    }

    #[test]
    fn who_takes_the_place_of_another_has_its_enemies() {
        let (state, winner, rival) = (Side(0), Side(1), Side(2));
        let entry = |a, b, hostility| Quarrel { week: 0, a, b, hostility };
        let quarrels =
            vec![entry(state, winner, 1.0), entry(state, rival, 0.1), entry(winner, rival, 0.9)];
        let mut hostility = Hostility::new(3, quarrels);
        hostility.advance_to(0);
        hostility.take_the_place_of(state, winner);
        assert_eq!(hostility.between(state, rival), 0.9);
        assert_eq!(hostility.between(state, winner), 0.0);
    }
}
