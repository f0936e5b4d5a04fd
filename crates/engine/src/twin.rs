//! The crowd as a plain list: every adult is visited every week. It keeps the same keys and the same
//! rules as the lines and none of their order, so that the two can be held against each other.

use super::crowd::{Bonds, Carried, Change, Standing};
use super::roll::{Block, Cell, Person, Roll};
use super::threshold::Thresholds;
use serde::{Deserialize, Serialize};

#[derive(Clone, Serialize, Deserialize)]
pub struct Twin {
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
    standing: Standing,
    /// Distance to the threshold; meant while attended.
    remaining: f64,
    touched: bool,
}

impl Twin {
    pub fn new(roll: &Roll, thresholds: Thresholds) -> Self {
        let mut adults = vec![None; roll.ids()];
        for person in roll.everybody() {
            adults[person.index()] = Some(Adult {
                cell: roll.cell_of(person),
                spell: 0,
                standing: Standing::Waiting { key: thresholds.first(person) },
                remaining: 0.0,
                touched: false,
            });
        }
        Twin { thresholds, adults, felt: vec![0.0; roll.cells()] }
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
            let person = Person(id as u32);
            let joins = match adult.standing {
                Standing::Away => false,
                Standing::Waiting { key } => key <= self.felt[adult.cell.index()],
                Standing::Attended => {
                    let own = bonds.felt(person, carried.of(adult.cell.quarter()));
                    adult.remaining -= hazard_of_cell[adult.cell.index()] + own;
                    if bonds.outlook(person).until <= week {
                        let key = self.felt[adult.cell.index()] + adult.remaining;
                        adult.standing = Standing::Waiting { key };
                    }
                    adult.remaining <= 0.0
                }
            };
            if joins {
                adult.standing = Standing::Away;
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
        if let Standing::Waiting { key } = adult.standing {
            adult.remaining = key - felt;
            adult.standing = Standing::Attended;
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
        if let Standing::Waiting { key } = adult.standing {
            let remaining = key - felt_here;
            adult.standing = Standing::Waiting { key: felt_there + remaining };
        }
        adult.cell = to;
    }

    pub fn take_away(&mut self, person: Person) {
        let adult = self.adult_mut(person);
        adult.touched = true;
        adult.standing = Standing::Away;
    }

    pub fn bring_back(&mut self, person: Person) {
        let Adult { cell, spell, standing, .. } = *self.adult(person);
        assert_eq!(standing, Standing::Away, "only who is away can come back");
        let key = self.felt[cell.index()] + self.thresholds.later(person, spell + 1);
        let adult = self.adult_mut(person);
        adult.spell = spell + 1;
        adult.standing = Standing::Waiting { key };
    }

    pub fn standing(&self, person: Person) -> Standing {
        self.adult(person).standing
    }

    pub fn cell_of(&self, person: Person) -> Cell {
        self.adult(person).cell
    }

    pub fn spell_of(&self, person: Person) -> u16 {
        self.adult(person).spell
    }

    pub fn attended(&self) -> usize {
        let adults = self.adults.iter().flatten();
        adults.filter(|adult| adult.standing == Standing::Attended).count()
    }

    pub fn felt(&self, cell: Cell) -> f64 {
        self.felt[cell.index()]
    }

    pub fn first_in_line(&self, cell: Cell, count: usize) -> Vec<(f64, Person)> {
        let waits = |(id, adult): (usize, &Option<Adult>)| match adult {
            Some(Adult {
                cell: own, standing: Standing::Waiting { key }, touched: false, ..
            }) if *own == cell => Some((*key, Person(id as u32))),
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
