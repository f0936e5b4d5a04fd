//! The tables of a comparison.

use toguna_experiment::averted::AvertedRow;
use toguna_experiment::compare::ComparisonRow;
use toguna_experiment::explain::ExplainedRow;
use toguna_experiment::joined::JoinedRow;
use toguna_experiment::over_time::PartingRow;
use toguna_experiment::table::{Column, Columns, Table};

/// One row for every outcome of every scenario compared with the first.
pub const COMPARISON: Table<ComparisonRow> = Table {
    name: "comparison.csv",
    title: "Comparison",
    what: "One row for every outcome of every scenario compared with the first, seed by seed",
    columns: Columns::Declared(&[
        Column::text("first", "The scenario compared with", |row| row.first.as_str().into()),
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

/// One row for every outcome that can be averted, of every scenario compared with the first.
pub const AVERTED: Table<AvertedRow> = Table {
    name: "averted.csv",
    title: "What spending averts",
    what: "One row for every outcome that can be averted and every scenario compared with the first",
    columns: Columns::Declared(&[
        Column::text("first", "The scenario compared with", |row| row.first.as_str().into()),
        Column::text("other", "The scenario that differs", |row| row.other.as_str().into()),
        Column::text("outcome", "What is averted", |row| row.outcome.into()),
        Column::text("unit", "Unit of what is averted", |row| row.unit.into()),
        Column::integer("replicates", "runs", "Seeds that both scenarios share", |row| {
            row.replicates.into()
        }),
        Column::number(
            "spent_more",
            "billion francs",
            "Mean of what other spends - what first spends, seed by seed",
            |row| row.spent_more.into(),
        ),
        Column::number(
            "spent_low",
            "billion francs",
            "Lower end of its 95 % interval (Student's t)",
            |row| row.spent_low.into(),
        ),
        Column::number(
            "spent_high",
            "billion francs",
            "Upper end of its 95 % interval (Student's t)",
            |row| row.spent_high.into(),
        ),
        Column::number("averted", "see unit", "Mean of first - other, seed by seed", |row| {
            row.averted.into()
        }),
        Column::number(
            "per_billion",
            "see unit, per billion francs",
            "Averted for each billion spent more; missing unless more is surely spent",
            |row| row.per_billion.into(),
        ),
        Column::number(
            "low",
            "see unit, per billion francs",
            "Lower end of its 95 % interval (Fieller)",
            |row| row.low.into(),
        ),
        Column::number(
            "high",
            "see unit, per billion francs",
            "Upper end of its 95 % interval (Fieller)",
            |row| row.high.into(),
        ),
    ]),
    key: &["first", "other", "outcome"],
    links: &[],
};

/// One row for every pair of scenarios and part of the people.
pub const JOINED: Table<JoinedRow> = Table {
    name: "joined.csv",
    title: "Who joined under which",
    what: "One row for every pair of scenarios and part of the people: persons told apart one by one, means \
           of a run",
    columns: Columns::Declared(&[
        Column::text("first", "The scenario compared with", |row| row.first.as_str().into()),
        Column::text("other", "The scenario that differs", |row| row.other.as_str().into()),
        Column::text(
            "by",
            "What people are told apart by: all, motive, region, cercle, constituency, cohort or group",
            |row| row.by.into(),
        ),
        Column::text(
            "part",
            "Which of them: the motive and the group of the first time, the region and the cercle that they \
             come from, whom they belong to, age and sex (young is 15 to 34)",
            |row| row.part.as_str().into(),
        ),
        Column::number("both", "persons", "Joined under both, counted as in the first", |row| {
            row.both.into()
        }),
        Column::number("both_alike", "persons", "Of those, for the same motive in both", |row| {
            row.both_alike.into()
        }),
        Column::number("only_first", "persons", "Joined under the first alone", |row| {
            row.only_first.into()
        }),
        Column::number("only_first_low", "persons", "Lower end of its 95 % interval", |row| {
            row.interval_of_first.map(|it| it.0).into()
        }),
        Column::number("only_first_high", "persons", "Upper end of its 95 % interval", |row| {
            row.interval_of_first.map(|it| it.1).into()
        }),
        Column::number("only_other", "persons", "Joined under the other alone", |row| {
            row.only_other.into()
        }),
        Column::number("only_other_low", "persons", "Lower end of its 95 % interval", |row| {
            row.interval_of_other.map(|it| it.0).into()
        }),
        Column::number("only_other_high", "persons", "Upper end of its 95 % interval", |row| {
            row.interval_of_other.map(|it| it.1).into()
        }),
        Column::number("difference", "persons", "only_other - only_first, seed by seed", |row| {
            row.difference.into()
        }),
        Column::number("low", "persons", "Lower end of its 95 % interval", |row| {
            row.interval.map(|it| it.0).into()
        }),
        Column::number("high", "persons", "Upper end of its 95 % interval", |row| {
            row.interval.map(|it| it.1).into()
        }),
    ]),
    key: &["first", "other", "by", "part"],
    links: &[],
};

/// One row for every part of every difference.
pub const EXPLAINED: Table<ExplainedRow> = Table {
    name: "explained.csv",
    title: "What carries the differences",
    what: "One row for every mechanism, outcome and pair of scenarios: the difference without it",
    columns: Columns::Declared(&[
        Column::text("first", "The scenario compared with", |row| row.first.as_str().into()),
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
        Column::number(
            "share",
            "share",
            "Share of the whole difference; missing where its interval holds 0",
            |row| row.share.into(),
        ),
    ]),
    key: &["first", "other", "outcome", "part"],
    links: &[],
};

/// When scenarios part.
pub const PARTINGS: Table<PartingRow> = Table {
    name: "partings.csv",
    title: "When scenarios part",
    what: "One row for every scenario compared with the first",
    columns: Columns::Declared(&[
        Column::text("first", "The scenario compared with", |row| row.first.as_str().into()),
        Column::text("other", "The scenario that differs", |row| row.other.as_str().into()),
        Column::date("scenarios_part", "From this day on they say different things", |row| {
            row.scenarios_part.into()
        }),
        Column::date(
            "outcomes_part",
            "First week in which anything in over_time.csv differs in any run; missing when nothing does",
            |row| row.outcomes_part.into(),
        ),
        Column::integer("replicates_that_part", "runs", "Runs in which anything differs", |row| {
            row.replicates_that_part.into()
        }),
    ]),
    key: &["first", "other"],
    links: &[],
};
