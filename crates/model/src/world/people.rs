//! Every adult: role, ties to members of groups, and harm lived through.
//!
//! Roles are stored for everyone (one byte), the rest only for blocks of kin that an event has
//! touched.

use super::kinship::{BondWeights, Kin, Kinship, Ordeal};
use super::log::Trigger;
use crate::leaving::state::Prisoner;
use crate::words::ids::{GroupId, Side};
use crate::words::roles::{ROLES, Role};
use serde::{Deserialize, Serialize};
use toguna_engine::layout::{BLOCK, Block, Cell, Layout, Person};
use toguna_engine::risk_set::{Bond, Change, RiskSet};

/// Weeks within which harm counts as the trigger of joining (ISS and UNDP ask about such events
/// without a bound; half a year is assumed).
const TRIGGER_WEEKS: u32 = 26;

/// What has happened to the bonds that a circle shares.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
enum News {
    /// Somebody is now a member of a group.
    Tied(Person, GroupId),
    /// Somebody no longer is.
    Cut(Person, GroupId),
    /// Something was done to a household; 1 for a death.
    Hurt { household: u32, by: Side, weight: f64 },
    /// Somebody is back, and feels what they share with the others.
    Back,
}

/// Every adult.
#[derive(Clone, Serialize, Deserialize)]
pub struct People {
    /// Which ids each quarter has.
    pub layout: Layout,
    /// Who may join, and how near each is to it.
    pub risk_set: RiskSet,
    kinship: Kinship,
    /// What has happened in which circle and kin have not yet heard.
    news: Vec<(Block, News)>,
    /// By id; an id that is nobody's is filed with the dead, so that nobody asks anything of it.
    roles: Vec<Role>,
    /// How many are in each role, in the order of [`Role::ALL`].
    counts: [u64; ROLES],
    /// Who is in prison, and until when.
    pub prisoners: Vec<Prisoner>,
    /// People each adult stands for.
    pub per_agent: u32,
}

impl People {
    /// Everybody is a civilian to whom nothing has happened; each adult stands for `per_agent`
    /// people.
    #[must_use]
    pub fn new(
        layout: Layout,
        risk_set: RiskSet,
        per_agent: u32,
        bond_weights: BondWeights,
    ) -> Self {
        let mut roles = vec![Role::Dead; layout.ids()];
        layout.everybody().for_each(|person| roles[person.index()] = Role::Civilian);
        People {
            risk_set,
            kinship: Kinship::new(layout.ids().div_ceil(BLOCK as usize), bond_weights),
            news: Vec::new(),
            roles,
            counts: [layout.people(), 0, 0, 0, 0, 0],
            prisoners: Vec::new(),
            per_agent,
            layout,
        }
    }

    /// What somebody is now.
    #[must_use]
    pub fn role(&self, person: Person) -> Role {
        self.roles[person.index()]
    }

    /// Changes what somebody is.
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
        self.risk_set.cell_of(person)
    }

    /// Whether somebody may join, flee or return: neither inside a group, in prison nor dead.
    #[must_use]
    pub fn is_free(&self, person: Person) -> bool {
        matches!(self.role(person), Role::Civilian | Role::FormerFighter | Role::Refugee)
    }

    /// What the kin of a block share; none where nothing has touched them.
    #[must_use]
    pub fn kin(&self, block: Block) -> Option<&Kin> {
        self.kinship.of(block)
    }

    /// What all kin share.
    #[must_use]
    pub fn kinship(&self) -> &Kinship {
        &self.kinship
    }

    /// Bonds are felt as in this week from now on.
    pub fn begin_week(&mut self, week: u32) {
        self.tell_kin();
        self.kinship.begin_week(week);
        if self.kinship.is_far_from_base() {
            self.risk_set.before_all_change(&self.kinship);
            self.kinship.begin_from_now();
            self.risk_set.after_all_change(&self.kinship);
        }
    }

    /// From now on bonds are felt with other weights.
    pub fn feel_by(&mut self, bond_weights: BondWeights) {
        if bond_weights != *self.kinship.bond_weights() {
            self.tell_kin();
            self.risk_set.before_all_change(&self.kinship);
            // What has faded so far has faded with the old ones.
            self.kinship.begin_from_now();
            self.kinship.set_bond_weights(bond_weights);
            self.risk_set.after_all_change(&self.kinship);
        }
    }

    /// These people, each named once, live in other cells from now on.
    pub fn relocate_all(&mut self, moves: &[(Person, Cell)]) {
        self.tell_kin();
        self.risk_set.relocate_all(moves, &self.kinship);
    }

    /// Kin hear what has happened to the bonds they share: whoever of them is free to join feels it, if
    /// what they then share is worth it.
    pub fn tell_kin(&mut self) {
        if self.news.is_empty() {
            return;
        }
        let mut news = std::mem::take(&mut self.news);
        news.sort_by_key(|(block, _)| *block);
        let told: Vec<&[(Block, News)]> = news.chunk_by(|a, b| a.0 == b.0).collect();
        let circles: Vec<Block> = told.iter().map(|news| news[0].0).collect();
        // The risk set is lent out while it asks who is free.
        let mut risk_set = std::mem::take(&mut self.risk_set);
        let changes = |circle| self.changes(told[circle]);
        risk_set.change_bonds(self.kinship.week(), &circles, changes, &self.kinship);
        self.risk_set = risk_set;
        news.clear();
        self.news = news;
    }

    /// What the news of one block changes for its people.
    fn changes(&self, circle: &[(Block, News)]) -> impl Iterator<Item = Change> {
        let block = circle[0].0;
        let outlook = self.kinship.outlooks(block);
        let free = (0..BLOCK).map(move |slot| block.person(slot)).filter(|who| self.is_free(*who));
        free.map(move |person| Change {
            person,
            outlook: outlook(person),
            tied: circle.iter().filter_map(|(_, news)| self.bond(person, *news)).collect(),
        })
    }

    /// What news of kin is to somebody, if it is anything.
    fn bond(&self, person: Person, news: News) -> Option<Bond> {
        match news {
            News::Tied(member, group) => Some(self.kinship.tie(person, member, group)),
            News::Cut(member, group) => Some(self.kinship.tie(person, member, group).cut()),
            News::Hurt { household, by, weight } => {
                Some(self.kinship.hurt(person, household, by, weight))
            }
            News::Back => None,
        }
    }

    fn note(&mut self, person: Person, news: News) {
        self.news.push((person.block(), news));
    }

    /// Somebody is now a member: kin have a tie inside.
    pub fn enter_group(&mut self, person: Person, group: GroupId) {
        self.set_role(person, Role::Fighter);
        self.kinship.of_mut(person.block()).members.push((person, group));
        self.note(person, News::Tied(person, group));
    }

    /// Somebody is no longer a member.
    pub fn leave_group(&mut self, person: Person, role: Role) {
        self.cut_tie(person);
        self.set_role(person, role);
    }

    /// Somebody who was a member or in prison is back, and may join again.
    pub fn come_back(&mut self, person: Person) {
        self.risk_set.bring_back(person);
        self.note(person, News::Back);
    }

    fn cut_tie(&mut self, person: Person) {
        let members = &mut self.kinship.of_mut(person.block()).members;
        if let Some(place) = members.iter().position(|(member, _)| *member == person) {
            let (_, group) = members.remove(place);
            self.note(person, News::Cut(person, group));
        }
    }

    /// A member's command now belongs to another group.
    pub fn change_group(&mut self, person: Person, group: GroupId) {
        self.cut_tie(person);
        self.enter_group(person, group);
    }

    /// Something was done to somebody; household and circle live through it: `weight` is 1 for a death.
    pub fn suffer(&mut self, person: Person, by: Side, week: u32, weight: f64) {
        let (block, household) = (person.block(), person.household());
        self.kinship.add_harm(block, household, by, week, weight);
        self.note(person, News::Hurt { household, by, weight });
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
        for person in self.layout.everybody() {
            counts[self.role(person) as usize] += 1;
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Rules;
    use toguna_engine::risk_set::{Bonds, Book, Status};
    use toguna_engine::streams::Streams;
    use toguna_units::Weeks;

    fn people() -> People {
        let layout = Layout::new(&[64]);
        let risk_set = RiskSet::new(&layout, Streams::new(1, 0), 1.0, Book::ThresholdQueue);
        People::new(layout, risk_set, 1, BondWeights::of(&Rules::default(), 2))
    }

    #[test]
    fn a_member_is_a_tie_to_household_and_circle_and_to_nobody_else() {
        let mut people = people();
        let group = GroupId(0);
        people.enter_group(Person(0), group);
        let rules = Rules::default().recruitment;
        let felt = |people: &People, person| {
            let bond_weights = people.kinship().bond_weights();
            let mut carried = vec![0.0; bond_weights.channels()];
            carried[bond_weights.of_ties_to(group)] = 1.0;
            let openness = rules.openness()[Person::cohort(person)];
            people.kinship().felt(person, &carried) / (rules.familial_weight * openness)
        };
        assert!((felt(&people, Person(1)) - 1.0).abs() < 1e-12);
        assert!((felt(&people, Person(9)) - rules.circle_weight.get()).abs() < 1e-12);
        assert_eq!(felt(&people, Person(16)), 0.0);
        people.leave_group(Person(0), Role::FormerFighter);
        assert_eq!(felt(&people, Person(1)), 0.0);
    }

    #[test]
    fn whoever_comes_back_feels_the_ties_that_kin_have() {
        let mut people = people();
        for person in [Person(0), Person(1)] {
            people.risk_set.take_away(person);
            people.enter_group(person, GroupId(0));
        }
        people.leave_group(Person(0), Role::FormerFighter);
        people.come_back(Person(0));
        people.tell_kin();
        assert_eq!(people.risk_set.status(Person(0)), Status::Attended);
        assert_eq!(people.risk_set.status(Person(1)), Status::Away);
    }

    #[test]
    fn harm_that_faded_on_old_terms_stays_faded_on_new_ones() {
        let mut people = people();
        let mut rules = Rules::default();
        let half_life = rules.memory.half_life.0;
        people.suffer(Person(0), Side::STATE, 0, 1.0);
        people.begin_week(half_life);
        rules.memory.half_life = Weeks(10 * half_life);
        people.feel_by(BondWeights::of(&rules, 2));
        people.begin_week(half_life);
        let felt = people.kin(Block(0)).unwrap().ordeals[0].weight * people.kinship().faded();
        assert!((felt - 0.5).abs() < 1e-12, "{felt}");
    }

    #[test]
    fn harm_in_the_household_is_the_trigger_before_harm_in_the_circle() {
        let mut people = people();
        people.suffer(Person(0), Side::STATE, 10, 1.0);
        people.suffer(Person(9), Side(1), 12, 1.0);
        let trigger = people.trigger(Person(1), 20).unwrap();
        assert_eq!((trigger.by, trigger.household), (Side::STATE, true));
        let trigger = people.trigger(Person(15), 20).unwrap();
        assert_eq!((trigger.by, trigger.household), (Side(1), false));
        assert_eq!(people.trigger(Person(1), 60), None);
    }

    #[test]
    fn harm_done_again_adds_to_what_is_left_of_the_first() {
        let mut people = people();
        let half_life = Rules::default().memory.half_life.0;
        people.suffer(Person(0), Side::STATE, 0, 1.0);
        people.begin_week(half_life);
        people.suffer(Person(1), Side::STATE, half_life, 1.0);
        let ordeals = &people.kin(Block(0)).unwrap().ordeals;
        assert_eq!((ordeals.len(), ordeals[0].week), (1, half_life));
        let felt = ordeals[0].weight * people.kinship().faded();
        assert!((felt - 1.5).abs() < 1e-12, "{felt}");
    }
}
