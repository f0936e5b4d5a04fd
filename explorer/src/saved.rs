//! The scenario as played: a file that names what it starts from and holds what was set and turned, which
//! the command line runs to the same bytes.

use std::fmt::Write;
use toguna_scenario::notes::not_coarse;
use toguna_scenario::show::toml_text;
use toguna_session::Scenario;

pub fn text(played: &Scenario, settings: &[String], name: &str, base: &str, seed: u64) -> String {
    let said = &played.checked().scenario;
    // A world too coarse for figures is run when the program is told so.
    let coarse = if not_coarse(played.checked(), "").is_err() { " --coarse" } else { "" };
    let mut text = format!(
        "# Played in the explorer. `toguna run THIS-FILE --seed {seed}{coarse}` gives the numbers that the page \
         showed.\n"
    );
    let quoted = |text: &str| toml_text(&text.into());
    let mut line = |key: &str, value: &str| {
        writeln!(text, "{key} = {value}").expect("a String takes all");
    };
    line("extends", &quoted(base));
    line("name", &quoted(name));
    // Of several settings of one path the last counts.
    let pairs: Vec<(&str, &str)> = settings
        .iter()
        .filter_map(|setting| setting.split_once('='))
        .map(|(path, value)| (path.trim(), value.trim()))
        .collect();
    for (place, (path, value)) in pairs.iter().enumerate() {
        let again = pairs[place + 1..].iter().any(|(later, _)| later == path);
        if !again && *path != "timeline" {
            line(path, value);
        }
    }
    let timeline = serde_json::to_value(&said.timeline).expect("a timeline is plain");
    // A list replaces the base's, so all of it stands here.
    let entries: Vec<String> = timeline
        .as_array()
        .into_iter()
        .flatten()
        .map(|it| format!("    {},\n", toml_text(it)))
        .collect();
    line("timeline", &format!("[\n{}]", entries.concat()));
    text
}
