//! Worlds that tests live in: the shipped scenarios, shortened or coarsened by settings, and small
//! ones made in memory.

pub mod random;
pub mod scaled;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use toguna::engine::layout::Person;
use toguna::engine::risk_set::{Bonds, Carried, Outlook};
use toguna::experiment::logs::{Log, Wanted};
use toguna::experiment::record::RunRecord;
use toguna::experiment::replicate::{Interrupt, run_weeks};
use toguna::experiment::table::Lines;
use toguna::model::words::ids::{CommunityId, Side};
use toguna::model::words::mechanisms::Mechanisms;
use toguna::model::words::targets::Target;
use toguna::model::world::World;
use toguna::model::world::log::Event;
use toguna::output::sha256_of;
use toguna::scenario::checked::read;
use toguna::scenario::prepared::PreparedScenario;
use toguna::scenario::source::{Disk, Files};

pub const VALLEY: &str = "scenarios/lessons/valley.toml";
pub const TWO_VILLAGES: &str = "scenarios/lessons/two-villages.toml";

/// Every log is kept.
pub const EVERYTHING: Wanted = Wanted::EVERYTHING;

/// A scenario from any place where files are kept, with settings as `--set` takes them.
pub fn prepared_from(
    files: &dyn Files,
    path: &Path,
    settings: &[impl AsRef<str>],
) -> PreparedScenario {
    let settings: Vec<String> = settings.iter().map(|set| set.as_ref().to_owned()).collect();
    match read(files, path, &settings) {
        Ok(checked) => PreparedScenario::new(checked),
        Err(problems) => panic!("{}", problems.render(false)),
    }
}

/// A shipped scenario, named from the repository's root.
pub fn prepared(path: &str, settings: &[impl AsRef<str>]) -> PreparedScenario {
    prepared_from(&Disk, &Path::new(env!("CARGO_MANIFEST_DIR")).join(path), settings)
}

pub const AS_IT_IS: &[&str] = &[];

/// Every scenario under `scenarios/` that can be run (one that only others extend has no name), from
/// the repository's root and in order.
pub fn shipped() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join("scenarios")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "toml") {
                let text = std::fs::read_to_string(&path).unwrap();
                if text.lines().any(|line| line.starts_with("name = ")) {
                    let path = path.strip_prefix(root).unwrap();
                    found.push(path.to_str().unwrap().replace('\\', "/"));
                }
            }
        }
    }
    found.sort();
    assert!(found.iter().any(|path| path == VALLEY) && found.len() > 1, "{found:?}");
    found
}

/// A shipped scenario that is quick: small worlds as they are, a country with one simulated adult for so
/// many.
pub fn quick(path: &str, people_per_agent: u32) -> PreparedScenario {
    let coarse = prepared(path, &[format!("people.people_per_agent={people_per_agent}")]);
    let communities = &coarse.checked().tables.communities.rows;
    let residents: f64 = communities.iter().map(|row| f64::from(row.residents)).sum();
    if residents < 1e6 { prepared(path, AS_IT_IS) } else { coarse }
}

/// One run with the logs that are wanted.
pub fn record_of(prepared: &PreparedScenario, seed: u64, wanted: Wanted) -> RunRecord {
    let mut record = RunRecord { wanted, ..RunRecord::new(0, 0, seed) };
    let world = prepared.world(seed, 0);
    let world = run_weeks(world, prepared.weeks(), &Interrupt::new(), &mut |world| {
        record.observe(world);
    });
    record.close(&world.expect("nobody interrupts a test"));
    record
}

/// The first weeks of a run with every log.
pub fn run_for(prepared: &PreparedScenario, seed: u64, weeks: u32) -> RunRecord {
    let mut record = RunRecord { wanted: EVERYTHING, ..RunRecord::new(0, 0, seed) };
    let mut world = prepared.world(seed, 0);
    for _ in 0..weeks.min(prepared.weeks()) {
        world.advance();
        record.observe(&world);
    }
    record.close(&world);
    record
}

/// A world after so many weeks.
pub fn after(prepared: &PreparedScenario, seed: u64, weeks: u32) -> World {
    let mut world = prepared.world(seed, 0);
    (0..weeks).for_each(|_| world.advance());
    world
}

/// Settings that turn off every mechanism but these.
pub fn only(on: &[&str]) -> Vec<String> {
    let all = serde_json::to_value(Mechanisms::default()).unwrap();
    let all = all.as_object().unwrap();
    assert!(on.iter().all(|name| all.contains_key(*name)), "{on:?}");
    let off = all.keys().filter(|name| !on.contains(&name.as_str()));
    off.map(|name| format!("mechanisms.{name}=false")).collect()
}

/// A raid in a place that killed so many.
pub fn kill(world: &mut World, community: CommunityId, deaths: u32) {
    world.log.events.push(Event {
        community,
        attacker: Side(1),
        target: Target::Civilians,
        constituency: None,
        soldiers_killed: 0,
        partners_killed: 0,
        attackers_killed: 0,
        defenders_killed: 0,
        civilians_killed: deaths,
        civilians_hurt: 0,
        harm_by: Side(1),
        size: deaths,
        reported: true,
    });
}

/// On a pool of so many threads.
pub fn on_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(work)
}

/// Every table that a run fills week by week, as it would be written, by file name.
pub fn tables_of(record: &RunRecord) -> Vec<(&'static str, String)> {
    let table = |(place, log): (usize, &'static Log)| {
        let mut lines = Lines::header(&log.described().columns);
        record.logs.rows_of(place).into_iter().for_each(|rows| lines.append(rows));
        (log.name, String::from_utf8(lines.text().to_vec()).unwrap())
    };
    record.wanted.logs().map(table).collect()
}

/// The rows of one of these tables, each value by the name of its column.
pub fn rows_of(record: &RunRecord, name: &str) -> Vec<BTreeMap<String, String>> {
    let tables = tables_of(record);
    let (_, text) = tables.iter().find(|(known, _)| *known == name).expect("it is kept");
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

/// One checksum over every table of a run.
pub fn checksum(record: &RunRecord) -> String {
    let texts = tables_of(record).into_iter().map(|(name, text)| format!("{name}\n{text}"));
    sha256_of(texts.collect::<String>().as_bytes())
}

/// Asserts that two runs left the same bytes, and names the first line that differs.
pub fn assert_same_bytes(a: &RunRecord, b: &RunRecord, what: &str) {
    for ((name, a), (_, b)) in tables_of(a).into_iter().zip(tables_of(b)) {
        if a != b {
            let differs = a.lines().zip(b.lines()).find(|(a, b)| a != b);
            panic!("{what}: {name} differs: {differs:?}");
        }
    }
}

/// Everyone is bound alike, by one bond of one channel, before this week.
pub struct Alike(pub u32);

impl Alike {
    /// What the bond carries in every quarter.
    pub fn carrying(quarters: usize, each: f64) -> Carried {
        Carried { channels: 1, by_quarter: vec![each; quarters], peaks: vec![each; quarters] }
    }
}

impl Bonds for Alike {
    fn felt(&self, _: Person, carried: &[f64]) -> f64 {
        carried[0]
    }

    fn outlook(&self, _: Person) -> Outlook {
        Outlook { most: 1.0, until: self.0 }
    }
}
