//! What kin share: ties to members of groups, and harm lived through.
//!
//! A tie or harm in somebody's own household counts in full, one elsewhere in their circle in part
//! (`circle_weight`); all of it times the openness of their cohort. To the engine these are bonds of
//! two kinds of channels: a tie to each group, and harm by each side; a bond counts what it weighs, and
//! what it carries is the same for both. Harm fades by half in `half_life`: it is reckoned as of one
//! week, `base`, and what it carries fades instead.

use crate::rules::Rules;
use crate::words::ids::{GroupId, Side};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use toguna_engine::layout::{Block, COHORTS, HOUSEHOLDS, Person};
use toguna_engine::risk_set::{Bond, Bonds, Outlook};
use toguna_units::{narrow, whole_part};

/// Harm by one side to one household of a block.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ordeal {
    /// Household in the block, 0 to 4.
    pub household: u8,
    /// Who did it.
    pub by: Side,
    /// When it last happened.
    pub week: u32,
    /// What would be felt of all of it in the week as of which harm is reckoned: 1 for a death in that
    /// week, less for lesser harm.
    pub weight: f64,
}

/// What kin share: who of them is inside a group, and what was done to them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Kin {
    /// Who is inside a group, and in which.
    pub members: SmallVec<[(Person, GroupId); 3]>,
    /// What was done to them.
    pub ordeals: SmallVec<[Ordeal; 4]>,
}

/// How bonds are felt, from the rules.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BondWeights {
    openness: [f64; COHORTS],
    circle: f64,
    /// Share of harm that is left after a week, and its logarithm.
    kept: f64,
    log_kept: f64,
    /// Hazard toward a group in full reach of one tie, and of one death; per 10,000 and week.
    of_tie: f64,
    of_harm: f64,
    /// Below this much of it nobody is attended.
    floor: f64,
    groups: usize,
}

impl BondWeights {
    /// As the rules say, for so many groups.
    #[must_use]
    pub fn of(rules: &Rules, groups: usize) -> Self {
        let recruitment = &rules.recruitment;
        let kept = rules.memory.half_life.weekly_survival_of_half_life();
        BondWeights {
            openness: recruitment.openness(),
            circle: recruitment.circle_weight.get(),
            kept,
            log_kept: libm::log(kept),
            of_tie: recruitment.familial_weight,
            of_harm: recruitment.personal_harm_weight,
            floor: recruitment.personal_floor,
            groups,
        }
    }

    /// Groups, the state, and each side as one that did harm.
    #[must_use]
    pub fn channels(&self) -> usize {
        2 * self.groups + 1
    }

    /// The channel of ties to a group.
    #[must_use]
    pub fn of_ties_to(&self, group: GroupId) -> usize {
        group.index()
    }

    /// The channel of harm by a side.
    #[must_use]
    pub fn of_harm_by(&self, side: Side) -> usize {
        self.groups + side.index()
    }
}

/// Harm is reckoned as of another week when no more than this is left of what it then was: sums of it
/// would lose their last digits.
const LEAST_LEFT: f64 = 1.0 / 65_536.0;

/// What kin share, block by block.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Kinship {
    /// 1 + place in `kin`, by block; 0 for the many whom nothing has touched.
    kin_of: Vec<u32>,
    kin: Vec<Kin>,
    bond_weights: BondWeights,
    /// The week that is lived.
    week: u32,
    /// The week as of which harm is reckoned.
    base: u32,
    /// What is left this week of harm as it is reckoned.
    faded: f64,
}

impl Kinship {
    /// Nothing has happened yet, in so many blocks.
    #[must_use]
    pub fn new(blocks: usize, bond_weights: BondWeights) -> Self {
        Kinship { kin_of: vec![0; blocks], bond_weights, faded: 1.0, ..Kinship::default() }
    }

    /// How bonds are felt.
    #[must_use]
    pub fn bond_weights(&self) -> &BondWeights {
        &self.bond_weights
    }

    pub(crate) fn set_bond_weights(&mut self, bond_weights: BondWeights) {
        self.bond_weights = bond_weights;
    }

    /// What the kin of a block share; none where nothing has touched them.
    #[must_use]
    pub fn of(&self, block: Block) -> Option<&Kin> {
        let found = self.kin_of[block.index()];
        (found > 0).then(|| &self.kin[found as usize - 1])
    }

    pub(crate) fn of_mut(&mut self, block: Block) -> &mut Kin {
        let found = &mut self.kin_of[block.index()];
        if *found == 0 {
            self.kin.push(Kin::default());
            *found = narrow(self.kin.len());
        }
        &mut self.kin[*found as usize - 1]
    }

    pub(crate) fn begin_week(&mut self, week: u32) {
        self.week = week;
        let age = f64::from(week) - f64::from(self.base);
        self.faded = libm::pow(self.bond_weights.kept, age);
    }

    /// The week that is lived.
    #[must_use]
    pub fn week(&self) -> u32 {
        self.week
    }

    /// Share of harm as of `base` that is left now.
    #[must_use]
    pub fn faded(&self) -> f64 {
        self.faded
    }

    /// Whether harm should be reckoned as of now.
    #[must_use]
    pub fn is_far_from_base(&self) -> bool {
        self.faded < LEAST_LEFT
    }

    pub(crate) fn begin_from_now(&mut self) {
        let ordeals = self.kin.iter_mut().flat_map(|kin| &mut kin.ordeals);
        ordeals.for_each(|ordeal| ordeal.weight *= self.faded);
        self.base = self.week;
        self.faded = 1.0;
    }

    /// Harm is done to a household of a block; what is still felt of earlier harm is added to.
    pub(crate) fn add_harm(
        &mut self,
        block: Block,
        household: u32,
        by: Side,
        week: u32,
        weight: f64,
    ) {
        let (household, weight) = (narrow(household), weight / self.faded);
        let ordeals = &mut self.of_mut(block).ordeals;
        match ordeals.iter_mut().find(|known| known.household == household && known.by == by) {
            Some(known) => {
                known.week = week;
                known.weight += weight;
            }
            None => ordeals.push(Ordeal { household, by, week, weight }),
        }
    }

    /// What a tie or harm of one household is in another of the circle.
    fn near(&self, household: u32, other: u32) -> f64 {
        if household == other { 1.0 } else { self.bond_weights.circle }
    }

    /// What a tie or harm of a household is to somebody.
    fn share(&self, household: u32, person: Person) -> f64 {
        self.near(household, person.household()) * self.bond_weights.openness[person.cohort()]
    }

    /// What a tie to a member of a group is to somebody.
    pub(crate) fn tie(&self, person: Person, member: Person, group: GroupId) -> Bond {
        let weight = self.bond_weights.of_tie * self.share(member.household(), person);
        Bond { channel: self.bond_weights.of_ties_to(group), weight, now: weight }
    }

    /// What harm done to a household this week is to somebody.
    pub(crate) fn hurt(&self, person: Person, household: u32, by: Side, weight: f64) -> Bond {
        let now = self.bond_weights.of_harm * self.share(household, person) * weight;
        Bond { channel: self.bond_weights.of_harm_by(by), weight: now / self.faded, now }
    }

    /// Somebody's ties, each with the group and what it counts.
    fn ties<'k>(&'k self, kin: &'k Kin, of: Person) -> impl Iterator<Item = (GroupId, f64)> + 'k {
        let others = kin.members.iter().filter(move |(member, _)| *member != of);
        others.map(move |(member, group)| (*group, self.share(member.household(), of)))
    }

    /// What harm lived through counts as it is reckoned, by who did it.
    fn harm<'k>(&'k self, kin: &'k Kin, of: Person) -> impl Iterator<Item = (Side, f64)> + 'k {
        let counts = move |o: &Ordeal| (o.by, o.weight * self.share(u32::from(o.household), of));
        kin.ordeals.iter().map(counts)
    }

    /// What ties to members and harm are in a household, whoever is open to it; nobody has a tie to
    /// themselves.
    fn lived_through(&self, kin: &Kin, household: u32, but: Option<Person>) -> LivedThrough {
        let others = kin.members.iter().filter(|(member, _)| Some(*member) != but);
        let ties: f64 = others.map(|(member, _)| self.near(member.household(), household)).sum();
        let harm = kin.ordeals.iter();
        let harm: f64 = harm.map(|o| o.weight * self.near(u32::from(o.household), household)).sum();
        LivedThrough {
            ties: self.bond_weights.of_tie * ties,
            harm: self.bond_weights.of_harm * harm * self.faded,
        }
    }

    /// Outlooks of a circle's people who are no members, for whoever asks about all of them.
    pub(crate) fn outlooks(&self, block: Block) -> impl Fn(Person) -> Outlook {
        let lived_through: [LivedThrough; HOUSEHOLDS as usize] = match self.of(block) {
            Some(kin) => std::array::from_fn(|own| self.lived_through(kin, narrow(own), None)),
            None => Default::default(),
        };
        move |person| self.outlook_on(lived_through[person.household() as usize], person)
    }

    /// Ties last; harm fades until what could be felt toward a group in full reach falls below the
    /// floor.
    fn outlook_on(&self, lived_through: LivedThrough, person: Person) -> Outlook {
        let openness = self.bond_weights.openness[person.cohort()];
        let (of_ties, of_harm) = (openness * lived_through.ties, openness * lived_through.harm);
        let (most, floor) = (of_ties + of_harm, self.bond_weights.floor);
        let until = if of_ties >= floor {
            u32::MAX
        } else if most < floor {
            self.week
        } else {
            let share_at_floor = (floor - of_ties) / of_harm;
            let weeks = (libm::log(share_at_floor) / self.bond_weights.log_kept).floor() + 1.0;
            self.week.saturating_add(whole_part(weeks))
        };
        Outlook { most, until }
    }
}

/// Ties and harm of a circle as they count in one household this week, each times what it weighs.
#[derive(Clone, Copy, Default)]
struct LivedThrough {
    ties: f64,
    harm: f64,
}

impl Bonds for Kinship {
    fn felt(&self, person: Person, carried: &[f64]) -> f64 {
        let Some(kin) = self.of(person.block()) else { return 0.0 };
        let ties = self.ties(kin, person);
        let of_ties: f64 =
            ties.map(|(group, share)| share * carried[self.bond_weights.of_ties_to(group)]).sum();
        let harm = self.harm(kin, person);
        let of_harm: f64 =
            harm.map(|(by, weight)| weight * carried[self.bond_weights.of_harm_by(by)]).sum();
        self.bond_weights.of_tie * of_ties + self.bond_weights.of_harm * of_harm
    }

    fn outlook(&self, person: Person) -> Outlook {
        let lived_through = match self.of(person.block()) {
            Some(kin) => self.lived_through(kin, person.household(), Some(person)),
            None => LivedThrough::default(),
        };
        self.outlook_on(lived_through, person)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinship() -> Kinship {
        let mut kinship = Kinship::new(4, BondWeights::of(&Rules::default(), 2));
        kinship.add_harm(Block(0), 0, Side::STATE, 0, 1.0);
        kinship
    }

    #[test]
    fn harm_is_felt_until_it_falls_below_the_floor() {
        let (mut kinship, rules) = (kinship(), Rules::default().recruitment);
        let until = kinship.outlook(Person(0)).until;
        assert!(until > 52);
        let left = |week: u32| {
            rules.openness()[0] * rules.personal_harm_weight * libm::exp2(-f64::from(week) / 52.0)
        };
        assert!(left(until - 1) >= rules.personal_floor && left(until) < rules.personal_floor);
        for week in [1, until / 2, until - 1] {
            kinship.begin_week(week);
            assert_eq!(kinship.outlook(Person(0)).until, until);
        }
        kinship.begin_week(until);
        assert_eq!(kinship.outlook(Person(0)).until, until);
        assert_eq!(kinship.outlook(Person(16)).until, until, "nothing happened in the next block");
    }

    #[test]
    fn a_tie_is_felt_as_long_as_it_lasts() {
        let mut kinship = kinship();
        kinship.of_mut(Block(0)).members.push((Person(3), GroupId(1)));
        assert_eq!(kinship.outlook(Person(0)).until, u32::MAX);
        let bond_weights = kinship.bond_weights().clone();
        let mut carried = vec![0.0; bond_weights.channels()];
        carried[bond_weights.of_ties_to(GroupId(1))] = 1.0;
        let felt = kinship.felt(Person(0), &carried);
        assert_eq!(felt, bond_weights.of_tie * (bond_weights.circle * bond_weights.openness[0]));
        assert_eq!(kinship.felt(Person(3), &carried), 0.0, "nobody has a tie to themselves");
    }

    #[test]
    fn the_week_as_of_which_harm_is_reckoned_changes_nothing_felt() {
        let mut kinship = kinship();
        kinship.begin_week(40);
        let carried = |kinship: &Kinship| {
            let mut carried = vec![0.0; kinship.bond_weights.channels()];
            carried[kinship.bond_weights.of_harm_by(Side::STATE)] = 0.25 * kinship.faded();
            carried
        };
        let before = kinship.felt(Person(0), &carried(&kinship));
        kinship.begin_from_now();
        let after = kinship.felt(Person(0), &carried(&kinship));
        assert!((before - after).abs() < 1e-12 * before && before > 0.0);
    }
}
