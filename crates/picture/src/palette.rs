//! Colours that can be told apart without seeing them all alike. Series: Okabe and Ito (2008). Amounts:
//! viridis (van der Walt and Smith 2015). Differences: blue over grey to orange, which the three common
//! kinds of colour blindness keep apart.

/// Series that have a colour of their own; more begin anew, with other dashes.
pub const SERIES: usize = 10;

/// Classes into which a scale of colours is cut.
pub const CLASSES: usize = 11;

/// Class of the colour of a series, from 0.
#[must_use]
pub fn series(number: usize) -> String {
    format!("s{}", number % SERIES)
}

/// Class of the dash of a series: the first four differ.
#[must_use]
pub fn dash(number: usize) -> String {
    format!("d{}", number % 4 + 1)
}

/// The class of an amount between 0 and `most`.
#[must_use]
pub fn class_of_amount(value: f64, most: f64) -> usize {
    let share = if most > 0.0 { value / most } else { 0.0 };
    crate::scale::whole((share.clamp(0.0, 1.0) * (CLASSES - 1) as f64).round())
}

/// The class of a difference between −`most` and `most`; the middle one is none.
#[must_use]
pub fn class_of_difference(value: f64, most: f64) -> usize {
    let share = if most > 0.0 { value / most } else { 0.0 };
    class_of_amount(share.clamp(-1.0, 1.0) + 1.0, 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_and_the_middle_of_scales_have_their_classes() {
        assert_eq!(
            [-1.0, 0.0, 5.0, 10.0, 99.0].map(|v| class_of_amount(v, 10.0)),
            [0, 0, 5, 10, 10]
        );
        assert_eq!([-10.0, 0.0, 10.0].map(|v| class_of_difference(v, 10.0)), [0, 5, 10]);
        assert_eq!(class_of_difference(0.0, 0.0), 5);
        for class in 0..CLASSES {
            assert!(crate::CSS.contains(&format!(".v{class}{{")), "v{class}");
            assert!(crate::CSS.contains(&format!(".w{class}{{")), "w{class}");
        }
        assert!((0..SERIES).all(|it| crate::CSS.contains(&format!(".{}{{", series(it)))));
    }
}
