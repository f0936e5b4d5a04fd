//! Lines with bands, over one axis of time or of anything else.

use crate::axis::{Written, frame};
use crate::palette::{dash, series};
use crate::scale::Tick;
use crate::svg::Drawing;

/// One line: at each place a value, and the low and high end of its band where there is one; a band of a
/// single place is drawn as a line.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Number of its colour and dash.
    pub series: usize,
    pub points: Vec<Point>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: Option<f64>,
    pub band: Option<(f64, f64)>,
}

/// Several lines, a mark where something begins, and whether nothing must be seen.
pub struct Lines<'l> {
    pub lines: &'l [Line],
    pub x: (f64, f64),
    pub ticks: &'l [Tick],
    pub mark: Option<f64>,
    pub from_zero: bool,
}

impl Lines<'_> {
    #[must_use]
    pub fn draw(&self, size: (f64, f64), written: Written<'_>) -> Drawing {
        let values = self.lines.iter().flat_map(|line| &line.points).flat_map(|point| {
            let band = point.band.map(|(low, high)| [low, high]);
            point.y.into_iter().chain(band.into_iter().flatten())
        });
        let start = if self.from_zero { (0.0, 0.0) } else { (f64::INFINITY, f64::NEG_INFINITY) };
        let (low, high) = values.fold(start, |(low, high), it| (low.min(it), high.max(it)));
        let y = if low.is_finite() { (low, high) } else { (0.0, 1.0) };
        let mut frame = frame(size, self.x, self.ticks, y, written);
        let (x, y) = (frame.x, frame.y);
        for (number, line) in self.lines.iter().enumerate() {
            let bands = line.points.iter().filter_map(|point| Some((x.at(point.x), point.band?)));
            let (low, high): (Vec<_>, Vec<_>) =
                bands.map(|(x, band)| ((x, y.at(band.0)), (x, y.at(band.1)))).unzip();
            if low.len() > 1 {
                let class = format!("band fill {}", series(line.series));
                frame.drawing.area(&low, &high, &class, "");
            } else if let (Some(low), Some(high)) = (low.first(), high.first()) {
                // One after the other, so that none hides the next.
                let beside = |end: &(f64, f64)| (end.0 - 4.0 * number as f64, end.1);
                let class = format!("whisker edge {}", series(line.series));
                frame.drawing.line(beside(low), beside(high), &class);
            }
        }
        if let Some(mark) = self.mark.filter(|mark| self.x.0 <= *mark && *mark <= self.x.1) {
            frame.drawing.line((x.at(mark), y.to.0), (x.at(mark), y.to.1), "mark");
        }
        for line in self.lines {
            let points = line.points.iter().map(|point| Some((x.at(point.x), y.at(point.y?))));
            let class = format!("line edge {} {}", series(line.series), dash(line.series));
            frame.drawing.path(points, &class);
        }
        frame.drawing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(points: Vec<Point>) -> String {
        let lines = [Line { series: 1, points }];
        let lines =
            Lines { lines: &lines, x: (0.0, 2.0), ticks: &[], mark: Some(1.0), from_zero: true };
        lines.draw((320.0, 160.0), &|it| it.to_string()).body
    }

    #[test]
    fn a_line_has_its_band_its_dash_and_the_mark() {
        let point = |x| Point { x, y: Some(x), band: Some((x - 1.0, x + 1.0)) };
        let body = drawn((0..3).map(|x| point(f64::from(x))).collect());
        assert!(
            body.contains("class=\"band fill s1\"") && body.contains("class=\"line edge s1 d2\"")
        );
        assert_eq!(body.matches("class=\"mark\"").count(), 1);
        assert!(!body.contains("NaN") && !body.contains("inf"));
    }

    #[test]
    fn a_band_of_one_place_is_a_line() {
        let point = |x, band| Point { x, y: Some(x), band };
        let body = drawn(vec![point(0.0, None), point(1.0, Some((0.0, 2.0)))]);
        assert!(body.contains("whisker edge s1") && !body.contains("band"), "{body}");
    }

    #[test]
    fn nothing_and_missing_values_draw_a_frame_without_numbers_that_are_none() {
        for points in [Vec::new(), vec![Point { x: 1.0, y: None, band: None }]] {
            let body = drawn(points);
            assert!(!body.contains("NaN") && !body.contains("inf"), "{body}");
        }
    }
}
