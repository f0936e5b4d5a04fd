//! What is known of people whom events have touched, and of their kin.
//!
//! Records of a block lie next to each other, since kin move and are harmed together; the many blocks of
//! which nobody was touched have none. A checkpoint keeps those of the touched alone.

use super::layout::{BLOCK, Block, Layout, Person};
use super::parallel;
use super::threshold::Thresholds;
use super::updates::{Held, Record, Update};
use rayon::prelude::*;
use serde::{Serialize, Serializer};
use toguna_units::narrow;

/// How many of `items` make a part that one thread writes by itself; any number gives the same. Each part
/// reads all there is to write, so there are few.
fn part_of(items: usize) -> usize {
    items.div_ceil(2 * rayon::current_num_threads()).max(1)
}

/// Records of a block, next to each other: kin move and are harmed together.
pub(super) type Circle = [Record; BLOCK as usize];

/// Records by block.
#[derive(Clone, Default)]
pub(super) struct Records {
    /// 1 + place in `circles`, by block; 0 for the many of whom nobody has been touched.
    circle_of: Vec<u32>,
    circles: Vec<Circle>,
}

impl Records {
    /// Nobody has been touched.
    pub fn of_nobody(layout: &Layout) -> Self {
        Records { circle_of: vec![0; layout.ids() / BLOCK as usize], circles: Vec::new() }
    }

    pub fn of(&self, person: Person) -> Option<&Record> {
        let found = self.circle_of[person.block().index()];
        (found > 0).then(|| &self.circles[found as usize - 1][person.slot() as usize])
    }

    /// The record of somebody whose circle has records.
    pub fn opened(&mut self, person: Person) -> &mut Record {
        let found = self.circle_of[person.block().index()] as usize;
        &mut self.circles[found - 1][person.slot() as usize]
    }

    /// Writes records of people whose circles have some, each named once: every part of the circles is
    /// written by one thread.
    pub fn write(&mut self, updates: &[Update]) {
        let Records { circle_of, circles } = self;
        let place = |update: &Update| circle_of[update.person.block().index()] - 1;
        let places: Vec<u32> = parallel::map_each(updates, place);
        let per_part = part_of(circles.len());
        circles.par_chunks_mut(per_part).enumerate().for_each(|(part, circles)| {
            for (place, update) in places.iter().zip(updates) {
                if *place as usize / per_part == part {
                    let circle = &mut circles[*place as usize % per_part];
                    circle[update.person.slot() as usize] = update.record;
                }
            }
        });
    }

    pub fn is_open(&self, block: Block) -> bool {
        self.circle_of[block.index()] > 0
    }

    pub fn open(&mut self, block: Block, circle: Circle) {
        self.circles.push(circle);
        self.circle_of[block.index()] = narrow(self.circles.len());
    }

    /// Opens circles of many blocks that have none, each as `born` says that it is.
    pub fn open_all(&mut self, blocks: &[Block], born: impl Fn(Block) -> Circle + Sync) {
        for (place, block) in blocks.iter().enumerate() {
            self.circle_of[block.index()] = narrow(self.circles.len() + place + 1);
        }
        self.circles.extend(parallel::map_each(blocks, |block| born(*block)));
    }

    /// Everybody whom an event has touched, in order of id.
    pub fn touched(&self) -> impl Iterator<Item = (Person, &Record)> {
        let open = self.circle_of.iter().enumerate().filter(|(_, found)| **found > 0);
        let people = open.flat_map(|(block, found)| {
            let own = move |slot: usize| Block(narrow(block)).person(narrow(slot));
            let circle = self.circles[*found as usize - 1].iter();
            circle.enumerate().map(move |(slot, record)| (own(slot), record))
        });
        people.filter(|(_, record)| record.touched)
    }
}

/// Records of a block, as its people were born.
pub(super) fn circle_as_born(layout: &Layout, thresholds: &Thresholds, block: Block) -> Circle {
    let quarter = layout.quarter_of(block.person(0));
    let keys: [f64; BLOCK as usize] = thresholds.of_row(block.person(0));
    std::array::from_fn(|slot| Record {
        cell: quarter.cell(block.person(narrow(slot)).cohort()),
        spell: 0,
        touched: false,
        held: Held::Waiting { key: keys[slot] },
    })
}

impl Serialize for Records {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let touched: Vec<(Person, Record)> =
            self.touched().map(|(person, record)| (person, *record)).collect();
        touched.serialize(serializer)
    }
}
