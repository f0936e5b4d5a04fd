//! The tables of a comparison of runs with the facts.

use toguna_experiment::facts::Fact;
use toguna_experiment::table::{Cell, Column, Columns, Link, Table};
use toguna_experiment::validate::FactRow;

/// An end of a tolerance; missing where there is no such bound.
pub(crate) fn bound(value: f64) -> Cell<'static> {
    Some(value).filter(|it| it.is_finite()).into()
}

/// One row for every fact that the scenario's span allows.
pub const VALIDATION: Table<FactRow> = Table {
    name: "validation.csv",
    title: "Runs and facts",
    what: "One row for every fact that the scenario's span allows, over all runs",
    columns: Columns::Declared(&[
        Column::text("number", "Number of the fact, as in docs/facts.md", |row| {
            row.fact.number.into()
        }),
        Column::text("fact", "Name of the row, as an outcome of `eval` and of designs", |row| {
            row.fact.name.into()
        }),
        Column::text("title", "What is measured", |row| row.fact.title.into()),
        Column::text("unit", "Unit of all values of the row", |row| row.fact.unit.into()),
        Column::text(
            "used_for",
            "`fit`: may be tuned to; `check`: must not; `shown`: measured and not judged",
            |row| row.fact.used_for.name().into(),
        ),
        Column::number("wanted", "see unit", "What was observed; missing of a bound", |row| {
            row.fact.wanted.into()
        }),
        Column::number("lowest", "see unit", "Lower end of the tolerance", |row| {
            bound(row.fact.low)
        }),
        Column::number("highest", "see unit", "Upper end of the tolerance", |row| {
            bound(row.fact.high)
        }),
        Column::integer("runs", "runs", "Runs in which it could be measured", |row| {
            row.runs.into()
        }),
        Column::number("mean", "see unit", "Mean over those runs", |row| row.mean.into()),
        Column::number("p05", "see unit", "5 % of runs lie below", |row| {
            row.band.map(|band| band.low).into()
        }),
        Column::number("median", "see unit", "Half of the runs lie below", |row| {
            row.band.map(|band| band.median).into()
        }),
        Column::number("p95", "see unit", "5 % of runs lie above", |row| {
            row.band.map(|band| band.high).into()
        }),
        Column::boolean("inside", "Whether the wanted value lies from p05 to p95", |row| {
            row.inside.into()
        }),
        Column::number(
            "interval_score",
            "see unit",
            "Interval score of p05 to p95 for the wanted value, the smaller the better (Gneiting and \
             Raftery 2007)",
            |row| row.interval_score.into(),
        ),
        Column::boolean(
            "passes",
            "Whether the mean lies within the tolerance; missing where it was not measured or is \
             not judged",
            |row| row.passes.into(),
        ),
        Column::text("lacking", "What all runs lack where it could not be measured", |row| {
            Some(row.fact.lacking).filter(|_| row.runs == 0).into()
        }),
        Column::text("source", "Where the fact is known from", |row| row.fact.source.title.into()),
        Column::text("licence", "Under what licence it is quoted", |row| {
            row.fact.source.licence.into()
        }),
    ]),
    key: &["fact"],
    links: &[],
};

/// One fact in one run.
pub struct FactInRun {
    /// Number of the run, from 0.
    pub run: u32,
    /// Which fact.
    pub fact: &'static Fact,
    /// What the run shows of it; none where it shows nothing.
    pub value: Option<f64>,
}

/// One row for every fact in every run.
pub const FACTS_BY_RUN: Table<FactInRun> = Table {
    name: "facts.csv",
    title: "Facts by run",
    what: "One row for every fact that the scenario's span allows in every run",
    columns: Columns::Declared(&[
        Column::integer("run", "", "Number of the run, from 0", |row| row.run.into()),
        Column::text("fact", "Name of the fact", |row| row.fact.name.into()),
        Column::text("unit", "Unit of the value", |row| row.fact.unit.into()),
        Column::number("value", "see unit", "What the run shows; missing where it cannot", |row| {
            row.value.into()
        }),
    ]),
    key: &["run", "fact"],
    links: &[
        Link { columns: &["run"], table: "runs.csv", to: &["run"] },
        Link { columns: &["fact"], table: "validation.csv", to: &["fact"] },
    ],
};
