//! Talks of the state with each armed group, and how far they have come.

use crate::words::ids::{CommandId, GroupId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the state does about national dialogue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NationalDialogue {
    /// None.
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
    /// No talks.
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
    /// Every stage, from the first.
    pub const ALL: [Stage; 5] =
        [Stage::None, Stage::Channel, Stage::Contact, Stage::Talks, Stage::Accord];

    /// As tables write it.
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

    /// The stage after it; an accord is the last.
    #[must_use]
    pub fn next(self) -> Stage {
        Stage::ALL[(self as usize + 1).min(Stage::Accord as usize)]
    }
}

/// Why talks moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Cause {
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

impl Cause {
    /// Every cause, in order.
    pub const ALL: [Cause; 11] = [
        Cause::Trust,
        Cause::Exchange,
        Cause::CommandIn,
        Cause::CommandOut,
        Cause::Lapsed,
        Cause::NotWanted,
        Cause::Veto,
        Cause::Operations,
        Cause::Rigidity,
        Cause::Sham,
        Cause::Stalled,
    ];

    /// As tables write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Cause::Trust => "trust",
            Cause::Exchange => "exchange",
            Cause::CommandIn => "command_in",
            Cause::CommandOut => "command_out",
            Cause::Lapsed => "lapsed",
            Cause::NotWanted => "not_wanted",
            Cause::Veto => "veto",
            Cause::Operations => "operations",
            Cause::Rigidity => "rigidity",
            Cause::Sham => "sham",
            Cause::Stalled => "stalled",
        }
    }
}

/// Talks with one group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Track {
    /// How far they have come.
    pub stage: Stage,
    /// Week in which the stage was reached.
    pub since: u32,
    /// What the two sides expect of one another's word, 0 to 1.
    pub trust: f64,
    /// Steps taken or lost so far; each has random numbers of its own.
    pub steps: u32,
    /// Hazard of the next step and of a breakdown borne so far, and how much each takes.
    pub progress: f64,
    /// The same of the breakdown.
    pub strain: f64,
    /// Week of the last exchange of prisoners.
    pub last_exchange: Option<u32>,
    /// What prisoner exchanges have left in trust, an exponential memory of a year.
    pub goodwill: f64,
    /// Clauses of the accord; 0 without one.
    pub clauses: u32,
    /// Clauses carried out.
    pub implemented: u32,
    /// Clauses carried out in the last week of talks.
    pub newly: u32,
    /// Say of communities in what was agreed, 0 to 1.
    pub seats: f64,
}

impl Track {
    /// Before the first message.
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
            newly: 0,
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
    /// With whom the state talks.
    pub group: GroupId,
    /// The stage before.
    pub from: Stage,
    /// The stage after.
    pub to: Stage,
    /// Why they moved.
    pub cause: Cause,
    /// The command that moved them, where one did.
    pub command: Option<CommandId>,
    /// Trust, clauses agreed and carried out, and seats, as they were before a breakdown undid them.
    pub trust: f64,
    /// Clauses of the accord.
    pub clauses: u32,
    /// Clauses carried out.
    pub implemented: u32,
    /// Say of communities in what was agreed, 0 to 1.
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
    /// No talks with any of so many groups.
    #[must_use]
    pub fn new(groups: usize) -> Self {
        Talks { tracks: vec![Track::new(); groups], ..Talks::default() }
    }

    /// Talks with a group.
    #[must_use]
    pub fn with(&self, group: GroupId) -> &Track {
        &self.tracks[group.index()]
    }

    /// Whether a command keeps an accord of its group.
    #[must_use]
    pub fn is_in_accord(&self, command: CommandId) -> bool {
        self.in_accord.binary_search(&command).is_ok()
    }
}
