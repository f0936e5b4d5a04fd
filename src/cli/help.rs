//! The program's own help: its commands in groups, by what one wants to do.

use clap::Command;
use std::fmt::Write;

/// Each group with its commands, in the order in which most people need them.
const GROUPS: &[(&str, &[&str])] = &[
    ("Learn", &["demo", "lesson", "scenarios"]),
    ("Write a scenario", &["new", "check", "show", "diff", "parameters", "schema"]),
    ("Run and compare", &["run", "compare", "replicates"]),
    ("Run many points", &["sweep", "merge", "sensitivity", "eval"]),
    ("Look at results", &["report", "plot", "columns"]),
    ("Judge the model", &["validate", "calibrate", "schedule"]),
    ("Set up a shell", &["completions", "man"]),
];

const EXAMPLES: &str = "Examples:
  toguna demo
  toguna lesson bargaining-valley
  toguna scenarios --copy scenarios
  toguna compare scenarios/lessons/valley.toml scenarios/lessons/talking-valley.toml --report

`toguna COMMAND --help` says more about a command and gives examples.";

/// The program with this help.
pub fn grouped(program: Command) -> Command {
    let program = program.after_help(EXAMPLES);
    let header = *program.get_styles().get_header();
    let literal = *program.get_styles().get_literal();
    let mut groups = String::new();
    for (title, commands) in with_the_rest(&program) {
        write!(groups, "\n{header}{title}:{header:#}\n").expect("a String can be written to");
        for command in commands {
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            let name = command.get_name();
            writeln!(groups, "  {literal}{name:<12}{literal:#} {about}")
                .expect("a String can be written to");
        }
    }
    let options = format!("{header}Options:{header:#}");
    program.help_template(format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n{groups}\n{options}\n{{options}}\n\n{{after-help}}"
    ))
}

/// The groups; what is in none of them comes last.
fn with_the_rest(program: &Command) -> Vec<(&'static str, Vec<&Command>)> {
    let of =
        |names: &[&str]| names.iter().filter_map(|name| program.find_subcommand(name)).collect();
    let mut groups: Vec<(&str, Vec<&Command>)> =
        GROUPS.iter().map(|(title, names)| (*title, of(names))).collect();
    let grouped =
        |command: &&Command| GROUPS.iter().any(|(_, names)| names.contains(&command.get_name()));
    let rest: Vec<&Command> = program.get_subcommands().filter(|it| !grouped(it)).collect();
    if !rest.is_empty() {
        groups.push(("Others", rest));
    }
    groups
}
