//! Local pacts: what a community and a command have agreed, and how it stands.

use crate::words::ids::{CommandId, CommunityId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use toguna_units::Share;

/// What the state does about local pacts. Each has its price.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// Arrests those who sign, and operates as if nothing had been signed.
    Suppress,
    /// Knows nothing of them.
    #[default]
    Ignore,
    /// Keeps away where a pact asks it to, and does no more.
    Tolerate,
    /// Keeps away, helps, guarantees, binds militias in.
    Support,
}

impl Stance {
    /// As scenarios and tables write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Stance::Suppress => "suppress",
            Stance::Ignore => "ignore",
            Stance::Tolerate => "tolerate",
            Stance::Support => "support",
        }
    }
}

/// Which schools may teach.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Schools {
    /// None.
    #[default]
    Closed,
    /// Closed ones open as Koranic schools.
    Koranic,
    /// State schools, Arabic first.
    State,
}

impl Schools {
    /// As scenarios and tables write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Schools::Closed => "closed",
            Schools::Koranic => "koranic",
            Schools::State => "state",
        }
    }
}

/// What is agreed. A ceasefire between the two, and access to fields, water and markets, belong to
/// every pact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Terms {
    /// Which schools may teach. Unit: kind. Source: the author.
    pub schools: Schools,
    /// Humanitarian workers may come. Unit: switch. Source: the author.
    pub relief: bool,
    /// Prisoners of the command's group from here are let go. Unit: switch. Source: the author.
    pub prisoners: bool,
    /// Nobody informs the state. Unit: switch. Source: the author.
    pub no_informing: bool,
    /// The army stays out. Unit: switch. Source: the author.
    pub army_excluded: bool,
    /// Dress and Sharia rules hold. Unit: switch. Source: the author.
    pub rules: bool,
    /// Levy, as part of the usual one (a tenth of harvests, a fortieth of herds). Unit: share.
    /// Source: the author.
    pub levy: Share,
}

/// Why a pact ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum EndCause {
    /// Nothing in particular.
    WornOut,
    /// A militia that nobody had bound went on fighting.
    UnboundMilitia,
    /// The army operated where the pact had excluded it.
    ArmyClause,
    /// Soldiers were stationed among those who had signed.
    ArmyPresent,
    /// A breach went unpunished.
    Breach,
    /// The commander who had signed was killed.
    LeaderKilled,
    /// The group's leaders forbade it.
    Orders,
    /// One side had given much more than the other.
    UnequalTerms,
    /// The hungry did not pay.
    UnpaidLevies,
    /// The state arrested those who had signed.
    Suppressed,
    /// The command is no more, or no longer there.
    CommandGone,
}

/// How many causes there are.
pub const END_CAUSES: usize = 11;

impl EndCause {
    /// Every cause, in order.
    pub const ALL: [EndCause; END_CAUSES] = [
        EndCause::WornOut,
        EndCause::UnboundMilitia,
        EndCause::ArmyClause,
        EndCause::ArmyPresent,
        EndCause::Breach,
        EndCause::LeaderKilled,
        EndCause::Orders,
        EndCause::UnequalTerms,
        EndCause::UnpaidLevies,
        EndCause::Suppressed,
        EndCause::CommandGone,
    ];

    /// As tables write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            EndCause::WornOut => "worn_out",
            EndCause::UnboundMilitia => "unbound_militia",
            EndCause::ArmyClause => "army_clause",
            EndCause::ArmyPresent => "army_present",
            EndCause::Breach => "breach",
            EndCause::LeaderKilled => "leader_killed",
            EndCause::Orders => "orders",
            EndCause::UnequalTerms => "unequal_terms",
            EndCause::UnpaidLevies => "unpaid_levies",
            EndCause::Suppressed => "suppressed",
            EndCause::CommandGone => "command_gone",
        }
    }
}

/// A pact or a blockade that is in force when the first week begins.
#[derive(Clone, Debug)]
pub struct FromStart {
    /// Its places, in order.
    pub places: Vec<CommunityId>,
    /// Whose pact or blockade it is.
    pub command: CommandId,
    /// Week, below 0 before the start.
    pub since: i32,
    /// A blockade where there are none.
    pub terms: Option<Terms>,
}

/// A pact of one or several communities with a command.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pact {
    /// From 0, in order of signing.
    pub number: u32,
    /// Address of its draws with the week, by who signed: one pact more elsewhere shifts none of them.
    pub address: u64,
    /// With whom: a band of the katiba that it binds.
    pub command: CommandId,
    /// In order of joining; never empty.
    pub places: Vec<CommunityId>,
    /// Week of signing; before the start below 0.
    pub since: i32,
    /// What was agreed.
    pub terms: Terms,
    /// What the community's part of the surplus was, 0 to 1; one half is even.
    pub evenness: f64,
    /// Standing of the leaders who stand behind it, 0 to 1.
    pub breadth: f64,
    /// Whether the militias of its people keep to it.
    pub militia_bound: bool,
    /// What the state did about pacts when it was signed.
    pub stance: Stance,
    /// Whether the state has supported it in any week.
    pub state_supported: bool,
    /// Weeks of blockade before it was signed.
    pub blockade_weeks: u32,
    /// Breaches so far.
    pub breaches: u32,
    /// How near militias hostile to the command, and soldiers, were to it, 0 to 1, summed over its weeks
    /// since the run's start.
    pub weeks_of_militia: f64,
    /// The same of soldiers.
    pub weeks_of_soldiers: f64,
    /// Breaches that went unpunished, an exponential memory of a month.
    pub unpunished: f64,
    /// Killings of a commander who had signed, an exponential memory of a month.
    pub bereaved: f64,
    /// Hazard of ending borne so far, and how much it bears.
    pub borne: f64,
    /// How much of that hazard it bears.
    pub endurance: f64,
}

/// A pact that has ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ended {
    /// The pact as it was.
    pub pact: Pact,
    /// Why it ended.
    pub cause: EndCause,
    /// When it ended.
    pub week: u32,
}

/// Somebody keeps goods and people from a place.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Blockade {
    /// Who keeps them.
    pub command: CommandId,
    /// Week in which it began; before the start below 0.
    pub since: i32,
}

/// Who speaks for a community: customary, religious, the young, women.
pub const LEADERS: usize = 4;

/// How a community stands to pacts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Bargainer {
    /// Number of the pact that holds here.
    pub pact: Option<u32>,
    /// The blockade of the place.
    pub blockade: Option<Blockade>,
    /// How far each leader is willing to deal with armed groups, 0 to 1.
    pub willingness: [f64; LEADERS],
    /// Pacts signed here so far.
    pub signed: u32,
}

/// All pacts and blockades.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Pacts {
    /// By number.
    pub held: BTreeMap<u32, Pact>,
    /// By community.
    pub places: Vec<Bargainer>,
    /// Pacts signed so far.
    pub signed: u32,
    /// By the first band of a katiba: changes of leader so far; a new one has a mind of his own.
    pub leaders: Vec<u32>,
    /// Help that reaches supported pacts this week, as a share of what would meet all they ask for.
    pub help: f64,
}

impl Pacts {
    /// No pacts and no blockades, in so many places.
    #[must_use]
    pub fn new(places: usize) -> Self {
        Pacts { places: vec![Bargainer::default(); places], ..Pacts::default() }
    }

    /// The pact that holds in a place.
    #[must_use]
    pub fn at(&self, place: CommunityId) -> Option<&Pact> {
        let number = self.places[place.index()].pact?;
        self.held.get(&number)
    }

    /// The blockade of a place.
    #[must_use]
    pub fn blockade_at(&self, place: CommunityId) -> Option<Blockade> {
        self.places[place.index()].blockade
    }

    /// How often the leader of a katiba, by its first band, has been replaced.
    #[must_use]
    pub fn leader_of(&self, katiba: CommandId) -> u32 {
        self.leaders.get(katiba.index()).copied().unwrap_or(0)
    }
}
