//! What is known of people whom events have touched, and of their kin.
//!
//! Records of a block lie next to each other, since kin move and are harmed together; the many blocks of
//! which nobody was touched have none. In ten years of war most have some, so a record is kept in 24 bytes.
//! A checkpoint keeps those of the touched alone.

use super::layout::{BLOCK, Block, Cell, Layout, Person};
use super::parallel;
use super::threshold::Thresholds;
use super::updates::{Held, Record, Update};
use rayon::prelude::*;
use serde::{Serialize, Serializer};
use toguna_units::narrow;

/// Records by block.
#[derive(Clone, Default)]
pub(super) struct Records {
    /// 1 + place in `circles`, by block; 0 for the many of whom nobody has been touched.
    circle_of: Vec<u32>,
    circles: Vec<Circle>,
}

/// Records of a block, next to each other.
type Circle = [Kept; BLOCK as usize];

/// A record in little room. What is not said of how somebody is held has no meaning.
#[derive(Clone, Copy)]
struct Kept {
    key: f64,
    cell: Cell,
    wake_up: f32,
    until: u32,
    spell: u16,
    touched: bool,
    held: How,
}

const _: () = assert!(size_of::<Kept>() == 24);

#[derive(Clone, Copy)]
enum How {
    Waiting,
    Attended,
    Away,
}

impl Kept {
    fn of(record: &Record) -> Self {
        let Record { cell, spell, touched, held } = *record;
        let (held, key, wake_up, until) = match held {
            Held::Waiting { key } => (How::Waiting, key, 0.0, 0),
            Held::Attended { key, wake_up, until } => (How::Attended, key, wake_up, until),
            Held::Away => (How::Away, 0.0, 0.0, 0),
        };
        Kept { key, cell, wake_up, until, spell, touched, held }
    }

    fn whole(self) -> Record {
        let Kept { key, cell, wake_up, until, spell, touched, held } = self;
        let held = match held {
            How::Waiting => Held::Waiting { key },
            How::Attended => Held::Attended { key, wake_up, until },
            How::Away => Held::Away,
        };
        Record { cell, spell, touched, held }
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

    #[inline]
    pub fn of(&self, person: Person) -> Option<Record> {
        self.kept(person).map(Kept::whole)
    }

    /// Has somebody's record brought from memory, which takes as long as a hundred sums; asked for before they
    /// are needed, many are on their way at once.
    #[inline]
    pub fn fetch(&self, person: Person) {
        std::hint::black_box(self.cell_of(person));
    }

    /// The same of a block.
    pub fn fetch_block(&self, block: Block) {
        // Memory is read in pieces of 64 bytes: no step of 48 leaves one out.
        (0..BLOCK).step_by(2).for_each(|slot| self.fetch(block.person(slot)));
    }

    /// Where somebody lives, if they have a record.
    #[inline]
    pub fn cell_of(&self, person: Person) -> Option<Cell> {
        self.kept(person).map(|kept| kept.cell)
    }

    /// Writes the record of somebody whose circle has some.
    pub fn set(&mut self, person: Person, record: &Record) {
        let circle = self.circle_of[person.block().index()] as usize - 1;
        self.circles[circle][person.slot() as usize] = Kept::of(record);
    }

    /// Writes records of people whose circles have some, each named once: every part of the circles is written by one thread.
    pub fn write(&mut self, updates: &[Update]) {
        let Records { circle_of, circles } = self;
        let place = |update: &Update| circle_of[update.person.block().index()] - 1;
        let places: Vec<u32> = parallel::map_each(updates, place);
        let per_part = parallel::length_of_few_parts(circles.len());
        circles.par_chunks_mut(per_part).enumerate().for_each(|(part, circles)| {
            for (place, update) in places.iter().zip(updates) {
                if *place as usize / per_part == part {
                    let circle = &mut circles[*place as usize % per_part];
                    circle[update.person.slot() as usize] = Kept::of(&update.record);
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
        let touched = people.filter(|(_, kept)| kept.touched);
        touched.map(|(person, kept)| (person, kept.whole()))
    }
}

/// Records of a block, as its people were born.
fn as_born(layout: &Layout, thresholds: &Thresholds, block: Block) -> Circle {
    let quarter = layout.quarter_of(block.person(0));
    let keys: [f64; BLOCK as usize] = thresholds.of_row(block.person(0));
    std::array::from_fn(|slot| {
        let cell = quarter.cell(block.person(narrow(slot)).cohort());
        let held = Held::Waiting { key: keys[slot] };
        Kept::of(&Record { cell, spell: 0, touched: false, held })
    })
}

impl Serialize for Records {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let touched: Vec<(Person, Record)> = self.touched().collect();
        touched.serialize(serializer)
    }
}
