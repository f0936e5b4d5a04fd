//! Who is next door to whom, and how far the way is.

use std::collections::{BTreeMap, BTreeSet};

use super::communities::Community;
use super::facts::Facts;

/// Each community knows its five nearest. Assumed.
const NEAREST: usize = 5;
/// The way on the ground per kilometre of great circle. Assumed.
const DETOUR: f64 = 1.3;
/// Mean radius of the Earth.
const EARTH_RADIUS_KM: f64 = 6_371.0;

/// A way between two communities, `from` the earlier in the table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Road {
    pub from: usize,
    pub to: usize,
    pub km: f64,
}

/// Joins each community to its five nearest in its own or an adjacent cercle, both ways. Where two
/// adjacent cercles are left without a way between them, their two closest communities are joined:
/// violence was found to spread between cercles that share a border, so every border is crossed.
pub fn join(communities: &[Community], facts: &Facts) -> Vec<Road> {
    let mut pairs = BTreeSet::new();
    let mut crossings: BTreeMap<(usize, usize), (f64, (usize, usize))> = BTreeMap::new();
    for (i, place) in communities.iter().enumerate() {
        let mut others: Vec<(f64, usize)> = communities
            .iter()
            .enumerate()
            .filter(|&(j, other)| j != i && facts.within_reach(place.cercle, other.cercle))
            .map(|(j, other)| (great_circle_km(place, other), j))
            .collect();
        others.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        pairs.extend(others.iter().take(NEAREST).map(|&(_, j)| (i.min(j), i.max(j))));
        for (km, j) in others.into_iter().filter(|&(_, j)| i < j) {
            let border = (place.cercle, communities[j].cercle);
            let closest = crossings.entry(border).or_insert((km, (i, j)));
            if km < closest.0 {
                *closest = (km, (i, j));
            }
        }
    }
    let crossed: BTreeSet<(usize, usize)> =
        pairs.iter().map(|&(a, b)| (communities[a].cercle, communities[b].cercle)).collect();
    let missing = crossings.into_iter().filter(|(border, _)| !crossed.contains(border));
    pairs.extend(missing.map(|(_, (_, pair))| pair));
    pairs
        .into_iter()
        .map(|(from, to)| Road {
            from,
            to,
            km: DETOUR * great_circle_km(&communities[from], &communities[to]),
        })
        .collect()
}

/// Haversine: d = 2R·asin √(sin²(Δφ/2) + cos φ₁·cos φ₂·sin²(Δλ/2)), φ latitude, λ longitude.
fn great_circle_km(a: &Community, b: &Community) -> f64 {
    let (phi_a, phi_b) = (a.latitude.to_radians(), b.latitude.to_radians());
    let across = libm::sin((phi_b - phi_a) / 2.0);
    let along = libm::sin((b.longitude - a.longitude).to_radians() / 2.0);
    let h = across * across + libm::cos(phi_a) * libm::cos(phi_b) * along * along;
    2.0 * EARTH_RADIUS_KM * libm::asin(libm::sqrt(h))
}

#[cfg(test)]
mod tests {
    use super::super::communities::Rank;
    use super::*;

    fn at(latitude: f64, longitude: f64) -> Community {
        Community {
            name: String::new(),
            cercle: 0,
            latitude,
            longitude,
            residents: 1,
            rank: Rank::Village,
        }
    }

    #[test]
    fn a_degree_of_latitude_is_111_km() {
        assert!((great_circle_km(&at(14.0, -4.0), &at(15.0, -4.0)) - 111.195).abs() < 0.001);
    }

    #[test]
    fn bamako_to_gao_is_about_950_km_as_the_crow_flies() {
        let km = great_circle_km(&at(12.639, -8.003), &at(16.272, -0.045));
        assert!((930.0..970.0).contains(&km), "{km}");
    }
}
