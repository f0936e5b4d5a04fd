//! Areas on top of each other: parts of a whole over time.

use crate::axis::{Written, frame};
use crate::palette::series;
use crate::scale::Tick;
use crate::svg::Drawing;

/// Parts from the lowest up, each with its name and a value at each place.
pub struct Stack<'s> {
    pub places: &'s [f64],
    pub parts: &'s [(String, Vec<f64>)],
    pub ticks: &'s [Tick],
    pub mark: Option<f64>,
    /// The largest sum that the axis must hold, so that several drawings share it.
    pub most: f64,
}

impl Stack<'_> {
    /// The largest sum of the parts at any place.
    #[must_use]
    pub fn highest(parts: &[(String, Vec<f64>)]) -> f64 {
        let places = parts.first().map_or(0, |(_, values)| values.len());
        let sum = |place: usize| parts.iter().filter_map(|(_, it)| it.get(place)).sum::<f64>();
        (0..places).map(sum).fold(0.0, f64::max)
    }

    #[must_use]
    pub fn draw(&self, size: (f64, f64), written: Written<'_>) -> Drawing {
        let x = (
            self.places.first().copied().unwrap_or(0.0),
            self.places.last().copied().unwrap_or(1.0),
        );
        let mut frame = frame(
            size,
            x,
            self.ticks,
            (0.0, if self.most > 0.0 { self.most } else { 1.0 }),
            written,
        );
        // From the highest sum down, each over what was drawn before: a part shows where none covers it.
        let mut sums: Vec<Vec<f64>> = Vec::new();
        for (_, values) in self.parts {
            let below = sums.last();
            let with = |(place, value): (usize, &f64)| value + below.map_or(0.0, |it| it[place]);
            let sum = values.iter().enumerate().map(with).collect();
            sums.push(sum);
        }
        let zero = frame.y.at(0.0);
        let floor = [x.0, x.1].map(|place| (frame.x.at(place), zero));
        for (number, ((name, _), sums)) in self.parts.iter().zip(&sums).enumerate().rev() {
            let points = self.places.iter().zip(sums);
            let top: Vec<(f64, f64)> =
                points.map(|(place, sum)| (frame.x.at(*place), frame.y.at(*sum))).collect();
            frame.drawing.area(&floor, &top, &format!("fill {}", series(number + 1)), name);
        }
        if let Some(mark) = self.mark.filter(|mark| x.0 <= *mark && *mark <= x.1) {
            let at = frame.x.at(mark);
            frame.drawing.line((at, frame.y.to.0), (at, frame.y.to.1), "mark");
        }
        frame.drawing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_lie_on_each_other() {
        let parts = [("a".to_owned(), vec![1.0, 2.0]), ("b".to_owned(), vec![3.0, 1.0])];
        assert_eq!(Stack::highest(&parts), 4.0);
        let stack = Stack { places: &[0.0, 1.0], parts: &parts, ticks: &[], mark: None, most: 4.0 };
        let body = stack.draw((100.0, 100.0), &|it| it.to_string()).body;
        assert_eq!(body.matches("<path").count(), 2);
        // The upper part ends at the top of the axis, where their sum is largest.
        assert!(body.contains("<title>b</title>") && body.contains(" 8l"), "{body}");
    }
}
