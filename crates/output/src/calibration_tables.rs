//! The tables of a calibration: waves, settings, runs, and the ensemble with what it says.

use super::runs_table::columns_of_runs;
use super::sweep_tables::{SweepRunRow, TO_POINTS, cell, varied};
use super::validation_tables::bound;
use toguna_experiment::calibrate::{FactFound, Left, Member, Reach};
use toguna_experiment::design::Points;
use toguna_experiment::facts::Fact;
use toguna_experiment::record::RunRecord;
use toguna_experiment::table::{Cell, Column, Columns, Table};
use toml::Value;

/// What one wave was, and what it has left.
pub struct WaveRow {
    /// From 1; the last is that of the ensemble.
    pub wave: u32,
    /// Settings.
    pub points: u32,
    /// Runs of all of them.
    pub runs: u64,
    /// Runs that failed.
    pub failed: u64,
    /// What is not ruled out after it; none after the last, which rules nothing out.
    pub left: Option<Left>,
    /// How many times tolerances were widened for the ensemble; of the last alone.
    pub stretch: Option<f64>,
}

/// One row for every wave.
pub const WAVES: Table<WaveRow> = Table {
    name: "waves.csv",
    title: "Waves",
    what: "One row for every wave of settings; the last is the ensemble",
    columns: Columns::Declared(&[
        Column::integer("wave", "", "Number of the wave, from 1", |row| row.wave.into()),
        Column::integer("points", "settings", "Settings that were run", |row| row.points.into()),
        Column::integer("runs", "runs", "Runs of all of them", |row| row.runs.into()),
        Column::integer("failed", "runs", "Runs that failed", |row| row.failed.into()),
        Column::number(
            "left",
            "share",
            "Part of all settings within the priors that neither this wave nor one before has ruled out",
            |row| row.left.map(|left| left.share).into(),
        ),
        Column::integer(
            "may_miss",
            "facts",
            "Facts that a setting may miss and still be kept: as few as leave one in a thousand settings",
            |row| row.left.map(|left| left.misses as u64).map_or(Cell::Missing, Into::into),
        ),
        Column::integer(
            "set_aside",
            "facts",
            "Facts that no setting kept so far reaches, and that therefore rule none out",
            |row| row.left.map(|left| left.aside as u64).map_or(Cell::Missing, Into::into),
        ),
        Column::number(
            "stretch",
            "ratio",
            "How many times tolerances and luck were widened for the ensemble, because no setting comes as \
             near to all facts as they ask; 1 where one does",
            |row| row.stretch.into(),
        ),
    ]),
    key: &["wave"],
    links: &[],
};

/// One setting of any wave.
pub struct WavePointRow {
    /// Over all waves, from 0.
    pub point: u64,
    /// From 1.
    pub wave: u32,
    /// By path varied.
    pub values: Vec<Option<Value>>,
}

/// One row for every setting.
#[must_use]
pub fn wave_points(points: &Points) -> Table<WavePointRow> {
    let mut columns = vec![
        Column::integer("point", "", "Number of the setting, over all waves, from 0", |row| {
            let row: &WavePointRow = row;
            row.point.into()
        }),
        Column::integer("wave", "", "Number of the wave, from 1", |row: &WavePointRow| {
            row.wave.into()
        }),
    ];
    columns.extend(varied(points, |row: &WavePointRow, axis| cell(row.values[axis].as_ref())));
    Table {
        name: "points.csv",
        title: "Points",
        what: "One row for every setting of every wave",
        columns: Columns::Gathered(columns),
        key: &["point"],
        links: &[],
    }
}

/// One run of one wave.
pub struct WaveRunRow {
    /// The run and its setting.
    pub run: SweepRunRow,
    /// From 1.
    pub wave: u32,
    /// What it shows of each fact.
    pub facts: Vec<f64>,
}

impl AsRef<RunRecord> for WaveRunRow {
    fn as_ref(&self) -> &RunRecord {
        self.run.as_ref()
    }
}

/// One row for every run, with a column for each fact.
#[must_use]
pub fn wave_runs(facts: &[&'static Fact]) -> Table<WaveRunRow> {
    let before = vec![
        Column::integer("wave", "", "Number of the wave, from 1", |row: &WaveRunRow| {
            row.wave.into()
        }),
        Column::integer(
            "point",
            "",
            "Number of the setting, over all waves, from 0",
            |row: &WaveRunRow| row.run.point.into(),
        ),
    ];
    let cause = Column::text("cause", "Why the run failed", |row: &WaveRunRow| {
        row.run.cause.as_deref().into()
    });
    let mut columns = columns_of_runs(before, vec![cause]);
    columns.extend(facts.iter().enumerate().map(|(place, fact)| {
        let value = |row: &WaveRunRow, place: usize| {
            row.facts.get(place).copied().filter(|value| !value.is_nan()).into()
        };
        Column::at(place, fact.name, fact.unit, fact.title, value)
    }));
    Table {
        name: "runs.csv",
        title: "Runs",
        what: "One row for every run of every wave: how it ended, then what it shows of each fact",
        columns: Columns::Gathered(columns),
        key: &["run"],
        links: TO_POINTS,
    }
}

/// One member of the ensemble.
pub struct MemberRow {
    /// From 0.
    pub member: u32,
    /// Its setting, over all waves.
    pub point: u64,
    /// Its weight and how near it comes.
    pub found: Member,
    /// By path varied.
    pub values: Vec<Option<Value>>,
}

const OF_MEMBERS: &[Column<MemberRow>] = &[
    Column::integer("member", "", "Number of the member, from 0", |row| row.member.into()),
    Column::integer("point", "", "Number of its setting in points.csv", |row| row.point.into()),
    Column::number("weight", "share", "Its share of the ensemble; all sum to 1", |row| {
        row.found.weight.into()
    }),
    Column::number(
        "score",
        "tolerances",
        "Root mean square distance of the means of its runs from the facts to fit: 1 where they lie on the \
         ends of the tolerances; the smaller the better",
        |row| row.found.score.into(),
    ),
    Column::integer(
        "met",
        "facts",
        "Facts to fit within whose tolerance the mean of its runs lies",
        |row| (row.found.met as u64).into(),
    ),
];

/// One row for every member; a column for each key varied follows.
pub const ENSEMBLE: Table<MemberRow> = Table {
    name: "ensemble.csv",
    title: "Ensemble",
    what: "One row for every setting that stands for what the facts leave open; behind, what it sets",
    columns: Columns::Declared(OF_MEMBERS),
    key: &["member"],
    links: TO_POINTS,
};

/// The same with a column for each key varied.
#[must_use]
pub fn ensemble(points: &Points) -> Table<MemberRow> {
    let mut columns = OF_MEMBERS.to_vec();
    columns.extend(varied(points, |row: &MemberRow, axis| cell(row.values[axis].as_ref())));
    Table { columns: Columns::Gathered(columns), ..ENSEMBLE }
}

/// Names of the columns of an ensemble that are no keys of a scenario.
pub fn own_columns() -> impl Iterator<Item = &'static str> {
    OF_MEMBERS.iter().map(|column| column.name)
}

/// One axis before and after.
pub struct RangeRow {
    /// The key varied.
    pub axis: String,
    /// Ends of the prior, then what 5 %, 50 % and 95 % of the weight lie below, as a scenario writes them.
    pub values: [Option<Value>; 5],
    /// Part of the prior's range that is gone.
    pub narrowed: f64,
}

/// One row for every axis.
pub const RANGES: Table<RangeRow> = Table {
    name: "ranges.csv",
    title: "Ranges before and after",
    what: "One row for every axis: its prior, and where the ensemble's weight lies",
    columns: Columns::Declared(&[
        Column::text("axis", "What varies: a key of the scenario", |row| row.axis.as_str().into()),
        Column::text("lowest", "Lower end of the prior, as in the scenario", |row| {
            written(row.values[0].as_ref())
        }),
        Column::text("highest", "Upper end of the prior", |row| written(row.values[1].as_ref())),
        Column::text("p05", "5 % of the weight lie below", |row| written(row.values[2].as_ref())),
        Column::text("median", "Half of the weight lies below", |row| {
            written(row.values[3].as_ref())
        }),
        Column::text("p95", "5 % of the weight lie above", |row| written(row.values[4].as_ref())),
        Column::number(
            "narrowed",
            "share",
            "1 less the length of p05 to p95 over nine tenths of the prior's, on the axis' own scale: 0 where \
             the facts say nothing of it, 1 where they fix it; below 0 where weight has moved to the ends",
            |row| row.narrowed.into(),
        ),
    ]),
    key: &["axis"],
    links: &[],
};

fn written(value: Option<&Value>) -> Cell<'static> {
    match value {
        None => Cell::Missing,
        Some(Value::String(text)) => text.clone().into(),
        Some(other) => other.to_string().into(),
    }
}

/// Two axes.
pub struct TradeoffRow {
    /// A key varied.
    pub axis: String,
    /// Another.
    pub other: String,
    /// Rank correlation among the members, by weight.
    pub correlation: Option<f64>,
}

/// One row for every pair of axes.
pub const TRADEOFFS: Table<TradeoffRow> = Table {
    name: "tradeoffs.csv",
    title: "What trades off",
    what: "One row for every pair of axes: how they go together in the ensemble",
    columns: Columns::Declared(&[
        Column::text("axis", "A key of the scenario", |row| row.axis.as_str().into()),
        Column::text("other", "Another", |row| row.other.as_str().into()),
        Column::number(
            "correlation",
            "rank correlation",
            "Spearman's, by weight: near 1 or -1 where the facts tell a combination of the two and neither \
             alone; missing where one does not vary",
            |row| row.correlation.into(),
        ),
    ]),
    key: &["axis", "other"],
    links: &[],
};

/// One fact to fit.
pub struct FittedRow {
    /// Which.
    pub fact: &'static Fact,
    /// What the search has found of it.
    pub found: FactFound,
}

/// One row for every fact to fit.
pub const FITTED: Table<FittedRow> = Table {
    name: "facts.csv",
    title: "Facts to fit",
    what: "One row for every fact to fit: whether any setting reaches it, and what the ensemble shows of it",
    columns: Columns::Declared(&[
        Column::text("number", "Number of the fact, as in docs/facts.md", |row| {
            row.fact.number.into()
        }),
        Column::text("fact", "Name of the row, as an outcome of `eval`", |row| {
            row.fact.name.into()
        }),
        Column::text("title", "What is measured", |row| row.fact.title.into()),
        Column::text("unit", "Unit of all values of the row", |row| row.fact.unit.into()),
        Column::number("wanted", "see unit", "What was observed; missing of a bound", |row| {
            row.fact.wanted.into()
        }),
        Column::number("lowest", "see unit", "Lower end of the tolerance", |row| {
            bound(row.fact.low)
        }),
        Column::number("highest", "see unit", "Upper end of the tolerance", |row| {
            bound(row.fact.high)
        }),
        Column::text(
            "reached",
            "`together`: by settings that are left; `alone`: only by settings that other facts rule out; \
             `never`: by none within the priors; `unknown`: no run shows it",
            |row| {
                match row.found.reach {
                    Reach::Together => "together",
                    Reach::Alone => "alone",
                    Reach::Never => "never",
                    Reach::Unknown => "unknown",
                }
                .into()
            },
        ),
        Column::number("nearest", "see unit", "Mean of the setting that came nearest", |row| {
            row.found.nearest.into()
        }),
        Column::number("mean", "see unit", "Mean over the ensemble's runs, by weight", |row| {
            row.found.mean.into()
        }),
        Column::number(
            "p05",
            "see unit",
            "5 % of the ensemble's runs, by weight, lie below",
            |row| row.found.band.map(|band| band[0]).into(),
        ),
        Column::number("median", "see unit", "Half of them lie below", |row| {
            row.found.band.map(|band| band[1]).into()
        }),
        Column::number("p95", "see unit", "5 % of them lie above", |row| {
            row.found.band.map(|band| band[2]).into()
        }),
        Column::boolean("inside", "Whether the wanted value lies from p05 to p95", |row| {
            let band = row.found.band.zip(row.fact.wanted);
            band.map(|(band, wanted)| (band[0]..=band[2]).contains(&wanted)).into()
        }),
        Column::boolean("passes", "Whether the mean lies within the tolerance", |row| {
            row.found.mean.map(|mean| (row.fact.low..=row.fact.high).contains(&mean)).into()
        }),
    ]),
    key: &["fact"],
    links: &[],
};
