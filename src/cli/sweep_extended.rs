//! More replicates of a sweep whose results stand: the runs they were summed up from are taken over from
//! its tables, and only those that are missing are made.

use super::failure::Failure;
use super::sweep_plan::PlannedSweep;
use super::sweep_results::{Found, found};
use csv::StringRecord;
use std::fs::File;
use std::io;
use std::path::PathBuf;
use toguna_experiment::plan::Shard;
use toguna_experiment::sweep::{Ended, RunOutcomes};
use toguna_model::outcomes::OUTCOMES;
use toguna_output::OutputError;
use toguna_output::journal::Journal;

/// Adds to a shard's journal those of its runs that results with fewer replicates hold, up to the first
/// that cannot be read back to the last digit.
///
/// # Errors
/// When the tables cannot be read or the journal cannot be written.
pub fn copy_runs(sweep: &PlannedSweep, shard: Shard, journal: &mut Journal) -> Result<(), Failure> {
    let Found::Fewer(there) = found(sweep)? else { return Ok(()) };
    let mut runs = Columns::of(sweep, "runs.csv")?;
    let weekly = &sweep.points.weekly;
    let mut weeks = match weekly.is_empty() {
        true => None,
        false => Some(Columns::of(sweep, "series.csv")?),
    };
    let mut passed = journal.done();
    for run in sweep.plan.shard(shard).take_while(|run| run.replicate < there) {
        let Some(ended) = runs.run(run.id, weeks.as_mut(), weekly)? else { break };
        if passed > 0 {
            passed -= 1;
            continue;
        }
        journal.append(run, &ended)?;
    }
    Ok(())
}

/// Where both tables have the number of the run.
const RUN: usize = 0;

/// A table read row by row, in the order of its runs.
struct Columns {
    path: PathBuf,
    reader: csv::Reader<File>,
    header: StringRecord,
    row: StringRecord,
    /// Whether `row` holds a row that has not been asked for yet.
    ahead: bool,
}

impl Columns {
    fn of(sweep: &PlannedSweep, name: &str) -> Result<Self, Failure> {
        let path = sweep.out.join(name);
        let opened = csv::Reader::from_path(&path).and_then(|mut reader| {
            let header = reader.headers()?.clone();
            Ok((reader, header))
        });
        let (reader, header) = opened.map_err(|error| unreadable(&path, error))?;
        Ok(Columns { path, reader, header, row: StringRecord::new(), ahead: false })
    }

    /// The next row, if it is one of run `id`; rows of earlier runs are passed over.
    fn row_of(&mut self, id: u64) -> Result<Option<&StringRecord>, Failure> {
        loop {
            if !self.ahead {
                let read = self.reader.read_record(&mut self.row);
                self.ahead = read.map_err(|error| unreadable(&self.path, error))?;
                if !self.ahead {
                    return Ok(None);
                }
            }
            let run = self.row.get(RUN).and_then(|run| run.parse::<u64>().ok());
            match run {
                Some(run) if run < id => self.ahead = false,
                Some(run) if run == id => {
                    self.ahead = false;
                    return Ok(Some(&self.row));
                }
                _ => return Ok(None),
            }
        }
    }

    fn place(&self, column: &str) -> usize {
        self.header.iter().position(|name| name == column).unwrap_or(usize::MAX)
    }

    /// How a run ended; none when it is not there, or holds a number that was not finite and was
    /// therefore written as missing.
    fn run(
        &mut self,
        id: u64,
        weeks: Option<&mut Columns>,
        weekly: &[usize],
    ) -> Result<Option<Ended>, Failure> {
        let [status, cause] = ["status", "cause"].map(|column| self.place(column));
        // Outcomes stand last, behind axes that may be called anything.
        let first = self.header.len().saturating_sub(OUTCOMES.len());
        let Some(row) = self.row_of(id)? else { return Ok(None) };
        if row.get(status) == Some("failed") {
            return Ok(Some(Ended::Failed(row.get(cause).unwrap_or_default().to_owned())));
        }
        let Some(end) = numbers(row, first) else { return Ok(None) };
        let mut so_far = RunOutcomes { end, weeks: Vec::new() };
        if let Some(weeks) = weeks {
            let first = weeks.header.len().saturating_sub(weekly.len());
            while let Some(row) = weeks.row_of(id)? {
                let Some(week) = numbers(row, first) else { return Ok(None) };
                so_far.weeks.push(week);
            }
        }
        Ok(Some(Ended::Well(so_far)))
    }
}

/// All numbers of a row from a column on.
fn numbers(row: &StringRecord, first: usize) -> Option<Vec<f64>> {
    row.iter().skip(first).map(|text| text.parse().ok()).collect()
}

fn unreadable(path: &std::path::Path, error: csv::Error) -> Failure {
    let source = match error.into_kind() {
        csv::ErrorKind::Io(source) => source,
        other => io::Error::other(format!("{other:?}")),
    };
    OutputError::Read { path: path.to_owned(), source }.into()
}
