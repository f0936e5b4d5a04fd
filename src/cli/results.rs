//! The folder of results that several commands write.

use super::failure::Failure;
use super::shared_flags::Shared;
use super::standard_output;
use std::path::Path;
use toguna_output::{About, Content, Inputs, Licence, Opening, Particulars, RunFolder, Source};
use toguna_scenario::checked::CheckedScenario;

/// How the seed of each draw follows from the master seed.
const SEED_RULE: &str = "ChaCha8 with key = seed (8 bytes) ‖ replicate (8 bytes) ‖ \"toguna\", \
     stream = purpose (8 bits) ‖ entity (56 bits), position = time · 2^20 words";

/// The folder to write; none where it holds these very results, which is told.
pub fn open(
    path: &Path,
    inputs: Inputs,
    force: bool,
    shared: &Shared,
) -> Result<Option<RunFolder>, Failure> {
    match RunFolder::open(path, inputs, force)? {
        Opening::New(folder) => Ok(Some(*folder)),
        Opening::Unchanged(_) => {
            tell_unchanged(path, shared);
            Ok(None)
        }
    }
}

/// What results of runs of one scenario follow from.
pub fn inputs(experiment: &str, checked: &CheckedScenario, seed: u64, replicates: u32) -> Inputs {
    let text = checked.resolved_beside_tables();
    let scenarios = vec![Content::of(checked.scenario.name.as_str(), text.as_bytes())];
    let mut inputs = Inputs::of(experiment, scenarios, seed, replicates);
    let table = |(name, text): (&str, &str)| Content::of(name, text.as_bytes());
    inputs.tables = checked.tables.texts().into_iter().map(table).collect();
    inputs
}

/// Tells that nothing is to be done.
pub fn tell_unchanged(path: &Path, shared: &Shared) {
    if !shared.quiet {
        let path = path.display();
        standard_output::tell(&format!("unchanged: {path} holds these very results"));
    }
}

/// Writes a scenario and the tables that it names, so that it can be run again from the folder.
pub fn keep_scenario(folder: &mut RunFolder, checked: &CheckedScenario) -> Result<(), Failure> {
    folder.text("scenario.resolved.toml", &checked.resolved_beside_tables())?;
    keep_tables(folder, checked)
}

/// Writes the tables that a scenario names.
pub fn keep_tables(folder: &mut RunFolder, checked: &CheckedScenario) -> Result<(), Failure> {
    for (name, text) in checked.tables.texts() {
        folder.text(&format!("{name}.input.csv"), text)?;
    }
    Ok(())
}

/// What the manifest tells of this very call.
pub fn particulars(about: About, shared: &Shared) -> Particulars {
    Particulars {
        commit: super::words::COMMIT.to_owned(),
        command: super::words::given(),
        seed_rule: SEED_RULE.to_owned(),
        threads: shared.threads,
        about,
    }
}

/// What the data package says of itself.
pub fn about(checked: &CheckedScenario) -> About {
    let scenario = &checked.scenario;
    About {
        name: scenario.name.clone(),
        title: scenario.title.clone(),
        description: scenario.description.clone(),
        licences: vec![Licence {
            name: "CC-BY-4.0".to_owned(),
            title: "Creative Commons Attribution 4.0".to_owned(),
            address: "https://creativecommons.org/licenses/by/4.0/".to_owned(),
        }],
        sources: vec![Source {
            title: "Toguna, a simulation; none of these figures is an observation".to_owned(),
            address: "https://github.com/toguna/toguna".to_owned(),
        }],
    }
}

/// Writes each scenario with the tables it names, so that it can be run again from the folder. A table
/// that an earlier scenario has, too, is kept once.
///
/// # Errors
/// When a file cannot be written.
pub fn keep_scenarios(
    folder: &mut RunFolder,
    arms: &[(&str, &CheckedScenario)],
) -> Result<(), Failure> {
    let owner = |arm: usize, key: &str| {
        let text = |arm: usize| {
            let mut texts = arms[arm].1.tables.texts().into_iter();
            texts.find(|(known, _)| *known == key).map(|(_, text)| text)
        };
        (0..arm).find(|earlier| text(*earlier) == text(arm)).unwrap_or(arm)
    };
    let file = |arm: usize, key: &str| format!("{}.{key}.input.csv", arms[owner(arm, key)].0);
    for (arm, (name, checked)) in arms.iter().enumerate() {
        let text = checked.resolved_beside(|key| file(arm, key));
        folder.text(&format!("{name}.resolved.toml"), &text)?;
        for (key, text) in checked.tables.texts() {
            if owner(arm, key) == arm {
                folder.text(&file(arm, key), text)?;
            }
        }
    }
    Ok(())
}
