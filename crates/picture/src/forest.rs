//! An estimate with its interval, small enough for the row of a table.

use crate::palette::series;
use crate::scale::Scale;
use crate::svg::{Drawing, px};

/// A row of a forest plot; all rows of one share `most`.
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
    pub fn draw(&self, width: f64) -> Drawing {
        let (height, middle) = (18.0, 9.0);
        let mut drawing = Drawing::new(width, height);
        let x = Scale { of: (-self.most, self.most), to: (5.0, width - 5.0) };
        let colour = series(usize::from(self.clear));
        drawing.line((x.at(0.0), 0.0), (x.at(0.0), height), "mark");
        let inside = |value: f64| x.at(value.clamp(-self.most, self.most));
        if let Some((low, high)) = self.interval {
            let class = format!("whisker edge {colour}");
            drawing.line((inside(low), middle), (inside(high), middle), &class);
        }
        let fill = if self.clear { "fill" } else { "hollow" };
        let (x, y) = (px(inside(self.value) - 4.0), px(middle - 4.0));
        drawing.add(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"8\" height=\"8\" class=\"{fill} edge {colour}\"/>"
        ));
        drawing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_clear_is_hollow_and_an_interval_ends_at_the_axis() {
        let row = |clear| Estimate { value: 3.0, interval: Some((-1.0, 900.0)), clear, most: 10.0 };
        let body = row(false).draw(110.0).body;
        assert!(body.contains("hollow") && body.contains("x2=\"105\""), "{body}");
        assert!(!row(true).draw(110.0).body.contains("hollow"));
    }
}
