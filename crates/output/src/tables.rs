//! The tables of a run. Outcomes are declared in the model; here they become columns.

use super::cell::Cell;
use super::columns::{Column, Columns, Described, Link, Table};
use super::comparison_tables::{AVERTED, COMPARISON, EXPLAINED, JOINED};
use super::sweep_tables::{BANDS, CONTRASTS, SENSITIVITY, SUMMARY};
use toguna_experiment::record::{
    EventRow, GroupRow, LeaverRow, PactRow, PlaceRow, PoliticsRow, RecruitRow, RunRecord, TalkRow,
    WeekRow,
};
use toguna_model::outcomes::{GROUP_OUTCOMES, OUTCOMES, PLACE_OUTCOMES};

const TO_RUNS: &[Link] = &[Link { columns: &["run"], table: "runs.csv", to: &["run"] }];

/// The columns of `runs.csv` of any experiment, of rows that are or hold a [`RunRecord`]; its own
/// columns stand `before` the replicate and `after` the status. A run that failed has no outcomes.
pub(super) fn columns_of_runs<Row: AsRef<RunRecord>>(
    before: Vec<Column<Row>>,
    after: Vec<Column<Row>>,
) -> Vec<Column<Row>> {
    let mut columns = vec![
        Column::integer("run", "", "Number of the run, from 0", |row: &Row| {
            row.as_ref().run.into()
        }),
        Column::text("scenario", "Short name of the scenario", |row: &Row| {
            row.as_ref().scenario.as_str().into()
        }),
    ];
    columns.extend(before);
    columns.extend([
        Column::integer("replicate", "", "Number of the replicate, from 0", |row: &Row| {
            row.as_ref().replicate.into()
        }),
        Column::integer("seed", "", "Seed; with the replicate it fixes all luck", |row: &Row| {
            row.as_ref().seed.into()
        }),
        Column::text("status", "`ok`, or `failed`: the run then has no outcomes", |row: &Row| {
            if row.as_ref().end.is_empty() { "failed".into() } else { "ok".into() }
        }),
    ]);
    columns.extend(after);
    columns.extend(OUTCOMES.iter().enumerate().map(|(place, outcome)| {
        let unit = outcome.unit_over_a_run();
        let value = |row: &Row, place: usize| row.as_ref().end.get(place).copied().into();
        Column::at(place, outcome.name, unit, outcome.meaning, value)
    }));
    columns
}

/// One row for every run, of a single scenario or of several.
#[must_use]
pub fn runs() -> Table<RunRecord> {
    let columns = columns_of_runs(Vec::new(), Vec::new());
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

const MILITIA_NEAR: &str =
    "How near militias hostile to the command were, 0 to 1, mean over its weeks in the run";
const SOLDIERS_NEAR: &str = "How near soldiers were, 0 to 1, mean over its weeks in the run";

/// One row for every pact.
pub const PACTS: Table<PactRow> = Table {
    name: "pacts.csv",
    title: "Pacts",
    what: "One row for every local pact, held or ended",
    columns: Columns::Declared(&[
        Column::integer("run", "", "Number of the run, from 0", |row| row.run.into()),
        Column::integer("pact", "", "Number of the pact in its run, from 0", |row| row.pact.into()),
        Column::text("community", "Where it was signed first", |row| row.community.as_str().into()),
        Column::text("cercle", "Its cercle", |row| row.cercle.as_str().into()),
        Column::text("region", "Its region", |row| row.region.as_str().into()),
        Column::text("zone", "Its zone", |row| row.zone.into()),
        Column::integer("places", "communities", "Communities in it, at its end", |row| {
            row.places.into()
        }),
        Column::text("command", "The command that signed", |row| row.command.as_str().into()),
        Column::text("group", "Its group", |row| row.group.as_str().into()),
        Column::date("signed", "First day of the week of signing", |row| row.signed.into()),
        Column::date("ended", "First day of the week of its end; missing while it holds", |row| {
            row.ended.into()
        }),
        Column::integer("weeks", "weeks", "From signing to its end or the run's", |row| {
            row.weeks.into()
        }),
        Column::text("cause", "Why it ended; missing while it holds", |row| row.cause.into()),
        Column::text("stance", "What the state did about pacts when it was signed", |row| {
            row.stance.into()
        }),
        Column::boolean("state_supported", "Whether the state ever supported it", |row| {
            row.state_supported.into()
        }),
        Column::text("schools", "Which schools may teach: closed, koranic, state", |row| {
            row.terms.schools.name().into()
        }),
        Column::boolean("relief", "Whether humanitarian workers may come", |row| {
            row.terms.relief.into()
        }),
        Column::boolean("prisoners", "Whether prisoners are let go", |row| {
            row.terms.prisoners.into()
        }),
        Column::boolean("no_informing", "Whether nobody may inform the state", |row| {
            row.terms.no_informing.into()
        }),
        Column::boolean("army_excluded", "Whether the army is to stay out", |row| {
            row.terms.army_excluded.into()
        }),
        Column::boolean("rules", "Whether dress and Sharia rules hold", |row| {
            row.terms.rules.into()
        }),
        Column::number("levy", "share", "Levy, as part of the usual one", |row| {
            row.terms.levy.into()
        }),
        Column::number("evenness", "share", "The communities' part of the surplus", |row| {
            row.evenness.into()
        }),
        Column::number("breadth", "share", "Standing of the leaders behind it", |row| {
            row.breadth.into()
        }),
        Column::boolean("militia_bound", "Whether militias of its people keep to it", |row| {
            row.militia_bound.into()
        }),
        Column::integer("blockade_weeks", "weeks", "Weeks of blockade before it", |row| {
            row.blockade_weeks.into()
        }),
        Column::integer("breaches", "", "Breaches by those bound", |row| row.breaches.into()),
        Column::number("militia_near", "share", MILITIA_NEAR, |row| row.militia_near.into()),
        Column::number("soldiers_near", "share", SOLDIERS_NEAR, |row| row.soldiers_near.into()),
    ]),
    key: &["run", "pact"],
    links: TO_RUNS,
};

/// One row for every move of talks.
pub const TALKS: Table<TalkRow> = Table {
    name: "talks.csv",
    title: "Talks",
    what: "One row for every step, breakdown and exchange, and every command that came in or went out",
    columns: Columns::Declared(&[
        Column::integer("run", "", "Number of the run, from 0", |row| row.run.into()),
        Column::date("date", "First day of the week", |row| row.date.into()),
        Column::text("group", "The group", |row| row.group.as_str().into()),
        Column::text("from", "Stage before: none, channel, contact, talks, accord", |row| {
            row.from.into()
        }),
        Column::text("to", "Stage after", |row| row.to.into()),
        Column::text("turn", "What moved them", |row| row.turn.into()),
        Column::text("command", "The command, where it is one command's move", |row| {
            row.command.as_deref().into()
        }),
        Column::number("trust", "share", "Trust at the end of the week", |row| row.trust.into()),
        Column::number("seats", "share", "Standing of communities", |row| row.seats.into()),
        Column::integer("clauses", "clauses", "Clauses agreed", |row| row.clauses.into()),
        Column::integer("implemented", "clauses", "Clauses carried out", |row| {
            row.implemented.into()
        }),
    ]),
    key: &[],
    links: TO_RUNS,
};

/// One row for every turn of politics.
pub const POLITICS: Table<PoliticsRow> = Table {
    name: "politics.csv",
    title: "Politics",
    what: "One row for every coup, election, conference, exchange, accord and end of an accord",
    columns: Columns::Declared(&[
        Column::integer("run", "", "Number of the run, from 0", |row| row.run.into()),
        Column::date("date", "First day of the week", |row| row.date.into()),
        Column::text("what", "What happened", |row| row.what.into()),
        Column::text("regime", "Who rules at the end of the week", |row| row.regime.into()),
        Column::number("legitimacy", "share", "Legitimacy of the state", |row| {
            row.legitimacy.into()
        }),
        Column::number("capacity", "share", "Capacity of institutions", |row| row.capacity.into()),
        Column::number("opinion_dialogue", "share", "Public for dialogue", |row| {
            row.opinion_dialogue.into()
        }),
        Column::number("protest", "intensity", "Protest", |row| row.protest.into()),
        Column::number("concessions", "share", "Conceded to armed groups", |row| {
            row.concessions.into()
        }),
    ]),
    key: &[],
    links: TO_RUNS,
};

/// Every table that a run, a comparison or a sweep can leave, but for those of a sweep whose columns
/// follow from its design.
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
        PACTS.described(),
        TALKS.described(),
        POLITICS.described(),
        COMPARISON.described(),
        AVERTED.described(),
        JOINED.described(),
        EXPLAINED.described(),
        SUMMARY.described(),
        CONTRASTS.described(),
        BANDS.described(),
        SENSITIVITY.described(),
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
