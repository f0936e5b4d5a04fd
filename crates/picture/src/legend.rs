//! What colours and dashes stand for.

use crate::palette::{CLASSES, dash, series};
use crate::svg::{Drawing, width_of, wrapped};

/// What a sign of a legend looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Line,
    Area,
}

/// Room that a sign takes before its name, px.
const SIGN: f64 = 27.0;
/// Height of a line, px.
const LINE: f64 = 18.0;

/// Names with the numbers of their series, in as many lines as they need.
#[must_use]
pub fn legend(entries: &[(usize, String)], sign: Sign, width: f64) -> Drawing {
    let mut drawing = Drawing::new(width, LINE);
    let (mut x, mut y) = (0.0, 0.0);
    for (number, name) in entries {
        let lines = wrapped(name, width - SIGN);
        let wide = SIGN + lines.iter().map(|it| width_of(it)).fold(0.0, f64::max);
        if x > 0.0 && x + wide > width {
            (x, y) = (0.0, y + LINE);
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
        for (below, line) in lines.iter().enumerate() {
            drawing.text((x + SIGN, y + 13.0 + LINE * below as f64), "", line);
        }
        y += LINE * lines.len().saturating_sub(1) as f64;
        x += wide + 12.0;
    }
    drawing.height = y + LINE;
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

    #[test]
    fn a_name_wider_than_the_legend_is_cut_into_lines() {
        let entries = [(0, "a name that is much longer than there is room".to_owned())];
        let drawing = legend(&entries, Sign::Area, 160.0);
        assert!(drawing.height > 36.0 && drawing.body.matches("<text").count() > 2, "{drawing:?}");
    }
}
