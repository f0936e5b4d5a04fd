//! `politics.csv`: coups, elections, conferences, exchanges and accords.

use super::log::{Column, DATE, Log, PLAIN, RUN};
use super::seen::Seen;
use toguna_model::talks::state::{Cause, Stage};
use toguna_units::narrow;

/// What happened this week, one name for each time.
fn happened(seen: &Seen<'_>) -> impl Iterator<Item = &'static str> {
    let log = &seen.world.log;
    let moved = |stage: Stage| -> u32 {
        narrow(log.talks.iter().filter(|it| it.from != it.to && it.to == stage).count())
    };
    let ended = log.talks.iter().filter(|it| it.from == Stage::Accord && it.to != it.from);
    // What no command signed was no accord.
    let (unsigned, broken): (Vec<_>, Vec<_>) = ended.partition(|it| it.cause == Cause::Rigidity);
    let counts = [
        ("coup", log.coups),
        ("election", log.elections),
        ("conference", log.conferences),
        ("prisoner_exchange", log.exchanges),
        ("accord", moved(Stage::Accord) - narrow::<_, u32>(unsigned.len())),
        ("accord_ended", narrow(broken.len())),
    ];
    counts.into_iter().flat_map(|(what, count)| std::iter::repeat_n(what, count as usize))
}

pub const POLITICS: Log = Log {
    name: "politics.csv",
    title: "Politics",
    what: "One row for every coup, election, conference, exchange, accord and end of an accord",
    on_request: Some("coups, elections, conferences, accords"),
    columns: &[
        RUN,
        DATE,
        Column::text("what", "What happened", |seen| happened(seen).nth(seen.row).into()),
        Column::text("regime", "Who rules at the end of the week", |seen| {
            seen.world.government.regime.name().into()
        }),
        Column::number("legitimacy", "share", "Legitimacy of the state", |seen| {
            seen.world.government.legitimacy.into()
        }),
        Column::number("capacity", "share", "Capacity of institutions", |seen| {
            seen.world.government.capacity.into()
        }),
        Column::number("opinion_dialogue", "share", "Public for dialogue", |seen| {
            seen.world.government.opinion_dialogue.into()
        }),
        Column::number("protest", "intensity", "Protest", |seen| {
            seen.world.government.protest.into()
        }),
        Column::number("concessions", "share", "Conceded to armed groups", |seen| {
            seen.world.government.concessions.into()
        }),
    ],
    rows: |seen| happened(seen).count(),
    ..PLAIN
};
