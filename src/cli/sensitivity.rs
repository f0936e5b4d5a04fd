//! `toguna sensitivity`: which axes of a design move an outcome, and how sure that is.

use super::answer::{Answer, Column, MarkdownFlag, Table};
use super::failure::Failure;
use super::outcome_table::{number, percent};
use super::report::PageFlags;
use super::shared_flags::{OutcomesFlag, Shared};
use super::standard_output;
use super::sweep::make;
use super::sweep_plan::DesignArgument;
use clap::Args;
use toguna_experiment::design::Kind;
use toguna_output::journal::discard;
use toguna_output::sweep_tables::SENSITIVITY;
use toguna_output::{ReadBack, Row, RunFolder};

/// Run a Morris or Sobol' design and show which axes move the outcomes
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    toguna sensitivity scenarios/designs/morris.toml\n  \
    toguna sensitivity scenarios/designs/sobol.toml --json")]
pub struct Sensitivity {
    #[command(flatten)]
    design: DesignArgument,
    #[command(flatten)]
    only: OutcomesFlag,
    /// Throw away runs and results that stand in the folder
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    page: PageFlags,
    #[command(flatten)]
    markdown: MarkdownFlag,
    /// Print sensitivity.csv as JSON
    #[arg(long)]
    json: bool,
}

impl Sensitivity {
    pub fn run(self, shared: &Shared) -> Result<(), Failure> {
        let outcomes = self.only.or(&["recruits", "civilians_killed", "deaths"])?;
        let sweep = self.design.planned()?;
        shared.begin();
        if !matches!(sweep.design.kind, Kind::Morris | Kind::SobolIndices) {
            let kind = sweep.design.kind.name();
            let title = format!("a design of kind \"{kind}\" gives no sensitivities");
            let help = "those of kind \"morris\" and \"sobol_indices\" do";
            return Err(Failure::Design(sweep.written.problem_at("kind", title, help).into()));
        }
        if self.force {
            RunFolder::may_be_replaced(&sweep.out)?;
            discard(&sweep.out);
        }
        let made = make(&sweep, self.force, shared);
        if !matches!(made, Ok(()) | Err(Failure::Incomplete(_))) {
            return made;
        }
        let rows = ReadBack::of(&sweep.out, SENSITIVITY.name)?;
        self.page.write(&sweep.out, shared)?;
        if self.json {
            standard_output::print_json(&rows.json(&SENSITIVITY.described()))?;
            // Programs read one value: what is incomplete is told beside it.
            return made.map_err(|incomplete| {
                incomplete.print();
                Failure::Told { exit_code: incomplete.exit_code() }
            });
        }
        let mut answer = Answer::default();
        let unmoved = if made.is_ok() { "none of the axes" } else { "unknown, since runs failed" };
        for outcome in outcomes.iter().map(|outcome| outcome.name) {
            let of_outcome: Vec<Row<'_>> =
                rows.rows().filter(|row| row.text("outcome") == outcome).collect();
            show(&mut answer, outcome, &of_outcome, sweep.design.kind, unmoved);
        }
        answer.line(
            "Intervals are over the points of the design; they say nothing of assumptions that it does not \
             vary.",
        );
        standard_output::print(&answer.shown(self.markdown))?;
        made
    }
}

/// Axes by how much they move the outcome; where there are none, `unmoved`.
fn show(answer: &mut Answer, outcome: &str, rows: &[Row<'_>], kind: Kind, unmoved: &str) {
    let morris = kind == Kind::Morris;
    let (leading, second) = if morris { ("mu_star", "sigma") } else { ("total", "first") };
    let title = format!("What moves {outcome}");
    if rows.is_empty() {
        return answer.line(format!("{title}: {unmoved}"));
    }
    answer.line(match rows[0].number("noise") {
        None => title,
        Some(noise) => {
            let noise = percent(noise);
            format!("{title} (random numbers of the replicates: {noise} of what differs)")
        }
    });
    let [value_of, alone] =
        if morris { ["mean effect", "spread"] } else { ["total index", "alone"] };
    let mut table = Table::new(vec![
        Column::left("axis", 38),
        Column::right(value_of, 11),
        Column::left("  95 % interval", 20),
        Column::right(alone, 8),
    ]);
    let mut ranked: Vec<&Row<'_>> =
        rows.iter().filter(|row| row.text("index") == leading).collect();
    let value = |row: &Row<'_>| row.number("value").unwrap_or(0.0);
    ranked.sort_by(|a, b| value(b).total_cmp(&value(a)));
    for row in ranked {
        let other = rows
            .iter()
            .find(|it| it.text("axis") == row.text("axis") && it.text("index") == second)
            .map_or_else(String::new, |it| number(value(it)));
        let ends = [row.number("low"), row.number("high")].map(|it| number(it.unwrap_or(f64::NAN)));
        let interval = format!("  {} to {}", ends[0], ends[1]);
        table.row([row.text("axis").to_owned(), number(value(row)), interval, other]);
    }
    answer.table(table);
    answer.gap();
}
