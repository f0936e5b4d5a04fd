//! What made a folder of results, and what is in it: `manifest.json`, written last.

use super::hash::sha256_of;
use serde::{Deserialize, Serialize};

/// The record of one folder. Its presence says that the folder is whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// SHA-256 of `inputs`: folders with the same fingerprint hold the same results.
    pub fingerprint: String,
    /// All that decides the results.
    pub inputs: Inputs,
    /// Commit the program was built from, with `-dirty` when its sources differed from it; "unknown"
    /// when it was not built in its repository, or without optimisation.
    pub commit: String,
    /// The command line, as it was given.
    pub command: Vec<String>,
    /// How the seed of each draw follows from `inputs.seed`.
    pub seed_rule: String,
    /// Every file beside the manifest, in the order in which they were closed.
    pub files: Vec<WrittenFile>,
    /// Universal time at which the work began, as `2026-01-31T12:00:00Z`.
    pub started: String,
    /// Universal time at which the folder was whole.
    pub finished: String,
    /// Time that the command took, seconds.
    pub seconds: f64,
    /// Threads that made the runs.
    pub threads: usize,
}

/// One file of a folder, as it was when the folder was closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenFile {
    /// Within the folder.
    pub name: String,
    /// Of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its length.
    pub bytes: u64,
    /// Rows below the header; none for a file that is not a table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<u64>,
}

/// Everything the results follow from, and nothing else: no path, no time, no machine, no number of
/// threads. Equal inputs give equal bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    /// Version of the program.
    pub toguna: String,
    /// [`toguna_model::RESULTS_VERSION`] of the program.
    pub results_version: u32,
    /// What was done: "run", "compare", "sweep".
    pub experiment: String,
    /// The scenarios, resolved, in the order they were given.
    pub scenarios: Vec<Content>,
    /// Tables and designs that were read.
    pub tables: Vec<Content>,
    /// Seed of all runs.
    pub seed: u64,
    /// Runs of each scenario or point.
    pub replicates: u32,
    /// Tables asked for, and whatever else on the command line changes what is written.
    pub outputs: Vec<String>,
}

/// A text that was read, by name and hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// As the manifest lists it.
    pub name: String,
    /// Of its bytes, in hexadecimal.
    pub sha256: String,
}

impl Content {
    /// `name` is what the text is called among its like, not where it lies: a path would make two
    /// machines differ.
    #[must_use]
    pub fn of(name: impl Into<String>, text: &[u8]) -> Content {
        Content { name: name.into(), sha256: sha256_of(text) }
    }
}

impl Inputs {
    /// The inputs of an experiment of this very program.
    #[must_use]
    pub fn of(experiment: &str, scenarios: Vec<Content>, seed: u64, replicates: u32) -> Inputs {
        Inputs {
            toguna: env!("CARGO_PKG_VERSION").into(),
            results_version: toguna_model::RESULTS_VERSION,
            experiment: experiment.into(),
            scenarios,
            tables: Vec::new(),
            seed,
            replicates,
            outputs: Vec::new(),
        }
    }

    /// SHA-256 of these inputs as compact JSON, fields in the order declared.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let json = serde_json::to_vec(self).expect("text and whole numbers are always valid JSON");
        sha256_of(&json)
    }

    /// What is other in `asked`, a line each; empty when nothing is.
    #[must_use]
    pub fn differences(&self, asked: &Inputs) -> Vec<String> {
        let mut lines = Vec::new();
        let mut compare = |what: &str, here: String, asked: String| {
            if here != asked {
                lines.push(format!("{what}: {here} there, {asked} asked for"));
            }
        };
        compare("version of toguna", self.toguna.clone(), asked.toguna.clone());
        let versions = (self.results_version, asked.results_version);
        compare("results version", versions.0.to_string(), versions.1.to_string());
        compare("experiment", self.experiment.clone(), asked.experiment.clone());
        compare("scenarios", names(&self.scenarios), names(&asked.scenarios));
        compare("tables read", names(&self.tables), names(&asked.tables));
        compare("seed", self.seed.to_string(), asked.seed.to_string());
        compare("replicates", self.replicates.to_string(), asked.replicates.to_string());
        compare("outputs", listed(&self.outputs), listed(&asked.outputs));
        for (here, asked) in [(&self.scenarios, &asked.scenarios), (&self.tables, &asked.tables)] {
            let pairs = here.iter().zip(asked).filter(|(a, b)| a.name == b.name && a != b);
            lines.extend(pairs.map(|(a, _)| format!("{}: its content has changed", a.name)));
        }
        lines
    }
}

fn names(contents: &[Content]) -> String {
    listed(&contents.iter().map(|content| content.name.clone()).collect::<Vec<_>>())
}

fn listed(words: &[String]) -> String {
    if words.is_empty() { "none".into() } else { words.join(", ") }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub fn inputs() -> Inputs {
        Inputs {
            tables: vec![Content::of("communities.csv", b"id,people\n1,900\n")],
            outputs: vec!["series.csv".into()],
            ..Inputs::of("run", vec![Content::of("status_quo", b"seed = 1\n")], 1, 3)
        }
    }

    #[test]
    fn the_fingerprint_changes_with_every_input_and_says_which() {
        type Change = fn(&mut Inputs);
        let changes: [(Change, &str); 10] = [
            (|i| i.toguna = "9.9.9".into(), "version of toguna: 0.1.0 there, 9.9.9 asked for"),
            (|i| i.results_version = 99, "results version: 1 there, 99 asked for"),
            (|i| i.experiment = "compare".into(), "experiment: run there, compare asked for"),
            (|i| i.scenarios.clear(), "scenarios: status_quo there, none asked for"),
            (
                |i| i.scenarios[0] = Content::of("status_quo", b"seed = 2\n"),
                "status_quo: its content has changed",
            ),
            (
                |i| i.tables[0].name = "places.csv".into(),
                "tables read: communities.csv there, places.csv asked for",
            ),
            (|i| i.tables[0].sha256 = sha256_of(b""), "communities.csv: its content has changed"),
            (|i| i.seed = 2, "seed: 1 there, 2 asked for"),
            (|i| i.replicates = 4, "replicates: 3 there, 4 asked for"),
            (
                |i| i.outputs.push("recruits.csv".into()),
                "outputs: series.csv there, series.csv, recruits.csv asked for",
            ),
        ];
        for (change, told) in changes {
            let mut changed = inputs();
            change(&mut changed);
            assert_ne!(changed.fingerprint(), inputs().fingerprint(), "{told}");
            let told = told
                .replace("0.1.0", env!("CARGO_PKG_VERSION"))
                .replace("1 there, 99", &format!("{} there, 99", toguna_model::RESULTS_VERSION));
            assert_eq!(inputs().differences(&changed), [told]);
        }
    }

    #[test]
    fn equal_inputs_have_equal_fingerprints_and_no_difference() {
        assert_eq!(inputs().fingerprint(), inputs().fingerprint());
        assert_eq!(inputs().differences(&inputs()), Vec::<String>::new());
    }

    #[test]
    fn words_moved_from_one_input_to_the_next_change_the_fingerprint() {
        let split = |outputs: &[&str]| {
            let outputs = outputs.iter().map(|name| (*name).into()).collect();
            Inputs { outputs, ..inputs() }.fingerprint()
        };
        assert_ne!(split(&["a", "b"]), split(&["ab"]));
        assert_ne!(split(&["a,b"]), split(&["a", "b"]));
    }
}
