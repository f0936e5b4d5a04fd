//! The points of a design, and where each is written.

use super::axis::same;
use std::ops::Range;
use std::sync::Arc;
use toguna_scenario::layers::Merged;
use toguna_scenario::problems::Place;
use toguna_scenario::source::Source;
use toguna_scenario::tree::{self, Node};
use toml::Value;

/// One setting of the scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Its number in the design, from 0.
    pub id: u32,
    /// For each path of [`Points::paths`] the value it takes; `None` leaves the scenario's own.
    pub values: Vec<Option<Value>>,
    /// Its place in the unit cube, from which the sensitivities are computed; empty in designs that
    /// list their values (grid, one at a time, points).
    pub position: Vec<f64>,
}

/// All points of a design, in order of their ids.
#[derive(Clone, Debug)]
pub struct Points {
    /// The keys varied.
    pub paths: Vec<String>,
    /// The settings, in order of their ids.
    pub points: Vec<Point>,
    pub(super) written: Written,
}

/// Where paths and values are written.
#[derive(Clone, Debug)]
pub(super) enum Written {
    InDesign(Merged),
    InTable(WrittenTable),
}

/// Bytes of the table that lists the points, in the order of the paths.
#[derive(Clone, Debug)]
pub(super) struct WrittenTable {
    pub source: Arc<Source>,
    pub header: Vec<Range<usize>>,
    /// By point.
    pub cells: Vec<Vec<Range<usize>>>,
}

impl Points {
    /// The table that lists the points, if one does.
    #[must_use]
    pub fn table(&self) -> Option<&str> {
        match &self.written {
            Written::InDesign(_) => None,
            Written::InTable(table) => Some(&table.source.text),
        }
    }

    /// Where the path of an axis is written.
    #[must_use]
    pub fn place_of_path(&self, axis: usize) -> Place {
        match &self.written {
            Written::InDesign(merged) => merged.nearest_place(&format!("axes[{axis}].path")),
            Written::InTable(WrittenTable { source, header, .. }) => {
                Place { source: source.clone(), span: header[axis].clone() }
            }
        }
    }

    /// Where the value of an axis at a point is written, else its path.
    #[must_use]
    pub(crate) fn place_of_value(&self, axis: usize, point: usize) -> Place {
        let merged = match &self.written {
            Written::InDesign(merged) => merged,
            Written::InTable(WrittenTable { source, cells, .. }) => {
                return Place { source: source.clone(), span: cells[point][axis].clone() };
            }
        };
        let Some(value) = &self.points[point].values[axis] else { return self.place_of_path(axis) };
        let at = |key: &str| merged.get(&format!("axes[{axis}].{key}"));
        let listed = match at("values").map(|node| &node.value) {
            Some(tree::Value::List(listed)) => &listed[..],
            _ => &[],
        };
        let mut given = listed.iter().chain(at("low")).chain(at("high"));
        let found = given.find(|node| says(node, value));
        found.map_or_else(|| self.place_of_path(axis), |node| node.place.clone())
    }
}

/// Whether this value is written there.
fn says(node: &Node, value: &Value) -> bool {
    match &node.value {
        tree::Value::Integer(number) => same(&Value::Integer(*number), value),
        tree::Value::Number(number) => same(&Value::Float(*number), value),
        _ => serde_json::to_value(value).is_ok_and(|value| value == node.plain()),
    }
}

/// Gives each point its id.
pub(super) fn numbered(drawn: Vec<(Vec<Option<Value>>, Vec<f64>)>) -> Vec<Point> {
    let point = |(id, (values, position))| Point { id, values, position };
    (0..).zip(drawn).map(point).collect()
}
