//! What talking costs, what it concedes, and what brings it to an end.

use crate::budget::effects as budget;
use crate::budget::state::per_week;
use crate::pact_effects::effects as pact_effects;
use crate::partners::state::Partner;
use crate::talks::effects as talks;
use crate::talks::state::NationalDialogue;
use crate::words::ids::{CommandId, GroupId, Side};
use crate::world::World;
use toguna_units::Money;

/// What talks need to go on at full speed, francs a week.
#[must_use]
pub fn cost(world: &World) -> Money {
    let seats = match world.policy.national_dialogue {
        NationalDialogue::Inclusive => world.policy.community_seats.get(),
        NationalDialogue::TopDown | NationalDialogue::Off => 0.0,
    };
    let residents: f64 = world.communities.iter().map(|place| place.residents).sum();
    let a_year = world.rules.dialogue.cost_per_resident * residents * (1.0 + seats);
    per_week(Money::of(a_year))
}

/// What pacts and talks have given away, 0 to 1.
pub(super) fn conceded(world: &World) -> f64 {
    if !world.mechanisms.concessions {
        return 0.0;
    }
    (pact_effects::conceded_by_pacts(world) + talks::conceded(world)).min(1.0)
}

/// Whether the state seeks talks with a group.
pub(super) fn is_invited(world: &World, group: GroupId) -> bool {
    let name = &world.groups[group.index()].name;
    world.policy.national_dialogue != NationalDialogue::Off
        && world.policy.invited.iter().any(|invited| invited == name)
}

/// Soldiers of partners that hunt: whose exit some groups ask for, as a share of their full strength.
#[must_use]
pub fn foreign_hunters(world: &World) -> f64 {
    let hunters = world.partners.iter().filter(|partner| partner.hunting > 0.0);
    hunters.map(Partner::presence).fold(0.0, f64::max)
}

/// How much the state operates against a group, 0 to 1.
pub(super) fn operations(world: &World, group: GroupId) -> f64 {
    budget::military_effort(world) * world.hostility.between(Side::STATE, Side::of(group))
}

/// Hazard of a week that nobody withstands.
const CERTAIN: f64 = 1_000.0;

/// Leaving: hazard that a fighter of a command that keeps an accord is sent home. Of n clauses with k still
/// open before a week and k′ after it, k′/k of the fighters stay, so that k/n of those who signed are left as
/// long as nobody joins or leaves for another reason, and none once all is carried out.
#[must_use]
pub fn disbanding(world: &World, command: CommandId) -> f64 {
    if !world.talks.is_in_accord(command) {
        return 0.0;
    }
    let track = world.talks.with(world.commands[command.index()].group);
    let open = track.clauses - track.implemented;
    if open == 0 { CERTAIN } else { libm::log(f64::from(open + track.newly) / f64::from(open)) }
}
