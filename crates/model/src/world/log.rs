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
    /// Where it was.
    pub community: CommunityId,
    /// Who attacked.
    pub attacker: Side,
    /// Against whom.
    pub target: Target,
    /// Whose civilians were harmed, when any were.
    pub constituency: Option<ConstituencyId>,
    /// Soldiers of the state; partners' fallen are apart.
    pub soldiers_killed: u32,
    /// Partners' soldiers.
    pub partners_killed: u32,
    /// By group: fighters of the attacker, then of the target.
    pub attackers_killed: u32,
    /// Fighters of the target.
    pub defenders_killed: u32,
    /// Civilians, persons.
    pub civilians_killed: u32,
    /// Civilians beaten, robbed or seized without being killed.
    pub civilians_hurt: u32,
    /// Who did the harm to civilians.
    pub harm_by: Side,
    /// Deaths as drawn, persons. Who dies is a whole simulated adult, so that at one for ten an event of three
    /// kills ten or nobody; where everybody is simulated, the same as [`Event::deaths`].
    pub size: u32,
    /// Whether the news told of it.
    pub reported: bool,
}

impl Event {
    /// Everyone killed, persons.
    #[must_use]
    pub fn deaths(&self) -> u32 {
        self.soldiers_killed
            + self.partners_killed
            + self.attackers_killed
            + self.defenders_killed
            + self.civilians_killed
    }

    /// So many who were drawn to die were not there.
    pub(crate) fn not_found(&mut self, persons: u32) {
        self.size = self.size.saturating_sub(persons);
    }
}

/// What harm, if any, had befallen a recruit within half a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    /// Who did it.
    pub by: Side,
    /// Whether it was in the household; otherwise in the circle.
    pub household: bool,
}

/// Somebody who joined.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recruit {
    /// Who.
    pub person: Person,
    /// 0 for somebody who joins for the first time.
    pub spell: u16,
    /// Where they lived.
    pub community: CommunityId,
    /// To which people they belong.
    pub constituency: ConstituencyId,
    /// Their cohort, 0 to 3.
    pub cohort: usize,
    /// The group they joined.
    pub group: GroupId,
    /// The command that took them in.
    pub command: CommandId,
    /// Why.
    pub motive: Motive,
    /// The harm that had befallen them, if any.
    pub trigger: Option<Trigger>,
}

/// Why a fighter is one no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum LeavingCause {
    /// Tired of it.
    Fatigue,
    /// Too many of the command were lost.
    Losses,
    /// Paid too little.
    Unpaid,
    /// The state helps those who come back.
    Reintegration,
    /// Arrested.
    Arrest,
    /// Home has a pact, and those who come back are not pursued.
    Amnesty,
    /// The command keeps an accord, and sends its people home.
    Accord,
    /// Too few were left of the katiba, or it has won.
    Disbanded,
    /// Killed.
    Killed,
}

impl LeavingCause {
    /// Every cause, in order.
    pub const ALL: [LeavingCause; 9] = [
        LeavingCause::Fatigue,
        LeavingCause::Losses,
        LeavingCause::Unpaid,
        LeavingCause::Reintegration,
        LeavingCause::Arrest,
        LeavingCause::Amnesty,
        LeavingCause::Accord,
        LeavingCause::Disbanded,
        LeavingCause::Killed,
    ];

    /// As tables write it.
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
            LeavingCause::Disbanded => "disbanded",
            LeavingCause::Killed => "killed",
        }
    }
}

/// A fighter who left, was arrested or was killed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Leaver {
    /// Who.
    pub person: Person,
    /// The spell inside that ends: 0 for a first one, as in [`Recruit`].
    pub spell: u16,
    /// The group they were in.
    pub group: GroupId,
    /// The command they were in.
    pub command: CommandId,
    /// Why.
    pub cause: LeavingCause,
    /// Weeks inside.
    pub weeks: u32,
}

/// Why schools closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClosureCause {
    /// Teachers or parents were threatened.
    Threat,
    /// They were destroyed.
    Destruction,
}

/// Schools of a place that closed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Closure {
    /// Where.
    pub community: CommunityId,
    /// How many.
    pub schools: u32,
    /// Why.
    pub cause: ClosureCause,
}

/// The week's log; cleared when the next week begins.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct WeekLog {
    /// Violent events.
    pub events: Vec<Event>,
    /// Who joined.
    pub recruits: Vec<Recruit>,
    /// Who left, was arrested or was killed.
    pub leavers: Vec<Leaver>,
    /// Schools that closed.
    pub closures: Vec<Closure>,
    /// Schools that opened again.
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
    /// Garrisons that the army left.
    pub garrisons_given_up: u32,
    /// Garrisons that it took back.
    pub garrisons_retaken: u32,
    /// Commands that moved their base.
    pub bases_moved: u32,
    /// Places cleared that were then held.
    pub places_held: u32,
    /// Places cleared that were then left.
    pub places_left: u32,
    /// Groups founded, split or merged.
    pub group_changes: u32,
    /// Quarrels of herders and farmers that killed.
    pub disputes: Vec<Dispute>,
    /// Households that fled.
    pub fled: Vec<Flight>,
    /// Persons who returned home.
    pub returned: f64,
    /// Coups.
    pub coups: u32,
    /// Elections held.
    pub elections: u32,
    /// Pacts signed.
    pub pacts_signed: u32,
    /// Communities that joined a pact of a neighbour.
    pub pacts_joined: u32,
    /// Pacts that ended.
    pub pacts_ended: Vec<Ended>,
    /// Blockades that began.
    pub blockades_begun: u32,
    /// Commanders killed who had signed a pact.
    pub commanders_killed: u32,
    /// Moves of talks.
    pub talks: Vec<TalksMoved>,
    /// Conferences that began.
    pub conferences: u32,
    /// Exchanges of prisoners.
    pub exchanges: u32,
    /// Clauses of accords carried out.
    pub clauses_implemented: u32,
}
