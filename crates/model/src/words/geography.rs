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
    let half_sine = |degrees: f64| libm::sin(degrees.to_radians() / 2.0);
    let (rise, run) = (half_sine(b.0 - a.0), half_sine(b.1 - a.1));
    let cosines = libm::cos(a.0.to_radians()) * libm::cos(b.0.to_radians());
    2.0 * 6_371.0 * libm::asin((rise * rise + cosines * run * run).sqrt().min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_along_a_meridian_is_111_km() {
        let km = great_circle((15.0, -4.0), (16.0, -4.0));
        assert!((km - 111.19).abs() < 0.01, "{km}");
    }
}
