//! `toguna report` and `toguna plot`: a page or one figure from a folder of results.

use super::failure::Failure;
use super::shared_flags::Shared;
use super::standard_output;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};
use toguna_output::write_whole;
use toguna_report::Language;

/// The language of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LanguageFlag {
    /// English
    #[default]
    En,
    /// French
    Fr,
}

impl From<LanguageFlag> for Language {
    fn from(flag: LanguageFlag) -> Language {
        match flag {
            LanguageFlag::En => Language::English,
            LanguageFlag::Fr => Language::French,
        }
    }
}

/// Whether results are to have a page at once.
#[derive(Debug, Args)]
pub struct PageFlags {
    /// Make a page of the results, too: report.html in their folder
    #[arg(long)]
    report: bool,
    /// Language of the page
    #[arg(long, value_enum, default_value_t, requires = "report")]
    lang: LanguageFlag,
}

impl PageFlags {
    /// # Errors
    /// As [`write_page`].
    pub fn write(&self, folder: &Path, shared: &Shared) -> Result<(), Failure> {
        if self.report { write_page(folder, None, self.lang, shared) } else { Ok(()) }
    }
}

/// Make one HTML page from a folder of results
///
/// The page loads nothing from elsewhere: it can be opened by a double click, sent by mail and printed.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  toguna report output/valley\n  \
    toguna report output/compare-valley-talking-valley --lang fr --out rapport.html")]
pub struct Report {
    /// Folder that `run`, `compare`, `validate`, `sweep` or `sensitivity` wrote
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// File for the page [default: report.html in the folder]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Language of the page
    #[arg(long, value_enum, default_value_t)]
    lang: LanguageFlag,
}

impl Report {
    pub fn run(self, shared: &Shared) -> Result<(), Failure> {
        write_page(&self.folder, self.out, self.lang, shared)
    }
}

/// Writes the page of a folder and says where it is.
///
/// # Errors
/// When the folder is damaged, or the page cannot be written.
fn write_page(
    folder: &Path,
    out: Option<PathBuf>,
    language: LanguageFlag,
    shared: &Shared,
) -> Result<(), Failure> {
    let text = toguna_report::page(folder, language.into())?;
    let path = out.unwrap_or_else(|| folder.join("report.html"));
    write_whole(&path, text.as_bytes(), true)?;
    if !shared.quiet {
        standard_output::tell(&format!("page in {}", path.display()));
    }
    Ok(())
}

/// Print one figure of a page as SVG
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  toguna plot output/compare-valley-talking-valley --figure difference > difference.svg\n  \
    toguna plot output/compare-valley-talking-valley --figure maps --lang fr --out cartes.svg"
)]
pub struct Plot {
    /// Folder that `run`, `compare`, `validate`, `sweep` or `sensitivity` wrote
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Name of the figure; a wrong one is answered by the names there are
    #[arg(long, value_name = "NAME")]
    figure: String,
    /// File for the figure instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Language of its words
    #[arg(long, value_enum, default_value_t)]
    lang: LanguageFlag,
}

impl Plot {
    pub fn run(self, _settled: &Shared) -> Result<(), Failure> {
        let text = toguna_report::figure(&self.folder, &self.figure, self.lang.into())?;
        match self.out {
            Some(path) => Ok(write_whole(&path, text.as_bytes(), true)?),
            None => standard_output::print(&text),
        }
    }
}
