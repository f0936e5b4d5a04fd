//! Every adult: role, ties to members of groups, and harm lived through.
//!
//! Roles are stored for everyone (one byte), the rest only for blocks of kin that an event has
//! touched.

use super::actor::{GroupId, Side};
use super::leaving::Prisoner;
use super::log::Trigger;
use crate::engine::crowd::Crowd;
use crate::engine::roll::{Block, Cell, Person, Roll};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

/// How many roles there are.
pub const ROLES: usize = 6;

/// What somebody is now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Role {
    #[default]
    Civilian,
    Fighter,
    FormerFighter,
    Prisoner,
    Dead,
    /// In a neighbouring country; threshold and memories go along.
    Refugee,
}

impl Role {
    pub const ALL: [Role; ROLES] = [
        Role::Civilian,
        Role::Fighter,
        Role::FormerFighter,
        Role::Prisoner,
        Role::Dead,
        Role::Refugee,
    ];
}

/// Harm by one side to one household of a block.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ordeal {
    pub household: u8,
    pub by: Side,
    /// When it last happened.
    pub week: u32,
    /// What is felt of all of it, as of that week: 1 for a death, less for lesser harm.
    pub weight: f32,
}

/// What kin share: who of them is inside a group, and what was done to them. Kept in place: attended
/// people look here every week, and one look is two neighbouring cache lines.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[repr(align(128))]
pub struct Kin {
    pub members: SmallVec<[(Person, GroupId); 3]>,
    pub ordeals: SmallVec<[Ordeal; 7]>,
}

const _: () = assert!(size_of::<Kin>() == 128, "a block's kin fit into two cache lines");

/// Ties of one person into one group: members in the household and in the rest of the circle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ties {
    pub household: u32,
    pub circle: u32,
}

/// Weeks within which harm counts as the trigger of joining (ISS and UNDP ask about such events
/// without a bound; half a year is assumed).
const TRIGGER_WEEKS: u32 = 26;

#[derive(Clone, Serialize, Deserialize)]
pub struct People {
    pub roll: Roll,
    pub crowd: Crowd,
    roles: Vec<Role>,
    /// 1 + place in `kin`, by block; 0 for the many whom nothing has touched.
    kin_of: Vec<u32>,
    kin: Vec<Kin>,
    /// How many are in each role, in the order of [`Role::ALL`].
    counts: [u64; ROLES],
    /// Who is in prison, and until when.
    pub prisoners: Vec<Prisoner>,
    /// People each adult stands for.
    pub per_agent: u32,
}

impl People {
    #[must_use]
    pub fn new(roll: Roll, crowd: Crowd, per_agent: u32) -> Self {
        let ids = roll.ids();
        let blocks = ids.div_ceil(crate::engine::roll::BLOCK as usize);
        People {
            crowd,
            roles: vec![Role::Civilian; ids],
            kin_of: vec![0; blocks],
            kin: Vec::new(),
            counts: [roll.people(), 0, 0, 0, 0, 0],
            prisoners: Vec::new(),
            per_agent,
            roll,
        }
    }

    #[must_use]
    pub fn role(&self, person: Person) -> Role {
        self.roles[person.index()]
    }

    pub fn set_role(&mut self, person: Person, role: Role) {
        let before = std::mem::replace(&mut self.roles[person.index()], role);
        self.counts[before as usize] -= 1;
        self.counts[role as usize] += 1;
    }

    /// How many people are in a role, kept as roles change; [`People::census`] counts afresh.
    #[must_use]
    pub fn count(&self, role: Role) -> u64 {
        self.counts[role as usize] * u64::from(self.per_agent)
    }

    /// The cell somebody lives in now.
    #[must_use]
    pub fn cell_of(&self, person: Person) -> Cell {
        self.crowd.cell_of(person)
    }

    #[must_use]
    pub fn kin(&self, block: Block) -> Option<&Kin> {
        let found = self.kin_of[block.index()];
        (found > 0).then(|| &self.kin[found as usize - 1])
    }

    fn kin_mut(&mut self, block: Block) -> &mut Kin {
        let found = &mut self.kin_of[block.index()];
        if *found == 0 {
            self.kin.push(Kin::default());
            *found = self.kin.len() as u32;
        }
        &mut self.kin[*found as usize - 1]
    }

    /// Somebody is now a member: kin have a tie inside.
    pub fn enter_group(&mut self, person: Person, group: GroupId) {
        self.set_role(person, Role::Fighter);
        self.kin_mut(person.block()).members.push((person, group));
        self.touch(person.block());
    }

    /// Somebody is no longer a member.
    pub fn leave_group(&mut self, person: Person, role: Role) {
        self.set_role(person, role);
        self.kin_mut(person.block()).members.retain(|(member, _)| *member != person);
    }

    /// A member's command now belongs to another group.
    pub fn change_group(&mut self, person: Person, group: GroupId) {
        for (member, of) in &mut self.kin_mut(person.block()).members {
            if *member == person {
                *of = group;
            }
        }
    }

    /// Something was done to somebody; household and circle live through it. What is still felt of
    /// earlier harm, of which `kept` remains from week to week, is added to.
    pub fn suffer(&mut self, person: Person, by: Side, week: u32, weight: f32, kept: f64) {
        let household = person.household() as u8;
        let ordeals = &mut self.kin_mut(person.block()).ordeals;
        let known = ordeals.iter_mut().find(|o| o.household == household && o.by == by);
        match known {
            Some(ordeal) => {
                let left = libm::pow(kept, f64::from(week - ordeal.week)) as f32;
                *ordeal = Ordeal { week, weight: ordeal.weight * left + weight, ..*ordeal };
            }
            None => ordeals.push(Ordeal { household, by, week, weight }),
        }
        self.touch(person.block());
    }

    /// Whoever of a block is free to join is asked each week from now on.
    fn touch(&mut self, block: Block) {
        for slot in 0..crate::engine::roll::BLOCK {
            let person = block.person(slot);
            if person.index() < self.roles.len()
                && matches!(self.role(person), Role::Civilian | Role::FormerFighter | Role::Refugee)
                && self.roll.is_somebody(person)
            {
                self.crowd.attend(person);
            }
        }
    }

    /// Members of `group` in somebody's household and circle.
    #[must_use]
    pub fn ties(&self, person: Person, group: GroupId) -> Ties {
        let mut ties = Ties::default();
        let Some(kin) = self.kin(person.block()) else { return ties };
        for (member, of) in &kin.members {
            if *of == group && *member != person {
                if member.household() == person.household() {
                    ties.household += 1;
                } else {
                    ties.circle += 1;
                }
            }
        }
        ties
    }

    /// The latest harm to somebody's household, or else circle, within half a year before `week`.
    #[must_use]
    pub fn trigger(&self, person: Person, week: u32) -> Option<Trigger> {
        let recent = |ordeal: &&Ordeal| ordeal.week + TRIGGER_WEEKS >= week;
        let nearness =
            |ordeal: &&Ordeal| (u32::from(ordeal.household) == person.household(), ordeal.week);
        let ordeals = &self.kin(person.block())?.ordeals;
        ordeals.iter().filter(recent).max_by_key(nearness).map(|ordeal| Trigger {
            by: ordeal.by,
            household: u32::from(ordeal.household) == person.household(),
        })
    }

    /// Everyone counted by role, from per-person state, in the order of [`Role::ALL`].
    #[must_use]
    pub fn census(&self) -> [u64; ROLES] {
        let mut counts = [0; ROLES];
        for person in self.roll.everybody() {
            counts[self.role(person) as usize] += 1;
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::crowd::Book;
    use crate::engine::streams::Streams;

    fn people() -> People {
        let roll = Roll::new(&[64]);
        let crowd = Crowd::new(&roll, Streams::new(1, 0), 1.0, Book::Lines);
        People::new(roll, crowd, 1)
    }

    #[test]
    fn a_member_is_a_tie_to_household_and_circle_and_to_nobody_else() {
        let mut people = people();
        let group = GroupId(0);
        people.enter_group(Person(0), group);
        assert_eq!(people.ties(Person(1), group), Ties { household: 1, circle: 0 });
        assert_eq!(people.ties(Person(9), group), Ties { household: 0, circle: 1 });
        assert_eq!(people.ties(Person(16), group), Ties::default());
        people.leave_group(Person(0), Role::FormerFighter);
        assert_eq!(people.ties(Person(1), group), Ties::default());
    }

    #[test]
    fn harm_in_the_household_is_the_trigger_before_harm_in_the_circle() {
        let mut people = people();
        people.suffer(Person(0), Side::STATE, 10, 1.0, 0.9);
        people.suffer(Person(9), Side(1), 12, 1.0, 0.9);
        let trigger = people.trigger(Person(1), 20).unwrap();
        assert_eq!((trigger.by, trigger.household), (Side::STATE, true));
        let trigger = people.trigger(Person(15), 20).unwrap();
        assert_eq!((trigger.by, trigger.household), (Side(1), false));
        assert_eq!(people.trigger(Person(1), 60), None);
    }

    #[test]
    fn harm_done_again_adds_to_what_is_left_of_the_first() {
        let mut people = people();
        people.suffer(Person(0), Side::STATE, 10, 1.0, 0.5);
        people.suffer(Person(1), Side::STATE, 12, 1.0, 0.5);
        let ordeals = &people.kin(Block(0)).unwrap().ordeals;
        let expected = Ordeal { household: 0, by: Side::STATE, week: 12, weight: 1.25 };
        assert_eq!(ordeals.as_slice(), &[expected]);
    }
}
