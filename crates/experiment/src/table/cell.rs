//! One value of one row, as it stands in a CSV file.

use serde::Serialize;
use std::borrow::Cow;
use std::fmt;
use toguna_units::{Date, Money, Share, Weeks};

/// What a column holds, named as Frictionless names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A whole number.
    Integer,
    /// A floating-point number.
    Number,
    /// A text.
    #[serde(rename = "string")]
    Text,
    /// A day, written 2020-04-26.
    Date,
    /// `true` or `false`.
    Boolean,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Kind::Integer => "integer",
            Kind::Number => "number",
            Kind::Text => "string",
            Kind::Date => "date",
            Kind::Boolean => "boolean",
        })
    }
}

/// A value; made with `into()` from numbers, text, dates, shares, money and options of these.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'row> {
    /// Wide enough for every `u64` seed and every sum of money.
    Integer(i128),
    /// A number that is not finite is written as missing: no reader agrees on `inf` and `NaN`.
    Number(f64),
    /// Empty text is written as missing: CSV cannot tell the two apart.
    Text(Cow<'row, str>),
    /// A day.
    Date(Date),
    /// True or false.
    Boolean(bool),
    /// Nothing: an empty cell.
    Missing,
}

impl Cell<'_> {
    /// The kind of this value; none when it is missing.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        match self {
            Cell::Integer(_) => Some(Kind::Integer),
            Cell::Number(_) => Some(Kind::Number),
            Cell::Text(_) => Some(Kind::Text),
            Cell::Date(_) => Some(Kind::Date),
            Cell::Boolean(_) => Some(Kind::Boolean),
            Cell::Missing => None,
        }
    }

    /// Whether a column declared as `kind` may hold this value. Whole numbers are numbers too.
    #[must_use]
    pub fn fits(&self, kind: Kind) -> bool {
        self.kind().is_none_or(|own| own == kind || (own, kind) == (Kind::Integer, Kind::Number))
    }
}

/// The text between two commas, before quoting.
impl fmt::Display for Cell<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cell::Integer(integer) => write!(f, "{integer}"),
            Cell::Number(number) => write_number(*number, f),
            Cell::Text(text) => f.write_str(text),
            Cell::Date(date) => write!(f, "{date}"),
            Cell::Boolean(truth) => write!(f, "{truth}"),
            Cell::Missing => Ok(()),
        }
    }
}

/// The fewest digits that read back as the same number, and always a point: readers guess the kind of
/// a column from its first rows, and take one whose first values are whole for a column of whole numbers.
/// With an exponent where plain digits would run to pages. Minus zero is written `0.0`.
fn write_number(number: f64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if !number.is_finite() {
        Ok(())
    } else if number == 0.0 {
        f.write_str("0.0")
    } else if (1e-5..1e16).contains(&number.abs()) {
        write!(f, "{number}")?;
        if number.fract() == 0.0 { f.write_str(".0") } else { Ok(()) }
    } else {
        let text = format!("{number:e}");
        match text.split_once('e') {
            Some((digits, exponent)) if !digits.contains('.') => {
                write!(f, "{digits}.0e{exponent}")
            }
            _ => f.write_str(&text),
        }
    }
}

macro_rules! whole_numbers {
    ($($whole:ty),*) => {$(
        impl From<$whole> for Cell<'_> {
            fn from(whole: $whole) -> Self {
                Cell::Integer(i128::from(whole))
            }
        }
    )*};
}
whole_numbers!(u8, u16, u32, u64, i8, i16, i32, i64);

impl From<usize> for Cell<'_> {
    fn from(count: usize) -> Self {
        Cell::Integer(count as i128)
    }
}

impl From<f64> for Cell<'_> {
    fn from(number: f64) -> Self {
        Cell::Number(number)
    }
}

impl From<Share> for Cell<'_> {
    fn from(share: Share) -> Self {
        Cell::Number(share.get())
    }
}

impl From<Money> for Cell<'_> {
    fn from(money: Money) -> Self {
        Cell::from(money.0)
    }
}

impl From<Weeks> for Cell<'_> {
    fn from(weeks: Weeks) -> Self {
        Cell::from(weeks.0)
    }
}

impl From<Date> for Cell<'_> {
    fn from(date: Date) -> Self {
        Cell::Date(date)
    }
}

impl From<bool> for Cell<'_> {
    fn from(truth: bool) -> Self {
        Cell::Boolean(truth)
    }
}

impl<'row> From<&'row str> for Cell<'row> {
    fn from(text: &'row str) -> Self {
        Cell::Text(Cow::Borrowed(text))
    }
}

impl<'row> From<&'row String> for Cell<'row> {
    fn from(text: &'row String) -> Self {
        Cell::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Cell::Text(Cow::Owned(text))
    }
}

impl<'row, T: Into<Cell<'row>>> From<Option<T>> for Cell<'row> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Missing, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_not_a_number_is_missing() {
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(Cell::from(number).to_string(), "");
        }
    }

    #[test]
    fn numbers_are_written_as_people_would() {
        let written = |number: f64| Cell::from(number).to_string();
        assert_eq!(written(0.1 + 0.2), "0.30000000000000004");
        assert_eq!(written(3.0), "3.0");
        assert_eq!(written(-0.0), "0.0");
        assert_eq!(written(1e300), "1.0e300");
        assert_eq!(written(1.5e300), "1.5e300");
        assert_eq!(written(5e-324), "5.0e-324");
        assert_eq!(Cell::from(u64::MAX).to_string(), "18446744073709551615");
        assert_eq!(Cell::from(i64::MIN).to_string(), "-9223372036854775808");
    }

    #[test]
    fn each_kind_is_written_in_its_own_way_and_absence_as_nothing() {
        assert_eq!(Cell::from(Date::new(2013, 1, 11).unwrap()).to_string(), "2013-01-11");
        assert_eq!(Cell::from(true).to_string(), "true");
        assert_eq!(Cell::from(Share::of(0.25)).to_string(), "0.25");
        assert_eq!(Cell::from(Money(-5)).to_string(), "-5");
        assert_eq!(Cell::from(None::<u32>).to_string(), "");
        assert_eq!(Cell::from(Some("Mopti")).to_string(), "Mopti");
    }

    proptest! {
        #[test]
        fn every_finite_number_reads_back_as_itself(bits: u64) {
            let number = f64::from_bits(bits);
            let text = Cell::from(number).to_string();
            if number.is_finite() {
                prop_assert_eq!(text.parse::<f64>().unwrap(), number);
                prop_assert!(text.contains('.'), "{} has no point", text);
                prop_assert!(text.len() <= 25, "{} is too long", text);
            } else {
                prop_assert_eq!(text, "");
            }
        }
    }
}
