//! Whether one value is what its place takes, and if not, what to tell the reader. The same for a
//! key of a scenario and a cell of a table.

use super::schema::{Choice, Kind, Limits, TextForm};
use super::suggest::{list, nearest, quoted, shortened};
use super::tree::Value;
use toguna_units::{Date, Weeks, signed_whole_part};

/// What is wrong with a value: the rest of "`policy.restraint` …", what was found, what would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What is wrong.
    pub wrong: String,
    /// What was found.
    pub found: String,
    /// What would do.
    pub help: String,
}

fn finding(
    wrong: impl Into<String>,
    found: impl Into<String>,
    help: impl Into<String>,
) -> Option<Finding> {
    Some(Finding { wrong: wrong.into(), found: found.into(), help: help.into() })
}

/// Looks at a value that is no table and no list.
pub fn look(kind: &Kind, value: &Value) -> Option<Finding> {
    match kind {
        Kind::Number(limits) => number(limits, value),
        Kind::Integer(limits) => integer(limits, value),
        Kind::Boolean => boolean(value),
        Kind::Choice(choices) => choice(choices, value),
        Kind::Text(TextForm::Plain) => match value {
            Value::Text(_) => None,
            Value::Integer(number) => {
                finding("takes text", "found a number", format!("write \"{number}\""))
            }
            _ => finding("takes text", format!("found {}", value.kind()), "put it between quotes"),
        },
        Kind::Text(TextForm::Date) => date(value),
        Kind::Text(TextForm::Duration) => duration(value),
        Kind::Table(_) => finding("is a table", format!("found {}", value.kind()), ""),
        Kind::List { .. } => {
            finding("takes a list", format!("found {}", value.kind()), "write it as [ … ]")
        }
        Kind::Anything => match value {
            Value::Number(number) if !number.is_finite() => {
                finding("takes a finite number", format!("found {number}"), "")
            }
            _ => None,
        },
    }
}

fn number(limits: &Limits, value: &Value) -> Option<Finding> {
    let number = match value {
        Value::Number(number) => *number,
        Value::Integer(integer) => *integer as f64,
        other => return not_a_number("takes a number", other, limits),
    };
    if !number.is_finite() {
        return finding("takes a finite number", format!("found {number}"), range_help(limits));
    }
    out_of_range(limits, number, format!("found {number}"))
}

fn integer(limits: &Limits, value: &Value) -> Option<Finding> {
    match value {
        Value::Integer(integer) => {
            out_of_range(limits, *integer as f64, format!("found {integer}"))
        }
        // 2.0 is a whole number, however it is written.
        Value::Number(number) if whole(*number).is_some() => {
            out_of_range(limits, *number, format!("found {number}"))
        }
        Value::Number(number) => {
            let help =
                if number.is_finite() { format!("write {number:.0}") } else { range_help(limits) };
            finding("takes a whole number", format!("found {number}"), help)
        }
        other => not_a_number("takes a whole number", other, limits),
    }
}

/// The whole number that a number is.
#[must_use]
pub fn whole(number: f64) -> Option<i64> {
    // Up to 2⁵³ every whole number has a floating-point number of its own.
    let is_whole = number.fract() == 0.0 && number.abs() <= (1_i64 << 53) as f64;
    is_whole.then_some(signed_whole_part(number))
}

fn not_a_number(wrong: &str, value: &Value, limits: &Limits) -> Option<Finding> {
    let help = match value {
        Value::Text(text) => Some(numeric_help(text))
            .filter(|help| !help.is_empty())
            .unwrap_or_else(|| range_help(limits)),
        Value::Boolean(true) => "for fully on, write 1".to_owned(),
        Value::Boolean(false) => "for fully off, write 0".to_owned(),
        _ => String::new(),
    };
    finding(wrong, format!("found {}", value.kind()), help)
}

/// What a text that looks like a number was meant to be.
pub(crate) fn numeric_help(text: &str) -> String {
    let plain = text.trim();
    if plain.parse::<f64>().is_ok_and(f64::is_finite) {
        return format!("write {plain} without quotes");
    }
    if let Some(percent) = plain.strip_suffix('%').and_then(|text| text.trim().parse::<f64>().ok())
    {
        return format!("a share of {percent} % is written {}", percent / 100.0);
    }
    let bare: String = plain.chars().filter(|c| !" _\u{a0}\u{202f}'’".contains(*c)).collect();
    let (whole, part) = bare.split_once(',').unwrap_or((&bare, ""));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if digits(whole.trim_start_matches('-')) && digits(part) && part.len() != 3 {
        return format!("a decimal point is a point: {whole}.{part}");
    }
    let bare = bare.replace(',', "");
    if bare != plain && bare.parse::<f64>().is_ok_and(f64::is_finite) {
        return format!("write {bare}, without separators");
    }
    String::new()
}

fn out_of_range(limits: &Limits, number: f64, found: String) -> Option<Finding> {
    if limits.hold(number) {
        return None;
    }
    let share = *limits == Limits { least: Some(0.0), most: Some(1.0), ..Limits::default() };
    let wrong = match (limits.least, limits.most) {
        (Some(0.0), _) if number < 0.0 && !limits.above => "cannot be negative".to_owned(),
        (Some(least), Some(most))
            if !limits.above && !limits.below && !limits.words().is_empty() =>
        {
            // The machine's own limit is told to those who reach it.
            match limits.words() {
                words if words.starts_with("at least") && number < least => {
                    format!("must be {words}")
                }
                _ => format!("must lie between {least} and {most}"),
            }
        }
        _ => format!("must be {}", limits.all_words()),
    };
    let help = if share && (2.0..=100.0).contains(&number) {
        format!("a share is a part of 1: {number} % is written {}", number / 100.0)
    } else if wrong == "cannot be negative" {
        range_help(limits)
    } else {
        String::new()
    };
    finding(wrong, found, help)
}

fn range_help(limits: &Limits) -> String {
    match (limits.words().as_str(), limits.least, limits.most) {
        ("", _, _) => String::new(),
        (words, Some(_), Some(_)) if !limits.above && !limits.below => {
            format!("write a number from {words}").replace("from at least", "of at least")
        }
        (words, _, _) => format!("write a number {words}").replace("number at", "number of at"),
    }
}

fn boolean(value: &Value) -> Option<Finding> {
    let help = match value {
        Value::Boolean(_) => return None,
        Value::Text(text) => match text.trim().to_lowercase().as_str() {
            word @ ("true" | "false") => format!("write {word} without quotes"),
            "on" | "yes" => "write true".to_owned(),
            "off" | "no" => "write false".to_owned(),
            _ => String::new(),
        },
        Value::Integer(1) => "write true".to_owned(),
        Value::Integer(0) => "write false".to_owned(),
        _ => String::new(),
    };
    finding("takes true or false", format!("found {}", value.kind()), help)
}

fn choice(choices: &[Choice], value: &Value) -> Option<Finding> {
    let names = || choices.iter().map(|choice| choice.name);
    match value {
        Value::Text(text) if names().any(|name| name == text) => None,
        Value::Text(text) => {
            let help = match nearest(text, names()) {
                Some(name) => format!("did you mean \"{name}\"? It may be {}", list(names())),
                None => format!("it may be {}", list(names())),
            };
            finding("is none of the words it may be", format!("found {}", quoted(text)), help)
        }
        other => {
            let help = format!("write one of {} between quotes", list(names()));
            finding("takes one of a few words", format!("found {}", other.kind()), help)
        }
    }
}

fn date(value: &Value) -> Option<Finding> {
    const HELP: &str = "write year-month-day: \"2013-01-11\"";
    match value {
        Value::Text(text) if text.parse::<Date>().is_ok() => None,
        Value::Text(text) => {
            let in_form = text.len() == 10
                && text.char_indices().all(|(at, c)| match at {
                    4 | 7 => c == '-',
                    _ => c.is_ascii_digit(),
                });
            if in_form {
                finding("is no day of the calendar", format!("there is no {text}"), HELP)
            } else {
                finding("takes a date", format!("found {}", quoted(text)), HELP)
            }
        }
        // TOML's own dates stand without quotes; a day is a day.
        Value::Datetime(day) if day.time.is_none() && day.date.is_some() => None,
        Value::Datetime(_) => finding("takes a date", "found a time of day", HELP),
        other => finding("takes a date", format!("found {}", other.kind()), HELP),
    }
}

fn duration(value: &Value) -> Option<Finding> {
    const HELP: &str = "write a number of weeks, months or years, at most 1000 years: \"26 weeks\"";
    match value {
        Value::Text(text) if text.parse::<Weeks>().is_ok() => None,
        Value::Text(text) => {
            finding("takes a duration", format!("found {}", quoted(&shortened(text))), HELP)
        }
        Value::Integer(number) => {
            let help = format!("write \"{number} weeks\", if weeks are meant");
            finding("takes a duration", "found a number without its unit", help)
        }
        other => finding("takes a duration", format!("found {}", other.kind()), HELP),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_written_as_people_write_them_are_recognised() {
        assert_eq!(numeric_help("0.5"), "write 0.5 without quotes");
        assert_eq!(numeric_help("40 %"), "a share of 40 % is written 0.4");
        assert_eq!(numeric_help("0,5"), "a decimal point is a point: 0.5");
        assert_eq!(numeric_help("1 234 567"), "write 1234567, without separators");
        assert_eq!(numeric_help("1,234,567"), "write 1234567, without separators");
        assert_eq!(numeric_help("many"), "");
        assert_eq!(numeric_help(","), "");
    }

    #[test]
    fn a_share_above_one_is_taken_for_a_percentage() {
        let share = Limits { least: Some(0.0), most: Some(1.0), ..Limits::default() };
        let found = look(&Kind::Number(share), &Value::Integer(40)).unwrap();
        assert_eq!(found.wrong, "must lie between 0 and 1");
        assert_eq!(found.help, "a share is a part of 1: 40 % is written 0.4");
    }

    #[test]
    fn a_day_that_is_not_in_the_calendar_is_told_from_a_wrong_form() {
        let kind = Kind::Text(TextForm::Date);
        let wrong = |text: &str| look(&kind, &Value::Text(text.into())).map(|found| found.wrong);
        assert_eq!(wrong("2012-02-29"), None);
        assert_eq!(wrong("2013-02-29").unwrap(), "is no day of the calendar");
        assert_eq!(wrong("11/01/2013").unwrap(), "takes a date");
        assert_eq!(wrong("201é-1-11").unwrap(), "takes a date");
    }
}
