//! `places.csv`: every community, month by month.

use super::log::{AtEnd, Column, Log, Measured, RUN, measured};
use super::seen::Seen;
use std::borrow::Cow;
use toguna_model::outcomes::PLACE_OUTCOMES;

pub const PLACES: Log = Log {
    name: "places.csv",
    title: "Places",
    what: "One row for every community in every month of every run. A last month that the run does not \
           complete has what came of it",
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
        values,
    }),
    rows: |seen| seen.world.observed.places.len(),
    at_end: Some(AtEnd { rows: of_the_open_month, number: |seen| seen.week }),
};

/// Communities whose month the last week has not closed.
fn of_the_open_month(seen: &Seen<'_>) -> usize {
    if seen.world.observed.places.is_empty() { seen.world.communities.len() } else { 0 }
}

fn values<'s>(seen: &'s Seen<'_>) -> Cow<'s, [f64]> {
    match seen.world.observed.places.get(seen.row) {
        Some(row) => row.as_slice().into(),
        None => {
            let id = seen.world.communities[seen.row].id;
            PLACE_OUTCOMES.iter().map(|it| (it.measure)(seen.world, id)).collect()
        }
    }
}
