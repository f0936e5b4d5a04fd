//! A disk that fills at any step, the last included, leaves nothing of the new results and all of
//! the old. The disk is a small one in memory, mounted where only this test's process sees it.
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::Command;
use toguna::output::{
    About, Column, Columns, Content, Inputs, Manifest, Opening, OutputError, Particulars,
    RunFolder, Table,
};

const DISK: &str = "TOGUNA_TEST_SMALL_DISK";
/// Bytes the system hands out at a time.
const PAGE: usize = 4096;

const WEEKS: Table<u32> = Table {
    name: "weeks.csv",
    title: "Weeks",
    what: "One row for every week",
    columns: Columns::Declared(&[Column::integer("week", "", "Number of the week", |row| {
        (*row).into()
    })]),
    key: &["week"],
    links: &[],
};

fn inputs(seed: u64) -> Inputs {
    Inputs::of("run", vec![Content::of("status_quo", b"")], seed, 1)
}

/// About 28,000 bytes of results.
fn write_results(path: &Path, seed: u64) -> Result<Manifest, OutputError> {
    let Opening::New(mut folder) = RunFolder::open(path, inputs(seed), true)? else {
        unreachable!("force always writes")
    };
    let mut weeks = folder.table(&WEEKS)?;
    weeks.append_all(&(0..5000).collect::<Vec<u32>>())?;
    folder.keep(weeks)?;
    folder.text("scenario.resolved.toml", "seed = 1\n")?;
    let (command, seed_rule) = (vec!["toguna".into()], "as it comes".into());
    folder.finish(Particulars {
        commit: "unknown".into(),
        command,
        seed_rule,
        threads: 1,
        about: About::default(),
    })
}

fn is_whole(path: &Path, seed: u64) -> bool {
    matches!(RunFolder::open(path, inputs(seed), false), Ok(Opening::Unchanged(_)))
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Takes all room on the disk but `pages`.
fn leave_only(pages: usize, disk: &Path) {
    let mut ballast = File::create(disk.join("ballast")).unwrap();
    let mut written = 0;
    while ballast.write_all(&[0; PAGE]).is_ok() {
        written += PAGE;
    }
    ballast.set_len(written.saturating_sub(pages * PAGE) as u64).unwrap();
}

/// What the process does that the test starts.
fn on_a_small_disk(disk: &Path) {
    let (mut failures, mut successes) = (0, 0);
    for standing in [false, true] {
        for pages in 0..14 {
            let path = disk.join("mali");
            let _ = fs::remove_dir_all(&path);
            let _ = fs::remove_file(disk.join("ballast"));
            if standing {
                write_results(&path, 1).unwrap();
            }
            leave_only(pages, disk);
            match write_results(&path, 2) {
                Ok(_) => {
                    assert!(is_whole(&path, 2), "{pages} pages");
                    successes += 1;
                }
                Err(OutputError::Write { path: told, source }) => {
                    assert_eq!(source.kind(), ErrorKind::StorageFull, "{}", told.display());
                    assert!(told.starts_with(&path));
                    assert_eq!(is_whole(&path, 1), standing, "{pages} pages");
                    failures += 1;
                }
                Err(other) => panic!("{pages} pages: {other}"),
            }
            let left = names(disk);
            assert!(left.iter().all(|name| name == "mali" || name == "ballast"), "{left:?}");
            assert_eq!(path.exists(), standing || is_whole(&path, 2));
        }
    }
    assert!(failures > 10 && successes > 3, "{failures} failures, {successes} successes");
    println!("the disk filled {failures} times and held {successes} times");
}

#[test]
fn a_disk_that_fills_at_any_step_leaves_nothing_new_and_all_that_was() {
    if let Some(disk) = std::env::var_os(DISK) {
        return on_a_small_disk(Path::new(&disk));
    }
    let this = "full_disk::a_disk_that_fills_at_any_step_leaves_nothing_new_and_all_that_was";
    let disk = tempfile::tempdir().unwrap();
    let mount = r#"mount -t tmpfs -o size=256k tmpfs "$0" || exit 99; exec "$@""#;
    let started = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", mount])
        .arg(disk.path())
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "--nocapture", this])
        .env(DISK, disk.path())
        .output();
    let ended = started.as_ref().ok().filter(|ended| {
        let told = String::from_utf8_lossy(&ended.stderr);
        ended.status.code() != Some(99) && !told.contains("unshare:")
    });
    let Some(ended) = ended else {
        // Past the test harness, which would swallow it.
        let _ = writeln!(std::io::stderr(), "skipped: no small disk can be mounted here");
        return;
    };
    let told = String::from_utf8_lossy(&ended.stdout);
    assert!(ended.status.success(), "{told}{}", String::from_utf8_lossy(&ended.stderr));
    assert!(told.contains("the disk filled"), "{told}");
    println!("{told}");
}
