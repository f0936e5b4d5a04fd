//! `leavers.csv`: every fighter who left, was arrested or was killed.

use super::log::{Column, DATE, Log, PLAIN, RUN};

pub const LEAVERS: Log = Log {
    name: "leavers.csv",
    title: "Leavers",
    what: "One row for every fighter who left, was arrested or was killed",
    on_request: Some("every fighter who left, was arrested or was killed"),
    key: &["run", "person", "spell"],
    columns: &[
        RUN,
        DATE,
        Column::integer("person", "", "Number of the adult", |seen| seen.leaver().person.0.into()),
        Column::integer("spell", "", "Which spell inside ends, as in recruits.csv", |seen| {
            seen.leaver().spell.into()
        }),
        Column::text("group", "The group they left", |seen| {
            seen.world.groups[seen.leaver().group.index()].name.as_str().into()
        }),
        Column::text("command", "The command they left", |seen| {
            seen.world.commands[seen.leaver().command.index()].name.as_str().into()
        }),
        Column::text("cause", "Why", |seen| seen.leaver().cause.name().into()),
        Column::integer(
            "weeks",
            "weeks",
            "Weeks inside, counted from the start of the run at most",
            |seen| seen.leaver().weeks.into(),
        ),
    ],
    rows: |seen| seen.world.log.leavers.len(),
    ..PLAIN
};
