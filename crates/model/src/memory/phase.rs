//! Harm is felt, spread and faded; fear and trust follow.
//!
//! Harm by a side to the people of a quarter adds to their stock of harm by it, in victims per 1,000
//! residents. What was newly felt last week spreads this week: to the same constituency in
//! neighbouring places, and thinly to the same constituency everywhere. Stocks halve in about a year.
//! Alarm is the threat of the last weeks with what befell kin one road away:
//!   A ← ⅞ A + ⅛ (felt + 0.3 Σ over roads of what the same people felt last week).

use super::effects::{deserved_trust, warranted_fear};
use crate::world::World;
use smallvec::{SmallVec, smallvec};
use toguna_engine::parallel;

/// Phase: this week's victims are felt, last week's news arrives, everything older fades.
pub fn remember(world: &mut World) {
    let everywhere = felt_everywhere(world);
    let struck: Vec<bool> = parallel::map_each(&world.communities, |place| {
        place.quarters().any(|quarter| world.quarter(quarter).fresh.iter().any(|felt| *felt > 0.0))
    });
    // In order of quarter; most hear nothing.
    let news: Vec<(usize, BySide)> = parallel::filter_map(world.quarters.len(), |quarter| {
        Some((quarter, news_of_kin(world, quarter, &struck)?))
    });
    let rules = &world.rules.memory;
    let keeps = if world.mechanisms.grievance_memory {
        rules.half_life.weekly_survival_of_half_life()
    } else {
        0.0
    };
    let spreads = f64::from(u8::from(world.mechanisms.grievance_spread));
    let (nearby, far) =
        (spreads * rules.spread_nearby.get(), spreads * rules.spread_everywhere.get());
    let alarming = spreads * rules.alarm_along_roads.get();
    let threat_kept = 1.0 - 1.0 / rules.threat_time.get().max(1.0);
    let no_news: BySide = smallvec![0.0; world.sides()];
    parallel::change(&mut world.quarters, |quarter, life| {
        let everywhere = &everywhere[life.constituency.index()];
        let sides = everywhere.len();
        // Slices of one length, so that sides go through the formulas together.
        let heard = news.binary_search_by_key(&quarter, |(where_heard, _)| *where_heard);
        let news = &heard.map_or(&no_news, |place| &news[place].1)[..sides];
        let (threat, alarm) = (&mut life.threat[..sides], &mut life.alarm[..sides]);
        let (fresh, harm) = (&mut life.fresh[..sides], &mut life.harm[..sides]);
        let victims = &mut life.victims[..sides];
        for (side, everywhere) in everywhere.iter().enumerate() {
            let news = news[side];
            let felt = 1_000.0 * victims[side] / life.residents.max(1.0);
            threat[side] = threat[side] * threat_kept + felt * (1.0 - threat_kept);
            alarm[side] =
                alarm[side] * threat_kept + (felt + alarming * news) * (1.0 - threat_kept);
            fresh[side] = felt;
            harm[side] = harm[side] * keeps + felt + nearby * news + far * everywhere;
            victims[side] = 0.0;
        }
    });
    frighten(world);
    trust(world);
}

/// Victims of last week per 1,000 residents, by constituency and side.
fn felt_everywhere(world: &World) -> Vec<Vec<f64>> {
    let constituencies = world.constituencies.len();
    let mut people = vec![0.0; constituencies];
    let mut felt = vec![vec![0.0; world.sides()]; constituencies];
    for life in &world.quarters {
        let constituency = life.constituency.index();
        people[constituency] += life.residents;
        for (felt, fresh) in felt[constituency].iter_mut().zip(&life.fresh) {
            *felt += life.residents * fresh;
        }
    }
    for (felt, people) in felt.iter_mut().zip(people) {
        felt.iter_mut().for_each(|felt| *felt /= f64::max(people, 1.0));
    }
    felt
}

/// One value for each side.
type BySide = SmallVec<[f64; 16]>;

/// What the same people felt last week in the places at the ends of a quarter's roads, added up by side;
/// none where nobody was struck.
fn news_of_kin(world: &World, quarter: usize, struck: &[bool]) -> Option<BySide> {
    let life = &world.quarters[quarter];
    let roads = &world.community(life.community).roads;
    let mut news: Option<BySide> = None;
    for road in roads.iter().filter(|road| struck[road.to.index()]) {
        for next in world.community(road.to).quarters() {
            let next = world.quarter(next);
            if next.constituency == life.constituency {
                let news = news.get_or_insert_with(|| smallvec![0.0; world.sides()]);
                for (news, felt) in news.iter_mut().zip(&next.fresh) {
                    *news += felt;
                }
            }
        }
    }
    news
}

/// Fear follows what happens to everyone in the place, whoever does it.
fn frighten(world: &mut World) {
    let rate = 1.0 / world.rules.memory.fear_time.get().max(1.0);
    let warranted: Vec<f64> =
        parallel::map_each(&world.communities, |place| warranted_fear(world, place));
    for life in &mut world.quarters {
        life.fear += (warranted[life.community.index()] - life.fear) * rate;
    }
}

/// Trust follows what services and conduct deserve.
fn trust(world: &mut World) {
    if !world.mechanisms.trust {
        return;
    }
    let deserved: Vec<f64> =
        parallel::map_each(&world.communities, |place| deserved_trust(world, place));
    let rate = 1.0 / world.rules.memory.trust_time.get().max(1.0);
    for (place, deserved) in world.communities.iter_mut().zip(deserved) {
        place.trust += (deserved - place.trust) * rate;
    }
}
