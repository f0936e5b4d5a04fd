//! `recruits.csv`: everyone who joined.

use super::log::{Column, DATE, Log, PLAIN, RUN};
use crate::belonging::COHORTS;

pub const RECRUITS: Log = Log {
    name: "recruits.csv",
    title: "Recruits",
    what: "One row for every time a person joined an armed group",
    on_request: Some("everyone who joined"),
    key: &["run", "person", "spell"],
    columns: &[
        RUN,
        DATE,
        Column::integer("person", "", "Number of the adult", |seen| seen.recruit().person.0.into()),
        Column::integer("spell", "", "0 for a first time, 1 for a second, and so on", |seen| {
            seen.recruit().spell.into()
        }),
        Column::text("community", "Where they lived", |seen| {
            seen.world.community(seen.recruit().community).name.as_str().into()
        }),
        Column::text("constituency", "Whom they belong to", |seen| {
            seen.world.constituency(seen.recruit().constituency).name.as_str().into()
        }),
        Column::text("cohort", "Age and sex: young is 15 to 34", |seen| {
            COHORTS[seen.recruit().cohort].into()
        }),
        Column::text("group", "The group they joined", |seen| {
            seen.world.groups[seen.recruit().group.index()].name.as_str().into()
        }),
        Column::text("command", "The command that took them in", |seen| {
            seen.world.commands[seen.recruit().command.index()].name.as_str().into()
        }),
        Column::text("motive", "Their primary motive", |seen| seen.recruit().motive.name().into()),
        Column::text("trigger", "Who had harmed them or theirs within half a year", |seen| {
            seen.recruit().trigger.map(|trigger| seen.world.name_of(trigger.by)).into()
        }),
        Column::text("trigger_in", "Whether that was in the household or the circle", |seen| {
            let household = seen.recruit().trigger.map(|trigger| trigger.household);
            household.map(|household| if household { "household" } else { "circle" }).into()
        }),
    ],
    rows: |seen| seen.world.log.recruits.len(),
    ..PLAIN
};
