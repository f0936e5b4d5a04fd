//! Communities and commands come to terms, keep them, break them.
//!
//! A command of a group that rules by more than self-defence may blockade a place that does not submit:
//!   .012 a week · F/(F + 30) · (1 − support) · (1 − share it holds).
//! Talks of a place with a command succeed at
//!   .006 · e^(3H) a week · 2 · mean willingness of leaders · (1 + help by the state),
//! H the hardship of a blockade; without one at a twentieth of it; and only on terms that leave both better
//! off ([`crate::bargaining`]) and behind which leaders of half the standing stand. A place next to one
//! that has a pact with the same command joins that pact, if its terms suit it. Leaders grow willing
//! where neighbours' pacts hold and lose heart where pacts end.
//!
//! A pact bears hazard until its endurance ~ Exp(1) is used up. A month, with what is where it holds
//! (means over its people):
//!   .003, .25 · unbound militia, .15 · (army clause open · operations), .08 · army present,
//!   .1 · unpunished breaches, .3 · commander killed, .01 · rigidity³, .005 · uneven terms,
//!   .1 · hunger beyond bearing · levy, .3 · suppression · how far it reaches ([`crate::bargaining`]),
//! and the cause is drawn in proportion. Militia and army count as n/(n + 10) of their fighters and
//! soldiers there, whatever was signed; a clause that excludes the army is open as far as the state does
//! not keep away.

use super::state::{END_CAUSES, LEADERS, Pact, Stance};
use crate::bargaining::effects as bargaining;
use crate::bargaining::effects::STANDING;
use crate::budget::state::per_week;
use crate::pact_effects::effects as pact_effects;
use crate::words::ids::{CommandId, CommunityId, Side};
use crate::world::World;
use crate::world::bands::Band;
use crate::world::community::Community;
use crate::world::group::GroupKind;
use toguna_units::Money;

pub(super) const WEEKS_A_MONTH: f64 = 365.25 / 12.0 / 7.0;

/// What all who live under a pact or a blockade could use of help, francs a week.
#[must_use]
pub fn help_asked(world: &World) -> Money {
    let mut people = 0.0;
    for (place, bargainer) in world.communities.iter().zip(&world.pacts.places) {
        if bargainer.pact.is_some() || bargainer.blockade.is_some() {
            people += place.residents;
        }
    }
    per_week(Money::of(people * world.rules.pacts.help_per_resident))
}

/// Bands in a place of the katiba of one of them.
fn bands_of<'a>(
    world: &'a World,
    place: &'a Community,
    command: CommandId,
) -> impl Iterator<Item = &'a Band> {
    place.bands.iter().filter(move |band| world.are_of_one_katiba(band.command, command))
}

/// Fighters of a command's katiba who are in sight in a place.
pub(super) fn in_sight_of(world: &World, place: &Community, command: CommandId) -> f64 {
    bands_of(world, place, command).map(|band| band.fighters).sum()
}

/// The strongest command here that would rule: of a group at odds with the state that is no militia,
/// and that is not bound by an accord.
pub(super) fn strongest_ruler(world: &World, place: &Community) -> Option<CommandId> {
    let rules = |command: CommandId| {
        let group = world.commands[command.index()].group;
        let militia = world.groups[group.index()].kind == GroupKind::SelfDefence;
        let at_odds = world.hostility.between(Side::STATE, Side::of(group)) > 0.5;
        !militia && at_odds && !world.talks.is_in_accord(command)
    };
    let fewest = world.rules.pacts.fewest_who_rule;
    let enough = place.bands.iter().filter(|band| band.fighters >= fewest);
    let strongest = enough
        .filter(|band| rules(band.command))
        .reduce(|best, band| if band.fighters > best.fighters { band } else { best });
    strongest.map(|band| band.command)
}

/// Mean willingness of leaders by their standing.
pub(super) fn willingness(minds: &[f64; LEADERS]) -> f64 {
    minds.iter().zip(STANDING).map(|(willing, standing)| willing * standing).sum()
}

/// Who is near where a pact holds: means over its people, 0 to 1.
pub(super) struct Near {
    /// Militias hostile to the command that signed.
    pub(super) militia: f64,
    pub(super) soldiers: f64,
}

pub(super) fn near(world: &World, pact: &Pact) -> Near {
    let half = world.rules.pacts.near;
    let side = Side::of(world.commands[pact.command.index()].group);
    let (mut people, mut near) = (0.0, Near { militia: 0.0, soldiers: 0.0 });
    for id in &pact.places {
        let place = world.community(*id);
        let militia = place.bands.iter().filter(|band| pact_effects::is_militia(world, band.side));
        let armed: f64 =
            militia.map(|band| band.fighters * world.hostility.between(band.side, side)).sum();
        people += place.residents;
        near.militia += place.residents * armed / (armed + half);
        near.soldiers += place.residents * place.soldiers / (place.soldiers + half);
    }
    let people = f64::max(people, 1.0);
    Near { militia: near.militia / people, soldiers: near.soldiers / people }
}

/// Hazards of the end of a pact in a month, in the order of [`EndCause::ALL`](crate::pacts::state::EndCause::ALL).
#[must_use]
pub fn hazards(world: &World, pact: &Pact) -> [f64; END_CAUSES] {
    hazards_beside(world, pact, &near(world, pact))
}

pub(super) fn hazards_beside(world: &World, pact: &Pact, near: &Near) -> [f64; END_CAUSES] {
    let rules = &world.rules.pacts;
    let group = world.commands[pact.command.index()].group;
    let side = Side::of(group);
    let army_away = pact_effects::army_keeps_away(world);
    let (mut people, mut operations, mut suppressed, mut hungry) = (0.0, 0.0, 0.0, 0.0);
    for id in &pact.places {
        let place = world.community(*id);
        people += place.residents;
        operations += place.residents * pact_effects::operations_here(world, place, side);
        suppressed += place.residents * bargaining::reach_of_suppression(world, place);
        let beyond = (place.hunger - world.rules.displacement.bearable_hunger.get()).max(0.0);
        hungry += place.residents * beyond;
    }
    let people = f64::max(people, 1.0);
    let on = |switch: bool| f64::from(u8::from(switch));
    let suppresses = pact_effects::stance(world) == Stance::Suppress;
    let rigidity = world.groups[group.index()].rigidity;
    let excluded = on(pact.terms.army_excluded);
    // Those who have gone to ground included: a pact binds them.
    let bound = |place: &CommunityId| -> f64 {
        bands_of(world, world.community(*place), pact.command).map(Band::people).sum()
    };
    let band: f64 = pact.places.iter().map(bound).sum();
    [
        rules.end_of_itself,
        rules.end_by_unbound_militia * on(!pact.militia_bound) * near.militia,
        rules.end_by_army_clause * excluded * (1.0 - army_away) * operations / people,
        rules.end_by_army_present * near.soldiers,
        rules.end_by_breach * pact.unpunished,
        rules.end_by_killed_leader * pact.bereaved,
        rules.end_by_orders * rigidity * rigidity * rigidity,
        rules.end_by_uneven_terms * (2.0 * pact.evenness - 1.0).abs(),
        rules.end_by_unpaid_levies * hungry / people * pact.terms.levy.get(),
        rules.end_by_suppression * on(suppresses) * suppressed / people,
        // Within weeks of leaving for good.
        if band < 1.0 { 1.0 } else { 0.0 },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaders_will_what_those_of_most_standing_will() {
        assert!((willingness(&[1.0; LEADERS]) - 1.0).abs() < 1e-12);
        for (leader, standing) in STANDING.into_iter().enumerate() {
            let mut minds = [0.0; LEADERS];
            minds[leader] = 0.5;
            assert!((willingness(&minds) - 0.5 * standing).abs() < 1e-12);
        }
    }
}
