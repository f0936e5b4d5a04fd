//! Points from a CSV table: a column for each key varied, a row for each point.

use super::points::{Points, numbered};
use super::problem::{DesignProblem, nearest};
use toml::Value;

/// Reads the points in the CSV `text` of the file `name`. A cell is read as in a scenario file where
/// it can be (`0.3`, `true`, `["jnim"]`) and is otherwise a string, as are dates; an empty cell leaves
/// the scenario's own value. With `declared` axes, the columns must be those, in any order, and the
/// points list their values in the order declared.
///
/// # Errors
/// When a column is missing, unknown or doubled, a row is ragged, a number is not finite, there is no
/// row, or the text is not CSV.
pub fn read_table(
    name: &str,
    text: &str,
    declared: Option<&[&str]>,
) -> Result<Points, DesignProblem> {
    let table = || name.to_owned();
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().map_err(|error| unreadable(name, &error))?.clone();
    let columns: Vec<&str> = header.iter().collect();
    if columns.is_empty() {
        return Err(DesignProblem::TableEmpty { table: table() });
    }
    check_columns(name, &columns, declared)?;
    let paths: Vec<&str> = declared.unwrap_or(&columns).to_vec();
    let column_of = |path: &&str| {
        let found = columns.iter().position(|column| column == path);
        found.expect("every declared axis was just found among the columns")
    };
    let order: Vec<usize> = paths.iter().map(column_of).collect();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| unreadable(name, &error))?;
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() != columns.len() {
            let (found, wanted) = (record.len() as u64, columns.len() as u64);
            return Err(DesignProblem::RaggedRow { table: table(), line, found, wanted });
        }
        let mut row = Vec::with_capacity(order.len());
        for &index in &order {
            let value = cell(&record[index]).map_err(|found| {
                let column = columns[index].to_owned();
                DesignProblem::NotFinite { table: table(), line, column, found }
            })?;
            row.push(value);
        }
        rows.push((row, Vec::new()));
    }
    if rows.is_empty() {
        return Err(DesignProblem::TableWithoutRows { table: table() });
    }
    let paths = paths.into_iter().map(str::to_owned).collect();
    Ok(Points { paths, points: numbered(rows) })
}

fn check_columns(
    name: &str,
    columns: &[&str],
    declared: Option<&[&str]>,
) -> Result<(), DesignProblem> {
    let table = || name.to_owned();
    for (index, column) in columns.iter().enumerate() {
        if column.is_empty() {
            return Err(DesignProblem::ColumnWithoutName { table: table(), column: index + 1 });
        }
        if columns[..index].contains(column) {
            let column = (*column).to_owned();
            return Err(DesignProblem::DuplicateColumn { table: table(), column });
        }
    }
    let Some(axes) = declared else { return Ok(()) };
    let strangers = || columns.iter().copied().filter(|column| !axes.contains(column));
    if let Some(missing) = axes.iter().find(|axis| !columns.contains(axis)) {
        let instead = nearest(missing, strangers());
        let column = (*missing).to_owned();
        return Err(DesignProblem::MissingColumn { table: table(), column, instead });
    }
    if let Some(column) = strangers().next() {
        let suggestion = nearest(column, axes.iter().copied());
        let column = column.to_owned();
        return Err(DesignProblem::ExtraColumn { table: table(), column, suggestion });
    }
    Ok(())
}

/// The value a cell means; the cell itself when it is a number that is not finite.
fn cell(text: &str) -> Result<Option<Value>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let as_string = || Value::String(text.to_owned());
    // Other programs write 1e5, 1. and .5, which TOML does not all take; NaN in many spellings; and
    // Python True where R writes TRUE.
    if let "True" | "TRUE" | "False" | "FALSE" = text {
        return Ok(Some(Value::Boolean(text.eq_ignore_ascii_case("true"))));
    }
    let value = match text.parse::<Value>() {
        Ok(value @ (Value::Integer(_) | Value::Boolean(_) | Value::Array(_))) => value,
        Ok(Value::String(inner)) => Value::String(inner),
        _ => text.parse::<f64>().map_or_else(|_| as_string(), Value::Float),
    };
    match value {
        Value::Float(number) if !number.is_finite() => Err(text.to_owned()),
        value => Ok(Some(value)),
    }
}

fn unreadable(name: &str, error: &csv::Error) -> DesignProblem {
    let line = error.position().map_or(1, csv::Position::line);
    let message = match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "this is not UTF-8 text".to_owned(),
        _ => error.to_string(),
    };
    DesignProblem::TableUnreadable { table: name.to_owned(), line, message }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AXES: [&str; 2] = ["policy.restraint", "policy.local_pacts"];

    fn refused(text: &str) -> String {
        read_table("points.csv", text, Some(&AXES)).unwrap_err().to_string()
    }

    #[test]
    fn cells_mean_numbers_booleans_lists_and_strings_and_empty_ones_leave_the_scenario_alone() {
        let text = "share,seats,on,groups,start,pause,stance,left\n\
                    0.30,12,true,\"[\"\"jnim\"\"]\",2024-01-01,26 weeks,ignore,\n\
                    1e-2,-3,false,[],2025-01-01,1 week,\"\"\"7\"\"\",5\n";
        let points = read_table("points.csv", text, None).unwrap();
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
        let points = read_table("p.csv", "a\nTrue\nFALSE\n", None).unwrap();
        let values: Vec<_> = points.points.iter().map(|point| point.values[0].clone()).collect();
        assert_eq!(values, [Some(Value::Boolean(true)), Some(Value::Boolean(false))]);
    }

    #[test]
    fn columns_may_come_in_any_order() {
        let text = "policy.local_pacts,policy.restraint\nsupport,0.5\n";
        let points = read_table("points.csv", text, Some(&AXES)).unwrap();
        assert_eq!(points.paths, AXES);
        assert_eq!(points.points[0].values[0], Some(Value::Float(0.5)));
    }

    #[test]
    fn bad_tables_are_refused_in_words_that_say_what_is_wrong() {
        let wanted = [
            ("", "points.csv: the table is empty; its first line names the keys varied"),
            ("policy.restraint,policy.local_pacts\n", "points.csv: there is a header but no row"),
            ("policy.restraint,\n1,2\n", "points.csv: column 2 of the header has no name"),
            (
                "policy.restraint,policy.restraint\n1,2\n",
                "points.csv: column `policy.restraint` stands twice in the header",
            ),
            (
                "policy.restraint\n1\n",
                "points.csv: no column `policy.local_pacts`, which is an axis of the design",
            ),
            (
                "policy.restraint,policy.local_pact\n1,support\n",
                "points.csv: no column `policy.local_pacts`, which is an axis of the design; is \
                 `policy.local_pact` meant to be it?",
            ),
            (
                "policy.restraint,policy.local_pacts,camels\n1,support,3\n",
                "points.csv: column `camels` is no axis of the design",
            ),
            (
                "policy.restraint,policy.local_pacts\n1,support\n0.2\n",
                "points.csv, line 3: 1 cells where the header has 2",
            ),
            (
                "policy.restraint,policy.local_pacts\nNaN,support\n",
                "points.csv, line 2: `policy.restraint` is NaN, which is no finite number",
            ),
        ];
        for (text, message) in wanted {
            assert_eq!(refused(text), message);
        }
    }
}
