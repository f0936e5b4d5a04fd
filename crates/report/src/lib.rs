//! One-file HTML pages and single figures, from a folder of results alone. A page loads nothing, is read
//! without its script, and never says more than the intervals beneath it.

mod figure; // title, panels, stamp, table: on the page or alone
mod figures; // one file for each figure
mod findings; // what the numbers say, in words
mod folder; // what stands in a folder of results
mod numbers; // numbers as people write them
mod page; // the whole page
mod words; // every word of the page, in each language

pub use folder::ReportError;
pub use words::Language;

use figure::Figure;
use folder::Results;
use std::path::Path;

/// The page of a folder that `run` or `compare` wrote.
///
/// # Errors
/// When the folder is not whole, is not of this version, or holds something else.
pub fn page(folder: &Path, language: Language) -> Result<String, ReportError> {
    let results = Results::read(folder)?;
    let figures = figures::all(&results, language);
    Ok(page::page(&results, &figures, language))
}

/// A sentence on each policy that a folder of `compare` compares with the first.
///
/// # Errors
/// As [`page`].
pub fn conclusions(folder: &Path, language: Language) -> Result<Vec<String>, ReportError> {
    let results = Results::read(folder)?;
    let said = |other| findings::conclusion(&results, other, language);
    Ok(results.others().iter().map(said).collect())
}

/// One figure as an SVG of its own.
///
/// # Errors
/// As [`page`], and when there is no such figure: the names there are, are then told.
pub fn figure(folder: &Path, name: &str, language: Language) -> Result<String, ReportError> {
    let results = Results::read(folder)?;
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
