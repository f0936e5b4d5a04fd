//! Tables of the course of runs, alone or compared.

use toguna_experiment::acted::ActedRow;
use toguna_experiment::over_time::{CercleRow, OverTimeRow};
use toguna_experiment::table::{Column, Columns, Table};
use toguna_experiment::who_pays::WhoPaysRow;

/// Outcomes over time: of each scenario, and of each paired difference.
pub const OVER_TIME: Table<OverTimeRow> = Table {
    name: "over_time.csv",
    title: "Outcomes over time",
    what: "One row for every fourth week, outcome and scenario, and for every difference from the first",
    columns: Columns::Declared(&[
        Column::text("scenario", "The scenario; of a difference, the one that differs", |row| {
            row.scenario.as_str().into()
        }),
        Column::text(
            "first",
            "Of a difference, the scenario that it is measured from; missing in rows of one scenario",
            |row| row.first.as_deref().into(),
        ),
        Column::integer("week", "", "Number of the week, from 0", |row| row.week.into()),
        Column::date("date", "First day of the week", |row| row.date.into()),
        Column::text("outcome", "What is measured", |row| row.outcome.into()),
        Column::text("unit", "Unit of the three numbers", |row| row.unit.into()),
        Column::number(
            "mean",
            "see unit",
            "Mean over runs. A stock as it stands; a count per week over the last 12 weeks, but in a \
             difference added up since the start",
            |row| row.mean.into(),
        ),
        Column::number(
            "low",
            "see unit",
            "5 % of runs lie below; of a difference, lower end of the 95 % interval of its mean",
            |row| row.low.into(),
        ),
        Column::number(
            "high",
            "see unit",
            "5 % of runs lie above; of a difference, upper end of that interval",
            |row| row.high.into(),
        ),
    ]),
    key: &["scenario", "first", "week", "outcome"],
    links: &[],
};

/// Each cercle, month by month.
pub const CERCLES: Table<CercleRow> = Table {
    name: "cercles.csv",
    title: "Cercles",
    what: "One row for every cercle in every month of every scenario: means over runs. A last month that the \
           run does not complete has what came of it",
    columns: Columns::Declared(&[
        Column::text("scenario", "The scenario", |row| row.scenario.as_str().into()),
        Column::date("date", "First day of the month's last week", |row| row.date.into()),
        Column::text("cercle", "Its name", |row| row.cercle.as_str().into()),
        Column::number("residents", "persons", "People who live there, of all ages", |row| {
            row.residents.into()
        }),
        Column::number(
            "state_control",
            "share",
            "Control held by the state, weighted by residents",
            |row| row.state_control.into(),
        ),
        Column::text("holder", "The state or the group that holds the largest share", |row| {
            row.holder.as_str().into()
        }),
        Column::number("holder_share", "share", "The share that it holds", |row| {
            row.holder_share.into()
        }),
        Column::number("deaths", "deaths per month", "Killed in violent events", |row| {
            row.deaths.into()
        }),
        Column::number(
            "recruits",
            "persons per month",
            "People who joined an armed group",
            |row| row.recruits.into(),
        ),
        Column::number("displaced", "persons", "Displaced people who live there", |row| {
            row.displaced.into()
        }),
        Column::number(
            "services_lacking",
            "share",
            "Share of the need for health, schooling, justice and water that is not met, mean of the four, \
             weighted by residents",
            |row| row.services_lacking.into(),
        ),
    ]),
    key: &["scenario", "date", "cercle"],
    links: &[],
};

/// What befalls the people of each region, constituency and cohort.
pub const WHO_PAYS: Table<WhoPaysRow> = Table {
    name: "who_pays.csv",
    title: "Who pays",
    what: "One row for every region, constituency and cohort, for each of four things that may befall its \
           people, of every scenario and of every difference from the first: by where people come from, \
           wherever it happened",
    columns: Columns::Declared(&[
        Column::text("scenario", "The scenario; of a difference, the one that differs", |row| {
            row.scenario.as_str().into()
        }),
        Column::text(
            "first",
            "Of a difference, the scenario that it is measured from; missing in rows of one scenario",
            |row| row.first.as_deref().into(),
        ),
        Column::text(
            "by",
            "What people are told apart by: region, constituency or cohort",
            |row| row.by.into(),
        ),
        Column::text(
            "part",
            "Which of them: the region that they come from, whom they belong to, age and sex (young is 15 to \
             34)",
            |row| row.part.as_str().into(),
        ),
        Column::text(
            "what",
            "civilians_killed, fighters_killed and recruits in the whole run; displaced: away from home at \
             its end, inside the country or beyond (of cohorts not told, since whole households flee)",
            |row| row.what.into(),
        ),
        Column::number(
            "people",
            "persons",
            "How many they were at the start, of all ages; of cohorts, adults",
            |row| row.people.into(),
        ),
        Column::number("mean", "persons", "Mean over runs", |row| row.mean.into()),
        Column::number("low", "persons", "Lower end of its 95 % interval (Student's t)", |row| {
            row.low.into()
        }),
        Column::number("high", "persons", "Upper end of its 95 % interval (Student's t)", |row| {
            row.high.into()
        }),
    ]),
    key: &["scenario", "first", "by", "part", "what"],
    links: &[],
};

/// Entries of timelines, and when they acted.
pub const ACTED: Table<ActedRow> = Table {
    name: "acted.csv",
    title: "When timelines acted",
    what: "One row for every entry of the scenario's timeline in every run, acted or not",
    columns: Columns::Declared(&[
        Column::text("scenario", "The scenario", |row| row.scenario.as_str().into()),
        Column::integer("replicate", "", "Number of the replicate, from 0", |row| {
            row.replicate.into()
        }),
        Column::integer("entry", "", "Number of the entry in the scenario, from 1", |row| {
            row.entry.into()
        }),
        Column::date(
            "date",
            "First day of the week in which it acted; missing where it did not",
            |row| row.date.into(),
        ),
        Column::boolean("conditional", "Whether it waits for a condition, not for a day", |row| {
            row.conditional.into()
        }),
        Column::text("waits_for", "The day or the condition that it waits for", |row| {
            row.waits_for.as_str().into()
        }),
        Column::text("levers", "The levers that it sets", |row| row.levers.as_str().into()),
        Column::text("note", "What the scenario notes on it; missing where nothing", |row| {
            Some(row.note.as_str()).filter(|note| !note.is_empty()).into()
        }),
    ]),
    key: &["scenario", "replicate", "entry"],
    links: &[],
};
