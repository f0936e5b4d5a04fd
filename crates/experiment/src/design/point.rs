//! The points of a design, and where each is written.

use super::axis::{Extent, same};
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
    /// What each axis may be; empty where a table lists the points.
    pub(super) extents: Vec<Extent>,
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

    /// The value of an axis at a place from 0 to 1; none where a table lists the points.
    #[must_use]
    pub fn value_at(&self, axis: usize, place: f64) -> Option<Value> {
        self.extents.get(axis).map(|extent| extent.at(place))
    }

    /// Other points of the same axes, by their places in the unit cube.
    #[must_use]
    pub fn at(&self, positions: Vec<Vec<f64>>) -> Points {
        let values = |position: &Vec<f64>| {
            position.iter().enumerate().map(|(axis, place)| self.value_at(axis, *place)).collect()
        };
        let drawn = positions.into_iter().map(|position| (values(&position), position)).collect();
        Points { points: numbered(drawn), ..self.clone() }
    }

    /// What one axis sets at a point, as `--set` takes it.
    pub(crate) fn setting(&self, point: usize, axis: usize) -> Option<String> {
        let value = self.points[point].values[axis].as_ref()?;
        Some(format!("{}={value}", self.paths[axis]))
    }

    /// What a point sets, as `--set` takes it.
    pub(crate) fn settings_of(&self, point: usize) -> impl Iterator<Item = String> {
        (0..self.paths.len()).filter_map(move |axis| self.setting(point, axis))
    }

    /// Leaves out the axes that are not `wanted`.
    pub(crate) fn keep_paths(&mut self, wanted: impl Fn(&str) -> bool) {
        let keep: Vec<usize> =
            (0..self.paths.len()).filter(|axis| wanted(&self.paths[*axis])).collect();
        self.paths = kept(&self.paths, &keep);
        for point in &mut self.points {
            point.values = kept(&point.values, &keep);
        }
        if let Written::InTable(table) = &mut self.written {
            table.header = kept(&table.header, &keep);
            table.cells.iter_mut().for_each(|cells| *cells = kept(cells, &keep));
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

fn kept<T: Clone>(all: &[T], places: &[usize]) -> Vec<T> {
    places.iter().map(|place| all[*place].clone()).collect()
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
