//! Herders and farmers fall out over land and water.
//!
//! Rate in a place, a week: .02 · 4 · h · f · (1 + 2 · drought) · (1 − justice), with h and f the
//! herding and farming shares of its livelihoods. A fifth of disputes is lethal: where a band takes the
//! matter up, with sizes as in other violence, else with one dead and a further one with chance .3 each.
//! Where the aggressors' people have a band that is close to them, it takes the matter up: the event is
//! the band's, it is remembered against it, and it calls forth further events; a band of
//! the victims answers. Otherwise the event is the neighbours' own and lies with no armed side.

use super::actor::{CommunityId, Side};
use super::community::Community;
use super::log::{Event, Target};
use super::purposes;
use super::services::{self, JUSTICE};
use super::violence::pair;
use super::world::World;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toguna_engine::roll::Quarter;
use toguna_engine::streams::{poisson_quantile, uniform};
use toguna_units::Share;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DisputeRules {
    /// Rate where half live from herds, half from fields, and there is neither drought nor justice.
    /// Unit: disputes per week and place. Source: assumed.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub disputes_per_week: f64,
    /// How much a full drought adds. Unit: factor. Source: assumed.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub drought: f64,
    /// Share of disputes in which somebody is killed. Unit: share. Source: assumed.
    pub lethal: Share,
    /// Further people killed for each one killed in a quarrel that no band takes up, as in a
    /// geometric row. Unit: share. Source: assumed; without a band's arms one or two are killed, where
    /// the sizes of other violence would have six on average and up to 150.
    pub further_deaths: Share,
    /// How close a band must be to a constituency to take up its quarrel. Unit: share of affinity.
    /// Source: assumed.
    pub closeness_to_escalate: Share,
    /// Events that a dispute taken up by a band counts for in what calls forth further events.
    /// Unit: events. Source: assumed.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub escalation: f64,
}

impl Default for DisputeRules {
    fn default() -> Self {
        DisputeRules {
            disputes_per_week: 0.02,
            drought: 2.0,
            lethal: Share::of(0.2),
            further_deaths: Share::of(0.3),
            closeness_to_escalate: Share::of(0.25),
            escalation: 1.0,
        }
    }
}

/// One dispute of this week.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dispute {
    pub community: CommunityId,
    pub killed: u32,
    /// The band's side that took it up.
    pub taken_up_by: Option<Side>,
}

/// A dispute decided on but not yet suffered.
struct Planned {
    community: CommunityId,
    victims: Quarter,
    deaths: u32,
    aggressor: Option<Side>,
    avenger: Option<Side>,
    reported: bool,
    /// Draws of this dispute that are still to come.
    luck: ChaCha8Rng,
}

/// Phase: herders and farmers fall out.
pub fn quarrel(world: &mut World) {
    if !world.mechanisms.disputes {
        return;
    }
    let planned: Vec<Vec<Planned>> = world
        .communities
        .par_iter()
        .enumerate()
        .map(|(id, place)| decide(world, CommunityId(id as u16), place))
        .collect();
    for planned in planned.into_iter().flatten() {
        suffer(world, planned);
    }
}

/// How dry a place is, 0 to 1: how far its region's latest harvest fell short of a normal one, which
/// is what is left of the land that herds and fields share.
#[must_use]
pub fn dryness(world: &World, place: &Community) -> f64 {
    (1.0 - world.skies[usize::from(place.region)].harvest).clamp(0.0, 1.0)
}

/// Shares of a place's people who live from herds and from fields.
#[must_use]
pub fn livelihoods(world: &World, place: &Community) -> (f64, f64) {
    let (mut herding, mut farming) = (0.0, 0.0);
    for quarter in place.quarters() {
        let life = world.quarter(quarter);
        let constituency = world.constituency(life.constituency);
        herding += life.residents * constituency.herding;
        farming += life.residents * constituency.farming;
    }
    let people = place.residents.max(1.0);
    (herding / people, farming / people)
}

/// Expected disputes this week; the formula above.
#[must_use]
pub fn disputes_per_week(world: &World, place: &Community) -> f64 {
    let rules = &world.rules.disputes;
    let (herding, farming) = livelihoods(world, place);
    let justice = services::provided(place, JUSTICE);
    rules.disputes_per_week
        * (4.0 * herding * farming)
        * (1.0 + rules.drought * dryness(world, place))
        * (1.0 - justice)
}

fn decide(world: &World, community: CommunityId, place: &Community) -> Vec<Planned> {
    let rate = disputes_per_week(world, place);
    let week = u64::from(world.calendar.week);
    let address = u64::from(community.0);
    let u = world.streams.uniform(purposes::DISPUTES, address, week);
    let count = if rate > 0.0 { poisson_quantile(u, rate) } else { 0 };
    (0..count)
        .filter_map(|turn| plan(world, community, place, address, week << 6 | u64::from(turn)))
        .collect()
}

/// Who struck whom, how many died, and who takes it up. Always the same number of draws.
fn plan(
    world: &World,
    community: CommunityId,
    place: &Community,
    address: u64,
    at: u64,
) -> Option<Planned> {
    let rules = &world.rules.disputes;
    let mut luck = world.streams.at(purposes::DISPUTE_COURSE, address, at);
    let mut next = || uniform(&mut luck);
    let (first, of_herders, of_farmers, lethal, size, report) =
        (next(), next(), next(), next(), next(), next());
    let herders = party(world, place, of_herders, |c| c.herding)?;
    let farmers = party(world, place, of_farmers, |c| c.farming)?;
    // Who strikes first is chance; those who are more have the better of it.
    let (herding, farming) = livelihoods(world, place);
    let herders_win = first * (herding + farming) < herding;
    let (winners, victims) = if herders_win { (herders, farmers) } else { (farmers, herders) };
    let taken_up = |quarter| {
        if world.mechanisms.dispute_escalation { band_of(world, place, quarter) } else { None }
    };
    let (aggressor, avenger) = (taken_up(winners), taken_up(victims));
    let armed = aggressor.is_some() && aggressor != avenger;
    let deaths = match lethal < rules.lethal.get() {
        false => 0,
        true if armed => {
            super::violence::deaths_of_size(&world.rules.violence, size, place.residents)
        }
        true => deaths_among_neighbours(rules, size),
    };
    let unheard = super::violence::unheard(&world.rules.violence, place);
    let reported = report > libm::pow(unheard, 1.0 + f64::from(deaths));
    Some(Planned { community, victims, deaths, aggressor, avenger, reported, luck })
}

/// Deaths of a lethal quarrel that no band takes up, at the quantile `size` counted from the largest:
/// P(X > k) = further^k, at most 20.
fn deaths_among_neighbours(rules: &DisputeRules, size: f64) -> u32 {
    let further = rules.further_deaths.get();
    if further <= 0.0 {
        return 1;
    }
    let more = libm::log(size.max(f64::MIN_POSITIVE)) / libm::log(further.min(0.95));
    1 + more.floor().clamp(0.0, 19.0) as u32
}

/// A quarter drawn by how many of its people live that way.
fn party(
    world: &World,
    place: &Community,
    at: f64,
    lives_so: impl Fn(&super::world::Constituency) -> f64,
) -> Option<Quarter> {
    let weigh = |quarter: Quarter| {
        let life = world.quarter(quarter);
        (quarter, life.residents.max(0.0) * lives_so(world.constituency(life.constituency)))
    };
    let weights: Vec<(Quarter, f64)> = place.quarters().map(weigh).collect();
    super::violence::pick(&weights, at)
}

/// The band in the place that is closest to a quarter's people, if it is close enough.
fn band_of(world: &World, place: &Community, quarter: Quarter) -> Option<Side> {
    let closeness = &world.constituency(world.quarter(quarter).constituency).affinity;
    let enough = world.rules.disputes.closeness_to_escalate.get();
    let near = world.all_groups().filter(|group| place.strength(Side::of(*group)) > 0.0);
    near.filter(|group| closeness[group.index()] >= enough)
        .max_by(|a, b| closeness[a.index()].total_cmp(&closeness[b.index()]).then(b.cmp(a)))
        .map(Side::of)
}

fn suffer(world: &mut World, mut planned: Planned) {
    let attacker = planned.aggressor.unwrap_or(Side::NEIGHBOURS);
    // A band of both sides' people does not strike its own.
    let attacker = if planned.aggressor == planned.avenger { Side::NEIGHBOURS } else { attacker };
    let (killed, _) =
        world.strike_civilians(planned.victims, attacker, (planned.deaths, 0), &mut planned.luck);
    let taken_up_by = (attacker != Side::NEIGHBOURS).then_some(attacker);
    let sides = world.sides();
    let weight =
        world.rules.disputes.escalation / world.rules.violence.feedback_time.get().max(1.0);
    let place = &mut world.communities[planned.community.index()];
    if let Some(band) = taken_up_by {
        place.recent_events[pair(sides, band, Target::Civilians)] += weight;
        if let Some(avenger) = planned.avenger {
            place.recent_events[pair(sides, avenger, Target::Armed(band))] += weight;
            place.recent_events[pair(sides, avenger, Target::Civilians)] += weight;
        }
    }
    world.log.disputes.push(Dispute { community: planned.community, killed, taken_up_by });
    if killed > 0 {
        world.log.events.push(Event {
            community: planned.community,
            attacker,
            target: Target::Civilians,
            constituency: Some(world.quarter(planned.victims).constituency),
            soldiers_killed: 0,
            partners_killed: 0,
            attackers_killed: 0,
            defenders_killed: 0,
            civilians_killed: killed,
            civilians_hurt: 0,
            harm_by: attacker,
            reported: planned.reported,
        });
    }
}
