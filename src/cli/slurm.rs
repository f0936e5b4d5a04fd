//! Job scripts: a sweep as parts that a cluster's scheduler places. The simulator stays a plain
//! program; the scheduler decides who runs which part.

use super::checkpoint_flags::RandomNumbersFlag;
use super::sweep_plan::{DesignArgument, PlannedSweep};
use super::words::quoted;
use clap::ValueEnum;
use std::ffi::OsStr;
use std::str::FromStr;
use toguna_scenario::problems::counted;

/// Whose job script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Scheduler {
    /// A job array for Slurm, and the merge after it
    Slurm,
}

/// What a job script asks for.
pub struct Job {
    pub shards: u32,
    pub time_limit: TimeLimit,
}

/// Minutes, hours:minutes:seconds, days-hours and the like, as `sbatch --time` takes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeLimit(String);

impl Default for TimeLimit {
    fn default() -> Self {
        TimeLimit("04:00:00".to_owned())
    }
}

impl FromStr for TimeLimit {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let (days, rest) = match text.split_once('-') {
            Some((days, rest)) => (days, rest),
            None => ("0", text),
        };
        let parts: Vec<&str> = std::iter::once(days).chain(rest.split(':')).collect();
        let number =
            |part: &&str| (1..=6).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        let some_time = text.bytes().any(|b| (b'1'..=b'9').contains(&b));
        if parts.len() <= 4 && parts.iter().all(number) && some_time {
            Ok(TimeLimit(text.to_owned()))
        } else {
            Err("expected hours:minutes:seconds such as 04:00:00, days-hours, or minutes"
                .to_owned())
        }
    }
}

/// Indices of Slurm's arrays lie below its `MaxArraySize`, which is this where nobody has set it.
const USUAL_ARRAY_SIZE: u32 = 1001;

/// What should be known of a job before it is submitted.
#[must_use]
pub fn note(job: &Job) -> Option<String> {
    (job.shards >= USUAL_ARRAY_SIZE).then(|| {
        format!(
            "note: an array of {} parts is refused where Slurm's MaxArraySize is {USUAL_ARRAY_SIZE}, \
             as it is by default; `scontrol show config | grep MaxArraySize` tells, and --shards {} \
             always goes",
            job.shards,
            USUAL_ARRAY_SIZE - 1
        )
    })
}

/// The script. It is submitted by `bash`: the array first, then the merge that waits for it.
/// Submitted again, parts that are whole end at once.
#[must_use]
pub fn script(
    scheduler: Scheduler,
    argument: &DesignArgument,
    sweep: &PlannedSweep,
    job: &Job,
) -> String {
    let Job { shards, time_limit: TimeLimit(time_limit) } = job;
    let Scheduler::Slurm = scheduler;
    let program = std::env::current_exe().ok();
    let program = program.map_or_else(|| "toguna".to_owned(), |path| quoted(path.as_os_str()));
    let mut flags = vec![quoted(argument.design.as_os_str())];
    for setting in &argument.settings.set {
        flags.push(format!("--set {}", quoted(OsStr::new(setting))));
    }
    flags.extend(argument.replicates.map(|replicates| format!("--replicates {replicates}")));
    flags.extend(argument.random_numbers.map(|random_numbers| {
        let random_numbers =
            if random_numbers == RandomNumbersFlag::Same { "same" } else { "fresh" };
        format!("--random-numbers {random_numbers}")
    }));
    flags.push(format!("--out {}", quoted(sweep.out.as_os_str())));
    let flags = flags.join(" ");
    // Logs are called by it, and Slurm reads a % in their names.
    let name = argument.design.file_stem().unwrap_or_default().display().to_string();
    let name = name.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    let points = counted(sweep.plan.points, "point", "points");
    let replicates = counted(sweep.plan.replicates, "run", "runs");
    let parts = counted(*shards, "part", "parts");
    format!(
        r#"#!/bin/bash
# {points}, {replicates} of each, in {parts}. Submit with `bash` from the folder in
# which `toguna sweep` was called; submit again after any trouble: parts that are whole end at once.
#SBATCH --job-name={name}
#SBATCH --array=1-{shards}
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --mem=2G
#SBATCH --time={time_limit}
#SBATCH --signal=B:TERM@120
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output={name}-%A-%a.log
set -u

if [ -z "${{SLURM_JOB_ID:-}}" ]; then
    array=$(sbatch --parsable "$0") || exit
    merge=$(sbatch --parsable --array=1-1 --dependency="afterany:$array" \
        --export=ALL,TOGUNA_MERGE=1 "$0") || exit
    echo "parts: job $array; merge: job $merge"
    exit 0
fi

if [ -n "${{TOGUNA_MERGE:-}}" ]; then
    exec {program} merge {flags}
fi

# TERM comes two minutes before the time limit; the part then stops at the end of a week, says so by
# exit code 75, and is put back into the queue to go on from there.
{program} sweep {flags} --quiet --shard "$SLURM_ARRAY_TASK_ID/{shards}" &
part=$!
trap 'kill -TERM "$part"' TERM
wait "$part"
code=$?
while kill -0 "$part" 2>/dev/null; do
    wait "$part"
    code=$?
done
if [ "$code" = 75 ]; then
    scontrol requeue "${{SLURM_ARRAY_JOB_ID}}_${{SLURM_ARRAY_TASK_ID}}"
fi
exit "$code"
"#
    )
}

#[cfg(test)]
mod tests {
    use super::{Job, TimeLimit, note};

    #[test]
    fn an_array_that_slurm_may_refuse_is_told() {
        let job = |shards| Job { shards, time_limit: TimeLimit::default() };
        assert_eq!(note(&job(1000)), None);
        let told = note(&job(1001)).unwrap();
        assert!(told.contains("1001 parts") && told.contains("--shards 1000"), "{told}");
    }

    #[test]
    fn a_time_limit_is_what_slurm_takes_and_no_fruit() {
        for text in ["30", "30:00", "04:00:00", "2-0", "2-12:30", "1-00:00:01"] {
            assert_eq!(text.parse::<TimeLimit>().unwrap().0, text);
        }
        for text in ["", "banana", "0", "00:00:00", "1:2:3:4", "1-", "-5", "4h", "1:", "1 2"] {
            assert!(text.parse::<TimeLimit>().is_err(), "{text}");
        }
    }
}
