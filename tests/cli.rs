//! Every file in `tests/bad_scenarios/` is refused by the program itself with exactly the message stored
//! beside it, the offending text underlined, exit code 3, and nothing left behind.
//! `TOGUNA_RENEW=1 cargo test --test all cli::` writes the messages anew; read each one then.
use crate::committed;
use assert_cmd::Command;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use toguna::scenario::suggest::shortened;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    what: String,
    file: Option<String>,
    #[serde(default)]
    set: Vec<String>,
    underlined: Vec<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad_scenarios")
}

fn cases() -> BTreeMap<String, Case> {
    toml::from_str(&fs::read_to_string(folder().join("cases.toml")).unwrap()).unwrap()
}

/// The program in a folder, without the colours and threads that the tests' own shell may ask for.
fn toguna(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_toguna"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "RAYON_NUM_THREADS"] {
        command.env_remove(name);
    }
    command.current_dir(folder).timeout(Duration::from_secs(120));
    command
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn with_settings(command: &mut Command, settings: &[String]) {
    for setting in settings {
        command.arg("--set").arg(setting);
    }
}

/// What `run` says of a bad scenario, having checked that it leaves nothing.
fn refusal(folder: &Path, file: &str, settings: &[String]) -> String {
    let parent = tempfile::tempdir().unwrap();
    // Messages may be written anew beside them, by another test at the same time.
    let beside = || names(folder).into_iter().filter(|name| !name.ends_with(".stderr"));
    let before: BTreeSet<String> = beside().collect();
    let mut run = toguna(folder);
    run.args(["run", file, "--out"]).arg(parent.path().join("results"));
    with_settings(&mut run, settings);
    let output = run.output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{file}: {message}");
    assert!(output.stdout.is_empty(), "{file}: {}", String::from_utf8_lossy(&output.stdout));
    assert_eq!(names(parent.path()), BTreeSet::new(), "{file} leaves something");
    assert_eq!(beside().collect::<BTreeSet<_>>(), before, "{file} leaves something");
    assert!(!message.contains("panicked"), "{message}");
    message
}

/// The problems that `check --json` tells, as the texts they underline.
fn underlined(folder: &Path, file: &str, settings: &[String]) -> Vec<String> {
    let mut check = toguna(folder);
    check.args(["check", "--json", file]);
    with_settings(&mut check, settings);
    let output = check.output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(output.stderr.is_empty());
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(told[0]["valid"], false);
    let problems = told[0]["problems"].as_array().unwrap();
    problems.iter().map(|problem| problem["text"].as_str().unwrap().to_owned()).collect()
}

/// The texts above the `^^^` of a message, those of its notes left out: they show what else there is.
fn above_the_marks(message: &str) -> Vec<String> {
    let mut is_note = false;
    let of_mistakes = |line: &&str| {
        is_note = line.starts_with("note: ") || (is_note && !line.starts_with("error: "));
        !is_note
    };
    let lines: Vec<&str> = message.lines().filter(of_mistakes).collect();
    let mut found = Vec::new();
    for pair in lines.windows(2) {
        let marks = pair[1].chars().skip_while(|c| *c != '|').collect::<String>();
        if !marks.trim_start_matches(['|', ' ']).starts_with('^') {
            continue;
        }
        let start = pair[1].chars().take_while(|c| *c != '^').count();
        let length = pair[1].chars().skip(start).take_while(|c| *c == '^').count();
        found.push(pair[0].chars().skip(start).take(length).collect());
    }
    found
}

fn stale(name: &str, message: &str) -> Option<String> {
    committed::stale(&format!("tests/bad_scenarios/{name}.stderr"), message)
}

#[test]
fn each_bad_scenario_gets_its_stored_message_with_the_offending_text_underlined() {
    let cases = cases();
    assert!(cases.len() >= 40);
    let mut wrong = Vec::new();
    for (name, case) in &cases {
        let file = case.file.clone().unwrap_or_else(|| format!("{name}.toml"));
        let message = refusal(&folder(), &file, &case.set);
        wrong.extend(stale(name, &message).map(|told| format!("{}: {told}", case.what)));
        let expected: Vec<String> = case.underlined.iter().map(|text| shortened(text)).collect();
        let told = underlined(&folder(), &file, &case.set);
        if told != expected {
            wrong.push(format!("{name}: underlined {told:?}, expected {expected:?}\n{message}"));
        }
        // Of a text over several lines only the first is marked; at the end of a line, the gap is.
        for marked in above_the_marks(&message) {
            let first_line = |text: &String| text.lines().next().unwrap_or("").to_owned();
            let fits = |text: &String| first_line(text).starts_with(marked.trim_end());
            let in_a_gap =
                case.underlined.iter().any(String::is_empty) && marked.chars().count() <= 1;
            if !in_a_gap && !case.underlined.iter().any(fits) {
                wrong.push(format!("{name}: the marks stand under {marked:?}\n{message}"));
            }
        }
    }
    committed::assert_none_is(&wrong, "cli::");
}

#[test]
fn no_bad_scenario_is_forgotten() {
    let cases = cases();
    for name in names(&folder()).iter().filter_map(|name| name.strip_suffix(".stderr")) {
        assert!(cases.contains_key(name) || GENERATED.contains(&name), "{name} is in no list");
    }
    let extended = ["good", "cases", "circle-two"];
    for name in names(&folder()).iter().filter_map(|name| name.strip_suffix(".toml")) {
        assert!(cases.contains_key(name) || extended.contains(&name), "{name} is in no list");
    }
}

/// Too large to be committed: made here.
const GENERATED: [&str; 6] = [
    "line-of-ten-megabytes",
    "key-of-ten-megabytes",
    "value-of-ten-megabytes",
    "cell-of-ten-megabytes",
    "row-of-ten-megabytes",
    "nest-of-ten-megabytes",
];

#[test]
#[ignore = "long: six files of ten megabytes"]
fn a_line_of_ten_megabytes_is_refused_in_few_words_and_little_time() {
    let parent = tempfile::tempdir().unwrap();
    copy(&folder().join("world"), &parent.path().join("world"));
    fs::copy(folder().join("good.toml"), parent.path().join("good.toml")).unwrap();
    let long = "a".repeat(10_000_000);
    let army = "extends = \"good.toml\"\ntables.army = \"army.csv\"\n".to_owned();
    let texts: [(String, String); 6] = [
        (format!("extends = \"good.toml\"\n{long}\n"), String::new()),
        (format!("extends = \"good.toml\"\n[policy]\n{long} = 1\n"), String::new()),
        (format!("extends = \"good.toml\"\n[policy]\nrestraint = \"{long}\"\n"), String::new()),
        (army.clone(), format!("zone,soldiers\nnorth,{long}\n")),
        (army, format!("zone,soldiers\nnorth{}\n", ",5".repeat(5_000_000))),
        (format!("extends = \"good.toml\"\ntitle = {}\n", "[".repeat(10_000_000)), String::new()),
    ];
    let mut wrong = Vec::new();
    for (name, (scenario, table)) in GENERATED.iter().zip(texts) {
        fs::write(parent.path().join(format!("{name}.toml")), scenario).unwrap();
        fs::write(parent.path().join("army.csv"), table).unwrap();
        let started = Instant::now();
        let message = refusal(parent.path(), &format!("{name}.toml"), &[]);
        assert!(started.elapsed() < Duration::from_secs(20), "{name}: {:?}", started.elapsed());
        assert!(message.len() < 2500, "{name}: {} bytes", message.len());
        wrong.extend(stale(name, &message));
    }
    committed::assert_none_is(&wrong, "cli::");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for name in names(from) {
        fs::copy(from.join(&name), to.join(name)).unwrap();
    }
}

#[test]
fn colours_are_shown_only_where_they_are_wanted() {
    let coloured = |name: &str, value: &str| {
        let mut check = toguna(&folder());
        let output = check.args(["check", "unknown-key.toml"]).env(name, value).output().unwrap();
        output.stderr.contains(&0x1b)
    };
    assert!(!coloured("NOTHING", "1"), "a pipe shows no colours");
    assert!(!coloured("NO_COLOR", "1"));
    assert!(coloured("CLICOLOR_FORCE", "1"));
}

#[test]
fn whatever_goes_wrong_is_told_as_json_where_json_is_asked_for() {
    let said = |arguments: &[&str]| {
        let output = toguna(&folder()).args(arguments).output().unwrap();
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        (output.status.code().unwrap(), told)
    };
    for command in ["run", "show"] {
        let (code, told) = said(&[command, "unknown-key.toml", "--json"]);
        assert_eq!((code, told["exit_code"].as_i64()), (3, Some(3)));
        assert_eq!(told["problems"][0]["line"], 3);
        assert_eq!(told["problems"][0]["column"], 1);
        assert_eq!(told["problems"][0]["text"], "militery_presure");
        assert_eq!(told["problems"][0]["help"][0], "did you mean `military_pressure`?");
    }
    let (code, told) = said(&["diff", "good.toml", "out-of-range.toml", "--json"]);
    assert_eq!((code, told["problems"][0]["file"].as_str()), (3, Some("out-of-range.toml")));
    let (code, told) = said(&["check", "good.toml", "unknown-key.toml", "--json"]);
    assert_eq!((code, &told[0]["valid"], &told[1]["valid"]), (3, &true.into(), &false.into()));
}

#[test]
fn every_scenario_of_a_list_is_checked_whatever_is_wrong_with_the_first() {
    let output = toguna(&folder())
        .args(["check", "unknown-key.toml", "good.toml", "negative.toml"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("good.toml: valid"));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("militery_presure") && told.contains("2 mistakes in 2 scenarios"));
}

#[test]
fn only_what_differs_is_told_and_tables_by_their_rows() {
    let parent = tempfile::tempdir().unwrap();
    copy(&folder().join("world"), &parent.path().join("world"));
    copy(&folder().join("world"), &parent.path().join("same"));
    fs::copy(folder().join("good.toml"), parent.path().join("good.toml")).unwrap();
    let write = |name: &str, text: &str| fs::write(parent.path().join(name), text).unwrap();
    write("army.csv", "zone,soldiers,source\nnorth,60,made up\ncentre,500,made up\n");
    write("a.toml", "extends = \"good.toml\"\npolicy.restraint = 0.5\n");
    write(
        "b.toml",
        "extends = \"good.toml\"\npolicy.restraint = 0.7\ntables.army = \"army.csv\"\n",
    );
    write("c.toml", "extends = \"good.toml\"\ntables.army = \"same/army.csv\"\n");
    let diff = |a: &str, b: &str| {
        let output = toguna(parent.path()).args(["diff", a, b]).output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    let told = diff("a.toml", "b.toml");
    assert!(told.contains("policy.restraint: 0.5 → 0.7\n    How far forces are held"), "{told}");
    assert!(told.contains("table army: 2 rows only in the first, 1 row in the second"), "{told}");
    assert!(!told.contains("military_pressure"), "{told}");
    assert_eq!(diff("c.toml", "good.toml"), "", "another name for the same table is no difference");
}

#[test]
fn a_draft_is_valid_as_it_is_and_with_every_line_set() {
    let parent = tempfile::tempdir().unwrap();
    copy(&folder().join("world"), &parent.path().join("world"));
    fs::copy(folder().join("good.toml"), parent.path().join("good.toml")).unwrap();
    fs::create_dir(parent.path().join("mine")).unwrap();
    let run = |arguments: &[&str]| {
        let output = toguna(parent.path()).args(arguments).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code().unwrap(), told)
    };
    let new = ["new", "mine/What if.toml", "--extends", "good.toml"];
    assert_eq!(run(&new).0, 0);
    assert_eq!(run(&["check", "mine/What if.toml"]).0, 0);
    let file = parent.path().join("mine/What if.toml");
    let draft = fs::read_to_string(&file).unwrap();
    assert!(draft.contains("extends = \"../good.toml\"") && draft.contains("name = \"what-if\""));

    let (head, levers) = draft.split_once("## The levers").unwrap();
    let set: String = levers
        .lines()
        .map(|line| format!("{}\n", line.strip_prefix("# ").unwrap_or(line)))
        .collect();
    fs::write(&file, format!("{head}## The levers{set}")).unwrap();
    let (code, told) = run(&["check", "mine/What if.toml"]);
    assert_eq!(code, 0, "{told}");
    let (code, told) = run(&new);
    assert_eq!(code, 1, "{told}");
    assert!(told.contains("is there already; --force writes over it"), "{told}");
    assert_eq!(run(&[&new[..], &["--force"]].concat()).0, 0);
    assert_eq!(fs::read_to_string(&file).unwrap(), draft);

    let (code, told) = run(&["new", "other.toml", "--extends", "world/army.csv"]);
    assert_eq!((code, parent.path().join("other.toml").exists()), (3, false), "{told}");
}

#[test]
fn a_draft_names_the_schema_for_overlays_and_its_own_folder_is_looked_for_first() {
    let parent = tempfile::tempdir().unwrap();
    copy(&folder().join("world"), &parent.path().join("world"));
    fs::create_dir(parent.path().join("schema")).unwrap();
    for schema in ["full.json", "overlay.json"] {
        fs::write(parent.path().join("schema").join(schema), "{}").unwrap();
    }
    let good = fs::read_to_string(folder().join("good.toml")).unwrap();
    let text = format!("#:schema schema/full.json\n{good}");
    fs::write(parent.path().join("good.toml"), text).unwrap();
    let new = |file: &str| {
        let good = parent.path().join("good.toml");
        let mut new = toguna(parent.path());
        new.args(["new", file, "--extends"]).arg(good).output().unwrap()
    };
    assert!(new("mine.toml").status.success());
    let draft = fs::read_to_string(parent.path().join("mine.toml")).unwrap();
    let first = draft.lines().next().unwrap();
    assert!(first.starts_with("#:schema ") && first.ends_with("schema/overlay.json"), "{first}");
    let nowhere = parent.path().join("nowhere/mine.toml");
    let refused = new(nowhere.to_str().unwrap());
    let told = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(1));
    assert!(told.starts_with("error: there is no folder ") && told.contains("nowhere to write"));
}

#[test]
fn a_layer_is_called_one_and_only_what_it_says_is_checked() {
    let parent = tempfile::tempdir().unwrap();
    let layer = |name: &str, text: &str| fs::write(parent.path().join(name), text).unwrap();
    layer("base.toml", "[policy]\nrestraint = 0.5\n");
    layer("wrong.toml", "[policy]\nrestraint = 5\n");
    let output = toguna(parent.path()).args(["check", "base.toml", "wrong.toml"]).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        told.starts_with("base.toml: a layer: it has no name; check what extends it\n"),
        "{told}"
    );
    assert!(
        told.contains("wrong.toml:2:13") && told.ends_with("1 mistake in 1 scenario\n"),
        "{told}"
    );
    assert!(!told.contains("is missing"), "{told}");
}

#[test]
fn each_value_of_set_is_judged_whatever_is_wrong_with_the_others() {
    let told = refusal(&folder(), "good.toml", &["foo".to_owned(), "policy.bar=1".to_owned()]);
    assert!(told.contains("`--set` takes key=value") && told.contains("`bar`"), "{told}");
}

#[test]
fn a_place_that_nothing_can_be_written_to_is_named_and_no_temporary_file() {
    let mut run = toguna(&folder());
    let output = run.args(["run", "good.toml", "--out", "/proc/results"]).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(told.starts_with("error: /proc/results could not be written\n"), "{told}");
    assert!(told.contains("no folder can be made in /proc\n"), "{told}");
    assert!(!told.contains(".toguna-"), "{told}");
}

#[test]
fn an_unknown_outcome_brings_the_nearest_to_mind_and_where_all_are_listed() {
    let compare = |outcome: &str| {
        let mut compare = toguna(&folder());
        let arguments = ["compare", "good.toml", "good.toml", "--explain", "--outcome", outcome];
        let output = compare.args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    let list = "toguna columns lists them\n";
    assert_eq!(compare("foo"), format!("error: there is no outcome `foo`; {list}"));
    let meant = format!("error: there is no outcome `recruit`; did you mean `recruits`? {list}");
    assert_eq!(compare("recruit"), meant);
    assert_eq!(compare("deaths,recruit"), meant);
}

#[test]
fn scenarios_inside_the_program_are_those_of_the_repository_and_can_be_copied_and_run() {
    let parent = tempfile::tempdir().unwrap();
    let scenarios = |more: &[&str]| {
        let output = toguna(parent.path()).arg("scenarios").args(more).output().unwrap();
        let [out, told] = [output.stdout, output.stderr].map(|it| String::from_utf8(it).unwrap());
        (output.status.code(), out, told)
    };
    let (_, listed, _) = scenarios(&[]);
    for path in crate::worlds::shipped() {
        let path = path.strip_prefix("scenarios/").unwrap();
        let line = listed.lines().find(|line| line.split(' ').next() == Some(path));
        assert!(line.is_some_and(|line| line.len() > 45), "{path} is not listed: {listed}");
    }
    let (code, _, told) = scenarios(&["--copy", "mine"]);
    assert!(code == Some(0) && told.contains("toguna run mine/mali/status-quo.toml"), "{told}");
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    for path in ["mali/world/communities.csv", "designs/sobol.toml", "schema/full.json"] {
        let copy = fs::read(parent.path().join("mine").join(path)).unwrap();
        assert!(copy == fs::read(here.join(path)).unwrap(), "{path}");
    }
    let check = ["check", "mine/mali/status-quo.toml", "mine/lessons/two-villages.toml"];
    toguna(parent.path()).args(check).assert().success();
    assert!(scenarios(&["--copy", "mine"]).2.starts_with("0 files written"));
    let own = parent.path().join("mine/lessons/valley.toml");
    fs::write(&own, "# mine\n").unwrap();
    fs::remove_file(parent.path().join("mine/mali/base.toml")).unwrap();
    let (code, _, told) = scenarios(&["--copy", "mine"]);
    assert!(code == Some(1) && told.contains("valley.toml"), "{told}");
    assert_eq!(fs::read_to_string(&own).unwrap(), "# mine\n");
    assert!(!parent.path().join("mine/mali/base.toml").exists());
    assert!(scenarios(&["--copy", "mine", "--force"]).2.starts_with("2 files written"));
}

#[test]
fn outcomes_are_named_by_the_same_flag_in_every_command() {
    let commands: [&[&str]; 5] = [
        &["run", "good.toml"],
        &["compare", "good.toml", "good.toml"],
        &["eval", "good.toml", "--design", "-"],
        &["sensitivity", "good.toml"],
        &["replicates", "good.toml", "--half-width", "5%"],
    ];
    for command in commands {
        for named in [
            &["--outcome", "deaths,recruit"][..],
            &["--outcomes", "deaths", "--outcome", "recruit"],
        ] {
            let output = toguna(&folder()).args(command).args(named).output().unwrap();
            let told = String::from_utf8_lossy(&output.stderr);
            assert!(told.starts_with("error: there is no outcome `recruit`; did you"), "{told}");
            assert_eq!(output.status.code(), Some(2));
        }
    }
    let parent = tempfile::tempdir().unwrap();
    let mut run = toguna(&folder());
    let run = run.args(["run", "good.toml", "--outcome", "deaths,rain", "--out"]);
    let output = run.arg(parent.path().join("good")).output().unwrap();
    let table = String::from_utf8(output.stdout).unwrap();
    let shown: Vec<&str> = table
        .lines()
        .skip(4)
        .map_while(|line| line.split(' ').next().filter(|it| !it.is_empty()))
        .collect();
    assert_eq!(shown, ["deaths", "rain"], "{table}");
    let asked = ["replicates", "good.toml", "--pilot", "2", "--half-width", "50%", "--outcome"];
    let several = toguna(&folder()).args(asked).arg("state_control,trust").output().unwrap();
    let told = String::from_utf8(several.stdout).unwrap();
    assert!(
        told.contains("\nstate_control ")
            && told.contains("\ntrust ")
            && told.contains("over random"),
        "{told}"
    );
}

#[test]
fn every_run_says_what_was_run_and_how_it_went() {
    let parent = tempfile::tempdir().unwrap();
    let mut run = toguna(&folder());
    run.args(["run", "good.toml", "--quiet", "--out"]).arg(parent.path().join("good"));
    run.assert().success();
    let runs = fs::read_to_string(parent.path().join("good/runs.csv")).unwrap();
    assert!(runs.starts_with("run,scenario,replicate,seed,status,"), "{runs}");
    assert!(runs.lines().nth(1).unwrap().starts_with("0,good,0,1,ok,"), "{runs}");
}

#[test]
fn a_reader_who_has_read_enough_ends_the_printing_without_complaint() {
    let whole = format!("{} parameters | head -n 1", env!("CARGO_BIN_EXE_toguna"));
    let output = Command::new("sh").args(["-c", &whole]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_takes_nothing_is_told_whatever_was_to_be_printed() {
    let all: [&[&str]; 5] =
        [&["--help"], &["--version"], &["run", "--help"], &["schedule"], &["parameters"]];
    let told = |command: &mut std::process::Command, what: &str| {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = command.stdout(full).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{what}: {told}");
        assert!(told.starts_with("error: standard output could not be written"), "{what}: {told}");
    };
    for arguments in all {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_toguna"));
        told(command.args(arguments), &format!("{arguments:?}"));
    }
    // Known before the first week: a thousand runs would take minutes.
    let mut eval = std::process::Command::new(env!("CARGO_BIN_EXE_toguna"));
    eval.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad_designs"));
    let started = Instant::now();
    told(
        eval.args(["eval", "small.toml", "--design", "points.csv", "--replicates", "100000"]),
        "eval",
    );
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
}

#[cfg(unix)]
#[test]
fn a_name_that_is_not_utf_8_is_taken_as_it_is_and_told_so_that_it_can_be_given_again() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let parent = tempfile::tempdir().unwrap();
    let (results, design) = (OsStr::from_bytes(b"r\xff"), OsStr::from_bytes(b"d\xfe.toml"));
    let good = folder().join("good.toml");
    let mut run = toguna(parent.path());
    run.arg("run").arg(&good).args(["--quiet", "--out"]).arg(results);
    run.args(["--save-at", "2020-02-02"]).arg(OsStr::from_bytes(b"w\xff"));
    run.assert().success();
    let manifest = fs::read_to_string(parent.path().join(results).join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let command: Vec<&str> =
        manifest["command"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    assert_eq!(command[3..6], ["--quiet", "--out", r"$'r\xff'"]);
    assert!(parent.path().join(OsStr::from_bytes(b"w\xff")).exists());

    let text = format!(
        "scenario = {good:?}\nkind = \"grid\"\n[[axes]]\npath = \"policy.restraint\"\nvalues = [0.2, 0.7]\n"
    );
    fs::write(parent.path().join(design), text).unwrap();
    let sweep = |more: &[&str]| {
        let output = toguna(parent.path()).arg("sweep").arg(design).args(more).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{told}");
        String::from_utf8(output.stdout).unwrap()
    };
    let script = sweep(&["--emit", "slurm"]);
    assert!(script.contains(r"merge $'d\xfe.toml' --out $'output/d\xfe'"), "{script}");
    sweep(&["--shard", "1/2"]);
    sweep(&[]);
    let of_design = parent.path().join("output").join(OsStr::from_bytes(b"d\xfe"));
    assert!(of_design.join("runs.csv").exists());
    assert_eq!(fs::read_dir(parent.path().join("output")).unwrap().count(), 1);
}

#[test]
fn threads_are_no_more_than_cores_and_a_number_that_is_none_is_named() {
    let check = |flags: &[&str], variable: Option<(&str, &str)>| {
        let mut check = toguna(&folder());
        check.env_remove("SLURM_CPUS_PER_TASK").envs(variable);
        check.args(["check", "good.toml"]).args(flags).output().unwrap()
    };
    let told = |output: &std::process::Output| String::from_utf8_lossy(&output.stderr).into_owned();
    let many = check(&["-j", "99999"], None);
    assert!(many.status.success());
    assert!(told(&many).contains(" of 99999 threads are used: there "), "{}", told(&many));
    assert_eq!(told(&check(&["-j", "99999", "--quiet"], None)), "");
    assert_eq!(told(&check(&["-j", "1"], None)), "");
    for variable in ["RAYON_NUM_THREADS", "SLURM_CPUS_PER_TASK"] {
        for value in ["four", "-1", "2.5"] {
            let refused = check(&[], Some((variable, value)));
            assert_eq!(refused.status.code(), Some(2));
            let words = format!("the variable {variable} is {value:?}, and a number of threads");
            assert!(told(&refused).contains(&words), "{}", told(&refused));
            assert!(check(&["-j", "1"], Some((variable, value))).status.success());
        }
        for value in ["", "0", "1"] {
            assert_eq!(told(&check(&[], Some((variable, value)))), "");
        }
    }
}

#[test]
fn manual_pages_are_dated_and_mandoc_finds_no_fault() {
    let parent = tempfile::tempdir().unwrap();
    let mut man = toguna(parent.path());
    man.env("SOURCE_DATE_EPOCH", "1760000000").args(["man", ".", "--quiet"]).assert().success();
    let version = env!("CARGO_PKG_VERSION");
    let run = fs::read_to_string(parent.path().join("toguna-run.1")).unwrap();
    let title = format!(".TH TOGUNA-RUN 1 2025-10-09 \"toguna {version}\" Toguna\n");
    assert!(run.contains(&title), "{run}");
    let pages: Vec<String> = names(parent.path()).into_iter().collect();
    let mut lint = std::process::Command::new("mandoc");
    match lint.arg("-Tlint").args(&pages).current_dir(parent.path()).output() {
        Ok(found) => assert_eq!(String::from_utf8_lossy(&found.stdout), ""),
        Err(_) => println!("skipped: mandoc is not installed"),
    }
}

/// The commands that the program's help lists, each with the lines of its examples.
fn commands_and_examples() -> Vec<(String, Vec<String>)> {
    let parent = tempfile::tempdir().unwrap();
    let help = |arguments: &[&str]| {
        let output = toguna(parent.path()).args(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let all = help(&["--help"]);
    assert!(!all.contains("Others:"), "a command stands in no group of src/cli/help.rs:\n{all}");
    let groups = all.split("Options:").next().unwrap();
    let commands = groups.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let examples = |command: &str| -> Vec<String> {
        let own = help(&[command, "--help"]);
        let (_, below) = own.split_once("Example").unwrap_or_default();
        let lines = below.lines().map(str::trim).filter(|line| line.starts_with("toguna "));
        lines.map(str::to_owned).collect()
    };
    commands.map(|command| (command.to_owned(), examples(command))).collect()
}

#[test]
fn every_command_stands_in_a_group_and_its_help_ends_with_an_example() {
    let all = commands_and_examples();
    assert!(all.len() > 20, "{all:?}");
    for (command, examples) in all {
        let own = examples.iter().any(|it| it.split(' ').nth(1) == Some(command.as_str()));
        assert!(own, "{command}: {examples:?}");
    }
}

#[cfg(unix)]
#[test]
#[ignore = "long: every example of every command that takes seconds"]
fn every_example_of_a_command_runs() {
    // Of these the examples take minutes.
    const SLOW: [&str; 6] = ["sweep", "merge", "sensitivity", "validate", "calibrate", "demo"];
    let parent = tempfile::tempdir().unwrap();
    let scenarios = ["scenarios", "--copy", "scenarios", "--quiet"];
    toguna(parent.path()).args(scenarios).assert().success();
    fs::write(parent.path().join("points.csv"), "policy.restraint\n0.2\n0.8\n").unwrap();
    let members = "weight,rules.recruitment.scale\n0.4,0.4\n0.6,0.5\n";
    fs::write(parent.path().join("ensemble.csv"), members).unwrap();
    let binary = Path::new(env!("CARGO_BIN_EXE_toguna")).parent().unwrap();
    let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap());
    for (command, examples) in commands_and_examples() {
        for example in examples.iter().filter(|_| !SLOW.contains(&command.as_str())) {
            let mut shell = std::process::Command::new("sh");
            shell.args(["-c", example]).current_dir(parent.path()).env("PATH", &path);
            let output = shell.output().unwrap();
            let told = String::from_utf8_lossy(&output.stderr);
            // Two scenarios that differ, and folders that hold other results, are no failure of an example.
            assert!(output.status.success(), "{example}: {told}");
        }
    }
}

#[test]
fn a_lesson_is_found_by_its_name_and_runs_without_a_file() {
    let parent = tempfile::tempdir().unwrap();
    let listed = toguna(parent.path()).arg("lesson").output().unwrap();
    assert_eq!(String::from_utf8(listed.stdout).unwrap().lines().count(), 9);
    let few = ["lesson", "two-villages", "--replicates", "2", "--quiet"];
    let lesson = toguna(parent.path()).args(few).output().unwrap();
    let printed = String::from_utf8(lesson.stdout).unwrap();
    for part in ["WHAT IS IT?", "2 runs of each", "±0", "THINGS TO TRY", "QUESTIONS"] {
        assert!(printed.contains(part), "{part}: {printed}");
    }
    assert!(printed.lines().all(|line| line.chars().count() <= 80 || line.contains("--set")));
    let own = ["lesson", "two-villages", "--set", "policy.restraint=0.9", "--replicates", "2"];
    let own = toguna(parent.path()).args(own).output().unwrap();
    let printed = String::from_utf8(own.stdout).unwrap();
    assert!(printed.contains("yours") && !printed.contains("QUESTIONS"), "{printed}");
    let meant = "error: there is no lesson `two-vilages`; did you mean `two-villages`?\n";
    toguna(parent.path()).args(["lesson", "two-vilages"]).assert().code(2).stderr(meant);
    assert_eq!(names(parent.path()).len(), 0, "nothing is written");
}

#[test]
fn completions_and_manual_pages_know_every_command() {
    let parent = tempfile::tempdir().unwrap();
    toguna(parent.path()).args(["man", "pages", "--quiet"]).assert().success().stderr("");
    let pages = names(&parent.path().join("pages"));
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = toguna(parent.path()).args(["completions", shell]).output().unwrap();
        let script = String::from_utf8(output.stdout).unwrap();
        for (command, _) in commands_and_examples() {
            assert!(script.contains(&command), "{shell}: {command}");
            assert!(pages.contains(&format!("toguna-{command}.1")), "{pages:?}");
        }
    }
}
