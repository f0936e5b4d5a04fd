//! A design file, read and checked as a scenario is.

use super::axis::Extent;
use super::file::Design;
use super::kind::Kind;
use super::point::Points;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use toguna_scenario::check::{check, faults_in};
use toguna_scenario::layers::{Document, Merged, read_alone};
use toguna_scenario::problems::{Problem, Problems};
use toguna_scenario::schema::Schema;
use toguna_scenario::source::Files;
use toguna_scenario::tree::{self, Step};

/// A design that has passed every check, with its points.
pub struct CheckedDesign {
    /// What the file says.
    pub design: Design,
    /// The points that it asks for.
    pub points: Points,
    /// Where each value was written.
    pub merged: Merged,
}

impl CheckedDesign {
    /// Reads a design file and the table of points that it names. Its axes and their values are not
    /// compared with any scenario's: see [`crate::sweep::Points::check_values`].
    ///
    /// # Errors
    /// Everything that is wrong with it. What a table with wrong keys seems to lack is not told: they may
    /// be what it lacks.
    pub fn read(files: &dyn Files, path: &Path) -> Result<CheckedDesign, Problems> {
        let merged = read_alone(files, path, Document::Design)?;
        if is_a_scenario(&merged) {
            let problem = Problem::new("this is a scenario, not a design").at(merged.whole());
            let names = "a design names one: scenario = \"…\", and says what varies in it";
            let help = format!("{names} (docs/experiments.md); `toguna run` runs a scenario");
            return Err(problem.help(help).into());
        }
        let schema = Schema::of::<Design>();
        let faults = faults_in(&merged, &schema);
        let mut problems = faults.problems;
        let design: Design = match check(&merged.without(&faults.paths), &schema) {
            Ok(design) => design,
            Err(of_what_is_left) => {
                Problems::none_or(problems)?;
                return Err(of_what_is_left);
            }
        };
        let unsound: BTreeSet<usize> = faults.paths.iter().filter_map(axis_of).collect();
        let mut first_with: BTreeMap<&str, usize> = BTreeMap::new();
        let mut extents = Vec::new();
        for (index, axis) in design.axes.iter().enumerate() {
            let within = format!("axes[{index}].");
            let path = axis.path.trim();
            if let Some(earlier) = first_with.insert(path, index).filter(|_| !path.is_empty()) {
                let title = format!("axis `{}` stands here a second time", axis.path);
                let problem = merged.problem_at(&format!("{within}path"), title, "");
                let first = merged.nearest_place(&format!("axes[{earlier}].path"));
                problems.push(problem.see_also(first, "the first is here"));
            }
            if unsound.contains(&index) {
                continue;
            }
            match axis.extent(design.kind) {
                Ok(extent) => extents.push(extent),
                Err(wrong) => problems.push(wrong.shown(&merged, &within)),
            }
        }
        if faults.paths.iter().all(|wrong| wrong.0.len() > 1) {
            let of_design = design.wrong_sizes().into_iter();
            problems.extend(of_design.map(|wrong| wrong.shown(&merged, "")));
        }
        Problems::none_or(problems)?;
        let points = design.points(files, &merged, &extents)?;
        Ok(CheckedDesign { design, points, merged })
    }
}

impl Design {
    /// Refuses more points than the design allows, before they are made.
    pub(super) fn check_count(&self, merged: &Merged, wanted: u64) -> Result<(), Problems> {
        let most = self.maximum_points;
        if wanted <= u64::from(most) {
            return Ok(());
        }
        let key = if self.kind == Kind::Points { "table" } else { "kind" };
        let title = format!("this design has {wanted} points, more than {most}");
        let help = "take fewer values, or raise `maximum_points`";
        Err(merged.problem_at(key, title, help).into())
    }

    fn points(
        &self,
        files: &dyn Files,
        merged: &Merged,
        extents: &[Extent],
    ) -> Result<Points, Problems> {
        if self.kind == Kind::Points {
            return self.listed_points(files, merged);
        }
        self.check_count(merged, self.count(extents))?;
        Ok(self.drawn_points(merged, extents))
    }
}

/// The axis that a path leads into.
fn axis_of(path: &tree::Path) -> Option<usize> {
    match path.0.as_slice() {
        [Step::Key(key), Step::Index(axis), ..] if key == "axes" => Some(*axis),
        _ => None,
    }
}

/// Whether this is a scenario that was given for a design.
fn is_a_scenario(merged: &Merged) -> bool {
    let has = |keys: &[&str]| keys.iter().any(|key| merged.get(key).is_some());
    !has(&["scenario", "kind", "axes"])
        && has(&["extends", "name", "time", "tables", "policy", "people", "rules", "timeline"])
}
