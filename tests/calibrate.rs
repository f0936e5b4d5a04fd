//! `toguna calibrate` through the program itself: a short history, little run, the same bytes however it is
//! made.
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Two years of the history, in which nobody is simulated as more than a handful.
const SHORT: [&str; 6] = [
    "--set",
    "people.people_per_agent=10000",
    "--set",
    "timeline=[]",
    "--set",
    "time.end=\"2013-12-31\"",
];

const DESIGN: &str = r#"
kind = "latin_hypercube"
scenario = "SCENARIO"
points = 5
waves = 2
members = 10
replicates = 2

[[axes]]
path = "rules.recruitment.scale"
low = 0.24
high = 0.72
scale = "log"

[[axes]]
path = "rules.displacement.flight_from_loss"
low = 0.05
high = 0.9
"#;

fn design(folder: &Path) {
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/mali/history.toml");
    let text = DESIGN.replace("SCENARIO", scenario.to_str().unwrap());
    fs::write(folder.join("design.toml"), text).unwrap();
}

fn calibrate(folder: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_toguna"));
    command.args(["calibrate", "design.toml", "--out", "found"]).args(SHORT).args(more);
    command.current_dir(folder).env("NO_COLOR", "1");
    command
}

fn done(folder: &Path, more: &[&str]) -> Output {
    calibrate(folder, more).output().unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// All files of the results but the manifest, which holds times.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder.join("found")).unwrap().map(Result::unwrap);
    let named = entries.map(|entry| (entry.file_name().into_string().unwrap(), entry.path()));
    let others = named.filter(|(name, _)| name != "manifest.json");
    others.map(|(name, path)| (name, fs::read(path).unwrap())).collect()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Bytes of all journals of all waves.
fn journalled(folder: &Path) -> u64 {
    let waves = names(folder).into_iter().filter(|name| name.ends_with(".partial"));
    let files = waves.flat_map(|wave| fs::read_dir(folder.join(wave)).into_iter().flatten());
    let journals =
        files.flatten().filter(|it| it.path().extension().is_some_and(|it| it == "journal"));
    journals.filter_map(|it| it.metadata().ok()).map(|it| it.len()).sum()
}

/// Kills the process once it has made runs beyond those there.
fn killed_after_more(folder: &Path, mut child: Child) {
    let (before, begun) = (journalled(folder), Instant::now());
    while journalled(folder) <= before {
        assert!(child.try_wait().unwrap().is_none(), "it ended by itself");
        assert!(begun.elapsed() < Duration::from_secs(120), "it made no run");
        sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
#[ignore = "long: a calibration made three times"]
fn killed_three_times_and_resumed_or_made_in_parts_it_leaves_the_same_bytes() {
    let parent = tempfile::tempdir().unwrap();
    let [alone, killed, parts] = ["alone", "killed", "parts"].map(|name| parent.path().join(name));
    for folder in [&alone, &killed, &parts] {
        fs::create_dir(folder).unwrap();
        design(folder);
    }
    let first = done(&alone, &[]);
    assert!(first.status.success(), "{}", told(&first));
    assert_eq!(names(&alone), ["design.toml", "found"]);
    let wanted = files(&alone);

    for _ in 0..3 {
        let mut endless = calibrate(&killed, &["-j", "1"]);
        endless.stdout(Stdio::null()).stderr(Stdio::null());
        killed_after_more(&killed, endless.spawn().unwrap());
        assert!(!killed.join("found").exists());
    }
    let resumed = done(&killed, &["-j", "2"]);
    assert!(
        resumed.status.success() && told(&resumed).contains("there already"),
        "{}",
        told(&resumed)
    );
    assert!(files(&killed) == wanted, "other bytes after three kills");

    for _ in 0..3 {
        for part in ["1/2", "2/2"] {
            assert!(done(&parts, &["--shard", part]).status.success());
        }
    }
    assert!(files(&parts) == wanted, "other bytes in parts");

    let again = done(&alone, &[]);
    assert!(told(&again).contains("unchanged") && again.stdout == first.stdout);
}

#[test]
fn a_calibration_says_what_fits_what_does_not_and_what_the_facts_leave_open() {
    let parent = tempfile::tempdir().unwrap();
    design(parent.path());
    let shown = done(parent.path(), &[]);
    let text = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.status.success());
    assert!(text.contains("facts to fit") && text.contains("The ensemble: 10 members"), "{text}");
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    let json = done(parent.path(), &["--json"]);
    let value: Value = serde_json::from_slice(&json.stdout).unwrap();
    let members = value["ensemble"].as_array().unwrap();
    let weights: f64 = members.iter().map(|it| it["weight"].as_f64().unwrap()).sum();
    assert!((weights - 1.0).abs() < 1e-9, "{weights}");
    assert_eq!(value["waves"].as_array().unwrap().len(), 3);
    for fact in value["facts"].as_array().unwrap() {
        let name = fact["fact"].as_str().unwrap();
        assert!(!name.starts_with("f9_") && !name.starts_with("f24_"), "{name} must not be fitted");
    }
    for axis in value["ranges"].as_array().unwrap() {
        assert!(axis["narrowed"].as_f64().unwrap() <= 1.0, "{axis}");
    }
    // What an ensemble sets, `eval` and `sweep` can set again.
    let ensemble = fs::read_to_string(parent.path().join("found/ensemble.csv")).unwrap();
    let header = ensemble.lines().next().unwrap();
    let paths = ",rules.recruitment.scale,rules.displacement.flight_from_loss";
    assert_eq!(header, format!("member,point,weight,score,met{paths}"));
}

#[test]
fn a_design_that_cannot_be_calibrated_is_refused_where_it_says_so() {
    let parent = tempfile::tempdir().unwrap();
    let refused = |from: &str, to: &str| {
        design(parent.path());
        let path = parent.path().join("design.toml");
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from));
        fs::write(&path, text.replace(from, to)).unwrap();
        let output = done(parent.path(), &["--dry-run"]);
        assert_eq!(output.status.code(), Some(3));
        told(&output)
    };
    assert!(refused("replicates = 2", "replicates = 1").contains("needs two runs of each setting"));
    let other = refused("latin_hypercube\"\n", "sobol\"\n");
    assert!(other.contains("`waves` means nothing in a design of kind \"sobol\""), "{other}");
    let early = refused("replicates = 2", "replicates = 2\nfacts_until = \"2012-01-31\"");
    assert!(
        early.contains("no fact to fit can be measured from 2012-01-01 to 2012-01-31"),
        "{early}"
    );
    let left_out = refused("replicates = 2", "replicates = 2\nleave_out = [\"F16\", \"F9\"]");
    assert!(left_out.contains("no fact to fit of these years has the number \"F9\""), "{left_out}");
    assert!(left_out.contains("numbers: F16, F18"), "{left_out}");
}
