//! The table of runs. Outcomes are declared in the model; here they become columns.

use toguna_experiment::record::RunRecord;
use toguna_experiment::table::{Column, Columns, Table};
use toguna_model::outcomes::OUTCOMES;

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
        Column::integer(
            "seed",
            "",
            "Seed; with the replicate it fixes all random numbers",
            |row: &Row| row.as_ref().seed.into(),
        ),
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
