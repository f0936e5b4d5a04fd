//! All of it: places, people, groups, the state, and what carries over from week to week.

pub mod community; // places and the quarters of their people
pub mod bands; // armed groups' people in a place
pub mod group; // armed groups and their commands
pub mod people; // every adult: role, home, ties and harm lived through
pub mod kinship; // what kin share: ties and harm lived through
pub mod hostility; // who fights whom, since when
pub mod policy; // the levers
pub mod log; // what happened this week
pub mod part; // its parts, by which phases say what they change
pub mod casualties; // civilians who are struck
pub mod moving; // households on the move

use crate::abroad::state::{Abroad, Foreigners};
use crate::budget::state::Treasury;
use crate::displacement::state::Displaced;
use crate::garrisons::state::Garrisons;
use crate::government::state::Government;
use crate::group_changes::state::PlannedChange;
use crate::hiding::state::Surroundings;
use crate::leaving::state::Prisoner;
use crate::pacts::state::Pacts;
use crate::partners::state::Partner;
use crate::rules::Rules;
use crate::talks::state::Talks;
use crate::timeline::state::{Observed, Timeline};
use crate::war::state::War;
use crate::weather::state::Sky;
use crate::words::calendar::Calendar;
use crate::words::ids::{CommandId, CommunityId, ConstituencyId, GroupId, Side};
use crate::words::livelihoods::Livelihood;
use crate::words::mechanisms::Mechanisms;
use crate::words::purposes;
use crate::words::roles::Role;
use crate::world::bands::{Band, Spread};
use crate::world::community::{Community, QuarterLife};
use crate::world::group::{Command, Group, Member};
use crate::world::hostility::Hostility;
use crate::world::log::{Leaver, LeavingCause, WeekLog};
use crate::world::people::People;
use crate::world::policy::Policy;
use serde::{Deserialize, Serialize};
use toguna_engine::layout::{Person, Quarter};
use toguna_engine::streams::{Streams, binomial_quantile, exponential, uniform};
use toguna_units::{Money, narrow};

/// A livelihood and a lineage or social group.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Constituency {
    /// Short name, as in the scenario.
    pub name: String,
    /// Say in decisions, 0 to 1.
    pub voice: f64,
    /// What it lives on.
    pub livelihood: Livelihood,
    /// Closeness to each group, 0 to 1, by [`GroupId::index`].
    pub affinity: Vec<f64>,
    /// Share of its living that comes from herds, and from fields.
    pub herding: f64,
    /// The share from fields.
    pub farming: f64,
}

/// Everything a week can change. All of it is kept in checkpoints but for the few fields that say
/// otherwise, which the scenario that goes on gives back.
#[derive(Clone, Serialize, Deserialize)]
pub struct World {
    /// Which week it is.
    pub calendar: Calendar,
    /// Not kept in checkpoints, nor are the switches: the scenario that goes on says them.
    #[serde(skip)]
    pub rules: Rules,
    /// Which mechanisms act.
    #[serde(skip)]
    pub mechanisms: Mechanisms,
    /// The levers as they are now.
    #[serde(with = "crate::world::policy::in_words")]
    pub policy: Policy,
    /// Changes of the levers.
    pub timeline: Timeline,

    /// Names of the regions.
    pub regions: Vec<String>,
    /// Names of the cercles.
    pub cercles: Vec<String>,
    /// Who people are.
    pub constituencies: Vec<Constituency>,
    /// Towns and villages.
    pub communities: Vec<Community>,
    /// One per quarter of the layout.
    pub quarters: Vec<QuarterLife>,
    /// Every adult.
    pub people: People,
    /// Armed groups.
    pub groups: Vec<Group>,
    /// Their commands.
    pub commands: Vec<Command>,
    /// Who rules the state.
    pub government: Government,
    /// The state's money.
    pub treasury: Treasury,
    /// The weather by region.
    pub skies: Vec<Sky>,
    /// Foreign forces beside the state.
    pub partners: Vec<Partner>,
    /// Who fights whom.
    pub hostility: Hostility,
    /// How the war has gone.
    pub war: War,
    /// What is still to happen to groups.
    pub group_changes: Vec<PlannedChange>,
    /// Neighbouring countries.
    pub abroad: Vec<Abroad>,
    /// Fighters from abroad.
    pub foreigners: Foreigners,
    /// Who is away from home.
    pub displaced: Displaced,
    /// The army's garrison in each cercle.
    pub garrisons: Garrisons,
    /// What lies near each place. Not kept in checkpoints: made anew from the places.
    #[serde(skip)]
    pub surroundings: Surroundings,
    /// Local pacts and blockades.
    pub pacts: Pacts,
    /// Talks of the state with groups.
    pub talks: Talks,

    /// All random numbers of this run.
    pub streams: Streams,
    /// What happened this week.
    pub log: WeekLog,
    /// What was measured.
    pub observed: Observed,
}

impl World {
    /// From now on the draws are those of another future, by its number. People keep the thresholds
    /// and the frailty they were born with, and the rain that has fallen has fallen.
    pub fn draw_afresh(&mut self, future: u32) {
        self.streams = self.streams.of_future(self.calendar.week, future);
        // The risk a state bears until its next coup is drawn once, as an exponential: of one that has
        // not come yet, what is left is like a fresh one.
        self.government.coup_risk = 0.0;
    }

    /// The state and every group.
    #[must_use]
    pub fn sides(&self) -> usize {
        self.groups.len() + 1
    }

    /// Everyone who can be harmed by, or harm, in order.
    pub fn all_sides(&self) -> impl Iterator<Item = Side> + use<> {
        (0..narrow(self.sides())).map(Side)
    }

    /// All armed groups, in order.
    pub fn all_groups(&self) -> impl Iterator<Item = GroupId> + use<> {
        (0..narrow(self.groups.len())).map(GroupId)
    }

    /// Short name of a side.
    #[must_use]
    pub fn name_of(&self, side: Side) -> &str {
        if side == Side::CIVILIANS {
            return "civilians";
        }
        side.group().map_or("state", |group| &self.groups[group.index()].name)
    }

    /// Number by which a side's draws are addressed; 12 bits.
    #[must_use]
    pub fn number_of(&self, side: Side) -> u64 {
        side.group().map_or(0, |group| self.groups[group.index()].number)
    }

    /// The life of a quarter.
    #[must_use]
    pub fn quarter(&self, quarter: Quarter) -> &QuarterLife {
        &self.quarters[quarter.index()]
    }

    /// The community with an id.
    #[must_use]
    pub fn community(&self, community: CommunityId) -> &Community {
        &self.communities[community.index()]
    }

    /// The constituency with an id.
    #[must_use]
    pub fn constituency(&self, constituency: ConstituencyId) -> &Constituency {
        &self.constituencies[constituency.index()]
    }

    /// Fighters of a group, those from abroad included, persons.
    #[must_use]
    pub fn fighters(&self, group: GroupId) -> f64 {
        let per_agent = f64::from(self.people.per_agent);
        group::of_group(&self.commands, group).map(|(_, c)| c.fighters(per_agent)).sum()
    }

    /// The same for every group, in one pass.
    #[must_use]
    pub fn strengths(&self) -> Vec<f64> {
        let per_agent = f64::from(self.people.per_agent);
        let mut fighters = vec![0.0; self.groups.len()];
        for command in &self.commands {
            fighters[command.group.index()] += command.fighters(per_agent);
        }
        fighters
    }

    /// Whether a group has any fighters.
    #[must_use]
    pub fn has_fighters(&self, group: GroupId) -> bool {
        let own = |(_, command): (CommandId, &Command)| command.fighters(1.0) > 0.0;
        group::of_group(&self.commands, group).any(own)
    }

    /// Whether two bands belong to one katiba.
    #[must_use]
    pub fn are_of_one_katiba(&self, a: CommandId, b: CommandId) -> bool {
        a == b || self.commands[a.index()].katiba == self.commands[b.index()].katiba
    }

    /// Fighters of each katiba at the place of its first band, and nothing at those of its other bands.
    #[must_use]
    pub fn fighters_of_katibas(&self) -> Vec<f64> {
        let per_agent = f64::from(self.people.per_agent);
        let mut fighters = vec![0.0; self.commands.len()];
        for command in &self.commands {
            fighters[command.katiba.index()] += command.fighters(per_agent);
        }
        fighters
    }

    /// Takes somebody who waits into a command.
    pub fn enlist(&mut self, person: Person, command: CommandId) {
        let group = self.commands[command.index()].group;
        let spell = self.people.risk_set.spell_of(person);
        let address = u64::from(person.0);
        let mut draw = self.streams.at(purposes::ENDURANCE, address, u64::from(spell));
        let member = Member {
            person,
            since: self.calendar.week,
            endurance: exponential(&mut draw),
            endured: 0.0,
        };
        self.commands[command.index()].members.push(member);
        self.people.risk_set.take_away(person);
        self.people.enter_group(person, group);
        self.log.enlisted.push(person);
    }

    /// A member who has been taken from a command lives at home as a former fighter.
    pub fn send_home(&mut self, command: CommandId, member: Member, cause: LeavingCause) {
        self.people.leave_group(member.person, Role::FormerFighter);
        self.log_leaver(command, member, cause);
        self.people.come_back(member.person);
    }

    /// Takes note of a member who leaves a command, alive or dead.
    pub fn log_leaver(&mut self, command: CommandId, member: Member, cause: LeavingCause) {
        let Member { person, since, .. } = member;
        let week = self.calendar.week;
        self.log.leavers.push(Leaver {
            person,
            spell: self.people.risk_set.spell_of(person),
            group: self.commands[command.index()].group,
            command,
            cause,
            weeks: week - since.min(week),
        });
    }

    /// Takes note of what a partner was paid for this week; one owed its fee for too long leaves.
    pub fn pay_partner(&mut self, name: &str, paid: Money) {
        for partner in self.partners.iter_mut().filter(|partner| partner.name == name) {
            partner.unpaid_weeks = if paid < partner.fee() { partner.unpaid_weeks + 1 } else { 0 };
        }
    }

    /// How many of a band's `deaths` are fighters from abroad: in proportion to their part of it. They
    /// are taken from the band and the account.
    pub fn bury_foreigners(
        &mut self,
        command: CommandId,
        deaths: u32,
        address: u64,
        at: u64,
    ) -> u32 {
        let per_agent = f64::from(self.people.per_agent);
        let band = &self.commands[command.index()];
        if band.foreign == 0 {
            return 0;
        }
        let share = f64::from(band.foreign) / band.fighters(per_agent);
        let mut draws = self.streams.at(purposes::FOREIGNERS_FALLEN, address, at);
        let killed = binomial_quantile(uniform(&mut draws), deaths, share).min(band.foreign);
        self.commands[command.index()].foreign -= killed;
        self.foreigners.killed += u64::from(killed);
        killed
    }

    /// Prisoners, taken from the list, go home as former fighters.
    pub fn set_free(&mut self, free: Vec<Prisoner>) {
        for Prisoner { person, .. } in free {
            self.people.set_role(person, Role::FormerFighter);
            self.people.come_back(person);
            self.log.released.push(person);
        }
    }

    /// Those who cooperated with soldiers who leave for good are exposed.
    pub fn expose(&mut self, place: usize) {
        if self.mechanisms.exposure {
            let until = self.calendar.week + 1 + self.rules.clear_and_hold.exposure_time.0;
            self.communities[place].aftermath.exposed_until = until;
        }
    }

    /// The fighters of every command are where `spread` says, in order of command.
    pub fn station(&mut self, spread: Vec<Spread>) {
        for place in &mut self.communities {
            place.bands.clear();
        }
        for (command, spread) in spread.into_iter().enumerate() {
            self.deploy(CommandId(narrow(command)), spread);
        }
    }

    /// The people of a command, which comes after all that have any, are where `spread` says.
    pub fn deploy(&mut self, command: CommandId, spread: Spread) {
        let Command { group, hidden, .. } = self.commands[command.index()];
        for (place, people) in spread {
            let band = Band {
                command,
                side: Side::of(group),
                fighters: if hidden { 0.0 } else { people },
                hidden: if hidden { people } else { 0.0 },
            };
            self.communities[place.index()].bands.push(band);
        }
    }
}
