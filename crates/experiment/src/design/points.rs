//! From a checked design to its points.

use super::axis::Extent;
use super::cube::{self, MOST_SOBOL_DIMENSIONS, MOST_SOBOL_POINTS};
use super::file::Design;
use super::kind::Kind;
use super::point::{Points, Written, numbered};
use super::table::read_table;
use super::wrong::Wrong;
use crate::common_past::RandomNumbers;
use toguna_scenario::layers::Merged;
use toguna_scenario::problems::Problems;
use toguna_scenario::source::{Files, read_text};
use toguna_units::narrow;
use toml::Value;

impl Design {
    /// The points of every kind but that of a table: the same for the same design whatever its
    /// `replicates`.
    pub(super) fn drawn_points(&self, merged: &Merged, extents: &[Extent]) -> Points {
        let axes = narrow(self.axes.len());
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
            Kind::Grid => listed(self.grid(extents)),
            Kind::OneAtATime => listed(self.one_at_a_time(extents)),
            Kind::LatinHypercube => from_cube(cube::latin_hypercube(asked, axes, self.seed)),
            Kind::Sobol => from_cube(cube::sobol(asked, axes, self.seed)),
            Kind::SobolIndices => from_cube(cube::saltelli(asked, axes, self.seed)),
            Kind::Morris => {
                from_cube(cube::morris(self.trajectories(), self.levels(), axes, self.seed))
            }
            Kind::Points => Vec::new(),
        };
        let paths = self.axes.iter().map(|axis| axis.path.clone()).collect();
        let (extents, written) = (extents.to_vec(), Written::InDesign(merged.clone()));
        Points { paths, points: numbered(drawn), extents, written }
    }

    /// The points of the table that the design names.
    ///
    /// # Errors
    /// Whatever is wrong with the table.
    pub(super) fn listed_points(
        &self,
        files: &dyn Files,
        merged: &Merged,
    ) -> Result<Points, Problems> {
        let name = self.table.as_deref().unwrap_or_default();
        let named_at = merged.nearest_place("table");
        let path = merged.file_beside("table", name);
        let table = read_text(files, &path, "table", 1, Some(&named_at))?;
        let axes: Vec<&str> = self.axes.iter().map(|axis| axis.path.as_str()).collect();
        let points = read_table(&table, (!axes.is_empty()).then_some(&axes[..]))?;
        self.check_count(merged, points.points.len() as u64)?;
        Ok(points)
    }

    /// What is wrong beyond the shape of the file and its axes.
    pub(super) fn wrong_sizes(&self) -> Vec<Wrong> {
        let kind = self.kind.name();
        let mut wrong = Vec::new();
        if self.fork.is_none() && self.random_numbers == RandomNumbers::Fresh {
            let help = "add `fork`, the day from which what varies varies";
            wrong.push(Wrong::new("random_numbers", "`random_numbers` is that after a fork", help));
        }
        if self.axes.is_empty() && self.kind != Kind::Points {
            wrong.push(Wrong::new("kind", "nothing varies", "add an [[axes]] with a `path`"));
        }
        let takes_points =
            matches!(self.kind, Kind::LatinHypercube | Kind::Sobol | Kind::SobolIndices);
        let presence = [
            ("points", self.points.is_some(), takes_points, takes_points),
            ("waves", self.waves.is_some(), self.kind == Kind::LatinHypercube, false),
            ("members", self.members.is_some(), self.kind == Kind::LatinHypercube, false),
            ("leave_out", !self.leave_out.is_empty(), self.kind == Kind::LatinHypercube, false),
            ("facts_until", self.facts_until.is_some(), self.kind == Kind::LatinHypercube, false),
            ("trajectories", self.trajectories.is_some(), self.kind == Kind::Morris, false),
            ("levels", self.levels.is_some(), self.kind == Kind::Morris, false),
            ("table", self.table.is_some(), self.kind == Kind::Points, self.kind == Kind::Points),
        ];
        for (key, present, allowed, needed) in presence {
            if present && !allowed {
                let title = format!("`{key}` means nothing in a design of kind \"{kind}\"");
                wrong.push(Wrong::new(key, title, "take it out"));
            }
            if needed && !present {
                let title = format!("a design of kind \"{kind}\" needs `{key}`");
                wrong.push(Wrong::new("kind", title, ""));
            }
        }
        if takes_points {
            wrong.extend(self.points.and_then(|found| self.wrong_points(found)));
        }
        let levels = self.levels();
        if self.kind == Kind::Morris && !levels.is_multiple_of(2) {
            let title = format!("`levels` must be an even number, not {levels}");
            wrong.push(Wrong::new("levels", title, ""));
        }
        wrong
    }

    fn wrong_points(&self, found: u32) -> Option<Wrong> {
        if self.kind == Kind::LatinHypercube {
            return None;
        }
        if found > MOST_SOBOL_POINTS {
            let title =
                format!("Sobol' numbers reach {MOST_SOBOL_POINTS} points, fewer than {found}");
            return Some(Wrong::new("points", title, ""));
        }
        let per_axis = if self.kind == Kind::SobolIndices { 2 } else { 1 };
        let (axes, most) = (self.axes.len(), MOST_SOBOL_DIMENSIONS / per_axis);
        if axes > most as usize {
            let kind = self.kind.name();
            let title = format!(
                "Sobol' numbers reach {most} axes in a design of kind \"{kind}\", not {axes}"
            );
            return Some(Wrong::new("kind", title, ""));
        }
        let above = found.next_power_of_two();
        let below = above / 2;
        let title = format!("Sobol' numbers are even only in powers of two, which {found} is not");
        let help = format!("write points = {below} or points = {above}");
        (above != found).then(|| Wrong::new("points", title, help))
    }

    pub(super) fn count(&self, extents: &[Extent]) -> u64 {
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
