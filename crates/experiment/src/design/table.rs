//! Points from a CSV table: a column for each key varied, a row for each point.

use super::points::{Points, WrittenTable, numbered};
use std::sync::Arc;
use toguna_scenario::problems::{Place, Problem, Problems};
use toguna_scenario::source::Source;
use toguna_scenario::suggest::{list, nearest, quoted};
use toguna_scenario::table::{Cell, ragged, records};
use toml::Value;

/// Reads the points in a CSV text. A cell is read as in a scenario file where it can be (`0.3`, `true`,
/// `["jnim"]`) and is otherwise a string, as are dates; an empty cell leaves the scenario's own value.
/// With `declared` axes, the columns must be those, in any order, and the points list their values in
/// the order declared.
///
/// # Errors
/// Everything wrong with the header: a column that is missing, unknown, doubled or without a name;
/// else every row that is ragged and every number that is not finite; or that there is no row.
pub fn read_table(source: &Arc<Source>, declared: Option<&[&str]>) -> Result<Points, Problems> {
    let mut problems = Vec::new();
    let mut records = records(source, &mut problems);
    let whole = || Place { source: source.clone(), span: 0..0 };
    if records.is_empty() {
        let problem = Problem::new(format!("{} is empty", quoted(&source.name))).at(whole());
        return Err(problem.help("its first line names the keys varied").into());
    }
    let header = records.remove(0);
    let columns: Vec<&str> = header.iter().map(|cell| cell.text.trim()).collect();
    problems.extend(wrong_columns(source, &header, &columns, declared));
    Problems::none_or(std::mem::take(&mut problems))?;
    let paths: Vec<&str> = declared.unwrap_or(&columns).to_vec();
    let column_of = |path: &&str| {
        let found = columns.iter().position(|column| column == path);
        found.expect("every declared axis was just found among the columns")
    };
    let order: Vec<usize> = paths.iter().map(column_of).collect();
    let mut rows = Vec::new();
    let mut cells = Vec::new();
    for record in &records {
        let (Some(first), Some(last)) = (record.first(), record.last()) else { continue };
        if record.len() != columns.len() {
            let span = first.span.start..last.span.end;
            let problem = ragged(record.len(), columns.len());
            problems.push(problem.at(Place { source: source.clone(), span }));
            continue;
        }
        let mut row = Vec::with_capacity(order.len());
        for &index in &order {
            let Cell { span, text } = &record[index];
            row.push(value(text.trim()).unwrap_or_else(|| {
                let title = format!("{} is no finite number", quoted(columns[index]));
                let place = Place { source: source.clone(), span: span.clone() };
                problems.push(Problem::new(title).at(place).help("write a number, or nothing"));
                None
            }));
        }
        rows.push((row, Vec::new()));
        cells.push(order.iter().map(|&index| record[index].span.clone()).collect());
    }
    if rows.is_empty() && problems.is_empty() {
        let title = format!("{} has a header but no row", quoted(&source.name));
        problems.push(Problem::new(title).at(whole()).help("each row below it is a point"));
    }
    Problems::none_or(problems)?;
    let header = order.iter().map(|&index| header[index].span.clone()).collect();
    let paths = paths.into_iter().map(str::to_owned).collect();
    Ok(Points { paths, points: numbered(rows), table: Some(WrittenTable { header, cells }) })
}

fn wrong_columns(
    source: &Arc<Source>,
    header: &[Cell],
    columns: &[&str],
    declared: Option<&[&str]>,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let at = |index: usize| Place { source: source.clone(), span: header[index].span.clone() };
    for (index, column) in columns.iter().enumerate() {
        if column.is_empty() {
            let problem = Problem::new(format!("column {} has no name", index + 1));
            problems
                .push(problem.at(at(index)).help("name the key of the scenario that it varies"));
        } else if let Some(first) = columns[..index].iter().position(|earlier| earlier == column) {
            let problem = Problem::new(format!("{} stands twice in the header", quoted(column)));
            problems.push(problem.at(at(index)).see_also(at(first), "the first of the two"));
        }
    }
    let Some(axes) = declared else { return problems };
    for (index, column) in columns.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        if !axes.contains(column) {
            let title = format!("{} is no axis of the design", quoted(column));
            let missing = axes.iter().copied().filter(|axis| !columns.contains(axis));
            let help = match nearest(column, missing) {
                Some(meant) => format!("did you mean {}?", quoted(meant)),
                None => format!("its axes are {}", list(axes.iter().copied())),
            };
            problems.push(Problem::new(title).at(at(index)).help(help));
        }
    }
    for missing in axes.iter().filter(|axis| !columns.contains(axis)) {
        let problem = Problem::new(format!("there is no column {}", quoted(missing)));
        let place = Place { source: source.clone(), span: 0..0 };
        problems.push(problem.at(place).help("it is an axis of the design"));
    }
    problems
}

/// The value a cell means, if it has one; none at all when it is a number that is not finite.
#[allow(clippy::option_option)]
fn value(text: &str) -> Option<Option<Value>> {
    if text.is_empty() {
        return Some(None);
    }
    let as_string = || Value::String(text.to_owned());
    // Other programs write 1e5, 1. and .5, which TOML does not all take; NaN in many spellings; and
    // Python True where R writes TRUE.
    if let "True" | "TRUE" | "False" | "FALSE" = text {
        return Some(Some(Value::Boolean(text.eq_ignore_ascii_case("true"))));
    }
    let value = match text.parse::<Value>() {
        Ok(value @ (Value::Integer(_) | Value::Boolean(_) | Value::Array(_))) => value,
        Ok(Value::String(inner)) => Value::String(inner),
        _ => text.parse::<f64>().map_or_else(|_| as_string(), Value::Float),
    };
    match value {
        Value::Float(number) if !number.is_finite() => None,
        value => Some(Some(value)),
    }
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
        let told = |it: &toguna_scenario::problems::ProblemRecord| {
            let place = (it.line.unwrap_or(0), it.column.unwrap_or(0));
            format!("{}:{} {}; {}", place.0, place.1, it.problem, it.help.join("; "))
        };
        problems.records().iter().map(told).collect::<Vec<_>>().join("\n")
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
                "1:37 column 3 has no name; name the key of the scenario that it varies",
            ),
            (
                "policy.restraint,policy.local_pacts,policy.restraint\n1,2,3\n",
                "1:37 `policy.restraint` stands twice in the header; ",
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
                "1:37 `camels` is no axis of the design; its axes are `policy.restraint` or \
                 `policy.local_pacts`",
            ),
            (
                "policy.restraint,policy.local_pacts\n1,support\n0.2\n-inf, support\n",
                "3:1 this row has 1 cell, not 2; every column needs its comma, even before an empty \
                 cell\n4:1 `policy.restraint` is no finite number; write a number, or nothing",
            ),
        ];
        for (text, message) in wanted {
            assert_eq!(refused(text), message);
        }
    }
}
