//! `toguna compare … --ensemble` through the program itself.
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Two policies in a small valley, and six worlds: violence rises from the first to the last.
fn prepared(folder: &Path) {
    let good = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad_scenarios/good.toml");
    let policy = |restraint: f64, name: &str| {
        let text =
            format!("extends = {good:?}\nname = {name:?}\n[policy]\nrestraint = {restraint}\n");
        fs::write(folder.join(format!("{name}.toml")), text).unwrap();
    };
    policy(0.2, "harsh");
    policy(0.9, "mild");
    let mut text = "member,point,weight,score,met,rules.violence.scale\n".to_owned();
    for (member, scale) in [4, 8, 12, 16, 20, 24].iter().enumerate() {
        text +=
            &format!("{member},{member},{},1.0,3,{scale}.0\n", if member == 0 { 0.5 } else { 0.1 });
    }
    fs::write(folder.join("ensemble.csv"), text).unwrap();
}

fn compare(folder: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_toguna"));
    let fixed =
        ["compare", "harsh.toml", "mild.toml", "--ensemble", "ensemble.csv", "--out", "found"];
    command.args(fixed).args(more).current_dir(folder).env("NO_COLOR", "1");
    command
}

fn done(folder: &Path, more: &[&str]) -> Output {
    let output = compare(folder, more).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder.join("found")).unwrap().map(Result::unwrap);
    let named = entries.map(|entry| (entry.file_name().into_string().unwrap(), entry.path()));
    let others = named.filter(|(name, _)| name != "manifest.json");
    others.map(|(name, path)| (name, fs::read(path).unwrap())).collect()
}

#[test]
fn policies_are_judged_in_every_world_of_an_ensemble() {
    let parent = tempfile::tempdir().unwrap();
    prepared(parent.path());
    let shown = done(parent.path(), &["--seeds-per-world", "2"]);
    let text = String::from_utf8(shown.stdout).unwrap();
    assert!(text.contains("6 worlds, 2 runs of each in each") && text.contains("Regret"), "{text}");
    assert!(text.contains("mild against harsh"), "{text}");
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    done(parent.path(), &["--seeds-per-world", "2", "--report"]);
    let page = fs::read_to_string(parent.path().join("found/report.html")).unwrap();
    let said = [
        "in plausible worlds: better with",
        "Over plausible worlds",
        "How much worse than",
        "ignorance",
    ];
    for said in said {
        assert!(page.contains(said), "{said} is not on the page");
    }
    for figure in ["worlds", "regret"] {
        let plot = Command::new(env!("CARGO_BIN_EXE_toguna"))
            .args(["plot", "found", "--figure", figure])
            .current_dir(parent.path())
            .output()
            .unwrap();
        assert!(plot.status.success() && plot.stdout.starts_with(b"<svg"), "{figure}");
    }
    let json = done(parent.path(), &["--seeds-per-world", "2", "--json"]);
    let value: Value = serde_json::from_slice(&json.stdout).unwrap();
    let of = |table: &str, key: &str, name: &str| {
        let rows = value[table].as_array().unwrap();
        let row =
            rows.iter().find(|it| it[key] == name && it["outcome"] == "civilians_killed_by_state");
        row.unwrap_or_else(|| panic!("{table}: {name}")).clone()
    };
    let row = of("over_worlds", "other", "mild");
    assert_eq!((row["worlds"].as_u64(), row["runs"].as_u64()), (Some(6), Some(12)));
    assert!(row["helps"].as_f64().unwrap() > 0.5 && row["median"].as_f64().unwrap() < 0.0, "{row}");
    assert!(row["ignorance"].as_f64().unwrap() > 0.0, "{row}");
    let (mild, harsh) = (of("regret", "policy", "mild"), of("regret", "policy", "harsh"));
    assert!(mild["mean"].as_f64().unwrap() < harsh["mean"].as_f64().unwrap(), "{mild} {harsh}");

    // A run has the parameters of its world, and luck that both policies share.
    let runs = fs::read_to_string(parent.path().join("found/runs.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(runs.as_bytes());
    let header = reader.headers().unwrap().clone();
    let place = |name: &str| header.iter().position(|it| it == name).unwrap();
    let [scenario, member, replicate, deaths] =
        ["scenario", "member", "replicate", "deaths"].map(place);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 24);
    let last = rows.iter().find(|row| &row[member] == "5" && &row[scenario] == "mild").unwrap();
    let mut run = Command::new(env!("CARGO_BIN_EXE_toguna"));
    let world =
        ["--set", "rules.violence.scale=24.0", "--replicates", "6", "--out", "alone", "--quiet"];
    let run =
        run.args(["run", "mild.toml"]).args(world).current_dir(parent.path()).output().unwrap();
    assert!(run.status.success());
    let alone = fs::read_to_string(parent.path().join("alone/runs.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(alone.as_bytes());
    let place = reader.headers().unwrap().iter().position(|it| it == "deaths").unwrap();
    let sixth = reader.records().nth(5).unwrap().unwrap();
    assert_eq!((&last[replicate], &last[deaths]), ("5", &sixth[place]));
}

#[test]
fn killed_and_resumed_a_comparison_over_worlds_leaves_the_same_bytes() {
    let parent = tempfile::tempdir().unwrap();
    let [alone, killed] = ["alone", "killed"].map(|name| parent.path().join(name));
    for folder in [&alone, &killed] {
        fs::create_dir(folder).unwrap();
        prepared(folder);
    }
    done(&alone, &[]);
    let journal = killed.join("found.partial/runs-0001-of-0001.journal");
    let bytes = || fs::metadata(&journal).map_or(0, |it| it.len());
    for _ in 0..3 {
        let mut endless = compare(&killed, &["-j", "1"]);
        let mut child = endless.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let (before, begun) = (bytes(), Instant::now());
        while bytes() <= before {
            assert!(child.try_wait().unwrap().is_none(), "it ended by itself");
            assert!(begun.elapsed() < Duration::from_secs(120), "it made no run");
            sleep(Duration::from_millis(5));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(!killed.join("found").exists());
    }
    done(&killed, &["-j", "2"]);
    assert!(files(&killed) == files(&alone), "other bytes after three kills");
    assert!(!killed.join("found.partial").exists());
}

#[test]
fn what_is_no_ensemble_is_refused_with_what_would_do() {
    let parent = tempfile::tempdir().unwrap();
    prepared(parent.path());
    let refused = |text: &str| {
        fs::write(parent.path().join("ensemble.csv"), text).unwrap();
        let output = compare(parent.path(), &[]).output().unwrap();
        assert_eq!(output.status.code(), Some(3));
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(refused("rules.violence.scale\n1.0\n").contains("has no column \"weight\""));
    assert!(refused("weight,rules.violence.scale\n-1,1.0\n").contains("a number, 0 or more"));
    let unknown = refused("weight,rules.violence.scales\n1,1.0\n");
    assert!(unknown.contains("scales"), "{unknown}");
}
