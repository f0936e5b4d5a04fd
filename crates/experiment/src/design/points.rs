//! From a checked design to its points.

use super::axis::Extent;
use super::cube::{self, MOST_SOBOL_DIMENSIONS, MOST_SOBOL_POINTS};
use super::problem::{DesignProblem, Mistake, Place};
use super::table::read_table;
use super::{Design, Kind, Luck};
use serde::Serialize;
use std::ops::Range;
use std::sync::Arc;
use toguna_scenario::problems::{Problem, Problems};
use toguna_scenario::source::Source;
use toml::Value;

/// One setting of the scenario.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Point {
    /// Its number in the design, from 0.
    pub id: u32,
    /// For each path of [`Points::paths`] the value it takes; `None` leaves the scenario's own.
    pub values: Vec<Option<Value>>,
    /// Its place in the unit cube, from which the sensitivities are computed; empty in designs that
    /// list their values (grid, one at a time, points).
    #[serde(skip)]
    pub position: Vec<f64>,
}

/// All points of a design, in order of their ids.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Points {
    /// The keys varied.
    pub paths: Vec<String>,
    pub points: Vec<Point>,
    /// Where they are written, when a table lists them.
    #[serde(skip)]
    pub table: Option<WrittenTable>,
}

/// Bytes of the table that lists the points, in the order of the paths.
#[derive(Clone, Debug, PartialEq)]
pub struct WrittenTable {
    pub header: Vec<Range<usize>>,
    /// By point.
    pub cells: Vec<Vec<Range<usize>>>,
}

impl Design {
    /// How many points there are; of a table, 0 before it is read.
    ///
    /// # Errors
    /// When the design is wrong: all that is.
    pub fn point_count(&self) -> Result<u64, Vec<Mistake>> {
        self.checked_extents().map(|extents| self.count(&extents))
    }

    /// The points, the same for the same design whatever its `replicates`. `table` is the file that
    /// `table` names, for kind "points".
    ///
    /// # Errors
    /// When the table is wrong, or the design is and [`Design::read`] has not found it to be right.
    pub fn points(&self, table: Option<&Arc<Source>>) -> Result<Points, Problems> {
        let extents = self.checked_extents().map_err(|mistakes| {
            let problems = mistakes.iter().map(|mistake| Problem::new(mistake.to_string()));
            Problems::none_or(problems.collect()).expect_err("mistakes were just found")
        })?;
        let axes = self.axes.len() as u32;
        let asked = self.points.unwrap_or(0);
        let from_cube = |positions: Vec<Vec<f64>>| {
            let point = |position: Vec<f64>| {
                let places = extents.iter().zip(&position);
                (places.map(|(extent, &place)| Some(extent.at(place))).collect(), position)
            };
            positions.into_iter().map(point).collect()
        };
        let listed = |rows: Vec<Vec<Option<Value>>>| -> Vec<(Vec<Option<Value>>, Vec<f64>)> {
            rows.into_iter().map(|row| (row, Vec::new())).collect()
        };
        let drawn = match self.kind {
            Kind::Grid => listed(self.grid(&extents)),
            Kind::OneAtATime => listed(self.one_at_a_time(&extents)),
            Kind::LatinHypercube => from_cube(cube::latin_hypercube(asked, axes, self.seed)),
            Kind::Sobol => from_cube(cube::sobol(asked, axes, self.seed)),
            Kind::SobolIndices => from_cube(cube::saltelli(asked, axes, self.seed)),
            Kind::Morris => {
                from_cube(cube::morris(self.trajectories(), self.levels(), axes, self.seed))
            }
            Kind::Points => return self.table_points(table),
        };
        let paths = self.axes.iter().map(|axis| axis.path.clone()).collect();
        Ok(Points { paths, points: numbered(drawn), table: None })
    }

    fn table_points(&self, table: Option<&Arc<Source>>) -> Result<Points, Problems> {
        let table = table.ok_or_else(|| Problem::new("the table of points has not been read"))?;
        let axes: Vec<&str> = self.axes.iter().map(|axis| axis.path.as_str()).collect();
        let declared = (!axes.is_empty()).then_some(&axes[..]);
        let points = read_table(table, declared)?;
        self.check_count(points.points.len() as u64)
            .map_err(|many| Place::default().mistake(many).shown_in(table))?;
        Ok(points)
    }

    /// Everything that is wrong beyond the shape of the file, at once.
    pub(super) fn checked_extents(&self) -> Result<Vec<Extent>, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let mut extents = Vec::new();
        for (index, axis) in self.axes.iter().enumerate() {
            match axis.extent(self.kind) {
                Ok(extent) => extents.push(extent),
                Err(problem) => mistakes.push(axis.place().mistake(problem)),
            }
            let earlier = self.axes[..index].iter().find(|other| other.path == axis.path);
            if let Some(earlier) = earlier.filter(|_| !axis.path.trim().is_empty()) {
                let path = axis.path.clone();
                let first_line = earlier.place().line;
                mistakes
                    .push(axis.place().mistake(DesignProblem::DuplicateAxis { path, first_line }));
            }
        }
        mistakes.extend(self.wrong_sizes().into_iter().map(|p| Place::default().mistake(p)));
        if mistakes.is_empty() {
            let count = self.check_count(self.count(&extents));
            mistakes.extend(count.err().map(|problem| Place::default().mistake(problem)));
        }
        if mistakes.is_empty() { Ok(extents) } else { Err(mistakes) }
    }

    fn check_count(&self, wanted: u64) -> Result<(), DesignProblem> {
        let maximum = self.maximum_points;
        let few_enough = wanted <= u64::from(maximum);
        few_enough.then_some(()).ok_or(DesignProblem::TooManyPoints { wanted, maximum })
    }

    fn wrong_sizes(&self) -> Vec<DesignProblem> {
        let kind = self.kind.name();
        let mut problems = Vec::new();
        if self.replicates == 0 {
            problems.push(DesignProblem::NoReplicates);
        }
        if self.fork.is_none() && self.luck == Luck::Fresh {
            problems.push(DesignProblem::LuckWithoutFork);
        }
        if self.axes.is_empty() && self.kind != Kind::Points {
            problems.push(DesignProblem::NoAxes);
        }
        let takes_points =
            matches!(self.kind, Kind::LatinHypercube | Kind::Sobol | Kind::SobolIndices);
        let presence = [
            ("points", self.points.is_some(), takes_points, takes_points),
            ("trajectories", self.trajectories.is_some(), self.kind == Kind::Morris, false),
            ("levels", self.levels.is_some(), self.kind == Kind::Morris, false),
            ("table", self.table.is_some(), self.kind == Kind::Points, self.kind == Kind::Points),
        ];
        for (key, present, allowed, needed) in presence {
            if present && !allowed {
                problems.push(DesignProblem::KeyNotForKind { key, kind });
            }
            if needed && !present {
                problems.push(DesignProblem::MissingKey { key, kind });
            }
        }
        match self.kind {
            Kind::LatinHypercube | Kind::Sobol | Kind::SobolIndices => {
                problems.extend(self.points.and_then(|found| self.wrong_points(found)));
            }
            Kind::Morris => problems.extend(self.wrong_trajectories()),
            Kind::Grid | Kind::OneAtATime | Kind::Points => {}
        }
        problems
    }

    fn wrong_points(&self, found: u32) -> Option<DesignProblem> {
        if found < 2 {
            return Some(DesignProblem::TooFew { key: "points", least: 2, found });
        }
        if self.kind == Kind::LatinHypercube {
            return None;
        }
        if found > MOST_SOBOL_POINTS {
            return Some(DesignProblem::TooManySobolPoints { found, most: MOST_SOBOL_POINTS });
        }
        let per_axis = if self.kind == Kind::SobolIndices { 2 } else { 1 };
        let most = MOST_SOBOL_DIMENSIONS / per_axis;
        let axes = self.axes.len() as u32;
        if axes > most {
            let kind = self.kind.name();
            return Some(DesignProblem::TooManySobolAxes { found: axes, most, kind });
        }
        let above = found.next_power_of_two();
        (above != found).then_some(DesignProblem::NotAPowerOfTwo { found, below: above / 2, above })
    }

    fn wrong_trajectories(&self) -> Option<DesignProblem> {
        let (trajectories, levels) = (self.trajectories(), self.levels());
        if trajectories < 2 {
            let found = trajectories;
            return Some(DesignProblem::TooFew { key: "trajectories", least: 2, found });
        }
        if levels < 2 {
            return Some(DesignProblem::TooFew { key: "levels", least: 2, found: levels });
        }
        (levels % 2 == 1).then_some(DesignProblem::OddLevels { found: levels })
    }

    fn count(&self, extents: &[Extent]) -> u64 {
        let asked = u64::from(self.points.unwrap_or(0));
        let axes = extents.len() as u64;
        let values = || {
            self.axes.iter().zip(extents).map(|(axis, extent)| match extent {
                Extent::Listed(values) => values.len() as u64,
                _ => u64::from(axis.steps.unwrap_or(2)),
            })
        };
        match self.kind {
            Kind::Grid => values().fold(1, u64::saturating_mul),
            Kind::OneAtATime => 1 + values().sum::<u64>(),
            Kind::LatinHypercube | Kind::Sobol => asked,
            Kind::SobolIndices => asked * (axes + 2),
            Kind::Morris => u64::from(self.trajectories()) * (axes + 1),
            Kind::Points => 0,
        }
    }

    fn grid(&self, extents: &[Extent]) -> Vec<Vec<Option<Value>>> {
        let mut rows = vec![Vec::new()];
        for (axis, extent) in self.axes.iter().zip(extents) {
            let values = extent.steps(axis.steps);
            let longer = |row: Vec<Option<Value>>| {
                let with = move |value: &Value| {
                    let mut row = row.clone();
                    row.push(Some(value.clone()));
                    row
                };
                values.iter().map(with).collect::<Vec<_>>()
            };
            rows = rows.into_iter().flat_map(longer).collect();
        }
        rows
    }

    fn one_at_a_time(&self, extents: &[Extent]) -> Vec<Vec<Option<Value>>> {
        let unchanged = vec![None; extents.len()];
        let mut rows = vec![unchanged.clone()];
        for (index, (axis, extent)) in self.axes.iter().zip(extents).enumerate() {
            for value in extent.steps(axis.steps) {
                let mut row = unchanged.clone();
                row[index] = Some(value);
                rows.push(row);
            }
        }
        rows
    }
}

/// Gives each point its id.
pub(super) fn numbered(drawn: Vec<(Vec<Option<Value>>, Vec<f64>)>) -> Vec<Point> {
    let point = |(id, (values, position))| Point { id, values, position };
    (0..).zip(drawn).map(point).collect()
}
