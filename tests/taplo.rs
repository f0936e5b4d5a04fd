//! Editors check scenarios by the committed schema as taplo does: every shipped scenario is accepted, and
//! every unknown key refused. Without taplo and npm it says that it skipped.
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn home() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// taplo from the path, else from `target/tools`, where npm puts it if it can.
fn taplo() -> Option<PathBuf> {
    // Some versions print their number and end with 1.
    let works = |path: &Path| {
        let version = Command::new(path).arg("--version").output();
        version.is_ok_and(|it| it.stdout.starts_with(b"taplo"))
    };
    let tools = home().join("target/tools");
    let local = tools.join("node_modules/.bin/taplo");
    let named = [PathBuf::from("taplo"), local.clone()];
    if let Some(found) = named.iter().find(|path| works(path)) {
        return Some(found.clone());
    }
    fs::create_dir_all(&tools).ok()?;
    let mut npm = Command::new("npm");
    npm.args(["install", "--silent", "--no-audit", "--no-fund", "--prefix"]).arg(&tools);
    npm.arg("@taplo/cli@0.7.0").output().ok()?;
    works(&local).then_some(local)
}

fn lint(taplo: &Path, schema: &str, files: &[PathBuf]) -> Output {
    let schema = format!("file://{}", home().join("scenarios/schema").join(schema).display());
    let mut command = Command::new(taplo);
    command.args(["lint", "--no-auto-config", "--schema", &schema]).args(files);
    command.current_dir(home()).output().unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn tomls(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(tomls(&path));
        } else if path.extension().is_some_and(|it| it == "toml") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Scenarios only: designs of experiments are written in another language.
fn shipped() -> Vec<PathBuf> {
    let all = tomls(&home().join("scenarios")).into_iter();
    all.filter(|path| fs::read_to_string(path).unwrap().starts_with("#:schema")).collect()
}

#[test]
fn every_shipped_scenario_names_the_schema_that_editors_find() {
    let shipped = shipped();
    assert!(shipped.len() >= 3);
    for path in shipped {
        let text = fs::read_to_string(&path).unwrap();
        let named = text.lines().next().unwrap().strip_prefix("#:schema ").unwrap().trim();
        let schema = path.parent().unwrap().join(named);
        assert!(schema.exists(), "{} names {named}, which is not there", path.display());
    }
}

#[test]
#[ignore = "long: another program reads every scenario"]
fn taplo_accepts_every_shipped_scenario_and_refuses_every_unknown_key() {
    let Some(taplo) = taplo() else {
        // Past the test harness, which would swallow it.
        let _ = writeln!(std::io::stderr(), "skipped: neither taplo nor npm is at hand");
        return;
    };
    let good = home().join("tests/bad_scenarios/good.toml");
    let accepted = [shipped(), vec![good.clone()]].concat();
    for (schema, files) in [("overlay.json", &accepted[..]), ("full.json", &[good])] {
        let verdict = lint(&taplo, schema, files);
        assert!(verdict.status.success(), "{schema}: {}", told(&verdict));
    }
    let bare = home().join("tests/bad_scenarios/missing-keys.toml");
    assert!(
        !lint(&taplo, "full.json", &[bare]).status.success(),
        "a whole scenario needs its keys"
    );

    let has_a_bad_key = |path: &PathBuf| {
        let message = fs::read_to_string(path.with_extension("stderr")).unwrap_or_default();
        let in_the_file = format!("--> {}:", path.file_name().unwrap().display());
        message.contains("error: unknown key") && message.contains(&in_the_file)
    };
    let bad = tomls(&home().join("tests/bad_scenarios")).into_iter().filter(has_a_bad_key);
    let bad: Vec<PathBuf> = bad.collect();
    assert!(bad.len() >= 5, "{} bad keys", bad.len());
    let verdict = lint(&taplo, "overlay.json", &bad);
    assert!(!verdict.status.success());
    let told = told(&verdict);
    for path in &bad {
        let refused = |line: &str| {
            line.contains("invalid file") && line.contains(&format!("path=\"{}\"", path.display()))
        };
        assert!(told.lines().any(refused), "{} was taken for valid", path.display());
    }
    println!("taplo: {} scenarios accepted, {} bad keys refused", accepted.len(), bad.len());
}
