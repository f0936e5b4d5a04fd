//! Outcomes at points in time, of a scenario or of a difference.

use crate::folder::Results;
use std::collections::BTreeMap;
use toguna_model::outcomes::{OUTCOMES, Outcome};
use toguna_picture::lines::Point;
use toguna_picture::scale::Tick;
use toguna_units::{signed_whole_part, whole_part};

/// The outcomes that a page is about, the most important first; of them, those that the folder has.
pub const SHOWN: [&str; 9] = [
    "civilians_killed",
    "deaths",
    "recruits",
    "fighters",
    "displaced",
    "under_state",
    "trust",
    "under_pacts",
    "spending",
];

/// The same as they are declared.
pub fn shown() -> impl Iterator<Item = &'static Outcome> {
    SHOWN.iter().filter_map(|name| Some(&OUTCOMES[Outcome::place_of(name)?]))
}

/// All courses of a folder.
pub struct Courses {
    /// By scenario, the scenario it is measured from (empty of an arm), and outcome.
    courses: BTreeMap<(String, String, String), Vec<(String, Point)>>,
    pub x: (f64, f64),
    pub ticks: Vec<Tick>,
}

impl Courses {
    pub fn of(results: &Results) -> Courses {
        let mut courses = Courses { courses: BTreeMap::new(), x: (0.0, 1.0), ticks: Vec::new() };
        for row in results.table("over_time.csv").rows() {
            let key = ["scenario", "first", "outcome"].map(|column| row.text(column).to_owned());
            let band = row.number("low").zip(row.number("high"));
            let date = row.text("date").to_owned();
            let point = Point { x: year_of(&date), y: row.number("mean"), band };
            courses.courses.entry(key.into()).or_default().push((date, point));
        }
        let dates = || courses.courses.values().flatten().map(|(_, point)| point.x);
        let (first, last) = (dates().fold(f64::INFINITY, f64::min), dates().fold(0.0, f64::max));
        if first < last {
            courses.x = (first, last);
            courses.ticks = ticks(first, last);
        }
        courses
    }

    /// The points of a course; none when the folder has none.
    pub fn points(&self, scenario: &str, first: &str, outcome: &str) -> Vec<Point> {
        self.dated(scenario, first, outcome).iter().map(|(_, point)| *point).collect()
    }

    pub fn dated(&self, scenario: &str, first: &str, outcome: &str) -> &[(String, Point)] {
        let key = (scenario.to_owned(), first.to_owned(), outcome.to_owned());
        self.courses.get(&key).map_or(&[], Vec::as_slice)
    }

    /// The last point of each year.
    pub fn yearly(&self, scenario: &str, first: &str, outcome: &str) -> Vec<(String, Point)> {
        let points = self.dated(scenario, first, outcome);
        let year = |date: &str| date.get(..4).map(str::to_owned);
        let ends = points.iter().enumerate().filter(|(place, (date, _))| {
            points.get(place + 1).is_none_or(|(next, _)| year(next) != year(date))
        });
        ends.map(|(_, point)| point.clone()).collect()
    }
}

/// A date as a number of years.
pub fn year_of(date: &str) -> f64 {
    let mut parts = date.split('-').map(|part| part.parse::<f64>().unwrap_or(1.0));
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let day = (month.unwrap_or(1.0) - 1.0) * 30.437 + day.unwrap_or(1.0) - 1.0;
    year.unwrap_or(0.0) + day / 365.25
}

/// Each year; where there are fewer than three, each quarter. Ends as numbers of years.
pub fn ticks(first: f64, last: f64) -> Vec<Tick> {
    let years = |per_year: f64| {
        let from = signed_whole_part((first * per_year).ceil());
        let to = signed_whole_part((last * per_year).floor());
        (from..=to).map(move |it| it as f64 / per_year)
    };
    if years(1.0).count() >= 3 {
        return years(1.0).map(|at| Tick { at, label: format!("{at}") }).collect();
    }
    let quarter = |at: f64| {
        let month = whole_part(((at - at.floor()) * 12.0).round()) + 1;
        Tick { at, label: format!("{}-{month:02}", at.floor()) }
    };
    years(4.0).map(quarter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_runs_have_ticks_of_years_and_short_ones_of_quarters() {
        let labels = |first, last| {
            let ticks = ticks(year_of(first), year_of(last));
            ticks.into_iter().map(|tick| tick.label).collect::<Vec<_>>()
        };
        assert_eq!(labels("2024-01-22", "2027-12-27"), ["2025", "2026", "2027"]);
        assert_eq!(labels("2024-01-22", "2024-12-23"), ["2024-04", "2024-07", "2024-10"]);
    }
}
