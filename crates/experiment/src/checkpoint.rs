//! A world on disk as it is at the start of a week, to go on from, bit for bit or under another policy.
//!
//! `toguna checkpoint 2`, a line; the head as JSON, a line; the body in postcard's format; the SHA-256
//! of all before it, 32 bytes. The body holds the scenario and its tables as text, then the world:
//! every field but what the scenario says again (rules, switches, when entries act, ways of flight).
//! It is read only by the very model that wrote it, since only then do its bytes mean the same.

use super::common_past::incompatibilities;
use super::over_time::Path as Way;
use super::record::RunRecord;
use super::who_pays::Paid;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::Path;
use toguna_model::world::World;
use toguna_scenario::checked::{CheckedScenario, read};
use toguna_scenario::prepared::PreparedScenario;
use toguna_scenario::problems::Problems;
use toguna_scenario::source::InMemory;
use toguna_units::Date;

/// How every checkpoint begins; then the number of its form.
const KIND: &str = "toguna checkpoint ";
const FORM: &str = "2";
const CHECK: usize = 32;
/// What the scenario is called inside.
const SCENARIO: &str = "scenario.resolved.toml";

/// What a checkpoint is of. Readable with any text viewer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Version of the program.
    pub toguna: String,
    /// [`toguna_model::RESULTS_VERSION`] of the program.
    pub results_version: u32,
    /// A number made from the sources of engine and model.
    pub model: String,
    /// The scenario run so far.
    pub scenario: String,
    /// Seed of the run.
    pub seed: u64,
    /// Its replicate, from 0.
    pub replicate: u32,
    /// Weeks run.
    pub week: u32,
    /// First day of the week to be run next.
    pub date: Date,
    /// Bytes of the body.
    pub bytes: u64,
}

impl Head {
    fn of(record: &RunRecord, scenario: &str, world: &World, bytes: u64) -> Self {
        Head {
            toguna: env!("CARGO_PKG_VERSION").to_owned(),
            results_version: toguna_model::RESULTS_VERSION,
            model: env!("TOGUNA_MODEL").to_owned(),
            scenario: scenario.to_owned(),
            seed: record.seed,
            replicate: record.replicate,
            week: world.calendar.week,
            date: world.calendar.today(),
            bytes,
        }
    }

    /// What a head must be to stand before this scenario and world.
    fn before(&self, scenario: &str, world: &World) -> Head {
        let (seed, replicate) = world.streams.seed_and_replicate();
        Head {
            scenario: scenario.to_owned(),
            seed,
            replicate: u32::try_from(replicate).unwrap_or(u32::MAX),
            week: world.calendar.week,
            date: world.calendar.today(),
            ..self.clone()
        }
    }

    /// `half-year, seed 5, replicate 0, week 17 (2020-04-26)`
    fn of_what(&self) -> String {
        let Head { scenario, seed, replicate, week, date, .. } = self;
        format!("{scenario}, seed {seed}, replicate {replicate}, week {week} ({date})")
    }
}

/// A past to go on from.
#[derive(Clone)]
pub struct Past {
    /// What it is of.
    pub head: Head,
    /// The scenario run so far.
    pub checked: CheckedScenario,
    files: InMemory,
    world: World,
    /// Outcomes so far, as in [`RunRecord::end`].
    end: Vec<f64>,
    /// Outcomes over time so far, as in [`RunRecord::path`].
    way: Way,
    /// What befell whom so far, as in [`RunRecord::paid`].
    paid: Paid,
    events_so_far: u32,
}

/// Why a file is not gone on from.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each says in its message what it means")]
pub enum CheckpointError {
    #[error("it is no checkpoint of toguna")]
    NotOne,
    #[error("it is cut short: {found} bytes of {wanted}")]
    CutShort { found: usize, wanted: usize },
    #[error("it is damaged: its SHA-256 is not the one it ends with")]
    Damaged,
    #[error("its first lines say {0}, and the world behind them is {1}")]
    OtherHead(String, String),
    #[error("its form is number {found}; this toguna reads number {FORM}")]
    OtherForm { found: String },
    #[error(
        "it was written by toguna {} (results version {}), and this is toguna {} (results version \
         {}); only the version that wrote a checkpoint goes on from it",
        .0.toguna, .0.results_version, env!("CARGO_PKG_VERSION"), toguna_model::RESULTS_VERSION
    )]
    OtherVersion(Box<Head>),
    #[error(
        "it was written by another build of toguna {}, with another model ({}; this one has {})",
        .0.toguna, .0.model, env!("TOGUNA_MODEL")
    )]
    OtherModel(Box<Head>),
    #[error(
        "the scenario does not go on from it:\n{}\nlevers, rules, switches, the end and entries of \
         the timeline from {date} on may be others; people, places, groups and the start may not",
        told(lines)
    )]
    OtherWorld { lines: Vec<String>, date: Date },
    #[error("its scenario is not valid (a defect of toguna): {0}")]
    Scenario(String),
    #[error("its world cannot be read (a defect of toguna): {0}")]
    Unreadable(String),
}

/// The first differences, a line each, and how many more there are.
fn told(lines: &[String]) -> String {
    const TOLD: usize = 10;
    let mut told: Vec<String> = lines.iter().take(TOLD).map(|line| format!("  {line}")).collect();
    if lines.len() > TOLD {
        told.push(format!("  and {} more", lines.len() - TOLD));
    }
    told.join("\n")
}

/// A world as bytes. `record` is that of its run so far, `checked` what it has run under.
#[must_use]
pub fn written(world: &World, record: &RunRecord, checked: &CheckedScenario) -> Vec<u8> {
    let scenario = checked.resolved_beside_tables();
    let RunRecord { end, events_so_far, path, paid, .. } = record;
    let body = (scenario, checked.tables.texts(), end, events_so_far, path, paid, world);
    let body = postcard::to_allocvec(&body);
    let body = body.expect("a world is made of what postcard can hold, and memory is there");
    let head = Head::of(record, &checked.scenario.name, world, body.len() as u64);
    let head = serde_json::to_string(&head).expect("text and numbers are always valid JSON");
    let mut bytes = format!("{KIND}{FORM}\n{head}\n").into_bytes();
    bytes.extend(body);
    let check = Sha256::digest(&bytes);
    bytes.extend(check);
    bytes
}

/// The head of a checkpoint and where its body lies, once every byte is known to be as written.
fn opened(bytes: &[u8]) -> Result<(Head, &[u8]), CheckpointError> {
    let rest = bytes.strip_prefix(KIND.as_bytes()).ok_or(CheckpointError::NotOne)?;
    let (form, rest) = line_of(rest).ok_or(CheckpointError::Damaged)?;
    if form != FORM {
        return Err(CheckpointError::OtherForm { found: form.chars().take(20).collect() });
    }
    let (head, rest) = line_of(rest).ok_or(CheckpointError::Damaged)?;
    let head: Head = serde_json::from_str(head).map_err(|_| CheckpointError::Damaged)?;
    let before = bytes.len() - rest.len();
    let wanted = (before + CHECK).saturating_add(usize::try_from(head.bytes).unwrap_or(usize::MAX));
    if bytes.len() < wanted {
        return Err(CheckpointError::CutShort { found: bytes.len(), wanted });
    }
    let (checked, check) = bytes.split_at(bytes.len() - CHECK);
    if Sha256::digest(checked).as_slice() != check || bytes.len() > wanted {
        return Err(CheckpointError::Damaged);
    }
    let version = (env!("CARGO_PKG_VERSION"), toguna_model::RESULTS_VERSION);
    if (head.toguna.as_str(), head.results_version) != version {
        return Err(CheckpointError::OtherVersion(Box::new(head)));
    }
    if head.model != env!("TOGUNA_MODEL") {
        return Err(CheckpointError::OtherModel(Box::new(head)));
    }
    Ok((head, &checked[before..]))
}

/// The first line, without its end, and what follows it.
fn line_of(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    Some((std::str::from_utf8(&bytes[..end]).ok()?, &bytes[end + 1..]))
}

impl Past {
    /// # Errors
    /// When these are not the bytes of a checkpoint that this very model has written.
    pub fn read(bytes: &[u8]) -> Result<Past, CheckpointError> {
        let (head, body) = opened(bytes)?;
        type Body = (String, [(String, String); 7], Vec<f64>, u32, Way, Paid, World);
        let body: Result<Body, _> = postcard::from_bytes(body);
        let (scenario, tables, end, events_so_far, way, paid, world) =
            body.map_err(|error| CheckpointError::Unreadable(error.to_string()))?;
        let mut files = InMemory::default().with(SCENARIO, scenario);
        for (table, text) in tables {
            files = files.with(&format!("{table}.input.csv"), text);
        }
        let checked = read(&files, Path::new(SCENARIO), &[])
            .map_err(|problems| CheckpointError::Scenario(problems.render(false)))?;
        let of_world = head.before(&checked.scenario.name, &world);
        if head != of_world {
            return Err(CheckpointError::OtherHead(head.of_what(), of_world.of_what()));
        }
        Ok(Past { head, checked, files, world, end, way, paid, events_so_far })
    }

    /// Its own scenario with some values set over it.
    ///
    /// # Errors
    /// Everything wrong with these values.
    pub fn checked_with(&self, settings: &[String]) -> Result<CheckedScenario, Problems> {
        read(&self.files, Path::new(SCENARIO), settings)
    }

    /// Whether a world can go on from here under a scenario.
    ///
    /// # Errors
    /// What hinders it.
    pub fn check(&self, asked: &CheckedScenario) -> Result<(), CheckpointError> {
        let lines = incompatibilities(&self.checked, self.head.week, asked);
        let date = self.head.date;
        if lines.is_empty() { Ok(()) } else { Err(CheckpointError::OtherWorld { lines, date }) }
    }

    /// The world, to go on under a scenario that [`Past::check`] has found to fit, and the record of
    /// its run so far: totals and outcomes over time go back to the start, rows of each week begin here.
    #[must_use]
    pub fn wake(&self, prepared: &PreparedScenario, run: u32) -> (World, RunRecord) {
        let mut world = self.world.clone();
        prepared.fork(&mut world, &self.checked.scenario);
        let (end, events_so_far) = (self.end.clone(), self.events_so_far);
        let (path, paid) = (self.way.clone(), self.paid.clone());
        let record = RunRecord::new(run, self.head.replicate, self.head.seed);
        (world, RunRecord { end, path, paid, events_so_far, ..record })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use toguna_scenario::source::Disk;

    fn valley() -> PreparedScenario {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/lessons/valley.toml");
        PreparedScenario::new(
            read(&Disk, &path, &["people.people_per_agent=20".to_owned()]).unwrap(),
        )
    }

    fn checkpoint() -> Vec<u8> {
        let prepared = valley();
        let mut world = prepared.world(3, 0);
        let mut record = RunRecord::new(0, 0, 3);
        for _ in 0..6 {
            world.advance();
            record.observe(&world);
        }
        written(&world, &record, prepared.checked())
    }

    fn refusal(bytes: &[u8]) -> String {
        Past::read(bytes).map(|_| ()).unwrap_err().to_string()
    }

    /// The same with another head, whole in itself.
    fn with_head(bytes: &[u8], change: impl Fn(&mut Head)) -> Vec<u8> {
        let (mut head, body) = opened(bytes).unwrap();
        change(&mut head);
        let head = serde_json::to_string(&head).unwrap();
        let mut changed = format!("{KIND}{FORM}\n{head}\n").into_bytes();
        changed.extend(body);
        let check = Sha256::digest(&changed);
        changed.extend(check);
        changed
    }

    #[test]
    fn a_world_read_back_is_written_as_the_same_bytes() {
        let bytes = checkpoint();
        let past = Past::read(&bytes).unwrap();
        assert_eq!((past.head.week, past.head.seed), (6, 3));
        let (world, record) = past.wake(&PreparedScenario::new(past.checked.clone()), 0);
        assert!(written(&world, &record, &past.checked) == bytes);
    }

    #[test]
    fn no_byte_can_be_lost_or_changed() {
        let bytes = checkpoint();
        for at in (0..bytes.len()).step_by(bytes.len() / 97) {
            let mut changed = bytes.clone();
            changed[at] ^= 4;
            let told = refusal(&changed);
            assert!(!told.contains("defect"), "byte {at}: {told}");
            assert!(!refusal(&bytes[..at]).contains("defect"));
        }
        let all = bytes.len();
        assert_eq!(
            refusal(&bytes[..all - 1]),
            format!("it is cut short: {} bytes of {all}", all - 1)
        );
        let damaged = "it is damaged: its SHA-256 is not the one it ends with";
        assert_eq!(refusal(&[&bytes[..], b"\n"].concat()), damaged);
        assert_eq!(refusal(b""), "it is no checkpoint of toguna");
    }

    #[test]
    fn another_version_model_or_head_is_refused() {
        let bytes = checkpoint();
        let newer = with_head(&bytes, |head| head.results_version += 1);
        assert!(refusal(&newer).starts_with("it was written by toguna "));
        let changed = with_head(&bytes, |head| head.model = "another".to_owned());
        assert!(refusal(&changed).starts_with("it was written by another build of toguna "));
        let (others, of_what) = (
            [
                with_head(&bytes, |head| head.seed += 1),
                with_head(&bytes, |head| head.replicate += 1),
                with_head(&bytes, |head| head.week += 1),
                with_head(&bytes, |head| head.date = head.date.plus_days(1)),
                with_head(&bytes, |head| head.scenario = "hills".to_owned()),
            ],
            "and the world behind them is valley, seed 3, replicate 0, week 6 (",
        );
        for other in others {
            let told = refusal(&other);
            assert!(told.starts_with("its first lines say ") && told.contains(of_what), "{told}");
        }
        let form = [b"toguna checkpoint 3\n", &bytes[20..]].concat();
        assert_eq!(refusal(&form), "its form is number 3; this toguna reads number 2");
    }
}
