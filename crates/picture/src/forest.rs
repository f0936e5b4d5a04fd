//! An estimate with its interval, small enough for the row of a table.

use crate::palette::series;
use crate::scale::Scale;
use crate::svg::{Drawing, px, width_of};

/// Height of a row's drawing, px.
pub(crate) const HEIGHT: f64 = 18.0;

/// A row of a forest plot; all rows of one share `most`.
#[derive(Clone, Copy, Debug)]
pub struct Estimate {
    pub value: f64,
    pub interval: Option<(f64, f64)>,
    /// Drawn filled and in colour when the interval says something, hollow and grey when it does not.
    pub clear: bool,
    /// The axis reaches so far on both sides of nothing.
    pub most: f64,
}

impl Estimate {
    #[must_use]
    /// What lies beyond the axis has an arrow head at its edge, and `beyond` written beside that.
    pub fn draw(&self, width: f64, beyond: &str) -> Drawing {
        let mut drawing = Drawing::new(width, HEIGHT);
        let x = Scale { of: (-self.most, self.most), to: (5.0, width - 5.0) };
        drawing.line((x.at(0.0), 0.0), (x.at(0.0), HEIGHT), "mark");
        let fill = if self.clear { "fill" } else { "hollow" };
        square(&mut drawing, &x, self.value, self.interval, (fill, usize::from(self.clear)));
        if self.value.abs() > self.most {
            let (right, wide) = (self.value > 0.0, width_of(beyond));
            let left = if right { width - 14.0 - wide } else { 14.0 };
            drawing.rectangle((left, 2.0), (wide, HEIGHT - 4.0), "hollow", "");
            drawing.text((left + wide / 2.0, HEIGHT / 2.0 + 4.0), "soft mid", beyond);
        }
        drawing
    }
}

/// Dates of something that happened in many runs, all rows of one over the same axis.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    pub of: (f64, f64),
    pub first: f64,
    pub middle: f64,
    pub last: f64,
    /// Number of its colour.
    pub series: usize,
}

impl Moment {
    #[must_use]
    pub fn draw(&self, width: f64) -> Drawing {
        let mut drawing = Drawing::new(width, HEIGHT);
        let x = Scale { of: self.of, to: (5.0, width - 5.0) };
        drawing.line((5.0, HEIGHT / 2.0), (width - 5.0, HEIGHT / 2.0), "grid");
        square(&mut drawing, &x, self.middle, Some((self.first, self.last)), ("fill", self.series));
        drawing
    }
}

/// A square with a whisker, filled or hollow, of a series' colour. Both are held within the scale: of what
/// goes on beyond it an arrow head tells.
pub(crate) fn square(
    drawing: &mut Drawing,
    x: &Scale,
    value: f64,
    interval: Option<(f64, f64)>,
    (fill, number): (&str, usize),
) {
    let (colour, middle) = (series(number), HEIGHT / 2.0);
    let inside = |value: f64| x.at(value.clamp(x.of.0, x.of.1));
    let head = |out: f64| {
        let edge = x.at(if out < 0.0 { x.of.0 } else { x.of.1 });
        [(-6.0, -4.0), (0.0, 0.0), (-6.0, 4.0)]
            .map(|(back, up)| Some((edge + out * back, middle + up)))
    };
    let side = |value: f64| match value {
        value if value < x.of.0 => Some(-1.0),
        value if value > x.of.1 => Some(1.0),
        _ => None,
    };
    if let Some((low, high)) = interval {
        let class = format!("whisker edge {colour}");
        drawing.line((inside(low), middle), (inside(high), middle), &class);
        for out in [low, high].into_iter().filter_map(side) {
            drawing.path(head(out), &format!("line edge {colour}"));
        }
    }
    if let Some(out) = side(value) {
        drawing.path(head(out), &format!("{fill} edge {colour}"));
        return;
    }
    let (x, y) = (px(inside(value) - 4.0), px(middle - 4.0));
    drawing.add(format_args!(
        "<rect x=\"{x}\" y=\"{y}\" width=\"8\" height=\"8\" class=\"{fill} edge {colour}\"/>"
    ));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_clear_is_hollow_and_an_interval_ends_at_the_axis() {
        let row = |clear| Estimate { value: 3.0, interval: Some((-1.0, 900.0)), clear, most: 10.0 };
        let body = row(false).draw(110.0, "").body;
        assert!(body.contains("hollow") && body.contains("x2=\"105\""), "{body}");
        assert!(!row(true).draw(110.0, "").body.contains("hollow"));
        assert_eq!(body.matches("<path").count(), 1, "the interval goes on");
    }

    #[test]
    fn what_lies_beyond_the_axis_is_an_arrow_with_its_number() {
        for (value, point) in [(40.0, "M99 5l6 4l-6 4"), (-40.0, "M11 5l-6 4l6 4")] {
            let row = Estimate { value, interval: None, clear: true, most: 10.0 };
            let body = row.draw(110.0, "40 %").body;
            assert!(body.contains(point) && body.contains(">40 %<"), "{body}");
            assert!(!body.contains("width=\"8\""), "no square: {body}");
        }
    }

    #[test]
    fn a_moment_lies_between_the_ends_of_its_axis() {
        let moment = Moment { of: (2.0, 4.0), first: 2.0, middle: 3.0, last: 4.0, series: 1 };
        let body = moment.draw(110.0).body;
        assert!(body.contains("x1=\"5\" y1=\"9\" x2=\"105\""), "{body}");
        assert!(body.contains("<rect x=\"51\""), "{body}");
    }
}
