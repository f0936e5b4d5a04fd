//! The report of the runs that were played: the engine's own page, made from the tables that `toguna compare`
//! would have written of them.

use crate::drawn::language;
use crate::written::written;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use toguna_experiment::common_past::RandomNumbers;
use toguna_experiment::compare::{Arms, Compared};
use toguna_experiment::ending::Ending;
use toguna_experiment::record::RunRecord;
use toguna_output::comparison_tables::{COMPARISON, JOINED, PARTINGS};
use toguna_output::course_tables::{ACTED, CERCLES, OVER_TIME, WHO_PAYS};
use toguna_output::tables::runs;
use toguna_output::{Content, Inputs, Manifest, WrittenFile};
use toguna_report::{Results, SHOWN, page_of};
use toguna_scenario::checked::read;
use toguna_scenario::prepared::PreparedScenario;
use toguna_scenario::source::InMemory;

/// What has been played of one policy under one replicate.
#[derive(Deserialize, Serialize)]
pub struct Told {
    /// The scenario as played, then the tables that it names.
    pub files: Vec<(String, String)>,
    /// How the run ended, as [`text_of`] writes it.
    pub ending: String,
}

#[derive(Deserialize)]
pub struct ReportAsked {
    arms: Vec<ArmAsked>,
    seed: u64,
    /// The last day, where it is not that of the scenarios.
    end: Option<String>,
    french: bool,
}

#[derive(Deserialize)]
struct ArmAsked {
    title: String,
    files: Vec<(String, String)>,
    /// By replicate.
    endings: Vec<String>,
}

/// Names of the two in the tables.
const NAMES: [&str; 2] = ["a", "b"];

impl ReportAsked {
    pub fn page(&self) -> Result<String, String> {
        let mut files = BTreeMap::new();
        let (mut scenarios, mut kept) = (Vec::new(), Vec::new());
        for (arm, name) in self.arms.iter().zip(NAMES) {
            let (prepared, within) = arm.prepared(name, self.end.as_deref())?;
            kept.push(within);
            let checked = prepared.checked();
            let table = |key: &str| format!("{name}.{key}.input.csv");
            files.insert(format!("{name}.resolved.toml"), checked.resolved_beside(table));
            let texts = checked.tables.texts().into_iter().filter(|(_, text)| !text.is_empty());
            files.extend(texts.map(|(key, text)| (table(key), text.to_owned())));
            scenarios.push((name.to_owned(), prepared));
        }
        let arms = Arms::new(scenarios, RandomNumbers::Same);
        let (mut compared, mut records) = (Compared::of(&arms), Vec::new());
        let replicates = self.arms.iter().map(|arm| arm.endings.len()).min().unwrap_or(0);
        for replicate in 0..replicates {
            let endings = self.arms.iter().map(|arm| ending_of(&arm.endings[replicate]));
            let mut endings = endings.collect::<Result<Vec<Ending>, _>>()?;
            for (ending, kept) in endings.iter_mut().zip(&kept) {
                let mut within = kept.iter();
                ending.acted.retain(|_| within.next().is_some_and(|it| *it));
            }
            let number = u32::try_from(replicate).map_err(|error| error.to_string())?;
            compared.push(self.seed, number, endings, &mut |record: RunRecord| {
                records.push(record);
                Ok::<(), String>(())
            })?;
        }
        let inputs: Vec<Content> = NAMES
            .map(|name| Content::of(name, files[&format!("{name}.resolved.toml")].as_bytes()))
            .into();
        let number = u32::try_from(replicates).map_err(|error| error.to_string())?;
        let inputs = Inputs::of("compare", inputs, self.seed, number);
        tables(&mut files, &compared, &records)?;
        let manifest = manifest(inputs, &files);
        let results =
            Results::in_memory(&files, manifest, &SHOWN).map_err(|error| error.to_string())?;
        Ok(page_of(&results, language(self.french)))
    }
}

impl ArmAsked {
    /// The scenario under its name in the report and with its title there; and of each entry of its timeline
    /// whether its day had come: a run that was stopped has not heard of what was to follow.
    fn prepared(
        &self,
        name: &str,
        end: Option<&str>,
    ) -> Result<(PreparedScenario, Vec<bool>), String> {
        let [(file, text), tables @ ..] = &self.files[..] else {
            return Err("a scenario has a file".to_owned());
        };
        let mut scenario: toml::Table = text.parse().map_err(|error| format!("{file}: {error}"))?;
        scenario.insert("name".to_owned(), name.into());
        scenario.insert("title".to_owned(), self.title.as_str().into());
        if let (Some(end), Some(time)) = (end, scenario.get_mut("time")) {
            time.as_table_mut().map(|time| time.insert("end".to_owned(), end.into()));
        }
        let mut kept = Vec::new();
        if let Some(entries) = scenario.get_mut("timeline").and_then(toml::Value::as_array_mut) {
            entries.retain(|entry| {
                let at = entry.get("at").and_then(toml::Value::as_str);
                // Days of ISO are in the order of their text.
                kept.push(at.zip(end).is_none_or(|(at, end)| at <= end));
                kept.last() == Some(&true)
            });
        }
        let mut shelf = InMemory::default().with(file, scenario.to_string());
        for (name, text) in tables {
            shelf = shelf.with(name, text.as_str());
        }
        let checked = read(&shelf, Path::new(file), &[]).map_err(|it| it.render(false))?;
        Ok((PreparedScenario::new(checked), kept))
    }
}

/// The tables that a page of a comparison is made of.
fn tables(
    files: &mut BTreeMap<String, String>,
    compared: &Compared<'_>,
    records: &[RunRecord],
) -> Result<(), String> {
    files.extend([
        ("runs.csv".to_owned(), written(&runs(), records)?),
        (COMPARISON.name.to_owned(), written(&COMPARISON, &compared.rows())?),
        (JOINED.name.to_owned(), written(&JOINED, &compared.joined())?),
        (OVER_TIME.name.to_owned(), written(&OVER_TIME, &compared.over_time())?),
        (CERCLES.name.to_owned(), written(&CERCLES, &compared.cercles())?),
        (WHO_PAYS.name.to_owned(), written(&WHO_PAYS, &compared.who_pays())?),
        (PARTINGS.name.to_owned(), written(&PARTINGS, &compared.partings())?),
        (ACTED.name.to_owned(), written(&ACTED, &compared.acted())?),
    ]);
    Ok(())
}

fn manifest(inputs: Inputs, files: &BTreeMap<String, String>) -> Manifest {
    let file = |name: &String| WrittenFile {
        name: name.clone(),
        sha256: String::new(),
        bytes: 0,
        rows: None,
    };
    Manifest {
        fingerprint: inputs.fingerprint(),
        inputs,
        commit: String::new(),
        command: vec!["explorer".to_owned()],
        seed_rule: String::new(),
        files: files.keys().map(file).collect(),
        started: String::new(),
        finished: String::new(),
        seconds: 0.0,
        threads: 1,
    }
}

/// An ending as text that a page can keep and hand to another engine: its bytes in hexadecimal.
pub fn text_of(ending: &Ending) -> Result<String, String> {
    let bytes = postcard::to_allocvec(ending).map_err(|error| error.to_string())?;
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
    Ok(bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect())
}

fn ending_of(text: &str) -> Result<Ending, String> {
    let bytes: Option<Vec<u8>> = text.as_bytes().chunks(2).map(byte_of).collect();
    let bytes = bytes.ok_or("what a run has left is damaged")?;
    postcard::from_bytes(&bytes).map_err(|error| error.to_string())
}

fn byte_of(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shelf::Shelf;
    use toguna_session::Scenario;

    #[test]
    fn a_run_that_was_stopped_is_reported_without_what_was_to_follow() {
        let path = "toguna:/lessons/talking-valley.toml";
        let scenario = Scenario::open(Shelf::with(&[]), path).unwrap();
        let entries = scenario.checked().scenario.timeline.len();
        let (title, endings) = ("Stopped".to_owned(), Vec::new());
        let arm = ArmAsked { title, files: scenario.files(), endings };
        let kept_until = |end: Option<&str>| {
            let (prepared, kept) = arm.prepared("a", end).unwrap();
            let left = prepared.checked().scenario.timeline.len();
            assert_eq!((kept.len(), left), (entries, kept.iter().filter(|it| **it).count()));
            left
        };
        assert_eq!((kept_until(None), kept_until(Some("2020-06-30"))), (entries, 0));
        assert!(entries > 0);
    }
}
