//! A world kept on disk goes on as if it had never stopped; what is damaged, of another version or of
//! another world is refused in plain words.

use crate::worlds::{self, EVERYTHING, on_threads, rows_of, tables_of};
use csv::StringRecord;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use toguna::experiment::checkpoint::{Past, written};
use toguna::experiment::record::RunRecord;
use toguna::model::world::World;
use toguna::scenario::prepared::PreparedScenario;
use toguna::scenario::source::Disk;

const SEED: u64 = 5;

fn on(world: &mut World, record: &mut RunRecord, weeks: u32) {
    for _ in 0..weeks {
        world.advance();
        record.observe(world);
    }
}

#[test]
#[ignore = "long: a year of every scenario, three times"]
fn every_shipped_scenario_goes_on_from_a_checkpoint_to_the_same_world_byte_for_byte() {
    for path in worlds::shipped() {
        let prepared = worlds::quick(&path, 20);
        let (past, future) = (prepared.weeks().min(30), prepared.weeks().min(55));
        let (world, record, checkpoint) = on_threads(2, || {
            let (mut world, mut record) = (
                prepared.world(SEED, 0),
                RunRecord { wanted: EVERYTHING, ..RunRecord::new(0, 0, SEED) },
            );
            on(&mut world, &mut record, past);
            let checkpoint = written(&world, &record, prepared.checked());
            on(&mut world, &mut record, future - past);
            record.close(&world);
            (world, record, checkpoint)
        });
        let known = Past::read(&checkpoint).unwrap();
        known.check(prepared.checked()).unwrap();
        let again = PreparedScenario::new(known.checked.clone());
        for (threads, prepared) in [(1, &prepared), (3, &again)] {
            on_threads(threads, || {
                let (mut awake, mut after) = known.wake(prepared, 0);
                after.wanted = EVERYTHING;
                on(&mut awake, &mut after, future - past);
                after.close(&awake);
                let what = format!("{path} on {threads} threads");
                assert_eq!(after.end, record.end, "{what}");
                let later = rows_after(past, &record);
                for (place, (name, rows)) in tables_of(&after).into_iter().enumerate() {
                    let rows: Vec<&str> = rows.lines().skip(1).collect();
                    assert_eq!(rows, later[place], "{what}: {name}");
                }
                let checked = again.checked();
                let same = written(&awake, &after, checked) == written(&world, &record, checked);
                assert!(same, "{what}: the worlds differ");
            });
        }
    }
}

/// By table, the rows that a run adds after so many weeks: what goes on from a checkpoint knows no others.
/// Pacts that ended before are among them no more.
fn rows_after(weeks: u32, record: &RunRecord) -> Vec<Vec<String>> {
    let last = &rows_of(record, "series.csv")[weeks as usize - 1]["date"];
    let later = |row: &StringRecord, header: &StringRecord| {
        let date = |name: &str| header.iter().position(|it| it == name).map(|place| &row[place]);
        date("date").is_some_and(|date| date > last.as_str())
            || date("ended").is_some_and(|ended| ended.is_empty() || ended > last.as_str())
    };
    let rows = |(_, text): (&str, String)| {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().unwrap().clone();
        let rows: Vec<StringRecord> = reader.records().map(Result::unwrap).collect();
        let lines = rows.iter().zip(text.lines().skip(1));
        lines.filter(|(row, _)| later(row, &header)).map(|(_, line)| line.to_owned()).collect()
    };
    tables_of(record).into_iter().map(rows).collect()
}

/// A lesson world of half a year, and a place to run the program in.
struct Bench {
    folder: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        let bench = Bench { folder: tempfile::tempdir().unwrap() };
        let valley = Path::new(env!("CARGO_MANIFEST_DIR")).join(worlds::VALLEY);
        bench.write(
            "half-year.toml",
            &format!(
                "extends = {:?}\nname = \"half-year\"\n[time]\nend = \"2020-06-30\"\n\
                 [[timeline]]\nat = \"2020-02-03\"\npolicy.military_pressure = 0.7\n\
                 [[timeline]]\nwhen = \"deaths > 3\"\npolicy.hold_after_clearing = 0.9\n",
                valley.to_str().unwrap()
            ),
        );
        bench
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_toguna"));
        command.current_dir(self.folder.path()).args(arguments).arg("--quiet");
        command.stdin(Stdio::null()).output().unwrap()
    }

    fn well(&self, arguments: &[&str]) {
        let output = self.run(arguments);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {told}");
    }

    /// The message of a command that must be refused with exit code `code` and leave nothing.
    fn refusal(&self, code: i32, arguments: &[&str]) -> String {
        let names = || -> Vec<_> {
            fs::read_dir(self.folder.path()).unwrap().map(|it| it.unwrap().file_name()).collect()
        };
        let before = names().len();
        let output = self.run(arguments);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {told}");
        assert_eq!(names().len(), before, "{arguments:?} leaves something");
        told
    }

    /// Tables by name: their rows.
    fn tables(&self, folder: &str) -> BTreeMap<String, Vec<String>> {
        let entries = fs::read_dir(self.path(folder)).unwrap().map(|entry| entry.unwrap().path());
        let tables = entries.filter(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            name.ends_with(".csv") && !name.ends_with(".input.csv")
        });
        let named = tables.map(|path| {
            let lines = fs::read_to_string(&path).unwrap();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, lines.lines().map(str::to_owned).collect())
        });
        named.collect()
    }

    fn kept(&self) -> &Self {
        self.well(&[
            "run",
            "half-year.toml",
            "--seed",
            "4",
            "--out",
            "whole",
            "--save-at",
            "2020-03-31",
            "april.toguna",
            "--tables",
            "events,recruits,places,leavers",
        ]);
        self
    }
}

#[test]
fn an_outcome_that_is_no_number_ends_the_run_with_its_name_and_the_week() {
    let bench = Bench::new();
    let prepared = worlds::prepared_from(&Disk, &bench.path("half-year.toml"), worlds::AS_IT_IS);
    let (mut world, mut record) = (prepared.world(SEED, 0), RunRecord::new(0, 0, SEED));
    on(&mut world, &mut record, 3);
    // No file that a reader takes leads here; the world is harmed on its way to the disk.
    world.government.opinion_dialogue = f64::NAN;
    let harmed = written(&world, &record, prepared.checked());
    fs::write(bench.path("harmed.toguna"), harmed).unwrap();
    let told = bench.refusal(1, &["run", "--from", "harmed.toguna", "--out", "harmed"]);
    assert!(told.contains("a run ended early"), "{told}");
    assert!(told.contains("in week 3 legitimacy is NaN, which is no number"), "{told}");
}

#[test]
fn a_checkpoint_that_cannot_be_kept_is_refused_before_the_first_week() {
    let bench = Bench::new();
    let refusal = |code: i32, file: &str| {
        let run = ["run", "half-year.toml", "--force", "--save-at", "2020-03-31", file];
        bench.refusal(code, &run)
    };
    let no_name = "error: --save-at 2020-03-31: the checkpoint wants a file's name, such as ";
    assert!(refusal(2, "").starts_with(no_name));
    assert!(refusal(2, "new/").starts_with(no_name));
    assert!(refusal(1, ".").contains("because: it is a folder"));
    assert!(
        refusal(1, "half-year.toml/world").starts_with("error: half-year.toml/world could not")
    );
    if Path::new("/dev/full").exists() {
        assert!(refusal(1, "/dev/full").contains("because: it is no ordinary file"));
        assert!(!Path::new("/dev/full").is_file());
    }
}

#[test]
fn rows_after_a_checkpoint_are_those_of_the_run_that_went_on_whatever_the_threads() {
    let bench = Bench::new();
    let whole = bench.kept().tables("whole");
    let tables = ["--tables", "events,recruits,places,leavers"];
    for (threads, out) in [("1", "one"), ("2", "two")] {
        let from = ["run", "--from", "april.toguna", "-j", threads, "--out", out];
        bench.well(&[&from[..], &tables].concat());
        for (name, rows) in bench.tables(out) {
            let rest = &whole[&name][whole[&name].len() + 1 - rows.len()..];
            assert_eq!(rows[0], whole[&name][0], "{name}");
            assert_eq!(&rows[1..], rest, "{name}");
        }
        assert_eq!(bench.tables(out)["runs.csv"], whole["runs.csv"]);
        assert_eq!(bench.tables(out)["series.csv"].len(), 1 + 25 - 13);
    }
    // The scenario's file gives the same; a checkpoint kept on the way is that of the whole run.
    let further = ["run", "half-year.toml", "--save-at", "2020-05-04"];
    bench.well(&[&further[..], &["may.toguna", "--seed", "4", "--out", "again"]].concat());
    let from = ["--from", "april.toguna", "--out", "on"];
    bench.well(&[&further[..], &["may-too.toguna"], &from].concat());
    assert!(
        fs::read(bench.path("may.toguna")).unwrap()
            == fs::read(bench.path("may-too.toguna")).unwrap()
    );
}

#[test]
fn policies_fork_from_one_past_and_random_numbers_may_be_others() {
    let bench = Bench::new();
    bench.kept();
    let late = "[[timeline]]\nat = \"2020-03-31\"\npolicy.restraint = 0.05\n";
    let text = fs::read_to_string(bench.path("half-year.toml")).unwrap() + late;
    bench.write("unrestrained.toml", &text.replace("\"half-year\"", "\"unrestrained\""));
    bench.well(&["run", "unrestrained.toml", "--seed", "4", "--out", "apart"]);
    let fork = |out: &str, more: &[&str]| {
        bench.well(&[&["run", "--from", "april.toguna", "--out", out], more].concat());
        bench.tables(out)
    };
    // By an entry of the timeline or by setting the lever: the same future.
    let apart = bench.tables("apart");
    let from_file = fork("from-file", &["unrestrained.toml"]);
    let set = fork("set", &["--set", "policy.restraint=0.05", "--set", "name=\"unrestrained\""]);
    assert_eq!(from_file["runs.csv"], apart["runs.csv"]);
    assert_eq!(set["runs.csv"], apart["runs.csv"]);
    assert_ne!(set["runs.csv"], bench.tables("whole")["runs.csv"]);
    let futures = fork("fresh", &["--random-numbers", "fresh", "--replicates", "3"]);
    assert_eq!(futures["runs.csv"].len(), 4);
    let deaths: Vec<&str> =
        futures["runs.csv"][1..].iter().map(|row| row.splitn(6, ',').nth(5).unwrap()).collect();
    assert!(deaths[0] != deaths[1] && deaths[1] != deaths[2] && deaths[0] != deaths[2]);
    assert_eq!(
        fork("fresh-too", &["--random-numbers", "fresh", "--replicates", "3", "-j", "1"]),
        futures
    );
}

#[test]
fn a_checkpoint_that_is_damaged_or_of_another_world_is_refused_with_its_stored_message() {
    let bench = Bench::new();
    bench.kept();
    let bytes = fs::read(bench.path("april.toguna")).unwrap();
    let refusal = |name: &str, bytes: &[u8]| {
        fs::write(bench.path(name), bytes).unwrap();
        bench.refusal(3, &["run", "--from", name])
    };
    let cannot = |name: &str, why: &str| {
        format!("error: {name} cannot be gone on from\n  because: it is {why}\n")
    };
    let damaged = "damaged: its SHA-256 is not the one it ends with";
    let mut changed = bytes.clone();
    changed[bytes.len() / 2] ^= 1;
    assert_eq!(refusal("damaged", &changed), cannot("damaged", damaged));
    let (half, all) = (bytes.len() / 2, bytes.len());
    let cut = format!("cut short: {half} bytes of {all}");
    assert_eq!(refusal("short", &bytes[..half]), cannot("short", &cut));
    assert_eq!(refusal("csv", b"run,week\n"), cannot("csv", "no checkpoint of toguna"));
    assert_eq!(refusal("empty", b""), cannot("empty", "no checkpoint of toguna"));
    assert_eq!(
        bench.refusal(3, &["run", "--from", "nowhere"]),
        "error: nowhere could not be read\n  because: No such file or directory (os error 2)\n"
    );
    assert_eq!(
        bench.refusal(3, &["run", "--from", "."]),
        "error: . could not be read\n  because: it is a folder, not a checkpoint\n"
    );
    let from = ["run", "--from", "april.toguna", "--set"];
    let other = |set: &str| bench.refusal(3, &[&from[..], &[set]].concat());
    let lines = |line: &str| {
        format!(
            "error: april.toguna cannot be gone on from\n  because: the scenario does not go on from \
             it:\n  {line}\nlevers, rules, switches, the end and entries of the timeline from \
             2020-04-06 on may be others; people, places, groups and the start may not\n"
        )
    };
    assert_eq!(
        other("people.people_per_agent=2"),
        lines("people.people_per_agent: 1 there, 2 asked for")
    );
    assert_eq!(
        other("timeline=[{at=\"2020-03-02\", policy={restraint=0.1}}]"),
        lines("timeline[0]: 2020-03-02 comes before 2020-04-06, and that past has no such entry")
    );
    assert_eq!(
        other("time.end=\"2020-02-28\""),
        lines("time.end: 2020-02-28 comes before 2020-04-06, when that past ends")
    );
    assert!(other("policy.restrain=1").contains("did you mean `restraint`?"));
    let villages = Path::new(env!("CARGO_MANIFEST_DIR")).join(worlds::TWO_VILLAGES);
    let told = bench.refusal(3, &["run", villages.to_str().unwrap(), "--from", "april.toguna"]);
    assert!(told.contains("\n  and ") && told.lines().count() < 20, "{told}");
}

#[test]
fn flags_that_do_not_go_together_are_refused_and_a_checkpoint_is_never_written_over() {
    let bench = Bench::new();
    bench.kept();
    let save = |date: &str, file: &str, more: &[&str]| {
        let arguments = [&["run", "half-year.toml", "--save-at", date, file], more].concat();
        bench.refusal(if file == "april.toguna" { 1 } else { 2 }, &arguments)
    };
    assert_eq!(
        save("2020-04-01", "april.toguna", &[]),
        "error: april.toguna is there already; --force writes over it\n"
    );
    assert_eq!(
        save("2021-01-01", "x", &[]),
        "error: --save-at 2021-01-01: a world can be kept from 2020-01-06 to 2020-06-29\n"
    );
    assert_eq!(
        save("April", "x", &[]),
        "error: --save-at: expected a date such as \"2013-01-11\", not \"April\"\n"
    );
    assert_eq!(
        save("2020-04-01", "x", &["--replicates", "2"]),
        "error: --save-at keeps the world of one run; --replicates asks for more\n"
    );
    let same = bench.refusal(2, &["run", "--from", "april.toguna", "--replicates", "2"]);
    assert!(
        same.starts_with("error: the same past and the same random numbers give the same run"),
        "{same}"
    );
}
