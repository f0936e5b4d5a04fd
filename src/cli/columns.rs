//! `toguna columns`: what stands in each column of each table.

use super::failure::Failure;
use super::shared_flags::Shared;
use super::standard_output::{self, Format};
use clap::Args;
use toguna_output::{dictionary, tables};
use toguna_scenario::dictionary::{as_csv, as_json, as_markdown, as_text};
use toguna_scenario::tables as inputs;

/// List the columns of every table that a run writes: name, kind, unit and meaning
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    toguna columns\n  \
    toguna columns --format csv\n  \
    toguna columns --inputs")]
pub struct Columns {
    /// Those of the tables that a scenario names instead
    #[arg(long)]
    inputs: bool,
    /// In what form
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Columns {
    pub fn run(self, _: &Shared) -> Result<(), Failure> {
        if self.inputs {
            let columns = inputs::columns();
            return standard_output::print(&match self.format {
                Format::Text => as_text(&columns),
                Format::Markdown => format!("{HEAD_OF_INPUTS}{}", as_markdown(&columns)),
                Format::Csv => as_csv(&columns),
                Format::Json => as_json(&columns),
            });
        }
        let tables = tables::all();
        standard_output::print(&match self.format {
            Format::Text => dictionary::text(&tables),
            Format::Markdown => dictionary::markdown(&tables),
            Format::Csv => dictionary::csv(&tables),
            Format::Json => dictionary::json(&tables),
        })
    }
}

const HEAD_OF_INPUTS: &str = "# Tables that a scenario names

Each is a CSV file: commas, UTF-8, the names of the columns in its first line, in any order. In
`[tables]` a scenario gives its path, relative to the file that names it. Printed by
`toguna columns --inputs --format markdown`.

";
