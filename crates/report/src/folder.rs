//! What stands in a folder of results, as the page needs it.

use crate::error::ReportError;
use crate::files::{Place, towns};
use crate::words::{Language, filled_with};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;
use toguna_output::{Manifest, ReadBack, Row, RunFolder};
use toguna_picture::map::Town;

/// One scenario of the folder.
pub struct Arm {
    pub name: String,
    /// In words; its name where it has none.
    pub title: String,
    /// The title without what all of them say: "Mali from 2024: …, one adult for fifty".
    pub short: String,
}

/// A whole folder of results.
pub struct Results {
    pub manifest: Manifest,
    pub arms: Vec<Arm>,
    pub start: String,
    pub end: String,
    /// Persons that one simulated adult stands for.
    pub scale: i64,
    /// Tables by name, those of [`WHOLE`] and [`OF_OUTCOMES`] that the folder has.
    tables: BTreeMap<&'static str, ReadBack>,
    /// Cercles with their towns; empty where the scenario names none.
    pub towns: Vec<Town>,
    /// What is noted of the scenarios, each with its file in the folder and the line.
    pub notes: Vec<String>,
}

/// The experiment of policies over an ensemble.
pub const OVER_WORLDS: &str = "compare over an ensemble";

/// Tables that pages are made of, whole.
const WHOLE: [&str; 10] = [
    "runs.csv",
    "comparison.csv",
    "joined.csv",
    "over_time.csv",
    "cercles.csv",
    "who_pays.csv",
    "partings.csv",
    "acted.csv",
    "validation.csv",
    "points.csv",
];
/// Those that have rows of all outcomes for each of many points or policies: only the rows of some are kept.
const OF_OUTCOMES: [&str; 6] = [
    "summary.csv",
    "contrasts.csv",
    "sensitivity.csv",
    "over_worlds.csv",
    "regret.csv",
    "fails.csv",
];

/// A table that the folder does not have.
static NONE: LazyLock<ReadBack> = LazyLock::new(ReadBack::default);

impl Results {
    /// A folder; of the tables of a sweep, the rows of these outcomes.
    ///
    /// # Errors
    /// When the folder is not whole or is not of this version.
    pub fn read(path: &Path, outcomes: &[&str]) -> Result<Results, ReportError> {
        Results::of(&Place::Folder(path), *RunFolder::results_at(path)?, outcomes)
    }

    /// The same of results that nobody has written: their files by name.
    ///
    /// # Errors
    /// When a file is missing or is none of ours.
    pub fn in_memory(
        files: &BTreeMap<String, String>,
        manifest: Manifest,
        outcomes: &[&str],
    ) -> Result<Results, ReportError> {
        Results::of(&Place::Memory(files), manifest, outcomes)
    }

    fn of(
        place: &Place<'_>,
        manifest: Manifest,
        outcomes: &[&str],
    ) -> Result<Results, ReportError> {
        let experiment = manifest.inputs.experiment.clone();
        if !["run", "compare", OVER_WORLDS, "validate", "sweep"].contains(&experiment.as_str()) {
            return Err(ReportError::NotShown { path: place.path(""), experiment });
        }
        let compared = ["compare", OVER_WORLDS].contains(&experiment.as_str());
        let file = |arm: &str| {
            let of_arm = if compared { format!("{arm}.") } else { "scenario.".to_owned() };
            of_arm + "resolved.toml"
        };
        let mut arms = Vec::new();
        let (mut scenarios, mut notes) = (Vec::new(), Vec::new());
        for content in &manifest.inputs.scenarios {
            let scenario = place.scenario(&file(&content.name))?;
            notes.extend(place.notes_on(&file(&content.name))?);
            let title = scenario.get("title").and_then(toml::Value::as_str).unwrap_or("");
            let title = if title.is_empty() { &content.name } else { title };
            let (name, title) = (content.name.clone(), title.to_owned());
            arms.push(Arm { name, short: title.clone(), title });
            scenarios.push(scenario);
        }
        tell_apart(&mut arms);
        shorten(&mut arms);
        let first = scenarios.first().ok_or_else(|| ReportError::Wrong {
            path: place.path(""),
            what: "its manifest names no scenario".to_owned(),
        })?;
        let text = |table: &str, key: &str| -> String {
            let value = first.get(table).and_then(|table| table.get(key));
            value.map_or_else(String::new, |it| {
                it.as_str().map_or_else(|| it.to_string(), str::to_owned)
            })
        };
        let mut tables = BTreeMap::new();
        for name in WHOLE.into_iter().chain(OF_OUTCOMES) {
            let wanted = |row: Row<'_>| {
                !OF_OUTCOMES.contains(&name) || outcomes.contains(&row.text("outcome"))
            };
            // What is shown of the many runs of a sweep or an ensemble stands in other tables.
            let of_many =
                name == "runs.csv" && ["sweep", OVER_WORLDS].contains(&experiment.as_str());
            if !of_many && manifest.files.iter().any(|file| file.name == name) {
                tables.insert(name, place.table(name, wanted)?);
            }
        }
        let towns = towns(place, &manifest)?;
        Ok(Results {
            start: text("time", "start"),
            end: text("time", "end"),
            scale: text("people", "people_per_agent").parse().unwrap_or(1),
            tables,
            towns,
            notes,
            arms,
            manifest,
        })
    }

    /// A table; without rows where the folder does not have it.
    #[must_use]
    pub fn table(&self, name: &str) -> &ReadBack {
        self.tables.get(name).unwrap_or(&NONE)
    }

    /// The command whose results these are: a design for sensitivities is a sweep, too.
    #[must_use]
    pub fn experiment(&self) -> &str {
        &self.manifest.inputs.experiment
    }

    /// What every figure says of itself.
    #[must_use]
    pub fn stamp(&self, language: Language) -> String {
        let words = language.words();
        let replicates = self.manifest.inputs.replicates;
        let runs = match (self.experiment(), replicates) {
            ("compare", _) => words.runs_each,
            ("sweep", _) => words.runs_of_points,
            (OVER_WORLDS, _) => words.runs_of_worlds,
            (_, 1) => words.runs_one,
            _ => words.runs_many,
        };
        let points = self.table("points.csv").rows().count();
        let runs =
            filled_with(runs, &[("n", replicates.to_string()), ("points", points.to_string())]);
        let scenarios: Vec<&str> = self.arms.iter().map(|arm| arm.title.as_str()).collect();
        let gaps = [
            ("scenarios", scenarios.join(" · ")),
            ("runs", runs),
            ("seed", self.manifest.inputs.seed.to_string()),
            ("scale", self.scale.to_string()),
            ("version", self.manifest.inputs.toguna.clone()),
        ];
        filled_with(words.stamp, &gaps)
    }

    /// `B against A`: a scenario beside the first.
    pub fn against(&self, other: &Arm, language: Language) -> String {
        let gaps = [("other", other.short.clone()), ("first", self.arms[0].short.clone())];
        filled_with(language.words().against, &gaps)
    }

    /// The name of a figure of which there is one for each other scenario.
    pub fn numbered(&self, name: &str, number: usize) -> String {
        match self.others() {
            [_] => name.to_owned(),
            _ => format!("{name}-{}", number + 1),
        }
    }

    /// The scenarios that are compared with the first.
    pub fn others(&self) -> &[Arm] {
        self.arms.get(1..).unwrap_or_default()
    }
}

/// A title that several have, because one extends the other, names none of them: their names do.
fn tell_apart(arms: &mut [Arm]) {
    let titles: Vec<String> = arms.iter().map(|arm| arm.title.clone()).collect();
    for arm in arms {
        if titles.iter().filter(|title| **title == arm.title).count() > 1 {
            arm.title.clone_from(&arm.name);
            arm.short.clone_from(&arm.name);
        }
    }
}

/// What a title shares with others, and what is its own.
type Cut = fn(&str) -> Option<(&str, &str)>;

/// Leaves out of short titles the beginning and the end that all share, at a colon and a comma.
fn shorten(arms: &mut [Arm]) {
    if arms.len() < 2 {
        return;
    }
    let begin: Cut = |text| text.split_once(": ");
    let end: Cut = |text| text.rsplit_once(", ").map(|(own, shared)| (shared, own));
    for cut in [begin, end] {
        let parts: Option<Vec<_>> = arms.iter().map(|arm| cut(&arm.short)).collect();
        let Some(parts) = parts else { continue };
        if parts.iter().all(|(shared, own)| *shared == parts[0].0 && !own.is_empty()) {
            let own: Vec<String> = parts.iter().map(|(_, own)| (*own).to_owned()).collect();
            arms.iter_mut().zip(own).for_each(|(arm, own)| arm.short = own);
        }
    }
    for arm in arms {
        let mut letters = arm.short.chars();
        if let Some(first) = letters.next() {
            arm.short = first.to_uppercase().chain(letters).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scenarios_of_the_same_title_go_by_their_names() {
        let arm = |name: &str, title: &str| Arm {
            name: name.to_owned(),
            title: title.to_owned(),
            short: title.to_owned(),
        };
        let mut arms = [arm("a", "Mali"), arm("b", "Mali"), arm("c", "Valley")];
        tell_apart(&mut arms);
        assert_eq!(arms.map(|arm| arm.short), ["a", "b", "Valley"]);
    }

    #[test]
    fn short_titles_leave_out_what_all_say() {
        let short = |titles: &[&str]| {
            let arm = |title: &&str| Arm {
                name: String::new(),
                title: (*title).to_owned(),
                short: (*title).to_owned(),
            };
            let mut arms: Vec<Arm> = titles.iter().map(arm).collect();
            tell_apart(&mut arms);
            shorten(&mut arms);
            arms.into_iter().map(|arm| arm.short).collect::<Vec<_>>()
        };
        let both = ["Mali: the status quo, one for fifty", "Mali: restraint, one for fifty"];
        assert_eq!(short(&both), ["The status quo", "Restraint"]);
        assert_eq!(short(&["A: b", "C: d"]), ["A: b", "C: d"]);
        assert_eq!(short(&["Mali: status quo"]), ["Mali: status quo"]);
    }
}
