//! `groups.csv`: armed groups, week by week.

use super::log::{Column, DATE, Log, Measured, PLAIN, RUN, WEEK, measured};
use toguna_model::outcomes::GROUP_OUTCOMES;

pub const GROUPS: Log = Log {
    name: "groups.csv",
    title: "Groups",
    what: "One row for every armed group in every week of every run",
    key: &["run", "week", "group"],
    columns: &[
        RUN,
        WEEK,
        DATE,
        Column::text("group", "Short name of the group", |seen| {
            seen.world.groups[seen.row].name.as_str().into()
        }),
    ],
    measured: Some(Measured {
        columns: || {
            GROUP_OUTCOMES.iter().map(|it| measured(it.name, it.unit, it.meaning)).collect()
        },
        values: |seen| (&seen.world.observed.groups[seen.row][..]).into(),
    }),
    rows: |seen| seen.world.observed.groups.len(),
    ..PLAIN
};
