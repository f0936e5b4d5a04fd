//! The state and armed groups talk, agree, carry out what they agreed, or fall out.
//!
//! With each group that is invited, trust moves over half a year toward
//!   .2 + .3 · mediators + goodwill of exchanges + .2 · share of its fighters at rest under pacts +
//!   .1 · inclusive − .3 · operations against it − .4 · sham − .3 · veto,
//! and talks advance a stage (channel, contact, talks, accord) at
//!   .2 a week · trust · readiness · funding · (1 − veto),
//! readiness = (1 − rigidity) · (1 − demand for foreign exit · foreign hunters present). They break down
//! at .003 + .03 · operations · hostility + .05 · veto + .02 · rigidity³ + .02 · sham a week. Steps and breakdowns
//! come when a hazard has grown to Exp(1), drawn for each step, so that policies share their luck.
//!
//! At an accord each command decides by its own rigidity and by trust; those who stay out spoil. A
//! clause is carried out at .0053 a week · capacity · (1 + 1.5 · seats) · funding, so that a quarter is
//! done in 3.5 years with capacity .3 and no seats; as long as little is, commands go back to war, and
//! an accord may break as a whole. Talks without armed groups hold a conference: the state is seen to
//! seek talks for a while, and little else moves; seen through as a show, they spend trust for years.

use super::actor::{CommandId, GroupId, Side};
use super::bargaining;
use super::bearing;
use super::group::of_group;
use super::partner::Veto;
use super::partners;
use super::purposes;
use super::talks::{NationalDialogue, Stage, TalksMoved, Turn};
use super::treasury::per_week;
use super::world::World;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_engine::streams::{binomial_quantile, exponential, uniform};
use toguna_units::{Money, Share, Weeks};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DialogueRules {
    /// Hazard of the next stage with full trust and readiness. Unit: per week. Source: assumed; the
    /// way to the accord of Algiers took about a year.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub steps_per_week: f64,
    /// Time in which trust follows what deserves it. Unit: duration. Source: assumed.
    pub trust_time: Weeks,
    /// Trust that nothing speaks for or against. Unit: share. Source: assumed.
    pub trust_at_first: Share,
    /// Trust gained through mediators whom both sides accept. Unit: share. Source: assumed.
    pub trust_by_mediators: Share,
    /// Trust gained by an exchange that frees all prisoners of a group; it halves in a year or so.
    /// Unit: share. Source: assumed.
    pub trust_by_exchange: Share,
    /// Trust gained where all of a group's fighters rest under pacts. Unit: share. Source: assumed.
    pub trust_by_pacts: Share,
    /// Trust gained where communities take part. Unit: share. Source: assumed.
    pub trust_by_communities: Share,
    /// Trust lost to operations at full effort. Unit: share. Source: assumed.
    pub distrust_of_operations: Share,
    /// Trust lost to a veto. Unit: share. Source: assumed.
    pub distrust_of_veto: Share,
    /// Trust lost where talks are taken for a show. Unit: share. Source: assumed.
    pub distrust_of_sham: Share,
    /// Hazard of a breakdown for no particular cause. Unit: per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub breakdown_of_itself: f64,
    /// Hazard of a breakdown by operations at full effort. Unit: per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub breakdown_by_operations: f64,
    /// Hazard of a breakdown by a veto. Unit: per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub breakdown_by_veto: f64,
    /// Hazard of a breakdown by a wholly rigid group, in proportion to the cube. Unit: per week.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub breakdown_by_rigidity: f64,
    /// Hazard of a breakdown where talks are taken for a show. Unit: per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub breakdown_by_sham: f64,
    /// Commitments in an accord. Unit: clauses. Source: accord of Algiers, 78 (Carter Center).
    #[schemars(range(min = 1, max = 10_000))]
    pub clauses: u32,
    /// Hazard that a clause is carried out, at full capacity and without seats for communities.
    /// Unit: per week. Source: derived, 20 of 78 in 3.5 years (Carter Center) at a capacity of .3.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub clauses_per_week: f64,
    /// How much faster with all seats for communities. Unit: factor above 1. Source: assumed.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub haste_of_seats: f64,
    /// Hazard that a wholly rigid command goes back to war while nothing is carried out. Unit: per
    /// week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub commands_out_per_week: f64,
    /// Hazard that a command that stayed out comes in once all is carried out. Unit: per week.
    /// Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub commands_in_per_week: f64,
    /// Hazard that an accord breaks of which nothing is carried out. Unit: per week. Source: assumed;
    /// the accord of Algiers was ended after eight and a half years.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub accords_break_per_week: f64,
    /// What talks with all their commissions, mediators and meetings cost; as much again where all
    /// communities have seats. Unit: francs per resident and year. Source: derived, 12.3 billion for
    /// the ministry of reconciliation in 2025 and 20.5 million people (facts/budget.csv).
    #[schemars(range(min = 0.0, max = 1_000_000.0))]
    pub cost_per_resident: f64,
    /// How much more those attack who would have no accord. Unit: factor above 1. Source: assumed.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub spoilers: f64,
    /// Say that communities with all seats gain by an accord that is carried out. Unit: share.
    /// Source: assumed.
    pub voice_by_seats: Share,
    /// Part of that say that they have while there are talks or nothing is carried out yet. Unit: share.
    /// Source: assumed.
    pub voice_by_talking: Share,
    /// How far the state is seen to seek talks once it has contact with a group; talks and accords count
    /// in full. Unit: share. Source: assumed.
    pub engagement_of_contact: Share,
    /// How far at first an inclusive conference makes it seen so. Unit: share. Source: assumed.
    pub engagement_of_conference: Share,
    /// How far at first a top-down conference does. Unit: share. Source: assumed.
    pub engagement_of_elites: Share,
    /// What an accord that was signed concedes before it is carried out, of all that a wholly ideological
    /// group is conceded in the end. Unit: share. Source: assumed.
    pub conceded_by_signing: Share,
    /// What talks with it concede. Unit: share. Source: assumed.
    pub conceded_by_talking: Share,
    /// Trust that is left when talks break down. Unit: share of what there was. Source: assumed.
    pub trust_after_breakdown: Share,
    /// Time from one exchange of prisoners to the next. Unit: duration. Source: assumed.
    pub between_exchanges: Weeks,
    /// Time in which the public hears of a conference. Unit: duration. Source: assumed.
    pub conference_time: Weeks,
    /// How much of a show a top-down conference without armed groups is. Unit: share.
    /// Source: assumed.
    pub sham_of_elites: Share,
    /// How much is added where the transition is extended under its cover. Unit: share.
    /// Source: assumed.
    pub sham_of_extension: Share,
    /// Time in which half of that is forgotten. Unit: duration. Source: assumed.
    pub sham_half_life: Weeks,
    /// How much attacks during talks outrage, beside others. Unit: factor above 1. Source: assumed.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub outrage_during_talks: f64,
    /// Hazard that a fighter of a command in an accord goes home once all is carried out and offered.
    /// Unit: per week. Source: assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub demobilised_per_week: f64,
    /// Part of that hazard where neither reintegration nor amnesty is offered. Unit: share.
    /// Source: assumed.
    pub demobilised_without_offer: Share,
    /// What joining a command that keeps an accord is worth, beside another. Unit: share.
    /// Source: assumed.
    pub recruits_in_accord: Share,
}

impl Default for DialogueRules {
    fn default() -> Self {
        DialogueRules {
            steps_per_week: 0.2,
            trust_time: Weeks(26),
            trust_at_first: Share::of(0.2),
            trust_by_mediators: Share::of(0.3),
            trust_by_exchange: Share::of(0.25),
            trust_by_pacts: Share::of(0.2),
            trust_by_communities: Share::of(0.1),
            distrust_of_operations: Share::of(0.3),
            distrust_of_veto: Share::of(0.3),
            distrust_of_sham: Share::of(0.4),
            breakdown_of_itself: 0.003,
            breakdown_by_operations: 0.03,
            breakdown_by_veto: 0.05,
            breakdown_by_rigidity: 0.02,
            breakdown_by_sham: 0.02,
            clauses: 78,
            clauses_per_week: 0.0053,
            haste_of_seats: 1.5,
            commands_out_per_week: 0.004,
            commands_in_per_week: 0.01,
            accords_break_per_week: 0.003,
            cost_per_resident: 600.0,
            spoilers: 0.5,
            voice_by_seats: Share::of(0.4),
            voice_by_talking: Share::of(0.3),
            engagement_of_contact: Share::of(0.5),
            engagement_of_conference: Share::of(0.8),
            engagement_of_elites: Share::of(0.4),
            conceded_by_signing: Share::of(0.4),
            conceded_by_talking: Share::of(0.2),
            trust_after_breakdown: Share::of(0.5),
            between_exchanges: Weeks(26),
            conference_time: Weeks(26),
            sham_of_elites: Share::of(0.3),
            sham_of_extension: Share::of(0.3),
            sham_half_life: Weeks(104),
            outrage_during_talks: 1.0,
            demobilised_per_week: 0.01,
            demobilised_without_offer: Share::of(0.3),
            recruits_in_accord: Share::of(0.3),
        }
    }
}

/// Phase: conference, trust, stages, exchanges, accords.
pub fn talk(world: &mut World) {
    world.state.concessions = conceded(world);
    if !world.mechanisms.talks {
        return;
    }
    forget_shows(world);
    confer(world);
    for group in world.all_groups() {
        if world.fighters(group) <= 0.0 {
            // Nobody is left to talk with, or all have passed to another group.
            if world.talks.with(group).stage > Stage::None {
                fall(world, group, Turn::Lapsed);
            }
            continue;
        }
        gain_trust(world, group);
        match world.talks.with(group).stage {
            Stage::Accord => carry_out(world, group),
            _ => advance(world, group),
        }
        exchange_prisoners(world, group);
    }
}

/// What talks need to go on at full speed, francs a week.
#[must_use]
pub fn cost(world: &World) -> Money {
    let seats = match world.policy.national_dialogue {
        NationalDialogue::Inclusive => world.policy.community_seats.get(),
        NationalDialogue::TopDown | NationalDialogue::Off => 0.0,
    };
    let residents: f64 = world.communities.iter().map(|place| place.residents).sum();
    let a_year = world.rules.dialogue.cost_per_resident * residents * (1.0 + seats);
    per_week(Money(a_year as i64))
}

/// What pacts and talks have given away, 0 to 1.
fn conceded(world: &World) -> f64 {
    if !world.mechanisms.concessions {
        return 0.0;
    }
    (bearing::conceded_by_pacts(world) + super::talks::conceded(world)).min(1.0)
}

/// Whether the state seeks talks with a group.
fn is_invited(world: &World, group: GroupId) -> bool {
    let name = &world.groups[group.index()].name;
    world.policy.national_dialogue != NationalDialogue::Off
        && world.policy.invited.iter().any(|invited| invited == name)
}

fn forget_shows(world: &mut World) {
    let kept = world.rules.dialogue.sham_half_life.weekly_survival_of_half_life();
    world.talks.sham *= kept;
}

/// A national conference, as long as no armed group has come to the table. One of elites alone is
/// seen through when its news has passed, and more so when it has served to put off elections.
fn confer(world: &mut World) {
    let rules = &world.rules.dialogue;
    let mode = world.policy.national_dialogue;
    let week = world.calendar.week;
    if mode == NationalDialogue::Off {
        world.talks.conference_since = None;
        world.talks.seen_through = false;
        return;
    }
    if world.talks.conference_since.is_none() {
        world.talks.conference_since = Some(week);
        world.talks.conferences += 1;
        world.log.conferences += 1;
    }
    let since = world.talks.conference_since.unwrap_or(week);
    let over = week >= since + rules.conference_time.0;
    let somebody_came = world.talks.tracks.iter().any(|track| track.stage >= Stage::Contact);
    if over && !world.talks.seen_through && !somebody_came {
        let elites = mode == NationalDialogue::TopDown || world.policy.community_seats.get() == 0.0;
        let mut show = if elites { rules.sham_of_elites.get() } else { 0.0 };
        if world.policy.extend_transition && mode == NationalDialogue::TopDown {
            show += rules.sham_of_extension.get();
        }
        if world.mechanisms.sham_talks {
            world.talks.sham = (world.talks.sham + show).min(1.0);
        }
        world.talks.seen_through = true;
    }
}

/// Soldiers of partners that hunt: whose exit some groups ask for, as a share of their full strength.
fn foreign_hunters(world: &World) -> f64 {
    let hunters = world.partners.iter().filter(|partner| partner.hunting > 0.0);
    hunters.map(super::partner::Partner::presence).fold(0.0, f64::max)
}

/// How much the state operates against a group, 0 to 1.
fn operations(world: &World, group: GroupId) -> f64 {
    super::budget::military_effort(world) * world.hostility.between(Side::STATE, Side::of(group))
}

fn gain_trust(world: &mut World, group: GroupId) {
    let rules = &world.rules.dialogue;
    let fighters = world.fighters(group).max(1.0);
    let mut resting = 0.0;
    for (id, command) in of_group(&world.commands, group) {
        let own = command.fighters(f64::from(world.people.per_agent));
        resting += own * bearing::at_rest(world, id);
    }
    let inclusive = world.policy.national_dialogue == NationalDialogue::Inclusive;
    let track = world.talks.with(group);
    let deserved = rules.trust_at_first.get()
        + rules.trust_by_mediators.get() * world.policy.mediators.get()
        + track.goodwill
        + rules.trust_by_pacts.get() * resting / fighters
        + rules.trust_by_communities.get() * f64::from(u8::from(inclusive))
        - rules.distrust_of_operations.get() * operations(world, group)
        - rules.distrust_of_sham.get() * world.talks.sham
        - rules.distrust_of_veto.get() * partners::veto(world, Veto::Talks);
    let time = rules.trust_time.get().max(1.0);
    let kept = Weeks(52).weekly_survival_of_half_life();
    let track = &mut world.talks.tracks[group.index()];
    track.trust += (deserved.clamp(0.0, 1.0) - track.trust) / time;
    track.goodwill *= kept;
}

/// A step forward or a breakdown, whichever hazard has grown to its measure.
fn advance(world: &mut World, group: GroupId) {
    let stage = world.talks.with(group).stage;
    if !is_invited(world, group) {
        if stage != Stage::None {
            fall(world, group, Turn::NotWanted);
        }
        return;
    }
    let rules = &world.rules.dialogue;
    let (own, veto) = (&world.groups[group.index()], partners::veto(world, Veto::Talks));
    let readiness =
        (1.0 - own.rigidity) * (1.0 - own.demands_foreign_exit * foreign_hunters(world));
    let track = world.talks.with(group);
    let onward = rules.steps_per_week
        * track.trust
        * readiness
        * (1.0 - veto)
        * world.treasury.dialogue_funded;
    let rigid = own.rigidity * own.rigidity * own.rigidity;
    let apart = [
        (Turn::Lapsed, rules.breakdown_of_itself),
        (Turn::Operations, rules.breakdown_by_operations * operations(world, group)),
        (Turn::Veto, rules.breakdown_by_veto * veto),
        (Turn::Rigidity, rules.breakdown_by_rigidity * rigid),
        (Turn::Sham, rules.breakdown_by_sham * world.talks.sham),
    ];
    let strain: f64 = apart.iter().map(|(_, hazard)| hazard).sum();
    let mut luck =
        world.streams.at(purposes::TALKS, world.groups[group.index()].number, track.steps.into());
    let (onward_at, apart_at, which) =
        (exponential(&mut luck), exponential(&mut luck), uniform(&mut luck));
    let track = &mut world.talks.tracks[group.index()];
    track.progress += onward;
    if stage > Stage::None {
        track.strain += strain;
    }
    if track.strain >= apart_at {
        let mut left = which * strain;
        let mut cause = Turn::Operations;
        for (turn, hazard) in apart {
            cause = turn;
            if left < hazard {
                break;
            }
            left -= hazard;
        }
        fall(world, group, cause);
    } else if track.progress >= onward_at {
        step(world, group, stage.next(), Turn::Trust);
        if stage.next() == Stage::Accord {
            sign(world, group);
        }
    }
}

fn step(world: &mut World, group: GroupId, to: Stage, turn: Turn) {
    let week = world.calendar.week;
    let seats = world.policy.community_seats.get();
    let inclusive = world.policy.national_dialogue == NationalDialogue::Inclusive;
    let track = &mut world.talks.tracks[group.index()];
    let from = std::mem::replace(&mut track.stage, to);
    track.since = week;
    track.steps += 1;
    track.progress = 0.0;
    track.strain = 0.0;
    if to >= Stage::Talks {
        track.seats = if inclusive { seats } else { 0.0 };
    }
    moved(world, group, from, turn, None);
}

/// A line of the log, with the track as it stands.
fn moved(world: &mut World, group: GroupId, from: Stage, turn: Turn, command: Option<CommandId>) {
    let track = world.talks.with(group);
    let moved = TalksMoved {
        group,
        from,
        to: track.stage,
        turn,
        command,
        trust: track.trust,
        clauses: track.clauses,
        implemented: track.implemented,
        seats: track.seats,
    };
    world.log.talks.push(moved);
}

/// Back to nothing; whoever kept an accord keeps it no longer.
fn fall(world: &mut World, group: GroupId, turn: Turn) {
    step(world, group, Stage::None, turn);
    let kept = world.rules.dialogue.trust_after_breakdown.get();
    let track = &mut world.talks.tracks[group.index()];
    track.trust *= kept;
    (track.clauses, track.implemented, track.seats) = (0, 0, 0.0);
    let commands = &world.commands;
    world.talks.in_accord.retain(|command| commands[command.index()].group != group);
}

/// Each command signs or stays out: it refuses with the chance rigidity · (1 − trust). What nobody
/// signs is no accord.
fn sign(world: &mut World, group: GroupId) {
    let track = &mut world.talks.tracks[group.index()];
    track.clauses = world.rules.dialogue.clauses;
    track.implemented = 0;
    let (trust, times) = (track.trust, u64::from(track.steps));
    let commands: Vec<CommandId> = of_group(&world.commands, group).map(|(id, _)| id).collect();
    for command in commands {
        let number = world.commands[command.index()].number;
        let u = world.streams.uniform(purposes::ACCORD, number, times);
        if u >= bargaining::rigidity_of(world, command) * (1.0 - trust) {
            keep(world, command, true);
        } else {
            turn_of(world, command, Turn::CommandOut);
        }
    }
    let commands = &world.commands;
    let somebody = |id: &CommandId| commands[id.index()].group == group;
    if !world.talks.in_accord.iter().any(somebody) {
        fall(world, group, Turn::Rigidity);
    }
}

/// A command keeps an accord from now on, or no longer.
fn keep(world: &mut World, command: CommandId, keeps: bool) {
    match (world.talks.in_accord.binary_search(&command), keeps) {
        (Err(place), true) => world.talks.in_accord.insert(place, command),
        (Ok(place), false) => {
            world.talks.in_accord.remove(place);
        }
        _ => return,
    }
    turn_of(world, command, if keeps { Turn::CommandIn } else { Turn::CommandOut });
}

fn turn_of(world: &mut World, command: CommandId, turn: Turn) {
    let group = world.commands[command.index()].group;
    let stage = world.talks.with(group).stage;
    moved(world, group, stage, turn, Some(command));
}

/// Clauses are carried out; commands come in and go; an accord of which nothing comes breaks.
fn carry_out(world: &mut World, group: GroupId) {
    let rules = &world.rules.dialogue;
    let week = u64::from(world.calendar.week);
    let number = world.groups[group.index()].number;
    let track = world.talks.with(group);
    let mut luck = world.streams.at(purposes::CLAUSES, number, week);
    let (done_at, cause_at) = (uniform(&mut luck), uniform(&mut luck));
    let strain_at = exponential(&mut world.streams.at(purposes::TALKS, number, track.steps.into()));
    let chance = rules.clauses_per_week
        * world.state.capacity
        * (1.0 + rules.haste_of_seats * track.seats)
        * world.treasury.dialogue_funded;
    let open = track.clauses - track.implemented;
    let done = if world.mechanisms.accord_clauses {
        binomial_quantile(done_at, open, chance.min(1.0))
    } else {
        0
    };
    let stalled = 1.0 - track.share_implemented();
    let by_veto = rules.breakdown_by_veto * partners::veto(world, Veto::Talks);
    let strain = rules.accords_break_per_week * stalled + by_veto;
    let (out, back) =
        (rules.commands_out_per_week * stalled, rules.commands_in_per_week * (1.0 - stalled));
    let track = &mut world.talks.tracks[group.index()];
    track.implemented += done;
    track.strain += strain;
    world.log.clauses_implemented += done;
    if track.strain >= strain_at {
        let vetoed = cause_at * strain < by_veto;
        fall(world, group, if vetoed { Turn::Veto } else { Turn::Stalled });
        return;
    }
    let commands: Vec<CommandId> = of_group(&world.commands, group).map(|(id, _)| id).collect();
    for command in commands {
        let number = world.commands[command.index()].number;
        let u = world.streams.uniform(purposes::ACCORD_KEPT, number, week);
        let rigidity = bargaining::rigidity_of(world, command);
        if world.talks.is_in_accord(command) {
            if u < out * rigidity {
                keep(world, command, false);
            }
        } else if u < back * (1.0 - rigidity) {
            keep(world, command, true);
        }
    }
}

/// Prisoners go home, once somebody carries messages; it builds trust for a while.
fn exchange_prisoners(world: &mut World, group: GroupId) {
    let share = world.policy.prisoner_exchange.get();
    let week = world.calendar.week;
    let track = world.talks.with(group);
    let waited = track
        .last_exchange
        .is_none_or(|last| week >= last + world.rules.dialogue.between_exchanges.0);
    if share <= 0.0 || !waited || track.stage < Stage::Channel || !is_invited(world, group) {
        return;
    }
    if !world.mechanisms.exchanges {
        return;
    }
    let held: Vec<_> =
        world.people.prisoners.iter().filter(|it| it.group == group).copied().collect();
    let count = (share * held.len() as f64).ceil() as usize;
    if count == 0 {
        return;
    }
    // Those who have longest to go, first: they matter most to the group.
    let mut order = held;
    order.sort_by_key(|prisoner| (std::cmp::Reverse(prisoner.until), prisoner.person));
    order.truncate(count);
    let mut freed: Vec<_> = order.iter().map(|prisoner| prisoner.person).collect();
    freed.sort_unstable();
    world.people.prisoners.retain(|prisoner| freed.binary_search(&prisoner.person).is_err());
    world.set_free(order);
    let gained = world.rules.dialogue.trust_by_exchange.get() * share;
    let track = &mut world.talks.tracks[group.index()];
    track.last_exchange = Some(week);
    track.goodwill += gained;
    let stage = track.stage;
    world.log.exchanges += 1;
    moved(world, group, stage, Turn::Exchange, None);
}

/// Leaving: hazard that a fighter of a command that keeps an accord goes home, by what is carried out
/// and what is offered.
#[must_use]
pub fn demobilisation(world: &World, command: CommandId) -> f64 {
    if !world.talks.is_in_accord(command) {
        return 0.0;
    }
    let group = world.commands[command.index()].group;
    let offer = world.policy.reintegration_offer.get().max(bearing::amnesty(world));
    let rules = &world.rules.dialogue;
    let without = rules.demobilised_without_offer.get();
    rules.demobilised_per_week
        * world.talks.with(group).share_implemented()
        * (without + (1.0 - without) * offer)
}
