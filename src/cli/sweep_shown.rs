//! A sweep as it is printed: a cross table where two axes make a grid, else the settings that lead to least
//! and most. Read back from its folder.

use super::answer::{Answer, Column, MarkdownFlag, Table};
use super::failure::Failure;
use super::outcome_table::{INTERVALS, number};
use super::shared_flags::OutcomesFlag;
use super::standard_output;
use super::sweep_plan::PlannedSweep;
use super::sweep_results::manifest;
use clap::Args;
use std::path::Path;
use toguna_model::outcomes::Outcome;
use toguna_report::settings::{Axis, Setting, axes, is_grid, settings};
use toguna_report::{Language, Results};
use toguna_scenario::problems::counted;

/// Settings shown from each end.
const ENDS: usize = 3;
/// Columns of a cross table beside each other.
const ACROSS: usize = 4;

/// What of a sweep is printed, and how.
#[derive(Debug, Args)]
pub struct ShownFlags {
    #[command(flatten)]
    only: OutcomesFlag,
    #[command(flatten)]
    markdown: MarkdownFlag,
}

impl ShownFlags {
    /// The results that were `made`, whole or with some runs that failed.
    ///
    /// # Errors
    /// What hindered them, or when they cannot be read back.
    pub fn show(
        &self,
        sweep: &PlannedSweep,
        made: Result<(), Failure>,
        json: bool,
    ) -> Result<(), Failure> {
        // Without results there is nothing to show but what hindered them.
        if !matches!(made, Ok(()) | Err(Failure::Incomplete(_))) || manifest(sweep).is_err() {
            return made;
        }
        if json {
            made?;
            return standard_output::print_json(&manifest(sweep)?);
        }
        let outcomes = self.only.or(&["civilians_killed", "deaths", "recruits"])?;
        standard_output::print(&show(&sweep.out, &outcomes, self.markdown)?)?;
        made
    }
}

/// # Errors
/// When the tables cannot be read back.
fn show(folder: &Path, outcomes: &[&Outcome], flag: MarkdownFlag) -> Result<String, Failure> {
    let names: Vec<&str> = outcomes.iter().map(|outcome| outcome.name).collect();
    let results = Results::read(folder, &names)?;
    let axes = axes(&results);
    let mut answer = Answer::default();
    for outcome in outcomes {
        let settings = settings(&results, &axes, outcome.name);
        let (_, unit) = outcome.for_people(0.0);
        let unit = format!("{unit} {}", outcome.when());
        answer.line(format!("{} ({})", outcome.title(), unit.trim()));
        match axes.as_slice() {
            [rows, columns] if is_grid(&results, &axes) => {
                cross(&mut answer, rows, columns, &settings, outcome);
            }
            _ => ends(&mut answer, &axes, settings, outcome),
        }
        answer.gap();
    }
    answer.line(INTERVALS);
    answer.line(
        "The lowest and the highest of many settings look more extreme than they are: run them again with \
         another seed before you quote them.",
    );
    Ok(answer.shown(flag))
}

/// The first axis down, the second across; a mean with half of its interval in each cell.
fn cross(
    answer: &mut Answer,
    rows: &Axis<'_>,
    columns: &Axis<'_>,
    settings: &[Setting<'_>],
    outcome: &Outcome,
) {
    answer.line(format!("down {}, across {}", rows.path, columns.path));
    for across in columns.levels.chunks(ACROSS) {
        let mut head = vec![Column::left("", 12)];
        head.extend(across.iter().map(|level| Column::right(*level, 17)));
        let mut table = Table::new(head);
        for down in &rows.levels {
            let cell = |level: &&str| {
                let found = settings.iter().find(|it| it.values == [*down, *level]);
                found.map_or_else(String::new, |it| within(it, outcome))
            };
            table.row(std::iter::once((*down).to_owned()).chain(across.iter().map(cell)));
        }
        answer.table(table);
    }
}

/// The settings that lead to least and to most.
fn ends(answer: &mut Answer, axes: &[Axis<'_>], mut settings: Vec<Setting<'_>>, outcome: &Outcome) {
    settings.sort_by(|a, b| a.mean.total_cmp(&b.mean));
    let mut table = Table::new(vec![Column::right("mean", 19), Column::left("  setting", 0)]);
    let mut row = |it: &Setting<'_>| {
        table.row([within(it, outcome), format!("  {}", it.said(axes, Language::English))]);
    };
    let left_out = settings.len().saturating_sub(2 * ENDS);
    settings.iter().take(ENDS).for_each(&mut row);
    settings.iter().skip(ENDS.max(settings.len() - ENDS.min(settings.len()))).for_each(&mut row);
    answer.table(table);
    if left_out > 0 {
        let others = counted(left_out as u64, "setting lies", "settings lie");
        answer.line(format!("{others} between the first {ENDS} and the last {ENDS}: summary.csv"));
    }
}

/// `12,300 ± 400`
fn within(setting: &Setting<'_>, outcome: &Outcome) -> String {
    let said = |value: f64| number(outcome.for_people(value).0);
    let half = setting.interval.map(|(low, high)| format!(" ± {}", said((high - low) / 2.0)));
    said(setting.mean) + &half.unwrap_or_default()
}
