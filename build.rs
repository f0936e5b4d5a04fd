//! Tells the program which commit it was built from, for the manifest of its results.

use std::path::Path;
use std::process::Command;

/// What may change the program. The commit is "dirty" when git sees a change in any of these.
const SOURCES: [&str; 4] = ["build.rs", "Cargo.toml", "Cargo.lock", "src"];

fn main() {
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
    }
    // A commit or a checkout may leave the sources as they are; git's own journal changes then.
    for journal in ["HEAD", "logs/HEAD"] {
        let path = git(&["rev-parse", "--git-path", journal]);
        if let Some(path) = path.filter(|path| Path::new(path).exists()) {
            println!("cargo::rerun-if-changed={path}");
        }
    }
    println!("cargo::rustc-env=TOGUNA_MODEL={:016x}", model(Path::new("src")));
    println!("cargo::rustc-env=TOGUNA_COMMIT={}", commit().unwrap_or("unknown".into()));
}

/// A number made from the sources that give the bytes of a checkpoint their meaning (FNV-1a): names and
/// texts of engine and model, whatever the ends of their lines.
fn model(sources: &Path) -> u64 {
    let mut files: Vec<_> = ["engine", "model", "units.rs"].map(|it| sources.join(it)).to_vec();
    let mut texts = Vec::new();
    while let Some(path) = files.pop() {
        match std::fs::read_dir(&path) {
            Ok(entries) => files.extend(entries.flatten().map(|entry| entry.path())),
            Err(_) => texts.push((path.clone(), std::fs::read(&path).unwrap_or_default())),
        }
    }
    texts.sort();
    let bytes = texts.into_iter().flat_map(|(path, text)| {
        path.file_name()
            .unwrap_or_default()
            .as_encoded_bytes()
            .iter()
            .copied()
            .chain(text)
            .collect::<Vec<u8>>()
    });
    bytes.filter(|byte| *byte != b'\r').fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// The hash of the commit, with `-dirty` when the sources differ from it; none outside git.
fn commit() -> Option<String> {
    // Unpacked inside another project's repository, that project's commit would say nothing.
    if !git(&["rev-parse", "--show-prefix"])?.is_empty() {
        return None;
    }
    let hash = git(&["rev-parse", "HEAD"])?;
    // Without the lock, so that the build does not disturb a git command beside it.
    let status = ["--no-optional-locks", "status", "--porcelain", "--"];
    let changes = git(&[&status[..], &SOURCES[..]].concat())?;
    Some(if changes.is_empty() { hash } else { format!("{hash}-dirty") })
}

/// What git answers, or none when it is absent, fails, or this is no repository.
fn git(arguments: &[&str]) -> Option<String> {
    let answer = Command::new("git").args(arguments).output().ok()?;
    let text = String::from_utf8(answer.stdout).ok()?;
    answer.status.success().then(|| text.trim().to_owned())
}
