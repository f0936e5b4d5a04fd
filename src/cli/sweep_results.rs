//! From the runs of a whole sweep to its results: the same bytes from one process, from shards, and
//! after interruptions.

use super::failure::Failure;
use super::shared_flags::Shared;
use super::sweep_plan::{PlannedSweep, TABLE_TEXT};
use super::{results, standard_output};
use toguna_experiment::record::RunRecord;
use toguna_experiment::sweep::{Ended, Summary, WeeklyBands};
use toguna_output::journal::{Completeness, PartialSweep};
use toguna_output::sweep_tables::{
    self, BANDS, CONTRASTS, DatedBandRow, PointRow, SENSITIVITY, SettingRow, SweepRunRow,
    SweepWeekRow, columns_of, points_table, sweep_runs, sweep_series,
};
use toguna_output::{Manifest, Opening, OutputError, ReadBack, RunFolder};
use toguna_scenario::problems::counted;
use toguna_units::narrow;

/// What stands in the place of the results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    Nothing,
    /// The very results.
    Whole,
    /// The same results of so many replicates, fewer than are asked for.
    Fewer(u32),
}

/// # Errors
/// When other results stand there, or these are damaged.
pub fn found(sweep: &PlannedSweep) -> Result<Found, Failure> {
    if let Some(there) = RunFolder::fewer_replicates(&sweep.out, &sweep.inputs)? {
        return Ok(Found::Fewer(there));
    }
    match RunFolder::look(&sweep.out, &sweep.inputs) {
        Ok(None) => Ok(Found::Nothing),
        Ok(Some(_)) => Ok(Found::Whole),
        Err(error) => Err(sweep.with_what_changed(error)),
    }
}

/// Whether the results stand in their place, whole. Runs that were left beside them go.
///
/// # Errors
/// When other results stand there, or these are damaged.
pub fn finished(sweep: &PlannedSweep) -> Result<bool, Failure> {
    let whole = found(sweep)? == Found::Whole;
    if whole {
        PartialSweep::tidy(&sweep.out, &sweep.inputs, sweep.plan);
    }
    Ok(whole)
}

/// The manifest of the results that stand in their place.
///
/// # Errors
/// When they do not.
pub fn manifest(sweep: &PlannedSweep) -> Result<Box<Manifest>, Failure> {
    let gone = || Failure::Incomplete(format!("{} is gone", sweep.out.display()));
    RunFolder::look(&sweep.out, &sweep.inputs)?.ok_or_else(gone)
}

/// Writes the results of a sweep whose runs are all there, and removes the runs' journals unless they
/// hold more.
///
/// # Errors
/// When runs are missing, none has gone well, or the disk refuses.
pub fn finish(sweep: &PlannedSweep, force: bool, shared: &Shared) -> Result<(), Failure> {
    let partial = sweep.partial(false)?;
    let of = match partial.completeness(sweep.plan)? {
        Completeness::Whole(of) => of,
        Completeness::Missing(missing) => {
            let folder = sweep.out.display();
            let there = if force { Found::Nothing } else { found(sweep)? };
            let fewer = match there {
                Found::Fewer(there) => format!(
                    "{folder} has {} of each point, {} are asked for: `toguna sweep` makes the rest\n",
                    counted(there, "run", "runs"),
                    sweep.plan.replicates
                ),
                Found::Nothing | Found::Whole => String::new(),
            };
            let missing = missing.join("\n  ");
            return Err(Failure::Incomplete(format!("{fewer}{folder} is not whole:\n  {missing}")));
        }
    };
    // Results of fewer replicates stay until these, which hold all of their runs, take their place.
    let replace = force || matches!(found(sweep)?, Found::Fewer(_));
    let opening = RunFolder::open(&sweep.out, sweep.inputs.clone(), replace)
        .map_err(|error| sweep.with_what_changed(error))?;
    let Opening::New(mut folder) = opening else { return Ok(()) };
    for (name, text) in sweep.texts() {
        folder.text(name, text)?;
    }
    results::keep_tables(&mut folder, sweep.base.checked())?;
    if let Some(text) = &sweep.table {
        folder.text(TABLE_TEXT, text)?;
    }
    let points = &sweep.points.points;
    let values = columns_of(points);
    let mut points_file = folder.table(&points_table(points))?;
    for (point, values) in points.points.iter().zip(&values) {
        points_file.append(&PointRow { point: point.id, values: values.clone() })?;
    }
    folder.keep(points_file)?;

    let mut summary = Summary::new(sweep.design.kind, points);
    let mut first_cause = None;
    let scenario = &sweep.base.checked().scenario.name;
    let mut runs_file = folder.table(&sweep_runs(points))?;
    let weekly = &sweep.points.weekly;
    let kept_weekly = !weekly.is_empty();
    let mut series_file = kept_weekly.then(|| folder.table(&sweep_series(weekly))).transpose()?;
    partial.runs(sweep.plan, of, |run, ended| -> Result<(), Failure> {
        summary.push(run, &ended);
        if let (Some(file), Ended::Well(so_far)) = (&mut series_file, &ended) {
            for (values, week) in so_far.weeks.iter().zip(0..) {
                let (date, values) = (sweep.date_of(week), values.clone());
                file.append(&SweepWeekRow { run: run.id, point: run.point, week, date, values })?;
            }
        }
        if let Ended::Failed(cause) = &ended {
            first_cause.get_or_insert_with(|| format!("run {}: {cause}", run.id));
        }
        let (end, cause) = match ended {
            Ended::Well(so_far) => (so_far.end, None),
            Ended::Failed(cause) => (Vec::new(), Some(cause)),
        };
        let (point, values) = (run.point, values[run.point as usize].clone());
        // Fewer than 2³² runs, as the plan was read.
        let mut record = RunRecord::new(narrow(run.id), run.replicate, sweep.design.seed);
        (record.scenario, record.end) = (scenario.clone(), end);
        Ok(runs_file.append(&SweepRunRow { run: record, point, values, cause })?)
    })?;
    if summary.well == 0 {
        let what = format!(
            "no run went well ({} failed); there is nothing to sum up\n  {}",
            summary.failed,
            first_cause.unwrap_or_default()
        );
        return Err(Failure::Failed { what, source: None });
    }
    folder.keep(runs_file)?;
    if let Some(file) = series_file {
        folder.keep(file)?;
        let mut bands = folder.table(&BANDS)?;
        for mut part in WeeklyBands::parts(sweep.plan.points, sweep.base.weeks(), weekly) {
            partial.runs(sweep.plan, of, |run, ended| -> Result<(), Failure> {
                if let Ended::Well(so_far) = &ended {
                    part.push(run, so_far);
                }
                Ok(())
            })?;
            part.rows().try_for_each(|band| {
                bands.append(&DatedBandRow { date: sweep.date_of(band.week), band })
            })?;
        }
        folder.keep(bands)?;
    }
    let mut summary_file = folder.table(&sweep_tables::summary(points))?;
    summary.rows().try_for_each(|summary| {
        let values = values[summary.point as usize].clone();
        summary_file.append(&SettingRow { summary, values })
    })?;
    folder.keep(summary_file)?;
    if summary.has_contrasts() {
        let mut contrasts = folder.table(&CONTRASTS)?;
        summary.contrasts().try_for_each(|row| contrasts.append(&row))?;
        folder.keep(contrasts)?;
    }
    if summary.has_sensitivity() {
        let (rows, without) = summary.sensitivity();
        folder.whole_table(&SENSITIVITY, &rows)?;
        if let Some((outcome, why)) = without.first().filter(|_| rows.is_empty()) {
            standard_output::tell(&format!(
                "no sensitivity of {outcome}, nor of any other outcome: {why}"
            ));
        }
    }
    let mut about = results::about(sweep.base.checked());
    about.title = format!("Sweep over {}", points.paths.join(", "));
    folder.finish(results::particulars(about, shared))?;
    // Runs that nobody asked to be summed up are not thrown away for that.
    match partial.replicates_beyond(sweep.plan)? {
        None => partial.remove(),
        Some(_) if shared.quiet => {}
        Some(there) => standard_output::tell(&format!(
            "more runs were made than these results hold, up to {there} of a point; they stay in {}, \
             and the same command with --replicates {there} goes on from them",
            partial.path().display()
        )),
    }
    if !shared.quiet {
        let (runs, folder) = (counted(sweep.plan.len(), "run", "runs"), sweep.out.display());
        standard_output::tell(&format!("{runs} in {folder}: runs.csv, points.csv, summary.csv"));
    }
    complete(sweep)
}

/// Whether every run of the results has gone well.
///
/// # Errors
/// When some have failed: how many, and the first cause.
pub fn complete(sweep: &PlannedSweep) -> Result<(), Failure> {
    let runs: Result<ReadBack, OutputError> =
        ReadBack::where_text(&sweep.out, "runs.csv", |row| row.text("status") == "failed");
    let runs = runs?;
    let Some(first) = runs.rows().next() else { return Ok(()) };
    Err(Failure::Incomplete(format!(
        "{} of {} failed; runs.csv says why of each\n  run {}: {}",
        runs.rows().count(),
        counted(sweep.plan.len(), "run", "runs"),
        first.text("run"),
        first.text("cause")
    )))
}
