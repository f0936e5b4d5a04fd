//! A short table of outcomes, readable in 80 columns.

use super::answer::{Column, Table};
use toguna_experiment::statistics::{Confidence, mean_interval};
use toguna_model::outcomes::{Headline, Outcome};

/// The outcomes that are shown of runs unless others are asked for.
pub fn headlines_of_runs() -> Vec<&'static str> {
    let headlines = Outcome::headlines(|it| matches!(it, Headline::OfRuns(_)));
    headlines.into_iter().map(|(_, outcome)| outcome.name).collect()
}

/// One line for each outcome shown: mean over runs and, with several runs, its 95 % interval.
#[must_use]
pub fn short_table(ends: &[Vec<f64>], shown: &[&'static Outcome]) -> Table {
    let several = ends.len() > 1;
    let mut columns = vec![Column::left("outcome", 28), Column::right("mean", 12)];
    if several {
        columns.push(Column::left("    95 % interval of the mean", 28));
    }
    columns.push(Column::left("", 0));
    let mut table = Table::new(columns);
    for outcome in shown {
        let place = Outcome::place_of(outcome.name).expect("it is one of the outcomes");
        let values: Vec<f64> = ends.iter().map(|end| outcome.for_people(end[place]).0).collect();
        let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
        let mut cells = vec![outcome.name.to_owned(), number(mean)];
        if several {
            let interval = mean_interval(&values, Confidence::NINETY_FIVE);
            cells.push(interval.map_or_else(String::new, |found| {
                format!("{:>13} to {:<11}", number(found.interval.low), number(found.interval.high))
            }));
        }
        let (_, unit) = outcome.for_people(mean);
        cells.push(format!(" {unit}, {}", outcome.when()));
        table.row(cells);
    }
    table
}

/// What an interval is an interval of, beneath every table that has one.
pub const INTERVALS: &str =
    "Intervals are of the mean over random numbers; they say nothing of the assumptions.";

/// Thousands apart, three digits after the point below 10, millions from ten million on, billions
/// from a billion on: eleven characters at most, the sign included, up to a million billions.
#[must_use]
pub fn number(value: f64) -> String {
    // Sums and means of whole numbers leave a residue far behind the point.
    let whole = (value - value.round()).abs() < 1e-6;
    if value.abs() < 9.999_5 && !whole {
        return without_sign_of_nothing(format!("{value:.3}"));
    }
    if value.abs() >= 1e12 {
        return format!("{} bn", grouped(value / 1e9));
    }
    if value.abs() >= 1e9 {
        return format!("{} bn", in_tenths(value / 1e9));
    }
    if value.abs() >= 1e7 {
        return format!("{} m", in_tenths(value / 1e6));
    }
    grouped(value)
}

/// A share in hundredths: `98 %`.
#[must_use]
pub fn percent(share: f64) -> String {
    without_sign_of_nothing(format!("{:.0}", 100.0 * share)) + " %"
}

/// What is rounded to nothing is not below it.
fn without_sign_of_nothing(digits: String) -> String {
    let nothing = digits.chars().all(|c| "-0.".contains(c));
    if nothing { digits.trim_start_matches('-').to_owned() } else { digits }
}

/// One digit after the point.
fn in_tenths(value: f64) -> String {
    let tenths = (value * 10.0).round();
    let whole = (tenths / 10.0).trunc();
    let sign = if tenths < 0.0 && whole == 0.0 { "-" } else { "" };
    format!("{sign}{}.{:.0}", grouped(whole), (tenths - 10.0 * whole).abs())
}

/// Rounded, its digits in threes: `12,345`.
#[must_use]
pub fn grouped(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if value < 0.0 && digits != "0" { format!("-{grouped}") } else { grouped }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands_and_shares_keep_their_digits() {
        assert_eq!(number(1_234_567.0), "1,234,567");
        assert_eq!(number(-1_500.4), "-1,500");
        assert_eq!(number(0.31), "0.310");
        assert_eq!(number(0.0), "0");
        assert_eq!(number(999.0), "999");
        assert_eq!((number(4.999_999_99), number(9.999_7)), ("5".to_owned(), "10".to_owned()));
        assert_eq!(number(12_245_525_363_320.0), "12,246 bn");
        assert_eq!(number(-1_612_677_194.0), "-1.6 bn");
        assert_eq!(
            (number(9.398e9), number(-12.96e6)),
            ("9.4 bn".to_owned(), "-13.0 m".to_owned())
        );
        assert_eq!(number(-0.0004), "0.000");
        assert_eq!(
            (percent(-0.004), percent(-0.016), percent(0.98)),
            triple("0 %", "-2 %", "98 %")
        );
        for widest in [-9_999_999.4, -999.96e6, -999.96e9, -999_999.4e9] {
            assert!(number(widest).len() <= 11, "{}", number(widest));
        }
    }

    fn triple(a: &str, b: &str, c: &str) -> (String, String, String) {
        (a.to_owned(), b.to_owned(), c.to_owned())
    }
}
