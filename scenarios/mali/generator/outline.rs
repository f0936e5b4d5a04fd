//! The border of Mali, and what lies within it.

use serde::Deserialize;

/// A point of `outline.csv`, degrees.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Point {
    pub longitude: f64,
    pub latitude: f64,
}

/// A closed line of points.
#[derive(Debug, Clone)]
pub struct Outline(pub Vec<Point>);

impl Outline {
    /// Whether a point lies within: a ray to the east crosses the line an odd number of times.
    pub fn holds(&self, latitude: f64, longitude: f64) -> bool {
        let next = self.0.iter().cycle().skip(1);
        let crossed = self.0.iter().zip(next).filter(|(a, b)| {
            let between = (a.latitude > latitude) != (b.latitude > latitude);
            let along = (latitude - a.latitude) / (b.latitude - a.latitude);
            between && longitude < a.longitude + along * (b.longitude - a.longitude)
        });
        crossed.count() % 2 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_corner_cut_out_of_a_square_is_not_within_it() {
        let corners = [(0.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0), (1.0, 2.0), (0.0, 2.0)];
        let outline =
            Outline(corners.map(|(longitude, latitude)| Point { longitude, latitude }).to_vec());
        assert!(outline.holds(0.5, 0.5) && outline.holds(0.5, 1.9) && outline.holds(1.9, 0.5));
        assert!(!outline.holds(1.5, 1.5) && !outline.holds(0.5, -0.1) && !outline.holds(2.1, 0.5));
    }
}
