//! Thresholds are crossed.
//!
//! The hazard of person *i* of constituency *l* in community *c* toward group *g* in a week is
//!   λ(i,g) = reach(c,g) · openness(cohort) · affinity(l,g) · e^(−fear_weight · fear)
//!            · [Σₘ wₘ · appeal(g,m) · xₘ + personal terms] + coercion,
//! every xₘ clipped at 0. reach is the presence of *g* in *c* times the endorsement of the community.
//! Personal terms are ties to members and harm lived through; they are felt by people whom an event
//! has touched. Coercion is openness · w · appeal · presence · control · rigidity, without endorsement.
//! A command takes in at most a few per cent of its size a week: λ toward it is scaled down before
//! anyone joins, so that nobody's joining depends on who else is in line.

use super::actor::{GroupId, Side};
use super::log::Recruit;
use super::people::Role;
use super::pull::{Pull, Pulls, hazards, is_young, pulls};
use super::purposes;
use super::world::World;
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use smallvec::{SmallVec, smallvec};
use toguna_engine::crowd::{Bonds, Carried};
use toguna_engine::roll::{COHORTS, Cell, Person};
use toguna_units::Share;

/// Why somebody joins: nine motives that former fighters in Mali named (Institute for Security
/// Studies, 2016), and force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Motive {
    Protection,
    Economic,
    SocialWelfare,
    Educational,
    Grievance,
    Political,
    Familial,
    Religious,
    Status,
    Coercion,
}

/// How many motives there are.
pub const MOTIVES: usize = 10;

impl Motive {
    pub const ALL: [Motive; MOTIVES] = [
        Motive::Protection,
        Motive::Economic,
        Motive::SocialWelfare,
        Motive::Educational,
        Motive::Grievance,
        Motive::Political,
        Motive::Familial,
        Motive::Religious,
        Motive::Status,
        Motive::Coercion,
    ];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Motive::Protection => "protection",
            Motive::Economic => "economic",
            Motive::SocialWelfare => "social_welfare",
            Motive::Educational => "educational",
            Motive::Grievance => "grievance",
            Motive::Political => "political",
            Motive::Familial => "familial",
            Motive::Religious => "religious",
            Motive::Status => "status",
            Motive::Coercion => "coercion",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RecruitmentRules {
    /// Common factor of all hazards of joining. Unit: factor. Source: assumed; scaled to gross
    /// recruitment of about 0.6 of a group's stock a year.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub scale: f64,
    /// Hazard of the wish for protection. Unit: per 10,000 and week at full strength. Source: assumed.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub protection_weight: f64,
    /// Hazard of better pay. Unit: per 10,000 and week for one median income more. Source: assumed.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub economic_weight: f64,
    /// Hazard of loot: what passes through the place, beside pay. Unit: per 10,000 and week at full
    /// market access. Source: assumed.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub rapacity_weight: f64,
    /// Hazard of the gap in health and water. Unit: per 10,000 and week at full gap. Source: assumed.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub social_welfare_weight: f64,
    /// Hazard of the gap in schooling. Unit: per 10,000 and week at full gap. Source: assumed.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub educational_weight: f64,
    /// Hazard of remembered harm by the group's enemies. Unit: per 10,000 and week at full grievance.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub grievance_weight: f64,
    /// Hazard of having no say. Unit: per 10,000 and week at full exclusion. Source: assumed.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub political_weight: f64,
    /// Hazard of a household member inside; one in the circle weighs `circle_weight` of it.
    /// Unit: per 10,000 and week. Source: assumed.
    #[schemars(range(min = 0.0, max = 10_000.0))]
    pub familial_weight: f64,
    /// Hazard of preaching. Unit: per 10,000 and week at full presence. Source: assumed.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub religious_weight: f64,
    /// Hazard of standing, for the young. Unit: per 10,000 and week at full control. Source: assumed.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub status_weight: f64,
    /// Hazard of force. Unit: per 10,000 and week at full control and rigidity. Source: assumed.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub coercion_weight: f64,
    /// Hazard of harm lived through in the household within the memory's half-life; in the circle it
    /// weighs `circle_weight` of it. Unit: per 10,000 and week after a death. Source: assumed.
    #[schemars(range(min = 0.0, max = 10_000.0))]
    pub personal_harm_weight: f64,
    /// Part of that hazard that is a wish for protection; the rest is grievance. Unit: share.
    /// Source: assumed; protection ranks first among former fighters in Mali (ISS 2016) although harm
    /// by the state is the leading trigger (UNDP 2023).
    pub harm_to_protection: Share,
    /// What a tie or harm in the circle weighs beside one in the household. Unit: share.
    /// Source: assumed.
    pub circle_weight: Share,
    /// Own hazard toward a group in full reach below which people feel no more than their cell does.
    /// Unit: per 10,000 and week. Source: assumed; it trades detail against time.
    #[schemars(range(min = 0.0, max = 1_000.0))]
    pub personal_floor: f64,
    /// How strongly fear damps joining. Unit: per unit of fear. Source: assumed; harm may deter or
    /// provoke (Lyall 2009; Kocher, Pepinsky and Kalyvas 2011).
    #[schemars(range(min = 0.0, max = 20.0))]
    pub fear_weight: f64,
    /// Openness of young men (15 to 34). Unit: factor. Source: reference.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub openness_young_men: f64,
    /// Openness of young women. Unit: factor. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub openness_young_women: f64,
    /// Openness of older men. Unit: factor. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub openness_older_men: f64,
    /// Openness of older women. Unit: factor. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub openness_older_women: f64,
    /// Fighters at whose number presence is 63 % of full. Unit: persons. Source: assumed.
    #[schemars(range(min = 1.0, max = 10_000.0))]
    pub fighters_for_presence: f64,
    /// Endorsement of a group by a community that does not support it at all. Unit: share.
    /// Source: assumed.
    pub endorsement_without_support: Share,
    /// Largest intake of a command in a week. Unit: share of its fighters. Source: assumed.
    pub absorption_per_week: Share,
    /// Intake that even the smallest command manages in a week. Unit: persons. Source: assumed.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub least_absorption: f64,
}

impl Default for RecruitmentRules {
    fn default() -> Self {
        RecruitmentRules {
            scale: 0.48,
            protection_weight: 3.0,
            economic_weight: 6.0,
            rapacity_weight: 0.3,
            social_welfare_weight: 1.0,
            educational_weight: 0.8,
            grievance_weight: 0.2,
            political_weight: 0.6,
            familial_weight: 160.0,
            religious_weight: 15.0,
            status_weight: 0.8,
            coercion_weight: 0.5,
            personal_harm_weight: 800.0,
            harm_to_protection: Share::of(0.55),
            circle_weight: Share::of(0.3),
            personal_floor: 7.0,
            fear_weight: 0.7,
            openness_young_men: 1.0,
            openness_young_women: 0.03,
            openness_older_men: 0.25,
            openness_older_women: 0.01,
            fighters_for_presence: 25.0,
            endorsement_without_support: Share::of(0.2),
            absorption_per_week: Share::of(0.03),
            least_absorption: 0.5,
        }
    }
}

impl RecruitmentRules {
    pub(super) fn openness(&self) -> [f64; COHORTS] {
        [
            self.openness_young_men,
            self.openness_young_women,
            self.openness_older_men,
            self.openness_older_women,
        ]
    }

    pub(super) fn weight(&self, motive: Motive) -> f64 {
        1e-4 * self.scale
            * match motive {
                Motive::Protection => self.protection_weight,
                Motive::Economic => self.economic_weight,
                Motive::SocialWelfare => self.social_welfare_weight,
                Motive::Educational => self.educational_weight,
                Motive::Grievance => self.grievance_weight,
                Motive::Political => self.political_weight,
                Motive::Familial => self.familial_weight,
                Motive::Religious => self.religious_weight,
                Motive::Status => self.status_weight,
                Motive::Coercion => self.coercion_weight,
            }
    }
}

/// Phase: hazards are felt, and whoever's threshold is reached joins.
pub fn join(world: &mut World) {
    world.people.live(world.calendar.week);
    let pulls = pulls(world);
    let hazards = hazards(world, &pulls);
    // The crowd is lent out while it asks who is bound to whom.
    let mut crowd = std::mem::take(&mut world.people.crowd);
    let (of_bonds, bonds) = (OfBonds::of(world), world.people.kinship());
    let carried = of_bonds.carried(&pulls);
    let crossed = crowd.advance(world.calendar.week, &hazards, &carried, bonds);
    let recruits: Vec<Recruit> = crossed
        .par_iter()
        .filter_map(|(person, cell)| {
            let pulls = pulls.of(cell.quarter());
            recruit(&of_bonds, pulls, crowd.spell_of(*person), *person, *cell)
        })
        .collect();
    world.people.crowd = crowd;
    for recruit in recruits {
        world.enlist(recruit.person, recruit.command);
        world.log.recruits.push(recruit);
    }
}

/// What bonds carry toward each group, before reach: ties draw by themselves; harm lived through makes
/// people seek protection and redress from whoever fights those who did it.
struct OfBonds<'w> {
    world: &'w World,
    /// What is left of harm as it is reckoned.
    faded: f64,
    by_group: Vec<Carrying>,
}

/// What a unit of a tie to a member of a group, and of harm by a full enemy of it, carries: what it weighs
/// is counted with the bond.
#[derive(Clone, Copy, Debug, Default)]
struct Carrying {
    familial: f64,
    protection: f64,
    grievance: f64,
}

impl<'w> OfBonds<'w> {
    fn of(world: &'w World) -> Self {
        let by_group = world.all_groups().map(|group| carrying(world, group)).collect();
        OfBonds { world, faded: world.people.kinship().faded(), by_group }
    }

    /// Adds what ties carry toward a group that pulls.
    fn ties(&self, pull: &Pull, to: &mut [f64]) {
        let channel = self.world.people.kinship().terms().of_ties_to(pull.group);
        to[channel] += pull.scale * self.by_group[pull.group.index()].familial;
    }

    /// Adds what harm carries toward a group that pulls, a death weighing so much.
    fn harm(&self, pull: &Pull, weight: f64, to: &mut [f64]) {
        let terms = self.world.people.kinship().terms();
        for by in self.world.all_sides() {
            let hostility = self.world.hostility.between(Side::of(pull.group), by);
            to[terms.of_harm_by(by)] += self.faded * pull.scale * weight * hostility;
        }
    }

    /// What bonds carry in every quarter this week.
    fn carried(&self, pulls: &Pulls) -> Carried {
        let channels = self.world.people.kinship().terms().channels();
        let of_ties = self.by_group.len();
        let mut by_quarter = vec![0.0; self.world.people.roll.quarters() * channels];
        let peaks = by_quarter
            .par_chunks_mut(channels)
            .zip(pulls.by_quarter())
            .map(|(carried, pulls)| {
                for pull in pulls {
                    let Carrying { protection, grievance, .. } = self.by_group[pull.group.index()];
                    self.ties(pull, carried);
                    self.harm(pull, protection + grievance, carried);
                }
                let (ties, harm) = carried.split_at(of_ties);
                let most = |carried: &[f64]| carried.iter().copied().fold(0.0, f64::max);
                most(ties).max(most(harm) / self.faded)
            })
            .collect();
        Carried { channels, by_quarter, peaks }
    }
}

fn carrying(world: &World, group: GroupId) -> Carrying {
    let (rules, switches) = (&world.rules.recruitment, &world.mechanisms);
    let appeal = &world.groups[group.index()].appeal;
    let switched = |on: bool, weight: f64| if on { weight } else { 0.0 };
    let unit = 1e-4 * rules.scale;
    let of_harm = switched(switches.personal_harm, unit);
    let to_protection = rules.harm_to_protection.get();
    let protection = of_harm * to_protection * appeal.protection;
    let grievance = of_harm * (1.0 - to_protection) * appeal.grievance;
    Carrying {
        familial: switched(switches.familial, unit * appeal.familial),
        protection: switched(switches.protection, protection),
        grievance: switched(switches.grievance, grievance),
    }
}

/// Group and motive of somebody who has crossed, in proportion to their shares of this week's hazard.
fn recruit(
    of_bonds: &OfBonds,
    pulls: &[Pull],
    spell: u16,
    person: Person,
    cell: Cell,
) -> Option<Recruit> {
    let world = of_bonds.world;
    let kinship = world.people.kinship();
    let openness = world.rules.recruitment.openness()[cell.cohort()];
    let young = is_young(cell.cohort());
    let felt = |carry: &dyn Fn(&mut [f64])| {
        let mut carried: SmallVec<[f64; 16]> = smallvec![0.0; kinship.terms().channels()];
        carry(&mut carried);
        kinship.felt(person, &carried)
    };
    let shares: Vec<(&Pull, [f64; MOTIVES])> = pulls
        .iter()
        .map(|pull| {
            let mut hazards = pull.by_motive(openness, young);
            if kinship.of(person.block()).is_some() {
                let Carrying { protection, grievance, .. } = of_bonds.by_group[pull.group.index()];
                let of_harm = |weight: f64| felt(&|to| of_bonds.harm(pull, weight, to));
                hazards[Motive::Familial as usize] += felt(&|to| of_bonds.ties(pull, to));
                hazards[Motive::Protection as usize] += of_harm(protection);
                hazards[Motive::Grievance as usize] += of_harm(grievance);
            }
            (pull, hazards)
        })
        .collect();
    let address = u64::from(person.0);
    let total: f64 = shares.iter().map(|(_, hazards)| hazards.iter().sum::<f64>()).sum();
    let mut left = world.streams.uniform(purposes::GROUP, address, u64::from(spell)) * total;
    let mut chosen = None;
    for (pull, hazards) in &shares {
        let toward: f64 = hazards.iter().sum();
        if toward > 0.0 {
            chosen = Some((*pull, hazards, toward));
            if left < toward {
                break;
            }
        }
        left -= toward;
    }
    let (pull, hazards, toward) = chosen?;
    let mut left = world.streams.uniform(purposes::MOTIVE, address, u64::from(spell)) * toward;
    let mut motive = Motive::Protection;
    for (candidate, hazard) in Motive::ALL.into_iter().zip(hazards) {
        if *hazard > 0.0 {
            motive = candidate;
            if left < *hazard {
                break;
            }
        }
        left -= hazard;
    }
    let life = world.quarter(cell.quarter());
    debug_assert!(matches!(world.people.role(person), Role::Civilian | Role::FormerFighter));
    Some(Recruit {
        person,
        spell,
        community: life.community,
        constituency: life.constituency,
        cohort: cell.cohort(),
        group: pull.group,
        command: pull.command,
        motive,
        trigger: world.people.trigger(person, world.calendar.week),
    })
}
