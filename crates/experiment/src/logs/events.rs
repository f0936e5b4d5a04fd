//! `events.csv`: every violent event.

use super::log::{Column, Log, PLAIN, RUN};
use super::seen::Seen;
use toguna_model::words::targets::Target;
use toguna_model::world::community::Community;
use toguna_units::narrow;

fn place<'w>(seen: &Seen<'w>) -> &'w Community {
    seen.world.community(seen.event().community)
}

pub const EVENTS: Log = Log {
    name: "events.csv",
    title: "Events",
    what: "One row for every violent event, reported or not",
    on_request: Some("every violent event"),
    key: &["run", "event"],
    columns: &[
        RUN,
        Column::integer("event", "", "Number of the event in its run, from 0", |seen| {
            (seen.events_before + narrow::<_, u32>(seen.row)).into()
        }),
        Column::date("date", "First day of its week", |seen| seen.date().into()),
        Column::text("community", "Where it happened", |seen| place(seen).name.as_str().into()),
        Column::text("cercle", "Its cercle", |seen| seen.cercle_of(place(seen)).into()),
        Column::text("region", "Its region", |seen| seen.region_of(place(seen)).into()),
        Column::text("zone", "Its zone", |seen| place(seen).zone.name().into()),
        Column::text("attacker", "Who attacked", |seen| {
            seen.world.name_of(seen.event().attacker).into()
        }),
        Column::text("target", "Who was attacked; civilians, or an armed side", |seen| match seen
            .event()
            .target
        {
            Target::Armed(side) => seen.world.name_of(side).into(),
            Target::Civilians => "civilians".into(),
        }),
        Column::text("constituency", "Whose civilians were harmed, if any were", |seen| {
            let of = seen.event().constituency;
            of.map(|id| seen.world.constituency(id).name.as_str()).into()
        }),
        Column::integer("soldiers_killed", "deaths", "Soldiers of the state killed", |seen| {
            seen.event().soldiers_killed.into()
        }),
        Column::integer("partners_killed", "deaths", "Soldiers of partners killed", |seen| {
            seen.event().partners_killed.into()
        }),
        Column::integer("attackers_killed", "deaths", "Fighters of the attacker killed", |seen| {
            seen.event().attackers_killed.into()
        }),
        Column::integer("defenders_killed", "deaths", "Fighters of the target killed", |seen| {
            seen.event().defenders_killed.into()
        }),
        Column::integer("civilians_killed", "deaths", "Civilians killed", |seen| {
            seen.event().civilians_killed.into()
        }),
        Column::integer(
            "civilians_hurt",
            "persons",
            "Civilians beaten, robbed or seized",
            |seen| seen.event().civilians_hurt.into(),
        ),
        Column::boolean("reported", "Whether it became known", |seen| seen.event().reported.into()),
    ],
    rows: |seen| seen.world.log.events.len(),
    ..PLAIN
};
