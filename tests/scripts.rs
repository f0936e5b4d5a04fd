//! What other programs make of ours: a real Slurm, Python with SALib, R. The scripts install what they need
//! where they can, and say "skipped" and why where they cannot.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

/// Runs a script of this folder on the program of this build and shows what it says.
fn passes(script: &str) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(script);
    let ended = Command::new(script).arg(env!("CARGO_BIN_EXE_toguna")).output().unwrap();
    // Past the test harness, which would swallow it.
    std::io::stderr().write_all(&[&ended.stdout[..], &ended.stderr].concat()).unwrap();
    let said = String::from_utf8_lossy(&ended.stdout);
    assert!(ended.status.success());
    assert!(said.contains("passed: ") || said.contains("skipped: "), "{said}");
}

#[test]
#[ignore = "long: four nodes of Slurm on this machine"]
fn a_sweep_on_slurm_with_a_node_killed_gives_the_bytes_of_one_process() {
    passes("slurm.sh");
}

#[test]
#[ignore = "long: installs Python's packages and R"]
fn the_recipes_for_python_and_r_find_what_salib_and_the_program_itself_find() {
    passes("recipe.sh");
}

#[test]
#[ignore = "long: six runs of Mali"]
fn estimators_of_the_fields_studies_find_known_effects_and_fail_when_broken() {
    passes("studies.sh");
}

#[test]
#[ignore = "long: Chromium opens pages at several widths"]
fn pages_can_be_read_used_and_downloaded_from_in_a_browser() {
    passes("page.sh");
}

#[test]
#[ignore = "long: builds the engine for the browser, opens its page in Chromium"]
fn the_page_for_the_browser_plays_saves_and_gives_the_bytes_of_the_program() {
    passes("explorer.sh");
}

#[test]
#[ignore = "long: two hundred runs of a small world in Python"]
fn the_core_written_anew_from_the_odd_gives_the_same_distributions() {
    passes("odd.sh");
}
