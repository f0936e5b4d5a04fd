//! The shipped designs ask what their headers say.

use crate::worlds::{AS_IT_IS, prepared};
use std::path::Path;
use toml::Value;

/// Designs whose axes span a parameter from half to twice its value.
const HALF_TO_TWICE: &[&str] =
    &["assumptions.toml", "morris.toml", "sobol.toml", "twelve-parameters.toml"];

/// Feedback at twice its value would let events call forth one another without end.
const UNSTABLE: &str = "rules.violence.feedback";

/// A number, or the number of weeks in a duration.
fn number(value: &Value) -> f64 {
    match value {
        Value::Float(number) => *number,
        Value::Integer(number) => *number as f64,
        Value::String(duration) => duration.trim_end_matches(" weeks").parse().unwrap(),
        other => panic!("{other} is no number"),
    }
}

#[test]
fn designs_that_say_so_span_each_parameter_from_half_to_twice_its_value() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/designs");
    for design in HALF_TO_TWICE {
        let text = std::fs::read_to_string(folder.join(design)).unwrap();
        let design: toml::Table = text.parse().unwrap();
        let scenario = format!("scenarios/designs/{}", design["scenario"].as_str().unwrap());
        let prepared = prepared(&scenario, AS_IT_IS);
        let resolved = Value::try_from(&prepared.checked().scenario).unwrap();
        for axis in design["axes"].as_array().unwrap() {
            let path = axis["path"].as_str().unwrap();
            let value = path.split('.').fold(&resolved, |table, key| &table[key]);
            let value = number(value);
            let most = if path == UNSTABLE { 1.5 } else { 2.0 };
            let (low, high) = (number(&axis["low"]), number(&axis["high"]));
            assert!((low / value - 0.5).abs() < 1e-9, "{path} from {low}, its value is {value}");
            assert!((high / value - most).abs() < 1e-9, "{path} to {high}, its value is {value}");
        }
    }
}
