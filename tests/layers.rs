//! The rooms of the house: each names only rooms below it, and the model reads no file, no clock and
//! no flag, and prints nothing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Rooms that are built, from the top down.
const ROOMS: &[&str] =
    &["cli", "output", "experiment", "scenario", "model", "engine", "units", "json"];
/// All rooms there may be, from the top down; a room is listed above as soon as it is built.
const ORDER: &[&str] = &[
    "cli",
    "explore",
    "report",
    "output",
    "experiment",
    "scenario",
    "model",
    "engine",
    "units",
    "json",
];
/// Files of the house that are no rooms.
const DOORS: &[&str] = &["lib", "main"];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The files of a room with their texts, comments left out.
fn files_of(room: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut paths = vec![source().join(room), source().join(format!("{room}.rs"))];
    while let Some(path) = paths.pop() {
        if path.is_dir() {
            paths.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|kind| kind == "rs") && path.exists() {
            let text = std::fs::read_to_string(&path).unwrap();
            found.push((path, without_comments(&text)));
        }
    }
    found.sort();
    found
}

fn without_comments(text: &str) -> String {
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

/// Rooms a text names by `crate::room` or within `crate::{…}`.
fn rooms_named(text: &str) -> BTreeSet<String> {
    let first_word = |text: &str| -> String {
        text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let mut named = BTreeSet::new();
    for (at, found) in text.match_indices("crate::") {
        let rest = &text[at + found.len()..];
        match rest.strip_prefix('{') {
            None => {
                named.insert(first_word(rest));
            }
            Some(list) => {
                let mut depth = 1;
                let mut starts = true;
                for (at, c) in list.char_indices() {
                    if starts && depth == 1 && (c.is_alphabetic() || c == '_') {
                        named.insert(first_word(&list[at..]));
                        starts = false;
                    }
                    match c {
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        ',' if depth == 1 => starts = true,
                        _ => {}
                    }
                    if depth == 0 {
                        break;
                    }
                }
            }
        }
    }
    named
}

#[test]
fn the_rooms_listed_are_those_that_are_built() {
    let mut built = BTreeSet::new();
    for entry in std::fs::read_dir(source()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if (path.is_dir() || path.extension().is_some_and(|kind| kind == "rs"))
            && !DOORS.contains(&name.as_str())
        {
            built.insert(name);
        }
    }
    let listed: BTreeSet<String> = ROOMS.iter().map(|room| (*room).to_owned()).collect();
    assert_eq!(listed, built, "listed in ROOMS (left) and found in src/ (right)");
    let in_order: Vec<&&str> = ORDER.iter().filter(|room| ROOMS.contains(room)).collect();
    assert_eq!(in_order, ROOMS.iter().collect::<Vec<_>>(), "ROOMS follows ORDER");
}

#[test]
fn a_room_names_only_rooms_below_it() {
    let mut wrong = Vec::new();
    for (level, room) in ROOMS.iter().enumerate() {
        let files = files_of(room);
        assert!(!files.is_empty(), "{room} has no files");
        for (path, text) in files {
            for named in rooms_named(&text) {
                if ROOMS[..level].contains(&named.as_str()) {
                    wrong.push(format!("{} names {named}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_search_for_rooms_finds_every_way_of_naming_one() {
    let text = "use crate::model::world; fn f(x: crate::units::Share) {} use crate::{engine::{roll, \
                sums}, scenario, units::Date};";
    let expected = ["engine", "model", "scenario", "units"].map(String::from);
    assert_eq!(rooms_named(text), BTreeSet::from(expected));
}

#[test]
fn the_model_reads_no_file_no_clock_and_no_flag_and_prints_nothing() {
    // Beside these, which reach outside, randomness that has no address.
    const OUTSIDE: &[&str] = &[
        "std::fs",
        "std::io",
        "std::env",
        "std::net",
        "std::process",
        "std::time",
        "std::thread",
        "Instant",
        "SystemTime",
        "println!",
        "print!",
        "eprintln!",
        "eprint!",
        "dbg!",
        "env!",
        "include_str!",
        "include_bytes!",
        "rand::rng",
        "thread_rng",
        "from_os_rng",
        "HashMap",
        "HashSet",
        "thread_local!",
        "static mut",
        "Mutex",
        "Atomic",
    ];
    let mut wrong = Vec::new();
    for room in ["model", "engine", "units"] {
        for (path, text) in files_of(room) {
            for word in OUTSIDE.iter().filter(|word| text.contains(**word)) {
                wrong.push(format!("{} has {word}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_file_of_tests_is_run() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let run = std::fs::read_to_string(tests.join("main.rs")).unwrap();
    for entry in std::fs::read_dir(tests).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.extension().is_some_and(|kind| kind == "rs") && name != "main" {
            assert!(run.contains(&format!("\nmod {name};\n")), "tests/main.rs leaves out {name}");
        }
    }
}
