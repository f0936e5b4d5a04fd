//! The risk set as a plain list: every adult is visited every week. It keeps the same keys and the same
//! rules as the threshold queue and none of its order, so that the two can be compared.

use super::bonds::{Bonds, Carried, Change, Status};
use super::layout::{Block, Cell, Layout, Person};
use super::threshold::Thresholds;
use serde::{Deserialize, Serialize};
use toguna_units::narrow;

#[derive(Clone, Serialize, Deserialize)]
pub struct Reference {
    thresholds: Thresholds,
    /// One entry per id; `None` for ids that are nobody's.
    adults: Vec<Option<Adult>>,
    /// Λ of each cell.
    felt: Vec<f64>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
struct Adult {
    cell: Cell,
    spell: u16,
    status: Status,
    /// Distance to the threshold; meant while attended.
    remaining: f64,
    touched: bool,
}

impl Reference {
    pub fn new(layout: &Layout, thresholds: Thresholds) -> Self {
        let mut adults = vec![None; layout.ids()];
        for person in layout.everybody() {
            adults[person.index()] = Some(Adult {
                cell: layout.cell_of(person),
                spell: 0,
                status: Status::Waiting { key: thresholds.first(person) },
                remaining: 0.0,
                touched: false,
            });
        }
        Reference { thresholds, adults, felt: vec![0.0; layout.cells()] }
    }

    pub fn advance(
        &mut self,
        week: u32,
        hazard_of_cell: &[f64],
        carried: &Carried,
        bonds: &impl Bonds,
    ) -> Vec<(Person, Cell)> {
        for (felt, hazard) in self.felt.iter_mut().zip(hazard_of_cell) {
            *felt += hazard;
        }
        let mut crossed = Vec::new();
        for (id, adult) in self.adults.iter_mut().enumerate() {
            let Some(adult) = adult else { continue };
            let person = Person(narrow(id));
            let joins = match adult.status {
                Status::Away => false,
                Status::Waiting { key } => key <= self.felt[adult.cell.index()],
                Status::Attended => {
                    let own = bonds.felt(person, carried.of(adult.cell.quarter()));
                    adult.remaining -= hazard_of_cell[adult.cell.index()] + own;
                    if bonds.outlook(person).until <= week {
                        let key = self.felt[adult.cell.index()] + adult.remaining;
                        adult.status = Status::Waiting { key };
                    }
                    adult.remaining <= 0.0
                }
            };
            if joins {
                adult.status = Status::Away;
                adult.touched = true;
                crossed.push((person, adult.cell));
            }
        }
        crossed
    }

    pub fn feel_before_start(&mut self, cell: Cell, felt: f64) {
        self.felt[cell.index()] = felt;
    }

    pub fn attend(&mut self, person: Person, _: &impl Bonds) {
        let felt = self.felt[self.adult(person).cell.index()];
        let adult = self.adult_mut(person);
        adult.touched = true;
        if let Status::Waiting { key } = adult.status {
            adult.remaining = key - felt;
            adult.status = Status::Attended;
        }
    }

    pub fn change_bonds<C: Iterator<Item = Change>>(
        &mut self,
        week: u32,
        circles: &[Block],
        changes: impl Fn(usize) -> C + Sync,
        bonds: &impl Bonds,
    ) {
        for change in (0..circles.len()).flat_map(changes) {
            if change.outlook.until > week {
                self.attend(change.person, bonds);
            }
        }
    }

    pub fn relocate_all(&mut self, moves: &[(Person, Cell)], _: &impl Bonds) {
        moves.iter().for_each(|(person, to)| self.relocate(*person, *to));
    }

    fn relocate(&mut self, person: Person, to: Cell) {
        let felt_there = self.felt[to.index()];
        let felt_here = self.felt[self.adult(person).cell.index()];
        let adult = self.adult_mut(person);
        adult.touched = true;
        if let Status::Waiting { key } = adult.status {
            let remaining = key - felt_here;
            adult.status = Status::Waiting { key: felt_there + remaining };
        }
        adult.cell = to;
    }

    pub fn take_away(&mut self, person: Person) {
        let adult = self.adult_mut(person);
        adult.touched = true;
        adult.status = Status::Away;
    }

    pub fn bring_back(&mut self, person: Person) {
        let Adult { cell, spell, status, .. } = *self.adult(person);
        assert_eq!(status, Status::Away, "only who is away can come back");
        let key = self.felt[cell.index()] + self.thresholds.later(person, spell + 1);
        let adult = self.adult_mut(person);
        adult.spell = spell + 1;
        adult.status = Status::Waiting { key };
    }

    pub fn status(&self, person: Person) -> Status {
        self.adult(person).status
    }

    pub fn cell_of(&self, person: Person) -> Cell {
        self.adult(person).cell
    }

    pub fn spell_of(&self, person: Person) -> u16 {
        self.adult(person).spell
    }

    pub fn attended(&self) -> usize {
        let adults = self.adults.iter().flatten();
        adults.filter(|adult| adult.status == Status::Attended).count()
    }

    pub fn felt(&self, cell: Cell) -> f64 {
        self.felt[cell.index()]
    }

    pub fn first_in_queue(&self, cell: Cell, count: usize, within: f64) -> Vec<(f64, Person)> {
        let waits =
            |(id, adult): (usize, &Option<Adult>)| match adult {
                Some(Adult {
                    cell: own, status: Status::Waiting { key }, touched: false, ..
                }) if *own == cell && *key <= within => Some((*key, Person(narrow(id)))),
                _ => None,
            };
        let mut found: Vec<_> = self.adults.iter().enumerate().filter_map(waits).collect();
        found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        found.truncate(count);
        found
    }

    fn adult(&self, person: Person) -> &Adult {
        self.adults[person.index()].as_ref().expect("only somebody's id is asked for")
    }

    fn adult_mut(&mut self, person: Person) -> &mut Adult {
        self.adults[person.index()].as_mut().expect("only somebody's id is asked for")
    }
}
