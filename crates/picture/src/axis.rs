//! The frame that drawings over an axis share: labels stand beside the drawing, never in it.

use crate::scale::{Scale, Tick, nice, without_collisions};
use crate::svg::{Drawing, width_of};

/// Numbers written for people.
pub type Written<'w> = &'w dyn Fn(f64) -> String;

/// A drawing with two axes, and its scales.
pub struct Frame {
    pub drawing: Drawing,
    pub x: Scale,
    pub y: Scale,
}

/// Room below for the labels of the horizontal axis, px.
const BELOW: f64 = 20.0;

/// Draws grid and labels. `x` is the range of the horizontal axis, `y` the numbers that the vertical one
/// must hold.
#[must_use]
pub fn frame(
    (width, height): (f64, f64),
    x: (f64, f64),
    ticks: &[Tick],
    y: (f64, f64),
    written: Written<'_>,
) -> Frame {
    let levels = nice(y.0, y.1, 4);
    let labels: Vec<String> = levels.iter().map(|level| written(*level)).collect();
    let left = labels.iter().map(|label| width_of(label)).fold(0.0, f64::max) + 8.0;
    let mut drawing = Drawing::new(width, height);
    let (low, high) = (levels[0], levels[levels.len() - 1]);
    let y = Scale { of: (low, high), to: (height - BELOW, 8.0) };
    let x = Scale { of: x, to: (left, width - 6.0) };
    for (level, label) in levels.iter().zip(&labels) {
        let at = y.at(*level);
        let class = if *level == 0.0 { "zero" } else { "grid" };
        drawing.line((left, at), (width - 6.0, at), class);
        drawing.text((left - 5.0, at + 4.0), "soft end", label);
    }
    for tick in without_collisions(ticks, &x, 8.0) {
        let at = x.at(tick.at);
        let half = width_of(&tick.label) / 2.0;
        drawing.line((at, height - BELOW), (at, height - BELOW + 4.0), "grid");
        let inside = at.clamp(half, (width - half).max(half));
        drawing.text((inside, height - 4.0), "soft mid", &tick.label);
    }
    Frame { drawing, x, y }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_the_vertical_axis_stand_left_of_the_drawing() {
        let frame =
            frame((320.0, 160.0), (0.0, 10.0), &[], (0.0, 1_250_000.0), &|it| format!("{it:.0}"));
        assert!(frame.x.at(0.0) >= width_of("1500000"));
        assert_eq!(frame.y.of, (0.0, 1_500_000.0));
    }
}
