//! A scenario as layers: the file named by `extends` below, the file itself over it, each `--set`
//! on top. Tables merge, lists are replaced, and every value keeps the place it came from.

use super::expression::Condition;
use super::leaf::numeric_help;
use super::problems::{Place, Problem, Problems};
use super::source::{Files, Source, read_text, shown};
use super::suggest::{quoted, shortened};
use super::tree::{Node, Path, Value, plant};
use std::path::PathBuf;
use std::sync::Arc;
use toml::de::DeTable;

/// Longer than anybody follows.
const LONGEST_CHAIN: usize = 100;

/// What a file is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    /// A scenario.
    Scenario,
    /// Of many runs: read alone, not merged.
    Design,
}

impl Document {
    /// As messages call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Document::Scenario => "scenario",
            Document::Design => "design",
        }
    }
}

/// A file read, with what it extends and what is set in it, not yet checked.
#[derive(Clone, Debug)]
pub struct Merged {
    /// Everything that all layers say.
    pub root: Node,
    /// What kind of file it is.
    pub document: Document,
    /// The file that was asked for, as it was named.
    pub path: PathBuf,
    /// That file's text, for problems that concern the whole of it.
    source: Arc<Source>,
    /// How many files it was merged from.
    files: usize,
}

/// Reads a scenario file, what it extends, and the values of `--set`, given as `key.path=value`.
///
/// # Errors
/// Every text that cannot be read: missing, not UTF-8, empty, not TOML, extending in a circle.
pub fn read(
    files: &dyn Files,
    scenario: &std::path::Path,
    settings: &[String],
) -> Result<Merged, Problems> {
    let (merged, unread) = read_but_for_settings(files, scenario, settings)?;
    Problems::none_or(unread)?;
    Ok(merged)
}

/// The same with what is wrong with values of `--set` set apart: these are left out, so that a caller
/// can go on and tell what else is wrong.
///
/// # Errors
/// Every file that cannot be read, and then the values of `--set`, too.
pub(crate) fn read_but_for_settings(
    files: &dyn Files,
    scenario: &std::path::Path,
    settings: &[String],
) -> Result<(Merged, Vec<Problem>), Problems> {
    let mut problems = Vec::new();
    let mut chain = Vec::new();
    let mut trees = Vec::new();
    let mut next = Some((scenario.to_path_buf(), None::<Place>));
    let mut source = None;
    while let Some((path, named_at)) = next.take() {
        if let Some(problem) = unfit(files, &path, named_at.as_ref(), &mut chain) {
            problems.push(problem);
            break;
        }
        match read_text(files, &path, "scenario", chain.len() - 1, named_at.as_ref()) {
            Ok(text) => {
                let mut wrong = Vec::new();
                let mut tree = parse(&text, Document::Scenario, &mut wrong);
                let named = |problem: Problem| problem.in_file_named_at(named_at.as_ref());
                problems.extend(wrong.into_iter().map(named));
                next = extended(&mut tree, &text, &mut problems);
                source.get_or_insert(text);
                trees.push(tree);
            }
            Err(problem) => problems.push(*problem),
        }
    }
    trees.reverse();
    let mut unread = Vec::new();
    for (position, setting) in settings.iter().enumerate() {
        let rank = chain.len() + position;
        let text = Source::new("--set".to_owned(), setting.clone(), rank, None);
        match parse_setting(&text) {
            Ok(tree) => trees.push(tree),
            Err(problem) => unread.push(*problem),
        }
    }
    if !problems.is_empty() {
        problems.append(&mut unread);
        Problems::none_or(problems)?;
    }
    let mut trees = trees.into_iter();
    let (Some(mut root), Some(source)) = (trees.next(), source) else {
        return Err(Problem::new("no scenario was read").into());
    };
    trees.for_each(|tree| root.overlay(tree));
    let (document, path) = (Document::Scenario, scenario.to_path_buf());
    Ok((Merged { root, document, path, source, files: chain.len() }, unread))
}

/// Reads a file that extends none and in which nothing is set.
///
/// # Errors
/// When it cannot be read: missing, not UTF-8, empty, not TOML.
pub fn read_alone(
    files: &dyn Files,
    path: &std::path::Path,
    document: Document,
) -> Result<Merged, Problems> {
    let source = read_text(files, path, document.name(), 0, None)?;
    let mut problems = Vec::new();
    let root = parse(&source, document, &mut problems);
    Problems::none_or(problems)?;
    Ok(Merged { root, document, path: path.to_path_buf(), source, files: 1 })
}

/// The value of one `--set` alone, to be checked for itself.
///
/// # Errors
/// When it is not one key and its value.
pub fn read_setting(setting: &str) -> Result<Merged, Box<Problem>> {
    let source = Source::new("--set".to_owned(), setting.to_owned(), 0, None);
    let root = parse_setting(&source)?;
    let (document, path) = (Document::Scenario, PathBuf::new());
    Ok(Merged { root, document, path, source, files: 0 })
}

/// Adds a file to the chain of files that extend one another; what is wrong with its being there.
fn unfit(
    files: &dyn Files,
    path: &std::path::Path,
    named_at: Option<&Place>,
    chain: &mut Vec<(PathBuf, String)>,
) -> Option<Problem> {
    let at = |problem: Problem| match named_at {
        Some(place) => problem.at(place.clone()),
        None => problem,
    };
    if chain.len() == LONGEST_CHAIN {
        let title = format!("more than {LONGEST_CHAIN} files extend one another");
        return Some(at(Problem::new(title)).help("extend a file nearer to the base"));
    }
    let identity = files.identity(path);
    let first = chain.iter().position(|(earlier, _)| *earlier == identity);
    chain.push((identity, shown(path)));
    let names: Vec<&str> = chain[first?..].iter().map(|(_, name)| name.as_str()).collect();
    let problem = at(Problem::new("a scenario cannot extend itself"));
    Some(problem.found(format!("closes the circle {}", names.join(" → "))))
}

fn parse(text: &Arc<Source>, document: Document, problems: &mut Vec<Problem>) -> Node {
    let known = problems.len();
    let (table, errors) = DeTable::parse_recoverable(&text.text);
    let line_of = |problem: &Problem| problem.place().map(|place| text.line_of(place.span.start));
    if !errors.is_empty() && text.name.ends_with(".csv") {
        let whole = Place { source: text.clone(), span: 0..0 };
        let (name, what) = (quoted(&text.name), document.name());
        let problem = Problem::new(format!("{name} is a table, not a {what}")).at(whole);
        problems.push(problem.help(format!("name the {what} (.toml) that names it")));
        return plant(text, DeTable::parse_recoverable("").0.get_ref(), problems);
    }
    let mut broken: Vec<Problem> = errors.iter().map(|error| syntax_problem(text, error)).collect();
    // One slip often breaks the rest of its line in several ways; the first says enough.
    broken.sort_by_key(line_of);
    broken.dedup_by_key(|problem| line_of(problem));
    if let Some(last) = broken.pop() {
        broken.push(last.help("all else is checked once this reads as TOML"));
    }
    problems.append(&mut broken);
    let tree = plant(text, table.get_ref(), problems);
    if problems.len() == known && table.get_ref().is_empty() {
        let nothing = if text.text.trim().is_empty() { "is empty" } else { "holds no key" };
        let whole = Place { source: text.clone(), span: 0..0 };
        let problem = Problem::new(format!("{} {nothing}", quoted(&text.name))).at(whole);
        problems.push(problem.help(match document {
            Document::Scenario => {
                "a scenario that changes nothing still names its base: extends = \"base.toml\""
            }
            Document::Design => "a design names its scenario: scenario = \"base.toml\"",
        }));
    }
    tree
}

/// The parser's message, in the words of this project where it has better ones.
fn syntax_problem(text: &Arc<Source>, error: &toml::de::Error) -> Problem {
    let message = error.message();
    let (title, expected) = message.split_once(", expected ").unwrap_or((message, ""));
    let mut place = Place { source: text.clone(), span: marked(&text.text, error.span()) };
    let broken_number = title.starts_with("invalid mantissa")
        || title.starts_with("invalid fraction")
        || title.starts_with("invalid exponent")
        || title.starts_with("unexpected leading zero");
    if broken_number {
        place.span = number_around(&text.text, place.span.start);
    }
    let no_value = place.text().trim().is_empty();
    let number = numeric_help(place.text());
    let heading = text.text[text.line(text.line_of(place.span.start))].trim();
    let as_toml = number_as_toml(place.text());
    let (title, found, help) = match title {
        _ if broken_number => ("a number that TOML writes otherwise", "", as_toml.as_str()),
        "string values must be quoted" if !number.is_empty() => {
            ("a number that is not written as one", "is no number", number.as_str())
        }
        "unexpected key or value" if place.text() == "," => {
            ("a comma after a value", "", "a decimal point is a point: 0.5; a list stands in [ ]")
        }
        "unclosed table" | "unclosed array of tables" => {
            ("a heading without its closing bracket", "", bracket_help(heading))
        }
        "invalid basic string" | "invalid literal string" if expected.starts_with(['`', '"']) => {
            ("a quotation mark without its pair", "", "text stands between two of them on one line")
        }
        "string values must be quoted" if no_value => {
            ("a key without a value", "the value is missing", "write key = value")
        }
        _ if lacks_quotes(title, place.text()) => {
            ("text without quotes", "text stands between quotes", "write key = \"text\"")
        }
        "duplicate key" => {
            let help = "keep one of the two; in TOML a [table], too, is opened only once";
            ("a key given twice", "already given above", help)
        }
        "key with no value" | "missing value for key" => {
            ("a key without a value", "expected `=` and a value", "write key = value")
        }
        "recursion limit" | "cannot recurse further; max recursion depth met" => {
            ("tables and lists are nested too deeply", "", "")
        }
        _ => (title, "", ""),
    };
    let found = match (found, expected) {
        ("", "") => String::new(),
        _ if broken_number => String::new(),
        ("", "nothing") => "nothing more is expected here".to_owned(),
        ("", _) => format!("expected {expected}"),
        _ => found.to_owned(),
    };
    Problem::new(format!("not TOML: {title}")).at(place).found(found).help(help)
}

/// Whether a value that the parser refuses with this message is text. It takes whatever begins as `true`, `false`,
/// `nan` and `inf` do for these, and so it may be if it is only cut short or written large.
fn lacks_quotes(message: &str, value: &str) -> bool {
    let value = value.trim().to_ascii_lowercase();
    let taken_for_another =
        message.starts_with("invalid boolean") || message.starts_with("invalid float");
    let is_a_word = value.starts_with(|first: char| first.is_ascii_alphabetic());
    let own = ["true", "false", "nan", "inf"];
    message.starts_with("string values must be quoted")
        || taken_for_another && is_a_word && !own.iter().any(|word| word.starts_with(&value))
}

/// The number of which a character stands at `at`, or behind which that is.
fn number_around(text: &str, at: usize) -> std::ops::Range<usize> {
    let of_a_number = |c: char| c.is_ascii_alphanumeric() || "+-._".contains(c);
    let start = text[..at].trim_end_matches(of_a_number).len();
    let end = text.len() - text[at..].trim_start_matches(of_a_number).len();
    start..end
}

/// How TOML writes a number that other programs write as `.2`, `2.` or `05`.
fn number_as_toml(text: &str) -> String {
    match text.parse::<f64>().ok().filter(|number| number.is_finite()) {
        Some(number) if text.contains(['.', 'e', 'E']) => format!("write {number:?}"),
        Some(number) => format!("write {number}"),
        None => "a number is written 0.2, 5 or 1e-3".to_owned(),
    }
}

/// What to underline: where nothing is marked, the character that stands there.
fn marked(text: &str, span: Option<std::ops::Range<usize>>) -> std::ops::Range<usize> {
    let span = span.unwrap_or(0..0);
    match text.get(span.start..).and_then(|rest| rest.chars().next()) {
        Some(next) if span.is_empty() && !next.is_whitespace() => {
            span.start..span.start + next.len_utf8()
        }
        _ => span,
    }
}

fn bracket_help(heading: &str) -> &'static str {
    if heading.starts_with("[[") {
        "an entry of a list begins with [[name]]"
    } else {
        "a table begins with [name]"
    }
}

/// Takes `extends` out of the tree: the path it names, relative to the file that names it.
fn extended(
    tree: &mut Node,
    text: &Source,
    problems: &mut Vec<Problem>,
) -> Option<(PathBuf, Option<Place>)> {
    let Value::Table(table) = &mut tree.value else { return None };
    let node = table.remove("extends")?.node;
    match node.value {
        Value::Text(name) if !name.is_empty() => {
            let path = text.folder.clone().unwrap_or_default().join(name);
            Some((path, Some(node.place)))
        }
        value => {
            let problem = Problem::new("`extends` takes the path of one file").at(node.place);
            let problem = problem.found(format!("found {}", value.kind()));
            problems.push(problem.help("write extends = \"base.toml\""));
            None
        }
    }
}

/// The tree of one `--set`, or its first problem, which is its only one: the text is a line long.
fn parse_setting(text: &Arc<Source>) -> Result<Node, Box<Problem>> {
    let (table, errors) = DeTable::parse_recoverable(&text.text);
    let mut found = Vec::new();
    let mut tree = plant(text, table.get_ref(), &mut found);
    let whole = Place { source: text.clone(), span: 0..text.text.len() };
    let problem = match text.text.trim().split_once('=') {
        None => Some(
            Problem::new("`--set` takes key=value")
                .at(whole)
                .help("for example --set policy.military_pressure=0.3"),
        ),
        Some((key, value)) if key.starts_with('[') || value.contains('\n') => Some(
            Problem::new("`--set` takes one key=value")
                .at(whole)
                .help("give --set once for each key"),
        ),
        Some((key, _)) if key.contains('[') && !errors.is_empty() => {
            let start = text.text.find('[').unwrap_or(0);
            let end = text.text.find('=').unwrap_or(text.text.len());
            let part = Place { source: text.clone(), span: start..end };
            let problem = Problem::new("a part of a list cannot be set").at(part);
            Some(problem.help("lists are replaced whole: --set 'timeline=[…]'"))
        }
        Some((key, value)) => errors.first().map(|error| {
            let problem = syntax_problem(text, error);
            if lacks_quotes(error.message(), value) {
                let (key, value) = (key.trim(), shortened(value.trim()));
                problem.help(format!(
                    "quotes must reach us through the shell: --set '{key}=\"{value}\"'"
                ))
            } else {
                problem
            }
        }),
    };
    found.splice(0..0, problem);
    if let Value::Table(table) = &mut tree.value
        && let Some(entry) = table.remove("extends")
    {
        let problem = Problem::new("`extends` is written in a file, not in `--set`");
        let help = "name another scenario file, or write one: toguna new FILE --extends BASE";
        found.push(problem.at(entry.key).help(help));
    }
    found.into_iter().next().map_or(Ok(tree), |problem| Err(Box::new(problem)))
}

impl Merged {
    /// The value at a path such as `policy.restraint`; none where nothing is written.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Node> {
        self.root.get(&Path::from(path))
    }

    /// Whether the scenario starts from another.
    #[must_use]
    pub(crate) fn extends_another(&self) -> bool {
        self.files > 1
    }

    /// The same without what stands at these paths.
    #[must_use]
    pub fn without(&self, paths: &[Path]) -> Merged {
        let mut rest = self.clone();
        paths.iter().for_each(|path| rest.root.remove(path));
        rest
    }

    /// Where the value at `path` was written; none when it was left to its default.
    #[must_use]
    pub fn place_of(&self, path: &Path) -> Option<&Place> {
        self.root.get(path).map(|node| &node.place).filter(|place| !place.span.is_empty())
    }

    /// The whole scenario file, for what is wrong with none of its parts.
    #[must_use]
    pub fn whole(&self) -> Place {
        Place { source: self.source.clone(), span: 0..0 }
    }

    /// A problem with the value at `path`, which is underlined; when it was left to its default,
    /// the nearest table around it that was written, else the file is named.
    #[must_use]
    pub fn problem_at(
        &self,
        path: &str,
        title: impl Into<String>,
        help: impl Into<String>,
    ) -> Problem {
        Problem::new(title).at(self.nearest_place(path)).help(help)
    }

    /// The same, underlining the key.
    #[must_use]
    pub(crate) fn problem_at_key(
        &self,
        path: &str,
        title: impl Into<String>,
        help: impl Into<String>,
    ) -> Problem {
        let key = self.root.key_at(&Path::from(path)).cloned();
        Problem::new(title).at(key.unwrap_or_else(|| self.nearest_place(path))).help(help)
    }

    /// The place of the value at `path`, or of what is written around it.
    #[must_use]
    pub fn nearest_place(&self, path: &str) -> Place {
        let mut path = Some(Path::from(path));
        while let Some(here) = path {
            if let Some(place) = self.place_of(&here) {
                return place.clone();
            }
            path = here.parent();
        }
        self.whole()
    }

    /// Reads the condition written at `path` (such as `timeline[3].when`) on the outcomes named.
    ///
    /// # Errors
    /// When there is no condition on these outcomes; the word to blame is underlined.
    pub(crate) fn condition_at(
        &self,
        path: &str,
        names: &[&str],
    ) -> Result<Condition, Box<Problem>> {
        let place = self.nearest_place(path);
        let text = self.get(path).and_then(|node| node.value.as_text()).unwrap_or_default();
        Condition::parse(text, names).map_err(|error| {
            let span = error.span.clone();
            // With escapes the bytes of text and file do not correspond; then all is underlined.
            let place = match place.text().find(text) {
                Some(start) if !text.is_empty() => place.part(start + span.start..start + span.end),
                _ => place,
            };
            Box::new(Problem::new(error.title).at(place).help(error.help))
        })
    }

    /// A path in the scenario (of a table of places, say), read against the folder of the file that
    /// names it; against the scenario's folder when `--set` or a default names it.
    #[must_use]
    pub fn file_beside(&self, path: &str, name: &str) -> PathBuf {
        let written = self.place_of(&Path::from(path));
        let folder = written.and_then(|place| place.source.folder.clone());
        let folder = folder.or_else(|| self.path.parent().map(std::path::Path::to_path_buf));
        folder.unwrap_or_default().join(name)
    }
}

#[cfg(test)]
mod tests {
    use super::super::source::InMemory;
    use super::*;
    use std::path::Path as FilePath;

    fn shelf() -> InMemory {
        InMemory::default()
            .with("s/base.toml", "start = \"2012-01-01\"\nlist = [1, 2]\n[policy]\npressure = 0.5\nrestraint = 0.2\n")
            .with("s/sub/child.toml", "extends = \"../base.toml\"\nlist = [3]\n[policy]\npressure = 0.7\n")
    }

    fn merged(settings: &[&str]) -> Merged {
        let settings: Vec<String> = settings.iter().map(|&text| text.to_owned()).collect();
        read(&shelf(), FilePath::new("s/sub/child.toml"), &settings).unwrap()
    }

    fn refusal(files: InMemory, path: &str, settings: &[&str]) -> String {
        let settings: Vec<String> = settings.iter().map(|&text| text.to_owned()).collect();
        let message = read(&files, FilePath::new(path), &settings).unwrap_err().to_string();
        println!("{message}\n");
        message
    }

    fn refused_text(text: &str) -> String {
        refusal(InMemory::default().with("a.toml", text), "a.toml", &[])
    }

    fn refused_setting(setting: &str) -> String {
        refusal(shelf(), "s/base.toml", &[setting])
    }

    #[test]
    fn tables_merge_and_lists_are_replaced() {
        let merged = merged(&[]);
        let plain = merged.root.plain();
        assert_eq!(plain["policy"]["pressure"].as_f64(), Some(0.7));
        assert_eq!(plain["policy"]["restraint"].as_f64(), Some(0.2));
        assert_eq!(plain["list"].as_array().unwrap().len(), 1);
        assert!(plain.get("extends").is_none());
    }

    #[test]
    fn every_value_knows_the_file_and_line_it_came_from() {
        let merged = merged(&["policy.pressure=0.1"]);
        let origin = |path: &str| merged.nearest_place(path).origin();
        assert_eq!(origin("policy.restraint"), "s/base.toml:5");
        assert_eq!(origin("list"), "s/sub/child.toml:2");
        assert_eq!(origin("policy.pressure"), "--set");
        assert_eq!(merged.nearest_place("policy.pressure").text(), "0.1");
        let problem = merged.problem_at("policy.restraint", "no", "");
        assert_eq!(problem.underlined(), "0.2");
        assert_eq!(merged.problem_at_key("policy.restraint", "no", "").underlined(), "restraint");
    }

    #[test]
    fn files_named_in_a_file_are_sought_beside_it() {
        let merged = merged(&["other=\"x.csv\""]);
        assert_eq!(shown(&merged.file_beside("start", "places.csv")), "s/places.csv");
        assert_eq!(shown(&merged.file_beside("list", "places.csv")), "s/sub/places.csv");
        assert_eq!(shown(&merged.file_beside("other", "x.csv")), "s/sub/x.csv");
    }

    #[test]
    fn the_word_to_blame_in_a_condition_is_underlined() {
        let text =
            "[[timeline]]\nwhen = \"\"\"\nlegitimasy < 0.3\"\"\"\n[[timeline]]\nwhen = 'coup <'\n";
        let files = InMemory::default().with("a.toml", text);
        let merged = read(&files, FilePath::new("a.toml"), &[]).unwrap();
        let problem = merged.condition_at("timeline[0].when", &["legitimacy", "coup"]).unwrap_err();
        assert_eq!(problem.underlined(), "legitimasy");
        println!("{problem}");
        let problem = merged.condition_at("timeline[1].when", &["coup"]).unwrap_err();
        println!("{problem}");
        assert!(merged.condition_at("timeline[2].when", &["coup"]).is_err());
    }

    #[test]
    fn a_circle_is_refused_and_shown() {
        let files = InMemory::default()
            .with("a.toml", "extends = \"b.toml\"")
            .with("b.toml", "extends = \"c.toml\"")
            .with("c.toml", "extends = \"./b.toml\"");
        let message = refusal(files, "a.toml", &[]);
        assert!(message.contains("c.toml:1:11"), "{message}");
        assert!(message.contains("closes the circle b.toml → c.toml → b.toml"), "{message}");
    }

    #[test]
    fn a_chain_that_nobody_can_follow_is_refused() {
        let chain = |longest: usize| {
            (1..longest).fold(InMemory::default().with("0.toml", "a = 1"), |files, link| {
                files.with(&format!("{link}.toml"), format!("extends = \"{}.toml\"", link - 1))
            })
        };
        assert!(read(&chain(100), FilePath::new("99.toml"), &[]).is_ok());
        let message = refusal(chain(101), "100.toml", &[]);
        assert!(message.contains("more than 100 files extend one another"), "{message}");
        assert!(message.contains("1.toml:1:11"), "{message}");
    }

    #[test]
    fn a_missing_base_is_reported_where_it_is_named() {
        let message =
            refusal(shelf().with("s/x.toml", "extends = \"bose.toml\"\n"), "s/x.toml", &[]);
        assert!(message.contains("s/x.toml:1:11"), "{message}");
        assert!(message.contains("did you mean `s/base.toml`?"), "{message}");
    }

    #[test]
    fn a_file_with_nothing_in_it_is_refused() {
        assert!(refused_text("").contains("`a.toml` is empty"));
        assert!(refused_text(" \n\t\n").contains("`a.toml` is empty"));
        assert!(refused_text("# only this\n").contains("`a.toml` holds no key"));
    }

    #[test]
    fn every_line_that_is_not_toml_is_shown() {
        let message = refused_text("name = Mali\nx = \n[policy\na = 1\n[[t]\n");
        for line in [1, 2, 3, 5] {
            assert!(message.contains(&format!("a.toml:{line}:")), "line {line} in {message}");
        }
    }

    #[test]
    fn a_key_given_twice_is_underlined_the_second_time() {
        let message = refused_text("a = 1\na = 2\n[t]\nb = 1\n[t]\nb = 2\n");
        assert!(message.contains("a.toml:2:1") && message.contains("a.toml:5:2"), "{message}");
    }

    #[test]
    fn a_setting_that_is_not_key_and_value_says_what_would_do() {
        assert!(refused_setting("policy").contains("`--set` takes key=value"));
        assert!(refused_setting("name=Mali").contains("--set 'name=\"Mali\"'"));
        assert!(refused_setting("timeline[0].at=1").contains("lists are replaced whole"));
        assert!(refused_setting("[policy]\na=1").contains("takes one key=value"));
        assert!(refused_setting("extends=\"x\"").contains("written in a file"));
        assert!(refused_setting("").contains("`--set` takes key=value"));
    }

    #[test]
    fn a_number_too_large_and_a_nest_too_deep_are_refused() {
        assert!(refused_text("a = 99999999999999999999").contains("too large"));
        let deep = format!("a = {}{}", "[".repeat(60), "]".repeat(60));
        assert!(refused_text(&deep).contains("nested too deeply"));
        let deeper = format!("a = {}{}", "[".repeat(100_000), "]".repeat(100_000));
        refused_text(&deeper);
        let keys = vec!["a"; 79].join(".");
        let hostile = format!("{}{}", format!("{{{keys} =").repeat(79), "1");
        refused_text(&format!("x = {hostile}{}", "}".repeat(79)));
        refused_text(&format!("{} = 1", vec!["a"; 100_000].join(".")));
    }

    #[test]
    fn a_byte_order_mark_shifts_nothing() {
        let files = InMemory::default().with("a.toml", "\u{feff}a = 1\nb = 22\n");
        let merged = read(&files, FilePath::new("a.toml"), &[]).unwrap();
        assert_eq!(merged.nearest_place("b").text(), "22");
    }
}
