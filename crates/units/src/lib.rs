//! Quantities whose mix-up would pass unnoticed: shares, durations, dates, money.
//! Each is checked once, where it enters; formulas then take a plain `f64` from it.
#![deny(missing_docs)]

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// Persons, counted in 1,048,576ths and rounded down: such counts add up and cancel without a rest, so
/// that a place all have left holds exactly nobody.
#[inline]
#[must_use]
pub fn countable(persons: f64) -> f64 {
    const PARTS: f64 = 1_048_576.0;
    (persons * PARTS).floor() / PARTS
}

/// A whole number in a smaller type. Readers refuse what is too large for the types of the model (places,
/// commands, adults, weeks), so a number that does not fit is a defect of the program.
#[inline]
#[must_use]
pub fn narrow<Wide, Narrow: TryFrom<Wide>>(number: Wide) -> Narrow {
    #[cold]
    fn does_not_fit() -> ! {
        panic!("a reader has let a number pass that is too large for its type")
    }
    Narrow::try_from(number).unwrap_or_else(|_| does_not_fit())
}

/// The whole part of a number of people, places or weeks: none where it is negative or no number, and no
/// more than fit.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
#[inline]
#[must_use]
pub fn whole_part(number: f64) -> u32 {
    number as u32
}

/// The same of a number that may be negative.
#[expect(clippy::cast_possible_truncation, reason = "saturates")]
#[inline]
#[must_use]
pub fn signed_whole_part(number: f64) -> i64 {
    number as i64
}

/// A part of a whole, 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Share(f64);

impl Share {
    /// 0.
    pub const NONE: Share = Share(0.0);
    /// 1.
    pub const ALL: Share = Share(1.0);

    /// # Errors
    /// When `value` is not a number from 0 to 1.
    pub fn new(value: f64) -> Result<Self, String> {
        if (0.0..=1.0).contains(&value) {
            Ok(Share(value))
        } else {
            Err(format!("a share lies between 0 and 1, not {value}"))
        }
    }

    /// For values written in this program, where a wrong one is a defect of the program.
    #[must_use]
    pub const fn of(value: f64) -> Self {
        assert!(value >= 0.0 && value <= 1.0, "a share lies between 0 and 1");
        Share(value)
    }

    /// The part, 0 to 1.
    #[inline]
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl TryFrom<f64> for Share {
    type Error = String;
    fn try_from(value: f64) -> Result<Self, String> {
        Share::new(value)
    }
}

impl From<Share> for f64 {
    fn from(share: Share) -> f64 {
        share.0
    }
}

impl JsonSchema for Share {
    fn schema_name() -> Cow<'static, str> {
        "Share".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number", "minimum": 0.0, "maximum": 1.0 })
    }
}

/// A duration in whole weeks, written `"26 weeks"`, `"6 months"` or `"2 years"`.
/// A month counts 365.25/12 days and a year 365.25, rounded to the nearest week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Weeks(pub u32);

impl Weeks {
    /// What a duration looks like, as a regular expression for editors.
    pub const PATTERN: &'static str = r"^\d+(\.\d+)? (weeks?|months?|years?)$";

    /// Whole weeks.
    #[inline]
    #[must_use]
    pub fn get(self) -> f64 {
        f64::from(self.0)
    }

    /// The share of a stock that remains after one week when half remains after this long.
    #[inline]
    #[must_use]
    pub fn weekly_survival_of_half_life(self) -> f64 {
        libm::pow(0.5, 1.0 / self.get().max(1.0))
    }
}

impl FromStr for Weeks {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        const WEEKS_PER_YEAR: f64 = 365.25 / 7.0;
        let wrong =
            || format!("expected a duration such as \"26 weeks\" or \"2 years\", not {text:?}");
        let (number, unit) = text.trim().split_once(' ').ok_or_else(wrong)?;
        let number: f64 = number.parse().map_err(|_| wrong())?;
        let weeks_per_unit = match unit.trim() {
            "week" | "weeks" => 1.0,
            "month" | "months" => 365.25 / 12.0 / 7.0,
            "year" | "years" => WEEKS_PER_YEAR,
            _ => return Err(wrong()),
        };
        let weeks = (number * weeks_per_unit).round();
        if !(0.0..=(1_000.0 * WEEKS_PER_YEAR).round()).contains(&weeks) {
            return Err(format!("a duration lies between 0 weeks and 1,000 years, not {text:?}"));
        }
        Ok(Weeks(whole_part(weeks)))
    }
}

impl TryFrom<String> for Weeks {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Weeks> for String {
    fn from(weeks: Weeks) -> String {
        weeks.to_string()
    }
}

impl fmt::Display for Weeks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} week{}", self.0, if self.0 == 1 { "" } else { "s" })
    }
}

impl JsonSchema for Weeks {
    fn schema_name() -> Cow<'static, str> {
        "Weeks".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": Weeks::PATTERN })
    }
}

/// A calendar day, written `"2013-01-11"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date(jiff::civil::Date);

impl Date {
    /// # Errors
    /// When there is no such day.
    pub fn new(year: i16, month: i8, day: i8) -> Result<Self, String> {
        jiff::civil::Date::new(year, month, day).map(Date).map_err(|error| error.to_string())
    }

    /// The day so many weeks later.
    #[must_use]
    pub fn plus_weeks(self, weeks: u32) -> Self {
        Date(self.0.saturating_add(jiff::Span::new().weeks(i64::from(weeks))))
    }

    /// So many days later, or earlier where there are fewer than none.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Date(self.0.saturating_add(jiff::Span::new().days(days)))
    }

    /// Whole days from `self` to `later`; negative when `later` is earlier.
    #[must_use]
    pub fn days_until(self, later: Date) -> i64 {
        let since = self.0.until(later.0).map(|span| i64::from(span.get_days()));
        since.expect("a span between two civil dates, counted in days, cannot overflow")
    }

    /// The year, as it is written.
    #[must_use]
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, from 1.
    #[must_use]
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// Day of the year, 1 to 366.
    #[must_use]
    pub fn day_of_year(self) -> i16 {
        self.0.day_of_year()
    }
}

impl FromStr for Date {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let parsed = plain.then(|| text.parse().ok()).flatten();
        parsed
            .map(Date)
            .ok_or_else(|| format!("expected a date such as \"2013-01-11\", not {text:?}"))
    }
}

impl TryFrom<String> for Date {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Date> for String {
    fn from(date: Date) -> String {
        date.to_string()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl JsonSchema for Date {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

/// Whole CFA francs. Sums are exact: money balances to the franc or a defect is found.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
#[schemars(inline)]
pub struct Money(pub i64);

impl Money {
    /// No money.
    pub const ZERO: Money = Money(0);
    /// The most that can be counted to the franc, here and by readers of tables: 2⁵³.
    pub const MOST: Money = Money(1 << 53);

    /// The nearest whole franc below or at `francs`, as far as francs can be counted.
    #[must_use]
    pub fn of(francs: f64) -> Money {
        Money(signed_whole_part(francs.floor()).clamp(-Money::MOST.0, Money::MOST.0))
    }

    /// The nearest whole franc below or at `share` of this.
    #[must_use]
    pub fn part(self, share: f64) -> Money {
        Money::of(self.0 as f64 * share)
    }
}

impl std::ops::Add for Money {
    type Output = Money;
    fn add(self, other: Money) -> Money {
        Money(self.0 + other.0)
    }
}

impl std::ops::Sub for Money {
    type Output = Money;
    fn sub(self, other: Money) -> Money {
        Money(self.0 - other.0)
    }
}

impl std::iter::Sum for Money {
    fn sum<Terms: Iterator<Item = Money>>(terms: Terms) -> Money {
        terms.fold(Money::ZERO, |sum, term| sum + term)
    }
}

impl std::ops::AddAssign for Money {
    fn add_assign(&mut self, other: Money) {
        self.0 += other.0;
    }
}

impl std::ops::SubAssign for Money {
    fn sub_assign(&mut self, other: Money) {
        self.0 -= other.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_beyond_one_or_not_a_number_is_refused() {
        assert!(Share::new(1.01).is_err());
        assert!(Share::new(-0.01).is_err());
        assert!(Share::new(f64::NAN).is_err());
        assert_eq!(Share::new(0.5).unwrap().get(), 0.5);
    }

    #[test]
    fn durations_are_read_as_people_write_them() {
        assert_eq!("26 weeks".parse::<Weeks>().unwrap(), Weeks(26));
        assert_eq!("1 week".parse::<Weeks>().unwrap().to_string(), "1 week");
        assert_eq!("6 months".parse::<Weeks>().unwrap(), Weeks(26));
        assert_eq!("2 years".parse::<Weeks>().unwrap(), Weeks(104));
        assert_eq!("1000 years".parse::<Weeks>().unwrap(), Weeks(52_179));
        assert!("1000.1 years".parse::<Weeks>().is_err());
        assert!("soon".parse::<Weeks>().is_err());
        assert!("3 fortnights".parse::<Weeks>().is_err());
    }

    #[test]
    fn half_of_a_stock_is_left_after_its_half_life() {
        let weekly = Weeks(52).weekly_survival_of_half_life();
        assert!((libm::pow(weekly, 52.0) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn dates_count_days_and_weeks() {
        let start: Date = "2012-01-01".parse().unwrap();
        assert_eq!(start.plus_weeks(1).to_string(), "2012-01-08");
        assert_eq!(start.days_until("2013-01-01".parse().unwrap()), 366);
        assert!("2012-02-30".parse::<Date>().is_err());
        assert!("2012-1-1".parse::<Date>().is_err());
    }
}
