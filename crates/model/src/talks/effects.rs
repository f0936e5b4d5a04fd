//! Talks of the state with each armed group, how far they have come, and what accords bear on.

use super::state::{NationalDialogue, Stage, Track};
use crate::words::ids::{CommandId, Side};
use crate::words::purposes;
use crate::words::targets::Target;
use crate::world::World;
use crate::world::community::Community;
use crate::world::group::{Group, GroupKind};

/// The rigidity of the leader of a command's katiba: his group's, and his own mind.
#[must_use]
pub fn rigidity_of(world: &World, command: CommandId) -> f64 {
    let held = &world.commands[command.index()];
    let successor = u64::from(world.pacts.leader_of(held.katiba));
    let number = world.commands[held.katiba.index()].number;
    let u = world.streams.uniform(purposes::MIND_OF_COMMANDER, number, successor);
    let spread = world.rules.bargaining.spread_of_minds.get();
    let group = &world.groups[held.group.index()];
    (group.rigidity + spread * (2.0 * u - 1.0)).clamp(0.0, 1.0)
}

/// Violence: what accords leave of the events of a pair, and what spoilers add to them, as a factor.
#[must_use]
pub fn on_events(world: &World, place: &Community, attacker: Side, target: Target) -> f64 {
    if world.talks.tracks.iter().all(|track| track.stage < Stage::Talks) {
        return 1.0;
    }
    match (attacker, target) {
        (Side::STATE, Target::Armed(side)) => at_war(world, place, side),
        // Whom it suspects says what is left of it.
        (Side::STATE, Target::Civilians) => 1.0,
        (side, Target::Armed(Side::STATE) | Target::Civilians) => {
            at_war(world, place, side) * spoiling(world, place, side)
        }
        _ => 1.0,
    }
}

/// What accords leave of a side's war with the state in a place, 0 to 1.
#[must_use]
pub fn at_war(world: &World, place: &Community, side: Side) -> f64 {
    let left = world.rules.pact_effects.violence_left.get();
    1.0 - share_in_accord(world, place, side) * (1.0 - left)
}

/// How much more those attack who would have no accord, as a factor.
fn spoiling(world: &World, place: &Community, side: Side) -> f64 {
    let Some(group) = side.group() else { return 1.0 };
    if !world.mechanisms.spoilers {
        return 1.0;
    }
    let against = match world.talks.with(group).stage {
        Stage::Accord => 1.0 - share_in_accord(world, place, side),
        // Nobody has signed yet; those will not who are rigid.
        Stage::Talks => mean_of_bands(place, side, |command| rigidity_of(world, command)),
        _ => 0.0,
    };
    1.0 + world.rules.dialogue.spoilers * against
}

/// Share of a side's fighters in a place who keep an accord.
fn share_in_accord(world: &World, place: &Community, side: Side) -> f64 {
    let keeps = |command| f64::from(u8::from(world.talks.is_in_accord(command)));
    mean_of_bands(place, side, keeps)
}

/// Mean over a side's fighters in a place of something their command has; 0 where there are none.
fn mean_of_bands(place: &Community, side: Side, of: impl Fn(CommandId) -> f64) -> f64 {
    let (mut all, mut sum) = (0.0, 0.0);
    for band in place.bands.iter().filter(|band| band.side == side) {
        all += band.fighters;
        sum += band.fighters * of(band.command);
    }
    if all > 0.0 { sum / all } else { 0.0 }
}

/// What hostility of the state toward a command's fighters is left by an accord, as a factor: they are
/// hardly hunted, arrested or reckoned among those who may storm a garrison.
#[must_use]
pub fn hostility_left(world: &World, command: CommandId) -> f64 {
    if world.talks.is_in_accord(command) {
        world.rules.pact_effects.violence_left.get()
    } else {
        1.0
    }
}

/// Recruitment: what an accord leaves of the draw of a command that keeps it, as a factor: the less, the more
/// of it is carried out.
#[must_use]
pub fn intake_left(world: &World, command: CommandId) -> f64 {
    if !world.talks.is_in_accord(command) {
        return 1.0;
    }
    let open = 1.0 - world.talks.with(world.commands[command.index()].group).share_implemented();
    world.rules.dialogue.recruits_in_accord.get() * open
}

/// Recruitment: say that talks and accords give to communities, by their seats and by what is carried
/// out.
#[must_use]
pub fn voice(world: &World) -> f64 {
    let rules = &world.rules.dialogue;
    let signing = rules.voice_by_talking.get();
    let mut voice: f64 = 0.0;
    for track in &world.talks.tracks {
        let heard = match track.stage {
            Stage::Accord => signing + (1.0 - signing) * track.share_implemented(),
            Stage::Talks => signing,
            _ => 0.0,
        };
        voice = voice.max(heard * track.seats);
    }
    rules.voice_by_seats.get() * voice
}

/// Politics: how far the state is seen to seek talks, 0 to 1.
#[must_use]
pub fn engagement(world: &World) -> f64 {
    let rules = &world.rules.dialogue;
    let farthest = world.talks.tracks.iter().map(|track| track.stage).max();
    let with_groups: f64 = match farthest.unwrap_or_default() {
        Stage::None | Stage::Channel => 0.0,
        Stage::Contact => rules.engagement_of_contact.get(),
        Stage::Talks | Stage::Accord => 1.0,
    };
    let conference = match (world.talks.conference_since, world.policy.national_dialogue) {
        (Some(since), mode) if mode != NationalDialogue::Off => {
            let weeks = f64::from(world.calendar.week - since);
            let at_first = if mode == NationalDialogue::Inclusive {
                rules.engagement_of_conference
            } else {
                rules.engagement_of_elites
            };
            at_first.get() * libm::exp(-weeks / rules.conference_time.get().max(1.0))
        }
        _ => 0.0,
    };
    with_groups.max(conference) * (1.0 - world.talks.sham)
}

/// Budget: whether the state is known to talk with a group that donors have listed.
#[must_use]
pub fn with_listed_groups(world: &World) -> bool {
    let known = |(track, group): (&Track, &Group)| {
        track.stage >= Stage::Talks && group.kind == GroupKind::Jihadist
    };
    world.talks.tracks.iter().zip(&world.groups).any(known)
}

/// Politics: what talks and accords concede to armed groups, 0 to 1: the more ideological a group, the
/// more of its law, and the more of it is carried out.
#[must_use]
pub fn conceded(world: &World) -> f64 {
    let rules = &world.rules.dialogue;
    let signing = rules.conceded_by_signing.get();
    let mut conceded = 0.0;
    for (track, group) in world.talks.tracks.iter().zip(&world.groups) {
        conceded += match track.stage {
            Stage::Accord => {
                group.ideological * (signing + (1.0 - signing) * track.share_implemented())
            }
            Stage::Talks => rules.conceded_by_talking.get() * group.ideological,
            _ => 0.0,
        };
    }
    f64::min(conceded, 1.0)
}

/// Opinion: whether attacks now are attacks during talks.
#[must_use]
pub fn are_under_way(world: &World) -> bool {
    world.talks.tracks.iter().any(|track| matches!(track.stage, Stage::Contact | Stage::Talks))
}
