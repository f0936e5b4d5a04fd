//! An ensemble as a table of points: what each member sets, and its weight.

use crate::design::{Points, read_table};
use std::sync::Arc;
use toguna_scenario::problems::{Place, Problem, Problems};
use toguna_scenario::source::Source;
use toml::Value;

/// The members of an ensemble.
#[derive(Clone, Debug)]
pub struct Members {
    /// What each sets.
    pub points: Points,
    /// By member: its share; all sum to 1.
    pub weights: Vec<f64>,
}

impl Members {
    /// Reads the table that a calibration wrote: `weight`, other columns of its own, and a column for each key
    /// that members set.
    ///
    /// # Errors
    /// Everything wrong with it.
    pub fn read(source: &Arc<Source>, own_columns: &[&str]) -> Result<Members, Problems> {
        let mut points = read_table(source, None)?;
        let place = points.paths.iter().position(|path| path == "weight");
        let Some(weight) = place else {
            let title = format!("{} has no column \"weight\"", source.name);
            let help = "`toguna calibrate` writes such a table: ensemble.csv";
            return Err(Problem::new(title).at(Place::first_line(source)).help(help).into());
        };
        let number = |value: &Option<Value>| match value {
            Some(Value::Float(number)) => *number,
            Some(Value::Integer(number)) => *number as f64,
            _ => f64::NAN,
        };
        let weights: Vec<f64> =
            points.points.iter().map(|point| number(&point.values[weight])).collect();
        let total: f64 = weights.iter().sum();
        if let Some(wrong) = weights.iter().position(|it| it.is_nan() || *it < 0.0) {
            let title = "a weight is a number, 0 or more".to_owned();
            return Err(Problem::new(title).at(points.place_of_value(weight, wrong)).into());
        }
        if total <= 0.0 {
            let title = format!("no member of {} has any weight", source.name);
            return Err(Problem::new(title).at(points.place_of_path(weight)).into());
        }
        points.keep_paths(|path| !own_columns.contains(&path));
        Ok(Members { points, weights: weights.into_iter().map(|it| it / total).collect() })
    }
}
