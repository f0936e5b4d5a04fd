//! Points from a CSV table: a column for each key varied, a row for each point.

use super::point::{Points, Written, WrittenTable, numbered};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use toguna_scenario::problems::{Place, Problem, Problems};
use toguna_scenario::source::Source;
use toguna_scenario::suggest::{list, nearest, quoted};
use toguna_scenario::table::{Cell, Sheet};
use toml::Value;

/// More keys than a scenario has.
const MOST_COLUMNS: usize = 10_000;

/// Reads the points in a CSV text. A cell is read as in a scenario file where it can be (`0.3`, `true`,
/// `["jnim"]`) and is otherwise a string, as are dates; an empty cell leaves the scenario's own value.
/// With `declared` axes, the columns must be those, in any order, and the points list their values in
/// the order declared.
///
/// # Errors
/// Everything wrong with the header: a column that is missing, unknown, doubled or without a name;
/// else every row that is ragged; or that there is no row.
pub fn read_table(source: &Arc<Source>, declared: Option<&[&str]>) -> Result<Points, Problems> {
    let first_line = "its first line names the keys varied";
    let Sheet { header, rows, of_header, of_rows, .. } =
        Sheet::of(source, first_line, MOST_COLUMNS)?;
    let mut problems = of_header;
    let column_of: BTreeMap<&str, usize> = header.iter().map(Cell::name).zip(0..).collect();
    if let Some(axes) = declared {
        problems.extend(wrong_columns(source, &header, &column_of, axes));
    }
    Problems::none_or(problems)?;
    let mut problems = of_rows;
    if rows.is_empty() && problems.is_empty() {
        let title = format!("{} has a header but no row", quoted(&source.name));
        problems.push(
            Problem::new(title).at(Place::first_line(source)).help("each row below it is a point"),
        );
    }
    Problems::none_or(problems)?;
    let paths: Vec<&str> =
        declared.map_or_else(|| header.iter().map(Cell::name).collect(), <[&str]>::to_vec);
    let order: Vec<usize> = paths.iter().map(|path| column_of[path]).collect();
    let spans = |cells: &[Cell]| order.iter().map(|&at| cells[at].span.clone()).collect();
    let values = |row: &Vec<Cell>| {
        (order.iter().map(|&at| value(row[at].text.trim())).collect(), Vec::new())
    };
    let (source, header, cells) =
        (source.clone(), spans(&header), rows.iter().map(|row| spans(row)).collect());
    Ok(Points {
        paths: paths.into_iter().map(str::to_owned).collect(),
        points: numbered(rows.iter().map(values).collect()),
        extents: Vec::new(),
        written: Written::InTable(WrittenTable { source, header, cells }),
    })
}

/// Columns that are no axis, and axes without a column.
fn wrong_columns(
    source: &Arc<Source>,
    header: &[Cell],
    column_of: &BTreeMap<&str, usize>,
    axes: &[&str],
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let known: BTreeSet<&str> = axes.iter().copied().collect();
    let missing: Vec<&str> =
        axes.iter().copied().filter(|axis| !column_of.contains_key(axis)).collect();
    for cell in header.iter().filter(|cell| !cell.nameless() && !known.contains(cell.name())) {
        let title = format!("{} is no axis of the design", quoted(cell.name()));
        let help = match nearest(cell.name(), missing.iter().copied()) {
            Some(meant) => format!("did you mean {}?", quoted(meant)),
            None => format!("its axes are {}", list(axes.iter().copied())).replace(" or ", " and "),
        };
        problems.push(Problem::new(title).at(cell.place(source)).help(help));
    }
    for axis in missing {
        let problem = Problem::new(format!("there is no column {}", quoted(axis)));
        let place = Place::first_line(source);
        problems.push(problem.at(place).help("it is an axis of the design"));
    }
    problems
}

/// The value a cell means, if it has one.
fn value(text: &str) -> Option<Value> {
    if text.is_empty() {
        return None;
    }
    // Other programs write 1e5, 1. and .5, which TOML does not all take; NaN in many spellings; and
    // Python True where R writes TRUE.
    if let "True" | "TRUE" | "False" | "FALSE" = text {
        return Some(Value::Boolean(text.eq_ignore_ascii_case("true")));
    }
    Some(match text.parse::<Value>() {
        Ok(
            value @ (Value::Integer(_) | Value::Boolean(_) | Value::Array(_) | Value::String(_)),
        ) => value,
        _ => text.parse().map_or_else(|_| Value::String(text.to_owned()), Value::Float),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const AXES: [&str; 2] = ["policy.restraint", "policy.local_pacts"];

    fn read(text: &str, declared: Option<&[&str]>) -> Result<Points, Problems> {
        read_table(&Source::new("points.csv".into(), text.into(), 0, None), declared)
    }

    /// Place, title and help of each problem.
    fn refused(text: &str) -> String {
        let problems = read(text, Some(&AXES)).unwrap_err();
        let told = |it: &toguna_scenario::problems::ProblemAsJson| {
            let place = (it.line.unwrap_or(0), it.column.unwrap_or(0));
            format!("{}:{} {}; {}", place.0, place.1, it.problem, it.help.join("; "))
        };
        problems.as_json().iter().map(told).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn cells_mean_numbers_booleans_lists_and_strings_and_empty_ones_leave_the_scenario_alone() {
        let text = "share,seats,on,groups,start,pause,stance,left\n\
                    0.30,12,true,\"[\"\"jnim\"\"]\",2024-01-01,26 weeks,ignore,\n\
                    1e-2,-3,false,[],2025-01-01,1 week,\"\"\"7\"\"\",5\n";
        let points = read(text, None).unwrap();
        assert_eq!(points.paths.len(), 8);
        let shown: Vec<Vec<String>> = points
            .points
            .iter()
            .map(|point| {
                let shown = |value: &Option<Value>| value.as_ref().map(Value::to_string);
                point.values.iter().map(|value| shown(value).unwrap_or_default()).collect()
            })
            .collect();
        let first =
            ["0.3", "12", "true", "[\"jnim\"]", "\"2024-01-01\"", "\"26 weeks\"", "\"ignore\"", ""];
        assert_eq!(shown[0], first);
        let second = ["0.01", "-3", "false", "[]", "\"2025-01-01\"", "\"1 week\"", "\"7\"", "5"];
        assert_eq!(shown[1], second);
        assert_eq!(points.points[1].id, 1);
    }

    #[test]
    fn truths_may_be_written_as_python_and_r_write_them() {
        let points = read("a\nTrue\nFALSE\n", None).unwrap();
        let values: Vec<_> = points.points.iter().map(|point| point.values[0].clone()).collect();
        assert_eq!(values, [Some(Value::Boolean(true)), Some(Value::Boolean(false))]);
    }

    #[test]
    fn columns_may_come_in_any_order() {
        let text = "policy.local_pacts,policy.restraint\nsupport,0.5\n";
        let points = read(text, Some(&AXES)).unwrap();
        assert_eq!(points.paths, AXES);
        assert_eq!(points.points[0].values[0], Some(Value::Float(0.5)));
    }

    #[test]
    fn bad_tables_are_refused_in_words_that_say_what_is_wrong() {
        let wanted = [
            ("", "1:1 `points.csv` is empty; its first line names the keys varied"),
            (
                "policy.restraint,policy.local_pacts\n",
                "1:1 `points.csv` has a header but no row; each row below it is a point",
            ),
            (
                "policy.restraint,policy.local_pacts,\n1,2,3\n",
                "1:37 column 3 has no name; name it, or take it out",
            ),
            (
                "policy.restraint,policy.local_pacts,policy.restraint\n1,2,3\n",
                "1:37 column `policy.restraint` is given twice; ",
            ),
            (
                "policy.restraint\n1\n",
                "1:1 there is no column `policy.local_pacts`; it is an axis of the design",
            ),
            (
                "policy.restraint,policy.local_pact\n1,support\n",
                "1:1 there is no column `policy.local_pacts`; it is an axis of the design\n\
                 1:18 `policy.local_pact` is no axis of the design; did you mean \
                 `policy.local_pacts`?",
            ),
            (
                "policy.restraint,policy.local_pacts,camels\n1,support,3\n",
                "1:37 `camels` is no axis of the design; its axes are `policy.restraint` and \
                 `policy.local_pacts`",
            ),
            (
                "policy.restraint,policy.local_pacts\n1,support\n0.2\n-inf, support\n",
                "3:1 this row has 1 cell, not 2; every column needs its comma, even before an empty \
                 cell",
            ),
            (
                "policy.restraint;policy.local_pacts\n0,5;support\n",
                "1:1 columns are parted by commas, not by semicolons; save the table as \
                 comma-separated",
            ),
            (
                "policy.restraint\tpolicy.local_pacts\n0.5\tsupport\n",
                "1:1 columns are parted by commas, not by tabs; save the table as comma-separated",
            ),
            (
                ",policy.restraint,policy.local_pacts\n0,0.5,support\n",
                "1:1 column 1 has no name; numbers of rows are left out: index=False in pandas, \
                 row.names=FALSE in R",
            ),
        ];
        for (text, message) in wanted {
            assert_eq!(refused(text), message);
        }
    }
}
