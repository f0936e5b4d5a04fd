//! One-file HTML pages and single figures, from a folder of results alone. A page loads nothing, is read
//! without its script, and never says more than the intervals beneath it.

mod beside; // what differs clearly, from the first policy and between every two others
mod error; // why there is no page
mod files; // files of results, on disk or in memory
mod figure; // title, panels, stamp, table: on the page or alone
mod figures; // one file for each figure
mod findings; // what the numbers say, in words
mod folder; // what stands in a folder of results
mod numbers; // numbers as people write them
mod page; // the whole page
mod words; // every word of the page, in each language

pub use beside::{Beside, beside, clear};
pub use error::ReportError;
pub use figures::settings; // the settings of a sweep, and what each outcome came to
pub use figures::{SHOWN, outline, ticks, year_of}; // what lines over time and maps are made of
pub use findings::wrong; // what the model gets wrong, by its last validation
pub use folder::{OVER_WORLDS, Results};
pub use numbers::Numbers;
pub use words::Language;

use figure::Figure;
use std::path::Path;
use toguna_model::outcomes::Outcome;
use toguna_output::ReadBack;

/// The page of a folder of results.
///
/// # Errors
/// When the folder is not whole or is not of this version.
pub fn page(folder: &Path, language: Language) -> Result<String, ReportError> {
    Ok(page_of(&Results::read(folder, &figures::SHOWN)?, language))
}

/// The page of results.
#[must_use]
pub fn page_of(results: &Results, language: Language) -> String {
    page::page(results, &figures::all(results, language), language)
}

/// A sentence on each policy that a comparison compares with the first, none of which leaves out what is clear
/// among these outcomes; and one on the grants, where they are not the same.
#[must_use]
pub fn conclusions(results: &Results, shown: &[&Outcome], language: Language) -> Vec<String> {
    let said = |other| findings::conclusion(results, other, shown, language);
    results.others().iter().map(said).chain(findings::grants(results, language)).collect()
}

/// An entry of a timeline over all runs.
pub struct Acted {
    /// The day, or in how many runs it acted and from when to when.
    pub when: String,
    /// What it sets.
    pub levers: String,
    /// The day or the condition that it waits for.
    pub waits_for: String,
    /// Whether that is a condition.
    pub conditional: bool,
}

/// When the timelines in a folder acted, entry by entry.
///
/// # Errors
/// When the table cannot be read back.
pub fn acted(folder: &Path) -> Result<Vec<Acted>, ReportError> {
    let table = ReadBack::of(folder, "acted.csv")?;
    let entry = |entry: &figures::Entry<'_>| {
        let text = |column: &str| entry.row.text(column).to_owned();
        Acted {
            when: entry.when(Language::English),
            levers: text("levers"),
            waits_for: text("waits_for"),
            conditional: text("conditional") == "true",
        }
    };
    Ok(figures::entries(table.rows()).iter().map(entry).collect())
}

/// One figure as an SVG of its own.
///
/// # Errors
/// As [`page`], and when there is no such figure: the names there are, are then told.
pub fn figure(folder: &Path, name: &str, language: Language) -> Result<String, ReportError> {
    let results = Results::read(folder, &figures::SHOWN)?;
    let figures = figures::all(&results, language);
    match figures.iter().find(|figure| figure.name == name) {
        Some(figure) => Ok(figure.alone(&results.stamp(language))),
        None => {
            let names = figures.iter().map(|figure: &Figure| figure.name.as_str());
            let names = names.collect::<Vec<_>>().join(", ");
            Err(ReportError::NoSuchFigure { name: name.to_owned(), names })
        }
    }
}
