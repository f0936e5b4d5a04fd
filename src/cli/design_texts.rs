//! What is wrong with a design, shown where it stands: in the design's file, or in its table of points.

use super::failure::Failure;
use std::path::Path;
use std::sync::Arc;
use toguna_experiment::design::{self, Mistake, Written, WrittenTable};
use toguna_experiment::sweep::WrongValue;
use toguna_scenario::problems::{Place, Problem, Problems};
use toguna_scenario::source::{Disk, Source, read_text};

/// The files that a design is read from; `eval` has a table alone.
#[derive(Default)]
pub struct DesignTexts {
    pub design: Option<Arc<Source>>,
    pub table: Option<Arc<Source>>,
}

/// A file that must be text.
///
/// # Errors
/// When there is none, or it is none.
pub fn text_of_file(path: &Path, what: &str) -> Result<Arc<Source>, Failure> {
    read_text(&Disk, path, what, 0, None).map_err(|problem| Failure::Design((*problem).into()))
}

impl DesignTexts {
    /// The mistakes of the design's own file.
    #[must_use]
    pub fn refusal(&self, mistakes: &[Mistake]) -> Failure {
        let shown = |mistake: &Mistake| match &self.design {
            Some(design) => mistake.shown_in(design),
            None => Problem::new(mistake.to_string()),
        };
        refusal(mistakes.iter().map(shown).collect())
    }

    /// A problem with what stands at a place of the design's file.
    pub fn problem(
        &self,
        title: impl Into<String>,
        place: impl FnOnce(&Written) -> design::Place,
    ) -> Problem {
        self.at(Problem::new(title), place)
    }

    /// Underlines a place of the design's file.
    #[must_use]
    pub fn at(&self, problem: Problem, place: impl FnOnce(&Written) -> design::Place) -> Problem {
        match self.in_design(place) {
            Some(place) => problem.at(place),
            None => problem,
        }
    }

    /// Values that do not fit the scenario, each shown where it is written rather than as the `--set`
    /// that it became.
    #[must_use]
    pub fn misfits(&self, wrong: Vec<WrongValue>, table: Option<&WrittenTable>) -> Vec<Problem> {
        let placed = |it: WrongValue| match self.place_of(&it, table) {
            Some(place) => it.problem.at(place),
            None => it.problem,
        };
        wrong.into_iter().map(placed).collect()
    }

    fn place_of(&self, wrong: &WrongValue, table: Option<&WrittenTable>) -> Option<Place> {
        let axis = wrong.axis?;
        if let (Some(written), Some(source)) = (table, &self.table) {
            let cells = &written.cells[wrong.point];
            let span = if wrong.of_key { &written.header } else { cells }[axis].clone();
            return Some(Place { source: source.clone(), span });
        }
        self.in_design(|written| match &wrong.value {
            Some(value) if !wrong.of_key => written.value_of_axis(axis, value),
            _ => written.axis(axis, "path"),
        })
    }

    fn in_design(&self, place: impl FnOnce(&Written) -> design::Place) -> Option<Place> {
        let source = self.design.as_ref()?;
        let place = place(&Written::of(&source.text).ok()?);
        Some(Place { source: source.clone(), span: place.span() })
    }
}

/// # Panics
/// When there is no problem.
#[must_use]
pub fn refusal(problems: Vec<Problem>) -> Failure {
    let problems = Problems::none_or(problems);
    Failure::Design(problems.expect_err("what is refused has at least one problem"))
}
