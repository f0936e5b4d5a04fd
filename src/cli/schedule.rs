//! `toguna schedule`: the phases of a week, in order.

use super::failure::Failure;
use super::shared_flags::Shared;
use super::standard_output::{self, Format};
use clap::Args;
use serde_json::json;
use std::fmt::Write;
use toguna_model::week::WEEK;
use toguna_model::world::part::Part;

/// List the phases of a simulated week, in the order in which they happen
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    toguna schedule\n  \
    toguna schedule --format markdown")]
pub struct Schedule {
    /// In what form
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Schedule {
    pub fn run(self, _: &Shared) -> Result<(), Failure> {
        let phases = (1..).zip(WEEK);
        let mut text = String::new();
        match self.format {
            Format::Text => {
                let widest = WEEK.iter().map(|phase| phase.name.len()).max().unwrap_or(0);
                for (number, phase) in phases {
                    let _ = writeln!(text, "{number:>2}  {:widest$}  {}", phase.name, phase.what);
                    let _ =
                        writeln!(text, "    {:widest$}  changes {}", "", words_for(phase.changes));
                }
            }
            Format::Markdown => {
                text.push_str(HEAD);
                for (number, phase) in phases {
                    let _ = writeln!(
                        text,
                        "| {number} | {} | {} | {} |",
                        phase.name,
                        phase.what,
                        words_for(phase.changes)
                    );
                }
            }
            Format::Csv => {
                text.push_str("number,phase,what,changes\n");
                for (number, phase) in phases {
                    let _ = writeln!(
                        text,
                        "{number},{},\"{}\",\"{}\"",
                        phase.name,
                        phase.what,
                        words_for(phase.changes)
                    );
                }
            }
            Format::Json => {
                let list: Vec<_> = phases
                    .map(|(number, it)| {
                        let changes: Vec<_> = it.changes.iter().map(|part| part.name()).collect();
                        json!({ "number": number, "phase": it.name, "what": it.what, "changes": changes })
                    })
                    .collect();
                return standard_output::print_json(&list);
            }
        }
        standard_output::print(&text)
    }
}

/// The parts of the world by name.
fn words_for(parts: &[Part]) -> String {
    parts.iter().map(|part| part.name()).collect::<Vec<_>>().join(", ")
}

const HEAD: &str = "# Schedule

What happens in a simulated week, in this order. Printed by `toguna schedule --format markdown`.

| | phase | what happens | what it changes |
|---|---|---|---|
";
