//! `places.csv`: every community, month by month.

use super::log::{Column, Log, Measured, PLAIN, RUN, measured};
use toguna_model::outcomes::PLACE_OUTCOMES;

pub const PLACES: Log = Log {
    name: "places.csv",
    title: "Places",
    what: "One row for every community in every month of every run",
    on_request: Some("every community, every month"),
    key: &["run", "date", "community"],
    columns: &[
        RUN,
        Column::date("date", "First day of the month's last week", |seen| seen.date().into()),
        Column::text("community", "Short name of the community", |seen| {
            seen.world.communities[seen.row].name.as_str().into()
        }),
        Column::text("cercle", "Its cercle", |seen| {
            seen.cercle_of(&seen.world.communities[seen.row]).into()
        }),
        Column::text("region", "Its region", |seen| {
            seen.region_of(&seen.world.communities[seen.row]).into()
        }),
        Column::text("zone", "Its zone", |seen| {
            seen.world.communities[seen.row].zone.name().into()
        }),
    ],
    measured: Some(Measured {
        columns: || {
            PLACE_OUTCOMES.iter().map(|it| measured(it.name, it.unit, it.meaning)).collect()
        },
        values: |seen| &seen.world.observed.places[seen.row],
    }),
    rows: |seen| seen.world.observed.places.len(),
    ..PLAIN
};
