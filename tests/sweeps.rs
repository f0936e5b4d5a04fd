//! Sweeps from the outside: killed at any moment, in parts, refused when something has changed, and
//! the same bytes whatever happened on the way.

use std::collections::BTreeMap;
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

/// A design over a country of a few thousand simulated people and a quarter of a year.
struct Bench {
    folder: tempfile::TempDir,
}

impl Bench {
    fn new(design: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mali = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/mali/status-quo.toml");
        let scenario = format!(
            "extends = {:?}\nname = \"small\"\n[people]\npeople_per_agent = 2000\n\
             [time]\nend = \"2024-03-31\"\n",
            mali.to_str().unwrap()
        );
        std::fs::write(folder.path().join("small.toml"), scenario).unwrap();
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
fn a_sweep_killed_at_twenty_moments_ends_in_the_same_bytes_as_one_left_alone() {
    let bench = Bench::new(DESIGN);
    went_well(&bench.sweep("alone", &[]));
    let alone = bench.files("alone");
    assert!(alone.contains_key("runs.csv"));
    let mut resumed = 0;
    for moment in 0..20_usize {
        let mut child =
            bench.command(&["sweep", "design.toml", "--out", "killed"]).spawn().unwrap();
        // After some runs have been written, and a few milliseconds into whatever comes next.
        let written = || std::fs::read(bench.path(JOURNAL)).unwrap_or_default();
        let lines = |bytes: Vec<u8>| bytes.iter().filter(|byte| **byte == b'\n').count();
        while lines(written()) < moment % 12 && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_micros(500));
        }
        std::thread::sleep(Duration::from_millis(moment as u64 * 7 % 31));
        child.kill().unwrap();
        child.wait().unwrap();
        resumed += u32::from(bench.path("killed.partial").exists());
        went_well(&bench.sweep("killed", &[]));
        assert!(bench.files("killed") == alone, "killed at moment {moment}");
        assert!(!bench.path("killed.partial").exists());
        std::fs::remove_dir_all(bench.path("killed")).unwrap();
    }
    assert!(resumed >= 10, "only {resumed} of 20 kills found runs under way");
}

#[cfg(unix)]
#[test]
fn told_to_stop_a_sweep_stops_with_code_75_and_goes_on_from_there() {
    let bench = Bench::new(&DESIGN.replace("replicates = 3", "replicates = 40"));
    let child = bench.command(&["sweep", "design.toml", "--out", "stopped"]);
    let mut child = { child }.stderr(Stdio::piped()).spawn().unwrap();
    while !bench.path("stopped.partial/runs-0001-of-0001.journal").exists() {
        std::thread::sleep(Duration::from_millis(5));
    }
    std::thread::sleep(Duration::from_millis(300));
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
    let other = bench.sweep("same", &["--shard", "2/2", "--set", "state.legitimacy=0.2"]);
    assert_eq!(code(&other), 1);
    assert!(said(&other).contains("scenario: state.legitimacy: 0.65 → 0.2"), "{}", said(&other));
    // A comment changes nothing; more replicates go on from the runs that are there.
    bench.write("design.toml", &format!("# a note\n{design}"));
    went_well(&bench.sweep("same", &["--shard", "1/1", "--replicates", "1"]));
    went_well(&bench.sweep("same", &[]));
    went_well(&bench.sweep("afresh", &[]));
    assert!(bench.files("same") == bench.files("afresh"));
    // So is a change after the results are whole.
    let changed = bench.sweep("same", &["--set", "state.legitimacy=0.2"]);
    assert_eq!(code(&changed), 1);
    assert!(
        said(&changed).contains("scenario: state.legitimacy: 0.65 → 0.2"),
        "{}",
        said(&changed)
    );
}

const DATES: &str = r#"
kind = "grid"
replicates = 2
[[axes]]
path = "time.start"
values = ["2024-01-01", "2024-02-26"]
[[axes]]
path = "time.end"
values = ["2024-01-31", "2024-03-31"]
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

#[test]
fn bad_designs_are_refused_with_exit_code_3_and_words_that_help() {
    let axis = |body: &str| format!("kind = \"grid\"\n[[axes]]\n{body}\n");
    let cases = [
        (axis("path = \"policy.restrain\"\nvalues = [0.5]"), "did you mean `restraint`?"),
        (
            axis("path = \"policy.restraint\"\nvalues = []"),
            "`values` of axis `policy.restraint` is empty",
        ),
        (
            axis("path = \"policy.restraint\"\nvalues = [\"much\"]"),
            "design.toml, line 3: the axis `policy.restraint` does not fit the scenario",
        ),
        (axis("path = \"policy.restraint\"\nvalues = [0.5, 1.5]"), "1.5"),
        (
            axis("path = \"policy.restraint\"\nlow = 1\nhigh = 0\nsteps = 2"),
            "the range of axis `policy.restraint` is empty",
        ),
        (
            axis(
                "path = \"policy.restraint\"\nvalues = [0.5]\n[[axes]]\npath = \"policy.restraint\"\nvalues = [1]",
            ),
            "stands here a second time; the first is on line 3",
        ),
        (
            format!("maximum_points = 1\n{}", axis("path = \"policy.restraint\"\nvalues = [0, 1]")),
            "this design has 2 points, more than 1",
        ),
        (
            "kind = \"points\"\ntable = \"points.csv\"\n[[axes]]\npath = \"policy.restraint\"\n"
                .to_owned(),
            "points.csv: no column `policy.restraint`, which is an axis of the design",
        ),
        (
            "kind = \"points\"\ntable = \"nowhere.csv\"\n".to_owned(),
            "there is no table file `nowhere.csv`",
        ),
        (axis("path = \"tables\"\nvalues = [1]"), "does not fit the scenario"),
        (
            format!("fork = \"2024-02-05\"\n{}", axis("path = \"people.adults\"\nvalues = [0.4]")),
            "design.toml, line 4: the axis `people.adults` cannot vary from the fork on\n  \
             people.adults: 0.53 there, 0.4 asked for",
        ),
        (
            format!(
                "fork = \"2024-02-05\"\n{}",
                axis("path = \"time.end\"\nvalues = [\"2024-01-20\"]")
            ),
            "time.end: 2024-01-20 comes before 2024-02-05, when that past ends",
        ),
        (
            format!("fork = \"2024-01-01\"\n{}", axis("path = \"policy.restraint\"\nvalues = [0]")),
            "`fork` is 2024-01-01; the scenario can fork from 2024-01-08 to 2024-03-25",
        ),
        (
            format!("luck = \"fresh\"\n{}", axis("path = \"policy.restraint\"\nvalues = [0]")),
            "line 2, column 8: `luck` is that after a fork: add `fork`",
        ),
        (
            format!("weekly = [\"death\"]\n{}", axis("path = \"policy.restraint\"\nvalues = [0]")),
            "`weekly`: there is no outcome \"death\"; did you mean \"deaths\"?",
        ),
    ];
    for (design, words) in cases {
        let bench = Bench::new(&design);
        bench.write("points.csv", "policy.military_pressure\n0.5\n");
        let output = bench.sweep("bad", &[]);
        assert_eq!(code(&output), 3, "of {design}: {}", said(&output));
        assert!(said(&output).contains(words), "of {design}: {}", said(&output));
        assert!(!bench.path("bad").exists() && !bench.path("bad.partial").exists());
    }
}

const FORKED: &str = r#"
kind = "grid"
replicates = 3
fork = "2024-02-05"
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
         [[timeline]]\nat = \"2024-02-05\"\npolicy.military_pressure = 0.9\n",
    );
    went_well(&bench.run(&["run", "later.toml", "--replicates", "3", "--out", "later"]));
    for outcome in ["deaths", "fighters", "legitimacy"] {
        let points = column(&bench, "whole", outcome);
        let of_point: Vec<String> = points.iter().skip(4).step_by(6).cloned().collect();
        assert_eq!(of_point, column(&bench, "later", outcome), "{outcome}");
    }
    let fresh = bench.sweep("fresh", &["--luck", "fresh"]);
    went_well(&fresh);
    assert_ne!(column(&bench, "fresh", "deaths"), column(&bench, "whole", "deaths"));
    let refused = bench.sweep("whole", &["--luck", "fresh"]);
    assert_eq!(code(&refused), 1);
    assert!(said(&refused).contains("design: luck: (absent) → \"fresh\""), "{}", said(&refused));
    let dry = bench.sweep("dry", &["--dry-run"]);
    went_well(&dry);
    let text = String::from_utf8(dry.stdout).unwrap();
    let fork = "fork        2024-02-05: 5 weeks lived once for each replicate, 32 % of all saved";
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
fn a_sensitivity_design_ranks_its_axes_and_a_grid_does_not() {
    let bench = Bench::new(
        "kind = \"morris\"\ntrajectories = 3\nreplicates = 2\n\
         [[axes]]\npath = \"rules.violence.scale\"\nlow = 0.5\nhigh = 3.0\n\
         [[axes]]\npath = \"rules.services.residents_per_school\"\nlow = 1000.0\nhigh = 2000.0\n",
    );
    let arguments = ["sensitivity", "design.toml", "--out", "s", "--outcome", "deaths"];
    let output = bench.run(&arguments);
    went_well(&output);
    let text = String::from_utf8(output.stdout).unwrap();
    let rank = |axis: &str| text.find(axis).unwrap_or_else(|| panic!("{axis} in {text}"));
    assert!(rank("rules.violence.scale") < rank("rules.services.residents_per_school"));
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
         [[timeline]]\nat = \"2024-02-05\"\npolicy.military_pressure = 0.05\n",
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
    // Luck may part where the scenarios do; the same folder does not hold both.
    let fresh = ["compare", "small.toml", "later.toml", "--seeds", "4", "--luck", "fresh", "--out"];
    went_well(&bench.run(&[&fresh[..], &["fresh"]].concat()));
    for arm in ["small", "later"] {
        assert_ne!(column("fresh", Some(arm)), column("one", Some(arm)));
    }
    let refused = bench.run(&[&fresh[..], &["one"]].concat());
    assert_eq!(code(&refused), 1);
    assert!(
        said(&refused).contains("outputs: none there, fresh luck asked for"),
        "{}",
        said(&refused)
    );
}
