//! `pacts.csv`: every local pact, its terms, life and end.

use super::log::{AtEnd, Column, Log, PLAIN, RUN};
use super::seen::Seen;
use toguna_model::world::community::Community;
use toguna_model::world::group::Command;

/// Where it was signed first.
fn place<'w>(seen: &Seen<'w>) -> &'w Community {
    seen.world.community(seen.pact().places[0])
}

fn command<'w>(seen: &Seen<'w>) -> &'w Command {
    &seen.world.commands[seen.pact().command.index()]
}

/// Its weeks in the run.
fn weeks_held(seen: &Seen<'_>) -> f64 {
    f64::from(seen.week) - f64::from(seen.pact().since.max(0)) + 1.0
}

const MILITIA_NEAR: &str =
    "How near militias hostile to the command were, 0 to 1, mean over its weeks in the run";
const SOLDIERS_NEAR: &str = "How near soldiers were, 0 to 1, mean over its weeks in the run";

pub const PACTS: Log = Log {
    name: "pacts.csv",
    title: "Pacts",
    what: "One row for every local pact, held or ended",
    on_request: Some("every local pact, its terms, life and end"),
    key: &["run", "pact"],
    columns: &[
        RUN,
        Column::integer("pact", "", "Number of the pact in its run, from 0", |seen| {
            seen.pact().number.into()
        }),
        Column::text("community", "Where it was signed first", |seen| {
            place(seen).name.as_str().into()
        }),
        Column::text("cercle", "Its cercle", |seen| seen.cercle_of(place(seen)).into()),
        Column::text("region", "Its region", |seen| seen.region_of(place(seen)).into()),
        Column::text("zone", "Its zone", |seen| place(seen).zone.name().into()),
        Column::integer("places", "communities", "Communities in it, at its end", |seen| {
            seen.pact().places.len().into()
        }),
        Column::text("command", "The command that signed", |seen| {
            command(seen).name.as_str().into()
        }),
        Column::text("group", "Its group", |seen| {
            seen.world.groups[command(seen).group.index()].name.as_str().into()
        }),
        Column::date("signed", "First day of the week of signing", |seen| {
            seen.world.calendar.start.plus_days(7 * i64::from(seen.pact().since)).into()
        }),
        Column::date("ended", "First day of the week of its end; missing while it holds", |seen| {
            seen.ended().map(|it| seen.world.calendar.start.plus_weeks(it.week)).into()
        }),
        Column::integer("weeks", "weeks", "From signing to its end or the run's", |seen| {
            i64::from(seen.week).saturating_sub(seen.pact().since.into()).max(0).into()
        }),
        Column::text("cause", "Why it ended; missing while it holds", |seen| {
            seen.ended().map(|it| it.cause.name()).into()
        }),
        Column::text("stance", "What the state did about pacts when it was signed", |seen| {
            seen.pact().stance.name().into()
        }),
        Column::boolean("state_supported", "Whether the state ever supported it", |seen| {
            seen.pact().state_supported.into()
        }),
        Column::text("schools", "Which schools may teach: closed, koranic, state", |seen| {
            seen.pact().terms.schools.name().into()
        }),
        Column::boolean("relief", "Whether humanitarian workers may come", |seen| {
            seen.pact().terms.relief.into()
        }),
        Column::boolean("prisoners", "Whether prisoners are let go", |seen| {
            seen.pact().terms.prisoners.into()
        }),
        Column::boolean("no_informing", "Whether nobody may inform the state", |seen| {
            seen.pact().terms.no_informing.into()
        }),
        Column::boolean("army_excluded", "Whether the army is to stay out", |seen| {
            seen.pact().terms.army_excluded.into()
        }),
        Column::boolean("rules", "Whether dress and Sharia rules hold", |seen| {
            seen.pact().terms.rules.into()
        }),
        Column::number("levy", "share", "Levy, as part of the usual one", |seen| {
            seen.pact().terms.levy.into()
        }),
        Column::number("evenness", "share", "The communities' part of the surplus", |seen| {
            seen.pact().evenness.into()
        }),
        Column::number("breadth", "share", "Standing of the leaders behind it", |seen| {
            seen.pact().breadth.into()
        }),
        Column::boolean("militia_bound", "Whether militias of its people keep to it", |seen| {
            seen.pact().militia_bound.into()
        }),
        Column::integer("blockade_weeks", "weeks", "Weeks of blockade before it", |seen| {
            seen.pact().blockade_weeks.into()
        }),
        Column::integer("breaches", "", "Breaches by those bound", |seen| {
            seen.pact().breaches.into()
        }),
        Column::number("militia_near", "share", MILITIA_NEAR, |seen| {
            (seen.pact().weeks_of_militia / weeks_held(seen)).into()
        }),
        Column::number("soldiers_near", "share", SOLDIERS_NEAR, |seen| {
            (seen.pact().weeks_of_soldiers / weeks_held(seen)).into()
        }),
    ],
    rows: |seen| seen.world.log.pacts_ended.len(),
    at_end: Some(AtEnd {
        rows: |seen| seen.world.pacts.held.len(),
        number: |seen| seen.pact().number,
    }),
    ..PLAIN
};
