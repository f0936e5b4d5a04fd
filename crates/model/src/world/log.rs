//! What happened this week: what observers, logs and the account of people read.

use crate::displacement::state::Flight;
use crate::disputes::state::Dispute;
use crate::pacts::state::Ended;
use crate::talks::state::TalksMoved;
use crate::words::ids::{CommandId, CommunityId, ConstituencyId, GroupId, Side};
use crate::words::motives::Motive;
use crate::words::roles::Role;
use crate::words::targets::Target;
use serde::{Deserialize, Serialize};
use toguna_engine::layout::Person;

/// One violent event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    pub community: CommunityId,
    pub attacker: Side,
    pub target: Target,
    /// Whose civilians were harmed, when any were.
    pub constituency: Option<ConstituencyId>,
    /// Soldiers of the state; partners' fallen are apart.
    pub soldiers_killed: u32,
    pub partners_killed: u32,
    /// By group: fighters of the attacker, then of the target.
    pub attackers_killed: u32,
    pub defenders_killed: u32,
    pub civilians_killed: u32,
    /// Civilians beaten, robbed or seized without being killed.
    pub civilians_hurt: u32,
    /// Who did the harm to civilians.
    pub harm_by: Side,
    pub reported: bool,
}

impl Event {
    #[must_use]
    pub fn deaths(&self) -> u32 {
        self.soldiers_killed
            + self.partners_killed
            + self.attackers_killed
            + self.defenders_killed
            + self.civilians_killed
    }
}

/// What harm, if any, had befallen a recruit within half a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    pub by: Side,
    /// Whether it was in the household; otherwise in the circle.
    pub household: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recruit {
    pub person: Person,
    /// 0 for somebody who joins for the first time.
    pub spell: u16,
    pub community: CommunityId,
    pub constituency: ConstituencyId,
    pub cohort: usize,
    pub group: GroupId,
    pub command: CommandId,
    pub motive: Motive,
    pub trigger: Option<Trigger>,
}

/// Why a fighter is one no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum LeavingCause {
    Fatigue,
    Losses,
    Unpaid,
    Reintegration,
    Arrest,
    /// Home has a pact, and those who come back are not pursued.
    Amnesty,
    /// The command keeps an accord, and sends its people home.
    Accord,
    Killed,
}

impl LeavingCause {
    pub const ALL: [LeavingCause; 8] = [
        LeavingCause::Fatigue,
        LeavingCause::Losses,
        LeavingCause::Unpaid,
        LeavingCause::Reintegration,
        LeavingCause::Arrest,
        LeavingCause::Amnesty,
        LeavingCause::Accord,
        LeavingCause::Killed,
    ];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            LeavingCause::Fatigue => "fatigue",
            LeavingCause::Losses => "losses",
            LeavingCause::Unpaid => "unpaid",
            LeavingCause::Reintegration => "reintegration",
            LeavingCause::Arrest => "arrest",
            LeavingCause::Amnesty => "amnesty",
            LeavingCause::Accord => "accord",
            LeavingCause::Killed => "killed",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Leaver {
    pub person: Person,
    /// The spell inside that ends: 0 for a first one, as in [`Recruit`].
    pub spell: u16,
    pub group: GroupId,
    pub command: CommandId,
    pub cause: LeavingCause,
    /// Weeks inside.
    pub weeks: u32,
}

/// Why schools closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClosureCause {
    Threat,
    Destruction,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Closure {
    pub community: CommunityId,
    pub schools: u32,
    pub cause: ClosureCause,
}

/// The week's log; cleared when the next week begins.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct WeekLog {
    pub events: Vec<Event>,
    pub recruits: Vec<Recruit>,
    pub leavers: Vec<Leaver>,
    pub closures: Vec<Closure>,
    pub schools_reopened: u32,
    /// Civilians killed, by id.
    pub civilians_killed: Vec<Person>,
    /// Prisoners released, by id.
    pub released: Vec<Person>,
    /// Soldiers enlisted less those dismissed, by zone in the order of
    /// [`crate::words::geography::Zone::ALL`].
    pub soldiers_enlisted: [f64; 3],
    /// Everyone who entered a command, recruits and founders.
    pub enlisted: Vec<Person>,
    /// Who went abroad or came back, in order, with the role they have now.
    pub crossings: Vec<(Person, Role)>,
    pub outposts_given_up: u32,
    pub garrisons_given_up: u32,
    pub garrisons_retaken: u32,
    pub bases_moved: u32,
    pub places_held: u32,
    pub places_left: u32,
    pub group_changes: u32,
    pub disputes: Vec<Dispute>,
    pub fled: Vec<Flight>,
    /// Persons who returned home.
    pub returned: f64,
    pub coups: u32,
    pub elections: u32,
    pub pacts_signed: u32,
    /// Communities that joined a pact of a neighbour.
    pub pacts_joined: u32,
    pub pacts_ended: Vec<Ended>,
    pub blockades_begun: u32,
    pub commanders_killed: u32,
    pub talks: Vec<TalksMoved>,
    pub conferences: u32,
    pub exchanges: u32,
    pub clauses_implemented: u32,
}
