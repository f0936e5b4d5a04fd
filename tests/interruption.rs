//! Whatever ends a run, nothing is left that passes for whole: tried on the program itself.
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

fn scenario() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad_scenarios/good.toml")
}

/// A run into `folder`/results, of as many replicates as it is to last.
fn run(folder: &Path, replicates: u32, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_toguna"));
    command.arg("run").arg(scenario()).args(["--out", "results", "--replicates"]);
    command.arg(replicates.to_string()).args(more).current_dir(folder).env("NO_COLOR", "1");
    command
}

/// So many that it goes on until it is ended.
const ENDLESS: u32 = 1_000_000;

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Starts an endless run and waits until it has written rows.
fn started(folder: &Path) -> Child {
    let mut child =
        run(folder, ENDLESS, &[]).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let begun = Instant::now();
    let rows = || {
        let hidden = names(folder).into_iter().find(|name| name.starts_with(".toguna-writing-"))?;
        fs::metadata(folder.join(hidden).join("series.csv")).ok().map(|file| file.len())
    };
    while rows().is_none_or(|bytes| bytes == 0) {
        assert!(begun.elapsed() < Duration::from_secs(60), "it never began to write");
        assert!(child.try_wait().unwrap().is_none(), "it ended by itself");
        sleep(Duration::from_millis(20));
    }
    child
}

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([name, &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

/// What a run is to leave, undisturbed.
fn undisturbed(replicates: u32) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    assert!(run(folder.path(), replicates, &[]).output().unwrap().status.success());
    fs::read(folder.path().join("results/series.csv")).unwrap()
}

#[test]
fn the_same_run_again_is_verified_and_left_alone_and_anything_else_refused() {
    let folder = tempfile::tempdir().unwrap();
    let first = run(folder.path(), 2, &[]).output().unwrap();
    assert!(first.status.success(), "{}", told(&first));
    let table = folder.path().join("results/series.csv");
    let manifest = fs::read(folder.path().join("results/manifest.json")).unwrap();
    let written = fs::metadata(&table).unwrap().modified().unwrap();

    let again = run(folder.path(), 2, &["-j", "1"]).output().unwrap();
    assert!(again.status.success() && told(&again).contains("unchanged"), "{}", told(&again));
    assert_eq!(fs::metadata(&table).unwrap().modified().unwrap(), written);
    assert_eq!(fs::read(folder.path().join("results/manifest.json")).unwrap(), manifest);

    for other in [["--seed", "2"], ["--tables", "events"], ["--set", "policy.restraint=0.1"]] {
        let refused = run(folder.path(), 2, &other).output().unwrap();
        assert_eq!(refused.status.code(), Some(1));
        assert!(told(&refused).contains("already holds other results"), "{}", told(&refused));
        assert_eq!(fs::read(folder.path().join("results/manifest.json")).unwrap(), manifest);
    }
    let forced = run(folder.path(), 2, &["--seed", "2", "--force"]).output().unwrap();
    assert!(forced.status.success(), "{}", told(&forced));
    assert_eq!(names(folder.path()), ["results"]);
}

#[test]
fn damage_is_noticed_and_put_right_only_when_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    assert!(run(folder.path(), 1, &[]).output().unwrap().status.success());
    let table = folder.path().join("results/series.csv");
    let whole = fs::read_to_string(&table).unwrap();
    let swapped = whole.replacen("2020-01-06", "2020-01-07", 1);
    let last_line_gone = whole.trim_end().rsplit_once('\n').unwrap().0;
    for (harm, word) in [(swapped.as_str(), "altered"), (last_line_gone, "instead of")] {
        fs::write(&table, harm).unwrap();
        let noticed = run(folder.path(), 1, &[]).output().unwrap();
        assert_eq!(noticed.status.code(), Some(1));
        let message = told(&noticed);
        assert!(message.contains("damaged") && message.contains(word), "{message}");
        assert!(run(folder.path(), 1, &["--force"]).output().unwrap().status.success());
        assert_eq!(fs::read_to_string(&table).unwrap(), whole);
    }
    fs::remove_file(&table).unwrap();
    assert!(told(&run(folder.path(), 1, &[]).output().unwrap()).contains("series.csv is missing"));
}

#[test]
fn a_folder_of_someone_else_is_never_touched() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("results")).unwrap();
    fs::write(folder.path().join("results/thesis.txt"), "years of work").unwrap();
    for force in [&[][..], &["--force"]] {
        let refused = run(folder.path(), 1, force).output().unwrap();
        assert_eq!(refused.status.code(), Some(1));
        assert!(told(&refused).contains("holds what toguna did not write"), "{}", told(&refused));
        assert_eq!(names(&folder.path().join("results")), ["thesis.txt"]);
        assert_eq!(names(folder.path()), ["results"]);
    }
}

#[test]
fn ctrl_c_in_the_middle_of_a_run_leaves_nothing() {
    for name in ["-INT", "-TERM"] {
        let folder = tempfile::tempdir().unwrap();
        let child = started(folder.path());
        signal(&child, name);
        let said = Instant::now();
        let ended = child.wait_with_output().unwrap();
        assert_eq!(ended.status.code(), Some(130), "{}", told(&ended));
        assert!(told(&ended).contains("interrupted; nothing was left behind"), "{}", told(&ended));
        assert!(said.elapsed() < Duration::from_secs(10), "it took {:?}", said.elapsed());
        assert_eq!(names(folder.path()), Vec::<String>::new());
    }
}

/// Whether a program has begun to hear Ctrl-C itself.
fn hears_signals(child: &Child) -> bool {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
    caught
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .is_some_and(|mask| mask & 2 > 0)
}

#[test]
fn the_first_ctrl_c_ends_what_is_still_being_read() {
    for name in ["-INT", "-TERM"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_toguna"));
        command.arg("eval").arg(scenario()).args(["--design", "-"]).stdin(Stdio::piped());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let begun = Instant::now();
        while !hears_signals(&child) {
            assert!(begun.elapsed() < Duration::from_secs(60), "it never hears signals");
            sleep(Duration::from_millis(20));
        }
        // It waits for a table that does not come.
        let table = child.stdin.take();
        signal(&child, name);
        let ended = child.wait_with_output().unwrap();
        drop(table);
        assert_eq!(ended.status.code(), Some(130), "{}", told(&ended));
        assert!(told(&ended).contains("interrupted; nothing was left behind"), "{}", told(&ended));
    }
}

#[test]
fn ctrl_c_while_results_are_being_replaced_leaves_the_old_ones_whole() {
    let folder = tempfile::tempdir().unwrap();
    assert!(run(folder.path(), 2, &[]).output().unwrap().status.success());
    let mut again = run(folder.path(), ENDLESS, &["--force"]);
    let child = again.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    sleep(Duration::from_millis(700));
    signal(&child, "-INT");
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(130));
    assert_eq!(names(folder.path()), ["results"]);
    assert!(told(&run(folder.path(), 2, &[]).output().unwrap()).contains("unchanged"));
}

#[test]
fn a_run_that_is_killed_leaves_nothing_that_passes_for_whole_and_the_next_one_works() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = started(folder.path());
    signal(&child, "-KILL");
    child.wait().unwrap();
    assert!(!folder.path().join("results").exists());
    let left = names(folder.path());
    assert!(left.len() == 1 && left[0].starts_with(".toguna-writing-"), "{left:?}");
    assert!(!folder.path().join(&left[0]).join("manifest.json").exists());

    let next = run(folder.path(), 2, &[]).output().unwrap();
    assert!(next.status.success(), "{}", told(&next));
    assert_eq!(names(folder.path()), ["results"]);
    assert_eq!(fs::read(folder.path().join("results/series.csv")).unwrap(), undisturbed(2));
}

#[test]
fn two_runs_into_one_folder_at_once_do_not_mix() {
    let folder = tempfile::tempdir().unwrap();
    let child = started(folder.path());
    let second = run(folder.path(), 1, &[]).output().unwrap();
    assert_eq!(second.status.code(), Some(1));
    assert!(told(&second).contains("is being written by another toguna"), "{}", told(&second));
    signal(&child, "-INT");
    child.wait_with_output().unwrap();
    assert_eq!(names(folder.path()), Vec::<String>::new());
}

/// Runs a shell script where a small disk is mounted on `folder`; none where that is not allowed.
fn on_a_disk(folder: &Path, options: &str, script: &str) -> Option<Output> {
    let mount = format!("mount -t tmpfs -o {options} tmpfs \"$1\" || exit 99; cd \"$1\"; {script}");
    let started = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", &mount, "sh"])
        .arg(folder)
        .arg(env!("CARGO_BIN_EXE_toguna"))
        .arg(scenario())
        .output();
    let ended =
        started.ok().filter(|it| it.status.code() != Some(99) && !told(it).contains("unshare:"));
    if ended.is_none() {
        // Past the test harness, which would swallow it.
        let _ = writeln!(std::io::stderr(), "skipped: no small disk can be mounted here");
    }
    ended
}

#[test]
fn a_full_disk_is_named_and_nothing_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let script = "\"$2\" run \"$3\" --out results --replicates 40; echo \"exit $?\"; ls -A";
    let Some(ended) = on_a_disk(folder.path(), "size=256k", script) else { return };
    let said = String::from_utf8_lossy(&ended.stdout);
    assert_eq!(said, "exit 1\n", "{}", told(&ended));
    let message = told(&ended);
    assert!(message.contains("could not be written"), "{message}");
    assert!(message.contains("because: No space left on device"), "{message}");
}

#[test]
fn a_folder_that_cannot_be_written_to_is_named_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let script = "mkdir there; mount -o remount,ro \"$1\"; \
        \"$2\" run \"$3\" --out there/results; echo \"exit $?\"; ls -A there";
    let Some(ended) = on_a_disk(folder.path(), "size=1m", script) else { return };
    assert_eq!(String::from_utf8_lossy(&ended.stdout), "exit 1\n", "{}", told(&ended));
    let message = told(&ended);
    assert!(message.contains("there/results could not be written"), "{message}");
    assert!(message.contains("because: Read-only file system"), "{message}");
}
