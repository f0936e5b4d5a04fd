//! From numbers to places on paper, and ticks at numbers that people like.

use crate::svg::width_of;

/// A straight way from numbers to px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// Least and largest number.
    pub of: (f64, f64),
    /// Where they stand, px.
    pub to: (f64, f64),
}

impl Scale {
    #[must_use]
    pub fn at(&self, value: f64) -> f64 {
        let (low, high) = self.of;
        let share = if high > low { (value - low) / (high - low) } else { 0.5 };
        self.to.0 + share * (self.to.1 - self.to.0)
    }
}

/// A place on an axis and what is written there.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    pub at: f64,
    pub label: String,
}

/// A whole number that is none below 0.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
pub(crate) fn whole(number: f64) -> usize {
    number as usize
}

/// The step of 1, 2 or 5 times a power of ten with which at most `most` steps cover `span`.
#[must_use]
pub fn nice_step(span: f64, most: usize) -> f64 {
    let rough = span / most.max(1) as f64;
    let power = libm::pow(10.0, libm::log10(rough).floor());
    let times =
        [1.0, 2.0, 5.0, 10.0].into_iter().find(|times| times * power >= rough * (1.0 - 1e-9));
    times.unwrap_or(10.0) * power
}

/// Multiples of a nice step that cover the numbers, at most `most` + 2 of them; a single number is given
/// room on both sides.
#[must_use]
pub fn nice(low: f64, high: f64, most: usize) -> Vec<f64> {
    let room = if low.abs() > 0.0 { low.abs() / 2.0 } else { 1.0 };
    let (low, high) = if high > low { (low, high) } else { (low - room, high + room) };
    let step = nice_step(high - low, most);
    let (first, last) = ((low / step + 1e-9).floor(), (high / step - 1e-9).ceil());
    let steps = whole((last - first).round().max(1.0));
    // Written by its digits, so that three steps of 0.1 are 0.3 and not a little more.
    (0..=steps).map(|i| rounded((first + i as f64) * step, step)).collect()
}

fn rounded(value: f64, step: f64) -> f64 {
    let digits = whole(-libm::log10(step).floor());
    format!("{value:.digits$}").parse::<f64>().unwrap_or(value) + 0.0
}

/// Every so many of the ticks that their labels, on one line, stay `gap` px apart; the first is kept.
#[must_use]
pub fn without_collisions(ticks: &[Tick], scale: &Scale, gap: f64) -> Vec<Tick> {
    let collide = |every: usize| {
        let kept: Vec<&Tick> = ticks.iter().step_by(every).collect();
        kept.windows(2).any(|pair| {
            let apart = (scale.at(pair[1].at) - scale.at(pair[0].at)).abs();
            apart < (width_of(&pair[0].label) + width_of(&pair[1].label)) / 2.0 + gap
        })
    };
    let every = (1..=ticks.len().max(1)).find(|every| !collide(*every)).unwrap_or(1);
    ticks.iter().step_by(every).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_nice_numbers_that_cover_the_values() {
        assert_eq!(nice(0.0, 47.0, 4), [0.0, 20.0, 40.0, 60.0]);
        assert_eq!(nice(0.31, 0.64, 4), [0.3, 0.4, 0.5, 0.6, 0.7]);
        assert_eq!(nice(-512.0, 70.0, 4), [-600.0, -400.0, -200.0, 0.0, 200.0]);
        assert_eq!(nice(5.0, 5.0, 4), [2.0, 4.0, 6.0, 8.0]);
        assert_eq!(nice(0.0, 0.0, 2), [-1.0, 0.0, 1.0]);
        for exponent in -12..16 {
            for mantissa in [1.0, 1.7, 3.3, 9.99] {
                let high = mantissa * libm::pow(10.0, f64::from(exponent));
                let ticks = nice(-high / 3.0, high, 4);
                // A value that is a tick but for a billionth of a step is covered by it.
                let near = 1e-9 * high;
                assert!(ticks[0] <= -high / 3.0 + near, "{ticks:?}");
                assert!(ticks[ticks.len() - 1] >= high - near, "{ticks:?}");
                assert!((3..=7).contains(&ticks.len()), "{ticks:?}");
            }
        }
    }

    #[test]
    fn labels_of_ticks_never_run_into_each_other() {
        let years: Vec<Tick> =
            (0..40).map(|i| Tick { at: f64::from(i), label: format!("{}", 2000 + i) }).collect();
        for width in [60.0, 100.0, 250.0, 900.0] {
            let scale = Scale { of: (0.0, 40.0), to: (0.0, width) };
            let kept = without_collisions(&years, &scale, 6.0);
            assert_eq!(kept[0], years[0]);
            for pair in kept.windows(2) {
                let apart = scale.at(pair[1].at) - scale.at(pair[0].at);
                assert!(apart >= width_of("2000") + 6.0, "{width}: {apart}");
            }
        }
    }

    #[test]
    fn a_scale_of_one_number_stands_in_the_middle() {
        assert_eq!(Scale { of: (3.0, 3.0), to: (0.0, 10.0) }.at(3.0), 5.0);
        assert_eq!(Scale { of: (0.0, 4.0), to: (10.0, 0.0) }.at(1.0), 7.5);
    }
}
