//! Sweeps from the outside: killed at any moment, in parts, refused when something has changed, and
//! the same bytes whatever happened on the way.

use crate::committed;
use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

const DESIGN: &str = r#"
kind = "grid"
replicates = 3

[[axes]]
path = "policy.restraint"
values = [0.3, 0.9]

[[axes]]
path = "mechanisms.operations"
values = [true, false]
"#;

/// A design over a quarter of a year of a small world.
struct Bench {
    folder: tempfile::TempDir,
}

impl Bench {
    fn new(design: &str) -> Self {
        // So violent that a quarter of a year tells points apart.
        let shorter = "rules.violence.scale = 5.0\ntime.end = \"2020-04-05\"\n";
        Bench::over("lessons/valley.toml", shorter, design)
    }

    /// The same over a country of a few thousand simulated people, where things cost what they cost there.
    fn of_mali(design: &str) -> Self {
        let shorter = "[people]\npeople_per_agent = 2000\n[time]\nend = \"2024-03-31\"\n";
        Bench::over("mali/status-quo.toml", shorter, design)
    }

    fn over(shipped: &str, shorter: &str, design: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(shipped);
        let small =
            format!("extends = {:?}\nname = \"small\"\n{shorter}", shipped.to_str().unwrap());
        std::fs::write(folder.path().join("small.toml"), small).unwrap();
        let bench = Bench { folder };
        bench.write("design.toml", &format!("scenario = \"small.toml\"\n{design}"));
        bench
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_toguna"));
        command.current_dir(self.folder.path()).args(arguments).arg("--quiet");
        command.env("RAYON_NUM_THREADS", "2").stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn sweep(&self, out: &str, more: &[&str]) -> Output {
        self.run(&[&["sweep", "design.toml", "--out", out], more].concat())
    }

    /// Every file of a folder but the manifest, which knows times.
    fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let entries = std::fs::read_dir(self.path(folder)).unwrap();
        let named = entries.map(|entry| {
            let path = entry.unwrap().path();
            (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(path).unwrap())
        });
        named.filter(|(name, _)| name != "manifest.json").collect()
    }
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[track_caller]
fn went_well(output: &Output) {
    assert_eq!(code(output), 0, "{}", said(output));
}

const JOURNAL: &str = "killed.partial/runs-0001-of-0001.journal";

#[test]
#[ignore = "long: forty sweeps"]
fn a_sweep_killed_at_twenty_random_moments_ends_in_the_same_bytes_as_one_left_alone() {
    let bench = Bench::new(&DESIGN.replace("replicates = 3", "replicates = 40"));
    went_well(&bench.sweep("alone", &[]));
    let alone = bench.files("alone");
    assert!(alone.contains_key("runs.csv"));
    let mut resumed = 0;
    for moment in 0..20_usize {
        let mut child =
            bench.command(&["sweep", "design.toml", "--out", "killed"]).spawn().unwrap();
        // After some runs have been written, and at any moment of whatever comes next.
        let written = || std::fs::read(bench.path(JOURNAL)).unwrap_or_default();
        let lines = |bytes: Vec<u8>| bytes.iter().filter(|byte| **byte == b'\n').count();
        while lines(written()) < moment % 12 * 12 && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_micros(500));
        }
        let later = Duration::from_micros(RandomState::new().hash_one(moment) % 40_000);
        std::thread::sleep(later);
        child.kill().unwrap();
        child.wait().unwrap();
        resumed += u32::from(bench.path("killed.partial").exists());
        went_well(&bench.sweep("killed", &[]));
        assert!(bench.files("killed") == alone, "killed {later:?} after {} runs", moment % 12 * 12);
        assert!(!bench.path("killed.partial").exists());
        std::fs::remove_dir_all(bench.path("killed")).unwrap();
    }
    assert!(resumed >= 10, "only {resumed} of 20 kills found runs under way");
}

#[test]
fn runs_left_beside_whole_results_by_one_killed_in_between_are_removed() {
    let bench = Bench::new(DESIGN);
    went_well(&bench.sweep("killed", &["--shard", "1/1"]));
    let runs = bench.files("killed.partial");
    let left = |from: &str, gone: usize| {
        std::fs::create_dir(bench.path(from)).unwrap();
        for (name, bytes) in runs.iter().skip(gone) {
            std::fs::write(bench.path(&format!("{from}/{name}")), bytes).unwrap();
        }
    };
    went_well(&bench.sweep("killed", &[]));
    for (gone, arguments) in [(0, vec![]), (0, vec!["--shard", "1/1"]), (1, vec![])] {
        left("killed.partial", gone);
        went_well(&bench.sweep("killed", &arguments));
        assert!(!bench.path("killed.partial").exists(), "{gone} {arguments:?}");
    }
    // More replicates than the results hold are somebody's runs.
    went_well(&bench.sweep("killed", &["--shard", "1/1", "--replicates", "5"]));
    went_well(&bench.sweep("killed", &[]));
    assert!(bench.path("killed.partial").exists());
}

#[cfg(unix)]
#[test]
#[ignore = "long: many sweeps or comparisons"]
fn told_to_stop_a_sweep_stops_with_code_75_and_goes_on_from_there() {
    let bench = Bench::new(&DESIGN.replace("replicates = 3", "replicates = 150"));
    let child = bench.command(&["sweep", "design.toml", "--out", "stopped"]);
    let mut child = { child }.stderr(Stdio::piped()).spawn().unwrap();
    while !bench.path("stopped.partial/runs-0001-of-0001.journal").exists() {
        std::thread::sleep(Duration::from_millis(5));
    }
    std::thread::sleep(Duration::from_millis(100));
    let told = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(told.success());
    assert_eq!(child.wait().unwrap().code(), Some(75));
    went_well(&bench.sweep("stopped", &[]));
    went_well(&bench.sweep("alone", &["-j", "1"]));
    assert!(bench.files("stopped") == bench.files("alone"));
}

#[test]
fn seven_parts_in_any_order_one_of_them_twice_merge_into_the_same_bytes() {
    let bench = Bench::new(DESIGN);
    went_well(&bench.sweep("whole", &[]));
    let merge = ["merge", "design.toml", "--out", "parts"];
    let early = bench.run(&merge);
    assert_eq!(code(&early), 4);
    for part in ["5/7", "2/7", "7/7", "2/7", "1/7", "3/7", "6/7"] {
        went_well(&bench.sweep("parts", &["--shard", part]));
    }
    let missing = bench.run(&merge);
    assert_eq!(code(&missing), 4);
    assert!(said(&missing).contains("shard 4/7 is missing (2 runs)"), "{}", said(&missing));
    went_well(&bench.sweep("parts", &["--shard", "4/7"]));
    went_well(&bench.run(&merge));
    assert!(bench.files("parts") == bench.files("whole"));
    // Resubmitted after the merge, a part finds its work done.
    went_well(&bench.sweep("parts", &["--shard", "3/7"]));
    assert!(!bench.path("parts.partial").exists());
}

#[test]
fn parts_may_all_start_at_the_same_moment() {
    let bench = Bench::new(DESIGN);
    let parts: Vec<_> = (1..=6)
        .map(|part| {
            let part = format!("{part}/6");
            let arguments = ["sweep", "design.toml", "--out", "parts", "--shard", &part, "-j", "1"];
            bench.command(&arguments).stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    for part in parts {
        went_well(&part.wait_with_output().unwrap());
    }
    went_well(&bench.run(&["merge", "design.toml", "--out", "parts"]));
}

#[test]
fn a_changed_design_or_scenario_is_refused_with_the_difference() {
    let bench = Bench::new(DESIGN);
    went_well(&bench.sweep("same", &["--shard", "1/2"]));
    let design = std::fs::read_to_string(bench.path("design.toml")).unwrap();
    bench.write("design.toml", &design.replace("0.9", "0.8"));
    let changed = bench.sweep("same", &["--shard", "2/2"]);
    assert_eq!(code(&changed), 1);
    assert!(
        said(&changed).contains("design: axes[0].values: [0.3, 0.9] → [0.3, 0.8]"),
        "{}",
        said(&changed)
    );
    bench.write("design.toml", &design);
    let other = bench.sweep("same", &["--shard", "2/2", "--set", "government.legitimacy=0.2"]);
    assert_eq!(code(&other), 1);
    assert!(
        said(&other).contains("scenario: government.legitimacy: 0.8 → 0.2"),
        "{}",
        said(&other)
    );
    // A comment changes nothing; more replicates go on from the runs that are there.
    bench.write("design.toml", &format!("# a note\n{design}"));
    went_well(&bench.sweep("same", &["--shard", "1/1", "--replicates", "1"]));
    went_well(&bench.sweep("same", &[]));
    went_well(&bench.sweep("afresh", &[]));
    assert!(bench.files("same") == bench.files("afresh"));
    // So is a change after the results are whole.
    let changed = bench.sweep("same", &["--set", "government.legitimacy=0.2"]);
    assert_eq!(code(&changed), 1);
    assert!(
        said(&changed).contains("scenario: government.legitimacy: 0.8 → 0.2"),
        "{}",
        said(&changed)
    );
}

const DATES: &str = r#"
kind = "grid"
replicates = 2
[[axes]]
path = "time.start"
values = ["2020-01-06", "2020-03-02"]
[[axes]]
path = "time.end"
values = ["2020-02-05", "2020-04-05"]
"#;

#[test]
fn a_run_that_fails_is_recorded_with_its_cause_and_the_others_go_on() {
    let bench = Bench::new(DATES);
    let output = bench.sweep("dates", &[]);
    assert_eq!(code(&output), 4, "{}", said(&output));
    assert!(said(&output).contains("2 of 8 runs failed"), "{}", said(&output));
    let runs = String::from_utf8(bench.files("dates")["runs.csv"].clone()).unwrap();
    let failed: Vec<&str> = runs.lines().filter(|line| line.contains(",failed,")).collect();
    assert_eq!(failed.len(), 2);
    let cause = "the scenario ends before its first week is over";
    assert!(failed.iter().all(|line| line.contains(cause)), "{failed:?}");
    assert_eq!(runs.lines().filter(|line| line.contains(",ok,")).count(), 6);
    assert_eq!(code(&bench.sweep("dates", &[])), 4);
}

/// What the program says of a bad design or table of points, having checked that it leaves nothing.
fn refusal(folder: &Path, name: &str) -> String {
    let parent = tempfile::tempdir().unwrap();
    let out = parent.path().join("results");
    let mut command = Command::new(env!("CARGO_BIN_EXE_toguna"));
    command.current_dir(folder).stdin(Stdio::null()).env_remove("CLICOLOR_FORCE");
    match name {
        _ if name.ends_with(".csv") => command.args(["eval", "small.toml", "--design", name]),
        "no-sensitivities.toml" => command.args(["sensitivity", name, "--out"]).arg(&out),
        _ => command.args(["sweep", name, "--out"]).arg(&out),
    };
    let output = command.output().unwrap();
    assert_eq!(code(&output), 3, "{name}: {}", said(&output));
    assert!(output.stdout.is_empty(), "{name}");
    assert_eq!(std::fs::read_dir(parent.path()).unwrap().count(), 0, "{name} leaves something");
    said(&output)
}

/// Messages are stored beside the files, as those of tests/bad_scenarios are:
/// `TOGUNA_RENEW=1 cargo test --test all sweeps::` writes them anew; read each one then.
#[test]
fn each_bad_design_and_table_of_points_gets_its_stored_message() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad_designs");
    let entries = std::fs::read_dir(&folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let good = ["small.toml", "points.csv", "cells.csv"];
    let bad = names.iter().filter(|name| !name.ends_with(".stderr") && !good.contains(&&***name));
    let mut wrong = Vec::new();
    for name in bad {
        let message = refusal(&folder, name);
        wrong.extend(committed::stale(&format!("tests/bad_designs/{name}.stderr"), &message));
    }
    for name in names.iter().filter_map(|name| name.strip_suffix(".stderr")) {
        assert!(names.iter().any(|known| known == name), "{name} is gone, its message stays");
    }
    committed::assert_none_is(&wrong, "sweeps::");
}

#[test]
fn what_is_wrong_with_a_design_is_told_as_json_where_json_is_asked_for() {
    let bench = Bench::new("kind = \"points\"\ntable = \"points.csv\"\n");
    bench.write("points.csv", "policy.restraint\n0.5\n1.5\n");
    let output = bench.sweep("bad", &["--json"]);
    assert_eq!((code(&output), said(&output)), (3, String::new()));
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(told["error"], "the design is invalid");
    let problem = &told["problems"][0];
    assert_eq!((&problem["line"], &problem["column"]), (&3.into(), &1.into()));
    assert_eq!((&problem["file"], &problem["text"]), (&"points.csv".into(), &"1.5".into()));
}

#[test]
fn a_folder_of_results_is_a_sweep_that_can_be_run_again_to_the_same_bytes() {
    let listed = "kind = \"points\"\ntable = \"listed/points.csv\"\nreplicates = 2\n";
    for design in [FORKED, listed] {
        let bench = Bench::new(design);
        std::fs::create_dir(bench.path("listed")).unwrap();
        bench.write("listed/points.csv", "policy.restraint\n0.5\n0.9\n");
        went_well(&bench.sweep("first", &["--set", "policy.drought=0.1", "--replicates", "2"]));
        let first = bench.files("first");
        let text = String::from_utf8(first["design.toml"].clone()).unwrap();
        assert!(text.contains("replicates = 2\n"), "{text}");
        assert!(text.contains("scenario = \"scenario.resolved.toml\"\n"), "{text}");
        went_well(&bench.run(&["sweep", "first/design.toml", "--out", "again"]));
        assert!(bench.files("again") == first, "{design}");
        // Seen from its own folder it is the same sweep, which goes on with more replicates.
        let more = ["sweep", "first/design.toml", "--out", "first", "--replicates", "3"];
        went_well(&bench.run(&more));
        assert_eq!(
            column(&bench, "first", "deaths").len(),
            column(&bench, "again", "deaths").len() / 2 * 3
        );
    }
}

#[test]
fn each_scenario_of_a_comparison_can_be_run_again_from_its_folder() {
    let bench = Bench::of_mali(DESIGN);
    let army = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/mali/start-2024/army.csv");
    std::fs::copy(army, bench.path("army.csv")).unwrap();
    let army = std::fs::read_to_string(bench.path("army.csv")).unwrap();
    bench.write("army.csv", &army.replacen(",1", ",2", 1));
    bench.write(
        "other.toml",
        "extends = \"small.toml\"\nname = \"other\"\ntables.army = \"army.csv\"\n",
    );
    let output = bench.run(&[
        "compare",
        "small.toml",
        "other.toml",
        "--replicates",
        "2",
        "--out",
        "both",
        "--coarse",
    ]);
    went_well(&output);
    let files = bench.files("both");
    assert!(
        files.contains_key("small.army.input.csv") && files.contains_key("other.army.input.csv")
    );
    assert!(!files.contains_key("other.places.input.csv"), "what both name is kept once");
    let rows = |folder: &str, arm: Option<&str>| -> Vec<Vec<String>> {
        let mut table = csv::Reader::from_path(bench.path(folder).join("runs.csv")).unwrap();
        let rows = table.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
        // All but the number of the run.
        let rows = rows.filter(|row: &Vec<String>| arm.is_none_or(|arm| row[1] == arm));
        rows.map(|row: Vec<String>| row[1..].to_vec()).collect()
    };
    for arm in ["small", "other"] {
        let file = format!("both/{arm}.resolved.toml");
        went_well(&bench.run(&["run", &file, "--replicates", "2", "--out", arm, "--coarse"]));
        assert_eq!(rows(arm, None), rows("both", Some(arm)), "{arm}");
    }
    assert_ne!(rows("small", None)[0][4..], rows("other", None)[0][4..]);
}

#[test]
#[ignore = "long: many sweeps or comparisons"]
fn a_comparison_says_what_is_averted_for_each_billion_spent_more_and_when_it_cannot() {
    let bench = Bench::of_mali(DESIGN);
    let arm = |name: &str, policy: &str| {
        let head = format!("extends = \"small.toml\"\nname = \"{name}\"\n");
        bench.write(&format!("{name}.toml"), &(head + policy));
    };
    arm("dear", "policy.military_pressure = 0.9\n");
    arm("cheap", "policy.military_pressure = 0.0\n");
    arm("same", "");
    let compare = |more: &[&str]| {
        let arms = [
            "compare",
            "small.toml",
            "dear.toml",
            "cheap.toml",
            "same.toml",
            "--out",
            "c",
            "--coarse",
        ];
        let output = bench.run(&[&arms[..], &["--replicates", "5"], more].concat());
        went_well(&output);
        String::from_utf8(output.stdout).unwrap()
    };
    let text = compare(&[]);
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let parts: Vec<&str> = text.split(" against small").skip(1).collect();
    assert!(parts[0].contains("francs more (") && parts[0].contains("deaths averted"), "{text}");
    assert!(parts[0].contains("recruits averted"), "{text}");
    assert!(parts[1].contains("francs less (") && parts[1].contains("cannot be told"), "{text}");
    assert!(parts[2].contains("It may spend more or less (0 to 0 francs)"), "{text}");
    assert!(text.contains("other outcomes: --all shows them, comparison.csv has them"), "{text}");
    let all = compare(&["--all"]);
    assert!(all.lines().count() > text.lines().count() + 60, "{all}");
    assert!(all.lines().all(|line| line.chars().count() <= 80), "{all}");
    let told: serde_json::Value = serde_json::from_str(&compare(&["--json"])).unwrap();
    let rows = told["averted"].as_array().unwrap();
    assert_eq!(rows.len(), 6);
    let number = |row: usize, column: &str| rows[row][column].as_f64();
    let (averted, spent) = (number(0, "averted").unwrap(), number(0, "spent_more").unwrap());
    assert!((number(0, "per_billion").unwrap() - averted / spent).abs() < 1e-9);
    assert!(number(0, "low") <= number(0, "per_billion") && number(2, "per_billion").is_none());
    // Every outcome has its row, and the family of all of them judges which stand out.
    let comparison = told["comparison"].as_array().unwrap();
    assert_eq!(comparison.len(), 3 * toguna::model::outcomes::OUTCOMES.len());
}

#[test]
fn job_scripts_are_refused_what_no_scheduler_takes() {
    let bench = Bench::new(DESIGN);
    let refused = |more: &[&str], words: &str| {
        let output = bench.sweep("x", more);
        assert_eq!(code(&output), 2, "{more:?}");
        assert!(said(&output).contains(words), "{more:?}: {}", said(&output));
    };
    refused(&["--emit", "slurm", "--time-limit", "banana"], "such as 04:00:00");
    refused(&["--time-limit", "1:00:00"], "--time-limit is for a job script");
    refused(&["--shards", "3", "--dry-run"], "--shards is for a job script");
    refused(&["--emit", "slurm", "--shards", "13"], "the sweep has 12 runs");
    let script = bench.sweep("x", &["--emit", "slurm", "--replicates", "1"]);
    let script = String::from_utf8(script.stdout).unwrap();
    assert!(script.contains("--array=1-4\n") && script.contains("--time=04:00:00\n"), "{script}");
}

#[test]
fn a_sweep_and_a_merge_tell_their_manifest_as_json() {
    let bench = Bench::new(DESIGN);
    let json = |output: Output| -> serde_json::Value {
        went_well(&output);
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let sweep = json(bench.sweep("whole", &["--json"]));
    assert_eq!(
        (&sweep["inputs"]["experiment"], &sweep["inputs"]["replicates"]),
        (&"sweep".into(), &3.into())
    );
    assert_eq!(json(bench.sweep("whole", &["--json"])), sweep, "unchanged");
    let forecast = json(bench.sweep("dry", &["--dry-run", "--json"]));
    assert_eq!((&forecast["runs"], &forecast["weeks"]), (&12.into(), &13.into()));
    for part in ["1/2", "2/2"] {
        let told = json(bench.sweep("parts", &["--json", "--shard", part]));
        assert_eq!((&told["part"], &told["runs"]), (&part.into(), &6.into()));
    }
    let merge = json(bench.run(&["merge", "design.toml", "--out", "parts", "--json"]));
    assert_eq!(merge["fingerprint"], sweep["fingerprint"]);
    let early = bench.run(&["merge", "design.toml", "--out", "nothing", "--json"]);
    let told: serde_json::Value = serde_json::from_slice(&early.stdout).unwrap();
    assert_eq!((code(&early), &told["exit_code"]), (4, &4.into()));
    // Results of fewer replicates are no sweep that was cut short.
    let more = bench.run(&["merge", "design.toml", "--out", "whole", "--replicates", "5"]);
    let there = "whole has 3 runs of each point, 5 are asked for: `toguna sweep` makes the rest";
    assert!(code(&more) == 4 && said(&more).contains(there), "{}", said(&more));
}

#[test]
fn runs_that_were_made_are_not_thrown_away_by_asking_for_fewer() {
    let bench = Bench::new(DESIGN);
    went_well(&bench.sweep("whole", &[]));
    for part in ["1/2", "2/2"] {
        went_well(&bench.sweep("kept", &["--shard", part]));
    }
    let merge =
        |more: &[&str]| bench.run(&[&["merge", "design.toml", "--out", "kept"], more].concat());
    went_well(&merge(&["--replicates", "1"]));
    assert_eq!(column(&bench, "kept", "deaths").len(), 4);
    went_well(&merge(&[]));
    assert!(bench.files("kept") == bench.files("whole"));
    assert!(!bench.path("kept.partial").exists());
    // Once they are gone, only --force would replace the results, and there is nothing to replace them by.
    let fewer = merge(&["--replicates", "1"]);
    assert_eq!(code(&fewer), 1);
    assert!(said(&fewer).contains("replicates: 3 there, 1 asked for"), "{}", said(&fewer));
    assert_eq!(code(&merge(&["--replicates", "1", "--force"])), 4);
    assert!(bench.files("kept") == bench.files("whole"));
}

#[test]
fn what_force_may_not_replace_is_found_before_anything_is_thrown_away_or_run() {
    let bench = Bench::new(DESIGN);
    went_well(&bench.sweep("mine", &["--shard", "1/2"]));
    std::fs::create_dir(bench.path("mine")).unwrap();
    bench.write("mine/notes.txt", "mine");
    let journal = bench.path("mine.partial/runs-0001-of-0002.journal");
    let runs = std::fs::read(&journal).unwrap();
    let refused = bench.sweep("mine", &["--force"]);
    assert_eq!(code(&refused), 1);
    assert!(said(&refused).contains("mine holds what toguna did not write"), "{}", said(&refused));
    assert_eq!(std::fs::read(&journal).unwrap(), runs);
    assert_eq!(std::fs::read_dir(bench.path("mine.partial")).unwrap().count(), 4);
}

const FORKED: &str = r#"
kind = "grid"
replicates = 3
fork = "2020-02-10"
weekly = ["deaths", "fighters"]

[[axes]]
path = "policy.military_pressure"
values = [0.1, 0.5, 0.9]

[[axes]]
path = "mechanisms.coups"
values = [true, false]
"#;

/// Column of outcome `name` of runs.csv.
fn column(bench: &Bench, folder: &str, name: &str) -> Vec<String> {
    let mut table = csv::Reader::from_path(bench.path(folder).join("runs.csv")).unwrap();
    let place = table.headers().unwrap().iter().position(|column| column == name).unwrap();
    table.records().map(|record| record.unwrap()[place].to_owned()).collect()
}

#[test]
#[ignore = "long: many sweeps or comparisons"]
fn a_common_past_gives_what_each_run_alone_would_in_one_piece_in_parts_and_after_a_kill() {
    let bench = Bench::new(FORKED);
    went_well(&bench.sweep("whole", &[]));
    let whole = bench.files("whole");
    went_well(&bench.sweep("one-thread", &["-j", "1"]));
    assert!(bench.files("one-thread") == whole);
    for part in ["2/3", "3/3", "1/3"] {
        went_well(&bench.sweep("parts", &["--shard", part]));
    }
    went_well(&bench.run(&["merge", "design.toml", "--out", "parts"]));
    assert!(bench.files("parts") == whole);
    let mut child = bench.command(&["sweep", "design.toml", "--out", "killed"]).spawn().unwrap();
    let lines = || std::fs::read(bench.path(JOURNAL)).unwrap_or_default();
    while lines().iter().filter(|byte| **byte == b'\n').count() < 4
        && child.try_wait().unwrap().is_none()
    {
        std::thread::sleep(Duration::from_micros(500));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    went_well(&bench.sweep("killed", &[]));
    assert!(bench.files("killed") == whole);
    // A point is the scenario with an entry of that day in its timeline.
    bench.write(
        "later.toml",
        "extends = \"small.toml\"\nname = \"later\"\n\
         [[timeline]]\nat = \"2020-02-10\"\npolicy.military_pressure = 0.9\n",
    );
    went_well(&bench.run(&["run", "later.toml", "--replicates", "3", "--out", "later"]));
    for outcome in ["deaths", "fighters", "legitimacy"] {
        let points = column(&bench, "whole", outcome);
        let of_point: Vec<String> = points.iter().skip(4).step_by(6).cloned().collect();
        assert_eq!(of_point, column(&bench, "later", outcome), "{outcome}");
    }
    let fresh = bench.sweep("fresh", &["--random-numbers", "fresh"]);
    went_well(&fresh);
    assert_ne!(column(&bench, "fresh", "deaths"), column(&bench, "whole", "deaths"));
    let refused = bench.sweep("whole", &["--random-numbers", "fresh"]);
    assert_eq!(code(&refused), 1);
    assert!(
        said(&refused).contains("design: random_numbers: (absent) → \"fresh\""),
        "{}",
        said(&refused)
    );
    let dry = bench.sweep("dry", &["--dry-run"]);
    went_well(&dry);
    let text = String::from_utf8(dry.stdout).unwrap();
    let fork = "fork        2020-02-10: 5 weeks run once for each replicate, 32 % of all saved";
    assert!(text.contains(fork), "{text}");
}

#[test]
fn weeks_that_are_kept_are_summed_up_at_each_point() {
    let bench = Bench::new(FORKED);
    went_well(&bench.sweep("whole", &[]));
    let read = |name: &str| {
        let mut table = csv::Reader::from_path(bench.path("whole").join(name)).unwrap();
        table.records().map(Result::unwrap).collect::<Vec<_>>()
    };
    let (series, bands) = (read("series.csv"), read("bands.csv"));
    assert_eq!((series.len(), bands.len()), (6 * 3 * 13, 6 * 13 * 2));
    for band in &bands {
        let outcome = if &band[3] == "deaths" { 4 } else { 5 };
        let mut values: Vec<f64> = series
            .iter()
            .filter(|row| row[1] == band[0] && row[2] == band[1])
            .map(|row| row[outcome].parse().unwrap())
            .collect();
        values.sort_by(f64::total_cmp);
        assert_eq!((values.len(), &band[5]), (3, "3"));
        let mean: f64 = band[6].parse().unwrap();
        assert!((mean - values.iter().sum::<f64>() / 3.0).abs() <= 1e-9 * mean.abs());
        assert_eq!(band[8].parse::<f64>().unwrap(), values[1]);
    }
}

#[test]
#[ignore = "long: many sweeps or comparisons"]
fn more_replicates_of_a_finished_sweep_are_added_to_it() {
    for design in [DESIGN, DATES, FORKED] {
        let bench = Bench::new(design);
        let ends = |output: Output| assert!([0, 4].contains(&code(&output)), "{}", said(&output));
        ends(bench.sweep("alone", &["--replicates", "5"]));
        ends(bench.sweep("grown", &["--replicates", "2"]));
        ends(bench.sweep("grown", &["--replicates", "3"]));
        let dry = bench.sweep("grown", &["--replicates", "5", "--dry-run"]);
        assert!(String::from_utf8(dry.stdout).unwrap().contains("runs already"));
        for part in ["2/2", "1/2"] {
            went_well(&bench.sweep("grown", &["--replicates", "5", "--shard", part]));
        }
        ends(bench.run(&["merge", "design.toml", "--out", "grown", "--replicates", "5"]));
        assert!(bench.files("grown") == bench.files("alone"), "{design}");
        let fewer = bench.sweep("grown", &["--replicates", "4"]);
        assert_eq!(code(&fewer), 1);
        assert!(said(&fewer).contains("replicates: 5 there, 4 asked for"), "{}", said(&fewer));
    }
    // Results that somebody has touched are not built on.
    let bench = Bench::new(DESIGN);
    went_well(&bench.sweep("touched", &[]));
    let runs = std::fs::read_to_string(bench.path("touched/runs.csv")).unwrap();
    bench.write("touched/runs.csv", &runs.replacen('1', "2", 1));
    let refused = bench.sweep("touched", &["--replicates", "9"]);
    assert_eq!(code(&refused), 1);
    assert!(said(&refused).contains("runs.csv has been altered"), "{}", said(&refused));
    assert!(!bench.path("touched.partial").exists());
}

#[test]
fn eval_gives_a_row_for_a_row_and_the_same_as_a_sweep() {
    let bench = Bench::new("kind = \"points\"\ntable = \"points.csv\"\nreplicates = 1\n");
    bench.write("points.csv", "policy.restraint,mechanisms.operations\n0.2,\n0.9,false\n,true\n");
    let arguments =
        ["eval", "small.toml", "--design", "points.csv", "--outcome", "recruits,deaths"];
    let output = bench.run(&arguments);
    went_well(&output);
    let text = String::from_utf8(output.stdout).unwrap();
    let rows: Vec<&str> = text.lines().collect();
    assert_eq!(rows[0], "policy.restraint,mechanisms.operations,status,recruits,deaths");
    assert_eq!(rows.len(), 4);
    assert!(rows[1].starts_with("0.2,,ok,") && rows[3].starts_with(",true,ok,"));
    went_well(&bench.sweep("swept", &[]));
    let mut swept = csv::Reader::from_path(bench.path("swept/runs.csv")).unwrap();
    let header = swept.headers().unwrap().clone();
    let recruits = header.iter().position(|name| name == "recruits").unwrap();
    for (record, row) in swept.records().zip(&rows[1..]) {
        assert_eq!(&record.unwrap()[recruits], row.split(',').nth(3).unwrap());
    }
    bench.write("points.csv", "policy.restrain\n0.2\n");
    let wrong = bench.run(&arguments);
    assert_eq!(code(&wrong), 3);
    assert!(said(&wrong).contains("did you mean `restraint`?"), "{}", said(&wrong));
}

#[test]
fn a_row_that_cannot_be_run_is_told_in_its_row_wherever_it_stands() {
    let bench = Bench::new(DESIGN);
    let eval = |rows: &str| {
        bench.write("points.csv", rows);
        let arguments = ["eval", "small.toml", "--design", "points.csv", "--outcome", "deaths"];
        let output = bench.run(&arguments);
        let text = String::from_utf8(output.stdout.clone()).unwrap();
        let statuses: Vec<String> = text
            .lines()
            .skip(1)
            .map(|row| row.split([',', ';']).nth(1).unwrap().to_owned())
            .collect();
        (code(&output), said(&output), statuses)
    };
    let short = "failed: the scenario ends before its first week is over";
    let (ended, _, first) = eval("time.end\n2019-01-01\n2020-02-23\n");
    assert_eq!((ended, first), (4, vec![short.to_owned(), "ok".to_owned()]));
    let (ended, told, last) = eval("time.end\n2020-02-23\n2019-01-01\n");
    assert_eq!((ended, last), (4, vec!["ok".to_owned(), short.to_owned()]));
    assert!(told.contains("1 of 2 rows failed"), "{told}");
    assert_eq!(eval("time.end\n2019-01-01\n").0, 4);
    assert_eq!(eval("time.end\n2019-01-01\n").2, [short]);
    // A value that its key does not take is its row's as well; a key that there is not, the table's.
    let (ended, told, wrong) = eval("policy.restraint\n1.5\n0.5\nnan\n");
    assert_eq!(ended, 4, "{told}");
    assert_eq!(wrong[0], "failed: `policy.restraint` must lie between 0 and 1");
    assert_eq!(wrong[1..], ["ok", "failed: `policy.restraint` takes a finite number"]);
    let (ended, _, none) = eval("policy.restrain\n0.5\n");
    assert_eq!((ended, none), (3, vec![]));
    // 10.0 is a whole number.
    assert_eq!(eval("people.people_per_agent\n10.0\n").2, ["ok"]);
}

#[test]
fn a_point_that_cannot_be_run_fails_alone_wherever_it_stands() {
    for rows in ["2019-01-01\n2020-02-23\n", "2020-02-23\n2019-01-01\n"] {
        let bench = Bench::new("kind = \"points\"\ntable = \"points.csv\"\nreplicates = 1\n");
        bench.write("points.csv", &format!("time.end\n{rows}"));
        let forecast = bench.sweep("dry", &["--dry-run"]);
        went_well(&forecast);
        let output = bench.sweep("swept", &[]);
        assert_eq!(code(&output), 4, "{}", said(&output));
        let runs = String::from_utf8(bench.files("swept")["runs.csv"].clone()).unwrap();
        let counted = |status: &str| runs.matches(status).count();
        assert_eq!((counted(",failed,"), counted(",ok,")), (1, 1), "{runs}");
    }
}

#[test]
#[ignore = "long: many sweeps or comparisons"]
fn a_sensitivity_design_ranks_its_axes_and_a_grid_does_not() {
    let bench = Bench::of_mali(
        "kind = \"morris\"\ntrajectories = 3\nreplicates = 2\n\
         [[axes]]\npath = \"rules.violence.scale\"\nlow = 0.5\nhigh = 3.0\n\
         [[axes]]\npath = \"rules.services.residents_per_school\"\nlow = 1000.0\nhigh = 2000.0\n",
    );
    let arguments = ["sensitivity", "design.toml", "--out", "s", "--outcome", "deaths,recruits"];
    let output = bench.run(&arguments);
    went_well(&output);
    let text = String::from_utf8(output.stdout).unwrap();
    let rank = |axis: &str| text.find(axis).unwrap_or_else(|| panic!("{axis} in {text}"));
    assert!(rank("rules.violence.scale") < rank("rules.services.residents_per_school"));
    assert!(text.contains("What moves deaths") && text.contains("What moves recruits"), "{text}");
    assert!(bench.files("s").contains_key("sensitivity.csv"));
    // Again: nothing is run, the same is shown.
    assert_eq!(bench.run(&arguments).stdout, text.as_bytes());
    let grid = Bench::new(DESIGN);
    let refused = grid.run(&["sensitivity", "design.toml"]);
    assert_eq!(code(&refused), 3);
    assert!(said(&refused).contains("a design of kind \"grid\" gives no sensitivities"));
}

#[test]
fn a_dry_run_counts_and_leaves_nothing() {
    let bench = Bench::new(DESIGN);
    let output = bench.sweep("dry", &["--dry-run"]);
    went_well(&output);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("runs        12, of 13 weeks"), "{text}");
    assert!(!bench.path("dry").exists() && !bench.path("dry.partial").exists());
}

#[test]
fn a_comparison_is_the_same_on_one_thread_and_on_two_and_shares_its_past() {
    let bench = Bench::new(DESIGN);
    bench.write(
        "later.toml",
        "extends = \"small.toml\"\nname = \"later\"\n\
         [[timeline]]\nat = \"2020-02-10\"\npolicy.military_pressure = 0.05\n",
    );
    let compare = |out: &str, threads: &str| {
        let output = bench.run(&[
            "compare",
            "small.toml",
            "later.toml",
            "--seeds",
            "4",
            "--out",
            out,
            "-j",
            threads,
        ]);
        went_well(&output);
        String::from_utf8(output.stdout).unwrap()
    };
    let text = compare("one", "1");
    assert_eq!(text, compare("two", "2"));
    assert!(bench.files("one") == bench.files("two"));
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let partings = std::fs::read_to_string(bench.path("one").join("partings.csv")).unwrap();
    assert!(partings.lines().nth(1).unwrap().starts_with("small,later,2020-02-10,"), "{partings}");
    // With a past of its own each arm ends the same as when the past is shared.
    went_well(&bench.run(&["run", "later.toml", "--replicates", "4", "--out", "apart"]));
    let column = |folder: &str, scenario: Option<&str>| -> Vec<String> {
        let mut reader = csv::Reader::from_path(bench.path(folder).join("runs.csv")).unwrap();
        let header = reader.headers().unwrap().clone();
        let at = |name: &str| header.iter().position(|column| column == name);
        let (deaths, arm) = (at("deaths").unwrap(), at("scenario"));
        let rows = reader.records().map(Result::unwrap);
        rows.filter(|row| scenario.is_none_or(|name| &row[arm.unwrap()] == name))
            .map(|row| row[deaths].to_owned())
            .collect()
    };
    assert_eq!(column("one", Some("later")), column("apart", None));
    // Random numbers may part where the scenarios do; the same folder does not hold both.
    let fresh = [
        "compare",
        "small.toml",
        "later.toml",
        "--seeds",
        "4",
        "--random-numbers",
        "fresh",
        "--out",
    ];
    went_well(&bench.run(&[&fresh[..], &["fresh"]].concat()));
    for arm in ["small", "later"] {
        assert_ne!(column("fresh", Some(arm)), column("one", Some(arm)));
    }
    let refused = bench.run(&[&fresh[..], &["one"]].concat());
    assert_eq!(code(&refused), 1);
    assert!(
        said(&refused).contains("outputs: none there, fresh random numbers asked for"),
        "{}",
        said(&refused)
    );
}
