//! Numbers as people write them: 54 %, 16,000 bn francs, 1.25 m.

use crate::words::Language;
use toguna_model::outcomes::{Outcome, OverARun};

/// Numbers in one language.
#[derive(Clone, Copy)]
pub struct Numbers(pub Language);

impl Numbers {
    /// Three digits that count, thousands apart, millions from a million on.
    #[must_use]
    pub fn plain(self, value: f64) -> String {
        let size = value.abs();
        let (value, decimals, ending) = match size {
            _ if size >= 1e6 => (value / 1e6, if size >= 1e8 { 0 } else { 2 }, " m"),
            _ if size >= 100.0 => (value, 0, ""),
            _ if size >= 10.0 => (value, 1, ""),
            _ if size >= 1.0 => (value, 2, ""),
            _ => (value, 3, ""),
        };
        self.digits(value, decimals) + ending
    }

    /// `0.5 … 0.9`, `≥ 0.5` where there is no upper end; empty of nothing.
    #[must_use]
    pub fn range(self, low: Option<f64>, high: Option<f64>) -> String {
        match (low.map(|it| self.plain(it)), high.map(|it| self.plain(it))) {
            (Some(low), Some(high)) => format!("{low} … {high}"),
            (Some(low), None) => format!("≥ {low}"),
            (None, Some(high)) => format!("≤ {high}"),
            (None, None) => String::new(),
        }
    }

    /// A number with its sign.
    #[must_use]
    pub fn signed(self, value: f64) -> String {
        let text = self.plain(value);
        if value > 0.0 && text != "0" { format!("+{text}") } else { text }
    }

    /// Of an outcome as people say it, without its unit unless that is per cent.
    #[must_use]
    pub fn of(self, outcome: &Outcome, value: f64) -> String {
        let (value, unit) = outcome.for_people(value);
        if unit == "%" {
            self.digits(value, usize::from(value.abs() < 10.0)) + " %"
        } else {
            self.plain(value)
        }
    }

    /// A difference of an outcome, signed, without its unit.
    #[must_use]
    pub fn difference(self, outcome: &Outcome, value: f64) -> String {
        let text = self.size_of_difference(outcome, value);
        let text = if value < 0.0 && text != "0" { format!("−{text}") } else { text };
        if value > 0.0 && text != "0" { format!("+{text}") } else { text }
    }

    /// The same without a sign. Percentage points have the digits of per cent: one, but as many as it takes
    /// where that would be nothing.
    #[must_use]
    pub fn size_of_difference(self, outcome: &Outcome, value: f64) -> String {
        let (size, unit) = outcome.for_people(value.abs());
        if unit == "%" { self.tenths(size) } else { self.plain(size) }
    }

    /// One digit after the point; of less than a tenth two, or three.
    #[must_use]
    pub fn tenths(self, value: f64) -> String {
        let decimals = match value.abs() {
            size if size >= 0.095 => 1,
            size if size >= 0.0095 => 2,
            _ => 3,
        };
        self.digits(value, decimals)
    }

    /// The unit at any time.
    #[must_use]
    pub fn unit_at_a_time(self, outcome: &Outcome) -> String {
        self.0.unit(outcome.for_people(0.0).1)
    }

    /// The unit of a whole run, which says where it is of the last day alone.
    #[must_use]
    pub fn unit(self, outcome: &Outcome) -> String {
        self.of_its_time(outcome, &self.unit_at_a_time(outcome))
    }

    /// The same after a number that [`Numbers::of`] has written, per cent with it.
    #[must_use]
    pub fn unit_after(self, outcome: &Outcome) -> String {
        let unit = self.unit_at_a_time(outcome);
        self.of_its_time(outcome, if unit == "%" { "" } else { &unit })
    }

    fn of_its_time(self, outcome: &Outcome, unit: &str) -> String {
        match outcome.over_a_run {
            OverARun::Total => unit.to_owned(),
            OverARun::Last => {
                let said = crate::words::filled(self.0.words().at_the_end, &[("unit", unit)]);
                said.trim().to_owned()
            }
        }
    }

    /// The unit of a difference over a whole run.
    #[must_use]
    pub fn unit_of_difference(self, outcome: &Outcome) -> String {
        self.of_its_time(outcome, &self.unit_of_difference_at_a_time(outcome))
    }

    /// The unit of a difference: of shares, percentage points.
    #[must_use]
    pub fn unit_of_difference_at_a_time(self, outcome: &Outcome) -> String {
        let points = outcome.for_people(0.0).1 == "%";
        if points { self.0.words().points.to_owned() } else { self.unit_at_a_time(outcome) }
    }

    /// The unit of a week: of what is counted, so many per week.
    #[must_use]
    pub fn unit_of_a_week(self, outcome: &Outcome) -> String {
        let unit = self.unit_at_a_time(outcome);
        match outcome.over_a_run {
            OverARun::Total => crate::words::filled(self.0.words().per_week, &[("unit", &unit)]),
            OverARun::Last => unit,
        }
    }

    /// With so many decimals at most, none of them an idle 0.
    pub fn digits(self, value: f64, decimals: usize) -> String {
        let text = format!("{:.decimals$}", value.abs());
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let part = part.trim_end_matches('0');
        let (thousands, point) = match self.0 {
            Language::English => (',', '.'),
            Language::French => ('\u{202f}', ','),
        };
        let mut grouped = String::new();
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place) % 3 == 0 {
                grouped.push(thousands);
            }
            grouped.push(digit);
        }
        if !part.is_empty() {
            grouped.push(point);
            grouped.push_str(part);
        }
        if value < 0.0 && grouped != "0" { format!("−{grouped}") } else { grouped }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use toguna_model::outcomes::OUTCOMES;

    #[test]
    fn numbers_are_written_as_people_write_them() {
        let english = Numbers(Language::English);
        let written =
            [1_234.4, -392.2, 12.34, 0.0, -0.0001, 1_293_113.0, 0.35].map(|it| english.plain(it));
        assert_eq!(written, ["1,234", "−392", "12.3", "0", "0", "1.29 m", "0.35"]);
        assert_eq!(english.signed(5.5), "+5.5");
        let ranges = [(Some(0.5), Some(0.9)), (Some(1.0), None), (None, Some(2.0)), (None, None)];
        let ranges = ranges.map(|(low, high)| english.range(low, high));
        assert_eq!(ranges, ["0.5 … 0.9", "≥ 1", "≤ 2", ""]);
        let french = Numbers(Language::French);
        assert_eq!(french.plain(-1_234.0), "−1\u{202f}234");
        assert_eq!(french.plain(5.5), "5,5");
    }

    #[test]
    fn shares_are_per_cent_and_francs_are_billions() {
        let english = Numbers(Language::English);
        let outcome = |name| &OUTCOMES[Outcome::place_of(name).unwrap()];
        assert_eq!(english.of(outcome("trust"), 0.543), "54 %");
        assert_eq!(english.of(outcome("trust"), 0.0543), "5.4 %");
        assert_eq!(english.of(outcome("spending"), 16e12), "16,000");
        assert_eq!(english.unit(outcome("spending")), "bn francs");
        assert_eq!(english.difference(outcome("trust"), 0.005), "+0.5");
        assert_eq!(english.difference(outcome("trust"), -0.008_64), "−0.9");
        assert_eq!(english.difference(outcome("trust"), 0.000_34), "+0.03");
        assert_eq!(english.difference(outcome("trust"), 0.0), "0");
        assert_eq!(english.unit_of_difference(outcome("trust")), "percentage points at the end");
        assert_eq!(english.unit(outcome("displaced")), "people at the end");
        assert_eq!(english.unit(outcome("deaths")), "deaths");
        assert_eq!(english.unit_of_a_week(outcome("displaced")), "people");
        assert_eq!(
            Numbers(Language::French).unit_of_a_week(outcome("deaths")),
            "morts par semaine"
        );
    }
}
