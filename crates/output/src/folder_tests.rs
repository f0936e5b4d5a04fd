use super::super::datapackage::{Licence, Source};
use super::super::example::{RUNS, Run, SERIES, Week};
use super::super::manifest::tests::inputs;
use super::*;
use std::fs;
use tempfile::TempDir;

fn particulars() -> Particulars {
    Particulars {
        commit: "unknown".to_owned(),
        command: vec!["toguna".into(), "run".into(), "status_quo.toml".into()],
        seed_rule: "SHA-256 of the seed and the replicate".into(),
        threads: 2,
        about: About {
            name: "status_quo".into(),
            title: "Status quo".into(),
            description: "Nothing changes".into(),
            licences: vec![Licence {
                name: "CC-BY-4.0".into(),
                title: "Creative Commons Attribution 4.0".into(),
                address: "https://creativecommons.org/licenses/by/4.0/".into(),
            }],
            sources: vec![Source { title: "Census".into(), address: "https://example.org".into() }],
        },
    }
}

fn opened(path: &Path, force: bool) -> Box<RunFolder> {
    match RunFolder::open(path, inputs(), force) {
        Ok(Opening::New(folder)) => folder,
        Ok(Opening::Unchanged(_)) => panic!("taken for unchanged"),
        Err(error) => panic!("{error}"),
    }
}

fn refused(path: &Path, inputs: Inputs, force: bool) -> OutputError {
    match RunFolder::open(path, inputs, force) {
        Err(error) => error,
        Ok(Opening::New(_)) => panic!("it would be overwritten"),
        Ok(Opening::Unchanged(_)) => panic!("it was taken for unchanged"),
    }
}

fn filled(mut folder: Box<RunFolder>) -> Box<RunFolder> {
    folder.text("scenario.resolved.toml", "seed = 1\n").unwrap();
    let mut runs = folder.table(&RUNS).unwrap();
    let mut series = folder.table(&SERIES).unwrap();
    for run in 0..3 {
        runs.append(&Run { run, seed: u64::MAX - u64::from(run) }).unwrap();
        for week in 0..4 {
            series.append(&Week::of(run, week)).unwrap();
        }
    }
    folder.keep(runs).unwrap();
    folder.keep(series).unwrap();
    folder
}

fn written(path: &Path) -> Manifest {
    filled(opened(path, false)).finish(particulars()).unwrap()
}

/// Everything below a folder, hidden or not.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = entries.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}

fn bytes(folder: &Path, without: &str) -> Vec<(String, Vec<u8>)> {
    let names = names(folder).into_iter().filter(|name| name != without);
    names.map(|name| (name.clone(), fs::read(folder.join(&name)).unwrap())).collect()
}

#[test]
fn a_finished_folder_holds_what_its_manifest_lists_and_nothing_is_beside_it() {
    let parent = TempDir::new().unwrap();
    let path = parent.path().join("output").join("mali");
    let manifest = written(&path);
    assert_eq!(names(&parent.path().join("output")), ["mali"]);
    let expected =
        ["datapackage.json", "manifest.json", "runs.csv", "scenario.resolved.toml", "series.csv"];
    assert_eq!(names(&path), expected);
    let read: Manifest =
        serde_json::from_slice(&fs::read(path.join("manifest.json")).unwrap()).unwrap();
    assert_eq!(read, manifest);
    let rows: Vec<_> = manifest.files.iter().map(|file| (&file.name[..], file.rows)).collect();
    let expected = [
        ("scenario.resolved.toml", None),
        ("runs.csv", Some(3)),
        ("series.csv", Some(12)),
        ("datapackage.json", None),
    ];
    assert_eq!(rows, expected);
    assert_eq!(manifest.fingerprint, inputs().fingerprint());
    assert!(manifest.started.ends_with('Z') && manifest.started <= manifest.finished);
}

#[cfg(unix)]
#[test]
fn a_finished_folder_may_be_read_by_whoever_may_read_its_neighbours() {
    use std::os::unix::fs::PermissionsExt;
    let parent = TempDir::new().unwrap();
    let (path, neighbour) = (parent.path().join("mali"), parent.path().join("neighbour"));
    written(&path);
    fs::create_dir(&neighbour).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&path), mode(&neighbour));
}

#[test]
fn two_folders_of_the_same_inputs_differ_in_nothing_but_the_times_of_their_manifests() {
    let parent = TempDir::new().unwrap();
    let (one, two) = (parent.path().join("one"), parent.path().join("two"));
    let (of_one, of_two) = (written(&one), written(&two));
    assert_eq!(bytes(&one, MANIFEST), bytes(&two, MANIFEST));
    assert_eq!(of_one.files, of_two.files);
    assert_eq!(of_one.fingerprint, of_two.fingerprint);
}

#[test]
fn an_error_between_two_rows_leaves_nothing() {
    fn experiment(path: &Path) -> Result<(), Box<dyn std::error::Error>> {
        let mut folder = opened(path, false);
        let mut series = folder.table(&SERIES)?;
        for week in 0.. {
            if week == 3 {
                return Err("the well is dry".into());
            }
            series.append(&Week::of(0, week))?;
        }
        folder.keep(series)?;
        folder.finish(particulars())?;
        Ok(())
    }
    let parent = TempDir::new().unwrap();
    assert!(experiment(&parent.path().join("mali")).is_err());
    assert_eq!(names(parent.path()), Vec::<String>::new());
}

#[test]
fn a_panic_leaves_nothing() {
    let parent = TempDir::new().unwrap();
    let path = parent.path().join("mali");
    let outcome = std::panic::catch_unwind(|| {
        let _folder = filled(opened(&path, false));
        panic!("a rule is wrong");
    });
    assert!(outcome.is_err());
    assert_eq!(names(parent.path()), Vec::<String>::new());
}

#[test]
fn a_table_never_kept_keeps_the_folder_from_being_finished() {
    let parent = TempDir::new().unwrap();
    let mut folder = opened(&parent.path().join("mali"), false);
    let _forgotten = folder.table(&RUNS).unwrap();
    let error = folder.finish(particulars()).unwrap_err();
    assert!(matches!(error, OutputError::NeverKept { .. }), "{error}");
    assert_eq!(names(parent.path()), Vec::<String>::new());
}

#[test]
fn the_same_results_are_verified_and_left_as_they_are() {
    let parent = TempDir::new().unwrap();
    let path = parent.path().join("mali");
    let manifest = written(&path);
    let before = bytes(&path, "");
    fs::write(path.join("notes.txt"), "to be discussed").unwrap();
    match RunFolder::open(&path, inputs(), false).unwrap() {
        Opening::Unchanged(found) => assert_eq!(*found, manifest),
        Opening::New(_) => panic!("whole results would be written again"),
    }
    assert_eq!(bytes(&path, "notes.txt"), before);
}

#[test]
fn every_way_of_damaging_a_folder_is_found_and_told() {
    type Harm = fn(&Path);
    let harms: [(Harm, &str); 4] = [
        (
            |path| {
                let file = path.join("series.csv");
                let text = fs::read_to_string(&file).unwrap().replace("0.333", "0.444");
                fs::write(&file, text).unwrap();
            },
            "series.csv has been altered: its SHA-256 is another",
        ),
        (|path| fs::write(path.join("runs.csv"), "run,seed\n").unwrap(), "runs.csv has 9 bytes"),
        (|path| fs::remove_file(path.join("runs.csv")).unwrap(), "runs.csv is missing"),
        (
            |path| {
                let file = path.join(MANIFEST);
                let text = fs::read_to_string(&file).unwrap();
                let fingerprint = inputs().fingerprint();
                fs::write(&file, text.replace(&fingerprint, &"0".repeat(64))).unwrap();
            },
            "manifest.json: its fingerprint is not that of its inputs",
        ),
    ];
    for (harm, told) in harms {
        let parent = TempDir::new().unwrap();
        let path = parent.path().join("mali");
        written(&path);
        harm(&path);
        let error = refused(&path, inputs(), false);
        assert!(matches!(error, OutputError::Damaged { .. }), "{error}");
        assert!(error.to_string().contains(told), "{error}");
        filled(opened(&path, true)).finish(particulars()).unwrap();
        assert!(matches!(RunFolder::open(&path, inputs(), false), Ok(Opening::Unchanged(_))));
    }
}

#[test]
fn other_results_are_replaced_only_by_force_and_the_difference_is_told() {
    let parent = TempDir::new().unwrap();
    let path = parent.path().join("mali");
    written(&path);
    let before = bytes(&path, "");
    let other = Inputs { seed: 2, ..inputs() };
    let told = format!(
        "{} already holds other results:\n  seed: 1 there, 2 asked for\n\
         --out writes to another folder; --force replaces this one",
        path.display()
    );
    assert_eq!(refused(&path, other.clone(), false).to_string(), told);
    assert_eq!(bytes(&path, ""), before);

    let Ok(Opening::New(folder)) = RunFolder::open(&path, other.clone(), true) else {
        panic!("force replaces what toguna wrote")
    };
    assert_eq!(bytes(&path, ""), before, "the old results stay until the new ones are whole");
    drop(folder);
    assert_eq!(bytes(&path, ""), before, "a replacement that fails leaves the old results");

    let Ok(Opening::New(folder)) = RunFolder::open(&path, other.clone(), true) else {
        panic!("force replaces what toguna wrote")
    };
    filled(folder).finish(particulars()).unwrap();
    assert!(matches!(RunFolder::open(&path, other, false), Ok(Opening::Unchanged(_))));
    assert_eq!(names(parent.path()), ["mali"]);
}

#[test]
fn results_of_another_version_are_known_as_ours_even_when_their_form_has_changed() {
    let parent = TempDir::new().unwrap();
    let path = parent.path().join("mali");
    fs::create_dir(&path).unwrap();
    let manifest = r#"{"inputs": {"toguna": "9.0.0"}, "files": [{"name": "a.csv"}], "new": 1}"#;
    fs::write(path.join(MANIFEST), manifest).unwrap();
    fs::write(path.join("a.csv"), "").unwrap();
    let error = refused(&path, inputs(), false).to_string();
    assert!(error.contains("written by toguna 9.0.0, in another form"), "{error}");
    filled(opened(&path, true)).finish(particulars()).unwrap();
    assert!(!path.join("a.csv").exists());
}

#[test]
fn what_toguna_did_not_write_is_never_touched_even_by_force() {
    let foreign: [&[(&str, &str)]; 3] = [
        &[("thesis.txt", "ten years of work")],
        &[("manifest.json", "{\"name\": \"a web page\"}"), ("thesis.txt", "ten years of work")],
        &[("manifest.json", "{\"inputs\": {\"tog")],
    ];
    for files in foreign {
        let parent = TempDir::new().unwrap();
        let path = parent.path().join("mali");
        fs::create_dir(&path).unwrap();
        for (name, text) in files {
            fs::write(path.join(name), text).unwrap();
        }
        let before = bytes(&path, "");
        for force in [false, true] {
            let error = refused(&path, inputs(), force);
            assert!(matches!(error, OutputError::Foreign { .. }), "{error}");
        }
        assert_eq!(bytes(&path, ""), before);
        assert_eq!(names(parent.path()), ["mali"]);
    }
}

#[test]
fn a_note_put_into_a_folder_of_results_keeps_it_from_being_replaced() {
    let parent = TempDir::new().unwrap();
    let path = parent.path().join("mali");
    written(&path);
    fs::write(path.join("report.html"), "made again at any time").unwrap();
    assert!(RunFolder::open(&path, inputs(), true).is_ok());
    fs::write(path.join("notes.txt"), "to be discussed").unwrap();
    let error = refused(&path, inputs(), true).to_string();
    assert!(error.contains("notes.txt is not among the files"), "{error}");
}

#[test]
fn an_empty_folder_is_as_good_as_none() {
    let parent = TempDir::new().unwrap();
    let path = parent.path().join("mali");
    fs::create_dir(&path).unwrap();
    written(&path);
    assert!(path.join(MANIFEST).exists());
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_stays_a_link() {
    let parent = TempDir::new().unwrap();
    let (real, link) = (parent.path().join("real"), parent.path().join("link"));
    fs::create_dir(&real).unwrap();
    std::os::unix::fs::symlink(&real, &link).unwrap();
    written(&link);
    assert!(link.is_symlink() && real.join(MANIFEST).exists());
    filled(opened(&link, true)).finish(particulars()).unwrap();
    assert!(link.is_symlink() && real.join(MANIFEST).exists());
    assert_eq!(names(parent.path()), ["link", "real"]);
}

#[test]
fn a_file_where_the_folder_should_be_or_above_it_is_refused() {
    let parent = TempDir::new().unwrap();
    let file = parent.path().join("mali");
    fs::write(&file, "a letter").unwrap();
    let error = refused(&file, inputs(), true);
    assert!(matches!(error, OutputError::NotAFolder { .. }), "{error}");
    let below = file.join("deeper");
    let error = refused(&below, inputs(), true);
    assert!(error.to_string().contains(&below.display().to_string()), "{error}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "a letter");
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_to_is_named_with_the_cause() {
    use std::os::unix::fs::PermissionsExt;
    let parent = TempDir::new().unwrap();
    fs::set_permissions(parent.path(), fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(parent.path().join("probe"), "").is_ok() {
        // Past the test harness, which would swallow it.
        writeln!(io::stderr(), "skipped: this user may write everywhere").unwrap();
        return;
    }
    let path = parent.path().join("mali");
    let error = refused(&path, inputs(), false);
    assert_eq!(error.to_string(), format!("{} could not be written", path.display()));
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert!(cause.to_lowercase().contains("permission denied"), "{cause}");
}

/// `/dev/full` answers every write as a full disk does.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_nothing_and_is_told_by_the_files_own_name() {
    let parent = TempDir::new().unwrap();
    let path = parent.path().join("mali");
    for weeks in [1, 100_000] {
        let mut folder = opened(&path, false);
        let inside = folder.temporary.path().join("series.csv");
        std::os::unix::fs::symlink("/dev/full", inside).unwrap();
        let mut series = folder.table(&SERIES).unwrap();
        let appended = (0..weeks).try_for_each(|week| series.append(&Week::of(0, week)));
        let Err(OutputError::Write { path: told, source }) =
            appended.and_then(|()| folder.keep(series))
        else {
            panic!("a full disk takes nothing")
        };
        assert_eq!(told, path.join("series.csv"));
        assert_eq!(source.kind(), io::ErrorKind::StorageFull);
        drop(folder);
        assert_eq!(names(parent.path()), Vec::<String>::new());
    }
}

#[test]
fn a_folder_made_by_someone_else_meanwhile_is_left_alone() {
    let parent = TempDir::new().unwrap();
    let path = parent.path().join("mali");
    let folder = filled(opened(&path, false));
    fs::create_dir(&path).unwrap();
    fs::write(path.join("thesis.txt"), "ten years of work").unwrap();
    let error = folder.finish(particulars()).unwrap_err();
    assert!(matches!(error, OutputError::Appeared { .. }), "{error}");
    assert_eq!(names(&path), ["thesis.txt"]);
    assert_eq!(names(parent.path()), ["mali"]);
}

#[cfg(target_os = "linux")]
#[test]
fn two_writers_do_not_write_to_the_same_folder_at_once() {
    let parent = TempDir::new().unwrap();
    let path = parent.path().join("mali");
    let first = filled(opened(&path, false));
    let error = refused(&path, inputs(), false);
    assert!(matches!(error, OutputError::Busy { .. }), "{error}");
    drop(opened(&parent.path().join("niger"), false));
    first.finish(particulars()).unwrap();
    assert!(matches!(RunFolder::open(&path, inputs(), false), Ok(Opening::Unchanged(_))));
}

#[cfg(target_os = "linux")]
const KILLED_WRITER_WRITES_TO: &str = "TOGUNA_TEST_KILLED_WRITER_WRITES_TO";

/// What the process does that the next test starts and kills.
#[cfg(target_os = "linux")]
fn write_without_end(path: &Path) {
    let _folder = filled(opened(path, true));
    println!("writing");
    std::thread::sleep(std::time::Duration::from_secs(600));
}

#[cfg(target_os = "linux")]
#[test]
fn a_writer_killed_at_once_leaves_nothing_that_passes_for_whole() {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};

    if let Some(path) = std::env::var_os(KILLED_WRITER_WRITES_TO) {
        return write_without_end(Path::new(&path));
    }
    let this = "folder::tests::a_writer_killed_at_once_leaves_nothing_that_passes_for_whole";
    let parent = TempDir::new().unwrap();
    let path = parent.path().join("mali");
    for standing in [false, true] {
        let mut writer = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "--nocapture", this])
            .env(KILLED_WRITER_WRITES_TO, &path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(writer.stdout.take().unwrap()).lines();
        assert!(lines.map_while(Result::ok).any(|line| line.ends_with("writing")));
        assert!(matches!(refused(&path, inputs(), true), OutputError::Busy { .. }));
        writer.kill().unwrap();
        writer.wait().unwrap();

        assert_eq!(path.exists(), standing);
        let left = names(parent.path());
        assert_eq!(left.iter().filter(|name| name.starts_with(".toguna-writing-")).count(), 1);
        if standing {
            let opening = RunFolder::open(&path, inputs(), false);
            assert!(matches!(opening, Ok(Opening::Unchanged(_))));
        } else {
            written(&path);
        }
        assert_eq!(names(parent.path()), ["mali"]);
    }
}
