//! `talks.csv`: every move of talks between state and groups.

use super::log::{Column, DATE, Log, PLAIN, RUN};

pub const TALKS: Log = Log {
    name: "talks.csv",
    title: "Talks",
    what: "One row for every step, breakdown and exchange, and every command that came in or went out",
    on_request: Some("every step of talks between state and groups"),
    columns: &[
        RUN,
        DATE,
        Column::text("group", "The group", |seen| {
            seen.world.groups[seen.moved().group.index()].name.as_str().into()
        }),
        Column::text("from", "Stage before: none, channel, contact, talks, accord", |seen| {
            seen.moved().from.name().into()
        }),
        Column::text("to", "Stage after", |seen| seen.moved().to.name().into()),
        Column::text("cause", "What moved them", |seen| seen.moved().cause.name().into()),
        Column::text("command", "The command, where it is one command's move", |seen| {
            let command = seen.moved().command;
            command.map(|id| seen.world.commands[id.index()].name.as_str()).into()
        }),
        Column::number("trust", "share", "Trust at the end of the week", |seen| {
            seen.moved().trust.into()
        }),
        Column::number("seats", "share", "Weight of communities", |seen| seen.moved().seats.into()),
        Column::integer("clauses", "clauses", "Clauses agreed", |seen| seen.moved().clauses.into()),
        Column::integer("implemented", "clauses", "Clauses carried out", |seen| {
            seen.moved().implemented.into()
        }),
    ],
    rows: |seen| seen.world.log.talks.len(),
    ..PLAIN
};
