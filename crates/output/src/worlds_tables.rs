//! The tables of policies judged over an ensemble.

use super::runs_table::columns_of_runs;
use toguna_experiment::record::RunRecord;
use toguna_experiment::table::{Column, Columns, Table};
use toguna_experiment::worlds::{JudgedRow, RegretRow, WhereRow};

/// One run of one policy in one world.
pub struct WorldRunRow {
    /// The run.
    pub run: RunRecord,
    /// Number of the member, from 0.
    pub member: u32,
    /// Why it failed, if it did.
    pub cause: Option<String>,
}

impl AsRef<RunRecord> for WorldRunRow {
    fn as_ref(&self) -> &RunRecord {
        &self.run
    }
}

/// One row for every run.
#[must_use]
pub fn world_runs() -> Table<WorldRunRow> {
    let member = Column::integer(
        "member",
        "",
        "Number of the ensemble's member whose parameters were set, from 0",
        |row: &WorldRunRow| row.member.into(),
    );
    let cause = Column::text("cause", "Why the run failed", |row: &WorldRunRow| {
        row.cause.as_deref().into()
    });
    Table {
        name: "runs.csv",
        title: "Runs",
        what: "One row for every policy in every world, as often as it was run",
        columns: Columns::Gathered(columns_of_runs(vec![member], vec![cause])),
        key: &["run"],
        links: &[],
    }
}

/// One row for every outcome of every policy compared with the first.
pub const JUDGED: Table<JudgedRow> = Table {
    name: "over_worlds.csv",
    title: "Differences over worlds",
    what: "One row for every outcome of every policy compared with the first, over all worlds of an ensemble",
    columns: Columns::Declared(&[
        Column::text("first", "The policy compared with", |row| row.first.as_str().into()),
        Column::text("other", "The policy that differs", |row| row.other.as_str().into()),
        Column::text("outcome", "What is compared", |row| row.outcome.into()),
        Column::text("unit", "Unit of all but shares", |row| row.unit.into()),
        Column::integer("worlds", "worlds", "Worlds in which it is known", |row| row.worlds.into()),
        Column::integer("runs", "runs", "Runs of all of them", |row| row.runs.into()),
        Column::number(
            "median",
            "see unit",
            "Median of other - first over worlds and luck",
            |row| row.median.into(),
        ),
        Column::number("p05", "see unit", "5 % of worlds and luck, by weight, lie below", |row| {
            row.p05.into()
        }),
        Column::number("p95", "see unit", "5 % of worlds and luck, by weight, lie above", |row| {
            row.p95.into()
        }),
        Column::number(
            "helps",
            "share",
            "Share of the worlds, by weight, in which the mean difference is to the good; missing where more \
             is neither good nor bad",
            |row| row.helps.into(),
        ),
        Column::number(
            "luck",
            "see unit",
            "Standard deviation of the difference between runs of one world; missing of one run of each",
            |row| row.luck.into(),
        ),
        Column::number(
            "ignorance",
            "see unit",
            "Standard deviation of the difference between worlds, luck taken out: more runs do not lessen it",
            |row| row.ignorance.into(),
        ),
    ]),
    key: &["first", "other", "outcome"],
    links: &[],
};

/// One row for every outcome that is good or bad, of every policy.
pub const REGRETS: Table<RegretRow> = Table {
    name: "regret.csv",
    title: "Regret",
    what: "One row for every policy and every outcome of which more is good or bad: how much worse it is than \
           the best policy of each world",
    columns: Columns::Declared(&[
        Column::text("policy", "The policy", |row| row.policy.as_str().into()),
        Column::text("outcome", "What is compared", |row| row.outcome.into()),
        Column::text("unit", "Unit of the regret", |row| row.unit.into()),
        Column::number("best_in", "share", "Worlds, by weight, in which none is better", |row| {
            row.best_in.into()
        }),
        Column::number("mean", "see unit", "Mean over worlds, by weight", |row| row.mean.into()),
        Column::number("p95", "see unit", "5 % of worlds, by weight, have more regret", |row| {
            row.p95.into()
        }),
    ]),
    key: &["policy", "outcome"],
    links: &[],
};

/// One row for every part of the worlds.
pub struct FailsRow {
    /// The part.
    pub found: WhereRow,
    /// Its number, from 0.
    pub part: u32,
    /// In words: the keys and their bounds.
    pub conditions: String,
}

/// One row for every part into which worlds are told by where a policy fails.
pub const FAILS: Table<FailsRow> = Table {
    name: "fails.csv",
    title: "Where policies fail",
    what: "One row for every part of the worlds that two questions tell apart, for every policy and every \
           outcome that matters most",
    columns: Columns::Declared(&[
        Column::text("first", "The policy compared with", |row| row.found.first.as_str().into()),
        Column::text("other", "The policy that differs", |row| row.found.other.as_str().into()),
        Column::text("outcome", "What is compared", |row| row.found.outcome.into()),
        Column::integer("part", "", "Number of the part, from 0; the first fails most", |row| {
            row.part.into()
        }),
        Column::text(
            "conditions",
            "What the worlds of the part have in common; missing where nothing tells them apart",
            |row| Some(row.conditions.as_str()).filter(|it| !it.is_empty()).into(),
        ),
        Column::number("share", "share", "Part of all worlds, by weight", |row| {
            row.found.leaf.share.into()
        }),
        Column::number(
            "failing",
            "share",
            "Of these, worlds in which the mean difference is not to the good",
            |row| row.found.leaf.failing.into(),
        ),
    ]),
    key: &["first", "other", "outcome", "part"],
    links: &[],
};
