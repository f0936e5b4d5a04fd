//! How pacts and accords are measured in a run.

use super::gathered::{CommunityMonth, Gathered};
use super::pact_life::{Exposure, PactLife};
use crate::statistics::{Spell, median_survival, quantile};
use std::collections::BTreeMap;
use toguna_model::words::geography::Zone;

/// Months compared before a pact, and at most after it.
const BEFORE: usize = 6;
const AFTER: usize = 12;
/// Months that a pact next door must have held to be an example.
const HELD: usize = 3;

fn share(part: f64, whole: f64) -> Option<f64> {
    (whole != 0.0).then(|| part / whole)
}

fn exposed(gathered: &Gathered, to: Exposure) -> impl Iterator<Item = &PactLife> {
    gathered.pacts.iter().filter(move |pact| pact.exposure == to)
}

/// Months that pacts were held for each that ended: one by the hazard of ending.
pub fn mean_life(gathered: &Gathered, to: Exposure) -> Option<f64> {
    let held = exposed(gathered, to).map(|pact| pact.months).sum();
    share(held, exposed(gathered, to).filter(|pact| pact.ended).count() as f64)
}

/// Kaplan and Meier's median; where fewer than half ended, ln 2 by the rate of ending.
pub fn median_life(gathered: &Gathered, to: Exposure) -> Option<f64> {
    let spells: Vec<Spell> = exposed(gathered, to)
        .map(|pact| Spell { duration: pact.months, ended: pact.ended })
        .collect();
    let by_rate = || mean_life(gathered, to).map(|months| std::f64::consts::LN_2 * months);
    median_survival(&spells).or_else(by_rate)
}

fn blockades(gathered: &Gathered) -> Vec<f64> {
    let signed = gathered.pacts.iter().filter(|pact| pact.signed_here);
    signed.map(|pact| pact.months_of_blockade).collect()
}

/// Share of pacts signed in the run that followed a blockade.
pub fn after_blockade(gathered: &Gathered) -> Option<f64> {
    let blockades = blockades(gathered);
    share(blockades.iter().filter(|it| **it > 0.0).count() as f64, blockades.len() as f64)
}

/// How long those blockades had lasted, months: their median.
pub fn months_of_blockade(gathered: &Gathered) -> Option<f64> {
    let lasted: Vec<f64> = blockades(gathered).into_iter().filter(|it| *it > 0.0).collect();
    quantile(&lasted, 0.5)
}

/// The months of each community, in order.
fn communities(gathered: &Gathered) -> Vec<Vec<CommunityMonth>> {
    let months = gathered.whole_months();
    let of = |place: usize| months.iter().map(|month| month.communities[place]).collect();
    (0..gathered.zones.len()).map(of).collect()
}

fn events(months: &[CommunityMonth]) -> u32 {
    months.iter().map(|month| u32::from(month.events)).sum()
}

/// Places are comparable whose months before had about as many events.
fn level(events: u32) -> u8 {
    match events {
        0 => 0,
        1..=2 => 1,
        3..=5 => 2,
        _ => 3,
    }
}

/// Change of events a month in places from the months before to the months after, less one, as a factor
/// of the same change in places of the same zone and level without a pact in all of these months.
/// `length` says for how many months from one on a place counts; 0 where it does not.
fn change_against_others(
    gathered: &Gathered,
    communities: &[Vec<CommunityMonth>],
    length: impl Fn(usize, usize) -> usize,
) -> Option<f64> {
    #[derive(Default)]
    struct Alike {
        /// Events a month before and after, summed over places without a pact.
        others: [f64; 2],
        /// The same of each place that counts, and its months after.
        cases: Vec<(f64, f64, f64)>,
    }
    let mut alike: BTreeMap<(Zone, u8, usize), Alike> = BTreeMap::new();
    for (place, months) in communities.iter().enumerate() {
        for at in BEFORE..(months.len() + 1).saturating_sub(AFTER) {
            let (before, after) = (&months[at - BEFORE..at], &months[at..at + AFTER]);
            let was = f64::from(events(before)) / BEFORE as f64;
            let long = length(place, at);
            let free = !before.iter().chain(after).any(|month| month.pact);
            if was == 0.0 || (long == 0 && !free) {
                continue;
            }
            let group = (gathered.zones[place], level(events(before)), at);
            let alike = alike.entry(group).or_default();
            if long > 0 {
                let became = f64::from(events(&after[..long])) / long as f64;
                alike.cases.push((was, became, long as f64));
            } else {
                alike.others[0] += was;
                alike.others[1] += f64::from(events(after)) / AFTER as f64;
            }
        }
    }
    let (mut treated, mut expected) = (0.0, 0.0);
    for Alike { others: [was_there, became_there], cases } in alike.into_values() {
        for (was, became, long) in cases.into_iter().filter(|_| was_there > 0.0) {
            treated += became * long;
            expected += was * long * became_there / was_there;
        }
    }
    share(treated, expected).map(|factor| factor - 1.0)
}

fn begins(months: &[CommunityMonth], at: usize) -> bool {
    months[at].tolerated && !months[at - BEFORE..at].iter().any(|month| month.pact)
}

/// In places under a pact that the state lets be, over the months in which it holds.
pub fn violence_under_pacts(gathered: &Gathered) -> Option<f64> {
    let communities = communities(gathered);
    change_against_others(gathered, &communities, |place, at| {
        let months = &communities[place];
        let held = || months[at..].iter().take(AFTER).take_while(|month| month.tolerated).count();
        if begins(months, at) { held() } else { 0 }
    })
}

/// The same next door to such places, where nothing was signed.
pub fn violence_beside_pacts(gathered: &Gathered) -> Option<f64> {
    let communities = communities(gathered);
    change_against_others(gathered, &communities, |place, at| {
        let months = &communities[place][at - BEFORE..at + AFTER];
        let beside = || gathered.roads[place].iter().any(|other| begins(&communities[*other], at));
        if !months.iter().any(|month| month.pact) && beside() { AFTER } else { 0 }
    })
}

/// How much likelier a troubled place is to sign next to a pact that has held for three months.
pub fn signing_beside_pacts(gathered: &Gathered) -> Option<f64> {
    let communities = communities(gathered);
    let (mut signed, mut months_at_risk) = ([0.0; 2], [0.0; 2]);
    for (place, months) in communities.iter().enumerate() {
        for at in HELD..months.len() {
            let before = months[at - 1];
            let troubled = events(&months[at.saturating_sub(6)..at]) > 0 || before.blockaded;
            if before.pact || !troubled {
                continue;
            }
            let held = |other: &usize| communities[*other][at - HELD..at].iter().all(|it| it.pact);
            let seen = usize::from(gathered.roads[place].iter().any(held));
            months_at_risk[seen] += 1.0;
            signed[seen] += f64::from(u8::from(months[at].pact));
        }
    }
    let rate = |seen: usize| share(signed[seen], months_at_risk[seen]);
    share(rate(1)?, rate(0)?)
}
