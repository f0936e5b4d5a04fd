//! What is known of people whom events have touched, and of their kin.
//!
//! Records of a block lie next to each other, since kin move and are harmed together; the many blocks of
//! which nobody was touched have none. In ten years of war most have some, so a record is kept in sixteen
//! bytes, and what only few need beside. A checkpoint keeps those of the touched alone.

use super::layout::{BLOCK, Block, Cell, Layout, Person};
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

/// Records by block.
#[derive(Clone, Default)]
pub(super) struct Records {
    /// 1 + place in `circles`, by block; 0 for the many of whom nobody has been touched.
    circle_of: Vec<u32>,
    circles: Vec<Circle>,
    rests: Rests,
}

/// Records of a block, next to each other.
type Circle = [Kept; BLOCK as usize];

/// A record without what only few need.
#[derive(Clone, Copy)]
struct Kept {
    /// Of no meaning while somebody is away.
    key: f64,
    cell: Cell,
    marks: Marks,
}

/// Whether somebody was touched, whether they wait, are attended or away, and 1 + the place of what only few
/// need, or 0.
#[derive(Clone, Copy)]
struct Marks(u32);

const TOUCHED: u32 = 1 << 31;
const ATTENDED: u32 = 1 << 30;
const AWAY: u32 = 1 << 29;

impl Marks {
    fn has(self, mark: u32) -> bool {
        self.0 & mark > 0
    }

    fn rest(self) -> u32 {
        self.0 & !(TOUCHED | ATTENDED | AWAY)
    }
}

/// What is kept of those who are attended or have been in a group.
#[derive(Clone, Copy)]
struct Rest {
    wake_up: f64,
    until: u32,
    spell: u16,
}

impl Rest {
    const NONE: Rest = Rest { wake_up: 0.0, until: 0, spell: 0 };

    /// What of a record only few need, if this one does.
    fn of(record: &Record) -> Option<Rest> {
        let Record { spell, held, .. } = *record;
        match held {
            Held::Attended { wake_up, until, .. } => Some(Rest { wake_up, until, spell }),
            _ => (spell > 0).then_some(Rest { spell, ..Rest::NONE }),
        }
    }
}

/// What only few need, in no order that means anything. Places count from 1, and 0 is none.
#[derive(Clone, Default)]
struct Rests {
    all: Vec<Rest>,
    free: Vec<u32>,
}

impl Rests {
    /// Puts what few need of a record in the place where it was kept before, or in another; says where.
    fn put(&mut self, record: &Record) -> u32 {
        let Some(rest) = Rest::of(record) else {
            self.free.extend((record.rest > 0).then_some(record.rest));
            return 0;
        };
        let free = if record.rest > 0 { Some(record.rest) } else { self.free.pop() };
        if let Some(place) = free {
            self.all[place as usize - 1] = rest;
            return place;
        }
        self.all.push(rest);
        narrow(self.all.len())
    }
}

impl Kept {
    /// What is kept of a record of which the rest has this place.
    fn of(record: &Record, rest: u32) -> Self {
        let (key, mark) = match record.held {
            Held::Waiting { key } => (key, 0),
            Held::Attended { key, .. } => (key, ATTENDED),
            Held::Away => (0.0, AWAY),
        };
        let touched = if record.touched { TOUCHED } else { 0 };
        assert!(rest < AWAY, "fewer than 500 million people are attended or were in a group");
        Kept { key, cell: record.cell, marks: Marks(touched | mark | rest) }
    }
}

impl Records {
    /// Nobody has been touched.
    pub fn of_nobody(layout: &Layout) -> Self {
        let circle_of = vec![0; layout.ids() / BLOCK as usize];
        Records { circle_of, ..Records::default() }
    }

    fn kept(&self, person: Person) -> Option<Kept> {
        let found = self.circle_of[person.block().index()];
        (found > 0).then(|| self.circles[found as usize - 1][person.slot() as usize])
    }

    fn whole(&self, kept: Kept) -> Record {
        let Kept { key, cell, marks } = kept;
        let rest = marks.rest();
        let Rest { wake_up, until, spell } =
            if rest > 0 { self.rests.all[rest as usize - 1] } else { Rest::NONE };
        let held = if marks.has(AWAY) {
            Held::Away
        } else if marks.has(ATTENDED) {
            Held::Attended { key, wake_up, until }
        } else {
            Held::Waiting { key }
        };
        Record { cell, spell, touched: marks.has(TOUCHED), held, rest }
    }

    #[inline]
    pub fn of(&self, person: Person) -> Option<Record> {
        self.kept(person).map(|kept| self.whole(kept))
    }

    /// Where somebody lives, if they have a record.
    #[inline]
    pub fn cell_of(&self, person: Person) -> Option<Cell> {
        self.kept(person).map(|kept| kept.cell)
    }

    /// Writes the record of somebody whose circle has some, as it was read and then changed.
    pub fn set(&mut self, person: Person, record: &Record) {
        let circle = self.circle_of[person.block().index()] as usize - 1;
        let rest = self.rests.put(record);
        self.circles[circle][person.slot() as usize] = Kept::of(record, rest);
    }

    /// Writes records of people whose circles have some, each named once, as they were read and then changed:
    /// every part of the circles is written by one thread.
    pub fn write(&mut self, updates: &[Update]) {
        let Records { circle_of, circles, rests } = self;
        let place = |update: &Update| circle_of[update.person.block().index()] - 1;
        let places: Vec<u32> = parallel::map_each(updates, place);
        let rests: Vec<u32> = updates.iter().map(|update| rests.put(&update.record)).collect();
        let per_part = part_of(circles.len());
        circles.par_chunks_mut(per_part).enumerate().for_each(|(part, circles)| {
            for ((place, update), rest) in places.iter().zip(updates).zip(&rests) {
                if *place as usize / per_part == part {
                    let circle = &mut circles[*place as usize % per_part];
                    circle[update.person.slot() as usize] = Kept::of(&update.record, *rest);
                }
            }
        });
    }

    pub fn is_open(&self, block: Block) -> bool {
        self.circle_of[block.index()] > 0
    }

    /// Opens circles of many blocks that have none, as they were born.
    pub fn open_all(&mut self, blocks: &[Block], layout: &Layout, thresholds: &Thresholds) {
        for (place, block) in blocks.iter().enumerate() {
            self.circle_of[block.index()] = narrow(self.circles.len() + place + 1);
        }
        let born = |block: &Block| as_born(layout, thresholds, *block);
        self.circles.extend(parallel::map_each(blocks, born));
    }

    /// Everybody whom an event has touched, in order of id.
    pub fn touched(&self) -> impl Iterator<Item = (Person, Record)> {
        let open = self.circle_of.iter().enumerate().filter(|(_, found)| **found > 0);
        let people = open.flat_map(|(block, found)| {
            let own = move |slot: usize| Block(narrow(block)).person(narrow(slot));
            let circle = self.circles[*found as usize - 1].iter();
            circle.enumerate().map(move |(slot, kept)| (own(slot), *kept))
        });
        let touched = people.filter(|(_, kept)| kept.marks.has(TOUCHED));
        touched.map(|(person, kept)| (person, self.whole(kept)))
    }
}

/// Records of a block, as its people were born.
fn as_born(layout: &Layout, thresholds: &Thresholds, block: Block) -> Circle {
    let quarter = layout.quarter_of(block.person(0));
    let keys: [f64; BLOCK as usize] = thresholds.of_row(block.person(0));
    std::array::from_fn(|slot| Kept {
        key: keys[slot],
        cell: quarter.cell(block.person(narrow(slot)).cohort()),
        marks: Marks(0),
    })
}

impl Serialize for Records {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let touched: Vec<(Person, Record)> = self.touched().collect();
        touched.serialize(serializer)
    }
}
