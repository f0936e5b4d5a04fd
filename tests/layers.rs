//! The rooms of the house: each knows only rooms below it, and the model reads no file, no clock and
//! no flag, and prints nothing. Inside a room no two folders need each other, and a file of the model
//! names only what its shelf may name.

use crate::imports::{self, Imports};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The rooms below the command line, from the top down. Each is a crate, so that whatever it names must
/// be among its dependencies.
const ROOMS: &[&str] = &[
    "report",
    "picture",
    "session",
    "output",
    "experiment",
    "scenario",
    "model",
    "engine",
    "units",
];

/// The room above all of them, in the folder `src`.
const COMMAND_LINE: &str = "command line";

/// A folder with no more files than this may have files that need each other.
const SMALL: usize = 6;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// Where the sources of a room are.
fn sources_of(room: &str) -> PathBuf {
    if room == COMMAND_LINE {
        root().join("src")
    } else {
        root().join("crates").join(room).join("src")
    }
}

/// The files of a room with their texts, comments left out.
fn files_of(room: &str) -> Vec<(PathBuf, String)> {
    let files = imports::files_below(&sources_of(room));
    files.into_iter().map(|(path, text)| (path, imports::code_of(&text))).collect()
}

#[test]
fn the_rooms_listed_are_those_that_are_built() {
    let built = std::fs::read_dir(root().join("crates")).unwrap();
    let built: BTreeSet<_> =
        built.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let listed: BTreeSet<String> = ROOMS.iter().map(|room| (*room).to_owned()).collect();
    assert_eq!(listed, built, "listed in ROOMS (left) and found in crates/ (right)");
}

/// What a room says that it depends on.
fn dependencies_of(room: &str) -> Vec<String> {
    let manifest = root().join("crates").join(room).join("Cargo.toml");
    let manifest: toml::Table = std::fs::read_to_string(manifest).unwrap().parse().unwrap();
    let of = |kind: &str| manifest.get(kind).and_then(|known| known.as_table()).cloned();
    let kinds = ["dependencies", "dev-dependencies"].into_iter().filter_map(of);
    kinds.flat_map(|known| known.keys().cloned().collect::<Vec<_>>()).collect()
}

#[test]
fn a_room_knows_only_rooms_below_it() {
    for (level, room) in ROOMS.iter().enumerate() {
        for known in dependencies_of(room) {
            let Some(known) = known.strip_prefix("toguna-") else { continue };
            assert!(ROOMS[level + 1..].contains(&known), "{room} knows {known}");
        }
    }
}

#[test]
fn a_room_depends_on_nothing_that_it_does_not_name() {
    for room in ROOMS {
        let texts = files_of(room);
        for dependency in dependencies_of(room) {
            let name = dependency.replace('-', "_");
            let named = texts.iter().any(|(_, text)| text.contains(&name));
            assert!(named, "{room} depends on {dependency} and names it nowhere");
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

/// The shelves of the model, from the bottom up: a file names files of its own shelf and of lower ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Shelf {
    Words,
    Rules,
    AllRules,
    State,
    World,
    Effects,
    Phase,
    Outcomes,
    Week,
}

/// The shelf of a file of the model, by its name.
fn shelf_of(file: &str) -> Option<Shelf> {
    let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
    Some(match (folder, name) {
        ("words", _) | ("", "json.rs") => Shelf::Words,
        ("world", _) => Shelf::World,
        ("", "rules.rs") => Shelf::AllRules,
        ("", "outcomes.rs") => Shelf::Outcomes,
        ("", "start.rs" | "week.rs" | "lib.rs") => Shelf::Week,
        // A folder's list of its files.
        (_, "mod.rs") => Shelf::Words,
        (_, "rules.rs") => Shelf::Rules,
        (_, "state.rs") => Shelf::State,
        (_, "effects.rs") => Shelf::Effects,
        (_, "phase.rs" | "start.rs") => Shelf::Phase,
        _ => return None,
    })
}

fn folder_of(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[test]
fn a_file_of_the_model_names_only_what_its_shelf_may_name() {
    let imports = imports::imports_of(&sources_of("model"));
    let shelf = |file: &str| {
        shelf_of(file).unwrap_or_else(|| panic!("{file} is on no shelf; see ARCHITECTURE.md"))
    };
    let mut wrong = Vec::new();
    for (file, named) in &imports {
        for other in named {
            let of_another = folder_of(file) != folder_of(other);
            let (own, its) = (shelf(file), shelf(other));
            // Only the week and the start name the phases of mechanisms.
            if its > own || own == Shelf::Phase && its == Shelf::Phase && of_another {
                wrong.push(format!("{file} ({own:?}) names {other} ({its:?})"));
            }
        }
    }
    assert!(imports.len() > 100, "{} files of the model were read", imports.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Methods of the world can be called without naming the file they are in.
#[test]
fn what_the_world_does_by_itself_is_written_where_the_world_or_the_week_is() {
    let src = sources_of("model");
    for (path, text) in files_of("model") {
        let file = path.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/");
        let elsewhere = !file.starts_with("world/") && file != "week.rs";
        assert!(!(elsewhere && text.contains("impl World ")), "{file} has `impl World`");
    }
}

#[test]
fn no_two_folders_need_each_other_and_no_two_files_of_a_large_folder() {
    let mut wrong = Vec::new();
    for room in ROOMS.iter().chain([&COMMAND_LINE]) {
        let imports = imports::imports_of(&sources_of(room));
        for circle in imports::circles(&imports) {
            if !is_small(&imports, &circle) {
                wrong.push((room, circle));
            }
        }
    }
    assert!(wrong.is_empty(), "files that need each other: {wrong:#?}");
}

/// Whether a circle is within one folder that a reader sees at a glance.
fn is_small(imports: &Imports, circle: &BTreeSet<String>) -> bool {
    let folders: BTreeSet<&str> = circle.iter().map(|file| folder_of(file)).collect();
    let beside = |folder| imports.keys().filter(|file| folder_of(file) == folder).count();
    folders.len() == 1 && folders.into_iter().all(|folder| beside(folder) <= SMALL)
}

/// Not a rule but a picture: `cargo test --test all effects_that_mechanisms_read -- --nocapture`.
#[test]
fn the_effects_that_mechanisms_read_of_others_can_be_listed() {
    let imports = imports::imports_of(&sources_of("model"));
    let mut read: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (file, named) in &imports {
        let effects = named.iter().filter(|other| shelf_of(other) == Some(Shelf::Effects));
        let others =
            effects.map(|other| folder_of(other)).filter(|other| *other != folder_of(file));
        read.entry(folder_of(file)).or_default().extend(others);
    }
    read.retain(|_, others| !others.is_empty());
    for (mechanism, others) in &read {
        let others: Vec<&str> = others.iter().copied().collect();
        println!("{mechanism} reads {}", others.join(", "));
    }
    assert!(read["violence"].contains("pact_effects"), "{read:#?}");
}

#[test]
fn a_circle_is_found_however_a_file_is_named() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("imports");
    let _ = std::fs::remove_dir_all(&folder);
    let files = [
        ("lib.rs", "pub mod a;\npub mod b;\npub mod c;\n"),
        ("a/mod.rs", "pub mod inner;\n"),
        ("a/inner.rs", "use crate::{b::{Of, self}, c as see};\nfn f() { see::g(Of); }\n"),
        ("b.rs", "pub struct Of;\n// use crate::c;\n#[cfg(test)]\nmod tests { use crate::c; }\n"),
        ("c.rs", "fn g() { let _ = \"crate::b\"; super::a::inner::f(); }\n"),
    ];
    for (name, text) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let imports = imports::imports_of(&folder);
    let named = |file: &str| imports[file].iter().map(String::as_str).collect::<Vec<_>>();
    assert_eq!(named("a/inner.rs"), ["b.rs", "c.rs"]);
    assert!(named("b.rs").is_empty());
    assert_eq!(named("c.rs"), ["a/inner.rs"]);
    let circle = ["a/inner.rs", "c.rs"].map(str::to_owned);
    assert_eq!(imports::circles(&imports), [circle.into()]);
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
