//! The rooms of the house: each knows only rooms below it, and the model reads no file, no clock and
//! no flag, and prints nothing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The rooms below the command line, from the top down. Each is a crate, so that whatever it names must
/// be among its dependencies.
const ROOMS: &[&str] = &["output", "experiment", "scenario", "model", "engine", "units"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The files of a room with their texts, comments left out.
fn files_of(room: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut paths = vec![root().join("crates").join(room).join("src")];
    while let Some(path) = paths.pop() {
        if path.is_dir() {
            paths.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            let text = std::fs::read_to_string(&path).unwrap();
            found.push((path, without_comments(&text)));
        }
    }
    assert!(!found.is_empty(), "{room} has no files");
    found.sort();
    found
}

fn without_comments(text: &str) -> String {
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_rooms_listed_are_those_that_are_built() {
    let built = std::fs::read_dir(root().join("crates")).unwrap();
    let built: BTreeSet<_> =
        built.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let listed: BTreeSet<String> = ROOMS.iter().map(|room| (*room).to_owned()).collect();
    assert_eq!(listed, built, "listed in ROOMS (left) and found in crates/ (right)");
}

#[test]
fn a_room_knows_only_rooms_below_it() {
    for (level, room) in ROOMS.iter().enumerate() {
        let manifest = root().join("crates").join(room).join("Cargo.toml");
        let manifest: toml::Table = std::fs::read_to_string(manifest).unwrap().parse().unwrap();
        for kind in ["dependencies", "dev-dependencies"] {
            let known = manifest.get(kind).and_then(|known| known.as_table());
            for room_known in known.into_iter().flat_map(|known| known.keys()) {
                let Some(known) = room_known.strip_prefix("toguna-") else { continue };
                assert!(ROOMS[level + 1..].contains(&known), "{room} knows {known}");
            }
        }
    }
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
