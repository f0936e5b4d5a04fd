//! Herders and farmers fall out, and bands take it up.

use super::effects::{deaths_among_neighbours, disputes_per_week, livelihoods};
use super::state::Dispute;
use crate::violence::effects as violence;
use crate::words::ids::{CommunityId, Side};
use crate::words::purposes;
use crate::words::targets::{Target, pair};
use crate::world::community::Community;
use crate::world::log::Event;
use crate::world::{Constituency, World};
use toguna_engine::layout::Quarter;
use toguna_engine::parallel;
use toguna_engine::streams::Generator;
use toguna_engine::streams::{poisson_quantile, uniform};
use toguna_units::narrow;

/// A dispute decided on but not yet suffered.
struct Planned {
    community: CommunityId,
    victims: Quarter,
    deaths: u32,
    aggressor: Option<Side>,
    avenger: Option<Side>,
    reported: bool,
    /// Draws of this dispute that are still to come.
    draws: Generator,
}

/// Phase: herders and farmers fall out.
pub fn quarrel(world: &mut World) {
    if !world.mechanisms.disputes {
        return;
    }
    let planned = parallel::flat_map(world.communities.len(), |id| {
        decide(world, CommunityId(narrow(id)), &world.communities[id])
    });
    for planned in planned {
        suffer(world, planned);
    }
}

fn decide(world: &World, community: CommunityId, place: &Community) -> Vec<Planned> {
    let rate = disputes_per_week(world, place);
    if rate <= 0.0 {
        return Vec::new();
    }
    let week = u64::from(world.calendar.week);
    let address = u64::from(community.0);
    let u = world.streams.uniform(purposes::DISPUTES, address, week);
    (0..poisson_quantile(u, rate))
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
    let mut draws = world.streams.at(purposes::DISPUTE_COURSE, address, at);
    let mut next = || uniform(&mut draws);
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
        true if armed => violence::deaths_of_size(&world.rules.violence, size, place.residents),
        true => deaths_among_neighbours(rules, size),
    };
    let unheard = violence::unheard(&world.rules.violence, place);
    let reported = report > libm::pow(unheard, 1.0 + f64::from(deaths));
    Some(Planned { community, victims, deaths, aggressor, avenger, reported, draws })
}

/// A quarter drawn by how many of its people live that way.
fn party(
    world: &World,
    place: &Community,
    at: f64,
    lives_so: impl Fn(&Constituency) -> f64,
) -> Option<Quarter> {
    let weigh = |quarter: Quarter| {
        let life = world.quarter(quarter);
        (quarter, life.residents.max(0.0) * lives_so(world.constituency(life.constituency)))
    };
    let weights: Vec<(Quarter, f64)> = place.quarters().map(weigh).collect();
    violence::pick(&weights, at)
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
    let attacker = planned.aggressor.unwrap_or(Side::CIVILIANS);
    // A band of both sides' people does not strike its own.
    let attacker = if planned.aggressor == planned.avenger { Side::CIVILIANS } else { attacker };
    let struck =
        world.strike_civilians(planned.victims, attacker, (planned.deaths, 0), &mut planned.draws);
    let (killed, size) = (struck.killed, planned.deaths.saturating_sub(struck.not_found));
    let taken_up_by = (attacker != Side::CIVILIANS).then_some(attacker);
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
    if size > 0 {
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
            size,
            reported: planned.reported,
        });
    }
}
