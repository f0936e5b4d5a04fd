//! What is wanted and what was got, each row over an axis of its own.

use crate::forest::{HEIGHT, square};
use crate::scale::Scale;
use crate::svg::Drawing;

/// A wanted value with what is tolerated, and what was got.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// A line; none where only bounds are wanted.
    pub wanted: Option<f64>,
    /// A grey field, open where a bound is missing.
    pub tolerated: (Option<f64>, Option<f64>),
    pub got: f64,
    pub band: Option<(f64, f64)>,
    /// Filled and blue when it passes, hollow and orange when it does not, grey when nobody judges.
    pub passes: Option<bool>,
}

impl Target {
    #[must_use]
    pub fn draw(&self, width: f64) -> Drawing {
        let mut drawing = Drawing::new(width, HEIGHT);
        let band = self.band.map(|(low, high)| [low, high]);
        let ends = [Some(self.got), self.wanted, self.tolerated.0, self.tolerated.1];
        let ends = || ends.into_iter().flatten().chain(band.into_iter().flatten());
        let (low, high) =
            (ends().fold(f64::INFINITY, f64::min), ends().fold(f64::NEG_INFINITY, f64::max));
        let room = if high > low { (high - low) * 0.08 } else { 1.0 };
        let x = Scale { of: (low - room, high + room), to: (5.0, width - 5.0) };
        if self.tolerated != (None, None) {
            let from = self.tolerated.0.map_or(0.0, |low| x.at(low));
            let to = self.tolerated.1.map_or(width, |high| x.at(high));
            drawing.rectangle((from, 2.0), (to - from, HEIGHT - 4.0), "tolerated", "");
        }
        if let Some(wanted) = self.wanted {
            drawing.line((x.at(wanted), 0.0), (x.at(wanted), HEIGHT), "wanted");
        }
        let mark = match self.passes {
            Some(true) => ("fill", 1),
            Some(false) => ("hollow", 2),
            None => ("hollow", 0),
        };
        square(&mut drawing, &x, self.got, self.band, mark);
        drawing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_bound_reaches_the_edge_and_what_fails_is_hollow() {
        let target = |passes| Target {
            wanted: None,
            tolerated: (Some(0.6), None),
            got: 0.5,
            band: Some((0.4, 0.7)),
            passes,
        };
        let body = target(Some(false)).draw(100.0).body;
        assert!(body.contains("class=\"tolerated\"") && body.contains("hollow edge s2"), "{body}");
        assert!(!body.contains("class=\"wanted\"") && !body.contains("NaN"));
        assert!(target(Some(true)).draw(100.0).body.contains("fill edge s1"));
    }

    #[test]
    fn a_single_number_stands_in_the_middle() {
        let alone = Target {
            wanted: Some(2.0),
            tolerated: (None, None),
            got: 2.0,
            band: None,
            passes: None,
        };
        let body = alone.draw(100.0).body;
        assert!(body.contains("x1=\"50\"") && !body.contains("tolerated"), "{body}");
    }
}
