//! The whole page: findings first, then figures, then how it was made.

use crate::figure::Figure;
use crate::findings;
use crate::folder::{OVER_WORLDS, Results};
use crate::words::{Language, filled};
use maud::{DOCTYPE, PreEscaped, html};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// Nothing from elsewhere; the script makes pictures of the page's own drawings.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:";

pub fn page(results: &Results, figures: &[Figure], language: Language) -> String {
    let words = language.words();
    let stamp = results.stamp(language);
    let headline = findings::headline(results, language);
    let lede = match results.experiment() {
        "compare" => words.lede,
        "sweep" => words.lede_sweep,
        OVER_WORLDS => words.lede_worlds,
        "validate" => words.lede_validate,
        _ => words.lede_run,
    };
    let lede = filled(lede, &[("start", &results.start), ("end", &results.end)]);
    let command = results.manifest.command.join(" ");
    let about =
        [("command", command.as_str()), ("fingerprint", &results.manifest.fingerprint[..12])];
    let marks = toguna_picture::CSS;
    let plain = toguna_picture::sheet::plain_css();
    let body = html! {
        (DOCTYPE)
        html lang=(words.code) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (headline) }
                style { (PreEscaped(STYLE)) (PreEscaped(marks)) }
            }
            body {
                header {
                    p.stamp { (words.report) " · " (stamp) }
                    h1 { (headline) }
                    p.lede { (lede) }
                }
                main {
                    section.findings {
                        h2 { (words.findings) }
                        @for (heading, sentences) in findings::all(results, language) {
                            @if let Some(heading) = heading { h3 { (heading) } }
                            ul { @for said in sentences { li { (said) } } }
                        }
                    }
                    aside.sure {
                        h2 { (words.how_sure_title) }
                        p { (if results.experiment() == OVER_WORLDS { words.how_sure_worlds } else { words.how_sure }) }
                        @match results.experiment() {
                            "compare" => p { (words.how_sure_clear) },
                            "sweep" => p { (words.best_of_many) },
                            "validate" => p { (words.fitted_facts) },
                            _ => {},
                        }
                        @if results.experiment() != "validate" {
                            h3 { (words.wrong_title) }
                            @let (said, missed) = findings::wrong(language);
                            p { (said) }
                            ul { @for miss in missed { li { (miss) } } }
                        }
                        @if results.scale > 1 {
                            p { (filled(words.coarse, &[("scale", &results.scale.to_string())])) }
                        }
                        @if !results.notes.is_empty() {
                            h3 { (words.notes_title) }
                            p { (words.notes) }
                            ul lang="en" { @for note in &results.notes { li { (note) } } }
                        }
                    }
                    @for figure in figures { (figure.on_page(&stamp, words)) }
                    section.about {
                        h2 { (words.about) }
                        p { (words.about_places) }
                        p { (filled(words.about_made, &about)) }
                    }
                }
                template id="plain" { (plain) }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    body.into_string()
}
