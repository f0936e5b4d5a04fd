//! Readers are given what nobody meant to write: every kind of file that the program reads, changed at
//! random. A reader may refuse, and must say why; it may not panic, hang, or fill the memory.
//!
//! Two minutes in the long suite. An hour, with figures:
//!
//!     TOGUNA_FUZZ_SECONDS=3600 cargo test --test all fuzz:: -- --ignored --nocapture
//!
//! What makes a reader panic or take longer than it may is kept in `target/fuzz/`. Each change follows from
//! a number, so that another run meets the same inputs in the same order; `TOGUNA_FUZZ_SEED` asks
//! for others.

use crate::worlds::{self, VALLEY};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use toguna::experiment::checkpoint::{Past, written};
use toguna::experiment::design::CheckedDesign;
use toguna::experiment::plan::{Plan, Shard};
use toguna::experiment::sweep::{Ended, RunOutcomes};
use toguna::output::journal::{Completeness, PartialSweep, line_of};
use toguna::output::{Inputs, RunFolder, sha256_of};
use toguna::scenario::checked::read;
use toguna::scenario::source::{Disk, Files, InMemory};

/// No reader may take longer with a file of some kilobytes.
const LONGEST: Duration = Duration::from_secs(10);

type Reader = Box<dyn Fn(&[u8])>;

/// One kind of file.
struct Target {
    name: &'static str,
    /// Whole ones, to be changed.
    corpus: Vec<Vec<u8>>,
    reader: Reader,
}

#[test]
#[ignore = "long: two minutes of random files"]
fn no_reader_panics_or_hangs_whatever_it_is_given() {
    let asked = |name: &str, or: u64| {
        std::env::var(name).map_or(or, |text| text.parse().expect("a whole number is asked for"))
    };
    let targets = targets();
    let each = Duration::from_secs(asked("TOGUNA_FUZZ_SECONDS", 120)) / targets.len() as u32;
    let seed = asked("TOGUNA_FUZZ_SEED", 1);
    // A panic of a reader is caught and told below, not printed a thousand times; those of tests beside
    // this one are printed as ever.
    let (usual, own) = (Arc::new(std::panic::take_hook()), std::thread::current().id());
    let of_others = usual.clone();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().id() != own {
            of_others(panic);
        }
    }));
    let found: Vec<String> = targets.iter().flat_map(|target| tried(target, each, seed)).collect();
    std::panic::set_hook(Box::new(move |panic| usual(panic)));
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Gives a reader changed files for so long; what went wrong, a line each.
fn tried(target: &Target, long: Duration, seed: u64) -> Vec<String> {
    let (begun, mut inputs, mut wrong) = (Instant::now(), 0u64, Vec::new());
    for whole in &target.corpus {
        assert!(
            catch_unwind(AssertUnwindSafe(|| (target.reader)(whole))).is_ok(),
            "{}",
            target.name
        );
    }
    while begun.elapsed() < long && wrong.len() < 5 {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(inputs);
        let input = changed(&target.corpus, &mut random);
        let read = || {
            let started = Instant::now();
            let panicked = catch_unwind(AssertUnwindSafe(|| (target.reader)(&input))).is_err();
            (panicked, started.elapsed() > LONGEST)
        };
        let (panicked, long) = read();
        // Read once more, since the machine may have paused.
        if panicked || (long && read().1) {
            let what = if panicked { "panics" } else { "takes too long" };
            wrong.push(format!(
                "{} {what} on {}",
                target.name,
                kept(target.name, &input).display()
            ));
        }
        inputs += 1;
    }
    println!("{}: {inputs} inputs, {} wrong", target.name, wrong.len());
    wrong
}

fn kept(name: &str, input: &[u8]) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/fuzz");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(format!("{name}-{}", &sha256_of(input)[..12]));
    std::fs::write(&file, input).unwrap();
    file
}

/// Pieces that readers of text have stumbled over.
const PIECES: &[&str] = &[
    "nan",
    "-inf",
    "1e999",
    "-0.0",
    "18446744073709551616",
    "9007199254740993",
    "0x10",
    ".2",
    "''",
    "\"",
    "[",
    "]]",
    "{}",
    "=",
    "\n\n",
    "\r",
    ",",
    ";",
    "\t",
    "#",
    "\0",
    "\u{feff}",
    "\u{202e}é",
    "extends = \"fuzzed\"\n",
    "2020-02-30",
    "weeks",
    "[[timeline]]\n",
    "a.b.c = 1\n",
    "()()((",
    "> >= not and",
    "NA",
];

/// One of the corpus with one to eight changes.
fn changed(corpus: &[Vec<u8>], random: &mut ChaCha8Rng) -> Vec<u8> {
    let mut below = |limit: usize| (random.next_u64() % limit.max(1) as u64) as usize;
    let mut bytes = corpus[below(corpus.len())].clone();
    for _ in 0..=below(8) {
        let at = below(bytes.len() + 1);
        let to = (at + below(64)).min(bytes.len());
        match below(8) {
            0 if at < bytes.len() => bytes[at] ^= 1 << below(8),
            1 if at < bytes.len() => bytes[at] = below(256) as u8,
            2 => drop(bytes.drain(at..to)),
            3 => {
                let again = bytes[at..to].to_vec();
                let behind = below(bytes.len() + 1);
                bytes.splice(behind..behind, again);
            }
            4 => drop(bytes.splice(at..at, PIECES[below(PIECES.len())].bytes())),
            5 => {
                // Another file of its kind goes on from here.
                let other = &corpus[below(corpus.len())];
                bytes.truncate(at);
                bytes.extend_from_slice(&other[below(other.len() + 1)..]);
            }
            6 => number_replaced(&mut bytes, at, PIECES[below(8)]),
            _ => bytes.truncate(if below(4) == 0 { at } else { bytes.len() }),
        }
    }
    bytes
}

/// The first number behind `at` gives way to a piece.
fn number_replaced(bytes: &mut Vec<u8>, at: usize, piece: &str) {
    let Some(from) = bytes[at..].iter().position(u8::is_ascii_digit).map(|from| at + from) else {
        return;
    };
    let is_number = |byte: &u8| byte.is_ascii_digit() || *byte == b'.';
    let long = bytes[from..].iter().take_while(|byte| is_number(byte)).count();
    bytes.splice(from..from + long, piece.bytes());
}

fn targets() -> Vec<Target> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = |path: &str| std::fs::read(root.join(path)).unwrap();
    let all_in = |folder: &str, ending: &str| -> Vec<Vec<u8>> {
        let names = Disk.names_in(&root.join(folder)).into_iter();
        names
            .filter(|name| name.ends_with(ending))
            .map(|name| text(&format!("{folder}/{name}")))
            .collect()
    };
    let tables = ["communities.csv", "constituents.csv", "neighbours.csv"];
    let lessons = || {
        let files = InMemory::default().with("valley.toml", text(VALLEY));
        tables.iter().fold(files, |files, table| {
            files.with(
                &format!("valley/{table}"),
                text(&format!("scenarios/lessons/valley/{table}")),
            )
        })
    };
    let mut targets = Vec::new();
    let mut target = |name, corpus: Vec<Vec<u8>>, reader: Reader| {
        assert!(corpus.iter().any(|whole| !whole.is_empty()), "{name} has nothing to change");
        targets.push(Target { name, corpus, reader });
    };

    let files = lessons();
    target(
        "scenario",
        all_in("scenarios/lessons", ".toml"),
        Box::new(move |bytes| {
            told(read(&files.clone().with("fuzzed.toml", bytes), Path::new("fuzzed.toml"), &[]));
        }),
    );
    let files = lessons();
    let settings = [
        "policy.restraint=0.9",
        "rules.services.building_time=\"26 weeks\"",
        "timeline=[{at=\"2020-05-01\",policy={amnesty=0.5}}]",
    ];
    target(
        "setting",
        settings.map(|set| set.as_bytes().to_vec()).to_vec(),
        Box::new(move |bytes| {
            told(read(
                &files,
                Path::new("valley.toml"),
                &[String::from_utf8_lossy(bytes).into_owned()],
            ));
        }),
    );
    let files = lessons();
    target(
        "table",
        all_in("scenarios/lessons/valley", ".csv"),
        Box::new(move |bytes| {
            for table in tables {
                let path = format!("valley/{table}");
                told(read(&files.clone().with(&path, bytes), Path::new("valley.toml"), &[]));
            }
        }),
    );
    target(
        "design",
        all_in("scenarios/designs", ".toml"),
        Box::new(|bytes| {
            let files = InMemory::default().with("fuzzed.toml", bytes);
            told(CheckedDesign::read(&files, Path::new("fuzzed.toml")));
        }),
    );
    let points = [
        "policy.restraint,policy.amnesty\n0.1,0.5\n0.9,\n",
        "time.end\n2020-06-30\n",
        "\"a\";b\n1;2\n",
    ];
    target(
        "points",
        points.map(|table| table.as_bytes().to_vec()).to_vec(),
        Box::new(|bytes| {
            let design = "scenario = \"valley.toml\"\nkind = \"points\"\ntable = \"points.csv\"\n";
            let files = InMemory::default().with("design.toml", design).with("points.csv", bytes);
            told(CheckedDesign::read(&files, Path::new("design.toml")));
        }),
    );
    checkpoints(&mut target);
    journals(&mut target);
    manifests(&mut target);
    targets
}

/// What a reader says of a mistake is made into text, too.
fn told<T>(answer: Result<T, toguna::Problems>) {
    if let Err(problems) = answer {
        assert!(!problems.render(true).is_empty());
        assert!(!problems.as_json().is_empty());
    }
}

type Add<'a> = &'a mut dyn FnMut(&'static str, Vec<Vec<u8>>, Reader);

/// As they are on disk, and with a body that was changed before it was signed, so that the reader takes it
/// for its own.
fn checkpoints(target: Add) {
    let prepared = worlds::prepared(VALLEY, worlds::AS_IT_IS);
    let world = worlds::after(&prepared, 1, 5);
    let record = toguna::experiment::record::RunRecord::new(0, 0, 1);
    let whole = written(&world, &record, prepared.checked());
    target("checkpoint", vec![whole.clone()], Box::new(|bytes| drop(Past::read(bytes))));
    let body = whole[..whole.len() - 32].to_vec();
    target(
        "signed checkpoint",
        vec![body],
        Box::new(|bytes| {
            let check = sha256_of(bytes);
            let check =
                (0..32).map(|at| u8::from_str_radix(&check[2 * at..2 * at + 2], 16).unwrap());
            drop(Past::read(&bytes.iter().copied().chain(check).collect::<Vec<u8>>()));
        }),
    );
}

fn journals(target: Add) {
    let folder = tempfile::tempdir().unwrap();
    let results = folder.path().join("grid");
    let inputs = Inputs::of("sweep", Vec::new(), 1, 2);
    let plan = Plan { points: 4, replicates: 2 };
    let partial = PartialSweep::open(&results, &inputs, &[]).unwrap();
    partial.journal(plan, Shard::WHOLE).unwrap().close().unwrap();
    let beside = std::fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
    let names = std::fs::read_dir(beside).unwrap().map(|entry| entry.unwrap().path());
    let file = names.into_iter().find(|path| path.display().to_string().contains("runs-")).unwrap();
    let ended = |id: u64| match id % 3 {
        0 => Ended::Failed("it was interrupted".to_owned()),
        _ => Ended::Well(RunOutcomes { weeks: vec![vec![0.1, 2.0]; 3], ..RunOutcomes::default() }),
    };
    let whole: String = (0..8).map(|id| line_of(id, &ended(id))).collect();
    target(
        "journal",
        vec![whole.into_bytes()],
        Box::new(move |bytes| {
            // The folder lives as long as what reads in it.
            let _ = &folder;
            std::fs::write(&file, bytes).unwrap();
            if let Ok(Completeness::Whole(shards)) = partial.completeness(plan) {
                let _ =
                    partial.runs(plan, shards, |_, _| Ok::<(), toguna::output::OutputError>(()));
            }
            drop(partial.journal(plan, Shard::WHOLE));
        }),
    );
}

fn manifests(target: Add) {
    let folder = tempfile::tempdir().unwrap();
    let results = folder.path().join("two-villages");
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join(worlds::TWO_VILLAGES);
    let done = assert_cmd::Command::cargo_bin("toguna")
        .unwrap()
        .args(["run", "--quiet", "--set", "time.end=\"2020-03-01\"", "--out"])
        .arg(&results)
        .arg(scenario)
        .assert();
    done.success();
    let file = results.join("manifest.json");
    let whole = std::fs::read(&file).unwrap();
    target(
        "manifest",
        vec![whole],
        Box::new(move |bytes| {
            let _ = &folder;
            std::fs::write(&file, bytes).unwrap();
            let _ = RunFolder::look(&results, &Inputs::of("run", Vec::new(), 1, 1));
        }),
    );
}
