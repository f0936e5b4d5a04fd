//! A lesson as it is printed, and all lessons as one page.

use super::answer::{Column, Table};
use super::outcome_table::number;
use super::words::quoted;
use std::fmt::Write;
use toguna_experiment::lesson::Measured;
use toguna_experiment::statistics::{Confidence, Estimate, mean_interval};
use toguna_scenario::file::Scenario;
use toguna_scenario::lessons::{Lesson, LessonMeasure, Lessons};
use toguna_scenario::problems::counted;

/// What the runs of a lesson have shown.
pub struct Compared<'s> {
    pub scenario: &'s Scenario,
    /// Fighters with whom groups begin.
    pub at_first: f64,
    pub replicates: u32,
    pub seed: u64,
    pub measured: Vec<Measured>,
}

impl Compared<'_> {
    /// By how many fighters groups grow in an arm; none where fighters are not measured, or of one run.
    fn growth(&self, lesson: &Lesson, arm: usize) -> Option<Estimate> {
        let fighters = LessonMeasure::Outcome("fighters".to_owned());
        let place = lesson.measures.iter().position(|measure| *measure == fighters)?;
        let ends = self.measured[place].values[arm].iter();
        let grown: Vec<f64> = ends.map(|end| end - self.at_first).collect();
        mean_interval(&grown, Confidence::NINETY_FIVE)
    }
}

/// Columns of a terminal, and of the names of measures.
const WIDTH: usize = 80;
const TITLE: usize = 25;

/// A line for each lesson.
pub fn listed(lessons: &Lessons) -> String {
    let mut text = String::new();
    for lesson in &lessons.lessons {
        line(&mut text, &format!("{:<18}{}", lesson.scenario, lesson.question));
    }
    text + "\ntoguna lesson NAME runs one of them; docs/lessons.md has answers and a plan for a class.\n"
}

/// A lesson and what its runs have shown. Of a comparison of the reader's own, only what it has shown.
pub fn shown(lesson: &Lesson, compared: &Compared<'_>, own: bool, answers: bool) -> String {
    let mut text = String::new();
    line(&mut text, &compared.scenario.title);
    line(&mut text, &lesson.question);
    if !own {
        heading(&mut text, "What is it?");
        paragraphs(&mut text, &lesson.what_it_is);
        heading(&mut text, "How to use it");
        paragraphs(&mut text, &lesson.how_to_use_it);
    }
    heading(&mut text, "What the program finds");
    findings(&mut text, lesson, compared);
    if own {
        return text;
    }
    heading(&mut text, "Things to notice");
    lesson.things_to_notice.iter().for_each(|it| item(&mut text, "-", it));
    heading(&mut text, "Things to try");
    for trial in &lesson.things_to_try {
        item(&mut text, "-", &trial.what);
        let flags =
            trial.set.iter().map(|set| format!(" \\\n      --set {}", quoted(set.as_ref())));
        let flags: String = flags.collect();
        line(&mut text, &format!("  toguna lesson {}{flags}", lesson.scenario));
    }
    heading(&mut text, "Questions");
    for (number, question) in (1..).zip(&lesson.questions) {
        item(&mut text, &format!("{number}."), &question.ask);
        if answers {
            item(&mut text, "  ", &question.answer);
        }
    }
    heading(&mut text, "Going further");
    lesson.going_further.iter().for_each(|it| item(&mut text, "-", it));
    text
}

/// The table, and in a sentence for each arm what differs from the first.
fn findings(text: &mut String, lesson: &Lesson, compared: &Compared<'_>) {
    let time = &compared.scenario.time;
    let runs = counted(compared.replicates, "run", "runs");
    line(text, &format!("{} to {}, {runs} of each, seed {}", time.start, time.end, compared.seed));
    line(text, "");
    let arms = lesson.arms.len();
    let width = ((WIDTH - TITLE) / arms).min(14);
    let mut columns = vec![Column::left("mean of the runs", TITLE)];
    columns.extend(lesson.arms.iter().map(|arm| Column::right(&arm.title, width)));
    let mut table = Table::new(columns);
    let mut row = |title: &str, cells: Vec<String>| {
        let rest = (cells.len()..arms).map(|_| String::new());
        table.row(std::iter::once(title.to_owned()).chain(cells).chain(rest));
    };
    if lesson.asks_whether_groups_grow {
        row("Fighters at the start", vec![number(compared.at_first)]);
    }
    for measured in &compared.measured {
        row(&measured.title, (0..arms).map(|arm| number(measured.mean(arm))).collect());
        let mut cells = vec![String::new()];
        cells.extend((1..arms).map(|arm| {
            measured.difference(arm).map_or_else(String::new, |it| with_half(&it.difference))
        }));
        row("  difference from first", cells);
    }
    *text += &table.text();
    line(text, "");
    if compared.replicates < 2 {
        return paragraphs(text, "One run of each cannot say what is policy and what is chance.");
    }
    for arm in 0..arms {
        if let Some(said) = sentences(lesson, compared, arm) {
            item(text, "-", &format!("{}. {said}", lesson.arms[arm].title));
        }
    }
    paragraphs(
        text,
        "\n\n± is half of the 95 % interval of the mean over random numbers: it says nothing of the \
         assumptions. \"No clear difference\" means that this interval holds 0, \
         or has no width and stands for fewer than six runs.",
    );
}

/// A difference with half of its interval, in as many digits as that half has any use for.
fn with_half(found: &Estimate) -> String {
    let half = found.interval.half_width();
    let digits = match half {
        _ if half >= 10.0 || half == 0.0 => 0,
        _ if half >= 1.0 => 1,
        _ => 2,
    };
    format!("{:+.digits$} ±{half:.digits$}", found.value)
}

/// Whether groups have grown, where that is the question, and what differs from the first arm.
fn sentences(lesson: &Lesson, compared: &Compared<'_>, arm: usize) -> Option<String> {
    let mut said = Vec::new();
    if lesson.asks_whether_groups_grow
        && let Some(grown) = compared.growth(lesson, arm)
    {
        let how = match grown.interval {
            it if it.low > 0.0 => "more",
            it if it.high < 0.0 => "fewer",
            _ => "about as many",
        };
        let than = if how == "about as many" { "as" } else { "than" };
        said.push(format!("Groups end with {how} fighters {than} they began with."));
    }
    if arm > 0 {
        let mut kinds: [(&str, Vec<String>); 4] =
            ["lower", "higher", "no clear difference", "the same in every run"]
                .map(|kind| (kind, Vec::new()));
        for measured in &compared.measured {
            let Some(found) = measured.difference(arm) else { continue };
            let kind = match found.side() {
                side if side < 0.0 => 0,
                side if side > 0.0 => 1,
                _ if measured.values[arm] == measured.values[0] => 3,
                _ => 2,
            };
            let mut name = measured.title.clone();
            name[..1].make_ascii_lowercase();
            kinds[kind].1.push(name);
        }
        let told = kinds.iter().filter(|(_, names)| !names.is_empty());
        let told = told.map(|(kind, names)| format!("{kind}: {}", names.join(", ")));
        let told = told.collect::<Vec<_>>().join("; ");
        said.push(format!("Compared with \"{}\", {told}.", lesson.arms[0].title));
    }
    (!said.is_empty()).then(|| said.join(" "))
}

/// All lessons as one page.
pub fn page(lessons: &Lessons) -> String {
    let mut text = String::from("# Lessons\n\n");
    text += lessons.introduction.trim();
    text += "\n\n| lesson | question |\n|---|---|\n";
    for lesson in &lessons.lessons {
        let name = &lesson.scenario;
        line(&mut text, &format!("| [`{name}`](#{name}) | {} |", lesson.question));
    }
    for lesson in &lessons.lessons {
        let section = |text: &mut String, title: &str| *text += &format!("\n### {title}\n\n");
        line(&mut text, &format!("\n## {}\n\n*{}*", lesson.scenario, lesson.question));
        section(&mut text, "What is it?");
        line(&mut text, lesson.what_it_is.trim());
        section(&mut text, "How to use it");
        line(&mut text, lesson.how_to_use_it.trim());
        line(&mut text, "\n```sh");
        line(&mut text, &format!("toguna lesson {}", lesson.scenario));
        line(&mut text, "```\n\n| policy | what it sets |\n|---|---|");
        for arm in &lesson.arms {
            let set: Vec<String> = arm.set.iter().map(|set| format!("`{set}`")).collect();
            let set = match (set.as_slice(), arm.other_random_numbers) {
                ([], false) => "nothing".to_owned(),
                ([], true) => "nothing; it has other random numbers".to_owned(),
                (set, _) => set.join(", "),
            };
            line(&mut text, &format!("| {} | {set} |", arm.title));
        }
        section(&mut text, "Things to notice");
        lesson.things_to_notice.iter().for_each(|it| line(&mut text, &format!("- {}", it.trim())));
        section(&mut text, "Things to try");
        for trial in &lesson.things_to_try {
            line(&mut text, &format!("- {}\n\n  ```sh", trial.what.trim()));
            let flags =
                trial.set.iter().map(|set| format!(" \\\n    --set {}", quoted(set.as_ref())));
            let flags: String = flags.collect();
            line(&mut text, &format!("  toguna lesson {}{flags}\n  ```\n", lesson.scenario));
        }
        section(&mut text, "Questions and answers");
        for (number, question) in (1..).zip(&lesson.questions) {
            line(
                &mut text,
                &format!("{number}. **{}** {}", question.ask.trim(), question.answer.trim()),
            );
        }
        section(&mut text, "Going further");
        lesson.going_further.iter().for_each(|it| line(&mut text, &format!("- {}", it.trim())));
    }
    text + "\n" + lessons.class_plan.trim() + "\n"
}

fn line(text: &mut String, row: &str) {
    writeln!(text, "{}", row.trim_end()).expect("a String can always be written to");
}

fn heading(text: &mut String, title: &str) {
    line(text, &format!("\n{}", title.to_uppercase()));
}

/// Paragraphs of at most [`WIDTH`] characters a line, where words allow.
fn paragraphs(text: &mut String, said: &str) {
    for (number, paragraph) in said.trim().split("\n\n").enumerate() {
        if number > 0 {
            line(text, "");
        }
        filled(text, "", "", paragraph);
    }
}

/// An item of a list.
fn item(text: &mut String, mark: &str, said: &str) {
    filled(text, &format!("{mark} "), &" ".repeat(mark.len() + 1), said);
}

fn filled(text: &mut String, first: &str, others: &str, said: &str) {
    let mut row = first.to_owned();
    let mut begun = false;
    for word in said.split_whitespace() {
        if begun && row.chars().count() + 1 + word.chars().count() > WIDTH {
            line(text, &row);
            row = others.to_owned();
            begun = false;
        }
        row = row + if begun { " " } else { "" } + word;
        begun = true;
    }
    line(text, &row);
}
