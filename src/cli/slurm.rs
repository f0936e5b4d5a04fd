//! Job scripts: a sweep as parts that a cluster's scheduler places. The simulator stays a plain
//! program; the scheduler decides who runs which part.

use super::sweep_plan::{DesignArgument, PlannedSweep};
use clap::ValueEnum;
use std::path::Path;

/// Whose job script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Scheduler {
    /// A job array for Slurm, and the merge after it
    Slurm,
}

/// The script. It is submitted by `bash`: the array first, then the merge that waits for it.
/// Submitted again, parts that are whole end at once.
#[must_use]
pub fn script(
    scheduler: Scheduler,
    argument: &DesignArgument,
    sweep: &PlannedSweep,
    shards: u32,
    time_limit: &str,
) -> String {
    let Scheduler::Slurm = scheduler;
    let program = std::env::current_exe().ok();
    let program = program.as_deref().map_or_else(|| "toguna".to_owned(), quoted);
    let mut flags = vec![quoted(&argument.design)];
    for setting in &argument.settings.set {
        flags.push(format!("--set {}", quoted(Path::new(setting))));
    }
    flags.extend(argument.replicates.map(|replicates| format!("--replicates {replicates}")));
    flags.extend(argument.luck.map(|luck| {
        let luck = if luck.is_same() { "same" } else { "fresh" };
        format!("--luck {luck}")
    }));
    flags.push(format!("--out {}", quoted(&sweep.out)));
    let flags = flags.join(" ");
    let name = argument.design.file_stem().unwrap_or_default().to_string_lossy();
    let name: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let (points, replicates) = (sweep.plan.points, sweep.plan.replicates);
    format!(
        r#"#!/bin/bash
# {points} points, {replicates} runs of each, in {shards} parts. Submit with `bash` from the folder in
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

/// Between quotes that the shell takes literally.
fn quoted(path: &Path) -> String {
    let text = path.to_string_lossy();
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+=".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.into_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}
