//! Armed groups and their commands.

use crate::words::ids::{CommandId, CommunityId, GroupId};
use crate::words::motives::Motive;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_engine::layout::Person;
use toguna_units::narrow;

/// What kind of group it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GroupKind {
    /// Fights for an order of its belief.
    Jihadist,
    /// Fights for a state or an autonomy of its own.
    Separatist,
    /// Protects a people from others.
    SelfDefence,
}

/// How much a group offers for each motive, 0 to about 2; 1 is ordinary.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Appeal {
    /// Offers protection against others. Unit: factor. Source: assumed.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub protection: f64,
    /// Offers a living. Unit: factor. Source: assumed.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub economic: f64,
    /// Offers health care, water and relief. Unit: factor. Source: assumed.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub social_welfare: f64,
    /// Offers schooling of its kind. Unit: factor. Source: assumed.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub educational: f64,
    /// Offers redress for harm. Unit: factor. Source: assumed.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub grievance: f64,
    /// Offers a say to those who have none. Unit: factor. Source: assumed.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub political: f64,
    /// Draws through kin and friends. Unit: factor. Source: assumed.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub familial: f64,
    /// Preaches. Unit: factor. Source: assumed.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub religious: f64,
    /// Offers status. Unit: factor. Source: assumed.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub status: f64,
    /// Takes people by force. Unit: factor. Source: assumed.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub coercion: f64,
}

impl Default for Appeal {
    fn default() -> Self {
        Appeal {
            protection: 1.0,
            economic: 1.0,
            social_welfare: 1.0,
            educational: 1.0,
            grievance: 1.0,
            political: 1.0,
            familial: 1.0,
            religious: 1.0,
            status: 1.0,
            coercion: 1.0,
        }
    }
}

impl Appeal {
    /// What it offers for a motive.
    #[must_use]
    pub fn of(&self, motive: Motive) -> f64 {
        match motive {
            Motive::Protection => self.protection,
            Motive::Economic => self.economic,
            Motive::SocialWelfare => self.social_welfare,
            Motive::Educational => self.educational,
            Motive::Grievance => self.grievance,
            Motive::Political => self.political,
            Motive::Familial => self.familial,
            Motive::Religious => self.religious,
            Motive::Status => self.status,
            Motive::Coercion => self.coercion,
        }
    }
}

/// An armed group.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Group {
    /// Short name, as in the scenario.
    pub name: String,
    /// Number by which its draws are addressed.
    pub number: u64,
    /// What kind of group it is.
    pub kind: GroupKind,
    /// Share of its aims that is ideological, 0 to 1; the rest is local.
    pub ideological: f64,
    /// How hard it holds to its demands, 0 to 1.
    pub rigidity: f64,
    /// How far it will not talk while foreign soldiers hunt it, 0 to 1.
    pub demands_foreign_exit: f64,
    /// How freely it kills civilians it suspects; 1 is ordinary.
    pub violence_against_civilians: f64,
    /// Whether its commands threaten state schools.
    pub opposes_school: bool,
    /// Income from outside and from trade, median incomes a week for each fighter it began with.
    pub revenue_per_week: f64,
    /// Where its campaign stands between a lull (below 0) and a surge, in standard deviations.
    pub campaign: f64,
    /// Levied this week, median incomes.
    pub levied: f64,
    /// Taken this week of what the state spent on services, median incomes.
    pub captured: f64,
    /// The same for each fighter it begins with.
    pub revenue_per_fighter: f64,
    /// What it offers for each motive.
    pub appeal: Appeal,
}

/// Somebody inside a command.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub person: Person,
    /// First week inside; before the start for founding members.
    pub since: u32,
    /// Leaving hazard they can endure in this spell.
    pub endurance: f64,
    /// Leaving hazard felt so far in this spell.
    pub endured: f64,
}

/// A band, a detachment of a katiba: base, people, and what it has been through.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Command {
    /// Short name, as in the scenario's table.
    pub name: String,
    /// Number by which its draws are addressed.
    pub number: u64,
    /// The group that it belongs to.
    pub group: GroupId,
    /// The first band of its katiba, whose leader is theirs, too: what one has signed binds all.
    pub katiba: CommandId,
    /// Where it is based.
    pub base: CommunityId,
    /// In order of joining.
    pub members: Vec<Member>,
    /// Fighters from abroad, persons; they are no adults of this country.
    pub foreign: u32,
    /// Fighters lost to violence, an exponential memory of eight weeks, persons.
    pub lost: f64,
    /// What it can pay each fighter, median incomes a week.
    pub pay: f64,
    /// Whether it has gone to ground.
    pub hidden: bool,
}

impl Command {
    /// Fighters inside, those from abroad included, persons.
    #[must_use]
    pub fn fighters(&self, people_per_agent: f64) -> f64 {
        self.members.len() as f64 * people_per_agent + f64::from(self.foreign)
    }
}

/// The commands of a group, with their ids.
pub fn of_group(
    commands: &[Command],
    group: GroupId,
) -> impl Iterator<Item = (CommandId, &Command)> {
    let with_id = commands.iter().enumerate().map(|(id, command)| (CommandId(narrow(id)), command));
    with_id.filter(move |(_, command)| command.group == group)
}
