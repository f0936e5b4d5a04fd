//! What `show` prints reads back as the same world, which lives the same weeks; and whatever is done to
//! a valid file, reading it never panics.
use crate::properties::properties;
use crate::worlds;
use proptest::prelude::*;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use toguna::experiment::logs::Wanted;
use toguna::output::TableWriter;
use toguna::output::tables::runs;
use toguna::scenario::checked::{CheckedScenario, read};
use toguna::scenario::dictionary::Parameter;
use toguna::scenario::file::Scenario;
use toguna::scenario::prepared::PreparedScenario;
use toguna::scenario::schema::Schema;
use toguna::scenario::source::{Disk, InMemory};

fn home() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn small() -> PathBuf {
    home().join("tests/bad_scenarios/good.toml")
}

/// Files below a folder that end so, in order.
fn below(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(below(&path, ending));
        } else if path.as_os_str().as_encoded_bytes().ends_with(ending.as_bytes()) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn own(settings: &[&str]) -> Vec<String> {
    settings.iter().map(|&setting| setting.to_owned()).collect()
}

/// The bytes that a run of this scenario writes.
fn bytes(checked: &CheckedScenario) -> Vec<u8> {
    let prepared = PreparedScenario::new(checked.clone());
    let record = worlds::record_of(&prepared, 7, Wanted::default());
    let mut all: Vec<u8> =
        worlds::tables_of(&record).into_iter().flat_map(|(_, text)| text.into_bytes()).collect();
    let mut ends = TableWriter::new(&runs(), Vec::new(), "runs.csv");
    ends.append(&record).unwrap();
    all.extend(ends.finish().unwrap().0);
    all
}

/// Prints a scenario into a folder of its own and reads it from there.
fn shown_and_read(checked: &CheckedScenario, origins: bool) -> CheckedScenario {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shown.toml");
    fs::write(&file, checked.resolved_in(&Disk, folder.path(), origins)).unwrap();
    read(&Disk, &file, &[]).unwrap_or_else(|problems| panic!("{problems}"))
}

fn assert_same(again: &CheckedScenario, checked: &CheckedScenario) {
    let here = Path::new("/");
    assert_eq!(again.scenario_in(&Disk, here), checked.scenario_in(&Disk, here));
    assert_eq!(again.tables.texts(), checked.tables.texts());
    assert_eq!(again.conditions, checked.conditions);
}

#[test]
#[ignore = "long: every scenario, run twice"]
fn every_shipped_scenario_is_the_same_world_and_the_same_run_when_shown_and_read_again() {
    let mut shipped = 0;
    for path in below(&home().join("scenarios"), ".toml") {
        let Ok(checked) = read(&Disk, &path, &[]) else { continue };
        shipped += 1;
        assert_same(&shown_and_read(&checked, true), &checked);
        let start = checked.scenario.time.start;
        let end = format!("time.end=\"{}\"", start.plus_weeks(10));
        let settings = ["people.people_per_agent=100", "timeline=[]", &end];
        let short = read(&Disk, &path, &own(&settings)).unwrap();
        let again = shown_and_read(&short, false);
        assert_same(&again, &short);
        assert!(bytes(&again) == bytes(&short), "{} runs otherwise", path.display());
    }
    assert!(shipped > 0, "no complete scenario is shipped");
}

/// A value that a parameter may take, for --set; none where only its author could say.
fn any_value(parameter: &Parameter, at: f64, on: bool) -> Option<String> {
    let plain = !parameter.path.contains(['*', '[']);
    let room = ["policy.", "rules.", "mechanisms."];
    if !plain || !room.iter().any(|start| parameter.path.starts_with(start)) {
        return None;
    }
    let path = &parameter.path;
    if parameter.range == "true or false" {
        return Some(format!("{path}={on}"));
    }
    let default: f64 = parameter.default.parse().ok()?;
    let range = parameter.range.trim_start_matches("whole number").trim_start_matches(", ");
    let limits =
        range.split_once(" to ").and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
    let (least, most): (f64, f64) = limits?;
    // Around its default, as far as it may go: some ranges are so wide that all people would join.
    let (least, most) = (least.max(default / 2.0), most.min(default * 2.0 + 0.1));
    let value = least + at * (most - least);
    Some(if parameter.range.starts_with("whole number") {
        format!("{path}={}", value.round() as i64)
    } else {
        format!("{path}={value:?}")
    })
}

properties! {
    6 or 60 cases:

    fn any_valid_scenario_is_the_same_world_and_the_same_run_when_shown_and_read_again(
        chosen in prop::collection::vec((any::<prop::sample::Index>(), 0.0..=1.0_f64, any::<bool>()), 0..25),
        title in any::<String>(),
        origins in any::<bool>(),
    ) {
        let parameters = Schema::of::<Scenario>().parameters();
        let mut settings: Vec<String> = chosen
            .iter()
            .filter_map(|(which, at, on)| any_value(which.get(&parameters), *at, *on))
            .collect();
        settings.push(format!("title={}", serde_json::to_string(&title).unwrap().replace('\u{7f}', "\\u007f")));
        settings.push("time.end=\"2020-07-05\"".to_owned());
        let checked = read(&Disk, &small(), &settings).unwrap_or_else(|problems| panic!("{problems}"));
        let again = shown_and_read(&checked, origins);
        assert_same(&again, &checked);
        prop_assert!(bytes(&again) == bytes(&checked));
    }
}

/// A generator of its own: the same changes on every machine.
struct Draws(u64);

impl Draws {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit.max(1)
    }
}

/// What a slip of hand, an editor or a spreadsheet may leave.
const SCRAPS: [&str; 44] = [
    "",
    "",
    "",
    "=",
    "[",
    "]",
    "[[",
    "{",
    "}",
    "\"",
    "\"\"\"",
    "'",
    ".",
    ",",
    ";",
    "\n",
    "\r\n",
    "#",
    "\t",
    "0",
    "1",
    "-1",
    "0.5",
    "1e308",
    "1e400",
    "nan",
    "-inf",
    "99999999999",
    "0x7f",
    "true",
    "2024-06-01",
    "2024-02-30",
    "\"26 weeks\"",
    "policy",
    "restraint = 1\n",
    "[policy]\n",
    "[[timeline]]\n",
    "at = 2024-06-01\n",
    "when = \"deaths > 1\"\n",
    "state",
    "\u{feff}",
    "é",
    "\0",
    "\u{fffd}",
];

/// Changes a few bytes, doubles or drops a line, or swaps two.
fn change(text: &mut Vec<u8>, draws: &mut Draws) {
    for _ in 0..=draws.below(3) {
        match draws.below(6) {
            0 | 1 => {
                let at = draws.below(text.len() + 1);
                let end = (at + draws.below(6)).min(text.len());
                text.splice(at..end, SCRAPS[draws.below(SCRAPS.len())].bytes());
            }
            2 => {
                let at = draws.below(text.len());
                if let Some(byte) = text.get_mut(at) {
                    *byte = draws.below(256) as u8;
                }
            }
            3 => text.truncate(draws.below(text.len() + 1)),
            _ => {
                let mut lines: Vec<Vec<u8>> =
                    text.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
                let (a, b) = (draws.below(lines.len()), draws.below(lines.len()));
                match draws.below(3) {
                    0 => lines.swap(a, b),
                    1 => lines.insert(a, lines[b].clone()),
                    _ => drop(lines.remove(a)),
                }
                *text = lines.join(&b'\n');
            }
        }
    }
}

fn on_shelf(folder: &Path, shelf: InMemory) -> InMemory {
    let paths = below(folder, ".toml").into_iter().chain(below(folder, ".csv"));
    paths.fold(shelf, |shelf, path| {
        let name = path.strip_prefix(home()).unwrap().display().to_string().replace('\\', "/");
        shelf.with(&name, fs::read(&path).unwrap())
    })
}

#[test]
fn no_one_of_thirty_random_changes_to_a_shipped_scenario_or_table_makes_it_panic() {
    change_at_random(0, |changes| changes < 30);
}

/// As many seconds as `TOGUNA_FUZZ_SECONDS` says, from change number `TOGUNA_FUZZ_SEED`.
#[test]
#[ignore = "long: a minute of changes"]
fn no_random_change_in_a_minute_to_a_shipped_scenario_or_table_makes_it_panic() {
    let number = |name: &str| std::env::var(name).ok()?.parse::<u64>().ok();
    let lasts = Duration::from_secs(number("TOGUNA_FUZZ_SECONDS").unwrap_or(60));
    let started = Instant::now();
    change_at_random(number("TOGUNA_FUZZ_SEED").unwrap_or(0), |_| started.elapsed() < lasts);
}

/// Changes from number `first`, for as long as is asked for. What is still valid is shown, read
/// again and lived for two weeks.
fn change_at_random(first: u64, goes_on: impl Fn(u64) -> bool) {
    let tests = home().join("tests/bad_scenarios");
    let shelf =
        on_shelf(&tests.join("world"), on_shelf(&home().join("scenarios"), InMemory::default()));
    let shelf = shelf.with("tests/bad_scenarios/good.toml", fs::read(small()).unwrap());
    // The small world is cheap to read: two of three changes are made to it.
    let names: Vec<PathBuf> = shelf.0.keys().cloned().collect();
    let (large, little): (Vec<_>, Vec<_>) =
        names.iter().partition(|name| name.starts_with("scenarios"));
    let whole: Vec<&PathBuf> = large
        .iter()
        .copied()
        .filter(|name| name.extension().is_some_and(|it| it == "toml"))
        .filter(|name| read(&shelf, name, &[]).is_ok())
        .collect();
    let (mut refused, mut valid) = (0, 0);
    for seed in (first..).take_while(|seed| goes_on(seed - first)) {
        let mut draws = Draws(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let on_large = draws.below(3) == 0;
        let (of, scenario) = match on_large {
            true => (&large, whole[draws.below(whole.len())].clone()),
            false => (&little, PathBuf::from("tests/bad_scenarios/good.toml")),
        };
        let changed = of[draws.below(of.len())].clone();
        let mut files = shelf.clone();
        change(files.0.get_mut(&changed).unwrap(), &mut draws);
        let outcome = catch_unwind(AssertUnwindSafe(|| try_it(&files, &scenario)));
        match outcome {
            Ok(true) => valid += 1,
            Ok(false) => refused += 1,
            Err(_) => {
                let text = String::from_utf8_lossy(&files.0[&changed]).into_owned();
                let kept = std::env::temp_dir().join("toguna-panicked-at.txt");
                let _ = fs::write(&kept, text);
                panic!(
                    "change number {seed} to {} (kept in {})",
                    changed.display(),
                    kept.display()
                );
            }
        }
    }
    println!("{} changes: {refused} refused, {valid} still valid", refused + valid);
    assert!(refused > 10 && valid > 5, "{refused} refused, {valid} valid");
}

/// Whether it is valid; then it is also shown, read again and, where it is small, lived.
fn try_it(files: &InMemory, scenario: &Path) -> bool {
    let checked = match read(files, scenario, &[]) {
        Ok(checked) => checked,
        Err(problems) => {
            assert!(!problems.render(true).is_empty());
            assert!(
                problems.as_json().iter().all(|record| !record.problem.contains("cannot be used"))
            );
            return false;
        }
    };
    let shown = checked.resolved_in(files, Path::new(""), true);
    let again = read(&files.clone().with("shown.toml", shown), Path::new("shown.toml"), &[]);
    assert!(
        again.unwrap_or_else(|problems| panic!("{problems}")).scenario.time
            == checked.scenario.time
    );
    let residents: u64 =
        checked.tables.communities.rows.iter().map(|row| u64::from(row.residents)).sum();
    let few = residents / u64::from(checked.scenario.people.people_per_agent) < 100_000;
    if few {
        let mut world = PreparedScenario::new(checked).world(1, 0);
        world.advance();
        world.advance();
    }
    true
}
