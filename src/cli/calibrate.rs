//! `toguna calibrate`: which settings of a scenario of Mali the facts to fit do not rule out. Each wave is a
//! sweep over settings that follow from the waves before, so that what was run is never run again.

use super::answer::MarkdownFlag;
use super::calibrate_results::{WaveRun, Whole, write};
use super::calibrate_shown::show;
use super::failure::Failure;
use super::shared_flags::{Shared, must_be_of_mali};
use super::standard_output;
use super::sweep::make_runs;
use super::sweep_forecast::forecast;
use super::sweep_plan::{DesignArgument, PlannedSweep};
use super::sweep_results::{complete, finished};
use clap::Args;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use toguna_experiment::calibrate::{Left, Problem, Search, Target, Wave};
use toguna_experiment::design::{Kind, Points};
use toguna_experiment::facts::{FACTS, Fact, Span, Use};
use toguna_experiment::plan::{Plan, Shard};
use toguna_experiment::sweep::Ended;
use toguna_model::outcomes::OUTCOMES;
use toguna_output::journal::{Completeness, discard};
use toguna_output::{Content, RunFolder};
use toguna_scenario::problems::counted;
use toguna_units::narrow;

/// Find the settings that the facts to fit do not rule out: an ensemble of weighted parameter sets
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    toguna calibrate scenarios/designs/calibration.toml --dry-run\n  \
    toguna calibrate scenarios/designs/calibration.toml --out output/ensemble\n  \
    toguna compare mali/status-quo mali/services-first --ensemble output/ensemble/ensemble.csv\n\n\
    docs/calibration.md says how it is done and what it cannot tell.")]
pub struct Calibrate {
    #[command(flatten)]
    design: DesignArgument,
    /// Make only one part of the wave under way, such as 3/8; without it, parts that are whole are taken
    /// in, and the next wave begins
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,
    /// Say how many runs there are, how long they take and what disk they need, and make none
    #[arg(long)]
    dry_run: bool,
    /// Throw away runs and results that stand in the folder
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    markdown: MarkdownFlag,
    /// Print the tables as JSON; with --dry-run the forecast
    #[arg(long)]
    json: bool,
}

impl Calibrate {
    pub fn run(self, shared: &Shared) -> Result<(), Failure> {
        let mut sweep = self.planned()?;
        standard_output::tell_notes(sweep.base.checked(), shared.quiet);
        shared.begin();
        let (results, waves) = (sweep.out.clone(), sweep.design.waves());
        if self.dry_run {
            let forecast = forecast(&of_all_waves(sweep), Shard::WHOLE, shared)?;
            return if self.json {
                standard_output::print_json(&forecast)
            } else {
                standard_output::print(&forecast.text())
            };
        }
        let discard_waves = || (1..=waves + 1).for_each(|wave| discard(&folder_of(&results, wave)));
        if self.force {
            RunFolder::may_be_replaced(&results)?;
            discard_waves();
        }
        if !self.force && finished(&sweep)? {
            super::results::tell_unchanged(&results, shared);
        } else {
            let final_inputs = sweep.inputs.clone();
            let Some(whole) = self.searched(&mut sweep, shared)? else { return Ok(()) };
            (sweep.inputs, sweep.out) = (final_inputs, results.clone());
            write(&sweep, &whole, self.force, shared)?;
        }
        discard_waves();
        standard_output::print(&show(&sweep, self.json, self.markdown)?)?;
        complete(&sweep)
    }

    /// The design as the first wave.
    fn planned(&self) -> Result<PlannedSweep, Failure> {
        let mut sweep = self.design.planned()?;
        let wrong = |key: &str, title: String, help: &str| {
            Failure::Design(sweep.written.problem_at(key, title, help).into())
        };
        let design = &sweep.design;
        if design.kind != Kind::LatinHypercube {
            let title = format!("a design of kind \"{}\" cannot be calibrated", design.kind.name());
            let help =
                "write kind = \"latin_hypercube\": its axes are the priors, its points a wave";
            return Err(wrong("kind", title, help));
        }
        if design.replicates < 2 {
            let title = "a calibration needs two runs of each setting or more".to_owned();
            let help = "one cannot tell luck from what a setting does";
            return Err(wrong("replicates", title, help));
        }
        if design.fork.is_some() || !design.weekly.is_empty() {
            let key = if design.fork.is_some() { "fork" } else { "weekly" };
            return Err(wrong(
                key,
                format!("`{key}` means nothing in a calibration"),
                "take it out",
            ));
        }
        let checked = sweep.base.checked();
        must_be_of_mali(checked)?;
        let time = &checked.scenario.time;
        let counts = |fact: &&Fact| match (design.facts_until, fact.span) {
            (None, span) => span.is_within(time.start, time.end),
            (Some(until), Span::Years(..)) => fact.span.is_within(time.start, until.min(time.end)),
            // Of any years, later ones among them.
            (Some(_), Span::Lasting(_)) => false,
        };
        let of_span = FACTS.iter().filter(counts);
        let mut facts = of_span.filter(|fact| fact.used_for == Use::Fit).collect::<Vec<_>>();
        for (index, number) in design.leave_out.iter().enumerate() {
            if !facts.iter().any(|fact| fact.number == number) {
                let title = format!("no fact to fit of these years has the number \"{number}\"");
                let known: BTreeSet<&str> = facts.iter().map(|fact| fact.number).collect();
                let known = Vec::from_iter(known).join(", ");
                let help = format!("docs/facts.md has their numbers: {known}");
                return Err(wrong(&format!("leave_out[{index}]"), title, &help));
            }
        }
        facts.retain(|fact| !design.leave_out.iter().any(|number| number == fact.number));
        if facts.is_empty() {
            let (start, end) = (time.start, design.facts_until.unwrap_or(time.end));
            let what = format!("no fact to fit can be measured from {start} to {end}");
            return Err(match design.facts_until {
                Some(_) => wrong("facts_until", what, "docs/facts.md has the years of each"),
                None => Failure::Usage(what),
            });
        }
        sweep.points.facts = facts;
        "calibrate".clone_into(&mut sweep.inputs.experiment);
        Ok(sweep)
    }

    /// Every wave with what it has shown; none where a part of one has been made and others are missing.
    fn searched(
        &self,
        sweep: &mut PlannedSweep,
        shared: &Shared,
    ) -> Result<Option<Whole>, Failure> {
        let (waves, members) = (sweep.design.waves(), sweep.design.members());
        let first = sweep.points.points.clone();
        let count = narrow(first.points.len());
        let (results, inputs) = (sweep.out.clone(), sweep.inputs.clone());
        let targets = sweep.points.facts.iter().map(|fact| Target::of(fact)).collect();
        let mut search = Search::new(Problem {
            axes: narrow(first.paths.len()),
            targets,
            seed: sweep.design.seed,
            particles: Problem::PARTICLES,
        });
        let mut whole = Whole { waves: Vec::new(), ensemble: None };
        for wave in 1..=waves + 1 {
            let points = match wave {
                1 => first.clone(),
                ensemble if ensemble > waves => first.at(search.members(members)),
                _ => first.at(search.next_points(count)),
            };
            sweep.plan = Plan { points: narrow(points.points.len()), ..sweep.plan };
            sweep.inputs = inputs.clone();
            sweep.inputs.tables.push(Content::of("wave", text_of(&points).as_bytes()));
            sweep.out = folder_of(&results, wave);
            sweep.called = format!("wave {wave} of {}", waves + 1);
            sweep.points.go_on_with(points);
            if let Completeness::Missing(_) = sweep.partial(false)?.completeness(sweep.plan)? {
                make_runs(sweep, self.shard.unwrap_or(Shard::WHOLE), self.force, shared)?;
                let left = sweep.partial(false)?.completeness(sweep.plan)?;
                if let Completeness::Missing(_) = left {
                    return Ok(None);
                }
            }
            let (shown, runs) = read_back(sweep)?;
            let left = (wave <= waves).then(|| search.learn(&shown));
            if let Some(left) = left.filter(|_| !shared.quiet) {
                standard_output::tell(&told(wave, &left));
            }
            if wave > waves {
                whole.ensemble = Some(search.weighed(&shown));
            }
            whole.waves.push(WaveRun { points: sweep.points.points.clone(), runs, left });
        }
        Ok(Some(whole))
    }
}

/// Beside the results, for the runs of one wave.
fn folder_of(results: &Path, wave: u32) -> PathBuf {
    let mut name = results.file_name().unwrap_or_default().to_owned();
    name.push(format!(".wave-{wave}"));
    results.with_file_name(name)
}

/// What tells the settings of a wave from others.
fn text_of(points: &Points) -> String {
    points.points.iter().map(|point| format!("{:?}\n", point.position)).collect()
}

/// The sweep with as many points as all waves have together, to be tried and counted.
fn of_all_waves(mut sweep: PlannedSweep) -> PlannedSweep {
    let positions = sweep.points.points.points.iter().map(|point| point.position.clone());
    let of_wave: Vec<Vec<f64>> = positions.collect();
    let all = of_wave.len() * sweep.design.waves() as usize + sweep.design.members() as usize;
    let positions = of_wave.into_iter().cycle().take(all).collect();
    sweep.plan.points = narrow(all);
    let points = sweep.points.points.at(positions);
    sweep.points.go_on_with(points);
    sweep
}

/// The runs of a wave: what they show of each fact, by point, and how each ended.
fn read_back(sweep: &PlannedSweep) -> Result<(Wave, Vec<Ended>), Failure> {
    let partial = sweep.partial(false)?;
    let Completeness::Whole(of) = partial.completeness(sweep.plan)? else {
        return Err(Failure::Incomplete(format!("{} is gone", partial.path().display())));
    };
    let points = &sweep.points.points.points;
    let positions: Vec<Vec<f64>> = points.iter().map(|point| point.position.clone()).collect();
    let mut wave = Wave { runs: vec![Vec::new(); positions.len()], positions };
    let mut runs = Vec::new();
    partial.runs(sweep.plan, of, |run, ended| -> Result<(), Failure> {
        if let Ended::Well(so_far) = &ended {
            wave.runs[run.point as usize].push(so_far.end[OUTCOMES.len()..].to_vec());
        }
        runs.push(ended);
        Ok(())
    })?;
    if let Some(Ended::Failed(cause)) = runs.iter().find(|ended| matches!(ended, Ended::Failed(_)))
        && wave.runs.iter().all(Vec::is_empty)
    {
        let what = format!("no run of {} went well\n  run 0: {cause}", sweep.called);
        return Err(Failure::Failed { what, source: None });
    }
    Ok((wave, runs))
}

fn told(wave: u32, left: &Left) -> String {
    let share = 100.0 * left.share;
    let more = match (left.aside, left.misses) {
        (0, 0) => String::new(),
        (aside, 0) => format!(", {} reached by none", counted(aside as u64, "fact", "facts")),
        (0, misses) => {
            format!(", if it may miss {}", counted(misses as u64, "fact", "facts"))
        }
        (aside, misses) => format!(
            ", if it may miss {}; {} reached by none",
            counted(misses as u64, "fact", "facts"),
            counted(aside as u64, "fact", "facts")
        ),
    };
    format!("wave {wave}: {share:.2} % of all settings are not ruled out{more}")
}
