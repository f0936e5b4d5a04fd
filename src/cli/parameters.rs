//! `toguna parameters`: what a scenario can set, with meaning, unit, range, default and source.

use super::failure::Failure;
use super::shared_flags::Shared;
use super::standard_output::{self, Format};
use clap::Args;
use toguna_scenario::dictionary::{Parameter, as_csv, as_json, as_markdown, as_text};
use toguna_scenario::file::Scenario;
use toguna_scenario::schema::Schema;
use toguna_scenario::suggest::nearest;

/// List what a scenario can set: meaning, unit, range, default and source of each value
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    toguna parameters policy\n  \
    toguna parameters rules.violence\n  \
    toguna parameters --format csv")]
pub struct Parameters {
    /// Only those whose path holds one of these words, such as policy or rules.violence
    #[arg(value_name = "WORD")]
    words: Vec<String>,
    /// In what form
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Parameters {
    pub fn run(self, _: &Shared) -> Result<(), Failure> {
        let all = Schema::of::<Scenario>().parameters();
        for word in &self.words {
            if !all.iter().any(|parameter| parameter.path.contains(word.as_str())) {
                return Err(Failure::Usage(unknown(word, &all)));
            }
        }
        let asked = |parameter: &Parameter| {
            self.words.is_empty() || self.words.iter().any(|word| parameter.path.contains(word))
        };
        let parameters: Vec<Parameter> = all.into_iter().filter(asked).collect();
        standard_output::print(&match self.format {
            Format::Text => as_text(&parameters),
            Format::Markdown => format!("{HEAD}{}", as_markdown(&parameters)),
            Format::Csv => as_csv(&parameters),
            Format::Json => as_json(&parameters),
        })
    }
}

const HEAD: &str = "# Parameters

What a scenario can set. In a path, `*` stands for a name and `[]` for any entry of a list. Printed by
`toguna parameters --format markdown`.

";

fn unknown(word: &str, all: &[Parameter]) -> String {
    let segments = all.iter().flat_map(|p| p.path.split('.')).chain(all.iter().map(|p| &*p.path));
    match nearest(word, segments) {
        Some(meant) => format!("no parameter's path holds `{word}`; did you mean `{meant}`?"),
        None => format!("no parameter's path holds `{word}`; without a word, all are listed"),
    }
}
