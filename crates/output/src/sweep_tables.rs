//! The tables of a sweep. Columns of what varies are called as the keys of the scenario are, so that
//! a table of points can be given back to `sweep` and `eval`.

use super::runs_table::columns_of_runs;
use toguna_experiment::design::Points;
use toguna_experiment::record::RunRecord;
use toguna_experiment::sweep::{BandRow, ContrastRow, SensitivityRow, SummaryRow};
use toguna_experiment::table::{Cell, Column, Columns, Kind, Link, Table};
use toguna_model::outcomes::OUTCOMES;
use toguna_units::Date;
use toml::Value;

pub(super) const TO_POINTS: &[Link] =
    &[Link { columns: &["point"], table: "points.csv", to: &["point"] }];

/// One point.
pub struct PointRow {
    /// Number of the point, from 0.
    pub point: u32,
    /// By path varied; none where the scenario's own value stays.
    pub values: Vec<Option<Value>>,
}

/// One run, with what it varied.
pub struct SweepRunRow {
    /// The run.
    pub run: RunRecord,
    /// Number of its point, from 0.
    pub point: u32,
    /// The point's values by path varied.
    pub values: Vec<Option<Value>>,
    /// Why it failed, if it did.
    pub cause: Option<String>,
}

impl AsRef<RunRecord> for SweepRunRow {
    fn as_ref(&self) -> &RunRecord {
        &self.run
    }
}

pub(super) fn cell(value: Option<&Value>) -> Cell<'static> {
    match value {
        None => Cell::Missing,
        Some(Value::Integer(number)) => (*number).into(),
        Some(Value::Float(number)) => (*number).into(),
        Some(Value::Boolean(truth)) => (*truth).into(),
        Some(Value::String(text)) => text.clone().into(),
        Some(other) => other.to_string().into(),
    }
}

/// The kind of a column of values: of whole numbers, of numbers, of truths, or else text.
fn kind_of(points: &Points, axis: usize) -> Kind {
    let all = |kind: fn(&Value) -> bool| {
        points.points.iter().filter_map(|point| point.values[axis].as_ref()).all(kind)
    };
    if all(Value::is_integer) {
        Kind::Integer
    } else if all(|value| matches!(value, Value::Integer(_) | Value::Float(_))) {
        Kind::Number
    } else if all(Value::is_bool) {
        Kind::Boolean
    } else {
        Kind::Text
    }
}

/// The values of each point, those of a column all of its kind.
#[must_use]
pub fn columns_of(points: &Points) -> Vec<Vec<Option<Value>>> {
    let kinds: Vec<Kind> = (0..points.paths.len()).map(|axis| kind_of(points, axis)).collect();
    let fitted = |(value, kind): (&Option<Value>, &Kind)| {
        let value = value.clone()?;
        let mixed = *kind == Kind::Text && !value.is_str();
        Some(if mixed { Value::String(value.to_string()) } else { value })
    };
    let of_point = |point: &toguna_experiment::design::Point| {
        point.values.iter().zip(&kinds).map(fitted).collect()
    };
    points.points.iter().map(of_point).collect()
}

/// A column for each key varied. Their names are leaked: a design's axes are few and its tables are
/// declared once in a process.
pub(super) fn varied<Row>(points: &Points, value: fn(&Row, usize) -> Cell<'_>) -> Vec<Column<Row>> {
    let column = |(axis, path): (usize, &String)| {
        let name: &'static str = path.clone().leak();
        let kind = kind_of(points, axis);
        let of_numbers = matches!(kind, Kind::Integer | Kind::Number);
        let unit = if of_numbers { "as in the scenario" } else { "" };
        let meaning = "The value this key of the scenario takes; its own where missing";
        Column { kind, ..Column::at(axis, name, unit, meaning, value) }
    };
    points.paths.iter().enumerate().map(column).collect()
}

/// One row for every point.
#[must_use]
pub fn points_table(points: &Points) -> Table<PointRow> {
    let mut columns =
        vec![Column::integer("point", "", "Number of the point, from 0", |row: &PointRow| {
            row.point.into()
        })];
    columns.extend(varied(points, |row: &PointRow, axis| cell(row.values[axis].as_ref())));
    Table {
        name: "points.csv",
        title: "Points",
        what: "One row for every setting of the scenario that was run",
        columns: Columns::Gathered(columns),
        key: &["point"],
        links: &[],
    }
}

/// One row for every run.
#[must_use]
pub fn sweep_runs(points: &Points) -> Table<SweepRunRow> {
    let point = Column::integer("point", "", "Number of the point, from 0", |row: &SweepRunRow| {
        row.point.into()
    });
    let cause = Column::text("cause", "Why the run failed", |row: &SweepRunRow| {
        row.cause.as_deref().into()
    });
    let mut after = vec![cause];
    after.extend(varied(points, |row: &SweepRunRow, axis| cell(row.values[axis].as_ref())));
    let columns = columns_of_runs(vec![point], after);
    Table {
        name: "runs.csv",
        title: "Runs",
        what: "One row for every run: what varied, then counts added up, stocks and states as they end",
        columns: Columns::Gathered(columns),
        key: &["run"],
        links: TO_POINTS,
    }
}

/// One week of one run.
pub struct SweepWeekRow {
    /// Number of the run, from 0.
    pub run: u64,
    /// Number of its point, from 0.
    pub point: u32,
    /// Week of the run, from 0.
    pub week: u32,
    /// First day of the week; none when the start varies.
    pub date: Option<Date>,
    /// One number for each outcome that the design keeps week by week.
    pub values: Vec<f64>,
}

/// One row for every week of every run; `weekly` are numbers of outcomes.
#[must_use]
pub fn sweep_series(weekly: &[usize]) -> Table<SweepWeekRow> {
    let mut columns = vec![
        Column::integer("run", "", "Number of the run, from 0", |row: &SweepWeekRow| {
            row.run.into()
        }),
        Column::integer("point", "", "Number of the point, from 0", |row: &SweepWeekRow| {
            row.point.into()
        }),
        Column::integer("week", "", "Number of the week, from 0", |row: &SweepWeekRow| {
            row.week.into()
        }),
        Column::date("date", "First day of the week", |row: &SweepWeekRow| row.date.into()),
    ];
    columns.extend(weekly.iter().enumerate().map(|(place, outcome)| {
        let outcome = &OUTCOMES[*outcome];
        let value = |row: &SweepWeekRow, place: usize| row.values[place].into();
        Column::at(place, outcome.name, outcome.unit, outcome.meaning, value)
    }));
    Table {
        name: "series.csv",
        title: "Series",
        what: "One row for every week of every run that did not fail",
        columns: Columns::Gathered(columns),
        key: &["run", "week"],
        links: &[
            Link { columns: &["run"], table: "runs.csv", to: &["run"] },
            Link { columns: &["point"], table: "points.csv", to: &["point"] },
        ],
    }
}

/// One outcome in one week at one point, with its date.
pub struct DatedBandRow {
    /// First day of the week; none when the start varies.
    pub date: Option<Date>,
    /// The band of the week.
    pub band: BandRow,
}

/// One row for every outcome in every week at every point.
pub const BANDS: Table<DatedBandRow> = Table {
    name: "bands.csv",
    title: "Bands",
    what: "One row for every outcome kept week by week, in every week at every point, over its \
           replicates",
    columns: Columns::Declared(&[
        Column::integer("point", "", "Number of the point, from 0", |row| row.band.point.into()),
        Column::integer("week", "", "Number of the week, from 0", |row| row.band.week.into()),
        Column::date("date", "First day of the week", |row| row.date.into()),
        Column::text("outcome", "What is summed up", |row| row.band.outcome.into()),
        Column::text("unit", "Its unit", |row| row.band.unit.into()),
        Column::integer("replicates", "runs", "Runs that did not fail", |row| {
            row.band.replicates.into()
        }),
        Column::number("mean", "see unit", "Mean over replicates", |row| row.band.mean.into()),
        Column::number("p05", "see unit", "5 % of replicates lie below", |row| row.band.p05.into()),
        Column::number("median", "see unit", "Half of the replicates lie below", |row| {
            row.band.median.into()
        }),
        Column::number("p95", "see unit", "5 % of replicates lie above", |row| row.band.p95.into()),
    ]),
    key: &["point", "week", "outcome"],
    links: TO_POINTS,
};

/// One outcome at one point, with what the point varies.
pub struct SettingRow {
    /// The outcome over the point's replicates.
    pub summary: SummaryRow,
    /// The point's values by path varied.
    pub values: Vec<Option<Value>>,
}

const SUMMED_UP: &[Column<SettingRow>] = &[
    Column::integer("point", "", "Number of the point, from 0", |row| row.summary.point.into()),
    Column::text("outcome", "What is summed up", |row| row.summary.outcome.into()),
    Column::text("unit", "Its unit", |row| row.summary.unit.into()),
    Column::integer("replicates", "runs", "Runs that did not fail", |row| {
        row.summary.replicates.into()
    }),
    Column::number("mean", "see unit", "Mean over replicates", |row| row.summary.mean.into()),
    Column::number("low", "see unit", "Lower end of the mean's 95 % interval", |row| {
        row.summary.low.into()
    }),
    Column::number("high", "see unit", "Upper end of the mean's 95 % interval", |row| {
        row.summary.high.into()
    }),
    Column::number("p05", "see unit", "5 % of replicates lie below", |row| row.summary.p05.into()),
    Column::number("median", "see unit", "Half of the replicates lie below", |row| {
        row.summary.median.into()
    }),
    Column::number("p95", "see unit", "5 % of replicates lie above", |row| row.summary.p95.into()),
];

/// One row for every outcome at every point, the values of the point beside it.
pub const SUMMARY: Table<SettingRow> = Table {
    name: "summary.csv",
    title: "Summary",
    what: "One row for every outcome at every point, over its replicates; behind, what the point varies",
    columns: Columns::Declared(SUMMED_UP),
    key: &["point", "outcome"],
    links: TO_POINTS,
};

/// The same with a column for each key varied.
#[must_use]
pub fn summary(points: &Points) -> Table<SettingRow> {
    let mut columns = SUMMED_UP.to_vec();
    columns.extend(varied(points, |row: &SettingRow, axis| cell(row.values[axis].as_ref())));
    Table { columns: Columns::Gathered(columns), ..SUMMARY }
}

/// One row for every outcome of every point but the first.
pub const CONTRASTS: Table<ContrastRow> = Table {
    name: "contrasts.csv",
    title: "Contrasts with the first point",
    what: "One row for every outcome of every point compared with point 0, seed by seed",
    columns: Columns::Declared(&[
        Column::integer("point", "", "Number of the point, from 0", |row| row.point.into()),
        Column::text("outcome", "What is compared", |row| row.outcome.into()),
        Column::text("unit", "Its unit", |row| row.unit.into()),
        Column::integer("pairs", "runs", "Seeds that both points share", |row| row.pairs.into()),
        Column::number("difference", "see unit", "Mean of this point - point 0", |row| {
            row.difference.into()
        }),
        Column::number("low", "see unit", "Lower end of its 95 % interval", |row| row.low.into()),
        Column::number("high", "see unit", "Upper end of its 95 % interval", |row| row.high.into()),
        Column::number(
            "variance_removed",
            "share",
            "Share of the variance of the difference that sharing seeds removed",
            |row| row.variance_removed.into(),
        ),
    ]),
    key: &["point", "outcome"],
    links: TO_POINTS,
};

/// One row for every index of every outcome to every axis.
pub const SENSITIVITY: Table<SensitivityRow> = Table {
    name: "sensitivity.csv",
    title: "Sensitivity",
    what: "One row for every sensitivity index of every outcome to every axis",
    columns: Columns::Declared(&[
        Column::text("outcome", "What is moved", |row| row.outcome.into()),
        Column::text("axis", "What moves it: a key of the scenario", |row| {
            row.axis.as_str().into()
        }),
        Column::text(
            "index",
            "Morris: `mu` mean effect of moving the axis over its range, `mu_star` mean absolute \
             effect, `sigma` spread of effects. Sobol': `first` share of variance the axis carries \
             alone, `total` with all its interactions",
            |row| row.index.into(),
        ),
        Column::text("unit", "Unit of the value", |row| row.unit.into()),
        Column::number("value", "see unit", "The index", |row| row.value.into()),
        Column::number("low", "see unit", "Lower end of its 95 % bootstrap interval", |row| {
            row.low.into()
        }),
        Column::number("high", "see unit", "Upper end of its 95 % bootstrap interval", |row| {
            row.high.into()
        }),
        Column::number(
            "noise",
            "share",
            "Share of the variance between points that the random numbers of the replicates explains; of one \
             replicate, missing",
            |row| row.noise.into(),
        ),
    ]),
    key: &["outcome", "axis", "index"],
    links: &[],
};

#[cfg(test)]
mod tests {
    use super::*;
    use toguna_experiment::design::read_table;
    use toguna_scenario::source::Source;

    fn listed(text: &str) -> Points {
        read_table(&Source::new("p.csv".into(), text.into(), 0, None), None).unwrap()
    }

    #[test]
    fn the_tables_whose_columns_follow_from_a_design_are_declared_without_faults() {
        let points = listed("restraint,talks\n0.5,off\n1,sham\n");
        let described = [
            points_table(&points).described(),
            sweep_runs(&points).described(),
            sweep_series(&[0, 3]).described(),
            summary(&points).described(),
        ];
        for table in described {
            assert_eq!(table.faults(), Vec::<String>::new());
        }
    }

    #[test]
    fn a_column_of_mixed_values_is_one_of_text() {
        let points = listed("a,b,c,d\n1,true,0.5,20\nmuch,false,2,40\n");
        let kinds: Vec<Kind> = (0..4).map(|axis| kind_of(&points, axis)).collect();
        assert_eq!(kinds, [Kind::Text, Kind::Boolean, Kind::Number, Kind::Integer]);
        assert_eq!(columns_of(&points)[0][0], Some(Value::String("1".to_owned())));
    }
}
