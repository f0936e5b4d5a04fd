//! The settings of a sweep: what varies, and what each outcome came to.

use super::courses::shown;
use crate::folder::Results;
use crate::numbers::Numbers;
use crate::words::{Language, filled};
use std::collections::BTreeSet;
use toguna_model::outcomes::Outcome;
use toguna_output::Row;
use toguna_units::whole_part;

/// One setting with the mean of an outcome.
pub struct Setting<'r> {
    /// By axis, as the table has it; empty where the scenario's own value stays.
    pub values: Vec<&'r str>,
    pub mean: f64,
    pub interval: Option<(f64, f64)>,
}

/// An axis with its values in order: numbers by size, others as they come.
pub struct Axis<'r> {
    /// The key of the scenario.
    pub path: &'r str,
    pub levels: Vec<&'r str>,
}

impl Axis<'_> {
    /// Its key in words.
    pub fn title(&self) -> String {
        title_of(self.path)
    }

    pub fn is_of_numbers(&self) -> bool {
        self.levels.iter().all(|level| level.parse::<f64>().is_ok())
    }
}

/// Outcomes of which it is asked what moves them.
pub fn moved() -> impl Iterator<Item = &'static Outcome> {
    shown().take(3)
}

/// The last part of a key, in words; that of a rule with its table where it is a single word, since several
/// tables have a `scale` or `odds`.
pub fn title_of(path: &str) -> String {
    let mut parts = path.rsplit('.');
    let last = parts.next().unwrap_or(path);
    let needs_its_table = path.starts_with("rules.") && !last.contains('_');
    match parts.next().filter(|_| needs_its_table) {
        Some(table) => format!("{table} {last}").replace('_', " "),
        None => last.replace('_', " "),
    }
}

/// What varies.
pub fn axes<'r>(results: &'r Results) -> Vec<Axis<'r>> {
    let points = results.table("points.csv");
    let paths = points.header().iter().filter(|name| *name != "point");
    let axis = |path: &'r String| {
        let (mut known, mut levels) = (BTreeSet::new(), Vec::new());
        for level in points.rows().map(|row| row.text(path)) {
            if !level.is_empty() && known.insert(level) {
                levels.push(level);
            }
        }
        let number = |level: &&str| level.parse::<f64>().unwrap_or(f64::NAN);
        if levels.iter().all(|level| !number(level).is_nan()) {
            levels.sort_by(|a, b| number(a).total_cmp(&number(b)));
        }
        Axis { path, levels }
    };
    paths.map(axis).collect()
}

/// Cells of one heat map, and of all maps of an outcome: more would not be read.
const CELLS: (usize, usize) = (144, 400);

/// Whether every combination of values was run, and few enough to be written in cells.
#[must_use]
pub fn is_grid(results: &Results, axes: &[Axis<'_>]) -> bool {
    let cells_of = |axes: &[Axis<'_>]| axes.iter().map(|axis| axis.levels.len()).product::<usize>();
    let cells = cells_of(axes);
    let whole = |row: Row<'_>| axes.iter().all(|axis| !row.text(axis.path).is_empty());
    let points = || results.table("points.csv").rows();
    let few = cells_of(&axes[..axes.len().min(2)]) <= CELLS.0 && cells <= CELLS.1;
    few && cells == points().count() && points().all(whole)
}

/// Each setting with an outcome, where it has a mean.
pub fn settings<'r>(results: &'r Results, axes: &[Axis<'_>], outcome: &str) -> Vec<Setting<'r>> {
    let points: Vec<Row<'r>> = results.table("points.csv").rows().collect();
    let setting = |row: Row<'r>| {
        // Points are numbered from 0, in the order of their table.
        let point = points.get(whole_part(row.number("point")?) as usize)?;
        Some(Setting {
            values: axes.iter().map(|axis| point.text(axis.path)).collect(),
            mean: row.number("mean")?,
            interval: row.number("low").zip(row.number("high")),
        })
    };
    let summary = results.table("summary.csv").rows();
    summary.filter(|row| row.text("outcome") == outcome).filter_map(setting).collect()
}

impl Setting<'_> {
    /// `military pressure 0.1, local pacts support`, but for what stays as it is.
    pub fn said(&self, axes: &[Axis<'_>], language: Language) -> String {
        let varied = axes.iter().zip(&self.values).filter(|(_, value)| !value.is_empty());
        let said: Vec<String> = varied
            .map(|(axis, value)| format!("{} {}", axis.title(), level(value, language)))
            .collect();
        if said.is_empty() { language.words().as_it_is.to_owned() } else { said.join(", ") }
    }

    /// `12,300 (11,900 to 12,700)`
    pub fn number(&self, outcome: &Outcome, language: Language) -> String {
        let numbers = Numbers(language);
        let interval = self.interval.map(|(low, high)| {
            let ends =
                [("low", low), ("high", high)].map(|(gap, it)| (gap, numbers.of(outcome, it)));
            filled(
                language.words().interval_short,
                &ends.each_ref().map(|(gap, it)| (*gap, it.as_str())),
            )
        });
        numbers.of(outcome, self.mean) + &interval.unwrap_or_default()
    }
}

/// A value of an axis as people read it.
pub fn level(value: &str, language: Language) -> String {
    value.parse::<f64>().map_or_else(|_| value.to_owned(), |it| Numbers(language).plain(it))
}

#[cfg(test)]
mod tests {
    use super::title_of;

    #[test]
    fn a_rule_of_one_word_is_named_with_its_table() {
        for (path, title) in [
            ("rules.violence.scale", "violence scale"),
            ("rules.clear_and_hold.spread", "clear and hold spread"),
            ("rules.memory.half_life", "half life"),
            ("policy.restraint", "restraint"),
            ("restraint", "restraint"),
        ] {
            assert_eq!(title_of(path), title);
        }
    }
}
