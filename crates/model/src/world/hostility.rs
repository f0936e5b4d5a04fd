//! Who fights whom, since when: a dated table, 0 (no quarrel) to 1 (open war), symmetric.

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
    now: Vec<f64>,
    /// Entries still to come, last first.
    to_come: Vec<Quarrel>,
}

impl Hostility {
    /// No quarrel has begun yet.
    #[must_use]
    pub fn new(sides: usize, mut quarrels: Vec<Quarrel>) -> Self {
        quarrels.sort_by_key(|quarrel| std::cmp::Reverse(quarrel.week));
        Hostility { sides, now: vec![0.0; sides * sides], to_come: quarrels }
    }

    /// Entries of this week and earlier come into force.
    pub fn advance_to(&mut self, week: u32) {
        while let Some(quarrel) = self.to_come.pop_if(|next| next.week <= week) {
            self.now[quarrel.a.index() * self.sides + quarrel.b.index()] = quarrel.hostility;
            self.now[quarrel.b.index() * self.sides + quarrel.a.index()] = quarrel.hostility;
        }
    }

    /// How hostile two sides are now, 0 to 1.
    #[must_use]
    pub fn between(&self, a: Side, b: Side) -> f64 {
        self.now[a.index() * self.sides + b.index()]
    }
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
}
