//! What is committed and must be what the program gives today: documents, messages, checksums. One switch
//! renews it, in the tests that are named:
//!
//!     TOGUNA_RENEW=1 cargo test --test all generated:: -- --include-ignored
//!
//! Whoever commits what it changed has read it first.

use std::fs;
use std::path::{Path, PathBuf};

const RENEW: &str = "TOGUNA_RENEW";

/// A committed file, named from the repository's root.
pub fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// In what a committed file differs from what is wanted of it, if in anything. Where renewal is asked for, it
/// is renewed instead.
pub fn stale(name: &str, wanted: &str) -> Option<String> {
    let committed = fs::read_to_string(file(name)).unwrap_or_default();
    if committed == wanted {
        return None;
    }
    if std::env::var_os(RENEW).is_some() {
        fs::create_dir_all(file(name).parent().unwrap()).unwrap();
        fs::write(file(name), wanted).unwrap();
        println!("{name} is renewed");
        return None;
    }
    let only_in = |some: &str, others: &str| -> String {
        let own = some.lines().filter(|line| !others.lines().any(|other| other == *line));
        own.take(12).map(|line| format!("\n    {line}")).collect()
    };
    Some(format!(
        "{name} is stale\n  only committed:{}\n  only wanted:{}",
        only_in(&committed, wanted),
        only_in(wanted, &committed)
    ))
}

/// Fails if anything is stale, and says how to renew what the tests of one file hold.
#[track_caller]
pub fn assert_none_is(stale: &[String], tests: &str) {
    assert!(
        stale.is_empty(),
        "{}\nif this is as it should be: {RENEW}=1 cargo test --test all {tests} -- --include-ignored",
        stale.join("\n")
    );
}
