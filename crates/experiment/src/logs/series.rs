//! `series.csv`: the country, week by week.

use super::log::{DATE, Log, Measured, PLAIN, RUN, WEEK, measured};
use toguna_model::outcomes::OUTCOMES;

pub const SERIES: Log = Log {
    name: "series.csv",
    title: "Weeks",
    what: "One row for every week of every run",
    key: &["run", "week"],
    columns: &[RUN, WEEK, DATE],
    measured: Some(Measured {
        columns: || OUTCOMES.iter().map(|it| measured(it.name, it.unit, it.meaning)).collect(),
        values: |seen| (&seen.world.observed.week[..]).into(),
    }),
    rows: |_| 1,
    ..PLAIN
};
