//! Who belongs to whom, by arithmetic on ids; no graph is stored.
//!
//! A *quarter* is the people of one constituency in one community. Its ids are contiguous and start
//! on a multiple of 16. Each block of 16 holds five households (3, 3, 3, 3 and 4 adults, mean 3.2) and
//! the four cohorts in the pattern below; a person's *circle* is the rest of their block, about 12 kin
//! and age-mates. A *cell* is a quarter's people of one cohort. An id says nothing about its owner's
//! threshold.

use serde::{Deserialize, Serialize};
use std::ops::Range;
use toguna_units::narrow;

/// One adult. Ids are never renumbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Person(pub u32);

/// The people of one constituency in one community.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Quarter(pub u32);

/// A quarter's people of one cohort; they feel the same hazard until an event touches one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cell(pub u32);

/// Sixteen neighbouring ids: five households, one circle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Block(pub u32);

/// Cohorts in a quarter.
pub const COHORTS: usize = 4;
/// People in a block.
pub const BLOCK: u32 = 16;
/// Households in a block.
pub const HOUSEHOLDS: u32 = 5;

/// Cohort of each place in a block: 0 young men, 1 young women, 2 older men, 3 older women. Ten of
/// sixteen are young (15 to 34), Mali's share of young among adults (assumed).
const COHORT_OF_SLOT: [u8; BLOCK as usize] = [0, 1, 2, 0, 1, 3, 0, 1, 2, 0, 1, 3, 0, 1, 2, 3];

impl Person {
    /// Its place in a list of all ids.
    #[inline]
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The block that holds the id.
    #[inline]
    #[must_use]
    pub fn block(self) -> Block {
        Block(self.0 / BLOCK)
    }

    /// Place in the block, 0 to 15.
    #[inline]
    #[must_use]
    pub fn slot(self) -> u32 {
        self.0 % BLOCK
    }

    /// Household in the block, 0 to 4; the last has four adults, the others three.
    #[inline]
    #[must_use]
    pub fn household(self) -> u32 {
        (self.slot() / 3).min(HOUSEHOLDS - 1)
    }

    /// Cohort, 0 to 3.
    #[inline]
    #[must_use]
    pub fn cohort(self) -> usize {
        usize::from(COHORT_OF_SLOT[self.slot() as usize])
    }
}

impl Block {
    /// Its place in a list of all blocks.
    #[inline]
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// Who has a place (0 to 15) in it.
    #[inline]
    #[must_use]
    pub fn person(self, slot: u32) -> Person {
        Person(self.0 * BLOCK + slot)
    }
}

impl Quarter {
    /// Its place in a list of all quarters.
    #[inline]
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// Its people of a cohort (0 to 3).
    #[inline]
    #[must_use]
    pub fn cell(self, cohort: usize) -> Cell {
        Cell(narrow(self.index() * COHORTS + cohort))
    }
}

impl Cell {
    /// Its place in a list of all cells.
    #[inline]
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The quarter that it is a part of.
    #[inline]
    #[must_use]
    pub fn quarter(self) -> Quarter {
        Quarter(narrow(self.index() / COHORTS))
    }

    /// Cohort, 0 to 3.
    #[inline]
    #[must_use]
    pub fn cohort(self) -> usize {
        self.0 as usize % COHORTS
    }
}

/// The register: which ids each quarter has.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Layout {
    /// First id of each quarter, and one past the last block of the last.
    starts: Vec<u32>,
    /// People in each quarter.
    sizes: Vec<u32>,
}

impl Layout {
    /// A register of quarters of these sizes, in this order.
    #[must_use]
    pub fn new(sizes: &[u32]) -> Self {
        let mut starts = vec![0];
        let mut next = 0u32;
        for size in sizes {
            next += size.div_ceil(BLOCK) * BLOCK;
            starts.push(next);
        }
        Layout { starts, sizes: sizes.to_vec() }
    }

    /// Whether its ids are those that follow from its sizes: what was read may say anything.
    pub(super) fn is_whole(&self) -> bool {
        let of_blocks = |size: &u32| u64::from(size.div_ceil(BLOCK)) * u64::from(BLOCK);
        let ends = self.sizes.iter().scan(0, |end, size| {
            *end += of_blocks(size);
            Some(*end)
        });
        self.starts.iter().map(|start| u64::from(*start)).eq(std::iter::once(0).chain(ends))
    }

    /// How many quarters there are.
    #[must_use]
    pub fn quarters(&self) -> usize {
        self.sizes.len()
    }

    /// How many cells there are: four to a quarter.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.sizes.len() * COHORTS
    }

    /// One more than the highest id; ids at the end of a quarter's last block may be nobody's.
    #[must_use]
    pub fn ids(&self) -> usize {
        self.starts.last().map_or(0, |end| *end as usize)
    }

    /// All adults.
    #[must_use]
    pub fn people(&self) -> u64 {
        self.sizes.iter().map(|size| u64::from(*size)).sum()
    }

    /// Ids of a quarter's people.
    #[inline]
    #[must_use]
    pub fn people_of(&self, quarter: Quarter) -> Range<u32> {
        let start = self.starts[quarter.index()];
        start..start + self.sizes[quarter.index()]
    }

    /// How many people a cell was born with.
    #[inline]
    #[must_use]
    pub fn people_in_cell(&self, cell: Cell) -> u32 {
        let size = self.sizes[cell.quarter().index()];
        let per_block = |slots: u32| -> u32 {
            let of_cohort = |slot: &&u8| usize::from(**slot) == cell.cohort();
            narrow(COHORT_OF_SLOT[..slots as usize].iter().filter(of_cohort).count())
        };
        (size / BLOCK) * per_block(BLOCK) + per_block(size % BLOCK)
    }

    /// Whether an id is somebody's.
    #[inline]
    #[must_use]
    pub fn is_somebody(&self, person: Person) -> bool {
        person.index() < self.ids() && self.people_of(self.quarter_of(person)).contains(&person.0)
    }

    /// The quarter a person was born into.
    #[inline]
    #[must_use]
    pub(crate) fn quarter_of(&self, person: Person) -> Quarter {
        let after = self.starts.partition_point(|start| *start <= person.0);
        // Quarters without people share their start with the next; the last such is the owner.
        Quarter(narrow(after - 1))
    }

    /// The cell a person was born into.
    #[inline]
    #[must_use]
    pub fn cell_of(&self, person: Person) -> Cell {
        self.quarter_of(person).cell(person.cohort())
    }

    /// Everybody, in order of id.
    pub fn everybody(&self) -> impl Iterator<Item = Person> + '_ {
        (0..narrow(self.quarters())).flat_map(|q| self.people_of(Quarter(q))).map(Person)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_register_is_whole_when_its_ids_follow_from_its_sizes() {
        let whole = Layout::new(&[40, 0, 7]);
        assert!(whole.is_whole() && Layout::new(&[]).is_whole());
        for starts in [vec![0, 32, 64, 64], vec![0, 48, 48], vec![]] {
            assert!(!Layout { starts, ..whole.clone() }.is_whole());
        }
        assert!(!Layout { sizes: vec![u32::MAX; 3], ..whole }.is_whole());
    }

    #[test]
    fn households_have_three_adults_and_the_last_of_a_block_four() {
        let mut sizes = [0; HOUSEHOLDS as usize];
        (0..BLOCK).for_each(|slot| sizes[Person(slot).household() as usize] += 1);
        assert_eq!(sizes, [3, 3, 3, 3, 4]);
    }

    #[test]
    fn everybody_belongs_to_exactly_one_quarter_and_cell() {
        let layout = Layout::new(&[5, 0, 40, 16, 1]);
        assert_eq!(layout.everybody().count() as u64, layout.people());
        let mut counted = vec![0; layout.cells()];
        for person in layout.everybody() {
            assert!(layout.people_of(layout.quarter_of(person)).contains(&person.0));
            counted[layout.cell_of(person).index()] += 1;
        }
        for (cell, count) in counted.iter().enumerate() {
            assert_eq!(*count, layout.people_in_cell(Cell(narrow(cell))), "cell {cell}");
        }
    }

    #[test]
    fn an_id_beyond_a_quarters_people_is_nobodys() {
        let layout = Layout::new(&[5, 3]);
        assert!(layout.is_somebody(Person(4)));
        assert!(!layout.is_somebody(Person(5)));
        assert!(layout.is_somebody(Person(16)));
        assert!(!layout.is_somebody(Person(32)));
    }
}
