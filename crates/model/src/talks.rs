//! Talks of the state with each armed group, how far they have come, and what accords bear on.

use super::actor::{CommandId, GroupId, Side};
use super::bargaining::rigidity_of;
use super::community::Community;
use super::group::GroupKind;
use super::log::Target;
use super::world::World;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the state does about national dialogue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NationalDialogue {
    #[default]
    Off,
    /// Leaders and elites meet.
    TopDown,
    /// Communities have their seats.
    Inclusive,
}

/// How far talks with a group have come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Stage {
    #[default]
    None,
    /// Somebody carries messages.
    Channel,
    /// The two have met.
    Contact,
    /// They negotiate, and the public knows.
    Talks,
    /// An accord is signed and being implemented.
    Accord,
}

impl Stage {
    pub const ALL: [Stage; 5] =
        [Stage::None, Stage::Channel, Stage::Contact, Stage::Talks, Stage::Accord];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Stage::None => "none",
            Stage::Channel => "channel",
            Stage::Contact => "contact",
            Stage::Talks => "talks",
            Stage::Accord => "accord",
        }
    }

    #[must_use]
    pub fn next(self) -> Stage {
        Stage::ALL[(self as usize + 1).min(Stage::Accord as usize)]
    }
}

/// Why talks moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Turn {
    /// Trust carried them on.
    Trust,
    /// Prisoners were exchanged.
    Exchange,
    /// A command signed, or came in later.
    CommandIn,
    /// A command refused, or went back to war.
    CommandOut,
    /// Nobody kept them up.
    Lapsed,
    /// The state no longer seeks talks with the group.
    NotWanted,
    /// A partner would not have it.
    Veto,
    /// The state went on operating.
    Operations,
    /// The group held to its demands.
    Rigidity,
    /// Earlier talks had been for show.
    Sham,
    /// What was signed was not carried out.
    Stalled,
}

impl Turn {
    pub const ALL: [Turn; 11] = [
        Turn::Trust,
        Turn::Exchange,
        Turn::CommandIn,
        Turn::CommandOut,
        Turn::Lapsed,
        Turn::NotWanted,
        Turn::Veto,
        Turn::Operations,
        Turn::Rigidity,
        Turn::Sham,
        Turn::Stalled,
    ];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Turn::Trust => "trust",
            Turn::Exchange => "exchange",
            Turn::CommandIn => "command_in",
            Turn::CommandOut => "command_out",
            Turn::Lapsed => "lapsed",
            Turn::NotWanted => "not_wanted",
            Turn::Veto => "veto",
            Turn::Operations => "operations",
            Turn::Rigidity => "rigidity",
            Turn::Sham => "sham",
            Turn::Stalled => "stalled",
        }
    }
}

/// Talks with one group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Track {
    pub stage: Stage,
    /// Week in which the stage was reached.
    pub since: u32,
    /// What the two sides expect of one another's word, 0 to 1.
    pub trust: f64,
    /// Steps taken or lost so far; each has luck of its own.
    pub steps: u32,
    /// Hazard of the next step and of a breakdown borne so far, and how much each takes.
    pub progress: f64,
    pub strain: f64,
    pub last_exchange: Option<u32>,
    /// What prisoner exchanges have left in trust, an exponential memory of a year.
    pub goodwill: f64,
    pub clauses: u32,
    pub implemented: u32,
    /// Standing of communities in what was agreed, 0 to 1.
    pub seats: f64,
}

impl Track {
    #[must_use]
    pub fn new() -> Self {
        Track {
            stage: Stage::None,
            since: 0,
            trust: 0.2,
            steps: 0,
            progress: 0.0,
            strain: 0.0,
            last_exchange: None,
            goodwill: 0.0,
            clauses: 0,
            implemented: 0,
            seats: 0.0,
        }
    }

    /// Share of clauses carried out, 0 to 1; 0 without an accord.
    #[must_use]
    pub fn share_implemented(&self) -> f64 {
        if self.clauses == 0 { 0.0 } else { f64::from(self.implemented) / f64::from(self.clauses) }
    }
}

impl Default for Track {
    fn default() -> Self {
        Track::new()
    }
}

/// One move of this week.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TalksMoved {
    pub group: GroupId,
    pub from: Stage,
    pub to: Stage,
    pub turn: Turn,
    pub command: Option<CommandId>,
    /// Trust, clauses agreed and carried out, and seats, as they were before a breakdown undid them.
    pub trust: f64,
    pub clauses: u32,
    pub implemented: u32,
    pub seats: f64,
}

/// All talks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Talks {
    /// By group.
    pub tracks: Vec<Track>,
    /// Commands that keep an accord of their group, in order.
    pub in_accord: Vec<CommandId>,
    /// How far the public takes talks for show, 0 to 1; fades over years.
    pub sham: f64,
    /// Week in which the present conference began, without the armed groups.
    pub conference_since: Option<u32>,
    /// Conferences held so far.
    pub conferences: u32,
    /// Whether the present effort has already been found to be for show.
    pub seen_through: bool,
}

impl Talks {
    #[must_use]
    pub fn new(groups: usize) -> Self {
        Talks { tracks: vec![Track::new(); groups], ..Talks::default() }
    }

    #[must_use]
    pub fn with(&self, group: GroupId) -> &Track {
        &self.tracks[group.index()]
    }

    #[must_use]
    pub fn is_in_accord(&self, command: CommandId) -> bool {
        self.in_accord.binary_search(&command).is_ok()
    }
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
    let left = world.rules.bearing.violence_left.get();
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
    if world.talks.is_in_accord(command) { world.rules.bearing.violence_left.get() } else { 1.0 }
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
    let known = |(track, group): (&Track, &super::group::Group)| {
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
