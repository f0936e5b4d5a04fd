//! What is wrong with a scenario, shown so that the reader can put it right: where it stands, what
//! was found, what would do. All problems are gathered and shown at once.

use super::suggest::shortened;
use super::text::Source;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// At most this many problems of one file are shown; the rest are counted.
pub(crate) const SHOWN_PER_FILE: usize = 20;

/// Some bytes of a text.
#[derive(Clone, Debug)]
pub struct Place {
    /// The text.
    pub source: Arc<Source>,
    /// Its bytes.
    pub span: Range<usize>,
}

impl Place {
    /// The text that stands there.
    #[must_use]
    pub fn text(&self) -> &str {
        self.source.text.get(self.span.clone()).unwrap_or_default()
    }

    /// The first line of a file on which anything stands, such as the header of a table.
    #[must_use]
    pub fn first_line(source: &Arc<Source>) -> Place {
        let start = source.text.len() - source.text.trim_start().len();
        let line = source.text[start..].lines().next().unwrap_or_default();
        Place { source: source.clone(), span: start..start + line.len() }
    }

    /// Whether this is a file and no line of it.
    fn is_whole_file(&self) -> bool {
        self.span.is_empty() && self.span.start == 0
    }

    /// A part of this place, counted in bytes from its start.
    #[must_use]
    pub fn part(&self, within: Range<usize>) -> Place {
        let start = self.span.start;
        Place { source: self.source.clone(), span: start + within.start..start + within.end }
    }

    /// `base.toml:12`, or `--set`.
    #[must_use]
    pub fn origin(&self) -> String {
        match self.source.folder {
            Some(_) => format!("{}:{}", self.source.name, self.source.line_of(self.span.start)),
            None => self.source.name.clone(),
        }
    }
}

/// One mistake.
#[derive(Clone, Debug)]
pub struct Problem {
    title: String,
    place: Option<Place>,
    found: String,
    help: Vec<String>,
    related: Option<(Place, String)>,
}

impl Problem {
    /// `title` says in one line what is wrong.
    pub fn new(title: impl Into<String>) -> Self {
        let title = bounded(title.into());
        Problem { title, place: None, found: String::new(), help: Vec::new(), related: None }
    }

    /// Underlines this place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// What is written beside the underlined text.
    #[must_use]
    pub fn found(mut self, found: impl Into<String>) -> Self {
        self.found = bounded(found.into());
        self
    }

    /// What would do. May be called more than once; an empty text is left out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        let help = bounded(help.into());
        if !help.is_empty() {
            self.help.push(help);
        }
        self
    }

    /// A second place that the problem is about, such as the first of two equal names.
    #[must_use]
    pub fn see_also(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related = Some((place, label.into()));
        self
    }

    /// Shows the line that names the file, when the problem is with the file and no line of it.
    #[must_use]
    pub fn in_file_named_at(self, named_at: Option<&Place>) -> Self {
        match (&self.place, named_at) {
            (Some(place), Some(named_at)) if place.is_whole_file() && self.related.is_none() => {
                self.see_also(named_at.clone(), "the file is named here")
            }
            _ => self,
        }
    }

    /// What is wrong, on one line.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The text underlined; empty when the problem is about a whole file.
    #[must_use]
    pub fn underlined(&self) -> &str {
        self.place.as_ref().map_or("", Place::text)
    }

    /// Where it stands; none where it stands nowhere.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        self.place.as_ref()
    }

    /// The message as shown on a terminal, with colours where `styled`.
    #[must_use]
    pub fn render(&self, styled: bool) -> String {
        let mut elements: Vec<Element> = Vec::new();
        if let Some(place) = &self.place {
            show(place, AnnotationKind::Primary, &self.found, &mut elements);
        }
        elements.extend(self.help.iter().map(|help| Level::HELP.message(help).into()));
        let title = Level::ERROR.primary_title(&self.title);
        let mut groups = vec![Group::with_title(title).elements(elements)];
        if let Some((place, label)) = &self.related {
            let mut elements = Vec::new();
            show(place, AnnotationKind::Primary, "", &mut elements);
            groups.push(Level::NOTE.secondary_title(label).elements(elements));
        }
        let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&groups)
    }

    /// Where, what, and what would do: `base.toml:12: …; …`.
    #[must_use]
    pub fn in_one_line(&self) -> String {
        let origin = self.place.as_ref().map(|place| place.origin() + ": ").unwrap_or_default();
        let help: String = self.help.iter().map(|help| format!("; {help}")).collect();
        origin + &self.title + &help
    }

    /// The same for programs.
    #[must_use]
    pub fn as_json(&self) -> ProblemAsJson {
        let position = self.place.as_ref().map(|place| {
            let Place { source, span } = place;
            (source.name.clone(), source.line_of(span.start), source.column_of(span.start))
        });
        let (file, line, column) = position.map_or((None, None, None), |(file, line, column)| {
            (Some(file), Some(line), Some(column))
        });
        ProblemAsJson {
            file,
            line,
            column,
            text: shortened(self.underlined()),
            problem: self.title.clone(),
            found: self.found.clone(),
            help: self.help.clone(),
        }
    }

    /// Problems are shown file by file in the order of reading, then from top to bottom.
    fn order(&self) -> (usize, usize, usize, &str) {
        let place = self.place.as_ref();
        let (rank, start, end) = place
            .map_or((0, 0, 0), |place| (place.source.rank + 1, place.span.start, place.span.end));
        (rank, start, end, &self.title)
    }
}

/// `1 cell`, `2 cells`.
pub fn counted<N: fmt::Display + PartialEq + From<u8>>(count: N, one: &str, many: &str) -> String {
    let what = if count == N::from(1) { one } else { many };
    format!("{count} {what}")
}

/// Names taken from a file may be of any length; a message is not.
fn bounded(mut text: String) -> String {
    const LONGEST: usize = 600;
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push('…');
    }
    text
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

/// A problem as one record of `--json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProblemAsJson {
    /// The file; none where it stands in none.
    pub file: Option<String>,
    /// Counted from 1.
    pub line: Option<usize>,
    /// Counted from 1, in characters.
    pub column: Option<usize>,
    /// The offending text, shortened.
    pub text: String,
    /// What is wrong.
    pub problem: String,
    /// What was found; empty where that says nothing.
    pub found: String,
    /// What would do.
    pub help: Vec<String>,
}

/// All that is wrong, never nothing.
#[derive(Clone, Debug)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Their titles, to be told in a cell of a table.
    #[must_use]
    pub fn in_one_line(&self) -> String {
        let titles: Vec<&str> = self.iter().map(Problem::title).collect();
        titles.join("; ")
    }

    /// Nothing wrong is `Ok`.
    ///
    /// # Errors
    /// When there is any problem, all of them, in a stable order.
    pub fn none_or(mut problems: Vec<Problem>) -> Result<(), Problems> {
        if problems.is_empty() {
            return Ok(());
        }
        problems.sort_by(|a, b| a.order().cmp(&b.order()));
        Err(Problems(problems))
    }

    /// These and others, in order.
    #[must_use]
    pub fn and(mut self, others: Vec<Problem>) -> Problems {
        self.0.extend(others);
        self.0.sort_by(|a, b| a.order().cmp(&b.order()));
        self
    }

    /// Each as `change` makes it.
    #[must_use]
    pub fn map(self, change: impl FnMut(Problem) -> Problem) -> Problems {
        Problems(self.0.into_iter().map(change).collect())
    }

    /// Each, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// All of them, in order.
    #[must_use]
    pub fn into_vec(self) -> Vec<Problem> {
        self.0
    }

    /// The same for programs.
    #[must_use]
    pub fn as_json(&self) -> Vec<ProblemAsJson> {
        self.0.iter().map(Problem::as_json).collect()
    }

    /// All messages, a blank line between them, with colours where `styled`.
    #[must_use]
    pub fn render(&self, styled: bool) -> String {
        let mut shown_of: BTreeMap<&str, usize> = BTreeMap::new();
        let mut messages = Vec::new();
        for problem in &self.0 {
            let file = problem.place.as_ref().map_or("", |place| &place.source.name);
            let shown = shown_of.entry(file).or_default();
            *shown += 1;
            if *shown <= SHOWN_PER_FILE {
                messages.push(problem.render(styled));
            }
        }
        for (file, count) in shown_of {
            if count > SHOWN_PER_FILE {
                messages.push(format!("and {} more in {file}", count - SHOWN_PER_FILE));
            }
        }
        messages.join("\n\n")
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Problems(vec![problem])
    }
}

impl From<Box<Problem>> for Problems {
    fn from(problem: Box<Problem>) -> Self {
        Problems(vec![*problem])
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Problems {}

/// Puts `file:line:column` and the underlined line into a message; a place without text (a whole
/// file) shows only the file.
fn show<'a>(place: &Place, kind: AnnotationKind, label: &str, elements: &mut Vec<Element<'a>>) {
    let Place { source, span } = place;
    if place.is_whole_file() {
        elements.push(Origin::path(source.name.clone()).into());
        if !label.is_empty() {
            elements.push(Level::NOTE.message(label.to_owned()).into());
        }
        return;
    }
    let line = source.line_of(span.start);
    let excerpt = excerpt(source, line, span);
    let label = (!label.is_empty()).then(|| label.to_owned());
    let annotation = kind.span(excerpt.underlined).label(label);
    let snippet = Snippet::source(excerpt.text).line_start(line).annotation(annotation);
    if excerpt.starts_the_line {
        elements.push(snippet.path(source.name.clone()).into());
    } else {
        let origin = Origin::path(source.name.clone()).line(line);
        elements.push(origin.char_column(source.column_of(span.start)).into());
        elements.push(snippet.into());
    }
}

struct Excerpt {
    text: String,
    underlined: Range<usize>,
    /// Whether columns counted in the excerpt are those of the line.
    starts_the_line: bool,
}

/// The line on which `span` starts. The renderer itself narrows a wide line to the terminal; one
/// of megabytes is cut around `span` here, because it would measure and style all of it.
fn excerpt(source: &Source, line: usize, span: &Range<usize>) -> Excerpt {
    const WIDEST: usize = 1000;
    const CUT_TO: usize = 120;
    const LEAD: usize = 40;
    let whole = source.line(line);
    let text = &source.text[whole.clone()];
    let start = (span.start - whole.start).min(text.len());
    let end = (span.end.max(span.start) - whole.start).min(text.len()).max(start);
    if text.len() <= WIDEST {
        return Excerpt { text: text.to_owned(), underlined: start..end, starts_the_line: true };
    }
    let from = text[..start].char_indices().rev().nth(LEAD - 1).map_or(0, |(at, _)| at);
    let to = text[from..].char_indices().nth(CUT_TO).map_or(text.len(), |(at, _)| from + at);
    let before = if from > 0 { "…" } else { "" };
    let after = if to < text.len() { "…" } else { "" };
    let shift = |at: usize| at.min(to) - from + before.len();
    Excerpt {
        text: format!("{before}{}{after}", &text[from..to]),
        underlined: shift(start)..shift(end),
        starts_the_line: from == 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn source(text: &str) -> Arc<Source> {
        Source::new("a.toml".into(), text.into(), 0, Some(PathBuf::new()))
    }

    #[test]
    fn a_message_shows_place_text_finding_and_help() {
        let place = Place { source: source("x = 1\nmemory = 2.0\n"), span: 15..18 };
        let problem = Problem::new("`memory` lies between 0 and 1")
            .at(place)
            .found("found 2.0")
            .help("a share is written as 0.4");
        assert_eq!(problem.underlined(), "2.0");
        assert_eq!(
            problem.to_string(),
            "\
error: `memory` lies between 0 and 1
 --> a.toml:2:10
  |
2 | memory = 2.0
  |          ^^^ found 2.0
  |
  = help: a share is written as 0.4"
        );
    }

    #[test]
    fn a_line_of_ten_megabytes_is_cut_around_the_mistake() {
        let long = format!("a = [{}oops{}]", "1, ".repeat(1_600_000), ", 2".repeat(1_600_000));
        let at = long.find("oops").unwrap();
        let problem = Problem::new("no").at(Place { source: source(&long), span: at..at + 4 });
        let message = problem.to_string();
        assert!(message.len() < 500, "{}", message.len());
        assert!(message.contains(&format!("a.toml:1:{}", at + 1)), "{message}");
        let line = message.lines().find(|line| line.contains("oops")).unwrap();
        let marks = message.lines().find(|line| line.contains("^^^^")).unwrap();
        let chars_before =
            |line: &str, what: &str| line[..line.find(what).unwrap()].chars().count();
        assert_eq!(chars_before(line, "oops"), chars_before(marks, "^^^^"));
    }

    #[test]
    fn many_mistakes_of_one_file_are_counted_after_the_first() {
        let place = Place { source: source("x = 1"), span: 0..1 };
        let all = (0..50).map(|n| Problem::new(format!("{n:02}")).at(place.clone())).collect();
        let message = Problems::none_or(all).unwrap_err().to_string();
        assert!(message.contains("error: 19\n") && !message.contains("error: 20\n"));
        assert!(message.ends_with("and 30 more in a.toml"));
    }

    #[test]
    fn the_other_of_two_places_is_shown_too() {
        let source = source("[a]\nid = 1\n[b]\nid = 1\n");
        let first = Place { source: source.clone(), span: 9..10 };
        let second = Place { source, span: 20..21 };
        let problem = Problem::new("`1` is given twice").at(second).see_also(first, "first here");
        let message = problem.to_string();
        assert!(message.contains("a.toml:4:6") && message.contains("a.toml:2:6"), "{message}");
        assert!(message.contains("first here"), "{message}");
        println!("{message}");
    }
}
