//! What draws people toward each group this week: the hazard of joining, its personal terms left out.
//!
//! The formula stands at the head of the recruitment phase. All in a quarter are drawn alike but for the
//! openness of their cohort, so a hazard is kept by quarter and group.
//!
//! Endorsement of group g, from support S, the felt gap of justice J, trust in the state T and the
//! hostility h between the two:
//!   E₀ = w + (1 − w) · S                        (w without any support)
//!   E₁ = E₀ + c · κ_g · J · (1 − E₀)            (who holds a place and settles its disputes is wanted;
//!                                                militias keep no courts, c = 0)
//!   E  = min(1, E₁ · e^(σ · h · (τ₀ − T)))      (who distrusts the state stands less in the way of its foes)

use crate::hiding::effects as hiding;
use crate::memory::effects::{felt_threat, grievance};
use crate::pact_effects::effects as pact_effects;
use crate::self_defence::effects as self_defence;
use crate::services::effects as services;
use crate::support::effects as support;
use crate::talks::effects as talks;
use crate::words::ids::{CommandId, GroupId, Side};
use crate::words::motives::{MOTIVES, Motive};
use crate::words::services::{HEALTH, JUSTICE, SCHOOLING, WATER};
use crate::world::World;
use crate::world::bands::Bands;
use crate::world::community::{Community, QuarterLife};
use smallvec::SmallVec;
use toguna_engine::layout::{COHORTS, Quarter};
use toguna_engine::parallel;
use toguna_units::narrow;

/// What draws a quarter's people toward one group this week.
#[derive(Clone, Debug)]
pub struct GroupHazard {
    /// The group.
    pub group: GroupId,
    /// The command that would take them in.
    pub command: CommandId,
    /// reach · closeness · e^(−fear_weight · fear), times what the command can absorb.
    pub scale: f64,
    /// wₘ · appeal · xₘ by motive; familial stays 0 here, coercion is not scaled.
    pub motives: [f64; MOTIVES],
    /// Coercion, times what the command can absorb.
    pub coercion: f64,
}

impl GroupHazard {
    /// Hazard by motive toward this group for one cohort, personal terms left out.
    pub(crate) fn by_motive(&self, openness: f64, young: bool) -> [f64; MOTIVES] {
        let mut hazards = self.motives.map(|term| openness * self.scale * term);
        if !young {
            hazards[Motive::Status as usize] = 0.0;
        }
        hazards[Motive::Coercion as usize] = openness * self.coercion;
        hazards
    }

    /// Hazard toward this group for each cohort, personal terms left out.
    pub(crate) fn by_cohort(&self, openness: &[f64; COHORTS]) -> [f64; COHORTS] {
        let status = self.motives[Motive::Status as usize];
        let of_all = self.motives.iter().sum::<f64>() - status;
        std::array::from_fn(|cohort| {
            let motives = if is_young(cohort) { of_all + status } else { of_all };
            openness[cohort] * (self.scale * motives + self.coercion)
        })
    }
}

/// Cohorts 0 and 1 are the young.
pub(crate) fn is_young(cohort: usize) -> bool {
    cohort < 2
}

/// Hazards of all quarters.
#[derive(Clone, Debug)]
pub struct GroupHazards {
    /// In order of quarters.
    all: Vec<GroupHazard>,
    /// By quarter, where its hazards begin; one more where the last ones end.
    first: Vec<usize>,
}

impl GroupHazards {
    /// Hazards toward each group that is present in a quarter.
    #[must_use]
    pub fn of(&self, quarter: Quarter) -> &[GroupHazard] {
        &self.all[self.first[quarter.index()]..self.first[quarter.index() + 1]]
    }

    /// How many quarters there are.
    #[must_use]
    pub fn quarters(&self) -> usize {
        self.first.len() - 1
    }

    /// Of all quarters, in their order.
    #[must_use]
    pub fn all(&self) -> &[GroupHazard] {
        &self.all
    }
}

/// Hazards of all quarters, absorption included.
#[must_use]
pub fn group_hazards(world: &World) -> GroupHazards {
    let mut group_hazards = group_hazards_of_bands(world, |place| &place.bands);
    if world.mechanisms.absorption {
        absorb(world, &mut group_hazards);
    }
    group_hazards
}

/// Hazards of all quarters toward the bands said to be in each place, as if nobody were absorbed.
#[must_use]
pub fn group_hazards_of_bands<'w>(
    world: &'w World,
    bands_in: impl Fn(&'w Community) -> &'w Bands + Sync,
) -> GroupHazards {
    let by_place: Vec<Vec<GroupHazard>> = parallel::map_each(&world.communities, |place| {
        let bands = bands_in(place);
        if bands.is_empty() {
            return Vec::new();
        }
        let groups_present = groups_present(world, place, bands);
        let mut group_hazards = Vec::with_capacity(groups_present.len() * place.quarters().count());
        let of_quarter = |quarter| group_hazards_of(world, place, quarter, &groups_present);
        place.quarters().for_each(|quarter| group_hazards.extend(of_quarter(quarter)));
        group_hazards
    });
    let mut first = vec![0];
    let mut end = 0;
    for (place, group_hazards) in world.communities.iter().zip(&by_place) {
        let quarters = place.quarters().count();
        first.extend((1..=quarters).map(|quarter| end + group_hazards.len() / quarters * quarter));
        end += group_hazards.len();
    }
    // Nobody courts the people who live abroad.
    first.resize(world.people.layout.quarters() + 1, end);
    GroupHazards { all: by_place.concat(), first }
}

/// A group in a place, as those who may join see it.
struct GroupPresent {
    group: GroupId,
    command: CommandId,
    presence: f64,
    endorsement: f64,
    /// What of the motives is the same for all quarters of the place; the rest stays 0.
    motives: [f64; MOTIVES],
    coercion: f64,
}

fn groups_present(world: &World, place: &Community, bands: &Bands) -> Vec<GroupPresent> {
    let rules = &world.rules.recruitment;
    let seen = |group: GroupId| hiding::seen_of_side(world, bands, Side::of(group));
    let present = |group: &GroupId| seen(*group) > 0.0;
    world
        .all_groups()
        .filter(present)
        .map(|group| {
            let own = bands.iter().filter(|band| band.side == Side::of(group));
            let of = |band| hiding::seen(world, band);
            let strongest = own
                .reduce(|best, band| if of(band) > of(best) { band } else { best })
                .expect("a group that is present has a band here");
            let in_accord = talks::intake_left(world, strongest.command);
            let presence = 1.0 - libm::exp(-seen(group) / rules.fighters_for_presence);
            let command = strongest.command;
            GroupPresent {
                group,
                command,
                presence,
                endorsement: in_accord * endorsement(world, place, group),
                motives: motives_of_place(world, place, group, command, presence),
                coercion: coercion(world, place, group, presence),
            }
        })
        .collect()
}

/// How freely a community lets its young join a group, 0 to 1; 1 where nobody is asked.
fn endorsement(world: &World, place: &Community, group: GroupId) -> f64 {
    if !world.mechanisms.endorsement {
        return 1.0;
    }
    let rules = &world.rules.recruitment;
    let side = Side::of(group);
    let without = rules.endorsement_without_support.get();
    let by_support = without + (1.0 - without) * support::of_community(world, place, group);
    let courts = if pact_effects::is_militia(world, side) {
        0.0
    } else {
        rules.credit_of_courts.get()
            * place.control[side.index()]
            * services::felt_gap(&world.rules.services, place, JUSTICE)
    };
    let wanted = by_support + courts * (1.0 - by_support);
    let distrust = rules.usual_trust.get() - place.trust;
    let hostility = world.hostility.between(Side::STATE, side);
    (wanted * libm::exp(rules.distrust_opens_doors * hostility * distrust)).min(1.0)
}

fn group_hazards_of<'a>(
    world: &'a World,
    place: &'a Community,
    quarter: Quarter,
    groups_present: &'a [GroupPresent],
) -> impl Iterator<Item = GroupHazard> + 'a {
    let rules = &world.rules.recruitment;
    let life = world.quarter(quarter);
    let calm = libm::exp(-rules.fear_weight * life.fear);
    let ease = pact_effects::ease_of_amnesty(world);
    groups_present.iter().map(move |present| {
        let closeness = life.closeness[present.group.index()];
        let mut motives = present.motives;
        add_motives_of_quarter(world, place, life, present.group, &mut motives);
        GroupHazard {
            group: present.group,
            command: present.command,
            scale: present.presence * present.endorsement * closeness * calm * ease,
            motives,
            coercion: present.coercion,
        }
    })
}

/// wₘ · appeal · xₘ, clipped at 0, of the motives that are the same in all quarters of a place.
fn motives_of_place(
    world: &World,
    place: &Community,
    group: GroupId,
    command: CommandId,
    presence: f64,
) -> [f64; MOTIVES] {
    let (switches, rules) = (&world.mechanisms, &world.rules.recruitment);
    let gap = |service| services::felt_gap(&world.rules.services, place, service);
    let known = &world.groups[group.index()];
    let mut motives = [0.0; MOTIVES];
    let mut set = |on: bool, motive: Motive, strength: f64| {
        if on {
            let weight = rules.weight(motive) * known.appeal.of(motive);
            motives[motive as usize] = weight * strength.max(0.0);
        }
    };
    let pay = world.commands[command.index()].pay - place.income;
    set(switches.economic, Motive::Economic, pay);
    set(switches.social_welfare, Motive::SocialWelfare, 0.5 * (gap(HEALTH) + gap(WATER)));
    set(switches.educational, Motive::Educational, gap(SCHOOLING));
    set(switches.religious, Motive::Religious, presence * known.ideological);
    set(switches.status, Motive::Status, place.control[Side::of(group).index()]);
    if switches.economic {
        motives[Motive::Economic as usize] += 1e-4
            * rules.scale
            * rules.rapacity_weight
            * known.appeal.economic
            * place.market_access;
    }
    motives
}

fn coercion(world: &World, place: &Community, group: GroupId, presence: f64) -> f64 {
    if !world.mechanisms.coercion {
        return 0.0;
    }
    let known = &world.groups[group.index()];
    world.rules.recruitment.weight(Motive::Coercion)
        * known.appeal.coercion
        * presence
        * place.control[Side::of(group).index()]
        * known.rigidity
}

/// wₘ · appeal · xₘ, clipped at 0, of the motives that differ from quarter to quarter. Ties are personal.
fn add_motives_of_quarter(
    world: &World,
    place: &Community,
    life: &QuarterLife,
    group: GroupId,
    motives: &mut [f64; MOTIVES],
) {
    let (switches, rules) = (&world.mechanisms, &world.rules.recruitment);
    let (side, memory) = (Side::of(group), &world.rules.memory);
    let appeal = &world.groups[group.index()].appeal;
    let mut set = |motive: Motive, strength: f64| {
        motives[motive as usize] = rules.weight(motive) * appeal.of(motive) * strength.max(0.0);
    };
    // Alarm at others in recent weeks, less what the state's presence and justice take off.
    if switches.protection {
        let (before, after) = (&life.alarm[..side.index()], &life.alarm[side.index() + 1..]);
        let alarm = before.iter().chain(after).sum();
        set(Motive::Protection, felt_threat(memory, alarm) * self_defence::unshielded(place));
    }
    if switches.grievance {
        set(Motive::Grievance, grievance(memory, enemy_harm(world, life, side)));
    }
    if switches.political {
        let own = world.constituency(life.constituency).voice;
        set(Motive::Political, 1.0 - own - pact_effects::voice(world, place));
    }
}

/// Harm remembered from the group's enemies, each by how hostile they are; for a group at war with
/// the state this is harm by the state and its allies.
fn enemy_harm(world: &World, life: &QuarterLife, own: Side) -> f64 {
    let hostility = world.hostility.toward_all(own);
    hostility.iter().zip(&life.harm).map(|(hostility, harm)| hostility * harm).sum()
}

/// Scales hazards toward each katiba so that its expected intake is at most what it can absorb.
fn absorb(world: &World, group_hazards: &mut GroupHazards) {
    let rules = &world.rules.recruitment;
    let per_agent = f64::from(world.people.per_agent);
    let openness = rules.openness();
    let katiba_of = |command: CommandId| world.commands[command.index()].katiba;
    let of_quarter = |quarter: usize| -> SmallVec<[(CommandId, f64); 4]> {
        let group_hazards = group_hazards.of(Quarter(narrow(quarter)));
        if group_hazards.is_empty() {
            return SmallVec::new();
        }
        // The layout counts people where they were at the start; some have left, hosted people have come.
        let life = &world.quarters[quarter];
        let here = life.residents.max(0.0) / life.residents_at_start.max(1.0);
        let cell = |cohort| Quarter(narrow(quarter)).cell(cohort);
        let people: [f64; COHORTS] = std::array::from_fn(|cohort| {
            f64::from(world.people.layout.people_in_cell(cell(cohort))) * per_agent * here
        });
        let intake = |group_hazard: &GroupHazard| -> f64 {
            group_hazard.by_cohort(&openness).iter().zip(people).map(|(hazard, n)| hazard * n).sum()
        };
        group_hazards
            .iter()
            .map(|group_hazard| (katiba_of(group_hazard.command), intake(group_hazard)))
            .collect()
    };
    let fighters = world.fighters_of_katibas();
    let mut expected = vec![0.0; world.commands.len()];
    for (katiba, intake) in parallel::flat_map(group_hazards.quarters(), of_quarter) {
        expected[katiba.index()] += intake;
    }
    let fitting = |(fighters, expected): (f64, f64)| {
        let most = rules.absorption_per_week.get() * fighters;
        (most.max(rules.least_absorption) / expected.max(f64::MIN_POSITIVE)).min(1.0)
    };
    let fitting: Vec<f64> = fighters.into_iter().zip(expected).map(fitting).collect();
    for group_hazard in &mut group_hazards.all {
        let fitting = fitting[katiba_of(group_hazard.command).index()];
        group_hazard.scale *= fitting;
        group_hazard.coercion *= fitting;
    }
}

/// λ of every cell, personal terms left out.
#[must_use]
pub fn hazards(world: &World, group_hazards: &GroupHazards) -> Vec<f64> {
    let openness = world.rules.recruitment.openness();
    let by_quarter = parallel::map(group_hazards.quarters(), |quarter| {
        let mut sums = [0.0; COHORTS];
        for group_hazard in group_hazards.of(Quarter(narrow(quarter))) {
            let toward = group_hazard.by_cohort(&openness);
            sums.iter_mut().zip(toward).for_each(|(sum, hazard)| *sum += hazard);
        }
        sums
    });
    by_quarter.into_flattened()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recruitment::rules::RecruitmentRules;

    #[test]
    fn a_cohorts_hazard_is_the_sum_of_its_motives() {
        let mut motives = std::array::from_fn(|motive| 0.1 * (1.0 + motive as f64));
        motives[Motive::Coercion as usize] = 0.0;
        let (group, command) = (GroupId(0), CommandId(0));
        let group_hazard = GroupHazard { group, command, scale: 0.3, motives, coercion: 0.7 };
        let openness = RecruitmentRules::default().openness();
        for (cohort, hazard) in group_hazard.by_cohort(&openness).into_iter().enumerate() {
            let by_motive = group_hazard.by_motive(openness[cohort], is_young(cohort));
            let sum: f64 = by_motive.iter().sum();
            assert!((hazard - sum).abs() < 1e-12 * sum, "cohort {cohort}: {hazard} for {sum}");
        }
    }

    #[test]
    fn status_draws_the_young_alone_and_coercion_draws_all_whatever_the_reach() {
        let motives = std::array::from_fn(|_| 0.1);
        let (group, command) = (GroupId(0), CommandId(0));
        let group_hazard = GroupHazard { group, command, scale: 0.5, motives, coercion: 0.7 };
        let (young, old) = (group_hazard.by_motive(2.0, true), group_hazard.by_motive(2.0, false));
        for motive in 0..MOTIVES {
            let drawn =
                if motive == Motive::Coercion as usize { 2.0 * 0.7 } else { 2.0 * 0.5 * 0.1 };
            assert!((young[motive] - drawn).abs() < 1e-12, "{motive}");
            let drawn = if motive == Motive::Status as usize { 0.0 } else { drawn };
            assert!((old[motive] - drawn).abs() < 1e-12, "{motive}");
        }
        let youth: Vec<bool> = (0..COHORTS).map(is_young).collect();
        assert_eq!(youth, [true, true, false, false]);
    }
}
