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

use super::effects::{GroupHazard, GroupHazards, group_hazards, hazards, is_young};
use crate::words::ids::{GroupId, Side};
use crate::words::motives::{MOTIVES, Motive};
use crate::words::purposes;
use crate::words::roles::Role;
use crate::world::World;
use crate::world::log::Recruit;
use smallvec::{SmallVec, smallvec};
use toguna_engine::layout::{Cell, Person, Quarter};
use toguna_engine::parallel;
use toguna_engine::risk_set::{Bonds, Carried};
use toguna_units::narrow;

/// Phase: hazards are felt, and whoever's threshold is reached joins.
pub fn join(world: &mut World) {
    world.people.begin_week(world.calendar.week);
    let group_hazards = group_hazards(world);
    let hazards = hazards(world, &group_hazards);
    // The risk set is lent out while it asks who is bound to whom.
    let mut risk_set = std::mem::take(&mut world.people.risk_set);
    let (of_bonds, bonds) = (OfBonds::of(world), world.people.kinship());
    let carried = of_bonds.carried(&group_hazards);
    let crossed = risk_set.advance(world.calendar.week, &hazards, &carried, bonds);
    let recruits: Vec<Recruit> = parallel::filter_map(crossed.len(), |item| {
        let (person, cell) = crossed[item];
        recruit(
            &of_bonds,
            group_hazards.of(cell.quarter()),
            risk_set.spell_of(person),
            person,
            cell,
        )
    });
    world.people.risk_set = risk_set;
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

    /// Adds what ties carry toward a group that is present.
    fn ties(&self, group_hazard: &GroupHazard, to: &mut [f64]) {
        let channel = self.world.people.kinship().bond_weights().of_ties_to(group_hazard.group);
        to[channel] += group_hazard.scale * self.by_group[group_hazard.group.index()].familial;
    }

    /// Adds what harm carries toward a group that is present, a death weighing so much.
    fn harm(&self, group_hazard: &GroupHazard, weight: f64, to: &mut [f64]) {
        let hostility = self.world.hostility.toward_all(Side::of(group_hazard.group));
        let first = self.world.people.kinship().bond_weights().of_harm_by(Side::STATE);
        let unit = self.faded * group_hazard.scale * weight;
        for (to, hostility) in to[first..].iter_mut().zip(hostility) {
            *to += unit * hostility;
        }
    }

    /// What bonds carry in every quarter this week.
    fn carried(&self, group_hazards: &GroupHazards) -> Carried {
        let channels = self.world.people.kinship().bond_weights().channels();
        let of_ties = self.by_group.len();
        let mut by_quarter = vec![0.0; self.world.people.layout.quarters() * channels];
        let mut quarters: Vec<&mut [f64]> = by_quarter.chunks_mut(channels).collect();
        let peaks = parallel::change(&mut quarters, |quarter, carried| {
            let group_hazards = group_hazards.of(Quarter(narrow(quarter)));
            if group_hazards.is_empty() {
                return 0.0;
            }
            for group_hazard in group_hazards {
                let Carrying { protection, grievance, .. } =
                    self.by_group[group_hazard.group.index()];
                self.ties(group_hazard, carried);
                self.harm(group_hazard, protection + grievance, carried);
            }
            let (ties, harm) = carried.split_at(of_ties);
            let most = |carried: &[f64]| carried.iter().copied().fold(0.0, f64::max);
            most(ties).max(most(harm) / self.faded)
        });
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
    group_hazards: &[GroupHazard],
    spell: u16,
    person: Person,
    cell: Cell,
) -> Option<Recruit> {
    let world = of_bonds.world;
    let kinship = world.people.kinship();
    let openness = world.rules.recruitment.openness()[cell.cohort()];
    let young = is_young(cell.cohort());
    let felt = |carry: &dyn Fn(&mut [f64])| {
        let mut carried: SmallVec<[f64; 16]> = smallvec![0.0; kinship.bond_weights().channels()];
        carry(&mut carried);
        kinship.felt(person, &carried)
    };
    let shares: Vec<(&GroupHazard, [f64; MOTIVES])> = group_hazards
        .iter()
        .map(|group_hazard| {
            let mut hazards = group_hazard.by_motive(openness, young);
            if kinship.of(person.block()).is_some() {
                let Carrying { protection, grievance, .. } =
                    of_bonds.by_group[group_hazard.group.index()];
                let of_harm = |weight: f64| felt(&|to| of_bonds.harm(group_hazard, weight, to));
                hazards[Motive::Familial as usize] += felt(&|to| of_bonds.ties(group_hazard, to));
                hazards[Motive::Protection as usize] += of_harm(protection);
                hazards[Motive::Grievance as usize] += of_harm(grievance);
            }
            (group_hazard, hazards)
        })
        .collect();
    let address = u64::from(person.0);
    let total: f64 = shares.iter().map(|(_, hazards)| hazards.iter().sum::<f64>()).sum();
    let mut left = world.streams.uniform(purposes::GROUP, address, u64::from(spell)) * total;
    let mut chosen = None;
    for (group_hazard, hazards) in &shares {
        let toward: f64 = hazards.iter().sum();
        if toward > 0.0 {
            chosen = Some((*group_hazard, hazards, toward));
            if left < toward {
                break;
            }
        }
        left -= toward;
    }
    let (group_hazard, hazards, toward) = chosen?;
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
    assert!(matches!(world.people.role(person), Role::Civilian | Role::FormerFighter));
    Some(Recruit {
        person,
        spell,
        community: life.community,
        constituency: life.constituency,
        cohort: cell.cohort(),
        group: group_hazard.group,
        command: group_hazard.command,
        motive,
        trigger: world.people.trigger(person, world.calendar.week),
    })
}
