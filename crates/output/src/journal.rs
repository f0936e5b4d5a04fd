//! Runs of a sweep as they are made, in a folder beside where its results will stand. A line for each
//! run, in the order of its shard, each with a check of its own: whatever kills the writer, the lines
//! before it count, the torn one does not, and the next writer goes on after them.
//!
//! `<results>.partial/` holds `sweep.json` (what the runs follow from), the texts that differences are
//! shown from, and `runs-<i>-of-<n>.journal` for each shard.

use super::error::{OutputError, in_line, without_its_path};
use super::hash::sha256_of;
use super::manifest::Inputs;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use toguna_experiment::plan::{Plan, Run, Shard};
use toguna_experiment::sweep::{Ended, RunOutcomes};
use toguna_units::narrow;

const IDENTITY: &str = "sweep.json";
const ENDING: &str = ".journal";
/// A power cut costs at most the runs of this long.
const BETWEEN_SYNCS: Duration = Duration::from_secs(1);

/// The folder of a sweep that is not whole yet.
pub struct PartialSweep {
    path: PathBuf,
    results: PathBuf,
    inputs: Inputs,
}

/// One shard's runs, being added to.
pub struct Journal {
    file: File,
    path: PathBuf,
    done: u64,
    damaged: Option<u64>,
    synced: Instant,
}

/// What stands of the shards of a sweep.
pub enum Completeness {
    /// All shards of a partition into this many are whole.
    Whole(u32),
    /// What is missing, a line each.
    Missing(Vec<String>),
}

impl PartialSweep {
    /// Beside the folder `results`, for runs that follow from `inputs`. Their replicates do not
    /// count: more of them add runs at the end. `texts` are kept by name, to show differences from.
    ///
    /// # Errors
    /// When runs of another sweep stand there, or the disk refuses.
    pub fn open(
        results: &Path,
        inputs: &Inputs,
        texts: &[(&str, &str)],
    ) -> Result<Self, OutputError> {
        let partial = Self::look(results, inputs)?;
        let told = |source| OutputError::Write { path: partial.path.clone(), source };
        if !partial.path.join(IDENTITY).exists() {
            fs::create_dir_all(&partial.path).map_err(told)?;
            for (name, text) in texts {
                partial.place(name, text.as_bytes()).map_err(told)?;
            }
            let identity = serde_json::to_vec_pretty(&partial.inputs);
            let identity = identity.expect("text and whole numbers are always valid JSON");
            partial.place(IDENTITY, &identity).map_err(told)?;
        }
        Ok(partial)
    }

    /// The same without making anything.
    ///
    /// # Errors
    /// When runs of another sweep stand there.
    pub fn look(results: &Path, inputs: &Inputs) -> Result<Self, OutputError> {
        let mut inputs = inputs.clone();
        inputs.replicates = 0;
        let partial = PartialSweep { path: beside(results), results: results.to_owned(), inputs };
        let identity = partial.path.join(IDENTITY);
        match fs::read(&identity) {
            Ok(text) => {
                let differences = match serde_json::from_slice::<Inputs>(&text) {
                    Ok(known) => known.differences(&partial.inputs),
                    Err(error) => vec![format!(
                        "what they are of cannot be read: {}",
                        in_line(IDENTITY, &error)
                    )],
                };
                if !differences.is_empty() {
                    return Err(OutputError::Different { path: partial.path, differences });
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                // A writer killed between its first files left texts and no journal.
                let empty = entries_of(&partial.path).all(|entry| !is_journal(&entry.file_name()));
                // Another shard may have begun in between: it writes what its runs are of before any run.
                if !empty && identity.exists() {
                    return Self::look(results, &partial.inputs);
                }
                if !empty {
                    let why = format!("runs, but no {IDENTITY}");
                    return Err(OutputError::Foreign { path: partial.path, why });
                }
            }
            Err(source) => return Err(OutputError::Read { path: identity, source }),
        }
        Ok(partial)
    }

    /// Where the runs are.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// In one step, so that no reader sees half of it.
    fn place(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(&self.path).map_err(without_its_path)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(self.path.join(name)).map_err(|error| error.error)?;
        Ok(())
    }

    fn journal_path(&self, number: u32, of: u32) -> PathBuf {
        self.path.join(format!("runs-{number:04}-of-{of:04}{ENDING}"))
    }

    /// Opens a shard's journal to go on after its last whole line.
    ///
    /// # Errors
    /// When another process writes it, or the disk refuses.
    pub fn journal(&self, plan: Plan, shard: Shard) -> Result<Journal, OutputError> {
        let path = self.journal_path(shard.number(), shard.of());
        let told = |source| OutputError::Write { path: path.clone(), source };
        let mut options = OpenOptions::new();
        let mut file = options
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(told)?;
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            let path = self.results.clone();
            return Err(OutputError::Busy { path, temporary: self.path.clone() });
        }
        let whole = whole_lines(&file, plan, shard).map_err(told)?;
        // More replicates may have been made than are asked for now: they stay.
        if narrow::<_, usize>(whole.runs) < plan.shard(shard).count() {
            file.set_len(whole.bytes).map_err(told)?;
        }
        file.seek(io::SeekFrom::Start(whole.bytes)).map_err(told)?;
        let WholeLines { runs: done, damaged, .. } = whole;
        Ok(Journal { file, path, done, damaged, synced: Instant::now() })
    }

    /// Whether all runs of the plan have been made, in whatever number of shards.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn completeness(&self, plan: Plan) -> Result<Completeness, OutputError> {
        let told = |source| OutputError::Read { path: self.path.clone(), source };
        let mut missing = Vec::new();
        for of in self.partitions().map_err(told)? {
            let mut lacking = Vec::new();
            for number in 1..=of {
                let shard = Shard::new(number, of).map_err(io::Error::other).map_err(told)?;
                let wanted = plan.shard(shard).count() as u64;
                let whole = self.whole_lines(plan, shard).map_err(told)?;
                if whole.as_ref().is_none_or(|whole| whole.runs < wanted) {
                    lacking.push(match whole {
                        None => format!("shard {shard} is missing ({wanted} runs)"),
                        Some(WholeLines { runs, damaged, .. }) => {
                            let path = self.journal_path(number, of);
                            let damage =
                                damaged.map(|line| format!("; {}", damage_of(&path, line)));
                            let damage = damage.unwrap_or_default();
                            format!("shard {shard} has {runs} of {wanted} runs{damage}")
                        }
                    });
                }
            }
            if lacking.is_empty() {
                return Ok(Completeness::Whole(of));
            }
            missing.extend(lacking);
        }
        if missing.is_empty() {
            missing.push(format!("no runs stand in {}", self.path.display()));
        }
        Ok(Completeness::Missing(missing))
    }

    /// Numbers of shards of which there is any, the fewest first.
    fn partitions(&self) -> io::Result<Vec<u32>> {
        let entries = match fs::read_dir(&self.path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut partitions = std::collections::BTreeSet::new();
        for entry in entries {
            let name = entry?.file_name();
            let stem = name.to_str().and_then(|name| name.strip_suffix(ENDING));
            let of = stem.and_then(|stem| stem.rsplit_once("-of-"));
            partitions.extend(of.and_then(|(_, of)| of.parse::<u32>().ok()).filter(|of| *of > 0));
        }
        Ok(partitions.into_iter().collect())
    }

    /// What is whole of a shard; none when it has no journal.
    fn whole_lines(&self, plan: Plan, shard: Shard) -> io::Result<Option<WholeLines>> {
        match File::open(self.journal_path(shard.number(), shard.of())) {
            Ok(file) => whole_lines(&file, plan, shard).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The most runs of a point that any shard has gone on to, where that is more than the plan asks for.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn replicates_beyond(&self, plan: Plan) -> Result<Option<u32>, OutputError> {
        let told = |source| OutputError::Read { path: self.path.clone(), source };
        let all = Plan { replicates: u32::MAX, ..plan };
        let mut last = None;
        for of in self.partitions().map_err(told)? {
            for number in 1..=of {
                let shard = Shard::new(number, of).map_err(io::Error::other).map_err(told)?;
                let whole = self.whole_lines(all, shard).map_err(told)?;
                let done = whole.map_or(0, |whole| whole.runs);
                let run = done.checked_sub(1).and_then(|done| all.shard(shard).nth(narrow(done)));
                last = last.max(run.map(|run| run.replicate + 1));
            }
        }
        Ok(last.filter(|last| *last > plan.replicates))
    }

    /// Hands over every run of a whole sweep in the order of the plan, one at a time.
    ///
    /// # Errors
    /// When a journal cannot be read, or what `take` says.
    pub fn runs<E: From<OutputError>>(
        &self,
        plan: Plan,
        of: u32,
        mut take: impl FnMut(Run, Ended) -> Result<(), E>,
    ) -> Result<(), E> {
        let told = |source| OutputError::Read { path: self.path.clone(), source };
        let files: io::Result<Vec<File>> =
            (1..=of).map(|number| File::open(self.journal_path(number, of))).collect();
        let files = files.map_err(told)?;
        let mut shards: Vec<Lines<&File>> = files.iter().map(Lines::of).collect();
        let shards_in_all = std::num::NonZeroU32::new(of).unwrap_or(std::num::NonZeroU32::MIN);
        for run in plan.runs() {
            let shard = plan.shard_of(run.id, shards_in_all).get() as usize - 1;
            let line = shards[shard].next_of(run.id).map_err(told)?;
            let gone = || told(io::Error::other(format!("run {} is gone", run.id)));
            take(run, line.ok_or_else(gone)?)?;
        }
        Ok(())
    }

    /// Removes the folder, once the results stand in their place, unless another process goes on in it.
    pub fn remove(self) {
        if !self.is_being_written() {
            discard(&self.results);
        }
    }

    /// Removes what a writer that was killed between its results and [`PartialSweep::remove`] left beside
    /// them. Runs of something else stay, and so do more replicates than the plan asks for.
    pub fn tidy(results: &Path, inputs: &Inputs, plan: Plan) {
        if let Ok(partial) = Self::look(results, inputs)
            && matches!(partial.replicates_beyond(plan), Ok(None))
        {
            partial.remove();
        }
    }

    fn is_being_written(&self) -> bool {
        let locked = |path: PathBuf| {
            let lock = File::open(path).map(|file| file.try_lock());
            matches!(lock, Ok(Err(TryLockError::WouldBlock)))
        };
        entries_of(&self.path).any(|entry| is_journal(&entry.file_name()) && locked(entry.path()))
    }
}

/// What is in a folder; nothing where there is none.
fn entries_of(folder: &Path) -> impl Iterator<Item = fs::DirEntry> {
    fs::read_dir(folder).into_iter().flatten().flatten()
}

fn beside(results: &Path) -> PathBuf {
    let mut name = results.file_name().unwrap_or_default().to_owned();
    name.push(".partial");
    results.with_file_name(name)
}

fn is_journal(name: &OsStr) -> bool {
    name.as_encoded_bytes().ends_with(ENDING.as_bytes())
}

/// Throws away the runs that stand beside the folder `results`, whatever sweep they are of. What is
/// not ours stays. What they are of goes last, so that one who is killed here leaves nothing strange.
pub fn discard(results: &Path) {
    let path = beside(results);
    let is_text = |name: &OsStr| Path::new(name).extension() == Some(OsStr::new("toml"));
    let of_ours: [&dyn Fn(&OsStr) -> bool; 3] =
        [&|name| is_journal(name), &is_text, &|name| name == IDENTITY];
    for ours in of_ours {
        for entry in entries_of(&path).filter(|entry| ours(&entry.file_name())) {
            // A file that stays is a leftover that the next sweep here resumes from or refuses.
            let _ = fs::remove_file(entry.path());
        }
    }
    // Not where something else stands in it.
    let _ = fs::remove_dir(path);
}

impl Journal {
    /// Runs of the shard that are there.
    #[must_use]
    pub fn done(&self) -> u64 {
        self.done
    }

    /// What is said of a line that was written whole and is no longer what was written; the runs from it on
    /// are not counted. A line torn by a writer that was killed is none.
    #[must_use]
    pub fn damage(&self) -> Option<String> {
        self.damaged.map(|line| damage_of(&self.path, line))
    }

    /// # Errors
    /// When the disk refuses.
    pub fn append(&mut self, run: Run, ended: &Ended) -> Result<(), OutputError> {
        let line = line_of(run.id, ended);
        let mut written = self.file.write_all(line.as_bytes());
        if written.is_ok() && self.synced.elapsed() >= BETWEEN_SYNCS {
            written = self.file.sync_data();
            self.synced = Instant::now();
        }
        written.map_err(|source| OutputError::Write { path: self.path.clone(), source })?;
        self.done += 1;
        Ok(())
    }

    /// # Errors
    /// When the disk refuses.
    pub fn close(self) -> Result<(), OutputError> {
        let Journal { file, path, .. } = self;
        file.sync_all().map_err(|source| OutputError::Write { path, source })
    }
}

/// `<id> ok <numbers> <check>`, or `<id> failed <cause as JSON> <check>`, apart by tabs. The numbers of
/// a week that is kept follow those of the end, behind a `week` each.
#[must_use]
pub fn line_of(id: u64, ended: &Ended) -> String {
    let mut line = id.to_string();
    match ended {
        Ended::Well(so_far) => {
            let RunOutcomes { end, weeks } = so_far;
            let mut list = |word: &str, values: &[f64]| {
                write!(line, "\t{word}").expect("a String can always be written to");
                for value in values {
                    // The shortest digits that read back as the same number; also inf and NaN.
                    write!(line, "\t{value}").expect("a String can always be written to");
                }
            };
            list("ok", end);
            weeks.iter().for_each(|week| list(WEEK, week));
        }
        Ended::Failed(cause) => {
            let cause = serde_json::Value::from(cause.as_str());
            write!(line, "\tfailed\t{cause}").expect("a String can always be written to");
        }
    }
    let check = check_of(&line);
    line + "\t" + &check + "\n"
}

/// What stands before the numbers of a week.
const WEEK: &str = "week";

fn check_of(payload: &str) -> String {
    sha256_of(payload.as_bytes())[..12].to_owned()
}

fn read_line(line: &str) -> Option<(u64, Ended)> {
    let (payload, check) = line.strip_suffix('\n')?.rsplit_once('\t')?;
    if check != check_of(payload) {
        return None;
    }
    let mut parts = payload.split('\t');
    let id = parts.next()?.parse().ok()?;
    let ended = match parts.next()? {
        "ok" => {
            let (mut end, mut weeks): (Vec<f64>, Vec<Vec<f64>>) = Default::default();
            for part in parts {
                if part == WEEK {
                    weeks.push(Vec::new());
                } else {
                    weeks.last_mut().unwrap_or(&mut end).push(part.parse().ok()?);
                }
            }
            Ended::Well(RunOutcomes { end, weeks })
        }
        "failed" => Ended::Failed(serde_json::from_str(parts.next()?).ok()?),
        _ => return None,
    };
    Some((id, ended))
}

fn damage_of(journal: &Path, line: u64) -> String {
    format!("{}:{line}: this line is damaged, or one before it is missing", journal.display())
}

/// The whole lines at the start of a journal.
struct WholeLines {
    runs: u64,
    bytes: u64,
    /// The number of the line after them, if it is damaged.
    damaged: Option<u64>,
}

fn whole_lines(file: &File, plan: Plan, shard: Shard) -> io::Result<WholeLines> {
    let mut lines = Lines::of(file);
    let mut whole = WholeLines { runs: 0, bytes: 0, damaged: None };
    for run in plan.shard(shard) {
        if lines.next_of(run.id)?.is_none() {
            whole.damaged = lines.line.ends_with(b"\n").then_some(whole.runs + 1);
            break;
        }
        whole.runs += 1;
        whole.bytes += lines.line.len() as u64;
    }
    Ok(whole)
}

/// A journal read line by line.
struct Lines<Source: Read> {
    source: BufReader<Source>,
    line: Vec<u8>,
}

impl<Source: Read> Lines<Source> {
    fn of(source: Source) -> Self {
        Lines { source: BufReader::new(source), line: Vec::new() }
    }

    /// The next line, if it is whole and that of run `id`.
    fn next_of(&mut self, id: u64) -> io::Result<Option<Ended>> {
        self.line.clear();
        self.source.read_until(b'\n', &mut self.line)?;
        let found = std::str::from_utf8(&self.line).ok().and_then(read_line);
        Ok(found.filter(|(found, _)| *found == id).map(|(_, ended)| ended))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inputs(replicates: u32) -> Inputs {
        Inputs::of("sweep", Vec::new(), 1, replicates)
    }

    fn ended(id: u64) -> Ended {
        if id % 5 == 3 {
            Ended::Failed(format!("run {id}:\n\ttabs and \"quotes\""))
        } else {
            let end = vec![0.1 * id as f64, f64::NAN, f64::INFINITY, 1e-300];
            let weeks = (0..id % 3).map(|week| vec![-1.5, week as f64 / 3.0]).collect();
            Ended::Well(RunOutcomes { end, weeks })
        }
    }

    fn same(a: &Ended, b: &Ended) -> bool {
        line_of(0, a) == line_of(0, b)
    }

    #[test]
    fn a_line_reads_back_to_the_last_bit() {
        for id in 0..10 {
            let (found, back) = read_line(&line_of(id, &ended(id))).unwrap();
            assert_eq!(found, id);
            assert!(same(&back, &ended(id)));
        }
        assert!(read_line("3\tok\t1.5\t000000000000\n").is_none());
    }

    #[test]
    fn a_line_that_is_damaged_is_named_and_one_that_is_torn_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let partial = PartialSweep::open(&folder.path().join("grid"), &inputs(2), &[]).unwrap();
        let plan = Plan { points: 3, replicates: 2 };
        let lines: Vec<String> = plan.runs().map(|run| line_of(run.id, &ended(run.id))).collect();
        let (path, whole) = (partial.journal_path(1, 1), lines.concat());
        let damage = |bytes: &[u8]| {
            fs::write(&path, bytes).unwrap();
            let Completeness::Missing(missing) = partial.completeness(plan).unwrap() else {
                panic!("nothing is missing")
            };
            let journal = partial.journal(plan, Shard::WHOLE).unwrap();
            assert_eq!(journal.damage().is_some(), missing[0].contains(".journal:"), "{missing:?}");
            (journal.done(), journal.damage())
        };
        let third = lines[..2].concat().len();
        assert_eq!(damage(&whole.as_bytes()[..third + 4]), (2, None));
        let (mut altered, mut no_text) = (whole.clone().into_bytes(), whole.clone().into_bytes());
        altered[third + 4] ^= 1;
        no_text[third + 4] = 0xff;
        let gone = [&lines[..2], &lines[3..]].concat().concat().into_bytes();
        for bytes in [altered, no_text, gone] {
            let (done, said) = damage(&bytes);
            assert_eq!(done, 2);
            assert!(said.unwrap().contains("runs-0001-of-0001.journal:3: this line is damaged"));
        }
        fs::write(partial.path().join(IDENTITY), "{\n\"seed\": 1,\n").unwrap();
        let refused = PartialSweep::look(&folder.path().join("grid"), &inputs(2)).err().unwrap();
        assert!(refused.to_string().contains("sweep.json:3: EOF"), "{refused}");
    }

    #[test]
    fn a_torn_journal_goes_on_after_its_last_whole_line() {
        torn_at_every(17);
    }

    #[test]
    #[ignore = "long: each cut waits for the disk"]
    fn a_journal_torn_at_any_byte_goes_on_after_its_last_whole_line() {
        torn_at_every(1);
    }

    fn torn_at_every(bytes: usize) {
        let folder = tempfile::tempdir().unwrap();
        let results = folder.path().join("grid");
        let plan = Plan { points: 3, replicates: 2 };
        let lines: Vec<String> = plan.runs().map(|run| line_of(run.id, &ended(run.id))).collect();
        let whole = lines.concat();
        for cut in (0..=whole.len()).step_by(bytes) {
            let partial = PartialSweep::open(&results, &inputs(2), &[]).unwrap();
            fs::write(partial.journal_path(1, 1), &whole.as_bytes()[..cut]).unwrap();
            let mut journal = partial.journal(plan, Shard::WHOLE).unwrap();
            for run in plan.shard(Shard::WHOLE).skip(narrow(journal.done())) {
                journal.append(run, &ended(run.id)).unwrap();
            }
            journal.close().unwrap();
            assert_eq!(fs::read_to_string(partial.journal_path(1, 1)).unwrap(), whole);
            partial.remove();
            assert!(fs::read_dir(folder.path()).unwrap().next().is_none());
        }
    }

    #[test]
    fn shards_merge_in_the_order_of_the_plan_and_missing_ones_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let results = folder.path().join("grid");
        let plan = Plan { points: 4, replicates: 3 };
        let partial = PartialSweep::open(&results, &inputs(3), &[]).unwrap();
        for number in [3, 1] {
            let shard = Shard::new(number, 3).unwrap();
            let mut journal = partial.journal(plan, shard).unwrap();
            for run in plan.shard(shard).take(if number == 1 { 2 } else { 4 }) {
                journal.append(run, &ended(run.id)).unwrap();
            }
        }
        let Completeness::Missing(missing) = partial.completeness(plan).unwrap() else { panic!() };
        assert_eq!(missing, ["shard 1/3 has 2 of 4 runs", "shard 2/3 is missing (4 runs)"]);
        for number in 1..=3 {
            let shard = Shard::new(number, 3).unwrap();
            let mut journal = partial.journal(plan, shard).unwrap();
            for run in plan.shard(shard).skip(narrow(journal.done())) {
                journal.append(run, &ended(run.id)).unwrap();
            }
        }
        assert!(matches!(partial.completeness(plan).unwrap(), Completeness::Whole(3)));
        let mut seen = Vec::new();
        partial
            .runs(plan, 3, |run, found| -> Result<(), OutputError> {
                assert!(same(&found, &ended(run.id)));
                seen.push(run.id);
                Ok(())
            })
            .unwrap();
        assert_eq!(seen, (0..12).collect::<Vec<_>>());
    }

    #[test]
    fn another_sweep_is_refused_and_more_replicates_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let results = folder.path().join("grid");
        PartialSweep::open(&results, &inputs(2), &[]).unwrap();
        PartialSweep::open(&results, &inputs(9), &[]).unwrap();
        let mut other = inputs(2);
        other.seed = 7;
        let refused = PartialSweep::open(&results, &other, &[]);
        let Err(OutputError::Different { differences, .. }) = refused else { panic!() };
        assert_eq!(differences, ["seed: 1 there, 7 asked for"]);
    }

    #[test]
    fn two_writers_of_one_shard_do_not_meet() {
        let folder = tempfile::tempdir().unwrap();
        let plan = Plan { points: 1, replicates: 1 };
        let partial = PartialSweep::open(&folder.path().join("a"), &inputs(1), &[]).unwrap();
        let _first = partial.journal(plan, Shard::WHOLE).unwrap();
        let second = partial.journal(plan, Shard::WHOLE);
        assert!(matches!(second, Err(OutputError::Busy { .. })));
    }
}
