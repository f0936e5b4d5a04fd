//! The state and armed groups talk, agree, carry out what they agreed, or fall out.
//!
//! With each group that is invited, trust moves over half a year toward
//!   .2 + .3 · mediators + goodwill of exchanges + .2 · share of its fighters at rest under pacts +
//!   .1 · inclusive − .3 · operations against it − .4 · sham − .3 · veto,
//! and talks advance a stage (channel, contact, talks, accord) at
//!   .2 a week · trust · readiness · funding · (1 − veto),
//! readiness = (1 − rigidity) · (1 − demand for foreign exit · foreign hunters present). They break down
//! at .003 + .03 · operations · hostility + .05 · veto + .02 · rigidity³ + .02 · sham a week. Steps
//! and breakdowns come when a hazard has grown to Exp(1), drawn for each step, so that policies
//! share their random numbers.
//!
//! At an accord each katiba decides by its leader's rigidity and by trust; those who stay out spoil. A
//! clause is carried out at .0053 a week · capacity · (1 + 1.5 · seats) · funding, so that a quarter is
//! done in 3.5 years with capacity .3 and no seats; as long as little is, katibas go back to war, and
//! an accord may break as a whole. Talks without armed groups hold a conference: the state is seen to
//! seek talks for a while, and little else moves; seen through as a show, they spend trust for years.

use super::effects::{conceded, foreign_hunters, is_invited, operations};
use crate::pact_effects::effects as pact_effects;
use crate::partners::effects as partners;
use crate::partners::state::Veto;
use crate::talks::effects as talks;
use crate::talks::state::{Cause, NationalDialogue, Stage, TalksMoved};
use crate::words::ids::{CommandId, GroupId};
use crate::words::purposes;
use crate::world::World;
use crate::world::group::of_group;
use std::collections::BTreeMap;
use toguna_engine::streams::{binomial_quantile, exponential, uniform};
use toguna_units::{Weeks, whole_part};

/// Phase: conference, trust, stages, exchanges, accords.
pub fn talk(world: &mut World) {
    world.government.concessions = conceded(world);
    if !world.mechanisms.talks {
        return;
    }
    forget_shows(world);
    confer(world);
    let at_rest = pact_effects::at_rest(world);
    for group in world.all_groups() {
        if !world.has_fighters(group) {
            // Nobody is left to talk with, or all have passed to another group.
            if world.talks.with(group).stage > Stage::None {
                fall(world, group, Cause::Lapsed);
            }
            continue;
        }
        gain_trust(world, group, &at_rest);
        match world.talks.with(group).stage {
            Stage::Accord => carry_out(world, group),
            _ => advance(world, group),
        }
        exchange_prisoners(world, group);
    }
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

/// `at_rest` is the share of each command's fighters who are so.
fn gain_trust(world: &mut World, group: GroupId, at_rest: &[f64]) {
    let rules = &world.rules.dialogue;
    let (mut fighters, mut resting) = (0.0, 0.0);
    for (id, command) in of_group(&world.commands, group) {
        let own = command.fighters(f64::from(world.people.per_agent));
        fighters += own;
        resting += own * at_rest[id.index()];
    }
    let fighters = f64::max(fighters, 1.0);
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
            fall(world, group, Cause::NotWanted);
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
        (Cause::Lapsed, rules.breakdown_of_itself),
        (Cause::Operations, rules.breakdown_by_operations * operations(world, group)),
        (Cause::Veto, rules.breakdown_by_veto * veto),
        (Cause::Rigidity, rules.breakdown_by_rigidity * rigid),
        (Cause::Sham, rules.breakdown_by_sham * world.talks.sham),
    ];
    let strain: f64 = apart.iter().map(|(_, hazard)| hazard).sum();
    let mut draws =
        world.streams.at(purposes::TALKS, world.groups[group.index()].number, track.steps.into());
    let (onward_at, apart_at, which) =
        (exponential(&mut draws), exponential(&mut draws), uniform(&mut draws));
    let track = &mut world.talks.tracks[group.index()];
    track.progress += onward;
    if stage > Stage::None {
        track.strain += strain;
    }
    if track.strain >= apart_at {
        let mut left = which * strain;
        let mut cause = Cause::Operations;
        for (of_this, hazard) in apart {
            cause = of_this;
            if left < hazard {
                break;
            }
            left -= hazard;
        }
        fall(world, group, cause);
    } else if track.progress >= onward_at {
        step(world, group, stage.next(), Cause::Trust);
        if stage.next() == Stage::Accord {
            sign(world, group);
        }
    }
}

fn step(world: &mut World, group: GroupId, to: Stage, cause: Cause) {
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
    moved(world, group, from, cause, None);
}

/// A line of the log, with the track as it stands.
fn moved(world: &mut World, group: GroupId, from: Stage, cause: Cause, command: Option<CommandId>) {
    let track = world.talks.with(group);
    let moved = TalksMoved {
        group,
        from,
        to: track.stage,
        cause,
        command,
        trust: track.trust,
        clauses: track.clauses,
        implemented: track.implemented,
        seats: track.seats,
    };
    world.log.talks.push(moved);
}

/// Back to nothing; whoever kept an accord keeps it no longer.
fn fall(world: &mut World, group: GroupId, cause: Cause) {
    step(world, group, Stage::None, cause);
    let kept = world.rules.dialogue.trust_after_breakdown.get();
    let track = &mut world.talks.tracks[group.index()];
    track.trust *= kept;
    (track.clauses, track.implemented, track.newly, track.seats) = (0, 0, 0, 0.0);
    let commands = &world.commands;
    world.talks.in_accord.retain(|command| commands[command.index()].group != group);
}

/// Each katiba of a group that has men, by its first band, with its bands.
fn katibas_of(world: &World, group: GroupId) -> BTreeMap<CommandId, Vec<CommandId>> {
    let mut katibas: BTreeMap<CommandId, Vec<CommandId>> = BTreeMap::new();
    for (id, command) in of_group(&world.commands, group) {
        katibas.entry(command.katiba).or_default().push(id);
    }
    let has_men = |band: &CommandId| world.commands[band.index()].fighters(1.0) > 0.0;
    katibas.retain(|_, bands| bands.iter().any(has_men));
    katibas
}

/// Each katiba signs or stays out: it refuses with the chance rigidity · (1 − trust). What nobody
/// signs is no accord.
fn sign(world: &mut World, group: GroupId) {
    let track = &mut world.talks.tracks[group.index()];
    track.clauses = world.rules.dialogue.clauses;
    track.implemented = 0;
    let (trust, times) = (track.trust, u64::from(track.steps));
    let mut signed = false;
    for (katiba, bands) in katibas_of(world, group) {
        let number = world.commands[katiba.index()].number;
        let u = world.streams.uniform(purposes::ACCORD, number, times);
        let signs = u >= talks::rigidity_of(world, katiba) * (1.0 - trust);
        keep(world, katiba, &bands, signs);
        signed |= signs;
    }
    if !signed {
        fall(world, group, Cause::Rigidity);
    }
}

/// A katiba keeps an accord from now on, or does not.
fn keep(world: &mut World, katiba: CommandId, bands: &[CommandId], keeps: bool) {
    let in_accord = &mut world.talks.in_accord;
    in_accord.retain(|band| !bands.contains(band));
    if keeps {
        in_accord.extend(bands);
        in_accord.sort_unstable();
    }
    let group = world.commands[katiba.index()].group;
    let stage = world.talks.with(group).stage;
    let cause = if keeps { Cause::CommandIn } else { Cause::CommandOut };
    moved(world, group, stage, cause, Some(katiba));
}

/// Clauses are carried out; katibas come in and go; an accord of which nothing comes breaks.
fn carry_out(world: &mut World, group: GroupId) {
    let rules = &world.rules.dialogue;
    let week = u64::from(world.calendar.week);
    let number = world.groups[group.index()].number;
    let track = world.talks.with(group);
    let mut draws = world.streams.at(purposes::CLAUSES, number, week);
    let (done_at, cause_at) = (uniform(&mut draws), uniform(&mut draws));
    let strain_at = exponential(&mut world.streams.at(purposes::TALKS, number, track.steps.into()));
    let chance = rules.clauses_per_week
        * world.government.capacity
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
    track.newly = done;
    track.strain += strain;
    world.log.clauses_implemented += done;
    if track.strain >= strain_at {
        let vetoed = cause_at * strain < by_veto;
        fall(world, group, if vetoed { Cause::Veto } else { Cause::Stalled });
        return;
    }
    for (katiba, bands) in katibas_of(world, group) {
        let number = world.commands[katiba.index()].number;
        let u = world.streams.uniform(purposes::ACCORD_KEPT, number, week);
        let rigidity = talks::rigidity_of(world, katiba);
        if world.talks.is_in_accord(bands[0]) {
            if u < out * rigidity {
                keep(world, katiba, &bands, false);
            }
        } else if u < back * (1.0 - rigidity) {
            keep(world, katiba, &bands, true);
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
    let count = whole_part((share * held.len() as f64).ceil()) as usize;
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
    moved(world, group, stage, Cause::Exchange, None);
}
