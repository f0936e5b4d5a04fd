//! What colours and dashes stand for.

use crate::palette::{CLASSES, dash, series};
use crate::svg::{Drawing, width_of};

/// What a sign of a legend looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Line,
    Area,
}

/// Names with the numbers of their series, in as many lines as they need.
#[must_use]
pub fn legend(entries: &[(usize, String)], sign: Sign, width: f64) -> Drawing {
    let mut drawing = Drawing::new(width, 18.0);
    let (mut x, mut y) = (0.0, 0.0);
    for (number, name) in entries {
        let wide = 28.0 + width_of(name) + 12.0;
        if x > 0.0 && x + wide > width {
            (x, y) = (0.0, y + 18.0);
        }
        match sign {
            Sign::Line => {
                let class = format!("line edge {} {}", series(*number), dash(*number));
                drawing.line((x, y + 9.0), (x + 22.0, y + 9.0), &class);
            }
            Sign::Area => {
                let class = format!("fill {}", series(*number));
                drawing.rectangle((x + 6.0, y + 3.0), (14.0, 12.0), &class, "");
            }
        }
        drawing.text((x + 27.0, y + 13.0), "", name);
        x += wide;
    }
    drawing.height = y + 18.0;
    drawing
}

/// The classes of a scale of colours with what its ends stand for; `letter` is v (amounts) or w
/// (differences).
#[must_use]
pub fn scale_legend(letter: char, ends: (&str, &str), width: f64) -> Drawing {
    let mut drawing = Drawing::new(width, 30.0);
    let wide = width.min(240.0) / CLASSES as f64;
    for class in 0..CLASSES {
        let at = (class as f64 * wide, 2.0);
        drawing.rectangle(at, (wide, 10.0), &format!("{letter}{class}"), "");
    }
    drawing.text((0.0, 25.0), "soft", ends.0);
    drawing.text((CLASSES as f64 * wide, 25.0), "soft end", ends.1);
    drawing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_legend_goes_on_in_the_next_line_where_it_has_no_room() {
        let entries: Vec<_> = (0..4).map(|i| (i, "a rather long name".to_owned())).collect();
        assert_eq!(legend(&entries, Sign::Line, 2000.0).height, 18.0);
        assert_eq!(legend(&entries, Sign::Area, 200.0).height, 72.0);
    }
}
