//! The tables of a comparison.

use super::columns::{Column, Columns, Table};
use super::tables::unit_over_a_run;
use crate::experiment::compare::ComparisonRow;
use crate::experiment::explain::ExplainedRow;
use crate::experiment::joined::JoinedRow;
use crate::model::record::OUTCOMES;

/// How one run of one arm ended.
pub struct ArmRow {
    pub run: u32,
    pub scenario: String,
    pub replicate: u32,
    pub seed: u64,
    pub end: Vec<f64>,
}

/// One row for every run of every arm.
#[must_use]
pub fn arm_runs() -> Table<ArmRow> {
    let mut columns = vec![
        Column::integer("run", "", "Number of the run, from 0", |row: &ArmRow| row.run.into()),
        Column::text("scenario", "Short name of the scenario", |row: &ArmRow| {
            row.scenario.as_str().into()
        }),
        Column::integer("replicate", "", "Number of the replicate, from 0", |row: &ArmRow| {
            row.replicate.into()
        }),
        Column::integer(
            "seed",
            "",
            "Seed; with the replicate it fixes all luck",
            |row: &ArmRow| row.seed.into(),
        ),
    ];
    columns.extend(OUTCOMES.iter().enumerate().map(|(place, outcome)| {
        let unit = unit_over_a_run(outcome.unit, outcome.over_a_run);
        let value = |row: &ArmRow, place: usize| row.end[place].into();
        Column::at(place, outcome.name, unit, outcome.meaning, value)
    }));
    Table {
        name: "runs.csv",
        title: "Runs",
        what: "One row for every run of every scenario: counts added up, stocks and states as they end",
        columns: Columns::Gathered(columns),
        key: &["run"],
        links: &[],
    }
}

/// One row for every outcome of every scenario held against the first.
pub const COMPARISON: Table<ComparisonRow> = Table {
    name: "comparison.csv",
    title: "Comparison",
    what: "One row for every outcome of every scenario held against the first, seed by seed",
    columns: Columns::Declared(&[
        Column::text("first", "The scenario held against", |row| row.first.as_str().into()),
        Column::text("other", "The scenario that differs", |row| row.other.as_str().into()),
        Column::text("outcome", "What is compared", |row| row.outcome.into()),
        Column::text("unit", "Unit of the means, the difference and its interval", |row| {
            row.unit.into()
        }),
        Column::integer("replicates", "runs", "Seeds that both scenarios share", |row| {
            row.replicates.into()
        }),
        Column::number("mean_first", "see unit", "Mean of the first scenario", |row| {
            row.mean_first.into()
        }),
        Column::number("mean_other", "see unit", "Mean of the other scenario", |row| {
            row.mean_other.into()
        }),
        Column::number("difference", "see unit", "Mean of other - first, seed by seed", |row| {
            row.difference.into()
        }),
        Column::number("low", "see unit", "Lower end of the 95 % interval (Student's t)", |row| {
            row.low.into()
        }),
        Column::number("high", "see unit", "Upper end of the 95 % interval (Student's t)", |row| {
            row.high.into()
        }),
        Column::number(
            "variance_removed",
            "share",
            "Share of the variance of the difference that sharing seeds removed",
            |row| row.variance_removed.into(),
        ),
        Column::boolean(
            "stands_out",
            "Whether it differs from 0 over the family of all rows (Holm, 5 %)",
            |row| row.stands_out.into(),
        ),
    ]),
    key: &["first", "other", "outcome"],
    links: &[],
};

/// One row for every motive and pair of scenarios.
pub const JOINED: Table<JoinedRow> = Table {
    name: "joined.csv",
    title: "Who joined under which",
    what: "One row for every motive and pair of scenarios: persons told apart one by one, means of a run",
    columns: Columns::Declared(&[
        Column::text("first", "The scenario held against", |row| row.first.as_str().into()),
        Column::text("other", "The scenario that differs", |row| row.other.as_str().into()),
        Column::text("motive", "Why they joined the first time; all of them", |row| {
            row.motive.into()
        }),
        Column::number(
            "both",
            "persons",
            "Joined under both, by their motive in the first",
            |row| row.both.into(),
        ),
        Column::number("both_alike", "persons", "Of those, for the same motive in both", |row| {
            row.both_alike.into()
        }),
        Column::number("only_first", "persons", "Joined under the first alone", |row| {
            row.only_first.into()
        }),
        Column::number("only_other", "persons", "Joined under the other alone", |row| {
            row.only_other.into()
        }),
    ]),
    key: &["first", "other", "motive"],
    links: &[],
};

/// One row for every part of every difference.
pub const EXPLAINED: Table<ExplainedRow> = Table {
    name: "explained.csv",
    title: "What carries the differences",
    what: "One row for every mechanism, outcome and pair of scenarios: the difference without it",
    columns: Columns::Declared(&[
        Column::text("first", "The scenario held against", |row| row.first.as_str().into()),
        Column::text("other", "The scenario that differs", |row| row.other.as_str().into()),
        Column::text("outcome", "What is compared", |row| row.outcome.into()),
        Column::text("unit", "Unit of the differences", |row| row.unit.into()),
        Column::text(
            "part",
            "The mechanism switched off in both, the whole difference, what needs no mechanism, or \
             what mechanisms do only together",
            |row| row.part.as_str().into(),
        ),
        Column::number("without", "see unit", "The difference with the mechanism off", |row| {
            row.without.into()
        }),
        Column::number("carried", "see unit", "What of the difference this part carries", |row| {
            row.carried.into()
        }),
        Column::number("low", "see unit", "Lower end of its 95 % interval", |row| row.low.into()),
        Column::number("high", "see unit", "Upper end of its 95 % interval", |row| row.high.into()),
        Column::number("share", "share", "Share of the whole difference", |row| row.share.into()),
    ]),
    key: &["first", "other", "outcome", "part"],
    links: &[],
};
