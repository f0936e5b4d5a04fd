//! Two tables for the tests of this room.
use toguna_experiment::table::{Column, Columns, Link, Table};
use toguna_units::Date;

pub struct Run {
    pub run: u32,
    pub seed: u64,
}

pub struct Week {
    pub run: u32,
    pub date: Date,
    pub place: String,
    pub deaths: f64,
    pub talks: Option<bool>,
}

impl Week {
    pub fn of(run: u32, week: u32) -> Week {
        Week {
            run,
            date: Date::new(2012, 1, 1).unwrap().plus_weeks(week),
            place: "Koro, \"the dry\"".into(),
            deaths: f64::from(week) / 3.0,
            talks: (week > 0).then_some(week == 2),
        }
    }
}

pub const RUNS: Table<Run> = Table {
    name: "runs.csv",
    title: "Runs",
    what: "One row for every run",
    columns: Columns::Declared(&[
        Column::integer("run", "", "Number of the run, from 0", |row| row.run.into()),
        Column::integer("seed", "", "Seed of every draw of the run", |row| row.seed.into()),
    ]),
    key: &["run"],
    links: &[],
};

pub const SERIES: Table<Week> = Table {
    name: "series.csv",
    title: "Weeks",
    what: "One row for every week of every run",
    columns: Columns::Declared(&[
        Column::integer("run", "", "Number of the run, from 0", |row| row.run.into()),
        Column::date("date", "First day of the week", |row| row.date.into()),
        Column::text("place", "Name of the place", |row| row.place.as_str().into()),
        Column::number("deaths", "deaths per week", "Civilians killed", |row| row.deaths.into()),
        Column::boolean("talks", "Whether talks were held", |row| row.talks.into()),
    ]),
    key: &["run", "date"],
    links: &[Link { columns: &["run"], table: "runs.csv", to: &["run"] }],
};
#[test]
fn a_careful_declaration_has_no_fault() {
    assert_eq!(SERIES.described().faults(), Vec::<String>::new());
    assert_eq!(RUNS.described().faults(), Vec::<String>::new());
}
