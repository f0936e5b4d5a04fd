//! How many communities a cercle has, how large they are and where they lie.

use super::apportionment::largest_remainder;
use super::facts::{Cercle, Zone};
use super::outline::Outline;

/// Communes of Mali, as in the law of 1996.
const COMMUNITIES: u64 = 703;
/// Communes of the district of Bamako.
const IN_THE_CAPITAL: u64 = 6;
/// Fewest in a cercle. Assumed.
const FEWEST: u64 = 3;
/// Sizes fall with the rank r in the cercle as r^−0.8. Assumed.
const ZIPF_EXPONENT: f64 = 0.8;
/// In the deserts people live within this distance of the cercle's town, on the river or at wells.
/// Assumed.
const DESERT_RADIUS_KM: f64 = 60.0;
/// Radius of the settled disc as a share of the radius of a disc of the cercle's area, lest points
/// fall far beyond a border that is no circle. Assumed.
const SETTLED_RADIUS: f64 = 0.85;
/// What is left of the way to a point beyond the border, again and again until it lies within. Assumed.
const DRAWN_IN: f64 = 0.9;
/// Length of a degree of latitude on a sphere of 6,371 km radius.
const KM_PER_DEGREE: f64 = 111.195;
/// π(3 − √5): the turn from one sunflower seed to the next (Vogel 1979), which leaves no gaps.
const GOLDEN_ANGLE: f64 = 2.399_963_229_728_653;

/// What a community is to its surroundings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rank {
    Village,
    Town,
    CapitalOfRegion,
    Capital,
}

impl Rank {
    pub fn name(self) -> &'static str {
        match self {
            Self::Village => "village",
            Self::Town => "town",
            Self::CapitalOfRegion => "capital_of_region",
            Self::Capital => "capital",
        }
    }
}

/// A commune-sized place. Synthetic: only its cercle's population and, for a town, its point are
/// facts.
#[derive(Debug, Clone)]
pub struct Community {
    /// Its cercle in lower case and its rank by size: `tenenkou-03`; the town is `tenenkou-01`.
    pub name: String,
    /// Index into the cercles.
    pub cercle: usize,
    /// Degrees, as written: four decimals.
    pub latitude: f64,
    pub longitude: f64,
    pub residents: u64,
    pub rank: Rank,
}

/// All communities, cercle by cercle in the order of the table, the largest of each first.
pub fn split(cercles: &[Cercle], outline: &Outline) -> Vec<Community> {
    let counts = counts(cercles);
    let mut communities = Vec::new();
    for (index, (cercle, count)) in cercles.iter().zip(counts).enumerate() {
        let points = points(cercle, count, outline);
        for (order, (residents, (latitude, longitude))) in
            sizes(cercle.population_2020, count).into_iter().zip(points).enumerate()
        {
            let name = format!("{}-{:02}", cercle.cercle.to_lowercase(), order + 1);
            let rank = rank(cercle, order);
            communities.push(Community {
                name,
                cercle: index,
                latitude,
                longitude,
                residents,
                rank,
            });
        }
    }
    communities
}

fn rank(cercle: &Cercle, order: usize) -> Rank {
    match order {
        _ if cercle.is_capital() => Rank::Capital,
        0 if cercle.holds_regional_capital() => Rank::CapitalOfRegion,
        0 => Rank::Town,
        _ => Rank::Village,
    }
}

/// Communities per cercle: one each first, the rest by largest remainder of population; a cercle
/// that would stay below the fewest gets the fewest and leaves the division, which starts again.
fn counts(cercles: &[Cercle]) -> Vec<u64> {
    let mut fixed: Vec<Option<u64>> =
        cercles.iter().map(|cercle| cercle.is_capital().then_some(IN_THE_CAPITAL)).collect();
    loop {
        let open: Vec<usize> = (0..cercles.len()).filter(|&i| fixed[i].is_none()).collect();
        let populations: Vec<f64> =
            open.iter().map(|&i| cercles[i].population_2020 as f64).collect();
        let taken: u64 = fixed.iter().flatten().sum();
        let rest = COMMUNITIES - taken - open.len() as u64;
        let shares = largest_remainder(rest, &populations);
        let counts: Vec<(usize, u64)> =
            open.into_iter().zip(shares).map(|(i, share)| (i, 1 + share)).collect();
        if counts.iter().all(|&(_, count)| count >= FEWEST) {
            for (i, count) in counts {
                fixed[i] = Some(count);
            }
            return fixed.into_iter().flatten().collect();
        }
        for (i, count) in counts {
            if count < FEWEST {
                fixed[i] = Some(FEWEST);
            }
        }
    }
}

/// Residents of each community, largest first, summing to the cercle's population.
fn sizes(population: u64, count: u64) -> Vec<u64> {
    let weights: Vec<f64> = (1..=count).map(|r| libm::pow(r as f64, -ZIPF_EXPONENT)).collect();
    let mut sizes = largest_remainder(population, &weights);
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    sizes
}

/// Latitude and longitude of each community: the town at its own point, the k-th of the other n on
/// a sunflower spiral, at radius R·√((k − ½)/n) and angle k times the golden angle (Vogel 1979).
/// The spiral turns round the cercle's centroid, in the deserts round its town. What would lie beyond the
/// border is drawn in toward the middle.
fn points(cercle: &Cercle, count: u64, outline: &Outline) -> Vec<(f64, f64)> {
    let town = (cercle.town_latitude, cercle.town_longitude);
    let centroid = (cercle.centroid_latitude, cercle.centroid_longitude);
    let radius = SETTLED_RADIUS * libm::sqrt(cercle.area_km2 / std::f64::consts::PI);
    let (centre, radius) = match cercle.zone() {
        Zone::North => (town, radius.min(DESERT_RADIUS_KM)),
        Zone::Centre | Zone::South => (centroid, radius),
    };
    let others = (count - 1) as f64;
    let mut points = vec![(four_decimals(town.0), four_decimals(town.1))];
    for k in 1..count {
        let angle = k as f64 * GOLDEN_ANGLE;
        let parallel = KM_PER_DEGREE * libm::cos(centre.0.to_radians());
        let at = |km: f64| {
            let latitude = centre.0 + km * libm::sin(angle) / KM_PER_DEGREE;
            let longitude = centre.1 + km * libm::cos(angle) / parallel;
            (four_decimals(latitude), four_decimals(longitude))
        };
        let mut km = radius * libm::sqrt((k as f64 - 0.5) / others);
        while !outline.holds(at(km).0, at(km).1) && km > 1.0 {
            km *= DRAWN_IN;
        }
        points.push(at(km));
    }
    points
}

/// Distances are taken between the points as written, so that a reader of the table can retrace
/// them.
fn four_decimals(degrees: f64) -> f64 {
    libm::round(degrees * 10_000.0) / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::super::outline::Point;
    use super::*;

    fn cercle(name: &str, region: &str, population: u64) -> Cercle {
        Cercle {
            cercle: name.to_owned(),
            region: region.to_owned(),
            population_2020: population,
            area_km2: 10_000.0,
            town_latitude: 14.0,
            town_longitude: -4.0,
            centroid_latitude: 14.2,
            centroid_longitude: -4.1,
        }
    }

    #[test]
    fn the_town_is_the_largest_and_nobody_is_lost() {
        let sizes = sizes(230_301, 9);
        assert_eq!(sizes.iter().sum::<u64>(), 230_301);
        assert!(sizes.windows(2).all(|pair| pair[0] >= pair[1]));
        // Zipf with exponent 0.8: the second is 2^−0.8 = 0.574 of the first.
        assert!((sizes[1] as f64 / sizes[0] as f64 - 0.574).abs() < 0.001);
    }

    #[test]
    fn a_small_cercle_has_three_communities_and_the_capital_six() {
        let cercles = [
            cercle("Bamako", "Bamako", 2_500_000),
            cercle("Tin-Essako", "Kidal", 1_100),
            cercle("Sikasso", "Sikasso", 1_000_000),
            cercle("Mopti", "Mopti", 500_000),
        ];
        let counts = counts(&cercles);
        assert_eq!(counts[..2], [6, 3]);
        assert_eq!(counts.iter().sum::<u64>(), 703);
        // 694 are left, one each first: 692 over populations of 2 to 1.
        assert_eq!(counts[2..], [1 + 461, 1 + 231]);
    }

    /// A border that shuts nobody out.
    fn everywhere() -> Outline {
        let corners = [(-90.0, -90.0), (90.0, -90.0), (90.0, 90.0), (-90.0, 90.0)];
        Outline(corners.map(|(longitude, latitude)| Point { longitude, latitude }).to_vec())
    }

    #[test]
    fn nobody_lives_beyond_the_border() {
        let corners = [(-5.0, 13.0), (-3.9, 13.0), (-3.9, 15.0), (-5.0, 15.0)];
        let outline =
            Outline(corners.map(|(longitude, latitude)| Point { longitude, latitude }).to_vec());
        let cercle = cercle("Mopti", "Mopti", 500_000);
        let (free, drawn_in) = (points(&cercle, 20, &everywhere()), points(&cercle, 20, &outline));
        assert!(free.iter().any(|(latitude, longitude)| !outline.holds(*latitude, *longitude)));
        for (free, drawn_in) in free.iter().zip(&drawn_in) {
            assert!(outline.holds(drawn_in.0, drawn_in.1));
            assert!(free == drawn_in || !outline.holds(free.0, free.1));
        }
    }

    #[test]
    fn a_desert_is_settled_near_its_town_only() {
        let mut desert = cercle("Tombouctou", "Tombouctou", 180_000);
        desert.area_km2 = 331_901.0;
        desert.centroid_latitude = 21.188;
        for (latitude, _) in points(&desert, 20, &everywhere()) {
            assert!((latitude - desert.town_latitude).abs() * KM_PER_DEGREE <= DESERT_RADIUS_KM);
        }
    }

    #[test]
    fn a_seat_of_region_outranks_a_town() {
        assert_eq!(rank(&cercle("Mopti", "Mopti", 1), 0), Rank::CapitalOfRegion);
        assert_eq!(rank(&cercle("Koro", "Mopti", 1), 0), Rank::Town);
        assert_eq!(rank(&cercle("Koro", "Mopti", 1), 1), Rank::Village);
        assert_eq!(rank(&cercle("Bamako", "Bamako", 1), 5), Rank::Capital);
    }
}
