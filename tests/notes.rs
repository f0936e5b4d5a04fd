//! What a valid scenario may not mean as it stands: each note comes when it should, and no shipped
//! scenario is noted without need.

use crate::worlds::{AS_IT_IS, VALLEY, prepared, prepared_from, shipped};
use std::path::Path;
use toguna::scenario::notes::{NOTES, notes};
use toguna::scenario::problems::Problem;
use toguna::scenario::source::InMemory;

/// All that is noted of the valley under settings, each on `--set`.
fn notes_on(settings: &[&str]) -> Vec<String> {
    let notes = notes(prepared(VALLEY, settings).checked());
    let said = |note: &Problem| note.in_one_line().strip_prefix("--set: ").map(str::to_owned);
    notes.iter().map(|note| said(note).unwrap_or_else(|| panic!("{note} stands nowhere"))).collect()
}

const SUPPORT: &str = "policy.local_pacts=\"support\"";
const MONEY: &str = "policy.pact_support_budget=0.01";
const INCLUSIVE: &str = "policy.national_dialogue=\"inclusive\"";
const SEATS: &str = "policy.community_seats=0.5";
const TOP_DOWN: &str = "policy.national_dialogue=\"top_down\"";
const INVITED: &str = "policy.invited=[\"riders\"]";
const LATER: &str = "timeline=[{at=\"2021-01-04\", policy={pact_support_budget=0.01}}]";
const COUNTED: &str = "timeline=[{when=\"fighters > 100\", policy={military_pressure=0.9}}]";
const SHARED: &str = "timeline=[{when=\"state_control < 0.5\", policy={military_pressure=0.9}}]";

/// Settings that are noted, settings with which they are not, and words of the note; in the order of the
/// notes.
const CASES: [(&[&str], &[&str], &str); NOTES.len()] = [
    (&[SUPPORT], &[SUPPORT, LATER], "without money"),
    (&[MONEY], &[SUPPORT, MONEY], "not spent"),
    (&["policy.extra.pacts=9"], &[SUPPORT, "policy.extra.pacts=9"], "not drawn"),
    (&["policy.bind_militias=0.5"], &["policy.bind_militias=0.5", SUPPORT, MONEY], "binds nobody"),
    (&[INVITED], &[INVITED, TOP_DOWN], "nobody is talked to"),
    (&["policy.mediators=0.5", TOP_DOWN], &["policy.mediators=0.5", TOP_DOWN, INVITED], "mediate"),
    (
        &["policy.prisoner_exchange=0.5", TOP_DOWN],
        &["policy.prisoner_exchange=0.5", TOP_DOWN, INVITED],
        "let go",
    ),
    (&[SEATS, TOP_DOWN], &[SEATS, INCLUSIVE], "no seats"),
    (&[INCLUSIVE], &[INCLUSIVE, SEATS], "of elites"),
    (
        &["policy.reinvest_savings=1"],
        &["policy.reinvest_savings=1", "policy.military_pressure=0.3"],
        "nothing is saved",
    ),
    (&[COUNTED, "people.people_per_agent=2"], &[COUNTED], "in steps of"),
    (&["people.people_per_agent=11"], &["people.people_per_agent=10"], "biased"),
];

#[test]
fn each_note_comes_when_it_should_and_goes_when_the_scenario_is_complete() {
    for (number, (noted, complete, words)) in CASES.iter().enumerate() {
        let says = NOTES[number].says;
        assert!(says.contains(words), "{words}: {says}");
        assert!(
            notes_on(noted).iter().any(|note| note == says),
            "{noted:?} should be noted: {says}"
        );
        assert_eq!(notes_on(complete), [""; 0], "{complete:?}");
    }
    // Without money nobody is bound, whatever the stance.
    assert_eq!(notes_on(&["policy.bind_militias=0.5", SUPPORT]), [NOTES[0].says, NOTES[3].says]);
    // A share does not depend on how many adults one simulated adult stands for.
    assert_eq!(notes_on(&[SHARED, "people.people_per_agent=2"]), [""; 0]);
}

#[test]
fn a_note_names_the_file_and_the_line() {
    let policy = "extends = \"valley.toml\"\nname = \"half\"\n[policy]\nmediators = 0.5\n";
    let later = "[[timeline]]\nat = \"2021-01-04\"\npolicy.local_pacts = \"support\"\n";
    let counted = "[[timeline]]\nwhen = \"fighters > 100\"\npolicy.military_pressure = 0.9\n";
    let valley = prepared(VALLEY, AS_IT_IS).checked().resolved_beside_tables();
    let mut files = InMemory::default().with("valley.toml", valley);
    for (table, text) in prepared(VALLEY, AS_IT_IS).checked().tables.texts() {
        files = files.with(&format!("{table}.input.csv"), text);
    }
    let files = files.with("half.toml", format!("{policy}{later}{counted}"));
    let half = prepared_from(&files, Path::new("half.toml"), &["people.people_per_agent=2"]);
    let said: Vec<String> = notes(half.checked()).iter().map(Problem::in_one_line).collect();
    let wanted = [(7, NOTES[0].says), (4, NOTES[5].says), (9, NOTES[10].says)];
    assert_eq!(said, wanted.map(|(line, says)| format!("half.toml:{line}: {says}")));
}

#[test]
#[ignore = "long: every shipped scenario is read"]
fn no_shipped_scenario_is_noted() {
    // What designs start from is coarse on purpose, and their axes complete it; one scenario sets half on
    // purpose, to be compared with the whole.
    let is_half = |path: &str| {
        path.starts_with("scenarios/designs/") || path.ends_with("/support-alone.toml")
    };
    for path in shipped().iter().filter(|path| !is_half(path)) {
        let found = notes(prepared(path, AS_IT_IS).checked());
        let found: Vec<String> = found.iter().map(Problem::in_one_line).collect();
        assert!(found.is_empty(), "{path}: {found:?}");
    }
}

#[cfg(feature = "cli")]
mod told {
    use super::{NOTES, SUPPORT, VALLEY};
    use assert_cmd::Command;
    use std::process::Output;

    fn toguna(arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_toguna"));
        command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).output().unwrap()
    }

    fn stderr(output: &Output) -> String {
        String::from_utf8(output.stderr.clone()).unwrap()
    }

    #[test]
    fn check_run_and_compare_tell_notes_and_stop_at_none() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let short = ["--set", "time.end=\"2020-01-12\"", "--set", SUPPORT];
        let in_folder = ["--out", out.to_str().unwrap()];
        let two = [VALLEY, "scenarios/lessons/tipping-valley.toml", "--replicates", "1"];
        let compare = [&["compare"][..], &two, &in_folder, &["--force"]].concat();
        let run = [&["run", VALLEY][..], &in_folder].concat();
        for command in [vec!["check", VALLEY], run, compare] {
            let told = toguna(&[&command[..], &short].concat());
            assert!(told.status.success(), "{command:?}: {}", stderr(&told));
            let note = format!("note on valley: --set: {}", NOTES[0].says);
            assert!(stderr(&told).contains(&note), "{command:?}: {}", stderr(&told));
            let quiet = toguna(&[&command[..], &short, &["-q"]].concat());
            assert!(!stderr(&quiet).contains("note on"), "{command:?}: {}", stderr(&quiet));
        }
    }

    #[test]
    fn check_gives_its_notes_to_programs() {
        let told = toguna(&["check", VALLEY, "--json", "--set", SUPPORT]);
        let verdicts: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
        assert_eq!(verdicts[0]["valid"], true);
        assert_eq!(verdicts[0]["notes"][0]["problem"], NOTES[0].says);
    }
}
