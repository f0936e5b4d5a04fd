//! What is generated and committed is as the program would write it today: dictionaries, schedule, lessons,
//! schemas, every example in docs/scenarios.md and docs/tutorial.md, the pictures of the README. One command
//! renews all of it: `TOGUNA_RENEW=1 cargo test --test all generated:: -- --include-ignored`
use crate::committed;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use toguna::scenario::file::Scenario;
use toguna::scenario::schema::Schema;

/// Each committed document and the command that prints it.
const DOCUMENTS: [(&str, &[&str]); 7] = [
    ("docs/lessons.md", &["lesson", "--markdown"]),
    ("docs/parameters.md", &["parameters", "--format", "markdown"]),
    ("docs/tables.md", &["columns", "--inputs", "--format", "markdown"]),
    ("docs/columns.md", &["columns", "--format", "markdown"]),
    ("docs/schedule.md", &["schedule", "--format", "markdown"]),
    ("scenarios/schema/full.json", &["schema"]),
    ("scenarios/schema/overlay.json", &["schema", "--overlay"]),
];

fn home() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_committed_document_is_what_its_command_prints() {
    let mut stale = Vec::new();
    for (document, arguments) in DOCUMENTS {
        let printed = Command::new(env!("CARGO_BIN_EXE_toguna")).args(arguments).output().unwrap();
        assert!(printed.status.success(), "{}", String::from_utf8_lossy(&printed.stderr));
        stale.extend(committed::stale(document, &String::from_utf8(printed.stdout).unwrap()));
    }
    committed::assert_none_is(&stale, "generated::");
}

#[test]
fn every_value_of_a_scenario_has_meaning_unit_and_source() {
    let schema = Schema::of::<Scenario>();
    let parameters = schema.parameters();
    for path in schema.undocumented() {
        let parameter = parameters.iter().find(|it| it.path == path).unwrap();
        assert_eq!(parameter.range, "table", "{path} lacks meaning, unit or source");
        assert!(!parameter.meaning.is_empty(), "{path} is not explained");
    }
}

#[test]
fn every_example_of_how_to_write_a_scenario_does_what_the_page_says() {
    let folder = tempfile::tempdir().unwrap();
    copy(&home().join("scenarios"), &folder.path().join("scenarios"));
    try_page("docs/scenarios.md", folder.path());
}

#[test]
#[ignore = "long: comparisons of a coarse Mali"]
fn every_command_of_the_tutorial_does_what_the_page_says() {
    try_page("docs/tutorial.md", tempfile::tempdir().unwrap().path());
}

/// Tries each example of a page in a folder: blocks of ```` ```toml my.toml ```` are written to that file,
/// the commands of ```` ```console ```` blocks are run one after the other, and what they print is what the
/// page says. A line `…` stands for any lines that differ from run to run.
fn try_page(page: &str, folder: &Path) {
    let text = fs::read_to_string(home().join(page)).unwrap();
    let mut tried = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        tried += &format!("{line}\n");
        let Some(kind) = line.strip_prefix("```").filter(|kind| !kind.is_empty()) else { continue };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if let Some(file) = kind.strip_prefix("toml ") {
            fs::write(folder.join(file), block.join("\n") + "\n").unwrap();
        }
        if kind == "console" {
            tried += &session(&block, folder);
        } else {
            block.iter().for_each(|line| tried += &format!("{line}\n"));
        }
        tried += "```\n";
    }
    let stale = committed::stale(page, &tried);
    committed::assert_none_is(stale.as_slice(), "generated::");
}

/// Each picture of the README: the figure, and the command whose results it is drawn from.
const PICTURES: [(&str, &str); 2] = [("difference", "difference.svg"), ("deaths", "deaths.svg")];

#[test]
#[ignore = "long: a comparison of forty runs of Mali"]
fn every_picture_of_the_readme_is_as_the_program_draws_it() {
    let folder = tempfile::tempdir().unwrap();
    copy(&home().join("scenarios"), &folder.path().join("scenarios"));
    let designs = "scenarios/designs";
    let compare = format!(
        "toguna compare {designs}/five-years.toml {designs}/restrained-from-2026.toml \
         --replicates 20 --out results --quiet"
    );
    ran(&compare, folder.path());
    let mut stale = Vec::new();
    for (figure, picture) in PICTURES {
        let drawn = ran(&format!("toguna plot results --figure {figure}"), folder.path());
        stale.extend(committed::stale(&format!("docs/pictures/{picture}"), &drawn));
    }
    committed::assert_none_is(&stale, "generated::");
}

/// README and every page of `docs/`, with their texts.
fn pages() -> Vec<(PathBuf, String)> {
    let docs = fs::read_dir(home().join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let named = ["README.md", "ARCHITECTURE.md", "MODEL_CARD.md"].map(|name| home().join(name));
    let pages = docs.chain(named).filter(|path| path.extension().is_some_and(|it| it == "md"));
    pages.map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn every_link_of_a_page_leads_to_a_file() {
    for (page, text) in pages() {
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap();
            if file.is_empty() || file.contains("://") || file.contains(' ') {
                continue;
            }
            assert!(page.with_file_name(file).exists(), "{}: {link}", page.display());
        }
    }
}

#[test]
fn every_file_and_column_that_answers_a_question_is_there() {
    let printed = ran("toguna columns --format csv", &home());
    let known: Vec<(&str, &str)> = printed
        .lines()
        .filter_map(|line| line.split_once(','))
        .filter_map(|(file, rest)| Some((file, rest.split(',').next()?)))
        .collect();
    let page = fs::read_to_string(home().join("docs/which-file.md")).unwrap();
    let mut columns = 0;
    for row in page.lines().filter(|line| line.starts_with("| ")) {
        let cell = row.split(" | ").nth(1).unwrap();
        let mut file = "";
        for name in cell.split('`').skip(1).step_by(2) {
            if name.contains('.') {
                file = name;
            } else {
                assert!(known.contains(&(file, name)), "{file} has no column {name}");
                columns += 1;
            }
        }
    }
    assert!(columns > 40, "only {columns} columns are named");
}

/// Runs the commands of one block, and gives the block as it should be.
fn session(block: &[&str], folder: &Path) -> String {
    let mut text = String::new();
    let mut rest = block;
    while let Some((command, after)) = rest.split_first() {
        let command = command.strip_prefix("$ ").expect("a block starts with a command");
        let end = after.iter().position(|line| line.starts_with("$ ")).unwrap_or(after.len());
        let printed = ran(command, folder);
        text += &format!("$ {command}\n{}", with_gaps(&after[..end], &printed));
        rest = &after[end..];
    }
    text
}

fn ran(command: &str, folder: &Path) -> String {
    let binary = Path::new(env!("CARGO_BIN_EXE_toguna"));
    let path = std::env::var("PATH").unwrap_or_default();
    let path = format!("{}:{path}", binary.parent().unwrap().display());
    let whole = format!("({command}) 2>&1");
    let mut shell = Command::new("sh");
    shell.args(["-c", &whole]).current_dir(folder).env("PATH", path);
    let output = shell.env("NO_COLOR", "1").env("COLUMNS", "100").output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// What was printed, with the gap that the page leaves: as many lines stay before and after it as there are.
fn with_gaps(page: &[&str], printed: &str) -> String {
    let lines: Vec<&str> = printed.lines().collect();
    let text = |lines: &[&str]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    let Some(gap) = page.iter().position(|line| *line == "…") else { return text(&lines) };
    let (before, after) = (gap, page.len() - gap - 1);
    if before + after >= lines.len() {
        return text(&lines);
    }
    text(&lines[..before]) + "…\n" + &text(&lines[lines.len() - after..])
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}
