//! From the waves of a calibration to its folder of results.

use super::failure::Failure;
use super::results;
use super::shared_flags::Shared;
use super::sweep_plan::PlannedSweep;
use toguna_experiment::calibrate::{Ensemble, Left};
use toguna_experiment::design::Points;
use toguna_experiment::plan::Plan;
use toguna_experiment::record::RunRecord;
use toguna_experiment::sweep::Ended;
use toguna_model::outcomes::OUTCOMES;
use toguna_output::calibration_tables::{
    FITTED, FittedRow, MemberRow, RANGES, RangeRow, TRADEOFFS, TradeoffRow, WAVES, WavePointRow,
    WaveRow, WaveRunRow, ensemble, wave_points, wave_runs,
};
use toguna_output::sweep_tables::{SweepRunRow, columns_of};
use toguna_output::{Opening, RunFolder};
use toguna_units::narrow;

/// All that was run and found.
pub struct Whole {
    pub waves: Vec<WaveRun>,
    pub ensemble: Option<Ensemble>,
}

/// One wave.
pub struct WaveRun {
    pub points: Points,
    /// In the order of the plan.
    pub runs: Vec<Ended>,
    pub left: Option<Left>,
}

/// # Errors
/// When the disk refuses.
pub fn write(
    sweep: &PlannedSweep,
    whole: &Whole,
    force: bool,
    shared: &Shared,
) -> Result<(), Failure> {
    let Some(found) = &whole.ensemble else { return Ok(()) };
    let opening = RunFolder::open(&sweep.out, sweep.inputs.clone(), force)
        .map_err(|error| sweep.with_what_changed(error))?;
    let Opening::New(mut folder) = opening else { return Ok(()) };
    for (name, text) in sweep.texts() {
        folder.text(name, text)?;
    }
    results::keep_tables(&mut folder, sweep.base.checked())?;
    write_waves(&mut folder, whole, found)?;
    write_runs(&mut folder, sweep, whole)?;

    let first_of_last: u64 =
        whole.waves.iter().rev().skip(1).map(|wave| wave.points.points.len() as u64).sum();
    let Some(last) = whole.waves.last() else { return Ok(()) };
    let values = columns_of(&last.points);
    let mut members = folder.table(&ensemble(&last.points))?;
    for (member, found) in (0..).zip(&found.members) {
        let point = first_of_last + found.point as u64;
        let values = values[found.point].clone();
        members.append(&MemberRow { member, point, found: *found, values })?;
    }
    folder.keep(members)?;
    let axis = |(axis, places): (usize, &[f64; 3])| {
        let [low, middle, high] = *places;
        RangeRow {
            axis: last.points.paths[axis].clone(),
            values: [0.0, 1.0, low, middle, high].map(|place| last.points.value_at(axis, place)),
            narrowed: 1.0 - (high - low) / 0.9,
        }
    };
    let ranges: Vec<RangeRow> = found.ranges.iter().enumerate().map(axis).collect();
    folder.whole_table(&RANGES, &ranges)?;
    let name = |axis: usize| last.points.paths[axis].clone();
    let pair = |(a, b, correlation): &(usize, usize, Option<f64>)| TradeoffRow {
        axis: name(*a),
        other: name(*b),
        correlation: *correlation,
    };
    folder.whole_table(&TRADEOFFS, &found.pairs.iter().map(pair).collect::<Vec<_>>())?;
    let facts = sweep.points.facts.iter().zip(&found.facts);
    let facts: Vec<FittedRow> =
        facts.map(|(fact, found)| FittedRow { fact, found: *found }).collect();
    folder.whole_table(&FITTED, &facts)?;
    let mut about = results::about(sweep.base.checked());
    about.title = format!("Calibration of {}", sweep.base.checked().scenario.name);
    folder.finish(results::particulars(about, shared))?;
    Ok(())
}

fn write_waves(folder: &mut RunFolder, whole: &Whole, found: &Ensemble) -> Result<(), Failure> {
    let row = |(wave, run): (u32, &WaveRun)| {
        let failed = run.runs.iter().filter(|ended| matches!(ended, Ended::Failed(_))).count();
        WaveRow {
            wave,
            points: narrow(run.points.points.len()),
            runs: run.runs.len() as u64,
            failed: failed as u64,
            left: run.left,
            stretch: run.left.is_none().then_some(found.stretch),
        }
    };
    let rows: Vec<WaveRow> = (1..).zip(&whole.waves).map(row).collect();
    Ok(folder.whole_table(&WAVES, &rows)?)
}

fn write_runs(folder: &mut RunFolder, sweep: &PlannedSweep, whole: &Whole) -> Result<(), Failure> {
    let points = &sweep.points.points;
    let mut points_file = folder.table(&wave_points(points))?;
    let mut runs_file = folder.table(&wave_runs(&sweep.points.facts))?;
    let (mut first_point, mut first_run) = (0_u32, 0_u32);
    for (wave, run) in (1..).zip(&whole.waves) {
        for (place, values) in (0_u64..).zip(columns_of(&run.points)) {
            let point = u64::from(first_point) + place;
            points_file.append(&WavePointRow { point, wave, values })?;
        }
        let count: u32 = narrow(run.points.points.len());
        let plan = Plan { points: count, ..sweep.plan };
        for (made, ended) in plan.runs().zip(&run.runs) {
            let id = first_run + narrow::<_, u32>(made.id);
            let mut record = RunRecord::new(id, made.replicate, sweep.design.seed);
            record.scenario.clone_from(&sweep.base.checked().scenario.name);
            let (end, facts, cause) = match ended {
                Ended::Well(so_far) => {
                    let (end, facts) = so_far.end.split_at(OUTCOMES.len());
                    (end.to_vec(), facts.to_vec(), None)
                }
                Ended::Failed(cause) => (Vec::new(), Vec::new(), Some(cause.clone())),
            };
            record.end = end;
            let point = first_point + made.point;
            let run = SweepRunRow { run: record, point, values: Vec::new(), cause };
            runs_file.append(&WaveRunRow { run, wave, facts })?;
        }
        first_point += count;
        first_run += narrow::<_, u32>(plan.len());
    }
    folder.keep(points_file)?;
    folder.keep(runs_file)?;
    Ok(())
}
