//! Zones, ranks of places, and distances.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Part of the country, as reports speak of it.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Zone {
    North,
    Centre,
    South,
}

impl Zone {
    /// Every zone, in order.
    pub const ALL: [Zone; 3] = [Zone::North, Zone::Centre, Zone::South];

    /// As scenarios and tables write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Zone::North => "north",
            Zone::Centre => "centre",
            Zone::South => "south",
        }
    }
}

/// How a place ranks in the state's own geography.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Rank {
    Village,
    Town,
    CapitalOfRegion,
    Capital,
}

/// Distance on a sphere of 6,371 km radius by the haversine formula; points in degrees.
#[must_use]
pub fn great_circle(a: (f64, f64), b: (f64, f64)) -> f64 {
    haversine(a, b, cosine(a) * cosine(b))
}

/// Cosine of a point's latitude.
fn cosine((latitude, _): (f64, f64)) -> f64 {
    libm::cos(latitude.to_radians())
}

fn haversine(a: (f64, f64), b: (f64, f64), cosines: f64) -> f64 {
    let half_sine = |degrees: f64| libm::sin(degrees.to_radians() / 2.0);
    let (rise, run) = (half_sine(b.0 - a.0), half_sine(b.1 - a.1));
    2.0 * 6_371.0 * libm::asin((rise * rise + cosines * run * run).sqrt().min(1.0))
}

/// Shortest way between two degrees of latitude, km; a little less, for safety.
const KM_OF_A_DEGREE: f64 = 111.0;

/// Each two points, by place in the list, that are no farther than so many km from each other, and how far.
pub fn pairs_within(
    points: &[(f64, f64)],
    farthest: f64,
) -> impl Iterator<Item = (usize, usize, f64)> {
    let cosines: Vec<f64> = points.iter().copied().map(cosine).collect();
    let pairs = (0..points.len()).flat_map(move |a| (a + 1..points.len()).map(move |b| (a, b)));
    let near = pairs
        .filter(move |(a, b)| (points[*a].0 - points[*b].0).abs() * KM_OF_A_DEGREE <= farthest);
    let measured =
        near.map(move |(a, b)| (a, b, haversine(points[a], points[b], cosines[a] * cosines[b])));
    measured.filter(move |(.., km)| *km <= farthest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_along_a_meridian_is_111_km() {
        let km = great_circle((15.0, -4.0), (16.0, -4.0));
        assert!((km - 111.19).abs() < 0.01, "{km}");
    }

    #[test]
    fn pairs_are_those_that_are_near_each_as_far_as_it_is() {
        let points = [(15.0, -4.0), (16.0, -4.0), (15.2, -4.1), (20.0, 0.0)];
        let pairs: Vec<_> = pairs_within(&points, 120.0).collect();
        let known: Vec<_> = [(0, 1), (0, 2), (1, 2)]
            .map(|(a, b)| (a, b, great_circle(points[b], points[a])))
            .into();
        assert_eq!(pairs, known);
    }
}
