//! Which constituencies live in a community, and in what shares.

use super::apportionment::largest_remainder;
use super::communities::{Community, Rank};
use super::facts::Facts;

/// The constituency of those who live from trade, wages and office.
const TOWN_PEOPLE: &str = "town_people";
/// Most constituencies in one community: each adds four cells to the model.
const MOST: usize = 4;
/// Smaller shares are left out and divided over the others.
const SMALLEST_SHARE: f64 = 0.02;

/// A constituency's share of a community's residents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constituent {
    /// Index into the communities.
    pub community: usize,
    pub constituency: String,
    /// Share in units of 0.0001; a community's sum to exactly 10,000.
    pub ten_thousandths: u64,
}

/// Residents who live from the town itself, by rank of the place; the others are as rural as the
/// cercle. Assumed.
fn urban_share(rank: Rank) -> f64 {
    match rank {
        Rank::Village => 0.0,
        Rank::Town => 0.5,
        Rank::CapitalOfRegion => 0.75,
        Rank::Capital => 0.95,
    }
}

/// The constituents of every community, the largest first.
pub fn settle(communities: &[Community], facts: &Facts) -> Vec<Constituent> {
    let mut constituents = Vec::new();
    for (community, place) in communities.iter().enumerate() {
        let shares = mix(&facts.livelihoods[place.cercle], urban_share(place.rank));
        constituents.extend(shares.into_iter().map(|(constituency, ten_thousandths)| {
            Constituent { community, constituency, ten_thousandths }
        }));
    }
    constituents
}

/// The rural livelihoods with an urban share added, thinned to the largest and brought to 10,000.
fn mix(rural: &[(String, f64)], urban: f64) -> Vec<(String, u64)> {
    let mut shares: Vec<(String, f64)> =
        rural.iter().map(|(name, share)| (name.clone(), share * (1.0 - urban))).collect();
    if urban > 0.0 {
        match shares.iter_mut().find(|(name, _)| name == TOWN_PEOPLE) {
            Some((_, share)) => *share += urban,
            None => shares.push((TOWN_PEOPLE.to_owned(), urban)),
        }
    }
    // A stable sort: equal shares keep the order of the table.
    shares.sort_by(|a, b| b.1.total_cmp(&a.1));
    shares.retain(|&(_, share)| share >= SMALLEST_SHARE);
    shares.truncate(MOST);
    let weights: Vec<f64> = shares.iter().map(|&(_, share)| share).collect();
    let parts = largest_remainder(10_000, &weights);
    shares.into_iter().map(|(name, _)| name).zip(parts).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rural(shares: &[(&str, f64)]) -> Vec<(String, f64)> {
        shares.iter().map(|&(name, share)| (name.to_owned(), share)).collect()
    }

    #[test]
    fn a_village_is_as_rural_as_its_cercle() {
        let mixed = mix(&rural(&[("fishers", 0.25), ("delta_herders", 0.75)]), 0.0);
        assert_eq!(mixed, [("delta_herders".to_owned(), 7_500), ("fishers".to_owned(), 2_500)]);
    }

    #[test]
    fn a_town_adds_its_people_to_those_the_countryside_already_has() {
        let mixed = mix(&rural(&[("southern_farmers", 0.6), ("town_people", 0.4)]), 0.5);
        assert_eq!(
            mixed,
            [("town_people".to_owned(), 7_000), ("southern_farmers".to_owned(), 3_000)]
        );
    }

    #[test]
    fn a_fifth_constituency_is_left_out_and_the_shares_still_sum() {
        let mixed = mix(&rural(&[("a", 0.4), ("b", 0.3), ("c", 0.2), ("d", 0.1)]), 0.5);
        assert_eq!(mixed.len(), 4);
        assert!(mixed.iter().all(|(name, _)| name != "d"));
        assert_eq!(mixed.iter().map(|&(_, part)| part).sum::<u64>(), 10_000);
    }
}
