//! The tables of a run. Outcomes are declared in the model; here they become columns.

use super::cell::Cell;
use super::columns::{Column, Columns, Described, Link, Table};
pub use crate::experiment::compare::unit_over_a_run;
use crate::experiment::record::{
    EventRow, GroupRow, LeaverRow, PlaceRow, RecruitRow, RunRecord, WeekRow,
};
use crate::model::record::{GROUP_OUTCOMES, OUTCOMES, PLACE_OUTCOMES};

const TO_RUNS: &[Link] = &[Link { columns: &["run"], table: "runs.csv", to: &["run"] }];

/// One row for every run: seed and end outcomes.
#[must_use]
pub fn runs() -> Table<RunRecord> {
    let mut columns = vec![
        Column::integer("run", "", "Number of the run, from 0", |row: &RunRecord| row.run.into()),
        Column::integer("replicate", "", "Number of the replicate, from 0", |row: &RunRecord| {
            row.replicate.into()
        }),
        Column::integer(
            "seed",
            "",
            "Seed; with the replicate it fixes all luck",
            |row: &RunRecord| row.seed.into(),
        ),
    ];
    columns.extend(OUTCOMES.iter().enumerate().map(|(place, outcome)| {
        Column::at(
            place,
            outcome.name,
            unit_over_a_run(outcome.unit, outcome.over_a_run),
            outcome.meaning,
            |row: &RunRecord, place| row.end[place].into(),
        )
    }));
    Table {
        name: "runs.csv",
        title: "Runs",
        what: "One row for every run: counts added up, stocks and states as they end",
        columns: Columns::Gathered(columns),
        key: &["run"],
        links: &[],
    }
}

/// One row for every week of every run.
#[must_use]
pub fn series() -> Table<WeekRow> {
    let mut columns = vec![
        Column::integer("run", "", "Number of the run, from 0", |row: &WeekRow| row.run.into()),
        Column::integer("week", "", "Number of the week, from 0", |row: &WeekRow| row.week.into()),
        Column::date("date", "First day of the week", |row: &WeekRow| row.date.into()),
    ];
    columns.extend(OUTCOMES.iter().enumerate().map(|(place, outcome)| {
        let value = |row: &WeekRow, place: usize| -> Cell<'static> { row.values[place].into() };
        Column::at(place, outcome.name, outcome.unit, outcome.meaning, value)
    }));
    Table {
        name: "series.csv",
        title: "Weeks",
        what: "One row for every week of every run",
        columns: Columns::Gathered(columns),
        key: &["run", "week"],
        links: TO_RUNS,
    }
}

/// One row for every group in every week of every run.
#[must_use]
pub fn groups() -> Table<GroupRow> {
    let mut columns = vec![
        Column::integer("run", "", "Number of the run, from 0", |row: &GroupRow| row.run.into()),
        Column::integer("week", "", "Number of the week, from 0", |row: &GroupRow| row.week.into()),
        Column::date("date", "First day of the week", |row: &GroupRow| row.date.into()),
        Column::text("group", "Short name of the group", |row: &GroupRow| {
            row.group.as_str().into()
        }),
    ];
    columns.extend(GROUP_OUTCOMES.iter().enumerate().map(|(place, outcome)| {
        let value = |row: &GroupRow, place: usize| -> Cell<'static> { row.values[place].into() };
        Column::at(place, outcome.name, outcome.unit, outcome.meaning, value)
    }));
    Table {
        name: "groups.csv",
        title: "Groups",
        what: "One row for every armed group in every week of every run",
        columns: Columns::Gathered(columns),
        key: &["run", "week", "group"],
        links: TO_RUNS,
    }
}

/// One row for every place in every month of every run.
#[must_use]
pub fn places() -> Table<PlaceRow> {
    let mut columns = vec![
        Column::integer("run", "", "Number of the run, from 0", |row: &PlaceRow| row.run.into()),
        Column::date("date", "First day of the month's last week", |row: &PlaceRow| {
            row.date.into()
        }),
        Column::text("community", "Short name of the community", |row: &PlaceRow| {
            row.community.as_str().into()
        }),
        Column::text("cercle", "Its cercle", |row: &PlaceRow| row.cercle.as_str().into()),
        Column::text("region", "Its region", |row: &PlaceRow| row.region.as_str().into()),
        Column::text("zone", "Its zone", |row: &PlaceRow| row.zone.into()),
    ];
    columns.extend(PLACE_OUTCOMES.iter().enumerate().map(|(place, outcome)| {
        let value = |row: &PlaceRow, place: usize| -> Cell<'static> { row.values[place].into() };
        Column::at(place, outcome.name, outcome.unit, outcome.meaning, value)
    }));
    Table {
        name: "places.csv",
        title: "Places",
        what: "One row for every community in every month of every run",
        columns: Columns::Gathered(columns),
        key: &["run", "date", "community"],
        links: TO_RUNS,
    }
}

/// One row for every violent event.
pub const EVENTS: Table<EventRow> = Table {
    name: "events.csv",
    title: "Events",
    what: "One row for every violent event, reported or not",
    columns: Columns::Declared(&[
        Column::integer("run", "", "Number of the run, from 0", |row| row.run.into()),
        Column::integer("event", "", "Number of the event in its run, from 0", |row| {
            row.event.into()
        }),
        Column::date("date", "First day of its week", |row| row.date.into()),
        Column::text("community", "Where it happened", |row| row.community.as_str().into()),
        Column::text("cercle", "Its cercle", |row| row.cercle.as_str().into()),
        Column::text("region", "Its region", |row| row.region.as_str().into()),
        Column::text("zone", "Its zone", |row| row.zone.into()),
        Column::text("attacker", "Who attacked", |row| row.attacker.as_str().into()),
        Column::text("target", "Who was attacked; civilians, or an armed side", |row| {
            row.target.as_str().into()
        }),
        Column::text("constituency", "Whose civilians were harmed, if any were", |row| {
            row.constituency.as_deref().into()
        }),
        Column::integer("soldiers_killed", "deaths", "Soldiers of the state killed", |row| {
            row.soldiers_killed.into()
        }),
        Column::integer("partners_killed", "deaths", "Soldiers of partners killed", |row| {
            row.partners_killed.into()
        }),
        Column::integer("attackers_killed", "deaths", "Fighters of the attacker killed", |row| {
            row.attackers_killed.into()
        }),
        Column::integer("defenders_killed", "deaths", "Fighters of the target killed", |row| {
            row.defenders_killed.into()
        }),
        Column::integer("civilians_killed", "deaths", "Civilians killed", |row| {
            row.civilians_killed.into()
        }),
        Column::integer("civilians_hurt", "persons", "Civilians beaten, robbed or seized", |row| {
            row.civilians_hurt.into()
        }),
        Column::boolean("reported", "Whether it became known", |row| row.reported.into()),
    ]),
    key: &["run", "event"],
    links: TO_RUNS,
};

/// One row for every person who joined.
pub const RECRUITS: Table<RecruitRow> = Table {
    name: "recruits.csv",
    title: "Recruits",
    what: "One row for every time a person joined an armed group",
    columns: Columns::Declared(&[
        Column::integer("run", "", "Number of the run, from 0", |row| row.run.into()),
        Column::date("date", "First day of the week", |row| row.date.into()),
        Column::integer("person", "", "Number of the adult", |row| row.person.into()),
        Column::integer("spell", "", "0 for a first time, 1 for a second, and so on", |row| {
            row.spell.into()
        }),
        Column::text("community", "Where they lived", |row| row.community.as_str().into()),
        Column::text("constituency", "Whom they belong to", |row| row.constituency.as_str().into()),
        Column::text("cohort", "Age and sex: young is 15 to 34", |row| row.cohort.into()),
        Column::text("group", "The group they joined", |row| row.group.as_str().into()),
        Column::text("command", "The command that took them in", |row| row.command.as_str().into()),
        Column::text("motive", "Their primary motive", |row| row.motive.into()),
        Column::text("trigger", "Who had harmed them or theirs within half a year", |row| {
            row.trigger.as_deref().into()
        }),
        Column::text("trigger_in", "Whether that was in the household or the circle", |row| {
            row.trigger_in.into()
        }),
    ]),
    key: &["run", "person", "spell"],
    links: TO_RUNS,
};

/// One row for every fighter who is one no longer.
pub const LEAVERS: Table<LeaverRow> = Table {
    name: "leavers.csv",
    title: "Leavers",
    what: "One row for every fighter who left, was arrested or was killed",
    columns: Columns::Declared(&[
        Column::integer("run", "", "Number of the run, from 0", |row| row.run.into()),
        Column::date("date", "First day of the week", |row| row.date.into()),
        Column::integer("person", "", "Number of the adult", |row| row.person.into()),
        Column::text("group", "The group they left", |row| row.group.as_str().into()),
        Column::text("command", "The command they left", |row| row.command.as_str().into()),
        Column::text("cause", "Why", |row| row.cause.into()),
        Column::integer(
            "weeks",
            "weeks",
            "Weeks inside, counted from the start of the run at most",
            |row| row.weeks.into(),
        ),
    ]),
    key: &[],
    links: TO_RUNS,
};

/// Every table a run can leave, in the order of the files.
#[must_use]
pub fn all() -> Vec<Described> {
    vec![
        runs().described(),
        series().described(),
        groups().described(),
        places().described(),
        EVENTS.described(),
        RECRUITS.described(),
        LEAVERS.described(),
    ]
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_table_is_declared_without_fault() {
        for table in super::all() {
            assert_eq!(table.faults(), Vec::<String>::new());
        }
    }
}
