//! The folders we write are valid by Frictionless' own validator (`pip install frictionless`), for
//! every kind of column, awkward text, keys and links between tables.
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::{Command, Output};
use toguna::output::{
    About, Column, Columns, Content, Inputs, Licence, Link, Opening, Particulars, RunFolder,
    Source, Table,
};
use toguna::units::Date;

struct Run {
    run: u32,
    seed: u64,
}

struct Event {
    run: u32,
    date: Date,
    place: String,
    deaths: Option<f64>,
    is_reprisal: bool,
}

const RUNS: Table<Run> = Table {
    name: "runs.csv",
    title: "Runs",
    what: "One row for every run",
    columns: Columns::Declared(&[
        Column::integer("run", "", "Number of the run, from 0", |row| row.run.into()),
        Column::integer("seed", "", "Seed of every draw of the run", |row| row.seed.into()),
    ]),
    key: &["run"],
    links: &[],
};

const EVENTS: Table<Event> = Table {
    name: "events.csv",
    title: "Events",
    what: "One row for every attack",
    columns: Columns::Declared(&[
        Column::integer("run", "", "Number of the run", |row| row.run.into()),
        Column::date("date", "First day of the week", |row| row.date.into()),
        Column::text("place", "Name of the place", |row| row.place.as_str().into()),
        Column::number("deaths", "persons", "Civilians killed", |row| row.deaths.into()),
        Column::boolean("is_reprisal", "Whether it answers another", |row| row.is_reprisal.into()),
    ]),
    key: &["run", "date", "place"],
    links: &[Link { columns: &["run"], table: "runs.csv", to: &["run"] }],
};

fn write_folder(path: &Path) {
    let scenario = Content::of("status_quo", b"seed = 1\n");
    let opening = RunFolder::open(path, Inputs::of("run", vec![scenario], 1, 2), false);
    let Ok(Opening::New(mut folder)) = opening else { panic!("nothing is there yet") };
    let mut runs = folder.table(&RUNS).unwrap();
    let mut events = folder.table(&EVENTS).unwrap();
    let awkward = [1e-300, 1.5e300, 0.1 + 0.2, -0.0, f64::NAN, f64::INFINITY, 1e21, 12.0];
    for run in 0..2 {
        runs.append(&Run { run, seed: u64::MAX - u64::from(run) }).unwrap();
        for (week, deaths) in (0..).zip(awkward) {
            let event = Event {
                run,
                date: Date::new(2012, 1, 1).unwrap().plus_weeks(week),
                place: "Koro, \"the dry\"\nand Bankass; é".into(),
                deaths: (week != 3).then_some(deaths),
                is_reprisal: week % 2 == 0,
            };
            events.append(&event).unwrap();
        }
    }
    folder.keep(runs).unwrap();
    folder.keep(events).unwrap();
    let about = About {
        name: "Status quo, two runs".into(),
        title: "Status quo".into(),
        description: "Nothing changes.".into(),
        licences: vec![Licence {
            name: "CC-BY-4.0".into(),
            title: "Creative Commons Attribution 4.0".into(),
            address: "https://creativecommons.org/licenses/by/4.0/".into(),
        }],
        sources: vec![Source { title: "ACLED".into(), address: "https://acleddata.com/".into() }],
    };
    let (command, seed_rule) = (vec!["toguna".into()], "as it comes".into());
    folder
        .finish(Particulars { commit: "unknown".into(), command, seed_rule, threads: 1, about })
        .unwrap();
}

/// The validator's verdict; none when it is installed neither for all nor in `target/tools`.
fn validate(folder: &Path) -> Option<Output> {
    let local =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/frictionless/bin/frictionless");
    for program in [Path::new("frictionless"), &local] {
        let mut validator = Command::new(program);
        match validator.args(["validate", "datapackage.json"]).current_dir(folder).output() {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            verdict => return Some(verdict.unwrap()),
        }
    }
    // Past the test harness, which would swallow it.
    let _ = writeln!(std::io::stderr(), "skipped: frictionless not installed");
    None
}

#[test]
fn a_folder_of_results_is_a_valid_data_package_and_a_damaged_one_is_not() {
    let parent = tempfile::tempdir().unwrap();
    let path = parent.path().join("status_quo");
    write_folder(&path);
    let Some(verdict) = validate(&path) else { return };
    let told = String::from_utf8_lossy(&verdict.stdout);
    assert!(verdict.status.success(), "{told}{}", String::from_utf8_lossy(&verdict.stderr));
    assert!(told.contains("runs") && told.contains("events"), "both tables are read: {told}");

    let events = path.join("events.csv");
    let harmed = fs::read_to_string(&events).unwrap().replace("2012-01-08", "2012-13-08");
    fs::write(&events, harmed).unwrap();
    let verdict = validate(&path).unwrap();
    assert!(!verdict.status.success(), "a month 13 was taken for valid");
}

#[test]
fn what_a_run_leaves_is_a_valid_data_package_with_every_table_in_it() {
    let parent = tempfile::tempdir().unwrap();
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad_scenarios/good.toml");
    let run = Command::new(env!("CARGO_BIN_EXE_toguna"))
        .arg("run")
        .arg(scenario)
        .args(["--replicates", "3", "--out", "good"])
        .args(["--tables", "all"])
        .current_dir(parent.path())
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let Some(verdict) = validate(&parent.path().join("good")) else { return };
    let told = String::from_utf8_lossy(&verdict.stdout);
    assert!(verdict.status.success(), "{told}{}", String::from_utf8_lossy(&verdict.stderr));
    for table in ["runs", "series", "groups", "places", "events", "recruits", "leavers"] {
        assert!(told.contains(table), "{table}: {told}");
        let rows = fs::read_to_string(parent.path().join(format!("good/{table}.csv"))).unwrap();
        assert!(rows.lines().count() > 1, "{table}.csv holds no row");
    }
    // Of half a year's pacts, talks and turns of politics there may be none.
    for table in ["pacts", "talks", "politics"] {
        assert!(told.contains(table), "{table}: {told}");
    }
}

#[test]
fn what_a_run_with_pacts_and_talks_leaves_is_a_valid_data_package() {
    let parent = tempfile::tempdir().unwrap();
    let lessons = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/lessons");
    for (lesson, table) in [("bargaining-valley", "pacts"), ("talking-valley", "talks")] {
        let scenario = lessons.join(format!("{lesson}.toml"));
        let end = "time.end=\"2022-12-31\"";
        let arguments = ["--set", end, "--tables", "pacts,talks,politics", "--out", lesson];
        let told = valid(&["run", scenario.to_str().unwrap()], &arguments, parent.path(), lesson);
        assert!(told.is_none_or(|told| told.contains(table)));
        let rows = parent.path().join(lesson).join(format!("{table}.csv"));
        assert!(fs::read_to_string(rows).unwrap().lines().count() > 1, "{lesson} has no {table}");
    }
}

#[test]
fn what_a_comparison_and_a_sweep_leave_are_valid_data_packages() {
    let parent = tempfile::tempdir().unwrap();
    let good = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad_scenarios/good.toml");
    let good = good.to_str().unwrap();
    let write = |name: &str, text: &str| fs::write(parent.path().join(name), text).unwrap();
    write("other.toml", &format!("extends = {good:?}\nname = \"other\"\npolicy.restraint = 0.9\n"));
    write(
        "design.toml",
        &format!(
            "scenario = {good:?}\nkind = \"grid\"\nreplicates = 2\nweekly = [\"deaths\"]\n\
             [[axes]]\npath = \"policy.restraint\"\nvalues = [0.2, 0.9]\n"
        ),
    );
    let compare = ["compare", good, "other.toml"];
    valid(&compare, &["--replicates", "3", "--out", "both"], parent.path(), "both");
    valid(&["sweep", "design.toml"], &["--out", "swept"], parent.path(), "swept");
}

/// Runs the program and has the folder it leaves validated; gives the verdict's words, if there is one.
fn valid(command: &[&str], more: &[&str], parent: &Path, folder: &str) -> Option<String> {
    let mut program = Command::new(env!("CARGO_BIN_EXE_toguna"));
    let made = program.args(command).args(more).current_dir(parent).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let verdict = validate(&parent.join(folder))?;
    let told = String::from_utf8_lossy(&verdict.stdout).into_owned();
    assert!(verdict.status.success(), "{told}{}", String::from_utf8_lossy(&verdict.stderr));
    Some(told)
}
