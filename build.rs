//! Tells the program which commit it was built from, for the manifest of its results, and which scenarios
//! are to be inside it.

#[path = "scenarios/list.rs"]
mod list;

use std::path::{Path, PathBuf};
use std::process::Command;

/// What may change the program. The commit is "dirty" when git sees a change in any of these.
const SOURCES: [&str; 5] = ["build.rs", "Cargo.toml", "Cargo.lock", "src", "crates"];

fn main() {
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
    }
    // Builds without optimisation are for whoever works on the program: a commit alone is no reason to
    // build the command line and all tests again.
    let optimised = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let commit = if optimised {
        // A commit or a checkout may leave the sources as they are; git's own journal changes then.
        for journal in ["HEAD", "logs/HEAD"] {
            let path = git(&["rev-parse", "--git-path", journal]);
            if let Some(path) = path.filter(|path| Path::new(path).exists()) {
                println!("cargo::rerun-if-changed={path}");
            }
        }
        commit().unwrap_or("unknown".into())
    } else {
        "unknown".into()
    };
    println!("cargo::rustc-env=TOGUNA_COMMIT={commit}");
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo names it"));
    list::write(&root.join("scenarios"));
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
