//! What is generated and committed is as the program would write it today: dictionaries, schedule,
//! schemas, and every example in docs/scenarios.md. One command renews all of it:
//! `TOGUNA_RENEW=1 cargo test --test all generated::`
use crate::committed;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use toguna::scenario::file::Scenario;
use toguna::scenario::schema::Schema;

/// Each committed document and the command that prints it.
const DOCUMENTS: [(&str, &[&str]); 6] = [
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

/// Each example of a page is tried in a fresh folder with the shipped scenarios: blocks of
/// ```` ```toml my.toml ```` are written to that file, the commands of ```` ```console ```` blocks are
/// run one after the other, and what they print is what the page says. A line `…` stands for any
/// lines that differ from run to run.
#[test]
fn every_example_of_how_to_write_a_scenario_does_what_the_page_says() {
    let folder = tempfile::tempdir().unwrap();
    copy(&home().join("scenarios"), &folder.path().join("scenarios"));
    let page = fs::read_to_string(home().join("docs/scenarios.md")).unwrap();
    let mut tried = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        tried += &format!("{line}\n");
        let Some(kind) = line.strip_prefix("```").filter(|kind| !kind.is_empty()) else { continue };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if let Some(file) = kind.strip_prefix("toml ") {
            fs::write(folder.path().join(file), block.join("\n") + "\n").unwrap();
        }
        if kind == "console" {
            tried += &session(&block, folder.path());
        } else {
            block.iter().for_each(|line| tried += &format!("{line}\n"));
        }
        tried += "```\n";
    }
    let stale = committed::stale("docs/scenarios.md", &tried);
    committed::assert_none_is(stale.as_slice(), "generated::");
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

/// What was printed, with the gaps that the page leaves where the lines around them still fit.
fn with_gaps(page: &[&str], printed: &str) -> String {
    let lines: Vec<&str> = printed.lines().collect();
    let text = |lines: &[&str]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    let Some(gap) = page.iter().position(|line| *line == "…") else { return text(&lines) };
    let (before, after) = (&page[..gap], &page[gap + 1..]);
    let fits = lines.starts_with(before) && lines.ends_with(after) && !after.contains(&"…");
    if fits { text(page) } else { text(&lines) }
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
